{{/* Everything is named after the release, so that two releases do not clash. */}}
{{- define "gateway.fullname" -}}
{{- default .Release.Name .Values.fullnameOverride | trunc 53 | trimSuffix "-" -}}
{{- end -}}

{{- define "gateway.accountName" -}}
{{- $generated := ternary (include "gateway.fullname" .) "default" .Values.serviceAccount.create -}}
{{- default $generated .Values.serviceAccount.name -}}
{{- end -}}

{{- define "gateway.selectorLabels" -}}
app.kubernetes.io/name: workload-gateway
app.kubernetes.io/instance: {{ include "gateway.fullname" . }}
{{- end -}}

{{- define "gateway.labels" -}}
{{ include "gateway.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end -}}

{{- define "gateway.image" -}}
{{- with .Values.image -}}
{{- if .digest -}}
{{ printf "%s@%s" .repository .digest }}
{{- else -}}
{{ printf "%s:%s" .repository (default $.Chart.AppVersion .tag) }}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "gateway.url" -}}
{{- printf "%s://%s.%s.svc:%d%s" (ternary "https" "http" (ne .Values.tls.existingSecret "")) (include "gateway.fullname" .) .Release.Namespace (int .Values.service.port) (include "gateway.pathBase" .) -}}
{{- end -}}
