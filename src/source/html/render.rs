//! How does a part of a page read as lines?
//!
//! `<p>一、<b>总体要求</b></p>` is the line `一、总体要求`; `<ol><li>强化领导` is `1.强化领导`; a row of a table is a line with tabs.

use std::collections::HashMap;

use super::super::table::{Cell, Table};
use super::article::Page;
use super::tree::Tag;

/// The lines of an element, none of them empty.
pub(super) fn lines(page: &Page, root: u32) -> Vec<String> {
    let mut writer = Writer::new(page);
    writer.element(root);
    writer.end_line();
    writer.lines
}

/// White space that is due before the next character.
#[derive(Clone, Copy, PartialEq)]
enum Gap {
    None,
    Space,
    /// White space with a line break: between Chinese characters it is the editor's, and none is due.
    Break,
}

struct Writer<'a> {
    page: &'a Page<'a>,
    lines: Vec<String>,
    line: String,
    gap: Gap,
    tables: usize,
    pre: bool,
    /// The number that the next item of a list gets.
    numbers: HashMap<u32, u32>,
}

impl<'a> Writer<'a> {
    fn new(page: &'a Page<'a>) -> Self {
        Writer { page, lines: Vec::new(), line: String::new(), gap: Gap::None, tables: 0, pre: false, numbers: HashMap::new() }
    }

    fn element(&mut self, at: u32) {
        if self.page.dropped[at as usize] {
            return;
        }
        let tree = self.page.tree;
        let tag = tree.node(at).tag;
        match tag {
            Tag::Text => return self.text(&tree.node(at).text),
            Tag::Br => return self.end_line(),
            Tag::Table => return self.table(at),
            Tag::Li => return self.item(at),
            _ => {}
        }
        if tag.is_block() {
            self.end_line();
        }
        let pre = self.pre;
        self.pre = pre || tag == Tag::Pre;
        self.children(at);
        self.pre = pre;
        if tag.is_block() {
            self.end_line();
        }
    }

    fn children(&mut self, at: u32) {
        for child in self.page.tree.children(at) {
            if !self.page.is_link_list(child) {
                self.element(child);
            }
        }
    }

    fn text(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '\n' if self.pre => self.end_line(),
                '\n' | '\r' => self.gap = Gap::Break,
                '\t' | ' ' | '\u{0C}' => self.gap = if self.gap == Gap::None { Gap::Space } else { self.gap },
                '\u{200B}'..='\u{200D}' | '\u{FEFF}' | '\u{AD}' | '\0' => {}
                c => self.character(if c == '\u{A0}' { ' ' } else { c }),
            }
        }
    }

    fn character(&mut self, c: char) {
        let gap = std::mem::replace(&mut self.gap, Gap::None);
        if let Some(before) = self.line.chars().next_back() {
            let is_due = gap == Gap::Space || (gap == Gap::Break && !(is_wide(before) && is_wide(c)));
            if is_due && before != ' ' && c != ' ' {
                self.line.push(' ');
            }
        }
        self.line.push(c);
    }

    fn end_line(&mut self) {
        self.gap = Gap::None;
        let line = std::mem::take(&mut self.line);
        let line = line.trim();
        if !line.is_empty() {
            self.lines.push(line.to_owned());
        }
    }

    /// An item of a numbered list gets the number that the browser draws, unless it brings one.
    fn item(&mut self, at: u32) {
        self.end_line();
        let first = self.lines.len();
        self.children(at);
        self.end_line();
        let number = self.number(at);
        if let (Some(number), Some(line)) = (number, self.lines.get_mut(first))
            && !begins_with_mark(line)
        {
            line.insert_str(0, &number);
        }
    }

    fn number(&mut self, at: u32) -> Option<String> {
        let tree = self.page.tree;
        let parent = tree.node(at).parent;
        let list = tree.node(parent);
        if list.tag != Tag::Ol || list.attribute("style").unwrap_or_default().contains("none") {
            return None;
        }
        let parse = |text: Option<&str>| text.and_then(|text| text.trim().parse::<u32>().ok());
        let next = self.numbers.entry(parent).or_insert_with(|| parse(list.attribute("start")).unwrap_or(1));
        let number = parse(tree.node(at).attribute("value")).unwrap_or(*next);
        *next = number.saturating_add(1);
        let letter = |first: u8| char::from(first + u8::try_from(number.saturating_sub(1) % 26).unwrap_or(0));
        Some(match list.attribute("type") {
            Some("a") => format!("{}.", letter(b'a')),
            Some("A") => format!("{}.", letter(b'A')),
            _ => format!("{number}."),
        })
    }

    fn table(&mut self, at: u32) {
        self.end_line();
        self.tables += 1;
        let tree = self.page.tree;
        let mut table = Table::default();
        let mut parts: Vec<u32> = tree.children(at).collect();
        parts.reverse();
        while let Some(part) = parts.pop() {
            match tree.node(part).tag {
                _ if self.page.dropped[part as usize] => {}
                Tag::Thead | Tag::Tbody | Tag::Tfoot => {
                    let from = parts.len();
                    parts.extend(tree.children(part));
                    parts[from..].reverse();
                }
                Tag::Tr => table.rows.push(self.row(part)),
                // A caption, or what should not stand there.
                _ => self.element(part),
            }
        }
        self.end_line();
        table.write(&mut self.lines);
    }

    fn row(&mut self, row: u32) -> Vec<Cell> {
        let tree = self.page.tree;
        let mut cells = Vec::new();
        for child in tree.children(row).filter(|&child| !self.page.dropped[child as usize]) {
            let node = tree.node(child);
            let is_cell = matches!(node.tag, Tag::Td | Tag::Th);
            let mut inner = Writer::new(self.page);
            if is_cell {
                inner.children(child);
            } else {
                inner.element(child);
            }
            inner.end_line();
            if is_cell || !inner.lines.is_empty() {
                let span = |name| node.attribute(name).and_then(|text| text.trim().parse::<usize>().ok()).unwrap_or(1).clamp(1, 65_534);
                let (columns, rows) = (span("colspan"), span("rowspan"));
                cells.push(Cell { paragraphs: inner.lines, columns, rows, has_table: inner.tables > 0 });
                self.tables += inner.tables;
            }
        }
        cells
    }
}

/// Characters between which a line break of the page's source is no space.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FFEF}' | '\u{20000}'..='\u{3FFFF}' | '“' | '”' | '‘' | '’' | '—' | '…' | '·')
}

fn begins_with_mark(line: &str) -> bool {
    let mark: String = line.chars().take(4).collect();
    mark.starts_with(|c: char| c.is_ascii_digit() || "（(①②③④⑤⑥⑦⑧⑨⑩第".contains(c))
        || mark.trim_start_matches(['一', '二', '三', '四', '五', '六', '七', '八', '九', '十']).starts_with(['、', '是'])
}
