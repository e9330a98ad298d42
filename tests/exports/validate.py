#!/usr/bin/env python3
"""Holds what `zhengce export` writes against the readers that others use.

    python3 -m venv target/venv && target/venv/bin/pip install frictionless openpyxl icalendar jsonschema
    cargo build --release && target/venv/bin/python tests/exports/validate.py target/release/zhengce seeds

Writes an index of the named files and folders into a temporary folder, exports it twice in every format, and reads the result with
jsonschema, frictionless, openpyxl and icalendar. Prints a line a check; the exit code is 1 where one fails.
"""

import hashlib
import json
import pathlib
import subprocess
import sys
import tempfile
import time

import frictionless
import icalendar
import jsonschema
import openpyxl


def run(program, *args):
    return subprocess.run([program, *args], check=True, capture_output=True, text=True).stdout


def digests(folder):
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def check_jsonl(program, folder):
    schemas = json.loads(run(program, "schema"))
    count = 0
    for kind, schema in schemas.items():
        jsonschema.Draft202012Validator.check_schema(schema)
        validator = jsonschema.Draft202012Validator(schema)
        for line in (folder / f"{kind}.jsonl").open(encoding="utf-8"):
            validator.validate(json.loads(line))
            count += 1
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["total"] == count, (manifest["total"], count)
    return f"{count} records are as the schema says, and as many as the manifest counts"


def check_csv(_, folder):
    report = frictionless.validate(str(folder / "datapackage.json"))
    assert report.valid, report.flatten(["title", "rowNumber", "fieldName", "message"])[:5]
    keys = [key for task in json.loads((folder / "datapackage.json").read_text())["resources"] for key in task["schema"].get("foreignKeys", [])]
    return f"{len(report.tasks)} tables are valid, {len(keys)} foreign keys hold"


def check_xlsx(_, folder):
    book = openpyxl.load_workbook(folder / "zhengce.xlsx")
    links = 0
    for sheet in book:
        assert sheet.freeze_panes == "B2" and sheet.auto_filter.ref and sheet["A1"].value, sheet.title
        for row in sheet.iter_rows(min_row=2):
            for cell in row:
                assert cell.data_type != "e", (sheet.title, cell.coordinate, cell.value)
                if cell.hyperlink:
                    target, place = cell.hyperlink.location.rsplit("!", 1)
                    assert book[target.strip("'")][place].value, (sheet.title, cell.coordinate)
                    links += 1
    return f"{len(book.sheetnames)} sheets open, {links} links lead to a paragraph"


def check_ics(_, folder):
    entries = repeated = 0
    for path in folder.glob("*.ics"):
        calendar = icalendar.Calendar.from_ical(path.read_bytes())
        assert not calendar.errors, path
        uids = set()
        for entry in calendar.subcomponents:
            assert not entry.errors and entry.name in ("VEVENT", "VTODO"), (path, entry.errors)
            assert {"UID", "DTSTAMP", "SUMMARY"} <= set(entry), path
            assert entry["UID"] not in uids, (path, entry["UID"])
            uids.add(entry["UID"])
            if entry.name == "VEVENT":
                assert "DTSTART" in entry and "RRULE" in entry, path
                repeated += 1
            entries += 1
    return f"{entries} entries read, {repeated} of them come again each year"


def main(program, *paths):
    checks = {"jsonl": check_jsonl, "csv": check_csv, "xlsx": check_xlsx, "ics": check_ics}
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        index = str(folder / "index")
        subprocess.run([program, "-q", "--index", index, "index", *paths], stdout=subprocess.DEVNULL)
        for kind, check in checks.items():
            one, two = folder / f"{kind}-1", folder / f"{kind}-2"
            began = time.monotonic()
            run(program, "--index", index, "-q", "export", "-o", str(one), "--format", kind)
            took = time.monotonic() - began
            time.sleep(2.1)  # the clock of a zip archive counts in steps of two seconds
            run(program, "--index", index, "-q", "export", "-o", str(two), "--format", kind)
            try:
                assert digests(one) == digests(two), "a second run gave other bytes"
                print(f"{kind:6}{check(program, one)}; the same bytes twice; {took:.2f} s")
            except Exception as error:  # noqa: BLE001: each format is checked whatever another one did
                failed = True
                print(f"{kind:6}FAILED: {error}")
    return 1 if failed else 0


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
