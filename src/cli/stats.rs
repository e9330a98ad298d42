//! `zhengce stats`: what is in the index.

use super::output::table;
use super::{Context, Failure, Outcome, extract};
use crate::index::Index;
use crate::query::view::{self, type_name};

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
    let stats = view::stats(&Index::open(&context.index)?.stats()?);
    if args.json {
        extract::print(&format!("{}\n", serde_json::to_string(&stats)?))?;
        return Ok(Outcome::Done);
    }
    let rows: Vec<Vec<String>> =
        stats.records.iter().map(|(kind, count)| vec![format!("{} {kind}", type_name(kind)), count.to_string()]).collect();
    let dates = stats.issued.map(|issued| format!("issued {} to {}\n", issued.first, issued.last)).unwrap_or_default();
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
