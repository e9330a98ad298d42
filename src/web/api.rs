//! What do programs ask? The commands' `--json` over HTTP: `/api/search?q=产业园区` is `zhengce search 产业园区 --json`.

use std::time::Instant;

use axum::body::Bytes;
use serde::Serialize;
use serde_json::{Value, json};

use super::ask;
use super::files;
use super::generation::{Desk, Reply};
use super::http::{Endpoint, Form};
use super::params::{Asked, Kind, LONGEST, may, must};
use super::problem::Problem;
use crate::export;
use crate::query::view::{SearchView, WhoView};
use crate::query::{Expr, Field, Options};
use crate::record::schema;

/// The calls of the API.
pub const CALLS: &[Endpoint] = &[
    Endpoint {
        path: "/api/search",
        about: "Passages and records: `zhengce search --json`",
        params: &[
            &[ask::QUERY],
            ask::NARROW,
            &[
                may("limit", Kind::Number(0, 100), "How many hits; 10 where it isn't said"),
                may("offset", Kind::Number(0, 100_000), "How many to leave out before them"),
                may("facets", Kind::Flag, "Count the found records by type, year, region, industry, lead and document"),
                may("explain", Kind::Flag, "Say how the query was understood"),
            ],
        ],
        form: Form::Data,
        run: search,
    },
    Endpoint {
        path: "/api/who",
        about: "Who leads a task, with whom, until when: `zhengce who --json`. One of `q` and `unit` must be there",
        params: &[&[
            may("q", Kind::Text(LONGEST), "A task, or a question about one"),
            may("unit", Kind::Text(60), "All tasks of a unit, by any of its names"),
            may("limit", Kind::Number(0, 100), "How many answers to a question; 10 where it isn't said"),
        ]],
        form: Form::Data,
        run: who,
    },
    Endpoint {
        path: "/api/show/",
        about: "A record, passage or document by its id: `zhengce show --json`",
        params: &[],
        form: Form::Data,
        run: show,
    },
    Endpoint {
        path: "/api/compare",
        about: "One indicator over subjects, years and documents: `zhengce compare --json`",
        params: &[&[
            must("indicator", Kind::Text(60), "The indicator, such as 主营业务收入"),
            may("subject", Kind::Text(60), "Only subjects with this name, or close to it"),
        ]],
        form: Form::Data,
        run: compare,
    },
    Endpoint {
        path: "/api/findings",
        about: "Does it add up? What the audit says: `zhengce check --json`, a page at a time",
        params: &[&[
            may("severity", Kind::One(&["error", "warning", "info"]), "Only findings of this severity"),
            may("doc", Kind::Text(300), "Only findings of this document"),
            may("limit", Kind::Number(0, 100), "How many findings; 50 where it isn't said"),
            may("offset", Kind::Number(0, 100_000), "How many to leave out before them"),
        ]],
        form: Form::Data,
        run: findings,
    },
    Endpoint { path: "/api/stats", about: "What is in the index: `zhengce stats --json`", params: &[], form: Form::Data, run: stats },
    Endpoint {
        path: "/api/schema",
        about: "The JSON Schema (2020-12) of the records of a type: `zhengce schema TYPE`",
        params: &[&[must("type", Kind::One(schema::TYPES), "The type")]],
        form: Form::Data,
        run: schema_of,
    },
    Endpoint {
        path: "/download",
        about: "Exactly what a search finds, as a file; 10,000 records at most",
        params: files::SEARCH,
        form: Form::Data,
        run: files::found,
    },
    Endpoint {
        path: "/who.ics",
        about: "A unit's tasks as a calendar to subscribe to",
        params: files::CALENDAR,
        form: Form::Data,
        run: files::calendar,
    },
];

fn sent(answer: &impl Serialize) -> Result<Reply, Problem> {
    Ok(Reply { media: "application/json", body: Bytes::from(serde_json::to_vec(answer)?), file: None })
}

fn search(desk: &Desk<'_>, asked: &Asked) -> Result<Reply, Problem> {
    let begun = Instant::now();
    let answer = ask::search(desk, asked, asked.number("offset", 0), asked.number("limit", 10), asked.flag("facets"))?;
    sent(&SearchView::of(asked.text("q"), &answer, asked.flag("explain"), begun.elapsed().as_millis() as u64))
}

fn who(desk: &Desk<'_>, asked: &Asked) -> Result<Reply, Problem> {
    match (asked.get("q"), asked.get("unit")) {
        (None, Some(unit)) => {
            let tasks = desk.tasks_of(unit)?;
            let total = tasks.leads.len() + tasks.supports.len();
            sent(&WhoView::of(unit, total, tasks.leads.iter().chain(&tasks.supports)))
        }
        (Some(question), None) => {
            let hits = desk.who(question, &Options { limit: asked.number("limit", 10), ..Options::default() })?;
            sent(&WhoView::of(question, hits.total, hits.hits.iter()))
        }
        _ => Err(Problem::unreadable("请给出 q（问题）或 unit（单位名称）之一", "say `q`, a question, or `unit`, the name of a unit")),
    }
}

fn show(desk: &Desk<'_>, asked: &Asked) -> Result<Reply, Problem> {
    let id = asked.tail.as_str();
    let record = match desk.record(id)? {
        Some(record) => Some(record),
        None => desk.documents()?.get(id).cloned(),
    };
    sent(&record.ok_or_else(|| {
        Problem::not_found(
            "库中没有这个编号的记录；检索结果会给出编号",
            "there is no record of this id; searches give the ids of what they find",
        )
    })?)
}

fn compare(desk: &Desk<'_>, asked: &Asked) -> Result<Reply, Problem> {
    sent(&compared(desk, asked.text("indicator"), asked.get("subject"))?)
}

/// What the documents say of an indicator.
pub fn compared(desk: &Desk<'_>, indicator: &str, subject: Option<&str>) -> Result<export::Table, Problem> {
    Ok(export::compare(desk.stated()?, indicator, subject))
}

fn findings(desk: &Desk<'_>, asked: &Asked) -> Result<Reply, Problem> {
    let wanted = |finding: &&Value| {
        asked.get("severity").is_none_or(|severity| finding["severity"] == severity)
            && asked.get("doc").is_none_or(|doc| finding["doc"] == doc)
    };
    let all: Vec<&Value> = desk.findings()?.iter().filter(wanted).collect();
    let shown: Vec<&&Value> = all.iter().skip(asked.number("offset", 0)).take(asked.number("limit", 50)).collect();
    sent(&json!({"total": all.len(), "findings": shown}))
}

fn stats(desk: &Desk<'_>, _: &Asked) -> Result<Reply, Problem> {
    sent(&crate::query::view::stats(&desk.stats()?))
}

fn schema_of(_: &Desk<'_>, asked: &Asked) -> Result<Reply, Problem> {
    sent(&schema::schema_of(asked.text("type")))
}

/// All records of these types.
pub fn of_types(kinds: &[&str]) -> Expr {
    Expr::Any(kinds.iter().map(|kind| Expr::Field(Field::Type, (*kind).to_owned())).collect())
}
