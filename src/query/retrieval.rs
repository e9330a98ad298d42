//! How well are questions answered by documents? An evaluator (MRR@10, R@10, R@100, nDCG@10), run over a set of real questions
//! where it lies beside the checkout (`shared/retrieval/ncp`) or where `ZHENGCE_RETRIEVAL` says; else the test says that it skips.

use std::collections::HashMap;
use std::fmt::{self, Display};
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use tempfile::TempDir;

use super::{LexiconNames, Options, Searcher, trec_run};
use crate::index::{Dictionary, Index, Resources, Writer};

/// Means over questions of which one document answers each.
#[derive(Default)]
struct Figures {
    questions: f64,
    mrr10: f64,
    recall10: f64,
    recall100: f64,
    ndcg10: f64,
}

impl Figures {
    fn add(&mut self, rank: Option<u32>) {
        self.questions += 1.0;
        let Some(rank) = rank else { return };
        if rank <= 10 {
            self.mrr10 += 1.0 / f64::from(rank);
            self.recall10 += 1.0;
            self.ndcg10 += 1.0 / f64::from(rank + 1).log2();
        }
        if rank <= 100 {
            self.recall100 += 1.0;
        }
    }
}

impl Display for Figures {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mean = |sum: f64| sum / self.questions;
        let [mrr, r10, r100, ndcg] = [self.mrr10, self.recall10, self.recall100, self.ndcg10].map(mean);
        write!(out, "{} questions: MRR@10 {mrr:.4} R@10 {r10:.4} R@100 {r100:.4} nDCG@10 {ndcg:.4}", self.questions)
    }
}

/// The set, if it is there.
fn collection() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("ZHENGCE_RETRIEVAL") {
        return Some(named.into());
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let ncp = root.join("../shared/retrieval/ncp");
    ncp.is_dir().then_some(ncp)
}

/// A document's passages: what stands between blanks, short pieces with the next.
fn passages(doc: &str, text: &str) -> Vec<Value> {
    let mut parts: Vec<String> = Vec::new();
    for part in text.split_whitespace() {
        match parts.last_mut() {
            Some(last) if last.chars().count() < 40 => {
                last.push(' ');
                last.push_str(part);
            }
            _ => parts.push(part.to_owned()),
        }
    }
    let passage = |(at, part): (usize, &String)| {
        json!({"type": "passage", "doc": doc, "quote": part, "text": part, "section": [], "start": at, "end": at + 1,
            "id": format!("{doc}:passage:{at}-{}", at + 1)})
    };
    parts.iter().enumerate().map(passage).collect()
}

/// The figures as a reader sees them, with copies shown once: whichever of two sites' copies is judged to answer, their text is found.
fn of_texts(searcher: &Searcher<'_>, queries: &str, answers: &HashMap<&str, &str>) -> Figures {
    let options = Options { limit: 100, group_by_document: true, ..Options::default() };
    let mut figures = Figures::default();
    for (id, question) in queries.lines().filter_map(|line| line.split_once('\t')) {
        let Some(answer) = answers.get(id) else { continue };
        let hits = searcher.search(question, &options).map_or_else(|_| Vec::new(), |found| found.hits.hits);
        let is_answer = |doc: &str| doc == *answer;
        let place =
            hits.iter().position(|hit| hit.record["doc"].as_str().is_some_and(is_answer) || hit.also_in.iter().any(|doc| is_answer(doc)));
        figures.add(place.and_then(|place| u32::try_from(place + 1).ok()));
    }
    figures
}

#[test]
fn questions_find_the_documents_that_answer_them() {
    let Some(ncp) = collection() else {
        println!("skipped: shared/retrieval/ncp is not beside the checkout");
        return;
    };
    let read = |name: &str| std::fs::read_to_string(ncp.join(name)).expect("the set is whole");
    let dir = TempDir::new().expect("a folder");
    let mut writer = Writer::open(dir.path(), Dictionary::of_lexicon(), Resources::default()).expect("a writer");
    for line in read("corpus.jsonl").lines() {
        let document: Value = serde_json::from_str(line).expect("a document a line");
        let doc = document["id"].as_str().expect("each has an id");
        writer.put(doc, &passages(doc, document["text"].as_str().unwrap_or(""))).expect("room");
    }
    writer.commit().expect("room");
    let index = Index::open(dir.path()).expect("the index just written");
    let names = LexiconNames::of(&index).expect("the index just written");
    let (searcher, queries) = (Searcher::new(&index, &names), read("queries.tsv"));
    let (run, _) = trec_run(&searcher, &queries, 100).expect("readable");

    let qrels = read("qrels.tsv");
    let mut answers: HashMap<&str, &str> = HashMap::new();
    for line in qrels.lines() {
        let mut fields = line.split_whitespace();
        if let (Some(question), Some(_), Some(doc)) = (fields.next(), fields.next(), fields.next()) {
            answers.insert(question, doc);
        }
    }
    let mut ranks: HashMap<&str, u32> = HashMap::new();
    for line in run.lines() {
        let fields: Vec<&str> = line.split_whitespace().collect();
        if answers.get(fields[0]) == Some(&fields[2]) {
            ranks.insert(fields[0], fields[3].parse().expect("a rank"));
        }
    }
    let mut halves = [Figures::default(), Figures::default()];
    let mut all = Figures::default();
    for question in answers.keys() {
        let rank = ranks.get(question).copied();
        halves[usize::from(question.as_bytes()[3] & 1)].add(rank);
        all.add(rank);
    }
    println!("all:         {all}\ndevelopment: {}\nheld out:    {}", halves[0], halves[1]);
    let texts = of_texts(&searcher, &queries, &answers);
    println!("texts:       {texts}");
    assert!(all.mrr10 / all.questions >= 0.896, "{all}");
    assert!(all.recall10 / all.questions >= 0.99, "{all}");
    assert!(all.recall100 / all.questions >= 0.999, "{all}");
    assert!(texts.mrr10 / texts.questions >= 0.915, "{texts}");
}
