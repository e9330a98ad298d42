//! Which documents does a text name? `《国务院关于…的意见》（国发〔2018〕42号）`, a bare `黑政发〔2010〕62号`.

use crate::text::{Cover, Folded, Span};
use regex::Regex;
use std::sync::LazyLock;

/// A document that the text names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// Title and number, book-title marks and brackets included.
    pub span: Span<Folded>,
    /// The title without its marks; None for a bare number.
    pub name: Option<String>,
    /// The number as printed: `国发〔2018〕42号`, `省政府令2009年第13号`.
    pub number: Option<String>,
}

/// A 文号: the sign of the issuer, the year in brackets, the number; or the number of an order (令).
static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)
        \p{Han}{1,12}[〔\[（(【]\s?(?:19|20)[0-9]{2}\s?[〕\]）)】]\s?第?[0-9]{1,5}号
        | \p{Han}{2,12}令\s?(?:(?:19|20)[0-9]{2}年)?第\s?[0-9]{1,4}号
        | 第[0-9]{1,4}号\p{Han}{0,4}令",
    )
    .expect("the pattern of document numbers is well formed")
});

/// The verbs and prepositions that may stand before a bare number without being part of its sign.
const BEFORE_SIGN: &[&str] = &[
    "发文字号",
    "发文号",
    "文号",
    "参照",
    "按照",
    "根据",
    "依据",
    "依照",
    "执行",
    "落实",
    "关于",
    "以及",
    "结合",
    "遵照",
    "贯彻",
    "印发",
    "转发",
    "详见",
    "参见",
    "省政府",
    "省委",
    "市政府",
    "市委",
    "国务院",
    "和",
    "及",
    "与",
    "按",
    "由",
    "以",
    "见",
    "对",
    "将",
    "的",
    "是",
    "在",
];

/// All documents that `text` names, in their order.
pub fn find(text: &str) -> Vec<Citation> {
    let mut out: Vec<Citation> = Vec::new();
    let mut titled = Cover::default();
    for (start, end) in titles(text) {
        let name = &text[start + '《'.len_utf8()..end - '》'.len_utf8()];
        if !is_document(name, &text[..start], &text[end..]) {
            continue;
        }
        let (number, stop) = number_after(text, end);
        titled.add(Span::new(start, stop));
        out.push(Citation { span: Span::new(start, stop), name: Some(name.to_owned()), number });
    }
    let numbered = text.contains('号').then(|| NUMBER.find_iter(text));
    for found in numbered.into_iter().flatten() {
        let start = found.start() + sign_start(found.as_str());
        let span = Span::new(start, found.end());
        if !titled.meets(span) {
            out.push(Citation { span, name: None, number: Some(text[span.range()].to_owned()) });
        }
    }
    out.sort_by_key(|c| c.span);
    out
}

/// Titles in book-title marks, the outermost where they nest: `《国务院关于印发〈…规划〉的通知》`.
fn titles(text: &str) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let (mut depth, mut start) = (0usize, 0);
    for (at, c) in text.char_indices() {
        match c {
            '《' => {
                if depth == 0 {
                    start = at;
                }
                depth += 1;
            }
            '》' if depth > 0 => {
                depth -= 1;
                if depth == 0 {
                    out.push((start, at + c.len_utf8()));
                }
            }
            '。' | '\n' if depth > 0 && at - start > 600 => depth = 0,
            _ => {}
        }
    }
    out
}

/// A title that the text sets out to write (`制定《…目录》`) is cited as well; a bare abbreviation (`以下简称《规划》`)
/// and what the page quotes as its own name are not.
fn is_document(name: &str, before: &str, after: &str) -> bool {
    let short = before.ends_with("简称") || before.ends_with("简称为");
    !name.trim().is_empty() && !short && !after.starts_with("日报")
}

/// The number in brackets after a title: `（国发〔2016〕25号）`, `（以下简称…）` is none.
fn number_after(text: &str, end: usize) -> (Option<String>, usize) {
    let rest = &text[end..];
    let Some(inside) = rest.strip_prefix('（') else { return (None, end) };
    let Some(found) = NUMBER.find(inside).filter(|f| f.start() == 0) else { return (None, end) };
    let after = &inside[found.end()..];
    let Some(close) = after.find('）') else { return (None, end) };
    let stop = end + '（'.len_utf8() + found.end() + close + '）'.len_utf8();
    (Some(found.as_str().to_owned()), stop)
}

/// Where the sign starts in a match that may have swallowed the words before it: `参照省政府黑政发〔2010〕62号`.
fn sign_start(found: &str) -> usize {
    let sign = found.find(['〔', '[', '（', '(', '【']).unwrap_or(found.len());
    if found.contains('令') && !found[..sign].ends_with(|c| c != '令') {
        return 0;
    }
    BEFORE_SIGN.iter().filter_map(|word| found[..sign].rfind(word).map(|at| at + word.len())).filter(|at| *at < sign).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(Option<String>, Option<String>)> {
        find(text).into_iter().map(|c| (c.name, c.number)).collect()
    }

    #[test]
    fn titles_with_and_without_numbers() {
        let some = |s: &str| Some(s.to_owned());
        assert_eq!(
            read("为贯彻《国务院关于印发盐业体制改革方案的通知》（国发〔2016〕25号）要求"),
            [(some("国务院关于印发盐业体制改革方案的通知"), some("国发〔2016〕25号"))]
        );
        assert_eq!(read("参照省政府黑政发〔2010〕62号文件"), [(None, some("黑政发〔2010〕62号"))]);
        assert_eq!(read("依照《行为责任追究办法》（省政府令2009年第13号）等"), [(some("行为责任追究办法"), some("省政府令2009年第13号"))]);
        assert_eq!(read("《关于印发〈发展规划〉的通知》"), [(some("关于印发〈发展规划〉的通知"), None)]);
        assert_eq!(read("（以下简称《规划》）"), []);
    }
}
