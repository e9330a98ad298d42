//! What does a stretch of source read as, and where did each character stand?
//!
//! `重点园-5-区` reads as `重点园区`; the span of `园区` leads back to `园-5-区`.

use super::fold::{chinese_punctuation, fold_char, is_blank, is_han, is_invisible};
use super::numeral::is_numeral;
use super::setting::{LONGEST_PAGE_NUMBER, is_page_number};
use super::span::{Folded, Original, Span};

/// A stretch of the source as a reader reads it: folded, artefacts of printing left out.
///
/// Each character of the reading is one character of the source; characters are left out, never added, so the way back is to count them.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    text: String,
    /// The offsets at which the stretch starts and ends in the source.
    source: (u32, u32),
    /// Where characters of the source were left out: the byte of `text` behind them, and how many were left out up to there.
    left_out: Vec<(u32, u32)>,
    /// How many characters of `text` begin before the second, third, … of its stretches of [`STEP`] bytes.
    counts: Vec<u32>,
    /// The bytes of `text` at which a line begins that goes on the one before it, in their order.
    joined: Vec<u32>,
}

/// How many bytes of a text are counted through at most on the way back.
const STEP: usize = 256;

impl Reading {
    /// Reads `source`, which starts at code point `base` of the document.
    pub fn new(source: &str, base: usize) -> Self {
        let mut reading = Reading { text: String::with_capacity(source.len()), ..Reading::default() };
        // "十二五": straight quotes that stand in pairs open and close in turn; those of marked-up text (rowspan="2") stay.
        let paired = source.contains('"') && source.matches('"').count().is_multiple_of(2) && !source.contains("=\"");
        let mut opens = true;
        // 加强领导.落实责任.: where no other stop stands, outside of brackets and quotes a point is one.
        let points = !source.contains('。');
        let mut depth = 0_i32;
        let mut chars: Vec<char> = Vec::new();
        let (mut rest, mut i) = (source, 0);
        loop {
            let plain = rest.find(|c| !reads_as_itself(c, points)).unwrap_or(rest.len());
            reading.text.push_str(&rest[..plain]);
            i += starts(&rest.as_bytes()[..plain]);
            rest = &rest[plain..];
            let Some(c) = rest.chars().next() else { break };
            if chars.is_empty() {
                chars = source.chars().collect();
            }
            let taken = match artefact(&chars, i) {
                0 if is_blank(c) => {
                    let run = blanks(&chars[i..]);
                    let parts = gap_separates(&chars, i, run);
                    if parts {
                        reading.text.push(' ');
                    } else if chars[i..i + run].contains(&'\n') {
                        reading.joined.push(reading.text.len() as u32);
                    }
                    reading.leave_out(run - usize::from(parts));
                    run
                }
                0 => {
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
                    reading.text.push(c);
                    1
                }
                printed => {
                    reading.leave_out(printed);
                    printed
                }
            };
            rest = &rest[chars[i..i + taken].iter().map(|c| c.len_utf8()).sum()..];
            i += taken;
        }
        reading.source = (base as u32, (base + i) as u32);
        reading.count();
        reading
    }

    /// Notes that so many characters of the source are left out here.
    fn leave_out(&mut self, count: usize) {
        if count > 0 {
            let before = self.left_out.last().map_or(0, |(_, before)| *before);
            self.left_out.push((self.text.len() as u32, before + count as u32));
        }
    }

    fn count(&mut self) {
        let full = self.text.len().saturating_sub(1) / STEP;
        self.counts = self
            .text
            .as_bytes()
            .chunks(STEP)
            .take(full)
            .scan(0, |count, stretch| {
                *count += starts(stretch) as u32;
                Some(*count)
            })
            .collect();
    }

    /// The offset in the source of the character that byte `at` belongs to; behind the last byte, of the end.
    fn origin(&self, at: usize) -> usize {
        let bytes = self.text.as_bytes();
        if at >= bytes.len() {
            return self.source.1 as usize;
        }
        let stretch = at / STEP;
        let counted = stretch.checked_sub(1).map_or(0, |before| self.counts[before] as usize);
        let before = counted + starts(&bytes[stretch * STEP..=at]) - 1;
        self.source.0 as usize + before + self.left_out_before(at)
    }

    /// How many characters of the source were left out before that character.
    fn left_out_before(&self, at: usize) -> usize {
        let gaps = self.left_out.partition_point(|(behind, _)| *behind as usize <= at);
        gaps.checked_sub(1).map_or(0, |last| self.left_out[last].1 as usize)
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
        let start = self.origin(span.start);
        if span.start == span.end {
            return Span::new(start, start);
        }
        Span::new(start, self.origin(span.end - 1) + 1)
    }

    /// Whether white space was left out before the character at byte `at`: `省发改委 省财政厅` reads as one
    /// string, and a list of units may part there. The end of a line in the middle of a paragraph parts nothing.
    pub fn gap_before(&self, at: usize) -> bool {
        if at == 0 || at >= self.text.len() {
            return false;
        }
        let at = at as u32;
        self.left_out.binary_search_by_key(&at, |(behind, _)| *behind).is_ok() && self.joined.binary_search(&at).is_err()
    }

    /// The reading of a part, with the same way back.
    #[must_use]
    pub fn part(&self, span: Span<Folded>) -> Reading {
        let located = self.locate(span);
        let before = self.left_out_before(span.start);
        // Both stand in their order: a line of thousands of parts is parted in one go.
        let gaps = |end: usize| self.left_out.partition_point(|(behind, _)| (*behind as usize) < end);
        let inside = self.left_out[gaps(span.start + 1).min(gaps(span.end))..gaps(span.end)].iter();
        let lines = |end: usize| self.joined.partition_point(|at| (*at as usize) < end);
        let joined = self.joined[lines(span.start)..lines(span.end)].iter();
        let mut part = Reading {
            text: self.slice(span).to_owned(),
            source: (located.start as u32, located.end as u32),
            left_out: inside.map(|(behind, count)| (behind - span.start as u32, count - before as u32)).collect(),
            counts: Vec::new(),
            joined: joined.map(|at| at - span.start as u32).collect(),
        };
        part.count();
        part
    }

    /// `span` without white space at its ends.
    pub fn trim(&self, span: Span<Folded>) -> Span<Folded> {
        let text = self.slice(span);
        let start = span.start + (text.len() - text.trim_start().len());
        let end = start + text.trim().len();
        Span::new(start, end)
    }
}

/// Whether a character reads as itself whatever stands beside it, as most of most texts do; `points` says that brackets count.
fn reads_as_itself(c: char, points: bool) -> bool {
    match c {
        '\u{4E00}'..='\u{9FFF}' | '，' | '。' | '、' | '；' | '：' | '0'..='9' | 'A'..='Z' | 'a'..='z' => true,
        '（' | '）' | '“' | '”' | '《' | '》' => !points,
        _ => false,
    }
}

/// How many characters begin in the bytes of a text.
fn starts(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| !matches!(byte, 0x80..=0xbf)).count()
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
    fn spans_lead_back_from_far_inside_and_from_parts() {
        let source = "园-5-区　　１．５贯 彻。".repeat(60);
        let chars: Vec<char> = source.chars().collect();
        let reading = Reading::new(&source, 100);
        let text = reading.text();
        for (at, c) in text.char_indices() {
            let place = reading.locate(Span::new(at, at + c.len_utf8()));
            let printed = chars[place.start - 100];
            assert!(fold_char(printed) == c || c == ' ' && printed == '\u{3000}', "{printed} for {c} at {at}");
            let part = reading.part(Span::new(at, text.len()));
            let (begins, from) = (part.locate(Span::new(0, c.len_utf8())), part.text().len() / 2 / 3 * 3);
            assert_eq!(begins.start, place.start);
            let from = (from..part.text().len()).find(|from| part.text().is_char_boundary(*from)).unwrap_or(0);
            assert_eq!(part.locate(Span::new(from, part.text().len())), reading.locate(Span::new(at + from, text.len())));
            assert!(from == 0 || part.gap_before(from) == reading.gap_before(at + from));
        }
        assert_eq!(reading.locate(Span::new(text.len(), text.len())).start, 100 + chars.len());
    }

    #[test]
    fn lines_know_where_they_start() {
        let lines: Vec<_> = Lines::new("一\r\n二三\n\n四").collect();
        assert_eq!(lines, [(0, "一"), (3, "二三"), (6, ""), (7, "四")]);
    }
}
