//! What does a person see? Each page in its own file; here is what they share: head, navigation, search box, and the words for things.

mod api;
mod findings;
mod home;
mod reader;
mod record;
mod search;
pub mod targets;
mod who;

use axum::body::Bytes;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use serde_json::Value;

use super::ask;
use super::assets;
use super::generation::Reply;
use super::http::{Endpoint, Form};
use super::params::{Asked, Kind, LONGEST, Lang, Param, encoded, may};
use super::problem::{HINT_EN, HINT_ZH, Problem};
use crate::query::view::type_name;

/// The pages.
pub const PAGES: &[Endpoint] = &[
    Endpoint {
        path: "/",
        about: "Search",
        params: &[&[may("q", Kind::Text(LONGEST), "The query")], ask::NARROW, &[PAGE]],
        form: Form::Page,
        run: |desk, asked| {
            if asked.get("q").is_some_and(|q| !q.trim().is_empty()) { search::page(desk, asked) } else { home::page(desk, asked) }
        },
    },
    Endpoint {
        path: "/doc/",
        about: "A document as printed, with its records marked",
        params: &[&[
            may("at", Kind::Text(100), "What to show: the last parts of a record's id (`target:120-141`), or a place (`120-141`)"),
            may("q", Kind::Text(LONGEST), "The query that led here"),
        ]],
        form: Form::Page,
        run: reader::page,
    },
    Endpoint { path: "/record/", about: "A record with its fields", params: &[], form: Form::Page, run: record::page },
    Endpoint {
        path: "/who",
        about: "Who leads",
        params: &[&[
            may("q", Kind::Text(LONGEST), "A task, or a question about one"),
            may("unit", Kind::Text(60), "A unit, by any of its names"),
            ask::DOC,
            may("from", Kind::Month, "Due in this month or later"),
            may("to", Kind::Month, "Due in this month or before"),
            may("view", Kind::One(&["list", "calendar"]), "How it is shown"),
        ]],
        form: Form::Page,
        run: who::page,
    },
    Endpoint {
        path: "/targets",
        about: "Targets and statistics",
        params: &[&[
            may("subject", Kind::Text(60), "Whose quantity"),
            may("indicator", Kind::Text(60), "What is measured"),
            may("type", Kind::One(&["target", "statistic"]), "Planned or reached"),
            may("from", Kind::Year, "Of this year or later"),
            may("to", Kind::Year, "Of this year or before"),
            ask::REGION,
            ask::DOC,
            may("sort", Kind::One(&["relevance", "value", "date"]), "In which order"),
            PAGE,
        ]],
        form: Form::Page,
        run: targets::page,
    },
    Endpoint {
        path: "/findings",
        about: "What does not add up",
        params: &[&[
            may("severity", Kind::One(&["error", "warning", "info"]), "How sure"),
            may("rule", Kind::Text(40), "Which rule"),
            ask::DOC,
            PAGE,
        ]],
        form: Form::Page,
        run: findings::page,
    },
    Endpoint { path: "/api", about: "The API", params: &[], form: Form::Page, run: api::page },
];

/// The page of a list, from 1.
const PAGE: Param = may("page", Kind::Number(1, 1_000), "Which page of the list");

/// A page: its title, what stands in its search box, its matter.
struct Sheet<'a> {
    title: &'a str,
    lang: Lang,
    /// Where the page stands in the navigation.
    here: &'a str,
    /// The address of this page, for the switch of languages.
    address: String,
    /// What stands in the search box; `None` for a page with a box of its own.
    query: Option<&'a str>,
    main: Markup,
}

impl Sheet<'_> {
    fn reply(self) -> Reply {
        Reply { media: "text/html; charset=utf-8", body: Bytes::from(self.markup().into_string()), file: None }
    }

    fn markup(self) -> Markup {
        let l = self.lang;
        let nav = [
            ("/", l.t("检索", "Search")),
            ("/who", l.t("谁牵头", "Who leads")),
            ("/targets", l.t("目标", "Targets")),
            ("/findings", l.t("核查", "Findings")),
            ("/api", l.t("接口", "API")),
        ];
        let other = l.t("en", "zh");
        let switch = format!("{}{}lang={other}", self.address, if self.address.contains('?') { '&' } else { '?' });
        html! {
            (DOCTYPE)
            html lang=(l.code()) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    title { (self.title) " · " (l.t("政策库", "zhengce")) }
                    link rel="stylesheet" href=(assets::address("style.css"));
                    link rel="icon" href=(assets::address("icon.svg")) type="image/svg+xml";
                    script src=(assets::address("page.js")) defer {}
                }
                body {
                    a.skip href="#main" { (l.t("跳到正文", "Skip to content")) }
                    header.top {
                        a.brand href="/" { (l.t("政策库", "zhengce")) }
                        nav aria-label=(l.t("栏目", "Sections")) {
                            @for (path, name) in nav {
                                a href=(path) aria-current=[(path == self.here).then_some("page")] { (name) }
                            }
                        }
                        @if let Some(query) = self.query { (search_box(l, query, false)) }
                        a.lang href=(switch) lang=(l.t("en", "zh-CN")) hreflang=(l.t("en", "zh-CN")) { (l.t("EN", "中文")) }
                    }
                    main #main tabindex="-1" { (self.main) }
                    footer {
                        p {
                            (l.t("每条结果都注明原文出处；以正式印发的文件为准。", "Each result names the words it was read from; the documents as issued prevail."))
                            " "
                            span.keys { kbd { "/" } " " (l.t("检索", "search")) " · " kbd { "j" } kbd { "k" } " " (l.t("上下", "down, up")) " · " kbd { "Enter" } " " (l.t("打开", "open")) }
                        }
                    }
                }
            }
        }
    }
}

/// The search box.
fn search_box(l: Lang, query: &str, large: bool) -> Markup {
    html! {
        form.search.large[large] action="/" role="search" {
            label.hidden for="q" { (l.t("检索词或问题", "Words or a question")) }
            input #q type="search" name="q" value=(query) maxlength=(LONGEST) autocomplete="off" enterkeyhint="search" autofocus[large]
                placeholder=(l.t("检索词、字段或问题：谁负责招商引资", "words, fields, or a question in Chinese"));
            button { (l.t("检索", "Search")) }
        }
    }
}

/// A problem as a page; what was typed stays in the box, to be mended.
pub fn refused(problem: &Problem, lang: Lang, typed: &str) -> String {
    let title = lang.t(problem.title.0, problem.title.1);
    let detail = lang.t(&problem.detail.0, &problem.detail.1);
    let (said, hint) = detail.split_once(lang.t(HINT_ZH, HINT_EN)).or_else(|| detail.split_once(HINT_EN)).unwrap_or((detail, ""));
    let (said, place) = said.split_once('\n').unwrap_or((said, ""));
    let main = html! {
        div.notice.wide role="alert" {
            h1 { (title) }
            p { (said) }
            @if !place.is_empty() { pre { (place) } }
            @if !hint.is_empty() { p { (lang.t("建议：", "Hint: ")) (hint) } }
            p {
                @match problem.status {
                    400 => (lang.t(
                        "检索式示例：产业园区；\"产业园区\"（原样）；类型:目标 年份:2013 生物；牵头:省财政厅；数值:>=1000亿元。",
                        "Queries look like this: 产业园区, \"产业园区\" (exactly), 类型:目标 年份:2013 生物, 牵头:省财政厅, 数值:>=1000亿元.")),
                    502..=504 => (lang.t("请稍后再试。", "Try again in a moment.")),
                    _ => (lang.t("可以从首页重新检索。", "Search again from the first page.")),
                }
                " " a href="/" { (lang.t("回首页", "Home")) }
            }
        }
    };
    let address = if typed.is_empty() { "/".to_owned() } else { format!("/?q={}", encoded(typed)) };
    Sheet { title, lang, here: "", address, query: Some(typed), main }.markup().into_string()
}

/// The word for a record type.
fn kind_name(l: Lang, kind: &str) -> &str {
    match l {
        Lang::Zh => type_name(kind),
        Lang::En => kind,
    }
}

/// A record's type as a small label.
fn chip(l: Lang, kind: &str) -> Markup {
    html! { span class=(format!("chip t-{kind}")) { (kind_name(l, kind)) } }
}

/// Text with highlights, which count characters.
fn highlighted(text: &str, places: &[[usize; 2]]) -> Markup {
    let chars: Vec<char> = text.chars().collect();
    let part = |from: usize, to: usize| chars[from..to].iter().map(|c| if c.is_whitespace() { ' ' } else { *c }).collect::<String>();
    let mut at = 0;
    let mut pieces = Vec::new();
    for [start, end] in places.iter().filter(|[start, end]| start < end && *end <= chars.len()) {
        if *start >= at {
            pieces.push((part(at, *start), part(*start, *end)));
            at = *end;
        }
    }
    html! {
        @for (plain, mark) in pieces { (plain) mark { (mark) } }
        (part(at, chars.len()))
    }
}

/// The address of a record in the reader: its place is marked there and in view.
fn place_of(record: &Value) -> String {
    let doc = record["doc"].as_str().unwrap_or("");
    format!("/doc/{}?at={}:{}-{}#at", encoded(doc), record["type"].as_str().unwrap_or(""), record["start"], record["end"])
}

/// Document and headings above a record.
fn path_of(record: &Value) -> Markup {
    let path: Vec<&str> = record["section"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    html! {
        span.path {
            span.title { (record["title"].as_str().or(record["doc"].as_str()).unwrap_or("")) }
            @for part in path { " › " (part) }
        }
    }
}

/// Links to the pages of a list.
fn pager(asked: &Asked, l: Lang, total: usize, size: usize) -> Markup {
    let (now, last) = (asked.number("page", 1), total.div_ceil(size).clamp(1, 1_000));
    if last == 1 && now == 1 {
        return html! {};
    }
    let link = |page: usize| asked.with("page", Some(&page.to_string()));
    let near = now.saturating_sub(2).max(1)..=(now + 2).min(last);
    html! {
        nav.pager aria-label=(l.t("翻页", "Pages")) {
            @if now > 1 { a rel="prev" href=(link((now - 1).min(last))) { "‹ " (l.t("上一页", "Previous")) } }
            @if *near.start() > 1 { a href=(link(1)) { "1" } @if *near.start() > 2 { span { "…" } } }
            @for page in near.clone() {
                @if page == now { span aria-current="page" { (page) } } @else { a href=(link(page)) { (page) } }
            }
            @if *near.end() < last { @if *near.end() + 1 < last { span { "…" } } a href=(link(last)) { (last) } }
            @if now < last { a rel="next" href=(link(now + 1)) { (l.t("下一页", "Next")) " ›" } }
        }
    }
}

/// A number with its thousands apart: `12 345`.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push('\u{2009}');
        }
        out.push(digit);
    }
    out
}

/// The names of units, each a link to its tasks.
fn units(list: &Value) -> Markup {
    let names: Vec<(&str, &str)> = list
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|unit| Some((unit["name"].as_str()?, unit["canonical"].as_str().unwrap_or(""))))
        .collect();
    html! {
        @for (at, (name, canonical)) in names.iter().enumerate() {
            @if at > 0 { "、" }
            a.unit href=(format!("/who?unit={}", encoded(if canonical.is_empty() { name } else { canonical }))) title=[(!canonical.is_empty()).then_some(canonical)] { (name) }
        }
    }
}

/// What a list says where nothing stands in it.
fn nothing(said: &str, help: &Markup) -> Markup {
    html! { div.notice { p { (said) } (help) } }
}

/// Markup that is none: for branches that show nothing.
fn none() -> Markup {
    PreEscaped(String::new())
}
