//! What holds for every text? Nothing panics, every record quotes its source, two runs agree.
//!
//! The texts are made of what policy texts are made of, put together without sense; `PROPTEST_CASES` sets how many.

use std::collections::HashSet;
use std::fs;
use std::path::PathBuf;

use proptest::prelude::*;
use serde_json::Value;
use zhengce::layout::Outline;
use zhengce::source::Format;

use crate::support::{here, records, text};
use zhengce::source::Source;
use zhengce::text::Offsets;

/// What policy texts are made of, and what breaks readers of them.
const PIECES: &[&str] = &[
    "一、",
    "（一）",
    "(二)",
    "1．",
    "1.",
    "2﹒",
    "①",
    "第一章 ",
    "第三条　",
    "一是",
    "二是",
    "——",
    "△",
    "附件1：",
    "专栏2 ",
    "--",
    "到2030年",
    "2026年",
    "今年",
    "去年",
    "“十四五”期间",
    "到“十四五”末",
    "二○二六年五月一日",
    "6月底前",
    "年内",
    "2024-2026年",
    "达到",
    "突破",
    "不低于",
    "控制在",
    "力争",
    "提高到",
    "增长",
    "下降",
    "年均增长",
    "同比",
    "翻一番",
    "比2020年",
    "占比",
    "分别",
    "由",
    "从",
    "1.5",
    "１．５",
    "５０００",
    "1,580.5",
    "三百",
    "五千",
    "两",
    "百分之",
    "8—10",
    "10至20",
    "30%",
    "１５％",
    "0",
    "99999999999999999999999",
    "亿元",
    "万亿元",
    "万吨",
    "个",
    "家",
    "户",
    "项",
    "个百分点",
    "倍",
    "以上",
    "左右",
    "以内",
    "成",
    "多",
    "余",
    "全省",
    "某市",
    "装备制造业",
    "主营业务收入",
    "总投资",
    "龙头企业",
    "新材料产业",
    "省财政厅",
    "市发展改革委",
    "各市、县（市、区）政府",
    "（省财政厅牵头，省商务厅配合）",
    "责任单位：",
    "牵头单位：",
    "由省商务厅牵头",
    "按职责分工负责",
    "完成时限：",
    "下同",
    "重点发展",
    "加快建设",
    "等10个重点园区",
    "等重点项目",
    "产业园",
    "产业链",
    "基地",
    "有限公司",
    "年产20万吨项目",
    "《关于加快发展的意见》",
    "国发〔2020〕5号",
    "黑政发[2011]33号",
    "的通知",
    "各市人民政府：",
    "实施方案",
    "某省人民政府",
    "、",
    "，",
    "。",
    "；",
    "：",
    "（",
    "）",
    "《",
    "》",
    "“",
    "”",
    "〔",
    "〕",
    "【",
    "(",
    ")",
    "\"",
    "等",
    "和",
    "及",
    "的",
    "其中",
    "\t",
    "\t\t",
    " ",
    "　",
    "\n",
    "\r\n",
    "\r",
    "\n\n",
    "\u{a0}",
    "\u{200b}",
    "\u{feff}",
    "|",
    "单位：亿元",
    "指标\t单位\t2025年\t属性\n",
    "序号\t任务\t牵头单位\t完成时间\n",
    "1\t加强调度\t省工信厅\t每年2月\n",
    "合计",
    "重点园-5-区",
    "-12-",
    "⼯⼈",
    "ＬＥＤ",
    "a",
    "GDP",
    "é",
    "😀",
    "\u{300}",
    "\0",
    "𠀀",
];

/// Words for planted sentences; none of them means anything to the rules.
const INDUSTRIES: &[&str] = &["陶艺产业", "香料产业", "渔具产业", "钟表产业"];

fn policy_like() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        12 => prop::sample::select(PIECES).prop_map(str::to_owned),
        1 => "\\PC{1,4}",
        1 => "[0-9０-９.．,%％]{1,8}",
    ];
    prop::collection::vec(piece, 0..120).prop_map(|pieces| pieces.concat())
}

fn arbitrary() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), "(?s).{0,300}", "[\\u{4e00}-\\u{4e40}0-9（）、。，\n]{0,300}"]
}

/// All that must hold of a text's records.
fn check(text_of_it: &str) {
    let source = Source::of_text("属性/文", text_of_it);
    let found = records(&source);
    let chars: Vec<char> = text_of_it.chars().collect();
    let mut ids = HashSet::new();
    for record in &found {
        let (start, end) = (offset(record, "start"), offset(record, "end"));
        assert!(start <= end && end <= chars.len(), "{record}");
        assert_eq!(chars[start..end].iter().collect::<String>(), text(record, "quote"), "{record}");
        assert_eq!(text(record, "id"), format!("属性/文:{}:{start}-{end}", text(record, "type")));
        assert!(ids.insert(text(record, "id").to_owned()), "two records have the id {}", record["id"]);
    }
    let parents = found.iter().filter(|record| text(record, "type") == "section").filter_map(|record| record["parent"].as_str());
    for parent in parents {
        assert!(ids.contains(parent), "no record has the id {parent}, which a section names as its parent");
    }
    assert_eq!(found, records(&source), "two runs differ");
    check_blocks(text_of_it, &chars);
}

/// Blocks stand in order, don't overlap, and leave out nothing but white space and the marks of Markdown.
fn check_blocks(text: &str, chars: &[char]) {
    let mut at = 0;
    for block in &Outline::read(&Offsets::new(text)).blocks {
        assert!(block.span.start >= at && block.span.start <= block.span.end, "{:?} begins before {at}", block.span);
        check_gap(&chars[at..block.span.start]);
        at = block.span.end;
    }
    check_gap(&chars[at..]);
}

fn check_gap(gap: &[char]) {
    let left_out: String =
        gap.iter().filter(|c| !zhengce::text::fold::is_blank(**c) && !c.is_control() && !matches!(c, '*' | '#')).collect();
    assert!(left_out.is_empty(), "no block holds {left_out:?}");
}

fn offset(record: &Value, field: &str) -> usize {
    record[field].as_u64().and_then(|at| usize::try_from(at).ok()).unwrap_or_else(|| panic!("{field} of {record}"))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn policy_like_texts_are_read_soundly(text in policy_like()) {
        check(&text);
    }

    #[test]
    fn arbitrary_texts_are_read_soundly(text in arbitrary()) {
        check(&text);
    }

    #[test]
    fn planted_targets_are_found_where_they_were_planted(
        industry in prop::sample::select(INDUSTRIES),
        amount in 1u32..1_000_000,
        before in prop::collection::vec(prop::sample::select(&["加强组织领导。", "一、总体要求\n", "（一）壮大产业规模。", "完善各项制度。\n", "各地要抓好落实；"][..]), 0..8),
        after in prop::sample::select(&["", "\n二、保障措施\n强化督查。", "，不断提升发展水平。", "\r\n\r\n"][..]),
    ) {
        let before = before.concat();
        let sentence = format!("到2030年，全省{industry}主营业务收入达到{amount}亿元");
        let at = before.chars().count() + sentence.chars().position(|c| c == '到').unwrap_or(0);
        let digit = at + sentence.chars().take_while(|c| *c != '达').count() + 2;
        let found = records(&Source::of_text("x", &format!("{before}{sentence}。{after}")));
        let target = found.iter().find(|record| text(record, "type") == "target");
        let target = target.unwrap_or_else(|| panic!("no target in {sentence}"));
        prop_assert!(offset(target, "start") <= digit && digit < offset(target, "end"), "{}", target);
        prop_assert_eq!(target["value"].to_string(), amount.to_string());
        prop_assert_eq!(text(target, "unit"), "亿元");
        prop_assert_eq!(text(target, "indicator"), "主营业务收入");
        prop_assert!(text(target, "subject").contains(industry), "{}", target);
        prop_assert_eq!(&target["period"], &serde_json::json!({"from": null, "to": "2030"}));
    }

    #[test]
    fn planted_responsibilities_are_found(
        lead in prop::sample::select(&["省财政厅", "省商务厅", "市教育局", "市发展改革委"][..]),
        support in prop::sample::select(&["省统计局", "省科技厅", "市水务局", "市交通局"][..]),
        before in prop::sample::select(&["", "一、重点任务\n", "（一）促进消费。"][..]),
    ) {
        let found = records(&Source::of_text("x", &format!("{before}落实各项扶持政策。（{lead}牵头，{support}配合）\n")));
        let said = found.iter().find(|record| text(record, "type") == "responsibility");
        let said = said.unwrap_or_else(|| panic!("no responsibility of {lead}"));
        prop_assert_eq!(text(&said["lead"][0], "name"), lead);
        prop_assert_eq!(text(&said["support"][0], "name"), support);
        prop_assert_eq!(text(said, "basis"), "explicit");
    }
}

#[test]
fn hard_texts_are_read_soundly() {
    let long = "甲".repeat(20_000);
    let deep = "（".repeat(5_000);
    let texts = [
        "",
        "\n",
        "\u{feff}",
        "。",
        "一、",
        "（",
        "）",
        "\t",
        "\t\n\t",
        "0",
        "%",
        "到2030年",
        "翻番",
        "等个",
        &long,
        &deep,
        &format!("{deep}{}", "）".repeat(5_000)),
        &"“".repeat(5_000),
        &"一、".repeat(3_000),
        &"1.".repeat(3_000),
        &"\t".repeat(5_000),
        &"甲\t".repeat(3_000),
        &"9".repeat(5_000),
        &"万".repeat(5_000),
        &"、".repeat(5_000),
        &"牵头".repeat(3_000),
        &"2030年".repeat(3_000),
        &"达到5亿元".repeat(3_000),
        &"《".repeat(5_000),
        &"--".repeat(5_000),
        &format!("《甲\n{}", "》《甲\n".repeat(3_000)),
        &"依据《国务院关于甲的通知》，".repeat(1_000),
    ];
    for text in texts {
        check(text);
    }
}

#[test]
fn the_seeds_are_read_soundly() {
    for found in zhengce::source::find(&[here("seeds")]).files {
        for source in zhengce::source::read(&found) {
            check(&source.unwrap_or_else(|error| panic!("{error}")).text);
        }
    }
}

#[test]
fn line_ends_change_nothing_but_offsets() {
    let unix = "一、发展目标\n到2030年，全省渔具产业主营业务收入达到80亿元。\n\n（省商务厅牵头，省财政厅配合）\n";
    let bare = |text: &str| records(&Source::of_text("x", text)).iter().map(without_place).collect::<Vec<_>>();
    assert_eq!(bare(unix), bare(&unix.replace('\n', "\r\n")));
}

#[test]
fn the_order_of_files_changes_nothing() {
    let folder = here("seeds");
    let findings = zhengce::source::find(std::slice::from_ref(&folder));
    let mut paths: Vec<PathBuf> = findings.files.iter().map(|found| found.path.clone()).collect();
    let forwards = written(&paths);
    paths.reverse();
    assert_eq!(forwards, written(&paths));
    assert!(!forwards.is_empty());
}

/// What the files' records come to in bytes.
fn written(paths: &[PathBuf]) -> String {
    let mut out = String::new();
    for found in zhengce::source::find(paths).files {
        assert_eq!(found.format, Format::Text);
        assert!(fs::metadata(&found.path).is_ok());
        for source in zhengce::source::read(&found) {
            for record in zhengce::record::extract(&source.unwrap_or_else(|error| panic!("{error}"))) {
                out.push_str(&serde_json::to_string(&record).unwrap_or_else(|cause| panic!("{cause}")));
                out.push('\n');
            }
        }
    }
    out
}

/// A record but for where it stands and what names that place.
pub fn without_place(record: &Value) -> Value {
    let mut record = record.clone();
    if let Some(fields) = record.as_object_mut() {
        for field in ["id", "doc", "start", "end", "parent", "source", "encoding", "sha256", "chars"] {
            fields.remove(field);
        }
    }
    record
}
