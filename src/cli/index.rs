//! `zhengce index`: reads, extracts, writes the index.

use super::corpus::{self, Item, Plan};
use super::output::table;
use super::{Context, Failure, Outcome, extract};
use crate::index::{Dictionary, Entries, Error, Resources, Writer};
use crate::record::Record;
use crate::source::Source;
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashSet};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

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

/// How often a long run writes down what it has, for the next to go on with.
const KEPT_EVERY: Duration = Duration::from_secs(60);

/// Runs it.
pub fn run(context: &Context, args: &Args) -> Result<Outcome, Failure> {
    let begun = Instant::now();
    let mut writer = open(context, args)?;
    // A second handler in one process (tests) is refused; the first goes on serving.
    let _ = ctrlc::set_handler(|| {
        if STOP.swap(true, Ordering::Relaxed) {
            std::process::exit(130); // a second ^C: nothing is lost but what this run has not kept
        }
        eprintln!("stopping, and keeping what is done; ^C once more to stop at once");
    });
    if writer.goes_on() && !context.quiet {
        eprintln!("note: going on where a run was stopped, with {} documents", writer.known().len());
    }
    let known = writer.known().clone();
    let segmenter = writer.segmenter();
    // Where all will be cut, what takes longest to make is begun before the first document is read.
    let made = known.is_empty().then(|| {
        let segmenter = segmenter.clone();
        std::thread::spawn(move || segmenter.make())
    });
    let mut report = Report::default();
    let mut seen: HashSet<String> = HashSet::new();
    let mut kept = Instant::now();
    let plan = Plan {
        paths: &args.paths,
        audited: true,
        skip: |source: &Source| known.get(&source.id).is_some_and(|sha| *sha == source.sha256),
        make: |source: &Source, records: &[Record]| (Entries::new(&source.id, records, &segmenter), Read::of(source, records)),
        ready: &|| made.as_ref().is_none_or(JoinHandle::is_finished),
        stop: &STOP,
    };
    let whole = corpus::each(context, &plan, |item| {
        match item {
            Item::Read(source, made) => {
                let (entries, read) = made;
                writer.put_entries(entries)?;
                report.add(&source, read);
                seen.insert(source.id);
            }
            Item::Skipped(source) => {
                report.skipped += 1;
                seen.insert(source.id);
            }
            Item::Failed(_) => report.failed += 1,
        }
        if kept.elapsed() > KEPT_EVERY {
            writer.keep()?;
            kept = Instant::now();
        }
        Ok::<(), Failure>(())
    })?;
    if STOP.load(Ordering::Relaxed) {
        writer.keep()?;
        let goes_on = if args.rebuild { "begin anew" } else { "go on from there" };
        return Err(Failure(format!(
            "stopped after {} documents; searches find the index as it was before\n  hint: run the same command again to {goes_on}",
            report.written + report.skipped
        )));
    }
    if args.prune && whole {
        let gone: Vec<String> = known.keys().filter(|doc| !seen.contains(*doc)).cloned().collect();
        report.removed = gone.len();
        for doc in &gone {
            writer.remove(doc)?;
        }
    }
    let documents = writer.commit()?;
    extract::print(&if args.json { report.json(documents, begun) } else { report.table(context, documents, begun) })?;
    Ok(if whole && documents > 0 { Outcome::Done } else { Outcome::Partly })
}

fn open(context: &Context, args: &Args) -> Result<Writer, Failure> {
    let anew = || Writer::rebuild(&context.index, Dictionary::of_lexicon(), Resources::default());
    if args.rebuild {
        return Ok(anew()?);
    }
    match Writer::open(&context.index, Dictionary::of_lexicon(), Resources::default()) {
        Err(Error::Stale { written, .. }) => {
            eprintln!("note: the index was written with {written}, which this program reads no more; it is written anew");
            Ok(anew()?)
        }
        opened => Ok(opened?),
    }
}

/// What the report says of a document.
struct Read {
    title: String,
    counts: BTreeMap<&'static str, usize>,
}

impl Read {
    fn of(source: &Source, records: &[Record]) -> Self {
        let mut counts = BTreeMap::new();
        for record in records {
            *counts.entry(record.kind).or_default() += 1;
        }
        let title = records.first().and_then(|r| r.title.as_deref()).unwrap_or(&source.id).to_owned();
        Self { title, counts }
    }
}

impl Report {
    fn add(&mut self, source: &Source, read: Read) {
        self.written += 1;
        self.bytes += source.text.len();
        for notice in &source.notices {
            *self.notices.entry(notice.kind().to_owned()).or_default() += 1;
        }
        if self.documents.len() < 40 {
            self.documents.push((source.id.clone(), read.title, read.counts));
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
