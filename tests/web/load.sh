#!/usr/bin/env bash
# How many searches a second, and how long does the slowest hundredth take? tests/web/load.sh INDEX [SECONDS]: needs wrk and a release build.
# Says it twice: queries that come again, as people's do, and queries that are all different, so that no answer is ready.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
index=${1:?name an index} seconds=${2:-30} port=7987
program="$here/../../target/release/zhengce"
"$program" --index "$index" -q serve --addr 127.0.0.1:$port &
server=$!
trap 'kill $server' EXIT
until curl -sf "http://127.0.0.1:$port/healthz" >/dev/null; do sleep 0.2; done
"$program" --index "$index" stats | head -1
memory() { awk '/VmRSS/ { print "memory " $2 " kB" }' /proc/$server/status; }
for kind in again new; do
  echo "== $kind"
  memory
  KIND=$kind wrk -t1 -c64 -d"${seconds}s" --latency -s "$here/load.lua" "http://127.0.0.1:$port" | grep -E '50%|99%|Requests/sec|Non-2xx|Socket errors|requests in|failed'
  memory
done
