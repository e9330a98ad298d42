//! How is a character searched? Full-width as half-width, capitals as small letters, traditional forms as
//! simplified ones, Kangxi radicals as the characters they look like: `２０１５年產業⼯業ＬＥＤ` → `2015年产业工业led`.
//!
//! Folding maps one character to one character, so an offset in the folded text *is* the offset in the original:
//! there is no map to lose.

use crate::text::fold::simplified;

/// The character that `c` is searched as. White space of every kind is one blank; `〔` and `［` are `[`, for a document
/// number is printed with any of them.
pub fn fold_char(c: char) -> char {
    match c {
        'A'..='Z' => c.to_ascii_lowercase(),
        '\0'..='\u{20}' | '\u{3000}' | '\u{a0}' | '\u{feff}' | '\u{2000}'..='\u{200b}' => ' ',
        '\u{21}'..='\u{7f}' => c,
        '\u{3400}'..='\u{9fff}' => simplified(c), // most characters of most texts
        '〔' | '［' => '[',
        '〕' | '］' => ']',
        '﹒' => '.',
        '—' | '–' | '―' | '－' | '─' => '-',
        '～' | '〜' => '~',
        '\u{ff01}'..='\u{ff5e}' => {
            let half = u32::from(c) - 0xfee0;
            char::from_u32(half).map_or(c, |half| half.to_ascii_lowercase())
        }
        _ => {
            let plain = simplified(c);
            if plain != c {
                return plain;
            }
            if u32::from(c) < 0x2000 && c.is_uppercase() {
                let mut lower = c.to_lowercase();
                if let (Some(small), None) = (lower.next(), lower.next()) {
                    return small;
                }
            }
            c
        }
    }
}

/// The text as it is searched, a character for a character.
pub fn fold(text: &str) -> String {
    text.chars().map(fold_char).collect()
}

/// The text as names are compared: folded, without white space: `省 发改委` → `省发改委`.
pub fn fold_name(text: &str) -> String {
    text.chars().map(fold_char).filter(|c| *c != ' ').collect()
}

/// A document number in its bare form, whatever its brackets and blanks: `黑政发〔2010〕62号`, `黑政发2010 62号`,
/// `黑政发(2010)第62号` → `黑政发201062号`.
pub fn fold_number(text: &str) -> String {
    fold_name(text).chars().filter(|c| !matches!(c, '[' | ']' | '(' | ')' | '【' | '】' | '第' | '《' | '》')).collect()
}

/// Whether a folded character is a letter or a digit; the commonest marks are told without the tables of Unicode.
pub fn is_letter_or_digit(c: char) -> bool {
    !matches!(c, '、' | '。' | '《' | '》' | '“' | '”') && c.is_alphanumeric()
}

/// Whether jieba's dictionary may know words with this character.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{2fa1f}' | '\u{f900}'..='\u{faff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_cases_and_forms_read_alike() {
        assert_eq!(fold("２０１５年產業⼯業ＬＥＤ（１．５％）"), "2015年产业工业led(1.5%)");
        assert_eq!(fold("簡單於後 Σ"), "简单于后 σ");
    }

    #[test]
    fn a_character_stays_one_character() {
        for code in (0..0x3_0000).filter_map(char::from_u32) {
            assert_eq!(fold_char(fold_char(code)), fold_char(code), "folding {code:?} twice changes it");
        }
    }

    #[test]
    fn document_numbers_read_alike() {
        let bare = fold_number("黑政发〔2010〕62号");
        for form in ["黑政发2010 62号", "黑政发[2010]第62号", "黑政發（２０１０）62号"] {
            assert_eq!(fold_number(form), bare);
        }
    }
}
