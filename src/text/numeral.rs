//! Which number do these characters write? `五千亿` is 5000 亿, `二○一一` is 2011, `1,580.5` is 1580.5.

use rust_decimal::Decimal;

/// The value of one Chinese digit: `三`, `叁`, `〇`, `两`.
pub fn digit(c: char) -> Option<u32> {
    Some(match c {
        '零' | '〇' | '○' | 'Ｏ' => 0,
        '一' | '壹' | '幺' => 1,
        '二' | '贰' | '两' | '貳' | '兩' => 2,
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
    const LONGEST: usize = 40;
    if text.is_empty() || text.chars().nth(LONGEST).is_some() {
        return None;
    }
    if text.chars().all(|c| digit(c).is_some()) {
        return text.chars().try_fold(0u64, |n, c| n.checked_mul(10)?.checked_add(u64::from(digit(c)?)));
    }
    let (mut total, mut section, mut current) = (0u64, 0u64, None::<u64>);
    let mut last_power = 0;
    for c in text.chars() {
        if c == '廿' {
            section = section.checked_add(20).filter(|_| current.is_none_or(|n| n == 0))?;
            current = None;
            last_power = 1;
        } else if let Some(d) = digit(c) {
            if current.is_some_and(|n| n != 0) {
                return None;
            }
            current = Some(u64::from(d));
        } else {
            let p = power(c)?;
            let unit = 10u64.pow(p);
            if p >= 4 {
                let below = section.checked_add(current.take().unwrap_or(0))?;
                let below = if below == 0 && total == 0 { 1 } else { below };
                total = if p == 8 { total.checked_add(below)?.checked_mul(unit)? } else { total.checked_add(below.checked_mul(unit)?)? };
                section = 0;
            } else {
                let count = match current.take() {
                    Some(0) | None if p == 1 => 1,
                    // 一万零百一十一: the one before 百 is left out.
                    Some(0) if p > 1 => 1,
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
    let after_zero = text.chars().rev().nth(1).is_some_and(|c| digit(c) == Some(0));
    let spoken = last_power > 1 && !after_zero && current.is_some();
    let rest = current.unwrap_or(0) * if spoken { 10u64.pow(last_power - 1) } else { 1 };
    total.checked_add(section)?.checked_add(rest)
}

/// A number in parts, each with its magnitude, at the start of `text`: `2万5千`, `1亿2000万`, `五十八万六千`. Its length in bytes
/// and its value; None where there is but one part (`2万`, `五千亿`) or the magnitudes don't fall.
pub fn parts_at(text: &str) -> Option<(usize, Decimal)> {
    let (mut at, mut total, mut parts, mut least) = (0, Decimal::ZERO, 0, u32::MAX);
    loop {
        let zero = text[at..].chars().next().filter(|c| parts > 0 && digit(*c) == Some(0)).map_or(0, char::len_utf8);
        let Some((len, count, spoken)) = part_at(&text[at + zero..]) else { break };
        let end = at + zero + len;
        let (magnitude, power) = magnitude_at(&text[end..]);
        // 一万五 is 15000.
        let power = if magnitude == 0 && spoken && zero == 0 && parts > 0 { least - 1 } else { power };
        let value = count.checked_mul(Decimal::from(10u64.checked_pow(power)?))?;
        if parts > 0 && (power >= least || value >= Decimal::from(10u64.checked_pow(least)?)) {
            return None;
        }
        (at, total, parts, least) = (end + magnitude, total.checked_add(value)?, parts + 1, power);
        if magnitude == 0 {
            break;
        }
    }
    (parts > 1).then_some((at, total))
}

/// The number before a part's magnitude: digits, or Chinese characters below 万; whether it is one Chinese digit alone.
fn part_at(text: &str) -> Option<(usize, Decimal, bool)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        let value = text[..digits].parse().ok()?;
        return Some((digits, value, false));
    }
    // A part begins with a digit: the 千 of 60万千瓦 belongs to the unit.
    digit(text.chars().next()?)?;
    let below = |c: &char| digit(*c).is_some() || power(*c).is_some_and(|p| p < 4);
    let len = text.chars().take_while(below).map(char::len_utf8).sum();
    Some((len, integer(&text[..len])?.into(), text[..len].chars().count() == 1))
}

/// The magnitudes at the start of `text`, each larger than the one before (`千万`, `万亿`): their length and power of ten.
fn magnitude_at(text: &str) -> (usize, u32) {
    let (mut len, mut sum, mut last) = (0, 0, 1);
    for c in text.chars() {
        match power(c).filter(|p| *p > last) {
            Some(p) => (len, sum, last) = (len + c.len_utf8(), sum + p, p),
            None => break,
        }
    }
    (len, sum)
}

/// A number in Arabic digits with thousands separators and a decimal point: `1,580.5`.
pub fn decimal(text: &str) -> Option<Decimal> {
    let plain: String = text.chars().filter(|c| *c != ',').collect();
    plain.parse().ok()
}

/// A number in Arabic or in Chinese characters, with a spoken decimal point, in parts, below zero: `3.5`, `十二`, `三点五`,
/// `100万三千`, `负一`.
pub fn number(text: &str) -> Option<Decimal> {
    if let Some(rest) = text.strip_prefix(['负', '-']) {
        return number(rest).filter(|_| !rest.starts_with(['负', '-'])).map(|n| -n);
    }
    if let Some((len, value)) = parts_at(text)
        && len == text.len()
    {
        return Some(value);
    }
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        let digits = text.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ',')).unwrap_or(text.len());
        let (magnitude, power) = magnitude_at(&text[digits..]);
        let whole = digits + magnitude == text.len();
        return decimal(&text[..digits]).filter(|_| whole)?.checked_mul(Decimal::from(10u64.checked_pow(power)?));
    }
    if let Some((whole, fraction)) = text.split_once('点') {
        // 三点五万: the magnitude counts the whole number.
        let digits = fraction.find(|c| digit(c).is_none()).unwrap_or(fraction.len());
        let (magnitude, power) = magnitude_at(&fraction[digits..]);
        let read: Option<String> = fraction[..digits].chars().map(|c| char::from_digit(digit(c)?, 10)).collect();
        let value: Decimal = format!("{}.{}", integer(whole)?, read.filter(|d| !d.is_empty())?).parse().ok()?;
        let whole = digits + magnitude == fraction.len();
        return value.checked_mul(Decimal::from(10u64.checked_pow(power)?)).filter(|_| whole);
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
            ("一百零二十", 120),
            ("一万零百一十一", 10_111),
            ("一百二十万三", 1_203_000),
            ("壹佰贰拾萬", 1_200_000),
            ("廿二", 22),
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
        assert_eq!(number("三点五万").unwrap().to_string(), "35000.0");
        assert_eq!(number("10.1万").unwrap().to_string(), "101000.0");
        assert_eq!(number("负一点零五").unwrap().to_string(), "-1.05");
        for text in ["负", "--1", "零点", "点零", "零点零大", "5个", "三点五个"] {
            assert_eq!(number(text), None, "{text}");
        }
    }

    #[test]
    fn numbers_in_parts() {
        for (text, len, value) in [
            ("2万5千元", "2万5千", 25_000u64),
            ("1亿2000万元", "1亿2000万", 120_000_000),
            ("五十八万六千元", "五十八万六千", 586_000),
            ("200亿零四千", "200亿零四千", 20_000_004_000),
            ("1万600元", "1万600", 10_600),
            ("一万五", "一万五", 15_000),
        ] {
            assert_eq!(parts_at(text), Some((len.len(), Decimal::from(value))), "{text}");
        }
        for text in ["2万元", "五千亿元", "60万千瓦", "百万千瓦", "5万8万元", "万一", "10.5万", ""] {
            assert_eq!(parts_at(text), None, "{text}");
        }
    }
}
