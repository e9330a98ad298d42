//! What does a search cluster want? The bulk format of Elasticsearch, which OpenSearch and Quickwit take too, and the
//! configuration of the index for each: `产业园区` goes out as the words `产业 园区`, cut as our own index cuts them, and as
//! `产 业 园 区`; both fields are only split at blanks there, so that every engine finds the same.

use std::io::Write;
use std::path::Path;

use jieba_rs::Jieba;
use serde_json::{Map, Number, Value, json};

use super::{ExportError, at, create};
use crate::index::{self, ANALYZER, Column, Facts, NAMES, Sheet, Told, cut_words, describe, fold_char};

/// What stands for a blank of the text among characters that are parted by blanks.
const BLANK: char = '␣';

/// The fields that are words parted by blanks.
const TEXTS: [&str; 4] = ["words", "chars", "own", "headings"];
/// The fields that are whole numbers.
const WHOLES: [&str; 6] = ["start", "from", "to", "due", "day", "issued"];

/// The characters of a folded text as the field `chars` holds them.
pub fn chars(folded: &[char]) -> String {
    let mut out = String::with_capacity(folded.len() * 4);
    for c in folded {
        out.push(if *c == ' ' { BLANK } else { *c });
        out.push(' ');
    }
    out.pop();
    out
}

/// The pairs of neighbouring characters of a folded text, as the fields `own` and `headings` hold them.
pub fn pairs(folded: &[char]) -> String {
    let pair = |pair: &[char]| pair.iter().map(|c| if *c == ' ' { BLANK } else { *c }).collect::<String>();
    folded.windows(2).map(pair).collect::<Vec<_>>().join(" ")
}

/// The fields of records, being filled in.
struct Lines<'j> {
    jieba: &'j Jieba,
    fields: Vec<Map<String, Value>>,
}

impl Lines<'_> {
    /// The fields of the record at hand.
    fn fields(&mut self) -> &mut Map<String, Value> {
        self.fields.last_mut().expect("a record is begun first")
    }

    fn join(&mut self, key: &str, text: &str) {
        if text.is_empty() {
            return;
        }
        match self.fields().get_mut(key) {
            Some(Value::String(known)) => {
                known.push(' ');
                known.push_str(text);
            }
            _ => {
                self.fields().insert(key.to_owned(), text.into());
            }
        }
    }

    fn list(&mut self, key: &str, text: &str) {
        match self.fields().get_mut(key) {
            Some(Value::Array(known)) => known.push(text.into()),
            _ => {
                self.fields().insert(key.to_owned(), json!([text]));
            }
        }
    }
}

impl<'r> Sheet<'r, Value> for Lines<'_> {
    fn begin(&mut self, record: &'r Value, _: &Facts<'r>) {
        let mut fields = Map::new();
        fields.insert("id".to_owned(), record["id"].clone());
        fields.insert("analyzer".to_owned(), ANALYZER.into());
        fields.insert("record".to_owned(), record.to_string().into());
        self.fields.push(fields);
    }

    fn text(&mut self, column: Column, text: &str) {
        let folded: Vec<char> = text.chars().map(fold_char).collect();
        match column {
            Column::Body => {
                let words: Vec<String> = cut_words(self.jieba, &folded).into_iter().map(|word| word.text).collect();
                self.join("words", &words.join(" "));
                self.join("chars", &chars(&folded));
            }
            Column::Own => self.join("own", &pairs(&folded)),
            Column::Heading => self.join("headings", &pairs(&folded)),
            Column::Name(at) => self.list(NAMES[at], text),
            _ => self.list("measure", text),
        }
    }

    fn whole(&mut self, column: Column, number: i64) {
        let key = match column {
            Column::Start => "start",
            Column::From => "from",
            Column::To => "to",
            Column::Due => "due",
            _ => "issued",
        };
        self.fields().insert(key.to_owned(), number.into());
        if column == Column::Due {
            self.fields().insert("day".to_owned(), (number % 10_000).into());
        }
    }

    fn decimal(&mut self, _: Column, number: &Number) {
        self.fields().insert("value".to_owned(), Value::Number(number.clone()));
    }
}

/// The bulk lines of a document's records: each an action and the fields it goes by, both ended by `\n`. The record itself
/// is a text in `record`: engines read numbers as binary fractions, we don't.
pub fn lines(jieba: &Jieba, records: &[Value]) -> Vec<String> {
    let doc = records.first().and_then(|record| record["doc"].as_str()).unwrap_or("");
    let facts: Vec<Facts<'_>> = records.iter().map(Told::facts).collect();
    let mut lines = Lines { jieba, fields: Vec::new() };
    describe(doc, records, &facts, &mut lines);
    let line = |fields: Map<String, Value>| format!("{}\n{}\n", json!({"index": {"_id": fields["id"]}}), Value::Object(fields));
    lines.fields.into_iter().map(line).collect()
}

/// The configuration of the index `name` for Quickwit.
pub fn quickwit(name: &str) -> Value {
    let text = |name: &str| json!({"name": name, "type": "text", "tokenizer": "whitespace", "record": "position", "fieldnorms": true, "stored": false});
    let list = |name: &str| json!({"name": name, "type": "array<text>", "tokenizer": "raw", "stored": false, "fast": true});
    let whole = |name: &str| json!({"name": name, "type": "i64", "indexed": true, "stored": false, "fast": true});
    let mut mappings = vec![
        json!({"name": "id", "type": "text", "tokenizer": "raw", "stored": true}),
        json!({"name": "analyzer", "type": "u64", "indexed": false, "stored": true}),
        json!({"name": "record", "type": "text", "indexed": false, "stored": true}),
        json!({"name": "value", "type": "f64", "indexed": true, "stored": false, "fast": true}),
    ];
    mappings.extend(TEXTS.map(text));
    mappings.extend(NAMES.iter().copied().chain(["measure"]).map(list));
    mappings.extend(WHOLES.map(whole));
    json!({
        "version": "0.8",
        "index_id": name,
        "doc_mapping": {"mode": "strict", "store_source": false, "field_mappings": mappings},
        "search_settings": {"default_search_fields": ["words"]},
        "indexing_settings": {"commit_timeout_secs": 30},
    })
}

/// The mapping of the index for Elasticsearch and OpenSearch.
pub fn elasticsearch() -> Value {
    let mut properties = Map::new();
    for name in ["id"].into_iter().chain(NAMES).chain(["measure"]) {
        properties.insert(name.to_owned(), json!({"type": "keyword"}));
    }
    for name in TEXTS {
        properties.insert(name.to_owned(), json!({"type": "text", "analyzer": "whitespace"}));
    }
    for name in WHOLES {
        properties.insert(name.to_owned(), json!({"type": "long"}));
    }
    properties.insert("value".to_owned(), json!({"type": "double"}));
    properties.insert("analyzer".to_owned(), json!({"type": "integer", "index": false}));
    properties.insert("record".to_owned(), json!({"type": "keyword", "index": false, "doc_values": false}));
    let source = json!({"includes": ["id", "analyzer", "record"]});
    json!({"mappings": {"dynamic": "strict", "_source": source, "properties": properties}})
}

/// Writes the bulk lines of all records, and the configurations, into `dir`. The records of one document follow one another.
/// Says how many documents and records they were.
///
/// # Errors
/// What keeps a file from being written.
pub fn write(
    dir: &Path,
    jieba: &Jieba,
    documents: impl Iterator<Item = Result<Vec<Value>, index::Error>>,
) -> Result<(u64, u64), ExportError> {
    std::fs::create_dir_all(dir).map_err(at(dir))?;
    for (file, config) in [("quickwit.json", quickwit("zhengce")), ("elasticsearch.json", elasticsearch())] {
        let path = dir.join(file);
        let mut out = create(&path)?;
        writeln!(out, "{config:#}").and_then(|()| out.flush()).map_err(at(&path))?;
    }
    let path = dir.join("records.ndjson");
    let mut out = create(&path)?;
    let mut counts = (0, 0);
    for records in documents {
        counts.0 += 1;
        for line in lines(jieba, &records?) {
            counts.1 += 1;
            out.write_all(line.as_bytes()).map_err(at(&path))?;
        }
    }
    out.flush().map_err(at(&path))?;
    Ok(counts)
}

#[cfg(test)]
mod tests {
    use super::super::tests::records;
    use super::*;
    use crate::index::Dictionary;

    #[test]
    fn every_field_that_goes_out_is_configured() {
        let jieba = Dictionary::with_words([]).full();
        let lines = lines(&jieba, &records("a"));
        let quickwit = quickwit("z");
        let mapped =
            |name: &str| quickwit["doc_mapping"]["field_mappings"].as_array().is_some_and(|all| all.iter().any(|f| f["name"] == name));
        for line in &lines {
            let (action, fields) = line.split_once('\n').expect("two lines");
            let fields: Value = serde_json::from_str(fields).expect("JSON");
            assert_eq!(serde_json::from_str::<Value>(action).expect("JSON")["index"]["_id"], fields["id"]);
            for name in fields.as_object().expect("an object").keys() {
                assert!(mapped(name), "{name} is not in Quickwit's configuration");
                assert!(elasticsearch()["mappings"]["properties"].get(name).is_some(), "{name} is not in Elasticsearch's mapping");
            }
        }
        let target = lines.iter().find(|line| line.contains("\"type\":[\"target\"]")).expect("a target");
        assert!(target.contains("750.5") && target.contains("\"value\":75050000000"), "{target}");
        assert!(target.contains("装 备 产 业"), "{target}");
    }
}
