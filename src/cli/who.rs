//! `zhengce who`: who leads a task, with whom, until when.

use super::output::{BOLD, FAINT, styled, table};
use super::{Context, Failure, Outcome, extract};
use crate::index::Index;
use crate::query::view::{WhoView, deadline, document_of, shares_lead, units};
use crate::query::{Hit, Hits, LexiconNames, Options, Searcher, UnitTasks};
use crate::remote::{Cluster, Patience, Remote};
use serde_json::Value;

/// What it is asked.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  zhengce who 谁负责招商引资\n  zhengce who 产业园区\n  zhengce who --unit 省发改委        all that a unit leads and supports, by deadline"
)]
pub struct Args {
    /// A task, or a question about one
    #[arg(required_unless_present = "unit", value_name = "QUESTION")]
    question: Vec<String>,
    /// All tasks of a unit, by any of its names
    #[arg(long, value_name = "UNIT")]
    unit: Option<String>,
    /// How many answers [default: 10; with --unit all]
    #[arg(long)]
    limit: Option<usize>,
    /// Ask the index of a cluster, which `zhengce export --to` filled
    #[arg(long, value_name = "URL")]
    remote: Option<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// Runs it.
pub fn run(context: &Context, args: &Args) -> Result<Outcome, Failure> {
    let options = Options { limit: args.limit.unwrap_or(10), ..Options::default() };
    let question = args.question.join(" ");
    if let Some(url) = &args.remote {
        let remote = Remote::open(Cluster::at(url, Patience::default())?)?;
        return match &args.unit {
            Some(unit) => show_tasks(context, args, unit, &remote.tasks_of(unit)?),
            None => show_answers(context, args, &question, &remote.who(&question, &options)?),
        };
    }
    let index = Index::open(&context.index)?;
    let names = LexiconNames::of(&index)?;
    let searcher = Searcher::new(&index, &names);
    match &args.unit {
        Some(unit) => show_tasks(context, args, unit, &searcher.tasks_of(unit)?),
        None => show_answers(context, args, &question, &searcher.who(&question, &options)?),
    }
}

fn show_tasks(context: &Context, args: &Args, unit: &str, tasks: &UnitTasks) -> Result<Outcome, Failure> {
    let total = tasks.leads.len() + tasks.supports.len();
    let limit = args.limit.unwrap_or(usize::MAX);
    let text = if args.json {
        in_json(unit, total, tasks.leads.iter().chain(&tasks.supports).take(limit))?
    } else {
        let namesakes =
            if tasks.namesakes.is_empty() { String::new() } else { format!("同名部门：{}\n\n", tasks.namesakes.join("、")) };
        let supported = limit.saturating_sub(tasks.leads.len());
        format!("{namesakes}{}{}", part(context, "牵头", &tasks.leads, limit), part(context, "配合", &tasks.supports, supported))
    };
    finish(&text, unit, total, args.json)
}

fn show_answers(context: &Context, args: &Args, question: &str, hits: &Hits) -> Result<Outcome, Failure> {
    let text = if args.json {
        in_json(question, hits.total, hits.hits.iter())?
    } else {
        let some = if hits.relaxed && !hits.hits.is_empty() {
            styled("nothing holds all of it; these hold some\n", FAINT, context.color)
        } else {
            String::new()
        };
        format!("{some}{}", answers(context, &hits.hits))
    };
    finish(&text, question, hits.total, args.json)
}

fn finish(text: &str, asked: &str, total: usize, json: bool) -> Result<Outcome, Failure> {
    extract::print(text)?;
    if total == 0 && !json {
        eprintln!("nobody is named for {asked}");
    }
    Ok(if total == 0 { Outcome::Partly } else { Outcome::Done })
}

fn in_json<'h>(question: &str, total: usize, hits: impl Iterator<Item = &'h Hit>) -> Result<String, Failure> {
    Ok(format!("{}\n", serde_json::to_string(&WhoView::of(question, total, hits))?))
}

fn part(context: &Context, name: &str, hits: &[Hit], limit: usize) -> String {
    if hits.is_empty() {
        return String::new();
    }
    let shown = &hits[..limit.min(hits.len())];
    format!("{}\n{}\n", styled(&format!("{name} {} 项", hits.len()), BOLD, context.color), answers(context, shown))
}

/// Task, lead, support, deadline, source: a row an answer.
fn answers(context: &Context, hits: &[Hit]) -> String {
    let text = |value: &Value| value.as_str().unwrap_or("").to_owned();
    let rows: Vec<Vec<String>> = hits
        .iter()
        .map(|hit| {
            let r = &hit.record;
            let number = r["number"].as_str().map(|n| format!("{n}. ")).unwrap_or_default();
            vec![
                format!("{number}{}", text(&r["task"])),
                format!("{}{}", units(&r["lead"]), if shares_lead(r) { "（未分牵头）" } else { "" }),
                units(&r["support"]),
                deadline(r).unwrap_or_default(),
                source(context, r),
            ]
        })
        .collect();
    if rows.is_empty() {
        String::new()
    } else {
        table(&["任务", "牵头单位", "配合单位", "完成时间", "出处"], &rows, context.color)
    }
}

/// Where an answer stands: the document and the heading above; with `-v` the id, which `show` takes.
fn source(context: &Context, r: &Value) -> String {
    if context.verbose {
        return r["id"].as_str().unwrap_or("").to_owned();
    }
    let heading = r["section"].as_array().and_then(|path| path.last()).and_then(Value::as_str).unwrap_or("");
    let document = document_of(r);
    if document.ends_with('》') { format!("{document}{heading}") } else { format!("{document} {heading}") }
}
