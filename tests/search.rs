//! Are plain questions read and answered? `tests/spec/questions.md` lists them with what they are read as and what stands first.

use std::fs;

use serde_json::Value;
use zhengce::index::Index;
use zhengce::query::{LexiconNames, Options, Searcher, read_question};

use crate::cmd::seeds;
use crate::support::here;

/// The share of questions that the right record must answer.
const ANSWERED: f64 = 0.95;

/// A row of the table: the question, what it is read as, the type of the record that answers and what it holds.
fn rows(chapter: &str) -> Vec<[String; 4]> {
    let cells = |line: &str| line.trim_matches('|').split(" | ").map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
    let rows = chapter.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| question") && !line.starts_with("| ---"));
    rows.map(|line| {
        let [question, reading, first] = <[String; 3]>::try_from(cells(line)).unwrap_or_else(|cells| panic!("three cells: {cells:?}"));
        let (kind, held) = first.split_once(": ").unwrap_or_else(|| panic!("`type: text`, not {first}"));
        [question, reading.trim_matches('`').to_owned(), kind.to_owned(), held.to_owned()]
    })
    .collect()
}

/// Whether the record is of the type and says `held` in its quote or a field of its own.
fn answers(record: &Value, kind: &str, held: &str) -> bool {
    let amount = format!("{}{}", record["value"], record["unit"].as_str().unwrap_or(""));
    record["type"] == kind && (amount == held || record.to_string().contains(held))
}

#[test]
fn plain_questions_are_read_and_answered() {
    let index = Index::open(seeds()).unwrap();
    let names = LexiconNames::of(&index).unwrap();
    let searcher = Searcher::new(&index, &names);
    let rows = rows(&fs::read_to_string(here("tests/spec/questions.md")).unwrap());
    assert!(rows.len() >= 120, "sixty questions, each in two wordings: {}", rows.len());
    let (mut misread, mut missed) = (Vec::new(), Vec::new());
    for [question, reading, kind, held] in &rows {
        let answer = searcher.search(question, &Options { limit: 1, ..Options::default() }).unwrap();
        let read = answer.rule.map_or("-".to_owned(), |_| answer.understood.to_string());
        if read != *reading {
            misread.push(format!("{question}: {read}, not {reading}"));
        }
        let first = answer.hits.hits.first().map(|hit| &hit.record);
        if !first.is_some_and(|record| answers(record, kind, held)) {
            missed.push(format!("{question}: {}", first.map_or("nothing".to_owned(), |record| record["id"].to_string())));
        }
    }
    assert!(misread.is_empty(), "{}", misread.join("\n"));
    let share = 1.0 - missed.len() as f64 / rows.len() as f64;
    println!("{:.1}% of {} questions are answered first\n{}", share * 100.0, rows.len(), missed.join("\n"));
    assert!(share >= ANSWERED, "{:.1}%:\n{}", share * 100.0, missed.join("\n"));
}

#[test]
fn words_of_other_provinces_and_trades_are_read_alike() {
    let names = LexiconNames::new(vec!["浙江省".to_owned()]);
    for (question, meaning) in [
        ("省农业农村厅牵头哪些工作", "type:responsibility lead:省农业农村厅"),
        ("哪些任务由市市场监管局配合", "type:responsibility support:市市场监管局"),
        ("养老服务由哪个部门负责", "type:responsibility 养老服务"),
        ("2025年数字经济增加值要达到多少", "(type:target OR type:statistic) year:2025 数字经济增加值"),
        ("哪些园区在宁波", "type:park (place:宁波 OR 宁波)"),
        ("渔业有哪些重点项目", "type:project 渔业"),
        ("9月底前要完成哪些任务", "type:responsibility due:<=09"),
    ] {
        let read = read_question(question, &names).map_or("-".to_owned(), |reading| reading.expr.to_string());
        assert_eq!(read, meaning, "{question}");
    }
}
