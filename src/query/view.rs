//! What does an answer look like to another program? The JSON of `search --json` and `who --json`, which the page's API gives too:
//! `{"query": "产业园区", "total": 31, "hits": […]}`; and what a record says in a line.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::ast::TYPES;
use super::explain::Matched;
use super::search::{Answer, Hit};
use crate::index::Stats;

/// What a search found.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct SearchView {
    /// The query as it was asked.
    pub query: String,
    /// How many records (or documents, when grouped) were found.
    pub total: usize,
    /// How long it took, in milliseconds.
    pub took_ms: u64,
    /// Those that were asked for, best first.
    pub hits: Vec<HitView>,
    /// By facet, its values and how many of the found records have each, the most first.
    pub facets: BTreeMap<String, Vec<(String, usize)>>,
    /// How the query was read, where that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub understood: Option<Understood>,
}

/// How a query was read.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Understood {
    /// The query in the query language.
    pub query: String,
    /// The rule that read a question, such as `who`; null for a search.
    pub rule: Option<&'static str>,
    /// Whether nothing held all that was asked, so that the hits hold only some of it.
    pub relaxed: bool,
}

/// A record that was found.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct HitView {
    /// The record's id.
    pub id: String,
    /// The record's type.
    #[serde(rename = "type")]
    pub kind: String,
    /// The document's id.
    pub doc: String,
    /// The document's title.
    pub title: Option<String>,
    /// The headings above it, outermost first.
    pub section: Vec<String>,
    /// How well it answers; comparable within one search.
    pub score: f32,
    /// The stretch of its text that shows the match.
    pub snippet: String,
    /// The matches in the snippet as [start, end), in code points.
    pub highlights: Vec<[usize; 2]>,
    /// First offset in the document's decoded text, in code points.
    pub start: u64,
    /// Offset after the last, in code points.
    pub end: u64,
    /// The whole record.
    pub record: Value,
    /// The documents that hold the same text, of which this one is shown.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also_in: Vec<String>,
    /// Which parts of the query stand in which fields, where that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub matched: Option<Vec<Matched>>,
}

impl SearchView {
    /// The view of an answer to `query`; with `explain` it says how the query was read.
    pub fn of(query: &str, answer: &Answer, explain: bool, took_ms: u64) -> Self {
        let understood = || Understood { query: answer.understood.to_string(), rule: answer.rule, relaxed: answer.hits.relaxed };
        SearchView {
            query: query.to_owned(),
            total: answer.hits.total,
            took_ms,
            hits: answer.hits.hits.iter().map(HitView::of).collect(),
            facets: answer.hits.facets.clone(),
            understood: explain.then(understood),
        }
    }
}

impl HitView {
    /// The view of a hit.
    pub fn of(hit: &Hit) -> Self {
        let r = &hit.record;
        HitView {
            id: text(&r["id"]),
            kind: text(&r["type"]),
            doc: text(&r["doc"]),
            title: r["title"].as_str().map(str::to_owned),
            section: texts(&r["section"]),
            score: hit.score,
            snippet: hit.snippet.text.clone(),
            highlights: hit.snippet.highlights.clone(),
            start: r["start"].as_u64().unwrap_or(0),
            end: r["end"].as_u64().unwrap_or(0),
            record: r.clone(),
            also_in: hit.also_in.clone(),
            matched: hit.matched.clone(),
        }
    }
}

/// Who does it.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct WhoView {
    /// The question, or the unit whose tasks were asked for.
    pub question: String,
    /// How many tasks were found.
    pub total: usize,
    /// The tasks: best first; a unit's those it leads and then those it supports, each by deadline.
    pub answers: Vec<TaskView>,
}

/// A task and who does it.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct TaskView {
    /// The record's id.
    pub id: String,
    /// What is to be done.
    pub task: String,
    /// Who leads, each with `name` and `canonical` as in the record.
    pub lead: Value,
    /// Who supports.
    pub support: Value,
    /// Until when, as in the record; null where it isn't said.
    pub deadline: Value,
    /// The document's id.
    pub doc: String,
    /// The document's title.
    pub title: Option<String>,
    /// The headings above it, outermost first.
    pub section: Vec<String>,
    /// The words that say so.
    pub quote: String,
    /// How well it answers; comparable within one search.
    pub score: f32,
}

impl WhoView {
    /// The view of the tasks found for `question`.
    pub fn of<'h>(question: &str, total: usize, hits: impl Iterator<Item = &'h Hit>) -> Self {
        WhoView { question: question.to_owned(), total, answers: hits.map(TaskView::of).collect() }
    }
}

impl TaskView {
    fn of(hit: &Hit) -> Self {
        let r = &hit.record;
        TaskView {
            id: text(&r["id"]),
            task: text(&r["task"]),
            lead: r["lead"].clone(),
            support: r["support"].clone(),
            deadline: r["deadline"].clone(),
            doc: text(&r["doc"]),
            title: r["title"].as_str().map(str::to_owned),
            section: texts(&r["section"]),
            quote: text(&r["quote"]),
            score: hit.score,
        }
    }
}

/// What is in an index.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct StatsView {
    /// Documents.
    pub documents: usize,
    /// Records by type, passages among them.
    pub records: BTreeMap<String, usize>,
    /// The first and the last day that a document was issued on.
    pub issued: Option<Issued>,
    /// Bytes on disk.
    pub bytes: u64,
    /// The version of the index's schema.
    pub schema: u32,
}

/// From when to when documents were issued.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Issued {
    /// The first day, ISO.
    pub first: String,
    /// The last day.
    pub last: String,
}

/// The view of an index's figures.
pub fn stats(stats: &Stats) -> StatsView {
    let day = |n: i64| format!("{:04}-{:02}-{:02}", n / 10_000, n / 100 % 100, n % 100);
    StatsView {
        documents: stats.documents,
        records: stats.records.clone(),
        issued: stats.issued.map(|(first, last)| Issued { first: day(first), last: day(last) }),
        bytes: stats.bytes,
        schema: stats.schema,
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or("").to_owned()
}

fn texts(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// The Chinese name of a type.
pub fn type_name(kind: &str) -> &str {
    TYPES.iter().find(|t| t.0 == kind).map_or(kind, |t| t.1)
}

/// The names of a list of units.
pub fn units(list: &Value) -> String {
    list.as_array().into_iter().flatten().filter_map(|u| u["name"].as_str()).collect::<Vec<_>>().join("、")
}

/// The deadline as printed.
pub fn deadline(record: &Value) -> Option<String> {
    record["deadline"]["text"].as_str().map(str::to_owned)
}

/// The value of a quantity with its unit as printed: `600亿元`, `10–15%`.
pub fn amount(record: &Value) -> String {
    let value = match &record["value_max"] {
        Value::Null => record["value"].to_string(),
        max => format!("{}–{max}", record["value"]),
    };
    format!("{value}{}", text(&record["unit"]))
}

/// When a record holds: `2011`, `到2013`, `2011–2015`, empty where that isn't known.
pub fn when(record: &Value) -> String {
    match (record["period"]["from"].as_str(), record["period"]["to"].as_str()) {
        (Some(from), Some(to)) if from == to => from.to_owned(),
        (None, Some(to)) => format!("到{to}"),
        (Some(from), Some(to)) => format!("{from}–{to}"),
        (Some(from), None) => format!("{from}起"),
        (None, None) => String::new(),
    }
}

/// What a record says, in a line.
pub fn said(record: &Value) -> Option<String> {
    match record["type"].as_str()? {
        "target" | "statistic" => {
            let (subject, indicator) = (text(&record["subject"]), text(&record["indicator"]));
            Some(format!("{} {subject} {indicator} {}", when(record), amount(record)).trim().to_owned())
        }
        "responsibility" => {
            let support = units(&record["support"]);
            let support = if support.is_empty() { support } else { format!("；配合 {support}") };
            let until = deadline(record).map(|d| format!("；{d}")).unwrap_or_default();
            Some(format!("{}：牵头 {}{support}{until}", text(&record["task"]), units(&record["lead"])))
        }
        _ => None,
    }
}
