//! `zhengce check`: does it add up? The audit of files, or of the index.

use super::corpus::{self, Item, Plan};
use super::output::{BOLD, FAINT, styled};
use super::{Context, Failure, Outcome, extract};
use crate::audit;
use crate::index::Index;
use crate::record::Record;
use serde_json::Value;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

/// What it is asked.
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  zhengce check seeds\n  zhengce check --json          over the index")]
pub struct Args {
    /// Files and folders; the index where none is named
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Print a finding a line as JSON
    #[arg(long)]
    json: bool,
}

/// The types of records that the audit reads and makes.
const AUDITED: &[&str] = &["document", "target", "statistic", "citation", "finding"];

/// Runs it.
pub fn run(context: &Context, args: &Args) -> Result<Outcome, Failure> {
    let (records, whole) =
        if args.paths.is_empty() { (Index::open(&context.index)?.records(AUDITED)?, true) } else { read(context, args)? };
    let mut findings: Vec<Value> = records.iter().filter(|r| r["type"] == "finding").cloned().collect();
    for finding in audit::across(&records) {
        findings.push(serde_json::to_value(finding)?);
    }
    let errors = findings.iter().filter(|f| f["severity"] == "error").count();
    let text: String = findings.iter().map(|f| if args.json { format!("{f}\n") } else { in_text(context, f) }).collect();
    extract::print(&text)?;
    if !args.json && !context.quiet {
        extract::print(&format!("{} findings, {errors} of them errors\n", findings.len()))?;
    }
    Ok(if errors > 0 || !whole { Outcome::Partly } else { Outcome::Done })
}

fn read(context: &Context, args: &Args) -> Result<(Vec<Value>, bool), Failure> {
    let mut all = Vec::new();
    let stop = AtomicBool::new(false);
    let wanted = |records: &[Record]| {
        let wanted = records.iter().filter(|r| AUDITED.contains(&r.kind));
        wanted.map(serde_json::to_value).collect::<Result<Vec<Value>, _>>()
    };
    let plan = Plan {
        paths: &args.paths,
        audited: true,
        skip: |_: &_| false,
        make: |_: &_, records: &[_]| wanted(records),
        ready: &|| true,
        stop: &stop,
    };
    let whole = corpus::each(context, &plan, |item| {
        if let Item::Read(_, records) = item {
            all.extend(records?);
        }
        Ok::<(), Failure>(())
    })?;
    Ok((all, whole))
}

fn in_text(context: &Context, finding: &Value) -> String {
    let text = |key: &str| finding[key].as_str().unwrap_or("");
    let severity = match text("severity") {
        "error" => "错误",
        "warning" => "存疑",
        _ => "提示",
    };
    let mut out =
        format!("{} {}  {}\n", styled(severity, BOLD, context.color), text("message"), styled(text("rule"), FAINT, context.color));
    for side in finding["evidence"].as_array().into_iter().flatten() {
        let quote: String = side["quote"].as_str().unwrap_or("").split_whitespace().collect::<Vec<_>>().join(" ");
        out.push_str(&format!(
            "   “{quote}”  {}\n",
            styled(&format!("{}:{}-{}", text("doc"), side["start"], side["end"]), FAINT, context.color)
        ));
    }
    if let Some(benign) = finding["benign"].as_str() {
        out.push_str(&format!("   可能的原因：{benign}\n"));
    }
    out
}
