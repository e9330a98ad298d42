//! `zhengce stats`: what is in the index.

use super::output::table;
use super::{Context, Failure, Outcome, extract};
use crate::index::Index;
use crate::query::view::type_name;
use serde_json::json;

/// What it is asked.
#[derive(clap::Args)]
#[command(after_help = "Example:\n  zhengce stats --json")]
pub struct Args {
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// Runs it.
pub fn run(context: &Context, args: &Args) -> Result<Outcome, Failure> {
    let stats = Index::open(&context.index)?.stats()?;
    let day = |n: i64| format!("{:04}-{:02}-{:02}", n / 10000, n / 100 % 100, n % 100);
    let issued = stats.issued.map(|(first, last)| (day(first), day(last)));
    if args.json {
        let dates = issued.map(|(first, last)| json!({"first": first, "last": last}));
        extract::print(&format!(
            "{}\n",
            json!({"documents": stats.documents, "records": stats.records, "issued": dates, "bytes": stats.bytes, "schema": stats.schema})
        ))?;
        return Ok(Outcome::Done);
    }
    let rows: Vec<Vec<String>> =
        stats.records.iter().map(|(kind, count)| vec![format!("{} {kind}", type_name(kind)), count.to_string()]).collect();
    let dates = issued.map(|(first, last)| format!("issued {first} to {last}\n")).unwrap_or_default();
    extract::print(&format!(
        "{} documents in {}\n{dates}{:.1} MB on disk, schema {}\n\n{}",
        stats.documents,
        context.index.display(),
        stats.bytes as f64 / 1e6,
        stats.schema,
        table(&["类型", "条数"], &rows, context.color)
    ))?;
    Ok(Outcome::Done)
}
