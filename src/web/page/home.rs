//! What is in the base? The first page: a search box, examples, figures, years, the latest documents.

use maud::{Markup, html};
use serde_json::Value;

use super::{Sheet, chip, grouped, kind_name, search_box};
use crate::query::{Expr, Options};
use crate::web::chart;
use crate::web::generation::{Desk, Reply};
use crate::web::params::{Asked, Lang, encoded};
use crate::web::problem::Problem;

/// How many documents are listed.
const LATEST: usize = 30;

/// In which order the figures stand: what a reader comes for first.
const ORDER: [&str; 11] =
    ["target", "statistic", "responsibility", "project", "park", "focus", "measure", "citation", "finding", "section", "passage"];

/// Queries that show what can be asked.
const EXAMPLES: [&str; 6] = ["产业园区", "谁负责招商引资", "类型:目标 年份:2013 生物", "数值:>=3000亿元", "牵头:省财政厅", "\"产业集群\""];

/// The page.
pub fn page(desk: &Desk<'_>, asked: &Asked) -> Result<Reply, Problem> {
    let l = asked.lang;
    let documents = desk.documents()?;
    let options = Options { limit: 0, facets: vec!["year".to_owned(), "type".to_owned()], ..Options::default() };
    let facets = desk.find(&Expr::All(Vec::new()), &options)?.facets;
    let counted = facets.get("year").into_iter().flatten();
    let mut years: Vec<(u16, usize)> = counted.filter_map(|(year, count)| Some((year.parse().ok()?, *count))).collect();
    years.retain(|(year, _)| (1900..2100).contains(year));
    years.sort_unstable();
    let rank = |kind: &str| ORDER.iter().position(|one| *one == kind).unwrap_or(ORDER.len());
    let mut kinds: Vec<(&str, usize)> = facets
        .get("type")
        .into_iter()
        .flatten()
        .map(|(kind, count)| (kind.as_str(), *count))
        .filter(|(kind, _)| *kind != "document")
        .collect();
    kinds.sort_by_key(|(kind, _)| rank(kind));
    let main = html! {
        div.home {
        section.hero {
            h1 { (l.t("政策文件，查得到，找得准", "Government policy, read to the character")) }
            (search_box(l, "", true))
            p.examples {
                (l.t("例如：", "Such as: "))
                @for example in EXAMPLES { a href=(format!("/?q={}", encoded(example))) { (example) } " " }
            }
        }
        section {
            h2 { (l.t("库中内容", "What is in the base")) }
            dl.figures {
                div { dt { (l.t("文件", "Documents")) } dd { (grouped(documents.list.len())) } }
                @for (kind, count) in &kinds {
                    div { dt { (kind_name(l, kind)) } dd { a href=(of_kind(kind)) { (grouped(*count)) } } }
                }
            }
        }
        @if years.len() > 1 {
            section {
                h2 { (l.t("按所涉年份", "By the years that records speak of")) }
                (chart::years(l, &years))
            }
        }
        section {
            h2 { (l.t("文件", "Documents")) @if documents.list.len() > LATEST { small { (l.t("最近的", "the latest ")) (LATEST) } } }
            ul.documents { @for document in documents.list.iter().take(LATEST) { (line(l, document)) } }
            @if documents.list.is_empty() {
                p { (l.t("库中还没有文件：运行 ", "There are no documents yet: run ")) code { "zhengce index" } }
            }
        }
        }
    };
    Ok(Sheet { title: l.t("首页", "Home"), lang: l, here: "/", address: "/".to_owned(), query: None, main }.reply())
}

/// Where the records of a type are looked at best.
fn of_kind(kind: &str) -> String {
    match kind {
        "finding" => "/findings".to_owned(),
        "target" | "statistic" => format!("/targets?type={kind}"),
        "responsibility" => "/who".to_owned(),
        _ => format!("/?q={}", encoded(&format!("type:{kind}"))),
    }
}

fn line(l: Lang, document: &Value) -> Markup {
    let said = |key: &str| document[key].as_str().unwrap_or("");
    html! {
        li {
            a href=(format!("/doc/{}", encoded(said("doc")))) { (if said("title").is_empty() { said("doc") } else { said("title") }) }
            span.meta {
                @for key in ["number", "issuer", "issued", "genre"] { @if !said(key).is_empty() { span { (said(key)) } } }
                @if said("number").is_empty() && said("issued").is_empty() { (chip(l, "document")) }
            }
        }
    }
}
