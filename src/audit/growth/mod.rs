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

use super::{Doubt, Paper, Stated};
use crate::audit::precision::Range;
use crate::lexicon::unit;
use crate::mention::quantity::Bound;
use crate::record::MeasureKind;
use crate::text::{Cover, Original, Span};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, HashMap};

/// All readings.
pub(super) fn check(paper: &Paper<'_>) -> Vec<Doubt> {
    let levels = Levels::of(paper);
    let mut found = sentence::check(paper);
    // One change is doubted once, by the closest reading.
    let mut doubted = Cover::default();
    doubted.extend(found.iter().flat_map(|doubt| doubt.sides.iter().copied()));
    for doubt in yearly::check(paper, &levels).into_iter().chain(since::check(paper, &levels)).chain(share::check(paper)) {
        if !doubt.sides.first().is_some_and(|place| doubted.meets(*place)) {
            doubted.extend(doubt.sides.iter().copied());
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

/// The levels that a change may start from, by topic and year.
struct Levels<'p>(HashMap<String, BTreeMap<u16, OfYear<'p>>>);

/// The levels of one topic and year.
struct OfYear<'p> {
    /// The first without a bound.
    exact: Option<Stated<'p>>,
    last: Stated<'p>,
}

impl<'p> Levels<'p> {
    fn of(paper: &'p Paper<'_>) -> Self {
        let mut levels: HashMap<String, BTreeMap<u16, OfYear<'p>>> = HashMap::new();
        for stated in paper.quantities().filter(is_level) {
            let Some(year) = stated.year() else { continue };
            let of_topic = levels.entry(stated.topic()).or_default();
            let of_year = of_topic.entry(year).or_insert(OfYear { exact: None, last: stated });
            of_year.last = stated;
            of_year.exact = of_year.exact.or_else(|| (stated.fields.bound == Bound::Exact).then_some(stated));
        }
        Self(levels)
    }

    /// The latest level of the same topic before `year`, read before or after it.
    fn before(&self, of: &Stated<'_>, year: u16) -> Option<Stated<'p>> {
        self.0.get(&of.topic())?.range(..year).next_back().map(|(_, levels)| levels.last)
    }

    /// The level of the same topic in a year, where it is stated without a bound.
    fn in_year(&self, of: &Stated<'_>, year: u16) -> Option<Stated<'p>> {
        self.0.get(&of.topic())?.get(&year)?.exact
    }
}

/// Whether a change may start from it.
fn is_level(stated: &Stated<'_>) -> bool {
    let fields = stated.fields;
    let named = fields.subject.is_some() && fields.indicator.is_some();
    named && fields.measure == MeasureKind::Level && fields.value_max.is_none() && !is_sum(stated)
}

fn join(a: &Stated<'_>, b: &Stated<'_>) -> Span<Original> {
    a.span().join(b.span())
}
