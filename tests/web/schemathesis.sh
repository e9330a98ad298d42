#!/usr/bin/env bash
# Does the API keep its word? tests/web/schemathesis.sh INDEX: a property-based client (schemathesis, from PyPI) against /api/openapi.json.
# A query in the query language may be unreadable (an open quotation mark), which no JSON Schema says: so not all of what
# the schema lets pass is accepted, and that one check is left out.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
index=${1:?name an index} port=7986 tools="$here/../../target/schemathesis"
[ -x "$tools/bin/schemathesis" ] || { python3 -m venv "$tools" && "$tools/bin/pip" install -q schemathesis openapi-spec-validator; }
program="$here/../../target/${PROFILE:-debug}/zhengce"
"$program" --index "$index" -q serve --addr 127.0.0.1:$port &
server=$!
trap 'kill $server' EXIT
until curl -sf "http://127.0.0.1:$port/healthz" >/dev/null; do sleep 0.2; done
curl -s "http://127.0.0.1:$port/api/openapi.json" -o "$tools/openapi.json"
"$tools/bin/openapi-spec-validator" "$tools/openapi.json"
"$tools/bin/schemathesis" run "http://127.0.0.1:$port/api/openapi.json" --exclude-checks positive_data_acceptance --max-examples "${EXAMPLES:-50}" --generation-deterministic
