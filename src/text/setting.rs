//! How are lines set on a page? What begins none, what isn't parted at its end, what numbers the page.
//!
//! `，` begins no line; `2027年` goes to the next line with its number whole; `— 5 —` numbers a page.

/// Whether a line that begins so goes on the one above: no line is set to begin with these marks.
pub fn begins_no_line(line: &str) -> bool {
    line.starts_with(['，', '。', '；', '：', '、', '！', '？', '）', '》', '”', '〕', '％', '%'])
}

/// Whether a sentence ends with the line: at a stop, or at brackets behind one (`…。（责任单位：市财政局）`).
pub fn ends_sentence(line: &str) -> bool {
    let stops = |text: &str| text.trim_end_matches(['”', '’', '）', ')', '」']).ends_with(['。', '；', '！', '？', ';', '：', ':']);
    let line = line.trim_end();
    let behind = || line.ends_with(['）', ')']).then(|| line.rfind(['（', '('])).flatten();
    stops(line) || behind().is_some_and(|open| stops(&line[..open]))
}

/// What may not be parted at a line's start: a character with the marks behind it, or a word or number.
pub fn first_unit(line: &str) -> &str {
    const LONGEST: usize = 40;
    let is_word = |c: char| c.is_ascii_graphic();
    let mut end = 0;
    for (at, c) in line.char_indices().take(LONGEST) {
        let goes_on = is_word(c) && line[..at].chars().all(is_word);
        if !(at == 0 || goes_on || "，。；：、！？）》”’〕%％".contains(c)) {
            break;
        }
        end = at + c.len_utf8();
    }
    &line[..end]
}

/// The longest line that numbers a page, in characters.
pub(super) const LONGEST_PAGE_NUMBER: usize = 24;

/// Whether a line numbers a page and says nothing else: `3`, `— 3 —`, `-3-`, `3/10`, `第 3 页 共 10 页`, `Page 3 of 10`.
pub fn is_page_number(line: &str) -> bool {
    if line.chars().take(LONGEST_PAGE_NUMBER + 1).count() > LONGEST_PAGE_NUMBER {
        return false;
    }
    let bare = line.trim_matches(|c: char| super::fold::is_blank(c) || "-—–－―‐·.~～".contains(c));
    let bare: String = bare.chars().filter(|c| !super::fold::is_blank(*c)).collect();
    let paged = ["页", "頁", "Page", "page"].iter().any(|word| bare.contains(word));
    let words: &[&str] = if paged { &["第", "页", "頁", "共", "，", ",", "/", "Page", "page", "of"] } else { &["/"] };
    let rest = words.iter().fold(bare.clone(), |rest, word| rest.replace(word, ""));
    let is_number = |text: &str| !text.is_empty() && text.chars().all(|c| super::fold::fold_char(c).is_ascii_digit());
    bare.chars().count() <= 14 && is_number(&rest) && (rest.chars().count() <= 3 || bare != rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers_are_told_from_text() {
        for line in ["3", "— 3 —", "-12-", "- 3 -", "第 3 页", "第 3 页 共 10 页", "第3页，共10页", "3/10", "Page 3 of 10", "－ 3 －"]
        {
            assert!(is_page_number(line), "{line}");
        }
        for line in ["2027年", "一、总体要求", "第3页表格", "1234", "12.5", "1,234", "3～5", "—", "（三）", ""] {
            assert!(!is_page_number(line), "{line}");
        }
    }

    #[test]
    fn what_is_not_parted() {
        for (line, unit) in [("市财政局", "市"), ("”建设", "”"), ("2027年", "2027"), ("园。（", "园。"), ("", "")] {
            assert_eq!(first_unit(line), unit, "{line}");
        }
        assert!(
            ends_sentence("到位。（责任单位：市财政局）") && ends_sentence("如下：") && !ends_sentence("1.") && !ends_sentence("总体要求")
        );
        assert!(begins_no_line("）的通知") && !begins_no_line("（一）总则"));
    }
}
