//! What do the cells of a table say? Rows of tab-parted lines, heads of one or two rows, group rows, unit lines.
//!
//! Below `重点发展园区 | 个数 | 2011年实现销售收入` the cell `298` is 重点发展园区实现销售收入 of 2011.

use crate::text::fold::is_han;
use crate::text::{Original, Reading, Span, numeral};
use regex::Regex;
use std::sync::LazyLock;

/// A table: its head as columns, its rows as they stand.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// What stands above it as its name, clean: `十大产业培育发展计划汇总表`.
    pub caption: Option<String>,
    /// The unit that a line above names for the whole table: `单位：亿元`.
    pub unit: Option<String>,
    /// The columns that its head names.
    pub columns: Vec<Column>,
    /// All rows below the head.
    pub rows: Vec<Row>,
}

/// A column as its head names it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Column {
    /// The group that a first head row puts over it, clean, its year left out: `重点发展园区`.
    pub group: Option<String>,
    /// Its own name, clean, year and unit left out: `实现销售收入`.
    pub name: String,
    /// The year that its name or its group's names.
    pub year: Option<String>,
    /// The unit in its name's brackets: `投资（万元）`.
    pub unit: Option<String>,
}

impl Column {
    /// Group and name together, as one would say it: `重点发展园区实现销售收入`.
    pub fn label(&self) -> String {
        format!("{}{}", self.group.as_deref().unwrap_or(""), self.name)
    }
}

/// A row below the head.
#[derive(Debug, Clone)]
pub struct Row {
    /// The whole row in the source.
    pub span: Span<Original>,
    /// Its cells, one a column as far as the line goes.
    pub cells: Vec<Cell>,
    /// What it is in the table.
    pub kind: RowKind,
    /// The nearest row above it that is the head of a group.
    pub group: Option<usize>,
}

/// The kinds of rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowKind {
    /// A line of the table's matter.
    Data,
    /// A single cell over all columns, `一、加强制度建设`, or one with its number: `一 | 加强制度建设`.
    Group,
    /// The head once more, as on each page.
    Head,
    /// The sum of others: `合计`.
    Total,
}

/// A cell.
#[derive(Debug, Clone)]
pub struct Cell {
    /// Its text in the source without white space around it.
    pub span: Span<Original>,
    /// Its reading; wide gaps (`省发改委　　省财政厅`) stand as one space.
    pub reading: Reading,
}

impl Cell {
    /// Its text without any white space: a name that a narrow column broke over lines.
    pub fn name(&self) -> String {
        let name: String = self.reading.text().chars().filter(|c| !c.is_whitespace()).collect();
        if name.contains("<br>") { name.replace("<br>", "") } else { name }
    }

    /// Whether it holds just a number.
    pub fn is_number(&self) -> bool {
        static NUMBER: LazyLock<Regex> =
            LazyLock::new(|| Regex::new(r"^[-+]?[0-9][0-9,]*(?:[.][0-9]+)?%?$").expect("the pattern of numbers is well formed"));
        NUMBER.is_match(self.reading.text().trim())
    }

    /// Whether it holds just a Chinese number, as groups have: 一, （二）.
    pub fn is_ordinal(&self) -> bool {
        let text = self.name();
        let number = text.trim_matches(['（', '）', '、']);
        !number.is_empty() && number.chars().all(numeral::is_numeral)
    }

    fn is_empty(&self) -> bool {
        self.reading.text().trim().is_empty()
    }
}

/// The cells of a line that tabs (or Markdown's bars) part; None for a line of prose.
pub(super) fn cells(line: &str, base: usize) -> Option<Vec<Cell>> {
    let trimmed = line.trim();
    let (bar, parts) = if line.contains('\t') {
        ('\t', line)
    } else if trimmed.matches('|').nth(1).is_some() && trimmed.starts_with('|') == trimmed.ends_with('|') {
        ('|', line)
    } else {
        return None;
    };
    let framed = bar == '|' && trimmed.starts_with('|');
    let mut cells = Vec::new();
    let mut at = base;
    for part in parts.split(bar) {
        let length = part.chars().count();
        let lead = part.chars().take_while(|c| c.is_whitespace()).count();
        let text = part.trim();
        cells.push(Cell { span: Span::new(at + lead, at + lead + text.chars().count()), reading: Reading::new(text, at + lead) });
        at += length + 1;
    }
    if framed {
        cells.remove(0);
        cells.pop();
    }
    Some(cells)
}

/// Whether the row is Markdown's rule below a head: `|---|:--|`.
fn is_rule(cells: &[Cell]) -> bool {
    !cells.is_empty() && cells.iter().all(|c| !c.is_empty() && c.reading.text().chars().all(|c| matches!(c, '-' | ':' | '—')))
}

impl Table {
    /// Reads the rows that follow one another in a text; `above` are the lines before it, nearest first.
    pub(super) fn read(lines: Vec<(Span<Original>, Vec<Cell>)>, above: &[&str]) -> Table {
        let mut lines: Vec<_> = lines.into_iter().filter(|(_, cells)| !is_rule(cells)).collect();
        let head = head_rows(&lines);
        let body = lines.split_off(head.min(lines.len()));
        let width = body.iter().map(|(_, cells)| filled(cells)).max().unwrap_or(0);
        let columns = match lines.as_slice() {
            [] => Vec::new(),
            [(_, only)] => only.iter().map(|c| column(None, &c.name())).collect(),
            [(_, top), .., (_, sub)] => grouped_columns(top, sub, width),
        };
        let head: Vec<String> = lines.first().map_or_else(Vec::new, |(_, cells)| cells.iter().map(Cell::name).collect());
        let numbered = body.iter().any(|(_, cells)| cells.first().is_some_and(Cell::is_number));
        let body = aligned(body, columns.len());
        let mut group = None;
        let rows = body.into_iter().enumerate().map(|(at, (span, cells))| {
            let row = Row { kind: row_kind(&cells, &head, numbered), span, cells, group };
            group = (row.kind == RowKind::Group).then_some(at).or(group);
            row
        });
        let rows = rows.collect();
        Table { caption: None, unit: above.iter().take(3).find_map(|line| unit_line(line)), columns, rows }
    }

    /// The first column whose label `is` the one sought.
    pub fn column(&self, is: impl Fn(&str) -> bool) -> Option<usize> {
        self.columns.iter().position(|c| is(&c.label()))
    }
}

/// Rows that left out the cell which the row above shares with them, its first, with an empty one in its place. That a number stands below a
/// name tells it, or the mark of an item (`15.推进…`) one column too early.
fn aligned(mut rows: Vec<(Span<Original>, Vec<Cell>)>, width: usize) -> Vec<(Span<Original>, Vec<Cell>)> {
    let whole = |all: &dyn Fn(&[Cell]) -> bool| {
        let mut whole = rows.iter().filter(|(_, cells)| cells.len() == width).peekable();
        whole.peek().is_some() && whole.all(|(_, cells)| all(cells))
    };
    let marked = |cell: &Cell| cell.reading.text().starts_with(|c: char| c.is_ascii_digit()) && !cell.is_number();
    if width < 3 || !rows.iter().any(|(_, cells)| cells.len() + 1 == width) {
        return rows;
    }
    let says = |cell: &Cell| cell.reading.text().contains(is_han);
    let names = whole(&|cells| says(&cells[0]) && says(&cells[1]));
    let items = whole(&|cells| marked(&cells[1]) && !marked(&cells[0]));
    for (_, cells) in rows.iter_mut().filter(|(_, cells)| cells.len() + 1 == width) {
        let value = !says(&cells[1]) && !cells[1].is_empty();
        if names && says(&cells[0]) && value || items && marked(&cells[0]) {
            let start = cells[0].span.start;
            cells.insert(0, Cell { span: Span::new(start, start), reading: Reading::new("", start) });
        }
    }
    rows
}

/// How far a row is filled, trailing empty cells left out.
fn filled(cells: &[Cell]) -> usize {
    cells.iter().rposition(|c| !c.is_empty()).map_or(0, |k| k + 1)
}

/// How many rows the head has: the first, and a second that starts with empty cells below the first and names sub-columns.
fn head_rows(lines: &[(Span<Original>, Vec<Cell>)]) -> usize {
    let Some((_, first)) = lines.first() else { return 0 };
    if first.iter().any(Cell::is_number) || lines.len() < 2 {
        return 0;
    }
    let sub = &lines[1].1;
    let names = sub.iter().filter(|c| !c.is_empty()).count();
    let second = sub.first().is_some_and(Cell::is_empty) && names >= 2 && !sub.iter().any(Cell::is_number);
    if second && lines.len() > 2 { 2 } else { 1 }
}

/// What a row is below a `head`; `numbered` says that rows of its table have numbers.
fn row_kind(cells: &[Cell], head: &[String], numbered: bool) -> RowKind {
    let named: Vec<&Cell> = cells.iter().filter(|c| !c.is_empty()).collect();
    // 二 | 提升审批效率 among 1, 2, 3
    let heads_numbers = || numbered && head.len() > 2 && named.len() == 2 && !named[1].is_number() && cells[0].is_ordinal();
    if cells.len() != 2 && named.len() == 1 && !named[0].is_number() || heads_numbers() {
        return RowKind::Group;
    }
    if named.len() > 2 && cells.iter().map(Cell::name).eq(head.iter().map(String::as_str)) {
        return RowKind::Head;
    }
    let total =
        named.iter().take(2).any(|c| matches!(c.name().as_str(), "合计" | "总计" | "小计" | "共计" | "全省合计" | "全市合计" | "总合计"));
    if total { RowKind::Total } else { RowKind::Data }
}

/// Two head rows: the cells of the first that stand over empty cells of the second are columns, the others groups.
fn grouped_columns(top: &[Cell], sub: &[Cell], width: usize) -> Vec<Column> {
    let plain = sub.iter().take_while(|c| c.is_empty()).count();
    let width = width.max(filled(sub));
    let subs = &sub[plain.min(sub.len())..filled(sub).max(plain.min(sub.len()))];
    if filled(top) > plain + 1 && top.iter().take(filled(top)).any(Cell::is_empty) {
        return spread_columns(top, sub, width);
    }
    let mut columns: Vec<Column> = top.iter().take(plain).map(|c| column(None, &c.name())).collect();
    let groups: Vec<&Cell> = top.iter().skip(plain).filter(|c| !c.is_empty()).collect();
    for (k, share) in shares(subs, groups.len()).into_iter().enumerate() {
        let group = groups.get(k).map(|c| c.name());
        columns.extend(share.iter().map(|c| column(group.as_deref(), &c.name())));
    }
    columns
}

/// A first head row that keeps empty cells where a group spans: each name reaches to the next.
fn spread_columns(top: &[Cell], sub: &[Cell], width: usize) -> Vec<Column> {
    let mut group = None;
    (0..width)
        .map(|k| {
            let over = top.get(k).filter(|c| !c.is_empty()).map(Cell::name);
            let below = sub.get(k).filter(|c| !c.is_empty()).map(Cell::name);
            if over.is_some() {
                group = over;
            }
            match below {
                Some(name) => column(group.as_deref(), &name),
                None => column(None, group.as_deref().unwrap_or("")),
            }
        })
        .collect()
}

/// Parts the names of the second head row among the groups: a group starts where the first name comes again
/// (`个数 … 个数 …`), else the groups have equal shares.
fn shares(subs: &[Cell], groups: usize) -> Vec<&[Cell]> {
    if groups == 0 || subs.is_empty() {
        return vec![subs];
    }
    let first = subs[0].name();
    let mut starts: Vec<usize> = subs.iter().enumerate().filter(|(_, c)| c.name() == first).map(|(k, _)| k).collect();
    if starts.len() != groups {
        starts = (0..groups).map(|g| g * subs.len() / groups).collect();
    }
    starts.iter().zip(starts.iter().skip(1).chain([&subs.len()])).map(|(a, b)| &subs[*a..*b]).collect()
}

static YEAR: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"((?:19|20)[0-9]{2})年?(?:度|底|末)?").expect("the pattern of years is well formed"));
static BRACKETED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[（(](?:单位[:：])?([^（）()]{1,10})[）)]$").expect("the pattern of units is well formed"));

fn column(group: Option<&str>, name: &str) -> Column {
    let year = |text: &str| YEAR.captures(text).map(|c| c[1].to_owned());
    let strip = |text: &str| YEAR.replace(text, "").trim_start_matches('的').to_owned();
    let parted = |name: &str| {
        let unit = BRACKETED.captures(name).map(|c| c[1].to_owned()).filter(|u| is_unit(u));
        (if unit.is_some() { BRACKETED.replace(name, "").into_owned() } else { name.to_owned() }, unit)
    };
    let (bare, unit) = parted(name);
    // 主营业务收入（亿元） over 2015年 and 2020年
    let (group, over) = group.map(parted).unzip();
    Column {
        year: year(&bare).or_else(|| group.as_deref().and_then(year)),
        name: if strip(&bare).is_empty() { String::new() } else { strip(&bare) },
        group: group.as_deref().map(strip).filter(|g| !g.is_empty()),
        unit: unit.or(over.flatten()),
    }
}

/// Whether a bracket in a column's head names a unit.
fn is_unit(text: &str) -> bool {
    crate::lexicon::unit::longest_at(text).is_some_and(|(length, _)| length == text.len())
}

/// The unit of a line such as `单位：亿元`.
fn unit_line(line: &str) -> Option<String> {
    static UNIT: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?:计量)?单位[:：]\s?([^，,；;、）)\s]{1,12})").expect("the pattern of unit lines is well formed"));
    (line.chars().count() <= 60).then(|| UNIT.captures(line).map(|c| c[1].to_owned())).flatten()
}
