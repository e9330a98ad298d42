//! What is searched for? The parameters of a search, for the page, the API and the downloads alike: `?q=生物&type=target&year=2013`.

use super::generation::Desk;
use super::params::{Asked, Kind, LONGEST, Param, may, must};
use super::problem::Problem;
use crate::query::{Answer, Expr, Field, Options, Range, Sort};
use crate::record::schema::TYPES;

/// The query.
pub const QUERY: Param =
    must("q", Kind::Text(LONGEST), "The query: words, fields (`类型:目标 年份:2013 生物`), or a question in plain Chinese");
/// Only records of these types.
const TYPE: Param = may("type", Kind::Any(TYPES), "Only records of these types");
/// Only records of these documents.
pub const DOC: Param = may("doc", Kind::Texts(300), "Only records of these documents, by id");
/// Only of these years.
const YEAR: Param = may("year", Kind::Year, "Only records that speak of this year");
/// Only of this industry.
const INDUSTRY: Param = may("industry", Kind::Text(60), "Only records of this industry");
/// Only of this region.
pub const REGION: Param = may("region", Kind::Text(60), "Only records of documents of this region");
/// Only led by this unit.
const LEAD: Param = may("lead", Kind::Text(60), "Only tasks that this unit leads, by any of its names");
/// The order.
const SORT: Param = may("sort", Kind::One(&["relevance", "value", "date", "due"]), "In which order");
/// One hit a document.
const GROUP: Param = may("group", Kind::One(&["document"]), "One hit a document, with its best passage");

/// What narrows a search down and orders it.
pub const NARROW: &[Param] = &[TYPE, DOC, YEAR, INDUSTRY, REGION, LEAD, SORT, GROUP];

/// The facets that narrow a search down, with their Chinese and English names.
pub const FACETS: [(&str, &str, &str); 6] = [
    ("type", "类型", "Type"),
    ("year", "年份", "Year"),
    ("region", "地区", "Region"),
    ("industry", "产业", "Industry"),
    ("lead", "牵头单位", "Lead"),
    ("doc", "文件", "Document"),
];

/// Answers the search that a request asks for.
///
/// # Errors
/// 400 where the query can't be read.
pub fn search(desk: &Desk<'_>, asked: &Asked, offset: usize, limit: usize, facets: bool) -> Result<Answer, Problem> {
    let sort = match asked.text("sort") {
        "value" => Sort::Value,
        "date" => Sort::Date,
        "due" => Sort::Due,
        _ => Sort::Relevance,
    };
    let facets = if facets { FACETS.map(|facet| facet.0.to_owned()).to_vec() } else { Vec::new() };
    let explain = asked.flag("explain");
    let options = Options { explain, limit, offset, sort, group_by_document: asked.has("group", "document"), facets, ..Options::default() };
    desk.search(asked.text("q"), &filters(asked), &options)
}

/// What a request asks for besides its query.
pub fn filters(asked: &Asked) -> Vec<Expr> {
    let mut filters = Vec::new();
    for (name, field) in [
        ("type", Field::Type),
        ("doc", Field::Doc),
        ("region", Field::Region),
        ("industry", Field::Industry),
        ("lead", Field::Lead),
        ("subject", Field::Subject),
        ("indicator", Field::Indicator),
    ] {
        let mut any: Vec<Expr> = asked.all(name).map(|value| Expr::Field(field, value.to_owned())).collect();
        match any.len() {
            0 => {}
            1 => filters.append(&mut any),
            _ => filters.push(Expr::Any(any)),
        }
    }
    if let Some(year) = asked.get("year").and_then(|year| year.parse().ok()) {
        filters.push(Expr::Year(Range::closed(year, year)));
    }
    filters
}
