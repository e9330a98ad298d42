//! Who answers? A few threads that share one state of the index, its names and its ranking tables, for as long as that state is the
//! current one. A request is a piece of work given to them: `generation.ask(|desk| desk.searcher.search("园区", &options))`.
//!
//! The threads are few, so that no crowd of requests takes more of the machine than it has; what waits is bounded, and what nobody waits
//! for any more is dropped.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use axum::body::Bytes;
use serde_json::Value;
use tokio::sync::oneshot;

use super::problem::Problem;
use crate::index::{self, Index};
use crate::query::{Expr, Field, LexiconNames, Options, Searcher};

/// How many pieces of work may wait.
const WAITING: usize = 256;
/// How many bytes of answers are kept.
const KEPT: usize = 48 << 20;
/// How many bytes the largest answer has that is kept.
const LARGEST: usize = 1 << 20;

type Work = Box<dyn FnOnce(&Desk<'_>) + Send>;

/// One state of the index and those who answer from it.
pub struct Generation {
    index: Arc<Index>,
    work: SyncSender<Work>,
    stamp: String,
    answers: Mutex<Answers>,
}

/// What an answer is made from.
pub struct Desk<'g> {
    /// Answers queries.
    pub searcher: &'g Searcher<'g>,
    /// The index.
    pub index: &'g Index,
    shelf: &'g Shelf,
}

/// What is made once from a state of the index, when it is first asked for.
#[derive(Default)]
struct Shelf {
    documents: OnceLock<Documents>,
    stated: OnceLock<Vec<Value>>,
    findings: OnceLock<Vec<Value>>,
}

/// The `document` records of the index, the latest first.
#[derive(Default)]
pub struct Documents {
    /// The records.
    pub list: Vec<Value>,
    by_id: HashMap<String, usize>,
}

impl Documents {
    /// The record of a document.
    pub fn get(&self, doc: &str) -> Option<&Value> {
        self.by_id.get(doc).map(|at| &self.list[*at])
    }

    /// The title of a document, or its id.
    pub fn title<'d>(&'d self, doc: &'d str) -> &'d str {
        self.get(doc).and_then(|record| record["title"].as_str()).unwrap_or(doc)
    }
}

/// An answer that is ready to be sent.
#[derive(Debug, Clone)]
pub struct Reply {
    /// Its media type.
    pub media: &'static str,
    /// Its bytes.
    pub body: Bytes,
    /// The name of the file, for what is downloaded.
    pub file: Option<String>,
}

impl Generation {
    /// Opens what the index in `dir` holds now, with so many threads to answer.
    ///
    /// # Errors
    /// Where the index can't be read.
    pub fn open(dir: &Path, threads: usize) -> Result<Self, index::Error> {
        let index = Arc::new(Index::open(dir)?);
        let names = LexiconNames::of(&index)?;
        let (work, waiting) = sync_channel::<Work>(WAITING);
        let stamp = stamp(&index);
        let held = Arc::clone(&index);
        std::thread::spawn(move || {
            let searcher = Searcher::new(&held, &names);
            let shelf = Shelf::default();
            let desk = Desk { searcher: &searcher, index: &held, shelf: &shelf };
            let waiting = Mutex::new(waiting);
            std::thread::scope(|scope| {
                for _ in 0..threads.max(1) {
                    scope.spawn(|| work_off(&waiting, &desk));
                }
            });
        });
        Ok(Generation { index, work, stamp, answers: Mutex::default() })
    }

    /// What tells this state of the index from others: the same as long as every answer is.
    pub fn stamp(&self) -> &str {
        &self.stamp
    }

    /// Whether nothing has been written to the index since.
    ///
    /// # Errors
    /// Where the index can't be read any more.
    pub fn is_current(&self) -> Result<bool, index::Error> {
        self.index.is_current()
    }

    /// Has a piece of work done.
    ///
    /// # Errors
    /// 503 where too much waits, 500 where it panicked.
    pub async fn ask<T: Send + 'static>(&self, work: impl FnOnce(&Desk<'_>) -> T + Send + 'static) -> Result<T, Problem> {
        let (tell, told) = oneshot::channel();
        let work: Work = Box::new(move |desk| {
            if !tell.is_closed() {
                // Whoever asked may have gone meanwhile.
                let _ = tell.send(work(desk));
            }
        });
        match self.work.try_send(work) {
            Ok(()) => told.await.map_err(|_| Problem::new(500, "the work on this request broke off; the server goes on")),
            Err(TrySendError::Full(_)) => Err(Problem::new(503, "more requests wait than can be answered soon; ask again in a moment")),
            Err(TrySendError::Disconnected(_)) => Err(Problem::new(500, "nobody is there to answer; start the server anew")),
        }
    }

    /// An answer that was given before.
    pub fn kept(&self, key: &str) -> Option<Reply> {
        self.answers.lock().unwrap_or_else(PoisonError::into_inner).get(key)
    }

    /// Keeps an answer for those who ask the same.
    pub fn keep(&self, key: String, reply: &Reply) {
        if reply.body.len() <= LARGEST {
            self.answers.lock().unwrap_or_else(PoisonError::into_inner).put(key, reply.clone());
        }
    }
}

/// Does what waits until nobody can give work any more.
fn work_off(waiting: &Mutex<Receiver<Work>>, desk: &Desk<'_>) {
    loop {
        let next = waiting.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(work) = next else { return };
        // A panic is a bug that its message on standard error names; the others' requests go on.
        let _ = catch_unwind(AssertUnwindSafe(|| work(desk)));
    }
}

/// Segments and deletions of the state, the program's version, and when it was started.
fn stamp(index: &Index) -> String {
    static STARTED: OnceLock<std::time::SystemTime> = OnceLock::new();
    let started = STARTED.get_or_init(std::time::SystemTime::now);
    let mut state = format!("{} {started:?}", env!("CARGO_PKG_VERSION"));
    for segment in index.searcher().segment_readers() {
        let _ = write!(state, " {} {:?} {}", segment.segment_id(), segment.delete_opstamp(), segment.num_docs());
    }
    super::short_hash(&state)
}

impl Desk<'_> {
    /// The documents, the latest first.
    ///
    /// # Errors
    /// Where the index can't be read.
    pub fn documents(&self) -> Result<&Documents, Problem> {
        if let Some(documents) = self.shelf.documents.get() {
            return Ok(documents);
        }
        let mut list = self.all_of_type("document")?;
        list.sort_by(|a, b| b["issued"].as_str().cmp(&a["issued"].as_str()).then_with(|| a["doc"].as_str().cmp(&b["doc"].as_str())));
        let by_id = list.iter().enumerate().map(|(at, record)| (record["doc"].as_str().unwrap_or("").to_owned(), at)).collect();
        Ok(self.shelf.documents.get_or_init(|| Documents { list, by_id }))
    }

    /// What the audit says of the documents, each and together: as `zhengce check` over the index.
    ///
    /// # Errors
    /// Where the index can't be read.
    pub fn findings(&self) -> Result<&[Value], Problem> {
        if let Some(findings) = self.shelf.findings.get() {
            return Ok(findings);
        }
        let mut findings = self.all_of_type("finding")?;
        let citations = self.all_of_type("citation")?;
        for finding in crate::audit::across(self.stated()?.iter().chain(&citations)) {
            findings.push(serde_json::to_value(finding)?);
        }
        Ok(self.shelf.findings.get_or_init(|| findings))
    }

    /// The documents and all that they state in numbers, targets and statistics: what is compared.
    ///
    /// # Errors
    /// Where the index can't be read.
    pub fn stated(&self) -> Result<&[Value], Problem> {
        if let Some(stated) = self.shelf.stated.get() {
            return Ok(stated);
        }
        let mut stated = self.documents()?.list.clone();
        for kind in ["target", "statistic"] {
            stated.extend(self.all_of_type(kind)?);
        }
        stated.sort_by(|a, b| {
            (a["doc"].as_str(), a["start"].as_u64(), a["end"].as_u64()).cmp(&(b["doc"].as_str(), b["start"].as_u64(), b["end"].as_u64()))
        });
        Ok(self.shelf.stated.get_or_init(|| stated))
    }

    /// All tasks, document by document.
    ///
    /// # Errors
    /// Where the index can't be read.
    pub fn tasks(&self) -> Result<Vec<Value>, Problem> {
        self.all_of_type("responsibility")
    }

    /// All records of a type, document by document in the order of their text.
    fn all_of_type(&self, kind: &str) -> Result<Vec<Value>, Problem> {
        let expr = Expr::Field(Field::Type, kind.to_owned());
        let hits = self.searcher.find(&expr, &Options { limit: usize::MAX, ..Options::default() })?.hits;
        let mut records: Vec<Value> = hits.into_iter().map(|hit| hit.record).collect();
        records.sort_by(|a, b| (a["doc"].as_str(), a["start"].as_u64()).cmp(&(b["doc"].as_str(), b["start"].as_u64())));
        Ok(records)
    }
}

/// The answers that were asked for lately: what was not asked for while the younger half filled up is forgotten.
#[derive(Default)]
struct Answers {
    young: HashMap<String, Reply>,
    old: HashMap<String, Reply>,
    bytes: usize,
}

impl Answers {
    fn get(&mut self, key: &str) -> Option<Reply> {
        if let Some(reply) = self.young.get(key) {
            return Some(reply.clone());
        }
        let reply = self.old.remove(key)?;
        self.put(key.to_owned(), reply.clone());
        Some(reply)
    }

    fn put(&mut self, key: String, reply: Reply) {
        self.bytes += key.len() + reply.body.len();
        if self.bytes > KEPT / 2 {
            self.old = std::mem::take(&mut self.young);
            self.bytes = key.len() + reply.body.len();
        }
        self.young.insert(key, reply);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_again_stays_and_the_rest_is_forgotten() {
        let reply = Reply { media: "text/plain", body: Bytes::from(vec![b'x'; LARGEST]), file: None };
        let mut answers = Answers::default();
        for at in 0..100 {
            answers.put(at.to_string(), reply.clone());
            assert!(answers.get("0").is_some(), "{at}");
            let held: usize = answers.young.values().chain(answers.old.values()).map(|one| one.body.len()).sum();
            assert!(held <= KEPT + LARGEST, "{held}");
        }
        assert!(answers.get("1").is_none() && answers.get("99").is_some());
    }
}
