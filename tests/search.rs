//! Are plain questions read and answered? `tests/spec/questions.md` lists them with what they are read as and what stands first.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};
use tempfile::TempDir;
use zhengce::index::{Dictionary, Index, Resources, Writer, body, fold};
use zhengce::query::view::SearchView;
use zhengce::query::{Answer, Expr, Field, LexiconNames, Options, Searcher, Sort, read_question};

use crate::cmd::seeds;
use crate::support::{here, records};
use zhengce::source::Source;

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
        ("2025年数字经济增加值要达到多少", "type:target year:2025 数字经济增加值"),
        (
            "浙江今后GDP目标",
            "type:target (region:浙江 OR 浙江) (gdp OR indicator:生产总值 OR indicator:经济增速 OR indicator:经济增长 OR indicator:经济总量) 今后",
        ),
        ("哪些园区在宁波", "type:park (place:宁波 OR region:宁波 OR 宁波)"),
        ("渔业有哪些重点项目", "type:project 渔业"),
        ("9月底前要完成哪些任务", "type:responsibility due:<=09"),
    ] {
        let read = read_question(question, &names).map_or("-".to_owned(), |reading| reading.expr.to_string());
        assert_eq!(read, meaning, "{question}");
    }
}

/// An index of these texts, each a document; its folder goes with the first of the pair.
fn index_of(texts: &[(&str, &str)]) -> (TempDir, Index) {
    let folder = TempDir::new().unwrap();
    let mut writer = Writer::open(folder.path(), Dictionary::of_lexicon(), Resources::default()).unwrap();
    for (doc, text) in texts {
        writer.put(doc, &records(&Source::of_text(doc, text))).unwrap();
    }
    writer.commit().unwrap();
    let index = Index::open(folder.path()).unwrap();
    (folder, index)
}

fn asked(index: &Index, query: &str, options: &Options) -> Answer {
    let names = LexiconNames::of(index).unwrap();
    Searcher::new(index, &names).search(query, options).unwrap_or_else(|error| panic!("{query}: {error}"))
}

fn ids(answer: &Answer) -> Vec<&str> {
    answer.hits.hits.iter().filter_map(|hit| hit.record["id"].as_str()).collect()
}

#[test]
fn agencies_and_places_are_found_by_their_spelling() {
    let index = Index::open(seeds()).unwrap();
    let all = Options { limit: 1000, ..Options::default() };
    for (latin, name) in [
        ("sfgw", "省发改委"),
        ("shengfagaiwei", "省发改委"),
        ("lead:SCZT", "牵头:省财政厅"),
        ("heilongjiang", "黑龙江"),
        ("daqing 园区", "大庆 园区"),
    ] {
        let (spelled, written) = (asked(&index, latin, &all), asked(&index, name, &all));
        assert!(
            written.hits.total > 0 && ids(&spelled) == ids(&written),
            "{latin} is read as {}, not {}",
            spelled.understood,
            written.understood
        );
    }
    assert_eq!(asked(&index, "sfgw", &all).understood.to_string(), "省发改委");
    // What a text holds in Latin letters is found as it is, and what nothing is called isn't found.
    assert_eq!(asked(&index, "erp", &all).understood.to_string(), "erp");
    assert_eq!(asked(&index, "qwxzq", &all).hits.total, 0);
    let names = LexiconNames::of(&index).unwrap();
    let searcher = Searcher::new(&index, &names);
    assert_eq!(searcher.tasks_of("sfgw").unwrap().leads.len(), searcher.tasks_of("省发改委").unwrap().leads.len());
}

#[test]
fn each_hit_says_why_where_that_is_asked() {
    let index = Index::open(seeds()).unwrap();
    let answer = asked(&index, "类型:责任 牵头:黑龙江省商务厅 园区", &Options { limit: 1, explain: true, ..Options::default() });
    let view = serde_json::to_value(SearchView::of("", &answer, true, 0)).unwrap();
    assert_eq!(view["understood"]["query"], "type:responsibility lead:黑龙江省商务厅 园区");
    let matched = view["hits"][0]["matched"].as_array().unwrap();
    let terms: Vec<&Value> = matched.iter().map(|one| &one["term"]).collect();
    assert_eq!(terms, ["type:responsibility", "lead:黑龙江省商务厅", "园区"]);
    assert_eq!(matched[1]["fields"], json!(["lead"]));
    assert!(!matched[2]["fields"].as_array().unwrap().is_empty(), "{view}");
    let plain =
        serde_json::to_value(SearchView::of("", &asked(&index, "园区", &Options { limit: 1, ..Options::default() }), false, 0)).unwrap();
    assert!(plain.get("understood").is_none() && plain["hits"][0].get("matched").is_none(), "{plain}");
}

const PLAN: &str = "某省渔具产业发展规划\n某政发〔2030〕7号\n一、目标\n到2030年，全省渔具产业产值达到30亿元。\n二、任务\n（一）建设云溪渔具产业园，由省科技厅牵头。\n（二）发展钓竿、渔线、鱼饵三条产业链。\n三、保障\n加强组织领导，落实责任。\n";

const REPORTS: [(&str, &str); 2] = [
    (
        "鹿门",
        "政府工作报告\n——2031年1月5日在鹿门第三届人民代表大会上\n鹿门人民政府\n一、园区\n全市推广人工智能渔具，对初次认定的渔具工坊给予企业30万元奖励。\n",
    ),
    ("方案", "渔具行业规划\n云政发〔2031〕7号\n一、人工智能\n到2035年，渔具产值达到30亿元。\n各地要建设高标准鱼塘园区。\n"),
];

#[test]
fn passages_and_documents_answer_where_no_record_does() {
    let (_folder, index) = index_of(&REPORTS);
    let first = |question: &str| asked(&index, question, &Options { limit: 5, ..Options::default() });
    let reward = first("渔具工坊奖励多少");
    assert_eq!(reward.hits.hits[0].record["type"], "passage", "{}", reward.understood);
    assert!(!reward.hits.relaxed);
    let documents = first("哪些文件讲人工智能");
    assert_eq!(documents.hits.total, 2);
    assert!(documents.hits.hits.iter().all(|hit| hit.record["type"] == "document"));
    let number = first("云政发〔2031〕7号");
    assert_eq!((&number.hits.hits[0].record["type"], &number.hits.hits[0].record["doc"]), (&json!("document"), &json!("方案")));
    assert_ne!(first("园区").hits.hits[0].record["type"], "section");
}

#[test]
fn copies_of_a_document_are_shown_once_and_said() {
    let copy = format!("　{}", PLAN.replace("。\n", "。 \n"));
    let other = "某省渔具产业年度计划\n一、目标\n到2031年，全省渔具产业产值达到36亿元。\n二、任务\n（一）扩建云溪渔具产业园。\n";
    let (_folder, index) = index_of(&[("甲站", PLAN), ("乙站", &copy), ("计划", other)]);
    let of = |answer: &Answer| -> BTreeSet<String> {
        answer.hits.hits.iter().map(|hit| hit.record["doc"].as_str().unwrap().to_owned()).collect()
    };
    let all = Options { limit: 100, ..Options::default() };
    let found = asked(&index, "\"渔具产业\"", &all);
    assert_eq!(of(&found), BTreeSet::from(["乙站".to_owned(), "计划".to_owned()]), "the first by name stands for both");
    for hit in &found.hits.hits {
        let expected: &[&str] = if hit.record["doc"] == "乙站" { &["甲站"] } else { &[] };
        assert_eq!(hit.also_in, expected, "{}", hit.record["id"]);
    }
    assert_eq!(of(&asked(&index, "\"渔具产业\"", &Options { copies: true, ..all.clone() })).len(), 3);
    assert_eq!(of(&asked(&index, "\"渔具产业\" doc:甲站", &all)), BTreeSet::from(["甲站".to_owned()]), "a copy that is asked for is shown");
    let grouped = asked(&index, "渔具产业", &Options { group_by_document: true, ..all });
    assert_eq!(grouped.hits.total, 2);
    assert_eq!(grouped.hits.hits.iter().find(|hit| hit.record["doc"] == "乙站").unwrap().also_in, ["甲站"]);
}

#[test]
fn what_cites_what_is_known_by_number_and_title() {
    let follower = "某市实施方案\n一、依据\n根据《某省渔具产业发展规划》（某政发〔2030〕7号），制定本方案。参照《渔业公约》执行。\n二、目标\n到2030年，全市渔具产业产值达到3亿元。\n";
    let (_folder, index) = index_of(&[("规划", PLAN), ("方案", follower)]);
    let names = LexiconNames::of(&index).unwrap();
    let searcher = Searcher::new(&index, &names);
    let document = |doc: &str| index.records_of(doc, Some("document")).unwrap().remove(0);
    let links = searcher.links(&document("方案")).unwrap();
    let cites: Vec<(&str, Option<&str>)> = links.cites.iter().map(|one| (one.name.as_str(), one.doc.as_deref())).collect();
    assert_eq!(cites, [("《某省渔具产业发展规划》（某政发〔2030〕7号）", Some("规划")), ("《渔业公约》", None)]);
    assert!(links.cited_by.is_empty());
    let links = searcher.links(&document("规划")).unwrap();
    assert_eq!(links.cited_by.iter().map(|one| &one["doc"]).collect::<Vec<_>>(), ["方案"]);
    let target = index.records_of("规划", Some("target")).unwrap().remove(0);
    let like = searcher.like(&target, &Options { limit: 5, ..Options::default() }).unwrap();
    assert_eq!(like.hits.hits[0].record["doc"], "方案");
    assert_eq!(like.hits.hits[0].record["type"], "target");
}

/// Numbers drawn at random, the same on every run.
struct Draw(u64);

impl Draw {
    fn below(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % below
    }
}

/// The seeds, and the texts of the folder that `ZHENGCE_TEXTS` names.
fn texts() -> Vec<(String, Vec<Value>)> {
    let folders = [Some(here("seeds")), std::env::var_os("ZHENGCE_TEXTS").map(PathBuf::from)];
    let files = zhengce::source::find(&folders.into_iter().flatten().collect::<Vec<_>>()).files;
    let sources = files.iter().flat_map(zhengce::source::read).filter_map(Result::ok);
    sources.map(|source| (source.id.clone(), records(&source))).collect()
}

#[test]
fn every_substring_finds_its_passage_and_nothing_else() {
    let texts = texts();
    let folder = TempDir::new().unwrap();
    let mut writer = Writer::open(folder.path(), Dictionary::of_lexicon(), Resources::default()).unwrap();
    for (doc, records) in &texts {
        writer.put(doc, records).unwrap();
    }
    writer.commit().unwrap();
    let index = Index::open(folder.path()).unwrap();
    let names = LexiconNames::of(&index).unwrap();
    let searcher = Searcher::new(&index, &names);
    let all = Options { limit: usize::MAX, copies: true, ..Options::default() };
    let records: Vec<&Value> = texts.iter().flat_map(|(_, records)| records).collect();
    let folded: Vec<String> = records.iter().map(|record| fold(body(record))).collect();
    let passages: Vec<&&Value> = records.iter().filter(|record| record["type"] == "passage").collect();
    let mut draw = Draw(2024);
    let (mut drawn, mut singles) = (0, 0);
    while drawn < 1000 || singles < 200 {
        let text: Vec<char> = body(passages[draw.below(passages.len())]).chars().collect();
        let length = if drawn < 1000 { 2 + draw.below(5) } else { 1 };
        if text.len() < length {
            continue;
        }
        let start = draw.below(text.len() - length + 1);
        let part: String = text[start..start + length].iter().collect();
        if part.trim() != part || part.contains(['"', '“', '”', '＂', '「', '」', '『', '』', '„']) {
            continue;
        }
        if length > 1 {
            drawn += 1;
        } else {
            singles += 1;
        }
        let answer = searcher.search(&format!("\"{part}\""), &all).unwrap_or_else(|error| panic!("{error}"));
        let wanted = fold(&part);
        let held = records.iter().zip(&folded).filter(|(_, text)| text.contains(&wanted));
        let expected: BTreeSet<&str> = held.filter_map(|(record, _)| record["id"].as_str()).collect();
        assert_eq!(ids(&answer).into_iter().collect::<BTreeSet<_>>(), expected, "{part}");
        for hit in &answer.hits.hits {
            let snippet: Vec<char> = hit.snippet.text.chars().collect();
            assert!(!hit.snippet.highlights.is_empty(), "{part} is not highlighted in {}", hit.snippet.text);
            for [from, to] in &hit.snippet.highlights {
                let marked = fold(&snippet[*from..*to].iter().collect::<String>());
                // Where the text holds it twice over itself or side by side (`园园园`), one mark is longer.
                let repeated = marked.len() > wanted.len() && marked.contains(&wanted);
                assert!(marked == wanted || repeated, "{part}: {marked}");
            }
        }
    }
}

#[test]
fn pages_go_as_deep_as_the_hits() {
    let index = Index::open(seeds()).unwrap();
    for sort in [Sort::Relevance, Sort::Value, Sort::Date, Sort::Due] {
        let page = |offset, limit| {
            let answer = asked(&index, "发展", &Options { limit, offset, sort, ..Options::default() });
            (answer.hits.total, ids(&answer).into_iter().map(str::to_owned).collect::<Vec<_>>())
        };
        let (total, whole) = page(0, usize::MAX);
        assert_eq!(whole.len(), total);
        let mut paged = Vec::new();
        while paged.len() < total {
            paged.extend(page(paged.len(), 37).1);
        }
        // The closest look is at the best forty, whatever page is asked for.
        assert_eq!(paged, whole, "{sort:?}");
        assert_eq!(page(total, 10), (total, Vec::new()));
    }
}

#[test]
fn facets_count_what_was_found() {
    let index = Index::open(seeds()).unwrap();
    let facets = ["type", "doc", "year", "industry", "region", "lead"].map(str::to_owned).to_vec();
    let answer = asked(&index, "类型:责任", &Options { limit: 1000, facets, ..Options::default() });
    let count = |facet: &str, value: &str| answer.hits.facets[facet].iter().find(|one| one.0 == value).map_or(0, |one| one.1);
    assert_eq!(count("type", "responsibility"), answer.hits.total);
    let led = asked(&index, "类型:责任 牵头:省发改委", &Options::default()).hits.total;
    assert_eq!(count("lead", "省发改委"), led);
    assert_eq!(answer.hits.facets["doc"].iter().map(|one| one.1).sum::<usize>(), answer.hits.total);
    let of_type = Expr::Field(Field::Type, "responsibility".to_owned());
    let names = LexiconNames::of(&index).unwrap();
    assert_eq!(Searcher::new(&index, &names).find(&of_type, &Options::default()).unwrap().total, answer.hits.total);
}
