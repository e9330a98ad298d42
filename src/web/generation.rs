//! Who answers? A few threads that share one state of the index, its names and its ranking tables, for as long as that state is the
//! current one. A request is a piece of work given to them: `generation.ask(|desk| desk.search("园区", &[], &options))`.
//!
//! The threads are few, so that no crowd of requests takes more of the machine than it has; what waits is bounded, and what nobody waits
//! for any more is dropped.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use axum::body::Bytes;
use serde_json::Value;
use tokio::sync::oneshot;

use super::problem::Problem;
use crate::index::{self, Index, Stats};
use crate::query::{Answer, Expr, Field, Hits, LexiconNames, Names, Options, Searcher, UnitTasks};
use crate::remote::{self, Cluster, Remote};

/// How many pieces of work may wait.
const WAITING: usize = 256;
/// How many bytes of answers are kept.
const KEPT: usize = 48 << 20;
/// How many bytes the largest answer has that is kept.
const LARGEST: usize = 1 << 20;

type Work = Box<dyn FnOnce(&Desk<'_>) + Send>;

/// One state of the index and those who answer from it.
pub struct Generation {
    origin: Origin,
    work: SyncSender<Work>,
    stamp: String,
    answers: Mutex<Answers>,
}

/// Where a state came from, and where the next will come from.
enum Origin {
    /// A folder, and what it held.
    Folder(PathBuf, Arc<Index>),
    /// A cluster, and when it was first asked.
    Cluster(Cluster, Instant),
}

/// How long what a cluster said is believed.
const BELIEVED: Duration = Duration::from_secs(30);

/// Where records are looked up.
enum Store<'g> {
    /// In the index here.
    Here(&'g Searcher<'g>, &'g Index),
    /// In a cluster's.
    There(&'g Remote),
}

/// What an answer is made from.
pub struct Desk<'g> {
    store: Store<'g>,
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
        // Until it is there each query makes a small one of its own.
        let loading = Arc::clone(&index);
        std::thread::spawn(move || loading.dictionary().load());
        std::thread::spawn(move || {
            let searcher = Searcher::new(&held, &names);
            staff(&waiting.into(), &Desk { store: Store::Here(&searcher, &held), shelf: &Shelf::default() }, threads);
        });
        Ok(Generation { origin: Origin::Folder(dir.to_owned(), index), work, stamp, answers: Mutex::default() })
    }

    /// Answers from the index of a cluster, with so many threads to ask it.
    ///
    /// # Errors
    /// Where the cluster doesn't answer.
    pub fn remote(cluster: Cluster, threads: usize) -> Result<Self, remote::Error> {
        let remote = Remote::open(cluster.clone())?;
        let (work, waiting) = sync_channel::<Work>(WAITING);
        let stamp = super::short_hash(&format!("{} {:?}", cluster.url, std::time::SystemTime::now()));
        std::thread::spawn(move || {
            staff(&waiting.into(), &Desk { store: Store::There(&remote), shelf: &Shelf::default() }, threads);
        });
        Ok(Generation { origin: Origin::Cluster(cluster, Instant::now()), work, stamp, answers: Mutex::default() })
    }

    /// The state of the same index now.
    ///
    /// # Errors
    /// As for [`Generation::open`] and [`Generation::remote`], in words.
    pub fn again(&self, threads: usize) -> Result<Self, String> {
        match &self.origin {
            Origin::Folder(dir, _) => Generation::open(dir, threads).map_err(|error| error.to_string()),
            Origin::Cluster(cluster, _) => Generation::remote(cluster.clone(), threads).map_err(|error| error.to_string()),
        }
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
        match &self.origin {
            Origin::Folder(_, index) => index.is_current(),
            // A cluster says nothing of what is written to it: it is asked anew now and then.
            Origin::Cluster(_, since) => Ok(since.elapsed() < BELIEVED),
        }
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
            Ok(()) => told
                .await
                .map_err(|_| Problem::new(500, "处理中断，服务仍在运行", "the work on this request broke off; the server goes on")),
            Err(TrySendError::Full(_)) => {
                Err(Problem::new(503, "等待的请求过多，请稍后再试", "more requests wait than can be answered soon; ask again in a moment"))
            }
            Err(TrySendError::Disconnected(_)) => {
                Err(Problem::new(500, "没有可用的处理线程，请重新启动服务", "nobody is there to answer; start the server anew"))
            }
        }
    }

    /// An answer that was given before.
    pub fn kept(&self, key: &str) -> Option<Reply> {
        self.answers.lock().unwrap_or_else(PoisonError::into_inner).get(key)
    }

    /// Keeps an answer for those who ask the same, without the room that it had to grow.
    pub fn keep(&self, key: String, reply: &Reply) {
        if reply.body.len() <= LARGEST {
            self.answers
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .put(key, Reply { body: Bytes::copy_from_slice(&reply.body), ..reply.clone() });
        }
    }
}

/// Has so many threads answer at a desk.
fn staff(waiting: &Mutex<Receiver<Work>>, desk: &Desk<'_>, threads: usize) {
    std::thread::scope(|scope| {
        for _ in 0..threads.max(1) {
            scope.spawn(|| work_off(waiting, desk));
        }
    });
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
    /// What the lexicon knows besides the index.
    pub fn names(&self) -> &dyn Names {
        match self.store {
            Store::Here(searcher, _) => searcher.names(),
            Store::There(remote) => remote.names(),
        }
    }

    /// Answers a query or a question, among the records that satisfy all of `filters`.
    ///
    /// # Errors
    /// 400 where the query can't be read.
    pub fn search(&self, query: &str, filters: &[Expr], options: &Options) -> Result<Answer, Problem> {
        Ok(match self.store {
            Store::Here(searcher, _) => searcher.search_within(query, filters, options)?,
            Store::There(remote) => remote.search_within(query, filters, options)?,
        })
    }

    /// Finds what satisfies `expr`.
    ///
    /// # Errors
    /// Where the index can't be read, or the cluster doesn't answer.
    pub fn find(&self, expr: &Expr, options: &Options) -> Result<Hits, Problem> {
        Ok(match self.store {
            Store::Here(searcher, _) => searcher.find(expr, options)?,
            Store::There(remote) => remote.find(expr, options)?,
        })
    }

    /// The tasks that answer a question.
    ///
    /// # Errors
    /// As for [`Desk::find`].
    pub fn who(&self, question: &str, options: &Options) -> Result<Hits, Problem> {
        Ok(match self.store {
            Store::Here(searcher, _) => searcher.who(question, options)?,
            Store::There(remote) => remote.who(question, options)?,
        })
    }

    /// All tasks of a unit.
    ///
    /// # Errors
    /// As for [`Desk::find`].
    pub fn tasks_of(&self, unit: &str) -> Result<UnitTasks, Problem> {
        Ok(match self.store {
            Store::Here(searcher, _) => searcher.tasks_of(unit)?,
            Store::There(remote) => remote.tasks_of(unit)?,
        })
    }

    /// The record of an id.
    ///
    /// # Errors
    /// As for [`Desk::find`].
    pub fn record(&self, id: &str) -> Result<Option<Value>, Problem> {
        if let Store::Here(_, index) = self.store {
            return Ok(index.record(id)?);
        }
        let mut parts = id.rsplitn(3, ':');
        let (_, kind, doc) = (parts.next(), parts.next().unwrap_or(""), parts.next().unwrap_or(""));
        if doc.is_empty() {
            return Ok(None);
        }
        let parts = vec![Expr::Field(Field::Doc, doc.to_owned()), Expr::Field(Field::Type, kind.to_owned())];
        Ok(self.all(&Expr::All(parts))?.into_iter().find(|record| record["id"] == id))
    }

    /// All records of a document, in the order of its text.
    ///
    /// # Errors
    /// As for [`Desk::find`].
    pub fn records_of(&self, doc: &str) -> Result<Vec<Value>, Problem> {
        if let Store::Here(_, index) = self.store {
            return Ok(index.records_of(doc, None)?);
        }
        let mut records = self.all(&Expr::Field(Field::Doc, doc.to_owned()))?;
        records.retain(|record| record["doc"] == doc);
        records.sort_by_key(|record| (record["start"].as_u64(), record["end"].as_u64()));
        Ok(records)
    }

    /// What is in the index.
    ///
    /// # Errors
    /// 501 where it isn't here.
    pub fn stats(&self) -> Result<Stats, Problem> {
        match self.store {
            Store::Here(_, index) => Ok(index.stats()?),
            Store::There(_) => Err(Problem::new(501, "集群的大小与版本请在集群上查看", "ask the cluster itself for its size and version")),
        }
    }

    /// The indicators, each with how many records are of it; none where the index isn't here.
    ///
    /// # Errors
    /// Where the index can't be read.
    pub fn indicators(&self) -> Result<Vec<(String, usize)>, Problem> {
        match self.store {
            Store::Here(_, index) => Ok(index.values("indicator")?.into_iter().collect()),
            Store::There(_) => Ok(Vec::new()),
        }
    }

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
        let mut records = self.all(&Expr::Field(Field::Type, kind.to_owned()))?;
        records.sort_by(|a, b| (a["doc"].as_str(), a["start"].as_u64()).cmp(&(b["doc"].as_str(), b["start"].as_u64())));
        Ok(records)
    }

    /// All records that satisfy `expr`.
    fn all(&self, expr: &Expr) -> Result<Vec<Value>, Problem> {
        let found = self.find(expr, &Options { limit: usize::MAX, copies: true, ..Options::default() })?;
        if found.hits.len() < found.total && matches!(self.store, Store::There(_)) {
            let (shown, total) = (found.hits.len(), found.total);
            return Err(Problem::new(
                501,
                format!("这里要用到全部 {total} 条记录，集群一次最多给出 {shown} 条；请在有索引的机器上运行 zhengce serve，或缩小范围"),
                format!(
                    "this is made from all {total} records, and a cluster gives {shown} at most; run zhengce serve where the index is, or ask for less"
                ),
            ));
        }
        Ok(found.hits.into_iter().map(|hit| hit.record).collect())
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
