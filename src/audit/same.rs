//! Is the same quantity stated twice with two values, in one document or in two?
//!
//! `到2015年，装备产业主营业务收入达到3000亿元` and, further down, `到2015年，装备产业主营业务收入达到3200亿元`.
//!
//! Read are quantities whose own clause names what is measured, of one subject, indicator, time, unit and kind; of documents also one
//! region. Silent where the bounds leave room for both (`超过8500亿元`, `力争达到8500亿元`), where one paragraph gives both
//! (`由35％提高到48％`), and for cells of one table. Innocent where the scope differs (规模以上, 含税, 累计).

use super::precision::Range;
use super::{Doubt, Paper, Stated, figure, record, topic};
use crate::lexicon::unit;
use crate::mention::quantity::Bound;
use crate::record::{Evidence, FindingFields, Record, Severity};
use crate::text::Span;
use rust_decimal::Decimal;
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};

const BENIGN: &str = "两处的统计口径、范围可能不同";

/// What two statements of one quantity share.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    region: String,
    topic: String,
    time: String,
    unit: String,
    kind: String,
}

/// A statement of a quantity.
struct Statement {
    doc: String,
    title: Option<String>,
    section: Vec<String>,
    quote: String,
    start: usize,
    end: usize,
    value: Decimal,
    unit: String,
    range: Range,
}

impl Statement {
    fn printed(&self) -> String {
        super::printed(self.value, Some(&self.unit))
    }

    fn evidence(&self) -> Evidence {
        Evidence { doc: self.doc.clone(), start: self.start, end: self.end, quote: self.quote.clone() }
    }

    fn differs(&self, other: &Statement) -> bool {
        let apart = self.doc != other.doc || self.end <= other.start || other.end <= self.start;
        apart && !self.range.meets(other.range)
    }
}

/// The statements of one document.
pub(super) fn check(paper: &Paper<'_>) -> Vec<Doubt> {
    let mut groups: BTreeMap<Key, Vec<Statement>> = BTreeMap::new();
    for stated in paper.quantities().filter(|s| !s.in_table()) {
        if let Some((key, statement)) = of_record(&stated) {
            groups.entry(key).or_default().push(statement);
        }
    }
    let paragraphs = &paper.document.outline.blocks;
    let paragraph = |s: &Statement| paragraphs.partition_point(|block| block.span.end <= s.start);
    let mut found = Vec::new();
    for (key, statements) in &groups {
        let first = &statements[0];
        // One paragraph may give a figure for each of several cases.
        let Some(other) = statements.iter().find(|s| first.differs(s) && paragraph(first) != paragraph(s)) else { continue };
        found.push(Doubt {
            severity: Severity::Warning,
            message: message(key, first, other),
            sides: vec![Span::new(other.start, other.end), Span::new(first.start, first.end)],
            numbers: vec![figure("一处", first.value, Some(&first.unit)), figure("另一处", other.value, Some(&other.unit))],
            benign: Some(BENIGN),
        });
    }
    found
}

fn message(key: &Key, first: &Statement, other: &Statement) -> String {
    format!("{}（{}）前后不一：{}，{}", key.topic, key.time, first.printed(), other.printed())
}

fn of_record(stated: &Stated<'_>) -> Option<(Key, Statement)> {
    let value = serde_json::to_value(stated.record).ok()?;
    of_value(&value, "")
}

/// A stored target or statistic that says plainly what it measures, of what and when.
fn of_value(value: &Value, region: &str) -> Option<(Key, Statement)> {
    let text = |key: &str| value[key].as_str();
    let quote = text("quote")?;
    let (subject, indicator, unit) = (text("subject")?, text("indicator")?, text("unit")?);
    let names = indicator == "数量" || quote.contains(indicator);
    let of_subject = quote.contains(subject) || value["section"].as_array()?.iter().filter_map(Value::as_str).any(|s| s.contains(subject));
    let two_ends = quote.contains(['由', '从']) || !value["value_max"].is_null();
    let partial = ["其中", "新增", "每", "分别", "平均", "日均", "首批", "第一批"].iter().any(|word| quote.contains(word));
    if !names || !of_subject || two_ends || partial || subject.chars().count() < 2 || text("rule")? == "quantity-cell" {
        return None;
    }
    let bound = bound_of(text("bound")?);
    let number: Decimal = value["value"].to_string().parse().ok()?;
    let (factor, base) = unit::canonical(Decimal::ONE, unit)?;
    let period = &value["period"];
    let (from, to) = (period["from"].as_str(), period["to"].as_str()?);
    let summed = ["累计", "合计", "共计", "总计"].iter().any(|word| quote.contains(word));
    // A level holds at the end of its time: `2013年` and `到2013年` are one time. A sum needs both ends.
    let spans = from.is_some_and(|from| from.get(..4) != to.get(..4));
    let time = if summed || spans { format!("{}—{to}", from.unwrap_or("")) } else { to.to_owned() };
    let measure = text("measure")?;
    let kind = format!(
        "{} {measure} {} {} {} {summed}",
        text("type")?,
        value["average"],
        text("direction").unwrap_or(""),
        text("base").filter(|_| measure != "level").unwrap_or("")
    );
    // Only levels and rates are stated of a whole; increments of one year may be many.
    if measure == "increment" {
        return None;
    }
    let key = Key { region: region.to_owned(), topic: topic(Some(subject), Some(indicator)), time, unit: base.to_owned(), kind };
    let section = value["section"].as_array()?.iter().filter_map(|s| Some(s.as_str()?.to_owned())).collect();
    let offset = |key: &str| usize::try_from(value[key].as_u64()?).ok();
    Some((
        key,
        Statement {
            doc: text("doc")?.to_owned(),
            title: text("title").map(str::to_owned),
            section,
            quote: quote.to_owned(),
            start: offset("start")?,
            end: offset("end")?,
            value: number,
            unit: unit.to_owned(),
            range: Range::bounded(number, factor, bound),
        },
    ))
}

fn bound_of(name: &str) -> Bound {
    match name {
        "at_least" => Bound::AtLeast,
        "over" => Bound::Over,
        "at_most" => Bound::AtMost,
        "under" => Bound::Under,
        "about" => Bound::About,
        "range" => Bound::Range,
        _ => Bound::Exact,
    }
}

/// The statements of several documents of one region.
pub(super) fn across(records: &[&Value]) -> Vec<Record> {
    let regions: HashMap<&str, &str> = records
        .iter()
        .filter(|r| r["type"] == "document")
        .filter_map(|r| Some((r["doc"].as_str()?, r["region"].as_str().unwrap_or(""))))
        .collect();
    let mut groups: BTreeMap<Key, Vec<Statement>> = BTreeMap::new();
    for value in records.iter().filter(|r| r["type"] == "target" || r["type"] == "statistic") {
        // Which region a document speaks of must be known.
        let Some(region) = value["doc"].as_str().and_then(|doc| regions.get(doc)).filter(|region| !region.is_empty()) else { continue };
        if let Some((key, statement)) = of_value(value, region) {
            groups.entry(key).or_default().push(statement);
        }
    }
    let mut found = Vec::new();
    for (key, statements) in &groups {
        let first = &statements[0];
        let Some(other) = statements.iter().find(|s| s.doc != first.doc && first.differs(s)) else { continue };
        let fields = FindingFields {
            severity: Severity::Warning,
            message: format!("两份文件不一：{}", message(key, first, other)),
            evidence: vec![other.evidence(), first.evidence()],
            numbers: vec![figure("一处", first.value, Some(&first.unit)), figure("另一处", other.value, Some(&other.unit))],
            benign: Some(BENIGN.to_owned()),
        };
        found.push(record("same-quantity", other.doc.as_str(), other.title.as_deref(), other.section.clone(), other.quote.clone(), fields));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::tests::{findings, source};
    use super::*;
    use crate::record::extract;

    fn text(first: &str, second: &str) -> String {
        format!(
            "某市产业规划\n\n二○一二年一月十三日\n\n一、发展目标\n\n　　到2015年，装备产业主营业务收入{first}亿元。\n\n二、主要任务\n\n　　到2015年，装备产业主营业务收入{second}亿元。\n"
        )
    }

    #[test]
    fn two_values_in_one_document() {
        let found = findings("same-quantity", &text("达到3000", "达到3200"));
        assert!(matches!(&found[..], [(Severity::Warning, message)] if message.contains("3000亿元，3200亿元")), "{found:?}");
        assert_eq!(findings("same-quantity", &text("达到3000", "达到3000")), []);
        assert_eq!(findings("same-quantity", &text("突破3000", "达到3200")), []);
    }

    #[test]
    fn two_values_in_two_documents() {
        let stored = |id: &str, value: &str| -> Vec<Value> {
            let text = text(&format!("达到{value}"), &format!("达到{value}")).replace("某市", "大庆市");
            let source = crate::source::Source { id: id.into(), ..source(&text) };
            extract(&source).iter().map(|r| serde_json::to_value(r).unwrap()).collect()
        };
        let values: Vec<Value> = [stored("a", "3000"), stored("b", "3200")].concat();
        let found = across(&values.iter().collect::<Vec<_>>());
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!((&*found[0].doc, found[0].kind), ("b", "finding"));
        let values: Vec<Value> = [stored("a", "3000"), stored("b", "3000")].concat();
        assert!(across(&values.iter().collect::<Vec<_>>()).is_empty());
    }
}
