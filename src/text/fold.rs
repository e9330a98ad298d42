//! Which characters are the same to a reader? `１．５８％` is `1.58%`, `⼯` is `工`, `(一)` beside Chinese is `（一）`.

use std::sync::LazyLock;

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

/// One row a character: a traditional form, a radical or a compatibility ideograph, and the character that it stands for.
const VARIANTS: &str = include_str!("variants.tsv");

/// What each character of the basic plane stands for; 0 where that is itself.
static TABLE: LazyLock<Vec<u16>> = LazyLock::new(|| {
    let mut table = vec![0_u16; 0x1_0000];
    for row in VARIANTS.lines().filter(|row| !row.starts_with('#')) {
        let mut pair = row.chars().map(|c| u16::try_from(u32::from(c)).unwrap_or(0));
        if let (Some(from), Some(to)) = (pair.next(), pair.next()) {
            table[usize::from(from)] = to;
        }
    }
    table
});

/// The simplified character for a traditional one: `產` → `产`, `⼯` → `工`; every other character as it is.
pub fn simplified(c: char) -> char {
    match TABLE.get(c as usize) {
        Some(plain) if *plain != 0 => char::from_u32(u32::from(*plain)).unwrap_or(c),
        _ => c,
    }
}

/// A text in simplified characters, a character for a character.
pub fn simplify(text: &str) -> String {
    text.chars().map(simplified).collect()
}

/// Whether a text is printed in traditional characters: more than one in twenty of its first ideographs is one. A few stand in simplified texts
/// too (乾, 著, names).
pub fn is_traditional(text: &str) -> bool {
    let (all, traditional) = text.chars().filter(|c| is_han(*c)).take(2_000).fold((0, 0), |(all, traditional), c| {
        let differs = ('\u{4E00}'..='\u{9FFF}').contains(&c) && simplified(c) != c;
        (all + 1, traditional + usize::from(differs))
    });
    traditional * 20 > all
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
    fn a_page_in_traditional_characters_is_told_from_one_with_a_few() {
        assert!(is_traditional("新材料產業主營業務收入突破500億元"));
        assert!(!is_traditional("推进乾县产业项目建设，著力提高产业发展的质量和效益，加快重点园区建设，支持企业发展壮大"));
        assert_eq!(simplified('億'), '亿');
    }

    #[test]
    fn full_width_digits_and_radicals_fold() {
        let read: String = "１．５％ＬＥＤ⼯（一）".chars().map(fold_char).collect();
        assert_eq!(read, "1.5%LED工（一）");
    }
}
