//! Which times does a text name? `到2013年`, `“十二五”期间`, `2011-2013年`, `“十一五”末`, `今年`.

use crate::text::fold::is_han;
use crate::text::{Folded, Span, date, numeral};
use regex::Regex;
use std::sync::LazyLock;

/// From when to when, each end an ISO year, month or day; None where it isn't known.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
pub struct Period {
    /// The first year (month, day) of it.
    #[schemars(example = &"2019")]
    pub from: Option<String>,
    /// The last.
    #[schemars(example = &"2020-06")]
    pub to: Option<String>,
}

impl Period {
    /// The year, month or day itself.
    pub fn at(time: impl Into<String>) -> Self {
        let time = time.into();
        Period { from: Some(time.clone()), to: Some(time) }
    }

    /// Up to a time: `到2013年`.
    pub fn until(time: impl Into<String>) -> Self {
        Period { from: None, to: Some(time.into()) }
    }

    /// From one time to another.
    pub fn between(from: impl Into<String>, to: impl Into<String>) -> Self {
        Period { from: Some(from.into()), to: Some(to.into()) }
    }

    /// Whether it names a stretch of several years.
    pub fn is_span(&self) -> bool {
        match (&self.from, &self.to) {
            (Some(from), Some(to)) => from[..4] != to[..4],
            _ => false,
        }
    }

    /// The year of its beginning.
    pub fn first_year(&self) -> Option<u16> {
        self.from.as_deref()?.get(..4)?.parse().ok()
    }

    /// The year of its end.
    pub fn last_year(&self) -> Option<u16> {
        self.to.as_deref().or(self.from.as_deref())?.get(..4)?.parse().ok()
    }
}

/// What a time does in its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// It says when.
    When,
    /// It is what a change is compared with: `比2005年增长`, `较上年`.
    Base,
    /// It dates just the figure that follows: `由“十五”末的2723户`.
    Start,
    /// It names a plan without saying when (`“十五五”良好开局`), or tells a thing apart: `2000年底前建成的老旧小区`.
    Topic,
}

/// A time that a text names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeriodMention {
    /// Where it stands, the words that lead it (`到`) included.
    pub span: Span<Folded>,
    /// What it names.
    pub period: Period,
    /// What it does.
    pub role: Role,
}

static TIME: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)
        (?<lead>截至|截止到?|到|至|于|自|从|由|在)?
        (?:
          (?<quoted>[“‘](?<plan>十[一二三四五六七]?|九|八|七)五[”’])(?<when>期间|时期|以来|规划期|末期?|初期?|期末|前[一二三四]年|后[一二三四]年)?
        | 第(?<ordinal>十[一二三四五六七]?|九|八|七)个五年(?<ordinalwhen>期间|时期|规划期|末)?
        | (?<bareplan>十[一二三四五六七]|九)五(?<barewhen>期间|时期|末|以来|规划)
        | (?<run>(?:19|20)[0-9]{2})年(?:起|开始)，?(?:连续|用|利用|力争用)?(?<years>[0-9]{1,2}|[一二三四五六七八九十]{1,2})年(?:内|间)?
        | (?<y1>(?:19|20)[0-9]{2})年?\s?(?:[-—－~～–]{1,2}|至|到)\s?(?<y2>(?:19|20)[0-9]{2})\s?(?:年|学年)?
        | (?<y>(?:19|20)[0-9]{2})年(?:(?<m>[0-9]{1,2})月(?:(?<d>[0-9]{1,2})日)?)?(?<point>年底|底|末|年末|初|以来|起|开始)?(?<before>之?前|以前)?
        | (?<mm>1?[0-9])月(?:(?<dd>[0-3]?[0-9])日)?(?:底|份|末|初|中旬|上旬|下旬)?(?<mbefore>之?前|以前)?
        | (?:未来|今后)(?<coming>[0-9]|[一二三四五六七八九十])年
        | (?<relative>今年|本年度?|当年|全年|年内|去年|上年度?|上一年|前年|明年|明后两年|今明两年)(?<relpoint>年底|底|末)?
        )",
    )
    .expect("the pattern of times is well formed")
});

/// All times of `text[from..to]` in their order; `issued` is the year the document was written in, for 今年 and 去年.
pub fn find(text: &str, from: usize, to: usize, issued: Option<u16>) -> Vec<PeriodMention> {
    let part = &text[from..to];
    if !part.contains(['年', '五', '月', '季']) {
        return Vec::new();
    }
    let times = may_name_time(part).then(|| TIME.captures_iter(part));
    let mut found: Vec<PeriodMention> = times
        .into_iter()
        .flatten()
        .filter_map(|caught| {
            let all = caught.get(0)?;
            let word = |name: &str| caught.name(name).map(|m| m.as_str());
            let until = matches!(word("lead"), Some("到" | "至" | "截至" | "截止" | "截止到")) || caught.name("before").is_some();
            let period = if let Some(plan) = word("plan").or_else(|| word("bareplan")).or_else(|| word("ordinal")) {
                plan_period(plan, word("when").or_else(|| word("barewhen")).or_else(|| word("ordinalwhen")), until)
            } else if let (Some(first), Some(years)) = (word("run"), word("years")) {
                run(first, years)?
            } else if let (Some(first), Some(last)) = (word("y1"), word("y2")) {
                Period::between(first, last)
            } else if let Some(year) = word("y") {
                dated(year, word("m"), word("d"), word("point"), until)
            } else if let Some(month) = word("mm") {
                // 6月底前, 2月24日: of the year in which the document was written; without one it still is no quantity.
                let until = until || word("mbefore").is_some();
                issued.map(|year| dated(&year.to_string(), Some(month), word("dd"), None, until)).unwrap_or_default()
            } else if let Some(years) = word("coming") {
                run(&issued?.to_string(), years)?
            } else {
                // 一年内 and 3年内 are lengths of time.
                let counted = part[..all.start()].ends_with(|c: char| numeral::is_numeral(c) || c.is_ascii_digit());
                // 2家以上|年营业收入超500亿元的企业
                let bound = part[..all.start()].ends_with('以');
                let word = word("relative").filter(|word| (*word != "年内" || !counted) && !(word.starts_with('上') && bound))?;
                relative(word, issued, until)?
            };
            let span = Span::new(from + all.start(), from + all.end());
            // 按2005年价格计算, 2010年不变价
            if ["价格", "不变价", "可比价", "的价格"].iter().any(|word| text[span.end..].starts_with(word)) {
                return None;
            }
            let period = if until && dates_figure(&text[span.end..]) { Period { from: period.to.clone(), ..period } } else { period };
            let bare = word("plan").is_some() && word("when").is_none() && !until;
            let role = match role(text, span, word("lead"), is_long_ago(&period, issued)) {
                // “十一五”渔港建设投资60亿元: what opens its clause dates it.
                Role::When if bare && !dates_clause(text, span) => Role::Topic,
                role => role,
            };
            Some(PeriodMention { span, period, role })
        })
        .collect();
    refine(text, from, to, issued, &mut found);
    whole_year(text, from, to, &mut found);
    found
}

/// `上半年完成70亿元，全年完成150亿元`: behind a part of a year 全年 is the whole of it.
fn whole_year(text: &str, from: usize, to: usize, found: &mut Vec<PeriodMention>) {
    let part_of_year = |time: &&PeriodMention| time.role == Role::When && time.period.from.as_deref().is_some_and(|first| first.len() > 4);
    for (at, word) in text[from..to].match_indices("全年").map(|(at, word)| (from + at, word)) {
        let next = found.partition_point(|time| time.span.end <= at);
        let year = found[..next].last().filter(part_of_year).and_then(|time| Some(time.period.from.as_deref()?[..4].to_owned()));
        if let Some(year) = year.filter(|_| found.get(next).is_none_or(|time| time.span.start > at)) {
            found.insert(next, PeriodMention { span: Span::new(at, at + word.len()), period: Period::at(year), role: Role::When });
        }
    }
}

/// Whether [`TIME`] may stand there: figures, a plan, or a year that is told from this one. Most years of a law are lengths (`三年以上`).
fn may_name_time(part: &str) -> bool {
    let told = |(at, year): (usize, &str)| {
        let after = part[at + year.len()..].starts_with(['内', '度']);
        after || part[..at].ends_with(['今', '本', '当', '全', '去', '上', '前', '明', '一', '两'])
    };
    part.contains(|c: char| c == '五' || c.is_ascii_digit())
        || part.match_indices('年').any(told)
        || part.contains("未来")
        || part.contains("今后")
}

/// `2024年上半年`, `今年前三季度`, `1—9月`: what is finer than a year takes the place of its year.
fn refine(text: &str, from: usize, to: usize, issued: Option<u16>, found: &mut Vec<PeriodMention>) {
    let finer = |end: &Option<String>| end.as_deref().is_some_and(|end| end.len() > 4);
    // Both stand in their order: a sentence of thousands of times is read in one go.
    let mut known = std::mem::take(found).into_iter().peekable();
    for stretch in date::find_stretches(&text[from..to], issued) {
        if !finer(&stretch.from) && !finer(&stretch.to) && !text[from + stretch.span.start..].starts_with(numeral::is_numeral) {
            continue;
        }
        let span = Span::new(from + stretch.span.start, from + stretch.span.end);
        let period = Period { from: stretch.from, to: stretch.to };
        while let Some(before) = known.next_if(|mention| mention.span.end <= span.start) {
            found.push(before);
        }
        if found.last().is_some_and(|last| last.span.end > span.start) {
            continue;
        }
        let Some(mut first) = known.next_if(|mention| mention.span.start < span.end) else {
            if stretch.dated || opens_clause(&text[from..span.start]) {
                let before = &text[from..span.start];
                let until = before.ends_with(['到', '至']) || before.ends_with("截至");
                let period = if until { Period { from: None, to: period.to } } else { period };
                let role = role(text, span, None, is_long_ago(&period, issued));
                found.push(PeriodMention { span, period, role });
            }
            continue;
        };
        if first.span.end <= span.end {
            let until = text[first.span.start..].starts_with(['到', '至', '截']);
            first.period = if until { Period { from: None, to: period.to } } else { period };
            first.span = Span::new(first.span.start, span.end);
            // The 9月 of 今年1—9月 is no time of its own.
            while known.next_if(|other| other.span.start < span.end).is_some() {}
        }
        found.push(first);
    }
    found.extend(known);
}

/// Whether a month without a year after `before` says when: not in `每年3月`.
fn opens_clause(before: &str) -> bool {
    let before = ["力争", "确保", "争取", "预计", "计划"].iter().find_map(|word| before.strip_suffix(word)).unwrap_or(before);
    before.trim_end().is_empty() || before.ends_with(['，', '。', '；', '：', '（', '、', '到', '至', '在', '于', '自', '从'])
}

/// The years of a five-year plan: the tenth began in 2001.
pub fn plan_years(number: u16) -> (u16, u16) {
    (1951 + number * 5, 1955 + number * 5)
}

fn plan_period(plan: &str, when: Option<&str>, until: bool) -> Period {
    let number = crate::text::numeral::integer(plan).and_then(|n| u16::try_from(n).ok()).unwrap_or(0);
    let (first, last) = plan_years(number);
    match when {
        Some(when) if when.contains('末') && until => Period::until(last.to_string()),
        Some(when) if when.contains('末') => Period::at(last.to_string()),
        Some(when) if when.starts_with('初') => Period::at(first.to_string()),
        Some("以来") => Period { from: Some(first.to_string()), to: None },
        _ => Period::between(first.to_string(), last.to_string()),
    }
}

/// `从2011年起，连续3年`.
fn run(first: &str, years: &str) -> Option<Period> {
    let years = u16::try_from(crate::text::numeral::number(years)?.mantissa()).ok()?.max(1);
    Some(Period::between(first, (first.parse::<u16>().ok()? + years - 1).to_string()))
}

/// `到“十一五”末的4895户`: the time belongs to the figure.
fn dates_figure(after: &str) -> bool {
    after.strip_prefix('的').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

fn dated(year: &str, month: Option<&str>, day: Option<&str>, point: Option<&str>, until: bool) -> Period {
    let number = |text: &str| text.parse::<u8>().unwrap_or(0);
    let time = match (month, day) {
        (Some(month), Some(day)) => format!("{year}-{:02}-{:02}", number(month), number(day)),
        (Some(month), None) => format!("{year}-{:02}", number(month)),
        _ => year.to_owned(),
    };
    match point {
        Some("以来" | "起" | "开始") => Period { from: Some(time), to: None },
        _ if until => Period::until(time),
        _ => Period::at(time),
    }
}

fn relative(word: &str, issued: Option<u16>, until: bool) -> Option<Period> {
    let year = issued?;
    let year = match word {
        "去年" | "上年" | "上年度" | "上一年" => year - 1,
        "前年" => year - 2,
        "明年" => year + 1,
        "今明两年" => return Some(Period::between(year.to_string(), (year + 1).to_string())),
        "明后两年" => return Some(Period::between((year + 1).to_string(), (year + 2).to_string())),
        "全年" | "当年" => return None,
        _ => year,
    };
    Some(if until { Period::until(year.to_string()) } else { Period::at(year.to_string()) })
}

/// Whether a plan's years open a clause and date what follows: `“十一五”|渔港建设投资60亿元`, but `“十一五”规划`, `“十一五”和“十二五”`.
fn dates_clause(text: &str, span: Span<Folded>) -> bool {
    const NAMES: [&str; 14] = ["规划", "计划", "纲要", "目标", "指标", "发展", "开局", "收官", "时", "的", "和", "与", "前", "重点"];
    let (before, after) = (text[..span.start].trim_end(), &text[span.end..]);
    let opens = before.is_empty() || before.ends_with(['。', '；', '，', '：', '）']);
    opens && after.starts_with(is_han) && !NAMES.iter().any(|noun| after.starts_with(noun))
}

fn role(text: &str, span: Span<Folded>, lead: Option<&str>, long_ago: bool) -> Role {
    let before = &text[..span.start];
    let after = &text[span.end..];
    if before.ends_with(['比', '较', '是', '同']) || before.ends_with("高于") || before.ends_with("低于") || before.ends_with("相比")
    {
        return Role::Base;
    }
    // 不低|于上年
    if lead == Some("于") && before.ends_with(['低', '高', '少', '多', '大', '小', '快', '慢', '优', '好']) {
        return Role::Base;
    }
    // 与“十二五”末相比, 与上年比
    if after.starts_with("相比") || after.starts_with("同期相比") || before.ends_with('与') && after.starts_with('比') {
        return Role::Base;
    }
    // 为“十三五”时期|的2.2倍
    if after.strip_prefix('的').and_then(behind_figure).is_some_and(|behind| behind.starts_with('倍')) {
        return Role::Base;
    }
    // 在2005年|15.5%的基础上
    let from_figure = behind_figure(after).and_then(|behind| behind.find("基础上")).is_some_and(|at| at <= "万千瓦的".len());
    if after.starts_with("基础上") || after.starts_with("的基础上") || from_figure {
        return Role::Base;
    }
    // 《产业结构调整指导目录（2005年本）》: the year is the title's.
    let titled = before.rfind('《').is_some_and(|open| !before[open..].contains('》'));
    if titled || long_ago && lead.is_none() && tells_apart(after) {
        return Role::Topic;
    }
    // 由上年下降11.6%转为增长3.2%
    let changed = ["增长", "下降", "上升", "回落"].iter().find_map(|verb| after.strip_prefix(verb)).unwrap_or(after);
    let figure = changed.strip_prefix('的').unwrap_or(changed).starts_with(|c: char| c.is_ascii_digit());
    if matches!(lead, Some("由" | "从")) && (figure || after.starts_with('的')) { Role::Start } else { Role::When }
}

/// What stands behind the figure that words begin with.
fn behind_figure(words: &str) -> Option<&str> {
    let behind = words.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    words.starts_with(|c: char| c.is_ascii_digit()).then_some(behind)
}

/// Whether a time lies two years or more before the year of the text; without that, before the last plans but one.
fn is_long_ago(period: &Period, issued: Option<u16>) -> bool {
    period.last_year().is_some_and(|last| issued.map_or(last < 2011, |year| last + 2 <= year))
}

/// `2000年底前|建成的老旧小区`: what a time long ago and a 的 tell apart from others of its kind came to be then.
pub(super) fn tells_apart(after: &str) -> bool {
    static BORN: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?:建成|竣工|建造|注册|成立|出生|投产|毕业)(?:使用|登记)?的(?P<what>\p{Han}{2})")
            .expect("the pattern of births is well formed")
    });
    BORN.captures(after).is_some_and(|born| !["目标", "要求", "任务"].contains(&&born["what"]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, Role)> {
        find(text, 0, text.len(), Some(2026))
            .into_iter()
            .map(|m| (format!("{}..{}", m.period.from.unwrap_or_default(), m.period.to.unwrap_or_default()), m.role))
            .collect()
    }

    #[test]
    fn forms_of_times() {
        for (text, want, role) in [
            ("到2013年，", "..2013", Role::When),
            ("2011年，", "2011..2011", Role::When),
            ("“十二五”期间", "2011..2015", Role::When),
            ("第十二个五年规划", "2011..2015", Role::When),
            ("到“十一五”末", "..2010", Role::When),
            ("与“十二五”末相比", "2015..2015", Role::Base),
            ("比“十五”末提高", "2005..2005", Role::Base),
            ("为“十三五”时期的2.2倍", "2016..2020", Role::Base),
            ("不低于上年", "2025..2025", Role::Base),
            ("与2010年比，", "2010..2010", Role::Base),
            ("由“十五”末的2723户", "2005..2005", Role::Start),
            ("2021—2025年", "2021..2025", Role::When),
            ("今年", "2026..2026", Role::When),
            ("去年", "2025..2025", Role::When),
            ("2025年6月底前", "..2025-06", Role::When),
            ("2000年底前建成的老旧小区", "..2000", Role::Topic),
            ("2025年底前建成的小区", "..2025", Role::When),
            ("自2011年起", "2011..", Role::When),
            ("2012年起5年内", "2012..2016", Role::When),
            ("未来三年", "2026..2028", Role::When),
            ("截至2010年年底", "..2010", Role::When),
            ("2024年上半年，", "2024-01..2024-06", Role::When),
            ("今年前三季度", "2026-01..2026-09", Role::When),
            ("比2023年一季度", "2023-01..2023-03", Role::Base),
            ("二〇一八年", "2018..2018", Role::When),
            ("6月上旬，", "2026-06-01..2026-06-10", Role::When),
            ("一季度，", "2026-01..2026-03", Role::When),
            ("2021年前两个季度", "2021-01..2021-06", Role::When),
            ("今明两年", "2026..2027", Role::When),
            ("6月底前，", "..2026-06", Role::When),
            ("力争一季度", "2026-01..2026-03", Role::When),
        ] {
            assert_eq!(read(text), [(want.to_owned(), role)], "{text}");
        }
        assert!(read("十五个园区").is_empty());
        let parts = read("上半年完成70亿元，全年完成150亿元").into_iter().map(|(time, _)| time);
        assert_eq!(parts.collect::<Vec<_>>(), ["2026-01..2026-06", "2026..2026"]);
        assert!(read("全年完成150亿元").is_empty());
    }
}
