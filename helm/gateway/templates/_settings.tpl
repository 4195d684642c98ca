{{/*
The settings as environment variables, one a line, in order of their names: {Authentication: {Mode: Oidc}} is
Authentication__Mode: "Oidc". An item of a list has its number for a name. What is null is left out.
*/}}
{{- define "gateway.settings" -}}
{{- $flat := dict -}}
{{- include "gateway.flatten" (dict "value" .Values.settings "name" "" "into" $flat) -}}
{{- $own := dict "Cluster__Mode" "InCluster" "Management__Port" "8081" "Projects__ClusterRole" (printf "%s-project" (include "gateway.fullname" .)) -}}
{{- $seen := dict -}}
{{- range $name, $value := $flat -}}
{{- $plain := lower $name -}}
{{- if hasKey $seen $plain -}}
{{- fail (printf "settings: %s and %s are one setting; keep one of them" $name (get $seen $plain)) -}}
{{- end -}}
{{- range $reserved := tuple "Cluster__Mode" "Management__Port" "urls" "Kestrel__Certificates__Default__Path" "Kestrel__Certificates__Default__KeyPath" -}}
{{- if and (eq $plain (lower $reserved)) (ne $value (get $own $reserved)) -}}
{{- fail (printf "settings: %s is set by the chart" ($name | replace "__" ".")) -}}
{{- end -}}
{{- end -}}
{{- $_ := set $seen $plain $name -}}
{{- end -}}
{{- range $name, $value := $own -}}
{{- if not (hasKey $seen (lower $name)) -}}{{- $_ := set $flat $name $value -}}{{- end -}}
{{- end -}}
{{- range $name, $value := $flat }}
{{ $name }}: {{ $value | quote }}
{{- end -}}
{{- end -}}

{{- define "gateway.flatten" -}}
{{- $here := . -}}
{{- if kindIs "map" .value -}}
{{- range $key, $value := .value -}}
{{- include "gateway.flatten" (dict "value" $value "name" (printf "%s%s" (ternary "" (printf "%s__" $here.name) (eq $here.name "")) $key) "into" $here.into) -}}
{{- end -}}
{{- else if kindIs "slice" .value -}}
{{- range $index, $value := .value -}}
{{- include "gateway.flatten" (dict "value" $value "name" (printf "%s__%d" $here.name $index) "into" $here.into) -}}
{{- end -}}
{{- else if kindIs "float64" .value -}}
{{- /* Numbers of a values file are floats: 3600000 would be written 3.6e+06. */ -}}
{{- $_ := set .into .name (ternary (printf "%d" (int64 .value)) (toString .value) (eq (floor .value) .value)) -}}
{{- else if not (kindIs "invalid" .value) -}}
{{- $_ := set .into .name (toString .value) -}}
{{- end -}}
{{- end -}}

{{/* One setting by its variable's name, as the chart needs it itself. Settings know no upper and lower case. */}}
{{- define "gateway.setting" -}}
{{- $flat := dict -}}
{{- include "gateway.flatten" (dict "value" .root.Values.settings "name" "" "into" $flat) -}}
{{- range $name, $value := $flat -}}
{{- if eq (lower $name) (lower $.name) -}}{{- $value -}}{{- end -}}
{{- end -}}
{{- end -}}

{{- define "gateway.dialect" -}}
{{- default "RunAi" (include "gateway.setting" (dict "root" . "name" "Scheduler__Dialect")) -}}
{{- end -}}

{{- define "gateway.projectLabel" -}}
{{- $byDialect := ternary "kai.scheduler/queue" "runai/queue" (eq (include "gateway.dialect" .) "Kai") -}}
{{- default $byDialect (include "gateway.setting" (dict "root" . "name" "Projects__Label")) -}}
{{- end -}}

{{- define "gateway.projectAccount" -}}
{{- default "workload-gateway" (include "gateway.setting" (dict "root" . "name" "Projects__ServiceAccount")) -}}
{{- end -}}

{{- define "gateway.authentication" -}}
{{- default "Kubernetes" (include "gateway.setting" (dict "root" . "name" "Authentication__Mode")) -}}
{{- end -}}

{{- define "gateway.audience" -}}
{{- default "workload-gateway" (include "gateway.setting" (dict "root" . "name" "Authentication__Audience")) -}}
{{- end -}}

{{- define "gateway.pathBase" -}}
{{- include "gateway.setting" (dict "root" . "name" "Server__PathBase") -}}
{{- end -}}
