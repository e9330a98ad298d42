//! Which number is meant? `1．58万亿`, `1.58万亿` and `15800亿` are one number, `五千亿` and `5000亿` another, and a search
//! for one finds the other: each gets the same token, `=1580000000000`.
//!
//! Numbers are digits with a decimal point; nothing here is binary floating point.

/// A number in a folded text: where it stands and what it comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amount {
    /// Offset of its first character.
    pub start: usize,
    /// Offset after its last character, multipliers (`万`, `亿`) and `%` included.
    pub end: usize,
    /// Its value in plain digits: `1580000000000`, `0.5`.
    pub value: String,
    /// Whether it is written otherwise than in plain digits.
    pub spelled: bool,
}

/// The number that begins at `start` in the folded characters `text`, with its multipliers.
pub fn read_amount(text: &[char], start: usize) -> Option<Amount> {
    read_digits(text, start).or_else(|| read_numerals(text, start))
}

/// `1.58万亿`, `7,326.4`, `18%`.
fn read_digits(text: &[char], start: usize) -> Option<Amount> {
    let end = digits_end(text, start)?;
    let printed: String = text[start..end].iter().filter(|c| **c != ',').collect();
    let (shift, after) = multipliers(text, end);
    let percent = text.get(after) == Some(&'%');
    let mut value = shift_point(&printed, shift);
    if percent {
        value.push('%');
    }
    let end = if percent { after + 1 } else { after };
    Some(Amount { start, end, spelled: shift > 0 || percent || value != printed, value })
}

/// Where a run of digits ends; `.` and `,` belong to it between digits (`,` only before three of them).
pub fn digits_end(text: &[char], start: usize) -> Option<usize> {
    let digit = |at: usize| text.get(at).is_some_and(char::is_ascii_digit);
    if !digit(start) {
        return None;
    }
    let mut end = start;
    let mut point = false;
    loop {
        if digit(end) {
            end += 1;
        } else if text.get(end) == Some(&'.') && !point && digit(end + 1) {
            point = true;
            end += 1;
        } else if text.get(end) == Some(&',') && (1..=3).all(|after| digit(end + after)) && !digit(end + 4) && !point {
            end += 1;
        } else {
            return Some(end);
        }
    }
}

/// How many tens the multipliers after a number come to, and where they end: `万亿` → 12.
fn multipliers(text: &[char], mut at: usize) -> (usize, usize) {
    let mut shift = 0;
    loop {
        shift += match text.get(at) {
            Some('万') => 4,
            Some('亿') => 8,
            Some('千') if text.get(at + 1).is_some_and(|next| matches!(next, '万' | '亿')) => 3,
            Some('百') if text.get(at + 1).is_some_and(|next| matches!(next, '万' | '亿')) => 2,
            _ => return (shift, at),
        };
        at += 1;
        if shift > 24 {
            return (shift, at);
        }
    }
}

/// The decimal number `printed`, its point moved to the right: `1.58`, 12 → `1580000000000`.
pub fn shift_point(printed: &str, shift: usize) -> String {
    let (whole, part) = printed.split_once('.').unwrap_or((printed, ""));
    let mut digits = whole.to_owned();
    let mut rest = part.chars();
    for _ in 0..shift {
        digits.push(rest.next().unwrap_or('0'));
    }
    let whole = digits.trim_start_matches('0');
    let part = rest.as_str().trim_end_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    if part.is_empty() { whole.to_owned() } else { format!("{whole}.{part}") }
}

fn numeral(c: char) -> Option<u64> {
    Some(match c {
        '零' | '〇' => 0,
        '一' => 1,
        '二' | '两' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

/// `五千亿`, `一百二十`, `百分之三`; a lone numeral (`一`) is no amount, nor is one without a place value (`二三`).
fn read_numerals(text: &[char], start: usize) -> Option<Amount> {
    if text[start..].starts_with(&['百', '分', '之']) {
        let (value, end) = numeral_value(text, start + 3)?;
        return Some(Amount { start, end, value: format!("{value}%"), spelled: true });
    }
    let (value, end) = numeral_value(text, start)?;
    let placed = text[start..end].iter().any(|c| matches!(c, '十' | '百' | '千' | '万' | '亿'));
    let begins = numeral(text[start]).is_some() || text[start] == '十';
    (placed && begins && end > start + 1).then(|| Amount { start, end, value: value.to_string(), spelled: true })
}

fn numeral_value(text: &[char], start: usize) -> Option<(u64, usize)> {
    let (mut total, mut section, mut digit) = (0_u64, 0_u64, None::<u64>);
    let mut at = start;
    while let Some(&c) = text.get(at) {
        if let Some(value) = numeral(c) {
            if digit.is_some_and(|digit| digit != 0) {
                return None;
            }
            digit = Some(value);
        } else {
            let unit: u64 = match c {
                '十' => 10,
                '百' => 100,
                '千' => 1000,
                '万' => 10_000,
                '亿' => 100_000_000,
                _ => break,
            };
            if unit < 10_000 {
                section += digit.take().unwrap_or(1) * unit;
            } else {
                section += digit.take().unwrap_or(0);
                if section == 0 && total == 0 {
                    return None;
                }
                total = (total + section).checked_mul(unit)?;
                section = 0;
            }
        }
        at += 1;
    }
    (at > start).then(|| (total + section + digit.unwrap_or(0), at))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Option<String> {
        let text: Vec<char> = crate::index::fold(text).chars().collect();
        read_amount(&text, 0).filter(|amount| amount.end == text.len()).map(|amount| amount.value)
    }

    #[test]
    fn spellings_of_a_number_come_to_the_same() {
        for (text, plain) in [
            ("1．58万亿", "1580000000000"),
            ("15800亿", "1580000000000"),
            ("五千亿", "500000000000"),
            ("5000亿", "500000000000"),
            ("7,326.40", "7326.4"),
            ("百分之三", "3%"),
            ("３％", "3%"),
            ("一百二十", "120"),
            ("十五", "15"),
            ("两千零五十", "2050"),
            ("3千万", "30000000"),
            ("0.3万亿", "300000000000"),
        ] {
            assert_eq!(value(text).as_deref(), Some(plain), "{text}");
        }
    }

    #[test]
    fn words_are_no_amounts() {
        for text in ["一", "万一", "二三", "千方百计", "亿"] {
            assert_eq!(value(text), None, "{text}");
        }
    }
}
