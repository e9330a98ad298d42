//! What does the index hold of a record? One tantivy document a record: the JSON as it is, the words and pairs of its text, the
//! words of its own fields, the names that a filter compares, and the numbers that a range compares.

use serde_json::Value;
use tantivy::TantivyDocument;
use tantivy::schema::{FAST, Field, IndexRecordOption, NumericOptions, STORED, Schema, TextFieldIndexing, TextOptions};

use super::analysis::{PAIRS, WORDS};
use super::fold::{fold_name, fold_number};

/// Raised whenever the fields change; an index says which it was written with.
pub const SCHEMA: u32 = 1;

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
    /// The pairs of the headings above.
    pub headings: Field,
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
    /// When the document was issued, as `yyyymmdd`.
    pub issued: Field,
}

/// The schema and its fields.
pub fn schema() -> (Schema, Fields) {
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
        headings: builder.add_text_field("headings", text(PAIRS, IndexRecordOption::Basic, false)),
        names: NAMES.map(|name| builder.add_text_field(name, fast_name(name))),
        measure: builder.add_text_field("measure", text("raw", IndexRecordOption::Basic, false)),
        start: builder.add_u64_field("start", number.clone()),
        value: builder.add_f64_field("value", number.clone()),
        from: builder.add_i64_field("from", number.clone()),
        to: builder.add_i64_field("to", number.clone()),
        due: builder.add_i64_field("due", number.clone()),
        issued: builder.add_i64_field("issued", number),
    };
    (builder.build(), fields)
}

impl Fields {
    /// The field of a name of [`NAMES`].
    pub fn name(&self, name: &str) -> Option<Field> {
        NAMES.iter().position(|known| *known == name).map(|at| self.names[at])
    }

    /// The tantivy document of `record`. `document` is the document's own record, if there is one: what it says of
    /// region, number and date holds for all its records.
    pub fn entry(&self, doc: &str, record: &Value, document: Option<&Value>) -> TantivyDocument {
        let mut entry = TantivyDocument::new();
        entry.add_bytes(self.record, slim(record).to_string().as_bytes());
        let body = body(record);
        entry.add_text(self.words, body);
        entry.add_text(self.pairs, body);
        for text in own_texts(record) {
            entry.add_text(self.own, text);
        }
        for heading in strings(&record["section"]) {
            entry.add_text(self.headings, heading);
        }
        for (name, field) in NAMES.into_iter().zip(self.names) {
            if name == "doc" {
                entry.add_text(field, doc);
            } else {
                for value in names(record, document, name) {
                    entry.add_text(field, value);
                }
            }
        }
        for unit in [&record["unit"], &record["canonical"]["unit"]] {
            if let Some(unit) = unit.as_str() {
                entry.add_text(self.measure, fold_name(unit));
            }
        }
        entry.add_u64(self.start, record["start"].as_u64().unwrap_or(0));
        if let Some(value) = value(record).and_then(serde_json::Number::as_f64) {
            entry.add_f64(self.value, value);
        }
        if let Some((from, to)) = years(record) {
            entry.add_i64(self.from, from);
            entry.add_i64(self.to, to);
        }
        if let Some(due) = record["deadline"]["due"].as_str().and_then(last_day) {
            entry.add_i64(self.due, due);
        }
        let issued = document.unwrap_or(record)["issued"].as_str();
        if let Some(issued) = issued.and_then(last_day) {
            entry.add_i64(self.issued, issued);
        }
        entry
    }
}

/// The record without what [`whole`] puts back: its id where that follows from its place, a text that is its quote.
fn slim(record: &Value) -> Value {
    let mut slim = record.clone();
    let id = derived_id(record);
    if let Some(fields) = slim.as_object_mut() {
        if id.is_some() && fields.get("id").and_then(Value::as_str) == id.as_deref() {
            fields.remove("id");
        }
        if fields.get("text").is_some() && fields.get("text") == fields.get("quote") {
            fields.insert("text".to_owned(), Value::Bool(true));
        }
    }
    slim
}

/// `{doc}:{type}:{start}-{end}`
fn derived_id(record: &Value) -> Option<String> {
    let (doc, kind) = (record["doc"].as_str()?, record["type"].as_str()?);
    Some(format!("{doc}:{kind}:{}-{}", record["start"].as_u64()?, record["end"].as_u64()?))
}

/// The record as it was put in.
pub fn whole(mut stored: Value) -> Value {
    if stored["id"].is_null()
        && let Some(id) = derived_id(&stored)
    {
        stored["id"] = Value::String(id);
    }
    if stored["text"] == Value::Bool(true) {
        stored["text"] = stored["quote"].clone();
    }
    stored
}

/// The text that a record is found by and that its snippet is cut from: a passage's `text`, a document's `title`, else
/// the `quote`.
pub fn body(record: &Value) -> &str {
    let of = |key: &str| record[key].as_str();
    match record["type"].as_str() {
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
fn own_texts(record: &Value) -> Vec<&str> {
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
    let mut texts: Vec<&str> = OWN.iter().flat_map(|key| strings(&record[*key])).collect();
    if record["type"] == "document" {
        texts.extend(record["title"].as_str());
    }
    texts.sort_unstable();
    texts.dedup();
    texts
}

/// The folded values of a record's filter `name`.
fn names(record: &Value, document: Option<&Value>, name: &str) -> Vec<String> {
    let inherited = matches!(name, "number" | "region" | "title");
    let own = strings(&record[name]);
    let found = if own.is_empty() && inherited { document.map_or(own, |document| strings(&document[name])) } else { own };
    let fold = if name == "number" { fold_number } else { fold_name };
    let mut folded: Vec<String> = found.into_iter().map(fold).filter(|value| !value.is_empty()).collect();
    folded.sort_unstable();
    folded.dedup();
    folded
}

/// The value that ranges compare and sorting goes by: in the unit's base where that is known.
pub fn value(record: &Value) -> Option<&serde_json::Number> {
    let of = |value: &'_ Value| value.is_number();
    let canonical = &record["canonical"]["value"];
    let printed = &record["value"];
    [canonical, printed].into_iter().find(|value| of(value)).and_then(Value::as_number)
}

/// The years a record speaks of: its period's; a document's are those it plans for, else the one it was issued in.
fn years(record: &Value) -> Option<(i64, i64)> {
    let year = |value: &Value| value.as_str()?.get(..4)?.parse::<i64>().ok();
    let period = &record["period"];
    let ends = (year(&period["from"]), year(&period["to"]));
    match ends {
        (Some(from), Some(to)) => Some((from, to)),
        (Some(one), None) | (None, Some(one)) => Some((one, one)),
        (None, None) => {
            let one = year(&record["deadline"]["due"]).or_else(|| year(&record["issued"]))?;
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
    fn units_are_found_by_both_their_names() {
        let record = serde_json::json!({"type": "responsibility", "task": "招商引资", "lead":
            [{"name": "省商务厅", "canonical": "黑龙江省商务厅"}, {"name": "省 财政厅", "canonical": null}]});
        assert_eq!(names(&record, None, "lead"), ["省商务厅", "省财政厅", "黑龙江省商务厅"]);
    }
}
