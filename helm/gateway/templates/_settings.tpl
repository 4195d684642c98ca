{{/*
The settings as environment variables, one a line, in order of their names: {Authentication: {Mode: Oidc}} is
Authentication__Mode: "Oidc". An item of a list has its number for a name. What is null is left out.
*/}}
{{- define "gateway.settings" -}}
{{- $flat := dict -}}
{{- include "gateway.flatten" (dict "value" .Values.settings "name" "" "into" $flat) -}}
{{- include "gateway.addHosts" (dict "root" . "into" $flat) -}}
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

{{/*
Where the gateway takes some names only, the Service's and the Ingress' are added to those of the values: where some are given, and where
callers need no token.
*/}}
{{- define "gateway.addHosts" -}}
{{- $given := 0 -}}
{{- range $name, $value := .into -}}
{{- if hasPrefix "server__hosts__" (lower $name) -}}{{- $given = add1 $given -}}{{- end -}}
{{- end -}}
{{- if or $given (contains "Anonymous" (include "gateway.authentication" .root)) -}}
{{- $short := printf "%s.%s" (include "gateway.fullname" .root) .root.Release.Namespace -}}
{{- $own := list (include "gateway.fullname" .root) $short (printf "%s.svc" $short) (printf "%s.svc.cluster.local" $short) -}}
{{- if .root.Values.ingress.enabled -}}{{- $own = append $own .root.Values.ingress.host -}}{{- end -}}
{{- range $index, $host := $own -}}
{{- $_ := set $.into (printf "Server__Hosts__%d" (add $given $index)) $host -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/*
Callers come from the ingress controller's address, unless it is believed about theirs. Which that is nobody but the operator knows, and to believe
whole private networks would let every pod choose an address: an empty list says that nobody is to be believed.
*/}}
{{- define "gateway.requireProxies" -}}
{{- $said := dict -}}
{{- range $section, $value := .Values.settings -}}
{{- if and (eq (lower $section) "server") (kindIs "map" $value) -}}
{{- range $name, $list := $value -}}
{{- if and (eq (lower $name) "trustedproxies") (not (kindIs "invalid" $list)) -}}{{- $_ := set $said "so" true -}}{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- if not (hasKey $said "so") -}}
{{- fail "settings.Server.TrustedProxies is needed where ingress.enabled is true: the addresses or the network of the ingress controller's pods, such as [10.244.0.0/16], so that callers are told apart by their own; [] believes nobody, and all callers have the controller's address" -}}
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
