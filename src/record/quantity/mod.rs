//! Which numbers does the document commit to or report? Targets and statistics, from prose and from planning tables.
//!
//! `到2015年，装备工业实现主营业务收入3200亿元，年均增长18％` is two targets of 装备工业.

pub(super) mod cell;
mod judge;
mod said;

use super::project;
use super::{Amount, Body, Canonical, Direction, Document, Draft, Extractor, MeasureKind, QuantityFields, Text};
use crate::layout::Kind;
use crate::layout::marker::marker_at;
use crate::lexicon::unit;
use crate::mention::clause::Sentence;
use crate::mention::list;
use crate::mention::period::{self, Period, PeriodMention, Role};
use crate::mention::quantity::{self, Bound, Quantity};
use crate::text::{AnyOf, Folded, Reading, Span, numeral};
use regex::Regex;
use said::Said;
use std::sync::LazyLock;

/// Reads targets and statistics.
pub struct Quantities;

impl Extractor for Quantities {
    fn extract(&self, document: &Document<'_>, drafts: &mut Vec<Draft>) {
        let rows_of: Vec<cell::RowsOf> = document.outline.tables.iter().map(cell::RowsOf::read).collect();
        for block in &document.outline.blocks {
            if let Kind::Row(table, Some(row)) = block.kind {
                cell::read_row(document, block, table, &rows_of[table], row, drafts);
            }
        }
        let mut leads = Leads::default();
        let executed = sections_executed(document);
        let mut broken: Option<Broken> = None;
        for (text, sentences) in document.prose() {
            let paragraph = text.reading.text();
            let leads_in = !text.is_cell && paragraph.ends_with('：');
            let has_figure = |(sentence, _): &(Sentence, _)| quantity::stands_in(paragraph, sentence.span.start, sentence.span.end);
            let figures: Vec<bool> = sentences.iter().map(has_figure).collect();
            if !(leads_in || Broken::breaks_off(&text) || figures.contains(&true)) {
                // Nothing is measured here, and nothing handed on but the time of goals.
                broken = None;
                leads.note_goals(document, &text);
                continue;
            }
            let lead = if text.is_cell { text.time.clone() } else { leads.above(document, text.section) };
            let executed = executed.is_some_and(|sections| text.section.is_none_or(|section| section < sections));
            let mut reader = Reader::new(document, text.reading, text.section, lead, executed);
            reader.one_project = !text.is_cell && project::tells_of_one(document, &text);
            if let Some(before) = broken.take().filter(|before| before.goes_on_in(&text)) {
                (reader.time, reader.review) = (before.time, before.review);
            }
            reader.read(sentences, &figures, drafts);
            broken = Broken::after(&reader, &text);
            if leads_in {
                leads.note(text.section, reader.planned());
            } else {
                leads.note_goals(document, &text);
            }
        }
    }
}

/// What a printed line that breaks off in its sentence hands on to the line below: `…，一般公共预算` / `收入增长11.1%。`.
struct Broken {
    section: Option<usize>,
    time: Option<Period>,
    review: bool,
}

impl Broken {
    /// How many characters a line has at least that the width of a page broke.
    const WIDTH: usize = 20;

    fn breaks_off(text: &Text<'_>) -> bool {
        let line = text.reading.text().trim_end();
        !text.is_cell && !line.ends_with(['。', '；', '：', '！', '？', '”', '）']) && line.chars().count() >= Self::WIDTH
    }

    fn after(reader: &Reader<'_, '_>, text: &Text<'_>) -> Option<Broken> {
        Self::breaks_off(text).then(|| Broken { section: text.section, time: reader.time.clone(), review: reader.review })
    }

    fn goes_on_in(&self, text: &Text<'_>) -> bool {
        !text.is_cell && text.section == self.section && marker_at(text.reading.text()).is_none()
    }
}

/// The times that paragraphs ending in a colon set for what follows below the same heading: `到2025年，…。具体目标是：`.
#[derive(Default)]
struct Leads(std::collections::HashMap<Option<usize>, Period>);

impl Leads {
    fn note(&mut self, section: Option<usize>, time: Option<Period>) {
        if let Some(time) = time {
            self.0.insert(section, time);
        }
    }

    /// Notes the time up to which the first sentence of goals plans, where none is known yet: `到2025年，…` dates the paragraphs below
    /// the same heading.
    fn note_goals(&mut self, document: &Document<'_>, text: &Text<'_>) {
        if text.is_cell || !states_goals(document, text.section) || self.0.contains_key(&text.section) {
            return;
        }
        let (section, text, year) = (text.section, text.reading.text(), document.year());
        let first = text.split(['，', '。']).find(|part| !part.trim().is_empty()).map_or(0, str::len);
        let time = period::find(text, 0, text.len().min(first + '，'.len_utf8()), year).into_iter().next();
        if let Some(time) = time.filter(|t| t.role == Role::When && t.period.from.is_none() && t.period.to.is_some()) {
            self.0.insert(section, time.period);
        }
    }

    /// The time that the nearest heading above was given.
    fn above(&self, document: &Document<'_>, section: Option<usize>) -> Option<Period> {
        let mut at = section;
        loop {
            if let Some(time) = self.0.get(&at) {
                return Some(time.clone());
            }
            at = document.outline.sections[at?].parent;
        }
    }
}

/// What a paragraph's sentences hand on to the next: whose quantity, which indicator, which time.
struct Reader<'a, 'd> {
    document: &'a Document<'d>,
    reading: &'a Reading,
    section: Option<usize>,
    text: &'a str,
    year: Option<u16>,
    /// The last time that a sentence of the paragraph stated.
    time: Option<Period>,
    /// The last stretch of several years that the paragraph stated.
    stretch: Option<Period>,
    subject: Option<String>,
    /// Whether that is what the figure before counted: `商贸企业20家`.
    counted: bool,
    /// The subject of the sentence before.
    previous: Option<String>,
    /// The industry that the paragraph told of last: `石化产业…。产值突破1300亿元`.
    industry: Option<String>,
    /// What a clause without a figure said the sentence is about.
    topic: Option<String>,
    indicators: Vec<String>,
    /// Every indicator that the sentence has named, for 分别.
    recent: Vec<String>,
    /// The word of planning that a clause before the figures said.
    modality: Option<String>,
    /// What the last figure of the sentence measured, where that was a share.
    share: Option<String>,
    /// The last figure's unit, indicator, and whether it was one of an increment: `产量249万辆，其中新能源汽车86万辆`.
    last: Option<Last>,
    /// Whether the clause before counted things: `…20家基地，30家园区`.
    counting: bool,
    /// The time of the headings above.
    above: Option<Period>,
    /// Whether the headings above look back.
    review: bool,
    /// The zone that the paragraph's first sentence develops, or a clause before in the sentence.
    zone: Option<String>,
    /// The last figure that measures something of a whole, for the parts of it: `货物周转量41170亿吨公里。其中，铁路12841亿吨公里`.
    whole: Option<Whole>,
    /// Whether a clause said that the parts of a whole follow: 其中, 分城乡看.
    parts: bool,
    /// The subjects of the last figures in a row.
    row: Vec<Option<String>>,
    /// Subject and indicator of each figure of the sentence that stands alone, for 分别.
    alone: Vec<(Option<String>, Option<String>)>,
    /// Where the sentence looks from.
    standpoint: Option<Standpoint>,
    /// Whether the paragraph tells of one project of a list.
    one_project: bool,
    /// What the paragraph last compared with: `与“十二五”末相比`.
    base: Option<String>,
}

/// Where a sentence looks from: searched once, however many figures it holds.
#[derive(Clone, Copy)]
struct Standpoint {
    /// Whether it plans.
    plans: bool,
    /// Whether it expects: 预计.
    expects: bool,
    /// Where its words of a standpoint (截至, 目前) first end.
    since: Option<usize>,
    /// Whether it compares with the year before: 同比.
    compares: bool,
}

/// What is measured of a whole, for its parts.
struct Whole {
    unit: String,
    indicator: Option<String>,
}

/// What a figure hands on to the next.
struct Last {
    unit: String,
    indicator: Option<String>,
    counted: bool,
    adds: bool,
    measure: MeasureKind,
    direction: Option<Direction>,
}

/// How far from a time in brackets these stand, in characters.
const NEAR_BRACKET: usize = 60;

impl<'a, 'd> Reader<'a, 'd> {
    fn new(document: &'a Document<'d>, reading: &'a Reading, section: Option<usize>, lead: Option<Period>, executed: bool) -> Self {
        // 一、2030年工作回顾 / 二、2031年工作任务, in a report given in December: below it this year is the next.
        let by_the_day = ["明年", "去年", "上年", "今年以来", "四季度"].iter().any(|word| reading.text().contains(word));
        let next = document.planned_year().filter(|_| !by_the_day && headings_look_back(document, section) == Some(false));
        let year = next.or(document.year());
        Reader {
            document,
            reading,
            section,
            text: reading.text(),
            year,
            time: None,
            stretch: None,
            subject: None,
            counted: false,
            previous: None,
            industry: None,
            topic: None,
            indicators: Vec::new(),
            recent: Vec::new(),
            modality: None,
            share: None,
            last: None,
            counting: false,
            above: lead
                .or_else(|| reviewed(reading.text(), year))
                .or_else(|| time_above(document, section, year))
                .or_else(|| reviewed_below(document, section)),
            review: headings_look_back(document, section).unwrap_or_else(|| {
                let paragraph = reading.text();
                document.written.looks_back || reports_a_result(document, paragraph) || tells_what_was_done(document, paragraph)
            }) || executed
                || opens_a_review(reading.text()),
            zone: None,
            whole: None,
            parts: false,
            row: Vec::new(),
            alone: Vec::new(),
            standpoint: None,
            one_project: false,
            base: None,
        }
    }

    /// The time that a paragraph ending in a colon plans for: of `今后五年，…，2008年达到2000亿元…：` the years that the last one closes.
    fn planned(self) -> Option<Period> {
        let closes = |stretch: &Period| stretch.last_year() == self.time.as_ref().and_then(Period::last_year);
        self.stretch.clone().filter(closes).or(self.time)
    }

    /// Reads the sentences of the paragraph; `figures` says which of them hold one.
    fn read(&mut self, sentences: &[(Sentence, Vec<list::List>)], figures: &[bool], drafts: &mut Vec<Draft>) {
        let mut stop = None;
        let mut zone = sentences.first().and_then(|(first, _)| said::zone_developed(&self.text[first.span.range()]));
        for ((sentence, lists), has_figure) in sentences.iter().zip(figures) {
            // 全市生产总值增长8%，财政收入增长7%: once the whole is named, it stays.
            zone = zone.filter(|_| !said::names_whole(&self.text[sentence.span.range()]));
            self.zone.clone_from(&zone);
            // 其中，铁路…；公路…: the parts go on behind a semicolon.
            self.parts &= stop == Some('；');
            stop = sentence.stop;
            let times = period::find(self.text, sentence.span.start, sentence.span.end, self.year);
            let mut fresh = true;
            self.recent.clear();
            self.standpoint = None;
            self.base = said::base(&self.text[sentence.span.range()]).or(self.base.take());
            self.topic = None;
            self.modality = None;
            self.previous = self.subject.take().or(self.previous.take());
            self.industry = said::industry_told(&self.text[sentence.span.range()]).or(self.industry.take());
            self.counting = false;
            self.share = None;
            self.last = None;
            self.row.clear();
            self.alone.clear();
            // Without a figure a sentence hands on nothing but its time.
            for clause in sentence.clauses.iter().filter(|_| *has_figure) {
                self.read_clause(*clause, sentence, lists, &times, fresh, drafts);
                fresh = false;
            }
            // 9月底前投入使用, …上半年全部开工: a month by which one thing is done, and a part of a year inside a sentence, date no other.
            let by_month = |p: &Period| p.from.is_none() && p.to.as_deref().is_some_and(|to| to.len() > 4);
            let within = |t: &PeriodMention| {
                let part = t.period.from.as_deref().is_some_and(|from| from.len() > 4) && t.period.from != t.period.to;
                part && !opens(&self.text[sentence.span.start..t.span.start])
            };
            // 2027年、2028年分别建成A、B: years in a row date each its own thing, and nothing after.
            let in_row = times.windows(2).any(|pair| self.text.get(pair[0].span.end..pair[1].span.start) == Some("、"));
            let dates_more = |t: &&PeriodMention| {
                t.role == Role::When && t.period != Period::default() && !by_month(&t.period) && !within(t) && !self.dates_a_part(t)
            };
            let last = times.iter().rev().find(dates_more);
            // 分季度看，一季度…，二季度…: the parts of a time date each their own figure.
            let parted = self.parts && times.iter().filter(|t| t.role == Role::When && t.period != Period::default()).count() > 1;
            if let Some(last) = last.filter(|_| !in_row && !parted) {
                self.time = Some(last.period.clone());
            }
            if let Some(stretch) = times.iter().rev().find(|t| t.role == Role::When && t.period.is_span()) {
                self.stretch = Some(stretch.period.clone());
            }
        }
    }

    fn read_clause(
        &mut self,
        clause: Span<Folded>,
        sentence: &Sentence,
        lists: &[list::List],
        times: &[PeriodMention],
        fresh: bool,
        drafts: &mut Vec<Draft>,
    ) {
        // The times stand in their order: a sentence of thousands is read in one go.
        let is_time = |q: &Quantity| {
            let first = times.partition_point(|t| t.span.end <= q.span.start);
            times[first..].iter().take_while(|t| t.span.start < q.span.end).any(|t| t.span.meets(q.span))
        };
        let found: Vec<Quantity> = quantity::find(self.text, clause.start, clause.end).into_iter().filter(|q| !is_time(q)).collect();
        self.parts |= said::opens_parts(&self.text[clause.range()]);
        if found.is_empty() {
            self.modality = said::modality_of(&self.text[clause.range()]).or(self.modality.take());
            // 支持云溪新区发展，抓好粮食生产，…: what another clause is about ends it.
            self.zone = said::place_developed(&self.text[clause.range()]);
            if let Some(indicator) = said::measured_within(&self.text[clause.range()]) {
                self.whole = Some(Whole { unit: "%".to_owned(), indicator: Some(indicator) });
            }
            let (subject, indicators) = said::handed_on(&self.text[clause.range()]);
            if subject.is_some() || !indicators.is_empty() {
                self.topic.clone_from(&subject);
                self.subject = subject.or(self.subject.take());
                self.indicators = indicators;
            }
            return;
        }
        let mut kept = judge::keep(self.text, clause, found, lists, self.counting);
        // 1.…高速公路项目。总投资258亿元: what one project costs is told of it alone.
        let of_one = |q: &Quantity| {
            let before = &self.text[clause.start..q.at];
            ["投资", "面积", "占地", "全长", "年产"].iter().any(|word| before.contains(word))
                || ["建设", "新建", "改造", "购置"].iter().any(|verb| before.starts_with(verb))
        };
        kept.retain(|q| !(self.one_project && of_one(q)));
        let mut from = clause.start;
        // Whether the figure before is one of a level.
        let mut level = false;
        for (k, q) in kept.iter().enumerate() {
            let next = kept.get(k + 1).map_or(clause.end, |n| n.at);
            let following = kept[k..].windows(2).take_while(|pair| said::is_joint(&self.text[pair[0].span.end..pair[1].at])).count();
            let mut said = Said::read(self.text, clause, from, q, next, &kept[..k], following);
            self.go_on(&mut said, q, &self.text[from..q.at]);
            // 增长8%提升到3万吨: what it grew by is no start of it.
            let start = kept[..k].last().filter(|start| start.unit == q.unit && level && said::goes_to(&self.text[from..q.at]));
            if let Some(start) = start.filter(|_| said.start_figure.is_none()) {
                said.start_figure = Some(self.text[start.at..from].to_owned());
            }
            level = said.measure == MeasureKind::Level;
            let end = if k + 1 == kept.len() { clause.end } else { q.span.end };
            // 其中20亿元以上项目2个，到位资金60亿元: how many there are of a part hands on nothing.
            let of_part = said.counted && self.text[from..q.at].trim_start().starts_with("其中");
            let whose = self.subject.clone().filter(|_| of_part);
            let draft = self.draft(Span::new(clause.start, end), sentence, q, &said, times, fresh);
            drafts.push(draft);
            self.subject = whose.or(self.subject.take());
            from = q.span.end;
            self.counting = said.counted && next > q.span.end && k + 1 == kept.len();
        }
        if kept.is_empty() {
            self.counting = false;
        }
    }

    /// What a figure takes over from the one before it: 其中新能源汽车86万辆 is of the same indicator, 新增A 5个、B 80个 adds both.
    fn go_on(&mut self, said: &mut Said, q: &Quantity, before: &str) {
        // 其中，铁路12841亿吨公里; 分经济类型看，集体企业增长0.6%: the part is whose, what is measured is what was of the whole.
        let part_of = |whole: &Whole| said.measure == MeasureKind::Growth || unit::base(&whole.unit) == unit::base(&q.unit);
        // 全市产值达到2000亿元，高新区、云溪区各达到150亿元: places are whose in any case.
        let of_places = || said.measure == MeasureKind::Level && said.indicator.as_deref().is_some_and(said::names_places);
        // 研发投入强度达到4%，重点企业达到6%: those of a kind, right behind what is measured of all; 年产碳纤维1.5万吨、芳纶5000吨.
        let of_kind = || {
            let last = self.last.as_ref().filter(|last| !last.counted && said.measure == MeasureKind::Level);
            last.is_some_and(|last| {
                let made = last.indicator.as_deref() == Some(said::MADE_A_YEAR);
                made || last.unit == q.unit && said.indicator.as_deref().is_some_and(said::names_a_kind)
            })
        };
        let part = self.whole.as_ref().filter(|whole| said.names_one && part_of(whole));
        let part = part.filter(|_| self.parts || of_places() || of_kind());
        if let Some(whole) = part {
            said.subject = said.indicator.take();
            said.indicator.clone_from(&whole.indicator);
            said.indicators = whole.indicator.clone().map(|indicator| vec![indicator]);
            (said.modified, said.of_place) = (false, false);
        } else if (!self.parts || self.whole.is_none())
            && !said.counted
            && !said.share
            && !said.continues
            && said.indicators.is_some()
            && !said.names_one
        {
            self.whole = Some(Whole { unit: q.unit.clone(), indicator: said.indicator.clone() });
        }
        if let Some(last) = &self.last {
            if said.counted && before.trim_start().starts_with("其中") && last.unit == q.unit && !last.counted {
                said.indicator.clone_from(&last.indicator);
                said.counted = false;
            }
            // 增长6%以上，力争7%: the second goes further the same way.
            let further = said.continues && !said.share && said.measure == MeasureKind::Level && said.row == 1;
            if further && last.measure == MeasureKind::Growth && q.unit == last.unit && says_more(before) {
                (said.measure, said.direction) = (MeasureKind::Growth, last.direction);
            }
            // 完成投资10亿元，建成12个: what is counted is no money.
            if said.counted && said.indicator.is_none() && unit::of(&last.unit).is_some_and(|unit| unit.kind == unit::Kind::Money) {
                said.indicator = Some("数量".to_owned());
            }
            // 新增规上工业企业52家、总数达516家: what a sum reaches is a level.
            let sums = ["总数", "总量", "累计", "达到", "达"].iter().any(|word| before.contains(word));
            // 新增高速公路2600公里、农村公路3000公里
            let measured =
                !last.counted && !said.counted && said.indicator == last.indicator && q.unit == last.unit && said.subject.is_some();
            if (said.counted && last.counted || measured)
                && last.adds
                && before.starts_with(['、', '和', '及'])
                && said.measure == MeasureKind::Level
                && !sums
            {
                said.measure = MeasureKind::Increment;
                said.direction = Some(Direction::Up);
            }
        }
        // 国家级产业园2个、省级20个: the level, or the size, stands for the whole name.
        if let Some(whole) = self.subject.as_deref().filter(|_| said.counted && self.counted)
            && let Some(named) = said.subject.as_deref().and_then(|own| said::named_after(own, whole))
        {
            said.subject = Some(named);
        }
        let sized = matches!(said.indicator.as_deref(), Some("里程" | "面积"));
        let adds = said.measure == MeasureKind::Increment && (said.counted || sized);
        self.last = Some(Last {
            unit: q.unit.clone(),
            indicator: said.indicator.clone(),
            counted: said.counted,
            adds,
            measure: said.measure,
            direction: said.direction,
        });
    }

    fn draft(&mut self, span: Span<Folded>, sentence: &Sentence, q: &Quantity, said: &Said, times: &[PeriodMention], fresh: bool) -> Draft {
        let told = self.told_apart(said);
        let (subject, indicator) = told.unwrap_or_else(|| self.assign(said, fresh));
        if said.row == 1 && !said.continues {
            self.alone.push((subject.clone(), indicator.clone()));
        }
        // 占GDP比重达8.5%，提高0.9个百分点: the points are the share's.
        let of_share = said.row == 1 && said.indicator.is_none() && q.unit.ends_with("百分点");
        let indicator = self.share.clone().filter(|_| of_share).or(indicator);
        self.share = indicator.clone().filter(|said| said.contains('占'));
        let stated = self.period(q, said, sentence, times);
        // 由12%提高到15%: what a change starts from has been reached.
        let starts = said.measure == MeasureKind::Level
            && (said::goes_to(&self.text[q.span.end..span.end.max(q.span.end)])
                || said::goes_to(&self.text[q.span.end..sentence.span.end.max(q.span.end)]));
        // 贡献率达到51.5%|（去年为49.8%）: what a bracket adds tells nothing of the figure before it.
        let told = self.text[q.at..span.end.max(q.at)].find('（').map_or(span.end, |at| q.at + at);
        let clause = &self.text[span.start..told.max(q.at)];
        let is_statistic = starts || self.reports(said, &stated.clone().unwrap_or_default(), clause, sentence, q.at);
        // What a change starts from is no plan: where nothing else dates it, its time isn't known.
        // Nor are the years that a plan is for those of what has been reached.
        let planned = || {
            let year = || Some(Period::at(self.document.planned_year()?.to_string())).filter(|_| !is_statistic);
            let ahead = |years: &Period| years.is_span() && self.lies_ahead(years);
            self.document.front.period.clone().filter(|years| !(is_statistic && ahead(years))).or_else(year)
        };
        // 由目前的30%提升至60%, 2025年，由45%提升到60%: when it was so isn't said.
        let unsaid = self.text[..q.at].ends_with("目前的") || self.text[..q.at].ends_with("现有的");
        let start = || {
            time_of_start(q, stated.clone(), sentence, times)
                .filter(|time| !(unsaid || self.lies_ahead(time) && stated.as_ref() == Some(time)))
        };
        // 2020年到2025年，从A提升到|B: what is reached is so in the last of the years.
        let reached = |years: Period| {
            let from_point = years.is_span() && years.first_year().is_some_and(|first| first.is_multiple_of(5));
            let last = years.last_year().filter(|_| from_point && said.start_figure.is_some() && said.measure == MeasureKind::Level);
            last.map_or(years, |last| Period::at(last.to_string()))
        };
        let period = if starts { start() } else { stated.or_else(planned).map(reached) }.unwrap_or_default();
        // 与“十二五”末相比，…净增160亿元
        let compared = || self.base.clone().filter(|_| said.measure != MeasureKind::Level && self.compares_first(sentence, q.at));
        let base = said.base.clone().or_else(|| said.start_figure.clone()).or_else(compared);
        let fields = QuantityFields {
            subject,
            indicator,
            value: Amount(q.value),
            value_max: q.value_max.map(Amount),
            unit: Some(q.unit.clone()).filter(|u| !u.is_empty()),
            canonical: canonical(q),
            measure: said.measure,
            direction: said.direction,
            bound: said.bound,
            // 争取中央资金6.4亿元, in a review: obtained.
            modality: said.modality.clone().or_else(|| self.modality.clone()).filter(|word| !(is_statistic && word == "争取")),
            period,
            average: said.average,
            base,
        };
        let rule = said.rule;
        let body = if is_statistic { Body::Statistic(Box::new(fields)) } else { Body::Target(Box::new(fields)) };
        Draft { span: self.reading.locate(span), section: self.section, rule, body }
    }

    /// Whether a clause of the sentence before `at` says what all that follows is compared with.
    fn compares_first(&self, sentence: &Sentence, at: usize) -> bool {
        sentence.clauses.iter().take_while(|clause| clause.end <= at).any(|clause| self.text[clause.range()].ends_with("相比"))
    }

    /// `货物吞吐量5.9亿吨，集装箱吞吐量980万标箱，分别增长3.0%和7.9%`: figures in a row that go on each from one of those before.
    fn told_apart(&self, said: &Said) -> Option<(Option<String>, Option<String>)> {
        let goes_on = said.continues && !said.share && said.row > 1 && self.row.len() != said.row;
        let first = self.alone.len().checked_sub(said.row).filter(|_| goes_on)?;
        self.alone.get(first + said.index).cloned()
    }

    /// Subject and indicator: what the clause says, else what the sentence said before, else the heading's or the document's.
    fn assign(&mut self, said: &Said, fresh: bool) -> (Option<String>, Option<String>) {
        let handed = if said.continues || said.resumes && fresh && !said.of_place {
            self.subject.clone().or_else(|| self.previous.clone())
        } else if said.of_place || self.counted && said.indicator.as_deref().is_some_and(is_of_no_thing) {
            None
        } else if self.counted && said.indicator.as_deref().is_some_and(|own| ["面积", "总面积", "建筑面积"].contains(&own)) {
            // 改造老旧小区12个、|面积65万平方米
            self.subject.clone()
        } else if said.modified {
            self.topic.clone()
        } else {
            self.subject.clone()
        };
        // 第二产业增加值…，其中工业增加值…: what names its own sector is of no other.
        let of_other = |whose: &String| {
            is_a_part(whose) && said.indicator.as_deref().is_some_and(names_its_sector)
                || self.counted && said.indicator.as_deref().is_some_and(is_of_people)
        };
        let handed = handed.filter(|whose| !of_other(whose));
        let of_industry = || self.industry.clone().filter(|_| industry_has(said));
        // 城镇、农村居民人均收入分别突破3万元和1万元，分别增长9%和11%: each goes on from its own.
        let bare = said.continues || said.subject.is_none() && said.indicator.as_deref().is_some_and(|own| own.contains("贡献"));
        let goes_on = bare && said.row > 1 && self.row.len() == said.row;
        let handed = if goes_on { self.row[said.index].clone() } else { handed };
        let subject = said.subject.clone().or(handed).or_else(of_industry).or_else(|| self.subject_above(said));
        // 全社会固定资产投资: all of the place's.
        let of_all = |subject: &str| subject == "全社会" && said.of_place;
        let subject = subject.map(|own| if of_all(&own) { self.document.scope.map_or(own, str::to_owned) } else { own });
        let city_or_country = city_or_country(said);
        let of_each = city_or_country.is_some();
        let subject = city_or_country.or(subject);
        let subject = subject.map(|s| one_of(&s, said.index, said.row).unwrap_or(s));
        if said.row > 1 && !goes_on {
            self.row.truncate(said.index);
            self.row.push(subject.clone());
        }
        let of = self.indicator_before(said);
        let indicator = match &said.indicator {
            Some(own) if said.share => Some(match of {
                Some(of) if of != "数量" && !own.contains(of.as_str()) && !of.contains('占') => format!("{of}{own}"),
                _ => own.clone(),
            }),
            // 工业增加值突破500亿元，年均增速35%: whose rate it is.
            Some(own) if ["增速", "增幅"].contains(&own.as_str()) && of.is_some() => of,
            // 城乡居民|人均可支配收入
            Some(own) => Some(own.strip_prefix("城乡居民").filter(|_| of_each).unwrap_or(own).to_owned()),
            // 增值税减收1.2亿元，增支2亿元: what the verb changes wins over another measure.
            None => match said.by_verb {
                Some(noun) => Some(of.filter(|of| of.ends_with(noun)).unwrap_or_else(|| noun.to_owned())),
                None => of,
            },
        };
        if !said.share
            && let Some(own) = &said.indicators
        {
            self.indicators.clone_from(own);
            self.recent.extend(own.iter().cloned());
        } else if said.share && self.indicators.is_empty() {
            self.indicators.extend(indicator.clone());
        }
        if said.row == 1 || said.index == 0 {
            self.subject = said.subject.clone().or_else(|| subject.clone());
            self.counted = said.counted;
        }
        (subject, indicator)
    }

    /// The indicator that the sentence handed on; of figures in a row each has its own, the last named ones in their order.
    fn indicator_before(&self, said: &Said) -> Option<String> {
        let few = said.row > 1 && self.indicators.len() < said.row && !self.recent.is_empty();
        let several = if few { &self.recent } else { &self.indicators };
        let first = if several.len() >= said.row && said.row > 1 { several.len() - said.row } else { 0 };
        several.get(first + said.index).or(several.last()).cloned()
    }

    /// The industry of the heading above; else the zone that is spoken of, where a zone has such figures; else the whole of the
    /// document's place. The headings of a communiqué (`六、交通和邮电业`) sort figures that are each of the whole.
    fn subject_above(&self, said: &Said) -> Option<String> {
        // What is counted of a zone: its product, its investment, its trade; 居民收入 and 失业率 are a town's.
        let of_zone = || {
            let named = said.indicator.as_deref().unwrap_or("");
            let has = ["生产总值", "GDP", "投资", "财政", "税收", "工业", "产值", "增加值", "进出口", "外资", "营业收入"];
            !said.share && !said::names_whole(named) && has.iter().any(|word| named.contains(word))
        };
        let sorts = self.document.front.genre.as_deref() == Some("公报");
        // 第二节 高端医疗器械 / 到2025年，产值达到150亿元
        let above = if industry_has(said) { super::named::sector } else { super::named::industry };
        let industry = if sorts { None } else { above(self.document, self.section) };
        industry.or_else(|| self.zone.clone().filter(|_| of_zone())).or_else(|| self.document.scope.map(str::to_owned))
    }

    /// The time of a figure: the one that dates just it, else the last in its sentence before it, else the paragraph's,
    /// the headings'; None where only the document's own is left.
    fn period(&self, q: &Quantity, said: &Said, sentence: &Sentence, times: &[PeriodMention]) -> Option<Period> {
        let times = &times[..times.partition_point(|t| t.span.end <= q.at)];
        let own = times.iter().rev().take_while(|t| q.at - t.span.end <= '的'.len_utf8()).find(|t| t.role == Role::Start);
        if let Some(own) = own {
            return Some(own.period.clone());
        }
        let here = |t: &&PeriodMention| {
            let of_another = || self.dates_a_part(t) && self.text[t.span.end..q.at].contains(['，', '；', '）']);
            t.role == Role::When && t.period != Period::default() && t.span.start >= sentence.span.start && !of_another()
        };
        let in_sentence = times.iter().rev().find(here).map(|t| t.period.clone());
        let dated = in_sentence.is_some();
        let near = in_sentence.or_else(|| self.time.clone());
        // 2022年、2023年、2024年，…占比分别达到A、B、C
        if let Some(own) = own_of_times(times, self.text, sentence, said) {
            return Some(own);
        }
        // 三年累计完成120亿元, in a plan of three years
        let within =
            |plan: &&Period| near.as_ref().and_then(Period::last_year).zip(plan.first_year()).is_none_or(|(last, first)| last >= first);
        let plan = self.document.front.period.as_ref().filter(|_| !self.review).filter(within);
        if let Some(plan) = plan.filter(|plan| self.sums_over(plan, q, sentence)) {
            return Some(plan.clone());
        }
        // 2017—2020年，分别达到A、B、C、D: each year has its own.
        if let Some(year) = near.as_ref().and_then(|span| year_in_row(span, said)) {
            return Some(Period::at(year.to_string()));
        }
        // 与“十二五”末相比，2020年…，年均增长4.4%: the years between are those that the average is over.
        if said.average
            && let Some(after) = said.base.as_deref().or(self.base.as_deref()).and_then(year_after)
            && let Some(last) =
                near.as_ref().filter(|p| p.from.is_some() && !p.is_span()).and_then(Period::last_year).filter(|last| *last > after)
        {
            return Some(Period::between(after.to_string(), last.to_string()));
        }
        let spans = |t: &&PeriodMention| t.role == Role::When && t.period.is_span() && t.span.start >= sentence.span.start;
        if said.average && near.as_ref().is_none_or(|p| p.from.is_some() && !p.is_span()) {
            let here = times.iter().rev().find(spans).map(|t| t.period.clone());
            let wide = here.or_else(|| self.stretch.clone()).or_else(|| self.above.clone().filter(Period::is_span));
            let wide = wide.or_else(|| stretch_above(self.document, self.section, self.year));
            if wide.is_some() {
                return wide;
            }
        }
        // 今后五年的目标 / 2008年…达到1500亿元。培育100家企业集团: the year that closes the years above dates its own sentence alone.
        let ahead = |above: &&Period| above.is_span() && self.lies_ahead(above);
        let above = self.above.as_ref().filter(|_| !dated && !self.review).filter(ahead);
        let closed = above.filter(|above| near.as_ref().is_none_or(|p| p.from.is_some() && p.from == p.to && p.to == above.to)).cloned();
        closed.or(near).or_else(|| self.above.clone())
    }

    /// Whether a time ends after the year of the text.
    fn lies_ahead(&self, time: &Period) -> bool {
        time.last_year().zip(self.year).is_some_and(|(last, year)| last > year)
    }

    /// Whether the words before a figure say that it is of all the years of a plan: `三年累计`.
    fn sums_over(&self, plan: &Period, q: &Quantity, sentence: &Sentence) -> bool {
        static OVER: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new("([0-9]{1,2}|[两三四五六])年(?:内|间)?(?:累计|共计|合计|总计|共)")
                .expect("the pattern of sums over years is well formed")
        });
        let clause = sentence.clauses.iter().find(|clause| clause.start <= q.at && q.at < clause.end);
        let words = clause.map_or("", |clause| &self.text[clause.start..q.at]);
        let years = words.contains('年').then(|| OVER.captures(words)).flatten().and_then(|over| numeral::number(&over[1]));
        let length = plan.first_year().zip(plan.last_year()).map(|(first, last)| last + 1 - first);
        years.zip(length).is_some_and(|(years, length)| years == length.into())
    }

    /// `三年累计…，其中|2008年|达到800亿元`: a time behind 其中 dates its own clause alone, and so does one in brackets (`（去年为49.8%）`) and one
    /// that a remark looks back to (`增速为|1998年以来|的最高水平`).
    fn dates_a_part(&self, time: &PeriodMention) -> bool {
        let before = &self.text[..time.span.start];
        let since = time.period.from.is_some() && time.period.to.is_none() && self.text[time.span.range()].ends_with("以来");
        let remarks = || !before.trim().is_empty() && !before.ends_with(['，', '。', '；', '：']);
        before.ends_with("其中") || since && remarks() || self.is_in_brackets(time)
    }

    /// Whether a bracket opens not far before a time and closes not far behind it.
    fn is_in_brackets(&self, time: &PeriodMention) -> bool {
        let opens = self.text[..time.span.start].chars().rev().take(NEAR_BRACKET).find(|c| matches!(c, '（' | '）')) == Some('（');
        opens && self.text[time.span.end..].chars().take(NEAR_BRACKET).any(|c| c == '）')
    }

    /// Whether a figure is reported as reached: its time lies before the document, or the headings look back and no word of
    /// planning stands with it, or the words before it say 已, 共有, 截至.
    fn reports(&mut self, said: &Said, period: &Period, clause: &str, sentence: &Sentence, at: usize) -> bool {
        static REACHED: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new(r"已(?:达|经|建|有|完成|累计|实现|突破|超过|将|审批)|共有|现有|现已|仅(?:有|为|占|相当于)|近年来|(?:^|[^比较与于])(?:上年|去年)|(?:实施|完成|建成|新建|实现|解决|投入|开通|整治|引进|培育|获得|形成|新增|发放)了")
                .expect("the pattern of reached figures is well formed")
        });
        // 累计建成 reports, but in a plan for years to come it promises.
        static SUMMED: LazyLock<Regex> =
            LazyLock::new(|| Regex::new(r"累计(?:实现|完成|降幅|下降|建成|发放|服务|保障)").expect("the pattern of sums is well formed"));
        static SINCE: LazyLock<Regex> =
            LazyLock::new(|| Regex::new(r"目前|截至|截止|现阶段|至今|以来").expect("the pattern of standpoints is well formed"));
        static PLANNED: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new(r"力争|计划|确保|预期|争取|目标是|拟(?:投资|建|新建|引进)|将(?:达|实|建|完)|要(?:达|实|完)|不低于|不少于|不得|不超过|不高于|到20[0-9]{2}年")
                .expect("the pattern of planned figures is well formed")
        });
        let issued = self.document.front.issued.as_deref().unwrap_or("");
        if period.to.as_deref().is_some_and(|to| to.len() >= 7 && issued.len() >= 7 && to[..7] < issued[..7]) {
            return true;
        }
        match (period.last_year(), self.year) {
            (Some(to), Some(year)) if to < year => return true,
            (Some(to), Some(year)) if to > year => return false,
            _ => {}
        }
        let words = &self.text[sentence.span.range()];
        let from = *self.standpoint.get_or_insert_with(|| Standpoint {
            // In a review 争取 tells what was obtained: 争取交易资金13亿元.
            plans: PLANNED.find_iter(words).any(|found| said::plans(words, &found) && !(self.review && found.as_str() == "争取")),
            expects: words.contains("预计"),
            // 由目前的20%提高到40%: only what the change starts from is so today.
            since: SINCE
                .find_iter(words)
                .find(|found| !words[..found.start()].ends_with(['由', '从']))
                .map(|found| sentence.span.start + found.end()),
            compares: words.contains("同比"),
        });
        let since = from.since.is_some_and(|end| end <= at);
        let plans = self.document.front.period.as_ref().and_then(Period::last_year).zip(self.year).is_some_and(|(to, year)| to > year);
        // 完成71.3亿元，同比增长8%: what is compared with the year before has been counted.
        let counted = !plans && said.bound == Bound::Exact && from.compares && !states_goals(self.document, self.section);
        // 较上年提高0.9个百分点, below a heading of goals: what last year is only compared with lies ahead.
        // In measures and plans what is compared with last year is asked for.
        let asks =
            self.document.front.genre.as_deref().is_some_and(|genre| ["措施", "政策", "方案", "意见", "举措", "要点"].contains(&genre));
        let last_year = || !asks && ["比上年", "较上年", "与上年", "比去年", "较去年", "与去年"].iter().any(|words| clause.contains(words));
        let told = || last_year() || !plans && SUMMED.is_match(clause);
        let reached = REACHED.is_match(clause) || counted || told() && headings_look_back(self.document, self.section) != Some(false);
        // 预计全年完成115亿元, said in December or in the review of the year: as good as reached. Elsewhere what is expected lies ahead.
        let closing = matches!(issued.get(5..7), Some("11" | "12")) && period.last_year().is_none_or(|to| Some(to) == self.year);
        let expected = from.expects && (self.review || closing);
        let modal = said
            .modality
            .as_deref()
            .or(self.modality.as_deref())
            .is_some_and(|words| !(expected && words == "预计" || self.review && matches!(words, "争取" | "规划")));
        (self.review || since || reached || expected) && !(modal || from.plans || from.expects && !expected)
    }
}

/// Whether the words between two figures say only that the second goes further: `，力争`, `、力争达到`.
fn says_more(between: &str) -> bool {
    let said = between.trim_start_matches(['，', '、', '；']);
    ["力争", "争取", "确保", "努力"]
        .iter()
        .find_map(|word| said.strip_prefix(word))
        .is_some_and(|rest| ["", "达到", "达", "实现"].contains(&rest))
}

/// Whether a time that stands behind these words of its sentence opens it: `（一）`, `全市`, `力争`.
fn opens(before: &str) -> bool {
    let before = before.trim_start_matches(|c: char| c.is_whitespace() || c == '其' || c == '中' || c == '，');
    before.chars().count() <= 6 && !before.contains(['，', '；'])
}

/// The time of the figure that a change starts from: its own, else that of the change before it in the sentence (`从2020年的A增长到2025年的B，
/// 收入从|C|增长到D`), else the year before the years that it is told of; None where only its end is known.
fn time_of_start(q: &Quantity, stated: Option<Period>, sentence: &Sentence, times: &[PeriodMention]) -> Option<Period> {
    let here = times.iter().filter(|t| t.span.start >= sentence.span.start && t.span.end <= q.at);
    let start = here.rev().find(|t| t.role == Role::Start).map(|t| t.period.clone());
    let before = |years: Period| {
        // 2020年到2025年，从A提升到B: told so, the first year is where it starts; 2021—2025年 begin behind it.
        let first = years.first_year()?;
        let before = if first.is_multiple_of(5) { first } else { first - 1 };
        if years.is_span() { Some(Period::at(before.to_string())) } else { Some(years) }
    };
    start.or_else(|| stated.and_then(before))
}

/// `商贸企业20家，|网络零售额增长15%`, `接待游客5亿人次，|旅游收入6000亿元`: what those that were just counted don't have, for it is told of all there are.
fn is_of_no_thing(indicator: &str) -> bool {
    indicator.starts_with("亩均")
        || indicator.starts_with("旅游")
        || ["投入强度", "零售额", "就业"].iter().any(|end| indicator.ends_with(end))
}

/// Whether an indicator names the sector that it measures: `工业增加值`.
fn names_its_sector(indicator: &str) -> bool {
    const SECTORS: [&str; 5] = ["工业", "农业", "建筑业", "服务业", "民间投资"];
    SECTORS.iter().any(|sector| indicator.starts_with(sector) && indicator.len() > sector.len()) || is_of_people(indicator)
}

/// Whether an indicator is one of a place's people, roads or guests: `人均预期寿命`, `交通投资`.
fn is_of_people(indicator: &str) -> bool {
    ["交通", "旅游", "游客", "人均", "居民"].iter().any(|whose| indicator.starts_with(whose) && indicator.len() > whose.len())
}

/// Whether a subject is a part of the economy or of the people: `第二产业`, `规模以上工业`, `劳动年龄人口`.
fn is_a_part(subject: &str) -> bool {
    ["第一产业", "第二产业", "第三产业", "规模以上", "规上", "限额以上"].iter().any(|part| subject.starts_with(part))
        || subject.ends_with("人口")
}

/// Whether a figure measures what an industry has, and a whole place seldom.
fn industry_has(said: &Said) -> bool {
    const HAS: [&str; 17] = [
        "产值",
        "总产值",
        "产业规模",
        "规模",
        "主营业务收入",
        "营业收入",
        "营收",
        "产能",
        "销售收入",
        "销售额",
        "综合产值",
        "工业产值",
        "工业总产值",
        "产量",
        "出口额",
        "市场规模",
        "交易额",
    ];
    said.indicator.as_deref().is_some_and(|indicator| HAS.contains(&indicator))
}

/// The year that one of as many figures in a row as a stretch has years is of.
fn year_in_row(span: &Period, said: &Said) -> Option<u16> {
    let (from, to) = (span.from.as_deref()?.parse::<u16>().ok()?, span.to.as_deref()?.parse::<u16>().ok()?);
    let index = u16::try_from(said.index).ok()?;
    (said.row > 2 && usize::from(to.checked_sub(from)?) + 1 == said.row && !said.average).then_some(from + index)
}

/// The time of one of as many figures in a row as there are times in the row before them.
fn own_of_times(times: &[PeriodMention], text: &str, sentence: &Sentence, said: &Said) -> Option<Period> {
    let joint = |pair: &&[PeriodMention]| said::is_joint(&text[pair[0].span.end..pair[1].span.start]);
    let here = &times[times.partition_point(|time| time.span.start < sentence.span.start)..];
    let in_row = here.windows(2).rev().take_while(joint).count() + 1;
    let first = here.len().checked_sub(said.row).filter(|_| said.row > 1 && in_row == said.row)?;
    here.get(first + said.index).filter(|time| time.role == Role::When).map(|time| time.period.clone())
}

/// The first year that an average compared with `base` is over: 2016 of `“十二五”末`, 2003 of `2002年`.
fn year_after(base: &str) -> Option<u16> {
    let last = period::find(base, 0, base.len(), None).into_iter().next()?.period.last_year()?;
    let whole = base.ends_with('末') || base.ends_with('底') || base.ends_with('年');
    whole.then_some(last + 1)
}

/// `城乡居民人均可支配收入分别达到5万元、3万元`: the first is of 城镇居民, the second of 农村居民.
fn city_or_country(said: &Said) -> Option<String> {
    if said.row != 2 {
        return None;
    }
    // 城乡|低保标准分别达到577元、4428元
    let (town, country) = match (said.subject.as_deref(), said.indicator.as_deref()) {
        (_, Some(indicator)) if indicator.starts_with("城乡居民") => ("城镇居民", "农村居民"),
        (Some("城乡"), _) => ("城市", "农村"),
        _ => return None,
    };
    Some(if said.index == 0 { town } else { country }.to_owned())
}

/// `人工智能、区块链产业` of two figures in a row: each has its own, with the ending that they share.
fn one_of(subject: &str, index: usize, row: usize) -> Option<String> {
    // 一二三产|增加值分别增长3.5%、6%、5%
    if row == 3 && ["一二三产", "三次产业", "一二三次产业", "一二三产业"].contains(&subject) {
        return Some(format!("第{}产业", ["一", "二", "三"][index.min(2)]));
    }
    let parts = said::parts_in_row(subject, row);
    if row < 2 || parts.len() != row {
        return None;
    }
    let shared = ["产业", "行业", "工业", "企业", "领域"].iter().find(|e| parts[row - 1].ends_with(**e)).copied().unwrap_or("");
    // 第一、二、三次产业
    let ordinal = parts[index].trim_start_matches('第').trim_end_matches(shared).trim_end_matches('次');
    if subject.starts_with('第') && shared == "产业" && ["一", "二", "三"].contains(&ordinal) {
        return Some(format!("第{ordinal}产业"));
    }
    // 食品、石化、信息等产业
    let own = parts[index].strip_suffix(shared).unwrap_or(parts[index]).trim_end_matches('等');
    Some(format!("{own}{shared}"))
}

/// Whether the heading right above announces goals.
fn states_goals(document: &Document<'_>, section: Option<usize>) -> bool {
    section.is_some_and(|section| document.outline.sections[section].heading.contains("目标"))
}

/// The value in the base of its unit.
fn canonical(q: &Quantity) -> Option<Canonical> {
    unit::canonical(q.value, &q.unit).map(|(value, unit)| Canonical { value: Amount(value), unit: unit.to_owned() })
}

/// The time that the headings above state, innermost first: `（一）启动实施阶段（2011年）`.
fn time_above(document: &Document<'_>, section: Option<usize>, year: Option<u16>) -> Option<Period> {
    document.outline.path(section).iter().rev().find_map(|s| {
        let times = period::find(&s.heading, 0, s.heading.len(), year);
        // “十四五”时期和2025年工作回顾: of the times that a review names, the year is what its figures are of.
        let year = times.iter().find(|t| looks_back_words(&s.heading) && !t.period.is_span());
        year.or(times.last()).map(|t| t.period.clone())
    })
}

/// The stretch of years that the headings above name: “十四五”时期 of `一、2025年和“十四五”时期工作回顾`.
fn stretch_above(document: &Document<'_>, section: Option<usize>, year: Option<u16>) -> Option<Period> {
    let spans = |heading: &str| period::find(heading, 0, heading.len(), year).into_iter().map(|time| time.period).find(Period::is_span);
    document.outline.path(section).iter().rev().find_map(|section| spans(&section.heading))
}

/// Whether what stands below the heading is a review: the headings say so, or the document as a whole describes.
pub(super) fn looks_back(document: &Document<'_>, section: Option<usize>) -> bool {
    headings_look_back(document, section).unwrap_or(document.written.looks_back)
}

/// Whether the headings above say that what follows is a review; None where they tell neither that nor what lies ahead.
fn headings_look_back(document: &Document<'_>, section: Option<usize>) -> Option<bool> {
    let path = document.outline.path(section);
    (0..path.len()).rev().find_map(|at| {
        let heading = path[at].heading.as_str();
        // 主要目标 / 1.创新驱动取得新突破: below a heading of goals the results are those to come.
        let goals = || path[..at].iter().any(|above| looks_ahead_words(&above.heading) && !looks_back_words(&above.heading));
        let back = looks_back_words(heading) && !(tells_a_result(heading) && goals());
        match (back, looks_ahead_words(heading)) {
            (true, false) => Some(true),
            (false, true) => Some(false),
            _ => None,
        }
    })
}

/// `——脱贫攻坚取得历史性成就。339个贫困村…`: in a report a paragraph that opens with a result tells what was done.
fn reports_a_result(document: &Document<'_>, paragraph: &str) -> bool {
    static RESULT: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^[—●△◆\s]*\p{Han}{2,12}(?:(?:取得|实现)\p{Han}{0,6}(?:成就|成效|突破|进展|胜利)|(?:明显|显著|大幅|持续|不断|稳步)(?:提升|增强|改善|提高|优化|向好|释放|扩大))。")
            .expect("the pattern of results is well formed")
    });
    document.front.genre.as_deref() == Some("报告") && RESULT.is_match(paragraph)
}

/// `投入58.3亿元实施了17项…`: a 了 behind the verb of a figure says that it was done, and so was the rest of its paragraph in a report whose
/// headings don't say that it looks ahead.
fn tells_what_was_done(document: &Document<'_>, paragraph: &str) -> bool {
    static DONE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?:实施|完成|建成|新建|实现|解决|投入|改造|开通|整治|拆除|发放|引进|培育|获得|启动|创建)了[^，。；]{0,10}[0-9]")
            .expect("the pattern of what was done is well formed")
    });
    document.front.genre.as_deref() == Some("报告") && DONE.is_match(paragraph)
}

/// How many sections from the start report how a plan was carried out: of `…计划执行情况和…计划草案的报告` those before the first that looks
/// ahead; None where no plan's execution is reported.
fn sections_executed(document: &Document<'_>) -> Option<usize> {
    let front = &document.front;
    let of_plan = |title: &str| title.contains("执行情况") && ["计划", "预算", "规划"].iter().any(|plan| title.contains(plan));
    if front.genre.as_deref() != Some("报告") || !front.title.as_deref().is_some_and(of_plan) {
        return None;
    }
    let year = document.year().map(|year| format!("{year}年"));
    let ahead = |heading: &str| {
        let planned =
            looks_ahead_words(heading) || ["草案", "建议", "打算", "下一步", "今后", "下半年"].iter().any(|word| heading.contains(word));
        (planned || year.as_ref().is_some_and(|year| heading.contains(year.as_str()))) && !looks_back_words(heading)
    };
    let sections = &document.outline.sections;
    Some(sections.iter().position(|s| s.parent.is_none() && ahead(&s.heading)).unwrap_or(sections.len()))
}

/// `这一年，我们…`, `五年来，…`: a paragraph of a report that tells what was done, whatever heading it stands below.
fn opens_a_review(paragraph: &str) -> bool {
    years_reviewed(paragraph).is_some()
}

/// The years before the document's that such a paragraph tells of.
fn reviewed(paragraph: &str, year: Option<u16>) -> Option<Period> {
    let (years, last) = (years_reviewed(paragraph)?, year?.checked_sub(1)?);
    Some(if years == 1 { Period::at(last.to_string()) } else { Period::between((last + 1 - years).to_string(), last.to_string()) })
}

/// The year that a report tells of below a heading of a review that names none: `一、工作回顾`, the year before.
fn reviewed_below(document: &Document<'_>, section: Option<usize>) -> Option<Period> {
    let path = document.outline.path(section);
    let heading = &path.iter().rev().find(|section| section.heading.contains("回顾"))?.heading;
    let several = heading.contains(['五', '三', '届']) || document.front.genre.as_deref() != Some("报告");
    (!several).then(|| Some(Period::at(document.year()?.checked_sub(1)?.to_string()))).flatten()
}

fn years_reviewed(paragraph: &str) -> Option<u16> {
    const SPANS: [(&str, u16); 9] = [
        ("这一年", 1),
        ("一年来", 1),
        ("过去一年", 1),
        ("过去的一年", 1),
        ("五年来", 5),
        ("过去五年", 5),
        ("过去的五年", 5),
        ("这五年", 5),
        ("三年来", 3),
    ];
    let said = paragraph.trim_start();
    let opens = |words: &str| said.strip_prefix(words).is_some_and(|rest| rest.starts_with(['，', '里', '中', '是']));
    SPANS.iter().find(|(words, _)| opens(words)).map(|(_, years)| *years)
}

fn looks_ahead_words(heading: &str) -> bool {
    static AHEAD: LazyLock<AnyOf> = LazyLock::new(|| AnyOf::new(["目标", "任务", "重点", "展望", "思路", "要求", "措施", "安排"]));
    AHEAD.is_in(heading)
}

fn looks_back_words(heading: &str) -> bool {
    static REVIEW: LazyLock<AnyOf> = LazyLock::new(|| {
        AnyOf::new([
            "回顾",
            "成就",
            "现状",
            "完成情况",
            "存在的问题",
            "存在问题",
            "主要问题",
            "困难和问题",
            "问题和不足",
            "问题与不足",
            "面临",
            "形势",
            "总结",
            "工作情况",
            "背景",
        ])
    });
    REVIEW.is_in(heading) || heading.ends_with("执行情况") || tells_a_result(heading) || tells_of_a_basis(heading)
}

/// `产业规模取得新突破`, `各项任务全面完成`: what a review reports, and what a plan's goals are put as.
fn tells_a_result(heading: &str) -> bool {
    static RESULT: LazyLock<AnyOf> = LazyLock::new(|| AnyOf::new(["成效", "取得", "全面完成", "进展"]));
    RESULT.is_in(heading)
}

/// `发展基础`, `基础和优势`, `基础条件`: what there is to build on, unlike `推进基础设施建设` and `夯实发展基础`.
fn tells_of_a_basis(heading: &str) -> bool {
    const LAYS: [&str; 8] = ["夯实", "打牢", "巩固", "筑牢", "强化", "打好", "奠定", "加强"];
    let goes_on =
        |rest: &str| rest.is_empty() || ["和", "与", "及", "、", "条件", "优势", "背景"].iter().any(|word| rest.starts_with(word));
    heading.match_indices("基础").any(|(at, word)| goes_on(&heading[at + word.len()..])) && !LAYS.iter().any(|verb| heading.contains(verb))
}
