//! In which year was it written, and does it tell only of what was? `2012年…达到2600亿元。…2013年主要目标是…` was written in 2013.

use super::document::Front;
use crate::layout::{MarkerKind, Outline, Table};
use regex::Regex;
use std::sync::LazyLock;

/// When a document was written, for 今年, and for what has been reached or lies ahead.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Written {
    /// The year.
    pub year: Option<u16>,
    /// Whether it tells of what was and sets no goals: 某县简介, 统计公报, the review of a report.
    pub looks_back: bool,
}

impl Written {
    /// The year of its issue, its number, its plan or its title; else the one after which it looks ahead, or back.
    pub fn read(front: &Front, outline: &Outline) -> Self {
        let title = front.title.as_deref().unwrap_or("");
        let describes = ["简介", "概况", "统计公报", "综述", "总结", "基本情况"].iter().any(|word| title.ends_with(word));
        let report = front.genre.as_deref() == Some("报告");
        let stated = year_of_front(front).or_else(|| year_of_outlook(outline, report));
        // A text of no genre that hardly asks anything of anybody tells what is: 某区概况, a chapter of a review.
        let describes = describes || front.genre.is_none() && hardly_asks(outline);
        if stated.is_some() || front.genre.is_some() && !report {
            return Written { year: stated, looks_back: describes };
        }
        let year = year_of_review(outline, |sentence| report || front.genre.is_none() || compares_with_before(sentence));
        Written { year, looks_back: describes || report && year.is_some() && !texts(outline).any(sets_goals) }
    }
}

fn texts(outline: &Outline) -> impl Iterator<Item = &str> {
    outline.blocks.iter().map(|block| block.reading.text())
}

fn year_of_front(front: &Front) -> Option<u16> {
    let of_number = || front.number.as_deref()?.split(['〔', '[', '（', '(', '【']).nth(1)?.get(..4);
    let of_plan = || front.period.as_ref()?.from.as_deref()?.get(..4);
    // 2018年政府工作报告, where nothing else says when; 2000万亩 is no year.
    let of_title = || {
        let title = front.title.as_deref()?;
        let counts = |rest: &str| rest.starts_with(|c: char| c.is_ascii_digit() || "万亿余多个家".contains(c));
        let year = |at: usize| title.get(at..at + 4).filter(|y| y.bytes().all(|b| b.is_ascii_digit()) && !counts(&title[at + 4..]));
        title.match_indices("20").find_map(|(at, _)| year(at))
    };
    let said = front.issued.as_deref().and_then(|day| day.get(..4)).or_else(of_number).or_else(of_plan).or_else(of_title);
    said?.parse().ok()
}

/// `2012年，…达到2600亿元。…2013年经济社会发展的主要目标是`: the year that a text looks ahead to, where it speaks of the year before
/// too, or where a report arranges a year's work (`三、2031年工作安排`). `到2015年主要目标` is a plan's end.
fn year_of_outlook(outline: &Outline, report: bool) -> Option<u16> {
    static OUTLOOK: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"(?:^|[^到至—－0-9-])(?P<year>20[0-9]{2})年[^，。；：0-9]{0,20}(?:主要目标|预期目标|主要任务|总体要求|工作安排|重点工作)",
        )
        .expect("the pattern of outlooks is well formed")
    });
    let found = texts(outline).find_map(|text| OUTLOOK.captures(text))?;
    let year: u16 = found["year"].parse().ok()?;
    if report && found[0].ends_with("工作安排") {
        return Some(year);
    }
    let before = format!("{}年", year - 1);
    texts(outline).any(|text| text.contains(&before)).then_some(year)
}

/// `2020年全市生产总值达到526亿元`, where nothing plans: the year after the last of which a sentence that `tells` says what was reached.
fn year_of_review(outline: &Outline, tells: impl Fn(&str) -> bool) -> Option<u16> {
    static REACHED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?:^|[^到至—－0-9-])(?P<year>(?:19|20)[0-9]{2})年[^0-9]{0,30}(?:达到?|完成|实现|突破|增长|净增|新增|建成|下降|为)[^0-9]{0,12}[0-9]")
            .expect("the pattern of figures reached is well formed")
    });
    let sentences = texts(outline).flat_map(|text| text.split(['。', '；'])).filter(|sentence| !plans(sentence) && tells(sentence));
    let years =
        sentences.filter_map(|sentence| REACHED.captures_iter(sentence).filter_map(|found| found["year"].parse::<u16>().ok()).max());
    years.max().map(|year| year + 1)
}

fn plans(sentence: &str) -> bool {
    ["力争", "计划", "确保", "预期", "争取", "目标", "将", "要", "规划", "必须", "确定", "到20", "以上"]
        .iter()
        .any(|word| sentence.contains(word))
}

/// `比上年增长8%`, `净增160亿元`: only what was counted is compared with the time before it.
fn compares_with_before(sentence: &str) -> bool {
    ["比上年", "较上年", "同比", "净增", "比去年", "实现了", "完成了"].iter().any(|word| sentence.contains(word))
}

/// Fewer sentences don't tell what kind of text it is.
const TELLING: usize = 6;

/// Whether at most one sentence in fifteen says what is to come, hardly a paragraph opens with what is to be done (`加快发展…`), and none is an
/// article of a law.
fn hardly_asks(outline: &Outline) -> bool {
    static ORDERS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?:[一二三四五六七八九十]+、|（[0-9一二三四五六七八九十]+）|[0-9]+[.、])?(?:加快|推进|加强|推动|支持|鼓励|培育|实施|建设|打造|强化|完善|建立|健全|开工建设|新建|确保)")
            .expect("the pattern of orders is well formed")
    });
    // A table of tasks asks in each row: 牵头单位, 完成时间.
    let tasks = |table: &Table| table.column(|label| label.contains("牵头") || label.contains("责任单位")).is_some();
    if outline.sections.iter().any(|section| section.kind == Some(MarkerKind::Article)) || outline.tables.iter().any(tasks) {
        return false;
    }
    let sentences = || texts(outline).flat_map(|text| text.split(['。', '；'])).filter(|sentence| !sentence.trim().is_empty());
    let asking = sentences().filter(|sentence| sets_goals(sentence) || asks(sentence)).count();
    let orders = texts(outline).filter(|text| ORDERS.is_match(text)).count();
    let all = sentences().count();
    all >= TELLING && (asking + orders) * 15 <= all
}

/// Whether a sentence says what somebody is to do, or by when.
fn asks(text: &str) -> bool {
    static ASKS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"力争|确保|争取|年内|应当|必须|不得|责任单位|牵头|目标|计划(?:投资|建设|实施|新建|完成)|拟建|将[^，。；]{0,8}(?:建|达|成|实现|打造)|[要须](?:加快|加强|进一步|坚持|按照|切实|认真|严格|全面|积极)|到20[0-9]{2}年")
            .expect("the pattern of asking is well formed")
    });
    ASKS.is_match(text)
}

/// Whether a text says what is to come: `今年要重点抓好`, `主要预期目标是`.
fn sets_goals(text: &str) -> bool {
    static GOALS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"今年，?[^，。；]{0,12}(?:要|将|目标|任务|安排|重点)|(?:主要|预期|奋斗|发展|工作)目标|工作安排|今后[一二三四五]年|重点工作|下一步")
            .expect("the pattern of goals is well formed")
    });
    GOALS.is_match(text)
}
