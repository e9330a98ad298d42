//! Does a share fit its part and its whole?
//!
//! `实现主营业务收入1080亿元，占全省工业的10.4％` where `全省规模以上工业企业实现主营业务收入10186亿元`: 10.6 %.
//!
//! Innocent where the whole is counted more widely (规模以下 enterprises too).

use super::plain_level;
use crate::audit::precision::Range;
use crate::audit::{Doubt, Paper, Stated, bare, figure, topic};
use crate::mention::quantity::Bound;
use crate::record::{MeasureKind, Severity};
use rust_decimal::Decimal;

pub(super) fn check(paper: &Paper<'_>) -> Vec<Doubt> {
    let all: Vec<Stated<'_>> = paper.quantities().collect();
    (0..all.len()).filter_map(|k| check_share(&all, k)).collect()
}

/// How far back in the text the part of a share may stand, in code points: its own sentence or the one before.
const REACH: usize = 120;

fn check_share(all: &[Stated<'_>], k: usize) -> Option<Doubt> {
    let share = &all[k];
    let fields = share.fields;
    let plain = fields.measure == MeasureKind::Level && fields.unit.as_deref() == Some("%") && fields.bound == Bound::Exact;
    let (of, whole) = fields.indicator.as_deref().filter(|_| plain)?.split_once('占')?;
    let whole = whole.trim_end_matches("的比重").trim_end_matches("比重").trim_end_matches("的比例").trim_end_matches('的');
    let part = all[..k].iter().rev().take_while(|s| share.record.start - s.record.start <= REACH).find(|s| {
        s.fields.subject == fields.subject
            && plain_level(s).is_some_and(|(_, unit)| unit != "%")
            && (of.is_empty() || s.fields.indicator.as_deref() == Some(of))
    })?;
    let indicator = part.fields.indicator.as_deref()?;
    let candidates: Vec<&Stated<'_>> = all
        .iter()
        .filter(|s| {
            s.fields.measure == MeasureKind::Level
                && s.fields.bound == Bound::Exact
                && s.fields.period == part.fields.period
                && s.record.id != part.record.id
                && is_whole(s, whole, indicator)
        })
        .collect();
    // Two wholes of one name: which is meant isn't told.
    let [total] = candidates.as_slice() else { return None };
    let ((a, unit_a), (b, unit_b)) = (plain_level(part)?, plain_level(total)?);
    if unit_a != unit_b || part.fields.bound != Bound::Exact {
        return None;
    }
    let ratio = a.divided(b)?;
    let implied = Range { low: ratio.low * Decimal::ONE_HUNDRED, high: ratio.high * Decimal::ONE_HUNDRED };
    if implied.meets(Range::of(fields.value.0, Decimal::ONE)) {
        return None;
    }
    let inferred = implied.middle().round_dp(fields.value.0.scale().max(1)).normalize();
    Some(Doubt {
        severity: Severity::Warning,
        message: format!("{}占{}应为{inferred}%，文中为{}", part.printed(), total.printed(), share.printed()),
        sides: vec![share.span(), part.span(), total.span()],
        numbers: vec![part.figure("部分"), total.figure("整体"), share.figure("文中所述占比"), figure("推算占比", inferred, Some("%"))],
        benign: Some("整体的统计口径可能不同（如是否含规模以下企业）"),
    })
}

/// Whether `candidate` is the whole that the share names: `全省工业`, or `全省规模以上工业增加值` with its indicator.
fn is_whole(candidate: &Stated<'_>, whole: &str, indicator: &str) -> bool {
    let plain = |text: &str| bare(text).replace("规模以上", "").replace("企业", "").replace('的', "");
    let named = plain(&topic(candidate.fields.subject.as_deref(), candidate.fields.indicator.as_deref()));
    let whole_only = topic(Some(whole), None);
    let with_indicator = topic(Some(whole), Some(indicator));
    named == plain(&with_indicator) || (whole.ends_with(indicator) || ends_alike(whole, indicator)) && named == plain(&whole_only)
}

/// `全省规模以上工业增加值` ends with the last word of 工业增加值.
fn ends_alike(whole: &str, indicator: &str) -> bool {
    let tail: String = indicator.chars().rev().take(3).collect::<Vec<_>>().into_iter().rev().collect();
    tail.chars().count() == 3 && whole.ends_with(&tail)
}

#[cfg(test)]
mod tests {
    use crate::audit::tests::findings;

    #[test]
    fn a_part_and_its_whole() {
        let text = "某省工业发展规划\n\n二○一二年一月十三日\n\n一、发展基础\n\n　　2010年，全省规模以上工业企业实现主营业务收入10000亿元。2010年，全省新兴产业实现主营业务收入1080亿元，占全省工业的10.4％。\n";
        let found = findings("growth-arithmetic", text);
        assert!(matches!(&found[..], [(_, message)] if message.contains("10.8%")), "{found:?}");
        assert_eq!(findings("growth-arithmetic", &text.replace("10.4", "10.8")), []);
    }
}
