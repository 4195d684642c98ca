{{/* Binds a cluster role to the gateway's own account. */}}
{{- define "gateway.accountBinding" -}}
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: {{ .role }}
  labels:
    {{- include "gateway.labels" .root | nindent 4 }}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: {{ .role }}
subjects:
- kind: ServiceAccount
  name: {{ include "gateway.accountName" .root }}
  namespace: {{ .root.Release.Namespace }}
{{- end -}}
