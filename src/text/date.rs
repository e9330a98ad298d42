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

/// A stretch of the calendar that a text names, each end an ISO year, month or day; None where it is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// The bytes where it stands.
    pub span: std::ops::Range<usize>,
    /// Its first year, month or day.
    pub from: Option<String>,
    /// Its last.
    pub to: Option<String>,
    /// Whether it names its year itself, if only as 今年.
    pub dated: bool,
}

/// A point or a short stretch before it is joined to another: `2024年上半年`, `今年前三季度`, `2018年1—9月`, `6月上旬`.
static POINT: LazyLock<Regex> = LazyLock::new(|| {
    const N: &str = "(?:[0-9]{1,2}|[一二两三四五六七八九十]{1,3})";
    const JOIN: &str = "(?:至|到|[-—－–~～]{1,2})";
    Regex::new(&format!(
        r"(?x)^
        (?:(?<y>(?:19|20)[0-9]{{2}})年|(?<cy>[一二][〇○零一二三四五六七八九]{{3}})年
          |(?<yy>[0-9〇○零一二三四五六七八九]{{2}})年
          |(?<relative>今年|本年度?|去年|上年|上一年|大前年|前年|明年|次年|后年))?的?
        (?:
          (?<half>上半年|下半年)
        | (?:(?<until>前)(?<quarters>[一二两三四1-4])个?|(?<first>首|首个|第)?(?<quarter>[一二三四1-4])?个?)季度(?<edge>初|末|底)?
        | (?<side>前|后)(?<months>{N})个?月
        | (?:第(?<nth>{N})个|(?<firstmonth>首))月
        | (?<m1>{N})(?:月份?)?{JOIN}(?<m2>{N})月份?
        | (?<m>{N})月(?:份)?(?:(?<d1>{N})[日号]?{JOIN}(?<d2>{N})[日号]|(?<d>{N})[日号]|(?<third>上旬|中旬|下旬))?
        )?"
    ))
    .expect("the pattern of points in time is well formed")
});

/// What joins two points, and what opens or closes a stretch.
static JOINED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^(?:起|开始)?\s?(?:至|到|[-—－–~～]{1,2})").expect("the pattern of joins is well formed"));
static BEFORE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^(?:月?[底末]|份)?(?:之前|以前|前)").expect("the pattern of limits is well formed"));
static SINCE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^(?:以来|起|开始)").expect("the pattern of beginnings is well formed"));

/// All stretches of `text` that name a year, a month or a day, in their order. `year` is the year of the document, for 今年
/// and for a month without a year, which else is of the year named before it.
pub fn find_stretches(text: &str, year: Option<u16>) -> Vec<Stretch> {
    let mut found: Vec<Stretch> = Vec::new();
    let mut known = year;
    let mut at = 0;
    while let Some(start) = text[at..].find(starts_point).map(|k| at + k) {
        let Some(first) = point_at(&text[start..], year, known) else {
            at = start + run_length(&text[start..]);
            continue;
        };
        let mut end = start + first.len;
        let (mut from, mut to) = (Some(first.from.to_string()), Some(first.to.to_string()));
        let mut last = first.to;
        if let Some(join) = JOINED.find(&text[end..])
            && let Some(second) = point_at(&text[end + join.end()..], year, Some(last.year))
        {
            end += join.end() + second.len;
            last = second.to;
            to = Some(last.to_string());
        } else if let Some(before) = BEFORE.find(&text[end..]).filter(|before| !text[end + before.end()..].starts_with(starts_point)) {
            end += before.end();
            from = None;
        } else if let Some(since) = SINCE.find(&text[end..]) {
            end += since.end();
            to = None;
        }
        known = Some(last.year);
        found.push(Stretch { span: start..end, from, to, dated: first.dated });
        at = end;
    }
    found
}

/// The length of the number, or of the one character, at the start of `text`: a point doesn't start inside of a number.
fn run_length(text: &str) -> usize {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let run: usize = text.chars().take_while(|c| numeral::is_numeral(*c)).map(char::len_utf8).sum();
    digits.max(run).max(text.chars().next().map_or(1, char::len_utf8))
}

fn starts_point(c: char) -> bool {
    c.is_ascii_digit()
        || numeral::digit(c).is_some()
        || matches!(c, '十' | '今' | '本' | '去' | '上' | '下' | '大' | '前' | '后' | '明' | '次' | '首' | '第')
}

/// A year, a month of it, a day of that.
#[derive(Debug, Clone, Copy)]
struct Time {
    year: u16,
    month: Option<u8>,
    day: Option<u8>,
}

impl std::fmt::Display for Time {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}", self.year)?;
        [self.month, self.day].into_iter().flatten().try_for_each(|part| write!(f, "-{part:02}"))
    }
}

struct Point {
    len: usize,
    from: Time,
    to: Time,
    dated: bool,
}

/// Within so many characters a point names its year, quarter or month: `十一月份至十二月`.
const NEAR: usize = 10;

/// The point at the start of `text`; `year` is the document's, `known` the one that a month without a year is of.
fn point_at(text: &str, year: Option<u16>, known: Option<u16>) -> Option<Point> {
    // 以上, 本法, 第三条: without one of these words near no point starts.
    if !text.chars().take(NEAR).any(|c| matches!(c, '年' | '季' | '月')) {
        return None;
    }
    let caught = POINT.captures(text)?;
    let word = |name: &str| caught.name(name).map(|m| m.as_str());
    let number = |name: &str| word(name).and_then(small);
    let own = match (word("y"), word("cy"), word("relative")) {
        (Some(y), ..) => Some(y.parse().ok()?),
        (_, Some(cy), _) => Some(u16::try_from(numeral::integer(cy)?).ok()?),
        (.., Some(relative)) => Some(relative_year(relative, year?)?),
        _ => word("yy").and_then(short_year),
    };
    let len = caught.get(0)?.len();
    // 15年3月 names a year, 15年 a time that something takes.
    let own = own.filter(|_| word("yy").is_none_or(|yy| len > yy.len() + '年'.len_utf8()));
    let year = own.or(known).filter(|_| len > 0)?;
    let months = |first: u8, last: u8| {
        let valid = (1..=12).contains(&first) && first <= last && last <= 12;
        let at = |month| Time { year, month: Some(month), day: None };
        valid.then(|| (at(first), at(last)))
    };
    let days = |month: u8, first: u8, last: u8| {
        let valid = (1..=12).contains(&month) && first >= 1 && first <= last && last <= days_of(year, month);
        let at = |day| Time { year, month: Some(month), day: Some(day) };
        valid.then(|| (at(first), at(last)))
    };
    let (from, to) = if let Some(half) = word("half") {
        if half == "上半年" { months(1, 6) } else { months(7, 12) }?
    } else if let Some(last) = number("quarters") {
        months(1, last * 3)?
    } else if let Some(quarter) = number("quarter").or(word("first").filter(|first| first.starts_with('首')).map(|_| 1)) {
        match word("edge") {
            Some("初") => months(quarter * 3 - 2, quarter * 3 - 2)?,
            Some(_) => months(quarter * 3, quarter * 3)?,
            None => months(quarter * 3 - 2, quarter * 3)?,
        }
    } else if let Some(count) = number("months") {
        if word("side") == Some("前") { months(1, count) } else { months(13u8.checked_sub(count)?, 12) }?
    } else if let Some(month) = number("nth").or(word("firstmonth").map(|_| 1)) {
        months(month, month)?
    } else if let (Some(first), Some(last)) = (number("m1"), number("m2")) {
        months(first, last)?
    } else if let Some(month) = number("m") {
        match (number("d1"), number("d2"), number("d"), word("third")) {
            (Some(first), Some(last), ..) => days(month, first, last)?,
            (.., Some(day), _) => days(month, day, day)?,
            (.., Some("上旬")) => days(month, 1, 10)?,
            (.., Some("中旬")) => days(month, 11, 20)?,
            (.., Some(_)) => days(month, 21, days_of(year, month))?,
            _ => months(month, month)?,
        }
    } else {
        own?;
        let at = Time { year, month: None, day: None };
        (at, at)
    };
    Some(Point { len, from, to, dated: own.is_some() })
}

fn small(text: &str) -> Option<u8> {
    text.parse().ok().or_else(|| numeral::integer(text).and_then(|n| u8::try_from(n).ok()))
}

/// `15` is 2015, `九八` 1998.
fn short_year(text: &str) -> Option<u16> {
    let year = text.parse().ok().or_else(|| u16::try_from(numeral::integer(text)?).ok())?;
    Some(if year < 50 { 2000 + year } else { 1900 + year })
}

fn relative_year(word: &str, year: u16) -> Option<u16> {
    match word {
        "去年" | "上年" | "上一年" => year.checked_sub(1),
        "前年" => year.checked_sub(2),
        "大前年" => year.checked_sub(3),
        "明年" | "次年" => year.checked_add(1),
        "后年" => year.checked_add(2),
        _ => Some(year),
    }
}

/// How many days a month has.
pub fn days_of(year: u16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 31,
    }
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

    #[test]
    fn stretches_of_the_calendar() {
        for (text, from, to) in [
            ("2024年上半年", Some("2024-01"), Some("2024-06")),
            ("今年前三季度", Some("2026-01"), Some("2026-09")),
            ("2013年一季度末", Some("2013-03"), Some("2013-03")),
            ("2022年首季度", Some("2022-01"), Some("2022-03")),
            ("2018年1－9月份", Some("2018-01"), Some("2018-09")),
            ("2017年8月至11月", Some("2017-08"), Some("2017-11")),
            ("2017年五月至2018年四月", Some("2017-05"), Some("2018-04")),
            ("2019年4月12-19日", Some("2019-04-12"), Some("2019-04-19")),
            ("二〇〇六年十二月", Some("2006-12"), Some("2006-12")),
            ("2022年前十一个月", Some("2022-01"), Some("2022-11")),
            ("去年3月3号", Some("2025-03-03"), Some("2025-03-03")),
            ("2024年2月下旬", Some("2024-02-21"), Some("2024-02-29")),
            ("6月底前", None, Some("2026-06")),
            ("6月上旬", Some("2026-06-01"), Some("2026-06-10")),
            ("一季度", Some("2026-01"), Some("2026-03")),
            ("15年3月2日", Some("2015-03-02"), Some("2015-03-02")),
            ("九七年一季度", Some("1997-01"), Some("1997-03")),
            ("70年第8个月", Some("1970-08"), Some("1970-08")),
            ("2020年9月起", Some("2020-09"), None),
            ("从2008年——2018年", Some("2008"), Some("2018")),
        ] {
            let found = find_stretches(text, Some(2026));
            assert_eq!(found.len(), 1, "{text}: {found:?}");
            assert_eq!((found[0].from.as_deref(), found[0].to.as_deref()), (from, to), "{text}");
        }
        for text in ["2月30日", "13月", "前五个", "第三季", "上半场", "三个月", "100年前", "15年"] {
            assert_eq!(find_stretches(text, Some(2026)), [], "{text}");
        }
    }
}
