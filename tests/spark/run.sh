#!/usr/bin/env bash
# Does `zhengce extract` under Spark give the records that it gives alone? Installs PySpark into an environment of its own
# (SPARK_ENV, by default a folder below the system's temporary one), pipes the seeds and what else is named through rdd.pipe
# on all local cores, and compares. Needs Java 17 and the built program.
#
#   tests/spark/run.sh [FOLDER…]
set -euo pipefail
cd "$(dirname "$0")/../.."
program="$PWD/target/${PROFILE:-release}/zhengce"
[ -x "$program" ] || { echo "error: there is no $program; run cargo build --release first" >&2; exit 2; }
env="${SPARK_ENV:-${TMPDIR:-/tmp}/zhengce-spark}"
if [ ! -x "$env/bin/spark-submit" ]; then
  python3 -m venv "$env"
  "$env/bin/pip" install --quiet "pyspark==4.0.1"
fi
exec env PYSPARK_PYTHON="$env/bin/python3" "$env/bin/python3" tests/spark/compare.py "$program" seeds "$@"
