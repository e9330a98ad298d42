//! What is kept of a record in the index? Its JSON without what follows from the rest, put back when it is read. Type, doc, title, section
//! and rule are said once: with `"=":4` a record leaves out those that it shares with the record four before it. The index knows where
//! the record starts; with its quote, that says where it ends, and its id. Of most passages this leaves `{"=":4,"quote":"财政"}`.
//!
//! A text that is its quote is left out too. One that is not is kept as what parts the two: `[[0,2,null],[3,1," "],[0,2,null]]` makes
//! `第一条 为了` of `**第一条**　为了`.

use std::fmt::Display;
use std::sync::Arc;

use serde::{Deserialize, Serialize, Serializer};
use serde_json::Value;

use crate::record::{Body, Record};

/// How a record begins, behind its id.
const HEAD: [&str; 8] = ["type", "doc", "title", "section", "quote", "start", "end", "rule"];
/// What it mostly shares with one before it.
const SHARED: [&str; 5] = ["type", "doc", "title", "section", "rule"];
/// How many records before this one stands the one whose fields it shares, where it leaves them out; 0: there is none.
const AS: &str = "=";

/// Which record of its document each need not say again: the first of its type that is in its section, else the first that is, else the
/// first of all.
pub struct Alike<'r, R> {
    at: usize,
    first: Option<(usize, &'r R)>,
    /// Those of the section at hand, the first of each type.
    in_section: Vec<(usize, &'r R, &'r str)>,
}

impl<R> Default for Alike<'_, R> {
    fn default() -> Self {
        Self { at: 0, first: None, in_section: Vec::new() }
    }
}

impl<'r, R> Alike<'r, R> {
    /// That of the next record, which is of the type `kind`, and how far before it stands.
    pub fn next(&mut self, record: &'r R, kind: &'r str, is_in_section_of: impl Fn(&R, &R) -> bool) -> Option<(usize, &'r R)> {
        if self.in_section.first().is_some_and(|(_, first, _)| !is_in_section_of(record, first)) {
            self.in_section.clear();
        }
        let of_type = self.in_section.iter().find(|(_, _, other)| *other == kind);
        let alike = of_type.or(self.in_section.first()).map(|(at, other, _)| (*at, *other)).or(self.first);
        if of_type.is_none() {
            self.in_section.push((self.at, record, kind));
        }
        self.first = self.first.or(Some((self.at, record)));
        self.at += 1;
        alike.map(|(at, alike)| (self.at - 1 - at, alike))
    }
}

/// The JSON of a record without what [`whole`] puts back: where it starts, its end and its id where they follow, a text that is, or is
/// like, its quote, and what it shares with the record so many before it.
pub fn slim(record: &Record, alike: Option<(usize, &Record)>) -> String {
    let Record { id, doc, kind, quote, start, end, body, .. } = record;
    let other = alike.map(|(_, other)| other);
    let slim = Slim {
        before: alike.map_or(0, |(before, _)| before),
        id: Some(id).filter(|id| **id != derived_id(doc, kind, *start, *end)),
        kind: own(record, other, |one| &one.kind),
        doc: own(record, other, |one| &one.doc),
        title: own(record, other, |one| &one.title),
        section: own(record, other, |one| &one.section),
        rule: own(record, other, |one| &one.rule),
        quote,
        end: Some(*end).filter(|end| *end != start + quote.chars().count()),
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

fn derived_id(doc: &str, kind: &str, start: impl Display, end: impl Display) -> String {
    format!("{doc}:{kind}:{start}-{end}")
}

/// A record as it is kept.
#[derive(Serialize)]
struct Slim<'r> {
    #[serde(rename = "=")]
    before: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'r String>,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    kind: Option<&'r &'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    doc: Option<&'r Arc<str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'r Option<Arc<str>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    section: Option<&'r Arc<[String]>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<&'r &'static str>,
    quote: &'r str,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<usize>,
    #[serde(flatten)]
    body: SlimBody<'r>,
}

/// The fields of its type.
#[derive(Serialize)]
#[serde(untagged)]
enum SlimBody<'r> {
    Passage {
        #[serde(skip_serializing_if = "Option::is_none")]
        text: Option<Text<'r>>,
    },
    Measure {
        name: &'r str,
        #[serde(skip_serializing_if = "Option::is_none")]
        text: Option<Text<'r>>,
    },
    Whole(&'r Body),
}

/// A text that is not its quote.
#[derive(Serialize)]
#[serde(untagged)]
enum Text<'r> {
    /// What makes it of the quote.
    Edits(Vec<Edit>),
    /// It is another.
    Other(&'r str),
}

/// So many characters are kept, then so many left out, and one may stand in their place.
type Edit = (usize, usize, Option<char>);

/// So many characters are left out together at most.
const FAR: usize = 4;
/// A text with more edits is written as it is.
const MANY: usize = 16;

impl<'r> Text<'r> {
    /// None where it is its quote.
    fn of(text: &'r str, quote: &str) -> Option<Self> {
        (text != quote).then(|| edits(text, quote).map_or(Text::Other(text), Text::Edits))
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

/// The types that have a text, their last field, which is mostly their quote.
const WITH_TEXT: [&str; 2] = ["passage", "measure"];

/// The same, of the JSON of a record. What is no record as RECORDS.md says is kept as it is, as an array of one.
pub fn slim_json(record: &Value, alike: Option<(usize, &Value)>) -> String {
    slim_object(record, alike).unwrap_or_else(|| Value::from(vec![record.clone()]).to_string())
}

fn slim_object(record: &Value, alike: Option<(usize, &Value)>) -> Option<String> {
    let object = record.as_object()?;
    let number = |key: &str| usize::try_from(record[key].as_u64()?).ok();
    let [id, kind, doc, quote] = ["id", "type", "doc", "quote"].map(|key| record[key].as_str());
    let (id, kind, doc, quote, start, end) = (id?, kind?, doc?, quote?, number("start")?, number("end")?);
    let mut body = object.iter().skip(1 + HEAD.len()).map(|(key, value)| (key.as_str(), value)).collect::<Vec<_>>();
    if !object.keys().take(1 + HEAD.len()).eq(["id"].iter().chain(&HEAD)) || object.contains_key(AS) {
        return None;
    }
    let text;
    if WITH_TEXT.contains(&kind) {
        let last = body.pop().filter(|(key, _)| *key == "text")?.1;
        text = serde_json::to_value(Text::of(last.as_str()?, quote)).ok()?;
        body.extend(Some(("text", &text)).filter(|(_, text)| !text.is_null()));
    }
    let own_end = Some(&record["end"]).filter(|_| end != start + quote.chars().count());
    let own_id = Some(&record["id"]).filter(|_| id != derived_id(doc, kind, start, end));
    let before = Value::from(alike.map_or(0, |(before, _)| before));
    let own = SHARED.map(|key| Some((key, &record[key])).filter(|(key, own)| alike.is_none_or(|(_, other)| other.get(*key) != Some(*own))));
    let fields = [Some((AS, &before)), own_id.map(|id| ("id", id))].into_iter().chain(own);
    let fields = fields.chain([Some(("quote", &record["quote"])), own_end.map(|end| ("end", end))]).flatten();
    serde_json::to_string(&Written(fields.chain(body))).ok()
}

/// Fields that are written as one object.
struct Written<I>(I);

impl<'r, I: Iterator<Item = (&'r str, &'r Value)> + Clone> Serialize for Written<I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.clone())
    }
}

/// The record as it was put in: one that starts at `start`; `alike` reads the one that was put in so many before it.
///
/// # Errors
/// What `alike` fails with.
pub fn whole<E>(stored: Value, start: u64, alike: impl FnOnce(u32) -> Result<Value, E>) -> Result<Value, E> {
    let mut stored = match stored {
        Value::Object(stored) => stored,
        Value::Array(mut one) => return Ok(one.pop().unwrap_or_default()),
        stored => return Ok(stored),
    };
    let before = stored.shift_remove(AS).and_then(|before| u32::try_from(before.as_u64()?).ok()).filter(|before| *before > 0);
    let mut other = before.map_or(Ok(Value::Null), alike)?;
    let id = stored.shift_remove("id");
    let mut head = HEAD.map(|key| (key, stored.shift_remove(key)));
    for (key, value) in &mut head {
        if SHARED.contains(key) && value.is_none() {
            *value = Some(other[*key].take());
        }
    }
    let [(_, kind), (_, doc), .., (_, quote), (_, at), (_, end), _] = &mut head;
    let quote = quote.as_ref().and_then(Value::as_str).unwrap_or_default().to_owned();
    *at = Some(start.into());
    let end = end.get_or_insert_with(|| (start + quote.chars().count() as u64).into()).clone();
    let [kind, doc] = [kind, doc].map(|said| said.as_ref().and_then(Value::as_str).unwrap_or_default().to_owned());
    let id = id.unwrap_or_else(|| derived_id(&doc, &kind, start, end).into());
    if WITH_TEXT.contains(&kind.as_str()) {
        let text = match stored.shift_remove("text") {
            None => quote.into(),
            Some(text) => Vec::deserialize(&text).map_or(text, |edits| edited(&quote, edits).into()),
        };
        stored.insert("text".to_owned(), text);
    }
    let fields = [("id", Some(id))].into_iter().chain(head);
    let fields = fields.map(|(key, value)| (key.to_owned(), value.unwrap_or_default()));
    Ok(Value::Object(fields.chain(stored).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a record reads as that was kept after others.
    fn read(kept: &[(Value, u64)], at: usize) -> Value {
        let (slim, start) = kept[at].clone();
        let read = whole(slim, start, |before| Ok::<Value, ()>(read(kept, at - before as usize)));
        read.expect("all are there")
    }

    fn kept(records: &[Value]) -> Vec<(Value, u64)> {
        let mut alike = Alike::default();
        let slim = records.iter().map(|record| {
            let kind = record["type"].as_str().unwrap_or_default();
            let slim = slim_json(record, alike.next(record, kind, |a, b| a["section"] == b["section"]));
            (serde_json::from_str(&slim).expect("JSON"), record["start"].as_u64().unwrap_or(0))
        });
        slim.collect()
    }

    /// They come out as they were put in, with their fields in the same order.
    fn assert_kept(records: &[Value]) {
        let kept = kept(records);
        for (at, record) in records.iter().enumerate() {
            assert_eq!(read(&kept, at).to_string(), record.to_string());
        }
    }

    fn record(kind: &str, start: usize, section: &[&str], quote: &str, text: &str) -> Value {
        let title = (start != 6).then_some("题");
        let end = start + quote.chars().count();
        let mut record = serde_json::json!({"id": format!("a:{kind}:{start}-{end}"), "type": kind, "doc": "a", "title": title, "section": section,
            "quote": quote, "start": start, "end": end, "rule": "r"});
        if kind == "measure" {
            record["name"] = "加强领导".into();
        }
        record["text"] = text.into();
        record
    }

    #[test]
    fn what_is_not_as_the_contract_says_is_kept_as_it_is() {
        let whole = record("passage", 3, &[], "财政", "财政");
        let mut odd = vec![serde_json::json!({"end": 1, "text": true}), serde_json::json!("a"), serde_json::json!([1]), whole.clone()];
        for key in ["id", "type", "doc", "title", "quote", "start", "end", "rule", "text"] {
            let mut record = whole.clone();
            record.as_object_mut().expect("an object").shift_remove(key);
            odd.push(record);
            let mut record = whole.clone();
            let value = record.as_object_mut().expect("an object").shift_remove(key);
            record["kind"] = 1.into();
            record[key] = value.expect("it was there");
            odd.push(record);
        }
        let others = serde_json::json!({"id": "a:passage:3-5#2", "end": 9, "text": 1, "start": -3, "=": 1});
        for (key, value) in others.as_object().expect("an object") {
            let mut record = whole.clone();
            record[key] = value.clone();
            odd.push(record);
        }
        assert_kept(&odd);
    }

    #[test]
    fn what_records_share_is_said_once() {
        let sections = [&[][..], &["一"], &["一"], &["一", "二"], &["一"], &["一"], &["一"], &["一"], &[]];
        let kinds = ["passage", "section", "passage", "passage", "section", "passage", "target", "passage", "passage"];
        let records: Vec<Value> =
            (0..).zip(sections).zip(kinds).map(|((start, section), kind)| record(kind, start, section, "财政", "财政")).collect();
        assert_kept(&records);
        let before: Vec<Value> = kept(&records).into_iter().map(|(mut slim, _)| slim["="].take()).collect();
        assert_eq!(before, [0, 1, 1, 3, 4, 1, 2, 2, 8]);
        assert_eq!(kept(&records)[7].0, serde_json::json!({"=": 2, "quote": "财政"}));
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
            assert_kept(&["passage", "measure"].map(|kind| record(kind, 3, &["一"], quote, text)));
        }
    }
}
