//! `zhengce extract`: records to standard output, without an index.

use super::corpus::{self, Item, Plan};
use super::output::{Output, hung_up};
use super::{Context, Failure, Outcome};
use crate::query;
use crate::record::{Record, schema};
use clap::ValueEnum;
use serde_json::Value;
use std::io::Write;
use std::path::PathBuf;
use std::sync::OnceLock;
use std::sync::atomic::AtomicBool;

/// What it is asked.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  zhengce extract seeds --type target,statistic\n  zhengce extract seeds --text | head\n  cat documents.jsonl | zhengce extract - > records.jsonl"
)]
pub struct Args {
    /// Files and folders; `-` reads documents from standard input, one JSON object a line
    #[arg(default_value = "seeds", value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// How to write records
    #[arg(long, value_enum, default_value_t = Format::Jsonl)]
    format: Format,
    /// Only these types, parted by commas: target,statistic,project …
    #[arg(long = "type", value_delimiter = ',', value_name = "TYPE")]
    types: Vec<String>,
    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Print the decoded text that offsets count in
    #[arg(long)]
    text: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum, PartialEq, Eq)]
enum Format {
    /// A record a line
    Jsonl,
    /// One array
    Json,
    /// A table with a column a field
    Csv,
}

/// Runs it.
pub fn run(context: &Context, args: &Args) -> Result<Outcome, Failure> {
    let types = args.types.iter().map(|t| type_named(t)).collect::<Result<Vec<_>, _>>()?;
    let mut sink: Box<dyn Write> = match &args.output {
        Some(path) => Box::new(std::io::BufWriter::new(std::fs::File::create(path).map_err(|e| {
            format!("cannot write {}: {e}\n  hint: name a file in a folder that exists and may be written", path.display())
        })?)),
        None => Box::new(std::io::BufWriter::with_capacity(1 << 16, std::io::stdout().lock())),
    };
    let mut writer = Writer::new(args.format, &mut sink);
    let stop = AtomicBool::new(false);
    let wanted = |records: &[Record]| -> Result<Vec<Vec<u8>>, Failure> {
        let wanted = records.iter().filter(|r| types.is_empty() || types.contains(&r.kind));
        wanted.map(|record| written(record, args.format)).collect()
    };
    let plan = Plan {
        paths: &args.paths,
        audited: false,
        skip: |_: &_| args.text,
        make: |_: &_, records: &[_]| wanted(records),
        ready: &|| true,
        stop: &stop,
    };
    let streams = args.paths.iter().any(|path| path.as_os_str() == "-");
    let whole = corpus::each(context, &plan, |item| {
        match item {
            Item::Read(_, records) => records?.iter().try_for_each(|record| writer.write(record))?,
            Item::Skipped(source) => writer.put(source.text.as_bytes())?,
            Item::Failed(_) => {}
        }
        // Who writes documents into a pipe waits for their records.
        if streams { writer.flush() } else { Ok(()) }
    })?;
    if !args.text {
        writer.finish()?;
    }
    sink.flush().map_err(|e| hung_up(&e))?;
    Ok(if whole { Outcome::Done } else { Outcome::Partly })
}

/// A type by its English or Chinese name.
pub fn type_named(name: &str) -> Result<&'static str, String> {
    query::type_named(name.trim()).ok_or_else(|| {
        format!(
            "there is no record type `{name}`\n  hint: the types are {}",
            query::TYPES.iter().map(|t| t.0).collect::<Vec<_>>().join(", ")
        )
    })
}

struct Writer<'w> {
    format: Format,
    sink: &'w mut dyn Write,
    count: usize,
}

/// The columns of CSV, from the schemas: what all records have, then each type's own fields in the order of the contract.
fn columns() -> &'static [String] {
    static COLUMNS: OnceLock<Vec<String>> = OnceLock::new();
    COLUMNS.get_or_init(|| {
        let mut columns: Vec<String> = Vec::new();
        for (kind, schema) in schema::all() {
            let fields = schema["properties"].as_object().into_iter().flatten().map(|(name, _)| name);
            // Findings come from `check`.
            for name in fields.filter(|_| kind != "finding") {
                if !columns.contains(name) {
                    columns.push(name.clone());
                }
            }
        }
        columns
    })
}

/// A record as it is written, without what stands between records.
fn written(record: &Record, format: Format) -> Result<Vec<u8>, Failure> {
    if format != Format::Csv {
        return Ok(serde_json::to_vec(record)?);
    }
    let value = serde_json::to_value(record)?;
    row(columns().iter().map(|column| cell(&value[column.as_str()])))
}

fn row(cells: impl IntoIterator<Item: AsRef<[u8]>>) -> Result<Vec<u8>, Failure> {
    let mut out = csv::WriterBuilder::new().from_writer(Vec::new());
    out.write_record(cells)?;
    Ok(out.into_inner().map_err(|e| e.to_string())?)
}

impl<'w> Writer<'w> {
    fn new(format: Format, sink: &'w mut dyn Write) -> Self {
        Writer { format, sink, count: 0 }
    }

    fn write(&mut self, record: &[u8]) -> Result<(), Failure> {
        let first = self.count == 0;
        self.count += 1;
        match self.format {
            Format::Jsonl => {
                self.put(record)?;
                self.put(b"\n")
            }
            Format::Json => {
                self.put(if first { b"[\n" } else { b",\n" })?;
                self.put(record)
            }
            Format::Csv => {
                if first {
                    self.put(&row(columns())?)?;
                }
                self.put(record)
            }
        }
    }

    fn put(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        self.sink.write_all(bytes).map_err(|e| hung_up(&e))
    }

    fn flush(&mut self) -> Result<(), Failure> {
        self.sink.flush().map_err(|e| hung_up(&e))
    }

    fn finish(&mut self) -> Result<(), Failure> {
        match self.format {
            Format::Json if self.count == 0 => self.put(b"[]\n"),
            Format::Json => self.put(b"\n]\n"),
            _ => Ok(()),
        }
    }
}

/// A field as a cell: texts and numbers as they are, lists and objects as JSON, null empty.
fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Prints bytes to standard output, for commands that print one text.
pub fn print(text: &str) -> Result<(), Failure> {
    let mut out = Output::new();
    out.bytes(text.as_bytes())?;
    out.finish()
}
