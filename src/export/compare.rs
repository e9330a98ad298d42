//! How does an indicator stand over subjects, years and documents? Planned and reached side by side, in one unit.
//!
//! `compare(records, "主营业务收入", None)`: 食品工业 in 2015 from one document, and beside it 绿色食品产业 in 2011 and 2013 from another, marked as
//! close: names that the lexicon holds equal share a line, close ones stand next to one another and are never merged.

use crate::audit::topic;
use crate::lexicon::{indicator, industry, place, unit};
use crate::record::Amount;
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// The comparison.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Table {
    /// What was asked for.
    pub indicator: String,
    /// The unit of all numbers in it; null where nothing was found.
    pub unit: Option<String>,
    /// The times that its columns stand for, in their order.
    pub times: Vec<String>,
    /// Subjects that are equal or close, in the order of their first names.
    pub groups: Vec<Group>,
    /// How many statements of the indicator are in units that can't be turned into this one.
    pub left_out: usize,
}

/// Subjects that the lexicon holds equal or close.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Group {
    /// A line each for subjects that aren't equal; the first names the group.
    pub lines: Vec<Line>,
}

/// How a name stands to the one it is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// The same, or another name of it.
    Equal,
    /// A neighbour, a part or the whole.
    Close,
    /// Of an indicator: a kind of it, as 工业固定资产投资 is of 投资.
    Kind,
}

/// A subject and its numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Line {
    /// The subject as the first statement names it.
    pub subject: String,
    /// All names that the documents use of it.
    pub names: Vec<String>,
    /// The region that its documents govern, where it is known: 食品工业 of two provinces are two lines.
    pub region: Option<String>,
    /// How it stands to the group's first line.
    pub relation: Relation,
    /// The indicator as printed.
    pub indicator: String,
    /// How it stands to the indicator asked for.
    pub indicator_relation: Relation,
    /// Its numbers by time; several of one time stand one after the other.
    pub cells: Vec<Cell>,
    /// The changes that the documents state of it.
    pub rates: Vec<Rate>,
}

impl Line {
    /// Whether it is of the whole of its region.
    fn is_whole(&self) -> bool {
        is_whole(&self.subject, self.region.as_deref())
    }

    /// What its row is called: the subject, and where a table has several regions the region, too.
    pub fn label(&self, several_regions: bool) -> String {
        match self.region.as_deref().filter(|_| several_regions) {
            Some(region) if self.is_whole() => region.to_owned(),
            Some(region) => format!("{region} {}", self.subject),
            None if self.subject.is_empty() => "—".to_owned(),
            None => self.subject.clone(),
        }
    }
}

/// A number and its source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Cell {
    /// `2013`, `2011—2013`; empty where the time isn't known.
    pub time: String,
    /// Reported as reached; else planned.
    pub reached: bool,
    /// The number in the table's unit.
    pub value: Amount,
    /// A range's upper end in the table's unit.
    pub value_max: Option<Amount>,
    /// How firmly it binds, as in the record.
    pub bound: String,
    /// The number and unit as printed.
    pub printed: String,
    /// The yearly change in percent since the number of an earlier year in this line, to one decimal.
    pub growth: Option<Amount>,
    /// The id of the record that the growth counts from.
    pub growth_from: Option<String>,
    /// The document's id.
    pub doc: String,
    /// The document's title.
    pub title: Option<String>,
    /// The record's id.
    pub id: String,
    /// The words that state it.
    pub quote: String,
}

/// A stated change: `年均增长18％以上`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Rate {
    /// The time that it holds for.
    pub time: String,
    /// Reported as reached; else planned.
    pub reached: bool,
    /// The change in the printed unit, a fall below zero.
    pub value: Amount,
    /// A range's upper end.
    pub value_max: Option<Amount>,
    /// The unit as printed: `%`, `倍`.
    pub unit: String,
    /// How firmly it binds, turned round with the sign of a fall.
    pub bound: String,
    /// Whether it is a yearly average.
    pub average: bool,
    /// The document's id.
    pub doc: String,
    /// The document's title.
    pub title: Option<String>,
    /// The record's id.
    pub id: String,
    /// The words that state it.
    pub quote: String,
}

impl Rate {
    /// As it stands in a table: `年均≥18%`.
    pub fn said(&self) -> String {
        format!("{}{}{}", if self.average { "年均" } else { "" }, bounded(self.value, self.value_max, &self.bound), self.unit)
    }
}

/// A number with the sign of its bound: `≥5`, `7—7.5`.
pub fn bounded(value: Amount, value_max: Option<Amount>, bound: &str) -> String {
    let sign = match bound {
        "at_least" => "≥",
        "over" => ">",
        "at_most" => "≤",
        "under" => "<",
        "about" => "约",
        _ => "",
    };
    let upper = value_max.map(|upper| format!("—{}", upper.0.normalize())).unwrap_or_default();
    format!("{sign}{}{upper}", value.0.normalize())
}

/// A statement of the indicator.
struct Stated<'r> {
    record: &'r Value,
    subject: String,
    indicator: &'r str,
    relation: Relation,
    region: Option<&'r str>,
}

/// Compares what `records` (targets and statistics as they are stored; `document` records say of which region, others are passed over) say of
/// an indicator; with a `subject` only subjects that hold its name or are equal or close to it.
pub fn compare(records: &[Value], asked: &str, subject: Option<&str>) -> Table {
    let asked = asked.trim();
    let regions: BTreeMap<&str, &str> =
        records.iter().filter(|r| r["type"] == "document").filter_map(|r| Some((r["doc"].as_str()?, r["region"].as_str()?))).collect();
    let mut stated: Vec<Stated<'_>> =
        records.iter().filter_map(|r| read(r, asked, &regions)).filter(|s| subject.is_none_or(|asked| s.is_sought(asked.trim()))).collect();
    // Kinds of it (重点项目总投资 for 投资) only where nothing is stated of the indicator itself.
    if stated.iter().any(|s| s.relation < Relation::Kind) {
        stated.retain(|s| s.relation < Relation::Kind);
    }
    let levels: Vec<&Stated<'_>> = stated.iter().filter(|s| s.record["measure"] == "level").collect();
    let unit = common_unit(&levels);
    let mut lines: Vec<Line> = Vec::new();
    let mut left_out = 0;
    for level in levels {
        match unit.and_then(|unit| cell(level, unit)) {
            Some(cell) => line_of(&mut lines, level).cells.push(cell),
            None => left_out += 1,
        }
    }
    for change in stated.iter().filter(|s| s.record["measure"] == "growth") {
        // What is stated by its change alone has a line of its own: 地区生产总值增长5%左右.
        if let Some(rate) = rate(change) {
            line_of(&mut lines, change).rates.push(rate);
        }
    }
    lines.iter_mut().for_each(arrange);
    let mut times: Vec<String> = lines.iter().flat_map(|l| l.cells.iter().map(|c| c.time.clone())).collect();
    times.sort();
    times.dedup();
    Table { indicator: asked.to_owned(), unit: unit.map(str::to_owned), times, groups: group(lines), left_out }
}

fn read<'r>(record: &'r Value, asked: &str, regions: &BTreeMap<&'r str, &'r str>) -> Option<Stated<'r>> {
    if record["type"] != "target" && record["type"] != "statistic" {
        return None;
    }
    let printed = record["indicator"].as_str()?;
    let subject = record["subject"].as_str().unwrap_or("").to_owned();
    let relation = indicator_relation(&subject, printed, asked)?;
    let region = regions.get(record["doc"].as_str()?).copied();
    Some(Stated { record, subject, indicator: printed, relation, region })
}

/// How the indicator of a subject stands to the one asked for. 全省工业 with 增加值 is asked for as 工业增加值, too; 工业固定资产投资
/// is a kind of 投资.
fn indicator_relation(subject: &str, printed: &str, asked: &str) -> Option<Relation> {
    let said = |indicator: &str| topic(Some(subject), Some(indicator));
    let nested = printed.ends_with(asked) || asked.ends_with(printed);
    if printed == asked || !printed.contains('（') && nested && said(printed) == said(asked) {
        return Some(Relation::Equal);
    }
    match indicator::relation(printed, asked) {
        Some(indicator::Relation::Equal) => Some(Relation::Equal),
        Some(indicator::Relation::Close) => Some(Relation::Close),
        // 主营业务（不含石油）收入 counts less than 主营业务收入.
        None if without_brackets(printed) == asked => Some(Relation::Close),
        None => (asked.chars().count() >= 2 && without_brackets(printed).ends_with(asked)).then_some(Relation::Kind),
    }
}

/// The indicators of `records` that an asker may have meant, each with how often it is stated: those that share a word of two characters
/// with `asked` first, then the most frequent.
pub fn indicators_near(records: &[Value], asked: &str) -> Vec<(String, usize)> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for record in records.iter().filter(|r| r["type"] == "target" || r["type"] == "statistic") {
        if let Some(indicator) = record["indicator"].as_str() {
            *counts.entry(indicator).or_insert(0) += 1;
        }
    }
    let chars: Vec<char> = asked.chars().collect();
    let shares = |name: &str| chars.windows(2).any(|pair| name.contains(&pair.iter().collect::<String>()));
    let mut near: Vec<(String, usize)> = counts.into_iter().map(|(name, count)| (name.to_owned(), count)).collect();
    near.sort_by_key(|(name, count)| (!shares(name), std::cmp::Reverse(*count)));
    near
}

fn without_brackets(text: &str) -> String {
    let mut depth = 0i32;
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '（' => depth += 1,
            '）' => depth -= 1,
            c if depth <= 0 => out.push(c),
            _ => {}
        }
    }
    out
}

/// The subject as it is compared: 全省规模以上工业企业 is 全省规模以上工业.
fn plain(subject: &str) -> &str {
    subject.strip_suffix("企业").filter(|rest| rest.chars().count() >= 2).unwrap_or(subject)
}

/// Whether a subject is the whole of the region that its document governs: 全市, or the city's own name; 全国 where it governs none.
fn is_whole(subject: &str, region: Option<&str>) -> bool {
    let Some(region) = region else { return subject == "全国" };
    let word = || place::by_name(region).is_some_and(|place| place.word_for_whole() == subject);
    region == subject || word() || place::by_name(subject).is_some_and(|place| place.name == region)
}

fn subject_relation(one: &str, other: &str) -> Option<Relation> {
    if plain(one) == plain(other) {
        return Some(Relation::Equal);
    }
    industry::relation(one, other).map(|relation| match relation {
        industry::Relation::Equal => Relation::Equal,
        industry::Relation::Close => Relation::Close,
    })
}

impl Stated<'_> {
    /// Whether the statement is of a subject or of a region that was asked for.
    fn is_sought(&self, asked: &str) -> bool {
        let of_region = || self.region.is_some_and(|region| region.contains(asked));
        self.subject.contains(asked) || subject_relation(&self.subject, asked).is_some() || of_region()
    }
}

/// The unit that most of the numbers are printed in.
fn common_unit<'r>(levels: &[&Stated<'r>]) -> Option<&'r str> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for unit in levels.iter().filter_map(|s| s.record["unit"].as_str()) {
        *counts.entry(unit).or_insert(0) += 1;
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map(|(unit, _)| unit)
}

fn decimal(value: &Value) -> Option<Decimal> {
    value.as_number()?.to_string().parse().ok()
}

/// The number of a statement in `wanted`; None where its unit measures something else.
fn cell(stated: &Stated<'_>, wanted: &str) -> Option<Cell> {
    let record = stated.record;
    let printed_unit = record["unit"].as_str()?;
    let convert = |value: Decimal| -> Option<Decimal> {
        if printed_unit == wanted {
            return Some(value);
        }
        let ((amount, base), (one, wanted_base)) = (unit::canonical(value, printed_unit)?, unit::canonical(Decimal::ONE, wanted)?);
        (base == wanted_base).then(|| amount.checked_div(one)).flatten()
    };
    let value = decimal(&record["value"])?;
    let text = |key: &str| record[key].as_str().unwrap_or("").to_owned();
    Some(Cell {
        time: time(record),
        reached: record["type"] == "statistic",
        value: Amount(convert(value)?.normalize()),
        value_max: decimal(&record["value_max"]).and_then(convert).map(|v| Amount(v.normalize())),
        bound: text("bound"),
        printed: format!("{}{printed_unit}", value.normalize()),
        growth: None,
        growth_from: None,
        doc: text("doc"),
        title: record["title"].as_str().map(str::to_owned),
        id: text("id"),
        quote: text("quote"),
    })
}

/// `到2013年` and `2013年` are 2013; several years stand with both ends.
fn time(record: &Value) -> String {
    let end = |key: &str| record["period"][key].as_str();
    match (end("from"), end("to")) {
        (Some(from), Some(to)) if from.get(..4) != to.get(..4) => format!("{from}—{to}"),
        (_, Some(to)) => to.to_owned(),
        (Some(from), None) => format!("{from}—"),
        (None, None) => String::new(),
    }
}

fn rate(stated: &Stated<'_>) -> Option<Rate> {
    let record = stated.record;
    let text = |key: &str| record[key].as_str().unwrap_or("").to_owned();
    let (low, high) = (decimal(&record["value"])?, decimal(&record["value_max"]));
    // A fall by 3% or more is a change of -3% or less.
    let (value, value_max, bound) = if record["direction"] == "down" {
        let bound = match record["bound"].as_str().unwrap_or("") {
            "at_least" => "at_most",
            "over" => "under",
            "at_most" => "at_least",
            "under" => "over",
            bound => bound,
        };
        (-high.unwrap_or(low), high.map(|_| -low), bound.to_owned())
    } else {
        (low, high, text("bound"))
    };
    Some(Rate {
        time: time(record),
        reached: record["type"] == "statistic",
        value: Amount(value.normalize()),
        value_max: value_max.map(|value| Amount(value.normalize())),
        unit: text("unit"),
        bound,
        average: record["average"] == true,
        doc: text("doc"),
        title: record["title"].as_str().map(str::to_owned),
        id: text("id"),
        quote: text("quote"),
    })
}

fn is_line_of(line: &Line, stated: &Stated<'_>) -> bool {
    let same_indicator =
        line.indicator_relation == stated.relation && (stated.relation == Relation::Equal || line.indicator == stated.indicator);
    // 合计 is the total of its own table, 全市 the whole of its own city.
    let own = matches!(stated.subject.as_str(), "合计" | "总计" | "小计" | "")
        || place::WHOLE.contains(&stated.subject.as_str()) && !is_whole(&stated.subject, stated.region);
    let mut documents = line.cells.iter().map(|cell| &cell.doc).chain(line.rates.iter().map(|rate| &rate.doc));
    let one_place = !own || documents.all(|doc| stated.record["doc"] == doc.as_str());
    same_indicator
        && one_place
        && line.region.as_deref() == stated.region
        && (line.is_whole() && is_whole(&stated.subject, stated.region)
            || line.names.iter().any(|name| subject_relation(name, &stated.subject) == Some(Relation::Equal)))
}

fn line_of<'l>(lines: &'l mut Vec<Line>, stated: &Stated<'_>) -> &'l mut Line {
    let at = lines.iter().position(|line| is_line_of(line, stated)).unwrap_or_else(|| {
        lines.push(Line {
            subject: stated.subject.clone(),
            names: vec![stated.subject.clone()],
            region: stated.region.map(str::to_owned),
            relation: Relation::Equal,
            indicator: stated.indicator.to_owned(),
            indicator_relation: stated.relation,
            cells: Vec::new(),
            rates: Vec::new(),
        });
        lines.len() - 1
    });
    let line = &mut lines[at];
    if !line.names.contains(&stated.subject) {
        line.names.push(stated.subject.clone());
    }
    line
}

/// Sorts the numbers of a line by time and counts the change from one year to the next.
fn arrange(line: &mut Line) {
    line.cells.sort_by(|a, b| (&a.time, b.reached, &a.id).cmp(&(&b.time, a.reached, &b.id)));
    line.rates.sort_by(|a, b| (&a.time, b.reached, &a.id).cmp(&(&b.time, a.reached, &b.id)));
    for k in 1..line.cells.len() {
        let Some(year) = year(&line.cells[k]) else { continue };
        // A share that goes from 40 % to 80 % grows by points.
        if line.cells[k].printed.ends_with('%') {
            continue;
        }
        // From the nearest year before; where that has several numbers, from the first: what was reached before what was planned.
        let Some(before) = line.cells[..k].iter().filter_map(self::year).filter(|y| *y < year).max() else { continue };
        let Some(base) = line.cells[..k].iter().find(|c| self::year(c) == Some(before)) else { continue };
        let growth = crate::audit::yearly_growth(base.value.0, line.cells[k].value.0, u32::from(year - before));
        let from = base.id.clone();
        line.cells[k].growth = growth.map(|g| Amount(g.round_dp(1).normalize()));
        line.cells[k].growth_from = line.cells[k].growth.map(|_| from);
    }
}

/// The year of a number that stands for one time: no sum over several.
fn year(cell: &Cell) -> Option<u16> {
    let summed = ["累计", "合计", "共计", "总计"].iter().any(|word| cell.quote.contains(word));
    if summed || cell.time.contains('—') { None } else { cell.time.get(..4)?.parse().ok() }
}

/// Puts lines whose subjects are equal or close side by side.
fn group(lines: Vec<Line>) -> Vec<Group> {
    let mut groups: Vec<Vec<Line>> = Vec::new();
    for line in lines {
        let is_near = |other: &Line| {
            other.is_whole() && line.is_whole() || other.names.iter().any(|a| line.names.iter().any(|b| subject_relation(a, b).is_some()))
        };
        let near = |group: &Vec<Line>| group.iter().any(is_near);
        // A line may join what stood apart.
        let (joined, apart): (Vec<_>, Vec<_>) = groups.into_iter().partition(near);
        groups = apart;
        let mut group: Vec<Line> = joined.into_iter().flatten().collect();
        group.push(line);
        groups.push(group);
    }
    groups
        .into_iter()
        .map(|mut lines| {
            // The widest name leads: the one that is a head of the lexicon and has the greatest numbers.
            let greatest = |line: &Line| line.cells.iter().map(|c| c.value.0).max().unwrap_or_default();
            lines.sort_by(|a, b| {
                let head = |l: &Line| industry::canonical(&l.subject).is_none_or(|(_, relation)| relation != industry::Relation::Equal);
                (head(a), a.indicator_relation).cmp(&(head(b), b.indicator_relation)).then_with(|| greatest(b).cmp(&greatest(a)))
            });
            let (first, whole) = (lines[0].subject.clone(), lines[0].is_whole());
            for line in &mut lines {
                let equal = whole && line.is_whole() || subject_relation(&line.subject, &first) == Some(Relation::Equal);
                line.relation = if equal { Relation::Equal } else { Relation::Close };
            }
            Group { lines }
        })
        .collect()
}

impl Table {
    /// All its lines.
    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        self.groups.iter().flat_map(|group| &group.lines)
    }

    /// Whether its documents govern more than one region.
    pub fn has_several_regions(&self) -> bool {
        let mut regions = self.lines().map(|line| &line.region);
        regions.next().is_some_and(|first| regions.any(|other| other != first))
    }

    /// The table as JSON.
    pub fn to_json(&self) -> Value {
        serde_json::json!(self)
    }

    /// The table as CSV with a head, a number or a stated change a row, in the order of the groups.
    ///
    /// # Panics
    /// Never: rows of one width are written to memory.
    pub fn to_csv(&self) -> String {
        let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
        let head = [
            "group",
            "subject",
            "region",
            "relation",
            "indicator",
            "indicator_relation",
            "time",
            "kind",
            "measure",
            "value",
            "value_max",
            "unit",
            "bound",
            "growth",
            "growth_from",
            "printed",
            "doc",
            "title",
            "id",
            "quote",
        ];
        let word = |relation: Relation| match relation {
            Relation::Equal => "equal",
            Relation::Close => "close",
            Relation::Kind => "kind",
        };
        let amount = |amount: Option<Amount>| amount.map(|a| a.0.to_string()).unwrap_or_default();
        let kind = |reached: bool| if reached { "reached" } else { "planned" }.to_owned();
        let mut rows: Vec<Vec<String>> = vec![head.map(str::to_owned).to_vec()];
        for group in &self.groups {
            for line in &group.lines {
                let named = || {
                    let [group, subject, indicator] = [&group.lines[0].subject, &line.subject, &line.indicator].map(Clone::clone);
                    let [relation, of_indicator] = [line.relation, line.indicator_relation].map(|relation| word(relation).to_owned());
                    [group, subject, line.region.clone().unwrap_or_default(), relation, indicator, of_indicator]
                };
                let row = |stated: [String; 14]| named().into_iter().chain(stated).collect::<Vec<_>>();
                rows.extend(line.cells.iter().map(|cell| {
                    row([
                        cell.time.clone(),
                        kind(cell.reached),
                        "level".to_owned(),
                        amount(Some(cell.value)),
                        amount(cell.value_max),
                        self.unit.clone().unwrap_or_default(),
                        cell.bound.clone(),
                        amount(cell.growth),
                        cell.growth_from.clone().unwrap_or_default(),
                        cell.printed.clone(),
                        cell.doc.clone(),
                        cell.title.clone().unwrap_or_default(),
                        cell.id.clone(),
                        cell.quote.clone(),
                    ])
                }));
                rows.extend(line.rates.iter().map(|rate| {
                    row([
                        rate.time.clone(),
                        kind(rate.reached),
                        if rate.average { "yearly_growth" } else { "growth" }.to_owned(),
                        amount(Some(rate.value)),
                        amount(rate.value_max),
                        rate.unit.clone(),
                        rate.bound.clone(),
                        String::new(),
                        String::new(),
                        rate.said(),
                        rate.doc.clone(),
                        rate.title.clone().unwrap_or_default(),
                        rate.id.clone(),
                        rate.quote.clone(),
                    ])
                }));
            }
        }
        // Writing to memory cannot fail, and what is written is the UTF-8 that went in.
        for row in &rows {
            writer.write_record(row).expect("rows of one width are written to memory");
        }
        String::from_utf8(writer.into_inner().expect("memory is flushed")).expect("text went in")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn stated(kind: &str, subject: &str, value: i64, unit: &str, year: &str) -> Value {
        json!({
            "id": format!("d:{kind}:{subject}-{year}"), "type": kind, "doc": "d", "title": "某省规划", "subject": subject, "indicator": "主营业务收入",
            "value": value, "value_max": null, "unit": unit, "measure": "level", "direction": null, "bound": "exact",
            "period": {"from": null, "to": year}, "average": false, "quote": "…",
        })
    }

    #[test]
    fn equal_names_share_a_line_and_close_ones_stand_beside_it() {
        let records = [
            stated("target", "绿色食品产业", 2000, "亿元", "2011"),
            stated("target", "绿色食品产业", 3000, "亿元", "2013"),
            stated("target", "食品工业", 4500, "亿元", "2015"),
            stated("statistic", "食品产业", 2, "万亿元", "2010"),
            stated("target", "旅游业", 100, "亿元", "2015"),
        ];
        let table = compare(&records, "主营业务收入", None);
        assert_eq!((table.unit.as_deref(), table.groups.len(), table.left_out), (Some("亿元"), 2, 0));
        assert_eq!(table.times, ["2010", "2011", "2013", "2015"]);
        let food = &table.groups[0].lines;
        assert_eq!(food.len(), 2);
        assert_eq!((food[0].subject.as_str(), food[0].relation, food[0].names.len()), ("食品工业", Relation::Equal, 2));
        assert_eq!(food[0].cells[0].value.0, Decimal::from(20_000));
        assert!(food[0].cells[0].reached && !food[0].cells[1].reached);
        assert_eq!((food[1].subject.as_str(), food[1].relation), ("绿色食品产业", Relation::Close));
        // From 2000 to 3000 in two years: 22.5 % a year; nothing is counted from a close line.
        assert_eq!(food[1].cells[1].growth.map(|g| g.0.to_string()), Some("22.5".to_owned()));
        assert_eq!(food[1].cells[1].growth_from.as_deref(), Some("d:target:绿色食品产业-2011"));
        let csv = table.to_csv();
        assert_eq!(csv.lines().count(), 1 + 5);
        assert!(csv.contains("食品工业,绿色食品产业,,close"), "{csv}");
        assert_eq!(table.to_json()["groups"][0]["lines"][1]["relation"], "close");
    }

    #[test]
    fn regions_and_totals_of_tables_stand_apart() {
        let document = |doc: &str, region: &str| json!({"type": "document", "doc": doc, "region": region});
        let of = |doc: &str, subject: &str| {
            let mut record = stated("target", subject, 100, "亿元", "2015");
            record["doc"] = json!(doc);
            record
        };
        let records = [
            document("a", "甲省"),
            document("b", "乙省"),
            document("c", "乙省"),
            of("a", "食品工业"),
            of("b", "食品工业"),
            of("b", "合计"),
            of("c", "合计"),
        ];
        let table = compare(&records, "主营业务收入", None);
        let lines: Vec<(&str, Option<&str>)> =
            table.groups.iter().flat_map(|g| &g.lines).map(|l| (l.subject.as_str(), l.region.as_deref())).collect();
        assert_eq!(lines, [("食品工业", Some("甲省")), ("食品工业", Some("乙省")), ("合计", Some("乙省")), ("合计", Some("乙省"))]);
    }

    #[test]
    fn changes_stand_beside_one_another_over_regions() {
        let document = |doc: &str, region: &str| json!({"type": "document", "doc": doc, "region": region});
        let of = |doc: &str, subject: &str, value: i64, bound: &str, average: bool| {
            let mut record = stated("target", subject, value, "%", "2026");
            for (key, value) in [("doc", json!(doc)), ("measure", json!("growth")), ("direction", json!("up"))] {
                record[key] = value;
            }
            (record["bound"], record["average"]) = (json!(bound), json!(average));
            record
        };
        let mut fall = of("b", "唐山市", 3, "at_least", false);
        (fall["direction"], fall["type"]) = (json!("down"), json!("statistic"));
        let records = [
            document("a", "河北省"),
            document("b", "唐山市"),
            of("a", "全省", 5, "about", false),
            of("b", "全市", 8, "at_least", true),
            fall,
            of("b", "食品工业", 9, "exact", false),
        ];
        let table = compare(&records, "主营业务收入", None);
        let said: Vec<(String, Vec<String>)> =
            table.lines().map(|l| (l.label(table.has_several_regions()), l.rates.iter().map(Rate::said).collect())).collect();
        let row = |label: &str, said: &[&str]| (label.to_owned(), said.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>());
        assert_eq!(said, [row("河北省", &["约5%"]), row("唐山市", &["≤-3%", "年均≥8%"]), row("唐山市 食品工业", &["9%"])]);
        assert_eq!(table.groups.len(), 2, "the whole of a region beside the whole of another");
        assert_eq!((table.unit, table.times.len(), table.left_out), (None, 0, 0));
        assert_eq!(compare(&records, "主营业务收入", Some("唐山市")).lines().count(), 2, "a region is asked for as a subject is");
        assert!(compare(&records, "主营业务收入", Some("河北省")).to_csv().contains(",planned,growth,5,,%,about,,,约5%,a,"));
    }

    #[test]
    fn a_subject_picks_its_neighbours_and_strange_units_are_counted() {
        let records = [
            stated("target", "食品工业", 4500, "亿元", "2015"),
            stated("target", "旅游业", 100, "亿元", "2015"),
            stated("target", "旅游业", 7, "%", "2015"),
        ];
        let table = compare(&records, "主营业务收入", Some("食品"));
        assert_eq!(table.groups.len(), 1);
        assert_eq!(compare(&records, "主营业务收入", None).left_out, 1);
        assert_eq!(compare(&records, "利润", None).groups, []);
    }
}
