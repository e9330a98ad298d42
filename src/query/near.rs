//! Do the terms stand together? Of a long text it is the stretch that says most of the question that answers it, and the longer the
//! runs of the question's own characters (`缓缴社会保险费`), there and in the whole document, the surer. Read for the best records alone: it
//! takes the places of the terms.

use std::collections::{BTreeMap, VecDeque};
use std::ops::Range;

use tantivy::postings::{Postings, TermInfo};
use tantivy::schema::{Field as Column, IndexRecordOption};
use tantivy::{DocId, DocSet, SegmentReader, TantivyError};

use crate::index::fold_char;

/// How many characters of a text are read together.
const STRETCH: u32 = 100;
/// How many characters of a document's beginning say what it is about.
const BEGINNING: u32 = 120;

/// How many characters of a text are read together one by one.
const CLOSE: usize = 40;

/// The characters of a question, each with what it is worth.
#[derive(Debug, Default)]
pub struct Characters {
    worth: BTreeMap<char, f32>,
    all: f32,
}

impl Characters {
    /// The characters of `pairs`, of which each is worth something: a character is worth the mean of the pairs that it stands in.
    pub fn of<'p>(pairs: impl Iterator<Item = (&'p str, f32)>) -> Self {
        let mut found: BTreeMap<char, (f32, f32)> = BTreeMap::new();
        for (pair, worth) in pairs.filter(|(_, worth)| *worth > 0.0) {
            for c in pair.chars() {
                let (sum, count) = found.entry(c).or_default();
                (*sum, *count) = (*sum + worth, *count + 1.0);
            }
        }
        let worth: BTreeMap<char, f32> = found.into_iter().map(|(c, (sum, count))| (c, sum / count)).collect();
        Self { all: worth.values().sum(), worth }
    }

    /// The largest share of what they are worth that stands in one stretch of `text`, each counted once.
    pub fn most(&self, text: &str) -> f32 {
        let mut here: VecDeque<(usize, char, f32)> = VecDeque::new();
        let (mut sum, mut most) = (0.0_f32, 0.0_f32);
        let known = text.chars().map(fold_char).enumerate().filter_map(|(at, c)| Some((at, c, *self.worth.get(&c)?)));
        for (at, c, worth) in known {
            // Of a character that stands there twice the later one counts.
            match here.iter().position(|other| other.1 == c) {
                Some(before) => drop(here.remove(before)),
                None => sum += worth,
            }
            here.push_back((at, c, worth));
            while here[0].0 + CLOSE < at {
                sum -= here.pop_front().map_or(0.0, |first| first.2); // never the one just put in
            }
            most = most.max(sum);
        }
        if self.all > 0.0 { (most / self.all).clamp(0.0, 1.0) } else { 0.0 }
    }
}

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

/// In which of `stretches` (records of a segment that stand together, in order) stand three pairs one after the other, anywhere: four
/// characters of the question as it has them. One posting list a pair.
///
/// # Errors
/// What tantivy says when its files can't be read.
pub fn stand_in_a_row(
    segment: &SegmentReader,
    column: Column,
    pairs: [&TermInfo; 3],
    stretches: &[Range<DocId>],
) -> Result<Vec<bool>, TantivyError> {
    let inverted = segment.inverted_index(column)?;
    let open = |info: &TermInfo| inverted.read_postings_from_terminfo(info, IndexRecordOption::WithFreqsAndPositions);
    let mut lists = [open(pairs[0])?, open(pairs[1])?, open(pairs[2])?];
    let mut places: [Vec<u32>; 3] = Default::default();
    let mut found = Vec::with_capacity(stretches.len());
    for stretch in stretches {
        let mut at = stretch.start;
        let mut stands = false;
        while !stands && at < stretch.end {
            // The first record from here on that holds all three.
            let mut furthest = at;
            for list in &mut lists {
                let doc = if list.doc() < at { list.seek(at) } else { list.doc() };
                furthest = furthest.max(doc);
            }
            if furthest == at {
                lists.iter_mut().zip(&mut places).for_each(|(list, places)| list.positions(places));
                let [first, second, third] = &places;
                let holds = |places: &[u32], place: u32| places.binary_search(&place).is_ok();
                stands = first.iter().any(|place| holds(second, place + 1) && holds(third, place + 2));
                at += 1;
            } else {
                at = furthest;
            }
        }
        found.push(stands);
    }
    Ok(found)
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
    fn characters_count_once_where_they_stand_close() {
        let characters = Characters::of([("延期", 1.0), ("期申", 0.0), ("申报", 3.0)].into_iter());
        assert!((characters.most("可以延长申报") - 0.875).abs() < 1e-6, "all but 期");
        assert!((characters.most("延延延") - 0.125).abs() < 1e-6, "once");
        assert!((characters.most(&format!("延期{}申报", "、".repeat(80))) - 0.75).abs() < 1e-6, "what is closest");
        assert!(Characters::default().most("延期").abs() < 1e-6);
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
