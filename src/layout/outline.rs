//! Below which heading does each line stand? The blocks of a document in their order, its headings, its tables.
//!
//! `（一）指导思想。以习近平新时代…` is one block: a heading of the second level that runs into its paragraph.

use super::flat;
use super::front::{self, Field};
use super::lines;
use super::marker::{Marker, MarkerKind, marker_at};
use super::table::{self, Cell, Table};
use crate::lexicon::naming::leading_verb_of_doing;
use crate::lexicon::{agency, unit};
use crate::text::fold::is_han;
use crate::text::{Folded, Offsets, Original, Reading, Span, closing_brackets, numeral, opening};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// A document's structure.
#[derive(Debug, Default)]
pub struct Outline {
    /// The lines (and parts of lines that open with a mark) in their order; they tile what is not white space.
    pub blocks: Vec<Block>,
    /// The headings in their order.
    pub sections: Vec<Section>,
    /// The tables in their order.
    pub tables: Vec<Table>,
    /// The blocks that print the document's titles, each a run of lines: the notice's and the carried document's.
    pub titles: Vec<Range<usize>>,
}

/// A line, or a part of one that opens with its own mark.
#[derive(Debug)]
pub struct Block {
    /// Where it stands, white space around it left out.
    pub span: Span<Original>,
    /// What it reads as.
    pub reading: Reading,
    /// What it is.
    pub kind: Kind,
    /// The innermost heading that it stands below (for a heading's block the heading itself).
    pub section: Option<usize>,
    /// Where its own text starts, after a heading that runs into it; byte of the reading.
    pub body: usize,
    /// Where what it says starts: at its own text, or at a heading's title that states a figure or who does it
    /// (`（一）新建高标准农田5万亩`, `（二）推进道路建设（责任单位：市住建局）`); byte of the reading.
    pub says: usize,
}

impl Block {
    /// The block's own text: all of it, or what follows its heading.
    pub fn body(&self) -> Span<Folded> {
        Span::new(self.body, self.reading.text().len())
    }
}

/// What a block is in its document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// Labelled fields of a web page's header.
    Fields(Vec<Field>),
    /// Navigation, buttons, page numbers.
    Furniture,
    /// A line of a title.
    Title,
    /// A 文号 on a line of its own.
    Number,
    /// The addressees.
    Salutation,
    /// The issuer's name above the date.
    Signature,
    /// A date on a line of its own.
    Date,
    /// A heading, its paragraph running on or not.
    Heading,
    /// A paragraph.
    Paragraph,
    /// The unit line above a table.
    UnitLine,
    /// A row of a table: its index, and the row's; None for a row of the head.
    Row(usize, Option<usize>),
}

/// A heading.
#[derive(Debug, Clone)]
pub struct Section {
    /// Its mark as printed, empty where it has none.
    pub marker: String,
    /// The mark's kind; None for a heading without a mark.
    pub kind: Option<MarkerKind>,
    /// The mark's number.
    pub number: Option<u64>,
    /// Its title, clean, without its full stop.
    pub heading: String,
    /// Mark and title as printed.
    pub printed: String,
    /// Where mark and title stand, the full stop left out.
    pub span: Span<Original>,
    /// How far in a heading of its kind stands: one opens below every open one of smaller rank.
    rank: u8,
    /// 1 for the outermost.
    pub level: usize,
    /// The heading above it.
    pub parent: Option<usize>,
}

impl Outline {
    /// The headings from the outermost to `section`.
    pub fn path(&self, section: Option<usize>) -> Vec<&Section> {
        let mut path = Vec::new();
        let mut at = section;
        while let Some(k) = at {
            path.push(&self.sections[k]);
            at = self.sections[k].parent;
        }
        path.reverse();
        path
    }

    /// The heading whose list a section is an item of: the box before a run of numbered items, else the heading above.
    pub fn list_above(&self, section: usize) -> Option<usize> {
        let own = &self.sections[section];
        let first = own.number.and_then(|number| (section + 1).checked_sub(usize::try_from(number).ok()?));
        let in_box = first.and_then(|first| {
            let before = first.checked_sub(1).filter(|before| self.sections[*before].kind == Some(MarkerKind::Box))?;
            (self.sections.get(first)?.kind == own.kind).then_some(before)
        });
        in_box.or(own.parent)
    }

    /// The clean text of a title that runs over the blocks of `range`.
    pub fn title_text(&self, range: &Range<usize>) -> String {
        self.blocks[range.clone()].iter().map(|b| title_of(b.reading.text())).collect()
    }
}

/// Titles that stand without a mark, and before a text glued to them: every plan has them.
const KNOWN_HEADINGS: &[&str] = &[
    "指导思想",
    "基本原则",
    "总体要求",
    "总体思路",
    "总体目标",
    "主要目标",
    "工作目标",
    "发展目标",
    "目标任务",
    "主要任务",
    "重点任务",
    "工作任务",
    "重点工作",
    "工作重点",
    "工作要求",
    "保障措施",
    "政策措施",
    "组织保障",
    "组织实施",
    "实施步骤",
    "进度安排",
    "时间安排",
    "工作步骤",
    "组织领导",
    "发展思路",
    "工作原则",
    "发展基础",
    "面临形势",
    "发展现状",
    "存在问题",
    "基本思路",
    "工作思路",
    "战略定位",
    "适用范围",
    "工作措施",
    "附则",
    "总则",
    "前言",
    "任务分工",
];

/// The longest heading that a sentence may be and still be one.
const LONGEST_HEADING: usize = 45;

struct Builder<'a> {
    offsets: &'a Offsets<'a>,
    outline: Outline,
    /// The open headings, outermost first.
    open: Vec<usize>,
    /// The rank of the numbered item that ended the section before it and is no heading: what is below it lies as deep as below that.
    item: Option<u8>,
    /// The heading whose title is still to come: `附件1` alone on its line.
    untitled: Option<usize>,
    /// Whether the articles have titles that run into their text: `第一条　降低用地成本。对…的，…`.
    titled_articles: bool,
}

/// Whether most articles open with a short sentence that reads as a title, as those of measures do and those of laws don't.
fn titles_articles(lines: &[(usize, &str)]) -> bool {
    let articles = lines.iter().filter(|(_, line)| line.trim_start().starts_with('第')).filter_map(|(_, line)| {
        let text = opening(line.trim(), LONGEST_MARKED);
        let marker = marker_at(text).filter(|marker| marker.kind == MarkerKind::Article)?;
        Some(title_of_article(&text[marker.len..]).is_some())
    });
    let (titled, all) = articles.fold((0, 0), |(titled, all), one| (titled + usize::from(one), all + 1));
    titled >= 2 && titled * 5 >= all * 4
}

/// Where the title ends that the text of an article opens with: a sentence of a few words, with no subject and no duty of a law in it.
fn title_of_article(text: &str) -> Option<usize> {
    const OF_LAWS: [&str; 14] =
        ["本法", "本办法", "本条例", "本规定", "国家", "任何", "应当", "不得", "禁止", "可以", "为了", "公民", "是指", "适用"];
    let stop = text.find('。')?;
    let title = text[..stop].trim();
    let named = (4..=24).contains(&title.chars().count())
        && !title.contains(['，', '；', '：', '、'])
        && text[stop + '。'.len_utf8()..].trim().len() > 20;
    (named && !OF_LAWS.iter().any(|word| title.contains(word))).then_some(stop)
}

fn read(offsets: &Offsets<'_>) -> Outline {
    let text = offsets.text();
    let mut builder =
        Builder { offsets, outline: Outline::default(), open: Vec::new(), item: None, untitled: None, titled_articles: false };
    let lines = lines::of(text);
    builder.titled_articles = titles_articles(&lines);
    let mut k = front::matter(&lines);
    lines[..k].iter().for_each(|(base, line)| builder.push_matter(*base, line));
    while k < lines.len() {
        let rows = Builder::table_at(&lines[k..]);
        if rows > 0 {
            builder.push_table(&lines[k..k + rows], &lines[..k]);
            k += rows;
        } else if let Some(flat) = flat::table_at(&lines[k..]) {
            builder.push_flat_table(&flat.rows, &lines[..k]);
            k += flat.lines;
        } else {
            builder.push_line(lines[k].0, lines[k].1, &lines[k + 1..]);
            k += 1;
        }
    }
    builder.find_front();
    builder.outline
}

/// Whether a line without cells may stand between a table's rows: the head of a group, a page's number.
fn spans_columns(line: &str) -> bool {
    let reading = Reading::new(line.trim(), 0);
    let text = reading.text();
    let group = || {
        marker_at(text).is_some_and(|m| matches!(m.kind, MarkerKind::Chinese | MarkerKind::ChineseInBrackets))
            && text.chars().count() <= 40
            && !text.contains(['。', '；'])
    };
    front::is_furniture(text) || group()
}

/// `附表2  重点产业链主要预期目标`: what follows is another table.
fn captions(line: &str) -> bool {
    let rest = ["附表", "附件", "表"].iter().find_map(|word| line.trim().strip_prefix(word));
    rest.is_some_and(|rest| rest.trim_start().starts_with(|c: char| c.is_ascii_digit() || numeral::is_numeral(c)))
}

/// Whether a line without cells is short and no sentence, as the name of a group of rows is.
pub(super) fn names_a_group(line: &str) -> bool {
    line.trim().chars().count() <= 30 && !line.contains(['。', '，', '；', '：', ':'])
}

/// Whether it is the name of a group within a group, which a stop may close (`实施“鱼钩协同”行动。`); a figure or a unit is what prose tells.
fn names_a_part(line: &str) -> bool {
    let bare = line.trim().trim_end_matches('。');
    names_a_group(bare) && !bare.contains(|c: char| c.is_ascii_digit()) && !["负责", "牵头", "单位"].iter().any(|word| bare.contains(word))
}

impl Outline {
    /// Reads the structure of a decoded text.
    pub fn read(text: &Offsets<'_>) -> Outline {
        read(text)
    }
}

impl Builder<'_> {
    /// How many of the lines make a table: two or more with cells, none of them fields of a page's header. A line over all
    /// columns (`一、加强制度建设`) and the page's number may stand between them.
    fn table_at(lines: &[(usize, &str)]) -> usize {
        let cells_of = |line: &str| {
            let cells = table::cells(line, 0).map_or(0, |cells| cells.len());
            if cells >= 2 && front::fields(Reading::new(line.trim(), 0).text()).is_empty() { cells } else { 0 }
        };
        let (mut rows, mut end, mut between, mut width) = (0, 0, 0, 0);
        for (k, (_, line)) in lines.iter().enumerate() {
            let cells = cells_of(line);
            // 推动渔具全链发展 / 实施“鱼钩协同”行动。: the names of a group and of one within it stand, without a mark, between rows of one width.
            let follows = |at: usize| lines.get(k + at).is_some_and(|(_, next)| cells_of(next) == width);
            let group = || names_a_group(line) && (follows(1) || follows(2) && names_a_part(lines[k + 1].1));
            let tasks = || lines.first().is_some_and(|(_, head)| head.contains("任务") || head.contains("事项"));
            let part = || (between == 1 || tasks()) && names_a_part(line) && follows(1);
            let parts = || width > 2 && (group() || part());
            if cells > 0 {
                (rows, end, between, width) = (rows + 1, k + 1, 0, cells);
            } else if rows > 0 && between < 3 && !captions(line) && (spans_columns(line) || parts()) {
                between += 1;
            } else {
                break;
            }
        }
        if rows >= 2 { end } else { 0 }
    }

    fn push_table(&mut self, lines: &[(usize, &str)], before: &[(usize, &str)]) {
        let rows = lines
            .iter()
            .filter(|(_, line)| !front::is_furniture(line.trim()) || line.contains(['\t', '|']))
            .map(|(base, line)| {
                let (text, span) = trimmed(line, *base);
                (span, table::cells(line, *base).unwrap_or_else(|| vec![Cell { span, reading: Reading::new(text, span.start) }]))
            })
            .collect();
        self.push_rows(rows, lines.iter().map(|(base, line)| trimmed(line, *base)), before);
    }

    /// A line of a page's front matter: its title is the document's, the rest tells nothing of it.
    fn push_matter(&mut self, base: usize, line: &str) {
        let value = line.trim_start().strip_prefix("title:").map(|value| value.trim_matches([' ', '"', '\'']));
        let title = value.filter(|value| value.contains(is_han));
        let (text, kind) = title.map_or((line.trim(), Kind::Furniture), |title| (title, Kind::Title));
        let start = base + line.find(text).map_or(0, |at| line[..at].chars().count());
        self.push(Reading::new(text, start), kind, 0);
    }

    /// A table that neither tabs nor bars part.
    fn push_flat_table(&mut self, rows: &[Vec<(usize, &str)>], before: &[(usize, &str)]) {
        let cell = |(base, line): &(usize, &str)| {
            let (text, span) = trimmed(line, *base);
            Cell { span, reading: Reading::new(text, span.start) }
        };
        let read: Vec<(Span<Original>, Vec<Cell>)> = rows
            .iter()
            .map(|row| row.iter().map(cell).collect::<Vec<Cell>>())
            .map(|cells| (cells[0].span.join(cells[cells.len() - 1].span), cells))
            .collect();
        let spans: Vec<Span<Original>> = read.iter().map(|(span, _)| *span).collect();
        let offsets = self.offsets;
        self.push_rows(read, spans.into_iter().map(|span| (offsets.slice(span), span)), before);
    }

    fn push_rows<'t>(
        &mut self,
        rows: Vec<(Span<Original>, Vec<Cell>)>,
        lines: impl Iterator<Item = (&'t str, Span<Original>)>,
        before: &[(usize, &str)],
    ) {
        let above: Vec<&str> = before.iter().rev().take(3).map(|(_, line)| *line).collect();
        let mut table = Table::read(rows, &above);
        table.caption = self
            .outline
            .blocks
            .iter()
            .rev()
            .take(3)
            .find(|b| matches!(b.kind, Kind::Heading | Kind::Title))
            .map(|b| b.reading.text().trim().to_owned());
        let index = self.outline.tables.len();
        let section = self.open.last().copied();
        let mut next = 0;
        for (text, span) in lines {
            let row = table.rows.get(next).is_some_and(|r| r.span == span).then_some(next);
            next += usize::from(row.is_some());
            let reading = Reading::new(text, span.start);
            let kind = if front::is_furniture(text) { Kind::Furniture } else { Kind::Row(index, row) };
            self.outline.blocks.push(Block { span, reading, kind, section, body: 0, says: 0 });
        }
        self.outline.tables.push(table);
    }

    /// `below` are the lines that follow.
    fn push_line(&mut self, base: usize, line: &str, below: &[(usize, &str)]) {
        let (text, span) = trimmed(line, base);
        let (hashes, text, start) = markdown_heading(text, span.start);
        let reading = Reading::new(text, start);
        if reading.text().trim().is_empty() {
            return;
        }
        let marker = marker_at(reading.text());
        // — 12 —: the dash is no bullet.
        if marker.is_some_and(|marker| marker.kind == MarkerKind::Bullet) && front::is_furniture(reading.text())
            || front::is_line_of_contents(reading.text())
        {
            return self.push(reading, Kind::Furniture, 0);
        }
        if hashes == 1 && self.outline.sections.is_empty() && marker.is_none() && is_no_known_heading(reading.text()) {
            // Markdown's first heading is the document's title.
            return self.push(reading, Kind::Title, 0);
        }
        if self.outline.blocks.is_empty() && is_mark_of_attachment(reading.text().trim_end_matches('：')) {
            // What was attached elsewhere is the whole document here.
            return self.push(reading, Kind::Furniture, 0);
        }
        if hashes == 0 && marker.is_none() {
            let fields = front::fields(reading.text());
            if !fields.is_empty() && self.outline.sections.is_empty() {
                return self.push(reading, Kind::Fields(fields), 0);
            }
            if let Some(kind) = self.plain_kind(&reading) {
                return self.push(reading, kind, 0);
            }
        }
        if hashes == 0
            && let Some(rank) = self.plain_heading(&reading, below)
        {
            let all = reading.text().len();
            return self.push_heading(reading, &Heading { kind: None, number: None, marker: 0, end: all, body: all, rank });
        }
        let cuts = inline_marks(&reading, marker, &self.open_numbers());
        let Some((last, before)) = cuts.split_last() else { return };
        for (from, to) in before.iter().zip(&cuts[1..]) {
            let part = reading.part(reading.trim(Span::new(*from, *to)));
            let marker = marker_at(part.text());
            self.push_part(part, marker, hashes);
        }
        let (rest, marker) = if before.is_empty() {
            (reading, marker)
        } else {
            let rest = reading.part(reading.trim(Span::new(*last, reading.text().len())));
            let marker = marker_at(rest.text());
            (rest, marker)
        };
        if hashes == 0 && marker.is_some_and(|marker| is_item(rest.text(), marker, below)) {
            self.untitled = None;
            self.push(rest, Kind::Paragraph, 0);
        } else {
            self.push_part(rest, marker, hashes);
        }
    }

    fn plain_kind(&self, reading: &Reading) -> Option<Kind> {
        let text = reading.text();
        if front::is_furniture(text) {
            Some(Kind::Furniture)
        } else if front::document_number(text).is_some() {
            Some(Kind::Number)
        } else if front::is_day(text) {
            Some(Kind::Date)
        } else if self.outline.sections.is_empty() && front::is_salutation(text) {
            Some(Kind::Salutation)
        } else if text.chars().count() < 40
            && text.contains("单位：")
            && (text.starts_with("单位：") || text.starts_with("计量单位：") || text.starts_with("（单位："))
        {
            Some(Kind::UnitLine)
        } else {
            None
        }
    }

    /// The rank of a heading without a mark, where a line reads as one: it names what a report tells next (`“十四五”工作回顾`), or it
    /// opens with a verb, has no stop, and a marked heading follows (`加快产业数字化转型` / `17. 推进工业数字化`).
    fn plain_heading(&self, reading: &Reading, below: &[(usize, &str)]) -> Option<u8> {
        let first = self.outline.blocks.iter().all(|b| matches!(b.kind, Kind::Fields(_) | Kind::Furniture));
        if first || self.untitled.is_some() {
            return None;
        }
        let text = reading.text();
        let marked = |line: &str| marker_of(line).map(|m| m.kind).filter(|kind| *kind < MarkerKind::Box);
        let line = |k: usize| below.get(k).map_or("", |(_, line)| *line);
        if is_review_or_plan(text) {
            let peer = self.open.iter().map(|k| &self.outline.sections[*k]).find(|s| s.kind.is_none()).map(|s| s.rank);
            let outermost = self.open.is_empty().then_some(1);
            return marked(line(0)).map(above).or(peer).or(outermost).or(Some(rank(None, 0)));
        }
        if !is_verbal_heading(text) {
            return None;
        }
        let kind = marked(line(0)).or_else(|| marked(line(1)).filter(|_| is_verbal_heading(line(0).trim())))?;
        (kind >= MarkerKind::ChineseInBrackets).then(|| above(kind))
    }

    fn push_part(&mut self, reading: Reading, marker: Option<Marker>, hashes: usize) {
        if let Some(open) = self.untitled.take()
            && marker.is_none()
            && reading.text().chars().count() <= 60
            && !reading.text().ends_with(['。', '；', '：'])
        {
            return self.title_attachment(open, reading);
        }
        // ——2026年1月26日在第四次会议上: below a title a dash tells where the report was given.
        let subtitle = self.outline.sections.is_empty()
            && reading.text().starts_with(['—', '-'])
            && crate::text::date::find_day(reading.text()).is_some();
        let listed = marker.is_some_and(|m| m.kind == MarkerKind::Arabic) && self.in_attachments();
        if let Some(heading) = heading_of(&reading, marker, hashes, self.titled_articles).filter(|_| !subtitle && !listed) {
            return self.push_heading(reading, &heading);
        }
        self.close_before_item(marker);
        self.push(reading, Kind::Paragraph, 0);
    }

    /// `9.改造管道。` / `10.开展渔港清淤，…`: an item that is no heading ends the section of the one before it all the same.
    fn close_before_item(&mut self, marker: Option<Marker>) {
        // 三、四季度完成投资30亿元 numbers nothing.
        let numbered = |kind: MarkerKind| (MarkerKind::ChineseInBrackets..MarkerKind::Box).contains(&kind);
        let Some(marker) = marker.filter(|marker| numbered(marker.kind)) else { return };
        let goes_on = |k: &usize| {
            let open = &self.outline.sections[*k];
            open.kind == Some(marker.kind) && open.number.zip(marker.number).is_some_and(|(before, own)| before + 1 == own)
        };
        if let Some(at) = self.open.iter().position(goes_on) {
            self.open.truncate(at);
            self.item = Some(rank(Some(marker.kind), 0));
        }
    }

    /// Whether the line goes on a list that `附件：1.…` opened.
    fn in_attachments(&self) -> bool {
        let item = |b: &&Block| b.kind == Kind::Paragraph && marker_at(b.reading.text()).is_some_and(|m| m.kind == MarkerKind::Arabic);
        self.outline
            .blocks
            .iter()
            .rev()
            .take(30)
            .find(|b| !item(b))
            .is_some_and(|b| b.kind == Kind::Paragraph && b.reading.text().starts_with("附件："))
    }

    fn push(&mut self, reading: Reading, kind: Kind, body: usize) {
        self.push_block(reading, kind, body, body);
    }

    fn push_block(&mut self, reading: Reading, kind: Kind, body: usize, says: usize) {
        let span = reading.locate(reading.all());
        let section = self.open.last().copied();
        self.outline.blocks.push(Block { span, reading, kind, section, body, says });
    }

    fn push_heading(&mut self, reading: Reading, heading: &Heading) {
        let rank = if heading.kind == Some(MarkerKind::Article) { self.rank_of_article() } else { heading.rank };
        self.open.retain(|k| self.outline.sections[*k].rank < rank);
        self.item = self.item.filter(|item| *item < rank);
        // 附件：
        let lead = if reading.text()[heading.marker..].starts_with('：') { heading.marker + '：'.len_utf8() } else { heading.marker };
        let title = reading.trim(Span::new(lead, heading.end.max(lead)));
        let printed = reading.locate(reading.trim(Span::new(0, heading.end)));
        let marker = reading.slice(Span::new(0, heading.marker)).trim().to_owned();
        self.outline.sections.push(Section {
            kind: heading.kind,
            number: heading.number,
            heading: reading.slice(title).to_owned(),
            printed: self.source(printed),
            marker: if marker.is_empty() { marker } else { self.source(reading.locate(reading.trim(Span::new(0, heading.marker)))) },
            span: printed,
            rank,
            level: self.open.len() + 1 + usize::from(self.item.is_some()),
            parent: self.open.last().copied(),
        });
        let index = self.outline.sections.len() - 1;
        self.open.push(index);
        if heading.kind == Some(MarkerKind::Attachment) && title.is_empty() {
            self.untitled = Some(index);
        }
        let says =
            if is_statement(reading.slice(title)) || assigns(&reading.text()[heading.body..]) { heading.marker } else { heading.body };
        self.push_block(reading, Kind::Heading, heading.body, says);
    }

    /// Articles stand below chapters and above `一、`, but for measures that number their articles over such headings: `一、政策支持` /
    /// `第1条 …` / `二、支持范围` / `第2条 …`.
    fn rank_of_article(&self) -> u8 {
        let open = || self.open.iter().map(|k| &self.outline.sections[*k]);
        let beside = open().find(|section| section.kind == Some(MarkerKind::Article)).map(|article| article.rank);
        let below = open().next_back().filter(|s| matches!(s.kind, Some(MarkerKind::Chinese | MarkerKind::ChineseInBrackets)));
        beside.or(below.map(|section| section.rank + 1)).unwrap_or(rank(Some(MarkerKind::Article), 0))
    }

    /// Whether the lines so far are a notice that carries the document of this title: `现将《某省工业发展规划》印发给你们`.
    fn carries(&self, title: &str) -> bool {
        let plain = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        let named = format!("《{}》", plain(title));
        self.outline.blocks.iter().any(|block| block.kind == Kind::Paragraph && plain(block.reading.text()).contains(&named))
    }

    /// The line below `附件1` names the attachment; where that is the document that a notice carries, it is the title of the text.
    fn title_attachment(&mut self, open: usize, reading: Reading) {
        if open == 0 && self.outline.sections[0].number.is_none() && self.carries(&title_of(reading.text())) {
            self.outline.sections.clear();
            self.open.clear();
            for block in &mut self.outline.blocks {
                block.section = None;
                if block.kind == Kind::Heading {
                    block.kind = Kind::Furniture;
                }
            }
            return self.push(reading, Kind::Title, 0);
        }
        let span = reading.locate(reading.all());
        let printed = self.source(span);
        let section = &mut self.outline.sections[open];
        section.heading = title_of(reading.text());
        section.printed = format!("{} {}", section.printed, printed);
        section.span = section.span.join(span);
        let body = reading.text().len();
        self.push(reading, Kind::Heading, body);
    }

    fn source(&self, span: Span<Original>) -> String {
        self.offsets.slice(span).to_owned()
    }

    /// The numbers that the open headings have reached, by kind.
    fn open_numbers(&self) -> Vec<(MarkerKind, u64)> {
        self.open.iter().filter_map(|k| Some((self.outline.sections[*k].kind?, self.outline.sections[*k].number?))).collect()
    }

    /// Titles, signatures: what stands before the first heading and after the last.
    fn find_front(&mut self) {
        let blocks = &mut self.outline.blocks;
        let first = blocks.iter().position(|b| matches!(b.kind, Kind::Heading | Kind::Row(..))).unwrap_or(blocks.len());
        let mut k = 0;
        while k < first {
            let run = title_run(&blocks[k..first]);
            // …三年行动计划 / （2023—2025年）
            let years =
                run > 0 && blocks[..first].get(k + run).is_some_and(|next| next.kind == Kind::Paragraph && are_years(next.reading.text()));
            let run = run + usize::from(years);
            if run > 0 {
                blocks[k..k + run].iter_mut().for_each(|b| b.kind = Kind::Title);
                self.outline.titles.push(k..k + run);
                k += run;
            } else {
                k += 1;
            }
        }
        for k in (0..blocks.len().saturating_sub(1)).rev() {
            let dated = blocks[k + 1..].iter().take(2).any(|b| b.kind == Kind::Date);
            // Several bodies sign below one another: the date stands below the last.
            let signs_with = blocks[k + 1].kind == Kind::Signature && agency::looks_like_unit(blocks[k].reading.text());
            let text = blocks[k].reading.text();
            // 附件：1.甲名单 / 2.乙意见 / 国务院办公厅: the list of attachments ends where the signature begins.
            // 2.2023年任务分解表: nor does one whose title opens with a year sign.
            let listed = marker_at(text).is_some() || text.starts_with(|c: char| c.is_ascii_digit());
            let short = text.chars().count() <= 40 && !text.contains(['。', '，', '：', '；']) && !listed;
            if blocks[k].kind == Kind::Paragraph && (dated || signs_with) && short {
                blocks[k].kind = Kind::Signature;
            }
        }
    }
}

/// Whether a line is the years that the title above it plans for, in brackets: `（2023—2025年）`.
fn are_years(line: &str) -> bool {
    let inside = line.trim().strip_prefix('（').and_then(|line| line.strip_suffix('）'));
    inside.is_some_and(|inside| {
        let bare = inside.trim_end_matches(['年', '度']);
        inside.ends_with(['年', '度'])
            && (8..=12).contains(&bare.chars().count())
            && bare.starts_with("20")
            && bare.chars().all(|c| c.is_ascii_digit() || matches!(c, '—' | '-' | '－' | '~' | '至' | '年' | '–'))
    })
}

fn is_no_known_heading(text: &str) -> bool {
    !KNOWN_HEADINGS.contains(&text.trim())
}

/// How many blocks make a title that starts here: one line with a genre's word, or lines that lead to it
/// (`国务院关于加快推进农业机械化和` / `农机装备产业转型升级的指导意见`).
fn title_run(blocks: &[Block]) -> usize {
    if blocks[0].kind == Kind::Title {
        return 1;
    }
    let text = |k: usize| title_line(blocks[k].reading.text());
    let free = |k: usize| blocks.get(k).is_some_and(|b| b.kind == Kind::Paragraph);
    let leads = |t: &str| !t.contains(['。', '；', '：', '，']) && t.chars().count() <= 50 && marker_at(t).is_none();
    for run in 1..=4 {
        if !free(run - 1) {
            return 0;
        }
        let line = text(run - 1);
        let next = blocks.get(run).filter(|_| free(run)).map_or("", |_| text(run));
        let goes_on = goes_on_in_title(line, next);
        if front::is_title(line) && !goes_on {
            return run;
        }
        let continues = goes_on
            || line.contains("关于")
            || line.ends_with(['和', '及', '与', '、', '的', '《'])
            || (run == 1 && opens_title(line, blocks.get(1)))
            || (run == 1 && (line.ends_with("政府") || line.ends_with("办公厅") || line.ends_with("委员会")));
        if !leads(line) || !continues {
            return 0;
        }
    }
    0
}

/// `某省人工智能发展工作图谱` / `任务清单`, `某市打赢蓝天保卫战` / `三年行动计划（2018—2020年）`: a line that opens with a place goes on in a short one
/// that ends as titles do, or in one that opens as no title does.
fn opens_title(line: &str, next: Option<&Block>) -> bool {
    let next = next.map_or("", |block| title_line(block.reading.text()));
    let placed = crate::lexicon::place::find_in(line).first().is_some_and(|place| place.start == 0);
    let goes_on = front::strip_suffix_note(next).chars().count() <= 10 || next.starts_with(['及', '和', '与', '第', '“']);
    front::is_title(next) && (placed && goes_on || is_a_place(line))
}

/// `中华人民共和国` / `2017年国民经济和社会发展统计公报`: a place alone on the line above a title belongs to it.
fn is_a_place(line: &str) -> bool {
    line == "中华人民共和国" || crate::lexicon::place::by_name(line).is_some_and(|place| place.name == line)
}

/// `关于…2022年国民经济和社会发展计划` / `执行情况与2023年…计划草案的报告`: what 关于 opens ends with 的 and the genre, on the next line
/// where it does not on this.
fn goes_on_in_title(line: &str, next: &str) -> bool {
    let closes = |text: &str| {
        let text = front::strip_suffix_note(front::without_footnote(text));
        front::GENRES.iter().any(|genre| text.strip_suffix(genre).is_some_and(|about| about.ends_with('的')))
    };
    line.contains("关于") && !closes(line) && !next.contains("关于") && front::is_title(next) && closes(next)
}

fn title_line(text: &str) -> &str {
    text.trim()
}

/// A title without emphasis marks, white space and footnote marks: a title that is centred may be set with gaps.
fn title_of(text: &str) -> String {
    front::without_footnote(text).chars().filter(|c| !c.is_whitespace()).collect()
}

/// A line without white space at its ends, and where that stands.
fn trimmed(line: &str, base: usize) -> (&str, Span<Original>) {
    let blank = crate::text::fold::is_blank;
    let lead = line.chars().take_while(|c| blank(*c)).count();
    let text = line.trim_matches(blank);
    (text, Span::new(base + lead, base + lead + text.chars().count()))
}

/// The level of a Markdown heading, its text, and where that starts.
fn markdown_heading(text: &str, start: usize) -> (usize, &str, usize) {
    let hashes = text.bytes().take_while(|b| *b == b'#').count();
    let rest = &text[hashes..];
    if (1..=6).contains(&hashes) && rest.starts_with(' ') {
        let title = rest.trim_start();
        return (hashes, title, start + hashes + (rest.len() - title.len()));
    }
    (0, text, start)
}

/// A heading found at the start of a reading; bytes of the reading.
struct Heading {
    kind: Option<MarkerKind>,
    number: Option<u64>,
    /// Where the mark ends.
    marker: usize,
    /// Where the title ends.
    end: usize,
    /// Where the paragraph that it runs into starts.
    body: usize,
    rank: u8,
}

/// `附件1` and nothing else.
fn is_mark_of_attachment(text: &str) -> bool {
    marker_at(text).is_some_and(|marker| marker.kind == MarkerKind::Attachment && marker.len == text.len())
}

/// The rank of what stands right above headings of a kind.
fn above(kind: MarkerKind) -> u8 {
    (kind as u8 * 2).saturating_sub(1)
}

/// `“十四五”时期工作回顾`, `“十五五”时期主要目标和2026年重点工作`: a time, and what is told of it.
fn is_review_or_plan(text: &str) -> bool {
    static PATTERN: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"(?x)^(?:[“”](?:十[一二三四五六七]?|[七八九])五[“”]|(?:19|20)[0-9]{2}年|过去[一二三四五]年|[一二三四五]年来|本届政府(?:任期)?|今年|今后|未来|下一步|全年)(?:\p{Han}{0,8}?|\p{Han}{0,4}的)
              (?:工作回顾|回顾|工作总结|重点工作|主要工作|工作重点|主要目标任务|主要目标|预期目标|目标任务|工作安排|总体要求|主要任务|工作打算|工作展望|工作意见|政府工作|主要任务和措施)
              (?:[和及与]\S{0,12}?(?:重点工作|主要目标|目标任务|工作安排|总体要求|主要任务|工作打算|工作展望|工作建议))?$",
        )
        .expect("the pattern of reports' headings is well formed")
    });
    let opens = text.starts_with(['“', '”', '1', '2', '过', '一', '二', '三', '四', '五', '本', '今', '未', '下', '全']);
    opens && text.chars().count() <= 40 && PATTERN.is_match(text)
}

/// Where such words end that a text is glued to: `“十四五”时期工作回顾|过去五年，是极不平凡的五年。`
fn review_or_plan_end(text: &str) -> Option<usize> {
    let opens = text.starts_with(['“', '2', '1', '过', '本', '今']) || text.starts_with("未来") || text.starts_with("下一步");
    let ends = text.char_indices().map(|(at, _)| at).take(40).collect::<Vec<_>>();
    let end = ends.into_iter().skip(5).rev().find(|end| opens && is_review_or_plan(&text[..*end]))?;
    glued(&text[end..]).then_some(end)
}

/// A short line without a stop that opens with a verb of doing: `提升数字产业发展能级`.
fn is_verbal_heading(text: &str) -> bool {
    const ADVERBS: &[&str] =
        &["大力", "加快", "着力", "全力", "全面", "深入", "扎实", "持续", "积极", "切实", "进一步", "不断", "统筹", "坚持"];
    let bare = ADVERBS.iter().find_map(|adverb| text.strip_prefix(adverb)).unwrap_or(text);
    (5..=26).contains(&text.chars().count())
        && text.chars().all(|c| crate::text::fold::is_han(c) || c.is_ascii_alphanumeric() || matches!(c, '“' | '”' | '、'))
        && (bare.len() < text.len() || leading_verb_of_doing(bare).is_some())
        && !front::is_title(text)
}

fn rank(kind: Option<MarkerKind>, hashes: usize) -> u8 {
    match kind {
        Some(kind) => kind as u8 * 2,
        None if hashes > 0 => (hashes.min(6) as u8) * 2 - 1,
        None => MarkerKind::Article as u8 * 2 + 1,
    }
}

fn heading_of(reading: &Reading, marker: Option<Marker>, hashes: usize, titled_articles: bool) -> Option<Heading> {
    let text = reading.text();
    let Some(marker) = marker else { return unmarked_heading(text, hashes) };
    let rest = &text[marker.len..];
    let (end, body) = match marker.kind {
        MarkerKind::Attachment => attachment_end(text, marker.len)?,
        MarkerKind::Article => {
            let title = titled_articles.then(|| title_of_article(rest)).flatten().map(|stop| marker.len + stop);
            title.map_or_else(|| article_end(text, marker.len), |stop| (stop, stop + '。'.len_utf8()))
        }
        _ => heading_end(text, marker.len)?,
    };
    if marker.kind != MarkerKind::Attachment && marker.kind != MarkerKind::Article && rest.trim().is_empty() {
        return None;
    }
    Some(Heading { kind: Some(marker.kind), number: marker.number, marker: marker.len, end, body, rank: rank(Some(marker.kind), 0) })
}

/// `●完善内河港口。`: a bullet before all that the line says, and its stop.
fn is_one_sentence(text: &str) -> bool {
    let text = text.trim_end();
    sentence_end(text).is_some_and(|stop| text.ends_with('。') && stop + '。'.len_utf8() == text.len())
}

/// Where the title of a marked line ends and its paragraph starts; None where the line is a numbered sentence.
fn heading_end(text: &str, from: usize) -> Option<(usize, usize)> {
    let rest = &text[from..];
    if let Some(known) = KNOWN_HEADINGS.iter().find(|known| rest.trim_start().starts_with(**known)) {
        let at = from + (rest.len() - rest.trim_start().len()) + known.len();
        let next = text[at..].chars().next();
        if next.is_none_or(|c| c == '。' || c == '：' || c == ' ' || crate::text::fold::is_han(c)) && glued(&text[at..]) {
            return Some((at, at + text[at..].chars().next().filter(|c| matches!(c, '。' | '：')).map_or(0, char::len_utf8)));
        }
    }
    if let Some(end) = review_or_plan_end(rest) {
        return Some((from + end, from + end));
    }
    let stop = sentence_end(rest);
    let first = &rest[..stop.unwrap_or(rest.len())];
    let length = first.trim().chars().count();
    if let Some(gap) = first
        .find(' ')
        .filter(|gap| *gap > 0 && stop.is_some() && first[..*gap].chars().count() <= 25 && first[*gap..].chars().count() > 10)
    {
        return Some((from + gap, from + gap));
    }
    match stop {
        // 1.生产总值增长6%以上。 is a sentence with a number.
        Some(stop) if states_figure(first) && rest[stop + '。'.len_utf8()..].trim().is_empty() => None,
        Some(stop) if length <= LONGEST_HEADING && rest[stop..].starts_with('。') => Some((from + stop, from + stop + '。'.len_utf8())),
        Some(stop) if length <= 20 && rest[stop..].starts_with('：') => Some((from + stop, from + stop + '：'.len_utf8())),
        None if length <= 60 && !first.ends_with(['，', '、', ',']) => Some((text.len(), text.len())),
        _ => None,
    }
}

/// Whether a marked line that could be a heading is an item of a list instead: it says all that is to be done, and nothing stands
/// below it (`1．新增规模以上工业企业20家（责任单位：…）` above `2．…`; `●完善内河港口。` above another bullet).
fn is_item(text: &str, marker: Marker, below: &[(usize, &str)]) -> bool {
    let next = below.first().and_then(|(_, line)| marker_of(line));
    let alone = below.is_empty() || next.is_some_and(|next| next.kind <= marker.kind);
    let rest = &text[marker.len..];
    match marker.kind {
        MarkerKind::Bullet => alone && !text.starts_with('—') && is_one_sentence(rest),
        kind => alone && (MarkerKind::Chinese..MarkerKind::Box).contains(&kind) && is_statement(rest),
    }
}

/// The mark that opens a line of the source.
fn marker_of(line: &str) -> Option<Marker> {
    marker_at(Reading::new(opening(line.trim(), LONGEST_MARKED), 0).text())
}

/// What follows the longest mark tells it apart (`附件2` and a title) within so many bytes.
const LONGEST_MARKED: usize = 240;

/// Whether a title is a whole sentence without its stop: it says who does it, or how much.
fn is_statement(title: &str) -> bool {
    let title = title.trim();
    sentence_end(title).is_none() && (closes_with_duty(title) || states_amount(title))
}

/// `（七）抓紧推进会展中心二期工程建设。|（牵头单位：市建委）`: where nothing but who does it follows, the title says what is done.
fn assigns(body: &str) -> bool {
    let body = body.trim().trim_end_matches('。');
    body.starts_with('（') && closing_brackets(body).is_some_and(|(before, _)| before.is_empty()) && closes_with_duty(body)
}

/// `推进园区道路建设（责任单位：市住建局）`: the bracket that closes it says who does it.
fn closes_with_duty(title: &str) -> bool {
    let inside = closing_brackets(title).map_or("", |(_, inside)| inside);
    ["责任单位", "牵头", "负责", "配合", "责任部门", "主办", "承办"].iter().any(|word| inside.contains(word))
        || inside.split(['、', '，']).all(|unit| (3..=14).contains(&unit.chars().count()) && agency::looks_like_unit(unit))
}

/// `新建高标准农田5万亩`, `培育龙头企业10家`: words say of what, and a figure with its unit closes it.
fn states_amount(title: &str) -> bool {
    let Some(end) = title.rfind(|c: char| c.is_ascii_digit()).map(|at| at + 1) else { return false };
    let closes = unit::longest_at(&title[end..])
        .is_some_and(|(len, unit)| unit.kind != unit::Kind::Time && ["", "以上", "以内", "以下", "左右"].contains(&&title[end + len..]));
    let says = |most: &str| most.chars().filter(|c| crate::text::fold::is_han(*c)).count() >= 4;
    closes && says(&title[..end]) || counts_things(title)
}

/// `全市新建和改扩建100所幼儿园`: a count of two digits or more behind a verb, and nothing but what is counted.
fn counts_things(title: &str) -> bool {
    static COUNTS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?:新建|建设|改扩建|改建|建成|培育|新增|引进|创建|打造|规范|改造|培训|招引)(?P<count>[0-9]{2,5})(?:所|家|个|座|户|名|条|处|间|套)\p{Han}{2,12}$")
            .expect("the pattern of counts in headings is well formed")
    });
    COUNTS.captures(title).is_some_and(|found| !found["count"].starts_with('0'))
}

/// Whether the words say how far something is to go: `固定资产投资增长10%`, `涨幅控制在3%以内`.
fn states_figure(text: &str) -> bool {
    static PATTERN: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?:增长|达到|提高到?|提升到?|控制在|不低于|不少于|不高于|超过|突破|降至|下降|降低|增加|新增|完成)[^0-9]{0,8}[0-9][0-9.]*(?:%|亿|万|个百分点)")
            .expect("the pattern of figures in headings is well formed")
    });
    PATTERN.is_match(text)
}

/// After a known heading's words the line ends, stops, or goes on with a text that doesn't belong to them:
/// `指导思想全面贯彻落实…`, but not `总体目标任务` or `组织领导小组`.
fn glued(rest: &str) -> bool {
    rest.is_empty()
        || rest.starts_with(['。', '：', ' '])
        || rest.chars().count() > 40 && !rest.chars().take(4).any(|c| matches!(c, '和' | '及' | '与' | '、' | '。' | '，' | '的'))
}

/// Where the first sentence of a heading ends: a full stop, a colon or a semicolon outside of quotes and brackets.
fn sentence_end(text: &str) -> Option<usize> {
    let mut depth = 0i32;
    for (at, c) in text.char_indices() {
        match c {
            '“' | '（' | '《' | '〔' => depth += 1,
            '”' | '）' | '》' | '〕' => depth -= 1,
            '。' | '：' | '；' | '！' if depth <= 0 => return Some(at),
            _ => {}
        }
    }
    None
}

/// `附件1 任务分工表`, `附件：1.…`: a list of attachments at the end of a notice is no heading.
fn attachment_end(text: &str, from: usize) -> Option<(usize, usize)> {
    let rest = text[from..].trim_start_matches(['：', ' ', '.', '、', ':']);
    if text[from..].trim_start().starts_with(['：', ':']) && !rest.is_empty() {
        return None;
    }
    (rest.chars().count() <= 60 && !rest.contains('。')).then_some((text.len(), text.len()))
}

/// The title of an article, where it has one: `第三条【适用范围】`, `第三条　适用范围`; else the mark alone.
fn article_end(text: &str, from: usize) -> (usize, usize) {
    let rest = &text[from..];
    let lead = rest.len() - rest.trim_start().len();
    let body = &rest[lead..];
    if body.starts_with(['【', '［'])
        && let Some(close) = body.find(['】', '］'])
    {
        let end = from + lead + close + '】'.len_utf8();
        return (end, end);
    }
    (from, from + lead)
}

/// A heading without a mark: Markdown's, or a known one alone on its line.
fn unmarked_heading(text: &str, hashes: usize) -> Option<Heading> {
    let plain = text.trim_end_matches(['：', '。']);
    let known = KNOWN_HEADINGS.contains(&plain);
    (hashes > 0 || known).then(|| Heading {
        kind: None,
        number: None,
        marker: 0,
        end: plain.len(),
        body: text.len(),
        rank: rank(None, hashes),
    })
}

/// Where the parts of a line start that open with their own mark: two items on one line, or a whole document on one.
/// A mark inside a line counts only after the end of a sentence and where its number goes on from an open one, goes on over the headings
/// (`…。二、完善网络（三）建设产地仓`), or starts anew.
fn inline_marks(reading: &Reading, marker: Option<Marker>, open: &[(MarkerKind, u64)]) -> Vec<usize> {
    let text = reading.text();
    let mut cuts = vec![0];
    let mut reached = Reached { open: open.to_vec(), last: open.to_vec() };
    if let Some(marker) = marker {
        reached.note(marker.kind, marker.number);
        cut_first_item(text, 0, marker.kind, &mut cuts, &mut reached);
    }
    for (at, stop) in text.match_indices(['。', '；', '）', '！', ' ', '：']) {
        let from = at + stop.len();
        let next = text[from..].trim_start();
        let from = text.len() - next.len();
        if cuts.last().is_some_and(|cut| *cut >= from) {
            continue;
        }
        let Some(marker) = marker_at(next) else { continue };
        let (Some(number), true) = (marker.number, marker.kind < MarkerKind::Box && marker.kind != MarkerKind::Attachment) else {
            continue;
        };
        let starts = number == 1 && reached.open.last().is_none_or(|(kind, _)| *kind < marker.kind);
        let whole = match stop {
            "）" if closes_sentence(&text[..from]) => true,
            "）" | " " => matches!(marker.kind, MarkerKind::Chinese | MarkerKind::ChineseInBrackets | MarkerKind::Chapter),
            _ => true,
        };
        // 现就有关事项通知如下：一、…: only the first heading of a document on one line follows a colon.
        let opened = stop != "：" || number == 1 && marker.kind == MarkerKind::Chinese && text.len() >= lines::LONG_LINE / 2;
        if (reached.goes_on(marker.kind, number) || starts) && whole && opened && stop != "；" {
            cuts.push(from);
            reached.note(marker.kind, Some(number));
            cut_first_item(text, from, marker.kind, &mut cuts, &mut reached);
        }
    }
    cuts
}

/// `…。（责任单位：市财政局）`: brackets behind a stop, with no stop of their own.
fn closes_sentence(text: &str) -> bool {
    closing_brackets(text).is_some_and(|(before, _)| before.trim_end().ends_with('。'))
}

/// The numbers that a line's headings have reached.
struct Reached {
    /// Those of the open headings, by kind, outermost first.
    open: Vec<(MarkerKind, u64)>,
    /// The last of each kind, below whatever heading.
    last: Vec<(MarkerKind, u64)>,
}

impl Reached {
    fn note(&mut self, kind: MarkerKind, number: Option<u64>) {
        self.open.retain(|(open, _)| *open < kind);
        if let Some(number) = number {
            self.open.push((kind, number));
            self.last.retain(|(last, _)| *last != kind);
            self.last.push((kind, number));
        }
    }

    /// Whether a number is the next of its kind.
    fn goes_on(&self, kind: MarkerKind, number: u64) -> bool {
        self.last.iter().any(|(last, reached)| *last == kind && reached + 1 == number)
    }
}

/// Cuts where the first item runs on from the heading that starts at `heading`, and so on down.
fn cut_first_item(text: &str, heading: usize, kind: MarkerKind, cuts: &mut Vec<usize>, reached: &mut Reached) {
    if let Some((item, kind, number)) = first_item(text, heading, kind, reached) {
        cuts.push(item);
        reached.note(kind, Some(number));
        cut_first_item(text, item, kind, cuts, reached);
    }
}

/// Where the first item starts that runs on from its heading, a second one following: `一、主要目标1、增长11%。2、…`.
fn first_item(text: &str, heading: usize, kind: MarkerKind, reached: &Reached) -> Option<(usize, MarkerKind, u64)> {
    let rest = &text[heading..];
    let stops = |c: char| matches!(c, '。' | '；' | '：');
    let end = rest.char_indices().take(LONGEST_HEADING).find(|(_, c)| stops(*c)).map_or(0, |(at, _)| at);
    let near = rest.char_indices().nth(FAR).map_or(rest, |(far, _)| &rest[..far]);
    let own = marker_at(rest)?.len;
    rest[..end].char_indices().filter(|(at, c)| *at > own && (c.is_ascii_digit() || *c == '（')).find_map(|(at, _)| {
        let marker = marker_at(&rest[at..]).filter(|marker| kind < marker.kind && marker.kind <= MarkerKind::ArabicInBrackets)?;
        let number = marker.number.filter(|number| *number == 1 || reached.goes_on(marker.kind, *number))?;
        // （二） after （一）, 2、 after 1、: what goes on over the headings needs no second.
        let follows = || {
            let second = rest[at..at + marker.len].replace('一', "二").replace('1', "2");
            near[at..].match_indices(&second).any(|(k, _)| near[at..at + k].ends_with('。') || closes_sentence(&near[at..at + k]))
        };
        let is_own = !rest[..at].ends_with(|c: char| c.is_ascii_digit());
        (is_own && (number > 1 || follows())).then_some((heading + at, marker.kind, number))
    })
}

/// How many characters the second item stands off its heading at most.
const FAR: usize = 1_500;
