//! Does a level now lead to the level then at the yearly growth that is promised?
//!
//! `2010年实现4004亿元` and `到2015年达到7000亿元，年均增长15％`: 11.8 % a year. In a sentence that gives the change of the whole
//! period and of a year (`五年下降18％，年均下降3.9％`) the two are held against one another.
//!
//! Innocent where the growth is counted in constant prices (增加值), or the base was revised.

use super::{Levels, join, plain_level};
use crate::audit::precision::Range;
use crate::audit::{Doubt, Paper, Stated, figure};
use crate::mention::period;
use crate::mention::quantity::Bound;
use crate::record::{Direction, MeasureKind, Severity};
use rust_decimal::Decimal;

pub(super) fn check(paper: &Paper<'_>, levels: &Levels<'_>) -> Vec<Doubt> {
    let all: Vec<Stated<'_>> = paper.quantities().collect();
    all.windows(2).filter_map(|w| from_level(levels, &w[0], &w[1]).or_else(|| from_change(&w[0], &w[1]))).collect()
}

fn is_rate(stated: &Stated<'_>) -> bool {
    stated.fields.measure == MeasureKind::Growth && stated.fields.unit.as_deref() == Some("%") && stated.fields.value_max.is_none()
}

/// The rate's range, negative where it falls.
fn rate(stated: &Stated<'_>, bound: Bound) -> Range {
    let range = Range::bounded(stated.fields.value.0, Decimal::ONE, bound);
    if stated.fields.direction == Some(Direction::Down) { Range { low: -range.high, high: -range.low } } else { range }
}

/// Whether the second is said right behind the first, and of the same.
fn near(a: &Stated<'_>, b: &Stated<'_>) -> bool {
    b.record.start >= a.record.end && b.record.start - a.record.end <= 4 && a.fields.indicator == b.fields.indicator
}

/// `达到7000亿元，年均增长15％` against the level of the year before the period.
fn from_level(levels: &Levels<'_>, goal: &Stated<'_>, yearly: &Stated<'_>) -> Option<Doubt> {
    let follows = near(goal, yearly) && is_rate(yearly) && yearly.fields.average && !super::is_sum(goal);
    let year = goal.year().filter(|_| follows)?;
    let (then, unit) = plain_level(goal)?;
    let base = levels.before(goal, year)?;
    let (now, base_unit) = plain_level(&base)?;
    let years = u32::from(year - base.year()?);
    // A yearly growth over a single year, or from long ago, is of another stretch.
    if unit != base_unit || !(2..=10).contains(&years) || goal.fields.bound == Bound::About {
        return None;
    }
    let then = Range {
        low: then.low,
        high: if goal.fields.bound == Bound::Exact {
            then.high
        } else {
            Range::bounded(goal.fields.value.0, Decimal::ONE, Bound::Over).high
        },
    };
    let implied = if goal.fields.bound == Bound::Exact { then.yearly_from(now, years)? } else { return None };
    if implied.meets(rate(yearly, yearly.fields.bound)) {
        return None;
    }
    let inferred = implied.middle().round_dp(yearly.fields.value.0.scale().max(1)).normalize();
    let base_year = base.year()?;
    Some(Doubt {
        severity: Severity::Warning,
        message: format!(
            "{base_year}年为{}，{year}年达到{}，年均增长应为{inferred}%，文中为{}",
            base.printed(),
            goal.printed(),
            yearly.printed()
        ),
        sides: vec![join(goal, yearly), base.span()],
        numbers: vec![
            base.figure(&format!("{base_year}年")),
            goal.figure(&format!("{year}年")),
            yearly.figure("文中所述年均增长"),
            figure("推算年均增长", inferred, Some("%")),
        ],
        benign: Some(if goal.fields.indicator.as_deref().is_some_and(|i| i.contains("增加值") || i.contains("生产总值")) {
            "增速可能按可比价格计算，而水平值为现价；基期数据也可能经过调整"
        } else {
            "基期数据可能经过调整，或统计口径不同"
        }),
    })
}

/// `比“十一五”末下降18％，年均下降3.9％`.
fn from_change(whole: &Stated<'_>, yearly: &Stated<'_>) -> Option<Doubt> {
    if !near(whole, yearly) || !is_rate(yearly) || !yearly.fields.average || whole.fields.average || whole.fields.bound != Bound::Exact {
        return None;
    }
    let hundred = Decimal::ONE_HUNDRED;
    let said = Range::of(whole.fields.value.0, Decimal::ONE);
    let ratio = match whole.fields.measure {
        MeasureKind::Growth if whole.fields.direction == Some(Direction::Down) => {
            Range { low: Decimal::ONE - said.high / hundred, high: Decimal::ONE - said.low / hundred }
        }
        MeasureKind::Growth => Range { low: Decimal::ONE + said.low / hundred, high: Decimal::ONE + said.high / hundred },
        // `增长1.5倍` is 2.5 times as much, and is also said of 1.5 times as much.
        MeasureKind::Multiple => Range { low: said.low, high: said.high + Decimal::ONE },
        _ => return None,
    };
    let base = whole.fields.base.as_deref().and_then(|text| period::find(text, 0, text.len(), None).first()?.period.last_year())?;
    let years = u32::from(whole.fields.period.last_year()?.checked_sub(base)?);
    if !(2..=10).contains(&years) || same_direction(whole, yearly).is_none() {
        return None;
    }
    let one = Range { low: Decimal::ONE, high: Decimal::ONE };
    let implied = ratio.yearly_from(one, years)?;
    if implied.meets(rate(yearly, yearly.fields.bound)) {
        return None;
    }
    let inferred = implied.middle().abs().round_dp(yearly.fields.value.0.scale().max(1)).normalize();
    Some(Doubt {
        severity: Severity::Warning,
        message: format!("{years}年累计变化{}，年均应为{inferred}%左右，文中为{}", whole.printed(), yearly.printed()),
        sides: vec![join(whole, yearly), whole.span(), yearly.span()],
        numbers: vec![whole.figure("文中所述累计变化"), yearly.figure("文中所述年均变化"), figure("推算年均变化", inferred, Some("%"))],
        benign: Some("年均变化也可能按总变化除以年数计算，或按可比价格计算"),
    })
}

fn same_direction(a: &Stated<'_>, b: &Stated<'_>) -> Option<()> {
    let down = |s: &Stated<'_>| s.fields.direction == Some(Direction::Down);
    (down(a) == down(b)).then_some(())
}

#[cfg(test)]
mod tests {
    use crate::audit::tests::findings;
    use crate::record::Severity;

    const HEAD: &str = "某市工业发展规划\n\n二○一二年一月十三日\n\n";

    #[test]
    fn a_level_now_and_a_level_then() {
        let text = format!(
            "{HEAD}一、发展基础\n\n　　2010年，全市工业企业实现主营业务收入1000亿元。\n\n二、发展目标\n\n　　到2015年，全市工业实现主营业务收入1800亿元，年均增长15％。\n"
        );
        let found = findings("growth-arithmetic", &text);
        assert!(matches!(&found[..], [(Severity::Warning, message)] if message.contains("12.5%")), "{found:?}");
        let fits = text.replace("1800", "2000");
        assert_eq!(findings("growth-arithmetic", &fits), []);
    }

    #[test]
    fn the_whole_and_the_yearly_change() {
        let fits = format!("{HEAD}一、发展目标\n\n　　到2015年，全市单位产值能耗比2010年下降18％，年均下降3.9％。\n");
        assert_eq!(findings("growth-arithmetic", &fits), []);
        let off = fits.replace("3.9", "5.9");
        assert_eq!(findings("growth-arithmetic", &off).len(), 1);
    }
}
