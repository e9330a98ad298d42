//! What do the rules read? Each chapter of `tests/spec/` says it in words and shows it.
//!
//! A block of text, then a block of what is expected of it, one JSON object after the other. Each object must fit a record
//! of its own: the fields that it lists are equal, an object in it lists the fields that count, and a unit may be written
//! as its bare name. `{"none": ["target"]}` says that no record of that type comes, `{"count": {"park": 3}}` how many come.
//! A text's fence may say when the document was issued: ` ```text issued=2024-03-01 `; a second text for the same expectations
//! says ` ```text and `. What the audit finds, in each document and across them, counts among the records. An expectation in a
//! block ` ```json gap ` isn't met yet; the day it is, the test asks for the word to be taken out.

use std::fs;
use std::path::PathBuf;

use serde_json::Value;

use crate::support::{audited, here, text};
use zhengce::source::Source;

#[test]
fn every_chapter_holds() {
    let (mut failures, mut held, mut gaps) = (Vec::new(), 0, Vec::new());
    for path in chapters() {
        for case in cases(&path) {
            let complaint = case.complaint();
            match (case.gap, complaint) {
                (false, None) => held += 1,
                (false, Some(complaint)) => failures.push(format!("{}: {complaint}", case.place)),
                (true, Some(_)) => gaps.push(case.place),
                (true, None) => failures.push(format!("{}: no gap any more: take the word out", case.place)),
            }
        }
    }
    println!("{held} cases hold; {} known gaps: {}", gaps.len(), gaps.join(", "));
    assert!(failures.is_empty(), "{} of {} cases fail\n\n{}", failures.len(), held + failures.len(), failures.join("\n\n"));
    assert!(held > 0, "tests/spec has no case");
}

fn chapters() -> Vec<PathBuf> {
    let entries = fs::read_dir(here("tests/spec")).unwrap_or_else(|cause| panic!("tests/spec: {cause}"));
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    paths.sort();
    paths
}

/// A text with what is expected of it.
struct Case {
    /// `numbers.md:12`.
    place: String,
    texts: Vec<Text>,
    expected: String,
    gap: bool,
}

#[derive(Clone)]
struct Text {
    body: String,
    issued: Option<String>,
}

/// The cases of a chapter: each block of JSON with the last block of text before it, and those that it stands with.
fn cases(path: &PathBuf) -> Vec<Case> {
    let chapter = fs::read_to_string(path).unwrap_or_else(|cause| panic!("{}: {cause}", path.display()));
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let (mut cases, mut texts) = (Vec::new(), Vec::new());
    let mut lines = chapter.lines().enumerate();
    while let Some((k, line)) = lines.next() {
        let Some(info) = line.strip_prefix("```") else { continue };
        let block: Vec<&str> = lines.by_ref().map(|(_, line)| line).take_while(|line| *line != "```").collect();
        let block = block.join("\n");
        match info.split_whitespace().next() {
            Some("text") => {
                let words: Vec<&str> = info.split_whitespace().collect();
                if !words.contains(&"and") {
                    texts.clear();
                }
                let issued = words.iter().find_map(|word| word.strip_prefix("issued=")).map(str::to_owned);
                texts.push(Text { body: block.replace('→', "\t"), issued });
            }
            Some("json") => cases.push(Case {
                place: format!("{name}:{}", k + 1),
                texts: texts.clone(),
                expected: block,
                gap: info.split_whitespace().any(|word| word == "gap"),
            }),
            _ => panic!("{name}:{}: a block is text or json", k + 1),
        }
    }
    cases
}

impl Case {
    /// What isn't as expected.
    fn complaint(&self) -> Option<String> {
        let sources = self.texts.iter().zip(["例", "例二", "例三"]).map(|(text, id)| {
            let mut source = Source::of_text(id, &text.body);
            source.meta.issued.clone_from(&text.issued);
            source
        });
        let found = audited(&sources.collect::<Vec<_>>());
        let mut free: Vec<&Value> = found.iter().collect();
        for expected in serde_json::Deserializer::from_str(&self.expected).into_iter::<Value>() {
            let expected = expected.unwrap_or_else(|cause| panic!("{}: {cause}", self.place));
            let complaint = if let Some(kinds) = expected["none"].as_array() {
                kinds
                    .iter()
                    .find_map(|kind| found.iter().find(|record| record["type"] == *kind))
                    .map(|record| format!("not expected: {record}"))
            } else if let Some(counts) = expected["count"].as_object() {
                counts.iter().find_map(|(kind, count)| {
                    let came = found.iter().filter(|record| text(record, "type") == kind).count();
                    (count.as_u64() != Some(came as u64)).then(|| format!("{came} records of type {kind}, not {count}"))
                })
            } else {
                match free.iter().position(|record| fits(&expected, record)) {
                    Some(at) => {
                        free.remove(at);
                        None
                    }
                    None => Some(format!("no record is {expected}")),
                }
            };
            if let Some(complaint) = complaint {
                let kind = expected["type"].as_str();
                let came = found.iter().filter(|record| kind.is_none_or(|kind| text(record, "type") == kind));
                let came: Vec<String> = came.filter(|record| kind.is_some() || text(record, "type") != "passage").map(brief).collect();
                let said: Vec<&str> = self.texts.iter().map(|text| text.body.as_str()).collect();
                return Some(format!("{complaint}\n  in «{}»\n  found\n    {}", said.join("»\n  «"), came.join("\n    ")));
            }
        }
        None
    }
}

/// A record without what every record has.
fn brief(record: &Value) -> String {
    let mut record = record.clone();
    if let Some(fields) = record.as_object_mut() {
        for field in ["id", "doc", "start", "end", "title", "section", "quote", "canonical"] {
            fields.remove(field);
        }
    }
    record.to_string()
}

/// Whether `value` is what `expected` lists of it.
fn fits(expected: &Value, value: &Value) -> bool {
    match (expected, value) {
        (Value::Object(fields), _) => fields.iter().all(|(key, field)| fits(field, &value[key])),
        (Value::Array(items), Value::Array(values)) => {
            items.len() == values.len() && items.iter().zip(values).all(|(item, value)| fits(item, value))
        }
        (Value::String(name), Value::Object(unit)) => unit.get("name").and_then(Value::as_str) == Some(name),
        _ => expected == value,
    }
}

#[test]
fn what_fits_and_what_does_not() {
    use serde_json::json;
    let record = json!({"type": "responsibility", "lead": [{"name": "省财政厅", "canonical": null}], "value": 1.5});
    for expected in [json!({"lead": ["省财政厅"]}), json!({"value": 1.5}), json!({"lead": [{"name": "省财政厅"}], "open": null})] {
        assert!(fits(&expected, &record), "{expected}");
    }
    for expected in [json!({"lead": []}), json!({"lead": ["省商务厅"]}), json!({"value": 1.50001}), json!({"type": "target"})] {
        assert!(!fits(&expected, &record), "{expected}");
    }
}
