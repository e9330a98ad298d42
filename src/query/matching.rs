//! Which records satisfy a query? A set of bits for each segment of the index: `牵头:省财政厅 预算` is the bits of a name
//! and those of a pair of characters, and together they are one `&` a word.

use std::sync::OnceLock;

use memchr::memmem;
use rust_decimal::Decimal;
use serde_json::Value;
use tantivy::postings::{Postings, TermInfo};
use tantivy::schema::{Field as Column, IndexRecordOption};
use tantivy::{DocAddress, DocId, DocSet, InvertedIndexReader, SegmentReader, TERMINATED, TantivyError, Term};

use super::ast::{Expr, Field, Range};
use super::kept::filled;
use super::names::Names;
use crate::index::{Dictionary, Index, NAMES, fold, fold_char, fold_name, fold_number, is_han, read_amount, tile_words, value};

/// A set of a segment's records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bits {
    words: Vec<u64>,
}

impl Bits {
    /// None of `max_doc` records.
    pub fn none(max_doc: DocId) -> Self {
        Self { words: vec![0; (max_doc as usize).div_ceil(64)] }
    }

    /// All records of a segment that haven't been removed.
    pub fn alive(segment: &SegmentReader) -> Self {
        let mut bits = Self::none(segment.max_doc());
        if segment.has_deletes() {
            segment.doc_ids_alive().for_each(|doc| bits.put(doc));
            return bits;
        }
        bits.words.fill(u64::MAX);
        if let Some(last) = bits.words.last_mut().filter(|_| !segment.max_doc().is_multiple_of(64)) {
            *last = (1 << (segment.max_doc() % 64)) - 1;
        }
        bits
    }

    /// Whether a record is in.
    pub fn has(&self, doc: DocId) -> bool {
        self.words[doc as usize / 64] >> (doc % 64) & 1 == 1
    }

    /// Puts a record in.
    pub fn put(&mut self, doc: DocId) {
        self.words[doc as usize / 64] |= 1 << (doc % 64);
    }

    /// Takes a record out.
    pub fn take(&mut self, doc: DocId) {
        self.words[doc as usize / 64] &= !(1 << (doc % 64));
    }

    /// Keeps the records that `wanted` says.
    pub fn retain(&mut self, wanted: impl Fn(DocId) -> bool) {
        for (at, word) in self.words.iter_mut().enumerate() {
            let mut rest = *word;
            while rest != 0 {
                let bit = rest.trailing_zeros();
                rest &= rest - 1;
                if !wanted(at as DocId * 64 + bit) {
                    *word &= !(1 << bit);
                }
            }
        }
    }

    /// How many records are in.
    pub fn count(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// The records, in order.
    pub fn iter(&self) -> impl Iterator<Item = DocId> + '_ {
        self.words.iter().enumerate().flat_map(|(at, word)| {
            let mut word = *word;
            std::iter::from_fn(move || {
                if word == 0 {
                    return None;
                }
                let bit = word.trailing_zeros();
                word &= word - 1;
                Some(at as DocId * 64 + bit)
            })
        })
    }

    /// Keeps what is in `other` too.
    pub fn and(&mut self, other: &Self) {
        self.words.iter_mut().zip(&other.words).for_each(|(mine, theirs)| *mine &= theirs);
    }

    /// Adds what is in `other`.
    pub fn or(&mut self, other: &Self) {
        self.words.iter_mut().zip(&other.words).for_each(|(mine, theirs)| *mine |= theirs);
    }

    /// Takes out what is in `other`.
    pub fn without(&mut self, other: &Self) {
        self.words.iter_mut().zip(&other.words).for_each(|(mine, theirs)| *mine &= !theirs);
    }
}

/// The values of one filter name in a segment, one after the other, to be looked through at one go.
struct Values {
    text: Vec<u8>,
    /// Where each value ends in `text`.
    ends: Vec<usize>,
    infos: Vec<TermInfo>,
}

/// Stands between two values: no UTF-8 holds it.
const BETWEEN: u8 = 0xff;

impl Values {
    fn of(inverted: &InvertedIndexReader) -> Result<Self, TantivyError> {
        let mut values = Self { text: Vec::new(), ends: Vec::new(), infos: Vec::new() };
        let mut terms = inverted.terms().stream()?;
        while terms.advance() {
            values.text.extend_from_slice(terms.key());
            values.text.push(BETWEEN);
            values.ends.push(values.text.len());
            values.infos.push(terms.value().clone());
        }
        Ok(values)
    }

    /// The values that hold `part`.
    fn holding(&self, part: &str) -> impl Iterator<Item = &TermInfo> {
        let mut last = None;
        memmem::find_iter(&self.text, part.as_bytes())
            .map(|at| self.ends.partition_point(|end| *end <= at))
            .filter(move |value| last.replace(*value) != Some(*value))
            .map(|value| &self.infos[value])
    }
}

/// The values of a segment that filters look through, each read when it is first asked for.
#[derive(Default)]
pub struct Tables {
    names: [OnceLock<Values>; NAMES.len()],
    /// The records that speak of years, each with the first and the last.
    years: OnceLock<Vec<(DocId, i64, i64)>>,
    /// The records with a deadline.
    dues: OnceLock<Vec<(DocId, i64)>>,
    /// The records with a value.
    values: OnceLock<Vec<(DocId, f64)>>,
}

impl Tables {
    /// Whether the last year that a record speaks of lies in `range`; false where a filter on years has not been asked for yet.
    pub fn ends_within(&self, doc: DocId, range: &Range<i64>) -> bool {
        let years = self.years.get().map_or(&[][..], Vec::as_slice);
        let found = years.binary_search_by_key(&doc, |(doc, ..)| *doc);
        found.is_ok_and(|at| range.holds(years[at].2))
    }
}

/// Finds the records of one segment.
pub struct Matcher<'i> {
    index: &'i Index,
    tables: &'i Tables,
    names: &'i dyn Names,
    ord: u32,
    segment: &'i SegmentReader,
}

type Found = Result<Bits, TantivyError>;

impl<'i> Matcher<'i> {
    /// A matcher for the segment with this ordinal.
    pub fn new(index: &'i Index, names: &'i dyn Names, tables: &'i Tables, ord: u32) -> Self {
        Self { index, tables, names, ord, segment: index.searcher().segment_reader(ord) }
    }

    /// The records that satisfy `expr`; removed ones may be among them.
    ///
    /// # Errors
    /// What tantivy says when its files can't be read.
    pub fn matches(&self, expr: &Expr) -> Found {
        match expr {
            Expr::All(parts) => self.all(parts),
            Expr::Any(parts) => {
                let mut bits = self.none();
                for part in parts {
                    bits.or(&self.matches(part)?);
                }
                Ok(bits)
            }
            Expr::Not(part) => {
                let mut bits = Bits::alive(self.segment);
                bits.without(&self.matches(part)?);
                Ok(bits)
            }
            Expr::Words(text) => self.words(text),
            Expr::Phrase(text) => self.phrase(&fold(text).chars().collect::<Vec<_>>()),
            Expr::Field(field, value) => self.field(*field, value),
            Expr::Value { range, unit } => self.value(range, unit.as_deref()),
            Expr::Year(range) => self.years(range),
            Expr::Due(range) => self.due(range),
        }
    }

    fn none(&self) -> Bits {
        Bits::none(self.segment.max_doc())
    }

    fn all(&self, parts: &[Expr]) -> Found {
        let mut bits: Option<Bits> = None;
        let (excluded, wanted): (Vec<&Expr>, Vec<&Expr>) = parts.iter().partition(|part| matches!(part, Expr::Not(_)));
        for part in wanted {
            let found = self.matches(part)?;
            match &mut bits {
                Some(bits) => bits.and(&found),
                None => bits = Some(found),
            }
        }
        let mut bits = bits.unwrap_or_else(|| Bits::alive(self.segment));
        for part in excluded {
            if let Expr::Not(inner) = part {
                bits.without(&self.matches(inner)?);
            }
        }
        Ok(bits)
    }

    /// Records that hold every word of `text`: in their text, their own fields, their headings or their title.
    fn words(&self, text: &str) -> Found {
        let folded: Vec<char> = text.chars().map(fold_char).collect();
        let mut bits: Option<Bits> = None;
        for piece in pieces(self.index.dictionary(), &folded) {
            let found = self.piece(&piece)?;
            match &mut bits {
                Some(bits) => bits.and(&found),
                None => bits = Some(found),
            }
        }
        Ok(bits.unwrap_or_else(|| self.none()))
    }

    fn piece(&self, piece: &[char]) -> Found {
        let mut bits = self.said(piece)?;
        bits.or(&self.named("title", &piece.iter().collect::<String>())?);
        Ok(bits)
    }

    /// Records of which the text, the own fields or the headings hold `piece`; what their document's title says is left out.
    ///
    /// # Errors
    /// What tantivy says when its files can't be read.
    pub fn said(&self, piece: &[char]) -> Found {
        let fields = self.index.fields();
        let mut bits = self.phrase(piece)?;
        if let Some(amount) = read_amount(piece, 0).filter(|amount| amount.end == piece.len()) {
            for word in [amount.value.clone(), format!("={}", amount.value)] {
                self.add_term(fields.words, &word, &mut bits)?;
            }
        }
        match piece {
            [one] => Self::add_beginning(&*self.segment.inverted_index(fields.own)?, *one, &mut bits)?,
            _ => bits.or(&self.all_pairs(fields.own, piece)?),
        }
        bits.or(&self.named("section", &piece.iter().collect::<String>())?);
        Ok(bits)
    }

    /// Records whose text holds exactly these folded characters.
    fn phrase(&self, phrase: &[char]) -> Found {
        let column = self.index.fields().pairs;
        let inverted = self.segment.inverted_index(column)?;
        let mut bits = self.none();
        match phrase {
            [] => {}
            [one] => Self::add_beginning(&inverted, *one, &mut bits)?,
            [one, other] => self.add_term(column, &[*one, *other].iter().collect::<String>(), &mut bits)?,
            _ => Self::add_phrase(column, &inverted, phrase, &mut bits)?,
        }
        Ok(bits)
    }

    /// All records with a pair that begins with `c`: each character of a text begins one.
    fn add_beginning(inverted: &InvertedIndexReader, c: char, bits: &mut Bits) -> Result<(), TantivyError> {
        let next = char::from_u32(u32::from(c) + 1).unwrap_or(char::MAX);
        let (mut from, mut to) = ([0; 4], [0; 4]);
        let range = inverted.terms().range().ge(c.encode_utf8(&mut from)).lt(next.encode_utf8(&mut to));
        let mut terms = range.into_stream()?;
        while terms.advance() {
            let mut postings = inverted.read_postings_from_terminfo(terms.value(), IndexRecordOption::Basic)?;
            add(&mut postings, bits);
        }
        Ok(())
    }

    /// Pairs at every second offset, and the last one: together they cover each character once or twice.
    fn add_phrase(column: Column, inverted: &InvertedIndexReader, phrase: &[char], bits: &mut Bits) -> Result<(), TantivyError> {
        let last = phrase.len() - 2;
        let offsets = (0..last).step_by(2).chain([last]);
        let mut lists = Vec::with_capacity(phrase.len() / 2 + 1);
        for offset in offsets {
            let pair: String = phrase[offset..offset + 2].iter().collect();
            let term = Term::from_field_text(column, &pair);
            let Some(info) = inverted.get_term_info(&term)? else {
                return Ok(());
            };
            lists.push((info.doc_freq, offset as u32, info));
        }
        lists.sort_by_key(|list| list.0);
        let mut postings = Vec::with_capacity(lists.len());
        for (_, offset, info) in &lists {
            let option = IndexRecordOption::WithFreqsAndPositions;
            postings.push((*offset, inverted.read_postings_from_terminfo(info, option)?));
        }
        let (rare, others) = postings.split_first_mut().expect("a phrase has two pairs at least");
        let (mut starts, mut here) = (Vec::new(), Vec::new());
        let mut doc = rare.1.doc();
        'docs: while doc != TERMINATED {
            for (_, list) in others.iter_mut() {
                if list.doc() < doc {
                    list.seek(doc);
                }
                if list.doc() != doc {
                    doc = rare.1.seek(list.doc());
                    continue 'docs;
                }
            }
            // Where the phrase would begin, for each place of its rarest pair; a longest phrase fits an offset in u32.
            starts.clear();
            rare.1.positions(&mut here);
            starts.extend(here.iter().filter_map(|at| at.checked_sub(rare.0)));
            for (offset, list) in others.iter_mut() {
                if starts.is_empty() {
                    break;
                }
                list.positions(&mut here);
                starts.retain(|start| here.binary_search(&(start + *offset)).is_ok());
            }
            if !starts.is_empty() {
                bits.put(doc);
            }
            doc = rare.1.advance();
        }
        Ok(())
    }

    /// Records whose `column` holds every pair of `piece`, wherever.
    fn all_pairs(&self, column: Column, piece: &[char]) -> Found {
        let mut bits: Option<Bits> = None;
        for pair in piece.windows(2) {
            let mut found = self.none();
            self.add_term(column, &pair.iter().collect::<String>(), &mut found)?;
            match &mut bits {
                Some(bits) => bits.and(&found),
                None => bits = Some(found),
            }
        }
        Ok(bits.unwrap_or_else(|| self.none()))
    }

    fn add_term(&self, column: Column, text: &str, bits: &mut Bits) -> Result<(), TantivyError> {
        let inverted = self.segment.inverted_index(column)?;
        let term = Term::from_field_text(column, text);
        if let Some(mut postings) = inverted.read_postings(&term, IndexRecordOption::Basic)? {
            add(&mut postings, bits);
        }
        Ok(())
    }

    /// Records of which a value of `name` holds `part` (folded, without blanks).
    fn named(&self, name: &str, part: &str) -> Found {
        let mut bits = self.none();
        let Some(at) = NAMES.iter().position(|known| *known == name).filter(|_| !part.is_empty()) else {
            return Ok(bits);
        };
        let inverted = self.segment.inverted_index(self.index.fields().names[at])?;
        let values = filled(&self.tables.names[at], || Values::of(&inverted))?;
        for info in values.holding(part) {
            let mut postings = inverted.read_postings_from_terminfo(info, IndexRecordOption::Basic)?;
            add(&mut postings, &mut bits);
        }
        Ok(bits)
    }

    fn named_where(&self, name: &str, wanted: impl Fn(&[u8]) -> bool) -> Found {
        let column = self.index.fields().name(name).expect("only names of the schema are asked for");
        let inverted = self.segment.inverted_index(column)?;
        let mut bits = self.none();
        let mut terms = inverted.terms().stream()?;
        while terms.advance() {
            if wanted(terms.key()) {
                let mut postings = inverted.read_postings_from_terminfo(terms.value(), IndexRecordOption::Basic)?;
                add(&mut postings, &mut bits);
            }
        }
        Ok(bits)
    }

    fn field(&self, field: Field, value: &str) -> Found {
        let folded = fold_name(value);
        match field {
            Field::Type => self.exactly("type", &folded),
            Field::Doc if self.is_document(value)? => self.exactly("doc", value),
            Field::Doc => self.named_where("doc", |doc| {
                let doc = String::from_utf8_lossy(doc);
                doc == value || memchr_find(fold_name(&doc).as_bytes(), folded.as_bytes())
            }),
            Field::Number => self.named("number", &fold_number(value)),
            Field::Lead => self.unit("lead", &folded),
            Field::Support => self.unit("support", &folded),
            Field::Unit => {
                let mut bits = self.unit("lead", &folded)?;
                bits.or(&self.unit("support", &folded)?);
                self.add_term(self.index.fields().measure, &folded, &mut bits)?;
                Ok(bits)
            }
            Field::Place => {
                let mut bits = self.named("place", &folded)?;
                for alias in self.names.place_aliases(&folded) {
                    bits.or(&self.exactly("place", &fold_name(&alias))?);
                }
                Ok(bits)
            }
            Field::Value | Field::Year | Field::Due => Ok(self.none()),
            _ => self.named(field.name(), &folded),
        }
    }

    /// Whether the index holds a document of exactly this name.
    fn is_document(&self, name: &str) -> Result<bool, TantivyError> {
        let column = self.index.fields().name("doc").expect("`doc` is one of the names");
        let term = Term::from_field_text(column, name);
        for segment in self.index.searcher().segment_readers() {
            if segment.inverted_index(column)?.get_term_info(&term)?.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn exactly(&self, name: &str, value: &str) -> Found {
        let column = self.index.fields().name(name).expect("only names of the schema are asked for");
        let mut bits = self.none();
        self.add_term(column, value, &mut bits)?;
        Ok(bits)
    }

    /// Responsibilities of a unit by any of its names; a unit that no lexicon knows is found by a part of its name.
    fn unit(&self, name: &str, unit: &str) -> Found {
        let aliases = self.names.unit_aliases(unit);
        if aliases.is_empty() {
            return self.named(name, unit);
        }
        let mut bits = self.exactly(name, unit)?;
        for alias in aliases {
            bits.or(&self.exactly(name, &fold_name(&alias))?);
        }
        Ok(bits)
    }

    /// The column decides but where it can't tell two decimals apart: there the record's own number does.
    fn value(&self, range: &Range<Decimal>, unit: Option<&str>) -> Found {
        let values = filled(&self.tables.values, || {
            let column = self.segment.fast_fields().f64("value")?;
            Ok::<_, TantivyError>((0..self.segment.max_doc()).filter_map(|doc| Some((doc, column.first(doc)?))).collect())
        })?;
        let candidates = match unit {
            Some(unit) => {
                let mut bits = self.none();
                self.add_term(self.index.fields().measure, &fold_name(unit), &mut bits)?;
                bits
            }
            None => Bits::alive(self.segment),
        };
        let rough = |end: Option<(Decimal, bool)>| end.and_then(|(end, _)| end.to_string().parse::<f64>().ok());
        let (low, high) = (rough(range.low), rough(range.high));
        let mut bits = self.none();
        for (doc, found) in values.iter().copied().filter(|(doc, _)| candidates.has(*doc)) {
            let near = |end: Option<f64>| end.is_some_and(|end| (found - end).abs() <= end.abs() * 1e-12);
            let inside = if near(low) || near(high) {
                self.exact_value(doc)?.is_some_and(|value| range.holds(value))
            } else {
                low.is_none_or(|low| found > low) && high.is_none_or(|high| found < high)
            };
            if inside {
                bits.put(doc);
            }
        }
        Ok(bits)
    }

    fn exact_value(&self, doc: DocId) -> Result<Option<Decimal>, TantivyError> {
        let record: Value =
            self.index.record_at(DocAddress::new(self.ord, doc)).map_err(|error| TantivyError::InternalError(error.to_string()))?;
        Ok(value(&record).and_then(|number| {
            let number = number.to_string();
            number.parse().or_else(|_| Decimal::from_scientific(&number)).ok()
        }))
    }

    fn years(&self, range: &Range<i64>) -> Found {
        let years = filled(&self.tables.years, || {
            let columns = self.segment.fast_fields();
            let (from, to) = (columns.i64("from")?, columns.i64("to")?);
            let years = |doc| from.first(doc).map(|first| (doc, first, to.first(doc).unwrap_or(first)));
            Ok::<_, TantivyError>((0..self.segment.max_doc()).filter_map(years).collect())
        })?;
        let mut bits = self.none();
        for (doc, first, last) in years.iter().copied() {
            let begins = range.high.is_none_or(|(high, closed)| first < high || (closed && first == high));
            let ends = range.low.is_none_or(|(low, closed)| last > low || (closed && last == low));
            if begins && ends {
                bits.put(doc);
            }
        }
        Ok(bits)
    }

    fn due(&self, range: &Range<i64>) -> Found {
        let dues = filled(&self.tables.dues, || {
            let column = self.segment.fast_fields().i64("due")?;
            Ok::<_, TantivyError>((0..self.segment.max_doc()).filter_map(|doc| Some((doc, column.first(doc)?))).collect())
        })?;
        let yearless = [range.low, range.high].into_iter().flatten().all(|(end, _)| end < 10_000);
        let mut bits = self.none();
        for (doc, due) in dues.iter().copied() {
            if range.holds(if yearless { due % 10_000 } else { due }) {
                bits.put(doc);
            }
        }
        Ok(bits)
    }
}

fn add(postings: &mut impl DocSet, bits: &mut Bits) {
    let mut doc = postings.doc();
    while doc != TERMINATED {
        bits.put(doc);
        doc = postings.advance();
    }
}

fn memchr_find(text: &[u8], part: &[u8]) -> bool {
    !part.is_empty() && memmem::find(text, part).is_some()
}

/// What of a query's words a text must hold: jieba's words, numbers with their multipliers, Latin words. Characters that
/// jieba leaves alone join their neighbours (`业园` stays one piece: it may lie across two words); particles fall away.
pub fn pieces(dictionary: &Dictionary, folded: &[char]) -> Vec<Vec<char>> {
    const PARTICLES: &str = "的了和与及在是等为对于之其个把被将也都就而或并以由从向到地得着";
    let text: String = folded.iter().collect();
    let jieba = dictionary.for_text(&text);
    let mut pieces: Vec<(usize, usize, bool)> = Vec::new();
    let mut amount = 0; // where the last amount ends: what lies in it is no piece of its own
    for word in tile_words(&jieba, folded) {
        let spelled = word.text.starts_with('=');
        if spelled {
            amount = word.end;
            pieces.retain(|piece| piece.0 != word.start); // the number without its multipliers
        }
        let start = if spelled { word.start } else { word.start.max(amount) };
        if start >= word.end || start > word.start && word.end == start + 1 {
            continue; // `15800`, and the 元 of `亿元`
        }
        let single = word.end == start + 1 && is_han(folded[start]);
        match pieces.last_mut() {
            Some((_, end, true)) if single && start == *end => *end = word.end,
            _ => pieces.push((start, word.end, single)),
        }
    }
    let particle = |&(start, end, _): &(usize, usize, bool)| folded[start..end].iter().all(|c| PARTICLES.contains(*c));
    if !pieces.iter().all(particle) {
        pieces.retain(|piece| !particle(piece));
    }
    pieces.dedup();
    pieces.into_iter().map(|(start, end, _)| folded[start..end].to_vec()).collect()
}
