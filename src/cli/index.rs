//! `zhengce index`: reads, extracts, writes the index.

use super::corpus::{self, Item};
use super::output::table;
use super::{Context, Failure, Outcome, extract};
use crate::index::{Resources, Writer};
use crate::lexicon::{agency, place};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

/// What it is asked.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  zhengce index                  read seeds/\n  zhengce index 文件/ more.jsonl   read folders and files; what is unchanged is skipped\n  zhengce index 文件/ --prune      and take out what is no longer there"
)]
pub struct Args {
    /// Files and folders
    #[arg(default_value = "seeds", value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Take out documents that are no longer there
    #[arg(long)]
    prune: bool,
    /// Write the index anew, whatever it holds
    #[arg(long)]
    rebuild: bool,
    /// Print one JSON object instead of a table
    #[arg(long)]
    json: bool,
}

#[derive(Default)]
struct Report {
    written: usize,
    skipped: usize,
    removed: usize,
    failed: usize,
    documents: Vec<(String, String, BTreeMap<&'static str, usize>)>,
    notices: BTreeMap<String, usize>,
    bytes: usize,
}

/// Set by the first ^C.
static STOP: AtomicBool = AtomicBool::new(false);

/// Runs it.
pub fn run(context: &Context, args: &Args) -> Result<Outcome, Failure> {
    let begun = Instant::now();
    let mut writer = open(context, args)?;
    // A second handler in one process (tests) is refused; the first goes on serving.
    let _ = ctrlc::set_handler(|| STOP.store(true, Ordering::Relaxed));
    let known = if args.rebuild { BTreeMap::new() } else { writer.known().clone() };
    let mut report = Report::default();
    let mut seen: Vec<String> = Vec::new();
    let whole = corpus::each(
        context,
        &args.paths,
        true,
        |source| known.get(&source.id).is_some_and(|sha| *sha == source.sha256),
        &STOP,
        |item| {
            match item {
                Item::Read(source, records) => {
                    let values = records.iter().map(serde_json::to_value).collect::<Result<Vec<Value>, _>>()?;
                    writer.put(&source.id, &values)?;
                    report.add(&source, &records);
                    seen.push(source.id);
                }
                Item::Skipped(source) => {
                    report.skipped += 1;
                    seen.push(source.id);
                }
                Item::Failed(_) => report.failed += 1,
            }
            Ok::<(), Failure>(())
        },
    )?;
    if STOP.load(Ordering::Relaxed) {
        return Err(Failure("stopped; the index is as it was before\n  hint: run the same command again to go on".to_owned()));
    }
    if args.prune && whole {
        let gone: Vec<String> = known.keys().filter(|doc| !seen.contains(doc)).cloned().collect();
        report.removed = gone.len();
        for doc in &gone {
            writer.remove(doc);
        }
    }
    let documents = writer.commit()?;
    extract::print(&if args.json { report.json(documents, begun) } else { report.table(context, documents, begun) })?;
    Ok(if whole && documents > 0 { Outcome::Done } else { Outcome::Partly })
}

fn open(context: &Context, args: &Args) -> Result<Writer, Failure> {
    let words: Vec<&str> = agency::names()
        .filter(|n| n.chars().count() > 1)
        .chain(place::all().iter().flat_map(|p| [p.name, p.short]).filter(|n| n.chars().count() > 1))
        .collect();
    let open = if args.rebuild { Writer::rebuild } else { Writer::open };
    Ok(open(&context.index, words, Resources::default())?)
}

impl Report {
    fn add(&mut self, source: &crate::source::Source, records: &[crate::record::Record]) {
        self.written += 1;
        self.bytes += source.text.len();
        for notice in &source.notices {
            *self.notices.entry(notice.kind().to_owned()).or_default() += 1;
        }
        if self.documents.len() < 40 {
            let mut counts = BTreeMap::new();
            for record in records {
                *counts.entry(record.kind).or_default() += 1;
            }
            let title = records.first().and_then(|r| r.title.clone()).unwrap_or_else(|| source.id.clone());
            self.documents.push((source.id.clone(), title, counts));
        }
    }

    fn json(&self, documents: usize, begun: Instant) -> String {
        let read: Vec<Value> =
            self.documents.iter().map(|(doc, title, counts)| json!({"doc": doc, "title": title, "records": counts})).collect();
        let report = json!({
            "documents": documents, "written": self.written, "skipped": self.skipped, "removed": self.removed, "failed": self.failed,
            "read": read, "notices": self.notices, "took_ms": begun.elapsed().as_millis() as u64,
        });
        format!("{report}\n")
    }

    fn table(&self, context: &Context, documents: usize, begun: Instant) -> String {
        const SHOWN: &[(&str, &str)] = &[
            ("passage", "段落"),
            ("section", "章节"),
            ("target", "目标"),
            ("statistic", "统计"),
            ("project", "项目"),
            ("park", "园区"),
            ("focus", "重点"),
            ("responsibility", "责任"),
            ("measure", "措施"),
            ("citation", "引用"),
            ("finding", "疑点"),
        ];
        let mut out = String::new();
        if !self.documents.is_empty() {
            let head: Vec<&str> = std::iter::once("文档").chain(SHOWN.iter().map(|(_, name)| *name)).collect();
            let rows: Vec<Vec<String>> = self
                .documents
                .iter()
                .map(|(_, title, counts)| {
                    std::iter::once(title.clone())
                        .chain(SHOWN.iter().map(|(kind, _)| counts.get(kind).copied().unwrap_or(0).to_string()))
                        .collect()
                })
                .collect();
            out.push_str(&table(&head, &rows, context.color));
            if self.written > self.documents.len() {
                out.push_str(&format!("… and {} documents more\n", self.written - self.documents.len()));
            }
            out.push('\n');
        }
        let seconds = begun.elapsed().as_secs_f64();
        out.push_str(&format!(
            "{documents} documents in {}: {} written, {} unchanged, {} removed, {} not read ({:.1} MB of text in {seconds:.1} s)\n",
            context.index.display(),
            self.written,
            self.skipped,
            self.removed,
            self.failed,
            self.bytes as f64 / 1e6
        ));
        for (kind, count) in &self.notices {
            out.push_str(&format!("note: {kind}: {count} (say -v to see them)\n"));
        }
        if !context.quiet {
            out.push_str("\ntry: zhengce who 谁负责招商引资    zhengce search '类型:目标 年份:2013 生物'    zhengce stats\n");
        }
        out
    }
}
