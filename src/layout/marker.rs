//! Which mark opens this line? `一、`, `（一）`, `1．`, `（1）`, `①`, `第一章`, `——`, `附件1`.

use crate::text::numeral;
use regex::Regex;
use std::sync::LazyLock;

/// The kinds of mark that number the parts of an official text, outermost first: the official style is
/// `一、` → `（一）` → `1.` → `（1）` (GB/T 9704), with 章 and 节 above and bullets below.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MarkerKind {
    /// `附件1`, `附表`: what is attached stands beside the text, not below its last heading.
    Attachment,
    /// `第一编`, `第一篇`.
    Part,
    /// `第一章`.
    Chapter,
    /// `第一节`.
    Section,
    /// `第一条`.
    Article,
    /// `一、`.
    Chinese,
    /// `（一）`.
    ChineseInBrackets,
    /// `1.`, `1．`, `1、`.
    Arabic,
    /// `（1）`, `1）`.
    ArabicInBrackets,
    /// `①`.
    Circled,
    /// `专栏1`: a box.
    Box,
    /// `——`, `--`, `●`, `△`.
    Bullet,
}

/// A mark at the start of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Marker {
    /// Its kind.
    pub kind: MarkerKind,
    /// Its length in bytes of the reading.
    pub len: usize,
    /// Its number, where it has one.
    pub number: Option<u64>,
}

/// Bullets of one character, but for the point in the middle, which stands inside of names too.
pub const BULLETS: [char; 12] = ['●', '■', '◆', '▲', '△', '◇', '□', '○', '★', '☆', '▪', '•'];

static MARKER: LazyLock<Regex> = LazyLock::new(|| {
    let bullets: String = BULLETS.iter().collect();
    Regex::new(&format!(
        r"(?x)^(?:
          (?<attachment> (?:附件|附表|附录)\s?(?<an>[0-9]{{1,2}}|[一二三四五六七八九十]{{1,3}})?[-－]?(?:[0-9]{{1,2}})? )
        | (?<chinese>(?<zn>[一二三四五六七八九十]{{1,3}}|[一二三四五六七八九]?十[一二三四五六七八九]?)[、.] )
        | (?<arabicbracket>(?<abn>[0-9]{{1,2}})） )
        | (?<arabic> (?<n>[0-9]{{1,2}})(?:[.]|、) )
        | (?<circled>[①-⑳❶-❿⑴-⒇] )
        | (?<box>    专栏\s?(?<xn>[0-9]{{1,2}}|[一二三四五六七八九十]{{1,3}})(?:[-—－][0-9]{{1,2}})?[:：]? )
        | (?<bullet> ——|--|—|[{bullets}·]\s? )
        )",
    ))
    .expect("the pattern of marks is well formed")
});

/// The mark that opens `text`, if one does.
///
/// `1.58万亿元` opens with no mark (its point is a decimal point), nor does `附件中的项目`.
pub fn marker_at(text: &str) -> Option<Marker> {
    let first = text.chars().next()?;
    if !may_open(first) {
        return None;
    }
    match first {
        '第' => return ordinal(text),
        '（' => return bracketed(text),
        _ => {}
    }
    let caught = MARKER.captures(text)?;
    let number = |name: &str| caught.name(name).and_then(|m| number(m.as_str()));
    let (kind, number) = if caught.name("attachment").is_some() {
        (MarkerKind::Attachment, number("an"))
    } else if caught.name("chinese").is_some() {
        (MarkerKind::Chinese, number("zn"))
    } else if caught.name("arabicbracket").is_some() {
        (MarkerKind::ArabicInBrackets, number("abn"))
    } else if caught.name("arabic").is_some() {
        (MarkerKind::Arabic, number("n"))
    } else if caught.name("circled").is_some() {
        (MarkerKind::Circled, circled(first))
    } else if caught.name("box").is_some() {
        (MarkerKind::Box, number("xn"))
    } else {
        (MarkerKind::Bullet, None)
    };
    let len = caught.get(0)?.len();
    let next = text[len..].chars().next();
    let reads_on = match kind {
        MarkerKind::Arabic => next.is_some_and(|c| c.is_ascii_digit()) && !begins_an_item(&text[len..]),
        MarkerKind::Attachment => next.is_some_and(|c| !matches!(c, ':' | '：' | ' ' | '.' | '、') && !starts_title(&text[len..])),
        _ => false,
    };
    (!reads_on).then_some(Marker { kind, len, number })
}

/// `1.|2022年10月底前，…`, `2.|5G网络提升行动`: what begins with a digit behind the mark of an item, and is no decimal.
fn begins_an_item(text: &str) -> bool {
    let year = || text.get(..4).is_some_and(|year| year.starts_with("19") || year.starts_with("20")) && text[4..].starts_with('年');
    ["4G", "5G", "6G"].iter().any(|net| text.starts_with(net)) || year()
}

/// `第十二条`, `第一章`: they open most lines of a law, and are read without the regular expression.
fn ordinal(text: &str) -> Option<Marker> {
    let counted = text.strip_prefix('第')?;
    let is_digit = |c: &char| c.is_ascii_digit() || is_count(*c) || matches!(c, '百' | '零' | '〇');
    let (said, rest) = counted.split_at(counted.chars().take(6).take_while(is_digit).map(char::len_utf8).sum());
    let unit = rest.strip_prefix(char::is_whitespace).unwrap_or(rest);
    let kind = match unit.chars().next()? {
        '编' | '篇' => MarkerKind::Part,
        '章' => MarkerKind::Chapter,
        '节' => MarkerKind::Section,
        '条' => MarkerKind::Article,
        _ => return None,
    };
    (!said.is_empty()).then(|| Marker { kind, len: text.len() - unit.len() + '条'.len_utf8(), number: number(said) })
}

/// `（十二）`, `（3）、`: so do the items of a law.
fn bracketed(text: &str) -> Option<Marker> {
    let (said, rest) = text.strip_prefix('（')?.split_once('）')?;
    let length = said.chars().count();
    let kind = if (1..=4).contains(&length) && said.chars().all(is_count) {
        MarkerKind::ChineseInBrackets
    } else if (1..=2).contains(&length) && said.bytes().all(|b| b.is_ascii_digit()) {
        MarkerKind::ArabicInBrackets
    } else {
        return None;
    };
    Some(Marker { kind, len: text.len() - rest.strip_prefix('、').unwrap_or(rest).len(), number: number(said) })
}

fn is_count(c: char) -> bool {
    matches!(c, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十')
}

fn number(said: &str) -> Option<u64> {
    said.parse().ok().or_else(|| numeral::integer(said))
}

/// After 附件 only a title may follow on the line (`附件2十大产业汇总表`), not a sentence (`附件中的…`).
fn starts_title(rest: &str) -> bool {
    let rest = rest.trim();
    rest.chars().count() <= 40 && !rest.starts_with(['中', '所', '的', '和', '，', '下']) && !rest.contains(['。', '，', '；'])
}

/// A cheap test before the regular expression.
fn may_open(c: char) -> bool {
    c.is_ascii_digit()
        || numeral::is_numeral(c)
        || matches!(c, '第' | '（' | '附' | '专' | '-' | '—' | '①'..='⒇' | '❶'..='❿' | '●' | '■' | '◆' | '▲' | '△' | '◇' | '□' | '○' | '★' | '☆' | '▪' | '•' | '·')
}

fn circled(c: char) -> Option<u64> {
    let base = match c {
        '①'..='⑳' => '①',
        '⑴'..='⒇' => '⑴',
        '❶'..='❿' => '❶',
        _ => return None,
    };
    Some(u64::from(c as u32 - base as u32) + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_open_lines() {
        use MarkerKind::*;
        for (line, kind, number) in [
            ("一、总体要求", Chinese, Some(1)),
            ("（十二）发展", ChineseInBrackets, Some(12)),
            ("1.推进", Arabic, Some(1)),
            ("10、推进", Arabic, Some(10)),
            ("（1）新材料产业。", ArabicInBrackets, Some(1)),
            ("2）推进", ArabicInBrackets, Some(2)),
            ("①推进", Circled, Some(1)),
            ("第一章总则", Chapter, Some(1)),
            ("第十二条 本办法", Article, Some(12)),
            ("第3 篇", Part, Some(3)),
            ("--重点园区。", Bullet, None),
            ("——坚持创新。", Bullet, None),
            ("附件1", Attachment, Some(1)),
            ("附件2十大产业培育发展计划汇总表", Attachment, Some(2)),
            ("专栏3重大工程", Box, Some(3)),
            ("专栏2-1 重大工程", Box, Some(2)),
        ] {
            let marker = marker_at(line).unwrap_or_else(|| panic!("{line} has no mark"));
            assert_eq!((marker.kind, marker.number), (kind, number), "{line}");
        }
        for line in [
            "1.58万亿元",
            "2011年",
            "十大产业",
            "附件中所列的项目，",
            "（以下简称《规划》）",
            "一是加强领导",
            "第条",
            "第一批",
            "第一二三四五六七条",
        ] {
            assert_eq!(marker_at(line), None, "{line}");
        }
    }
}
