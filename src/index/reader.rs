//! What is in the index now? An [`Index`] opens the current generation; its searcher is one moment's state, whatever a
//! writer does meanwhile: `index.record("方案:target:568-588")` gives the record's JSON.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::Value;
use tantivy::collector::DocSetCollector;
use tantivy::columnar::Column;
use tantivy::query::{BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::{IndexRecordOption, Value as _};
use tantivy::{DocAddress, ReloadPolicy, Searcher, TantivyDocument, Term};

use super::error::Error;
use super::folder;
use super::schema::{Fields, schema};
use super::stored::whole;
use super::words::Dictionary;

/// How many blocks of stored records the segments together keep at hand, 64 MB at most; what is found again is then not unpacked again.
const STORE_BLOCKS: usize = 512;

/// An index open for reading.
pub struct Index {
    dir: PathBuf,
    number: u64,
    tantivy: tantivy::Index,
    searcher: Searcher,
    /// Where the records of each segment start.
    starts: Vec<Column>,
    fields: Fields,
    dictionary: Dictionary,
}

/// What an index holds, in figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stats {
    /// Documents.
    pub documents: usize,
    /// Records by type, passages among them.
    pub records: BTreeMap<String, usize>,
    /// The first and last date of issue, as `yyyymmdd`.
    pub issued: Option<(i64, i64)>,
    /// Bytes on disk.
    pub bytes: u64,
    /// The version of the schema.
    pub schema: u32,
}

impl Index {
    /// Opens the index in `dir`.
    ///
    /// # Errors
    /// [`Error::Missing`], [`Error::Stale`], [`Error::Broken`], [`Error::Io`].
    pub fn open(dir: &Path) -> Result<Self, Error> {
        let mut number = folder::current(dir)?;
        loop {
            match Self::open_generation(dir, number) {
                Ok(index) => return Ok(index),
                Err(error) => {
                    // A rebuild may have put the next generation in place and swept this one in between.
                    let now = folder::current(dir)?;
                    if now == number {
                        return Err(error);
                    }
                    number = now;
                }
            }
        }
    }

    pub(super) fn open_generation(dir: &Path, number: u64) -> Result<Self, Error> {
        let path = folder::generation(dir, number);
        let dictionary = folder::read_versions(dir, &path)?;
        let broken = |source| Error::Broken { dir: dir.to_owned(), source };
        let index = tantivy::Index::open_in_dir(&path).map_err(broken)?;
        let segments = index.searchable_segment_metas().map_err(broken)?.len().max(1);
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .doc_store_cache_num_blocks((STORE_BLOCKS / segments).max(1))
            .try_into()
            .map_err(broken)?;
        let searcher = reader.searcher();
        let starts = searcher.segment_readers().iter().map(|segment| segment.fast_fields().u64("start"));
        let starts = starts.collect::<tantivy::Result<_>>().map_err(broken)?;
        Ok(Self { dir: dir.to_owned(), number, tantivy: index, searcher, starts, fields: schema().1, dictionary })
    }

    /// The same index as it is now: itself where nothing has been committed since it was opened.
    ///
    /// # Errors
    /// As [`Index::open`].
    pub fn is_current(&self) -> Result<bool, Error> {
        if folder::current(&self.dir)? != self.number {
            return Ok(false);
        }
        let metas = self.tantivy.load_metas().map_err(|source| self.broken(source))?;
        let mut ours: Vec<_> = self.searcher.segment_readers().iter().map(|one| (one.segment_id(), one.delete_opstamp())).collect();
        let mut now: Vec<_> = metas.segments.iter().map(|one| (one.id(), one.delete_opstamp())).collect();
        ours.sort();
        now.sort();
        Ok(ours == now)
    }

    /// Which files make up its last commit: what a run that was killed wrote after it is not among them.
    pub(super) fn files(&self) -> Result<impl Fn(&str) -> bool, Error> {
        let segments = self.tantivy.load_metas().map_err(|source| self.broken(source))?.segments;
        Ok(move |name: &str| {
            // `UUID.idx`, and `UUID.12.del` where records are deleted as of commit 12.
            let (stem, rest) = name.split_once('.').unwrap_or((name, ""));
            let Some(segment) = segments.iter().find(|segment| segment.id().uuid_string() == stem) else {
                return matches!(name, "meta.json" | ".managed.json");
            };
            rest.strip_suffix(".del").is_none_or(|deleted| segment.delete_opstamp().is_some_and(|opstamp| opstamp.to_string() == deleted))
        })
    }

    pub(super) fn into_dictionary(self) -> Dictionary {
        self.dictionary
    }

    /// The folder it was opened from.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// The state that this index reads.
    pub fn searcher(&self) -> &Searcher {
        &self.searcher
    }

    /// The fields of its schema.
    pub fn fields(&self) -> &Fields {
        &self.fields
    }

    /// The words its texts were cut with.
    pub fn dictionary(&self) -> &Dictionary {
        &self.dictionary
    }

    /// The error of this index for one of tantivy's.
    pub fn broken(&self, source: tantivy::TantivyError) -> Error {
        Error::Broken { dir: self.dir.clone(), source }
    }

    /// The record at an address.
    ///
    /// # Errors
    /// [`Error::Broken`] where the store can't be read.
    pub fn record_at(&self, address: DocAddress) -> Result<Value, Error> {
        let stored: TantivyDocument = self.searcher.doc(address).map_err(|source| self.broken(source))?;
        let json = stored.get_first(self.fields.record).and_then(|value| value.as_str()).unwrap_or_default();
        let stored = serde_json::from_str(json)
            .map_err(|error| self.broken(tantivy::TantivyError::InternalError(format!("a stored record is no JSON: {error}"))))?;
        let start = self.starts[address.segment_ord as usize].first(address.doc_id).unwrap_or_default();
        whole(stored, start, |before| match address.doc_id.checked_sub(before).filter(|_| before > 0) {
            Some(doc_id) => self.record_at(DocAddress { doc_id, ..address }),
            None => Err(self.broken(tantivy::TantivyError::InternalError("a stored record is like none before it".to_owned()))),
        })
    }

    /// The record with this id (`{doc}:{type}:{start}-{end}`).
    ///
    /// # Errors
    /// [`Error::Broken`].
    pub fn record(&self, id: &str) -> Result<Option<Value>, Error> {
        let mut parts = id.rsplitn(3, ':');
        let (Some(_span), Some(kind), Some(doc)) = (parts.next(), parts.next(), parts.next()) else {
            return Ok(None);
        };
        let records = self.records_of(doc, Some(kind))?;
        Ok(records.into_iter().find(|record| record["id"] == id))
    }

    /// The records of a document, of one type or of all, in the order of the text.
    ///
    /// # Errors
    /// [`Error::Broken`].
    pub fn records_of(&self, doc: &str, kind: Option<&str>) -> Result<Vec<Value>, Error> {
        self.records_among(doc, kind.as_slice())
    }

    /// The documents, one by one in the order of their names, each as its records of these types (of all where none is named)
    /// in the order of its text; one document at a time is in memory.
    ///
    /// # Errors
    /// [`Error::Broken`], here or from the iterator.
    pub fn each_document<'i>(&'i self, kinds: &'i [&'i str]) -> Result<impl Iterator<Item = Result<Vec<Value>, Error>> + 'i, Error> {
        Ok(self.values("doc")?.into_keys().map(move |doc| self.records_among(&doc, kinds)))
    }

    /// All records of these types at once, in the order of [`Index::each_document`].
    ///
    /// # Errors
    /// [`Error::Broken`].
    pub fn records(&self, kinds: &[&str]) -> Result<Vec<Value>, Error> {
        let mut all = Vec::new();
        for document in self.each_document(kinds)? {
            all.append(&mut document?);
        }
        Ok(all)
    }

    /// The records of a document of some types, of all where none is named, in the order of the text.
    fn records_among(&self, doc: &str, kinds: &[&str]) -> Result<Vec<Value>, Error> {
        let term = |name: &str, value: &str| -> Box<dyn Query> {
            let field = self.fields.name(name).expect("only names of the schema are asked for");
            Box::new(TermQuery::new(Term::from_field_text(field, value), IndexRecordOption::Basic))
        };
        let mut parts = vec![(Occur::Must, term("doc", doc))];
        if !kinds.is_empty() {
            let kinds = kinds.iter().map(|kind| term("type", kind)).collect();
            parts.push((Occur::Must, Box::new(BooleanQuery::union(kinds)) as Box<dyn Query>));
        }
        let mut records = self.records_by(&BooleanQuery::new(parts))?;
        records.sort_by_key(|record| (record["start"].as_u64(), record["end"].as_u64()));
        Ok(records)
    }

    fn records_by(&self, query: &dyn Query) -> Result<Vec<Value>, Error> {
        let found = self.searcher.search(query, &DocSetCollector).map_err(|source| self.broken(source))?;
        let mut addresses: Vec<DocAddress> = found.into_iter().collect();
        addresses.sort_unstable();
        addresses.into_iter().map(|address| self.record_at(address)).collect()
    }

    /// The names of the documents, each with the `sha256` of its `document` record.
    ///
    /// # Errors
    /// [`Error::Broken`].
    pub fn documents(&self) -> Result<BTreeMap<String, String>, Error> {
        let mut known = BTreeMap::new();
        for doc in self.values("doc")?.into_keys() {
            known.insert(doc, String::new());
        }
        for segment in self.searcher.segment_readers() {
            let column = |name| segment.fast_fields().str(name).map_err(|source| self.broken(source));
            let (Some(names), Some(hashes)) = (column("doc")?, column("sha256")?) else { continue };
            for record in segment.doc_ids_alive() {
                let (Some(name), Some(hash)) = (names.term_ords(record).next(), hashes.term_ords(record).next()) else { continue };
                let (mut doc, mut sha256) = (String::new(), String::new());
                let io = |error: std::io::Error| self.broken(error.into());
                names.ord_to_str(name, &mut doc).map_err(io)?;
                hashes.ord_to_str(hash, &mut sha256).map_err(io)?;
                known.insert(doc, sha256);
            }
        }
        Ok(known)
    }

    /// The values of a filter name, each with the number of its records.
    ///
    /// # Errors
    /// [`Error::Broken`].
    ///
    /// # Panics
    /// Where `name` is none of [`super::NAMES`].
    pub fn values(&self, name: &str) -> Result<BTreeMap<String, usize>, Error> {
        let field = self.fields.name(name).expect("only names of the schema are asked for");
        let mut values = BTreeMap::new();
        for segment in self.searcher.segment_readers() {
            let inverted = segment.inverted_index(field).map_err(|source| self.broken(source))?;
            let io = |error: std::io::Error| self.broken(error.into());
            let mut terms = inverted.terms().stream().map_err(io)?;
            while terms.advance() {
                let postings = inverted.read_postings_from_terminfo(terms.value(), IndexRecordOption::Basic).map_err(io)?;
                let count = match segment.alive_bitset() {
                    Some(alive) => postings.doc_freq_given_deletes(alive),
                    None => postings.doc_freq(),
                };
                if count > 0 {
                    let value = String::from_utf8_lossy(terms.key()).into_owned();
                    *values.entry(value).or_default() += count as usize;
                }
            }
        }
        Ok(values)
    }

    /// What the index holds, in figures.
    ///
    /// # Errors
    /// [`Error::Broken`].
    pub fn stats(&self) -> Result<Stats, Error> {
        let mut issued: Option<(i64, i64)> = None;
        for segment in self.searcher.segment_readers() {
            let column = segment.fast_fields().i64("issued").map_err(|source| self.broken(source))?;
            for date in segment.doc_ids_alive().filter_map(|doc| column.first(doc)) {
                let (first, last) = issued.unwrap_or((date, date));
                issued = Some((first.min(date), last.max(date)));
            }
        }
        let folder = folder::generation(&self.dir, self.number);
        let bytes = std::fs::read_dir(&folder)
            .map_err(|source| Error::Io { path: folder.clone(), source })?
            .flatten()
            .filter_map(|entry| Some(entry.metadata().ok()?.len()))
            .sum();
        Ok(Stats { documents: self.values("doc")?.len(), records: self.values("type")?, issued, bytes, schema: super::schema::SCHEMA })
    }
}
