//! Do changes fit the levels that they lead from and to?
//!
//! `由200户增加到300户，增长40％` is 50 %. Four readings, a file each: in one sentence ([`sentence`]), a level now and a level then
//! against the yearly growth ([`yearly`]), against the change since a year ([`since`]), a share against its two numbers ([`share`]).
//!
//! Silent where rounding of the printed digits explains the difference, where a bound (`以上`, `左右`) covers it, and where
//! either number is missing.

mod sentence;
mod share;
mod since;
mod yearly;

use super::{Doubt, Paper, Stated, topic};
use crate::audit::precision::Range;
use crate::lexicon::unit;
use crate::record::MeasureKind;
use crate::text::{Original, Span};
use rust_decimal::Decimal;

/// All readings.
pub(super) fn check(paper: &Paper<'_>) -> Vec<Doubt> {
    let mut found = sentence::check(paper);
    // One change is doubted once, by the closest reading.
    for doubt in yearly::check(paper).into_iter().chain(since::check(paper)).chain(share::check(paper)) {
        let known = |known: &Doubt| known.sides.iter().any(|side| doubt.sides.first().is_some_and(|place| side.meets(*place)));
        if !found.iter().any(known) {
            found.push(doubt);
        }
    }
    found
}

/// What a number in `unit` may mean in the base of its unit, and that base.
fn level(value: Decimal, printed_unit: &str) -> Option<(Range, &'static str)> {
    let (one, base) = unit::canonical(Decimal::ONE, printed_unit)?;
    Some((Range::of(value, one), base))
}

/// The level that a record states, where it states one plainly.
fn plain_level(stated: &Stated<'_>) -> Option<(Range, &'static str)> {
    let fields = stated.fields;
    let plain = fields.measure == MeasureKind::Level && fields.value_max.is_none();
    plain.then(|| level(fields.value.0, fields.unit.as_deref()?)).flatten()
}

/// Whether the record sums over several years: `累计完成`.
fn is_sum(stated: &Stated<'_>) -> bool {
    stated.fields.period.is_span() || ["累计", "合计", "共计", "总计"].iter().any(|word| stated.record.quote.contains(word))
}

/// The latest level of the same topic before `year`, read before or after it.
fn level_before<'p>(paper: &'p Paper<'_>, of: &Stated<'_>, year: u16) -> Option<Stated<'p>> {
    paper.quantities().filter(|s| s.year().is_some_and(|y| y < year) && is_level_of(s, of)).max_by_key(super::Stated::year)
}

/// Whether `candidate` is a level of the topic of `of` that a change may start from.
fn is_level_of(candidate: &Stated<'_>, of: &Stated<'_>) -> bool {
    let (a, b) = (candidate.fields, of.fields);
    !is_sum(candidate)
        && a.measure == MeasureKind::Level
        && a.value_max.is_none()
        && a.subject.is_some()
        && a.indicator.is_some()
        && topic(a.subject.as_deref(), a.indicator.as_deref()) == topic(b.subject.as_deref(), b.indicator.as_deref())
}

fn join(a: &Stated<'_>, b: &Stated<'_>) -> Span<Original> {
    a.span().join(b.span())
}
