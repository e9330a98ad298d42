//! Does a sentence that gives both ends and the change between them fit together?
//!
//! `由“十五”末的200户增加到“十一五”末的300户，增长40％`: 50 %. `达到260亿元，比2015年的100亿元增长120％`: 160 %.
//!
//! Innocent where the change is in constant prices (增加值, 产值, incomes), and where words leave room (`近50％`).

use super::level;
use crate::audit::precision::Range;
use crate::audit::{Doubt, Paper, figure, printed};
use crate::layout::{Block, Kind};
use crate::lexicon::unit;
use crate::mention::period;
use crate::mention::quantity::{self, Bound, Quantity};
use crate::record::Severity;
use crate::text::{Folded, Span};
use regex::Regex;
use rust_decimal::Decimal;
use std::sync::LazyLock;

static LEAD: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?:由|从)[^，。；由从]{0,18}$").expect("the pattern of a change's start is well formed"));
static TO: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)^[^，。；、0-9]{0,6}(?:增加|增长|提高|提升|上升|扩大|发展|增|升|(?<down>下降|降低|减少|缩小|压缩|压减|降|减))
        (?:到了?|至|为)(?:[^，。；、0-9]|(?:19|20)[0-9]{2}年){0,14}$",
    )
    .expect("the pattern of a change's end is well formed")
});
static BY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)^[，；,（(、]?(?:累计|共|总计|净|平均)?(?<yearly>年均)?(?:累计)?
        (?<way>增长|增加|提高|提升|上升|增幅|扩大|(?<down>下降|降低|减少|降幅|缩小))(?:了|到了|为|达到?)?$",
    )
    .expect("the pattern of a change is well formed")
});
static THAN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[，,（(]?(?:比|较)(?:[^，。；0-9]|(?:19|20)[0-9]{2}年){0,16}$").expect("the pattern of a base is well formed")
});
static TIMES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[，,（(]?(?:约?是|为|相当于)(?:[^，。；0-9]|(?:19|20)[0-9]{2}年){0,16}$")
        .expect("the pattern of a multiple's base is well formed")
});

/// Figures whose growth is counted in constant prices, so that the levels of two years lead elsewhere.
const CONSTANT_PRICES: &[&str] =
    &["增加值", "生产总值", "GDP", "产值", "可支配收入", "纯收入", "人均收入", "居民收入", "可比价", "实际增长"];

pub(super) fn check(paper: &Paper<'_>) -> Vec<Doubt> {
    let blocks = paper.document.outline.blocks.iter().filter(|b| matches!(b.kind, Kind::Paragraph | Kind::Heading));
    blocks.flat_map(|block| check_block(block, paper.document.year())).collect()
}

/// Two levels and the change from the one to the other, as one sentence states them.
struct Change<'t> {
    from: &'t Quantity,
    to: &'t Quantity,
    by: &'t Quantity,
    /// From the first word of the first level to the end of the change.
    whole: Span<Folded>,
    /// The two levels.
    levels: Span<Folded>,
    /// `增长`, `减少`; empty for so many times as much.
    way: &'t str,
    down: bool,
    yearly: bool,
}

fn check_block(block: &Block, issued: Option<u16>) -> Vec<Doubt> {
    let text = block.reading.text();
    // The words of a change, or of so many times as much: most paragraphs have none.
    if !text.contains(['增', '提', '升', '扩', '降', '减', '缩', '倍']) {
        return Vec::new();
    }
    let mut all = quantity::find(text, 0, text.len());
    all.retain(|q| !matches!(q.unit.as_str(), "年" | "月" | "日"));
    let changes = all.windows(3).filter_map(|w| from_to(text, w).or_else(|| more_than(text, w)).or_else(|| times_of(text, w)));
    changes.filter_map(|change| check_change(block, issued, &change)).collect()
}

/// `由200户增加到300户，增长40％`.
fn from_to<'t>(text: &'t str, quantities: &'t [Quantity]) -> Option<Change<'t>> {
    let [from, to, by] = quantities else { return None };
    let lead = LEAD.find(&text[..from.span.start])?;
    let reached = TO.captures(text.get(from.end..to.at)?)?;
    let change = BY.captures(text.get(to.span.end..by.at)?)?;
    let down = change.name("down").is_some();
    (reached.name("down").is_some() == down).then(|| Change {
        from,
        to,
        by,
        whole: Span::new(lead.start(), by.span.end),
        levels: Span::new(lead.start(), to.span.end),
        way: change.name("way").map_or("", |m| m.as_str()),
        down,
        yearly: change.name("yearly").is_some(),
    })
}

/// `达到260亿元，比2015年的100亿元增长120％`.
fn more_than<'t>(text: &'t str, quantities: &'t [Quantity]) -> Option<Change<'t>> {
    let [to, from, by] = quantities else { return None };
    THAN.find(text.get(to.span.end..from.at)?)?;
    let change = BY.captures(text.get(from.end..by.at)?)?;
    Some(Change {
        from,
        to,
        by,
        whole: Span::new(to.span.start, by.span.end),
        levels: Span::new(to.span.start, from.end),
        way: change.name("way").map_or("", |m| m.as_str()),
        down: change.name("down").is_some(),
        yearly: change.name("yearly").is_some(),
    })
}

/// `达到260亿元，是2015年100亿元的3.5倍`.
fn times_of<'t>(text: &'t str, quantities: &'t [Quantity]) -> Option<Change<'t>> {
    let [to, from, by] = quantities else { return None };
    TIMES.find(text.get(to.span.end..from.at)?)?;
    let plain = by.unit == "倍" && matches!(text.get(from.end..by.at)?, "的" | "的近" | "的约");
    plain.then(|| Change {
        from,
        to,
        by,
        whole: Span::new(to.span.start, by.span.end),
        levels: Span::new(to.span.start, from.end),
        way: "",
        down: false,
        yearly: false,
    })
}

fn check_change(block: &Block, issued: Option<u16>, change: &Change<'_>) -> Option<Doubt> {
    let text = block.reading.text();
    let Change { from, to, by, .. } = change;
    let plain = |q: &Quantity| q.value_max.is_none() && q.bound.is_none_or(|b| b == Bound::Exact);
    if !plain(from) || !plain(to) || by.value_max.is_some() || from.chinese || to.chinese {
        return None;
    }
    // `由400增加到500亿元`: the first end takes the unit of the second.
    let from_unit = if from.unit.is_empty() { &to.unit } else { &from.unit };
    let ((a, base_a), (b, base_b)) = (level(from.value, from_unit)?, level(to.value, &to.unit)?);
    if base_a != base_b {
        return None;
    }
    let years = if change.yearly { Some(years_between(text, change.whole.start, by.at, issued)?) } else { None };
    let (computed, said) = computed(a, b, base_a, change, years)?;
    if computed.meets(said) {
        return None;
    }
    let inferred = computed.middle().abs().round_dp(by.value.scale().max(1)).normalize();
    let yearly = if change.yearly { "年均" } else { "" };
    let way = if change.way.is_empty() { "的" } else { change.way };
    let way = way.replace("增幅", "增长").replace("降幅", "下降");
    let benign = if by.bound.is_some_and(|b| b != Bound::Exact) {
        Some("文中的变化为约数")
    } else if base_a == "%"
        && by.unit == "%"
        && !change.yearly
        && said.meets(signed(Range { low: b.low - a.high, high: b.high - a.low }, change.down))
    {
        Some("“%”疑为“个百分点”")
    } else if base_a == "元" && by.unit == "%" && in_constant_prices(text, change.whole) {
        Some("增幅可能按可比价格计算，而两端为现价")
    } else {
        None
    };
    let locate = |span| block.reading.locate(span);
    Some(Doubt {
        severity: if benign.is_some() { Severity::Warning } else { Severity::Error },
        message: format!(
            "由{}到{}应为{yearly}{way}{}，文中为{}",
            printed(from.value, Some(from_unit)),
            printed(to.value, Some(&to.unit)),
            printed(inferred, Some(&by.unit)),
            printed(by.value, Some(&by.unit)),
        ),
        sides: vec![locate(change.whole), locate(change.levels), locate(Span::new(change.levels.end, by.span.end))],
        numbers: vec![
            figure("起点", from.value, Some(from_unit)),
            figure("终点", to.value, Some(&to.unit)),
            figure("文中所述", by.value, Some(&by.unit)),
            figure("推算", inferred, Some(&by.unit)),
        ],
        benign,
    })
}

/// Whether the clause, or the one before it, names a figure whose growth is counted in constant prices.
fn in_constant_prices(text: &str, whole: Span<Folded>) -> bool {
    let sentence = text[..whole.start].rfind(['。', '；']).map_or(0, |at| at + "。".len());
    let before = text[sentence..whole.start].trim_end_matches(['，', '、']);
    let clause = before.rfind(['，', '、']).map_or(0, |at| at + "，".len());
    CONSTANT_PRICES.iter().any(|word| before[clause..].contains(word) || text[whole.range()].contains(word))
}

fn signed(range: Range, down: bool) -> Range {
    if down { Range { low: -range.high, high: -range.low } } else { range }
}

/// What the change should be and what the text says it is, both in the unit of the change; `of` is the base of the levels' unit.
fn computed(from: Range, to: Range, of: &str, change: &Change<'_>, years: Option<u32>) -> Option<(Range, Range)> {
    let (by, down) = (change.by, change.down);
    let bound = by.bound.unwrap_or(Bound::Exact);
    match by.unit.as_str() {
        "%" => {
            let growth = match years {
                Some(years) => to.yearly_from(from, years)?,
                None => to.growth_from(from)?,
            };
            Some((signed(growth, down), Range::bounded(by.value, Decimal::ONE, bound)))
        }
        "倍" if change.way.is_empty() => Some((to.divided(from)?, Range::bounded(by.value, Decimal::ONE, bound))),
        "倍" if !down && years.is_none() => {
            let growth = to.growth_from(from)?;
            let times = Range { low: growth.low / Decimal::ONE_HUNDRED, high: growth.high / Decimal::ONE_HUNDRED };
            // `增长3倍` is also said of what is three times as much.
            let loose = Range { high: times.high + Decimal::ONE, ..times };
            Some((loose, Range::bounded(by.value, Decimal::ONE, bound)))
        }
        unit => {
            let points = matches!(unit, "个百分点" | "百分点");
            let (one, base) = if points { (Decimal::ONE, "%") } else { unit::canonical(Decimal::ONE, unit)? };
            let share = one * Decimal::from(years.unwrap_or(1));
            let difference = Range { low: (to.low - from.high) / share, high: (to.high - from.low) / share };
            // A difference in another unit (`由200家增加到300家，增加5亿元`) is of something else.
            (base == of).then(|| (signed(difference, down), Range::bounded(by.value, Decimal::ONE, bound)))
        }
    }
}

fn years_between(text: &str, from: usize, to: usize, issued: Option<u16>) -> Option<u32> {
    let years: Vec<u16> = period::find(text, from, to, issued).iter().filter_map(|p| p.period.last_year()).collect();
    match years.as_slice() {
        [first, last] if first < last => Some(u32::from(last - first)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::audit::tests::findings;
    use crate::record::Severity;

    #[test]
    fn both_ends_and_the_change() {
        let found = findings("growth-arithmetic", "企业由200户增加到300户，增长40％。");
        assert_eq!(found, [(Severity::Error, "由200户到300户应为增长50%，文中为40%".to_owned())]);
        let found = findings("growth-arithmetic", "销量由2005年的100万台提高到2010年的200万台，年均增长20％。");
        assert_eq!(found.len(), 1, "{found:?}");
        for silent in [
            "企业由2723户增加到4895户，增长79.8％。",
            "企业由200户增加到300户，增长50％以上。",
            "比重由35％提高到48％，提高13个百分点。",
            "全市产值由2005年的100亿元提高到2010年的200亿元，年均增长14.9％。",
            "能耗由1.5吨下降到1.2吨，下降20％。",
            "产值由100亿元提高到约200亿元，增长50％。",
            "企业由200户增加到300户，投资增长40％。",
        ] {
            assert_eq!(findings("growth-arithmetic", silent), [], "{silent}");
        }
    }
}
