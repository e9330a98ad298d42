//! `zhengce export`: the whole index for other tools.

use super::{Context, Failure, Outcome, extract};
use crate::export::{self, Info};
use crate::index::Index;
use clap::ValueEnum;
use std::path::PathBuf;

/// What it is asked.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  zhengce export -o out --format xlsx     a workbook\n  zhengce export -o out --format csv      a Frictionless data package\n  zhengce export -o out --format ics      calendars by agency"
)]
pub struct Args {
    /// The folder to write to
    #[arg(short, long, value_name = "DIR")]
    output: PathBuf,
    /// What to write
    #[arg(long, value_enum, default_value_t = Format::Jsonl)]
    format: Format,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// A file a type, with a manifest
    Jsonl,
    /// A Frictionless data package
    Csv,
    /// A workbook
    Xlsx,
    /// Calendars by agency
    Ics,
}

/// Runs it.
pub fn run(context: &Context, args: &Args) -> Result<Outcome, Failure> {
    let records = Index::open(&context.index)?.records()?;
    let format = match args.format {
        Format::Jsonl => export::Format::Jsonl,
        Format::Csv => export::Format::Csv,
        Format::Xlsx => export::Format::Xlsx,
        Format::Ics => export::Format::Ics,
    };
    let summary = export::write(format, &args.output, records.into_iter(), &Info::default())?;
    if !context.quiet {
        for (file, count) in &summary.files {
            eprintln!("{}: {count}", args.output.join(file).display());
        }
    }
    extract::print(&format!("{} documents, {} files in {}\n", summary.documents, summary.files.len(), args.output.display()))?;
    Ok(if summary.documents > 0 { Outcome::Done } else { Outcome::Partly })
}
