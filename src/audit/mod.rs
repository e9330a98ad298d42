//! Does it add up? A file a rule: each reads what a document says twice, and holds the two against one another.
//!
//! `由200户增加到300户，增长40％` is 50 %: a finding with both numbers and the words that they stand in.
//!
//! What is certain to a careful reader is an `error`; where a reason may stand behind it the finding is a `warning` and says which
//! (`benign`); what is only worth knowing is `info`. Where a rule cannot tell it keeps silent.

mod citation;
mod deadline;
mod growth;
mod list;
mod numbering;
mod precision;
mod quality;
mod same;
mod table;
mod text_table;
mod total;

use std::sync::Arc;

use crate::record::{Amount, Body, Document, Evidence, Figure, FindingFields, QuantityFields, Record, Severity};
use crate::text::{Original, Span};
use rust_decimal::Decimal;
use serde_json::Value;
use std::collections::HashMap;

/// A document and the records that were read out of it.
pub struct Paper<'a> {
    /// The document, for its text and its tables.
    pub document: &'a Document<'a>,
    /// Its records, in the order of the text.
    pub records: &'a [Record],
}

/// What a rule says: a finding before it has its id and its quotes.
pub(crate) struct Doubt {
    severity: Severity,
    message: String,
    /// Where the two sides stand; the first is the place of the finding.
    sides: Vec<Span<Original>>,
    numbers: Vec<Figure>,
    benign: Option<&'static str>,
}

/// A rule over one document.
type Rule = fn(&Paper<'_>) -> Vec<Doubt>;

/// The rules over one document, by name.
const RULES: &[(&str, Rule)] = &[
    ("list-count", list::check),
    ("table-sum", table::check_sums),
    ("table-part", table::check_parts),
    ("text-table", text_table::check),
    ("growth-arithmetic", growth::check),
    ("total-of-years", total::check),
    ("same-quantity", same::check),
    ("deadline", deadline::check),
    ("numbering", numbering::check),
    ("quality", quality::check),
];

/// The names of all rules, those that read several documents last.
pub fn rules() -> Vec<&'static str> {
    RULES
        .iter()
        .map(|(name, _)| *name)
        .chain(["same-quantity", "citation"])
        .collect::<std::collections::BTreeSet<_>>()
        .into_iter()
        .collect()
}

/// Checks one document: its findings as records of the type `finding`, in the order of the text.
pub fn check(document: &Document<'_>, records: &[Record]) -> Vec<Record> {
    let paper = Paper { document, records };
    let mut found: Vec<Record> =
        RULES.iter().flat_map(|(rule, check)| check(&paper).into_iter().map(|doubt| paper.finding(rule, doubt))).collect();
    found.sort_by(|a, b| (a.start, a.end, a.rule).cmp(&(b.start, b.end, b.rule)));
    number_ids(&mut found);
    found
}

/// Checks several documents against one another, from their records as they are stored; types other than `document`, `target`,
/// `statistic` and `citation` are passed over.
pub fn across<'a>(records: impl IntoIterator<Item = &'a Value>) -> Vec<Record> {
    let records: Vec<&Value> = records.into_iter().collect();
    let mut found = same::across(&records);
    found.extend(citation::across(&records));
    found.sort_by(|a, b| (&a.doc, a.start, a.end, a.rule).cmp(&(&b.doc, b.start, b.end, b.rule)));
    number_ids(&mut found);
    found
}

/// Two findings at one place: the second is told apart by `#2`.
fn number_ids(found: &mut [Record]) {
    let mut seen: HashMap<String, usize> = HashMap::new();
    for record in found {
        let times = seen.entry(record.id.clone()).or_insert(0);
        *times += 1;
        if *times > 1 {
            record.id = format!("{}#{times}", record.id);
        }
    }
}

/// The yearly change in percent that leads from one number to another in so many years; None where there is none.
pub fn yearly_growth(from: Decimal, to: Decimal, years: u32) -> Option<Decimal> {
    let ratio = (from > Decimal::ZERO && to >= Decimal::ZERO).then(|| to.checked_div(from)).flatten()?;
    Some((precision::root(ratio, years)? - Decimal::ONE) * Decimal::ONE_HUNDRED)
}

impl Paper<'_> {
    /// The quantities of the document with their records.
    fn quantities(&self) -> impl Iterator<Item = Stated<'_>> {
        self.records.iter().filter_map(|record| match &record.body {
            Body::Target(fields) => Some(Stated { record, fields, target: true }),
            Body::Statistic(fields) => Some(Stated { record, fields, target: false }),
            _ => None,
        })
    }

    fn finding(&self, rule: &'static str, doubt: Doubt) -> Record {
        let doc = &self.document.source.id;
        let evidence = doubt
            .sides
            .iter()
            .map(|span| Evidence { doc: doc.clone(), start: span.start, end: span.end, quote: self.document.quote(*span).to_owned() })
            .collect();
        let place = doubt.sides.first().copied().unwrap_or(Span::new(0, 0));
        let blocks = &self.document.outline.blocks;
        let block = blocks.get(blocks.partition_point(|b| b.span.end <= place.start));
        let section = block.filter(|b| b.span.meets(place)).and_then(|b| b.section);
        let fields = FindingFields {
            severity: doubt.severity,
            message: doubt.message,
            evidence,
            numbers: doubt.numbers,
            benign: doubt.benign.map(str::to_owned),
        };
        let quote = self.document.quote(place).to_owned();
        let document = self.document;
        record(rule, document.id().clone(), document.title().cloned(), document.path(section).clone(), quote, fields)
    }
}

/// The record of a finding; its place is that of its first evidence.
fn record(
    rule: &'static str,
    doc: impl Into<Arc<str>>,
    title: Option<impl Into<Arc<str>>>,
    section: impl Into<Arc<[String]>>,
    quote: String,
    fields: FindingFields,
) -> Record {
    let doc = doc.into();
    let (start, end) = fields.evidence.first().map_or((0, 0), |e| (e.start, e.end));
    Record {
        id: format!("{doc}:finding:{start}-{end}"),
        kind: "finding",
        doc,
        title: title.map(Into::into),
        section: section.into(),
        quote,
        start,
        end,
        rule,
        body: Body::Finding(Box::new(fields)),
    }
}

/// A quantity and the record that states it.
#[derive(Clone, Copy)]
pub(crate) struct Stated<'a> {
    record: &'a Record,
    fields: &'a QuantityFields,
    target: bool,
}

impl Stated<'_> {
    fn span(&self) -> Span<Original> {
        Span::new(self.record.start, self.record.end)
    }

    /// The single year that it holds for: `2011年` and `到2011年`, not `2011—2013年`.
    fn year(&self) -> Option<u16> {
        (!self.fields.period.is_span()).then(|| self.fields.period.last_year()).flatten()
    }

    /// What is said of whom, see [`topic`].
    fn topic(&self) -> String {
        topic(self.fields.subject.as_deref(), self.fields.indicator.as_deref())
    }

    /// Whether a cell of a table states it.
    fn in_table(&self) -> bool {
        self.record.rule == "quantity-cell"
    }

    /// Value and unit as printed: `1.5万亿元`.
    fn printed(&self) -> String {
        printed(self.fields.value.0, self.fields.unit.as_deref())
    }

    fn figure(&self, label: &str) -> Figure {
        figure(label, self.fields.value.0, self.fields.unit.as_deref())
    }
}

fn printed(value: Decimal, unit: Option<&str>) -> String {
    format!("{}{}", value.normalize(), unit.unwrap_or(""))
}

fn figure(label: &str, value: Decimal, unit: Option<&str>) -> Figure {
    Figure { label: label.to_owned(), value: Amount(value.normalize()), unit: unit.map(str::to_owned) }
}

/// What is said of whom, in one string without the words that change nothing: `全省规模以上工业企业` and `工业增加值` are
/// `全省规模以上工业增加值`.
pub(crate) fn topic(subject: Option<&str>, indicator: Option<&str>) -> String {
    let subject: String = bare(subject.unwrap_or("")).replace("企业", "");
    let indicator = bare(indicator.unwrap_or("")).replace('的', "");
    let shared = (1..=indicator.chars().count().min(subject.chars().count()))
        .rev()
        .find(|n| {
            let head: String = indicator.chars().take(*n).collect();
            subject.ends_with(&head)
        })
        .unwrap_or(0);
    subject + &indicator.chars().skip(shared).collect::<String>()
}

/// Without brackets and what they hold: `主营业务（不含石油）收入` is 主营业务收入.
fn bare(text: &str) -> String {
    let mut depth = 0i32;
    text.chars()
        .filter(|c| match c {
            '（' => {
                depth += 1;
                false
            }
            '）' => {
                depth -= 1;
                false
            }
            _ => depth <= 0,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::extract;
    use crate::source::Source;

    pub(super) fn source(text: &str) -> Source {
        Source::of_text("t", text)
    }

    /// The findings of a small text under one rule: severity and message.
    pub(super) fn findings(rule: &str, text: &str) -> Vec<(Severity, String)> {
        let source = source(text);
        let found = check(&Document::read(&source), &extract(&source));
        found
            .into_iter()
            .filter(|r| r.rule == rule)
            .map(|r| match r.body {
                Body::Finding(f) => (f.severity, f.message),
                _ => unreachable!("the audit makes findings"),
            })
            .collect()
    }

    #[test]
    fn topics_of_quantities() {
        assert_eq!(topic(Some("全省规模以上工业企业"), Some("工业增加值")), "全省规模以上工业增加值");
        assert_eq!(topic(Some("矿产经济产业"), Some("主营业务（不含石油）收入")), "矿产经济产业主营业务收入");
    }

    #[test]
    fn findings_are_grounded_and_their_ids_differ() {
        let text = "某市发展规划\n\n一、成就\n\n　　企业由200户增加到300户，增长40％。某某***对外加工区、另一***加工区。\n";
        let source = source(text);
        let found = check(&Document::read(&source), &extract(&source));
        assert!(found.len() >= 3, "{found:?}");
        let chars: Vec<char> = text.chars().collect();
        for record in &found {
            assert_eq!(record.quote, chars[record.start..record.end].iter().collect::<String>());
            let Body::Finding(fields) = &record.body else { panic!("no finding") };
            for e in &fields.evidence {
                assert_eq!(e.quote, chars[e.start..e.end].iter().collect::<String>());
            }
        }
        let ids: std::collections::HashSet<_> = found.iter().map(|r| &r.id).collect();
        assert_eq!(ids.len(), found.len());
    }
}
