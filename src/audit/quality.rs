//! Are the characters themselves sound?
//!
//! Reads masked text (`哈牡***对俄`), page numbers inside words (`重点园-5-区`), marks and words printed twice (`，，`, `发展发展`), days that no
//! calendar has (`2月30日`), and brackets that are not closed in their paragraph.
//!
//! Silent about `2011-2013年`, Markdown's `**`, numbers with stars (`138****0000`), forms to fill in (`××年××月`, `××市`), and brackets of
//! enumerations (`1）`). Masks may be of the publisher's making.

use super::{Doubt, Paper};
use crate::layout::Kind;
use crate::record::Severity;
use crate::source::Format;
use crate::text::{AnyOf, Original, Span};
use regex::Regex;
use std::sync::LazyLock;

static MASK: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\p{Han}{0,6}(?:\*{3,}|＊{2,}|×{2,})\p{Han}{0,8}").expect("the pattern of masks is well formed"));
/// Most texts have none, which these words tell faster than [`MASK`].
static HAS_MASK: LazyLock<AnyOf> = LazyLock::new(|| AnyOf::new(["***", "＊＊", "××"]));
static PAGE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\p{Han}{1,4}[ 　]?(?:- ?[0-9]{1,3} ?-|— ?[0-9]{1,3} ?—|－ ?[0-9０-９]{1,3} ?－)[ 　]?\p{Han}{1,4}")
        .expect("the pattern of page numbers is well formed")
});
/// Marks and words that stand twice, or that no text sets side by side.
const DOUBLED: [&str; 25] = [
    "，，",
    "。。",
    "、、",
    "；；",
    "：：",
    "，。",
    "、。",
    "，、",
    "、，",
    "万万元",
    "亿亿元",
    "元元",
    "万吨吨",
    "%%",
    "％％",
    "%％",
    "％%",
    "发展发展",
    "推进推进",
    "加快加快",
    "加强加强",
    "提高提高",
    "促进促进",
    "积极积极",
    "进一步进一步",
];
/// Words that stand twice by right, but in such a place.
const DOUBLED_IN_PLACE: [(&str, &str); 2] = [("的的", "[^目标有真中]的的"), ("建设建设", "建设建设[，。；、]")];
/// Most texts have none, which the words tell faster than [`TWICE`].
static HAS_DOUBLED: LazyLock<AnyOf> =
    LazyLock::new(|| AnyOf::new(DOUBLED.into_iter().chain(DOUBLED_IN_PLACE.into_iter().map(|(word, _)| word))));
/// They and what stands around them.
static TWICE: LazyLock<Regex> = LazyLock::new(|| {
    let places = DOUBLED_IN_PLACE.into_iter().map(|(_, place)| place);
    let doubled: Vec<&str> = DOUBLED.into_iter().chain(places).collect();
    Regex::new(&format!(r"\p{{Han}}{{0,4}}(?:{})\p{{Han}}{{0,4}}", doubled.join("|")))
        .expect("the pattern of doubled marks in their place is well formed")
});
static DAY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:(?<year>(?:19|20)[0-9]{2})年)?(?<month>[0-9]{1,2})月(?<day>[0-9]{1,2})日").expect("the pattern of days is well formed")
});

/// The whole text once for each pattern.
pub(super) fn check(paper: &Paper<'_>) -> Vec<Doubt> {
    let mut found = Vec::new();
    found.extend(masks(paper));
    if may_number_pages(&paper.document.source.text) {
        found.extend(matches(paper, &PAGE, Severity::Warning, "页码混入正文", Some("由版式转成文本时留下")));
    }
    if HAS_DOUBLED.is_in(&paper.document.source.text) {
        found.extend(matches(paper, &TWICE, Severity::Info, "疑似排印错误", Some("由版式转成文本时也可能留下")));
    }
    found.extend(no_days(paper));
    found.extend(unclosed(paper));
    found
}

/// Whether a figure stands behind a dash: most texts need not be searched for [`PAGE`].
fn may_number_pages(text: &str) -> bool {
    let figure = |c: char| matches!(c, '0'..='9' | '０'..='９');
    text.match_indices(['-', '—', '－']).any(|(at, dash)| text[at + dash.len()..].trim_start_matches(' ').starts_with(figure))
}

/// Words that stand behind the blank of a form: `××市`, `××项目`.
const BLANK_OF: &str = "省市县区州盟乡镇村街局厅部委办院所校公司单位项企同志人先女某年月日号元个万亿万字第条款次级届";

/// Masked words: not the stars of Markdown, of telephone numbers, or of a form.
fn masks(paper: &Paper<'_>) -> Vec<Doubt> {
    let text = &paper.document.source.text;
    if !HAS_MASK.is_in(text) {
        return Vec::new();
    }
    let places = places(text, &MASK).into_iter().filter(|(at, said, _)| {
        let before = text[..*at].chars().next_back();
        let mask = said.trim_matches(crate::text::fold::is_han);
        let (head, tail) = said.split_once(mask).unwrap_or((said, ""));
        let line = text[..*at].rfind('\n').map_or(0, |k| k + 1);
        let line = text[line..].split('\n').next().unwrap_or("");
        let markup = paper.document.source.format == Format::Markdown && line.matches("***").count().is_multiple_of(2);
        let digits = head.is_empty() && before.is_some_and(char::is_alphanumeric);
        let form = mask.starts_with('×') && (head.is_empty() || tail.chars().next().is_none_or(|c| BLANK_OF.contains(c)));
        !(head.is_empty() && tail.is_empty() || markup || digits || form)
    });
    places.map(|(_, said, span)| doubt(Severity::Warning, format!("文字被遮盖：{said}"), span, Some("发布时可能有意隐去"))).collect()
}

/// The months that [`DAY`] reads end so.
static HAS_MONTH: LazyLock<AnyOf> = LazyLock::new(|| AnyOf::new(["0月", "1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月"]));

/// Days that no calendar has: 2月30日.
fn no_days(paper: &Paper<'_>) -> Vec<Doubt> {
    let text = &paper.document.source.text;
    if !HAS_MONTH.is_in(text) {
        return Vec::new();
    }
    let exists = |said: &str| {
        let Some(caught) = DAY.captures(said) else { return true };
        let number = |name: &str| caught.name(name).and_then(|m| m.as_str().parse::<u32>().ok());
        let (Some(month), Some(day)) = (number("month"), number("day")) else { return true };
        let leap = number("year").is_none_or(|y| y.is_multiple_of(4) && !y.is_multiple_of(100) || y.is_multiple_of(400));
        let length = match month {
            2 if leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => 0,
        };
        (1..=length).contains(&day)
    };
    places(text, &DAY)
        .into_iter()
        .filter(|(at, said, _)| !exists(said) && !text[..*at].ends_with(|c: char| c.is_ascii_digit() || c == '-' || c == '—'))
        .map(|(_, said, span)| doubt(Severity::Warning, format!("日期不存在：{said}"), span, Some("可能排印有误")))
        .collect()
}

fn matches(paper: &Paper<'_>, pattern: &Regex, severity: Severity, what: &str, benign: Option<&'static str>) -> Vec<Doubt> {
    let places = places(&paper.document.source.text, pattern);
    places.into_iter().map(|(_, said, span)| doubt(severity, format!("{what}：{said}"), span, benign)).collect()
}

/// All matches of a pattern: the byte where each starts, its text, and its place in code points.
fn places<'t>(text: &'t str, pattern: &Regex) -> Vec<(usize, &'t str, Span<Original>)> {
    let (mut byte, mut chars) = (0, 0);
    pattern
        .find_iter(text)
        .map(|m| {
            chars += text[byte..m.start()].chars().count();
            byte = m.start();
            (byte, m.as_str(), Span::new(chars, chars + m.as_str().chars().count()))
        })
        .collect()
}

fn doubt(severity: Severity, message: String, span: Span<Original>, benign: Option<&'static str>) -> Doubt {
    Doubt { severity, message, sides: vec![span], numbers: Vec::new(), benign }
}

/// Pairs of marks that a paragraph closes.
const PAIRS: &[(char, char)] = &[('（', '）'), ('《', '》'), ('〔', '〕')];

fn unclosed(paper: &Paper<'_>) -> Vec<Doubt> {
    let paragraphs = paper.document.outline.blocks.iter().filter(|b| b.kind == Kind::Paragraph);
    paragraphs
        .filter_map(|block| {
            let text = block.reading.text();
            if !text.contains(['(', ')', '（', '）', '《', '》', '〔', '〕']) {
                return None;
            }
            // One kind of bracket: `（2020版)` closes.
            let text = text.replace('(', "（").replace(')', "）");
            if !text.chars().any(crate::text::fold::is_han) {
                return None;
            }
            let (open, close) = PAIRS.iter().find(|(open, close)| unbalanced(&text, *open, *close))?;
            let message = format!("“{open}”与“{close}”不成对");
            Some(doubt(Severity::Info, message, block.span, Some("引文或括注可能跨段")))
        })
        .collect()
}

fn unbalanced(text: &str, open: char, close: char) -> bool {
    let mut depth = 0i32;
    let mut before = ' ';
    for c in text.chars() {
        if c == open {
            depth += 1;
        } else if c == close {
            // `1）` and `a）` mark an item.
            if depth == 0 && close == '）' && before.is_ascii_alphanumeric() {
                before = c;
                continue;
            }
            depth -= 1;
        }
        if depth < 0 {
            return true;
        }
        before = c;
    }
    depth != 0
}

#[cfg(test)]
mod tests {
    use crate::audit::tests::findings;

    #[test]
    fn masks_page_numbers_and_doubled_marks() {
        for (text, said) in [
            ("江河***对外贸易加工区", "文字被遮盖"),
            ("建设10个重点园-5-区。", "页码混入正文"),
            ("加快发展，，扩大规模。", "疑似排印错误"),
            ("加快发展（扩大规模。", "不成对"),
        ] {
            let found = findings("quality", &format!("某市规划\n\n　　{text}\n"));
            assert!(matches!(&found[..], [(_, message)] if message.contains(said)), "{text}: {found:?}");
        }
        for silent in ["2011-2013年加快发展。", "实现**重点**突破。", "1）加快发展（扩大规模）；2）稳定增长。"]
        {
            assert_eq!(findings("quality", &format!("某市规划\n\n　　{silent}\n")), [], "{silent}");
        }
    }
}
