//! What does an answer look like to another program? The JSON of `search --json` and `who --json`, which the page's API gives too:
//! `{"query": "产业园区", "total": 31, "hits": […]}`; and what a record says in a line.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::ast::TYPES;
use super::explain::Matched;
use super::search::{Answer, Hit};
use crate::index::{Stats, fold_name};

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
    /// Whose the document is and of which year, where its title doesn't tell: `云溪市，2031年` of a 政府工作报告.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub whose: Option<String>,
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
            whose: hit.whose.clone(),
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
    /// Where the lead is known from: `explicit`, `convention`, or `shared` where the units are named without a lead.
    pub basis: Value,
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
            basis: r["basis"].clone(),
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

/// The document that a record stands in: `《产业规划》`, by its name where it has no title.
pub fn document_of(record: &Value) -> String {
    let title = record["title"].as_str().map(|title| format!("《{title}》"));
    title.unwrap_or_else(|| record["doc"].as_str().unwrap_or("").to_owned())
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

/// What a figure says, with what it does and how firmly it binds: `增长5%以上`, `年均下降3%`, `超过500件`, `282亿元`.
pub fn stated(record: &Value) -> String {
    let text = |key: &str| record[key].as_str().unwrap_or("");
    // `GDP增速`, `拉动GDP增长`: the indicator is the change itself.
    let is_change = ["增长", "增速", "增长率", "增幅", "下降", "降低", "降幅"].iter().any(|word| text("indicator").ends_with(word));
    let verb = match (text("measure"), text("direction")) {
        _ if is_change => "",
        ("growth", "down") => "下降",
        ("growth", _) => "增长",
        ("increment", "down") => "减少",
        ("increment", _) => "增加",
        _ => "",
    };
    let (before, after) = match text("bound") {
        "at_least" => ("", "以上"),
        "over" => ("超过", ""),
        "at_most" => ("", "以内"),
        "under" => ("低于", ""),
        "about" => ("", "左右"),
        _ => ("", ""),
    };
    let yearly = if record["average"] == true { "年均" } else { "" };
    format!("{yearly}{verb}{before}{}{after}", amount(record))
}

/// Whether a duty names several units and none of them as its lead: `（责任单位：A、B）`.
pub fn shares_lead(record: &Value) -> bool {
    record["basis"] == "shared" && record["lead"].as_array().is_some_and(|units| units.len() > 1)
}

/// What a record says, in a line.
pub fn said(record: &Value) -> Option<String> {
    match record["type"].as_str()? {
        "target" | "statistic" => {
            let (subject, indicator) = (text(&record["subject"]), text(&record["indicator"]));
            Some(format!("{} {subject} {indicator} {}", when(record), stated(record)).trim().to_owned())
        }
        "responsibility" => {
            let support = units(&record["support"]);
            let support = if support.is_empty() { support } else { format!("；配合 {support}") };
            let until = deadline(record).map(|d| format!("；{d}")).unwrap_or_default();
            let role = if shares_lead(record) { "责任单位" } else { "牵头" };
            Some(format!("{}：{role} {}{support}{until}", text(&record["task"]), units(&record["lead"])))
        }
        // A list that shares its ending prints only `石桥` of the 石桥抽水蓄能电站.
        "project" | "park" | "focus" => {
            record["name"].as_str().filter(|name| fold_name(name) != fold_name(&text(&record["quote"]))).map(str::to_owned)
        }
        "document" => {
            let when = when(record);
            let known = ["number", "issuer", "issued"].iter().filter_map(|key| record[*key].as_str());
            let known: Vec<&str> = known.chain(Some(when.as_str()).filter(|when| !when.is_empty())).collect();
            (!known.is_empty()).then(|| known.join(" · "))
        }
        _ => None,
    }
}

/// Whose a document is and of which year, as far as its title doesn't tell: `云溪市，2031年` of a 政府工作报告. `names` are those of its
/// region.
pub fn whose(document: &Value, names: &[String]) -> Option<String> {
    let title = document["title"].as_str().unwrap_or("");
    let region =
        document["region"].as_str().filter(|region| !title.contains(region) && !names.iter().any(|name| title.contains(name.as_str())));
    let digits = title.chars().collect::<Vec<_>>();
    let dated = digits.windows(4).any(|four| four.iter().all(char::is_ascii_digit));
    let day = document["issued"].as_str().or(document["period"]["from"].as_str()).filter(|_| !dated);
    let year = day.and_then(|day| day.get(..4)).map(|year| format!("{year}年"));
    let parts: Vec<&str> = region.into_iter().chain(year.as_deref()).collect();
    region.is_some().then(|| parts.join("，"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_figure_says_what_it_does_and_how_firmly() {
        let figure = |measure: &str, direction: &str, bound: &str, average: bool, indicator: &str| {
            stated(&json!({"measure": measure, "direction": direction, "bound": bound, "average": average, "indicator": indicator,
                "value": 5, "value_max": null, "unit": "%"}))
        };
        assert_eq!(figure("growth", "up", "at_least", false, "产值"), "增长5%以上");
        assert_eq!(figure("growth", "down", "about", true, "能耗"), "年均下降5%左右");
        assert_eq!(figure("growth", "up", "about", false, "产值增速"), "5%左右");
        assert_eq!(figure("increment", "up", "over", false, "产量"), "增加超过5%");
        assert_eq!(figure("level", "", "at_most", false, "失业率"), "5%以内");
        assert_eq!(figure("level", "", "exact", false, "产值"), "5%");
    }

    #[test]
    fn a_record_says_what_its_words_leave_out() {
        let project = json!({"type": "project", "name": "鹿门抽水蓄能电站", "quote": "鹿门"});
        assert_eq!(said(&project).as_deref(), Some("鹿门抽水蓄能电站"));
        assert_eq!(said(&json!({"type": "project", "name": "鹿门电站", "quote": "鹿门电站"})), None);
        let document = json!({"type": "document", "number": "云政发〔2031〕7号", "issuer": "云溪市人民政府", "issued": "2031-02-03",
            "period": {"from": "2031", "to": "2035"}});
        assert_eq!(said(&document).as_deref(), Some("云政发〔2031〕7号 · 云溪市人民政府 · 2031-02-03 · 2031–2035"));
    }

    #[test]
    fn a_title_that_many_documents_have_is_told_apart() {
        let document = |title: &str| json!({"title": title, "region": "云溪市", "issued": "2031-02-03"});
        let names = ["云溪".to_owned()];
        assert_eq!(whose(&document("政府工作报告"), &names).as_deref(), Some("云溪市，2031年"));
        assert_eq!(whose(&document("2031年政府工作报告"), &names).as_deref(), Some("云溪市"));
        assert_eq!(whose(&document("云溪渔具产业规划"), &names), None);
    }
}
