//! Does a change since a year fit the levels that the document gives for both years?
//!
//! `2011年完成3500亿元` and `2012年完成4900亿元，同比增长40％`: 40 %. `达到260亿元，是2005年的2倍` against `2005年100亿元`: 2.6.
//!
//! Innocent where growth is counted in constant prices or over the same enterprises (可比口径).

use super::{Levels, join, plain_level};
use crate::audit::precision::Range;
use crate::audit::{Doubt, Paper, Stated, figure};
use crate::mention::period;
use crate::mention::quantity::Bound;
use crate::record::{Direction, MeasureKind, Severity};
use rust_decimal::Decimal;

pub(super) fn check(paper: &Paper<'_>, levels: &Levels<'_>) -> Vec<Doubt> {
    let all: Vec<Stated<'_>> = paper.quantities().collect();
    all.windows(2).filter_map(|w| check_pair(levels, &w[0], &w[1])).collect()
}

/// A level and the change that its sentence goes on with.
fn check_pair(levels: &Levels<'_>, level: &Stated<'_>, change: &Stated<'_>) -> Option<Doubt> {
    let fields = change.fields;
    let near = change.record.start >= level.record.end && change.record.start - level.record.end <= 4;
    let kind = matches!(fields.measure, MeasureKind::Growth | MeasureKind::Multiple);
    if !near || !kind || fields.average || fields.value_max.is_some() || super::is_sum(level) || level.fields.bound != Bound::Exact {
        return None;
    }
    let year = level.year()?;
    let since = since(fields.base.as_deref()?, year)?;
    let (now, unit) = plain_level(level)?;
    let base = levels.in_year(level, since)?;
    let (then, base_unit) = plain_level(&base)?;
    if unit != base_unit {
        return None;
    }
    let growth = now.growth_from(then)?;
    let said = Range::bounded(fields.value.0, Decimal::ONE, fields.bound);
    let (implied, unit) = match fields.measure {
        MeasureKind::Growth if fields.direction == Some(Direction::Down) => (Range { low: -growth.high, high: -growth.low }, "%"),
        MeasureKind::Growth => (growth, "%"),
        _ => {
            let times = now.divided(then)?;
            // `增长3倍` is four times as much, and is also said of three times.
            let added = if fields.direction.is_some() { Decimal::ONE } else { Decimal::ZERO };
            (Range { low: times.low - added, high: times.high }, "倍")
        }
    };
    if implied.meets(said) {
        return None;
    }
    let inferred = implied.middle().round_dp(fields.value.0.scale().max(1)).normalize();
    Some(Doubt {
        severity: Severity::Warning,
        message: format!(
            "{since}年为{}，{year}年为{}，推算变化为{inferred}{unit}，文中为{}",
            base.printed(),
            level.printed(),
            change.printed()
        ),
        sides: vec![join(level, change), base.span()],
        numbers: vec![
            base.figure(&format!("{since}年")),
            level.figure(&format!("{year}年")),
            change.figure("文中所述"),
            figure("推算", inferred, Some(unit)),
        ],
        benign: Some("增速可能按可比口径或可比价格计算"),
    })
}

/// The year that a change of `year` is compared with: 同比 and 上年 are the year before.
fn since(base: &str, year: u16) -> Option<u16> {
    if ["同比", "上年", "去年", "上一年", "环比"].iter().any(|word| base.contains(word)) {
        return (!base.contains("环比")).then(|| year.checked_sub(1)).flatten();
    }
    let named = period::find(base, 0, base.len(), None).first()?.period.clone();
    (!named.is_span()).then(|| named.last_year()).flatten().filter(|since| *since < year)
}

#[cfg(test)]
mod tests {
    use crate::audit::tests::findings;

    #[test]
    fn a_year_and_the_year_before() {
        let text = "某市工业发展方案\n\n二○一一年一月十三日\n\n一、发展目标\n\n　　2011年，全市完成工业投资3500亿元。2012年，全市完成工业投资4900亿元，同比增长40％。\n";
        assert_eq!(findings("growth-arithmetic", text), []);
        let off = text.replace("40％", "30％");
        let found = findings("growth-arithmetic", &off);
        assert!(matches!(&found[..], [(_, message)] if message.contains("40%")), "{found:?}");
    }
}
