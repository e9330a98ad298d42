//! For tests: an index over the seeds, made of their gold records and of their lines as passages.

use std::path::Path;
use std::sync::LazyLock;

use serde_json::{Value, json};
use tempfile::TempDir;

use super::Names;
use crate::index::{Index, Resources, Writer};

/// The records of both seeds, document by document.
pub static RECORDS: LazyLock<Vec<(String, Vec<Value>)>> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut seeds: Vec<_> = std::fs::read_dir(root.join("seeds")).expect("the seeds are there").flatten().collect();
    seeds.sort_by_key(std::fs::DirEntry::path);
    seeds
        .iter()
        .map(|seed| {
            let path = seed.path();
            let doc = path.file_stem().expect("a seed has a name").to_string_lossy().into_owned();
            let text = std::fs::read_to_string(&path).expect("a seed is UTF-8");
            let gold = std::fs::read_to_string(root.join(format!("tests/gold/{doc}.jsonl"))).expect("each seed has gold");
            let records = records(&doc, text.trim_start_matches('\u{feff}'), &gold);
            (doc, records)
        })
        .collect()
});

fn records(doc: &str, text: &str, gold: &str) -> Vec<Value> {
    let chars: Vec<char> = text.chars().collect();
    let gold: Vec<Value> = gold.lines().map(|line| serde_json::from_str(line).expect("gold is JSON")).collect();
    let title = gold.iter().find(|one| one["type"] == "document").map_or("", |one| one["title"].as_str().unwrap_or(""));
    let mut records = Vec::new();
    let mut path: Vec<(u64, String)> = Vec::new();
    let mut sections: Vec<&Value> = gold.iter().filter(|one| one["type"] == "section").collect();
    sections.sort_by_key(|one| one["start"].as_u64());
    let mut paths: Vec<(u64, Vec<String>)> = vec![(0, Vec::new())];
    for section in sections {
        let level = section["level"].as_u64().unwrap_or(1);
        path.retain(|(above, _)| *above < level);
        path.push((level, section["heading"].as_str().unwrap_or("").to_owned()));
        let start = section["start"].as_u64().unwrap_or(0);
        paths.push((start, path.iter().map(|(_, heading)| heading.clone()).collect()));
    }
    let above = |start: u64| paths.iter().rev().find(|(from, _)| *from <= start).map_or(&[][..], |(_, path)| path);
    for one in &gold {
        let Some(kind) = one["type"].as_str().filter(|kind| *kind != "annotated") else {
            continue;
        };
        let start = one["start"].as_u64().unwrap_or(0);
        let end = one["end"].as_u64().unwrap_or(0);
        let mut record = one.clone();
        for field in ["subject", "indicator", "owner", "place", "base", "number", "issuer", "industry", "content"] {
            if let Some(first) = one[field].as_array().map(|readings| readings.first().cloned().unwrap_or_default()) {
                record[field] = first;
            }
        }
        for field in ["lead", "support"] {
            if let Some(units) = one[field].as_array() {
                record[field] = units.iter().map(|unit| json!({"name": unit, "canonical": null})).collect();
            }
        }
        if let (Some(value), Some(unit)) = (one["value"].as_number(), one["unit"].as_str()) {
            record["canonical"] = canonical(&value.to_string(), unit);
        }
        record["id"] = json!(format!("{doc}:{kind}:{start}-{end}"));
        record["doc"] = json!(doc);
        record["title"] = json!(title);
        record["section"] = json!(above(start));
        record["quote"] = json!(chars[start as usize..end as usize].iter().collect::<String>());
        if kind == "document" {
            record["sha256"] = json!(format!("{:x}", text.len()));
        }
        records.push(record);
    }
    let mut start = 0;
    for line in text.split('\n') {
        let length = line.chars().count();
        let kept = line.trim_end();
        if !kept.trim().is_empty() {
            let end = start + kept.chars().count();
            records.push(json!({"id": format!("{doc}:passage:{start}-{end}"), "type": "passage", "doc": doc, "title": title,
                "section": above(start as u64), "quote": kept, "text": kept, "start": start, "end": end, "rule": "passage"}));
        }
        start += length + 1;
    }
    records
}

fn canonical(value: &str, unit: &str) -> Value {
    let shift = if unit.starts_with("万亿") {
        12
    } else if unit.starts_with('亿') {
        8
    } else if unit.starts_with('万') {
        4
    } else {
        0
    };
    let base = unit.trim_start_matches(['万', '亿']);
    let plain = crate::index::shift_point(value, shift);
    json!({"value": serde_json::from_str::<Value>(&plain).expect("a number"), "unit": base})
}

/// A few names, as a lexicon would know them.
pub struct FewNames;

const UNITS: [&[&str]; 3] = [
    &["省发改委", "省发展改革委", "省发展和改革委员会", "黑龙江省发展和改革委员会"],
    &["省财政厅", "黑龙江省财政厅"],
    &["省商务厅", "黑龙江省商务厅"],
];

impl Names for FewNames {
    fn unit_aliases(&self, name: &str) -> Vec<String> {
        let known = UNITS.iter().find(|names| names.contains(&name));
        known.into_iter().flat_map(|names| names.iter().map(|name| (*name).to_owned())).collect()
    }

    fn place_aliases(&self, name: &str) -> Vec<String> {
        match name {
            "大庆" => vec!["大庆市".to_owned()],
            "哈尔滨" => vec!["哈尔滨市".to_owned()],
            _ => Vec::new(),
        }
    }

    fn provinces(&self, _text: &str) -> Vec<u8> {
        Vec::new()
    }

    fn landmarks(&self) -> &[(&'static str, u8)] {
        &[]
    }

    fn base_of(&self, _unit: &str) -> Option<(rust_decimal::Decimal, String)> {
        None
    }
}

/// An index over the seeds; its folder goes with the first of the pair.
pub fn seeds() -> (TempDir, Index) {
    let dir = TempDir::new().expect("a folder for the test");
    let mut writer = Writer::open(dir.path(), ["省发改委", "省商务厅"], Resources::default()).expect("a new index");
    for (doc, records) in RECORDS.iter() {
        writer.put(doc, records).expect("room for the seeds");
    }
    writer.commit().expect("room for the seeds");
    let index = Index::open(dir.path()).expect("the index just written");
    (dir, index)
}
