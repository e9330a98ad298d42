//! Do the years, or the phases, add up to the period?
//!
//! `计划累计完成投资1.5万亿元` for 2011–2013 against 3500, 4900 and 6600 亿元 of the three years; `2011—2015年累计150亿元` against
//! 80 of the first phase (2011—2013) and 70 of the second.
//!
//! Read is a target that sums over several years, and targets of the same subject and indicator that cover these years one after the other.
//! Silent where a stretch is missing or stated twice, and where bounds (`以上`) or rounding leave room. Innocent where the years count more
//! narrowly.

use super::precision::Range;
use super::{Doubt, Paper, Stated, figure};
use crate::lexicon::unit;
use crate::record::{MeasureKind, Severity};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, HashMap};

/// The targets of one topic by the years that they count, first and last.
type Stretches<'p> = BTreeMap<(u16, u16), Vec<Stated<'p>>>;

/// Each target that sums over years.
pub(super) fn check(paper: &Paper<'_>) -> Vec<Doubt> {
    let mut topics: HashMap<String, Stretches<'_>> = HashMap::new();
    for stated in targets(paper).filter(|s| s.fields.measure == MeasureKind::Level && s.fields.value_max.is_none()) {
        if let Some(years) = stretch(&stated) {
            topics.entry(stated.topic()).or_default().entry(years).or_default().push(stated);
        }
    }
    targets(paper).filter(is_sum).filter_map(|total| check_total(&total, topics.get(&total.topic())?)).collect()
}

fn targets<'p>(paper: &'p Paper<'_>) -> impl Iterator<Item = Stated<'p>> {
    paper.quantities().filter(|s| s.target && !s.in_table())
}

fn is_sum(stated: &Stated<'_>) -> bool {
    let said = ["累计", "合计", "共计", "总计", "总投资", "共完成"].iter().any(|word| stated.record.quote.contains(word));
    said && stated.fields.period.is_span() && stated.fields.measure == MeasureKind::Level
}

fn check_total(total: &Stated<'_>, parts: &Stretches<'_>) -> Option<Doubt> {
    let (first, last) = stretch(total)?;
    let unit = total.fields.unit.as_deref().filter(|_| first <= last)?;
    let (one, base) = unit::canonical(Decimal::ONE, unit)?;
    let mut years: Vec<(&Stated<'_>, (u16, u16))> = Vec::new();
    while years.last().is_none_or(|(_, (_, to))| *to < last) {
        let next = years.last().map_or(first, |(_, (_, to))| to + 1);
        let mut here = parts
            .range((next, next)..=(next, last))
            .filter(|(stretch, _)| **stretch != (first, last))
            .flat_map(|(stretch, stated)| stated.iter().map(|s| (s, *stretch)))
            .filter(|(s, _)| s.record.id != total.record.id);
        // Stated twice: which counts isn't told.
        years.push(here.next().filter(|_| here.next().is_none())?);
    }
    let mut sum = Range { low: Decimal::ZERO, high: Decimal::ZERO };
    let mut middle = Decimal::ZERO;
    for (part, _) in &years {
        let (factor, part_base) = unit::canonical(Decimal::ONE, part.fields.unit.as_deref()?)?;
        let range = Range::bounded(part.fields.value.0, factor, part.fields.bound);
        if part_base != base {
            return None;
        }
        sum = Range { low: sum.low + range.low, high: sum.high + range.high };
        middle += part.fields.value.0 * factor;
    }
    if sum.meets(Range::bounded(total.fields.value.0, one, total.fields.bound)) {
        return None;
    }
    let inferred = (middle / one).round_dp(4);
    let label = |(from, to): (u16, u16)| if from == to { format!("{from}年") } else { format!("{from}—{to}年") };
    let phased = years.iter().any(|(_, (from, to))| from != to);
    let mut numbers: Vec<_> = years.iter().map(|(part, years)| part.figure(&label(*years))).collect();
    numbers.extend([total.figure("文中所述合计"), figure("推算合计", inferred, Some(unit))]);
    Some(Doubt {
        severity: Severity::Warning,
        message: format!(
            "{first}—{last}年各{}合计{}{unit}，文中为{}",
            if phased { "阶段" } else { "年" },
            inferred.normalize(),
            total.printed()
        ),
        sides: std::iter::once(total.span()).chain(years.iter().map(|(s, _)| s.span())).collect(),
        numbers,
        benign: Some("各年目标的统计范围可能较窄"),
    })
}

/// The years that a quantity counts: one, or several that it sums up.
fn stretch(stated: &Stated<'_>) -> Option<(u16, u16)> {
    if let Some(year) = stated.year() {
        return Some((year, year));
    }
    let year = |time: &Option<String>| time.as_deref()?.get(..4)?.parse::<u16>().ok();
    is_sum(stated).then(|| Some((year(&stated.fields.period.from)?, year(&stated.fields.period.to)?))).flatten()
}

#[cfg(test)]
mod tests {
    use crate::audit::tests::findings;

    #[test]
    fn years_against_their_period() {
        let text = "某省实施方案\n\n二○一一年五月二十一日\n\n一、主要目标\n\n　　从2011年起，连续3年推进项目建设。经过3年努力，全省累计完成工业固定资产投资1.5万亿元。\n\n二、实施步骤\n\n　　2011年，全省完成工业固定资产投资3500亿元。2012年，全省完成工业固定资产投资4900亿元。2013年，全省完成工业固定资产投资6600亿元。\n";
        assert_eq!(findings("total-of-years", text), []);
        let off = findings("total-of-years", &text.replace("4900", "5900"));
        assert!(matches!(&off[..], [(_, message)] if message.contains("合计1.6万亿元")), "{off:?}");
    }
}
