//! What can programs ask? The API's calls with their parameters, from the list that answers them.

use maud::{Markup, html};
use serde_json::Value;

use super::Sheet;
use crate::web::api::CALLS;
use crate::web::generation::{Desk, Reply};
use crate::web::http::Endpoint;
use crate::web::params::{Asked, Lang, encoded};
use crate::web::problem::Problem;

/// The page.
#[allow(clippy::unnecessary_wraps)] // as all pages
pub fn page(_: &Desk<'_>, asked: &Asked) -> Result<Reply, Problem> {
    let l = asked.lang;
    let main = html! {
        h1 { (l.t("数据接口", "The API")) }
        p {
            (l.t("接口给出与命令行 --json 相同的结果。完整描述见 ", "The calls give what the commands' --json gives. They are described in "))
            a href="/api/openapi.json" { "openapi.json" } " (OpenAPI 3.1)。"
            (l.t("出错时返回 application/problem+json；支持 ETag 与 gzip；默认不允许跨域调用。", " Errors are application/problem+json; answers have ETags and are gzipped; other sites may not call, unless the server is told so."))
        }
        @for call in CALLS { (described(l, call)) }
    };
    Ok(Sheet { title: l.t("接口", "API"), lang: l, here: "/api", address: "/api".to_owned(), query: Some(""), main }.reply())
}

fn described(l: Lang, call: &Endpoint) -> Markup {
    html! {
        section.call {
            h2 { code { "GET " (call.path) @if call.path.ends_with('/') { "{id}" } } }
            p lang="en" { (call.about) }
            @if let Some(example) = example(call.path) { p { a href=(example.1) { code { (example.0) } } } }
            @if call.params().next().is_some() {
                div.wide tabindex="0" role="region" aria-label=(format!("{} {}", l.t("参数", "Parameters"), call.path)) {
                    table {
                        thead { tr { th scope="col" { (l.t("参数", "Parameter")) } th scope="col" { (l.t("取值", "Values")) } th scope="col" { (l.t("说明", "What it is for")) } } }
                        tbody { @for param in call.params() {
                            tr { th scope="row" { code { (param.name) } @if param.required { " *" } } td { (values(&param.described()["schema"])) } td lang="en" { (param.about) } }
                        } }
                    }
                }
            }
        }
    }
}

/// What a parameter may say, in short.
fn values(schema: &Value) -> String {
    let many = schema["type"] == "array";
    let of = if many { &schema["items"] } else { schema };
    let one = match (&of["enum"], of["minimum"].as_u64(), of["maxLength"].as_u64(), of["pattern"].as_str()) {
        (Value::Array(words), ..) => words.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" "),
        (_, Some(from), ..) => format!("{from}–{}", of["maximum"]),
        (.., Some(most), _) => format!("≤ {most}"),
        (.., Some(pattern)) => pattern.to_owned(),
        _ => of["type"].as_str().unwrap_or("").to_owned(),
    };
    if many { format!("{one} (×n)") } else { one }
}

fn example(path: &str) -> Option<(String, String)> {
    let query = match path {
        "/api/search" => "q=产业园区&type=park&limit=5",
        "/api/who" => "unit=省发改委",
        "/api/compare" => "indicator=主营业务收入",
        "/api/schema" => "type=target",
        "/api/findings" => "severity=error",
        "/api/stats" => return Some((path.to_owned(), path.to_owned())),
        _ => return None,
    };
    let parts = query.split('&').filter_map(|part| part.split_once('=')).map(|(name, value)| format!("{name}={}", encoded(value)));
    Some((format!("{path}?{query}"), format!("{path}?{}", parts.collect::<Vec<_>>().join("&"))))
}
