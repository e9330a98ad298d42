//! How do records become a segment of the index? Their tokens are gathered, sorted and written with their postings; tantivy's own columns and
//! store take the rest.
//!
//! tantivy's own writer looks each token up among the terms and lets a list grow there, wherever in memory that is; with pairs of
//! characters and names beside the words, that was most of indexing. Only the gathering is ours: tantivy's serializers write the
//! files, and it reads, merges and deletes from them as from its own.

use std::cmp::Reverse;
use std::io::{self, Write};

use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};
use tantivy::directory::{CompositeWrite, TerminatingWrite};
use tantivy::fastfield::FastFieldsWriter;
use tantivy::fieldnorm::{FieldNormReader, FieldNormReaders, FieldNormsSerializer, FieldNormsWriter};
use tantivy::index::SegmentComponent;
use tantivy::schema::{Field, Schema};
use tantivy::store::StoreWriter;
use tantivy::{DocId, Segment, SegmentMeta};
use tantivy_common::CountingWriter;

use super::schema::{Described, Fields};
use super::tokens::{Gathered, Serializer, Tokens};

/// Records on their way to be a segment.
pub struct Batch {
    segment: Segment,
    schema: Schema,
    tokens: Tokens,
    fast: FastFieldsWriter,
    store: StoreWriter,
    records: DocId,
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
            tokens: Tokens::with_room(gathered),
            fast: FastFieldsWriter::from_schema_and_tokenizer_manager(&schema, segment.index().fast_field_tokenizer().clone())?,
            store: StoreWriter::new(store, settings.docstore_compression, settings.docstore_blocksize, true)?,
            records: 0,
            schema,
            segment,
        })
    }

    /// Bytes of memory that it holds, about.
    pub fn memory(&self) -> usize {
        self.tokens.memory()
    }

    /// Adds a document's records.
    ///
    /// # Errors
    /// What keeps their stored part from being written.
    pub fn add(&mut self, document: Described) -> tantivy::Result<()> {
        self.tokens.append(document.tokens, self.records);
        document.rows.each(|record| {
            self.fast.add_document(record)?;
            self.store.store(record, &self.schema)?;
            self.records += 1;
            Ok(())
        })
    }

    /// Writes the segment.
    ///
    /// # Errors
    /// What keeps its files from being written.
    pub fn write(self, fields: &Fields) -> tantivy::Result<SegmentMeta> {
        let Self { segment, schema, tokens, mut fast, store, records } = self;
        let mut columns = tokens.by_field(fields);
        columns.retain(|(_, gathered)| gathered.tokens() > 0);
        let mut norms = FieldNormsWriter::for_schema(&schema);
        for (field, gathered) in columns.iter().filter(|(field, _)| schema.get_field_entry(*field).has_fieldnorms()) {
            gathered.counts().for_each(|(record, count)| norms.record(record, *field, count));
        }
        norms.fill_up_to_max_doc(records);
        norms.serialize(FieldNormsSerializer::from_write(segment.open_write(SegmentComponent::FieldNorms)?)?, None)?;
        let norms = FieldNormReaders::open(segment.open_read(SegmentComponent::FieldNorms)?)?;
        // What takes longest is begun first.
        columns.sort_by_key(|(_, gathered)| Reverse(gathered.tokens()));
        let columns = columns.into_par_iter().with_max_len(1);
        let columns = columns.map(|(field, gathered)| Ok((field, postings(&schema, field, gathered, norms.get_field(field)?)?)));
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

/// What a segment's files hold of a field: its terms, their postings, their places.
type Postings = [Vec<u8>; 3];

fn postings(schema: &Schema, field: Field, gathered: &dyn Gathered, norms: Option<FieldNormReader>) -> io::Result<Postings> {
    let option = schema.get_field_entry(field).field_type().get_index_record_option().unwrap_or_default();
    let [mut terms, mut postings, mut places] = [const { Vec::new() }; 3].map(CountingWriter::wrap);
    let mut into = Serializer::create(option, gathered.tokens() as u64, &mut terms, &mut postings, &mut places, norms)?;
    gathered.write(option, &mut into)?;
    into.close()?;
    Ok([terms, postings, places].map(CountingWriter::finish))
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
    use crate::index::schema::{Rows, schema};
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
        let mut writer: IndexWriter<Rows> = index.writer_with_options(options).expect("a writer");
        let mut batch = Batch::new(writer.new_segment(), 1 << 20).expect("room");
        let dictionary = Dictionary::with_words([]);
        let jieba = dictionary.full();
        let facts: Vec<Facts<'_>> = records.iter().map(Told::facts).collect();
        batch.add(fields.described("甲", &records, &facts, &jieba)).expect("room");
        writer.add_segment(batch.write(&fields).expect("room")).expect("added");
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
