//! How does a document get into the index, and how does it leave? A document's records are replaced together, and everything
//! put or removed since the last commit is seen by readers at one moment: an update of `seeds/方案.txt` never shows half
//! its records.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use serde_json::Value;
use tantivy::indexer::{IndexWriterOptions, UserOperation};
use tantivy::store::{Compressor, ZstdCompressor};
use tantivy::{IndexSettings, IndexWriter, TantivyDocument, Term};

use super::analysis::{PAIRS, PairTokenizer, WORDS, WordTokenizer};
use super::error::Error;
use super::folder;
use super::reader::Index;
use super::schema::{Fields, body, schema};
use super::words::Dictionary;

/// How a writer uses the machine.
#[derive(Debug, Clone, Copy)]
pub struct Resources {
    /// Threads that cut and index.
    pub threads: usize,
    /// Bytes that each thread may gather before it writes them out.
    pub heap_per_thread: usize,
}

impl Default for Resources {
    fn default() -> Self {
        Self { threads: 2, heap_per_thread: 40 << 20 }
    }
}

/// Text that waits to be indexed, in bytes, at most: more makes [`Writer::put`] wait.
const WAITING: usize = 8 << 20;

/// The one writer of an index.
pub struct Writer {
    dir: PathBuf,
    number: u64,
    fresh: bool,
    fields: Fields,
    tantivy: IndexWriter,
    known: BTreeMap<String, String>,
    flow: Arc<Flow>,
    changed: bool,
    _lock: File,
}

impl Writer {
    /// A writer that updates the index in `dir`, or begins it where there is none. `added` are the lexicon's words; an
    /// index that is there keeps those it was begun with.
    ///
    /// # Errors
    /// [`Error::Stale`] for an index of another version (see [`Writer::rebuild`]), [`Error::Locked`], [`Error::Foreign`], …
    pub fn open<'w>(dir: &Path, added: impl IntoIterator<Item = &'w str>, use_of: Resources) -> Result<Self, Error> {
        let lock = folder::lock(dir)?;
        match folder::current(dir) {
            Ok(number) => {
                let index = Index::open(dir)?;
                let known = index.documents()?;
                folder::sweep(dir, number);
                let (index, dictionary) = index.into_parts();
                Self::over(dir, number, false, lock, &index, &dictionary, known, use_of)
            }
            Err(Error::Missing { .. }) => Self::begin(dir, added, use_of, lock),
            Err(error) => Err(error),
        }
    }

    /// A writer that begins the index in `dir` anew; until its first commit readers see the one before.
    ///
    /// # Errors
    /// [`Error::Locked`], [`Error::Foreign`], [`Error::Io`].
    pub fn rebuild<'w>(dir: &Path, added: impl IntoIterator<Item = &'w str>, use_of: Resources) -> Result<Self, Error> {
        let lock = folder::lock(dir)?;
        Self::begin(dir, added, use_of, lock)
    }

    fn begin<'w>(dir: &Path, added: impl IntoIterator<Item = &'w str>, use_of: Resources, lock: File) -> Result<Self, Error> {
        let number = folder::next(dir);
        let generation = folder::generation(dir, number);
        let io = |source| Error::Io { path: generation.clone(), source };
        fs::create_dir_all(&generation).map_err(io)?;
        let dictionary = Dictionary::with_words(added);
        folder::write_versions(&generation, &dictionary)?;
        let settings = IndexSettings {
            docstore_compression: Compressor::Zstd(ZstdCompressor { compression_level: Some(6) }),
            docstore_blocksize: 32 << 10,
            ..IndexSettings::default()
        };
        let index = tantivy::Index::builder()
            .schema(schema().0)
            .settings(settings)
            .create_in_dir(&generation)
            .map_err(|source| Error::Broken { dir: dir.to_owned(), source })?;
        Self::over(dir, number, true, lock, &index, &dictionary, BTreeMap::new(), use_of)
    }

    #[allow(clippy::too_many_arguments)] // private: the one place where a writer is put together
    fn over(
        dir: &Path,
        number: u64,
        fresh: bool,
        lock: File,
        index: &tantivy::Index,
        dictionary: &Dictionary,
        known: BTreeMap<String, String>,
        use_of: Resources,
    ) -> Result<Self, Error> {
        let flow = Arc::new(Flow::default());
        index.tokenizers().register(WORDS, WordTokenizer::new(Arc::new(dictionary.full()), Arc::clone(&flow)));
        index.tokenizers().register(PAIRS, PairTokenizer);
        let options = IndexWriterOptions::builder()
            .num_worker_threads(use_of.threads.clamp(1, 8))
            .memory_budget_per_thread(use_of.heap_per_thread.max(15 << 20))
            .num_merge_threads(1)
            .build();
        let writer = index.writer_with_options(options).map_err(|source| match source {
            tantivy::TantivyError::LockFailure(..) => Error::Locked { dir: dir.to_owned() },
            source => Error::Broken { dir: dir.to_owned(), source },
        })?;
        let fields = schema().1;
        Ok(Self { dir: dir.to_owned(), number, fresh, fields, tantivy: writer, known, flow, changed: false, _lock: lock })
    }

    /// The documents in the index, each with the `sha256` of its `document` record (empty where it has none).
    pub fn known(&self) -> &BTreeMap<String, String> {
        &self.known
    }

    /// Puts the document `doc` in, in the place of what the index held of it. Each record is JSON as RECORDS.md says.
    ///
    /// # Errors
    /// What tantivy says, a full disk among others. Nothing is seen before [`Writer::commit`].
    pub fn put(&mut self, doc: &str, records: &[Value]) -> Result<(), Error> {
        let document = records.iter().find(|record| record["type"] == "document");
        let mut operations: Vec<UserOperation> = Vec::with_capacity(records.len() + 1);
        if self.known.contains_key(doc) {
            operations.push(UserOperation::Delete(self.term(doc)));
        }
        let entries = records.iter().map(|record| self.fields.entry(doc, record, document));
        operations.extend(entries.map(UserOperation::<TantivyDocument>::Add));
        let waiting = records.iter().map(|record| body(record).len()).sum();
        self.flow.enter(waiting);
        self.tantivy.run(operations).map_err(|source| self.broken(source))?;
        let sha256 = document.and_then(|document| document["sha256"].as_str()).unwrap_or("");
        self.known.insert(doc.to_owned(), sha256.to_owned());
        self.changed = true;
        Ok(())
    }

    /// Takes the document `doc` out.
    pub fn remove(&mut self, doc: &str) {
        if self.known.remove(doc).is_some() {
            self.tantivy.delete_term(self.term(doc));
            self.changed = true;
        }
    }

    /// Shows readers all that was put and removed, at one moment. Says how many documents there are now.
    ///
    /// # Errors
    /// What keeps it from being written; then readers see the state before.
    pub fn commit(mut self) -> Result<usize, Error> {
        if self.changed || self.fresh {
            self.tantivy.commit().map_err(|source| self.broken(source))?;
        }
        let Self { dir, number, fresh, tantivy: mut writer, known, .. } = self;
        if fresh {
            let segments = writer.index().searchable_segment_ids().map_err(|source| broken(&dir, source))?;
            if segments.len() > 1 {
                writer.merge(&segments).wait().map_err(|source| broken(&dir, source))?;
            }
        }
        writer.wait_merging_threads().map_err(|source| broken(&dir, source))?;
        if fresh {
            folder::switch(&dir, number)?;
        }
        folder::sweep(&dir, number);
        Ok(known.len())
    }

    fn term(&self, doc: &str) -> Term {
        let field = self.fields.name("doc").expect("`doc` is one of the names");
        Term::from_field_text(field, doc)
    }

    fn broken(&self, source: tantivy::TantivyError) -> Error {
        broken(&self.dir, source)
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

/// How much text waits between [`Writer::put`] and the threads that index.
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

    /// Gives back the room of a text that has been cut.
    pub fn leave(&self, bytes: usize) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        *waiting = waiting.saturating_sub(bytes);
        self.less.notify_one();
    }
}
