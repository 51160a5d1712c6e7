{{/*
Selectors of what is scraped through the chart's ServiceMonitors: Prometheus names the job after the Service. Takes dict root, components.
*/}}
{{- define "plimsoll.scraped" -}}
{{- $name := include "plimsoll.fullname" .root -}}
{{- $jobs := list -}}
{{- range .components -}}
{{- $jobs = append $jobs (eq . "api" | ternary $name (printf "%s-%s" $name .)) -}}
{{- end -}}
namespace={{ .root.Release.Namespace | quote }}, job{{ gt (len $jobs) 1 | ternary "=~" "=" }}{{ join "|" $jobs | quote }}
{{- end }}

{{/* The alerts of this release, as a list. The files are as they are, so that their {{ }} are Prometheus'. */}}
{{- define "plimsoll.alerts" -}}
{{- $root := . -}}
{{- $files := list "service" -}}
{{- $all := list "api" -}}
{{- $inspecting := gt (int .Values.api.workers) 0 | ternary (list "api") list -}}
{{- if .Values.worker.enabled -}}
{{- if gt (int (include "plimsoll.most" .Values.worker)) 0 -}}
{{- $files = append $files (eq (int (include "plimsoll.fewest" .Values.worker)) 0 | ternary "worker-from-zero" "worker") -}}
{{- end -}}
{{- $all = append $all "worker" -}}
{{- $inspecting = append $inspecting "worker" -}}
{{- end -}}
{{- if .Values.operator.enabled -}}
{{- $files = append $files "operator" -}}
{{- end -}}
{{- range $file := $files -}}
{{- $text := $root.Files.Get (printf "monitoring/alerts/%s.yaml" $file) -}}
{{- range $name, $components := dict "$ALL" $all "$API" (list "api") "$WORKER" (list "worker") "$OPERATOR" (list "operator") "$INSPECTING" $inspecting -}}
{{- $text = replace $name (include "plimsoll.scraped" (dict "root" $root "components" $components)) $text -}}
{{- end -}}
{{- range $alert := fromYamlArray $text -}}
{{- if not (has $alert.alert $root.Values.monitoring.prometheusRule.disabled) -}}
{{- $_ := set $alert.annotations "runbook_url" (printf "%s#%s" $root.Values.monitoring.prometheusRule.runbookUrl (lower $alert.alert)) -}}
{{- $_ := set $alert "labels" (merge $alert.labels (dict "service" (include "plimsoll.fullname" $root)) $root.Values.monitoring.prometheusRule.alertLabels) }}
- {{ toYaml $alert | nindent 2 | trim }}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end }}
