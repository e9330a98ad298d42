//! Which printed lines are one paragraph?
//!
//! A line that reaches the right margin goes on in the next one, unless that is set in or begins with a mark such as `（一）`. A headline in
//! two centred lines is one: `关于印发《实施方案（2024—` and `2027年）》的通知`.

use super::lines::{Line, append, tidy, width};
use super::pages::Page;
use super::rows;
use crate::text::setting;

/// The text's lines: a paragraph, a headline or a row of a table each.
pub(super) fn join(pages: &[Page]) -> Vec<String> {
    let items: Vec<Item> = pages.iter().flat_map(items).collect();
    let indents = indents_paragraphs(&items);
    let mut joined: Vec<String> = Vec::new();
    let mut last: Option<&Placed> = None;
    // How many lines of a headline are still to come.
    let mut headline = 0_usize;
    for (at, item) in items.iter().enumerate() {
        match item {
            Item::Row(row) => {
                joined.push(row.clone());
                last = None;
            }
            Item::Line(line) => {
                let text = tidy(&line.line.text);
                match (joined.last_mut(), last) {
                    (Some(paragraph), Some(before)) if headline > 0 || goes_on(before, line, indents) => append(paragraph, &text),
                    _ => joined.push(text),
                }
                headline = if headline > 0 { headline - 1 } else { headline_lines(&items[at..]) - 1 };
                last = Some(line);
            }
        }
    }
    joined
}

enum Item<'a> {
    Line(Placed<'a>),
    Row(String),
}

/// A line and how its page is set.
struct Placed<'a> {
    line: &'a Line,
    /// How far it is set in from the margin, in columns.
    inset: usize,
    full: usize,
}

impl Placed<'_> {
    /// At the margin, or off it by the width of a bracket.
    fn is_flush(&self) -> bool {
        self.inset <= 1
    }

    /// Centred or at the right: set in by more than any first line is.
    fn is_apart(&self) -> bool {
        self.inset > 6 && self.line.width() * 10 < self.full.max(40) * 9
    }

    /// Whether the first unit of the next line would not have found room.
    fn is_full_before(&self, next: &str) -> bool {
        self.full > 0 && self.line.width() + self.inset.min(6) * 2 + width(setting::first_unit(next)) + 4 > self.full
    }
}

fn items(page: &Page) -> Vec<Item<'_>> {
    let mut items = Vec::new();
    let mut tables = rows::find(page).into_iter().peekable();
    let mut at = 0;
    while at < page.lines.len() {
        if let Some(table) = tables.next_if(|table| table.lines.start == at) {
            at = table.lines.end.max(at + 1);
            items.extend(table.rows.into_iter().map(Item::Row));
            continue;
        }
        let line = &page.lines[at];
        items.push(Item::Line(Placed { line, inset: line.indent.saturating_sub(page.margin), full: page.full }));
        at += 1;
    }
    items
}

/// Whether paragraphs begin with an indent: more lines are set in a little than begin at the margin after a full stop.
fn indents_paragraphs(items: &[Item]) -> bool {
    let (mut indented, mut flush) = (0, 0);
    for pair in items.windows(2) {
        let [Item::Line(before), Item::Line(line)] = pair else {
            continue;
        };
        if (2..=6).contains(&line.inset) {
            indented += 1;
        } else if line.is_flush() && ends_sentence(&before.line.text) && !before.is_full_before(&line.line.text) {
            flush += 1;
        }
    }
    indented >= 3 && indented > flush
}

fn goes_on(before: &Placed, line: &Placed, indents: bool) -> bool {
    let text = line.line.text.as_str();
    if setting::begins_no_line(text) {
        return true;
    }
    let is_full = before.is_full_before(text);
    if before.is_apart() || line.inset > 1 || (line.line.has_gaps() && !is_full) {
        return false;
    }
    let ends = ends_sentence(&before.line.text);
    if begins_with_mark(text) && (ends || !is_full) {
        return false;
    }
    // Where paragraphs are set in, a line at the margin begins none.
    if indents {
        return is_full || (!ends && before.line.width() * 10 > line.full * 6);
    }
    is_full && !(ends && line.line.after_gap && !before.line.after_gap)
}

/// How many lines from the first one on are one headline: short lines without a stop that together end with 通知, 方案 …, and name what
/// they are about or are all centred. At least 1.
fn headline_lines(items: &[Item]) -> usize {
    let mut headline = String::new();
    let mut are_apart = true;
    for (at, item) in items.iter().take(5).enumerate() {
        let Item::Line(line) = item else { break };
        let text = line.line.text.as_str();
        let is_short = line.line.width() * 20 < line.full.max(40) * 17;
        let is_other = ends_sentence(text) || begins_with_mark(text) || is_date(text) || text.ends_with('号') || line.line.has_gaps();
        // （2025—2027年） below a headline stays a line of its own, unless the bracket was opened above.
        let is_note = at > 0 && balance(&headline) <= 0 && text.starts_with(['（', '(', '〔']);
        if !is_short || is_other || is_note {
            break;
        }
        are_apart &= line.is_apart();
        let was_open = balance(&headline) > 0;
        headline.push_str(&tidy(text));
        let is_whole = GENRES.iter().any(|genre| headline.ends_with(genre))
            || (was_open && balance(&headline) <= 0 && headline.ends_with(['》', '）']));
        let goes_on = matches!(items.get(at + 1), Some(Item::Line(next)) if next.line.text.starts_with("的通知"));
        if is_whole && !goes_on {
            return if headline.contains("关于") || are_apart { at + 1 } else { 1 };
        }
    }
    1
}

/// What a headline ends with.
const GENRES: &[&str] = &[
    "通知", "意见", "方案", "规划", "纲要", "办法", "规定", "决定", "报告", "公告", "通告", "措施", "计划", "批复", "函", "细则", "条例",
    "清单", "要点",
];

fn is_date(text: &str) -> bool {
    text.ends_with('日') && text.contains('年') && text.contains('月') && text.chars().count() <= 14
}

/// Print in Latin points ends sentences too.
fn ends_sentence(text: &str) -> bool {
    text.ends_with('.') || setting::ends_sentence(text)
}

/// Opening brackets less closing ones.
fn balance(text: &str) -> i32 {
    text.chars()
        .map(|c| {
            if "《（(〔".contains(c) {
                1
            } else if "》）)〕".contains(c) {
                -1
            } else {
                0
            }
        })
        .sum()
}

/// `一、`, `（一）`, `1.`, `第一章`, `附件`: what a heading begins with.
pub(super) fn begins_with_mark(text: &str) -> bool {
    const NUMERALS: &str = "一二三四五六七八九十百零〇";
    let is_numeral = |c: char| NUMERALS.contains(c) || c.is_ascii_digit() || ('０'..='９').contains(&c);
    let after = |text: &str| text.trim_start_matches(is_numeral).chars().next();
    if let Some(rest) = text.strip_prefix(['（', '(']) {
        return rest.starts_with(is_numeral) && matches!(after(rest), Some('）' | ')'));
    }
    if let Some(rest) = text.strip_prefix('第') {
        return rest.starts_with(is_numeral) && matches!(after(rest), Some('章' | '节' | '条' | '编' | '部'));
    }
    if text.starts_with(|c: char| NUMERALS.contains(c)) {
        return after(text) == Some('、');
    }
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
        let digits = text.len() - rest.len();
        let mut next = rest.chars();
        let is_mark = matches!(next.next(), Some('.' | '．' | '、' | '﹒' | ')' | '）'));
        return digits <= 2 && is_mark && !next.next().is_some_and(|c| c.is_ascii_digit());
    }
    text.starts_with("附件") || text.starts_with("专栏") || text.starts_with(|c: char| ('①'..='⑳').contains(&c))
}
