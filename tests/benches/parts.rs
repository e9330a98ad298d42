//! Which part of the way from bytes to the index takes how long?
//!
//! `cargo bench --bench parts`: decoding, folding, layout, mentions, extraction by type, segmentation, indexing; each over the
//! same text, the seeds or the texts below the folder that `ZHENGCE_TEXTS` names, up to a megabyte of it.

use std::path::PathBuf;
use std::sync::LazyLock;

use divan::Bencher;
use divan::counter::BytesCount;
use serde_json::Value;
use tempfile::TempDir;
use zhengce::index::{Dictionary, Resources, Writer, cut_words, fold, fold_char};
use zhengce::layout::Outline;
use zhengce::mention::{citation, clause, list, period, quantity};
use zhengce::record::{Document, EXTRACTORS, Record, extract};
use zhengce::source::{self, Source};
use zhengce::text::{Lines, Offsets, Reading};

fn main() {
    divan::main();
}

/// The texts are as many as make so many bytes; the seeds come again and again until they do.
const BYTES: usize = 1_000_000;

static SOURCES: LazyLock<Vec<Source>> = LazyLock::new(|| {
    let folder =
        std::env::var_os("ZHENGCE_TEXTS").map_or_else(|| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/seeds")), PathBuf::from);
    let files = source::find(&[folder]).files;
    let read: Vec<Source> = files.iter().flat_map(source::read).map(|read| read.expect("the folder holds texts")).collect();
    let mut bytes = 0;
    let again = read.iter().cycle().take_while(|source| {
        let enough = bytes >= BYTES;
        bytes += source.text.len();
        !enough
    });
    again.cloned().collect()
});
static READINGS: LazyLock<Vec<Reading>> =
    LazyLock::new(|| SOURCES.iter().flat_map(|source| Lines::new(&source.text)).map(|(at, line)| Reading::new(line, at)).collect());

fn bytes() -> BytesCount {
    BytesCount::new(SOURCES.iter().map(|source| source.text.len()).sum::<usize>())
}

/// Runs `read` over each line as it reads.
fn each_line<T>(bencher: Bencher, read: impl Fn(&str) -> T) {
    let lines = &*READINGS;
    bencher.counter(bytes()).bench_local(|| lines.iter().for_each(|line| drop(divan::black_box(read(line.text())))));
}

#[divan::bench]
fn decode(bencher: Bencher) {
    let folder = TempDir::new().expect("a folder");
    for (at, source) in SOURCES.iter().enumerate() {
        std::fs::write(folder.path().join(format!("{at}.txt")), &source.text).expect("room for the texts");
    }
    let files = source::find(&[folder.path().to_owned()]).files;
    bencher.counter(bytes()).bench_local(|| files.iter().flat_map(source::read).flatten().count());
}

#[divan::bench]
fn folded_to_read(bencher: Bencher) {
    let lines: Vec<(usize, &str)> = SOURCES.iter().flat_map(|source| Lines::new(&source.text)).collect();
    bencher.counter(bytes()).bench_local(|| lines.iter().map(|(at, line)| Reading::new(line, *at).text().len()).sum::<usize>());
}

#[divan::bench]
fn folded_to_search(bencher: Bencher) {
    bencher.counter(bytes()).bench_local(|| SOURCES.iter().map(|source| fold(&source.text).len()).sum::<usize>());
}

#[divan::bench]
fn layout(bencher: Bencher) {
    bencher
        .counter(bytes())
        .bench_local(|| SOURCES.iter().map(|source| Outline::read(&Offsets::new(&source.text)).blocks.len()).sum::<usize>());
}

#[divan::bench]
fn quantities(bencher: Bencher) {
    each_line(bencher, |text| quantity::find(text, 0, text.len()));
}

#[divan::bench]
fn periods(bencher: Bencher) {
    each_line(bencher, |text| period::find(text, 0, text.len(), Some(2020)));
}

#[divan::bench]
fn citations(bencher: Bencher) {
    each_line(bencher, citation::find);
}

#[divan::bench]
fn lists(bencher: Bencher) {
    each_line(bencher, |text| clause::sentences(text, 0).iter().map(|sentence| list::find(text, sentence.span).len()).sum::<usize>());
}

/// The extractors, by the records that they give.
const TYPES: [&str; 10] =
    ["document", "section", "passage", "target, statistic", "project", "park", "focus", "responsibility", "measure", "citation"];

#[divan::bench(args = TYPES)]
fn extractor(bencher: Bencher, of: &str) {
    let at = TYPES.iter().position(|name| *name == of).expect("one of the types");
    let documents: Vec<Document<'_>> = SOURCES.iter().map(Document::read).collect();
    bencher.counter(bytes()).bench_local(|| {
        let mut drafts = Vec::new();
        for document in &documents {
            EXTRACTORS[at].extract(document, &mut drafts);
        }
        drafts.len()
    });
}

#[divan::bench]
fn extraction(bencher: Bencher) {
    bencher.counter(bytes()).bench_local(|| SOURCES.iter().map(|source| extract(source).len()).sum::<usize>());
}

#[divan::bench]
fn segmentation(bencher: Bencher) {
    let jieba = Dictionary::with_jieba(Dictionary::of_lexicon()).1;
    let texts: Vec<Vec<char>> = READINGS.iter().map(|line| line.text().chars().map(fold_char).collect()).collect();
    bencher.counter(bytes()).bench_local(|| texts.iter().map(|text| cut_words(&jieba, text).len()).sum::<usize>());
}

/// The records as JSON put into an index on one thread and committed.
#[divan::bench(sample_count = 10)]
fn indexing(bencher: Bencher) {
    let as_json = |records: Vec<Record>| records.iter().map(|record| serde_json::to_value(record).expect("a record is JSON")).collect();
    let documents: Vec<(String, Vec<Value>)> =
        SOURCES.iter().enumerate().map(|(at, source)| (at.to_string(), as_json(extract(source)))).collect();
    let open = || {
        let folder = TempDir::new().expect("a folder");
        let writer = Writer::open(folder.path(), Dictionary::of_lexicon(), Resources::default());
        (writer.expect("a new index"), folder)
    };
    bencher.counter(bytes()).with_inputs(open).bench_local_values(|(mut writer, folder)| {
        for (doc, records) in &documents {
            writer.put(doc, records).expect("room for the index");
        }
        writer.commit().expect("room for the index");
        folder
    });
}
