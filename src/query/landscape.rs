//! What lies in a segment of the index besides its postings? Which records make up a document, how long each document is, and of
//! which provinces it speaks: a question about `浙江` is seldom answered by a text about 广东.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::OnceLock;

use tantivy::postings::TermInfo;
use tantivy::{DocId, SegmentReader, TantivyError, Term};

use super::headings::Headings;
use super::kept::{each, filled};
use super::names::Names;
use crate::index::Index;

/// A segment's documents and what is known of them.
pub struct Landscape {
    /// The document of each record, by its ordinal in the segment.
    pub group_of: Vec<u32>,
    /// Whether the record is a passage: only passages make up a document.
    pub passage: Vec<bool>,
    /// Whether the record is the document's own.
    pub document: Vec<bool>,
    /// Whether the record is a heading.
    pub section: Vec<bool>,
    /// The own record of each document.
    pub own: Vec<Option<DocId>>,
    /// The first passage of each document.
    pub first: Vec<Option<DocId>>,
    /// Words and pairs in each document.
    pub lengths: Vec<[f32; 2]>,
    /// Words and pairs in all of them.
    pub whole: [f32; 2],
    /// How many documents hold words, and how many hold pairs.
    pub filled: [f32; 2],
    starts: OnceLock<Vec<u64>>,
    issued: OnceLock<Vec<Option<i64>>>,
    headings: OnceLock<Headings>,
    homes: OnceLock<Vec<Home>>,
    items: OnceLock<HashMap<DocId, DocId>>,
}

/// How often a document names each province, or a place in it.
type Home = HashMap<u8, u32>;

impl Landscape {
    /// The landscape of a segment.
    ///
    /// # Errors
    /// What tantivy says when its files can't be read.
    pub fn of(index: &Index, segment: &SegmentReader) -> Result<Self, TantivyError> {
        let max = segment.max_doc() as usize;
        let docs = segment.fast_fields().str("doc")?;
        let mut group_of = vec![0; max];
        let mut groups = 1;
        if let Some(docs) = &docs {
            groups = docs.num_terms().max(1);
            for (doc, group) in group_of.iter_mut().enumerate() {
                *group = docs.ords().first(doc as DocId).map_or(0, |ord| ord as u32);
            }
        }
        let mut passage = vec![false; max];
        let mut document = vec![false; max];
        let mut section = vec![false; max];
        let types = index.fields().name("type").expect("`type` is one of the names");
        for (name, flags) in [("passage", &mut passage), ("document", &mut document), ("section", &mut section)] {
            let info = segment.inverted_index(types)?.get_term_info(&Term::from_field_text(types, name))?;
            each(segment, types, info.as_ref(), false, |doc, _| flags[doc as usize] = true)?;
        }
        let mut lengths = vec![[0.0; 2]; groups];
        for (at, column) in [index.fields().words, index.fields().pairs].into_iter().enumerate() {
            let norms = segment.get_fieldnorms_reader(column)?;
            for doc in segment.doc_ids_alive().filter(|doc| passage[*doc as usize]) {
                lengths[group_of[doc as usize] as usize][at] += norms.fieldnorm(doc) as f32;
            }
        }
        let mut first = vec![None; groups];
        for doc in segment.doc_ids_alive().filter(|doc| passage[*doc as usize]) {
            first[group_of[doc as usize] as usize].get_or_insert(doc);
        }
        let mut own = vec![None; groups];
        for doc in segment.doc_ids_alive().filter(|doc| document[*doc as usize]) {
            own[group_of[doc as usize] as usize].get_or_insert(doc);
        }
        let whole = [0, 1].map(|kind| lengths.iter().map(|one| one[kind]).sum());
        let filled = [0, 1].map(|kind| lengths.iter().filter(|one| one[kind] > 0.0).fold(0.0, |sum, _| sum + 1.0));
        let (starts, issued, headings) = (OnceLock::new(), OnceLock::new(), OnceLock::new());
        let (homes, items) = (OnceLock::new(), OnceLock::new());
        Ok(Self { group_of, passage, document, section, own, first, lengths, whole, filled, starts, issued, headings, homes, items })
    }

    /// The passages of its document that stand around a record, the record itself among them: one before it, one behind it.
    pub fn around(&self, doc: DocId) -> impl Iterator<Item = DocId> {
        /// Between two passages stand the records read from the first; farther ones aren't looked for.
        const REACH: u32 = 12;
        let group = self.group_of[doc as usize];
        let is_beside = move |at: &DocId| self.group_of.get(*at as usize) == Some(&group) && self.passage[*at as usize];
        let before = (doc.saturating_sub(REACH)..doc).rev().find(is_beside);
        let behind = (doc + 1..=doc + REACH).find(is_beside);
        before.into_iter().chain([doc]).chain(behind)
    }

    /// The records of its document that stand together with a record.
    pub fn document_around(&self, doc: DocId) -> Range<DocId> {
        let group = self.group_of[doc as usize];
        let (before, from) = self.group_of.split_at(doc as usize);
        let start = doc - before.iter().rev().take_while(|other| **other == group).fold(0, |count, _| count + 1);
        let end = doc + from.iter().take_while(|other| **other == group).fold(0, |count, _| count + 1);
        start..end
    }

    /// Where each record begins in its document.
    ///
    /// # Errors
    /// What tantivy says when its files can't be read.
    pub fn starts(&self, segment: &SegmentReader) -> Result<&[u64], TantivyError> {
        let starts = filled(&self.starts, || {
            let column = segment.fast_fields().u64("start")?;
            Ok::<_, TantivyError>((0..segment.max_doc()).map(|doc| column.first(doc).unwrap_or(0)).collect())
        })?;
        Ok(starts)
    }

    /// When each document was issued, as `yyyymmdd`: its own record says so.
    ///
    /// # Errors
    /// What tantivy says when its files can't be read.
    pub fn issued(&self, segment: &SegmentReader) -> Result<&[Option<i64>], TantivyError> {
        let issued = filled(&self.issued, || {
            let column = segment.fast_fields().i64("issued")?;
            Ok::<_, TantivyError>(self.own.iter().map(|own| own.and_then(|doc| column.first(doc))).collect())
        })?;
        Ok(issued)
    }

    /// For each responsibility the passage of its item: the last one of its document that begins before it. That is the paragraph that
    /// its note closes, and the one above a note that is a paragraph by itself.
    ///
    /// # Errors
    /// What tantivy says when its files can't be read.
    pub fn items(&self, index: &Index, segment: &SegmentReader) -> Result<&HashMap<DocId, DocId>, TantivyError> {
        filled(&self.items, || {
            let starts = self.starts(segment)?;
            let types = index.fields().name("type").expect("`type` is one of the names");
            let info = segment.inverted_index(types)?.get_term_info(&Term::from_field_text(types, "responsibility"))?;
            let mut items = HashMap::new();
            each(segment, types, info.as_ref(), false, |doc, _| {
                let group = self.group_of[doc as usize];
                let before = (0..doc).rev().take_while(|at| self.group_of[*at as usize] == group);
                let mut passages = before.filter(|at| self.passage[*at as usize]);
                items.extend(passages.find(|at| starts[*at as usize] < starts[doc as usize]).map(|passage| (doc, passage)));
            })?;
            Ok::<_, TantivyError>(items)
        })
    }

    /// The headings above the records.
    ///
    /// # Errors
    /// What tantivy says when its files can't be read.
    pub fn headings(&self, index: &Index, segment: &SegmentReader) -> Result<&Headings, TantivyError> {
        let section = index.fields().name("section").expect("`section` is one of the names");
        filled(&self.headings, || Headings::of(segment, section))
    }

    /// How many documents have records in the segment.
    pub fn groups(&self) -> usize {
        self.lengths.len()
    }

    /// What share of the places that each document names lies in none of `provinces`; 0 where it names none.
    ///
    /// # Errors
    /// What tantivy says when its files can't be read.
    pub fn elsewhere(&self, index: &Index, segment: &SegmentReader, names: &dyn Names, provinces: &[u8]) -> Result<Vec<f32>, TantivyError> {
        let homes = filled(&self.homes, || self.read_homes(index, segment, names))?;
        let share = |home: &Home| {
            let all: u32 = home.values().sum();
            let here: u32 = provinces.iter().filter_map(|province| home.get(province)).sum();
            if all == 0 { 0.0 } else { (all - here) as f32 / all as f32 }
        };
        Ok(homes.iter().map(share).collect())
    }

    /// Counts the names of places in passages: of a long name (石家庄) the rarest of its pairs stands for it.
    fn read_homes(&self, index: &Index, segment: &SegmentReader, names: &dyn Names) -> Result<Vec<Home>, TantivyError> {
        let column = index.fields().pairs;
        let inverted = segment.inverted_index(column)?;
        let mut homes = vec![Home::new(); self.groups()];
        for (name, province) in names.landmarks() {
            let chars: Vec<char> = name.chars().collect();
            let mut rarest: Option<TermInfo> = None;
            for pair in chars.windows(2) {
                let pair: String = pair.iter().collect();
                let Some(info) = inverted.get_term_info(&Term::from_field_text(column, &pair))? else {
                    rarest = None; // a name of which one pair is nowhere is nowhere
                    break;
                };
                if rarest.as_ref().is_none_or(|known| info.doc_freq < known.doc_freq) {
                    rarest = Some(info);
                }
            }
            each(segment, column, rarest.as_ref(), true, |doc, often| {
                if self.passage[doc as usize] {
                    *homes[self.group_of[doc as usize] as usize].entry(*province).or_default() += often;
                }
            })?;
        }
        Ok(homes)
    }
}
