//! What does the index hold of a record? One tantivy document a record: the JSON as it is, the words and pairs of its text, the
//! words of its own fields, the names that a filter compares, and the numbers that a range compares.

use std::sync::LazyLock;

use jieba_rs::Jieba;
use serde_json::{Number, Value};
use tantivy::schema::document::{Document, ReferenceValue, ReferenceValueLeaf};
use tantivy::schema::{FAST, Field, IndexRecordOption, NumericOptions, STORED, Schema, TextFieldIndexing, TextOptions};

use super::analysis::{PAIRS, WORDS, write_words};
use super::facts::Facts;
use super::fold::{fold_char, fold_name, fold_number};
use super::print::{print_folded, sketch};
use super::stored::{Alike, slim, slim_json};
use crate::record::{Record, years_named};

/// Raised whenever the fields, or what is kept of a record, change; an index says which it was written with.
pub const SCHEMA: u32 = 9;

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
    /// The SHA-256 of its file, in hexadecimal: at the document's own record, beside the name, so that a rerun reads no record.
    pub sha256: Field,
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
        record: builder.add_text_field("record", STORED), // tantivy stores bytes one by one
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
        sha256: builder.add_text_field("sha256", TextOptions::default().set_fast("raw")),
        sketch: builder.add_u64_field("sketch", number),
    };
    (builder.build(), fields)
}

impl Fields {
    /// The field of a name of [`NAMES`].
    pub fn name(&self, name: &str) -> Option<Field> {
        NAMES.iter().position(|known| *known == name).map(|at| self.names[at])
    }

    /// The index's form of the records of `doc` and of their facts.
    pub fn entries<'r, R: Told>(&self, doc: &str, records: &'r [R], facts: &[Facts<'r>], jieba: &Jieba) -> Vec<Columns> {
        let mut alike = Alike::default();
        let begin = |record: &'r R, facts: &Facts<'r>| {
            let stored = record.stored(alike.next(record, R::is_in_section_of));
            let mut into = Columns::of(self.record, stored, facts.body.len() * 2 + ROOM);
            if let Some(sha256) = facts.sha256 {
                into.add_text(self.sha256, sha256);
            }
            Entry { fields: self, jieba, kind: facts.kind, into, print: 0 }
        };
        let mut entries = describe(doc, records, facts, begin);
        let passages: Vec<u64> = entries.iter().filter(|entry| entry.kind == "passage").map(|entry| entry.print).collect();
        if let Some(first) = entries.first_mut() {
            for print in sketch(&passages) {
                first.into.add(self.sketch, Said::Unsigned(print));
            }
        }
        entries.into_iter().map(|entry| entry.into).collect()
    }
}

/// A record as it can be told to an index: a [`Record`], or the JSON of one.
pub trait Told {
    /// What it is found by.
    fn facts(&self) -> Facts<'_>;
    /// Whether the same headings stand above both.
    fn is_in_section_of(&self, other: &Self) -> bool;
    /// What is kept of it beside a record that was put in so many before it, for [`whole`](super::stored::whole) to read.
    fn stored(&self, alike: Option<(usize, &Self)>) -> String;
}

impl Told for Record {
    fn facts(&self) -> Facts<'_> {
        self.into()
    }

    fn is_in_section_of(&self, other: &Self) -> bool {
        self.section == other.section
    }

    fn stored(&self, alike: Option<(usize, &Self)>) -> String {
        slim(self, alike)
    }
}

impl Told for Value {
    fn facts(&self) -> Facts<'_> {
        self.as_object().map(Facts::from).unwrap_or_default()
    }

    fn is_in_section_of(&self, other: &Self) -> bool {
        self.get("section") == other.get("section")
    }

    fn stored(&self, alike: Option<(usize, &Self)>) -> String {
        let alike = alike.and_then(|(before, other)| Some((before, other.as_object()?)));
        self.as_object().map_or_else(|| "{}".to_owned(), |record| slim_json(record, alike))
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

/// A record's columns as tantivy reads them: its texts lie in one string, one behind the other, and so do the folded characters whose pairs
/// it is found by.
#[derive(Debug)]
pub struct Columns {
    stored: String,
    texts: String,
    chars: Vec<char>,
    said: Vec<(Field, Said)>,
    /// From where to where in `chars` each text stands that pairs find.
    paired: Vec<(Field, usize, usize)>,
}

/// How many bytes of names a record mostly has, besides the words of its text.
const ROOM: usize = 400;

/// What a column says.
#[derive(Debug, Clone, Copy)]
enum Said {
    /// The record as it is kept.
    Stored,
    /// A text, from byte to byte of the texts.
    Text(usize, usize),
    Unsigned(u64),
    Signed(i64),
    Decimal(f64),
}

impl Columns {
    /// With the record as it is kept, and room for so many bytes of text.
    fn of(field: Field, stored: String, room: usize) -> Self {
        let mut said = Vec::with_capacity(24);
        said.push((field, Said::Stored));
        Self { stored, texts: String::with_capacity(room), chars: Vec::new(), said, paired: Vec::with_capacity(1) }
    }

    fn add(&mut self, field: Field, said: Said) {
        self.said.push((field, said));
    }

    fn add_text(&mut self, field: Field, text: &str) {
        self.write_text(field, |texts| texts.push_str(text));
    }

    fn add_chars(&mut self, field: Field, folded: impl IntoIterator<Item = char>) {
        let from = self.chars.len();
        self.chars.extend(folded);
        self.paired.push((field, from, self.chars.len()));
    }

    /// Adds the text that `write` appends to a string.
    fn write_text(&mut self, field: Field, write: impl FnOnce(&mut String)) {
        let from = self.texts.len();
        write(&mut self.texts);
        self.add(field, Said::Text(from, self.texts.len()));
    }

    /// The folded characters of each text that pairs find, with its field.
    pub(super) fn chars(&self) -> impl Iterator<Item = (Field, &[char])> {
        self.paired.iter().map(|(field, from, to)| (*field, &self.chars[*from..*to]))
    }

    /// Its texts, each with its field.
    pub(super) fn texts(&self) -> impl Iterator<Item = (Field, &str)> {
        self.said.iter().filter_map(|(field, said)| match said {
            Said::Text(from, to) => Some((*field, &self.texts[*from..*to])),
            _ => None,
        })
    }

    fn leaf(&self, said: Said) -> ReferenceValueLeaf<'_> {
        match said {
            Said::Stored => ReferenceValueLeaf::Str(&self.stored),
            Said::Text(from, to) => ReferenceValueLeaf::Str(&self.texts[from..to]),
            Said::Unsigned(number) => ReferenceValueLeaf::U64(number),
            Said::Signed(number) => ReferenceValueLeaf::I64(number),
            Said::Decimal(number) => ReferenceValueLeaf::F64(number),
        }
    }
}

impl Document for Columns {
    type Value<'a> = Leaf<'a>;
    type FieldsValuesIter<'a> = Box<dyn Iterator<Item = (Field, Leaf<'a>)> + 'a>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        Box::new(self.said.iter().map(|(field, said)| (*field, Leaf(self.leaf(*said)))))
    }
}

/// A value of a column, lent to tantivy.
#[derive(Debug, Clone)]
pub struct Leaf<'a>(ReferenceValueLeaf<'a>);

impl<'a> tantivy::schema::Value<'a> for Leaf<'a> {
    type ArrayIter = std::iter::Empty<Self>;
    type ObjectIter = std::iter::Empty<(&'a str, Self)>;

    fn as_value(&self) -> ReferenceValue<'a, Self> {
        ReferenceValue::Leaf(self.0.clone())
    }
}

struct Entry<'r> {
    fields: &'r Fields,
    jieba: &'r Jieba,
    kind: &'r str,
    into: Columns,
    print: u64,
}

impl Entry<'_> {
    /// Its text is folded and cut here, where many threads do it, and not on the one that writes the index.
    fn body(&mut self, text: &str) {
        let folded: Vec<char> = text.chars().map(fold_char).collect();
        self.into.write_text(self.fields.words, |lines| write_words(self.jieba, &folded, lines));
        self.print = print_folded(self.kind, folded.iter().copied());
        self.into.add_chars(self.fields.pairs, folded);
        self.into.add(self.fields.print, Said::Unsigned(self.print & u64::from(u32::MAX)));
    }
}

impl Sheet for Entry<'_> {
    fn text(&mut self, column: Column, text: &str) {
        match column {
            Column::Body => self.body(text),
            Column::Own => self.into.add_chars(self.fields.own, text.chars().map(fold_char)),
            Column::Heading => {} // the names say it
            Column::Name(at) => self.into.add_text(self.fields.names[at], text),
            _ => self.into.add_text(self.fields.measure, text),
        }
    }

    fn whole(&mut self, column: Column, number: i64) {
        let field = match column {
            Column::Start => return self.into.add(self.fields.start, Said::Unsigned(number.unsigned_abs())),
            Column::From => self.fields.from,
            Column::To => self.fields.to,
            Column::Due => self.fields.due,
            _ if self.kind == "document" => self.fields.issued,
            _ => return,
        };
        self.into.add(field, Said::Signed(number));
    }

    fn decimal(&mut self, _: Column, number: &Number) {
        if let Some(number) = number.as_f64() {
            self.into.add(self.fields.value, Said::Decimal(number));
        }
    }
}

/// Describes the records of `doc` and their facts to an index. What its `document` record says of region, number and date holds for
/// all its records.
pub fn describe<'r, R, S: Sheet>(
    doc: &str,
    records: &'r [R],
    facts: &[Facts<'r>],
    mut begin: impl FnMut(&'r R, &Facts<'r>) -> S,
) -> Vec<S> {
    let document = facts.iter().find(|facts| facts.kind == "document");
    let issued = document.and_then(|document| document.issued);
    let mut inherited = [const { Vec::new() }; NAMES.len()];
    for (at, name) in NAMES.into_iter().enumerate() {
        if let (Some(document), "number" | "region" | "title") = (document, name) {
            inherited[at] = folded(&said(document, at), name);
        }
    }
    let mut last = [const { Last { said: Vec::new(), folded: Vec::new() } }; NAMES.len()];
    let described = records.iter().zip(facts).map(|(record, facts)| {
        let mut sheet = begin(record, facts);
        describe_own(facts, issued, &mut sheet);
        for (at, name) in NAMES.into_iter().enumerate() {
            if name == "doc" {
                sheet.text(Column::Name(at), doc);
                continue;
            }
            let own = last[at].folded(said(facts, at), name);
            let values = if own.is_empty() { &inherited[at] } else { own };
            for value in values {
                sheet.text(Column::Name(at), value);
            }
        }
        sheet
    });
    described.collect()
}

fn describe_own(facts: &Facts<'_>, issued: Option<&str>, sheet: &mut impl Sheet) {
    sheet.text(Column::Body, facts.body);
    let mut own = facts.own.clone();
    own.sort_unstable();
    own.dedup();
    for text in own {
        sheet.text(Column::Own, text);
    }
    for heading in facts.named("section") {
        sheet.text(Column::Heading, heading);
    }
    for unit in facts.units.into_iter().flatten() {
        sheet.text(Column::Measure, &fold_name(unit));
    }
    sheet.whole(Column::Start, facts.start);
    if let Some(value) = &facts.value {
        sheet.decimal(Column::Value, value);
    }
    if let Some((from, to)) = years(facts) {
        sheet.whole(Column::From, from);
        sheet.whole(Column::To, to);
    }
    if let Some(due) = facts.due.and_then(last_day) {
        sheet.whole(Column::Due, due);
    }
    if let Some(issued) = issued.or(facts.issued).and_then(last_day) {
        sheet.whole(Column::Issued, issued);
    }
}

/// What a record says for the name at a place of [`NAMES`].
fn said<'r>(facts: &Facts<'r>, at: usize) -> Vec<&'r str> {
    facts.names.iter().filter(|(name, _)| *name == at).map(|(_, text)| *text).collect()
}

/// The values of a name in one record: those that follow it mostly say the same (title, headings).
struct Last<'r> {
    said: Vec<&'r str>,
    folded: Vec<String>,
}

impl<'r> Last<'r> {
    fn folded(&mut self, said: Vec<&'r str>, name: &str) -> &[String] {
        if self.said != said {
            (self.folded, self.said) = (folded(&said, name), said);
        }
        &self.folded
    }
}

/// The folded values of the filter `name`.
fn folded(said: &[&str], name: &str) -> Vec<String> {
    let read = if name == "number" { fold_number } else { fold_name };
    let mut folded: Vec<String> = said.iter().map(|text| read(text)).filter(|value| !value.is_empty()).collect();
    folded.sort_unstable();
    folded.dedup();
    folded
}

/// The years a record speaks of: its period's; a document's are those it plans for, else the one it was issued in; those of a
/// project, a park, a focus, a duty or a measure are those of the headings above it (`三、2022年工作安排`) or of the title.
fn years(facts: &Facts<'_>) -> Option<(i64, i64)> {
    let year = |time: &str| time.get(..4)?.parse::<i64>().ok();
    let [from, to] = facts.period.map(|end| end.and_then(year));
    let one = || facts.due.and_then(year).or_else(|| facts.issued.and_then(year));
    match from.or(to).or_else(one) {
        Some(one) => Some((from.unwrap_or(one), to.unwrap_or(one))),
        None => years_above(facts),
    }
}

fn years_above(facts: &Facts<'_>) -> Option<(i64, i64)> {
    if !["project", "park", "focus", "responsibility", "measure"].contains(&facts.kind) {
        return None;
    }
    let headings: Vec<&str> = facts.named("title").chain(facts.named("section")).collect();
    headings.iter().rev().find_map(|heading| years_named(heading)).map(|(from, to)| (from.into(), to.into()))
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
        let lead = NAMES.iter().position(|name| *name == "lead").expect("a name");
        assert_eq!(folded(&said(&record.facts(), lead), "lead"), ["省商务厅", "省财政厅", "黑龙江省商务厅"]);
    }
}
