//! What was read here? A record's fields in words, its rule, its quote, and how to cite it: beside the text, and as a page of its own.

use maud::{Markup, html};
use serde_json::Value;

use super::{Sheet, chip, place_of, units};
use crate::export;
use crate::query::view::{amount, when};
use crate::web::cite::cite;
use crate::web::generation::{Desk, Reply};
use crate::web::params::{Asked, Lang, encoded};
use crate::web::problem::Problem;

/// The fields that every record has, and those that others say in words.
const ELSEWHERE: [&str; 17] = [
    "id",
    "type",
    "doc",
    "title",
    "section",
    "quote",
    "start",
    "end",
    "rule",
    "text",
    "value",
    "value_max",
    "unit",
    "canonical",
    "period",
    "evidence",
    "numbers",
];

/// The page.
pub fn page(desk: &Desk<'_>, asked: &Asked) -> Result<Reply, Problem> {
    let l = asked.lang;
    let record = desk.record(&asked.tail)?.ok_or_else(|| Problem::not_found("库中没有这条记录", "there is no record of this id"))?;
    let none = Value::Null;
    let document = record["doc"].as_str().and_then(|doc| desk.documents().ok()?.get(doc)).unwrap_or(&none);
    let main = html! {
        div.alone {
            h1 { (record["title"].as_str().unwrap_or("")) }
            (details(l, &record, document))
            p { a href=(place_of(&record)) { (l.t("在原文中查看", "See it in the text")) } }
        }
    };
    let address = format!("/record/{}", encoded(&asked.tail));
    Ok(Sheet { title: l.t("记录", "Record"), lang: l, here: "", address, query: Some(""), main }.reply())
}

/// A record's fields.
pub fn details(l: Lang, record: &Value, document: &Value) -> Markup {
    let kind = record["type"].as_str().unwrap_or("");
    let id = record["id"].as_str().unwrap_or("");
    let section = record["section"].as_array().and_then(|path| path.last()).and_then(Value::as_str);
    let place = format!("{}（{}{}–{}）", section.unwrap_or(""), l.t("第", "characters "), record["start"], record["end"]);
    let quantity = matches!(kind, "target" | "statistic");
    html! {
        div.card #record {
            h2 { (chip(l, kind)) }
            blockquote { (record["quote"].as_str().unwrap_or("")) }
            dl.fields {
                @if quantity {
                    (field(field_name(l, kind, "value"), &html! { strong { (amount(record)) } @if let Some(base) = canonical(record) { " = " (base) } }))
                    @let when = when(record);
                    @if !when.is_empty() { (field(l.t("时间", "period"), &html! { (when) })) }
                }
                @for (key, value) in record.as_object().into_iter().flatten() {
                    @if !ELSEWHERE.contains(&key.as_str()) && !is_empty(value) {
                        (field(field_name(l, kind, key), &in_words(l, key, value)))
                    }
                }
                (field(l.t("规则", "Rule"), &html! { code { (record["rule"].as_str().unwrap_or("")) } }))
                (field(l.t("编号", "Id"), &html! { code.id { (id) } }))
            }
            p.links {
                a href=(format!("/record/{}", encoded(id))) { (l.t("此记录", "This record")) } " · "
                a href=(place_of(record)) data-copy="href" { (l.t("固定链接", "Permalink")) } " · "
                a href=(format!("/api/show/{}", encoded(id))) { "JSON" }
            }
            (citations(l, document, Some(&place)))
        }
    }
}

/// How to cite a document, or a place in it.
pub fn citations(l: Lang, document: &Value, place: Option<&str>) -> Markup {
    let citation = cite(document, place);
    html! {
        details.citations {
            summary { (l.t("引用格式", "Cite")) }
            @for (name, text) in [("GB/T 7714", &citation.standard), ("BibTeX", &citation.bibtex), ("RIS", &citation.ris)] {
                div { h3 { (name) } button.copy type="button" hidden { (l.t("复制", "Copy")) } pre tabindex="0" { (text) } }
            }
        }
    }
}

fn field(name: &str, value: &Markup) -> Markup {
    html! { div { dt { (name) } dd { (value) } } }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::Array(list) => list.is_empty(),
        Value::String(text) => text.is_empty(),
        _ => false,
    }
}

/// The value in the unit's base, where that is another one.
fn canonical(record: &Value) -> Option<String> {
    let unit = record["canonical"]["unit"].as_str().filter(|unit| record["unit"] != *unit)?;
    Some(format!("{}{unit}", record["canonical"]["value"]))
}

/// A value as a person reads it.
fn in_words(l: Lang, key: &str, value: &Value) -> Markup {
    match (key, value) {
        ("lead" | "support", list) => units(list),
        ("deadline", deadline) => {
            html! { (deadline["text"].as_str().unwrap_or("")) @if let Some(due) = deadline["due"].as_str() { " (" (due) ")" } }
        }
        (_, Value::Bool(true)) => html! { (l.t("是", "yes")) },
        ("measure" | "bound" | "direction" | "basis" | "severity", Value::String(word)) => html! { (l.t(export::word(key, word), word)) },
        (_, Value::String(text)) => html! { (text) },
        ("scale", Value::Array(list)) => html! { @for one in list { (one["value"].to_string()) (one["unit"].as_str().unwrap_or("")) " " } },
        (_, Value::Array(list)) if list.iter().all(Value::is_string) => {
            html! { (list.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("、")) }
        }
        (_, other) => html! { (other.to_string()) },
    }
}

/// The name of a field in a record of a type.
fn field_name<'k>(l: Lang, kind: &str, key: &'k str) -> &'k str {
    l.t(export::field_title(kind, key), key)
}
