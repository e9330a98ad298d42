//! What was found? Results with their place and their match, what they can be narrowed down by, and above them the answer where a question
//! was understood.

use maud::{Markup, html};
use serde_json::Value;

use super::{Sheet, chip, grouped, highlighted, kind_name, none, nothing, pager, path_of, place_of, units};
use crate::query::view::{deadline, said, shares_lead, stated, when};
use crate::query::{Answer, Expr, Field, Hit};
use crate::web::ask::{self, FACETS};
use crate::web::files::MOST;
use crate::web::generation::{Desk, Reply};
use crate::web::params::{Asked, Lang, encoded};
use crate::web::problem::Problem;

/// How many results a page has.
const SIZE: usize = 20;
/// How many values of a facet are shown.
const VALUES: usize = 10;
/// How many records answer a question on top.
const ANSWERS: usize = 3;

/// The page.
pub fn page(desk: &Desk<'_>, asked: &Asked) -> Result<Reply, Problem> {
    let l = asked.lang;
    let query = asked.text("q");
    let answer = ask::search(desk, asked, (asked.number("page", 1) - 1) * SIZE, SIZE, true)?;
    let total = answer.hits.total;
    let main = html! {
        div.columns {
            (facets(desk, asked, &answer)?)
            div.results {
                h1.hidden.printed { (l.t("检索：", "Search: ")) (query) }
                @if asked.number("page", 1) == 1 { (answer_box(l, &answer)) }
                div.bar {
                    p role="status" {
                        strong { (grouped(total)) } " " (l.t("条", "found"))
                        @if answer.hits.relaxed { " · " (l.t("没有同时含有全部词的内容，以下含有其中一部分", "nothing holds all of it; these hold some")) }
                        @if answer.rule.is_some() || answer.hits.relaxed {
                            " · " (l.t("理解为 ", "read as ")) code { (understood(l, &answer.understood)) }
                        }
                    }
                    @if total > 0 { (order(asked)) (downloads(asked, total)) }
                }
                @if answer.hits.hits.is_empty() { (empty(asked, query, total)) }
                ol.hits start=((asked.number("page", 1) - 1) * SIZE + 1) {
                    @for hit in &answer.hits.hits { (result(l, hit, &answer, query)) }
                }
                (pager(asked, l, total, SIZE))
            }
        }
    };
    Ok(Sheet { title: query, lang: l, here: "/", address: asked.at("/", &[]), query: Some(query), main }.reply())
}

/// A result: what it is, where it stands, the match in it, what it says, why it is here.
fn result(l: Lang, hit: &Hit, answer: &Answer, query: &str) -> Markup {
    let record = &hit.record;
    let kind = record["type"].as_str().unwrap_or("");
    let address = place_of(record).replacen('?', &format!("?q={}&", encoded(query)), 1);
    html! {
        li.hit {
            a.open href=(if kind == "document" { format!("/doc/{}", encoded(record["doc"].as_str().unwrap_or(""))) } else { address }) {
                (chip(l, kind)) " " (path_of(record)) @if let Some(whose) = &hit.whose { span.meta { " · " (whose) } }
            }
            p.snippet { (highlighted(&hit.snippet.text, &hit.snippet.highlights)) }
            @if let Some(said) = said(record) { p.said { (said) } }
            @let why = why(l, hit, answer);
            @if !why.is_empty() { p.why { (l.t("匹配：", "matches: ")) (why) } }
            @if !hit.also_in.is_empty() {
                p.why { (l.t("同文另见：", "the same text in: ")) @for doc in &hit.also_in { a href=(format!("/doc/{}", encoded(doc))) { (doc) } " " } }
            }
        }
    }
}

/// The words that were found, each with where in the record, and the conditions that it meets: `产业园区（正文、章节），年份 2013`.
fn why(l: Lang, hit: &Hit, answer: &Answer) -> String {
    let record = &hit.record;
    let chars: Vec<char> = hit.snippet.text.chars().collect();
    let mut words: Vec<String> = Vec::new();
    for [start, end] in &hit.snippet.highlights {
        let word: String = chars.get(*start..*end).unwrap_or_default().iter().collect();
        if !words.contains(&word) {
            words.push(word);
        }
    }
    words.truncate(5);
    let in_text = words.len();
    let (mut asked, mut conditions) = (Vec::new(), Vec::new());
    parts(l, &answer.understood, &mut asked, &mut conditions);
    // What the snippet doesn't show may stand in a field or above.
    words.extend(asked.into_iter().filter(|word| !words.iter().any(|known| known.contains(word.as_str()))).collect::<Vec<_>>());
    let list = |value: &Value| -> String { value.as_array().into_iter().flatten().filter_map(Value::as_str).collect::<Vec<_>>().join(" ") };
    let text = |key: &str| record[key].as_str().unwrap_or("").to_owned();
    let places = [
        (l.t("标题", "title"), text("title")),
        (l.t("章节", "section"), list(&record["section"])),
        (l.t("主体", "subject"), text("subject")),
        (l.t("指标", "indicator"), text("indicator")),
        (l.t("名称", "name"), text("name")),
        (l.t("产业", "industry"), text("industry")),
        (l.t("任务", "task"), text("task")),
        (l.t("牵头", "lead"), crate::query::view::units(&record["lead"])),
        (l.t("配合", "support"), crate::query::view::units(&record["support"])),
    ];
    let told = words.iter().enumerate().filter_map(|(at, word)| {
        let here = (at < in_text).then_some(l.t("正文", "text"));
        let there = places.iter().filter(|(_, text)| text.contains(word.as_str())).map(|(name, _)| *name);
        let all: Vec<&str> = here.into_iter().chain(there).collect();
        (!all.is_empty()).then(|| format!("{word}{}{}{}", l.t("（", " ("), all.join(l.t("、", ", ")), l.t("）", ")")))
    });
    told.chain(conditions).collect::<Vec<_>>().join(l.t("，", "; "))
}

/// How a query was read, its fields named in the reader's language: `类型:责任 招商引资`.
fn understood(l: Lang, expr: &Expr) -> String {
    let said = expr.to_string();
    if l == Lang::En {
        return said;
    }
    let part = |word: &str| {
        let open = word.len() - word.trim_start_matches(['(', '-']).len();
        let (before, word) = word.split_at(open);
        let (name, value) = word.split_once(':')?;
        let row = Field::ALL.iter().find(|row| row.1 == name)?;
        let end = value.trim_end_matches(')');
        let value = if row.0 == Field::Type { value.replacen(end, kind_name(l, end), 1) } else { value.to_owned() };
        Some(format!("{before}{}:{value}", row.2))
    };
    said.split(' ').map(|word| part(word).unwrap_or_else(|| word.to_owned())).collect::<Vec<_>>().join(" ")
}

/// The words of a query, and the conditions that whatever it finds meets.
fn parts(l: Lang, expr: &Expr, words: &mut Vec<String>, conditions: &mut Vec<String>) {
    match expr {
        Expr::All(all) => all.iter().for_each(|part| parts(l, part, words, conditions)),
        Expr::Words(word) | Expr::Phrase(word) => words.push(word.clone()),
        // The type stands before the hit; of several parts not each must hold.
        Expr::Any(_) | Expr::Not(_) | Expr::Field(Field::Type, _) => {}
        Expr::Field(..) | Expr::Value { .. } | Expr::Year(_) | Expr::Due(_) => {
            let said = expr.to_string();
            let (name, value) = said.split_once(':').unwrap_or((&said, ""));
            let zh = Field::ALL.iter().find(|row| row.1 == name).map_or(name, |row| row.2);
            conditions.push(format!("{} {}", l.t(zh, name), value.trim_matches('"')));
        }
    }
}

/// What answers a question that was understood.
fn answer_box(l: Lang, answer: &Answer) -> Markup {
    if answer.rule.is_none() {
        return none();
    }
    let first: Vec<&Value> = answer.hits.hits.iter().take(ANSWERS).map(|hit| &hit.record).collect();
    html! {
        section.answer aria-label=(l.t("答案", "Answer")) {
            @for record in &first {
                @match record["type"].as_str().unwrap_or("") {
                    "responsibility" => div.one {
                        p.what { a href=(place_of(record)) { (record["task"].as_str().unwrap_or("")) } }
                        dl.facts {
                            div { dt { @if shares_lead(record) { (l.t("责任单位", "Responsible")) } @else { (l.t("牵头", "Lead")) } } dd { (units(&record["lead"])) } }
                            @if record["support"].as_array().is_some_and(|list| !list.is_empty()) { div { dt { (l.t("配合", "With")) } dd { (units(&record["support"])) } } }
                            @if let Some(deadline) = deadline(record) { div { dt { (l.t("完成时间", "Until")) } dd { (deadline) } } }
                        }
                    },
                    "target" | "statistic" => div.one {
                        p.what {
                            a href=(place_of(record)) { (record["subject"].as_str().unwrap_or("")) " " (record["indicator"].as_str().unwrap_or("")) }
                            strong.figure { (stated(record)) } @let when = when(record); @if !when.is_empty() { span.meta { (when) } }
                        }
                        p.quote { "“" (record["quote"].as_str().unwrap_or("")) "”" }
                    },
                    kind => div.one {
                        p.what { (chip(l, kind)) " " a href=(place_of(record)) { (record["name"].as_str().or(record["title"].as_str()).unwrap_or("")) } }
                        @if kind == "document" {
                            dl.facts { @for (key, name) in [("number", l.t("文号", "Number")), ("issuer", l.t("发文机关", "Issuer")), ("issued", l.t("成文日期", "Issued"))] {
                                @if let Some(said) = record[key].as_str() { div { dt { (name) } dd { (said) } } }
                            } }
                        }
                    },
                }
            }
        }
    }
}

fn order(asked: &Asked) -> Markup {
    let l = asked.lang;
    let now = asked.get("sort").unwrap_or("relevance");
    let orders = [
        ("relevance", l.t("相关", "best")),
        ("date", l.t("日期", "latest")),
        ("value", l.t("数值", "largest")),
        ("due", l.t("期限", "due first")),
    ];
    html! {
        p.order {
            (l.t("排序 ", "Order "))
            @for (order, name) in orders {
                a href=(asked.with("sort", (order != "relevance").then_some(order))) aria-current=[(order == now).then_some("true")] { (name) } " "
            }
            span.apart {}
            a href=(asked.toggled("group", "document")) aria-current=[asked.has("group", "document").then_some("true")] { (l.t("每文一条", "one a document")) }
        }
    }
}

fn downloads(asked: &Asked, total: usize) -> Markup {
    let l = asked.lang;
    html! {
        p.downloads {
            (l.t("下载 ", "Download "))
            @for (format, name) in [("csv", "CSV"), ("xlsx", "XLSX"), ("jsonl", "JSONL")] { a href=(asked.at("/download", &[("format", format)])) download { (name) } " " }
            @if total > MOST { small { (l.t("（前一万条）", "(the first 10,000)")) } }
        }
    }
}

/// What the results can be narrowed down by; each value is a link that puts it in or takes it out.
fn facets(desk: &Desk<'_>, asked: &Asked, answer: &Answer) -> Result<Markup, Problem> {
    let l = asked.lang;
    let documents = desk.documents()?;
    let mut groups = Vec::new();
    for (facet, zh, en) in FACETS {
        let counts = answer.hits.facets.get(facet).map(Vec::as_slice).unwrap_or_default();
        let mut values: Vec<(&str, usize)> = Vec::new();
        for (value, count) in counts {
            // A unit is counted under its short and under its full name.
            let same = facet == "lead" && !values.is_empty() && {
                let aliases = desk.names().unit_aliases(value);
                values.iter().any(|(known, _)| aliases.iter().any(|alias| alias == known))
            };
            if !same {
                values.push((value, *count));
            }
            if values.len() == VALUES {
                break;
            }
        }
        // What is chosen stays in sight, so that it can be taken out.
        values.extend(asked.all(facet).filter(|chosen| !counts.iter().any(|(value, _)| value == chosen)).map(|chosen| (chosen, 0)));
        let worth = values.len() > 1 || asked.get(facet).is_some();
        if worth {
            groups.push((facet, l.t(zh, en), values));
        }
    }
    if groups.is_empty() {
        return Ok(html! { aside.facets {} });
    }
    let chosen = FACETS.iter().any(|(facet, ..)| asked.get(facet).is_some());
    Ok(html! {
        aside.facets aria-label=(l.t("筛选", "Narrow down")) {
            input.opener #narrow type="checkbox";
            label for="narrow" { (l.t("筛选", "Narrow down")) @if chosen { " (" (l.t("已选", "on")) ")" } }
            @if chosen { p { a.clear href=(format!("/?q={}", encoded(asked.text("q")))) { "× " (l.t("清除筛选", "clear all")) } } }
            @for (facet, name, values) in groups {
                details open {
                    summary { (name) }
                    ul {
                        @for (value, count) in values {
                            @let on = asked.has(facet, value);
                            @let many = matches!(facet, "type" | "doc");
                            li {
                                a href=(if many || on { asked.toggled(facet, value) } else { asked.with(facet, Some(value)) }) aria-current=[on.then_some("true")] {
                                    span.value {
                                        @match facet {
                                            "type" => (kind_name(l, value)),
                                            "doc" => (documents.title(value)),
                                            _ => (value),
                                        }
                                    }
                                    @if count > 0 { span.count { (grouped(count)) } } @else { span.count { "×" } }
                                }
                            }
                        }
                    }
                }
            }
        }
    })
}

fn empty(asked: &Asked, query: &str, total: usize) -> Markup {
    let l = asked.lang;
    if total > 0 {
        return nothing(l.t("后面没有更多结果了。", "There are no more results."), &html! {});
    }
    let plain = query.replace(['"', '“', '”'], "");
    let said = l.t("没有找到相关内容。", "Nothing was found.");
    nothing(
        said,
        &html! {
            ul {
                li { (l.t("换用更短、更常见的词，例如把“招商引资工作推进情况”换成“招商引资”；", "Use fewer and shorter words;")) }
                @if plain != query { li { (l.t("去掉引号：", "leave out the quotation marks: ")) a href=(format!("/?q={}", encoded(&plain))) { (plain) } } }
                @if FACETS.iter().any(|(facet, ..)| asked.get(facet).is_some()) { li { a href=(format!("/?q={}", encoded(query))) { (l.t("清除筛选条件；", "take out what narrows the search down;")) } } }
                li { (l.t("用 OR 并列同义词：园区 OR 基地。", "join words of one meaning with OR: 园区 OR 基地.")) }
            }
        },
    )
}
