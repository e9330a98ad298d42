//! How exactly is a printed number meant? `44.3` stands for anything from 44.25 to 44.35.

use crate::mention::quantity::Bound;
use rust_decimal::Decimal;

/// All that a printed number may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    /// The least.
    pub low: Decimal,
    /// The most.
    pub high: Decimal,
}

impl Range {
    /// What rounding to the digits of `value` leaves open, each digit worth `factor` of the base unit.
    pub fn of(value: Decimal, factor: Decimal) -> Range {
        let half = Decimal::new(5, value.scale() + 1);
        Range { low: (value - half) * factor, high: (value + half) * factor }
    }

    /// The same with the words of its bound: `15％左右` a tenth either way, `35％以上` from there on.
    pub fn bounded(value: Decimal, factor: Decimal, bound: Bound) -> Range {
        let range = Range::of(value, factor);
        let far = Decimal::MAX / Decimal::from(1000);
        match bound {
            Bound::About => {
                let slack = (value * factor).abs() / Decimal::TEN;
                Range { low: range.low - slack, high: range.high + slack }
            }
            Bound::AtLeast | Bound::Over => Range { high: far, ..range },
            Bound::AtMost | Bound::Under => Range { low: -far, ..range },
            Bound::Exact | Bound::Range => range,
        }
    }

    /// Whether the two have a number in common.
    pub fn meets(self, other: Range) -> bool {
        self.low <= other.high && other.low <= self.high
    }

    /// `self / other` for positive numbers; None where the divisor may be 0.
    pub fn divided(self, other: Range) -> Option<Range> {
        (other.low > Decimal::ZERO && self.low >= Decimal::ZERO)
            .then(|| Some(Range { low: self.low.checked_div(other.high)?, high: self.high.checked_div(other.low)? }))
            .flatten()
    }

    /// The change from `other` to `self` in percent.
    pub fn growth_from(self, other: Range) -> Option<Range> {
        let ratio = self.divided(other)?;
        Some(Range { low: percent_of(ratio.low)?, high: percent_of(ratio.high)? })
    }

    /// The yearly change in percent that leads from `other` to `self` in `years`.
    pub fn yearly_from(self, other: Range, years: u32) -> Option<Range> {
        let ratio = self.divided(other)?;
        Some(Range { low: percent_of(root(ratio.low, years)?)?, high: percent_of(root(ratio.high, years)?)? })
    }

    /// Its middle.
    pub fn middle(self) -> Decimal {
        (self.low + self.high) / Decimal::TWO
    }
}

/// `1.118` is 11.8 % more.
fn percent_of(ratio: Decimal) -> Option<Decimal> {
    (ratio - Decimal::ONE).checked_mul(Decimal::ONE_HUNDRED)
}

/// The root of a number that is not negative, to ten digits, by halving.
pub fn root(number: Decimal, degree: u32) -> Option<Decimal> {
    if degree == 0 || number < Decimal::ZERO {
        return None;
    }
    let (mut low, mut high) = (Decimal::ZERO, number.max(Decimal::ONE));
    for _ in 0..60 {
        let middle = ((low + high) / Decimal::TWO).round_dp(14);
        let power = (0..degree).try_fold(Decimal::ONE, |product, _| product.checked_mul(middle));
        // Too large to hold is too large.
        if power.is_some_and(|power| power <= number) {
            low = middle;
        } else {
            high = middle;
        }
    }
    Some(low.round_dp(10))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn printed_digits_leave_half_of_the_last_open() {
        let range = Range::of(number("44.3"), Decimal::ONE);
        assert_eq!((range.low, range.high), (number("44.25"), number("44.35")));
        let range = Range::of(number("1.5"), number("10000"));
        assert_eq!((range.low, range.high), (number("14500"), number("15500")));
    }

    #[test]
    fn yearly_growth_is_the_root() {
        assert_eq!(root(number("32"), 5).map(|r| r.round_dp(6)), Some(number("2")));
        let yearly = Range::of(number("7000"), Decimal::ONE).yearly_from(Range::of(number("4004"), Decimal::ONE), 5).unwrap();
        assert_eq!(yearly.middle().round_dp(1), number("11.8"));
        let fall = Range::of(number("82"), Decimal::ONE).yearly_from(Range::of(number("100"), Decimal::ONE), 5).unwrap();
        assert_eq!(fall.middle().round_dp(1), number("-3.9"));
    }

    #[test]
    fn bounds_open_one_side() {
        let at_least = Range::bounded(number("35"), Decimal::ONE, Bound::AtLeast);
        assert!(at_least.meets(Range::of(number("50"), Decimal::ONE)));
        assert!(!at_least.meets(Range::of(number("30"), Decimal::ONE)));
    }
}
