//! How does a document get into the index, and how does it leave? A document's records are replaced together, and all that
//! a run puts or removes is seen by readers at one moment: an update of `seeds/方案.txt` never shows half its records.

use std::collections::{BTreeMap, HashSet};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::thread::JoinHandle;

use tantivy::indexer::{IndexWriterOptions, LogMergePolicy, MergeCandidate, MergePolicy};
use tantivy::store::{Compressor, ZstdCompressor};
use tantivy::{IndexSettings, IndexWriter, SegmentMeta, Term};

use super::error::Error;
use super::facts::Facts;
use super::folder::{self, Origin};
use super::reader::Index;
use super::schema::{Described, Fields, Rows, Told, schema};
use super::segment::Batch;
use super::words::{Dictionary, Segmenter};

/// How a writer uses the machine.
#[derive(Debug, Clone, Copy)]
pub struct Resources {
    /// Bytes that records may gather in memory before they are written out; as many are on their way out meanwhile.
    pub gathered: usize,
}

impl Default for Resources {
    /// Much, for each segment lists its own terms: the fewer, the smaller is the index and the faster a search.
    fn default() -> Self {
        Self { gathered: 48 << 20 }
    }
}

/// Segments of up to so many records are merged with their like; larger ones stay, such as those that a whole batch became: to write them
/// once more costs more than they gain, and a merge fits in memory.
const MERGED: usize = 30_000;
/// An index of up to so many records is made one segment, which is opened fastest.
const SMALL: u32 = 20_000;

/// A document's records made ready for the index: what needs no writer, so that many threads can do it.
pub struct Entries {
    doc: String,
    sha256: String,
    described: Described,
}

impl Entries {
    /// The records of the document `doc`, cut as the texts of the index are ([`Writer::segmenter`]): each a `Record`, or JSON as
    /// RECORDS.md says.
    pub fn new<R: Told>(doc: &str, records: &[R], segmenter: &Segmenter) -> Self {
        let facts: Vec<Facts<'_>> = records.iter().map(Told::facts).collect();
        let document = facts.iter().find(|facts| facts.kind == "document");
        let sha256 = document.and_then(|document| document.sha256).unwrap_or("").to_owned();
        let described = schema().1.described(doc, records, &facts, segmenter.jieba());
        Self { doc: doc.to_owned(), sha256, described }
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
    tantivy: IndexWriter<Rows>,
    /// What is gathered for the next segment.
    batch: Option<Batch>,
    /// The segment that is being written meanwhile.
    written: Option<JoinHandle<tantivy::Result<SegmentMeta>>>,
    /// The documents in either: tantivy can't delete them yet.
    under_way: HashSet<String>,
    /// Whether documents were deleted since the last commit.
    deleted: bool,
}

impl Begun {
    /// Adds a document's records to the batch, and has it written once it holds `gathered` bytes.
    fn put(&mut self, doc: &str, described: Described, gathered: usize) -> tantivy::Result<()> {
        let batch = match &mut self.batch {
            Some(batch) => batch,
            none => none.insert(Batch::new(self.tantivy.new_segment(), gathered)?),
        };
        batch.add(described)?;
        self.under_way.insert(doc.to_owned());
        if batch.memory() > gathered {
            self.settle()?;
            let batch = self.batch.take();
            self.written = batch.map(|batch| std::thread::spawn(|| batch.write(&schema().1)));
        }
        Ok(())
    }

    /// Deletes a document.
    fn delete(&mut self, doc: &str, term: Term) -> tantivy::Result<()> {
        if self.under_way.contains(doc) {
            self.flush()?;
        }
        self.tantivy.delete_term(term);
        self.deleted = true;
        Ok(())
    }

    /// Waits for the segment that is being written.
    fn settle(&mut self) -> tantivy::Result<()> {
        match self.written.take().map(JoinHandle::join) {
            Some(Ok(written)) => self.add(written?),
            Some(Err(panic)) => std::panic::resume_unwind(panic),
            None => Ok(()),
        }
    }

    /// Adds a segment. What was deleted before it came must be gone by then: a deletion that waits would take its records too.
    fn add(&mut self, segment: SegmentMeta) -> tantivy::Result<()> {
        if std::mem::take(&mut self.deleted) {
            self.tantivy.commit()?;
        }
        self.tantivy.add_segment(segment)
    }

    /// Writes all that is gathered.
    fn flush(&mut self) -> tantivy::Result<()> {
        self.settle()?;
        if let Some(batch) = self.batch.take() {
            let segment = batch.write(&schema().1)?;
            self.add(segment)?;
        }
        self.under_way.clear();
        Ok(())
    }

    fn commit(&mut self) -> tantivy::Result<()> {
        self.flush()?;
        self.tantivy.commit()?;
        self.deleted = false;
        Ok(())
    }
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
        let Entries { doc, sha256, described } = document;
        let known = self.known.contains_key(&doc).then(|| self.term(&doc));
        let gathered = self.use_of.gathered;
        let begun = self.begin()?;
        let deleted = known.map_or(Ok(()), |term| begun.delete(&doc, term));
        deleted.and_then(|()| begun.put(&doc, described, gathered)).map_err(|source| broken(&self.dir, source))?;
        self.known.insert(doc, sha256);
        Ok(())
    }

    /// Takes the document `doc` out.
    ///
    /// # Errors
    /// What keeps the next generation from being begun.
    pub fn remove(&mut self, doc: &str) -> Result<(), Error> {
        if self.known.remove(doc).is_some() {
            let term = self.term(doc);
            self.begin()?.delete(doc, term).map_err(|source| broken(&self.dir, source))?;
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
            begun.commit().map_err(|source| broken(&self.dir, source))?;
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
        let tantivy = writer(&index).map_err(|source| match source {
            tantivy::TantivyError::LockFailure(..) => Error::Locked { dir: dir.clone() },
            source => broken(dir, source),
        })?;
        Ok(Begun { number, kept: false, tantivy, batch: None, written: None, under_way: HashSet::new(), deleted: false })
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
        if let Some(Begun { number, kept, tantivy, batch, written, .. }) = self.begun.take() {
            if let Some(Err(_)) = written.map(JoinHandle::join) {
                // It panicked, and said so; nobody reads what it wrote.
            }
            drop((batch, tantivy));
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
        docstore_compression: Compressor::Zstd(ZstdCompressor { compression_level: Some(3) }),
        docstore_blocksize: 256 << 10, // a record says again much of what those before it say; smaller ones take less time to read, and more room
        ..IndexSettings::default()
    };
    let index = tantivy::Index::builder().schema(schema().0).settings(settings).create_in_dir(generation);
    index.map_err(|source| broken(dir, source))
}

fn writer(index: &tantivy::Index) -> tantivy::Result<IndexWriter<Rows>> {
    // It gets whole segments; a thread it must have.
    let options = IndexWriterOptions::builder().num_worker_threads(1).memory_budget_per_thread(15 << 20).num_merge_threads(1).build();
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
