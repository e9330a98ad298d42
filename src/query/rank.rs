//! Which record answers best? BM25 over words and over pairs of characters, of the record and of its whole document: the
//! question `北京市对暂停举办的展会有何支持政策` looks for a document that speaks of all of it, and in it for the passage that
//! says the most.
//!
//! The postings of each term are read once; no query makes more than one pass over them.

use tantivy::fieldnorm::FieldNormReader;
use tantivy::schema::{Field as Column, IndexRecordOption};
use tantivy::{DocId, SegmentReader, TantivyError, Term};

use super::matching::Bits;
use super::names::Names;
use crate::index::{Index, cut_words, fold_char, is_han};

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
    /// A term in the document's first passage, where it says who speaks to whom of what.
    pub beginning: f32,
    /// A pair in the document's title.
    pub title: f32,
    /// A pair in the record's own fields.
    pub own: f32,
    /// A pair in the headings above.
    pub headings: f32,
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
            pairs: 0.4,
            document_words: 0.6,
            document_pairs: 1.9,
            beginning: 0.45,
            title: 0.1,
            own: 0.4,
            headings: 0.15,
            rarity: 0.8,
            coverage: 0.3,
            long_word: 0.7,
            place: 0.8,
            k1: (0.75, 0.9),
            b: (0.25, 0.8),
        }
    }
}

/// What the ranking needs of a segment besides its postings.
pub struct Landscape {
    /// The document of each record, by its ordinal in the segment.
    pub group_of: Vec<u32>,
    /// Whether the record is a passage: only passages make up a document.
    pub passage: Vec<bool>,
    /// Whether the record is the document's own.
    pub document: Vec<bool>,
    /// Whether the record is its document's first passage.
    first: Vec<bool>,
    /// Words and pairs in each document.
    lengths: Vec<[f32; 2]>,
}

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
            each(segment, types, name, IndexRecordOption::Basic, |doc, _| {
                flags[doc as usize] = true;
            })?;
        }
        let mut lengths = vec![[0.0; 2]; groups];
        for (at, column) in [index.fields().words, index.fields().pairs].into_iter().enumerate() {
            let norms = segment.get_fieldnorms_reader(column)?;
            for doc in segment.doc_ids_alive().filter(|doc| passage[*doc as usize]) {
                lengths[group_of[doc as usize] as usize][at] += real(norms.fieldnorm(doc));
            }
        }
        let mut first = vec![false; max];
        let mut begun = vec![false; groups];
        for doc in segment.doc_ids_alive().map(|doc| doc as usize).filter(|doc| passage[*doc]) {
            first[doc] = !std::mem::replace(&mut begun[group_of[doc] as usize], true);
        }
        Ok(Self { group_of, passage, document, first, lengths })
    }

    /// How many documents have records in the segment.
    pub fn groups(&self) -> usize {
        self.lengths.len()
    }
}

/// Calls `tell` with each record that has the term, and how often.
fn each(
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

/// The terms that a text asks for, each with how much it counts.
#[derive(Debug, Clone, Default)]
pub struct Terms {
    /// Words, as the index cuts them.
    pub words: Vec<(String, f32)>,
    /// Pairs of neighbouring characters.
    pub pairs: Vec<(String, f32)>,
}

/// Words that ask, request or join: they say nothing of what is asked for.
const ASKING: [&str; 62] = [
    "什么",
    "哪些",
    "哪个",
    "哪几",
    "哪",
    "几个",
    "如何",
    "怎么",
    "怎样",
    "怎么样",
    "多少",
    "是否",
    "谁",
    "为什么",
    "何",
    "有何",
    "吗",
    "呢",
    "请问",
    "哪里",
    "哪儿",
    "何时",
    "为何",
    "哪家",
    "哪种",
    "哪项",
    "几",
    "的",
    "了",
    "和",
    "与",
    "及",
    "在",
    "是",
    "等",
    "有",
    "对",
    "于",
    "对于",
    "为",
    "中",
    "将",
    "被",
    "把",
    "对此",
    "以及",
    "其",
    "并",
    "就",
    "由",
    "从",
    "到",
    "要",
    "应",
    "需",
    "可以",
    "进行",
    "关于",
    "方面",
    "做",
    "做出",
    "具体",
];

impl Terms {
    /// The terms of `texts`.
    pub fn of(index: &Index, names: &dyn Names, weights: &Weights, texts: &[String]) -> Self {
        let mut terms = Self::default();
        for text in texts {
            let folded: Vec<char> = text.chars().map(fold_char).collect();
            let jieba = index.dictionary().for_text(&folded.iter().collect::<String>());
            let words = cut_words(&jieba, &folded);
            let mut asking = vec![false; folded.len()];
            let mut place = vec![false; folded.len()];
            for word in &words {
                if asks(&word.text) {
                    asking[word.start..word.end].fill(true);
                } else if word.end > word.start + 1 && !names.place_aliases(&word.text).is_empty() {
                    place[word.start..word.end].fill(true);
                }
            }
            for word in words {
                let span = word.start..word.end;
                if !asking[span.clone()].iter().all(|asks| *asks) {
                    let long = if span.len() > 2 { weights.long_word } else { 1.0 };
                    let place = if place[span].iter().all(|place| *place) { weights.place } else { 1.0 };
                    add(&mut terms.words, word.text, long * place);
                }
            }
            for (at, pair) in folded.windows(2).enumerate() {
                let plain = |c: char| is_han(c) || c.is_alphanumeric();
                if pair.iter().all(|c| plain(*c)) && !(asking[at] || asking[at + 1]) {
                    let place = if place[at] && place[at + 1] { weights.place } else { 1.0 };
                    add(&mut terms.pairs, pair.iter().collect(), place);
                }
            }
            if let [one] = folded.as_slice() {
                add(&mut terms.pairs, one.to_string(), 1.0);
            }
        }
        terms
    }
}

/// A term that stands twice in a question counts a little more.
fn add(terms: &mut Vec<(String, f32)>, text: String, counts: f32) {
    match terms.iter_mut().find(|(known, _)| *known == text) {
        Some((_, weight)) => *weight += counts / 2.0,
        None => terms.push((text, counts)),
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

/// Scores all records of all segments for `terms`.
///
/// # Errors
/// What tantivy says when its files can't be read.
pub fn score(index: &Index, landscapes: &[Landscape], terms: &Terms, weights: &Weights) -> Result<Vec<Scores>, TantivyError> {
    let segments = index.searcher().segment_readers();
    let mut scores: Vec<Scores> = landscapes
        .iter()
        .map(|land| Scores { records: vec![0.0; land.group_of.len()], documents: vec![0.0; land.groups()], held: vec![0.0; land.groups()] })
        .collect();
    let fields = index.fields();
    let mut ranking = Ranking { segments, landscapes, scores: &mut scores, weights, asked: 0.0 };
    ranking.text(fields.words, &terms.words, (weights.words, weights.document_words), 0)?;
    ranking.text(fields.pairs, &terms.pairs, (weights.pairs, weights.document_pairs), 1)?;
    ranking.fields(fields.own, &terms.pairs, (weights.own, weights.title))?;
    ranking.fields(fields.headings, &terms.pairs, (weights.headings, 0.0))?;
    let asked = ranking.asked.max(f32::MIN_POSITIVE);
    for scores in &mut scores {
        for held in &mut scores.held {
            // A record may answer where its document's passages hold nothing of it: in fields of its own.
            *held = (*held / asked).max(0.05).powf(weights.coverage);
        }
    }
    Ok(scores)
}

/// A ranking being made.
struct Ranking<'r> {
    segments: &'r [SegmentReader],
    landscapes: &'r [Landscape],
    scores: &'r mut [Scores],
    weights: &'r Weights,
    /// What a document that held every term would hold.
    asked: f32,
}

impl Ranking<'_> {
    /// How many records of all segments have the term.
    fn frequency(&self, column: Column, term: &str) -> Result<u32, TantivyError> {
        let term = Term::from_field_text(column, term);
        let mut frequency = 0;
        for segment in self.segments {
            frequency += segment.inverted_index(column)?.doc_freq(&term)?;
        }
        Ok(frequency)
    }

    fn rarity(&self, total: f32, frequency: f32) -> f32 {
        let idf = (1.0 + (total - frequency + 0.5).max(0.0) / (frequency + 0.5)).ln();
        idf.powf(self.weights.rarity)
    }

    fn total(&self) -> f32 {
        real(self.segments.iter().map(SegmentReader::num_docs).sum())
    }

    /// BM25 of the terms in `column`, for records and for documents.
    fn text(
        &mut self,
        column: Column,
        terms: &[(String, f32)],
        (for_record, for_document): (f32, f32),
        kind: usize,
    ) -> Result<(), TantivyError> {
        let total = self.total();
        let mut tokens = 0;
        for segment in self.segments {
            tokens += segment.inverted_index(column)?.total_num_tokens();
        }
        let average = (real(u32::try_from(tokens).unwrap_or(u32::MAX)) / total.max(1.0)).max(1.0);
        let lengths = || self.landscapes.iter().flat_map(|land| &land.lengths).map(|one| one[kind]);
        let groups = lengths().filter(|length| *length > 0.0).fold(0.0, |sum, _| sum + 1.0_f32);
        let group_average = (lengths().sum::<f32>() / groups.max(1.0)).max(1.0);
        let (k1, b) = (self.weights.k1, self.weights.b);
        // What a length adds to a frequency, for each of the 256 lengths that a segment tells apart.
        let length_part: Vec<f32> =
            (0..=255_u8).map(|id| k1.0 * (1.0 - b.0 + b.0 * real(FieldNormReader::id_to_fieldnorm(id)) / average)).collect();
        let norms: Vec<FieldNormReader> = self.segments.iter().map(|one| one.get_fieldnorms_reader(column)).collect::<Result<_, _>>()?;
        let mut found: Vec<(usize, u32, u32)> = Vec::new();
        for (term, counts) in terms {
            let frequency = self.frequency(column, term)?;
            let rare = self.rarity(total, real(frequency)) * counts * for_record;
            found.clear();
            let option = if kind == 0 { IndexRecordOption::Basic } else { IndexRecordOption::WithFreqs };
            for (ord, segment) in self.segments.iter().enumerate() {
                let (land, scores, norms) = (&self.landscapes[ord], &mut self.scores[ord], &norms[ord]);
                let beginning = rare * self.weights.beginning;
                let mut last: Option<(u32, u32)> = None;
                each(segment, column, term, option, |doc, often| {
                    let at = doc as usize;
                    let often_here = real(often);
                    let length = length_part[usize::from(norms.fieldnorm_id(doc))];
                    scores.records[at] += rare * often_here * (k1.0 + 1.0) / (often_here + length);
                    if land.passage[at] {
                        let group = land.group_of[at];
                        if land.first[at] {
                            scores.documents[group as usize] += beginning;
                        }
                        match &mut last {
                            Some((known, sum)) if *known == group => *sum += often,
                            _ => {
                                found.extend(last.map(|(group, sum)| (ord, group, sum)));
                                last = Some((group, often));
                            }
                        }
                    }
                })?;
                found.extend(last.map(|(group, sum)| (ord, group, sum)));
            }
            let documents = real(u32::try_from(found.len()).unwrap_or(u32::MAX));
            let rare = self.rarity(groups, documents) * counts * for_document;
            self.asked += rare;
            for (ord, group, often) in &found {
                let (often, group) = (real(*often), *group as usize);
                let length = self.landscapes[*ord].lengths[group][kind] / group_average;
                let norm = k1.1 * (1.0 - b.1 + b.1 * length);
                self.scores[*ord].documents[group] += rare * often * (k1.1 + 1.0) / (often + norm);
                self.scores[*ord].held[group] += rare;
            }
        }
        Ok(())
    }

    /// The terms in a column of fields: for the record, and for the whole document where the record is the document's own.
    fn fields(&mut self, column: Column, terms: &[(String, f32)], (for_record, for_document): (f32, f32)) -> Result<(), TantivyError> {
        let total = self.total();
        for (term, counts) in terms {
            let rare = self.rarity(total, real(self.frequency(column, term)?)) * counts;
            for (ord, segment) in self.segments.iter().enumerate() {
                let (land, scores) = (&self.landscapes[ord], &mut self.scores[ord]);
                each(segment, column, term, IndexRecordOption::Basic, |doc, _| {
                    let at = doc as usize;
                    if land.document[at] {
                        scores.documents[land.group_of[at] as usize] += rare * for_document;
                    }
                    scores.records[at] += rare * for_record;
                })?;
            }
        }
        Ok(())
    }
}

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

/// Whether a word only asks: `哪些`.
pub fn asks(word: &str) -> bool {
    ASKING.contains(&word)
}
