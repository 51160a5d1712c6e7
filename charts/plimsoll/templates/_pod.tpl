{{/*
What every pod has, whatever runs in it: the "restricted" Pod Security Standard, and nothing of Kubernetes' API but with token.
Takes dict root, security (over the common one), token.
*/}}
{{- define "plimsoll.podBasics" -}}
automountServiceAccountToken: {{ default false .token }}
enableServiceLinks: false
securityContext:
  {{- toYaml (mergeOverwrite (deepCopy .root.Values.podSecurityContext) (default dict .security)) | nindent 2 }}
{{- with .root.Values.imagePullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{/* Where pods run. Takes dict root, component, part. */}}
{{- define "plimsoll.placement" -}}
{{- with .part.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- with .part.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .part.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .part.affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- $selector := include "plimsoll.selector" . | fromYaml }}
{{- with .part.topologySpreadConstraints }}
topologySpreadConstraints:
  {{- range . }}
  - {{- toYaml (merge (deepCopy .) (dict "labelSelector" (dict "matchLabels" $selector))) | nindent 4 }}
  {{- end }}
{{- end }}
{{- end }}

{{/* The three probes of one of Plimsoll's own containers, each on its path. Only /health/live says nothing of the databases, so only it restarts a running container. */}}
{{- define "plimsoll.probes" -}}
startupProbe:
  httpGet:
    path: /health
    port: http
  {{- toYaml .Values.probes.startup | nindent 2 }}
livenessProbe:
  httpGet:
    path: /health/live
    port: http
  {{- toYaml .Values.probes.liveness | nindent 2 }}
readinessProbe:
  httpGet:
    path: /health/ready
    port: http
  {{- toYaml .Values.probes.readiness | nindent 2 }}
{{- end }}

{{/* The pod template of the API and of the worker. Takes dict root, component, part. */}}
{{- define "plimsoll.pod" -}}
{{- $root := .root -}}
metadata:
  labels:
    {{- include "plimsoll.podLabels" . | nindent 4 }}
  annotations:
    checksum/config: {{ include "plimsoll.settings" $root | sha256sum }}
    checksum/secret: {{ include "plimsoll.secretData" $root | sha256sum }}
    {{- with .part.podAnnotations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  serviceAccountName: {{ include "plimsoll.serviceAccountName" $root }}
  {{- include "plimsoll.podBasics" (dict "root" $root) | nindent 2 }}
  # The programs end what they can within 25 seconds and give the rest back.
  terminationGracePeriodSeconds: {{ .part.terminationGracePeriodSeconds }}
  {{- with include "plimsoll.placement" . | trim }}
  {{- . | nindent 2 }}
  {{- end }}
  {{- if eq $root.Values.migrations.mode "init" }}
  initContainers:
    # Waits for a database that is starting too. One of all the pods then migrates, under a lock of the database, and the others wait for that one.
    - name: migrate
      image: {{ include "plimsoll.image" (dict "root" $root "image" .part.image) }}
      imagePullPolicy: {{ $root.Values.global.image.pullPolicy }}
      args: [migrate, --wait, "120"]
      env:
        {{- include "plimsoll.databaseVariable" $root | nindent 8 }}
        {{- with .part.extraEnv }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      envFrom:
        - configMapRef:
            name: {{ include "plimsoll.fullname" $root }}
        {{- with .part.extraEnvFrom }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      securityContext:
        {{- toYaml $root.Values.containerSecurityContext | nindent 8 }}
      resources:
        {{- toYaml $root.Values.migrations.resources | nindent 8 }}
      volumeMounts:
        {{- include "plimsoll.volumeMounts" . | nindent 8 }}
  {{- end }}
  containers:
    - name: {{ .component }}
      image: {{ include "plimsoll.image" (dict "root" $root "image" .part.image) }}
      imagePullPolicy: {{ $root.Values.global.image.pullPolicy }}
      args: [serve]
      ports:
        - name: http
          containerPort: 8000
          protocol: TCP
      env:
        {{- include "plimsoll.env" . | nindent 8 }}
      envFrom:
        - configMapRef:
            name: {{ include "plimsoll.fullname" $root }}
        {{- with .part.extraEnvFrom }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      {{- include "plimsoll.probes" $root | nindent 6 }}
      {{- if .part.preStopSeconds }}
      # Time for load balancers to learn that this pod goes, while it still answers.
      lifecycle:
        preStop:
          sleep:
            seconds: {{ .part.preStopSeconds }}
      {{- end }}
      securityContext:
        {{- toYaml $root.Values.containerSecurityContext | nindent 8 }}
      resources:
        {{- toYaml .part.resources | nindent 8 }}
      volumeMounts:
        {{- include "plimsoll.volumeMounts" . | nindent 8 }}
  volumes:
    - name: data
      {{- if $root.Values.data.existingClaim }}
      persistentVolumeClaim:
        claimName: {{ $root.Values.data.existingClaim }}
      {{- else }}
      emptyDir: {{ with $root.Values.data.sizeLimit }}{ sizeLimit: {{ . | quote }} }{{ else }}{}{{ end }}
      {{- end }}
    - name: tmp
      emptyDir: {{ with .part.tmpSizeLimit }}{ sizeLimit: {{ . | quote }} }{{ else }}{}{{ end }}
    {{- with $root.Values.credentials.registries }}
    {{- if .existingSecret }}
    - name: registries
      secret:
        secretName: {{ .existingSecret }}
        items:
          - key: {{ .key }}
            path: config.json
    {{- end }}
    {{- end }}
    {{- with .part.extraVolumes }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
{{- end }}

{{- define "plimsoll.volumeMounts" -}}
- name: data
  mountPath: /data
- name: tmp
  mountPath: /tmp
{{- if .root.Values.credentials.registries.existingSecret }}
- name: registries
  mountPath: /etc/plimsoll/registries
  readOnly: true
{{- end }}
{{- with .part.extraVolumeMounts }}
{{ toYaml . }}
{{- end }}
{{- end }}
