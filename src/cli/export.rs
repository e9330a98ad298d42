//! `zhengce export`: the whole index for other tools.

use super::{Context, Failure, Outcome, extract};
use crate::export::{self, Info};
use crate::index::{self, Index};
use crate::remote::{self, Cluster, Patience};
use clap::ValueEnum;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread;

/// How many documents are read before they are written.
const AHEAD: usize = 16;

/// What it is asked.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  zhengce export -o out --format xlsx     a workbook\n  zhengce export -o out --format csv      a Frictionless data package\n  zhengce export -o out --format ics      calendars by agency\n  zhengce export -o out --format bulk     bulk lines and configurations for Quickwit, OpenSearch, Elasticsearch\n  zhengce export --to http://localhost:9200/zhengce                     load them into OpenSearch or Elasticsearch\n  zhengce export --to http://localhost:7280/api/v1/_elastic/zhengce     or into Quickwit"
)]
pub struct Args {
    /// The folder to write to
    #[arg(short, long, value_name = "DIR", required_unless_present = "to")]
    output: Option<PathBuf>,
    /// What to write
    #[arg(long, value_enum, default_value_t = Format::Jsonl)]
    format: Format,
    /// Load the records into the index of a cluster instead
    #[arg(long, value_name = "URL", conflicts_with = "output")]
    to: Option<String>,
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
    /// Bulk lines for Quickwit, OpenSearch and Elasticsearch
    Bulk,
}

/// Runs it.
pub fn run(context: &Context, args: &Args) -> Result<Outcome, Failure> {
    let index = Index::open(&context.index)?;
    if let Some(url) = &args.to {
        return load(context, &index, url);
    }
    let output = args.output.as_deref().unwrap_or(Path::new("."));
    let format = match args.format {
        Format::Jsonl => export::Format::Jsonl,
        Format::Csv => export::Format::Csv,
        Format::Xlsx => export::Format::Xlsx,
        Format::Ics => export::Format::Ics,
        Format::Bulk => {
            let (documents, records) = export::bulk::write(output, &index.dictionary().full(), index.each_document(&[])?)?;
            extract::print(&format!("{documents} documents, {records} records in {}\n", output.join("records.ndjson").display()))?;
            return Ok(if documents > 0 { Outcome::Done } else { Outcome::Partly });
        }
    };
    let index = &index;
    let (summary, read) = thread::scope(|scope| {
        let (ahead, documents) = mpsc::sync_channel(AHEAD);
        let reader = scope.spawn(move || read_ahead(index, format, &ahead));
        let summary = export::write(format, output, documents.into_iter().flatten(), &Info::default());
        (summary, reader.join().expect("reading does not panic"))
    });
    read?;
    let summary = summary?;
    if !context.quiet {
        for (file, count) in &summary.files {
            eprintln!("{}: {count}", output.join(file).display());
        }
    }
    extract::print(&format!("{} documents, {} files in {}\n", summary.documents, summary.files.len(), output.display()))?;
    Ok(if summary.documents > 0 { Outcome::Done } else { Outcome::Partly })
}

/// Reads the documents while those before them are written.
fn read_ahead(index: &Index, format: export::Format, ahead: &mpsc::SyncSender<Vec<Value>>) -> Result<(), index::Error> {
    for document in index.each_document(format.types())? {
        if ahead.send(document?).is_err() {
            break; // Writing has failed, which it says itself.
        }
    }
    Ok(())
}

fn load(context: &Context, index: &Index, url: &str) -> Result<Outcome, Failure> {
    let cluster = Cluster::at(url, Patience::default())?;
    let loaded = remote::load(&cluster, &index.dictionary().full(), index.each_document(&[])?)?;
    if loaded.again > 0 && !context.quiet {
        eprintln!("note: {} records were refused for now and sent again", loaded.again);
    }
    extract::print(&format!("{} documents, {} records in {url}\n", loaded.documents, loaded.records))?;
    Ok(if loaded.documents > 0 { Outcome::Done } else { Outcome::Partly })
}
