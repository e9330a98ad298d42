//! How fast are queries answered, warm and on one thread, over 60,000 records?
//!
//! `cargo bench --bench query`: first a table of p50 and p95 by kind of query (of each query the quickest of a few rounds, so
//! that other load on the machine is left out), then divan's means. The records are those of the texts at hand: of the folder
//! that `ZHENGCE_TEXTS` names, else of the seeds; what is missing to 60,000 is made of their own lines, drawn at random.

use std::path::PathBuf;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use divan::Bencher;
use serde_json::Value;
use tempfile::TempDir;
use zhengce::index::{Dictionary, Index, Resources, Writer, fold, is_han, tile_words};
use zhengce::query::{LexiconNames, Options, Searcher};
use zhengce::source::Source;

/// How many records the index holds.
const RECORDS: usize = 60_000;
/// How many queries of a kind are asked.
const QUERIES: usize = 200;
/// How many lines a made document has.
const LINES: usize = 120;
/// How often the table asks each query.
const ROUNDS: usize = 5;

fn main() {
    let corpus = &*CORPUS;
    let names = LexiconNames::of(&corpus.index).expect("the index can be read");
    let searcher = Searcher::new(&corpus.index, &names);
    println!("{} records, {} segments", corpus.records, corpus.index.searcher().segment_readers().len());
    println!("| queries | p50 | p95 | slowest | found, mean |\n| --- | --- | --- | --- | --- |");
    for kind in KINDS {
        let (times, found) = times(&searcher, kind);
        let at = |percent: usize| times[(times.len() - 1) * percent / 100].0.as_secs_f64() * 1000.0;
        let slowest = &times[times.len() - 1].1;
        println!("| {} | {:.2} ms | {:.2} ms | {:.2} ms `{slowest}` | {found} |", kind.name, at(50), at(95), at(100));
    }
    divan::main();
}

/// A kind of query: its name, how one is made, and what is asked for beside it.
struct Kind {
    name: &'static str,
    make: fn(&mut Draw) -> String,
    facets: bool,
    grouped: bool,
}

const KINDS: &[Kind] = &[
    Kind { name: "words", make: words, facets: false, grouped: false },
    Kind { name: "phrases", make: phrase, facets: false, grouped: false },
    Kind { name: "filters", make: filter, facets: false, grouped: false },
    Kind { name: "questions", make: question, facets: false, grouped: false },
    Kind { name: "words with facets", make: words, facets: true, grouped: false },
    Kind { name: "filters with facets", make: filter, facets: true, grouped: false },
    Kind { name: "questions by document", make: question, facets: false, grouped: true },
];

impl Kind {
    fn options(&self) -> Options {
        let facets =
            if self.facets { ["type", "doc", "year", "industry", "region", "lead"].map(str::to_owned).to_vec() } else { Vec::new() };
        Options { limit: 10, facets, group_by_document: self.grouped, ..Options::default() }
    }

    fn queries(&self) -> Vec<String> {
        let mut draw = Draw(11);
        (0..QUERIES).map(|_| (self.make)(&mut draw)).collect()
    }
}

/// The quickest time of each query, in order, and how much is found in the mean.
fn times(searcher: &Searcher<'_>, kind: &Kind) -> (Vec<(Duration, String)>, usize) {
    let (options, queries) = (kind.options(), kind.queries());
    let mut least = vec![Duration::MAX; queries.len()];
    let mut found = 0;
    for round in 0..=ROUNDS {
        for (query, least) in queries.iter().zip(&mut least) {
            let begun = Instant::now();
            let answer = searcher.search(query, &options).unwrap_or_else(|error| panic!("{query}: {error}"));
            if round == 0 {
                found += answer.hits.total; // the first round warms
            } else {
                *least = (*least).min(begun.elapsed());
            }
        }
    }
    let mut times: Vec<(Duration, String)> = least.into_iter().zip(queries).collect();
    times.sort();
    (times, found / QUERIES)
}

#[divan::bench(args = 0..KINDS.len(), max_time = 5)]
fn a_query(bencher: Bencher, kind: usize) {
    let kind = &KINDS[kind];
    let names = LexiconNames::of(&CORPUS.index).expect("the index can be read");
    let searcher = Searcher::new(&CORPUS.index, &names);
    let (options, queries) = (kind.options(), kind.queries());
    let mut next = queries.iter().cycle();
    bencher.bench_local(|| searcher.search(next.next().expect("a cycle has no end"), &options).map(|answer| answer.hits.total));
}

/// Numbers drawn at random, the same on every run.
struct Draw(u64);

impl Draw {
    fn below(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % below
    }

    fn line<'l>(&mut self, lines: &'l [String]) -> &'l str {
        &lines[self.below(lines.len())]
    }
}

struct Corpus {
    _folder: TempDir,
    index: Index,
    lines: Vec<String>,
    records: usize,
}

static CORPUS: LazyLock<Corpus> = LazyLock::new(|| {
    let folder =
        std::env::var_os("ZHENGCE_TEXTS").map_or_else(|| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/seeds")), PathBuf::from);
    let files = zhengce::source::find(&[folder]).files;
    let texts: Vec<Source> = files.iter().flat_map(zhengce::source::read).map(|source| source.expect("a text that can be read")).collect();
    let folder = TempDir::new().expect("a folder for the index");
    let mut writer = Writer::open(folder.path(), Dictionary::of_lexicon(), Resources::default()).expect("a new index");
    let mut records = 0;
    let mut put = |source: &Source| {
        let values: Vec<Value> = zhengce::record::extract(source).iter().map(|one| serde_json::to_value(one).expect("JSON")).collect();
        writer.put(&source.id, &values).expect("room for the index");
        records += values.len();
        records < RECORDS
    };
    let lines: Vec<String> = texts.iter().flat_map(|source| source.text.lines()).map(|line| line.trim().to_owned()).collect();
    let lines: Vec<String> = lines.into_iter().filter(|line| line.chars().filter(|c| is_han(*c)).count() > 12).collect();
    let mut more = texts.iter().all(&mut put);
    let (mut draw, mut made) = (Draw(7), 0);
    while more {
        let text: String = (0..LINES).flat_map(|_| [draw.line(&lines), "\n"]).collect();
        made += 1;
        more = put(&Source::of_text(&format!("made-{made}"), &text));
    }
    writer.commit().expect("room for the index");
    let index = Index::open(folder.path()).expect("the index just written");
    Corpus { _folder: folder, index, lines, records }
});

/// The words of some line, of two characters and more.
fn words_of(draw: &mut Draw) -> Vec<String> {
    loop {
        let line: Vec<char> = fold(draw.line(&CORPUS.lines)).chars().collect();
        let jieba = CORPUS.index.dictionary().for_text(&line.iter().collect::<String>());
        let long = tile_words(&jieba, &line).into_iter().filter(|word| word.end > word.start + 1 && word.text.chars().all(is_han));
        let long: Vec<String> = long.map(|word| word.text).collect();
        if long.len() > 3 {
            return long;
        }
    }
}

/// One to three words of a line: `园区 规划 建设`.
fn words(draw: &mut Draw) -> String {
    let words = words_of(draw);
    (0..=draw.below(3)).map(|_| words[draw.below(words.len())].clone()).collect::<Vec<_>>().join(" ")
}

/// Three to eight characters of a line.
fn phrase(draw: &mut Draw) -> String {
    loop {
        let line: Vec<char> = draw.line(&CORPUS.lines).chars().collect();
        let (length, from) = (3 + draw.below(6), draw.below(line.len()));
        let part = line.iter().skip(from).take(length).collect::<String>();
        if part.chars().count() == length && part.chars().all(is_han) {
            return format!("\"{part}\"");
        }
    }
}

/// A word and a field or a range, or these alone.
fn filter(draw: &mut Draw) -> String {
    let words = words_of(draw);
    let word = &words[draw.below(words.len())];
    match draw.below(8) {
        0 => format!("类型:目标 {word}"),
        1 => format!("年份:2011..2015 {word}"),
        2 => format!("类型:段落 {word} -{}", words[0]),
        3 => format!("牵头:{word}"),
        4 => format!("章节:{word} 类型:段落"),
        5 => "数值:>=100万元".to_owned(),
        6 => format!("类型:目标 年份:{}", 2011 + draw.below(6)),
        _ => format!("标题:{word} ({} OR {})", words[0], words[1]),
    }
}

/// A question about a word or two.
fn question(draw: &mut Draw) -> String {
    let words = words_of(draw);
    let (one, two) = (&words[draw.below(words.len())], &words[draw.below(words.len())]);
    match draw.below(8) {
        0 => format!("谁负责{one}{two}"),
        1 => format!("{one}有哪些重点项目"),
        2 => format!("2015年{one}的目标是多少"),
        3 => format!("{one}{two}由哪个部门牵头"),
        4 => format!("关于{one}和{two}有什么规定"),
        5 => format!("{one}的{two}应当如何办理？"),
        6 => format!("{one}有哪些政策措施"),
        _ => format!("哪些情形下可以{one}{two}，需要什么条件？"),
    }
}
