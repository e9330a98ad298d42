//! What is kept of a record in the index? Its JSON without what follows from the rest, put back when it is read:
//! `{"type":"passage","doc":"a","quote":"财政","start":3,"text":true}` ends at 5 and is `a:passage:3-5`. A text that is not its quote
//! is kept as what parts the two: `[[0,2,null],[3,1," "],[0,2,null]]` makes `第一条 为了` of `**第一条**　为了`. Document, title and
//! headings are said once: with `"=":4` a record leaves out those that it shares with the record four before it.

use std::sync::Arc;

use serde::{Deserialize, Serialize, Serializer};
use serde_json::{Map, Value};

use crate::record::{Body, Record};

/// What stands above a record: what the records of a document mostly share.
const ABOVE: [&str; 3] = ["doc", "title", "section"];
/// How many records before this one stands the one whose document, title and headings it shares, where it leaves them out.
const AS: &str = "=";

/// Which record of its document each need not say again: the last that is in its section, else the first of all.
pub struct Alike<'r, R> {
    at: usize,
    first: Option<(usize, &'r R)>,
    last: Option<(usize, &'r R)>,
}

impl<R> Default for Alike<'_, R> {
    fn default() -> Self {
        Self { at: 0, first: None, last: None }
    }
}

impl<'r, R> Alike<'r, R> {
    /// That of the next record, and how far before it stands.
    pub fn next(&mut self, record: &'r R, in_section: impl Fn(&R, &R) -> bool) -> Option<(usize, &'r R)> {
        let last = self.last.filter(|(_, last)| in_section(record, last));
        let alike = last.or(self.first);
        if last.is_none() {
            self.last = Some((self.at, record));
        }
        self.first = self.first.or(self.last);
        self.at += 1;
        alike.map(|(at, alike)| (self.at - 1 - at, alike))
    }
}

/// The JSON of a record without what [`whole`] puts back: its id and its end where they follow from the rest, a text that
/// is, or is like, its quote, and what it shares with the record so many before it.
pub fn slim(record: &Record, alike: Option<(usize, &Record)>) -> String {
    let Record { id, kind, doc, quote, start, end, rule, body, .. } = record;
    let (before, other) = alike.unzip();
    let derived = format!("{doc}:{kind}:{start}-{end}");
    let slim = Slim {
        id: Some(id).filter(|id| **id != derived),
        kind,
        alike: before,
        doc: own(record, other, |one| &one.doc),
        title: own(record, other, |one| &one.title),
        section: own(record, other, |one| &one.section),
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
    serde_json::to_string(&slim).expect("a record is written as JSON")
}

/// What a record says of its own: None where the other says the same.
fn own<'r, T: PartialEq>(record: &'r Record, other: Option<&Record>, said: impl Fn(&Record) -> &T) -> Option<&'r T> {
    let own = said(record);
    Some(own).filter(|own| other.is_none_or(|other| said(other) != *own))
}

/// A record as it is kept.
#[derive(Serialize)]
struct Slim<'r> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'r String>,
    #[serde(rename = "type")]
    kind: &'r str,
    #[serde(rename = "=", skip_serializing_if = "Option::is_none")]
    alike: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    doc: Option<&'r Arc<str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'r Option<Arc<str>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    section: Option<&'r Arc<[String]>>,
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
pub fn slim_json(record: &Map<String, Value>, alike: Option<(usize, &Map<String, Value>)>) -> String {
    let end = derived_end(record).filter(|end| record.get("end").and_then(Value::as_u64) == Some(*end));
    let id = derived_id(record).filter(|id| record.get("id").and_then(Value::as_str) == Some(id));
    let text_of = |key: &str| record.get(key).and_then(Value::as_str);
    let text = text_of("text").zip(text_of("quote")).map(|(text, quote)| serde_json::json!(Text::of(text, quote)));
    let stands_below = record.keys().filter(|key| *key != "id").take(4).eq(["type"].iter().chain(&ABOVE));
    let alike = alike.filter(|_| stands_below).map(|(before, other)| (Value::from(before), other));
    let shared = |key: &str| alike.as_ref().is_some_and(|(_, other)| ABOVE.contains(&key) && other.get(key) == record.get(key));
    let left_out = |key: &str| key == "id" && id.is_some() || key == "end" && end.is_some() || shared(key);
    let fields = record.iter().filter(|(key, _)| !left_out(key)).map(|(key, value)| (key.as_str(), value));
    let fields = fields.map(|(key, value)| (key, text.as_ref().filter(|_| key == "text").unwrap_or(value)));
    let before = alike.as_ref().map(|(before, _)| (AS, before));
    let fields = fields.flat_map(|field| [Some(field), before.filter(|_| field.0 == "type")]).flatten();
    serde_json::to_string(&Written(fields)).expect("a record is JSON already")
}

/// Fields that are written as one object.
struct Written<I>(I);

impl<'r, I: Iterator<Item = (&'r str, &'r Value)> + Clone> Serialize for Written<I> {
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

/// The record as it was put in; `alike` reads the one that was put in so many before it.
///
/// # Errors
/// What `alike` fails with.
pub fn whole<E>(stored: Value, alike: impl FnOnce(u32) -> Result<Value, E>) -> Result<Value, E> {
    let Value::Object(mut stored) = stored else { return Ok(stored) };
    if let Some(before) = stored.shift_remove(AS).as_ref().and_then(Value::as_u64).and_then(|before| u32::try_from(before).ok()) {
        let mut other = alike(before)?;
        let at = stored.keys().position(|key| key == "type").map_or(0, |at| at + 1);
        for (at, key) in (at..).zip(ABOVE) {
            if !stored.contains_key(key) {
                stored.shift_insert(at, key.to_owned(), other[key].take());
            }
        }
    }
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
    Ok(Value::Object(stored))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a record reads as that was kept after others.
    fn read(slim: &[Value], at: usize) -> Value {
        let read = whole(slim[at].clone(), |before| Ok::<Value, ()>(read(slim, at - before as usize)));
        read.expect("all are there")
    }

    /// The records as they come out when they were put in together.
    fn put_in_and_read(records: &[Value]) -> Vec<Value> {
        let mut alike = Alike::default();
        let objects: Vec<&Map<String, Value>> = records.iter().map(|record| record.as_object().expect("an object")).collect();
        let slim = objects
            .iter()
            .map(|record| slim_json(record, alike.next(record, |a, b| a.get("section") == b.get("section")).map(|(k, o)| (k, *o))));
        let slim: Vec<Value> = slim.map(|slim| serde_json::from_str(&slim).expect("JSON")).collect();
        (0..slim.len()).map(|at| read(&slim, at)).collect()
    }

    #[test]
    fn a_record_comes_out_as_it_went_in() {
        let text = r#"[{"id":"a:passage:3-5","type":"passage","doc":"a","quote":"财政","start":3,"end":5,"rule":"r","text":"财政"},
            {"id":"a:passage:3-5#2","type":"passage","doc":"a","quote":"财政","start":3,"end":9,"text":"财"},{"id":"x"},{"end":1,"text":true}]"#;
        let records: Vec<Value> = serde_json::from_str(text).expect("JSON");
        assert_eq!(serde_json::json!(put_in_and_read(&records)).to_string(), serde_json::json!(records).to_string());
    }

    #[test]
    fn what_stands_above_is_said_once() {
        let sections = [&[][..], &["一"], &["一"], &["一", "二"], &["一"], &["一"], &[]];
        let record = |(start, section)| {
            let title = (start != 5).then_some("题");
            serde_json::json!({"id": format!("a:passage:{start}-{}", start + 2), "type": "passage", "doc": "a", "title": title, "section": section,
                "quote": "财政", "start": start, "end": start + 2, "text": "财政"})
        };
        let records: Vec<Value> = (0..).zip(sections).map(record).collect();
        assert_eq!(serde_json::json!(put_in_and_read(&records)).to_string(), serde_json::json!(records).to_string());
        let mut alike = Alike::default();
        let before = records.iter().map(|record| alike.next(record, |a, b| a["section"] == b["section"]).map(|(before, _)| before));
        assert_eq!(before.collect::<Vec<_>>(), [None, Some(1), Some(1), Some(3), Some(4), Some(1), Some(6)]);
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
            assert_eq!(put_in_and_read(std::slice::from_ref(&record)), [record]);
        }
    }
}
