//! What does a printed line look like?
//!
//! `         一、总体要求` is set in by nine columns and twelve half-widths wide; `1      制定方案      省发改委` has three segments.

/// A line of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// How many columns it is set in.
    pub indent: usize,
    /// Its characters, without white space around them.
    pub text: String,
    /// Whether an empty line stands above it on its page.
    pub after_gap: bool,
}

/// A piece of a line between gaps of two columns and more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Segment {
    /// The column of its first character.
    pub start: usize,
    /// The column after its last.
    pub end: usize,
    pub text: String,
}

impl Line {
    pub fn read(line: &str, after_gap: bool) -> Option<Self> {
        let text = line.trim();
        let indent = line.chars().take_while(|c| c.is_whitespace()).count();
        (!text.is_empty()).then(|| Line { indent, text: text.to_owned(), after_gap })
    }

    pub fn segments(&self) -> Vec<Segment> {
        let mut segments: Vec<Segment> = Vec::new();
        let mut gap = 2;
        for (at, c) in self.text.chars().enumerate() {
            let column = self.indent + at;
            if c == ' ' {
                gap += 1;
                continue;
            }
            match segments.last_mut() {
                Some(segment) if gap < 2 => {
                    if gap == 1 {
                        segment.text.push(' ');
                    }
                    segment.text.push(c);
                    segment.end = column + 1;
                }
                _ => segments.push(Segment { start: column, end: column + 1, text: c.to_string() }),
            }
            gap = 0;
        }
        segments
    }

    /// The width of its characters in half-widths; spaces count one.
    pub fn width(&self) -> usize {
        width(&self.text)
    }

    pub fn has_gaps(&self) -> bool {
        self.text.contains("  ")
    }
}

/// The width of a text in half-widths.
pub(super) fn width(text: &str) -> usize {
    text.chars().map(|c| if is_wide(c) { 2 } else { 1 }).sum()
}

/// Whether a character is as wide as an ideograph.
pub(super) fn is_wide(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{115F}' | '\u{2460}'..='\u{24FF}' | '\u{2E80}'..='\u{A4CF}' | '\u{AC00}'..='\u{D7A3}' | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE4F}' | '\u{FF00}'..='\u{FF60}'
        | '\u{FFE0}'..='\u{FFE6}' | '\u{20000}'..='\u{3FFFF}' | '“' | '”' | '‘' | '’' | '—' | '…' | '·' | '×' | '℃')
}

/// Leaves out the spaces that justified lines and mixed scripts show but nobody typed: `认真贯 彻`, `到 2027 年`. Between two characters set
/// far apart one space stays, unless all of the line is (`目    录`).
pub(super) fn tidy(text: &str) -> String {
    let characters: Vec<char> = text.trim().chars().collect();
    let letters = characters.iter().filter(|c| **c != ' ').count();
    let gaps = characters.split(|c| *c == ' ').filter(|part| !part.is_empty()).count();
    let is_spaced = letters > 1 && gaps == letters && letters <= 12 && characters.iter().all(|c| *c == ' ' || is_wide(*c));
    let mut tidied = String::with_capacity(text.len());
    let mut spaces = 0;
    for &c in &characters {
        if c == ' ' {
            spaces += 1;
            continue;
        }
        if spaces > 0
            && let Some(before) = tidied.chars().next_back()
        {
            let touches_wide = is_wide(before) || is_wide(c);
            if !(is_spaced || (touches_wide && spaces == 1)) {
                tidied.push(' ');
            }
        }
        tidied.push(c);
        spaces = 0;
    }
    tidied
}

/// Appends the next line of a paragraph or cell: words of Latin letters are parted, characters aren't, and a hyphen of a broken
/// word stays.
pub(super) fn append(text: &mut String, next: &str) {
    let is_word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic() || ",.;:)".contains(c));
    let begins = next.chars().next();
    if is_word(text.chars().next_back()) && begins.is_some_and(|c| c.is_ascii_alphanumeric() || c == '(') {
        text.push(' ');
    }
    text.push_str(next);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_stand_between_gaps() {
        let line = Line::read("   1      制定 方案      省发改委", false).unwrap();
        let segments: Vec<(usize, usize, String)> = line.segments().into_iter().map(|it| (it.start, it.end, it.text)).collect();
        assert_eq!(segments, [(3, 4, "1".into()), (10, 15, "制定 方案".into()), (21, 25, "省发改委".into())]);
    }

    #[test]
    fn spaces_nobody_typed_are_left_out() {
        assert_eq!(tidy("认真贯 彻落实，到 2027 年 达到 5 家"), "认真贯彻落实，到2027年达到5家");
        assert_eq!(tidy("目    录"), "目录");
        assert_eq!(tidy("浙江经信    2024-09-05 10:21"), "浙江经信 2024-09-05 10:21");
    }
}
