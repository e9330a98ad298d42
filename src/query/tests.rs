//! What must hold of searches, seen on the seeds.

use std::collections::BTreeSet;

use serde_json::Value;

use super::fixture::{FewNames, RECORDS, seeds};
use super::*;
use crate::index::{body, fold};

fn all() -> Options {
    Options { limit: 10_000, ..Options::default() }
}

fn ids(hits: &Hits) -> BTreeSet<String> {
    hits.hits.iter().map(|hit| hit.record["id"].as_str().unwrap_or("").to_owned()).collect()
}

fn top(searcher: &Searcher<'_>, query: &str) -> Vec<Value> {
    let options = Options { limit: 10, ..Options::default() };
    searcher.search(query, &options).expect(query).hits.hits.into_iter().map(|hit| hit.record).collect()
}

/// Every number below `below` once in a while: the same on every run.
struct Draw(u64);

impl Draw {
    fn below(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % below
    }
}

#[test]
fn a_phrase_finds_exactly_the_records_that_hold_it() {
    let (_dir, index) = seeds();
    let searcher = Searcher::new(&index, &FewNames);
    let records: Vec<&Value> = RECORDS.iter().flat_map(|(_, records)| records).collect();
    let folded: Vec<String> = records.iter().map(|record| fold(body(record))).collect();
    let mut draw = Draw(7);
    for round in 0..1000 {
        let record = records[draw.below(records.len())];
        let text: Vec<char> = body(record).chars().collect();
        let length = 2 + draw.below(5);
        if text.len() < length {
            continue;
        }
        let start = draw.below(text.len() - length + 1);
        let phrase: String = text[start..start + length].iter().collect();
        if phrase.trim() != phrase || phrase.contains(['"', '“', '”']) {
            continue;
        }
        let hits = searcher.find(&Expr::Phrase(phrase.clone()), &all()).expect("the index can be read");
        let wanted = fold(&phrase);
        let expected: BTreeSet<String> = records
            .iter()
            .zip(&folded)
            .filter(|(_, text)| text.contains(&wanted))
            .map(|(record, _)| record["id"].as_str().unwrap_or("").to_owned())
            .collect();
        assert_eq!(ids(&hits), expected, "round {round}: {phrase}");
        for hit in &hits.hits {
            let text: Vec<char> = hit.snippet.text.chars().collect();
            assert!(!hit.snippet.highlights.is_empty(), "{phrase} is not highlighted in {}", hit.snippet.text);
            for [start, end] in &hit.snippet.highlights {
                let marked = fold(&text[*start..*end].iter().collect::<String>());
                assert!(marked == wanted || marked.contains(&wanted), "{phrase}: {marked}");
            }
        }
    }
}

#[test]
fn one_character_is_found_wherever_it_stands() {
    let (_dir, index) = seeds();
    let searcher = Searcher::new(&index, &FewNames);
    for c in ["酒", "稻", "。", "龙", "Ａ"] {
        let expected = RECORDS.iter().flat_map(|(_, records)| records).filter(|one| fold(body(one)).contains(&fold(c))).count();
        assert_eq!(searcher.find(&Expr::Phrase(c.to_owned()), &all()).expect("readable").total, expected, "{c}");
    }
}

#[test]
fn part_of_a_word_is_found_without_quotes() {
    let (_dir, index) = seeds();
    let searcher = Searcher::new(&index, &FewNames);
    for query in ["业园", "龙江省工", "產業園區", "１５％", "15800亿元", "1.58万亿", "十二五"] {
        let answer = searcher.search(query, &all()).expect(query);
        assert!(answer.hits.total > 0 && !answer.hits.relaxed, "{query} finds nothing");
    }
    let amounts = searcher.search("15800亿元", &all()).expect("readable");
    assert!(amounts.hits.hits.iter().any(|hit| fold(body(&hit.record)).contains("1.58万亿元")));
}

#[test]
fn fields_and_ranges_filter() {
    let (_dir, index) = seeds();
    let searcher = Searcher::new(&index, &FewNames);
    let led = searcher.search("牵头:省发改委", &all()).expect("readable").hits;
    assert_eq!(led.total, 14);
    for name in ["省发展改革委", "黑龙江省发展和改革委员会"] {
        assert_eq!(ids(&searcher.search(&format!("牵头:{name}"), &all()).expect("readable").hits), ids(&led), "{name}");
    }
    let large = searcher.search("数值:>=3000亿元", &all()).expect("readable").hits;
    assert!(large.total > 5);
    for hit in &large.hits {
        assert_eq!(hit.record["canonical"]["unit"], "元");
        assert!(hit.record["canonical"]["value"].as_f64().is_some_and(|value| value >= 3e11), "{}", hit.record);
    }
    let exactly = searcher.search("数值:7000亿元", &all()).expect("readable").hits;
    assert!(exactly.total > 0 && exactly.hits.iter().all(|hit| hit.record["value"] == 7000), "{}", exactly.total);
    for record in top(&searcher, "类型:目标 年份:2013 生物") {
        assert_eq!(record["type"], "target");
    }
    let without = searcher.search("化工 -煤化工", &all()).expect("readable").hits;
    assert!(without.total > 0 && without.hits.iter().all(|hit| !body(&hit.record).contains("煤化工")));
    let early = searcher.search("期限:<2011-07", &all()).expect("readable").hits;
    assert!(early.total > 3);
    assert!(early.hits.iter().all(|hit| { hit.record["deadline"]["due"].as_str().is_some_and(|due| due < "2011-07") }));
}

#[test]
fn questions_are_answered_by_records() {
    let (_dir, index) = seeds();
    let searcher = Searcher::new(&index, &FewNames);
    let first = |question: &str| top(&searcher, question).into_iter().next().unwrap_or_default();
    let who = first("谁负责招商引资");
    assert_eq!(who["lead"][0]["name"], "省商务厅", "{who}");
    let target = first("2013年生物产业的目标是多少");
    assert_eq!(target["type"], "target");
    assert!(target["subject"].as_str().is_some_and(|subject| subject.contains("生物")), "{target}");
    let parks = top(&searcher, "哪些园区在大庆");
    assert!(!parks.is_empty() && parks.iter().all(|park| park["type"] == "park" && body(park).contains("大庆")));
    let projects = top(&searcher, "新材料产业有哪些重点项目");
    assert!(projects.iter().all(|project| project["type"] == "project"));
    assert!(projects[0]["industry"].as_str().is_some_and(|industry| industry.contains("新材料")), "{}", projects[0]);
    let due = top(&searcher, "6月底前要完成什么");
    assert!(due.iter().all(|task| task["type"] == "responsibility") && due.len() > 3);
    let tasks = searcher.search("省财政厅牵头哪些任务", &all()).expect("readable");
    assert!(tasks.hits.total > 0);
    assert_eq!(tasks.understood.to_string(), "type:responsibility lead:省财政厅");
}

#[test]
fn who_ranks_the_tasks_and_lists_a_units() {
    let (_dir, index) = seeds();
    let searcher = Searcher::new(&index, &FewNames);
    let options = Options { limit: 5, ..Options::default() };
    let parks = searcher.who("产业园区", &options).expect("readable").hits;
    let mut first: Vec<&str> = parks.iter().take(2).filter_map(|hit| hit.record["number"].as_str()).collect();
    first.sort_unstable();
    for hit in &parks {
        println!("{} {} {}", hit.score, hit.record["number"], hit.record["task"]);
    }
    assert_eq!(first, ["18", "19"]);
    let tasks = searcher.tasks_of("省发改委").expect("readable");
    assert_eq!(tasks.leads.len(), 14);
    assert!(tasks.supports.len() > 3);
    let dues: Vec<&str> = tasks.leads.iter().filter_map(|hit| hit.record["deadline"]["due"].as_str()).collect();
    assert!(dues.is_sorted() && !dues.is_empty());
}

#[test]
fn hits_are_paged_grouped_sorted_and_counted() {
    let (_dir, index) = seeds();
    let searcher = Searcher::new(&index, &FewNames);
    let whole = searcher.search("产业", &Options { limit: 30, ..Options::default() }).expect("readable").hits;
    let page = searcher.search("产业", &Options { limit: 10, offset: 20, ..Options::default() }).expect("readable").hits;
    let pick = |hits: &[Hit]| hits.iter().map(|hit| hit.record["id"].to_string()).collect::<Vec<_>>();
    assert_eq!(pick(&whole.hits[20..]), pick(&page.hits));
    let options = Options { limit: 10, group_by_document: true, ..Options::default() };
    assert_eq!(searcher.search("产业", &options).expect("readable").hits.total, 2);
    let options = Options { limit: 5, sort: Sort::Value, facets: vec!["type".into(), "year".into()], ..Options::default() };
    let sorted = searcher.search("类型:目标 数值:>0亿元", &options).expect("readable").hits;
    let values: Vec<f64> = sorted.hits.iter().filter_map(|hit| hit.record["canonical"]["value"].as_f64()).collect();
    assert!(values.len() == 5 && values.is_sorted_by(|one, next| one >= next), "{values:?}");
    assert_eq!(sorted.facets["type"], [("target".to_owned(), sorted.total)]);
    assert!(sorted.facets["year"].iter().any(|(year, _)| year == "2013"));
}
