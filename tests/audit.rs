//! What does the audit say of the seeds? All that a careful reader finds, with both sides, and nothing where it adds up.

use std::collections::BTreeMap;

use serde_json::Value;
use zhengce::audit;
use zhengce::record::{Document, extract, schema};
use zhengce::source::Source;

use crate::support::{here, text};

/// The seeds in the order of their names.
fn seeds() -> Vec<Source> {
    let found = zhengce::source::find(&[here("seeds")]);
    found.files.iter().flat_map(zhengce::source::read).map(|source| source.expect("the seeds can be read")).collect()
}

fn findings(source: &Source) -> Vec<Value> {
    audit::check(&Document::read(source), &extract(source)).iter().map(|r| serde_json::to_value(r).unwrap()).collect()
}

/// The findings of both seeds under a rule.
fn under(rule: &str) -> Vec<Value> {
    seeds().iter().flat_map(findings).filter(|f| f["rule"] == rule).collect()
}

/// Whether a finding states these numbers and quotes these words.
fn states(finding: &Value, numbers: &[&str], quotes: &[&str]) -> bool {
    let figures: Vec<String> = finding["numbers"].as_array().unwrap().iter().map(|n| n["value"].to_string()).collect();
    let said: Vec<&str> = finding["evidence"].as_array().unwrap().iter().map(|e| text(e, "quote")).collect();
    numbers.iter().all(|n| figures.iter().any(|f| f == n)) && quotes.iter().all(|q| said.iter().any(|s| s.contains(q)))
}

#[test]
fn what_does_not_add_up_is_found_with_both_numbers_and_both_quotes() {
    let growth = under("growth-arithmetic");
    for (numbers, quotes) in [
        (&["2723", "4895", "44.3", "79.8"][..], &["2723户增加到", "增长44．3％"][..]),
        (&["4004", "7000", "15", "11.8"], &["工业增加值4004亿元", "7000亿元，年均增长15％左右"]),
        (&["10186", "18000", "15", "12.1"], &["主营业务收入10186亿元", "18000亿元，年均增长15％"]),
        (&["1080", "10186", "10.4", "10.6"], &["占全省工业的10．4％", "1080亿元", "10186亿元"]),
    ] {
        assert_eq!(growth.iter().filter(|f| states(f, numbers, quotes)).count(), 1, "{numbers:?} in {growth:#?}");
    }
    assert_eq!(growth.len(), 4, "{growth:#?}");
    let tables = under("text-table");
    for (numbers, quotes) in [
        (["8500", "10173"], ["8500亿元", "10173"]),
        (["445", "397"], ["项目445项", "397"]),
        (["950", "906"], ["年度投资950亿元以上", "906"]),
    ] {
        assert_eq!(tables.iter().filter(|f| states(f, &numbers, &quotes)).count(), 1, "{numbers:?} in {tables:#?}");
    }
    assert_eq!(tables.len(), 3, "{tables:#?}");
}

#[test]
fn parts_that_exceed_their_whole() {
    let found = under("table-part");
    for (part, whole) in [("834", "750"), ("126", "100"), ("121", "100"), ("709", "623"), ("460", "115"), ("550", "200")] {
        assert_eq!(found.iter().filter(|f| states(f, &[part, whole], &[part, whole])).count(), 1, "{part} > {whole}");
    }
    assert_eq!(found.len(), 6, "{found:#?}");
}

#[test]
fn tasks_due_before_the_document_was_issued() {
    let found: Vec<Value> = under("deadline").into_iter().filter(|f| f["severity"] == "warning").collect();
    let tasks: Vec<&str> = found.iter().map(|f| text(f, "quote").split('\t').next().unwrap()).collect();
    assert_eq!(tasks, ["1", "2", "4", "5"]);
}

#[test]
fn masks_and_page_numbers() {
    let found = under("quality");
    let of = |what: &str| found.iter().filter(|f| text(f, "message").starts_with(what)).count();
    assert_eq!((of("文字被遮盖"), of("页码混入正文"), found.len()), (4, 2, 6), "{found:#?}");
}

/// The 13 columns of the summary, the nine industries' targets, the counted lists and the parks of text and table, the years' sum.
#[test]
fn silence_where_it_adds_up() {
    for rule in ["table-sum", "list-count", "total-of-years", "same-quantity", "numbering"] {
        assert_eq!(under(rule), Vec::<Value>::new(), "{rule}");
    }
    let errors: Vec<Value> = seeds().iter().flat_map(findings).filter(|f| f["severity"] == "error").collect();
    assert_eq!(errors.len(), 1, "{errors:#?}");
}

/// A changed number is found: silence is not for want of reading.
#[test]
fn where_it_no_longer_adds_up_it_is_found() {
    let sources = seeds();
    for (from, to, rule) in [
        ("合 计\t6690", "合 计\t6691", ""),
        ("合 计\t6690", "合 计\t7690", "table-sum"),
        ("新材料产业\t400 \t750 \t10 ", "新材料产业\t400 \t750 \t11 ", "list-count"),
        ("完成工业固定资产投资4900亿元", "完成工业固定资产投资5900亿元", "total-of-years"),
        ("年均下降3．9％", "年均下降4．9％", "growth-arithmetic"),
        ("到2013年，主营业务收入力争突破750亿元", "到2013年，主营业务收入力争突破950亿元", "text-table"),
        ("四、实施步骤", "五、实施步骤", "numbering"),
    ] {
        let seed = sources.iter().find(|s| s.text.contains(from)).unwrap_or_else(|| panic!("no seed says {from}"));
        let changed = Source { text: seed.text.replace(from, to), ..seed.clone() };
        let count = |source: &Source| findings(source).iter().filter(|f| f["rule"] == rule).count();
        let expected = if rule.is_empty() { count(seed) } else { count(seed) + 1 };
        assert!(count(&changed) >= expected, "{to} is not found under {rule}");
    }
}

#[test]
fn every_record_and_finding_of_the_seeds_is_as_the_schema_says() {
    let validators: BTreeMap<&str, jsonschema::Validator> =
        schema::all().into_iter().map(|(kind, schema)| (kind, jsonschema::draft202012::new(&schema).unwrap())).collect();
    let mut count = 0;
    for source in seeds() {
        let records = extract(&source).iter().map(|r| serde_json::to_value(r).unwrap()).collect::<Vec<_>>();
        for record in records.iter().chain(&findings(&source)) {
            let said: Vec<String> = validators[text(record, "type")].iter_errors(record).map(|e| e.to_string()).collect();
            assert!(said.is_empty(), "{}: {said:?}", record["id"]);
            count += 1;
        }
    }
    assert!(count > 1000, "only {count} records");
}
