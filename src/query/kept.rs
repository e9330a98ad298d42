//! What does a searcher keep from one query to the next? Where the postings of a term lie and how often each document holds it:
//! `产业` is asked for again and again, and a document's share of a score needs every passage of it.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use tantivy::postings::{BlockSegmentPostings, TermInfo};
use tantivy::schema::{Field as Column, IndexRecordOption};
use tantivy::{DocId, SegmentReader, TERMINATED, TantivyError, Term};

use super::landscape::Landscape;
use super::matching::Bits;
use crate::index::Index;

/// How many bytes of terms are kept; when they are full, all are forgotten, and those that are asked for are soon back.
const KEPT: usize = 64 << 20;
/// What a term takes besides its documents.
const TERM: usize = 200;

/// The terms that were asked for lately.
#[derive(Default)]
pub struct Kept {
    terms: RwLock<Terms>,
}

#[derive(Default)]
struct Terms {
    known: HashMap<Column, HashMap<Box<str>, Arc<Known>>>,
    bytes: usize,
}

/// What is known of a term in a column.
pub struct Known {
    /// By segment: where its postings are.
    infos: Vec<Option<TermInfo>>,
    /// How many records hold it.
    pub frequency: u32,
    /// By segment: the documents that hold it, and how often.
    documents: OnceLock<Vec<Vec<(u32, u32)>>>,
}

/// Which records of a document count for it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Counting {
    /// Its passages.
    Passages,
    /// Its own record alone.
    Document,
}

impl Known {
    /// Where the postings of a segment are.
    pub fn info(&self, ord: usize) -> Option<&TermInfo> {
        self.infos.get(ord).and_then(Option::as_ref)
    }

    /// Whether a document of a segment may hold it: false only where its documents are counted, and this is none of them.
    pub fn may_stand_in(&self, ord: usize, group: u32) -> bool {
        self.documents.get().is_none_or(|found| found[ord].binary_search_by_key(&group, |found| found.0).is_ok())
    }
}

impl Kept {
    /// What is known of `term` in `column`.
    ///
    /// # Errors
    /// What tantivy says when its files can't be read.
    pub fn term(&self, index: &Index, column: Column, term: &str) -> Result<Arc<Known>, TantivyError> {
        let terms = self.terms.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = terms.known.get(&column).and_then(|known| known.get(term)) {
            return Ok(Arc::clone(known));
        }
        drop(terms);
        let mut known = Known { infos: Vec::new(), frequency: 0, documents: OnceLock::new() };
        let wanted = Term::from_field_text(column, term);
        for segment in index.searcher().segment_readers() {
            let info = segment.inverted_index(column)?.get_term_info(&wanted)?;
            known.frequency += info.as_ref().map_or(0, |info| info.doc_freq);
            known.infos.push(info);
        }
        let known = Arc::new(known);
        self.put(TERM + term.len(), |terms| {
            terms.known.entry(column).or_default().insert(term.into(), Arc::clone(&known));
        });
        Ok(known)
    }

    /// By segment: which documents hold the term, each with how often what counts for it does.
    ///
    /// # Errors
    /// What tantivy says when its files can't be read.
    pub fn documents<'k>(
        &self,
        index: &Index,
        landscapes: &[Landscape],
        column: Column,
        known: &'k Known,
        counting: Counting,
    ) -> Result<&'k [Vec<(u32, u32)>], TantivyError> {
        if let Some(documents) = known.documents.get() {
            return Ok(documents);
        }
        let mut all = Vec::with_capacity(landscapes.len());
        for (ord, (land, segment)) in landscapes.iter().zip(index.searcher().segment_readers()).enumerate() {
            let counts = if counting == Counting::Passages { &land.passage } else { &land.document };
            let mut found: Vec<(u32, u32)> = Vec::new();
            each(segment, column, known.info(ord), true, |doc, often| {
                if counts[doc as usize] {
                    let group = land.group_of[doc as usize];
                    match found.last_mut() {
                        Some((last, sum)) if *last == group => *sum += often,
                        _ => found.push((group, often)),
                    }
                }
            })?;
            // The records of a document stand together, but for those of a segment that was merged of several.
            if !found.is_sorted_by(|one, next| one.0 < next.0) {
                found.sort_unstable();
                found.dedup_by(|next, first| {
                    let same = next.0 == first.0;
                    first.1 += if same { next.1 } else { 0 };
                    same
                });
            }
            found.shrink_to_fit();
            all.push(found);
        }
        let bytes = all.iter().map(|found| found.len() * 8).sum();
        self.put(bytes, |_| {});
        Ok(known.documents.get_or_init(|| all))
    }

    fn put(&self, bytes: usize, put: impl FnOnce(&mut Terms)) {
        let mut terms = self.terms.write().unwrap_or_else(PoisonError::into_inner);
        if terms.bytes + bytes > KEPT {
            *terms = Terms::default();
        }
        terms.bytes += bytes;
        put(&mut terms);
    }
}

/// What `cell` holds, made by `make` where it holds nothing yet.
pub fn filled<T, E>(cell: &OnceLock<T>, make: impl FnOnce() -> Result<T, E>) -> Result<&T, E> {
    if let Some(made) = cell.get() {
        return Ok(made);
    }
    let value = make()?;
    Ok(cell.get_or_init(|| value))
}

/// Calls `tell` with each record of a segment that has the term, and how often (once where `often` isn't asked for).
///
/// # Errors
/// What tantivy says when its files can't be read.
pub fn each(
    segment: &SegmentReader,
    column: Column,
    info: Option<&TermInfo>,
    often: bool,
    mut tell: impl FnMut(DocId, u32),
) -> Result<(), TantivyError> {
    let Some(info) = info else { return Ok(()) };
    let mut blocks = postings(segment, column, info, often)?;
    loop {
        let docs = blocks.docs();
        if docs.is_empty() {
            return Ok(());
        }
        let freqs = blocks.freqs();
        if often && freqs.len() == docs.len() {
            for (doc, often) in docs.iter().zip(freqs) {
                tell(*doc, *often);
            }
        } else {
            for doc in docs {
                tell(*doc, 1);
            }
        }
        blocks.advance();
    }
}

fn postings(segment: &SegmentReader, column: Column, info: &TermInfo, often: bool) -> Result<BlockSegmentPostings, TantivyError> {
    let option = if often { IndexRecordOption::WithFreqs } else { IndexRecordOption::Basic };
    Ok(segment.inverted_index(column)?.read_block_postings_from_terminfo(info, option)?)
}

/// The records of a segment that are wanted.
pub struct Wanted<'b> {
    bits: &'b Bits,
    docs: Vec<DocId>,
    all: bool,
}

/// Where so many postings come to a wanted record, the records are looked up, not the postings gone through.
const SPARSE: usize = 12;

impl<'b> Wanted<'b> {
    /// The records of `bits`, of a segment of `max_doc`.
    pub fn of(bits: &'b Bits, max_doc: DocId) -> Self {
        let count = bits.count();
        let docs = if count * SPARSE < max_doc as usize { bits.iter().collect() } else { Vec::new() };
        Self { bits, docs, all: count == max_doc as usize }
    }

    /// Whether none is wanted.
    pub fn is_empty(&self) -> bool {
        !self.all && self.docs.is_empty() && self.bits.count() == 0
    }

    /// Calls `tell` with each wanted record.
    pub fn docs(&self, tell: impl FnMut(DocId)) {
        if self.docs.is_empty() { self.bits.iter().for_each(tell) } else { self.docs.iter().copied().for_each(tell) }
    }

    /// Calls `tell` with each wanted record that has the term, and how often (once where `often` isn't asked for).
    ///
    /// # Errors
    /// What tantivy says when its files can't be read.
    pub fn each(
        &self,
        segment: &SegmentReader,
        column: Column,
        info: Option<&TermInfo>,
        often: bool,
        mut tell: impl FnMut(DocId, u32),
    ) -> Result<(), TantivyError> {
        let Some(found) = info else { return Ok(()) };
        if self.all {
            return each(segment, column, info, often, tell);
        }
        if self.docs.is_empty() || self.docs.len() * SPARSE > found.doc_freq as usize {
            return each(segment, column, info, often, |doc, often| {
                if self.bits.has(doc) {
                    tell(doc, often);
                }
            });
        }
        let mut blocks = postings(segment, column, found, often)?;
        for doc in &self.docs {
            let at = blocks.seek(*doc);
            match blocks.doc(at) {
                TERMINATED => break,
                here if here == *doc => {
                    let freqs = blocks.freqs();
                    tell(*doc, if often { freqs.get(at).copied().unwrap_or(1) } else { 1 });
                }
                _ => {}
            }
        }
        Ok(())
    }
}
