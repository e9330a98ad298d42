//! What is kept of a record in the index? Its JSON without what follows from the rest, put back when it is read:
//! `{"type":"passage","doc":"a","quote":"财政","start":3,"text":true}` ends at 5 and is `a:passage:3-5`.

use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

use crate::record::{Body, Record};

/// The JSON of a record without what [`whole`] puts back: its id and its end where they follow from the rest, a text that
/// is its quote.
pub fn slim(record: &Record) -> Vec<u8> {
    let Record { id, kind, doc, title, section, quote, start, end, rule, body } = record;
    let derived = format!("{doc}:{kind}:{start}-{end}");
    let slim = Slim {
        id: Some(id).filter(|id| **id != derived),
        kind,
        doc,
        title: title.as_deref(),
        section,
        quote,
        start: *start,
        end: Some(*end).filter(|end| *end != start + quote.chars().count()),
        rule,
        body: match body {
            Body::Passage(passage) if passage.text == *quote => SlimBody::Passage { text: true },
            Body::Measure(measure) if measure.text == *quote => SlimBody::Measure { name: &measure.name, text: true },
            body => SlimBody::Whole(body),
        },
    };
    serde_json::to_vec(&slim).expect("a record is written as JSON")
}

/// A record as it is kept.
#[derive(Serialize)]
struct Slim<'r> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'r String>,
    #[serde(rename = "type")]
    kind: &'r str,
    doc: &'r str,
    title: Option<&'r str>,
    section: &'r [String],
    quote: &'r str,
    start: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<usize>,
    rule: &'r str,
    #[serde(flatten)]
    body: SlimBody<'r>,
}

/// The fields of its type.
#[derive(Serialize)]
#[serde(untagged)]
enum SlimBody<'r> {
    Passage { text: bool },
    Measure { name: &'r str, text: bool },
    Whole(&'r Body),
}

/// The same, of the JSON of a record.
pub fn slim_json(record: &Map<String, Value>) -> Vec<u8> {
    let end = derived_end(record).filter(|end| record.get("end").and_then(Value::as_u64) == Some(*end));
    let id = derived_id(record).filter(|id| record.get("id").and_then(Value::as_str) == Some(id));
    let text = record.get("text").filter(|text| record.get("quote") == Some(*text));
    let left_out = |key: &str| key == "id" && id.is_some() || key == "end" && end.is_some();
    let same = Value::Bool(true);
    let fields = record.iter().filter(|(key, _)| !left_out(key));
    let fields = fields.map(|(key, value)| (key, if key == "text" && text.is_some() { &same } else { value }));
    serde_json::to_vec(&Written(fields)).expect("a record is JSON already")
}

/// Fields that are written as one object.
struct Written<I>(I);

impl<'r, I: Iterator<Item = (&'r String, &'r Value)> + Clone> Serialize for Written<I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.clone())
    }
}

/// `{doc}:{type}:{start}-{end}`
fn derived_id(record: &Map<String, Value>) -> Option<String> {
    let (doc, kind) = (record.get("doc")?.as_str()?, record.get("type")?.as_str()?);
    Some(format!("{doc}:{kind}:{}-{}", record.get("start")?.as_u64()?, record.get("end")?.as_u64()?))
}

/// The offset behind the quote.
fn derived_end(record: &Map<String, Value>) -> Option<u64> {
    Some(record.get("start")?.as_u64()? + record.get("quote")?.as_str()?.chars().count() as u64)
}

/// The record as it was put in.
pub fn whole(stored: Value) -> Value {
    let Value::Object(mut stored) = stored else { return stored };
    if !stored.contains_key("end")
        && let Some(end) = derived_end(&stored)
    {
        let start = stored.keys().position(|key| key == "start").unwrap_or(0);
        stored.shift_insert(start + 1, "end".to_owned(), end.into());
    }
    if !stored.contains_key("id")
        && let Some(id) = derived_id(&stored)
    {
        stored.shift_insert(0, "id".to_owned(), id.into());
    }
    if stored.get("text") == Some(&Value::Bool(true))
        && let Some(quote) = stored.get("quote").cloned()
    {
        stored.insert("text".to_owned(), quote);
    }
    Value::Object(stored)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_comes_out_as_it_went_in() {
        let text = r#"[{"id":"a:passage:3-5","type":"passage","doc":"a","quote":"财政","start":3,"end":5,"rule":"r","text":"财政"},
            {"id":"a:passage:3-5#2","type":"passage","doc":"a","quote":"财政","start":3,"end":9,"text":"财"},{"id":"x"},{"end":1,"text":true}]"#;
        let records: Vec<Value> = serde_json::from_str(text).expect("JSON");
        for record in records {
            let slim = slim_json(record.as_object().expect("an object"));
            assert_eq!(whole(serde_json::from_slice(&slim).expect("JSON")).to_string(), record.to_string());
        }
    }
}
