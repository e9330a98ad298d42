//! What can be taken along? Exactly what a search found as JSON Lines, CSV or a workbook, and a unit's tasks as a calendar; written by the
//! exports that `zhengce export` uses.

use axum::body::Bytes;
use serde_json::Value;

use super::ask;
use super::generation::{Desk, Reply};
use super::params::{Asked, Kind, LONGEST, Param, may, must};
use super::problem::Problem;
use crate::export::{self, Format, Info};

/// How many records a download holds at most.
pub const MOST: usize = 10_000;

/// The parameters of a download of what a search finds.
pub const SEARCH: &[&[Param]] = &[&[ask::QUERY, must("format", Kind::One(&["jsonl", "csv", "xlsx"]), "How it is written")], ask::NARROW];

/// The parameters of a unit's calendar.
pub const CALENDAR: &[&[Param]] = &[&[may("unit", Kind::Text(LONGEST), "The unit, by any of its names; all units where it isn't said")]];

/// What a search found, in the search's order where the format has one.
pub fn found(desk: &Desk<'_>, asked: &Asked) -> Result<Reply, Problem> {
    let hits = ask::search(desk, asked, 0, MOST, false)?.hits.hits;
    let mut records: Vec<Value> = hits.into_iter().map(|hit| hit.record).collect();
    let name = |ending: &str| Some(format!("zhengce.{ending}"));
    match asked.text("format") {
        "csv" => Ok(Reply { media: "text/csv; charset=utf-8", body: Bytes::from(export::mixed(&records)), file: name("csv") }),
        "xlsx" => {
            records.sort_by(|a, b| a["doc"].as_str().cmp(&b["doc"].as_str()));
            let body = written(Format::Xlsx, "zhengce.xlsx", records)?;
            Ok(Reply { media: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", body, file: name("xlsx") })
        }
        _ => {
            let mut lines = String::new();
            for record in &records {
                lines += &record.to_string();
                lines.push('\n');
            }
            Ok(Reply { media: "application/x-ndjson", body: Bytes::from(lines), file: name("jsonl") })
        }
    }
}

/// A unit's tasks as a calendar to subscribe to.
pub fn calendar(desk: &Desk<'_>, asked: &Asked) -> Result<Reply, Problem> {
    let tasks = match asked.get("unit") {
        Some(unit) => {
            let tasks = desk.tasks_of(unit)?;
            tasks.leads.into_iter().chain(tasks.supports).map(|hit| hit.record).collect()
        }
        None => desk.tasks()?,
    };
    let documents = desk.documents()?;
    let mut records: Vec<Value> = Vec::with_capacity(tasks.len());
    let mut seen = std::collections::HashSet::new();
    for task in tasks {
        // The document says when it was issued and for which years it plans: a calendar counts from there.
        if let Some(document) = task["doc"].as_str().filter(|doc| seen.insert((*doc).to_owned())).and_then(|doc| documents.get(doc)) {
            records.push(document.clone());
        }
        records.push(task);
    }
    records.sort_by(|a, b| (a["doc"].as_str(), a["type"] != "document").cmp(&(b["doc"].as_str(), b["type"] != "document")));
    let body = written(Format::Ics, "全部.ics", records)?;
    Ok(Reply { media: "text/calendar; charset=utf-8", body, file: Some(format!("{}.ics", asked.get("unit").unwrap_or("全部"))) })
}

/// The one file of an export that is wanted.
fn written(format: Format, file: &str, records: Vec<Value>) -> Result<Bytes, Problem> {
    let io = |error: std::io::Error| Problem::new(500, format!("文件没有写成：{error}"), format!("the file could not be written: {error}"));
    let folder = tempfile::tempdir().map_err(io)?;
    export::write(format, folder.path(), records.into_iter(), &Info::default())?;
    std::fs::read(folder.path().join(file)).map(Bytes::from).map_err(io)
}
