//! The documents below some paths, read and extracted on all cores, handed over in their order with bounded memory.

use super::Context;
use crate::audit;
use crate::record::{Document, Record};
use crate::source::{self, Ids, Source, SourceError};
use indicatif::{ProgressBar, ProgressStyle};
use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError, mpsc};

/// What a document came to.
pub enum Item {
    /// Read and extracted.
    Read(Box<Source>, Vec<Record>),
    /// Read, and left alone because the caller has it already.
    Skipped(Box<Source>),
    /// Not read.
    Failed(SourceError),
}

/// How many documents may wait to be handed over.
const WAITING: usize = 16;

/// Reads everything below `paths` (`-` is JSONL on standard input) and hands it over in order, with findings where `audited`; `skip` says which documents
/// need no extraction. Says what could not be found or read on standard error; true where all was read.
///
/// # Errors
/// What `hand` fails with, which ends the reading.
pub fn each<E>(
    context: &Context,
    paths: &[PathBuf],
    audited: bool,
    skip: impl Fn(&Source) -> bool + Sync,
    stop: &AtomicBool,
    mut hand: impl FnMut(Item) -> Result<(), E>,
) -> Result<bool, E> {
    let stdin = paths.iter().any(|p| p.as_os_str() == "-");
    let named: Vec<PathBuf> = paths.iter().filter(|p| p.as_os_str() != "-").cloned().collect();
    let found = source::find(&named);
    let mut whole = found.errors.is_empty();
    for error in &found.errors {
        complain(error);
    }
    if context.verbose {
        for path in &found.passed_over {
            eprintln!("note: {} is no document", path.display());
        }
    }
    let bar = progress(context, found.files.len() as u64);
    let files = found.files.into_iter();
    let from_stdin = stdin.then(|| source::read_jsonl(std::io::BufReader::new(std::io::stdin()), "-"));
    let sources = files
        .flat_map(|file| {
            bar.inc(1);
            source::read(&file)
        })
        .chain(from_stdin.into_iter().flatten());
    let queue = Mutex::new((sources.enumerate(), Ids::default()));
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    let result = std::thread::scope(|scope| {
        let (send, receive) = mpsc::sync_channel::<(usize, Item)>(WAITING);
        for _ in 0..threads {
            let (send, queue, skip) = (send.clone(), &queue, &skip);
            scope.spawn(move || {
                while let Some((at, item)) = next(queue, stop) {
                    let item = match item {
                        Err(error) => Item::Failed(error),
                        Ok(source) if skip(&source) => Item::Skipped(Box::new(source)),
                        Ok(source) => {
                            let records = read(&source, audited);
                            Item::Read(Box::new(source), records)
                        }
                    };
                    if send.send((at, item)).is_err() {
                        return;
                    }
                }
            });
        }
        drop(send);
        let mut early: BTreeMap<usize, Item> = BTreeMap::new();
        let mut due = 0;
        for (at, item) in receive {
            early.insert(at, item);
            while let Some(item) = early.remove(&due) {
                due += 1;
                match &item {
                    Item::Failed(error) => {
                        whole = false;
                        bar.suspend(|| complain(error));
                    }
                    Item::Read(source, _) | Item::Skipped(source) if context.verbose => {
                        for notice in &source.notices {
                            bar.suspend(|| eprintln!("note: {}: {notice}", source.path));
                        }
                    }
                    _ => {}
                }
                if let Err(error) = hand(item) {
                    stop.store(true, Ordering::Relaxed);
                    return Err(error);
                }
            }
        }
        Ok(())
    });
    bar.finish_and_clear();
    result.map(|()| whole)
}

/// The records of a source, and what the audit says of it.
fn read(source: &Source, audited: bool) -> Vec<Record> {
    let document = Document::read(source);
    let mut records = document.records();
    if audited {
        let findings = audit::check(&document, &records);
        records.extend(findings);
    }
    records
}

type Queue<I> = Mutex<(I, Ids)>;

/// The next document; reading is serial, so that ids are given in order.
fn next<I: Iterator<Item = (usize, Result<Source, SourceError>)>>(
    queue: &Queue<I>,
    stop: &AtomicBool,
) -> Option<(usize, Result<Source, SourceError>)> {
    if stop.load(Ordering::Relaxed) {
        return None;
    }
    let mut queue = queue.lock().unwrap_or_else(PoisonError::into_inner);
    let (at, read) = queue.0.next()?;
    let read = read.map(|mut source| {
        queue.1.claim(&mut source);
        source
    });
    Some((at, read))
}

/// An error in two lines: what happened, then what to do.
fn complain(error: &SourceError) {
    eprintln!("error: {error}\n  hint: {}", error.hint());
}

/// A bar on standard error, where that is a terminal.
fn progress(context: &Context, length: u64) -> ProgressBar {
    if context.quiet || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style =
        ProgressStyle::with_template("{bar:30} {pos}/{len} files  {per_sec}  {eta} left").unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(length).with_style(style)
}
