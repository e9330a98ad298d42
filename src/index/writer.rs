//! How does a document get into the index, and how does it leave? A document's records are replaced together, and all that
//! a run puts or removes is seen by readers at one moment: an update of `seeds/方案.txt` never shows half its records.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use tantivy::indexer::{IndexWriterOptions, LogMergePolicy, MergeCandidate, MergePolicy, UserOperation};
use tantivy::store::{Compressor, ZstdCompressor};
use tantivy::{IndexSettings, IndexWriter, SegmentMeta, Term};

use super::analysis::{PAIRS, PairTokenizer, WORDS, WordTokenizer};
use super::error::Error;
use super::facts::Facts;
use super::folder::{self, Origin};
use super::reader::Index;
use super::schema::{Columns, Fields, Told, schema};
use super::words::{Dictionary, Segmenter};

/// How a writer uses the machine.
#[derive(Debug, Clone, Copy)]
pub struct Resources {
    /// Threads that cut and index.
    pub threads: usize,
    /// Bytes that each thread may gather before it writes them out.
    pub heap_per_thread: usize,
}

/// Bytes that all indexing threads together may gather.
const HEAP: usize = 200 << 20;

impl Default for Resources {
    /// Half the cores, for extraction takes the others: the fewer the threads, the fewer and smaller the segments, each of
    /// which lists its own terms.
    fn default() -> Self {
        let threads = std::thread::available_parallelism().map_or(1, |cores| cores.get() / 2).clamp(1, 8);
        Self { threads, heap_per_thread: HEAP / threads }
    }
}

/// Words that wait to be indexed, in bytes, at most: more makes [`Writer::put`] wait.
const WAITING: usize = 2 << 20;
/// Segments of up to so many records are merged with their like; larger ones stay, so that a merge fits in memory.
const MERGED: usize = 100_000;
/// An index of up to so many records is made one segment, which is opened fastest.
const SMALL: u32 = 20_000;

/// A document's records made ready for the index: what needs no writer, so that many threads can do it.
pub struct Entries {
    doc: String,
    sha256: String,
    bytes: usize,
    records: Vec<Columns>,
}

impl Entries {
    /// The records of the document `doc`, cut as the texts of the index are ([`Writer::segmenter`]): each a `Record`, or JSON as
    /// RECORDS.md says.
    pub fn new<R: Told>(doc: &str, records: &[R], segmenter: &Segmenter) -> Self {
        let facts: Vec<Facts<'_>> = records.iter().map(Told::facts).collect();
        let document = facts.iter().find(|facts| facts.kind == "document");
        let sha256 = document.and_then(|document| document.sha256).unwrap_or("").to_owned();
        let (records, bytes) = schema().1.entries(doc, records, &facts, segmenter.jieba());
        Self { doc: doc.to_owned(), sha256, bytes, records }
    }
}

/// The one writer of an index.
pub struct Writer {
    dir: PathBuf,
    fields: Fields,
    segmenter: Segmenter,
    use_of: Resources,
    origin: Origin,
    /// The generation that a stopped run left, to go on with.
    left: Option<u64>,
    known: BTreeMap<String, String>,
    begun: Option<Begun>,
    _lock: File,
}

/// The generation that is being written.
struct Begun {
    number: u64,
    /// Whether what it holds is worth going on with, should the run be stopped.
    kept: bool,
    flow: Arc<Flow>,
    tantivy: IndexWriter<Columns>,
}

impl Writer {
    /// A writer that updates the index in `dir`, or begins it where there is none, or goes on where a run was stopped.
    /// `added` are the lexicon's words; an index that is there keeps those it was begun with.
    ///
    /// # Errors
    /// [`Error::Stale`] for an index of another version (see [`Writer::rebuild`]), [`Error::Locked`], [`Error::Foreign`], …
    pub fn open<'w>(dir: &Path, added: impl IntoIterator<Item = &'w str>, use_of: Resources) -> Result<Self, Error> {
        let lock = folder::lock(dir)?;
        let (origin, known, segmenter) = match folder::current(dir) {
            Ok(number) => {
                let index = Index::open(dir)?;
                (Origin::Of(number), index.documents()?, Segmenter::of(index.into_dictionary()))
            }
            Err(Error::Missing { .. }) => (Origin::First, BTreeMap::new(), Segmenter::with_words(added)),
            Err(error) => return Err(error),
        };
        let mut writer = Self::over(dir, segmenter, use_of, origin, known, lock);
        let mut later = folder::generations(dir).into_iter().rev().filter(|number| folder::is_left_over(dir, *number, origin));
        if let Some((left, index)) = later.find_map(|number| Some((number, Index::open_generation(dir, number).ok()?))) {
            (writer.left, writer.known) = (Some(left), index.documents()?);
            writer.segmenter = Segmenter::of(index.into_dictionary());
        }
        writer.sweep();
        Ok(writer)
    }

    /// A writer that begins the index in `dir` anew; until its first commit readers see the one before.
    ///
    /// # Errors
    /// [`Error::Locked`], [`Error::Foreign`], [`Error::Io`].
    pub fn rebuild<'w>(dir: &Path, added: impl IntoIterator<Item = &'w str>, use_of: Resources) -> Result<Self, Error> {
        let lock = folder::lock(dir)?;
        Ok(Self::over(dir, Segmenter::with_words(added), use_of, Origin::Anew, BTreeMap::new(), lock))
    }

    fn over(dir: &Path, segmenter: Segmenter, use_of: Resources, origin: Origin, known: BTreeMap<String, String>, lock: File) -> Self {
        Self { dir: dir.to_owned(), fields: schema().1, segmenter, use_of, origin, left: None, known, begun: None, _lock: lock }
    }

    /// The documents in the index, each with the `sha256` of its `document` record (empty where it has none); those that
    /// a stopped run left are among them.
    pub fn known(&self) -> &BTreeMap<String, String> {
        &self.known
    }

    /// What cuts the texts of its index, for [`Entries`].
    pub fn segmenter(&self) -> Segmenter {
        self.segmenter.clone()
    }

    /// Whether it goes on where a run was stopped.
    pub fn goes_on(&self) -> bool {
        self.left.is_some()
    }

    /// Puts the document `doc` in, in the place of what the index held of it. Each record is a `Record`, or JSON as RECORDS.md says.
    ///
    /// # Errors
    /// As [`Writer::put_entries`].
    pub fn put<R: Told>(&mut self, doc: &str, records: &[R]) -> Result<(), Error> {
        let entries = Entries::new(doc, records, &self.segmenter);
        self.put_entries(entries)
    }

    /// Puts a document in, in the place of what the index held of it.
    ///
    /// # Errors
    /// What tantivy says, a full disk among others. Nothing is seen before [`Writer::commit`].
    pub fn put_entries(&mut self, document: Entries) -> Result<(), Error> {
        let known = self.known.contains_key(&document.doc).then(|| self.term(&document.doc));
        let begun = self.begin()?;
        let mut operations: Vec<UserOperation<Columns>> = Vec::with_capacity(document.records.len() + 1);
        operations.extend(known.map(UserOperation::Delete));
        operations.extend(document.records.into_iter().map(UserOperation::Add));
        begun.flow.enter(document.bytes);
        begun.tantivy.run(operations).map_err(|source| broken(&self.dir, source))?;
        self.known.insert(document.doc, document.sha256);
        Ok(())
    }

    /// Takes the document `doc` out.
    ///
    /// # Errors
    /// What keeps the next generation from being begun.
    pub fn remove(&mut self, doc: &str) -> Result<(), Error> {
        if self.known.remove(doc).is_some() {
            let term = self.term(doc);
            self.begin()?.tantivy.delete_term(term);
        }
        Ok(())
    }

    /// Writes down what was put and removed so far, for the next run to go on with should this one be stopped; readers
    /// don't see it.
    ///
    /// # Errors
    /// What keeps it from being written.
    pub fn keep(&mut self) -> Result<(), Error> {
        if let Some(begun) = &mut self.begun {
            begun.tantivy.commit().map_err(|source| broken(&self.dir, source))?;
            begun.kept = self.origin != Origin::Anew;
        }
        Ok(())
    }

    /// Shows readers all that was put and removed, at one moment. Says how many documents there are now.
    ///
    /// # Errors
    /// What keeps it from being written; then readers see the state before.
    pub fn commit(mut self) -> Result<usize, Error> {
        let changes = self.left.is_some() || self.begun.is_some() || !matches!(self.origin, Origin::Of(_));
        if changes {
            let number = self.begin()?.number;
            self.keep()?;
            if let Some(begun) = self.begun.take() {
                begun.tantivy.wait_merging_threads().map_err(|source| broken(&self.dir, source))?;
            }
            folder::switch(&self.dir, number)?;
            (self.origin, self.left) = (Origin::Of(number), None);
            self.sweep();
        }
        Ok(self.known.len())
    }

    /// The generation that is being written: begun with the first change, for a run that finds none writes nothing.
    fn begin(&mut self) -> Result<&mut Begun, Error> {
        if self.begun.is_none() {
            let begun = self.next_generation()?;
            return Ok(self.begun.insert(begun));
        }
        Ok(self.begun.as_mut().expect("the line before says so"))
    }

    fn next_generation(&self) -> Result<Begun, Error> {
        let dir = &self.dir;
        let number = folder::next(dir);
        let generation = folder::generation(dir, number);
        let dictionary = self.segmenter.dictionary();
        let index = match (self.left, self.origin) {
            (Some(before), _) | (None, Origin::Of(before)) => {
                let index = Index::open_generation(dir, before)?;
                folder::continue_from(dir, before, number, index.files()?)?;
                folder::write_versions(&generation, self.origin, dictionary)?;
                tantivy::Index::open_in_dir(&generation).map_err(|source| broken(dir, source))?
            }
            (None, Origin::First | Origin::Anew) => create(dir, &generation, self.origin, dictionary)?,
        };
        let flow = Arc::new(Flow::default());
        let tantivy = writer(&index, &flow, self.use_of).map_err(|source| match source {
            tantivy::TantivyError::LockFailure(..) => Error::Locked { dir: dir.clone() },
            source => broken(dir, source),
        })?;
        Ok(Begun { number, kept: false, flow, tantivy })
    }

    /// Removes the generations that nobody needs.
    fn sweep(&self) {
        let current = folder::current(&self.dir).ok();
        let keep: Vec<u64> = current.into_iter().chain(self.left).collect();
        folder::sweep(&self.dir, &keep);
    }

    fn term(&self, doc: &str) -> Term {
        let field = self.fields.name("doc").expect("`doc` is one of the names");
        Term::from_field_text(field, doc)
    }
}

impl Drop for Writer {
    /// A run that ends early leaves nothing behind but what it kept.
    fn drop(&mut self) {
        if let Some(Begun { number, kept, tantivy, .. }) = self.begun.take() {
            drop(tantivy);
            if !kept && fs::remove_dir_all(folder::generation(&self.dir, number)).is_err() {
                // The next writer sweeps it.
            }
        }
    }
}

/// A new tantivy index in the folder of a generation.
fn create(dir: &Path, generation: &Path, origin: Origin, dictionary: &Dictionary) -> Result<tantivy::Index, Error> {
    fs::create_dir_all(generation).map_err(|source| Error::Io { path: generation.to_owned(), source })?;
    folder::write_versions(generation, origin, dictionary)?;
    let settings = IndexSettings {
        docstore_compression: Compressor::Zstd(ZstdCompressor { compression_level: Some(5) }),
        docstore_blocksize: 256 << 10, // a record says again much of what those before it say; smaller ones take less time to read, and more room
        ..IndexSettings::default()
    };
    let index = tantivy::Index::builder().schema(schema().0).settings(settings).create_in_dir(generation);
    index.map_err(|source| broken(dir, source))
}

fn writer(index: &tantivy::Index, flow: &Arc<Flow>, use_of: Resources) -> tantivy::Result<IndexWriter<Columns>> {
    index.tokenizers().register(WORDS, WordTokenizer::new(Arc::clone(flow)));
    index.tokenizers().register(PAIRS, PairTokenizer);
    let options = IndexWriterOptions::builder()
        .num_worker_threads(use_of.threads.clamp(1, 8))
        .memory_budget_per_thread(use_of.heap_per_thread.max(15 << 20))
        .num_merge_threads(1)
        .build();
    let writer = index.writer_with_options(options)?;
    writer.set_merge_policy(Box::new(Layers::new()));
    Ok(writer)
}

/// Which segments become one: all of a small index, else many small ones of a like size.
#[derive(Debug)]
struct Layers(LogMergePolicy);

impl Layers {
    fn new() -> Self {
        let mut like = LogMergePolicy::default();
        like.set_max_docs_before_merge(MERGED);
        like.set_del_docs_ratio_before_merge(0.3);
        Self(like)
    }
}

impl MergePolicy for Layers {
    fn compute_merge_candidates(&self, segments: &[SegmentMeta]) -> Vec<MergeCandidate> {
        let records: u32 = segments.iter().map(SegmentMeta::num_docs).sum();
        if segments.len() > 1 && records <= SMALL {
            return vec![MergeCandidate(segments.iter().map(SegmentMeta::id).collect())];
        }
        self.0.compute_merge_candidates(segments)
    }
}

/// An error of tantivy's as ours: the system's own errors by their name, so that a full disk says so.
fn broken(dir: &Path, source: tantivy::TantivyError) -> Error {
    match source {
        tantivy::TantivyError::IoError(error) => {
            let source = std::io::Error::new(error.kind(), error.to_string());
            Error::Io { path: dir.to_owned(), source }
        }
        source => Error::Broken { dir: dir.to_owned(), source },
    }
}

/// How many bytes of words wait between [`Writer::put`] and the threads that index.
#[derive(Default)]
pub struct Flow {
    waiting: Mutex<usize>,
    less: Condvar,
}

impl Flow {
    /// Waits until there is room, then takes `bytes` of it.
    fn enter(&self, bytes: usize) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        while *waiting > WAITING {
            let before = *waiting;
            let (now, slept) = self.less.wait_timeout(waiting, Duration::from_secs(5)).unwrap_or_else(PoisonError::into_inner);
            waiting = now;
            if slept.timed_out() && *waiting == before {
                break; // the indexing threads have ended: tantivy will say why
            }
        }
        *waiting += bytes;
    }

    /// Gives back the room of a text that has been indexed.
    pub fn leave(&self, bytes: usize) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let was_full = *waiting > WAITING;
        *waiting = waiting.saturating_sub(bytes);
        if was_full && *waiting <= WAITING {
            self.less.notify_one();
        }
    }
}
