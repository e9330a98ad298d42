//! What does not add up? Each finding of the audit with what it rests on, side by side, linked into the text.

use std::collections::BTreeMap;

use maud::{Markup, html};
use serde_json::Value;

use super::{Sheet, grouped, nothing, pager};
use crate::web::generation::{Desk, Documents, Reply};
use crate::web::params::{Asked, Lang, encoded};
use crate::web::problem::Problem;

/// How many findings a page has.
const SIZE: usize = 30;

/// The page.
pub fn page(desk: &Desk<'_>, asked: &Asked) -> Result<Reply, Problem> {
    let l = asked.lang;
    let all = desk.findings()?;
    let documents = desk.documents()?;
    let wanted = |finding: &&Value| ["severity", "rule", "doc"].iter().all(|key| asked.get(key).is_none_or(|value| finding[*key] == value));
    let mut found: Vec<&Value> = all.iter().filter(wanted).collect();
    found.sort_by_key(|finding| rank(finding["severity"].as_str().unwrap_or("")));
    let shown = found.iter().skip((asked.number("page", 1) - 1) * SIZE).take(SIZE);
    let main = html! {
        h1 { (l.t("核查", "Findings")) small { (grouped(found.len())) " " (l.t("条", "found")) } }
        p.meta { (l.t("程序把文件中说了两遍的内容相互核对：总数与分项、表与正文、增速与起讫数值。是否为错误，请对照原文判断。", "The program holds what a document says twice against itself: totals and parts, tables and text, growth and its ends. Judge by the text whether it is an error.")) }
        (choices(asked, all))
        @if found.is_empty() { (nothing(l.t("没有符合条件的核查结果。", "There are no such findings."), &html! {})) }
        @for finding in shown { (one(l, finding, documents)) }
        (pager(asked, l, found.len(), SIZE))
    };
    Ok(Sheet { title: l.t("核查", "Findings"), lang: l, here: "/findings", address: asked.at("/findings", &[]), query: Some(""), main }
        .reply())
}

/// What needs attention first.
fn rank(severity: &str) -> u8 {
    match severity {
        "error" => 0,
        "warning" => 1,
        _ => 2,
    }
}

/// What a rule holds against what, in a few words.
fn rule_name(l: Lang, rule: &str) -> &str {
    let zh = match rule {
        "list-count" => "列举与计数",
        "table-sum" => "表内合计",
        "table-part" => "部分与总体",
        "text-table" => "正文与表格",
        "growth-arithmetic" => "增速与起讫",
        "total-of-years" => "分年与全期",
        "same-quantity" => "同一数量",
        "deadline" => "期限与牵头",
        "numbering" => "编号",
        "quality" => "文字质量",
        "citation" => "引用文件",
        _ => rule,
    };
    l.t(zh, rule)
}

/// What a finding rests on, without what lies inside another piece of it.
fn sides(finding: &Value) -> Vec<&Value> {
    let all: Vec<&Value> = finding["evidence"].as_array().into_iter().flatten().collect();
    let place = |side: &Value| (side["start"].as_u64().unwrap_or(0), side["end"].as_u64().unwrap_or(0));
    let inside = |a: &Value, b: &Value| {
        let ((from, to), (outer_from, outer_to)) = (place(a), place(b));
        a["doc"] == b["doc"] && outer_from <= from && to <= outer_to && (from, to) != (outer_from, outer_to)
    };
    all.iter().filter(|side| !all.iter().any(|other| inside(side, other))).copied().collect()
}

fn severity(l: Lang, finding: &Value) -> &'static str {
    match finding["severity"].as_str() {
        Some("error") => l.t("错误", "error"),
        Some("warning") => l.t("存疑", "doubt"),
        _ => l.t("提示", "note"),
    }
}

/// Severities and rules with their counts.
fn choices(asked: &Asked, all: &[Value]) -> Markup {
    let l = asked.lang;
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for finding in all {
        for key in ["severity", "rule"] {
            *counts.entry((key, finding[key].as_str().unwrap_or(""))).or_default() += 1;
        }
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|((key, value), _)| (*key != "severity", rank(value)));
    html! {
        p.cloud {
            @for ((key, value), count) in &counts {
                @let on = asked.has(key, value);
                a href=(asked.with(key, (!on).then_some(value))) aria-current=[on.then_some("true")] {
                    @if *key == "severity" { (severity(l, &serde_json::json!({"severity": value}))) } @else { (rule_name(l, value)) }
                    " " small { (count) }
                } " "
            }
            @if let Some(doc) = asked.get("doc") { a href=(asked.with("doc", None)) aria-current="true" { (doc) " ×" } }
        }
    }
}

fn one(l: Lang, finding: &Value, documents: &Documents) -> Markup {
    let said = |key: &str| finding[key].as_str().unwrap_or("");
    html! {
        article class=(format!("finding hit s-{}", said("severity"))) {
            h2 { span.severity { (severity(l, finding)) } " " (said("message")) }
            p.meta { span title=(said("rule")) { (rule_name(l, said("rule"))) } " · " a href=(format!("/doc/{}", encoded(said("doc")))) { (documents.title(said("doc"))) } }
            div.sides { @for side in sides(finding) {
                @let doc = side["doc"].as_str().unwrap_or(said("doc"));
                blockquote {
                    p { (side["quote"].as_str().unwrap_or("").split_whitespace().collect::<Vec<_>>().join(" ")) }
                    footer { a.open href=(format!("/doc/{}?at={}-{}#at", encoded(doc), side["start"], side["end"])) { (documents.title(doc)) " " (side["start"].to_string()) "–" (side["end"].to_string()) } }
                }
            } }
            @if let Some(numbers) = finding["numbers"].as_array().filter(|numbers| !numbers.is_empty()) {
                dl.facts { @for number in numbers { div { dt { (number["label"].as_str().unwrap_or("")) } dd { (number["value"].to_string()) (number["unit"].as_str().unwrap_or("")) } } } }
            }
            @if let Some(benign) = finding["benign"].as_str() { p { (l.t("可能的原因：", "What may explain it: ")) (benign) } }
        }
    }
}
