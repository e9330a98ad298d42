//! Which number do these characters write? `五千亿` is 5000 亿, `二○一一` is 2011, `1,580.5` is 1580.5.

use rust_decimal::Decimal;

/// The value of one Chinese digit: `三`, `叁`, `〇`, `两`.
pub fn digit(c: char) -> Option<u32> {
    Some(match c {
        '零' | '〇' | '○' | 'Ｏ' => 0,
        '一' | '壹' | '幺' => 1,
        '二' | '贰' | '两' | '貳' => 2,
        '三' | '叁' | '參' | '叄' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' | '陸' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

/// The power of ten of a multiplier: `十` 1, `百` 2, `千` 3, `万` 4, `亿` 8.
pub fn power(c: char) -> Option<u32> {
    Some(match c {
        '十' | '拾' => 1,
        '百' | '佰' => 2,
        '千' | '仟' => 3,
        '万' | '萬' => 4,
        '亿' | '億' => 8,
        _ => return None,
    })
}

/// Whether `c` can stand in a Chinese numeral.
pub fn is_numeral(c: char) -> bool {
    digit(c).is_some() || power(c).is_some()
}

/// A whole number in Chinese characters: `五` 5, `十二` 12, `一千零八十` 1080, `五千万` 50000000, `二〇一一` 2011.
/// None where the characters write no number (`十百`, empty, too long).
pub fn integer(text: &str) -> Option<u64> {
    if text.is_empty() || text.chars().count() > 20 {
        return None;
    }
    if text.chars().all(|c| digit(c).is_some()) {
        return text.chars().try_fold(0u64, |n, c| n.checked_mul(10)?.checked_add(u64::from(digit(c)?)));
    }
    let (mut total, mut section, mut current) = (0u64, 0u64, None::<u64>);
    let mut last_power = 0;
    for c in text.chars() {
        if let Some(d) = digit(c) {
            if current.is_some_and(|n| n != 0) {
                return None;
            }
            current = Some(u64::from(d));
        } else {
            let p = power(c)?;
            let unit = 10u64.pow(p);
            if p >= 4 {
                let below = section + current.take().unwrap_or(0);
                let below = if below == 0 && total == 0 { 1 } else { below };
                total = if p == 8 { (total + below).checked_mul(unit)? } else { total + below.checked_mul(unit)? };
                section = 0;
            } else {
                let count = match current.take() {
                    Some(0) | None if p == 1 => 1,
                    None if section == 0 && total == 0 => 1,
                    Some(n) if n > 0 => n,
                    _ => return None,
                };
                section += count * unit;
            }
            last_power = p;
        }
    }
    // 一万五 is 15000, 三百二 is 320: the digit after a multiplier counts the next lower place.
    let spoken = last_power > 1 && !text.contains(['零', '〇', '○']) && current.is_some();
    let rest = current.unwrap_or(0) * if spoken { 10u64.pow(last_power - 1) } else { 1 };
    total.checked_add(section)?.checked_add(rest)
}

/// A number in Arabic digits with thousands separators and a decimal point: `1,580.5`.
pub fn decimal(text: &str) -> Option<Decimal> {
    let plain: String = text.chars().filter(|c| *c != ',').collect();
    plain.parse().ok()
}

/// A number in Arabic or in Chinese characters, with a spoken decimal point: `3.5`, `十二`, `三点五`.
pub fn number(text: &str) -> Option<Decimal> {
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        return decimal(text);
    }
    if let Some((whole, fraction)) = text.split_once('点') {
        let digits: Option<String> = fraction.chars().map(|c| digit(c).and_then(|d| char::from_digit(d, 10))).collect();
        return format!("{}.{}", integer(whole)?, digits.filter(|d| !d.is_empty())?).parse().ok();
    }
    integer(text).map(Decimal::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_integers() {
        for (text, value) in [
            ("五", 5),
            ("十", 10),
            ("十二", 12),
            ("二十", 20),
            ("一百零五", 105),
            ("三百二", 320),
            ("一千零八十", 1080),
            ("一万五", 15_000),
            ("五千万", 50_000_000),
            ("一亿二千万", 120_000_000),
            ("万", 10_000),
            ("百万", 1_000_000),
            ("二〇一一", 2011),
            ("二○一二", 2012),
            ("两", 2),
            ("千亿", 100_000_000_000),
            ("一万亿", 1_000_000_000_000),
        ] {
            assert_eq!(integer(text), Some(value), "{text}");
        }
        for text in ["", "十百千十", "一二十", "甲"] {
            assert_eq!(integer(text), None, "{text}");
        }
    }

    #[test]
    fn decimals() {
        assert_eq!(number("1,580.5").unwrap().to_string(), "1580.5");
        assert_eq!(number("三点五").unwrap().to_string(), "3.5");
    }
}
