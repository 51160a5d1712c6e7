{{/* The name of everything in this release. 40 characters leave room for "-postgres" and for what StatefulSets append. */}}
{{- define "plimsoll.fullname" -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" -}}
{{- else if contains $name .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end }}

{{/* Of one part: what its selectors match. Immutable in Deployments and StatefulSets, so it never grows. Takes dict root, component. */}}
{{- define "plimsoll.selector" -}}
app.kubernetes.io/name: {{ default .root.Chart.Name .root.Values.nameOverride | trunc 63 | trimSuffix "-" }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end }}

{{/* The labels of a pod: nothing that a new version of the chart alone would change, or each upgrade would restart the databases. Takes dict root, component, part. */}}
{{- define "plimsoll.podLabels" -}}
{{ include "plimsoll.selector" . }}
app.kubernetes.io/part-of: plimsoll
{{- with .root.Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- with .part.podLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{/* All labels of an object. Takes dict root, component, and labels where there are more. */}}
{{- define "plimsoll.labels" -}}
{{ include "plimsoll.selector" . }}
app.kubernetes.io/version: {{ default .root.Chart.AppVersion .root.Values.global.image.tag | trunc 63 | quote }}
app.kubernetes.io/part-of: plimsoll
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{- with merge (dict) (default dict .labels) .root.Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{/* The metadata of an object. Takes dict root, component, name; labels, annotations and a namespace of its own where there are any; clusterwide for what is in none. */}}
{{- define "plimsoll.metadata" -}}
name: {{ .name }}
{{- if not .clusterwide }}
namespace: {{ default .root.Release.Namespace .namespace }}
{{- end }}
labels:
  {{- include "plimsoll.labels" . | nindent 2 }}
{{- with .annotations }}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{- define "plimsoll.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "plimsoll.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end }}

{{/* The operator's own, which has rights in Kubernetes that the other parts have no use for. */}}
{{- define "plimsoll.operatorAccountName" -}}
{{- if .Values.operator.serviceAccount.create -}}
{{- default (printf "%s-operator" (include "plimsoll.fullname" .)) .Values.operator.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.operator.serviceAccount.name -}}
{{- end -}}
{{- end }}

{{/* Of what belongs to no namespace: two releases of one name in two namespaces are two. */}}
{{- define "plimsoll.clusterName" -}}
{{ include "plimsoll.fullname" . }}-operator.{{ .Release.Namespace }}
{{- end }}

{{/* The reference of one of Plimsoll's own images. Takes dict root, image. */}}
{{- define "plimsoll.image" -}}
{{- $global := .root.Values.global.image -}}
{{- $repository := .image.repository -}}
{{- with $global.registry }}{{ $repository = printf "%s/%s" (trimSuffix "/" .) $repository }}{{ end -}}
{{- include "plimsoll.reference" (dict "repository" $repository "tag" (coalesce .image.tag $global.tag .root.Chart.AppVersion) "digest" .image.digest) -}}
{{- end }}

{{/* A digest wins over the tag, which then stays for people to read. */}}
{{- define "plimsoll.reference" -}}
{{ .repository }}:{{ .tag }}{{ with .digest }}@{{ . }}{{ end }}
{{- end }}

{{/* How many pods of a part there may be at once, and the fewest. Takes the values of the part. */}}
{{- define "plimsoll.most" -}}
{{- if (default dict .autoscaling).enabled }}{{ int .autoscaling.maxReplicas }}{{ else }}{{ int .replicas }}{{ end -}}
{{- end }}
{{- define "plimsoll.fewest" -}}
{{- if (default dict .autoscaling).enabled }}{{ int .autoscaling.minReplicas }}{{ else }}{{ int .replicas }}{{ end -}}
{{- end }}
