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
use std::collections::HashMap;

pub(super) fn check(paper: &Paper<'_>) -> Vec<Doubt> {
    let all: Vec<Stated<'_>> = paper.quantities().collect();
    let mut wholes: HashMap<String, Vec<&Stated<'_>>> = HashMap::new();
    for stated in all.iter().filter(|s| s.fields.measure == MeasureKind::Level && s.fields.bound == Bound::Exact) {
        wholes.entry(plain(&stated.topic())).or_default().push(stated);
    }
    (0..all.len()).filter_map(|k| check_share(&all, k, &wholes)).collect()
}

/// How far back in the text the part of a share may stand, in code points: its own sentence or the one before.
const REACH: usize = 120;

fn check_share(all: &[Stated<'_>], k: usize, wholes: &HashMap<String, Vec<&Stated<'_>>>) -> Option<Doubt> {
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
    // Two wholes of one name: which is meant isn't told.
    let mut candidates = names_of_whole(whole, indicator)
        .into_iter()
        .filter_map(|name| wholes.get(&name))
        .flatten()
        .filter(|s| s.fields.period == part.fields.period && s.record.id != part.record.id);
    let total = *candidates.next().filter(|_| candidates.next().is_none())?;
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

/// What the whole that the share names may be called: `全省工业` with the indicator of the part, and alone where it ends with it
/// (`全省规模以上工业增加值`).
fn names_of_whole(whole: &str, indicator: &str) -> Vec<String> {
    let with_indicator = plain(&topic(Some(whole), Some(indicator)));
    let alone = plain(&topic(Some(whole), None));
    let complete = (whole.ends_with(indicator) || ends_alike(whole, indicator)) && alone != with_indicator;
    std::iter::once(with_indicator).chain(complete.then_some(alone)).collect()
}

/// Without the words that wholes are named with or without.
fn plain(text: &str) -> String {
    bare(text).replace("规模以上", "").replace("企业", "").replace('的', "")
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
