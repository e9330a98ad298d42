//! How does the document read? Its text as printed beside its outline, tables as tables, every record marked where it was read; the record
//! that was asked for is in view, with its fields beside it.

use std::collections::BTreeMap;

use maud::{Markup, html};
use serde_json::Value;

use super::record::{citations, details};
use super::{Sheet, chip, kind_name, none};
use crate::query::links;
use crate::text::Reading;
use crate::web::generation::{Desk, Reply};
use crate::web::params::{Asked, Lang, encoded};
use crate::web::problem::Problem;

/// The types that are marked in the text; what lies beside others wins by this order.
const MARKED: [&str; 9] = ["target", "statistic", "project", "park", "focus", "responsibility", "measure", "citation", "finding"];
/// How many documents that cite this one are listed.
const CITING: usize = 50;

/// A record's place in the text.
struct Mark<'r> {
    start: usize,
    end: usize,
    kind: &'r str,
    record: &'r Value,
}

/// The page.
pub fn page(desk: &Desk<'_>, asked: &Asked) -> Result<Reply, Problem> {
    let l = asked.lang;
    let doc = asked.tail.as_str();
    let records = desk.records_of(doc)?;
    let Some(document) = records.iter().find(|record| record["type"] == "document") else {
        return Err(Problem::not_found("库中没有这份文件", "there is no document of this name in the index"));
    };
    let title = document["title"].as_str().unwrap_or(doc);
    let is_at = |record: &&Value| record["id"].as_str().and_then(|id| id.strip_prefix(doc)?.strip_prefix(':')) == asked.get("at");
    let shown = asked.get("at").and_then(|_| records.iter().find(is_at));
    let span = shown.map(place).or_else(|| span_of(asked.get("at")?));
    if asked.get("at").is_some() && span.is_none() {
        return Err(Problem::not_found(
            "文件中没有这条记录，文件可能已更新",
            "the document holds no such record; it may have changed since",
        ));
    }
    let text = Text::of(doc, &records, span, asked.text("q"));
    let sections: Vec<&Value> = records.iter().filter(|record| record["type"] == "section").collect();
    let main = html! {
        div.reader {
            nav.outline aria-label=(l.t("目录", "Outline")) {
                details open {
                    summary { (l.t("目录", "Outline")) }
                    ol {
                        @for section in &sections {
                            li class=(format!("l{}", section["level"].as_u64().unwrap_or(1).min(5))) {
                                a href=(format!("#c{}", section["start"])) { (section["marker"].as_str().unwrap_or("")) (section["heading"].as_str().unwrap_or("")) }
                            }
                        }
                    }
                }
            }
            article.text lang="zh-CN" {
                header {
                    h1 { (title) }
                    dl.facts {
                        @for (key, name) in [("issuer", l.t("发文机关", "Issuer")), ("number", l.t("文号", "Number")), ("issued", l.t("成文日期", "Issued")), ("region", l.t("地区", "Region")), ("source", l.t("来源", "Source"))] {
                            @if let Some(said) = document[key].as_str() { div { dt { (name) } dd { (said) } } }
                        }
                    }
                }
                (toggles(l, &records))
                (text.markup(l))
                @if records.iter().all(|record| record["type"] != "passage") { p.notice { (l.t("这份文件没有可读的正文。", "This document has no text to read.")) } }
            }
            aside.side #side aria-live="polite" {
                @if let Some(record) = shown { (details(l, record, document)) }
                @else {
                    div.card {
                        p { (l.t("点按文中有底色的文字，可以看到从中读出的要素、所用规则和引用格式。", "Click a mark in the text to see what was read from it, by which rule, and how to cite it.")) }
                        (citations(l, document, None))
                    }
                }
                (cited(desk, l, document)?)
            }
        }
    };
    let address = asked.at(&format!("/doc/{}", encoded(doc)), &[]);
    Ok(Sheet { title, lang: l, here: "", address, query: Some(asked.text("q")), main }.reply())
}

/// A box for each type of record that the text holds: unticked, its marks are not shown.
fn toggles(l: Lang, records: &[Value]) -> Markup {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for record in records {
        *counts.entry(record["type"].as_str().unwrap_or("")).or_default() += 1;
    }
    html! {
        fieldset.toggles {
            legend { (l.t("标出", "Mark")) }
            @for kind in MARKED { @if let Some(count) = counts.get(kind) {
                label class=(format!("t-{kind}")) { input type="checkbox" checked data-kind=(kind); (kind_name(l, kind)) " " small { (count) } }
            } }
        }
    }
}

/// What the document cites and what cites it.
fn cited(desk: &Desk<'_>, l: Lang, document: &Value) -> Result<Markup, Problem> {
    let links = links(document, |expr, options| desk.find(expr, options))?;
    if links.cites.is_empty() && links.cited_by.is_empty() {
        return Ok(none());
    }
    Ok(html! {
        div.card.cited {
            @if !links.cites.is_empty() {
                h2 { (l.t("引用的文件", "It cites")) }
                ul { @for cited in &links.cites {
                    li {
                        @if let Some(doc) = &cited.doc { a href=(format!("/doc/{}", encoded(doc))) { (cited.name) } } @else { (cited.name) }
                        " " a.small href=(format!("?at=citation:{}-{}#at", cited.record["start"], cited.record["end"])) { (l.t("见文中", "in the text")) }
                    }
                } }
            }
            @if !links.cited_by.is_empty() {
                h2 { (l.t("引用本文件的文件", "It is cited by")) }
                ul { @for record in links.cited_by.iter().take(CITING) { li { a href=(super::place_of(record)) { (record["title"].as_str().or(record["doc"].as_str()).unwrap_or("")) } } } }
            }
        }
    })
}

/// The text of a document as its passages print it.
struct Text<'r> {
    doc: &'r str,
    passages: Vec<&'r Value>,
    /// What is marked, by its place.
    marks: Vec<Mark<'r>>,
    /// Where headings begin: their level, and where they end.
    headings: BTreeMap<usize, (usize, usize)>,
    /// The ranks of the headings that stand alone on their lines, below the title's 1.
    ranks: BTreeMap<usize, usize>,
    shown: Option<(usize, usize)>,
    query: &'r str,
    /// The units of the figures that cells state, by their place: what stands above a table as `单位：亿元`.
    units: Vec<(usize, &'r str)>,
}

impl<'r> Text<'r> {
    fn of(doc: &'r str, records: &'r [Value], shown: Option<(usize, usize)>, query: &'r str) -> Self {
        let marks = records.iter().filter_map(|record| {
            let kind = record["type"].as_str().filter(|kind| MARKED.contains(kind))?;
            let (start, end) = place(record);
            Some(Mark { start, end, kind, record })
        });
        let sections = records.iter().filter(|record| record["type"] == "section");
        let cells = records.iter().filter(|record| record["rule"] == "quantity-cell");
        let passages: Vec<&Value> = records.iter().filter(|record| record["type"] == "passage").collect();
        let headings: BTreeMap<usize, (usize, usize)> =
            sections.map(|section| (place(section).0, (section["level"].as_u64().unwrap_or(1) as usize, place(section).1))).collect();
        let ranks = ranks(passages.iter().filter_map(|passage| {
            let (start, end) = place(passage);
            headings.get(&start).filter(|(_, to)| to + 1 >= end).map(|(level, _)| (start, *level))
        }));
        Text {
            doc,
            passages,
            marks: marks.collect(),
            headings,
            ranks,
            shown,
            query,
            units: cells.filter_map(|cell| Some((place(cell).0, cell["unit"].as_str()?))).collect(),
        }
    }

    fn markup(&self, l: Lang) -> Markup {
        let is_row = |passage: &Value| passage["rule"] == "passage-row";
        html! {
            @let runs = self.passages.chunk_by(|one, next| is_row(one) && is_row(next));
            @for (at, run) in runs.enumerate() {
                @if is_row(run[0]) { (self.table(l, run, at)) } @else { @for passage in run { (self.paragraph(l, passage)) } }
            }
        }
    }

    fn paragraph(&self, l: Lang, passage: &Value) -> Markup {
        let (start, end) = place(passage);
        // A heading alone on its line is large, its full stop left aside; one that runs into its paragraph is bold as far as it goes.
        let heading = self.headings.get(&start).copied();
        let alone = heading.filter(|(_, to)| to + 1 >= end);
        let runs_in = heading.filter(|_| alone.is_none()).map_or(start, |(_, to)| to);
        let matter = html! {
            (self.inline(start, passage["quote"].as_str().unwrap_or(""), runs_in))
            (self.badges(l, start, end))
            (self.permalink(l, start, end))
        };
        let id = format!("c{start}");
        let Some((level, _)) = alone else { return html! { p id=(id) { (matter) } } };
        let class = format!("h{}", level.min(5));
        // A heading's rank is how many stand above it: what reads the page aloud knows no gaps between ranks.
        match self.ranks.get(&start) {
            Some(2) => html! { h2 id=(id) class=(class) { (matter) } },
            Some(3) => html! { h3 id=(id) class=(class) { (matter) } },
            Some(4) => html! { h4 id=(id) class=(class) { (matter) } },
            Some(5) => html! { h5 id=(id) class=(class) { (matter) } },
            _ => html! { h6 id=(id) class=(class) { (matter) } },
        }
    }

    /// Rows in which every line has the cells of its columns; the head is what the rows' texts name their cells by.
    fn table(&self, l: Lang, rows: &[&Value], at: usize) -> Markup {
        let split: Vec<Vec<(usize, String)>> = rows.iter().map(|row| cells(row)).collect();
        let columns = split.iter().map(Vec::len).max().unwrap_or(1);
        let mut head = vec![String::new(); columns];
        for (row, cells) in rows.iter().zip(&split) {
            for (name, label) in head.iter_mut().zip(labels(row["text"].as_str().unwrap_or(""), cells)) {
                if name.is_empty() {
                    *name = label;
                }
            }
        }
        let (from, to) = (place(rows[0]).0, rows.last().map_or(0, |row| place(row).1));
        let mut units: Vec<&str> = self.units.iter().filter(|(at, _)| (from..to).contains(at)).map(|(_, unit)| *unit).collect();
        units.sort_unstable();
        units.dedup();
        let name = head.iter().filter(|name| !name.is_empty()).take(3).cloned().collect::<Vec<_>>().join("、");
        html! {
            div.wide tabindex="0" role="region" aria-label=(format!("{} {at} {name}", l.t("表格", "Table"))) {
                table {
                    @if !units.is_empty() { caption { (l.t("单位：", "Units: ")) (units.join("、")) } }
                    @if head.iter().any(|name| !name.is_empty()) { thead { tr { @for name in &head { th scope="col" { (name) } } th { span.hidden { (l.t("要素", "Records")) } } } } }
                    tbody {
                        @for (row, cells) in rows.iter().zip(&split) {
                            @let (start, end) = place(row);
                            tr id=(format!("c{start}")) {
                                @if cells.len() == 1 { td colspan=(columns) { strong { (self.inline(cells[0].0, &cells[0].1, 0)) } } }
                                @else {
                                    @for (at, cell) in cells { td { (self.inline(*at, cell, 0)) } }
                                    @for _ in cells.len()..columns { td {} }
                                }
                                td.tags { (self.badges(l, start, end)) (self.permalink(l, start, end)) }
                            }
                        }
                    }
                }
            }
        }
    }

    /// Marks that hold the whole of a passage, as labels at its end: the passage itself stays readable.
    fn badges(&self, l: Lang, start: usize, end: usize) -> Markup {
        html! {
            @for mark in self.marks.iter().filter(|mark| mark.start >= start && mark.start < end && is_whole(mark, start, end)) {
                " " a.badge href=(self.address(mark)) data-record=(mark.record["id"].as_str().unwrap_or("")) { (chip(l, mark.kind)) }
            }
        }
    }

    fn permalink(&self, l: Lang, start: usize, end: usize) -> Markup {
        html! {
            a.here href=(format!("?at=passage:{start}-{end}#at")) data-record=(format!("{}:passage:{start}-{end}", self.doc)) title=(l.t("此段的固定链接与引用", "Link to this passage, and how to cite it")) { "¶" span.hidden { (l.t("固定链接", "Permalink")) } }
        }
    }

    fn address(&self, mark: &Mark<'_>) -> String {
        let query = if self.query.is_empty() { String::new() } else { format!("q={}&", encoded(self.query)) };
        format!("?{query}at={}:{}-{}#at", mark.kind, mark.start, mark.end)
    }

    /// A stretch of text that begins at the offset `base`, cut wherever a mark begins or ends; each piece is a link to the innermost of the
    /// records that hold it. What stands before `bold` is a heading.
    fn inline(&self, base: usize, text: &str, bold: usize) -> Markup {
        let chars: Vec<char> = text.chars().collect();
        let end = base + chars.len();
        let inside: Vec<&Mark<'_>> =
            self.marks.iter().filter(|mark| mark.start < end && mark.end > base && !is_whole(mark, base, end)).collect();
        let mut cuts: Vec<usize> = inside
            .iter()
            .flat_map(|mark| [mark.start, mark.end])
            .chain(self.shown.into_iter().flat_map(|(from, to)| [from, to]))
            .chain([bold])
            .collect();
        cuts.retain(|cut| *cut > base && *cut < end);
        cuts.extend([base, end]);
        cuts.sort_unstable();
        cuts.dedup();
        let pieces: Vec<Markup> = cuts
            .windows(2)
            .map(|cut| {
                let piece: String = chars[cut[0] - base..cut[1] - base].iter().collect();
                let innermost = inside.iter().filter(|mark| mark.start <= cut[0] && mark.end >= cut[1]).min_by_key(|mark| mark.end - mark.start);
                let shown = self.shown.is_some_and(|(from, to)| from <= cut[0] && cut[1] <= to);
                let id = self.shown.is_some_and(|(from, _)| cut[0] == from).then_some("at");
                let piece = if cut[1] <= bold { html! { b { (piece) } } } else { html! { (piece) } };
                match innermost {
                    Some(mark) => html! {
                        a id=[id] class=(format!("m t-{}{}", mark.kind, if shown { " shown" } else { "" })) href=(self.address(mark)) data-record=(mark.record["id"].as_str().unwrap_or("")) { (piece) }
                    },
                    None if shown => html! { mark.shown id=[id] { (piece) } },
                    None => piece,
                }
            })
            .collect();
        html! { @for piece in pieces { (piece) } }
    }
}

/// How deep each heading stands, given its level: levels that the document passes over count for nothing.
fn ranks(levels: impl Iterator<Item = (usize, usize)>) -> BTreeMap<usize, usize> {
    let mut above: Vec<usize> = Vec::new();
    levels
        .map(|(start, level)| {
            above.retain(|one| *one < level);
            above.push(level);
            (start, above.len() + 1)
        })
        .collect()
}

/// Whether a mark holds a passage from its first character to its last, or reaches beyond it.
fn is_whole(mark: &Mark<'_>, start: usize, end: usize) -> bool {
    mark.start <= start && mark.end >= end && matches!(mark.kind, "responsibility" | "measure" | "project" | "finding")
}

/// Where a record stands.
fn place(record: &Value) -> (usize, usize) {
    let at = |key: &str| record[key].as_u64().unwrap_or(0) as usize;
    (at("start"), at("end"))
}

/// A place that is said by its offsets alone: `120-141`.
fn span_of(at: &str) -> Option<(usize, usize)> {
    let (start, end) = at.split_once('-')?;
    let (start, end) = (start.parse().ok()?, end.parse().ok()?);
    (start < end).then_some((start, end))
}

/// The cells of a row with their offsets: what tabs or Markdown's bars part.
fn cells(row: &Value) -> Vec<(usize, String)> {
    let quote = row["quote"].as_str().unwrap_or("");
    let bar = if quote.contains('\t') { '\t' } else { '|' };
    let mut at = place(row).0;
    let mut cells = Vec::new();
    for part in quote.split(bar) {
        let blank = part.chars().take_while(|c| c.is_whitespace()).count();
        cells.push((at + blank, part.trim().to_owned()));
        at += part.chars().count() + 1;
    }
    if bar == '|' && cells.len() > 1 {
        // `| a | b |` begins and ends with a bar.
        cells.retain(|(_, text)| !text.is_empty());
    }
    cells
}

/// The names that a row's text gives its cells: `工作任务：…；牵头单位：…`; empty where it gives none.
fn labels(text: &str, cells: &[(usize, String)]) -> Vec<String> {
    let mut rest = text;
    let mut labels = Vec::with_capacity(cells.len());
    for (_, cell) in cells {
        let cell = Reading::new(cell, 0).text().trim().to_owned();
        let named = rest.find(&format!("：{cell}")).filter(|at| !cell.is_empty() && !rest[..*at].contains('；'));
        let after = named.map_or_else(|| rest.strip_prefix(cell.as_str()).unwrap_or(rest), |at| &rest[at + '：'.len_utf8() + cell.len()..]);
        labels.push(named.map_or(String::new(), |at| rest[..at].to_owned()));
        rest = after.strip_prefix('；').unwrap_or(after);
    }
    labels
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn cells_stand_where_the_source_has_them() {
        let row =
            json!({"quote": "1\t制定方案 \t省发改委", "start": 100, "end": 112, "text": "序号：1；工作任务：制定方案；牵头单位：省发改委"});
        let cells = cells(&row);
        assert_eq!(cells, [(100, "1".to_owned()), (102, "制定方案".to_owned()), (108, "省发改委".to_owned())]);
        assert_eq!(labels(row["text"].as_str().unwrap(), &cells), ["序号", "工作任务", "牵头单位"]);
    }

    #[test]
    fn headings_have_ranks_without_gaps() {
        let ranks = ranks([(0, 1), (10, 3), (20, 5), (30, 3), (40, 1), (50, 4)].into_iter());
        assert_eq!(ranks.into_values().collect::<Vec<_>>(), [2, 3, 4, 3, 2, 3]);
    }

    #[test]
    fn a_text_is_cut_where_records_begin_and_end_and_never_becomes_markup() {
        let records = [
            json!({"type": "passage", "start": 0, "end": 12, "quote": "<b>产值达到30亿元"}),
            json!({"type": "target", "start": 3, "end": 12, "id": "d:target:3-12"}),
            json!({"type": "park", "start": 5, "end": 7, "id": "d:park:5-7"}),
        ];
        let text = Text::of("d", &records, Some((5, 7)), "");
        let shown = text.inline(0, "<b>产值达到30亿元", 0).into_string();
        assert!(shown.starts_with("&lt;b&gt;<a class=\"m t-target\""), "{shown}");
        assert!(
            shown.contains("<a id=\"at\" class=\"m t-park shown\" href=\"?at=park:5-7#at\" data-record=\"d:park:5-7\">达到</a>"),
            "{shown}"
        );
        assert_eq!(shown.matches("id=\"at\"").count(), 1);
    }
}
