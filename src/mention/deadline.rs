//! Until when? `2011年4月` is a date, `每年2月` and `每年2次` recur, `全年工作` and `持续推进` go on.

use crate::text::{Folded, Span, numeral};
use regex::{Captures, Regex};
use std::sync::LazyLock;

/// The time by which, or the rhythm in which, a task is done.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
pub struct Deadline {
    /// As printed, clean.
    #[schemars(example = &"2019年4月底前")]
    pub text: String,
    /// What kind of time it is.
    #[schemars(example = &"date")]
    pub kind: DeadlineKind,
    /// For a date its ISO day, month or year.
    #[schemars(example = &"2019-04")]
    pub due: Option<String>,
    /// For a recurring one: how often it is counted.
    #[schemars(example = &"year")]
    pub per: Option<Per>,
    /// How many times in each.
    #[schemars(example = 2)]
    pub times: Option<u32>,
    /// The month of the year it falls in.
    #[schemars(example = 4)]
    pub month: Option<u32>,
}

/// The kinds of deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DeadlineKind {
    /// Once, by a date.
    Date,
    /// Again and again.
    Recurring,
    /// All the time.
    Ongoing,
}

/// The stretch in which a recurring task is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Per {
    /// 每年.
    Year,
    /// 每季度.
    Quarter,
    /// 每月.
    Month,
}

static RECURRING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)每(?<half>半)?(?:个)?(?<per>年度?|季度?|月)(?:(?<month>[0-9]{1,2}|[一二三四五六七八九十]{1,2})月(?:底|份|初|中旬|上旬|下旬)?前?|(?<times>[0-9]{1,2}|[一二两三四五六七八九十]{1,2})次|(?<end>年?底|末)前?)?",
    )
    .expect("the pattern of rhythms is well formed")
});
static ONGOING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"全年工作|全年|长期坚持|长期推进|长期工作|长期任务|长期实施|长期|持续推进|持续实施|持续开展|持续落实|持续加强|常年|常态化推进|常态化|持续|贯穿全年|日常工作").expect("the pattern of ongoing work is well formed")
});
static DATE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x) (?<this>年内|今年内|年底前|年底|今年年底前|今年底前|今年底) | [“](?<plan>十[一二三四五六]?)五[”](?:期?末|期间)
         | (?:(?<y>(?:19|20)[0-9]{2})年)?(?:(?<m>[0-9]{1,2})月(?:份)?(?:(?<d>[0-9]{1,2})日)?(?:底|末|中旬|上旬|下旬|初)?|第?(?<quarter>[一二三四1-4])季度(?:末|底)?|(?<half>上半年|下半年)|(?<yearend>年?底|年?末))?(?<before>之?前|以前)?(?:完成)?",
    )
    .expect("the pattern of dates is well formed")
});

/// The deadline that a cell or a note's part states; `issued` is the year the document was written in.
pub fn read(text: &str, issued: Option<u16>) -> Option<Deadline> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let deadline = |kind, due, per, times, month| Some(Deadline { text: text.clone(), kind, due, per, times, month });
    if text.is_empty() {
        return None;
    }
    if let Some(caught) = RECURRING.captures(&text) {
        let number =
            |name: &str| caught.name(name).and_then(|m| numeral::number(m.as_str())).and_then(|n| u32::try_from(n.mantissa()).ok());
        let per = match &caught["per"] {
            "月" => Per::Month,
            per if per.starts_with('季') => Per::Quarter,
            _ => Per::Year,
        };
        let times = if caught.name("half").is_some() { Some(2) } else { number("times").or(Some(1)) };
        return deadline(
            DeadlineKind::Recurring,
            None,
            Some(per),
            times,
            number("month").or(caught.name("end").filter(|_| per == Per::Year).map(|_| 12)),
        );
    }
    if let Some(due) = due(&text, issued) {
        return deadline(DeadlineKind::Date, Some(due), None, None, None);
    }
    let kind = match text.as_str() {
        text if ONGOING.is_match(text) => DeadlineKind::Ongoing,
        text if RELATIVE.is_match(text) => DeadlineKind::Date,
        _ => return None,
    };
    deadline(kind, None, None, None, None)
}

/// `印发后3个月内`, `立行立改`: once, by a day that the text doesn't name.
static RELATIVE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("(?:后|之日起|起|用)[0-9一二三四五六七八九十两]{1,3}个?(?:月|工作日|日|天|年|周)(?:之?内)?|立行立改|立整立改|即行即改|即知即改|即时|立即")
        .expect("the pattern of relative times is well formed")
});

/// `2021.9.30`, `2021-06`: a day or month in figures.
static IN_FIGURES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?-u:\b)((?:19|20)[0-9]{2})[-./](0?[1-9]|1[0-2])(?:[-./]([0-9]{1,2}))?(?-u:\b)")
        .expect("the pattern of days in figures is well formed")
});

/// The ISO date that a text names as the end: `2011年4月` → `2011-04`, `2025年底前` → `2025-12`, `6月底前` of the issuing year.
fn due(text: &str, issued: Option<u16>) -> Option<String> {
    let text = IN_FIGURES.replace_all(text, |figures: &Captures<'_>| {
        let day = figures.get(3).map_or(String::new(), |day| format!("{}日", day.as_str()));
        format!("{}年{}月{day}", &figures[1], &figures[2])
    });
    // 底 alone, as in 底数, names no time.
    let named = |c: &Captures<'_>| {
        let times = ["this", "plan", "y", "m", "quarter", "half", "yearend"];
        times.iter().any(|name| c.name(name).is_some()) && c.get(0).is_some_and(|m| m.len() >= 6 || c.name("m").is_some())
    };
    let times: Vec<Captures<'_>> = DATE.captures_iter(&text).filter(named).collect();
    let (first, last) = (times.first()?, times.last()?);
    // 2023年6月至2025年12月: a stretch is over at its end; 6月底前启动，11月底前完成: and a task once it is done.
    let goes_on = first.get(0).is_some_and(|m| text[m.end()..].starts_with(['—', '-', '－', '～', '~', '至', '到']));
    let done = last.get(0).is_some_and(|m| m.as_str().ends_with("完成") || text[m.end()..].starts_with("完成"));
    let caught = if goes_on || done { last } else { first };
    let word = |name: &str| caught.name(name).map(|m| m.as_str());
    if let Some(plan) = word("plan") {
        let (_, last) = super::period::plan_years(u16::try_from(numeral::integer(plan)?).ok()?);
        return Some(format!("{last}-12"));
    }
    // 2021年3月至12月
    let year = word("y").or(first.name("y").map(|m| m.as_str())).map(str::to_owned).or_else(|| issued.map(|y| y.to_string()))?;
    if word("this").is_some() || word("yearend").is_some() {
        return Some(format!("{year}-12"));
    }
    if let Some(month) = word("m") {
        let month: u32 = month.parse().ok().filter(|m| (1..=12).contains(m))?;
        return Some(match word("d").and_then(|d| d.parse::<u32>().ok()) {
            Some(day) => format!("{year}-{month:02}-{day:02}"),
            None => format!("{year}-{month:02}"),
        });
    }
    if let Some(quarter) = word("quarter") {
        let quarter = quarter.parse().ok().or_else(|| numeral::integer(quarter))?;
        return Some(format!("{year}-{:02}", quarter * 3));
    }
    match word("half") {
        Some("上半年") => Some(format!("{year}-06")),
        Some(_) => Some(format!("{year}-12")),
        None => word("y").map(|y| if word("before").is_some() { format!("{y}-12") } else { y.to_owned() }),
    }
}

/// The one time by which a task's words say that it is done: `2025年底前，完成方案编制`, `6月底前出台`; None where they name none, or several.
pub fn in_task(task: &str, issued: Option<u16>) -> Option<Deadline> {
    static BY: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?:(?:19|20)[0-9]{2}年(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?|[0-9]{1,2}月(?:[0-9]{1,2}日)?|今?年)(?:年?底|末)?(?:之前|以前|前)|今?年内")
            .expect("the pattern of times in tasks is well formed")
    });
    // 3年内 is a length of time, 2000年底前建成的 tells a thing apart.
    let says = |found: &regex::Match<'_>| {
        !task[..found.start()].ends_with(|c: char| c.is_ascii_digit() || numeral::is_numeral(c))
            && !super::period::tells_apart(&task[found.end()..])
    };
    let mut times = BY.find_iter(task).filter(says);
    let only = times.next().filter(|_| times.next().is_none())?;
    read(only.as_str(), issued).filter(|deadline| deadline.kind == DeadlineKind::Date)
}

/// What stands before the time of a task: `完成时限：`, `整改期限：`.
pub const LABEL: &str =
    "(?:完成|整改|办理|办结|实施|落实|销号|达标|工作)?(?:时限|期限|时间)(?:要求)?|时间(?:节点|进度)|(?:进度|时间)安排|进度要求";
/// `2025年6月底前`.
const BEFORE: &str = "(?:(?:19|20)[0-9]{2}年)?(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?(?:年?底|末)?(?:之前|以前|前)(?:全面|全部|基本)?";

static IN_NOTE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r"(?x)(?:{LABEL})：(?<labelled>[^；。）]+)
         | (?<plain>{BEFORE}(?:(?:完成|取得|提出|出台|印发|建成|制定|启动|实现|形成|见效)[^，。；]{{0,14}})?|(?:19|20)[0-9]{{2}}年(?:[0-9]{{1,2}}月)?(?:年?底)?(?:全面|全部|基本)?完成|每年[0-9一二三四五六七八九十]{{1,3}}[次月]|每(?:半年|季度|月)(?:[0-9一二三四五六七八九十]{{1,3}}次)?|(?:今?年内)?(?:长期坚持|长期推进|长期实施|长期任务|持续推进|持续实施|持续开展|持续落实|常态化推进)|年内(?:完成)?)$",
    ))
    .expect("the pattern of deadlines in notes is well formed")
});
static OPENS_NOTE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(&format!("^({BEFORE}(?:完成)?)[，。；：]")).expect("the pattern of deadlines before notes is well formed"));

/// A note without the deadline that closes it: `县市场监管局，|持续推进`.
pub fn without_time(note: &str) -> &str {
    let time = IN_NOTE.find(note).filter(|time| time.len() > 6);
    time.map_or(note, |time| note[..time.start()].trim_end_matches(['，', '；', '、']))
}

/// The deadline that a note about responsibility holds beside its units, with the span it takes.
pub fn in_note(text: &str, from: usize, to: usize, issued: Option<u16>) -> Option<(Span<Folded>, Deadline)> {
    let note = &text[from..to];
    // 启动时间：2017年5月；完成时间：2017年12月
    let begins =
        |c: &Captures<'_>| c.get(0).is_some_and(|time| ["启动", "开始", "起始"].iter().any(|word| note[..time.start()].ends_with(word)));
    let caught = IN_NOTE.captures_iter(note).find(|caught| !begins(caught))?;
    let said = caught.name("labelled").or_else(|| caught.name("plain")).filter(|m| m.len() > 6)?;
    let whole = caught.get(0)?;
    Some((Span::new(from + whole.start(), from + whole.end()), read(said.as_str(), issued)?))
}

/// The deadline that opens a note, and where what stands behind it begins: `12月底前，|市农业局负责`.
pub fn before_note(note: &str, issued: Option<u16>) -> Option<(usize, Deadline)> {
    let caught = OPENS_NOTE.captures(note)?;
    let said = caught.get(1).filter(|said| said.len() > 6)?;
    Some((caught.get(0)?.end(), read(said.as_str(), issued)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_task_names_one_time_or_none() {
        let due = |task: &str| in_task(task, Some(2025)).and_then(|deadline| deadline.due);
        assert_eq!(due("2025年底前，各区完成方案编制").as_deref(), Some("2025-12"));
        assert_eq!(due("制定渔具标准，6月底前出台").as_deref(), Some("2025-06"));
        assert_eq!(due("2016年12月31日前，明确主体；2017年12月31日前，全面建立"), None);
        assert_eq!(due("改造2000年底前建成的老旧小区"), None);
        assert_eq!(due("争取3年内建成"), None);
    }

    #[test]
    fn forms_of_deadlines() {
        for (text, kind, due, per, times, month) in [
            ("2011年4月", DeadlineKind::Date, Some("2011-04"), None, None, None),
            ("2025年底前", DeadlineKind::Date, Some("2025-12"), None, None, None),
            ("6月底前", DeadlineKind::Date, Some("2011-06"), None, None, None),
            ("年内", DeadlineKind::Date, Some("2011-12"), None, None, None),
            ("2010年—2012年", DeadlineKind::Date, Some("2012"), None, None, None),
            ("2011年6月至2012年12月", DeadlineKind::Date, Some("2012-12"), None, None, None),
            ("2011年3月至12月", DeadlineKind::Date, Some("2011-12"), None, None, None),
            ("3-6月", DeadlineKind::Date, Some("2011-06"), None, None, None),
            ("9月", DeadlineKind::Date, Some("2011-09"), None, None, None),
            ("年底前完成", DeadlineKind::Date, Some("2011-12"), None, None, None),
            ("2011.9.30", DeadlineKind::Date, Some("2011-09-30"), None, None, None),
            ("2012/06/30前", DeadlineKind::Date, Some("2012-06-30"), None, None, None),
            ("2012-03", DeadlineKind::Date, Some("2012-03"), None, None, None),
            ("6月底前启动，11月底前完成", DeadlineKind::Date, Some("2011-11"), None, None, None),
            ("每年2月", DeadlineKind::Recurring, None, Some(Per::Year), Some(1), Some(2)),
            ("每年2次", DeadlineKind::Recurring, None, Some(Per::Year), Some(2), None),
            ("每季度", DeadlineKind::Recurring, None, Some(Per::Quarter), Some(1), None),
            ("全年工作", DeadlineKind::Ongoing, None, None, None, None),
            ("长期坚持", DeadlineKind::Ongoing, None, None, None, None),
        ] {
            let read = read(text, Some(2011)).unwrap_or_else(|| panic!("{text} is no deadline"));
            assert_eq!((read.kind, read.due.as_deref(), read.per, read.times, read.month), (kind, due, per, times, month), "{text}");
        }
        assert_eq!(super::read("省财政厅", Some(2011)), None);
    }
}
