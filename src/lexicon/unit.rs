//! In what is it measured? Units with their kind and their exact factor to a base; the magnitude before them is read apart.
//!
//! `1.5万亿元` is the magnitude 万亿 and the unit 元: 1500000000000 元. `2公顷` is 30 亩.

use std::sync::LazyLock;

use rust_decimal::Decimal;

use super::tsv;
use super::words::Words;

const TABLE: &str = include_str!("units.tsv");

/// What a unit measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// 元, 美元.
    Money,
    /// 吨, 公斤.
    Mass,
    /// 亩, 平方米.
    Area,
    /// 米, 公里.
    Length,
    /// 立方米, 升.
    Volume,
    /// 千瓦.
    Power,
    /// 千瓦时, 吨标准煤.
    Energy,
    /// 天, 个月, 年, 岁.
    Time,
    /// %, 个百分点, 倍.
    Ratio,
    /// One unit for another: 元/吨, 微克/立方米; also Mbps.
    Rate,
    /// Measure words: 个, 户, 项, 人次.
    Count,
    /// Temperature, voltage, sound, data and the like.
    Other,
}

/// A unit of measure without magnitude.
#[derive(Debug, PartialEq, Eq)]
pub struct Unit {
    /// As printed: `公顷`.
    pub text: &'static str,
    /// What it measures.
    pub kind: Kind,
    /// The unit that quantities of this kind are compared in: `亩`.
    pub base: &'static str,
    /// How many of the base one unit is, exactly: 15.
    pub factor: Decimal,
}

/// A unit as it stands in a text, with the magnitude before it: `万亿元`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Printed {
    /// Length of magnitude and unit together, in bytes.
    pub len: usize,
    /// Length of the magnitude alone, in bytes; 0 where there is none.
    pub magnitude_len: usize,
    /// The magnitude: 1000000000000 for 万亿.
    pub magnitude: Decimal,
    /// The unit behind it.
    pub unit: &'static Unit,
}

/// The units, and the words that only begin like one: 部 is a unit, 部门 is none.
static UNITS: LazyLock<Words<Option<Unit>>> = LazyLock::new(|| {
    tsv::rows(TABLE)
        .map(|[text, kind, base, factor, _example]| {
            if kind == "none" {
                return (text, None);
            }
            let Ok(factor) = Decimal::from_str_exact(factor) else {
                panic!("units.tsv: the factor of {text} is no number: {factor}");
            };
            let unit = Unit { text, kind: read_kind(kind), base, factor };
            (text, Some(unit))
        })
        .collect()
});

fn read_kind(word: &str) -> Kind {
    match word {
        "money" => Kind::Money,
        "mass" => Kind::Mass,
        "area" => Kind::Area,
        "length" => Kind::Length,
        "volume" => Kind::Volume,
        "power" => Kind::Power,
        "energy" => Kind::Energy,
        "time" => Kind::Time,
        "ratio" => Kind::Ratio,
        "rate" => Kind::Rate,
        "count" => Kind::Count,
        _ => Kind::Other,
    }
}

/// The longest bare unit at the start of `text`, and its length in bytes.
fn bare_at(text: &str) -> Option<(usize, &'static Unit)> {
    let (word, unit) = UNITS.starting(text)?;
    Some((word.len(), unit.as_ref()?))
}

/// The magnitude at the start of `text`, and its length in bytes: `万`, `百万`, `亿`, `万亿`, `十亿`.
///
/// Magnitudes multiply from left to right, small ones before 万, 万 before 亿: `百万` is 1000000, `万亿` 10¹².
pub fn magnitude_at(text: &str) -> (usize, Decimal) {
    let mut len = 0;
    let mut power = 0;
    let mut least = 0;
    for c in text.chars() {
        let next = match c {
            '十' => 1,
            '百' => 2,
            '千' => 3,
            '万' => 4,
            '亿' => 8,
            _ => break,
        };
        if next <= least {
            break;
        }
        power += next;
        least = next;
        len += c.len_utf8();
    }
    (len, Decimal::from(10u64.pow(power)))
}

/// The unit that stands right after a number, with its magnitude: `万亿元，同比` → `万亿元`.
///
/// A unit that begins like a magnitude is one unit: `千瓦`, `千米`; of two readings the longer one holds (`万千瓦时`).
/// A slash stands in for 每 as in `元/吨`; brackets in `台（套）` belong to the unit.
pub fn read_at(text: &str) -> Option<Printed> {
    let direct = bare_at(text).map(|(len, unit)| Printed { len, magnitude_len: 0, magnitude: Decimal::ONE, unit });
    let mut best = direct;
    let (full, _) = magnitude_at(text);
    // 万千瓦: the magnitude may end before 千.
    for end in text[..full].char_indices().map(|(at, c)| at + c.len_utf8()) {
        let (head, rest) = text.split_at(end);
        let (magnitude_len, magnitude) = magnitude_at(head);
        if magnitude_len != end {
            continue;
        }
        if let Some((len, unit)) = bare_at(rest) {
            let len = end + len;
            if best.is_none_or(|known| len > known.len || (len == known.len && unit.kind != Kind::Count && known.magnitude_len > 0)) {
                best = Some(Printed { len, magnitude_len, magnitude, unit });
            }
        }
    }
    best
}

/// The longest unit right after a number, magnitude included: its length in bytes and the unit behind the magnitude.
pub fn longest_at(text: &str) -> Option<(usize, &'static Unit)> {
    read_at(text).map(|printed| (printed.len, printed.unit))
}

/// A value with its printed unit in the base of that unit: 1.5 and `万亿元` → 1500000000000 and `元`.
///
/// `None` where the unit is unknown or the product exceeds 28 digits. A bare magnitude (`万`) counts: 5 and `万` → 50000 and `个`.
pub fn canonical(value: Decimal, unit_text: &str) -> Option<(Decimal, &'static str)> {
    let (factor, base) = match read_at(unit_text) {
        Some(printed) if printed.len == unit_text.len() => (printed.magnitude.checked_mul(printed.unit.factor)?, printed.unit.base),
        _ => match magnitude_at(unit_text) {
            (len, magnitude) if len > 0 && len == unit_text.len() => (magnitude, "个"),
            _ => return None,
        },
    };
    Some((value.checked_mul(factor)?.normalize(), base))
}

/// The unit that a printed unit comes to, its magnitude left aside: `万亿元` is money.
pub fn of(printed: &str) -> Option<&'static Unit> {
    longest_at(printed).map(|(_, unit)| unit)
}

/// The unit that quantities in this printed one are compared in, its magnitude left aside: 元 of `万亿元`.
pub fn base(printed: &str) -> Option<&'static str> {
    of(printed).map(|unit| unit.base)
}

/// The length of what follows a unit where it is one of a rate: `/百公里` of `千瓦时/百公里`; 0 where nothing does.
pub fn per_at(text: &str) -> usize {
    let Some(rest) = text.strip_prefix('/') else { return 0 };
    longest_at(rest).map_or(0, |(len, _)| 1 + len)
}

/// The unit of exactly this text, without magnitude.
pub fn by_text(text: &str) -> Option<&'static Unit> {
    UNITS.get(text)?.as_ref()
}

/// The units, without magnitudes, in the order of their names.
pub fn names() -> &'static [&'static str] {
    static NAMES: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
        let mut names: Vec<&str> = tsv::rows(TABLE).filter(|row: &[&str; 2]| row[1] != "none").map(|row| row[0]).collect();
        names.sort_unstable();
        names
    });
    &NAMES
}

/// Whether the text is a measure word that only counts (个, 户, 项), with or without a magnitude.
pub fn is_count(text: &str) -> bool {
    read_at(text).is_some_and(|printed| printed.len == text.len() && printed.unit.kind == Kind::Count)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> (Decimal, &str) {
        let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').expect("a unit after the number");
        let value = Decimal::from_str_exact(&text[..end]).expect("a number");
        (value, &text[end..])
    }

    #[test]
    fn every_example_comes_to_its_value() {
        for [text, kind, base, _factor, example] in tsv::rows(TABLE) {
            if kind == "none" {
                let (_, text) = number(example);
                assert_eq!(longest_at(text), None, "{example}");
                continue;
            }
            let (printed, expected) = example.split_once('>').unwrap_or((example, example));
            let (value, unit) = number(printed);
            let (wanted, wanted_base) = number(expected);
            assert_eq!(canonical(value, unit), Some((wanted.normalize(), base)), "{text}");
            assert_eq!(wanted_base, base, "{text}");
            let (len, read) = longest_at(&format!("{unit}，比")).expect("a unit");
            assert_eq!((len, read.text), (unit.len(), text), "{example}");
        }
    }

    #[test]
    fn no_unit_stands_twice() {
        assert_eq!(tsv::rows::<5>(TABLE).count(), UNITS.iter().count());
    }

    #[test]
    fn magnitudes_go_before_any_unit() {
        for (unit, len, magnitude) in [
            ("万家企业", "万家", 10_000u64),
            ("亿斤以上", "亿斤", 100_000_000),
            ("万人次", "万人次", 10_000),
            ("百万吨", "百万吨", 1_000_000),
            ("万亿元", "万亿元", 1_000_000_000_000),
            ("千万元", "千万元", 10_000_000),
            ("亿千瓦时，", "亿千瓦时", 100_000_000),
            ("万千瓦", "万千瓦", 10_000),
            ("千瓦", "千瓦", 1),
            ("元/吨", "元/吨", 1),
        ] {
            let read = read_at(unit).expect("a unit");
            assert_eq!(&unit[..read.len], len);
            assert_eq!(read.magnitude, Decimal::from(magnitude), "{unit}");
        }
    }

    #[test]
    fn what_is_no_unit_is_none() {
        for text in ["，同比", "以上", "的", "", "左右"] {
            assert_eq!(longest_at(text), None, "{text}");
        }
        assert_eq!(canonical(Decimal::ONE, "万亿元人"), None);
        assert!(is_count("万户") && !is_count("万元"));
    }
}
