//! Which number does Word print before a paragraph?
//!
//! Level 0 with the text `%1、` and the format `chineseCounting` prints `一、`, `二、`; level 1 with `（%2）` prints `（一）` and begins anew below
//! the next `%1、`.

use std::collections::{HashMap, HashSet};

use super::xml::{Piece, pieces};

const LEVELS: usize = 9;

/// A file's lists and the styles that refer to them, and how far each list has counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    lists: HashMap<u32, List>,
    patterns: HashMap<u32, Pattern>,
    styles: HashMap<String, Style>,
    counts: HashMap<u32, [Option<u32>; LEVELS]>,
    begun: HashSet<u32>,
}

/// A `w:num`: a pattern, and what is different here.
#[derive(Debug, Default)]
struct List {
    pattern: u32,
    starts: HashMap<usize, u32>,
    levels: HashMap<usize, Level>,
}

/// A `w:abstractNum`.
#[derive(Debug, Default)]
struct Pattern {
    levels: HashMap<usize, Level>,
    style_link: Option<String>,
}

#[derive(Clone, Debug, Default)]
struct Level {
    start: u32,
    format: String,
    text: String,
    /// The level whose step begins this one anew, counted from 1; 0 for never.
    restart: Option<u32>,
    is_legal: bool,
    is_tight: bool,
    style: Option<String>,
}

#[derive(Debug, Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    list: Option<u32>,
    level: Option<usize>,
}

impl Numbering {
    /// Reads `numbering.xml` and `styles.xml`; either may be empty.
    pub fn read(numbering: &str, styles: &str) -> Result<Self, String> {
        let mut read = Self { styles: read_styles(styles)?, ..Self::default() };
        read.read_lists(numbering)?;
        Ok(read)
    }

    fn read_lists(&mut self, xml: &str) -> Result<(), String> {
        let (mut pattern, mut list, mut level) = (None, None, None);
        let mut skipped = 0_usize;
        for piece in pieces(xml) {
            let element = match piece? {
                Piece::Start(_) if skipped > 0 => {
                    skipped += 1;
                    continue;
                }
                Piece::End(_) if skipped > 0 => {
                    skipped -= 1;
                    continue;
                }
                Piece::End(name) => {
                    match name.as_str() {
                        "abstractNum" => pattern = None,
                        "num" => list = None,
                        "lvlOverride" => level = None,
                        _ => {}
                    }
                    continue;
                }
                Piece::Text(_) => continue,
                Piece::Start(element) => element,
            };
            let id = |name: &str| element.attribute(name).and_then(|id| id.parse::<u32>().ok());
            match element.name() {
                "Fallback" => skipped = 1,
                "abstractNum" => {
                    pattern = id("abstractNumId");
                    self.patterns.extend(pattern.map(|id| (id, Pattern::default())));
                }
                "num" => {
                    list = id("numId");
                    self.lists.extend(list.map(|id| (id, List::default())));
                }
                "abstractNumId" => {
                    if let (Some(list), Some(of)) = (list.and_then(|id| self.lists.get_mut(&id)), element.number()) {
                        list.pattern = of;
                    }
                }
                "numStyleLink" => {
                    if let Some(pattern) = pattern.and_then(|id| self.patterns.get_mut(&id)) {
                        pattern.style_link = element.attribute("val");
                    }
                }
                "lvl" | "lvlOverride" => {
                    level = id("ilvl").map(|level| level as usize).filter(|&level| level < LEVELS);
                }
                "startOverride" => {
                    if let (Some(list), Some(level), Some(start)) = (list.and_then(|id| self.lists.get_mut(&id)), level, element.number()) {
                        list.starts.insert(level, start);
                    }
                }
                name => {
                    let Some(at) = level else { continue };
                    let levels = match (pattern.and_then(|id| self.patterns.get_mut(&id)), list.and_then(|id| self.lists.get_mut(&id))) {
                        (Some(pattern), _) => &mut pattern.levels,
                        (None, Some(list)) => &mut list.levels,
                        (None, None) => continue,
                    };
                    if matches!(name, "start" | "numFmt" | "lvlText" | "lvlRestart" | "isLgl" | "suff" | "pStyle") {
                        let level = levels.entry(at).or_insert_with(|| Level { start: 1, ..Level::default() });
                        match name {
                            "start" => level.start = element.number().unwrap_or(1),
                            "numFmt" => level.format = element.attribute("val").unwrap_or_default(),
                            "lvlText" => level.text = element.attribute("val").unwrap_or_default(),
                            "lvlRestart" => level.restart = element.number(),
                            "isLgl" => level.is_legal = element.is_on(),
                            "suff" => {
                                level.is_tight = element.attribute("val").as_deref() == Some("nothing");
                            }
                            _ => level.style = element.attribute("val"),
                        }
                    }
                }
            }
        }
        Ok(())
    }

    /// Whether the style is one of a table of contents, whose lines repeat the headings with page numbers.
    pub fn is_contents(&self, style: &str) -> bool {
        self.styles.get(style).is_some_and(|style| style.name.to_lowercase().starts_with("toc "))
    }

    /// Counts a paragraph and gives what Word prints before it. `list` and `level` are the paragraph's own, which go
    /// before its style's; list 0 is none.
    pub fn next(&mut self, style: Option<&str>, list: Option<u32>, level: Option<usize>) -> Option<String> {
        let (list, level) = self.place(style, list, level)?;
        let pattern = self.pattern_of(list)?;
        let text = self.level(list, level)?.clone();
        let overridden = self.lists.get(&list).map(|list| list.starts.clone()).unwrap_or_default();
        let counts = self.counts.entry(pattern).or_default();
        // A list that restarts a pattern does so once, at its first paragraph.
        if self.begun.insert(list) {
            for &level in overridden.keys() {
                counts[level] = None;
            }
        }
        let start = overridden.get(&level).copied().unwrap_or(text.start);
        let mut counts = *counts;
        counts[level] = Some(counts[level].map_or(start, |count| count.saturating_add(1)));
        for (deeper, count) in counts.iter_mut().enumerate().skip(level + 1) {
            let restart = self.level(list, deeper).and_then(|level| level.restart);
            // Without lvlRestart any step above begins it anew; with it, only a step of that level or one above that.
            if restart.is_none_or(|by| by > 0 && level < by as usize) {
                *count = None;
            }
        }
        self.counts.insert(pattern, counts);
        let number = self.write(list, &text, &counts);
        let is_open = number.chars().next_back().is_some_and(char::is_alphanumeric) && !text.is_tight;
        (!number.is_empty()).then(|| if is_open { number + " " } else { number })
    }

    /// The list and level of a paragraph, by itself or by its style and those that it is based on.
    fn place(&self, style: Option<&str>, list: Option<u32>, level: Option<usize>) -> Option<(u32, usize)> {
        let mut found = list.map(|list| (list, None));
        let mut at = style;
        let mut of_style = None;
        for _ in 0..20 {
            let Some((id, style)) = at.and_then(|id| Some((id, self.styles.get(id)?))) else {
                break;
            };
            of_style = of_style.or(style.level);
            if found.is_none() && style.list.is_some() {
                let list = style.list.unwrap_or_default();
                found = Some((list, self.level_of_style(list, id)));
            }
            at = style.based_on.as_deref();
        }
        let (list, linked) = found?;
        let level = level.or(linked).or(of_style).unwrap_or(0);
        (list != 0 && level < LEVELS).then_some((list, level))
    }

    /// The level of a list that names the style as its own.
    fn level_of_style(&self, list: u32, style: &str) -> Option<usize> {
        let pattern = self.patterns.get(&self.pattern_of(list)?)?;
        pattern.levels.iter().find(|(_, level)| level.style.as_deref() == Some(style)).map(|(&at, _)| at)
    }

    /// The pattern of a list, through the style that it may link to.
    fn pattern_of(&self, list: u32) -> Option<u32> {
        let id = self.lists.get(&list)?.pattern;
        let linked = self.patterns.get(&id).and_then(|pattern| pattern.style_link.as_deref());
        let linked = linked.and_then(|style| self.styles.get(style)?.list).and_then(|list| self.lists.get(&list));
        Some(linked.map_or(id, |list| list.pattern))
    }

    fn level(&self, list: u32, level: usize) -> Option<&Level> {
        let own = self.lists.get(&list)?.levels.get(&level);
        own.or_else(|| self.patterns.get(&self.pattern_of(list)?)?.levels.get(&level))
    }

    /// Puts the counts into `第%1章` or `%1.%2`.
    fn write(&self, list: u32, level: &Level, counts: &[Option<u32>; LEVELS]) -> String {
        if level.format == "bullet" {
            // Dots are ornaments, a dash or a triangle is a mark that later layers read.
            return level.text.chars().filter(|c| "—–－△▲※".contains(*c)).collect();
        }
        let mut written = String::new();
        let mut rest = level.text.chars().peekable();
        while let Some(c) = rest.next() {
            let digit = if c == '%' { rest.peek().and_then(|c| c.to_digit(10)).filter(|&digit| digit > 0) } else { None };
            let Some(digit) = digit else {
                written.push(c);
                continue;
            };
            rest.next();
            let at = digit as usize - 1;
            let other = self.level(list, at);
            let count = counts[at].unwrap_or_else(|| other.map_or(1, |level| level.start));
            let format = other.map_or("decimal", |level| level.format.as_str());
            written.push_str(&numeral(count, if level.is_legal { "decimal" } else { format }));
        }
        written.trim().to_owned()
    }
}

fn read_styles(xml: &str) -> Result<HashMap<String, Style>, String> {
    let mut styles: HashMap<String, Style> = HashMap::new();
    let mut at: Option<String> = None;
    for piece in pieces(xml) {
        let element = match piece? {
            Piece::Start(element) => element,
            Piece::End(name) => {
                if name == "style" {
                    at = None;
                }
                continue;
            }
            Piece::Text(_) => continue,
        };
        let name = element.name();
        if name == "style" {
            at = element.attribute("styleId");
            styles.extend(at.clone().map(|id| (id, Style::default())));
            continue;
        }
        let Some(style) = at.as_ref().and_then(|id| styles.get_mut(id)) else {
            continue;
        };
        match name {
            "name" => style.name = element.attribute("val").unwrap_or_default(),
            "basedOn" => style.based_on = element.attribute("val"),
            "numId" => style.list = element.number(),
            "ilvl" => style.level = element.number().map(|level| level as usize),
            _ => {}
        }
    }
    Ok(styles)
}

/// A number in one of Word's formats.
fn numeral(number: u32, format: &str) -> String {
    let nth = |first: char, last: u32| {
        let offset = number.checked_sub(1).filter(|_| number <= last);
        offset.and_then(|offset| char::from_u32(first as u32 + offset)).map(String::from)
    };
    let of = |signs: &str| number.checked_sub(1).and_then(|at| signs.chars().nth(at as usize)).map(String::from);
    let written = match format {
        "none" => Some(String::new()),
        "chineseCounting"
        | "chineseCountingThousand"
        | "japaneseCounting"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand"
        | "koreanCounting" => Some(chinese(number, "零一二三四五六七八九", "十百千")),
        "chineseLegalSimplified" => Some(chinese(number, "零壹贰叁肆伍陆柒捌玖", "拾佰仟")),
        "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital" => Some(digits(number, "〇一二三四五六七八九")),
        "ideographTraditional" => of("甲乙丙丁戊己庚辛壬癸"),
        "ideographZodiac" => of("子丑寅卯辰巳午未申酉戌亥"),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => nth('①', 20),
        "decimalEnclosedParen" => nth('⑴', 20),
        "decimalEnclosedFullstop" => nth('⒈', 20),
        "ideographEnclosedCircle" => nth('㊀', 10),
        "decimalFullWidth" | "decimalFullWidth2" => Some(digits(number, "０１２３４５６７８９")),
        "decimalZero" => Some(format!("{number:02}")),
        "numberInDash" => Some(format!("- {number} -")),
        "upperLetter" | "lowerLetter" => {
            let letter = number.checked_sub(1).and_then(|at| char::from_u32('a' as u32 + at % 26));
            let times = (number.saturating_sub(1) / 26 + 1).min(20) as usize;
            letter.map(|letter| letter.to_string().repeat(times)).map(
                |text| {
                    if format == "upperLetter" { text.to_uppercase() } else { text }
                },
            )
        }
        "upperRoman" => Some(roman(number)),
        "lowerRoman" => Some(roman(number).to_lowercase()),
        _ => None,
    };
    written.unwrap_or_else(|| number.to_string())
}

/// 1 → 一, 10 → 十, 21 → 二十一, 105 → 一百零五. From ten thousand on in digits.
fn chinese(number: u32, numerals: &str, units: &str) -> String {
    if number >= 10_000 {
        return number.to_string();
    }
    let numeral = |digit: u32| numerals.chars().nth(digit as usize).unwrap_or('零');
    let mut written = String::new();
    let mut is_gap = false;
    for place in (0..4_u32).rev() {
        let digit = number / 10_u32.pow(place) % 10;
        if digit == 0 {
            is_gap = !written.is_empty();
            continue;
        }
        if is_gap {
            written.push(numeral(0));
            is_gap = false;
        }
        // 十, not 一十.
        if !(place == 1 && digit == 1 && number < 20) {
            written.push(numeral(digit));
        }
        written.extend(place.checked_sub(1).and_then(|unit| units.chars().nth(unit as usize)));
    }
    if written.is_empty() { numeral(0).to_string() } else { written }
}

fn digits(number: u32, numerals: &str) -> String {
    number.to_string().chars().filter_map(|digit| numerals.chars().nth(digit.to_digit(10)? as usize)).collect()
}

fn roman(number: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if number > 4999 {
        return number.to_string();
    }
    let mut rest = number;
    let mut written = String::new();
    for (value, sign) in SIGNS {
        while rest >= value {
            written.push_str(sign);
            rest -= value;
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::numeral;

    #[test]
    fn numerals_read_as_word_prints_them() {
        let cases = [
            (1, "chineseCounting", "一"),
            (10, "chineseCounting", "十"),
            (12, "chineseCountingThousand", "十二"),
            (20, "japaneseCounting", "二十"),
            (21, "japaneseCounting", "二十一"),
            (105, "chineseCountingThousand", "一百零五"),
            (110, "chineseCountingThousand", "一百一十"),
            (3, "decimalEnclosedCircle", "③"),
            (21, "decimalEnclosedCircle", "21"),
            (4, "upperRoman", "IV"),
            (28, "lowerLetter", "bb"),
            (2, "ideographTraditional", "乙"),
            (12, "decimalFullWidth", "１２"),
            (7, "decimal", "7"),
            (3, "decimalEnclosedParen", "⑶"),
            (0, "upperLetter", "0"),
            (u32::MAX, "upperRoman", "4294967295"),
        ];
        for (number, format, written) in cases {
            assert_eq!(numeral(number, format), written, "{format}");
        }
    }
}
