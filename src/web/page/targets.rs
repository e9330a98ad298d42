//! What is planned, and what was reached? A table of targets and statistics; for one indicator also its path over the years, and the
//! subjects side by side.

use maud::{Markup, html};
use serde_json::Value;

use super::{Sheet, chip, grouped, nothing, pager, place_of};
use crate::export::Table;
use crate::export::compare::{Cell, Relation, bounded};
use crate::query::view::{amount, when};
use crate::query::{Expr, Options, Range, Sort};
use crate::web::generation::{Desk, Reply};
use crate::web::params::{Asked, Lang, encoded};
use crate::web::problem::Problem;
use crate::web::{api, ask, chart};

/// How many rows a page has.
const SIZE: usize = 50;
/// How many indicators are offered.
const INDICATORS: usize = 24;

/// The page.
pub fn page(desk: &Desk<'_>, asked: &Asked) -> Result<Reply, Problem> {
    let l = asked.lang;
    let kinds: &[&str] = match asked.get("type") {
        Some("target") => &["target"],
        Some("statistic") => &["statistic"],
        _ => &["target", "statistic"],
    };
    let mut parts = vec![api::of_types(kinds)];
    parts.extend(ask::filters(&Asked {
        values: asked.values.iter().filter(|(name, _)| name != "type").cloned().collect(),
        ..asked.clone()
    }));
    let year = |name: &str| asked.get(name).and_then(|year| year.parse().ok()).map(|year: i64| (year, true));
    if asked.get("from").is_some() || asked.get("to").is_some() {
        parts.push(Expr::Year(Range { low: year("from"), high: year("to") }));
    }
    let sort = match asked.text("sort") {
        "value" => Sort::Value,
        "date" => Sort::Date,
        _ => Sort::Relevance,
    };
    let options = Options { limit: SIZE, offset: (asked.number("page", 1) - 1) * SIZE, sort, ..Options::default() };
    let found = desk.find(&Expr::All(parts), &options)?;
    let compared = match asked.get("indicator") {
        Some(indicator) => Some(api::compared(desk, indicator, asked.get("subject"))?).filter(|table| !table.groups.is_empty()),
        None => None,
    };
    let main = html! {
        h1 { (l.t("目标与统计", "Targets and statistics")) }
        (form(asked))
        @if let Some(table) = &compared { (comparison(l, table, asked)) }
        @else { (indicators(desk, l)?) }
        section {
            h2 { (l.t("逐条", "One by one")) small { (grouped(found.total)) " " (l.t("条", "found")) } }
            @if found.hits.is_empty() { (nothing(l.t("没有符合条件的数据。", "Nothing was found."), &html! { p { a href="/targets" { (l.t("清除条件", "Clear all")) } } })) }
            @else { (rows(asked, &found.hits.iter().map(|hit| &hit.record).collect::<Vec<_>>())) }
            (pager(asked, l, found.total, SIZE))
        }
    };
    Ok(Sheet { title: l.t("目标", "Targets"), lang: l, here: "/targets", address: asked.at("/targets", &[]), query: Some(""), main }
        .reply())
}

fn form(asked: &Asked) -> Markup {
    let l = asked.lang;
    let text = |name: &'static str, label: &str, hint: &str| {
        html! {
            label { span { (label) } input name=(name) value=(asked.text(name)) maxlength="60" placeholder=(hint); }
        }
    };
    let year = |name: &'static str, label: &str| {
        html! {
            label.short { span { (label) } input name=(name) value=(asked.text(name)) inputmode="numeric" pattern="[0-9]{4}" maxlength="4" placeholder="2015"; }
        }
    };
    html! {
        form.filters action="/targets" {
            (text("indicator", l.t("指标", "Indicator"), "主营业务收入"))
            (text("subject", l.t("主体", "Subject"), l.t("生物产业", "生物产业")))
            (text("region", l.t("地区", "Region"), l.t("黑龙江省", "黑龙江省")))
            (year("from", l.t("年份自", "Years from"))) (year("to", l.t("至", "to")))
            label { span { (l.t("类型", "Type")) }
                select name="type" {
                    option value="" { (l.t("目标与统计", "both")) }
                    option value="target" selected[asked.has("type", "target")] { (l.t("目标", "targets")) }
                    option value="statistic" selected[asked.has("type", "statistic")] { (l.t("统计", "statistics")) }
                }
            }
            button { (l.t("查看", "Show")) }
        }
    }
}

/// The indicators that most records are of.
fn indicators(desk: &Desk<'_>, l: Lang) -> Result<Markup, Problem> {
    let mut known: Vec<(String, usize)> = desk.indicators()?;
    known.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    known.truncate(INDICATORS);
    Ok(html! {
        @if !known.is_empty() {
            section {
                h2 { (l.t("常见指标", "Frequent indicators")) }
                p.cloud { @for (name, count) in &known { a href=(format!("/targets?indicator={}", encoded(name))) { (name) " " small { (count) } } " " } }
            }
        }
    })
}

/// The path over the years, the subjects side by side, and the table that both are drawn from.
fn comparison(l: Lang, table: &Table, asked: &Asked) -> Markup {
    let (unit, several) = (table.unit.as_deref().unwrap_or(""), table.has_several_regions());
    html! {
        section {
            h2 { (table.indicator) @if !unit.is_empty() { small { (l.t("单位：", "in ")) (unit) } } }
            div.charts { (chart::path(l, table)) (chart::beside(l, table)) }
            p.meta { (l.t("✓ 已实现；≈ 与上一行相近而不相同；括号内为推算的年均增速", "✓ reached; ≈ close to the row above, not the same; in brackets the yearly growth, reckoned")) }
            div.wide tabindex="0" role="region" aria-label=(l.t("数据表", "The numbers")) {
                table.compare {
                    thead { tr { th scope="col" { (l.t("主体", "Subject")) } @for time in &table.times { th.number scope="col" { (if time.is_empty() { l.t("未写明", "not said") } else { time }) } } th scope="col" { (l.t("文中增速", "Stated growth")) } } }
                    tbody {
                        @for line in table.lines() {
                            tr {
                                th scope="row" {
                                    @if line.relation == Relation::Close { "≈ " }
                                    (line.label(several))
                                    @if line.indicator_relation == Relation::Close { small { (line.indicator) } }
                                }
                                @for time in &table.times {
                                    td.number { (numbers(l, line.cells.iter().filter(|cell| cell.time == *time))) }
                                }
                                td { @for rate in &line.rates { span.rate { (rate.time) " " a href=(by_id(&rate.doc, &rate.id)) title=(rate.quote) { (rate.said()) } @if rate.reached { " ✓" } } " " } }
                            }
                        }
                    }
                }
            }
            p.meta {
                @if table.left_out > 0 { (l.t("另有计量单位不同、未列入的：", "left out, in other units: ")) (table.left_out) " · " }
                a href=(format!("/api/compare?indicator={}", encoded(asked.text("indicator")))) { "JSON" }
            }
        }
    }
}

/// The numbers of one time; one that is said again is a small link beside the first.
fn numbers<'t>(l: Lang, cells: impl Iterator<Item = &'t Cell>) -> Markup {
    let mut groups: Vec<Vec<&Cell>> = Vec::new();
    for cell in cells {
        let same = |group: &&mut Vec<&Cell>| {
            let first = group[0];
            let said = |cell: &Cell| (bounded(cell.value, cell.value_max, &cell.bound), cell.reached, cell.growth);
            said(first) == said(cell)
        };
        match groups.iter_mut().find(same) {
            Some(group) => group.push(cell),
            None => groups.push(vec![cell]),
        }
    }
    html! {
        @for group in &groups {
            @let first = group[0];
            span.said-so {
                a href=(by_id(&first.doc, &first.id)) title=(first.quote) { (bounded(first.value, first.value_max, &first.bound)) }
                @for (at, cell) in group.iter().enumerate().skip(1) { " " a.small href=(by_id(&cell.doc, &cell.id)) title=(cell.quote) { (l.t("又见", "again ")) @if group.len() > 2 { (at) } } }
                @if first.reached { " ✓" }
                @if let Some(growth) = first.growth { small { "(" (growth.0.to_string()) "%)" } }
            } " "
        }
    }
}

/// The address of a record in the reader by its id.
pub fn by_id(doc: &str, id: &str) -> String {
    let at = id.strip_prefix(doc).and_then(|rest| rest.strip_prefix(':')).unwrap_or(id);
    format!("/doc/{}?at={}#at", encoded(doc), encoded(at))
}

fn rows(asked: &Asked, records: &[&Value]) -> Markup {
    let l = asked.lang;
    let sort = |name: &str, order: Option<&str>| {
        html! {
            a href=(asked.with("sort", order)) aria-current=[(asked.get("sort") == order).then_some("true")] { (name) }
        }
    };
    html! {
        p.order { (l.t("排序 ", "Order ")) (sort(l.t("原文次序", "as in the texts"), None)) " " (sort(l.t("数值", "largest"), Some("value"))) " " (sort(l.t("日期", "latest"), Some("date"))) }
        div.wide tabindex="0" role="region" aria-label=(l.t("目标与统计", "Targets and statistics")) {
            table.rows {
                thead { tr { th scope="col" { (l.t("类型", "Type")) } th scope="col" { (l.t("主体", "Subject")) } th scope="col" { (l.t("指标", "Indicator")) } th.number scope="col" { (l.t("数值", "Value")) } th scope="col" { (l.t("时间", "When")) } th scope="col" { (l.t("原文", "Quote")) } th scope="col" { (l.t("文件", "Document")) } } }
                tbody { @for record in records {
                    tr.hit {
                        td { (chip(l, record["type"].as_str().unwrap_or(""))) }
                        td { (record["subject"].as_str().unwrap_or("")) }
                        td { @if let Some(indicator) = record["indicator"].as_str() { a href=(format!("/targets?indicator={}", encoded(indicator))) { (indicator) } } }
                        td.number { (amount(record)) @if record["measure"] == "growth" { small { (l.t("增速", "growth")) } } }
                        td.when { (when(record)) }
                        td { a.open href=(place_of(record)) { (record["quote"].as_str().unwrap_or("")) } }
                        td.source { (record["title"].as_str().unwrap_or("")) }
                    }
                } }
            }
        }
    }
}
