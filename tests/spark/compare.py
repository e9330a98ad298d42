"""Reads folders of texts as JSON lines, pipes them through `zhengce extract -` in Spark's partitions, and compares the records
with those of one process over the same lines."""

import json
import subprocess
import sys
import time
from pathlib import Path

from pyspark import SparkContext

program, folders = sys.argv[1], [Path(folder) for folder in sys.argv[2:]]
texts = sorted(file for folder in folders for file in folder.rglob("*") if file.suffix in {".txt", ".md"})
lines = [json.dumps({"id": str(file.with_suffix("")), "text": file.read_text("utf-8")}, ensure_ascii=False) for file in texts]

begun = time.monotonic()
alone = subprocess.run([program, "extract", "-"], input="\n".join(lines), capture_output=True, encoding="utf-8", check=True).stdout
alone_took = time.monotonic() - begun

spark = SparkContext("local[*]", "zhengce")
spark.setLogLevel("ERROR")
begun = time.monotonic()
piped = spark.parallelize(lines, 8).pipe(f"{program} extract -", checkCode=True).collect()
piped_took = time.monotonic() - begun
spark.stop()

alone = alone.splitlines()
if sorted(piped) != sorted(alone):
    sys.exit(f"error: {len(piped)} records under Spark, {len(alone)} alone, and they differ")
print(f"{len(lines)} documents: {len(piped)} records under Spark ({piped_took:.1f} s), the same as alone ({alone_took:.1f} s)")
