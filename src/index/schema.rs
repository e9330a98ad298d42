//! What does the index hold of a record? One tantivy document a record: the JSON as it is, the words and pairs of its text, the
//! words of its own fields, the names that a filter compares, and the numbers that a range compares.

use std::sync::LazyLock;

use serde::ser::{Serialize, Serializer};
use serde_json::{Map, Number, Value};
use tantivy::TantivyDocument;
use tantivy::schema::{FAST, Field, IndexRecordOption, NumericOptions, STORED, Schema, TextFieldIndexing, TextOptions};

use super::analysis::{PAIRS, WORDS};
use super::fold::{fold_name, fold_number};
use super::print::{print, sketch};

/// Raised whenever the fields change; an index says which it was written with.
pub const SCHEMA: u32 = 4;

/// The names a record is filtered by: each is compared whole or in part with the value, folded.
pub const NAMES: [&str; 13] =
    ["type", "doc", "title", "number", "region", "industry", "subject", "indicator", "lead", "support", "place", "owner", "section"];

/// The fields of the schema.
#[derive(Debug, Clone)]
pub struct Fields {
    /// The record's JSON.
    pub record: Field,
    /// The words of the text: neither frequencies (a passage says a word once or twice) nor positions.
    pub words: Field,
    /// The pairs of characters of the text, at their offsets.
    pub pairs: Field,
    /// The pairs of the record's own fields: subject, indicator, name, task, units …
    pub own: Field,
    /// The names of [`NAMES`], in that order.
    pub names: [Field; 13],
    /// The unit of a quantity: as printed, and its base.
    pub measure: Field,
    /// The offset of the record in its document.
    pub start: Field,
    /// The value of a quantity in the base of its unit.
    pub value: Field,
    /// The first year that the record speaks of.
    pub from: Field,
    /// The last year that the record speaks of.
    pub to: Field,
    /// The deadline as `yyyymmdd`; the last day of what is printed.
    pub due: Field,
    /// When the document was issued, as `yyyymmdd`: at the document's own record.
    pub issued: Field,
    /// The lower half of the print of what it says: it tells the records of one text apart.
    pub print: Field,
    /// The sketch of its document's passages: at the first record of each document.
    pub sketch: Field,
}

/// The schema and its fields.
pub fn schema() -> (Schema, Fields) {
    static MADE: LazyLock<(Schema, Fields)> = LazyLock::new(make);
    MADE.clone()
}

fn make() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let text = |tokenizer: &str, option, norms| {
        let indexing = TextFieldIndexing::default().set_tokenizer(tokenizer).set_index_option(option);
        TextOptions::default().set_indexing_options(indexing.set_fieldnorms(norms))
    };
    let fast_name = |name: &str| {
        let plain = text("raw", IndexRecordOption::Basic, false);
        let facet = matches!(name, "type" | "doc" | "region" | "industry" | "lead");
        if facet { plain.set_fast("raw") } else { plain }
    };
    let number = NumericOptions::default() | FAST;
    let fields = Fields {
        record: builder.add_bytes_field("record", STORED),
        words: builder.add_text_field("words", text(WORDS, IndexRecordOption::Basic, true)),
        pairs: builder.add_text_field("pairs", text(PAIRS, IndexRecordOption::WithFreqsAndPositions, true)),
        own: builder.add_text_field("own", text(PAIRS, IndexRecordOption::Basic, true)),
        names: NAMES.map(|name| builder.add_text_field(name, fast_name(name))),
        measure: builder.add_text_field("measure", text("raw", IndexRecordOption::Basic, false)),
        start: builder.add_u64_field("start", number.clone()),
        value: builder.add_f64_field("value", number.clone()),
        from: builder.add_i64_field("from", number.clone()),
        to: builder.add_i64_field("to", number.clone()),
        due: builder.add_i64_field("due", number.clone()),
        issued: builder.add_i64_field("issued", number.clone()),
        print: builder.add_u64_field("print", number.clone()),
        sketch: builder.add_u64_field("sketch", number),
    };
    (builder.build(), fields)
}

impl Fields {
    /// The field of a name of [`NAMES`].
    pub fn name(&self, name: &str) -> Option<Field> {
        NAMES.iter().position(|known| *known == name).map(|at| self.names[at])
    }

    /// The tantivy documents of the records of `doc`. `document` is the document's own record, if there is one.
    pub fn entries(&self, doc: &str, records: &[Value], document: Option<&Value>) -> Vec<TantivyDocument> {
        let begin = |record: &Map<String, Value>| {
            let mut entry = TantivyDocument::new();
            entry.add_bytes(self.record, &slim(record));
            Entry { fields: self, into: entry, is_document: record.get("type").is_some_and(|kind| kind == "document") }
        };
        let mut entries: Vec<TantivyDocument> = describe(doc, records, document, begin).into_iter().map(|made| made.into).collect();
        let mut passages = Vec::new();
        for (record, entry) in records.iter().zip(&mut entries) {
            let kind = record["type"].as_str().unwrap_or("");
            let print = print(kind, body(record));
            entry.add_u64(self.print, print & u64::from(u32::MAX));
            if kind == "passage" {
                passages.push(print);
            }
        }
        if let Some(first) = entries.first_mut() {
            for print in sketch(&passages) {
                first.add_u64(self.sketch, print);
            }
        }
        entries
    }
}

/// What is said of a record, whatever the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// The text that it is found by.
    Body,
    /// A text of its own fields.
    Own,
    /// A heading above it.
    Heading,
    /// A value of a name of [`NAMES`], by its place there.
    Name(usize),
    /// Its unit of measure.
    Measure,
    /// Its offset.
    Start,
    /// Its value in the base of its unit.
    Value,
    /// The first year that it speaks of.
    From,
    /// The last.
    To,
    /// Its deadline as `yyyymmdd`.
    Due,
    /// When its document was issued, as `yyyymmdd`.
    Issued,
}

/// An index's form of a record, being filled in.
pub trait Sheet {
    /// Adds a text to a column of texts.
    fn text(&mut self, column: Column, text: &str);
    /// Sets a column of whole numbers.
    fn whole(&mut self, column: Column, number: i64);
    /// Sets a column of decimal numbers.
    fn decimal(&mut self, column: Column, number: &Number);
}

struct Entry<'f> {
    fields: &'f Fields,
    into: TantivyDocument,
    is_document: bool,
}

impl Sheet for Entry<'_> {
    fn text(&mut self, column: Column, text: &str) {
        match column {
            Column::Body => {
                self.into.add_text(self.fields.words, text);
                self.into.add_text(self.fields.pairs, text);
            }
            Column::Own => self.into.add_text(self.fields.own, text),
            Column::Heading => {} // the names say it
            Column::Name(at) => self.into.add_text(self.fields.names[at], text),
            _ => self.into.add_text(self.fields.measure, text),
        }
    }

    fn whole(&mut self, column: Column, number: i64) {
        let field = match column {
            Column::Start => return self.into.add_u64(self.fields.start, number.unsigned_abs()),
            Column::From => self.fields.from,
            Column::To => self.fields.to,
            Column::Due => self.fields.due,
            _ if self.is_document => self.fields.issued,
            _ => return,
        };
        self.into.add_i64(field, number);
    }

    fn decimal(&mut self, _: Column, number: &Number) {
        if let Some(number) = number.as_f64() {
            self.into.add_f64(self.fields.value, number);
        }
    }
}

/// Describes the records of `doc` to an index. `document` is the document's own record, if there is one: what it says of
/// region, number and date holds for all its records.
pub fn describe<S: Sheet>(
    doc: &str,
    records: &[Value],
    document: Option<&Value>,
    mut begin: impl FnMut(&Map<String, Value>) -> S,
) -> Vec<S> {
    let nothing = Map::new();
    let document = document.and_then(Value::as_object);
    let issued = document.and_then(|document| document.get("issued"));
    let inherits = |name: &str| matches!(name, "number" | "region" | "title");
    let inherited: [Vec<String>; NAMES.len()] = NAMES.map(|name| {
        let said = document.and_then(|document| document.get(name)).filter(|_| inherits(name));
        said.map_or_else(Vec::new, |said| folded(said, name))
    });
    let mut last = [const { Last { said: None, folded: Vec::new() } }; NAMES.len()];
    let described = records.iter().map(|record| {
        let record = record.as_object().unwrap_or(&nothing);
        let mut sheet = begin(record);
        describe_own(record, issued, &mut sheet);
        for (at, name) in NAMES.into_iter().enumerate() {
            if name == "doc" {
                sheet.text(Column::Name(at), doc);
                continue;
            }
            let own = record.get(name).map_or(&[] as &[String], |value| last[at].folded(value, name));
            let values = if own.is_empty() { &inherited[at] } else { own };
            for value in values {
                sheet.text(Column::Name(at), value);
            }
        }
        sheet
    });
    described.collect()
}

fn describe_own(record: &Map<String, Value>, issued: Option<&Value>, sheet: &mut impl Sheet) {
    let of = |key: &str| record.get(key).unwrap_or(&Value::Null);
    sheet.text(Column::Body, body_of(record));
    for text in own_texts(record) {
        sheet.text(Column::Own, text);
    }
    for heading in strings(of("section")) {
        sheet.text(Column::Heading, heading);
    }
    for unit in [of("unit"), &of("canonical")["unit"]] {
        if let Some(unit) = unit.as_str() {
            sheet.text(Column::Measure, &fold_name(unit));
        }
    }
    sheet.whole(Column::Start, of("start").as_i64().unwrap_or(0));
    if let Some(value) = value_of(record) {
        sheet.decimal(Column::Value, value);
    }
    if let Some((from, to)) = years(record) {
        sheet.whole(Column::From, from);
        sheet.whole(Column::To, to);
    }
    if let Some(due) = of("deadline")["due"].as_str().and_then(last_day) {
        sheet.whole(Column::Due, due);
    }
    if let Some(issued) = issued.unwrap_or(of("issued")).as_str().and_then(last_day) {
        sheet.whole(Column::Issued, issued);
    }
}

/// The values of a name in one record: those that follow it mostly say the same (title, headings).
struct Last<'r> {
    said: Option<&'r Value>,
    folded: Vec<String>,
}

impl<'r> Last<'r> {
    fn folded(&mut self, said: &'r Value, name: &str) -> &[String] {
        if self.said != Some(said) {
            (self.said, self.folded) = (Some(said), folded(said, name));
        }
        &self.folded
    }
}

/// The JSON of a record without what [`whole`] puts back: its id and its end where they follow from the rest, a text that
/// is its quote.
fn slim(record: &Map<String, Value>) -> Vec<u8> {
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

/// The text that a record is found by and that its snippet is cut from: a passage's `text`, a document's `title`, else
/// the `quote`.
pub fn body(record: &Value) -> &str {
    record.as_object().map_or("", body_of)
}

fn body_of(record: &Map<String, Value>) -> &str {
    let of = |key: &str| record.get(key).and_then(Value::as_str);
    match of("type") {
        Some("passage") => of("text").or_else(|| of("quote")),
        Some("document") => of("title").or_else(|| of("quote")),
        Some("finding") => of("message"),
        _ => of("quote"),
    }
    .unwrap_or("")
}

/// A list's strings, a string alone, or the names of a list's units (`lead`, `support`), their canonical names too.
fn strings(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        Value::Array(items) => items.iter().flat_map(strings).collect(),
        Value::Object(unit) => ["name", "canonical"].iter().filter_map(|key| unit.get(*key)?.as_str()).collect(),
        _ => Vec::new(),
    }
}

/// What the record itself says in fields of its own: here a question is answered, not just mentioned.
fn own_texts(record: &Map<String, Value>) -> Vec<&str> {
    const OWN: [&str; 16] = [
        "subject",
        "indicator",
        "name",
        "content",
        "owner",
        "industry",
        "place",
        "list",
        "task",
        "category",
        "lead",
        "support",
        "heading",
        "kind",
        "number",
        "issuer",
    ];
    let own = record.iter().filter(|(key, _)| OWN.contains(&key.as_str()));
    let mut texts: Vec<&str> = own.flat_map(|(_, value)| strings(value)).collect();
    if record.get("type").is_some_and(|kind| kind == "document") {
        texts.extend(record.get("title").and_then(Value::as_str));
    }
    texts.sort_unstable();
    texts.dedup();
    texts
}

/// The folded values of the filter `name` that a record says.
fn folded(said: &Value, name: &str) -> Vec<String> {
    let fold = if name == "number" { fold_number } else { fold_name };
    let mut folded: Vec<String> = strings(said).into_iter().map(fold).filter(|value| !value.is_empty()).collect();
    folded.sort_unstable();
    folded.dedup();
    folded
}

/// The value that ranges compare and sorting goes by: in the unit's base where that is known.
pub fn value(record: &Value) -> Option<&Number> {
    record.as_object().and_then(value_of)
}

fn value_of(record: &Map<String, Value>) -> Option<&Number> {
    let canonical = record.get("canonical").and_then(|canonical| canonical.get("value"));
    [canonical, record.get("value")].into_iter().flatten().find_map(Value::as_number)
}

/// The years a record speaks of: its period's; a document's are those it plans for, else the one it was issued in.
fn years(record: &Map<String, Value>) -> Option<(i64, i64)> {
    let year = |value: &Value| value.as_str()?.get(..4)?.parse::<i64>().ok();
    let of = |key: &str| record.get(key).unwrap_or(&Value::Null);
    let period = of("period");
    let ends = (year(&period["from"]), year(&period["to"]));
    match ends {
        (Some(from), Some(to)) => Some((from, to)),
        (Some(one), None) | (None, Some(one)) => Some((one, one)),
        (None, None) => {
            let one = year(&of("deadline")["due"]).or_else(|| year(of("issued")))?;
            Some((one, one))
        }
    }
}

/// An ISO date, month or year as `yyyymmdd`, where the last day stands for what isn't said: `2011-04` → 20110431.
pub fn last_day(iso: &str) -> Option<i64> {
    let mut parts = iso.split('-').map(str::parse::<i64>);
    let year = parts.next()?.ok()?;
    let month = parts.next().map_or(Some(12), Result::ok)?;
    let day = parts.next().map_or(Some(31), Result::ok)?;
    Some(year * 10_000 + month * 100 + day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_stand_for_their_last_day() {
        assert_eq!(last_day("2011-04"), Some(20_110_431));
        assert_eq!(last_day("2011"), Some(20_111_231));
        assert_eq!(last_day("2011-05-21"), Some(20_110_521));
        assert_eq!(last_day("每年"), None);
    }

    #[test]
    fn a_record_comes_out_as_it_went_in() {
        let text = r#"[{"id":"a:passage:3-5","type":"passage","doc":"a","quote":"财政","start":3,"end":5,"rule":"r","text":"财政"},
            {"id":"a:passage:3-5#2","type":"passage","doc":"a","quote":"财政","start":3,"end":9,"text":"财"},{"id":"x"},{"end":1,"text":true}]"#;
        let records: Vec<Value> = serde_json::from_str(text).expect("JSON");
        for record in records {
            let slim = slim(record.as_object().expect("an object"));
            assert_eq!(whole(serde_json::from_slice(&slim).expect("JSON")).to_string(), record.to_string());
        }
    }

    #[test]
    fn units_are_found_by_both_their_names() {
        let record = serde_json::json!({"type": "responsibility", "task": "招商引资", "lead":
            [{"name": "省商务厅", "canonical": "黑龙江省商务厅"}, {"name": "省 财政厅", "canonical": null}]});
        assert_eq!(folded(&record["lead"], "lead"), ["省商务厅", "省财政厅", "黑龙江省商务厅"]);
    }
}
