//! Are the characters themselves sound?
//!
//! Reads masked text (`哈牡***对俄`), page numbers inside words (`重点园-5-区`), marks printed twice (`，，`), and brackets
//! that are not closed in their paragraph.
//!
//! Silent about `2011-2013年`, Markdown's `**`, forms to fill in (`××年××月`), quotes over several paragraphs, and brackets of enumerations
//! (`1）`). Masks may be of the publisher's making.

use super::{Doubt, Paper};
use crate::layout::Kind;
use crate::record::Severity;
use crate::text::{Original, Span};
use regex::Regex;
use std::sync::LazyLock;

static MASK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\p{Han}{0,6}(?:\*{3,}|＊{2,}|[^年月日第〔\s]×{2,}[^年月日号〕])\p{Han}{0,8}").expect("the pattern of masks is well formed")
});
static PAGE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\p{Han}{1,4}(?:-[0-9]{1,3}-|—[0-9]{1,3}—|－[0-9０-９]{1,3}－)\p{Han}{1,4}")
        .expect("the pattern of page numbers is well formed")
});
static TWICE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\p{Han}{0,4}(?:，，|。。|、、|；；|：：|，。|、。|，、|、，|[^目标有真中]的的|万万元|亿亿元)\p{Han}{0,4}")
        .expect("the pattern of doubled marks is well formed")
});

/// The whole text once for each pattern.
pub(super) fn check(paper: &Paper<'_>) -> Vec<Doubt> {
    let mut found = Vec::new();
    found.extend(matches(paper, &MASK, Severity::Warning, "文字被遮盖", Some("发布时可能有意隐去")));
    found.extend(matches(paper, &PAGE, Severity::Warning, "页码混入正文", Some("由版式转成文本时留下")));
    found.extend(matches(paper, &TWICE, Severity::Info, "疑似排印错误", Some("由版式转成文本时也可能留下")));
    found.extend(unclosed(paper));
    found
}

fn matches(paper: &Paper<'_>, pattern: &Regex, severity: Severity, what: &str, benign: Option<&'static str>) -> Vec<Doubt> {
    let text = &paper.document.source.text;
    let (mut byte, mut chars) = (0, 0);
    pattern
        .find_iter(text)
        .map(|m| {
            chars += text[byte..m.start()].chars().count();
            byte = m.start();
            let span = Span::new(chars, chars + m.as_str().chars().count());
            doubt(severity, format!("{what}：{}", m.as_str()), span, benign)
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
            if !text.chars().any(crate::text::fold::is_han) {
                return None;
            }
            let (open, close) = PAIRS.iter().find(|(open, close)| unbalanced(text, *open, *close))?;
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
