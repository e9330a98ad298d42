//! Which documents are copies of one another? The same text from two sites is shown once: of each record that both hold, the one of the
//! first document.
//!
//! The index holds for each record a print of what it says and for each document a sketch of its passages' prints
//! ([`crate::index::print`]); two documents whose sketches agree for the most part are copies.

use std::collections::{BTreeMap, HashMap};

use tantivy::{DocId, SegmentReader, TantivyError};

use super::landscape::Landscape;
use super::matching::Bits;
use crate::index::{Index, SKETCH, same_text};

/// The documents of which there are copies.
#[derive(Default)]
pub struct Copies {
    /// By segment and document: of which text it is a copy; empty where no text is there twice.
    texts: Vec<Vec<Option<u32>>>,
}

/// In how many of the first places of their sketches copies are looked for.
const LOOKED_UP: usize = 4;

/// A record of a text that is there twice.
struct Told {
    text: u32,
    print: u64,
    order: u32,
    at: (u32, DocId),
}

/// The other documents that hold the same, by segment and number there, for each record that is shown for them all.
pub type Others = HashMap<(u32, DocId), Vec<(u32, u32)>>;

impl Copies {
    /// The copies among the documents of an index.
    ///
    /// # Errors
    /// What tantivy says when its files can't be read.
    pub fn of(index: &Index, landscapes: &[Landscape]) -> Result<Self, TantivyError> {
        let mut sketches: Vec<((usize, usize), Vec<u64>)> = Vec::new();
        for (ord, (land, segment)) in landscapes.iter().zip(index.searcher().segment_readers()).enumerate() {
            let column = segment.fast_fields().u64("sketch")?;
            for doc in segment.doc_ids_alive() {
                let sketch: Vec<u64> = column.values_for_doc(doc).collect();
                if sketch.len() == SKETCH {
                    sketches.push(((ord, land.group_of[doc as usize] as usize), sketch));
                }
            }
        }
        let mut buckets: HashMap<(usize, u64), Vec<usize>> = HashMap::new();
        for (at, (_, sketch)) in sketches.iter().enumerate() {
            for (place, print) in sketch.iter().enumerate().take(LOOKED_UP) {
                buckets.entry((place, *print)).or_default().push(at);
            }
        }
        // Of each document the first one that it is a copy of.
        let mut first: Vec<usize> = (0..sketches.len()).collect();
        let mut alike: Vec<&Vec<usize>> = buckets.values().filter(|bucket| bucket.len() > 1).collect();
        alike.sort_unstable();
        for bucket in alike {
            for (nth, one) in bucket.iter().enumerate() {
                for other in &bucket[nth + 1..] {
                    if same_text(&sketches[*one].1, &sketches[*other].1) {
                        let (one, other) = (root(&first, *one), root(&first, *other));
                        first[one.max(other)] = one.min(other);
                    }
                }
            }
        }
        if first.iter().enumerate().all(|(at, first)| at == *first) {
            return Ok(Self::default());
        }
        let mut sizes: BTreeMap<usize, u32> = BTreeMap::new();
        (0..first.len()).for_each(|at| *sizes.entry(root(&first, at)).or_default() += 1);
        let mut texts: Vec<Vec<Option<u32>>> = landscapes.iter().map(|land| vec![None; land.groups()]).collect();
        for (at, ((ord, group), _)) in sketches.iter().enumerate() {
            let text = root(&first, at);
            if sizes[&text] > 1 {
                texts[*ord][*group] = Some(text as u32);
            }
        }
        Ok(Self { texts })
    }

    /// Takes out of what was found the records that another one is shown for: of each document but the first, those that the first
    /// holds too, or all, where documents are shown. `order` says which document comes first.
    ///
    /// # Errors
    /// What tantivy says when its files can't be read.
    pub fn take_out(
        &self,
        found: &mut [Bits],
        segments: &[SegmentReader],
        landscapes: &[Landscape],
        order: &[Vec<u32>],
        whole_documents: bool,
    ) -> Result<Others, TantivyError> {
        let mut others = Others::new();
        let mut told: Vec<Told> = Vec::new();
        for (ord, (texts, segment)) in self.texts.iter().zip(segments).enumerate() {
            let prints = segment.fast_fields().u64("print")?;
            for doc in found[ord].iter() {
                let group = landscapes[ord].group_of[doc as usize] as usize;
                let Some(text) = texts[group] else { continue };
                let Some(print) = (if whole_documents { Some(0) } else { prints.first(doc) }) else { continue };
                told.push(Told { text, print, order: order[ord][group], at: (ord as u32, doc) });
            }
        }
        told.sort_unstable_by_key(|one| (one.text, one.print, one.order, one.at));
        for same in told.chunk_by(|one, next| (one.text, one.print) == (next.text, next.print)) {
            let of = |one: &Told| (one.at.0, landscapes[one.at.0 as usize].group_of[one.at.1 as usize]);
            let mut elsewhere: Vec<(u32, u32)> = same.iter().filter(|one| one.order != same[0].order).map(of).collect();
            elsewhere.dedup();
            if elsewhere.is_empty() {
                continue;
            }
            for one in same {
                if one.order == same[0].order {
                    others.insert(one.at, elsewhere.clone());
                } else {
                    found[one.at.0 as usize].take(one.at.1);
                }
            }
        }
        Ok(others)
    }
}

fn root(first: &[usize], mut at: usize) -> usize {
    while first[at] != at {
        at = first[at];
    }
    at
}
