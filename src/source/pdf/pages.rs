//! Which lines of a page are the text's, and which the page's own?
//!
//! `— 3 —`, `第 3 页 共 10 页` and a head that stands on every page are the page's.

use std::collections::HashMap;

use super::super::chrome::is_chrome;
use super::lines::Line;
use crate::text::setting::is_page_number;

/// A page and how its text is set.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub lines: Vec<Line>,
    /// The column at which full lines begin.
    pub margin: usize,
    /// The width of a full line, in half-widths; 0 on a page without long lines.
    pub full: usize,
}

/// Parts the output at its form feeds, leaves out page numbers and running heads, and measures the pages.
pub(super) fn read(layout: &str) -> Vec<Page> {
    let mut pages: Vec<Vec<Line>> = layout.split('\u{0C}').map(lines).filter(|lines| !lines.is_empty()).collect();
    let heads = running_heads(&pages);
    for page in &mut pages {
        for end in [End::Top, End::Bottom] {
            for _ in 0..3 {
                let Some(at) = end.index(page.len()) else {
                    break;
                };
                let line = &page[at];
                if !is_page_number(&line.text) && !heads.contains_key(&without_digits(&line.text)) {
                    break;
                }
                page.remove(at);
            }
        }
    }
    let mut pages: Vec<Page> = pages.into_iter().filter(|lines| !lines.is_empty()).map(measure).collect();
    // A last page with two short lines is set as the pages before it.
    for at in 1..pages.len() {
        if pages[at].full == 0 {
            (pages[at].margin, pages[at].full) = (pages[at - 1].margin, pages[at - 1].full);
        }
    }
    pages
}

#[derive(Clone, Copy)]
enum End {
    Top,
    Bottom,
}

impl End {
    fn index(self, length: usize) -> Option<usize> {
        match self {
            Self::Top => (length > 0).then_some(0),
            Self::Bottom => length.checked_sub(1),
        }
    }
}

fn lines(page: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut after_gap = false;
    for line in page.lines() {
        if let Some(line) = Line::read(line, after_gap) {
            // A page printed from the web brings its menus.
            if !is_chrome(&line.text) {
                lines.push(line);
            }
            after_gap = false;
        } else {
            after_gap = true;
        }
    }
    lines
}

/// What stands in the first or last two lines of more than half of three pages or more, digits aside.
fn running_heads(pages: &[Vec<Line>]) -> HashMap<String, usize> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for page in pages {
        let mut ends: Vec<&Line> = page.iter().take(2).chain(page.iter().skip(2).rev().take(2)).collect();
        ends.retain(|line| line.segments().len() <= 2);
        let mut seen: Vec<String> = ends.iter().map(|line| without_digits(&line.text)).collect();
        seen.sort();
        seen.dedup();
        for line in seen {
            *counts.entry(line).or_default() += 1;
        }
    }
    counts.retain(|_, count| pages.len() >= 3 && *count * 2 > pages.len());
    counts
}

fn without_digits(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| if c.is_ascii_digit() { '0' } else { c })
        .collect::<String>()
        .replace("00", "0")
        .replace("00", "0")
}

/// Full lines begin at the page's margin and are as wide as the widest of them that are no outliers.
fn measure(lines: Vec<Line>) -> Page {
    let long: Vec<&Line> = lines.iter().filter(|line| !line.has_gaps()).collect();
    let widest = long.iter().map(|line| line.width()).max().unwrap_or(0);
    let long: Vec<&Line> = long.into_iter().filter(|line| line.width() * 4 >= widest * 3).collect();
    let margin = long.iter().map(|line| line.indent).min().unwrap_or(0);
    let mut widths: Vec<usize> = long.iter().filter(|line| line.indent <= margin + 1).map(|line| line.width()).collect();
    widths.sort_unstable();
    if widest < 40 {
        let margin = lines.iter().map(|line| line.indent).min().unwrap_or(0);
        return Page { lines, margin, full: 0 };
    }
    let full = widths.get(widths.len() * 3 / 4).copied().unwrap_or(0);
    Page { lines, margin, full }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_on_most_pages_are_left_out() {
        let text =
            "某省人民政府公报\n    正文甲\n— 1 —\n\u{0C}某省人民政府公报\n    正文乙\n— 2 —\n\u{0C}某省人民政府公报\n    正文丙\n— 3 —\n";
        let lines: Vec<String> = read(text).into_iter().flat_map(|page| page.lines).map(|line| line.text).collect();
        assert_eq!(lines, ["正文甲", "正文乙", "正文丙"]);
    }
}
