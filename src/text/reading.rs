//! What does a stretch of source read as, and where did each character stand?
//!
//! `重点园-5-区` reads as `重点园区`; the span of `园区` leads back to `园-5-区`.

use super::fold::{chinese_punctuation, fold_char, is_blank, is_han, is_invisible};
use super::numeral::is_numeral;
use super::setting::{LONGEST_PAGE_NUMBER, is_page_number};
use super::span::{Folded, Original, Span};

/// A stretch of the source as a reader reads it: folded, artefacts of printing left out.
///
/// Each character of the reading is one character of the source; characters are left out, never added, so the way back is a table look-up.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    text: String,
    /// For each byte of `text` the offset of its character in the source; one more for the end.
    origin: Vec<u32>,
    /// The bytes of `text` at which a line begins that goes on the one before it, in their order.
    joined: Vec<u32>,
}

impl Reading {
    /// Reads `source`, which starts at code point `base` of the document.
    pub fn new(source: &str, base: usize) -> Self {
        let chars: Vec<char> = source.chars().collect();
        let mut reading =
            Reading { text: String::with_capacity(source.len()), origin: Vec::with_capacity(source.len() + 1), joined: Vec::new() };
        // "十二五": straight quotes that stand in pairs open and close in turn; those of marked-up text (rowspan="2") stay.
        let paired = source.matches('"').count().is_multiple_of(2) && !source.contains("=\"");
        let mut opens = true;
        // 加强领导.落实责任.: where no other stop stands, outside of brackets and quotes a point is one.
        let points = !source.contains('。');
        let mut depth = 0_i32;
        let mut i = 0;
        while i < chars.len() {
            if is_han(chars[i]) {
                // Most characters of most texts, and each reads as itself.
                reading.push(chars[i], base + i);
                i += 1;
                continue;
            }
            let skip = artefact(&chars, i);
            if skip > 0 {
                i += skip;
                continue;
            }
            if is_blank(chars[i]) {
                let run = blanks(&chars[i..]);
                if gap_separates(&chars, i, run) {
                    reading.push(' ', base + i);
                } else if chars[i..i + run].contains(&'\n') {
                    reading.joined.push(reading.text.len() as u32);
                }
                i += run;
                continue;
            }
            let mut c = read_char(&chars, i);
            if c == '"' && paired {
                c = if opens { '“' } else { '”' };
                opens = !opens;
            }
            match c {
                '（' | '“' | '《' => depth += 1,
                '）' | '”' | '》' => depth -= 1,
                '.' if points && depth <= 0 && is_full_stop(&chars, i) => c = '。',
                _ => {}
            }
            reading.push(c, base + i);
            i += 1;
        }
        reading.origin.push((base + chars.len()) as u32);
        reading
    }

    fn push(&mut self, c: char, origin: usize) {
        self.text.push(c);
        for _ in 0..c.len_utf8() {
            self.origin.push(origin as u32);
        }
    }

    /// The folded text that rules match in.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The folded text of `span`.
    pub fn slice(&self, span: Span<Folded>) -> &str {
        &self.text[span.range()]
    }

    /// The span of the whole reading.
    pub fn all(&self) -> Span<Folded> {
        Span::new(0, self.text.len())
    }

    /// Where `span` stands in the source: from its first character to its last, artefacts between them included.
    pub fn locate(&self, span: Span<Folded>) -> Span<Original> {
        let start = self.origin[span.start] as usize;
        let Some(last) = self.text[span.range()].chars().next_back() else {
            return Span::new(start, start);
        };
        Span::new(start, self.origin[span.end - last.len_utf8()] as usize + 1)
    }

    /// Whether white space was left out before the character at byte `at`: `省发改委 省财政厅` reads as one
    /// string, and a list of units may part there. The end of a line in the middle of a paragraph parts nothing.
    pub fn gap_before(&self, at: usize) -> bool {
        if at == 0 || at >= self.text.len() {
            return false;
        }
        self.origin[at] > self.origin[at - 1] + 1 && self.joined.binary_search(&(at as u32)).is_err()
    }

    /// The reading of a part, with the same way back.
    #[must_use]
    pub fn part(&self, span: Span<Folded>) -> Reading {
        let located = self.locate(span);
        let mut origin = self.origin[span.range()].to_vec();
        origin.push(located.end as u32);
        let before = |end: usize| self.joined.partition_point(|at| (*at as usize) < end);
        let joined = self.joined[before(span.start)..before(span.end)].iter().map(|at| at - span.start as u32).collect();
        Reading { text: self.slice(span).to_owned(), origin, joined }
    }

    /// `span` without white space at its ends.
    pub fn trim(&self, span: Span<Folded>) -> Span<Folded> {
        let text = self.slice(span);
        let start = span.start + (text.len() - text.trim_start().len());
        let end = start + text.trim().len();
        Span::new(start, end)
    }
}

/// How many characters at `i` are an artefact of printing: a page number inside a word (`园-5-区`), marks of
/// Markdown (`**`), invisible characters.
fn artefact(chars: &[char], i: usize) -> usize {
    match chars[i] {
        '*' if chars.get(i + 1) == Some(&'*') && chars.get(i + 2) != Some(&'*') && (i == 0 || chars[i - 1] != '*') => 2,
        c if is_invisible(c) => 1,
        '-' | '—' | '－' if i > 0 && is_han(chars[i - 1]) => page_number(chars, i),
        _ => 0,
    }
}

/// `-5-` between two Chinese characters: the page break fell inside a word.
fn page_number(chars: &[char], i: usize) -> usize {
    let mark = chars[i];
    let digits = chars[i + 1..].iter().take(4).take_while(|c| fold_char(**c).is_ascii_digit()).count();
    let close = i + 1 + digits;
    let closed = (1..=3).contains(&digits) && chars.get(close) == Some(&mark);
    if closed && chars.get(close + 1).is_some_and(|c| is_han(*c)) { digits + 2 } else { 0 }
}

/// How many characters of white space `chars` begins with; a line that is a page's number counts to it.
fn blanks(chars: &[char]) -> usize {
    let blank = |from: usize| chars[from..].iter().take_while(|c| is_blank(**c)).count();
    let mut run = blank(0);
    while chars[..run].contains(&'\n') {
        let line: String = chars[run..].iter().take(LONGEST_PAGE_NUMBER + 1).take_while(|c| **c != '\n').collect();
        let end = run + line.chars().count();
        if chars.get(end) != Some(&'\n') || !is_page_number(&line) {
            break;
        }
        run = end + blank(end);
    }
    run
}

/// Whether white space stands for a boundary. Inside Chinese (`认真贯 彻`, `7326.4 亿元`) a single space is an
/// artefact; a wide gap (`省发改委　　省财政厅`) and one between Latin words parts.
fn gap_separates(chars: &[char], i: usize, run: usize) -> bool {
    let (Some(before), Some(after)) = (i.checked_sub(1).map(|k| chars[k]), chars.get(i + run)) else {
        return false;
    };
    let gap = &chars[i..i + run];
    let visible = gap.iter().filter(|c| !is_invisible(**c)).count();
    if visible == 0 {
        return false;
    }
    // The lines of one paragraph are parted by nothing, but for their words in Latin letters.
    if gap.contains(&'\n') {
        return before.is_ascii_alphabetic() && after.is_ascii_alphabetic();
    }
    let wide = visible > 1 || gap.contains(&'\u{3000}');
    let latin = |c: char| fold_char(c).is_ascii_alphanumeric();
    wide || (latin(before) && latin(*after))
}

fn read_char(chars: &[char], i: usize) -> char {
    let c = fold_char(chars[i]);
    let Some(chinese) = chinese_punctuation(c) else { return c };
    let beside = |k: Option<usize>| k.and_then(|k| chars.get(k)).map_or(' ', |c| fold_char(*c));
    let (before, after) = (beside(i.checked_sub(1)), beside(Some(i + 1)));
    let between_digits = before.is_ascii_digit() && after.is_ascii_digit();
    let latin = |c: char| c.is_ascii_alphabetic();
    let stays = between_digits || latin(before) && (latin(after) || after == ' ') || c == ':' && after == '/';
    if stays { c } else { chinese }
}

/// Whether a point stands for `。`: behind Chinese, `%` or closing brackets, and before neither a digit nor a Latin letter. `一.总则` opens a line
/// with a mark.
fn is_full_stop(chars: &[char], i: usize) -> bool {
    let follows = i.checked_sub(1).is_some_and(|k| is_han(chars[k]) || matches!(fold_char(chars[k]), '%' | '）' | ')' | '”' | '"' | '》'));
    // 落实责任.2025年…: behind Chinese a point is no decimal one.
    let is_decimal = |c: char| c.is_ascii_digit() && !is_han(chars[i - 1]);
    let goes_on = |c: char| c.is_ascii_alphabetic() || is_decimal(c) || matches!(c, '.' | '…');
    let goes_on = follows && chars.get(i + 1).is_some_and(|c| goes_on(fold_char(*c)));
    follows && !goes_on && !chars[..i].iter().all(|c| is_numeral(*c))
}

/// The lines of a text with the offset (code points) at which each starts, line ends left out.
#[derive(Debug, Clone)]
pub struct Lines<'a> {
    rest: &'a str,
    at: usize,
}

impl<'a> Lines<'a> {
    /// The lines of `text`.
    pub fn new(text: &'a str) -> Self {
        Lines { rest: text, at: 0 }
    }
}

impl<'a> Iterator for Lines<'a> {
    type Item = (usize, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let end = self.rest.find('\n').unwrap_or(self.rest.len());
        let line = &self.rest[..end];
        let start = self.at;
        self.at += line.chars().count() + 1;
        self.rest = self.rest.get(end + 1..).unwrap_or("");
        Some((start, line.strip_suffix('\r').unwrap_or(line)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(source: &str) -> String {
        Reading::new(source, 0).text().to_owned()
    }

    #[test]
    fn page_numbers_inside_words_are_left_out() {
        assert_eq!(read("等10个重点园-5-区。"), "等10个重点园区。");
        assert_eq!(read("2011-2013年"), "2011-2013年");
        assert_eq!(read("推进重点园\n\n— 5 —\n\n区建设"), "推进重点园区建设");
    }

    #[test]
    fn single_spaces_in_chinese_are_artefacts_wide_gaps_part() {
        assert_eq!(read("认真贯 彻 7326.4 亿元"), "认真贯彻7326.4亿元");
        assert_eq!(read("省发改委　　省财政厅"), "省发改委 省财政厅");
        assert_eq!(read("AI model"), "AI model");
    }

    #[test]
    fn half_width_punctuation_beside_chinese_is_chinese() {
        assert_eq!(read("(一)加强领导,落实1,580亿元;C2M:x"), "（一）加强领导，落实1,580亿元；C2M:x");
    }

    #[test]
    fn spans_lead_back() {
        let reading = Reading::new("园-5-区　　１．５", 100);
        assert_eq!(reading.text(), "园区 1.5");
        let all = reading.locate(Span::new(0, 6));
        assert_eq!((all.start, all.end), (100, 105));
        let number = reading.locate(Span::new(7, 10));
        assert_eq!((number.start, number.end), (107, 110));
    }

    #[test]
    fn lines_know_where_they_start() {
        let lines: Vec<_> = Lines::new("一\r\n二三\n\n四").collect();
        assert_eq!(lines, [(0, "一"), (3, "二三"), (6, ""), (7, "四")]);
    }
}
