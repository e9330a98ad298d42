//! How do records become a segment of the index? Their tokens are gathered as numbers and sorted once; then each term is written with all
//! its postings. `产业园` in record 7 gives the pairs 产业 (record 7, at 0), 业园 (7, 1) and 园 (7, 2).
//!
//! tantivy's own writer looks each token up among the terms and lets a list grow there, wherever in memory that is; with pairs of
//! characters and names beside the words, that was most of indexing. Only the gathering is ours: tantivy's serializers write the
//! files, and it reads, merges and deletes from them as from its own.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::io::{self, Write};

use compact_str::CompactString;
use foldhash::fast::RandomState;
use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, IntoParallelRefIterator, ParallelIterator};
use tantivy::directory::{CompositeWrite, TerminatingWrite};
use tantivy::fastfield::FastFieldsWriter;
use tantivy::fieldnorm::{FieldNormReader, FieldNormReaders, FieldNormsSerializer, FieldNormsWriter};
use tantivy::index::SegmentComponent;
use tantivy::postings::FieldSerializer;
use tantivy::schema::{Field, FieldType, IndexRecordOption, Schema};
use tantivy::store::StoreWriter;
use tantivy::tokenizer::MAX_TOKEN_LEN;
use tantivy::{DocId, Segment, SegmentMeta};
use tantivy_common::CountingWriter;

use super::analysis::{PAIRS, WORDS};
use super::schema::Columns;

/// Records on their way to be a segment.
pub struct Batch {
    segment: Segment,
    schema: Schema,
    /// What is gathered of each field, by the field's number.
    gathered: Vec<Option<Gathered>>,
    /// How many tokens the record at hand has in each field, by the field's number.
    counts: Vec<u32>,
    norms: FieldNormsWriter,
    fast: FastFieldsWriter,
    store: StoreWriter,
    records: DocId,
}

/// The tokens of a field.
enum Gathered {
    /// A text is one term.
    Names(Terms),
    /// A text is a term a line.
    Words(Terms),
    /// A text is the pairs of its characters, with or without their places.
    Pairs(Pairs, bool),
}

impl Gathered {
    /// Empty, for a field of the schema in a batch of so many bytes; None for one that has no postings.
    fn of(schema: &Schema, field: Field, gathered: usize) -> Option<Self> {
        let FieldType::Str(options) = schema.get_field_entry(field).field_type() else { return None };
        let indexing = options.get_indexing_options()?;
        Some(match indexing.tokenizer() {
            // What grows largest has its room at once: it is the system's until it is used.
            WORDS => Self::Words(Terms { said: Vec::with_capacity(gathered / 16), ..Terms::default() }),
            PAIRS if indexing.index_option().has_positions() => {
                Self::Pairs(Pairs { chars: Vec::with_capacity(gathered / 10), ..Pairs::default() }, true)
            }
            PAIRS => Self::Pairs(Pairs::default(), false),
            _ => Self::Names(Terms::default()),
        })
    }

    /// Takes a text of a record; says how many tokens it has.
    fn take(&mut self, record: DocId, text: &str) -> usize {
        match self {
            Self::Names(terms) => terms.take(record, std::iter::once(text)),
            Self::Words(terms) => terms.take(record, text.split_terminator('\n')),
            Self::Pairs(..) => 0, // they are given as characters
        }
    }

    /// The same, of the characters of a text.
    fn take_chars(&mut self, record: DocId, chars: &[char]) -> usize {
        match self {
            Self::Names(_) | Self::Words(_) => 0,
            Self::Pairs(pairs, _) => pairs.take(record, chars),
        }
    }

    fn tokens(&self) -> usize {
        match self {
            Self::Names(terms) | Self::Words(terms) => terms.said.len(),
            Self::Pairs(pairs, _) => pairs.chars.len() - pairs.texts.len(),
        }
    }

    /// Bytes that it holds, about; while it is written it takes half as many more.
    fn memory(&self) -> usize {
        match self {
            Self::Names(terms) | Self::Words(terms) => terms.said.len() * 4 + terms.ends.len() * 8 + terms.ids.len() * 64,
            Self::Pairs(pairs, _) => pairs.chars.len() * 4 + pairs.texts.len() * 8,
        }
    }

    /// Its part of the segment's files.
    fn postings(&self, norms: Option<FieldNormReader>) -> io::Result<Postings> {
        let option = match self {
            Self::Pairs(_, true) => IndexRecordOption::WithFreqsAndPositions,
            _ => IndexRecordOption::Basic,
        };
        let [mut terms, mut postings, mut places] = [const { Vec::new() }; 3].map(CountingWriter::wrap);
        let mut into = FieldSerializer::create(option, self.tokens() as u64, &mut terms, &mut postings, &mut places, norms)?;
        self.write(&mut into)?;
        into.close()?;
        Ok([terms, postings, places].map(CountingWriter::finish))
    }

    fn write(&self, into: &mut Serializer<'_>) -> io::Result<()> {
        match self {
            Self::Names(terms) | Self::Words(terms) => terms.write(into),
            Self::Pairs(pairs, with_places) => pairs.write(*with_places, into),
        }
    }
}

impl Batch {
    /// An empty one, that will become `segment` once it holds about `gathered` bytes.
    ///
    /// # Errors
    /// What keeps the segment's files from being made.
    pub fn new(segment: Segment, gathered: usize) -> tantivy::Result<Self> {
        let schema = segment.schema();
        let settings = segment.index().settings().clone();
        let store = segment.open_write(SegmentComponent::Store)?;
        Ok(Self {
            gathered: schema.fields().map(|(field, _)| Gathered::of(&schema, field, gathered)).collect(),
            norms: FieldNormsWriter::for_schema(&schema),
            fast: FastFieldsWriter::from_schema_and_tokenizer_manager(&schema, segment.index().fast_field_tokenizer().clone())?,
            store: StoreWriter::new(store, settings.docstore_compression, settings.docstore_blocksize, true)?,
            counts: vec![0; schema.num_fields()],
            records: 0,
            schema,
            segment,
        })
    }

    /// Bytes of memory that it holds, about.
    pub fn memory(&self) -> usize {
        self.gathered.iter().flatten().map(Gathered::memory).sum()
    }

    /// Adds a record.
    ///
    /// # Errors
    /// What keeps its stored part from being written.
    pub fn add(&mut self, record: &Columns) -> tantivy::Result<()> {
        self.counts.fill(0);
        for (field, text) in record.texts() {
            self.gather(field, |gathered, record| gathered.take(record, text));
        }
        for (field, chars) in record.chars() {
            self.gather(field, |gathered, record| gathered.take_chars(record, chars));
        }
        for (field, count) in fields().zip(&self.counts).filter(|(_, count)| **count > 0) {
            self.norms.record(self.records, field, *count);
        }
        self.fast.add_document(record)?;
        self.store.store(record, &self.schema)?;
        self.records += 1;
        Ok(())
    }

    /// Has a field's tokens taken, where it has postings, and counted.
    fn gather(&mut self, field: Field, take: impl FnOnce(&mut Gathered, DocId) -> usize) {
        let at = field.field_id() as usize;
        if let Some(gathered) = &mut self.gathered[at] {
            self.counts[at] += number(take(gathered, self.records));
        }
    }

    /// Writes the segment.
    ///
    /// # Errors
    /// What keeps its files from being written.
    pub fn write(self) -> tantivy::Result<SegmentMeta> {
        let Self { segment, gathered, mut norms, mut fast, store, records, .. } = self;
        norms.fill_up_to_max_doc(records);
        norms.serialize(FieldNormsSerializer::from_write(segment.open_write(SegmentComponent::FieldNorms)?)?, None)?;
        let norms = FieldNormReaders::open(segment.open_read(SegmentComponent::FieldNorms)?)?;
        let columns = fields().zip(gathered).filter_map(|(field, gathered)| Some((field, gathered?)));
        let mut columns: Vec<(Field, Gathered)> = columns.filter(|(_, gathered)| gathered.tokens() > 0).collect();
        // What takes longest is begun first.
        columns.sort_by_key(|(_, gathered)| Reverse(gathered.tokens()));
        let columns = columns.into_par_iter().with_max_len(1);
        let columns = columns.map(|(field, gathered)| Ok((field, gathered.postings(norms.get_field(field)?)?)));
        let mut numbers = segment.open_write(SegmentComponent::FastFields)?;
        let (columns, serialized) =
            rayon::join(|| columns.collect::<tantivy::Result<Vec<(Field, Postings)>>>(), || fast.serialize(&mut numbers, None));
        serialized?;
        numbers.terminate()?;
        let mut columns = columns?;
        columns.sort_by_key(|(field, _)| *field);
        let parts = [SegmentComponent::Terms, SegmentComponent::Postings, SegmentComponent::Positions];
        for (at, part) in parts.into_iter().enumerate() {
            let mut file = CompositeWrite::wrap(segment.open_write(part)?);
            for (field, postings) in &columns {
                file.for_field(*field).write_all(&postings[at])?;
            }
            file.close()?;
        }
        store.close()?;
        let segment = segment.with_max_doc(records);
        segment.meta().untrack_temp_docstore();
        Ok(segment.meta().clone())
    }
}

/// The fields of a schema, by their numbers.
fn fields() -> impl Iterator<Item = Field> {
    (0..).map(Field::from_field_id)
}

/// What a segment's files hold of a field: its terms, their postings, their places.
type Postings = [Vec<u8>; 3];
/// What writes them.
type Serializer<'a> = FieldSerializer<'a, Vec<u8>>;

/// Terms, and the records that say them.
#[derive(Default)]
struct Terms {
    ids: HashMap<CompactString, u32, RandomState>,
    /// The terms said, by their ids, record after record.
    said: Vec<u32>,
    /// Each record that says some: it, and where in `said` its terms end.
    ends: Vec<(DocId, u32)>,
}

impl Terms {
    fn take<'t>(&mut self, record: DocId, terms: impl Iterator<Item = &'t str>) -> usize {
        let before = self.said.len();
        for term in terms.filter(|term| term.len() <= MAX_TOKEN_LEN) {
            let known = self.ids.get(term).copied();
            self.said.push(known.unwrap_or_else(|| {
                let id = number(self.ids.len());
                self.ids.insert(term.into(), id);
                id
            }));
        }
        self.ends.push((record, number(self.said.len())));
        self.said.len() - before
    }

    fn write(&self, into: &mut Serializer<'_>) -> io::Result<()> {
        let mut terms: Vec<(&str, u32)> = self.ids.iter().map(|(term, id)| (&**term, *id)).collect();
        terms.sort_unstable();
        let mut ranks = vec![0; terms.len()];
        for (rank, (_, id)) in (0..).zip(&terms) {
            ranks[*id as usize] = rank;
        }
        let said = || {
            let begins = std::iter::once(0).chain(self.ends.iter().map(|(_, end)| *end));
            let runs = begins.zip(&self.ends).map(|(from, (record, to))| (*record, &self.said[from as usize..*to as usize]));
            runs.flat_map(|(record, ids)| ids.iter().map(move |id| (*id, record))).map(|(id, record)| (ranks[id as usize], record))
        };
        let (starts, records) = sort(terms.len(), said);
        for (rank, (term, _)) in terms.iter().enumerate() {
            into.new_term_without_freq(term.as_bytes())?;
            let mut last = None;
            for record in &records[starts[rank]..starts[rank + 1]] {
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
struct Pairs {
    /// The characters of the texts, with an [`END`] behind each.
    chars: Vec<char>,
    /// Of each text: its record, and where in `chars` it begins.
    texts: Vec<(DocId, u32)>,
}

/// No folded text holds it.
const END: char = '\0';
/// Characters that are looked at together to find their text.
const STRETCH: usize = 64;
/// About so many pairs are sorted while those before them are written; in tests a few, so that they too are written piece by piece.
const SORTED_TOGETHER: usize = if cfg!(test) { 1 << 8 } else { 1 << 17 };

impl Pairs {
    fn take(&mut self, record: DocId, text: &[char]) -> usize {
        let before = self.chars.len();
        self.texts.push((record, number(before)));
        self.chars.extend_from_slice(text);
        self.chars.push(END);
        self.chars.len() - before - 1
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

    /// The text of the first character of each [`STRETCH`].
    fn first_texts(&self) -> Vec<u32> {
        let stretches = (0..number(self.chars.len())).step_by(STRETCH);
        let first = stretches.scan(0, |text, at| {
            *text = self.text_at(*text, at);
            Some(number(*text))
        });
        first.collect()
    }

    /// The text of the character at `at`: `text`, or one soon after it.
    fn text_at(&self, mut text: usize, at: u32) -> usize {
        while self.texts.get(text + 1).is_some_and(|(_, begins)| *begins <= at) {
            text += 1;
        }
        text
    }

    fn write(&self, with_places: bool, into: &mut Serializer<'_>) -> io::Result<()> {
        let (used, ranks) = self.ranks();
        let rank = |at: usize| ranks[self.chars[at] as usize];
        let begun = || (0..self.chars.len()).filter(|at| self.chars[*at] != END).map(|at| (rank(at), number(at)));
        let (starts, begun) = sort(used.len(), begun);
        let first_texts = self.first_texts();
        let of_first = |first: &usize| {
            // The second character and the place in one number: such numbers are sorted fastest.
            let places = &begun[starts[*first]..starts[first + 1]];
            let mut pairs: Vec<u64> = places.iter().map(|at| u64::from(rank(*at as usize + 1)) << 32 | u64::from(*at)).collect();
            pairs.sort_unstable();
            let found = pairs.into_iter().map(|pair| ((pair >> 32) as u32, self.place(&first_texts, pair as u32)));
            found.collect::<Vec<(u32, (DocId, u32))>>()
        };
        let mut term = String::new();
        let mut steps = Vec::new();
        let mut write = |firsts: &[usize], sorted: &[Vec<(u32, (DocId, u32))>]| -> io::Result<()> {
            for (first, pairs) in firsts.iter().zip(sorted) {
                for places in pairs.chunk_by(|(one, _), (other, _)| one == other) {
                    term.clear();
                    term.extend([used[*first], used[places[0].0 as usize]].into_iter().filter(|c| *c != END));
                    write_pair(&term, places, with_places.then_some(&mut steps), into)?;
                }
            }
            Ok(())
        };
        let firsts: Vec<usize> = (0..used.len()).collect();
        let (mut before, mut sorted): (&[usize], Vec<Vec<_>>) = (&[], Vec::new());
        for firsts in firsts.chunk_by(|one, other| starts[*one] / SORTED_TOGETHER == starts[*other] / SORTED_TOGETHER) {
            let (written, next) = rayon::join(|| write(before, &sorted), || firsts.par_iter().map(of_first).collect());
            written?;
            (before, sorted) = (firsts, next);
        }
        write(before, &sorted)
    }

    /// The record of the character at `at`, and its place in its text.
    fn place(&self, first_texts: &[u32], at: u32) -> (DocId, u32) {
        let (record, begins) = self.texts[self.text_at(first_texts[at as usize / STRETCH] as usize, at)];
        (record, at - begins)
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

/// The items sorted by their keys below `keys`, those of a key in the order in which they come (a counting sort), and where each
/// key's items begin.
fn sort<T: Copy + Default, I: Iterator<Item = (u32, T)>>(keys: usize, items: impl Fn() -> I) -> (Vec<usize>, Vec<T>) {
    let mut starts = vec![0; keys + 1];
    items().for_each(|(key, _)| starts[key as usize + 1] += 1);
    for key in 0..keys {
        starts[key + 1] += starts[key];
    }
    let mut sorted = vec![T::default(); starts[keys]];
    let mut next = starts.clone();
    for (key, item) in items() {
        sorted[next[key as usize]] = item;
        next[key as usize] += 1;
    }
    (starts, sorted)
}

/// A batch holds less than four thousand million of anything.
fn number(of: usize) -> u32 {
    u32::try_from(of).expect("a batch is written before it holds so much")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::{Value, json};
    use tantivy::indexer::IndexWriterOptions;
    use tantivy::postings::Postings as _;
    use tantivy::schema::IndexRecordOption;
    use tantivy::{DocSet, IndexWriter, SegmentReader, TERMINATED};

    use super::*;
    use crate::index::schema::schema;
    use crate::index::words::Dictionary;
    use crate::index::{Facts, Told, Word, cut_words, fold};

    type Found = BTreeMap<String, Vec<(DocId, Vec<u32>)>>;

    /// What a segment says of a field: each term's records, and its places in them.
    fn read(segment: &SegmentReader, field: Field, option: IndexRecordOption) -> Found {
        let index = segment.inverted_index(field).expect("a field");
        let mut terms = index.terms().stream().expect("terms");
        let mut found = Found::new();
        while terms.advance() {
            let mut postings = index.read_postings_from_terminfo(terms.value(), option).expect("postings");
            let records = found.entry(String::from_utf8_lossy(terms.key()).into_owned()).or_default();
            while postings.doc() != TERMINATED {
                let mut places = Vec::new();
                if option.has_positions() {
                    postings.positions(&mut places);
                }
                records.push((postings.doc(), places));
                postings.advance();
            }
        }
        found
    }

    fn note(found: &mut Found, term: String, record: usize, place: Option<usize>) {
        let records = found.entry(term).or_default();
        if records.last().is_none_or(|(last, _)| *last as usize != record) {
            records.push((record as DocId, Vec::new()));
        }
        records.last_mut().expect("the line before").1.extend(place.map(|place| place as u32));
    }

    #[test]
    fn a_segment_holds_each_token_where_it_stands() {
        // Terms of one record and of hundreds, which are written in blocks; a text of one character, one of many stretches, an empty one.
        let lines = (0..700).map(|k| match k % 5 {
            0 => "产业园区，ＬＥＤ产业园区".to_owned(),
            1 => "园".to_owned(),
            2 => format!("投资{k}亿元的项目{}", "长".repeat(k / 10)),
            3 => String::new(),
            _ => "省发展改革委牵头，产业产业产业".to_owned(),
        });
        let records: Vec<Value> = lines
            .enumerate()
            .map(|(k, text)| json!({"type": "passage", "doc": "甲", "title": "甲的题", "text": text, "start": k, "section": ["一", "二"]}))
            .collect();
        let (schema, fields) = schema();
        let index = tantivy::Index::create_in_ram(schema);
        let options = IndexWriterOptions::builder().num_worker_threads(1).memory_budget_per_thread(15 << 20).build();
        let mut writer: IndexWriter<Columns> = index.writer_with_options(options).expect("a writer");
        let mut batch = Batch::new(writer.new_segment(), 1 << 20).expect("room");
        let dictionary = Dictionary::with_words([]);
        let jieba = dictionary.full();
        let facts: Vec<Facts<'_>> = records.iter().map(Told::facts).collect();
        for record in fields.entries("甲", &records, &facts, &jieba) {
            batch.add(&record).expect("room");
        }
        writer.add_segment(batch.write().expect("room")).expect("added");
        writer.commit().expect("room");

        let searcher = index.reader().expect("a reader").searcher();
        let segment = searcher.segment_reader(0);
        let (mut pairs, mut words) = (Found::new(), Found::new());
        for (at, record) in records.iter().enumerate() {
            let text: Vec<char> = fold(record["text"].as_str().expect("a text")).chars().collect();
            for place in 0..text.len() {
                note(&mut pairs, text[place..text.len().min(place + 2)].iter().collect(), at, Some(place));
            }
            let cut: Vec<Word> = cut_words(&jieba, &text);
            let norms = |field| segment.get_fieldnorms_reader(field).expect("norms");
            let counted = |length: usize| FieldNormReader::fieldnorm_to_id(length as u32);
            assert_eq!(norms(fields.words).fieldnorm_id(at as DocId), counted(cut.len()));
            assert_eq!(norms(fields.pairs).fieldnorm_id(at as DocId), counted(text.len()));
            for word in cut {
                note(&mut words, word.text, at, None);
            }
        }
        assert_eq!(read(segment, fields.pairs, IndexRecordOption::WithFreqsAndPositions), pairs);
        assert_eq!(read(segment, fields.words, IndexRecordOption::Basic), words);
        let sections = read(segment, fields.name("section").expect("a name"), IndexRecordOption::Basic);
        assert_eq!(sections.keys().collect::<Vec<_>>(), ["一", "二"]);
        assert_eq!(sections["二"].len(), records.len());
    }
}
