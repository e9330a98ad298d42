//! Which record answers best? BM25 over words and over pairs of characters, of the record and of its whole document: the
//! question `北京市对暂停举办的展会有何支持政策` looks for a document that speaks of all of it, and in it for the passage that
//! says the most.
//!
//! The postings of each term are read once; no query makes more than one pass over them.

use tantivy::fieldnorm::FieldNormReader;
use tantivy::schema::{Field as Column, IndexRecordOption};
use tantivy::{DocId, SegmentReader, TantivyError, Term};

use super::matching::Bits;
use crate::index::{Index, cut_words, fold_char, is_han};

/// How much each sign of relevance weighs. Few, and the same for all texts; the figures come from a development half of a set
/// of questions (`tests/retrieval.rs` prints both halves).
#[derive(Debug, Clone, Copy)]
pub struct Weights {
    /// Pairs of characters beside words, in a record.
    pub pairs: f32,
    /// A document's own score beside its record's.
    pub document: f32,
    /// Pairs beside words, in a document.
    pub document_pairs: f32,
    /// A pair in the record's own fields.
    pub own: f32,
    /// A pair in the headings above.
    pub headings: f32,
    /// A pair in the document's title, for all its records.
    pub title: f32,
    /// BM25's saturation for records and for documents.
    pub k1: (f32, f32),
    /// BM25's share of length for records and for documents.
    pub b: (f32, f32),
}

impl Default for Weights {
    fn default() -> Self {
        Self { pairs: 0.5, document: 1.0, document_pairs: 0.5, own: 0.3, headings: 0.1, title: 0.3, k1: (1.2, 1.2), b: (0.6, 0.6) }
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
            each(segment, types, name, IndexRecordOption::Basic, |doc, _| flags[doc as usize] = true)?;
        }
        let mut lengths = vec![[0.0; 2]; groups];
        for (at, column) in [index.fields().words, index.fields().pairs].into_iter().enumerate() {
            let norms = norms(segment, column)?;
            for doc in segment.doc_ids_alive().filter(|doc| passage[*doc as usize]) {
                lengths[group_of[doc as usize] as usize][at] += norms.fieldnorm(doc) as f32;
            }
        }
        Ok(Self { group_of, passage, document, lengths })
    }

    /// How many documents have records in the segment.
    pub fn groups(&self) -> usize {
        self.lengths.len()
    }
}

fn norms(segment: &SegmentReader, column: Column) -> Result<FieldNormReader, TantivyError> {
    segment.get_fieldnorms_reader(column)
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
            docs.iter().for_each(|doc| tell(*doc, 1));
        } else {
            docs.iter().zip(blocks.freqs()).for_each(|(doc, often)| tell(*doc, *often));
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
    pub fn of(index: &Index, texts: &[String]) -> Self {
        let mut terms = Self::default();
        for text in texts {
            let folded: Vec<char> = text.chars().map(fold_char).collect();
            let jieba = index.dictionary().for_text(&folded.iter().collect::<String>());
            let words = cut_words(&jieba, &folded);
            let mut asking = vec![false; folded.len()];
            for word in &words {
                if ASKING.contains(&word.text.as_str()) {
                    asking[word.start..word.end].fill(true);
                }
            }
            for word in words {
                if !asking[word.start..word.end].iter().all(|asks| *asks) {
                    add(&mut terms.words, word.text);
                }
            }
            for (at, pair) in folded.windows(2).enumerate() {
                let plain = |c: char| is_han(c) || c.is_alphanumeric();
                if pair.iter().all(|c| plain(*c)) && !(asking[at] || asking[at + 1]) {
                    add(&mut terms.pairs, pair.iter().collect());
                }
            }
            if let [one] = folded.as_slice() {
                add(&mut terms.pairs, one.to_string());
            }
        }
        terms
    }
}

/// A term that stands twice in a question counts a little more.
fn add(terms: &mut Vec<(String, f32)>, text: String) {
    match terms.iter_mut().find(|(known, _)| *known == text) {
        Some((_, weight)) => *weight += 0.5,
        None => terms.push((text, 1.0)),
    }
}

/// The scores of one segment's records.
pub struct Scores {
    /// Of each record.
    pub records: Vec<f32>,
    /// Of each document.
    pub documents: Vec<f32>,
}

/// Scores all records of all segments for `terms`.
///
/// # Errors
/// What tantivy says when its files can't be read.
pub fn score(index: &Index, landscapes: &[Landscape], terms: &Terms, weights: &Weights) -> Result<Vec<Scores>, TantivyError> {
    let segments = index.searcher().segment_readers();
    let mut scores: Vec<Scores> =
        landscapes.iter().map(|land| Scores { records: vec![0.0; land.group_of.len()], documents: vec![0.0; land.groups()] }).collect();
    let fields = index.fields();
    let parts = [
        (fields.words, &terms.words, 1.0, weights.document, 0),
        (fields.pairs, &terms.pairs, weights.pairs, weights.document * weights.document_pairs, 1),
    ];
    for (column, terms, for_record, for_document, kind) in parts {
        score_text(index, landscapes, &mut scores, column, terms, (for_record, for_document, kind), weights)?;
    }
    let total: f32 = segments.iter().map(|segment| segment.num_docs() as f32).sum();
    for (column, weight) in [(fields.own, weights.own), (fields.headings, weights.headings)] {
        for (pair, counts) in &terms.pairs {
            let idf = idf(total, frequency(segments, column, pair)?) * counts;
            for ((segment, land), scores) in segments.iter().zip(landscapes).zip(&mut scores) {
                each(segment, column, pair, IndexRecordOption::Basic, |doc, _| {
                    let at = doc as usize;
                    if land.document[at] {
                        scores.documents[land.group_of[at] as usize] += idf * weights.title;
                    }
                    scores.records[at] += idf * weight;
                })?;
            }
        }
    }
    Ok(scores)
}

fn frequency(segments: &[SegmentReader], column: Column, term: &str) -> Result<f32, TantivyError> {
    let term = Term::from_field_text(column, term);
    let mut frequency = 0.0;
    for segment in segments {
        frequency += segment.inverted_index(column)?.doc_freq(&term)? as f32;
    }
    Ok(frequency)
}

fn idf(total: f32, frequency: f32) -> f32 {
    (1.0 + (total - frequency + 0.5).max(0.0) / (frequency + 0.5)).ln()
}

fn score_text(
    index: &Index,
    landscapes: &[Landscape],
    scores: &mut [Scores],
    column: Column,
    terms: &[(String, f32)],
    (for_record, for_document, kind): (f32, f32, usize),
    weights: &Weights,
) -> Result<(), TantivyError> {
    let segments = index.searcher().segment_readers();
    let mut total = 0.0;
    let mut tokens = 0.0;
    for segment in segments {
        total += segment.num_docs() as f32;
        tokens += segment.inverted_index(column)?.total_num_tokens() as f32;
    }
    let average = (tokens / total.max(1.0)).max(1.0);
    let groups: f32 = landscapes.iter().map(|land| land.lengths.iter().filter(|one| one[kind] > 0.0).count() as f32).sum();
    let lengths: f32 = landscapes.iter().flat_map(|land| &land.lengths).map(|one| one[kind]).sum();
    let group_average = (lengths / groups.max(1.0)).max(1.0);
    let (k1, b) = (weights.k1, weights.b);
    // What a length adds to a frequency, for each of the 256 lengths that a segment tells apart.
    let length_part: Vec<f32> =
        (0..=255_u8).map(|id| k1.0 * (1.0 - b.0 + b.0 * FieldNormReader::id_to_fieldnorm(id) as f32 / average)).collect();
    let norms: Vec<FieldNormReader> = segments.iter().map(|one| norms(one, column)).collect::<Result<_, _>>()?;
    let mut found: Vec<(usize, u32, u32)> = Vec::new();
    for (term, counts) in terms {
        let idf_record = idf(total, frequency(segments, column, term)?) * counts * for_record;
        found.clear();
        for (ord, segment) in segments.iter().enumerate() {
            let (land, scores, norms) = (&landscapes[ord], &mut scores[ord], &norms[ord]);
            let mut last: Option<(u32, u32)> = None;
            each(segment, column, term, IndexRecordOption::WithFreqs, |doc, often| {
                let at = doc as usize;
                let often_here = often as f32;
                let length = length_part[usize::from(norms.fieldnorm_id(doc))];
                scores.records[at] += idf_record * often_here * (k1.0 + 1.0) / (often_here + length);
                if land.passage[at] {
                    let group = land.group_of[at];
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
        let idf_document = idf(groups, found.len() as f32) * counts * for_document;
        for (ord, group, often) in &found {
            let often = *often as f32;
            let length = landscapes[*ord].lengths[*group as usize][kind] / group_average;
            let norm = k1.1 * (1.0 - b.1 + b.1 * length);
            scores[*ord].documents[*group as usize] += idf_document * often * (k1.1 + 1.0) / (often + norm);
        }
    }
    Ok(())
}

/// A record that was found, with its score.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ranked {
    /// Segment and record.
    pub at: (u32, DocId),
    /// Its score.
    pub score: f32,
}

/// The records of `bits` with their scores: their own and their document's.
pub fn rank(ord: u32, land: &Landscape, scores: &Scores, bits: &Bits, into: &mut Vec<Ranked>) {
    into.extend(bits.iter().map(|doc| {
        let group = land.group_of[doc as usize] as usize;
        Ranked { at: (ord, doc), score: scores.records[doc as usize] + scores.documents[group] }
    }));
}

/// Whether a word only asks: `哪些`.
pub fn asks(word: &str) -> bool {
    ASKING.contains(&word)
}
