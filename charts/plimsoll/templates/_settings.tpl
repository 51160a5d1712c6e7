{{/*
The variables of the service that are no secrets: what both parts share. An empty value is left out, and the program's own default holds.
The names are those of docs/operations.md.
*/}}
{{- define "plimsoll.settings" -}}
ASPNETCORE_URLS: http://+:8000
DATA_DIR: /data
{{- $config := .Values.config }}
{{- range $variable, $value := dict
    "LOG_LEVEL" $config.logLevel
    "TIMEOUT" $config.timeout
    "LEASE_SECONDS" $config.leaseSeconds
    "MAX_CONNECTIONS" $config.maxConnections
    "BLOB_STORE" $config.blobStore
    "BLOB_QUOTA" $config.blobQuota
    "UPLOAD_LIMIT" $config.uploadLimit
    "CONCURRENT_UPLOADS" $config.concurrentUploads
    "RATE_LIMIT" $config.rateLimit
    "TRUSTED_PROXIES" (join "," $config.trustedProxies)
    "RETENTION_DAYS" $config.retentionDays
    "REGISTRY_PLAIN_HTTP" (join "," $config.registries.plainHttp)
    "REGISTRY_ALLOW_PRIVATE" (join "," $config.registries.allowPrivate)
    "REGISTRY_MIRRORS" (join "," $config.registries.mirrors)
    "WEBHOOK_ALLOW_PRIVATE" (join "," $config.webhooks.allowPrivate)
    "WEBHOOK_TIMEOUT" $config.webhooks.timeout
    "ADVISORY_SOURCE" .Values.advisories.source
    "ADVISORY_ECOSYSTEMS" (join "," .Values.advisories.ecosystems)
    "ADVISORY_KEV" .Values.advisories.kev
    "ADVISORY_EPSS" .Values.advisories.epss
    "OTEL_EXPORTER_OTLP_ENDPOINT" $config.otlpEndpoint
}}
{{- if ne (toString $value) "" }}
{{ $variable }}: {{ if kindIs "string" $value }}{{ $value | quote }}{{ else }}{{ int64 $value | quote }}{{ end }}
{{- end }}
{{- end }}
{{- if .Values.credentials.registries.existingSecret }}
REGISTRY_AUTH_FILE: /etc/plimsoll/registries/config.json
{{- end }}
{{- end }}

{{/* One variable out of a Secret. Takes dict name, secret, key. */}}
{{- define "plimsoll.secretVariable" -}}
- name: {{ .name }}
  valueFrom:
    secretKeyRef:
      name: {{ .secret }}
      key: {{ .key }}
{{- end }}

{{- define "plimsoll.databaseVariable" -}}
{{- $given := .Values.postgres.external -}}
{{- $existing := and (eq .Values.postgres.mode "external") $given.existingSecret -}}
{{- include "plimsoll.secretVariable" (dict "name" "DATABASE_URL" "secret" (default (include "plimsoll.fullname" .) $existing) "key" (ternary $given.key "DATABASE_URL" (not (empty $existing)))) -}}
{{- end }}

{{- define "plimsoll.redisVariable" -}}
{{- $given := .Values.redis.external -}}
{{- $existing := and (eq .Values.redis.mode "external") $given.existingSecret -}}
{{- include "plimsoll.secretVariable" (dict "name" "REDIS_URL" "secret" (default (include "plimsoll.fullname" .) $existing) "key" (ternary $given.key "REDIS_URL" (not (empty $existing)))) -}}
{{- end }}

{{/* A credential that the chart makes where nobody gives it. Takes dict root, name, credential; variable where that is called otherwise. */}}
{{- define "plimsoll.credentialVariable" -}}
{{- $existing := .credential.existingSecret -}}
{{- include "plimsoll.secretVariable" (dict "name" (default .name .variable) "secret" (default (include "plimsoll.fullname" .root) $existing) "key" (ternary .credential.key .name (not (empty $existing)))) -}}
{{- end }}

{{/* The env of a part's container. Takes dict root, component, part. */}}
{{- define "plimsoll.env" -}}
{{ include "plimsoll.databaseVariable" .root }}
{{ include "plimsoll.redisVariable" .root }}
{{ include "plimsoll.credentialVariable" (dict "root" .root "name" "SECRET_KEY" "credential" .root.Values.credentials.secretKey) }}
{{- if eq .component "api" }}
{{ include "plimsoll.credentialVariable" (dict "root" .root "name" "ADMIN_TOKEN" "credential" .root.Values.credentials.adminToken) }}
{{ include "plimsoll.credentialVariable" (dict "root" .root "name" "OPERATOR_TOKEN" "credential" .root.Values.credentials.operatorToken) }}
{{- end }}
{{- with .root.Values.credentials.advisories }}
{{- if .existingSecret }}
{{ include "plimsoll.secretVariable" (dict "name" "ADVISORY_TOKEN" "secret" .existingSecret "key" .key) }}
{{- end }}
{{- end }}
- name: WORKERS
  value: {{ int64 .part.workers | quote }}
{{- with .part.extraEnv }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{/*
What stands in the chart's Secret. Each value is, in this order: given in the values; there already, from an install or upgrade before; made now.
It is worked out once for a rendering and remembered, so that the Secret and the checksum of it are about the same values.
*/}}
{{- define "plimsoll.secretData" -}}
{{- if not (hasKey .Values "__secret") -}}
{{- $name := include "plimsoll.fullname" . -}}
{{- $there := (lookup "v1" "Secret" .Release.Namespace $name).data | default dict -}}
{{- $data := dict -}}
{{- $made := dict -}}
{{- range $key, $credential := dict "SECRET_KEY" .Values.credentials.secretKey "ADMIN_TOKEN" .Values.credentials.adminToken "OPERATOR_TOKEN" .Values.credentials.operatorToken -}}
{{- if not $credential.existingSecret -}}{{- $_ := set $made $key $credential.value -}}{{- end -}}
{{- end -}}
{{- if eq .Values.postgres.mode "internal" -}}{{- $_ := set $made "POSTGRES_PASSWORD" .Values.postgres.password -}}{{- end -}}
{{- if eq .Values.redis.mode "internal" -}}{{- $_ := set $made "REDIS_PASSWORD" .Values.redis.password -}}{{- end -}}
{{- range $key, $given := $made -}}
{{- $kept := get $there $key | default "" | b64dec -}}
{{- $_ := set $data $key (coalesce $given $kept (randAlphaNum 48)) -}}
{{- end -}}
{{- if eq .Values.postgres.mode "internal" -}}
{{- $_ := set $data "DATABASE_URL" (printf "postgres://plimsoll:%s@%s-postgres.%s.svc:5432/plimsoll" $data.POSTGRES_PASSWORD $name .Release.Namespace) -}}
{{- else if .Values.postgres.external.url -}}
{{- $_ := set $data "DATABASE_URL" .Values.postgres.external.url -}}
{{- end -}}
{{- if eq .Values.redis.mode "internal" -}}
{{- $_ := set $data "REDIS_URL" (printf "redis://:%s@%s-redis.%s.svc:6379/0" $data.REDIS_PASSWORD $name .Release.Namespace) -}}
{{- $_ := set $data "redis.conf" (include "plimsoll.redisConf" (dict "root" . "password" $data.REDIS_PASSWORD)) -}}
{{- else if .Values.redis.external.url -}}
{{- $_ := set $data "REDIS_URL" .Values.redis.external.url -}}
{{- end -}}
{{- $_ := set .Values "__secret" $data -}}
{{- end -}}
{{- toYaml (get .Values "__secret") -}}
{{- end }}

{{/* Redis holds nothing that must be saved, so it writes nothing to disk; what is over its memory goes, oldest first. */}}
{{- define "plimsoll.redisConf" -}}
port 6379
requirepass {{ .password }}
dir /data
maxmemory {{ .root.Values.redis.maxMemory }}
maxmemory-policy allkeys-lru
{{- if .root.Values.redis.persistence.enabled }}
appendonly yes
{{- else }}
save ""
appendonly no
{{- end }}
{{ end }}
