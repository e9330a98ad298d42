//! Which printed lines are a table, and which of them one row?
//!
//! `1    制定实施    省发改委` / `     方案        省财政厅` is the row `1⇥制定实施方案⇥省发改委省财政厅`. Columns are parted where no line of the table has a character;
//! a row begins where the first column counts on, or where no cell waits to go on.

use std::ops::Range;

use super::lines::{Line, Segment, append, tidy, width};
use super::pages::Page;

/// A table on a page.
pub(super) struct Found {
    /// Its lines on the page.
    pub lines: Range<usize>,
    /// Its rows, cells parted by tabs.
    pub rows: Vec<String>,
}

/// Finds a page's tables, from top to bottom.
pub(super) fn find(page: &Page) -> Vec<Found> {
    let segments: Vec<Vec<Segment>> = page.lines.iter().map(Line::segments).collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < segments.len() {
        if segments[at].len() < 2 {
            at += 1;
            continue;
        }
        let mut block = Block::grow(page, &segments, at);
        at = block.lines.end;
        if block.is_table(&segments) {
            let rows = block.rows(page, &segments);
            found.push(Found { lines: block.lines, rows });
        }
    }
    found
}

/// Lines that share columns.
struct Block {
    lines: Range<usize>,
    columns: Vec<Range<usize>>,
    /// How wide each column's widest line is, in half-widths; known once its cells are.
    widths: Vec<usize>,
}

/// How many lines with one cell only may stand between lines with several.
const REACH: usize = 6;

impl Block {
    fn grow(page: &Page, segments: &[Vec<Segment>], start: usize) -> Self {
        let mut block = Block { lines: start..start + 1, columns: Vec::new(), widths: Vec::new() };
        block.columns = merge(&[], &segments[start]);
        let mut at = start + 1;
        while at < segments.len() && at <= block.lines.end + REACH {
            if segments[at].len() >= 2 {
                let merged = merge(&block.columns, &segments[at]);
                let least = block.columns.len().min(segments[at].len()).max(2);
                if merged.len() < least {
                    break;
                }
                block.columns = merged;
                block.lines.end = at + 1;
            } else if !is_cell_like(page, at, &segments[at]) {
                break;
            }
            at += 1;
        }
        // Cells that go on below the last line with several, or begin above the first.
        while block.lines.end < segments.len() && !page.lines[block.lines.end].after_gap && block.holds(block.lines.end, segments) {
            block.lines.end += 1;
        }
        // Above a head only the upper half of a narrow cell (完成 above 时间); above a number the upper lines of its row.
        let is_head = segments[start].first().is_some_and(|first| !is_ordinal(&first.text) && first.start < block.columns[0].end);
        let first = start;
        while block.lines.start > 0 && !page.lines[block.lines.start].after_gap && block.holds(block.lines.start - 1, segments) {
            let above = block.lines.start - 1;
            let column = block.column_of(&segments[above][0]);
            let is_half = page.lines[above].width() <= 8 && segments[first].iter().all(|it| block.column_of(it) != column);
            if is_title(&page.lines[above].text) || (is_head && !is_half) {
                break;
            }
            block.lines.start = above;
        }
        block
    }

    /// Whether a line with one segment stands within one column that isn't the first.
    fn holds(&self, at: usize, segments: &[Vec<Segment>]) -> bool {
        let [segment] = segments[at].as_slice() else {
            return false;
        };
        let is_inside = |column: &Range<usize>| segment.start + 1 >= column.start && segment.end <= column.end + 1;
        self.columns.len() >= 3 && self.columns.iter().skip(1).any(is_inside)
    }

    /// Three columns or more in two lines, or two columns in three lines that begin alike.
    fn is_table(&self, segments: &[Vec<Segment>]) -> bool {
        let several = |least: usize| self.lines.clone().filter(|&at| segments[at].len() >= least).count();
        let aligned = |at: usize| segments[at].iter().skip(1).any(|it| self.columns.iter().any(|column| column.start == it.start));
        (self.columns.len() >= 3 && several(3) >= 2)
            || (self.columns.len() == 2 && several(2) >= 3 && self.lines.clone().filter(|&at| aligned(at)).count() >= 3)
    }

    fn rows(&mut self, page: &Page, segments: &[Vec<Segment>]) -> Vec<String> {
        let grid: Vec<Vec<String>> = self.lines.clone().map(|at| self.cells(&segments[at])).collect();
        self.widths = (0..self.columns.len()).map(|at| grid.iter().map(|cells| width(&cells[at])).max().unwrap_or(0)).collect();
        let gaps: Vec<bool> = self.lines.clone().map(|at| page.lines[at].after_gap).collect();
        let mut rows: Vec<Vec<String>> = Vec::new();
        for group in self.group(&grid, &gaps) {
            let mut row = vec![String::new(); self.columns.len()];
            for line in group {
                for (cell, text) in row.iter_mut().zip(&grid[line]) {
                    append(cell, &tidy(text));
                }
            }
            rows.push(row);
        }
        rows.into_iter().map(|row| row.join("\t")).collect()
    }

    /// A line's text by column; what crosses several columns goes to the first of them.
    fn cells(&self, segments: &[Segment]) -> Vec<String> {
        let mut cells = vec![String::new(); self.columns.len()];
        for segment in segments {
            let at = self.column_of(segment);
            if !cells[at].is_empty() {
                cells[at].push(' ');
            }
            cells[at].push_str(&segment.text);
        }
        cells
    }

    fn column_of(&self, segment: &Segment) -> usize {
        self.columns.iter().position(|column| segment.start < column.end).unwrap_or(self.columns.len() - 1)
    }

    /// The lines of each row.
    fn group(&self, grid: &[Vec<String>], gaps: &[bool]) -> Vec<Range<usize>> {
        let ordinals: Vec<usize> = (0..grid.len()).filter(|&at| is_ordinal(&grid[at][0])).collect();
        let named = grid.iter().filter(|cells| !cells[0].is_empty()).count();
        if ordinals.len() >= 2 && ordinals.len() * 3 >= named * 2 {
            return self.group_by_ordinals(grid, gaps, &ordinals);
        }
        let is_start = |at: &usize| !self.goes_on(grid, *at) || (gaps[*at] && !all(gaps));
        let starts: Vec<usize> = std::iter::once(0).chain((1..grid.len()).filter(is_start)).collect();
        ranges(&starts, grid.len())
    }

    /// A row for each number of the first column. Where cells are centred from top to bottom its number stands in the middle.
    fn group_by_ordinals(&self, grid: &[Vec<String>], gaps: &[bool], ordinals: &[usize]) -> Vec<Range<usize>> {
        if let Some(starts) = self.gap_starts(grid, gaps, ordinals) {
            return ranges(&starts, grid.len());
        }
        let first = ordinals[0];
        // The lines above the first number: its head, and the upper lines of a centred row.
        let named = (0..first).rev().find(|&at| !grid[at][0].is_empty());
        let head = named.map_or(0, |at| (2 * at + 1).min(first));
        let mut starts: Vec<usize> = vec![0];
        starts.extend((1..named.unwrap_or(0)).filter(|&at| !self.goes_on(grid, at) && named.is_some_and(|named| 2 * at > named)));
        if let Some(rows) = centred_starts(grid, head, ordinals) {
            starts.extend(rows);
        } else {
            let is_top = self.is_top_aligned(grid, ordinals);
            let is_centred = head < first && !is_top;
            starts.push(if is_top { first } else { head });
            starts.extend((head..first).filter(|&at| is_group_row(&grid[at])));
            for pair in ordinals.windows(2) {
                let group_row = (pair[0] + 1..pair[1]).find(|&at| is_group_row(&grid[at]) || !grid[at][0].is_empty());
                starts.extend(group_row);
                let from = group_row.unwrap_or(pair[0]);
                starts.push(if is_centred {
                    self.seam(grid, gaps, from, pair[1])
                } else {
                    group_row.map_or(pair[1], |at| (at + 1).min(pair[1]))
                });
            }
        }
        starts.sort_unstable();
        starts.dedup();
        ranges(&starts, grid.len())
    }

    /// Where empty lines part the rows: each group of lines between them has one number, but for the head and the heads of groups.
    fn gap_starts(&self, grid: &[Vec<String>], gaps: &[bool], ordinals: &[usize]) -> Option<Vec<usize>> {
        let mut starts: Vec<usize> = (0..grid.len()).filter(|&at| at == 0 || gaps[at]).collect();
        let groups = ranges(&starts, grid.len());
        let before = |line: usize| ordinals.partition_point(|&at| at < line);
        let numbers = |group: &Range<usize>| before(group.end) - before(group.start);
        let is_row = |group: &Range<usize>| {
            let is_head = group.end <= ordinals[0] || group.clone().any(|at| !grid[at][0].is_empty() || is_group_row(&grid[at]));
            numbers(group) == 1 || (numbers(group) == 0 && is_head)
        };
        if !groups.iter().all(is_row) || !groups.iter().any(|group| group.len() > 1 && numbers(group) == 1) {
            return None;
        }
        // A head may have two rows.
        let head = groups.iter().find(|group| numbers(group) == 1).map_or(0, |group| group.start);
        starts.extend((1..head).filter(|&at| !gaps[at] && !self.goes_on(grid, at)));
        // 序号 right above 1: no empty line parts the head from the first row.
        starts.extend(ordinals.first().copied().filter(|&first| first > 0 && is_label(&grid[first - 1][0])));
        starts.sort_unstable();
        starts.dedup();
        Some(starts)
    }

    /// Where, between two numbers, the lower row begins: after an empty line, or after a line that ends its cell, whichever is nearest
    /// to the middle.
    fn seam(&self, grid: &[Vec<String>], gaps: &[bool], from: usize, to: usize) -> usize {
        let widest = (1..self.columns.len()).max_by_key(|&at| self.columns[at].len()).unwrap_or(0);
        let middle = from + to;
        let is_end = |at: usize| gaps[at + 1] || self.is_short(grid, at, widest);
        let nearest = (from..to).filter(|&at| is_end(at)).min_by_key(|&at| (2 * at + 1).abs_diff(middle));
        nearest.map_or(usize::midpoint(from, to) + 1, |at| at + 1)
    }

    /// Whether a number stands in the first line of its row: what follows fills no column that this line leaves empty.
    fn is_top_aligned(&self, grid: &[Vec<String>], ordinals: &[usize]) -> bool {
        let ends = ordinals.iter().skip(1).copied().chain(std::iter::once(grid.len()));
        ordinals.iter().zip(ends).all(|(&number, end)| {
            let fits = |at: usize| (0..self.columns.len()).all(|column| grid[at][column].is_empty() || !grid[number][column].is_empty());
            (number + 1..end).all(|at| fits(at) || is_group_row(&grid[at]))
        })
    }

    /// Whether a line goes on with the row above it: its cells go on from full ones, or it has few cells, or the line above has few and
    /// waits for the rest. A line without a first cell that fills most columns may be a row: a cell that spans rows stands before it.
    fn goes_on(&self, grid: &[Vec<String>], at: usize) -> bool {
        let (line, above) = (&grid[at], &grid[at - 1]);
        let filled = (0..line.len()).filter(|&column| !line[column].is_empty());
        let count = filled.clone().count();
        let follows_full = filled.clone().all(|column| !self.is_short(grid, at - 1, column));
        let is_most = count >= 2 && count * 3 >= (line.len() - 1) * 2;
        if line[0].is_empty() && !is_most {
            // Below cells that ended well before their edges begins the upper line of the next row.
            let has_ended = |column: usize| !above[column].is_empty() && width(&above[column]) * 10 <= self.widths[column] * 8;
            return above.iter().any(|cell| !cell.is_empty()) && !(count == 1 && self.columns.len() >= 3 && filled.clone().all(has_ended));
        }
        let is_upper = above.iter().filter(|cell| !cell.is_empty()).count() * 2 <= line.len();
        let is_rest =
            line[0].is_empty() && is_upper && filled.clone().all(|column| above[column].is_empty() || !self.is_short(grid, at - 1, column));
        let all_filled = line.iter().chain(above).all(|cell| !cell.is_empty());
        is_rest || (follows_full && !all_filled)
    }

    /// Whether a cell's line leaves room, or ends a sentence, or is empty.
    fn is_short(&self, grid: &[Vec<String>], at: usize, column: usize) -> bool {
        let cell = &grid[at][column];
        let room = (self.widths[column] / 4).min(4);
        cell.is_empty() || width(cell) + room.max(1) <= self.widths[column] || cell.ends_with(['。', '；', '：', ':'])
    }
}

/// Rows whose numbers stand in their middles: as many lines above a number as below. None if the lines don't come out even.
fn centred_starts(grid: &[Vec<String>], head: usize, ordinals: &[usize]) -> Option<Vec<usize>> {
    let mut starts = Vec::new();
    let mut start = head;
    for (at, &number) in ordinals.iter().enumerate() {
        while start < number && is_group_row(&grid[start]) {
            starts.push(start);
            start += 1;
        }
        let end = (2 * number).checked_sub(start)?;
        let next = ordinals.get(at + 1).copied().unwrap_or(grid.len());
        if start > number || end >= next || (start..=end).any(|at| is_group_row(&grid[at])) {
            return None;
        }
        starts.push(start);
        start = end + 1;
    }
    let is_even = (start..grid.len()).all(|at| is_group_row(&grid[at]));
    is_even.then(|| {
        starts.extend(start..grid.len());
        starts
    })
}

/// A line such as `二、谋划推进项目` alone: the head of the rows below it.
fn is_group_row(cells: &[String]) -> bool {
    let mut filled = cells.iter().filter(|cell| !cell.is_empty());
    matches!((filled.next(), filled.next()), (Some(cell), None) if super::paragraphs::begins_with_mark(cell) && !is_ordinal(cell))
}

fn all(gaps: &[bool]) -> bool {
    gaps.iter().skip(1).all(|&gap| gap)
}

fn ranges(starts: &[usize], end: usize) -> Vec<Range<usize>> {
    let ends = starts.iter().skip(1).copied().chain(std::iter::once(end));
    starts.iter().copied().zip(ends).filter(|(start, end)| start < end).map(|(start, end)| start..end).collect()
}

/// The head of the column of numbers.
fn is_label(text: &str) -> bool {
    matches!(text.replace(' ', "").as_str(), "序号" | "编号")
}

fn is_ordinal(text: &str) -> bool {
    let text = text.trim_matches(['（', '）', '(', ')', '.', '．', '、']);
    !text.is_empty() && text.len() <= 4 && text.chars().all(|c| c.is_ascii_digit())
}

/// A line that may belong to one cell: not as wide as the page, no heading at the margin.
fn is_cell_like(page: &Page, at: usize, segments: &[Segment]) -> bool {
    let line = &page.lines[at];
    let is_wide = page.full > 0 && line.width() * 10 >= page.full * 8;
    let is_heading = super::paragraphs::begins_with_mark(&line.text) && line.indent <= page.margin + 6 && line.after_gap;
    let is_sentence = line.text.ends_with('。') && line.indent <= page.margin + 6;
    segments.len() == 1 && !is_wide && !is_heading && !is_sentence && !is_title(&line.text)
}

/// What stands above a table, not in it.
fn is_title(text: &str) -> bool {
    ["附件", "附表", "附：", "单位：", "注：", "备注：", "专栏"].iter().any(|title| text.starts_with(title))
}

/// Columns that hold both: ranges that overlap become one.
fn merge(columns: &[Range<usize>], segments: &[Segment]) -> Vec<Range<usize>> {
    let mut all: Vec<Range<usize>> = columns.iter().cloned().chain(segments.iter().map(|segment| segment.start..segment.end)).collect();
    all.sort_by_key(|range| range.start);
    let mut merged: Vec<Range<usize>> = Vec::new();
    for range in all {
        match merged.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}
