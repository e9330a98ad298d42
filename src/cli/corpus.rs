//! The documents below some paths, read and extracted on all cores, handed over in their order with bounded memory.

use super::Context;
use crate::audit;
use crate::record::{Document, Record};
use crate::source::{self, Format, Found, Ids, Source, SourceError};
use indicatif::{ProgressBar, ProgressStyle};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, IsTerminal};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, PoisonError, mpsc};

/// What a document came to.
pub enum Item<T> {
    /// Read and extracted; what was made of its records.
    Read(Box<Source>, T),
    /// Read, and left alone because the caller has it already.
    Skipped(Box<Source>),
    /// Not read.
    Failed(SourceError),
}

/// What to do with the documents.
pub struct Plan<'a, S, M> {
    /// Files and folders; `-` is JSONL on standard input.
    pub paths: &'a [PathBuf],
    /// Whether the audit's findings come with the records.
    pub audited: bool,
    /// Which documents need no extraction.
    pub skip: S,
    /// What is made of a document's records, on the thread that extracted them.
    pub make: M,
    /// Whether `make` can go on at once: as long as it can't, the next documents are extracted meanwhile.
    pub ready: &'a (dyn Fn() -> bool + Sync),
    /// Ends the reading once it is set.
    pub stop: &'a AtomicBool,
}

/// How many documents may be on their way between reading and handing over, for each thread.
const WAITING: usize = 8;

/// Reads everything as planned and hands it over in order. Says what could not be found or read on standard error; true
/// where all was read.
///
/// # Errors
/// What `hand` fails with, which ends the reading.
pub fn each<T: Send, E>(
    context: &Context,
    plan: &Plan<'_, impl Fn(&Source) -> bool + Sync, impl Fn(&Source, &[Record]) -> T + Sync>,
    mut hand: impl FnMut(Item<T>) -> Result<(), E>,
) -> Result<bool, E> {
    let stdin = plan.paths.iter().any(|p| p.as_os_str() == "-");
    let named: Vec<PathBuf> = plan.paths.iter().filter(|p| p.as_os_str() != "-").cloned().collect();
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
    let bar = progress(context, &found.files, stdin);
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    let queue = Queue::new(found.files, stdin, threads * WAITING);
    let result = std::thread::scope(|scope| {
        let (send, receive) = mpsc::channel::<(usize, Item<T>)>();
        for _ in 0..threads {
            let (send, queue, bar) = (send.clone(), &queue, &bar);
            scope.spawn(move || {
                // Nobody receives what is sent where handing over has failed; the queue ends then.
                let send = |at, item| drop(send.send((at, item)));
                let mut extracted: Vec<(usize, Source, Vec<Record>)> = Vec::new();
                let mut done = false;
                while !done {
                    let holds_back = match queue.next(plan.stop, extracted.is_empty()) {
                        Next::Task(at, task) => {
                            match task.read(bar) {
                                Err(error) => send(at, Item::Failed(error)),
                                Ok(source) if (plan.skip)(&source) => send(at, Item::Skipped(Box::new(source))),
                                Ok(source) => {
                                    let records = records(&source, plan.audited);
                                    extracted.push((at, source, records));
                                }
                            }
                            !(plan.ready)()
                        }
                        Next::Full => false,
                        Next::Done => {
                            done = true;
                            false
                        }
                    };
                    if holds_back {
                        continue;
                    }
                    for (at, source, records) in extracted.drain(..) {
                        let made = (plan.make)(&source, &records);
                        send(at, Item::Read(Box::new(source), made));
                    }
                }
            });
        }
        drop(send);
        let mut early: BTreeMap<usize, Item<T>> = BTreeMap::new();
        let mut due = 0;
        for (at, item) in receive {
            early.insert(at, item);
            while let Some(item) = early.remove(&due) {
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
                let handed = hand(item);
                due += 1;
                queue.handed_over(due);
                if let Err(error) = handed {
                    plan.stop.store(true, Ordering::Relaxed);
                    queue.handed_over(usize::MAX);
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
fn records(source: &Source, audited: bool) -> Vec<Record> {
    let document = Document::read(source);
    let mut records = document.records();
    if audited {
        let findings = audit::check(&document, &records);
        records.extend(findings);
    }
    records
}

/// The documents still to be read. Threads take them in order, and none is taken too far ahead of what has been handed
/// over: one long document must not make all that follow it pile up in memory.
struct Queue {
    state: Mutex<State>,
    handed_over: Mutex<usize>,
    moved: Condvar,
    ahead: usize,
}

struct State {
    files: std::vec::IntoIter<Found>,
    lines: Option<Box<dyn Iterator<Item = Result<Source, SourceError>> + Send>>,
    stdin: bool,
    ids: Ids,
    taken: usize,
}

/// What a thread does next.
enum Next {
    /// The document of this place.
    Task(usize, Task),
    /// Nothing, before more is handed over.
    Full,
    /// Nothing more.
    Done,
}

/// A document to be read: a file of its own, which each thread reads for itself, or one of a stream, which has to be read
/// in order.
enum Task {
    File(Box<Found>),
    Read(Box<Result<Source, SourceError>>),
}

impl Queue {
    fn new(files: Vec<Found>, stdin: bool, ahead: usize) -> Self {
        let mut ids = Ids::default();
        for file in files.iter().filter(|file| file.format != Format::Jsonl) {
            ids.take(&file.id);
        }
        let state = State { files: files.into_iter(), lines: None, stdin, ids, taken: 0 };
        Self { state: Mutex::new(state), handed_over: Mutex::new(0), moved: Condvar::new(), ahead }
    }

    fn handed_over(&self, count: usize) {
        *self.handed_over.lock().unwrap_or_else(PoisonError::into_inner) = count;
        self.moved.notify_all();
    }

    /// The next document. Where too much is on its way it waits; says so instead unless `waits`, for what the caller holds back may be
    /// what all wait for.
    fn next(&self, stop: &AtomicBool, waits: bool) -> Next {
        loop {
            let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
            let handed_over = self.handed_over.lock().unwrap_or_else(PoisonError::into_inner);
            if state.taken >= handed_over.saturating_add(self.ahead) {
                if !waits {
                    return Next::Full;
                }
                // Whoever holds back what all wait for must come by meanwhile.
                drop(state);
                drop(self.moved.wait(handed_over));
                continue;
            }
            drop(handed_over);
            if stop.load(Ordering::Relaxed) {
                return Next::Done;
            }
            let Some(task) = state.next() else { return Next::Done };
            state.taken += 1;
            return Next::Task(state.taken - 1, task);
        }
    }
}

impl State {
    fn next(&mut self) -> Option<Task> {
        loop {
            if let Some(read) = self.lines.as_mut().and_then(Iterator::next) {
                let read = read.map(|mut source| {
                    self.ids.claim(&mut source);
                    source
                });
                return Some(Task::Read(Box::new(read)));
            }
            self.lines = match self.files.next() {
                Some(file) if file.format == Format::Jsonl => Some(Box::new(source::read(&file))),
                Some(file) => return Some(Task::File(Box::new(file))),
                None if std::mem::take(&mut self.stdin) => Some(Box::new(from_stdin())),
                None => return None,
            };
        }
    }
}

impl Task {
    fn read(self, bar: &ProgressBar) -> Result<Source, SourceError> {
        match self {
            Task::Read(read) => {
                bar.inc(read.as_ref().as_ref().map_or(0, |source| source.text.len() as u64));
                *read
            }
            Task::File(file) => {
                let read = source::read_one(&file);
                bar.inc(size(&file));
                read
            }
        }
    }
}

fn from_stdin() -> impl Iterator<Item = Result<Source, SourceError>> + Send {
    let input: Box<dyn BufRead + Send> = Box::new(BufReader::with_capacity(1 << 16, std::io::stdin()));
    source::read_jsonl(input, "-")
}

/// An error in two lines: what happened, then what to do.
fn complain(error: &SourceError) {
    eprintln!("error: {error}\n  hint: {}", error.hint());
}

fn size(file: &Found) -> u64 {
    // A file that can't be looked at counts for nothing here; reading it says why.
    std::fs::metadata(&file.path).map_or(0, |metadata| metadata.len())
}

/// A bar on standard error, where that is a terminal: how much is read, how fast, and how long the rest takes.
fn progress(context: &Context, files: &[Found], stdin: bool) -> ProgressBar {
    if context.quiet || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let plain = |_| ProgressStyle::default_bar();
    if stdin {
        let style = ProgressStyle::with_template("{spinner} {decimal_bytes} read  {decimal_bytes_per_sec}").unwrap_or_else(plain);
        return ProgressBar::new_spinner().with_style(style);
    }
    let template = "{bar:30} {decimal_bytes}/{decimal_total_bytes}  {decimal_bytes_per_sec}  {eta} left";
    let style = ProgressStyle::with_template(template).unwrap_or_else(plain);
    ProgressBar::new(files.iter().map(size).sum()).with_style(style)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_is_handed_over_in_order_while_what_is_made_has_to_wait() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let name = |at: usize| format!("{at:03}");
        for at in 0..10 * WAITING {
            // Every third is no text.
            let text = if at % 3 == 1 { "" } else { "加强领导，落实责任。" };
            std::fs::write(folder.path().join(name(at) + ".txt"), text).expect("room");
        }
        let context = Context { index: folder.path().to_owned(), quiet: true, verbose: false, color: false };
        let stop = AtomicBool::new(false);
        for is_ready in [false, true] {
            let plan = Plan {
                paths: &[folder.path().to_owned()],
                audited: false,
                skip: |source: &Source| source.id.ends_with('2'),
                make: |source: &Source, _: &[Record]| source.id.clone(),
                ready: &|| is_ready,
                stop: &stop,
            };
            let mut handed = Vec::new();
            let whole = each(&context, &plan, |item| {
                handed.push(match item {
                    Item::Read(source, made) if source.id == made => made,
                    Item::Skipped(source) if source.id.ends_with('2') => source.id,
                    Item::Read(..) | Item::Skipped(_) => return Err("it was taken for another"),
                    Item::Failed(_) => name(handed.len()),
                });
                Ok(())
            });
            assert_eq!(whole, Ok(false));
            assert_eq!(handed, (0..10 * WAITING).map(name).collect::<Vec<_>>());
        }
    }
}
