#!/usr/bin/env python3
"""Measures the whole program on a corpus made from the texts at hand, and prints the tables of the README.

    tests/benches/measure.py FOLDER [--copies 1,10] [--repeat 3]

FOLDER holds texts; each larger corpus holds them several times, every copy marked so that no two documents are the same.
Needs Python and the release build: cargo build --release --bins --example bare
All ratios are of medians of runs that take turns, so that other load on the machine falls on both alike.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "target/release/zhengce"
BARE = ROOT / "target/release/examples/bare"


def run(command):
    """Wall seconds, processor seconds, peak megabytes of a process that must succeed."""
    begun = time.monotonic()
    process = subprocess.Popen([str(part) for part in command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - begun
    if os.waitstatus_to_exitcode(status) != 0:
        sys.exit(f"{command} ended with {os.waitstatus_to_exitcode(status)}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def medians(runs):
    return [statistics.median(column) for column in zip(*runs)]


def size(folder):
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def multiply(source, target, copies):
    """The texts of `source` so many times, each copy below a folder of its own and marked at its end."""
    texts = [file for file in source.rglob("*") if file.suffix in {".txt", ".md"}]
    for copy in range(copies):
        for text in texts:
            file = target / str(copy) / text.relative_to(source)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text.read_bytes() + (f"\n第{copy}份。\n".encode() if copy else b""))


def passages(corpus, file):
    """The passages that the program finds, one a line: what the bare indexer gets."""
    found = subprocess.Popen([PROGRAM, "extract", corpus, "--type", "passage"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    with open(file, "w", encoding="utf-8") as out:
        for line in found.stdout:
            out.write(json.loads(line)["text"].replace("\n", " ") + "\n")
    found.wait()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--copies", default="1,10")
    parser.add_argument("--repeat", type=int, default=3)
    asked = parser.parse_args()
    print(f"{os.cpu_count()} cores; medians of {asked.repeat} runs\n")
    print("| text | documents | index | MB/s | documents/s | peak memory | bare indexer | index ÷ bare | extract | rerun ÷ first | index ÷ text |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    queries = []
    for copies in (int(part) for part in asked.copies.split(",")):
        with tempfile.TemporaryDirectory() as temp:
            temp = Path(temp)
            corpus, index, bare, lines = temp / "corpus", temp / "index", temp / "bare", temp / "passages.txt"
            multiply(asked.folder, corpus, copies)
            passages(corpus, lines)
            rounds = {"first": [], "rerun": [], "bare": [], "extract": []}
            for _ in range(asked.repeat):
                for old in (index, bare):
                    shutil.rmtree(old, ignore_errors=True)
                rounds["first"].append(run([PROGRAM, "--index", index, "index", corpus, "-q"]))
                rounds["bare"].append(run([BARE, lines, bare]))
                rounds["extract"].append(run([PROGRAM, "extract", corpus]))
                rounds["rerun"].append(run([PROGRAM, "--index", index, "index", corpus, "-q"]))
            (first, cpu, peak), (alone, bare_cpu, _) = medians(rounds["first"]), medians(rounds["bare"])
            extract, rerun = medians(rounds["extract"]), medians(rounds["rerun"])
            text = size(corpus)
            documents = sum(1 for file in corpus.rglob("*") if file.is_file())
            print(
                f"| {text / 1e6:.1f} MB | {documents} | {first:.2f} s ({cpu:.2f} s of processor) | {text / 1e6 / first:.1f} | {documents / first:.0f} "
                f"| {peak:.0f} MB | {alone:.2f} s ({bare_cpu:.2f} s) | {first / alone:.2f} ({cpu / bare_cpu:.2f}) "
                f"| {text / 1e6 / extract[0]:.1f} MB/s, {extract[2]:.0f} MB | {rerun[0] / first * 100:.1f} % | {size(index) / text:.2f} |",
                flush=True,
            )
            for query in ["合同", '"人民法院"', "类型:责任 监督", "谁负责食品安全"]:
                command = [PROGRAM, "--index", index, "search", query, "--json"]
                cold = statistics.median(run_any(command) for _ in range(7))
                queries.append(f"| {text / 1e6:.1f} MB | `{query}` | {cold * 1000:.0f} ms |")
    print("\n| text | query | whole process |\n| --- | --- | --- |")
    print("\n".join(queries))


def run_any(command):
    begun = time.monotonic()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return time.monotonic() - begun


if __name__ == "__main__":
    main()
