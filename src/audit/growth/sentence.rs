//! Does a sentence that gives both ends and the change between them fit together?
//!
//! `由“十五”末的200户增加到“十一五”末的300户，增长40％`: 50 %.

use super::level;
use crate::audit::precision::Range;
use crate::audit::{Doubt, Paper, figure, printed};
use crate::layout::{Block, Kind};
use crate::mention::period;
use crate::mention::quantity::{self, Bound, Quantity};
use crate::record::Severity;
use crate::text::Span;
use regex::Regex;
use rust_decimal::Decimal;
use std::sync::LazyLock;

static LEAD: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?:由|从)[^，。；由从]{0,18}$").expect("the pattern of a change's start is well formed"));
static TO: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:[^，。；、]{0,6})(?<way>增加|增长|提高|提升|上升|扩大|发展|增至|升至|升|增|下降|降低|减少|缩小|压缩|降|减)(?:到了?|至|为)[^，。；、0-9]{0,14}$")
        .expect("the pattern of a change's end is well formed")
});
static BY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[，；,（(]?(?:累计|共|总计|净|平均)?(?<yearly>年均)?(?:累计)?(?<way>增长|增加|提高|提升|上升|增幅达?到?|增幅为|扩大|下降|降低|减少|降幅达?到?|降幅为|缩小)(?:了|到了)?$")
        .expect("the pattern of a change is well formed")
});

pub(super) fn check(paper: &Paper<'_>) -> Vec<Doubt> {
    let blocks = paper.document.outline.blocks.iter().filter(|b| matches!(b.kind, Kind::Paragraph | Kind::Heading));
    blocks.flat_map(|block| check_block(block, paper.document.year())).collect()
}

fn check_block(block: &Block, issued: Option<u16>) -> Vec<Doubt> {
    let text = block.reading.text();
    let all = quantity::find(text, 0, text.len());
    all.windows(3).filter_map(|w| check_three(block, issued, &w[0], &w[1], &w[2])).collect()
}

/// `from`, `to` and the change `by` in one sentence.
fn check_three(block: &Block, issued: Option<u16>, from: &Quantity, to: &Quantity, by: &Quantity) -> Option<Doubt> {
    let text = block.reading.text();
    let lead = LEAD.find(&text[..from.span.start])?;
    let way = TO.captures(text.get(from.end..to.at)?)?;
    let change = BY.captures(text.get(to.span.end..by.at)?)?;
    let plain = |q: &Quantity| q.value_max.is_none() && q.bound.is_none_or(|b| b == Bound::Exact);
    if !plain(from) || !plain(to) || by.value_max.is_some() || from.chinese || to.chinese {
        return None;
    }
    let down = is_down(&way["way"]);
    if down != is_down(&change["way"]) {
        return None;
    }
    // `由400增加到500亿元`: the first end takes the unit of the second.
    let from_unit = if from.unit.is_empty() { &to.unit } else { &from.unit };
    let ((a, base_a), (b, base_b)) = (level(from.value, from_unit)?, level(to.value, &to.unit)?);
    if base_a != base_b {
        return None;
    }
    let years = match change.name("yearly") {
        Some(_) => Some(years_between(text, lead.start(), by.at, issued)?),
        None => None,
    };
    let (computed, said) = computed(a, b, by, years, down)?;
    if computed.meets(said) {
        return None;
    }
    let span = block.reading.locate(Span::new(lead.start(), by.span.end));
    let first = block.reading.locate(Span::new(lead.start(), to.span.end));
    let second = block.reading.locate(Span::new(to.span.end, by.span.end));
    let inferred = computed.middle().abs().round_dp(by.value.scale().max(1)).normalize();
    let yearly = if years.is_some() { "年均" } else { "" };
    let direction = if down { "下降" } else { "增长" };
    let about = by.bound.is_some_and(|b| b != Bound::Exact);
    Some(Doubt {
        severity: if about { Severity::Warning } else { Severity::Error },
        message: format!(
            "由{}到{}应为{yearly}{direction}{}，文中为{}",
            printed(from.value, Some(from_unit)),
            printed(to.value, Some(&to.unit)),
            printed(inferred, Some(&by.unit)),
            printed(by.value, Some(&by.unit)),
        ),
        sides: vec![span, first, second],
        numbers: vec![
            figure("起点", from.value, Some(from_unit)),
            figure("终点", to.value, Some(&to.unit)),
            figure("文中所述", by.value, Some(&by.unit)),
            figure("推算", inferred, Some(&by.unit)),
        ],
        benign: about.then_some("文中的增幅为约数"),
    })
}

/// What the change should be and what the text says it is.
fn computed(from: Range, to: Range, by: &Quantity, years: Option<u32>, down: bool) -> Option<(Range, Range)> {
    let sign = |r: Range| if down { Range { low: -r.high, high: -r.low } } else { r };
    let bound = by.bound.unwrap_or(Bound::Exact);
    match by.unit.as_str() {
        "%" => {
            let growth = match years {
                Some(years) => to.yearly_from(from, years)?,
                None => to.growth_from(from)?,
            };
            Some((sign(growth), Range::bounded(by.value, Decimal::ONE, bound)))
        }
        "倍" if !down && years.is_none() => {
            let growth = to.growth_from(from)?;
            let times = Range { low: growth.low / Decimal::ONE_HUNDRED, high: growth.high / Decimal::ONE_HUNDRED };
            // `增长3倍` is also said of what is three times as much.
            let loose = Range { high: times.high + Decimal::ONE, ..times };
            Some((loose, Range::bounded(by.value, Decimal::ONE, bound)))
        }
        unit if years.is_none() => {
            let base =
                if unit == "个百分点" || unit == "百分点" { Decimal::ONE } else { super::unit::canonical(Decimal::ONE, unit)?.0 };
            let difference = Range { low: to.low - from.high, high: to.high - from.low };
            let said = Range::bounded(by.value, base, bound);
            // A difference of another unit (`由200家增加到300家，增加5亿元`) is of something else.
            (said.middle().abs() <= (to.high.max(from.high)) * Decimal::TWO).then_some((sign(difference), said))
        }
        _ => None,
    }
}

fn years_between(text: &str, from: usize, to: usize, issued: Option<u16>) -> Option<u32> {
    let years: Vec<u16> = period::find(text, from, to, issued).iter().filter_map(|p| p.period.last_year()).collect();
    match years.as_slice() {
        [first, last] if first < last => Some(u32::from(last - first)),
        _ => None,
    }
}

fn is_down(way: &str) -> bool {
    way.starts_with(['下', '降', '减', '缩', '压'])
}

#[cfg(test)]
mod tests {
    use crate::audit::tests::findings;
    use crate::record::Severity;

    #[test]
    fn both_ends_and_the_change() {
        let found = findings("growth-arithmetic", "企业由200户增加到300户，增长40％。");
        assert_eq!(found, [(Severity::Error, "由200户到300户应为增长50%，文中为40%".to_owned())]);
        let found = findings("growth-arithmetic", "产值由2005年的100亿元提高到2010年的200亿元，年均增长20％。");
        assert_eq!(found.len(), 1, "{found:?}");
        for silent in [
            "企业由2723户增加到4895户，增长79.8％。",
            "企业由200户增加到300户，增长50％以上。",
            "比重由35％提高到48％，提高13个百分点。",
            "产值由2005年的100亿元提高到2010年的200亿元，年均增长14.9％。",
            "能耗由1.5吨下降到1.2吨，下降20％。",
            "产值由100亿元提高到约200亿元，增长50％。",
            "企业由200户增加到300户，投资增长40％。",
        ] {
            assert_eq!(findings("growth-arithmetic", silent), [], "{silent}");
        }
    }
}
