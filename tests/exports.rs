//! Do loaders get what the descriptors promise? The exports of the seeds: the same bytes twice, keys that lead somewhere, records of every type.
//!
//! `tests/exports/validate.py` holds them against the readers that others use.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;
use zhengce::export::{Format, Info, write};

use crate::support::{audited, here};

const FORMATS: [Format; 4] = [Format::Jsonl, Format::Csv, Format::Xlsx, Format::Ics];

/// The records of the seeds with the findings of each, document by document.
fn seeds() -> Vec<Value> {
    let found = zhengce::source::find(&[here("seeds")]);
    let sources = found.files.iter().flat_map(zhengce::source::read).map(|source| source.expect("the seeds can be read"));
    sources.flat_map(|source| audited(&[source])).collect()
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(Result::unwrap);
    entries.map(|entry| (entry.file_name().to_string_lossy().into_owned(), fs::read(entry.path()).unwrap())).collect()
}

#[test]
fn the_same_records_give_the_same_bytes() {
    let records = seeds();
    for format in FORMATS {
        let (one, two) = (TempDir::new().unwrap(), TempDir::new().unwrap());
        for folder in [&one, &two] {
            let summary = write(format, folder.path(), records.iter().cloned(), &Info::default()).unwrap();
            let named: BTreeSet<&String> = summary.files.iter().map(|(name, _)| name).collect();
            assert_eq!(named, files(folder.path()).keys().collect(), "{format:?}");
        }
        assert_eq!(files(one.path()), files(two.path()), "{format:?}");
    }
}

#[test]
fn foreign_keys_lead_to_a_row() {
    let folder = TempDir::new().unwrap();
    write(Format::Csv, folder.path(), seeds().into_iter(), &Info::default()).unwrap();
    let package: Value = serde_json::from_slice(&fs::read(folder.path().join("datapackage.json")).unwrap()).unwrap();
    let column = |table: &str, field: &str| -> Vec<String> {
        let text = fs::read_to_string(folder.path().join(format!("{table}.csv"))).unwrap();
        let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let at = reader.headers().unwrap().iter().position(|name| name == field).unwrap_or_else(|| panic!("{table} has no {field}"));
        reader.records().map(|row| row.unwrap()[at].to_owned()).collect()
    };
    let mut followed = 0;
    for resource in package["resources"].as_array().unwrap() {
        let table = resource["name"].as_str().unwrap();
        for key in resource["schema"]["foreignKeys"].as_array().into_iter().flatten() {
            let to = key["reference"]["resource"].as_str().filter(|to| !to.is_empty()).unwrap_or(table);
            let known: BTreeSet<String> = column(to, key["reference"]["fields"].as_str().unwrap()).into_iter().collect();
            for value in column(table, key["fields"].as_str().unwrap()).into_iter().filter(|value| !value.is_empty()) {
                assert!(known.contains(&value), "{table}: {value} leads nowhere");
                followed += 1;
            }
        }
    }
    assert!(followed > 1000, "only {followed} keys");
}

/// No date that the document doesn't name: a day for `2011年4月`, a rhythm for `每年2月`, none for `每年2次` and 全年工作.
#[test]
fn calendars_invent_no_dates() {
    let records = seeds();
    let folder = TempDir::new().unwrap();
    write(Format::Ics, folder.path(), records.iter().cloned(), &Info::default()).unwrap();
    let all = fs::read_to_string(folder.path().join("全部.ics")).unwrap();
    let entries = |kind: &str, holds: &str| {
        let begin = format!("BEGIN:{kind}\r\n");
        all.split(&begin).skip(1).filter(|entry| entry.split("END:").next().is_some_and(|own| own.contains(holds))).count()
    };
    let deadlines = || records.iter().filter(|r| r["type"] == "responsibility").map(|r| &r["deadline"]).filter(|d| d.is_object());
    let dated = deadlines().filter(|d| d["due"].is_string()).count();
    let yearly = deadlines().filter(|d| d["kind"] == "recurring" && d["month"].is_number()).count();
    assert!(dated > 5 && yearly > 1, "{dated} {yearly}");
    assert_eq!((entries("VTODO", "DUE;VALUE=DATE:"), entries("VEVENT", "RRULE:FREQ=YEARLY;BYMONTH=")), (dated, yearly));
    assert_eq!(entries("VTODO", "SUMMARY") + entries("VEVENT", "SUMMARY"), deadlines().count());
    assert_eq!(entries("VTODO", "DTSTART"), 0);
}
