//! What does the index hold of a record? One tantivy document a record: the JSON as it is, the words and pairs of its text, the
//! words of its own fields, the names that a filter compares, and the numbers that a range compares.

use std::sync::LazyLock;

use jieba_rs::Jieba;
use serde_json::{Number, Value};
use tantivy::DocId;
use tantivy::schema::document::{Document, ReferenceValue, ReferenceValueLeaf};
use tantivy::schema::{FAST, Field, IndexRecordOption, NumericOptions, STORED, Schema, TextFieldIndexing, TextOptions};

use super::analysis::{PAIRS, WORDS, each_search_word};
use super::facts::Facts;
use super::fold::{fold_char, fold_name, fold_number};
use super::print::{print_folded, sketch};
use super::stored::{Alike, slim, slim_json};
use super::tokens::Tokens;
use crate::record::{Record, years_named};

/// Raised whenever the fields, or what is kept of a record, change; an index says which it was written with.
pub const SCHEMA: u32 = 10;

/// The names a record is filtered by: each is compared whole or in part with the value, folded.
pub const NAMES: [&str; 13] =
    ["type", "doc", "title", "number", "region", "industry", "subject", "indicator", "lead", "support", "place", "owner", "section"];

/// Those whose values are counted.
const FACETS: [&str; 5] = ["type", "doc", "region", "industry", "lead"];

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
        if FACETS.contains(&name) { plain.set_fast("raw") } else { plain }
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
    pub fn described<'r, R: Told>(&self, doc: &str, records: &'r [R], facts: &[Facts<'r>], jieba: &Jieba) -> Described {
        let described = Described { rows: Rows::default(), tokens: Tokens::default() };
        let mut sheets = Sheets { fields: self, jieba, alike: Alike::default(), kind: "", record: 0, passages: Vec::new(), described };
        describe(doc, records, facts, &mut sheets);
        let Sheets { passages, mut described, .. } = sheets;
        described.rows.sketch = sketch(&passages).into_iter().map(|print| (self.sketch, Said::Unsigned(print))).collect();
        described
    }
}

/// A document's records as an index takes them.
pub struct Described {
    /// What is kept of each, and its columns.
    pub(super) rows: Rows,
    /// What they are found by; the first record is number 0.
    pub(super) tokens: Tokens,
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
        slim_json(self, alike)
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

/// An index's form of records, being filled in, one after the other.
pub trait Sheet<'r, R> {
    /// Begins the next record.
    fn begin(&mut self, record: &'r R, facts: &Facts<'r>);
    /// Adds a text to a column of texts.
    fn text(&mut self, column: Column, text: &str);
    /// Sets a column of whole numbers.
    fn whole(&mut self, column: Column, number: i64);
    /// Sets a column of decimal numbers.
    fn decimal(&mut self, column: Column, number: &Number);
}

/// What tantivy keeps of a document's records, and their columns: what one thread makes and another takes lies in few pieces. To tantivy
/// it is one record at a time.
#[derive(Debug, Default)]
pub struct Rows {
    /// All that they say, one behind the other.
    texts: String,
    said: Vec<(Field, Said)>,
    /// Where in `said` each record begins.
    begins: Vec<usize>,
    /// What the first says besides.
    sketch: Vec<(Field, Said)>,
    /// The record that it is to tantivy.
    at: usize,
}

/// What a column says.
#[derive(Debug, Clone, Copy)]
enum Said {
    /// A text, from byte to byte of the texts.
    Text(usize, usize),
    Unsigned(u64),
    Signed(i64),
    Decimal(f64),
}

impl Rows {
    /// Goes through the records, from the first on.
    ///
    /// # Errors
    /// The first that `take` fails with.
    pub(super) fn each<E>(mut self, mut take: impl FnMut(&Self) -> Result<(), E>) -> Result<(), E> {
        for at in 0..self.begins.len() {
            self.at = at;
            take(&self)?;
        }
        Ok(())
    }

    /// Begins the next record; says how many there were.
    fn begin(&mut self) -> usize {
        self.begins.push(self.said.len());
        self.begins.len() - 1
    }

    fn add(&mut self, field: Field, said: Said) {
        self.said.push((field, said));
    }

    fn add_text(&mut self, field: Field, text: &str) {
        let from = self.texts.len();
        self.texts.push_str(text);
        self.add(field, Said::Text(from, self.texts.len()));
    }

    fn leaf(&self, said: Said) -> ReferenceValueLeaf<'_> {
        match said {
            Said::Text(from, to) => ReferenceValueLeaf::Str(&self.texts[from..to]),
            Said::Unsigned(number) => ReferenceValueLeaf::U64(number),
            Said::Signed(number) => ReferenceValueLeaf::I64(number),
            Said::Decimal(number) => ReferenceValueLeaf::F64(number),
        }
    }
}

impl Document for Rows {
    type Value<'a> = Leaf<'a>;
    type FieldsValuesIter<'a> = Box<dyn Iterator<Item = (Field, Leaf<'a>)> + 'a>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        let end = self.begins.get(self.at + 1).copied().unwrap_or(self.said.len());
        let sketch = if self.at == 0 { self.sketch.as_slice() } else { &[] };
        let said = self.said[self.begins[self.at]..end].iter().chain(sketch);
        Box::new(said.map(|(field, said)| (*field, Leaf(self.leaf(*said)))))
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

/// A document's records, being described.
struct Sheets<'i, 'r, R> {
    fields: &'i Fields,
    jieba: &'i Jieba,
    alike: Alike<'r, R>,
    /// The type of the record at hand, and its number.
    kind: &'r str,
    record: DocId,
    /// The prints of the passages.
    passages: Vec<u64>,
    described: Described,
}

impl<R> Sheets<'_, '_, R> {
    /// Its text is folded and cut here, where many threads do it, and not on the one that writes the index.
    fn body(&mut self, text: &str) {
        let Tokens { pairs, words, .. } = &mut self.described.tokens;
        let folded = pairs.add(self.record, text.chars().map(fold_char));
        each_search_word(self.jieba, folded, |word| words.add(self.record, word));
        let print = print_folded(self.kind, folded.iter().copied());
        if self.kind == "passage" {
            self.passages.push(print);
        }
        self.described.rows.add(self.fields.print, Said::Unsigned(print & u64::from(u32::MAX)));
    }
}

impl<'r, R: Told> Sheet<'r, R> for Sheets<'_, 'r, R> {
    fn begin(&mut self, record: &'r R, facts: &Facts<'r>) {
        let stored = record.stored(self.alike.next(record, facts.kind, R::is_in_section_of));
        let rows = &mut self.described.rows;
        self.record = rows.begin() as DocId;
        rows.add_text(self.fields.record, &stored);
        if let Some(sha256) = facts.sha256 {
            rows.add_text(self.fields.sha256, sha256);
        }
        self.kind = facts.kind;
    }

    fn text(&mut self, column: Column, text: &str) {
        let tokens = &mut self.described.tokens;
        match column {
            Column::Body => self.body(text),
            Column::Own => _ = tokens.own.add(self.record, text.chars().map(fold_char)),
            Column::Heading => {} // the names say it
            Column::Name(at) => {
                tokens.names[at].add(self.record, text);
                if FACETS.contains(&NAMES[at]) {
                    self.described.rows.add_text(self.fields.names[at], text);
                }
            }
            _ => tokens.measure.add(self.record, text),
        }
    }

    fn whole(&mut self, column: Column, number: i64) {
        let (field, said) = match column {
            Column::Start => (self.fields.start, Said::Unsigned(number.unsigned_abs())),
            Column::From => (self.fields.from, Said::Signed(number)),
            Column::To => (self.fields.to, Said::Signed(number)),
            Column::Due => (self.fields.due, Said::Signed(number)),
            _ if self.kind == "document" => (self.fields.issued, Said::Signed(number)),
            _ => return,
        };
        self.described.rows.add(field, said);
    }

    fn decimal(&mut self, _: Column, number: &Number) {
        if let Some(number) = number.as_f64() {
            self.described.rows.add(self.fields.value, Said::Decimal(number));
        }
    }
}

/// Describes the records of `doc` and their facts to an index. What its `document` record says of region, number and date holds for
/// all its records.
pub fn describe<'r, R>(doc: &str, records: &'r [R], facts: &[Facts<'r>], sheet: &mut impl Sheet<'r, R>) {
    let document = facts.iter().find(|facts| facts.kind == "document");
    let issued = document.and_then(|document| document.issued);
    let mut inherited = [const { Vec::new() }; NAMES.len()];
    for (at, name) in NAMES.into_iter().enumerate() {
        if let (Some(document), "number" | "region" | "title") = (document, name) {
            inherited[at] = folded(&said(document, at), name);
        }
    }
    let mut last = [const { Last { said: Vec::new(), folded: Vec::new() } }; NAMES.len()];
    for (record, facts) in records.iter().zip(facts) {
        sheet.begin(record, facts);
        describe_own(facts, issued, sheet);
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
    }
}

fn describe_own<'r, R>(facts: &Facts<'r>, issued: Option<&str>, sheet: &mut impl Sheet<'r, R>) {
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
