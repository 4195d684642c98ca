{{/* Not empty where `helm test` has a project to submit to, and may call as a service account. */}}
{{- define "gateway.tested" -}}
{{- if and .Values.test.enabled .Values.projects (contains "Kubernetes" (include "gateway.authentication" .)) -}}yes{{- end -}}
{{- end -}}

{{/* What `helm test` makes goes when the test is over, and whatever became of it before the next one. */}}
{{- define "gateway.testMetadata" -}}
labels:
  {{- omit (include "gateway.labels" .root | fromYaml) "app.kubernetes.io/name" | toYaml | nindent 2 }}
annotations:
  helm.sh/hook: test
  helm.sh/hook-weight: {{ .weight | quote }}
  helm.sh/hook-delete-policy: before-hook-creation,hook-succeeded
{{- end -}}

{{- define "gateway.testPod" -}}
restartPolicy: Never
serviceAccountName: {{ .name }}
automountServiceAccountToken: false
{{- with .root.Values.imagePullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
securityContext:
  {{- toYaml .root.Values.podSecurityContext | nindent 2 }}
containers:
- name: submit
  image: {{ .root.Values.test.image }}
  command: [sh, /test/submit.sh]
  env:
  - name: GATEWAY
    value: {{ include "gateway.url" .root }}
  - name: PROJECT
    value: {{ .project | quote }}
  - name: NAME
    value: {{ .name }}
  - name: IMAGE
    value: {{ .root.Values.test.workloadImage | quote }}
  - name: PHASES
    value: {{ join " " .root.Values.test.phases | quote }}
  - name: SECONDS_TO_WAIT
    value: {{ .root.Values.test.timeoutSeconds | quote }}
  resources:
    requests: {cpu: 10m, memory: 16Mi}
    limits: {memory: 64Mi}
  securityContext:
    allowPrivilegeEscalation: false
    readOnlyRootFilesystem: true
    capabilities:
      drop: [ALL]
  volumeMounts:
  - name: test
    mountPath: /test
    readOnly: true
  - name: token
    mountPath: /token
    readOnly: true
  - name: tmp
    mountPath: /tmp
volumes:
- name: tmp
  emptyDir: {}
- name: test
  configMap:
    name: {{ .name }}
- name: token
  projected:
    sources:
    - serviceAccountToken:
        path: token
        audience: {{ include "gateway.audience" .root }}
        expirationSeconds: 600
{{- end -}}
