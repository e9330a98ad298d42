//! How much of what a careful reader finds does the program find? Precision and recall by type, with floors.
//!
//! `tests/gold/README.md` says how gold is written; the rules of comparison are those of the project's `score`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

use crate::support::{here, records, shared, text};

/// What a type must reach: its F1, and the share of right values of its fields among the records found.
struct Floor {
    kind: &'static str,
    f1: f64,
    fields: &'static [(&'static str, f64)],
    /// For the fields that are not named.
    others: f64,
}

const fn whole(kind: &'static str, f1: f64, others: f64) -> Floor {
    Floor { kind, f1, fields: &[], others }
}

const SEEDS: &[Floor] = &[
    whole("document", 1.0, 1.0),
    whole("section", 1.0, 1.0),
    whole("responsibility", 1.0, 1.0),
    whole("park", 1.0, 1.0),
    whole("measure", 1.0, 1.0),
    whole("citation", 1.0, 1.0),
    whole("project", 1.0, 1.0),
    whole("target", 1.0, 1.0),
    Floor { kind: "statistic", f1: 1.0, fields: &[("subject", 0.97)], others: 1.0 },
    whole("focus", 1.0, 1.0),
];

const CORPUS: &[Floor] = &[
    whole("document", 1.0, 1.0),
    whole("section", 1.0, 1.0),
    whole("citation", 1.0, 1.0),
    whole("responsibility", 1.0, 1.0),
    Floor { kind: "target", f1: 1.0, fields: &[("subject", 0.95)], others: 1.0 },
    whole("statistic", 1.0, 1.0),
    whole("project", 1.0, 1.0),
    whole("park", 1.0, 1.0),
];

#[test]
fn the_seeds_are_read_as_a_careful_reader_reads_them() {
    hold("seeds", &here("seeds"), &here("tests/gold"), SEEDS);
}

#[test]
fn documents_of_other_places_and_years_are_read_nearly_as_well() {
    if let Some(corpus) = shared("corpus") {
        hold("corpus", &corpus, &corpus.join("gold"), CORPUS);
    }
}

/// Prints the table of a folder's documents, and fails naming each figure below its floor.
fn hold(name: &str, texts: &Path, gold: &Path, floors: &[Floor]) {
    let mut total: BTreeMap<String, Row> = BTreeMap::new();
    let mut remarks = Vec::new();
    for found in zhengce::source::find(&[texts.to_path_buf()]).files {
        let path = gold.join(format!("{}.jsonl", found.id));
        if !path.is_file() {
            continue;
        }
        for source in zhengce::source::read(&found) {
            let source = source.unwrap_or_else(|error| panic!("{error}"));
            score(&read_gold(&path), &records(&source), &mut total, &mut remarks);
        }
    }
    assert!(!total.is_empty(), "no text of {} has gold in {}", texts.display(), gold.display());
    println!("== {name}");
    for (kind, row) in &total {
        println!("{kind:15} {row}");
    }
    let low: Vec<String> = floors.iter().flat_map(|floor| floor.missed_by(total.get(floor.kind))).collect();
    assert!(low.is_empty(), "{name}: below the floor\n  {}\n{}", low.join("\n  "), remarks.join("\n"));
}

impl Floor {
    fn missed_by(&self, row: Option<&Row>) -> Vec<String> {
        let Some(row) = row else { return vec![format!("{}: gold has none", self.kind)] };
        let fields = row.fields.iter().map(|(field, (right, all))| {
            let floor = self.fields.iter().find(|(name, _)| name == field).map_or(self.others, |(_, floor)| *floor);
            (field.as_str(), ratio(*right, *all), floor)
        });
        [("F1", row.f1(), self.f1)]
            .into_iter()
            .chain(fields)
            .filter(|(_, reached, floor)| *reached < floor - 1e-9)
            .map(|(what, reached, floor)| format!("{} {what} {reached:.3} < {floor:.3}", self.kind))
            .collect()
    }
}

/// The counts of one type.
#[derive(Default)]
struct Row {
    right: usize,
    missed: usize,
    spurious: usize,
    /// For each scored field how many are right, of how many.
    fields: BTreeMap<String, (usize, usize)>,
}

impl Row {
    fn precision(&self) -> f64 {
        ratio(self.right, self.right + self.spurious)
    }

    fn recall(&self) -> f64 {
        ratio(self.right, self.right + self.missed)
    }

    fn f1(&self) -> f64 {
        let (precision, recall) = (self.precision(), self.recall());
        if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 }
    }
}

impl std::fmt::Display for Row {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "gold {:4} missed {:3} spurious {:3}  P {:.3} R {:.3} F1 {:.3}  ",
            self.right + self.missed,
            self.missed,
            self.spurious,
            self.precision(),
            self.recall(),
            self.f1()
        )?;
        self.fields.iter().try_for_each(|(field, (right, all))| write!(f, " {field} {right}/{all}"))
    }
}

#[allow(clippy::cast_precision_loss)] // counts of records are small
fn ratio(part: usize, all: usize) -> f64 {
    if all == 0 { 1.0 } else { part as f64 / all as f64 }
}

fn read_gold(path: &Path) -> Vec<Value> {
    let written = fs::read_to_string(path).unwrap_or_else(|cause| panic!("{}: {cause}", path.display()));
    let lines = written.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines.map(|(k, line)| serde_json::from_str(line).unwrap_or_else(|cause| panic!("{}:{}: {cause}", path.display(), k + 1))).collect()
}

/// Adds one document's counts to the totals, and a remark for each record missed, spurious or off.
fn score(gold: &[Value], predicted: &[Value], total: &mut BTreeMap<String, Row>, remarks: &mut Vec<String>) {
    let annotated = gold.iter().filter(|g| text(g, "type") == "annotated").flat_map(|g| g["types"].as_array().into_iter().flatten());
    let mut kinds: BTreeSet<&str> = annotated.filter_map(Value::as_str).collect();
    kinds.extend(gold.iter().map(|g| text(g, "type")));
    kinds.remove("annotated");
    for kind in kinds {
        let gold: Vec<&Value> = gold.iter().filter(|g| text(g, "type") == kind).collect();
        let predicted: Vec<&Value> = predicted.iter().filter(|p| text(p, "type") == kind).collect();
        let Pairing { pairs, missed, spurious } = pair(kind, &gold, &predicted);
        let row = total.entry(kind.to_owned()).or_default();
        row.missed += missed.len();
        row.spurious += spurious.len();
        for (g, p) in pairs.iter().filter(|(g, _)| !optional(g)) {
            row.right += 1;
            for field in fields(g) {
                let right = same_field(field, &g[field], &p[field]);
                let count = row.fields.entry(field.to_owned()).or_default();
                count.0 += usize::from(right);
                count.1 += 1;
                if !right {
                    remarks.push(format!("off      {} {field}: gold {}, predicted {}", p["id"], g[field], p[field]));
                }
            }
        }
        remarks.extend(missed.iter().map(|g| format!("missed   {g}")));
        remarks.extend(spurious.iter().map(|p| format!("spurious {} «{}»", p["id"], text(p, "quote"))));
    }
}

struct Pairing<'a> {
    pairs: Vec<(&'a Value, &'a Value)>,
    missed: Vec<&'a Value>,
    spurious: Vec<&'a Value>,
}

/// Which prediction is which record of gold: near it, with the same key, the one with most fields right first.
fn pair<'a>(kind: &str, gold: &[&'a Value], predicted: &[&'a Value]) -> Pairing<'a> {
    if kind == "document" {
        let pairs: Vec<_> = gold.iter().copied().zip(predicted.iter().copied()).take(1).collect();
        return Pairing { missed: gold.iter().skip(predicted.len()).copied().collect(), pairs, spurious: Vec::new() };
    }
    let mut free: Vec<&Value> = predicted.to_vec();
    let (mut pairs, mut missed) = (Vec::new(), Vec::new());
    let (soft, hard): (Vec<&Value>, Vec<&Value>) = gold.iter().copied().partition(|g| optional(g));
    for g in hard.into_iter().chain(soft.iter().copied()) {
        let fits = free.iter().enumerate().filter(|(_, p)| near(g, p) && same_key(kind, g, p));
        let rights = |p: &Value| fields(g).iter().filter(|field| same_field(field, &g[**field], &p[**field])).count();
        // Of equals the first.
        match fits.max_by_key(|(k, p)| (rights(p), usize::MAX - k)).map(|(k, _)| k) {
            Some(best) => pairs.push((g, free.remove(best))),
            None if !optional(g) => missed.push(g),
            None => {}
        }
    }
    free.retain(|p| !soft.iter().any(|g| near(g, p)));
    Pairing { pairs, missed, spurious: free }
}

fn optional(gold: &Value) -> bool {
    gold["optional"] == Value::Bool(true)
}

fn near(gold: &Value, predicted: &Value) -> bool {
    let at = |value: &Value, field: &str| value[field].as_u64();
    let (Some(start), Some(end)) = (at(predicted, "start"), at(predicted, "end")) else { return false };
    match (at(gold, "at"), at(gold, "start"), at(gold, "end")) {
        (Some(at), ..) => start <= at && at < end,
        (None, Some(from), Some(to)) => from < end && start < to,
        _ => true,
    }
}

fn same_key(kind: &str, gold: &Value, predicted: &Value) -> bool {
    let alike = |field: &str| same(&gold[field], &predicted[field]);
    match kind {
        "target" | "statistic" => alike("value") && alike("unit") && alike("value_max"),
        "project" | "park" | "focus" | "measure" => alike("name"),
        "responsibility" => gold.get("task").is_none() || alike("task"),
        "citation" => alike(if text(gold, "name").is_empty() { "number" } else { "name" }),
        "section" => alike("heading"),
        _ => true,
    }
}

/// The fields that are scored of a record of gold.
fn fields(gold: &Value) -> Vec<&str> {
    const KEYS: &[&str] = &["type", "at", "start", "end", "optional", "note", "value", "value_max", "unit", "doc", "id"];
    let key = match text(gold, "type") {
        "project" | "park" | "focus" | "measure" => "name",
        "responsibility" => "task",
        _ => "",
    };
    let named = gold.as_object().into_iter().flat_map(|object| object.keys());
    named.map(String::as_str).filter(|field| !KEYS.contains(field) && *field != key).collect()
}

fn same_field(field: &str, gold: &Value, predicted: &Value) -> bool {
    if !matches!(field, "lead" | "support" | "addressees" | "attachments") {
        return same(gold, predicted);
    }
    match gold.as_array().map(Vec::as_slice) {
        // Several readings count as right.
        Some(readings @ [Value::Array(_), ..]) => readings.iter().any(|reading| names(reading) == names(predicted)),
        _ => names(gold) == names(predicted),
    }
}

fn names(units: &Value) -> Vec<Option<String>> {
    let units = units.as_array().into_iter().flatten();
    let mut names: Vec<_> = units.map(|unit| fold(if unit.is_object() { &unit["name"] } else { unit })).collect();
    names.sort();
    names
}

fn same(gold: &Value, predicted: &Value) -> bool {
    match (gold, predicted) {
        (Value::Array(readings), _) if readings.is_empty() => match predicted {
            Value::Null => true,
            Value::Array(items) => items.is_empty(),
            Value::String(text) => text.is_empty(),
            _ => false,
        },
        (Value::Array(readings), _) if !readings[0].is_object() => readings.iter().any(|reading| same(reading, predicted)),
        (Value::Bool(_), _) | (_, Value::Bool(_)) => truth(gold) == truth(predicted),
        (Value::Number(number), _) => match (number.as_f64(), float(predicted)) {
            (Some(gold), Some(predicted)) => (predicted - gold).abs() <= 1e-9 * gold.abs().max(1.0),
            _ => false,
        },
        (Value::Object(object), _) => object.iter().all(|(key, value)| same(value, &predicted[key])),
        _ => fold(gold) == fold(predicted),
    }
}

fn truth(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(value) => *value,
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Object(object) => !object.is_empty(),
    }
}

fn float(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// For comparison only: width, case, brackets, spaces and the quotation marks' style don't matter.
fn fold(value: &Value) -> Option<String> {
    let text = match value {
        Value::Null => return None,
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let plain: String = text.nfkc().collect::<String>().to_lowercase();
    let plain: String = plain
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '“' | '”' | '"' | '\'' | '‘' | '’' | '「' | '」'))
        .map(|c| match c {
            '•' => '·',
            '－' | '—' => '-',
            c => c,
        })
        .collect();
    Some(plain.trim_end_matches(['。', ';', '；', ':', '：', ',', '，']).to_owned())
}

#[test]
fn comparison_forgives_print_and_nothing_else() {
    use serde_json::json;
    assert!(same(&json!("加快ＬＥＤ（一期）。"), &json!("加快LED(一期)")));
    assert!(same(&json!(["甲", null]), &Value::Null));
    assert!(same(&json!({"from": "2011"}), &json!({"from": "2011", "to": null})));
    assert!(same(&json!(1.5), &json!("1.50")) && same(&json!(1.5), &json!(1.5)));
    for (gold, predicted) in [(json!("甲"), json!("乙")), (json!(1), json!(2)), (json!("甲"), Value::Null), (json!(true), Value::Null)] {
        assert!(!same(&gold, &predicted), "{gold} {predicted}");
    }
}

#[test]
fn what_is_missed_and_what_is_spurious_counts() {
    use serde_json::json;
    let gold = [
        json!({"type": "target", "at": 5, "value": 3, "unit": "%", "bound": "exact"}),
        json!({"type": "target", "at": 25, "value": 4, "unit": "%"}),
        json!({"type": "target", "at": 45, "value": 9, "unit": "%", "optional": true}),
    ];
    let target = |start: u64, value: u64, bound: &str| json!({"type": "target", "id": "x", "start": start, "end": start + 10, "value": value, "value_max": null, "unit": "%", "bound": bound});
    let predicted = [target(0, 3, "about"), target(20, 5, "exact"), target(40, 8, "exact")];
    let (mut total, mut remarks) = (BTreeMap::new(), Vec::new());
    score(&gold, &predicted, &mut total, &mut remarks);
    let row = &total["target"];
    assert_eq!((row.right, row.missed, row.spurious), (1, 1, 1));
    assert_eq!(row.fields["bound"], (0, 1));
    assert_eq!(remarks.len(), 3);
}
