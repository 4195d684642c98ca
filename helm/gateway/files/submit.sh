# Submits one train that needs no GPU, waits until it is in one of $PHASES, and deletes it.
set -eu
workloads="$GATEWAY/projects/$PROJECT/workloads"
token=/token/token
end=$(($(date +%s) + SECONDS_TO_WAIT))

# Within the cluster the certificate may name another host than the Service; the token is good for this test only.
call() {
  [ ! -f "$token" ] || set -- -H "Authorization: Bearer $(cat "$token")" "$@"
  curl --silent --show-error --insecure --max-time 70 "$@"
}
answer=$(mktemp)
status() { call --output "$answer" --write-out '%{http_code}' "$@"; }
expect() { # the statuses that are right, and what to ask
  right=$1; shift
  got=$(status "$@")
  case " $right " in *" $got "*) ;; *) echo "$got, not $right: $(cat "$answer")"; exit 1 ;; esac
}
pause() { # what is waited for
  [ "$(date +%s)" -lt "$end" ] || { echo "not within $SECONDS_TO_WAIT s: $1"; call "$workloads/$NAME"; exit 1; }
  sleep 1
}

# A run that was broken off may have left one.
expect "200 202 404" -X DELETE "$workloads/$NAME"
until [ "$(status "$workloads/$NAME")" = 404 ]; do pause "the last run's workload is gone"; done

expect 201 "$workloads" -H 'Content-Type: application/json' \
  -d "{\"type\": \"train\", \"name\": \"$NAME\", \"image\": \"$IMAGE\", \"command\": [\"true\"], \"user\": \"helm-test\"}"
phases=$(echo "$PHASES" | sed 's/ /\&phase=/g')
until call "$workloads?search=$NAME&phase=$phases" | grep -q "\"name\":\"$NAME\""; do pause "$PHASES"; done

expect "200 202" -X DELETE "$workloads/$NAME"
echo "submitted, seen, deleted"
