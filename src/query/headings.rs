//! Which headings stand above a record, and which of them hold what is asked? The index holds each heading once, as a value of the
//! filter `section` with the records below it; here it is turned round, so that `生物产业` finds the headings, and a record its own.

use std::collections::HashMap;

use tantivy::schema::Field as Column;
use tantivy::{SegmentReader, TantivyError};

use super::kept::each;

/// The headings of a segment.
pub struct Headings {
    /// The headings that hold a pair of characters, for each pair.
    holding: HashMap<[char; 2], Vec<u32>>,
    /// How many records stand below each heading.
    below: Vec<u32>,
    /// The headings above each record, one record after the other.
    above: Vec<u32>,
    /// Where the headings of each record end in `above`.
    ends: Vec<u32>,
}

impl Headings {
    /// The headings of a segment, from its column `section`.
    ///
    /// # Errors
    /// What tantivy says when its files can't be read.
    pub fn of(segment: &SegmentReader, section: Column) -> Result<Self, TantivyError> {
        let inverted = segment.inverted_index(section)?;
        let mut holding: HashMap<[char; 2], Vec<u32>> = HashMap::new();
        let mut below = Vec::new();
        let mut found: Vec<(u32, u32)> = Vec::new();
        let mut terms = inverted.terms().stream()?;
        while terms.advance() {
            let heading = u32::try_from(below.len()).unwrap_or(u32::MAX);
            let mut before = None;
            for c in String::from_utf8_lossy(terms.key()).chars() {
                if let Some(before) = before.replace(c) {
                    let known = holding.entry([before, c]).or_default();
                    if known.last() != Some(&heading) {
                        known.push(heading);
                    }
                }
            }
            below.push(terms.value().doc_freq);
            each(segment, section, Some(terms.value()), false, |doc, _| found.push((doc, heading)))?;
        }
        let mut ends = vec![0_u32; segment.max_doc() as usize];
        for (doc, _) in &found {
            ends[*doc as usize] += 1;
        }
        let mut sum = 0;
        for end in &mut ends {
            let count = std::mem::replace(end, sum);
            sum += count;
        }
        // Each record's place moves from its begin to its end as its headings are put there.
        let mut above = vec![0; found.len()];
        for (doc, heading) in found {
            let place = &mut ends[doc as usize];
            above[*place as usize] = heading;
            *place += 1;
        }
        Ok(Self { holding, below, above, ends })
    }

    /// The headings that hold a pair of characters.
    pub fn holding(&self, pair: &str) -> &[u32] {
        let mut chars = pair.chars();
        let (Some(one), Some(other)) = (chars.next(), chars.next()) else { return &[] };
        self.holding.get(&[one, other]).map_or(&[], Vec::as_slice)
    }

    /// How many headings there are.
    pub fn count(&self) -> usize {
        self.below.len()
    }

    /// How many records stand below a heading.
    pub fn below(&self, heading: u32) -> u32 {
        self.below[heading as usize]
    }

    /// The headings above a record.
    pub fn above(&self, doc: u32) -> &[u32] {
        let begin = (doc as usize).checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.above[begin as usize..self.ends[doc as usize] as usize]
    }
}
