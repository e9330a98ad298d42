//! Which day do these characters name? `2011年5月21日`, `二○一一年五月二十一日`, `2016-12-28`.

use super::numeral;
use regex::Regex;
use std::sync::LazyLock;

static DAY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)(?<y>(?:19|20)[0-9]{2})\s?[-/.年]\s?(?<m>[0-9]{1,2})\s?[-/.月]\s?(?<d>[0-9]{1,2})日?
        | (?<cy>[一二][〇○零Oo0一二三四五六七八九]{3})年(?<cm>[一二三四五六七八九十]{1,2}|元)月(?<cd>[一二三四五六七八九十廿]{1,3})日",
    )
    .expect("the pattern of days is well formed")
});

/// A day of the calendar, as printed; it may not exist (2月30日).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    /// The year, of four digits.
    pub year: u16,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// The first day that `text` names, with the bytes where it stands.
pub fn find_day(text: &str) -> Option<(std::ops::Range<usize>, Day)> {
    let caught = DAY.captures(text)?;
    let arabic = |name: &str| caught.name(name).and_then(|m| m.as_str().parse::<u16>().ok());
    let chinese = |name: &str| {
        let text = caught.name(name)?.as_str().replace(['O', 'o', '0'], "〇").replace('元', "一").replace('廿', "二十");
        numeral::integer(&text).and_then(|n| u16::try_from(n).ok())
    };
    let year = arabic("y").or_else(|| chinese("cy"))?;
    let month = u8::try_from(arabic("m").or_else(|| chinese("cm"))?).ok()?;
    let day = u8::try_from(arabic("d").or_else(|| chinese("cd"))?).ok()?;
    ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some((caught.get(0)?.range(), Day { year, month, day }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days() {
        for (text, day) in [
            ("二○一一年五月二十一日", "2011-05-21"),
            ("二〇二三年十二月三十一日", "2023-12-31"),
            ("（2016-12-28 12:18）", "2016-12-28"),
            ("2018年12月21日", "2018-12-21"),
            ("2025.9.4", "2025-09-04"),
        ] {
            assert_eq!(find_day(text).unwrap().1.to_string(), day, "{text}");
        }
        assert_eq!(find_day("2011年5月"), None);
    }
}
