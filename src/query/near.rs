//! Do the terms stand together? Of a long text it is the stretch that says most of the question that answers it, and the longer the
//! runs of the question's own characters (`缓缴社会保险费`), the surer. Read for the best records alone: it takes the places of the terms.

use tantivy::postings::{Postings, TermInfo};
use tantivy::schema::{Field as Column, IndexRecordOption};
use tantivy::{DocId, DocSet, SegmentReader, TantivyError};

/// How many characters of a text are read together.
const STRETCH: u32 = 100;
/// How many characters of a document's beginning say what it is about.
const BEGINNING: u32 = 120;

/// What stands where in one record.
#[derive(Debug, Default, Clone)]
pub struct Sights {
    /// For each pair of the question its places, in order.
    places: Vec<Vec<u32>>,
}

impl Sights {
    /// The places of the pairs with these postings in each of `records` (in order, each once) of a segment.
    ///
    /// # Errors
    /// What tantivy says when its files can't be read.
    pub fn read(
        segment: &SegmentReader,
        column: Column,
        pairs: &[Option<&TermInfo>],
        records: &[DocId],
    ) -> Result<Vec<Self>, TantivyError> {
        let inverted = segment.inverted_index(column)?;
        let mut sights = vec![Self { places: vec![Vec::new(); pairs.len()] }; records.len()];
        for (at, info) in pairs.iter().enumerate() {
            let Some(info) = info else { continue };
            let mut postings = inverted.read_postings_from_terminfo(info, IndexRecordOption::WithFreqsAndPositions)?;
            for (record, sights) in records.iter().zip(&mut sights) {
                if postings.doc() < *record {
                    postings.seek(*record);
                }
                if postings.doc() == *record {
                    postings.positions(&mut sights.places[at]);
                }
            }
        }
        Ok(sights)
    }

    /// The most that one stretch says of the question: the sum of what the pairs in it are worth, each once.
    pub fn stretch(&self, worth: &[f32]) -> f32 {
        let mut places: Vec<(u32, usize)> = Vec::new();
        for (pair, here) in self.places.iter().enumerate().filter(|(pair, _)| worth[*pair] > 0.0) {
            places.extend(here.iter().map(|place| (*place, pair)));
        }
        places.sort_unstable();
        let mut held = vec![0_u32; worth.len()];
        let (mut sum, mut most, mut from) = (0.0_f32, 0.0_f32, 0);
        for (place, pair) in &places {
            if held[*pair] == 0 {
                sum += worth[*pair];
            }
            held[*pair] += 1;
            while places[from].0 + STRETCH < *place {
                let left = places[from].1;
                held[left] -= 1;
                if held[left] == 0 {
                    sum -= worth[left];
                }
                from += 1;
            }
            most = most.max(sum);
        }
        most
    }

    /// What the beginning of the text says of the question.
    pub fn beginning(&self, worth: &[f32]) -> f32 {
        let early = |places: &Vec<u32>| places.first().is_some_and(|place| *place < BEGINNING);
        self.places.iter().zip(worth).filter(|(places, _)| early(places)).map(|(_, worth)| worth).sum()
    }

    /// What the question's own runs of characters are worth, where they stand in the text as they stand in the question: a run
    /// counts the more the longer it is.
    pub fn runs(&self, lines: &[Vec<usize>], worth: &[f32]) -> f32 {
        let mut sum = 0.0;
        for line in lines {
            let mut from = 0;
            while from < line.len() {
                let mut ends = self.places[line[from]].clone();
                let mut to = from + 1;
                while !ends.is_empty() && to < line.len() {
                    let next = &self.places[line[to]];
                    let further: Vec<u32> = ends.iter().map(|end| end + 1).filter(|end| next.binary_search(end).is_ok()).collect();
                    if further.is_empty() {
                        break;
                    }
                    ends = further;
                    to += 1;
                }
                let pairs = to - from;
                if !ends.is_empty() && pairs > 1 {
                    let held: f32 = line[from..to].iter().map(|pair| worth[*pair]).sum();
                    sum += held * (pairs - 1) as f32;
                }
                from = to;
            }
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sights(places: &[&[u32]]) -> Sights {
        Sights { places: places.iter().map(|places| places.to_vec()).collect() }
    }

    #[test]
    fn what_stands_together_is_worth_more() {
        let apart = sights(&[&[0], &[400], &[800]]);
        let together = sights(&[&[0], &[400], &[410, 480]]);
        let worth = [1.0, 2.0, 4.0];
        assert!((apart.stretch(&worth) - 4.0).abs() < 1e-6);
        assert!((together.stretch(&worth) - 6.0).abs() < 1e-6, "each pair once");
        assert!((apart.beginning(&worth) - 1.0).abs() < 1e-6);
    }

    #[test]
    fn long_runs_count_more() {
        let worth = [1.0, 1.0, 1.0];
        let lines = [vec![0, 1, 2]];
        assert!((sights(&[&[5, 90], &[6], &[7]]).runs(&lines, &worth) - 6.0).abs() < 1e-6, "three pairs in a row");
        assert!((sights(&[&[5, 90], &[6], &[9]]).runs(&lines, &worth) - 2.0).abs() < 1e-6, "two, then one alone");
        assert!(sights(&[&[5], &[8], &[11]]).runs(&lines, &worth).abs() < 1e-6);
    }
}
