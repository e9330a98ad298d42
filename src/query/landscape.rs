//! What lies in a segment of the index besides its postings? Which records make up a document, how long each document is, and of
//! which provinces it speaks: a question about `浙江` is seldom answered by a text about 广东.

use std::collections::HashMap;
use std::sync::OnceLock;

use tantivy::schema::{Field as Column, IndexRecordOption};
use tantivy::{DocId, SegmentReader, TantivyError, Term};

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
    /// The first passage of each document.
    pub first: Vec<Option<DocId>>,
    /// Words and pairs in each document.
    pub lengths: Vec<[f32; 2]>,
    homes: OnceLock<Vec<Home>>,
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
        let types = index.fields().name("type").expect("`type` is one of the names");
        for (name, flags) in [("passage", &mut passage), ("document", &mut document)] {
            each(segment, types, name, IndexRecordOption::Basic, |doc, _| flags[doc as usize] = true)?;
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
        Ok(Self { group_of, passage, document, first, lengths, homes: OnceLock::new() })
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
        let homes = if let Some(homes) = self.homes.get() {
            homes
        } else {
            let read = self.read_homes(index, segment, names)?;
            self.homes.get_or_init(|| read)
        };
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
            let mut rarest: Option<(u32, String)> = None;
            for pair in chars.windows(2) {
                let pair: String = pair.iter().collect();
                let often = inverted.doc_freq(&Term::from_field_text(column, &pair))?;
                if rarest.as_ref().is_none_or(|known| often < known.0) {
                    rarest = Some((often, pair));
                }
            }
            let Some((_, pair)) = rarest.filter(|(often, _)| *often > 0) else { continue };
            each(segment, column, &pair, IndexRecordOption::WithFreqs, |doc, often| {
                if self.passage[doc as usize] {
                    *homes[self.group_of[doc as usize] as usize].entry(*province).or_default() += often;
                }
            })?;
        }
        Ok(homes)
    }
}

/// Calls `tell` with each record that has the term, and how often.
///
/// # Errors
/// What tantivy says when its files can't be read.
pub fn each(
    segment: &SegmentReader,
    column: Column,
    term: &str,
    option: IndexRecordOption,
    mut tell: impl FnMut(DocId, u32),
) -> Result<(), TantivyError> {
    let inverted = segment.inverted_index(column)?;
    let Some(info) = inverted.get_term_info(&Term::from_field_text(column, term))? else {
        return Ok(());
    };
    let mut blocks = inverted.read_block_postings_from_terminfo(&info, option)?;
    loop {
        let docs = blocks.docs();
        if docs.is_empty() {
            return Ok(());
        }
        if option == IndexRecordOption::Basic {
            for doc in docs {
                tell(*doc, 1);
            }
        } else {
            for (doc, often) in docs.iter().zip(blocks.freqs()) {
                tell(*doc, *often);
            }
        }
        blocks.advance();
    }
}
