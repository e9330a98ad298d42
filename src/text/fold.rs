//! Which characters are the same to a reader? `１．５８％` is `1.58%`, `⼯` is `工`, `(一)` beside Chinese is `（一）`.

/// Whether `c` is a Chinese character (unified ideographs, the common extensions, and 〇).
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '\u{20000}'..='\u{323AF}' | '\u{F900}'..='\u{FAFF}' | '〇' | '○')
}

/// Whether `c` is white space as printers use it: also the ideographic, the no-break and the zero-width kinds.
pub fn is_blank(c: char) -> bool {
    c.is_whitespace() || is_invisible(c)
}

/// Characters that show nothing and separate nothing: zero-width spaces, joiners, marks of order, soft hyphens.
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{FEFF}' | '\u{00AD}')
}

/// Full-width letters, digits and `％` as ASCII, radicals as their characters, everything else as it is.
/// Punctuation stays: `（）` and `、` are Chinese; the point `．` is judged by its place, see [`super::Reading`].
pub fn fold_char(c: char) -> char {
    match c {
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => ascii_of(c),
        '％' | '﹪' => '%',
        '\u{2E80}'..='\u{2FDF}' => radical(c),
        '﹒' | '．' => '.',
        '﹑' | '､' => '、',
        '﹐' => '，',
        '﹔' => '；',
        '﹕' => '：',
        '﹙' => '（',
        '﹚' => '）',
        '｡' => '。',
        '〔' | '﹝' | '［' => '〔',
        '〕' | '﹞' | '］' => '〕',
        '〈' | '＜' => '〈',
        '〉' | '＞' => '〉',
        _ => c,
    }
}

fn ascii_of(c: char) -> char {
    char::from_u32(c as u32 - 0xFEE0).unwrap_or(c)
}

/// A Kangxi radical (U+2F00–2FD5) or CJK radical supplement as the unified ideograph that it prints:
/// PDF fonts put `⼯` where `工` was meant.
fn radical(c: char) -> char {
    use unicode_normalization::UnicodeNormalization;
    std::iter::once(c).nfkc().next().unwrap_or(c)
}

/// ASCII punctuation that stands for Chinese punctuation where its neighbour is Chinese: `(一)加强` → `（一）加强`.
pub fn chinese_punctuation(c: char) -> Option<char> {
    Some(match c {
        ',' => '，',
        ';' => '；',
        ':' => '：',
        '(' => '（',
        ')' => '）',
        '!' => '！',
        '?' => '？',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_width_digits_and_radicals_fold() {
        let read: String = "１．５％ＬＥＤ⼯（一）".chars().map(fold_char).collect();
        assert_eq!(read, "1.5%LED工（一）");
    }
}
