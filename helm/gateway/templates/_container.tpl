{{- define "gateway.container" -}}
{{- $tls := .Values.tls.existingSecret -}}
name: gateway
image: {{ include "gateway.image" . }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
ports:
- name: api
  containerPort: 8080
- name: management
  containerPort: 8081
envFrom:
- configMapRef:
    name: {{ include "gateway.fullname" . }}
{{- range .Values.settingsSecrets }}
- secretRef:
    name: {{ . }}
{{- end }}
env:
- name: ASPNETCORE_URLS
  value: {{ ternary "https" "http" (ne $tls "") }}://*:8080
{{- if $tls }}
- name: Kestrel__Certificates__Default__Path
  value: /etc/workload-gateway/tls/tls.crt
- name: Kestrel__Certificates__Default__KeyPath
  value: /etc/workload-gateway/tls/tls.key
{{- end }}
{{- with .Values.extraEnv }}
{{ toYaml . }}
{{- end }}
startupProbe:
  httpGet: {path: /healthz/live, port: management}
  periodSeconds: 2
  failureThreshold: 30
livenessProbe:
  httpGet: {path: /healthz/live, port: management}
  periodSeconds: 10
  timeoutSeconds: 3
  failureThreshold: 3
readinessProbe:
  httpGet: {path: /healthz/ready, port: management}
  periodSeconds: 5
  timeoutSeconds: 5
  failureThreshold: 2
{{- if and .Values.preStopSleepSeconds (semverCompare ">=1.30.0-0" .Capabilities.KubeVersion.Version) }}
lifecycle:
  preStop:
    sleep:
      seconds: {{ .Values.preStopSleepSeconds }}
{{- end }}
resources:
  {{- toYaml .Values.resources | nindent 2 }}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities:
    drop: [ALL]
volumeMounts:
- name: tmp
  mountPath: /tmp
{{- if $tls }}
- name: tls
  mountPath: /etc/workload-gateway/tls
  readOnly: true
{{- end }}
{{- with .Values.extraVolumeMounts }}
{{ toYaml . }}
{{- end }}
{{- end -}}
