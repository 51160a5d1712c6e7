{{/* Where the operator works: a list of namespaces, of which an empty one is all of them. */}}
{{- define "plimsoll.operatorNamespaces" -}}
{{- toYaml (default (list "") .Values.operator.watchNamespaces) -}}
{{- end }}

{{/* What it may do there. It reads no Secret, runs nothing in other pods, and changes of a workload what it is told to. */}}
{{- define "plimsoll.operatorRules" -}}
- apiGroups: [plimsoll.dev]
  resources: [imagerollouts]
  verbs: [list, watch]
- apiGroups: [plimsoll.dev]
  resources: [imagerollouts/status]
  verbs: [update]
- apiGroups: [apps]
  resources: [deployments, statefulsets, daemonsets]
  verbs: [list, watch, patch]
# Those of spec.smoke, which run a new image once before anybody is sent to it.
- apiGroups: [""]
  resources: [pods]
  verbs: [list, watch, create, delete]
- apiGroups: [events.k8s.io]
  resources: [events]
  verbs: [create, patch]
{{- end }}

{{/* A role and who has it, in one namespace or, without one, in all. Takes dict root, name, namespace, rules (YAML). */}}
{{- define "plimsoll.operatorRole" -}}
{{- $cluster := empty .namespace -}}
{{- $kind := $cluster | ternary "ClusterRole" "Role" -}}
{{- $metadata := include "plimsoll.metadata" (dict "root" .root "component" "operator" "name" .name "namespace" .namespace "clusterwide" $cluster) -}}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: {{ $kind }}
metadata:
  {{- $metadata | nindent 2 }}
rules:
  {{- .rules | nindent 2 }}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: {{ $kind }}Binding
metadata:
  {{- $metadata | nindent 2 }}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: {{ $kind }}
  name: {{ .name }}
subjects:
  - kind: ServiceAccount
    name: {{ include "plimsoll.operatorAccountName" .root }}
    namespace: {{ .root.Release.Namespace }}
{{- end }}

{{/* Where people reach the service, for links: what is said, or else the first host of the Ingress. */}}
{{- define "plimsoll.publicUrl" -}}
{{- if .Values.operator.publicUrl -}}
{{- .Values.operator.publicUrl -}}
{{- else if .Values.ingress.enabled -}}
http{{ if .Values.ingress.tls }}s{{ end }}://{{ first .Values.ingress.hosts }}{{ trimSuffix "/" .Values.ingress.path }}
{{- end -}}
{{- end }}

{{/* The variables of the operator, which has nothing to do with the databases. Their names are those of docs/operations.md. */}}
{{- define "plimsoll.operatorEnv" -}}
{{- $name := include "plimsoll.fullname" . -}}
{{- $operator := .Values.operator -}}
- name: ASPNETCORE_URLS
  value: http://+:8000
- name: LOG_LEVEL
  value: {{ .Values.config.logLevel }}
- name: PLIMSOLL_URL
  value: http://{{ $name }}.{{ .Release.Namespace }}.svc:{{ .Values.service.port }}
{{ include "plimsoll.credentialVariable" (dict "root" . "name" "OPERATOR_TOKEN" "variable" "PLIMSOLL_TOKEN" "credential" .Values.credentials.operatorToken) }}
{{- with include "plimsoll.publicUrl" . }}
- name: PUBLIC_URL
  value: {{ . }}
{{- end }}
{{- with $operator.watchNamespaces }}
- name: WATCH_NAMESPACES
  value: {{ join "," . }}
{{- end }}
- name: PULL_SECRETS
  value: {{ not (empty $operator.pullSecrets) | quote }}
- name: WORKERS
  value: {{ int64 $operator.workers | quote }}
- name: LEASE_NAME
  value: {{ $name }}-operator
{{- range $variable, $field := dict "POD_NAME" "name" "POD_NAMESPACE" "namespace" }}
- name: {{ $variable }}
  valueFrom:
    fieldRef:
      fieldPath: metadata.{{ $field }}
{{- end }}
{{- with $operator.extraEnv }}
{{ toYaml . }}
{{- end }}
{{- end }}
