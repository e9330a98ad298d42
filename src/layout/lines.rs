//! Which stretches of a text are its lines?
//!
//! A text that was set in lines of one width (`…改造高标准农田` / `５万亩。`) is put together again, one that lost its line ends (`一、总体要求
//! （一）指导思想 以…为指导。 （二）…`) is parted again. A line is a stretch of the source all the same.

use super::front;
use super::marker::marker_at;
use crate::lexicon::agency;
use crate::text::fold::{fold_char, is_blank, is_han};
use crate::text::setting::{begins_no_line, ends_sentence, first_unit, is_page_number};
use crate::text::{Lines, Reading, opening};

/// A line: the code point at which it starts, and its characters.
pub(super) type Line<'t> = (usize, &'t str);

/// The lines of a decoded text that aren't blank.
pub(super) fn of(text: &str) -> Vec<Line<'_>> {
    let mut lines: Vec<Line> = match setting(text) {
        Some(setting) => unwrap(text, setting),
        None => Lines::new(text).filter(|(_, line)| is_visible(line)).collect(),
    };
    if let Some(at) = lines.iter().position(|(_, line)| line.len() >= LONG_LINE && line.len() * 2 > text.len()) {
        let parts = part_at_blanks(lines[at]);
        lines.splice(at..=at, parts);
    }
    join_titles(text, lines)
}

fn is_visible(line: &str) -> bool {
    line.chars().any(|c| !is_blank(c))
}

fn has_cells(line: &str) -> bool {
    line.contains(['\t', '|'])
}

/// From the start of `first` to the end of `last`, both slices of `text`.
fn from_to<'t>(text: &'t str, first: &str, last: &str) -> &'t str {
    let start = |line: &str| line.as_ptr() as usize - text.as_ptr() as usize;
    &text[start(first)..start(last) + last.len()]
}

/// The lines of one width that a text was set in.
#[derive(Clone, Copy)]
struct Setting {
    /// The width of a full line, in half-widths.
    full: usize,
    /// The width of a Latin letter or digit: 1, or 2 where characters were counted.
    latin: usize,
}

impl Setting {
    fn width(self, text: &str) -> usize {
        text.chars().map(|c| if c.is_ascii() { self.latin } else { 2 }).sum()
    }
}

/// By how much full lines differ, in half-widths: what may not be parted goes to the next line, what may not begin a line stays.
const RAGGED: usize = 6;

/// How a text was set, where it was set in lines of one width: most of it stands in lines that hardly differ in width, hardly a line is wider,
/// and most of the full ones stop within a sentence.
fn setting(text: &str) -> Option<Setting> {
    let lines: Vec<&str> = text.lines().map(str::trim_end).filter(|line| !line.is_empty() && !has_cells(line)).collect();
    let settings = [1, 2].into_iter().filter_map(|latin| set_with(&lines, latin));
    settings.max_by_key(|(held, _)| *held).map(|(_, setting)| setting)
}

/// The setting where a Latin letter is so wide, and how much of the text its full lines hold.
fn set_with(lines: &[&str], latin: usize) -> Option<(usize, Setting)> {
    let setting = Setting { full: 0, latin };
    let within = |line: &str| !ends_sentence(line) && line.contains(['，', '。', '、', '；', ',']);
    let mut lines: Vec<(usize, bool)> = lines.iter().map(|line| (setting.width(line), within(line))).collect();
    lines.sort_unstable();
    let all: usize = lines.iter().map(|(width, _)| width).sum();
    let (mut first, mut sum) = (0, 0);
    let mut best = (0, 0..0);
    for at in 0..lines.len() {
        sum += lines[at].0;
        while lines[first].0 + RAGGED < lines[at].0 {
            sum -= lines[first].0;
            first += 1;
        }
        if sum > best.0 {
            best = (sum, first..at + 1);
        }
    }
    let (held, full) = best;
    let wider = lines.len() - full.end;
    let broken = lines[full.clone()].iter().filter(|(_, within)| *within).count();
    let is_set = full.len() >= 5 && held * 2 > all && wider * 20 <= lines.len() && broken * 2 > full.len();
    let width = lines.get(full.end.checked_sub(1)?)?.0;
    (is_set && (30..=200).contains(&width)).then_some((held, Setting { full: width, latin }))
}

/// Puts the lines of a paragraph together, over the number of a page too.
fn unwrap(text: &str, setting: Setting) -> Vec<Line<'_>> {
    let mut joined: Vec<Line> = Vec::new();
    let mut before = "";
    let mut after_blank = false;
    let mut page: Option<Line> = None;
    for (base, line) in Lines::new(text) {
        if !is_visible(line) {
            after_blank = true;
            continue;
        }
        if is_page_number(line) && page.is_none() {
            page = Some((base, line));
            continue;
        }
        // Around a page's number blank lines part nothing.
        let after_blank = std::mem::take(&mut after_blank) && page.is_none();
        match joined.last_mut() {
            Some((_, last)) if goes_on(before, line, setting, after_blank) => *last = from_to(text, last, line),
            _ => joined.extend(page.into_iter().chain([(base, line)])),
        }
        page = None;
        before = line;
    }
    joined.extend(page);
    joined
}

/// Whether a line goes on the paragraph of the one before it: that one was full, and this one neither is set in nor begins with a mark.
fn goes_on(before: &str, line: &str, setting: Setting, after_blank: bool) -> bool {
    let bare = line.trim_start_matches(is_blank);
    if has_cells(before) || has_cells(line) || front::is_furniture(bare) {
        return false;
    }
    if begins_no_line(bare) {
        return true;
    }
    let is_set_in = line[..line.len() - bare.len()].chars().count() > 1;
    let before = before.trim_end();
    let is_full = setting.width(before) + setting.width(first_unit(bare)) + RAGGED > setting.full;
    is_full && !is_set_in && !(after_blank && ends_sentence(before)) && (!begins_with_mark(bare) || breaks_word(before, bare))
}

fn begins_with_mark(line: &str) -> bool {
    marker_at(Reading::new(opening(line, 60), 0).text()).is_some()
}

/// `…建立统` / `一、高效的机制`: what looks like a mark is the end of a word, since the line above stops within a sentence.
fn breaks_word(before: &str, line: &str) -> bool {
    before.ends_with(is_han) && before.contains(['，', '。']) && line.starts_with("一、")
}

/// Parts a line that holds a document where its line ends became blanks: behind a sentence, before a mark, and behind a short stretch
/// without a stop, a title or heading. Other blanks (`7326.4 亿元`, `认真贯 彻`) part nothing.
fn part_at_blanks((base, line): Line) -> Vec<Line> {
    let mut parts = Vec::new();
    let (mut from, mut start) = (0, base);
    let mut at = 0;
    while let Some(gap) = line[at..].find(char::is_whitespace).map(|gap| at + gap) {
        let next = line.len() - line[gap..].trim_start_matches(is_blank).len();
        if is_line_end(&line[from..gap], &line[next..], from == 0) {
            parts.push((start, &line[from..gap]));
            start += line[from..next].chars().count();
            from = next;
        }
        at = next;
    }
    parts.push((start, &line[from..]));
    parts.retain(|(_, part)| is_visible(part));
    parts
}

/// A line of so many bytes may hold a whole document.
pub(super) const LONG_LINE: usize = 600;
/// The longest heading or line of a title, in characters.
const LONGEST_TITLE: usize = 60;
/// The longest mark of a heading, in bytes.
const LONGEST_MARK: usize = 60;
/// The longest name of who signs, in bytes.
const LONGEST_UNIT: usize = 200;
/// The longest day below a text, in bytes: more is not read.
const LONGEST_DAY: usize = 60;

/// Whether a line ended between what stands before a blank, since the last line's end (`opens` where that is the text's start), and what
/// stands behind it.
fn is_line_end(before: &str, behind: &str, opens: bool) -> bool {
    let near = before.char_indices().rev().nth(40).map_or(before, |(at, _)| &before[at..]);
    let opened = near.rfind(['（', '(', '《', '“']);
    if opened > near.rfind(['）', ')', '》', '”']) {
        return false;
    }
    let head = Reading::new(opening(before, LONGEST_MARK), 0);
    let marked = marker_at(head.text());
    // 1.| 完善检测体系: a mark alone is no line.
    if before.len() < LONGEST_MARK && marked.is_some_and(|mark| mark.len == head.text().len()) {
        return false;
    }
    let is_latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || ('０'..='９').contains(&c));
    let is_heading = || {
        before.chars().take(LONGEST_TITLE + 1).count() <= LONGEST_TITLE
            && !before.contains(['。', '；'])
            && !before.ends_with(['，', '、'])
            && !is_latin(before.chars().next_back())
            && (!is_latin(behind.chars().next()) || opens && begins_with_day(behind) || marked.is_some() && stands_alone(before))
    };
    let is_label = front::field_label(before.trim_end_matches(['：', ':'])).is_some();
    // …|某市商务局|2020年2月12日
    let is_unit = |text: &str| text.len() <= LONGEST_UNIT && agency::looks_like_unit(Reading::new(text, 0).text());
    let is_day = |text: &str| text.len() <= LONGEST_DAY && front::is_day(Reading::new(text.trim_matches(is_blank), 0).text());
    let signs = || {
        let (next, rest) = behind.split_once(is_blank).unwrap_or((behind, ""));
        is_day(next) && is_unit(before) || is_day(rest) && is_unit(next)
    };
    (ends_sentence(before) && !is_label) || is_heading() || begins_with_mark(behind) || signs()
}

/// `一、工作回顾|2025年是…`: a marked title of its own, not the start of a sentence that a blank parts from its number (`（一）力争到| 2025 年`).
fn stands_alone(title: &str) -> bool {
    title.chars().count() >= 6
        && !title.ends_with(['到', '至', '在', '于', '从', '自', '比', '超', '达', '过', '约', '近', '为', '第', '的', '增', '降'])
}

/// `1月29日，…`, as news begins.
fn begins_with_day(text: &str) -> bool {
    let is_digit = |c: char| fold_char(c).is_ascii_digit();
    let behind_month = text.trim_start_matches(is_digit).strip_prefix('月').filter(|_| text.starts_with(is_digit));
    behind_month.is_some_and(|day| day.starts_with(is_digit) && day.trim_start_matches(is_digit).starts_with('日'))
}

/// A title that the page broke (`根据《` / `某省关于…的意见》（…）精神`) is put together: its two lines are one.
fn join_titles<'t>(text: &'t str, lines: Vec<Line<'t>>) -> Vec<Line<'t>> {
    let opened = |line: &str| line.matches('《').count() as i64 - line.matches('》').count() as i64;
    let closes = |line: &str| line.find('》').is_some_and(|at| at <= LONGEST_REST && !line[..at].contains(['《', '。']));
    let mut joined: Vec<Line> = Vec::with_capacity(lines.len());
    // How many titles the line above leaves open; a row of cells leaves none.
    let mut open = 0;
    for (base, line) in lines {
        let cells = has_cells(line);
        match joined.last_mut() {
            Some((_, last)) if open > 0 && closes(line) => {
                *last = from_to(text, last, line);
                open = if cells { 0 } else { open + opened(line) };
            }
            _ => {
                joined.push((base, line));
                open = if cells { 0 } else { opened(line) };
            }
        }
    }
    joined
}

/// The longest rest of a broken title, in bytes.
const LONGEST_REST: usize = 240;
