//! Which record answers best? BM25 over words and over pairs of characters, of the record and of its whole document: the
//! question `北京市对暂停举办的展会有何支持政策` looks for a document that speaks of all of it, and in it for the passage that
//! says the most.
//!
//! Only the records that a query finds are scored; what each document holds of a term is kept from one query to the next.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::schema::Field as Column;
use tantivy::{DocAddress, DocId, SegmentReader, TantivyError};

use super::headings::Headings;
use super::kept::{Counting, Kept, Known, Wanted};
use super::landscape::Landscape;
use super::matching::Bits;
use super::names::Names;
use super::near::{Characters, Sights, stand_in_a_row};
use super::terms::Terms;
use crate::index::{self, Index, body};

/// How much each sign of relevance weighs. Few, and the same for all texts; the figures come from a development half of a set
/// of questions (`retrieval.rs` prints both halves).
#[derive(Debug, Clone, Copy)]
pub struct Weights {
    /// Words in a record; what the others are measured by.
    pub words: f32,
    /// Pairs of characters in a record.
    pub pairs: f32,
    /// Words in the whole document.
    pub document_words: f32,
    /// Pairs in the whole document.
    pub document_pairs: f32,
    /// What the document's beginning says, where it tells who speaks to whom of what.
    pub beginning: f32,
    /// What the best stretch of a passage says.
    pub stretch: f32,
    /// Runs of the question's own characters.
    pub runs: f32,
    /// The question's own runs of four characters, anywhere in the whole document.
    pub document_runs: f32,
    /// How likely the whole document's language would ask the question.
    pub likelihood: f32,
    /// The question's characters one by one, where they stand close.
    pub characters: f32,
    /// What a document loses that speaks of other provinces alone.
    pub elsewhere: f32,
    /// A pair in the document's title.
    pub title: f32,
    /// A pair in the record's own fields.
    pub own: f32,
    /// A pair in the headings above a passage.
    pub headings: f32,
    /// A pair in the headings above a record.
    pub record_headings: f32,
    /// The power of rarity: below 1, rare terms weigh less than their rarity says.
    pub rarity: f32,
    /// The power of the share of the question that the document holds.
    pub coverage: f32,
    /// A word of three characters and more, of which shorter words count too.
    pub long_word: f32,
    /// A place: a text need not name the place it speaks of.
    pub place: f32,
    /// BM25's saturation for records and for documents.
    pub k1: (f32, f32),
    /// BM25's share of length for records and for documents.
    pub b: (f32, f32),
}

impl Default for Weights {
    fn default() -> Self {
        Self {
            words: 1.0,
            pairs: 0.45,
            document_words: 0.1,
            document_pairs: 1.9,
            beginning: 0.4,
            stretch: 2.0,
            runs: 0.3,
            document_runs: 4.0,
            likelihood: 0.4,
            characters: 2.0,
            elsewhere: 0.25,
            title: 0.2,
            own: 2.5,
            headings: 0.05,
            record_headings: 0.25,
            rarity: 0.8,
            coverage: 0.3,
            long_word: 0.7,
            place: 0.8,
            k1: (1.4, 1.4),
            b: (0.2, 0.8),
        }
    }
}

/// The scores of one segment's records.
pub struct Scores {
    /// Of each record.
    pub records: Vec<f32>,
    /// Of each document.
    pub documents: Vec<f32>,
    /// How much of the question each document holds.
    held: Vec<f32>,
}

impl Scores {
    /// The score of a record: its own and its document's, by how much of the question the document holds.
    pub fn of(&self, record: usize, group: usize) -> f32 {
        self.whole(self.records[record], group)
    }

    /// The score of a document of which the best record has this score.
    pub fn whole(&self, record: f32, group: usize) -> f32 {
        (record + self.documents[group]) * self.held[group]
    }
}

/// The scores of all segments.
pub struct Scored {
    /// Of each segment.
    pub segments: Vec<Scores>,
    /// What each pair of the question is worth.
    worth: Vec<f32>,
}

/// What a ranking reads from.
pub struct Ground<'g> {
    /// The index.
    pub index: &'g Index,
    /// The lexicon.
    pub names: &'g dyn Names,
    /// What lies in each segment.
    pub landscapes: &'g [Landscape],
    /// What is known of the terms.
    pub kept: &'g Kept,
    /// What weighs how much.
    pub weights: &'g Weights,
}

impl Ground<'_> {
    /// What is known of each pair of `terms`.
    fn pairs_of(&self, terms: &Terms) -> Result<Vec<Arc<Known>>, TantivyError> {
        terms.pairs.iter().map(|(pair, _)| self.kept.term(self.index, self.index.fields().pairs, pair)).collect()
    }

    /// Whether one of the records is a passage; the fields of others say what they are, better than their words.
    fn has_passages(&self, records: &[Ranked]) -> bool {
        records.iter().any(|one| self.landscapes[one.at.0 as usize].passage[one.at.1 as usize])
    }
}

/// Scores all documents, and the records of `wanted` (the others score nothing), for `terms`.
///
/// # Errors
/// What tantivy says when its files can't be read.
pub fn score(ground: &Ground<'_>, terms: &Terms, wanted: &[Bits]) -> Result<Scored, TantivyError> {
    let Ground { index, names, landscapes, weights, .. } = *ground;
    let segments = index.searcher().segment_readers();
    let mut scores: Vec<Scores> = landscapes
        .iter()
        .map(|land| Scores { records: vec![0.0; land.group_of.len()], documents: vec![0.0; land.groups()], held: vec![0.0; land.groups()] })
        .collect();
    let fields = index.fields();
    let wanted: Vec<Wanted<'_>> = wanted.iter().zip(segments).map(|(bits, segment)| Wanted::of(bits, segment.max_doc())).collect();
    let mut ranking = Ranking { ground, segments, wanted: &wanted, scores: &mut scores, asked: 0.0 };
    ranking.text(fields.words, &terms.words, (weights.words, weights.document_words), 0)?;
    let worth = ranking.text(fields.pairs, &terms.pairs, (weights.pairs, weights.document_pairs), 1)?;
    ranking.own(fields.own, &terms.pairs)?;
    ranking.headings(&terms.pairs)?;
    let asked = ranking.asked.max(f32::MIN_POSITIVE);
    for ((scores, land), segment) in scores.iter_mut().zip(landscapes).zip(segments) {
        for held in &mut scores.held {
            // A record may answer where its document's passages hold nothing of it: in fields of its own.
            *held = (*held / asked).max(0.05).powf(weights.coverage);
        }
        if !terms.provinces.is_empty() {
            for (held, share) in scores.held.iter_mut().zip(land.elsewhere(index, segment, names, &terms.provinces)?) {
                *held *= 1.0 - weights.elsewhere * share;
            }
        }
    }
    Ok(Scored { segments: scores, worth })
}

/// How many of the best are looked at closely.
pub const CLOSELY: usize = 20;
/// How many of the best are read themselves: as many as are shown at once.
pub const READ: usize = 10;

/// Looks closely at the records of `best` (all of one kind: the best ones of documents where `of_documents`, else records): what
/// stands together in them, how their documents begin, and how likely a question this is in the language of their documents.
/// What it finds only adds to a score, so these stay the best.
///
/// # Errors
/// What tantivy says when its files can't be read.
pub fn refine(ground: &Ground<'_>, scored: &Scored, terms: &Terms, best: &mut [Ranked], of_documents: bool) -> Result<(), TantivyError> {
    let Ground { index, landscapes, weights, .. } = *ground;
    if !ground.has_passages(best) {
        return Ok(());
    }
    let pairs = index.fields().pairs;
    let known = ground.pairs_of(terms)?;
    let likelihoods = Likelihoods::of(ground, &known, &scored.worth)?;
    for (ord, segment) in index.searcher().segment_readers().iter().enumerate() {
        let (land, held) = (&landscapes[ord], &scored.segments[ord].held);
        let here = |one: &&mut Ranked| one.at.0 as usize == ord;
        let beginning = |doc: DocId| land.first[land.group_of[doc as usize] as usize].filter(|_| of_documents);
        let mut wanted: Vec<DocId> = Vec::new();
        for one in best.iter_mut().filter(here) {
            wanted.push(one.at.1);
            wanted.extend(beginning(one.at.1));
        }
        wanted.sort_unstable();
        wanted.dedup();
        let infos: Vec<_> = known.iter().map(|known| known.info(ord)).collect();
        let sights = Sights::read(segment, pairs, &infos, &wanted)?;
        let of = |doc: DocId| wanted.binary_search(&doc).ok().map(|at| &sights[at]);
        for one in best.iter_mut().filter(here) {
            let Some(sight) = of(one.at.1) else { continue };
            let mut more = weights.stretch * sight.stretch(&scored.worth) + weights.runs * sight.runs(&terms.lines, &scored.worth);
            if let Some(first) = beginning(one.at.1).and_then(of) {
                more += weights.beginning * first.beginning(&scored.worth);
            }
            let group = land.group_of[one.at.1 as usize];
            more += weights.likelihood * likelihoods.of_document(ord, group, land.lengths[group as usize][1]);
            one.score += more * held[group as usize];
        }
    }
    Ok(())
}

/// Reads the records of `best` themselves, each with the passages around it: where their characters say most of the question. Two words for one
/// thing often share a character (补助 and 补贴, 延期 and 延长), which no word and no pair tells; and what is asked may run on into the next
/// paragraph. What it finds only adds to a score.
///
/// # Errors
/// What keeps a record from being read.
pub fn read(ground: &Ground<'_>, scored: &Scored, terms: &Terms, best: &mut [Ranked]) -> Result<(), index::Error> {
    let Ground { index, landscapes, weights, .. } = *ground;
    if !ground.has_passages(best) {
        return Ok(());
    }
    let asked: f32 = scored.worth.iter().sum();
    let characters = Characters::of(terms.pairs.iter().map(|(pair, _)| pair.as_str()).zip(scored.worth.iter().copied()));
    for one in best {
        let (ord, doc) = (one.at.0 as usize, one.at.1);
        let mut text = String::new();
        for near in landscapes[ord].around(doc) {
            text.push_str(body(&index.record_at(DocAddress::new(one.at.0, near))?));
        }
        let share = characters.most(&text);
        let held = scored.segments[ord].held[landscapes[ord].group_of[doc as usize] as usize];
        one.score += weights.characters * asked * share * share * held;
    }
    Ok(())
}

/// Looks through the whole documents of the records of `best`: how much of the question they say in its own words, its runs of four
/// characters. What it finds only adds to a score.
///
/// # Errors
/// What tantivy says when its files can't be read.
pub fn look_through(ground: &Ground<'_>, scored: &Scored, terms: &Terms, best: &mut [Ranked]) -> Result<(), TantivyError> {
    let Ground { index, landscapes, weights, .. } = *ground;
    if !ground.has_passages(best) {
        return Ok(());
    }
    let pairs = index.fields().pairs;
    let known = ground.pairs_of(terms)?;
    let runs: Vec<&[usize]> = terms.lines.iter().flat_map(|line| line.windows(3)).collect();
    let each = weights.document_runs * scored.worth.iter().sum::<f32>() / runs.len().max(1) as f32;
    for (ord, segment) in index.searcher().segment_readers().iter().enumerate() {
        let land = &landscapes[ord];
        // Each document once, with those of `best` that lie in it.
        let mut documents: BTreeMap<DocId, (DocId, Vec<&mut Ranked>)> = BTreeMap::new();
        for one in best.iter_mut().filter(|one| one.at.0 as usize == ord) {
            let whole = land.document_around(one.at.1);
            documents.entry(whole.start).or_insert((whole.end, Vec::new())).1.push(one);
        }
        for run in &runs {
            let [Some(first), Some(second), Some(third)] = [0, 1, 2].map(|at| known[run[at]].info(ord)) else { continue };
            let holds_all = |start: DocId| run.iter().all(|pair| known[*pair].may_stand_in(ord, land.group_of[start as usize]));
            let mut those: Vec<_> = documents.iter_mut().filter(|(start, _)| holds_all(**start)).collect();
            let stretches: Vec<Range<DocId>> = those.iter().map(|(start, (end, _))| **start..*end).collect();
            let found = stand_in_a_row(segment, pairs, [first, second, third], &stretches)?;
            for one in those.iter_mut().zip(found).filter(|(_, found)| *found).flat_map(|((_, (_, those)), _)| those) {
                one.score += each * scored.segments[ord].held[land.group_of[one.at.1 as usize] as usize];
            }
        }
    }
    Ok(())
}

/// How likely each pair of a question is in a document's language: as often as the document holds it, smoothed with how often all
/// documents do (Dirichlet, with a document of average length).
struct Likelihoods<'k> {
    /// Of each pair that counts.
    pairs: Vec<Expected<'k>>,
    /// The length of an average document.
    average: f32,
}

/// A pair of a question.
struct Expected<'k> {
    worth: f32,
    /// How often an average document holds it.
    often: f32,
    /// By segment: the documents that hold it, and how often.
    found: &'k [Vec<(u32, u32)>],
}

impl<'k> Likelihoods<'k> {
    fn of(ground: &Ground<'_>, known: &'k [Arc<Known>], worth: &[f32]) -> Result<Self, TantivyError> {
        let Ground { index, landscapes, kept, .. } = *ground;
        let documents: f32 = landscapes.iter().map(|land| land.filled[1]).sum();
        let average = landscapes.iter().map(|land| land.whole[1]).sum::<f32>() / documents.max(1.0);
        let mut pairs = Vec::with_capacity(known.len());
        for (known, worth) in known.iter().zip(worth).filter(|(_, worth)| **worth > 0.0) {
            let found = kept.documents(index, landscapes, index.fields().pairs, known, Counting::Passages)?;
            let often: u32 = found.iter().flatten().map(|(_, often)| often).sum();
            if often > 0 {
                pairs.push(Expected { worth: *worth, often: real(often) / documents.max(1.0), found });
            }
        }
        Ok(Self { pairs, average: average.max(1.0) })
    }

    /// How much likelier the question is by the document's own language than by that of all, as far as it is.
    fn of_document(&self, ord: usize, group: u32, length: f32) -> f32 {
        let shorter = self.average / (self.average + length);
        let likelier = self.pairs.iter().filter_map(|pair| {
            let found = &pair.found[ord];
            let often = found[found.binary_search_by_key(&group, |found| found.0).ok()?].1;
            Some(pair.worth * ((1.0 + real(often) / pair.often) * shorter).ln().max(0.0))
        });
        likelier.sum()
    }
}

/// A ranking being made.
struct Ranking<'r> {
    ground: &'r Ground<'r>,
    segments: &'r [SegmentReader],
    wanted: &'r [Wanted<'r>],
    scores: &'r mut [Scores],
    /// What a document that held every term would hold.
    asked: f32,
}

impl Ranking<'_> {
    fn rarity(&self, total: f32, frequency: f32) -> f32 {
        let idf = (1.0 + (total - frequency + 0.5).max(0.0) / (frequency + 0.5)).ln();
        idf.powf(self.ground.weights.rarity)
    }

    fn total(&self) -> f32 {
        real(self.segments.iter().map(SegmentReader::num_docs).sum())
    }

    fn known(&self, column: Column, term: &str) -> Result<Arc<Known>, TantivyError> {
        self.ground.kept.term(self.ground.index, column, term)
    }

    /// BM25 of the terms in `column`, for records and for documents. Gives back what each term is worth to a document.
    fn text(
        &mut self,
        column: Column,
        terms: &[(String, f32)],
        (for_record, for_document): (f32, f32),
        kind: usize,
    ) -> Result<Vec<f32>, TantivyError> {
        let Ground { index, landscapes, kept, weights, .. } = *self.ground;
        let total = self.total();
        let mut tokens = 0;
        for segment in self.segments {
            tokens += segment.inverted_index(column)?.total_num_tokens();
        }
        let average = (real(u32::try_from(tokens).unwrap_or(u32::MAX)) / total.max(1.0)).max(1.0);
        let groups = landscapes.iter().map(|land| land.filled[kind]).sum::<f32>();
        let group_average = (landscapes.iter().map(|land| land.whole[kind]).sum::<f32>() / groups.max(1.0)).max(1.0);
        let (k1, b) = (weights.k1, weights.b);
        // What a length adds to a frequency, for each of the 256 lengths that a segment tells apart.
        let length_part: Vec<f32> =
            (0..=255_u8).map(|id| k1.0 * (1.0 - b.0 + b.0 * real(FieldNormReader::id_to_fieldnorm(id)) / average)).collect();
        let norms: Vec<FieldNormReader> = self.segments.iter().map(|one| one.get_fieldnorms_reader(column)).collect::<Result<_, _>>()?;
        let mut worth = Vec::with_capacity(terms.len());
        for (term, counts) in terms {
            if *counts == 0.0 {
                worth.push(0.0);
                continue;
            }
            let known = self.known(column, term)?;
            let rare = self.rarity(total, real(known.frequency)) * counts * for_record;
            for (ord, segment) in self.segments.iter().enumerate().filter(|(ord, _)| !self.wanted[*ord].is_empty()) {
                let (records, norms) = (&mut self.scores[ord].records, &norms[ord]);
                self.wanted[ord].each(segment, column, known.info(ord), kind != 0, |doc, often| {
                    let often = real(often);
                    let length = length_part[usize::from(norms.fieldnorm_id(doc))];
                    records[doc as usize] += rare * often * (k1.0 + 1.0) / (often + length);
                })?;
            }
            if for_document == 0.0 {
                worth.push(0.0);
                continue;
            }
            let found = kept.documents(index, landscapes, column, &known, Counting::Passages)?;
            let documents = real(found.iter().map(|found| found.len() as u32).sum());
            let rare = self.rarity(groups, documents) * counts;
            worth.push(rare);
            let rare = rare * for_document;
            self.asked += rare;
            for ((scores, land), found) in self.scores.iter_mut().zip(landscapes).zip(found) {
                for (group, often) in found {
                    let (often, group) = (real(*often), *group as usize);
                    let length = land.lengths[group][kind] / group_average;
                    let norm = k1.1 * (1.0 - b.1 + b.1 * length);
                    scores.documents[group] += rare * often * (k1.1 + 1.0) / (often + norm);
                    scores.held[group] += rare;
                }
            }
        }
        Ok(worth)
    }

    /// The terms in a column of fields: for the record, the more the less else its fields say, and for the whole document where
    /// the record is the document's own.
    fn own(&mut self, column: Column, terms: &[(String, f32)]) -> Result<(), TantivyError> {
        let Ground { index, landscapes, kept, weights, .. } = *self.ground;
        let total = self.total();
        let norms: Vec<FieldNormReader> = self.segments.iter().map(|one| one.get_fieldnorms_reader(column)).collect::<Result<_, _>>()?;
        for (term, counts) in terms.iter().filter(|term| term.1 > 0.0) {
            let known = self.known(column, term)?;
            let rare = self.rarity(total, real(known.frequency)) * counts;
            let titles = kept.documents(index, landscapes, column, &known, Counting::Document)?;
            for (ord, segment) in self.segments.iter().enumerate() {
                let (scores, norms) = (&mut self.scores[ord], &norms[ord]);
                for (group, _) in &titles[ord] {
                    scores.documents[*group as usize] += rare * weights.title;
                }
                self.wanted[ord].each(segment, column, known.info(ord), false, |doc, _| {
                    scores.records[doc as usize] += rare * weights.own * 2.0 / (1.0 + real(norms.fieldnorm(doc)) / OWN_LENGTH);
                })?;
            }
        }
        Ok(())
    }

    /// The terms in headings: a record often leaves out what the heading above it says, a passage less so.
    fn headings(&mut self, terms: &[(String, f32)]) -> Result<(), TantivyError> {
        let Ground { index, landscapes, weights, .. } = *self.ground;
        let total = self.total();
        let mut headings = Vec::with_capacity(landscapes.len());
        for (land, segment) in landscapes.iter().zip(self.segments) {
            headings.push(land.headings(index, segment)?);
        }
        let mut worth: Vec<Vec<f32>> = headings.iter().map(|here| vec![0.0; here.count()]).collect();
        for (term, counts) in terms.iter().filter(|term| term.1 > 0.0) {
            let holding: Vec<&[u32]> = headings.iter().map(|here| here.holding(term)).collect();
            let below = |(here, found): (&&Headings, &&[u32])| found.iter().map(|heading| here.below(*heading)).sum::<u32>();
            let rare = self.rarity(total, real(headings.iter().zip(&holding).map(below).sum())) * counts;
            for (found, worth) in holding.iter().zip(&mut worth) {
                found.iter().for_each(|heading| worth[*heading as usize] += rare);
            }
        }
        for (ord, here) in headings.iter().enumerate().filter(|(ord, _)| worth[*ord].iter().any(|worth| *worth > 0.0)) {
            let (land, scores, worth) = (&landscapes[ord], &mut self.scores[ord], &worth[ord]);
            self.wanted[ord].docs(|doc| {
                let said: f32 = here.above(doc).iter().map(|heading| worth[*heading as usize]).sum();
                let weight = if land.passage[doc as usize] { weights.headings } else { weights.record_headings };
                scores.records[doc as usize] += said * weight;
            });
        }
        Ok(())
    }
}

/// With how many pairs in its fields a record counts plainly; more of them say also something else.
const OWN_LENGTH: f32 = 8.0;

/// A count as a real number; what is beyond 2^24 is rounded, which no ranking sees.
#[allow(clippy::cast_precision_loss)]
fn real(count: u32) -> f32 {
    count as f32
}

/// A record that was found, with its score.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ranked {
    /// Segment and record.
    pub at: (u32, DocId),
    /// Its score.
    pub score: f32,
}

/// The records of `bits` with their scores.
pub fn rank(ord: u32, land: &Landscape, scores: &Scores, bits: &Bits, into: &mut Vec<Ranked>) {
    into.extend(bits.iter().map(|doc| {
        let group = land.group_of[doc as usize] as usize;
        Ranked { at: (ord, doc), score: scores.of(doc as usize, group) }
    }));
}
