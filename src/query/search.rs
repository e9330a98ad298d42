//! What does the index answer? A [`Searcher`] reads a query (the language, or a question in plain Chinese), finds, ranks,
//! and shows: `产业园区` → hits with their snippets.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use serde_json::Value;
use tantivy::{DocAddress, DocId, SegmentReader, TantivyError};

use super::ast::{Expr, Field, Range};
use super::copies::{Copies, Others};
use super::error::ParseError;
use super::explain::{Matched, explain};
use super::kept::Kept;
use super::landscape::Landscape;
use super::matching::{Bits, Matcher, Tables};
use super::names::Names;
use super::parse::parse;
use super::pinyin;
use super::question::read_question;
use super::rank::{self, Ground, Ranked, Scored, Weights};
use super::snippet::{Marks, Snippet};
use super::terms::Terms;
use super::view::whose;
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
    /// Whose its document is and of which year, where the title doesn't tell.
    pub whose: Option<String>,
    /// The documents that hold the same text, of which this one is shown.
    pub also_in: Vec<String>,
    /// Which parts of the query stand in which fields, where that was asked for.
    pub matched: Option<Vec<Matched>>,
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
    /// Whether only records that hold all of the words are found.
    pub all_words: bool,
    /// Whether the hits are documents, each by its own record, with what in it matches best.
    pub documents: bool,
    /// Whether what copies of a document hold is shown for each of them.
    pub copies: bool,
    /// Whether to say which parts of the query stand in which fields of a hit.
    pub explain: bool,
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
    tables: Vec<Tables>,
    kept: Kept,
    facets: Facets,
    copies: OnceLock<Copies>,
    order: OnceLock<Vec<Vec<u32>>>,
}

impl<'i> Searcher<'i> {
    /// A searcher over `index`, with the lexicon `names`.
    pub fn new(index: &'i Index, names: &'i dyn Names) -> Self {
        Self {
            index,
            names,
            weights: Weights::default(),
            landscapes: OnceLock::new(),
            tables: index.searcher().segment_readers().iter().map(|_| Tables::default()).collect(),
            kept: Kept::default(),
            facets: Facets::default(),
            copies: OnceLock::new(),
            order: OnceLock::new(),
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

    /// Of a segment: for each responsibility the passage of its item.
    pub(super) fn items(&self, ord: usize) -> Result<&HashMap<DocId, DocId>, Error> {
        let items = self.landscapes()?[ord].items(self.index, self.index.searcher().segment_reader(ord as u32));
        Ok(items.map_err(|source| self.index.broken(source))?)
    }

    /// Answers a query: a question in plain Chinese by what it asks for, anything else in the query language. Where the
    /// records don't hold what a question asks for, its words are searched. Grouped by document, a question is always its
    /// words: a document may answer it in a sentence that no record was read from.
    ///
    /// # Errors
    /// [`Error::Query`] with the place of what can't be read, [`Error::Index`].
    pub fn search(&self, query: &str, options: &Options) -> Result<Answer, Error> {
        self.search_within(query, &[], options)
    }

    /// The same, among the records that satisfy all of `filters`.
    ///
    /// # Errors
    /// As [`Searcher::search`].
    pub fn search_within(&self, query: &str, filters: &[Expr], options: &Options) -> Result<Answer, Error> {
        if !options.group_by_document
            && let Some(reading) = read_question(query, self.names)
        {
            let as_asked = Options { group_by_document: reading.documents, documents: reading.documents, ..options.clone() };
            for (expr, all_words) in reading.tries() {
                let understood = narrowed(self.spelled_out(expr.clone())?, filters);
                let hits = self.find(&understood, &Options { all_words, ..as_asked.clone() })?;
                if hits.total > 0 {
                    return Ok(Answer { understood, rule: Some(reading.rule), hits });
                }
            }
        }
        let understood = narrowed(self.spelled_out(self.understand(query, options)?)?, filters);
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
        let options = Options { limit, group_by_document: true, copies: true, ..Options::default() };
        let understood = self.understand(query, &options).unwrap_or_else(|_| Expr::Words(query.trim().to_owned()));
        let found = self.ranked(&understood, &Asked::of(&understood), &options)?;
        let mut documents = Vec::with_capacity(found.ranked.len());
        for one in &found.ranked {
            documents.push((self.document_of(one.at)?, one.score));
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
        let mut told: HashMap<(u32, u32), Option<String>> = HashMap::new();
        for one in found.ranked {
            let mut record = self.index.record_at(DocAddress::new(one.at.0, one.at.1))?;
            let snippet = marks.snippet(body(&record));
            let document = (one.at.0, self.landscapes()?[one.at.0 as usize].group_of[one.at.1 as usize]);
            if options.documents
                && let Some(own) = self.own(document)?
            {
                record = own;
            }
            let mut also_in = Vec::new();
            for (ord, group) in found.others.get(&one.at).into_iter().flatten() {
                also_in.push(self.document_named(*ord as usize, *group as usize)?);
            }
            also_in.sort_unstable();
            let matched = options.explain.then(|| explain(&record, expr, self.index.dictionary(), self.names));
            let whose = match told.get(&document) {
                Some(whose) => whose.clone(),
                None => told.entry(document).or_insert(self.whose(document)?).clone(),
            };
            hits.push(Hit { score: one.score, record, snippet, whose, also_in, matched });
        }
        Ok(Hits { total: found.total, hits, facets, relaxed: found.relaxed })
    }

    /// The own record of a document.
    fn own(&self, (ord, group): (u32, u32)) -> Result<Option<Value>, Error> {
        let own = self.landscapes()?[ord as usize].own[group as usize];
        Ok(own.map(|own| self.index.record_at(DocAddress::new(ord, own))).transpose()?)
    }

    /// Whose a document is and of which year, where its title doesn't tell.
    fn whose(&self, document: (u32, u32)) -> Result<Option<String>, Error> {
        let Some(document) = self.own(document)? else { return Ok(None) };
        let names = document["region"].as_str().map_or_else(Vec::new, |region| self.names.place_aliases(region));
        Ok(whose(&document, &names))
    }

    /// The places of what satisfies `expr`, in order, as many as were asked for.
    fn ranked(&self, expr: &Expr, asked: &Asked, options: &Options) -> Result<Found, Error> {
        let broken = |source| Error::Index(self.index.broken(source));
        let grouped = options.group_by_document;
        let filters = without_text(expr);
        let strict = filters.is_none() || options.all_words || !(options.any_word || grouped);
        let by_score = options.sort == Sort::Relevance || grouped;
        let terms = || Terms::of(self.index, self.names, &self.weights, &asked.all());
        let duties = if grouped { None } else { self.duties(expr, options.any_word)? };
        let mut bits = match &duties {
            Some(duties) => duties.found.clone(),
            None if strict => self.matching(expr)?,
            None => self.none(),
        };
        let mut relaxed = duties.as_ref().is_some_and(|duties| duties.relaxed);
        let mut others = self.take_out_copies(&mut bits, options)?;
        let nothing = bits.iter().all(|bits| bits.count() == 0);
        let mut scored: Option<(Scored, Terms)> = None;
        if nothing && let Some(filters) = filters.filter(|_| by_score && !options.all_words && duties.is_none()) {
            bits = self.matching(&filters)?;
            others = self.take_out_copies(&mut bits, options)?;
            let terms = terms();
            let ranking = self.score(&terms, &bits)?;
            let least = if grouped { 0.0 } else { RELAXED };
            let best = bits.iter().zip(&ranking.segments).flat_map(|(bits, scores)| bits.iter().map(|doc| scores.records[doc as usize]));
            let best = best.fold(0.0, f32::max);
            for (bits, scores) in bits.iter_mut().zip(&ranking.segments) {
                bits.retain(|doc| scores.records[doc as usize] > best * least);
            }
            relaxed = strict && bits.iter().any(|bits| bits.count() > 0);
            scored = Some((ranking, terms));
        } else if !nothing && by_score {
            let terms = terms();
            let with_passages = duties.as_ref().map(|duties| duties.with_passages(&bits));
            scored = Some((self.score(&terms, with_passages.as_deref().unwrap_or(&bits))?, terms));
        }
        let mut ranked = Vec::new();
        for (ord, bits) in bits.iter().enumerate() {
            match &scored {
                Some((scored, _)) => rank::rank(ord as u32, &self.landscapes()?[ord], &scored.segments[ord], bits, &mut ranked),
                None => ranked.extend(bits.iter().map(|doc| Ranked { at: (ord as u32, doc), score: 0.0 })),
            }
        }
        if let (Some(duties), Some((scored, _))) = (&duties, &scored) {
            duties.rank(scored, &mut ranked);
        }
        if grouped {
            let titled = if options.documents { self.titled(&bits)? } else { HashSet::new() };
            self.best_of_each(&mut ranked)?;
            for one in &mut ranked {
                let group = self.landscapes()?[one.at.0 as usize].group_of[one.at.1 as usize];
                if titled.contains(&(one.at.0, group)) {
                    one.score *= TITLED;
                }
            }
        }
        if let Some((scored, terms)) = scored.filter(|_| options.sort == Sort::Relevance) {
            let better = |one: &Ranked, other: &Ranked| other.score.total_cmp(&one.score).then_with(|| one.at.cmp(&other.at));
            if grouped && !strict {
                let best = ranked.iter().map(|one| one.score).fold(0.0, f32::max);
                ranked.retain(|one| one.score > best * FAINT);
            }
            if ranked.len() > rank::CLOSELY {
                ranked.select_nth_unstable_by(rank::CLOSELY, better);
            }
            let close = ranked.len().min(rank::CLOSELY);
            rank::refine(&self.ground()?, &scored, &terms, &mut ranked[..close], grouped).map_err(broken)?;
            if close > rank::READ {
                ranked[..close].select_nth_unstable_by(rank::READ, better);
            }
            let best = &mut ranked[..close.min(rank::READ)];
            rank::look_through(&self.ground()?, &scored, &terms, best).map_err(broken)?;
            rank::read(&self.ground()?, &scored, &terms, best)?;
            for one in ranked.iter_mut().filter(|_| !grouped) {
                if self.landscapes()?[one.at.0 as usize].section[one.at.1 as usize] {
                    one.score *= if relaxed { HEADING } else { BARE };
                }
            }
            if let Some(years) = year_asked(expr).filter(|_| !grouped) {
                for one in &mut ranked {
                    let (segment, doc) = one.at;
                    if !self.tables[segment as usize].ends_within(doc, years) {
                        one.score *= AROUND;
                    }
                }
            }
        }
        let total = ranked.len();
        let wanted = options.offset.saturating_add(options.limit);
        let mut ranked = self.sorted(ranked, wanted, options.sort)?;
        ranked.truncate(wanted);
        ranked.drain(..options.offset.min(ranked.len()));
        Ok(Found { bits, ranked, total, relaxed, others })
    }

    fn ground(&self) -> Result<Ground<'_>, Error> {
        Ok(Ground { index: self.index, names: self.names, landscapes: self.landscapes()?, kept: &self.kept, weights: &self.weights })
    }

    fn score(&self, terms: &Terms, bits: &[Bits]) -> Result<Scored, Error> {
        rank::score(&self.ground()?, terms, bits).map_err(|source| self.index.broken(source).into())
    }

    /// No record of any segment.
    pub(super) fn none(&self) -> Vec<Bits> {
        self.index.searcher().segment_readers().iter().map(|segment| Bits::none(segment.max_doc())).collect()
    }

    /// By segment: the records that satisfy `expr`.
    pub(super) fn matching(&self, expr: &Expr) -> Result<Vec<Bits>, Error> {
        self.matching_with(|matcher| matcher.matches(expr))
    }

    /// By segment: what `read` finds there.
    pub(super) fn matching_with(&self, read: impl Fn(&Matcher<'_>) -> Result<Bits, TantivyError>) -> Result<Vec<Bits>, Error> {
        let segments = self.index.searcher().segment_readers();
        let mut found = Vec::with_capacity(segments.len());
        for (ord, segment) in segments.iter().enumerate() {
            let matcher = Matcher::new(self.index, self.names, &self.tables[ord], ord as u32);
            let mut bits = read(&matcher).map_err(|source| self.index.broken(source))?;
            if segment.has_deletes() {
                bits.and(&Bits::alive(segment));
            }
            found.push(bits);
        }
        Ok(found)
    }

    /// The documents that are themselves among what was found: their titles hold what is asked.
    fn titled(&self, found: &[Bits]) -> Result<HashSet<(u32, u32)>, Error> {
        let landscapes = self.landscapes()?.iter().zip(found).zip(0..);
        let of = |((land, bits), ord): ((&Landscape, &Bits), u32)| {
            let own = land.own.iter().zip(0..).filter(|(own, _)| own.is_some_and(|own| bits.has(own)));
            own.map(|(_, group)| (ord, group)).collect::<Vec<_>>()
        };
        Ok(landscapes.flat_map(of).collect())
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
        let broken = |source| Error::Index(self.index.broken(source));
        let segments = self.index.searcher().segment_readers();
        let (landscapes, order) = (self.landscapes()?, self.order()?);
        let (mut starts, mut issued, mut dues, mut values) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for (land, segment) in landscapes.iter().zip(segments) {
            starts.push(land.starts(segment).map_err(broken)?);
            match sort {
                Sort::Relevance => {}
                Sort::Value => values.push(segment.fast_fields().f64("value").map_err(broken)?),
                Sort::Date => issued.push(land.issued(segment).map_err(broken)?),
                Sort::Due => dues.push(segment.fast_fields().i64("due").map_err(broken)?),
            }
        }
        let key = |one: &Ranked| -> f64 {
            let (ord, doc) = (one.at.0 as usize, one.at.1);
            let real = |date: i64| i32::try_from(date).ok().map(f64::from);
            match sort {
                Sort::Relevance => Some(f64::from(one.score)),
                Sort::Value => values[ord].first(doc),
                Sort::Date => issued[ord][landscapes[ord].group_of[doc as usize] as usize].and_then(real),
                Sort::Due => dues[ord].first(doc).and_then(real).map(|due| -due),
            }
            .unwrap_or(f64::NEG_INFINITY)
        };
        let place = |one: &Ranked| {
            let (ord, doc) = (one.at.0 as usize, one.at.1 as usize);
            (order[ord][landscapes[ord].group_of[doc] as usize], starts[ord][doc], one.at)
        };
        let mut keyed: Vec<(f64, Ranked)> = ranked.into_iter().map(|one| (key(&one), one)).collect();
        let first =
            |one: &(f64, Ranked), other: &(f64, Ranked)| other.0.total_cmp(&one.0).then_with(|| place(&one.1).cmp(&place(&other.1)));
        if keyed.len() > wanted {
            if wanted > 0 {
                keyed.select_nth_unstable_by(wanted - 1, first);
            }
            keyed.truncate(wanted);
        }
        keyed.sort_unstable_by(first);
        Ok(keyed.into_iter().map(|(_, one)| one).collect())
    }

    /// By segment: where each document stands among those of all segments, by its name.
    fn order(&self) -> Result<&[Vec<u32>], Error> {
        if let Some(order) = self.order.get() {
            return Ok(order);
        }
        let landscapes = self.landscapes()?;
        let order = if let [land] = landscapes {
            vec![(0..land.groups() as u32).collect()]
        } else {
            let mut places = Vec::new();
            for (ord, segment) in self.index.searcher().segment_readers().iter().enumerate() {
                let names = facet_names(segment, "doc").map_err(|source| self.index.broken(source))?;
                places.extend(names.into_iter().enumerate().map(|(group, name)| (name, ord, group)));
            }
            places.sort_unstable();
            let mut order: Vec<Vec<u32>> = landscapes.iter().map(|land| vec![0; land.groups()]).collect();
            let mut rank = 0;
            for (at, (name, ord, group)) in places.iter().enumerate() {
                rank += u32::from(at > 0 && places[at - 1].0 != *name);
                order[*ord][*group] = rank;
            }
            order
        };
        Ok(self.order.get_or_init(|| order))
    }

    /// The name of a record's document.
    fn document_of(&self, (ord, doc): (u32, DocId)) -> Result<String, Error> {
        self.document_named(ord as usize, self.landscapes()?[ord as usize].group_of[doc as usize] as usize)
    }

    /// The name of a document by its segment and its number there.
    fn document_named(&self, ord: usize, group: usize) -> Result<String, Error> {
        let names = self.facets.names(self.index, "doc").map_err(|source| self.index.broken(source))?;
        Ok(names[ord].get(group).cloned().unwrap_or_default())
    }

    /// Leaves of what copies of a document hold what the first of them holds.
    fn take_out_copies(&self, found: &mut [Bits], options: &Options) -> Result<Others, Error> {
        if options.copies {
            return Ok(Others::new());
        }
        let broken = |source| Error::Index(self.index.broken(source));
        let landscapes = self.landscapes()?;
        let copies = if let Some(copies) = self.copies.get() {
            copies
        } else {
            let copies = Copies::of(self.index, landscapes).map_err(broken)?;
            self.copies.get_or_init(|| copies)
        };
        let segments = self.index.searcher().segment_readers();
        copies.take_out(found, segments, landscapes, self.order()?, options.group_by_document).map_err(broken)
    }

    /// The same query with the names of agencies and places that it spells in Latin letters, where nothing holds these letters.
    fn spelled_out(&self, expr: Expr) -> Result<Expr, Error> {
        let all = |parts: Vec<Expr>| parts.into_iter().map(|part| self.spelled_out(part)).collect::<Result<Vec<_>, _>>();
        match expr {
            Expr::All(parts) => Ok(Expr::All(all(parts)?)),
            Expr::Any(parts) => Ok(Expr::Any(all(parts)?)),
            Expr::Not(part) => Ok(Expr::Not(Box::new(self.spelled_out(*part)?))),
            Expr::Words(ref text) => self.names_spelled(text, &expr, Expr::Words),
            Expr::Field(field @ (Field::Lead | Field::Support | Field::Unit | Field::Place | Field::Region), ref text) => {
                self.names_spelled(text, &expr, |name| Expr::Field(field, name))
            }
            other => Ok(other),
        }
    }

    /// What `made` makes of the names that are spelled `text`; `expr` where it holds no Latin word, or one that is found as it is.
    pub(super) fn names_spelled(&self, text: &str, expr: &Expr, made: impl Fn(String) -> Expr) -> Result<Expr, Error> {
        let found = |expr: &Expr| -> Result<usize, Error> { Ok(self.matching(expr)?.iter().map(Bits::count).sum()) };
        let Some(latin) = pinyin::latin(text) else { return Ok(expr.clone()) };
        if found(expr)? > 0 {
            return Ok(expr.clone());
        }
        let mut ours = Vec::new();
        for name in ["lead", "support", "place", "region"] {
            ours.extend(self.index.values(name)?.into_keys().filter(|value| pinyin::spells(&latin, value.chars())));
        }
        ours.sort_unstable();
        ours.dedup();
        // The names that the index tells itself come before those that only a text may hold.
        let mut meant: Vec<(usize, Expr)> = Vec::new();
        for of_lexicon in [false, true] {
            let names = if of_lexicon { pinyin::names(&latin) } else { std::mem::take(&mut ours) };
            for name in names.into_iter().take(SPELLED) {
                let expr = made(name.clone());
                let count = found(&if matches!(expr, Expr::Words(_)) { Expr::Phrase(name) } else { expr.clone() })?;
                if count > 0 {
                    meant.push((count, expr));
                }
            }
            if !meant.is_empty() {
                break;
            }
        }
        meant.sort_by_key(|one| std::cmp::Reverse(one.0));
        meant.truncate(MEANT);
        let mut meant: Vec<Expr> = meant.into_iter().map(|(_, expr)| expr).collect();
        Ok(match meant.len() {
            0 => expr.clone(),
            1 => meant.remove(0),
            _ => Expr::Any(meant),
        })
    }

    fn facets(&self, found: &[Bits], wanted: &[String]) -> Result<BTreeMap<String, Vec<(String, usize)>>, Error> {
        let broken = |source| Error::Index(self.index.broken(source));
        let mut facets = BTreeMap::new();
        for facet in wanted {
            let names;
            let mut counts: HashMap<Cow<'_, str>, usize> = HashMap::new();
            if facet == "year" {
                let mut years: BTreeMap<i64, usize> = BTreeMap::new();
                for (bits, segment) in found.iter().zip(self.index.searcher().segment_readers()) {
                    let column = segment.fast_fields().i64("to").map_err(broken)?;
                    bits.iter().filter_map(|doc| column.first(doc)).for_each(|year| *years.entry(year).or_default() += 1);
                }
                counts.extend(years.into_iter().map(|(year, count)| (Cow::from(year.to_string()), count)));
            } else {
                names = self.facets.names(self.index, facet).map_err(broken)?;
                for ((bits, segment), names) in found.iter().zip(self.index.searcher().segment_readers()).zip(&*names) {
                    let Some(column) = segment.fast_fields().str(facet).map_err(broken)? else { continue };
                    let mut by_ord = vec![0_usize; names.len()];
                    bits.iter().for_each(|doc| column.ords().values_for_doc(doc).for_each(|value| by_ord[value as usize] += 1));
                    for (name, count) in names.iter().zip(by_ord).filter(|(_, count)| *count > 0) {
                        *counts.entry(Cow::from(name)).or_default() += count;
                    }
                }
            }
            let mut counts: Vec<(String, usize)> = counts.into_iter().map(|(name, count)| (name.into_owned(), count)).collect();
            counts.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
            facets.insert(facet.clone(), counts);
        }
        Ok(facets)
    }
}

/// By facet and segment: its values, in the order of their numbers there.
#[derive(Default)]
struct Facets {
    names: RwLock<HashMap<String, Arc<Vec<Vec<String>>>>>,
}

impl Facets {
    fn names(&self, index: &Index, facet: &str) -> Result<Arc<Vec<Vec<String>>>, TantivyError> {
        if let Some(names) = self.names.read().unwrap_or_else(PoisonError::into_inner).get(facet) {
            return Ok(Arc::clone(names));
        }
        let names: Result<Vec<_>, _> = index.searcher().segment_readers().iter().map(|segment| facet_names(segment, facet)).collect();
        let names = Arc::new(names?);
        self.names.write().unwrap_or_else(PoisonError::into_inner).insert(facet.to_owned(), Arc::clone(&names));
        Ok(names)
    }
}

/// The values of a facet in a segment.
fn facet_names(segment: &SegmentReader, facet: &str) -> Result<Vec<String>, TantivyError> {
    let Some(column) = segment.fast_fields().str(facet)? else { return Ok(Vec::new()) };
    let mut names = Vec::with_capacity(column.num_terms());
    let mut values = column.dictionary().stream()?;
    while values.advance() {
        names.push(String::from_utf8_lossy(values.key()).into_owned());
    }
    Ok(names)
}

/// What was found, and where.
struct Found {
    bits: Vec<Bits>,
    ranked: Vec<Ranked>,
    total: usize,
    relaxed: bool,
    others: Others,
}

/// How many names of one spelling are tried.
const SPELLED: usize = 32;
/// How many of them a word in Latin letters stands for: the most frequent.
const MEANT: usize = 4;

/// A record that holds only some of the words must say this share of what the best one says.
const RELAXED: f32 = 0.25;

/// A document must score this share of what the best one scores.
const FAINT: f32 = 0.05;

/// `expr`, and all of `filters`.
pub fn narrowed(expr: Expr, filters: &[Expr]) -> Expr {
    if filters.is_empty() {
        return expr;
    }
    let mut parts = if let Expr::All(parts) = expr { parts } else { vec![expr] };
    parts.extend_from_slice(filters);
    Expr::All(parts)
}

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

/// What a heading's score keeps: what stands below it says more.
const HEADING: f32 = 0.3;
/// The same where it holds all that is asked as others do: it stands behind them.
const BARE: f32 = 0.01;

/// How much more a document's score is where documents are asked for and its title holds what is asked.
const TITLED: f32 = 2.0;

/// What a record's score keeps whose years only run through those that are asked for: a goal of 2011—2015 under `年份:2013`.
const AROUND: f32 = 0.5;

/// The years that all records found speak of.
fn year_asked(expr: &Expr) -> Option<&Range<i64>> {
    match expr {
        Expr::Year(range) => Some(range),
        Expr::All(parts) => parts.iter().find_map(year_asked),
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
            Expr::Field(field, value) if !matches!(field, Field::Type | Field::Doc) => {
                self.phrases.push(value.clone());
            }
            _ => {}
        }
    }

    fn all(&self) -> Vec<String> {
        self.texts.iter().chain(&self.phrases).cloned().collect()
    }
}
