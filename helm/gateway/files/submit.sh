# Submits one train that needs no GPU, waits until it is in one of $PHASES, and deletes it.
set -eu
workloads="$GATEWAY/projects/$PROJECT/workloads"
token=$(cat "${TOKEN:-/token/token}")
# Within the cluster the certificate may name another host than the Service; the token is good for this test only.
call() { curl --silent --show-error --insecure --max-time 70 -H "Authorization: Bearer $token" "$@"; }
ask() { # prints the status, and the answer where it is not one of those expected
  expected=$1; shift
  status=$(call --output /tmp/answer --write-out '%{http_code}' "$@")
  case " $expected " in *" $status "*) ;; *) echo "$status, not $expected: $(cat /tmp/answer)"; exit 1 ;; esac
}

# A run that was broken off may have left one.
ask "200 202 404" -X DELETE "$workloads/$NAME?wait=30s"
ask "201" "$workloads" -H 'Content-Type: application/json' \
  -d "{\"type\": \"train\", \"name\": \"$NAME\", \"image\": \"$IMAGE\", \"command\": [\"true\"], \"user\": \"helm-test\"}"

wanted="search=$NAME"
for phase in $PHASES; do wanted="$wanted&phase=$phase"; done
end=$(($(date +%s) + SECONDS_TO_WAIT))
until call "$workloads?$wanted" | grep -q "\"name\":\"$NAME\""; do
  [ "$(date +%s)" -lt "$end" ] || { echo "not within $SECONDS_TO_WAIT s in any of: $PHASES"; call "$workloads/$NAME"; exit 1; }
  sleep 1
done

ask "200 202" -X DELETE "$workloads/$NAME"
echo "submitted, seen, deleted"
