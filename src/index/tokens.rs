//! What is a record found by? Its terms and the pairs of its characters, gathered as numbers and sorted once; then each is written with all
//! its postings. `产业园` in record 7 gives the pairs 产业 (record 7, at 0), 业园 (7, 1) and 园 (7, 2).
//!
//! Tokens are gathered document by document, on the threads that read them, and put together for a segment.

use std::collections::HashMap;
use std::io;
use std::ops::Range;

use compact_str::CompactString;
use foldhash::fast::RandomState;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use tantivy::DocId;
use tantivy::postings::FieldSerializer;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::tokenizer::MAX_TOKEN_LEN;

use super::schema::{Fields, NAMES};

/// The tokens of records.
#[derive(Default)]
pub struct Tokens {
    /// The words of their texts.
    pub words: Terms,
    /// The pairs of their texts.
    pub pairs: Pairs,
    /// The pairs of their own fields.
    pub own: Pairs,
    /// Their names, by their places in [`NAMES`].
    pub names: [Terms; NAMES.len()],
    /// Their units of measure.
    pub measure: Terms,
}

impl Tokens {
    /// None, with room for what grows largest of so many bytes: room is the system's until it is used.
    pub fn with_room(bytes: usize) -> Self {
        let words = Terms { said: Vec::with_capacity(bytes / 16), ..Terms::default() };
        let pairs = Pairs { chars: Vec::with_capacity(bytes / 10), ..Pairs::default() };
        Self { words, pairs, ..Self::default() }
    }

    /// Adds those of other records, whose first is the record `first` here.
    pub fn append(&mut self, others: Self, first: DocId) {
        self.words.append(others.words, first);
        self.pairs.append(&others.pairs, first);
        self.own.append(&others.own, first);
        for (names, others) in self.names.iter_mut().zip(others.names) {
            names.append(others, first);
        }
        self.measure.append(others.measure, first);
    }

    /// Those of each field.
    pub fn by_field(&self, fields: &Fields) -> Vec<(Field, &dyn Gathered)> {
        let texts: [(Field, &dyn Gathered); 4] =
            [(fields.words, &self.words), (fields.pairs, &self.pairs), (fields.own, &self.own), (fields.measure, &self.measure)];
        let names = fields.names.iter().zip(&self.names).map(|(field, terms)| (*field, terms as &dyn Gathered));
        texts.into_iter().chain(names).collect()
    }

    /// Bytes that they take, about; while they are written they take up to twice as many more.
    pub fn memory(&self) -> usize {
        let pairs = [&self.pairs, &self.own].map(Pairs::memory);
        let terms = [&self.words, &self.measure].into_iter().chain(&self.names).map(Terms::memory);
        pairs.into_iter().chain(terms).sum()
    }
}

/// What writes the postings of a field: its terms, their postings, their places.
pub type Serializer<'a> = FieldSerializer<'a, Vec<u8>>;

/// The tokens of a field.
pub trait Gathered: Sync {
    /// How many they are.
    fn tokens(&self) -> usize;

    /// How many each record has that has some, in the order of records.
    fn counts(&self) -> Box<dyn Iterator<Item = (DocId, u32)> + '_>;

    /// Writes their postings, with their places where the field has them.
    ///
    /// # Errors
    /// Those of `into`.
    fn write(&self, option: IndexRecordOption, into: &mut Serializer<'_>) -> io::Result<()>;
}

/// Terms, and the records that say them.
#[derive(Default)]
pub struct Terms {
    ids: HashMap<CompactString, u32, RandomState>,
    /// The terms said, by their ids, record after record.
    said: Vec<u32>,
    /// Each record that says some: it, and where in `said` its terms end.
    ends: Vec<(DocId, u32)>,
}

impl Terms {
    /// Adds a term of a record; the records come in their order.
    pub fn add(&mut self, record: DocId, term: &str) {
        if term.len() > MAX_TOKEN_LEN {
            return;
        }
        let id = self.id(term);
        self.said.push(id);
        let end = number(self.said.len());
        match self.ends.last_mut().filter(|(last, _)| *last == record) {
            Some((_, last)) => *last = end,
            None => self.ends.push((record, end)),
        }
    }

    fn id(&mut self, term: impl AsRef<str> + Into<CompactString>) -> u32 {
        if let Some(known) = self.ids.get(term.as_ref()) {
            return *known;
        }
        let id = number(self.ids.len());
        self.ids.insert(term.into(), id);
        id
    }

    fn append(&mut self, others: Self, first: DocId) {
        let mut ids = vec![0; others.ids.len()];
        for (term, id) in others.ids {
            ids[id as usize] = self.id(term);
        }
        let before = number(self.said.len());
        self.said.extend(others.said.iter().map(|id| ids[*id as usize]));
        self.ends.extend(others.ends.iter().map(|(record, end)| (first + record, before + end)));
    }

    fn memory(&self) -> usize {
        self.said.len() * 4 + self.ends.len() * 8 + self.ids.len() * 64
    }

    /// Each record that says some, and the ids of what it says.
    fn records(&self) -> impl Iterator<Item = (DocId, &[u32])> + Clone {
        let begins = std::iter::once(0).chain(self.ends.iter().map(|(_, end)| *end));
        begins.zip(&self.ends).map(|(from, (record, to))| (*record, &self.said[from as usize..*to as usize]))
    }
}

impl Gathered for Terms {
    fn tokens(&self) -> usize {
        self.said.len()
    }

    fn counts(&self) -> Box<dyn Iterator<Item = (DocId, u32)> + '_> {
        Box::new(self.records().map(|(record, said)| (record, number(said.len()))))
    }

    fn write(&self, _: IndexRecordOption, into: &mut Serializer<'_>) -> io::Result<()> {
        let mut terms: Vec<(&str, u32)> = self.ids.iter().map(|(term, id)| (&**term, *id)).collect();
        terms.sort_unstable();
        let said = self.records().flat_map(|(record, said)| said.iter().map(move |id| (*id, record)));
        let starts = starts(terms.len(), self.said.iter().copied());
        let records = sort(&starts, said);
        for (term, id) in terms {
            into.new_term_without_freq(term.as_bytes())?;
            let mut last = None;
            for record in &records[of(&starts, id)] {
                if last.replace(*record) != Some(*record) {
                    into.write_doc(*record, 0, &[]);
                }
            }
            into.close_term()?;
        }
        Ok(())
    }
}

/// Texts that are found by the pairs of their characters. The last character of a text stands alone.
#[derive(Default)]
pub struct Pairs {
    /// The characters of the texts, with an [`END`] behind each.
    chars: Vec<char>,
    /// The record of each text.
    records: Vec<DocId>,
    /// Where in `chars` each text begins.
    begins: Vec<u32>,
}

/// No folded text holds it.
const END: char = '\0';
/// Characters that are looked at together to find their text.
const STRETCH: usize = 64;
/// About so many pairs are located while those before them are written; in tests a few, so that they too are written piece by piece.
const LOCATED_TOGETHER: u32 = if cfg!(test) { 1 << 8 } else { 1 << 17 };

impl Pairs {
    /// Adds a text of a record, folded, and gives its characters; the records come in their order.
    pub fn add(&mut self, record: DocId, folded: impl Iterator<Item = char>) -> &[char] {
        let from = self.chars.len();
        self.records.push(record);
        self.begins.push(number(from));
        self.chars.extend(folded);
        let to = self.chars.len();
        self.chars.push(END);
        &self.chars[from..to]
    }

    fn append(&mut self, others: &Self, first: DocId) {
        let before = number(self.chars.len());
        self.chars.extend_from_slice(&others.chars);
        self.records.extend(others.records.iter().map(|record| first + record));
        self.begins.extend(others.begins.iter().map(|begins| before + begins));
    }

    fn memory(&self) -> usize {
        self.chars.len() * 4 + self.records.len() * 8
    }

    /// The characters in use, in order after [`END`], and the place of each among them.
    fn ranks(&self) -> (Vec<char>, Vec<u32>) {
        let mut ranks = vec![0; self.chars.iter().max().map_or(0, |last| *last as usize + 1)];
        self.chars.iter().for_each(|c| ranks[*c as usize] = 1);
        let mut used = Vec::new();
        for (code, rank) in (0..).zip(&mut ranks).filter(|(_, rank)| **rank > 0) {
            *rank = number(used.len());
            used.extend(char::from_u32(code));
        }
        (used, ranks)
    }

    /// Where the texts end, each behind its [`END`].
    fn ends(&self) -> impl Iterator<Item = u32> {
        self.begins.iter().skip(1).copied().chain([number(self.chars.len())])
    }
}

/// Which text does a character stand in?
struct Places<'p> {
    pairs: &'p Pairs,
    ends: Vec<u32>,
    /// The text of the first character of each [`STRETCH`].
    first: Vec<u32>,
}

impl<'p> Places<'p> {
    fn of(pairs: &'p Pairs) -> Self {
        let ends: Vec<u32> = pairs.ends().collect();
        let stretches = (0..number(pairs.chars.len())).step_by(STRETCH);
        let first = stretches.scan(0, |text, at| {
            *text = text_at(&ends, *text, at);
            Some(number(*text))
        });
        Self { first: first.collect(), pairs, ends }
    }

    /// The record of the character at `at`, and its place in its text.
    fn place(&self, at: u32) -> (DocId, u32) {
        let text = text_at(&self.ends, self.first[at as usize / STRETCH] as usize, at);
        (self.pairs.records[text], at - self.pairs.begins[text])
    }
}

/// The text of the character at `at`: `text`, or one soon after it.
fn text_at(ends: &[u32], mut text: usize, at: u32) -> usize {
    while ends[text] <= at {
        text += 1;
    }
    text
}

impl Gathered for Pairs {
    fn tokens(&self) -> usize {
        self.chars.len() - self.records.len()
    }

    fn counts(&self) -> Box<dyn Iterator<Item = (DocId, u32)> + '_> {
        let lengths = self.begins.iter().zip(self.ends()).map(|(begins, end)| end - begins - 1);
        let mut counts = self.records.iter().copied().zip(lengths).peekable();
        let by_record = std::iter::from_fn(move || {
            let (record, mut count) = counts.next()?;
            while let Some((_, more)) = counts.next_if(|(next, _)| *next == record) {
                count += more;
            }
            Some((record, count))
        });
        Box::new(by_record.filter(|(_, count)| *count > 0))
    }

    fn write(&self, option: IndexRecordOption, into: &mut Serializer<'_>) -> io::Result<()> {
        let (used, ranks) = self.ranks();
        let rank = |at: usize| ranks[self.chars[at] as usize];
        // By the second character, then by the first, each time those of a character in their order.
        let begun = (0..number(self.chars.len())).filter(|at| self.chars[*at as usize] != END);
        let first = |at: &u32| rank(*at as usize);
        let second = |at: &u32| rank(*at as usize + 1);
        let by_second = sort(&starts(used.len(), begun.clone().map(|at| second(&at))), begun.clone().map(|at| (second(&at), at)));
        let starts = starts(used.len(), begun.map(|at| first(&at)));
        let sorted = sort(&starts, by_second.iter().map(|at| (first(at), *at)));
        drop(by_second);
        let places = Places::of(self);
        let located = |first: &u32| {
            let found = sorted[of(&starts, *first)].iter();
            found.map(|at| (second(at), places.place(*at))).collect::<Vec<(u32, (DocId, u32))>>()
        };
        let mut term = String::new();
        let mut steps = Vec::new();
        let mut write = |firsts: &[u32], located: &[Vec<(u32, (DocId, u32))>]| -> io::Result<()> {
            for (first, places) in firsts.iter().zip(located) {
                for places in places.chunk_by(|(one, _), (other, _)| one == other) {
                    term.clear();
                    term.extend([used[*first as usize], used[places[0].0 as usize]].into_iter().filter(|c| *c != END));
                    write_pair(&term, places, option.has_positions().then_some(&mut steps), into)?;
                }
            }
            Ok(())
        };
        let firsts: Vec<u32> = (0..number(used.len())).collect();
        let (mut before, mut done): (&[u32], Vec<Vec<_>>) = (&[], Vec::new());
        let together = |first: &u32| starts[*first as usize] / LOCATED_TOGETHER;
        for firsts in firsts.chunk_by(|one, other| together(one) == together(other)) {
            let (written, next) = rayon::join(|| write(before, &done), || firsts.par_iter().map(located).collect());
            written?;
            (before, done) = (firsts, next);
        }
        write(before, &done)
    }
}

/// Writes the postings of a pair: its places in the order of records, and in each from the first on; `steps` is room for the ways from one to the
/// next, where these are wanted.
fn write_pair(term: &str, places: &[(u32, (DocId, u32))], mut steps: Option<&mut Vec<u32>>, into: &mut Serializer<'_>) -> io::Result<()> {
    let records = places.chunk_by(|(_, (one, _)), (_, (other, _))| one == other);
    match steps {
        Some(_) => into.new_term(term.as_bytes(), number(records.clone().count()), true)?,
        None => into.new_term_without_freq(term.as_bytes())?,
    }
    for places in records {
        let (_, (record, _)) = places[0];
        let steps = match &mut steps {
            Some(steps) => {
                steps.clear();
                let mut before = 0;
                steps.extend(places.iter().map(|(_, (_, at))| at - std::mem::replace(&mut before, *at)));
                steps.as_slice()
            }
            None => &[],
        };
        into.write_doc(record, number(steps.len()), steps);
    }
    into.close_term()
}

/// Where the items of each key below `keys` begin once they are sorted, and where the last end.
fn starts(keys: usize, of: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut starts = vec![0; keys + 1];
    of.for_each(|key| starts[key as usize + 1] += 1);
    for key in 0..keys {
        starts[key + 1] += starts[key];
    }
    starts
}

/// The items sorted by their keys, those of a key in the order in which they come: a counting sort.
fn sort<T: Copy + Default>(starts: &[u32], items: impl Iterator<Item = (u32, T)>) -> Vec<T> {
    let mut sorted = vec![T::default(); starts.last().map_or(0, |end| *end as usize)];
    let mut next = starts.to_vec();
    items.for_each(|(key, item)| {
        sorted[next[key as usize] as usize] = item;
        next[key as usize] += 1;
    });
    sorted
}

/// Where the items of a key are among the sorted.
fn of(starts: &[u32], key: u32) -> Range<usize> {
    starts[key as usize] as usize..starts[key as usize + 1] as usize
}

/// A batch holds less than four thousand million of anything.
fn number(of: usize) -> u32 {
    u32::try_from(of).expect("a batch is written before it holds so much")
}
