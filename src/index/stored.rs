//! What is kept of a record in the index? Its JSON without what follows from the rest, put back when it is read:
//! `{"type":"passage","doc":"a","quote":"财政","start":3,"text":true}` ends at 5 and is `a:passage:3-5`. A text that is not its quote
//! is kept as what parts the two: `[[0,2,null],[3,1," "],[0,2,null]]` makes `第一条 为了` of `**第一条**　为了`.

use serde::{Deserialize, Serialize, Serializer};
use serde_json::{Map, Value};

use crate::record::{Body, Record};

/// The JSON of a record without what [`whole`] puts back: its id and its end where they follow from the rest, a text that
/// is, or is like, its quote.
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
            Body::Passage(passage) => SlimBody::Passage { text: Text::of(&passage.text, quote) },
            Body::Measure(measure) => SlimBody::Measure { name: &measure.name, text: Text::of(&measure.text, quote) },
            body => SlimBody::Whole(body),
        },
    };
    let mut kept = Vec::with_capacity(quote.len() + ROOM);
    serde_json::to_writer(&mut kept, &slim).expect("a record is written as JSON");
    kept
}

/// How many bytes a record mostly takes besides its quote.
const ROOM: usize = 400;

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
    Passage { text: Text<'r> },
    Measure { name: &'r str, text: Text<'r> },
    Whole(&'r Body),
}

/// A text beside its quote.
#[derive(Serialize)]
#[serde(untagged)]
enum Text<'r> {
    /// `true`: they are the same.
    Same(bool),
    /// What makes the text of the quote.
    Edits(Vec<Edit>),
    /// It is another text.
    Other(&'r str),
}

/// So many characters are kept, then so many left out, and one may stand in their place.
type Edit = (usize, usize, Option<char>);

/// So many characters are left out together at most.
const FAR: usize = 4;
/// A text with more edits is written as it is.
const MANY: usize = 16;

impl<'r> Text<'r> {
    fn of(text: &'r str, quote: &str) -> Self {
        if text == quote { Text::Same(true) } else { edits(text, quote).map_or(Text::Other(text), Text::Edits) }
    }
}

/// What makes `text` of `quote`; None where that is not much shorter than the text.
fn edits(text: &str, quote: &str) -> Option<Vec<Edit>> {
    let mut edits = Vec::new();
    let mut rest = quote.chars();
    let mut kept = 0;
    for c in text.chars() {
        match rest.clone().take(FAR + 1).position(|next| next == c) {
            Some(0) => kept += 1,
            Some(left_out) => {
                edits.push((kept, left_out, None));
                kept = 1;
                rest.nth(left_out - 1);
            }
            None => {
                edits.push((kept, 1, Some(c)));
                kept = 0;
            }
        }
        rest.next()?;
        if edits.len() > MANY {
            return None;
        }
    }
    let left_out = rest.count();
    if left_out > 0 {
        edits.push((kept, left_out, None));
    }
    Some(edits)
}

/// The text that the edits make of `quote`.
fn edited(quote: &str, edits: Vec<Edit>) -> String {
    let mut text = String::with_capacity(quote.len());
    let mut rest = quote.chars();
    for (kept, left_out, put_in) in edits {
        text.extend(rest.by_ref().take(kept));
        rest.by_ref().take(left_out).for_each(drop);
        text.extend(put_in);
    }
    text.push_str(rest.as_str());
    text
}

/// The same, of the JSON of a record.
pub fn slim_json(record: &Map<String, Value>) -> Vec<u8> {
    let end = derived_end(record).filter(|end| record.get("end").and_then(Value::as_u64) == Some(*end));
    let id = derived_id(record).filter(|id| record.get("id").and_then(Value::as_str) == Some(id));
    let text_of = |key: &str| record.get(key).and_then(Value::as_str);
    let text = text_of("text").zip(text_of("quote")).map(|(text, quote)| serde_json::json!(Text::of(text, quote)));
    let left_out = |key: &str| key == "id" && id.is_some() || key == "end" && end.is_some();
    let fields = record.iter().filter(|(key, _)| !left_out(key));
    let fields = fields.map(|(key, value)| (key, text.as_ref().filter(|_| key == "text").unwrap_or(value)));
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
    if let (Some(text), Some(quote)) = (stored.get("text"), stored.get("quote").and_then(Value::as_str)) {
        let text = match text {
            Value::Bool(true) => Some(quote.to_owned()),
            Value::Array(_) => Vec::deserialize(text).ok().map(|edits| edited(quote, edits)),
            _ => None,
        };
        if let Some(text) = text {
            stored.insert("text".to_owned(), text.into());
        }
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

    #[test]
    fn a_text_comes_out_as_it_went_in() {
        let edits = edits("第一条 为了", "**第一条**　为了").expect("they are alike");
        assert_eq!(edits, [(0, 2, None), (3, 1, Some(' ')), (0, 2, None)]);
        for (text, quote) in [
            ("第一条 为了", "**第一条**　为了"),
            ("（一）加强领导，落实。", "(一)加强 领导,落实。　"),
            ("工作任务：建库；牵头单位：省发改委", "| 建库 | 省发改委 |"),
            ("", "　"),
            ("财政", ""),
            ("aaab", "aab"),
            ("财财政", "政财财政政"),
        ] {
            let record = serde_json::json!({"type": "passage", "quote": quote, "text": text, "end": 1});
            let slim = slim_json(record.as_object().expect("an object"));
            assert_eq!(whole(serde_json::from_slice(&slim).expect("JSON")), record);
        }
    }
}
