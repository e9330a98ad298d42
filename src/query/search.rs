//! What does the index answer? A [`Searcher`] reads a query (the language, or a question in plain Chinese), finds, ranks,
//! and shows: `产业园区` → hits with their snippets.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde_json::Value;
use tantivy::{DocAddress, DocId};

use super::ast::Expr;
use super::error::ParseError;
use super::landscape::Landscape;
use super::matching::{Bits, Matcher, NameTables};
use super::names::Names;
use super::parse::parse;
use super::question::read_question;
use super::rank::{self, Ranked, Weights};
use super::snippet::{Marks, Snippet};
use super::terms::Terms;
use crate::index::{self, Index, body};

/// What a search gives back.
#[derive(Debug)]
pub struct Hits {
    /// How many records (or documents, when grouped) were found.
    pub total: usize,
    /// Those that were asked for, best first.
    pub hits: Vec<Hit>,
    /// How many of the found records have each value: by facet, the most first.
    pub facets: BTreeMap<String, Vec<(String, usize)>>,
    /// Whether nothing held all that was asked, so that these hold only some of it.
    pub relaxed: bool,
}

/// What a query was read as, and what was found.
#[derive(Debug)]
pub struct Answer {
    /// The query as it was read: prints in the query language.
    pub understood: Expr,
    /// The rule that read a question, such as `who`; `None` for a search.
    pub rule: Option<&'static str>,
    /// What was found.
    pub hits: Hits,
}

/// One record that was found.
#[derive(Debug, Clone)]
pub struct Hit {
    /// How well it answers; comparable within one search.
    pub score: f32,
    /// The record.
    pub record: Value,
    /// Where it matches.
    pub snippet: Snippet,
}

/// By what hits are sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// Best first.
    #[default]
    Relevance,
    /// The largest value (in the base of its unit) first.
    Value,
    /// The latest document first.
    Date,
    /// The earliest deadline first.
    Due,
}

/// What to give back of what is found.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// How many hits.
    pub limit: usize,
    /// How many to leave out before them.
    pub offset: usize,
    /// In which order.
    pub sort: Sort,
    /// Whether to show each document once, by its best record.
    pub group_by_document: bool,
    /// Which values to count: `type doc year industry region lead`.
    pub facets: Vec<String>,
    /// Whether records that hold only some of the words are found beside those that hold them all.
    pub any_word: bool,
}

/// What keeps a search from an answer.
#[derive(Debug)]
pub enum Error {
    /// The query can't be read.
    Query(ParseError),
    /// The index can't be read.
    Index(index::Error),
}

impl std::fmt::Display for Error {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Query(error) => error.fmt(out),
            Self::Index(error) => error.fmt(out),
        }
    }
}

impl std::error::Error for Error {}

impl From<ParseError> for Error {
    fn from(error: ParseError) -> Self {
        Self::Query(error)
    }
}

impl From<index::Error> for Error {
    fn from(error: index::Error) -> Self {
        Self::Index(error)
    }
}

/// Answers queries from an index.
pub struct Searcher<'i> {
    index: &'i Index,
    names: &'i dyn Names,
    weights: Weights,
    landscapes: OnceLock<Vec<Landscape>>,
    tables: Vec<NameTables>,
}

impl<'i> Searcher<'i> {
    /// A searcher over `index`, with the lexicon `names`.
    pub fn new(index: &'i Index, names: &'i dyn Names) -> Self {
        Self {
            index,
            names,
            weights: Weights::default(),
            landscapes: OnceLock::new(),
            tables: index.searcher().segment_readers().iter().map(|_| NameTables::default()).collect(),
        }
    }

    /// The same with other weights: for tuning.
    #[must_use]
    pub fn with_weights(mut self, weights: Weights) -> Self {
        self.weights = weights;
        self
    }

    /// The index it answers from.
    pub fn index(&self) -> &'i Index {
        self.index
    }

    /// The lexicon it reads names with.
    pub fn names(&self) -> &'i dyn Names {
        self.names
    }

    fn landscapes(&self) -> Result<&[Landscape], Error> {
        if self.landscapes.get().is_none() {
            let segments = self.index.searcher().segment_readers();
            let made: Result<Vec<Landscape>, _> = segments.iter().map(|segment| Landscape::of(self.index, segment)).collect();
            let made = made.map_err(|source| self.index.broken(source))?;
            return Ok(self.landscapes.get_or_init(|| made));
        }
        Ok(self.landscapes.get().map_or(&[], Vec::as_slice))
    }

    /// Answers a query: a question in plain Chinese by what it asks for, anything else in the query language. Where the
    /// records don't hold what a question asks for, its words are searched. Grouped by document, a question is always its
    /// words: a document may answer it in a sentence that no record was read from.
    ///
    /// # Errors
    /// [`Error::Query`] with the place of what can't be read, [`Error::Index`].
    pub fn search(&self, query: &str, options: &Options) -> Result<Answer, Error> {
        if !options.group_by_document
            && let Some(reading) = read_question(query, self.names)
        {
            let hits = self.find(&reading.expr, options)?;
            if hits.total > 0 {
                return Ok(Answer { understood: reading.expr, rule: Some(reading.rule), hits });
            }
        }
        let understood = self.understand(query, options)?;
        let hits = self.find(&understood, options)?;
        Ok(Answer { understood, rule: None, hits })
    }

    /// A query in the query language, or the words of a question.
    fn understand(&self, query: &str, options: &Options) -> Result<Expr, ParseError> {
        let parsed = parse(query, self.names);
        let as_words = options.group_by_document && is_sentence(query) && parsed.as_ref().map_or(true, is_unfiltered);
        if as_words { Ok(Expr::Words(query.trim().to_owned())) } else { parsed }
    }

    /// The names of the documents that answer a query best, with their scores, as a search grouped by document ranks them: what a
    /// TREC run lists. What can't be read as a query is a text.
    ///
    /// # Errors
    /// [`Error::Index`].
    pub fn documents(&self, query: &str, limit: usize) -> Result<Vec<(String, f32)>, Error> {
        let options = Options { limit, group_by_document: true, ..Options::default() };
        let understood = self.understand(query, &options).unwrap_or_else(|_| Expr::Words(query.trim().to_owned()));
        let found = self.ranked(&understood, &Asked::of(&understood), &options)?;
        let mut documents = Vec::with_capacity(found.ranked.len());
        for one in &found.ranked {
            documents.push((self.place(one.at)?.0, one.score));
        }
        Ok(documents)
    }

    /// Finds what satisfies `expr`.
    ///
    /// # Errors
    /// [`Error::Index`].
    pub fn find(&self, expr: &Expr, options: &Options) -> Result<Hits, Error> {
        let asked = Asked::of(expr);
        let found = self.ranked(expr, &asked, options)?;
        let facets = self.facets(&found.bits, &options.facets)?;
        let marks = Marks::of(self.index.dictionary(), &asked.phrases, &asked.texts);
        let mut hits = Vec::with_capacity(found.ranked.len());
        for one in found.ranked {
            let record = self.index.record_at(DocAddress::new(one.at.0, one.at.1))?;
            let snippet = marks.snippet(body(&record));
            hits.push(Hit { score: one.score, record, snippet });
        }
        Ok(Hits { total: found.total, hits, facets, relaxed: found.relaxed })
    }

    /// The places of what satisfies `expr`, in order, as many as were asked for.
    fn ranked(&self, expr: &Expr, asked: &Asked, options: &Options) -> Result<Found, Error> {
        let broken = |source| Error::Index(self.index.broken(source));
        let grouped = options.group_by_document;
        let filters = without_text(expr);
        let strict = filters.is_none() || !(options.any_word || grouped);
        let mut bits = if strict { self.matching(expr)? } else { self.none() };
        let mut relaxed = false;
        let terms = Terms::of(self.index, self.names, &self.weights, &asked.all());
        let scored = if options.sort == Sort::Relevance || grouped {
            Some(rank::score(self.index, self.names, self.landscapes()?, &terms, &self.weights).map_err(broken)?)
        } else {
            None
        };
        let nothing = bits.iter().all(|bits| bits.count() == 0);
        if nothing && let (Some(filters), Some(scored)) = (filters, &scored) {
            bits = self.matching(&filters)?;
            let least = if grouped { 0.0 } else { RELAXED };
            let best = bits.iter().zip(&scored.segments).flat_map(|(bits, scores)| bits.iter().map(|doc| scores.records[doc as usize]));
            let best = best.fold(0.0, f32::max);
            for (bits, scores) in bits.iter_mut().zip(&scored.segments) {
                bits.retain(|doc| scores.records[doc as usize] > best * least);
            }
            relaxed = strict && bits.iter().any(|bits| bits.count() > 0);
        }
        let mut ranked = Vec::new();
        for (ord, bits) in bits.iter().enumerate() {
            match &scored {
                Some(scored) => rank::rank(ord as u32, &self.landscapes()?[ord], &scored.segments[ord], bits, &mut ranked),
                None => ranked.extend(bits.iter().map(|doc| Ranked { at: (ord as u32, doc), score: 0.0 })),
            }
        }
        if grouped {
            self.best_of_each(&mut ranked)?;
        }
        if let Some(scored) = scored.filter(|_| options.sort == Sort::Relevance) {
            let better = |one: &Ranked, other: &Ranked| other.score.total_cmp(&one.score).then_with(|| one.at.cmp(&other.at));
            if grouped && !strict {
                let best = ranked.iter().map(|one| one.score).fold(0.0, f32::max);
                ranked.retain(|one| one.score > best * FAINT);
            }
            if ranked.len() > rank::CLOSELY {
                ranked.select_nth_unstable_by(rank::CLOSELY, better);
            }
            let close = ranked.len().min(rank::CLOSELY);
            rank::refine(self.index, self.landscapes()?, &scored, &terms, &self.weights, &mut ranked[..close], grouped).map_err(broken)?;
        }
        let total = ranked.len();
        let wanted = options.offset.saturating_add(options.limit);
        let mut ranked = self.sorted(ranked, wanted, options.sort)?;
        ranked.truncate(wanted);
        ranked.drain(..options.offset.min(ranked.len()));
        Ok(Found { bits, ranked, total, relaxed })
    }

    fn none(&self) -> Vec<Bits> {
        self.index.searcher().segment_readers().iter().map(|segment| Bits::none(segment.max_doc())).collect()
    }

    fn matching(&self, expr: &Expr) -> Result<Vec<Bits>, Error> {
        let segments = self.index.searcher().segment_readers();
        let mut found = Vec::with_capacity(segments.len());
        for (ord, segment) in segments.iter().enumerate() {
            let matcher = Matcher::new(self.index, self.names, &self.tables[ord], ord as u32);
            let mut bits = matcher.matches(expr).map_err(|source| self.index.broken(source))?;
            if segment.has_deletes() {
                bits.and(&Bits::alive(segment));
            }
            found.push(bits);
        }
        Ok(found)
    }

    /// Leaves of each document its best passage, or its best record where no passage was found.
    fn best_of_each(&self, ranked: &mut Vec<Ranked>) -> Result<(), Error> {
        let landscapes = self.landscapes()?;
        let mut best: Vec<Vec<Option<Ranked>>> = landscapes.iter().map(|land| vec![None; land.groups()]).collect();
        for one in ranked.drain(..) {
            let (ord, doc) = (one.at.0 as usize, one.at.1 as usize);
            let place = &mut best[ord][landscapes[ord].group_of[doc] as usize];
            let passage = |one: &Ranked| landscapes[ord].passage[one.at.1 as usize];
            if place.is_none_or(|known| (passage(&one), one.score) > (passage(&known), known.score)) {
                *place = Some(one);
            }
        }
        ranked.extend(best.into_iter().flatten().flatten());
        Ok(())
    }

    /// The first `wanted` in order; equal ones in the order of document and text.
    fn sorted(&self, ranked: Vec<Ranked>, wanted: usize, sort: Sort) -> Result<Vec<Ranked>, Error> {
        let mut keyed = Vec::with_capacity(ranked.len());
        for one in ranked {
            keyed.push((self.sort_key(&one, sort)?, one));
        }
        let by_key = |one: &(f64, Ranked), other: &(f64, Ranked)| other.0.total_cmp(&one.0);
        if keyed.len() > wanted && wanted > 0 {
            let (_, edge, _) = keyed.select_nth_unstable_by(wanted - 1, by_key);
            let edge = edge.0;
            keyed.retain(|one| one.0 >= edge);
        }
        keyed.sort_by(by_key);
        // Only records with the same key need their place: it costs a look at their columns.
        let mut sorted = Vec::with_capacity(keyed.len());
        for same in keyed.chunk_by(|one, other| one.0.total_cmp(&other.0).is_eq()) {
            if let [(_, alone)] = same {
                sorted.push(*alone);
                continue;
            }
            let mut placed = Vec::with_capacity(same.len());
            for (_, one) in same {
                placed.push((self.place(one.at)?, *one));
            }
            placed.sort_by(|one, other| one.0.cmp(&other.0));
            sorted.extend(placed.into_iter().map(|(_, one)| one));
        }
        Ok(sorted)
    }

    /// What hits are sorted by, the largest first.
    fn sort_key(&self, one: &Ranked, sort: Sort) -> Result<f64, Error> {
        let (ord, doc) = one.at;
        let columns = self.index.searcher().segment_reader(ord).fast_fields();
        let broken = |source| Error::Index(self.index.broken(source));
        let date = |name: &str| -> Result<Option<f64>, Error> {
            let date = columns.i64(name).map_err(broken)?.first(doc);
            Ok(date.and_then(|date| i32::try_from(date).ok()).map(f64::from))
        };
        let key = match sort {
            Sort::Relevance => return Ok(f64::from(one.score)),
            Sort::Value => columns.f64("value").map_err(broken)?.first(doc),
            Sort::Date => date("issued")?,
            Sort::Due => date("due")?.map(|date| -date),
        };
        Ok(key.unwrap_or(f64::NEG_INFINITY))
    }

    /// Document, offset and ordinal of a record: the order of what is equally good.
    fn place(&self, (ord, doc): (u32, DocId)) -> Result<(String, u64, DocId), Error> {
        let columns = self.index.searcher().segment_reader(ord).fast_fields();
        let broken = |source| Error::Index(self.index.broken(source));
        let start = columns.u64("start").map_err(broken)?.first(doc).unwrap_or(0);
        let mut name = String::new();
        if let Some(docs) = columns.str("doc").map_err(broken)?
            && let Some(name_ord) = docs.ords().first(doc)
        {
            docs.ord_to_str(name_ord, &mut name).map_err(|error| broken(error.into()))?;
        }
        Ok((name, start, doc))
    }

    fn facets(&self, found: &[Bits], wanted: &[String]) -> Result<BTreeMap<String, Vec<(String, usize)>>, Error> {
        let mut facets = BTreeMap::new();
        for facet in wanted {
            let mut counts: BTreeMap<String, usize> = BTreeMap::new();
            for (ord, bits) in found.iter().enumerate() {
                let columns = self.index.searcher().segment_reader(ord as u32).fast_fields();
                let broken = |source| Error::Index(self.index.broken(source));
                if facet == "year" {
                    let column = columns.i64("to").map_err(broken)?;
                    for year in bits.iter().filter_map(|doc| column.first(doc)) {
                        *counts.entry(year.to_string()).or_default() += 1;
                    }
                    continue;
                }
                let Some(column) = columns.str(facet).map_err(broken)? else {
                    continue;
                };
                let mut by_ord = vec![0_usize; column.num_terms()];
                for doc in bits.iter() {
                    column.term_ords(doc).for_each(|value| by_ord[value as usize] += 1);
                }
                for (value, count) in by_ord.into_iter().enumerate().filter(|(_, count)| *count > 0) {
                    let mut name = String::new();
                    column.ord_to_str(value as u64, &mut name).map_err(|error| broken(error.into()))?;
                    *counts.entry(name).or_default() += count;
                }
            }
            let mut counts: Vec<(String, usize)> = counts.into_iter().collect();
            counts.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
            facets.insert(facet.clone(), counts);
        }
        Ok(facets)
    }
}

/// What was found, and where.
struct Found {
    bits: Vec<Bits>,
    ranked: Vec<Ranked>,
    total: usize,
    relaxed: bool,
}

/// A record that holds only some of the words must say this share of what the best one says.
const RELAXED: f32 = 0.25;

/// A document must score this share of what the best one scores.
const FAINT: f32 = 0.05;

/// Whether a text is a sentence of a person rather than words for a machine.
fn is_sentence(text: &str) -> bool {
    const ASKS: [&str; 12] = ["什么", "哪", "如何", "怎", "多少", "是否", "谁", "吗", "何时", "多久", "多长", "有何"];
    text.trim_end().ends_with(['?', '？', '。']) || ASKS.iter().any(|word| text.contains(word))
}

/// Whether a query names no field, no range and no exclusion: quotation marks may be the sentence's own.
fn is_unfiltered(expr: &Expr) -> bool {
    match expr {
        Expr::All(parts) => parts.iter().all(is_unfiltered),
        Expr::Words(_) | Expr::Phrase(_) => true,
        _ => false,
    }
}

/// What a query asks for besides words; `None` where words are not simply all to be held.
pub fn without_text(expr: &Expr) -> Option<Expr> {
    match expr {
        Expr::Words(_) => Some(Expr::All(Vec::new())),
        Expr::All(parts) if parts.iter().any(is_text) => Some(Expr::All(parts.iter().filter(|part| !is_text(part)).cloned().collect())),
        _ => None,
    }
}

/// Whether a query is words alone, so that some of them may do.
fn is_text(expr: &Expr) -> bool {
    match expr {
        Expr::Words(_) => true,
        Expr::All(parts) => !parts.is_empty() && parts.iter().all(is_text),
        _ => false,
    }
}

/// The texts that a query asks for: what is ranked by and highlighted.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// Words, to be found in any form.
    pub texts: Vec<String>,
    /// Exact characters, and values of fields.
    pub phrases: Vec<String>,
}

impl Asked {
    /// What `expr` asks for.
    pub fn of(expr: &Expr) -> Self {
        let mut asked = Self::default();
        asked.collect(expr);
        asked
    }

    fn collect(&mut self, expr: &Expr) {
        match expr {
            Expr::All(parts) | Expr::Any(parts) => parts.iter().for_each(|part| self.collect(part)),
            Expr::Words(text) => self.texts.push(text.clone()),
            Expr::Phrase(text) => self.phrases.push(text.clone()),
            Expr::Field(field, value) if !matches!(field, super::ast::Field::Type | super::ast::Field::Doc) => {
                self.phrases.push(value.clone());
            }
            _ => {}
        }
    }

    fn all(&self) -> Vec<String> {
        self.texts.iter().chain(&self.phrases).cloned().collect()
    }
}
