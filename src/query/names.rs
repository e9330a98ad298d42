//! What else is it called? The seam to the lexicon: a unit is found by any of its names (`省发改委`, `省发展改革委`,
//! `黑龙江省发展和改革委员会`), an amount is compared in the base of its unit.

use std::ops::Range;

use rust_decimal::Decimal;

/// What the query language asks of a lexicon.
pub trait Names: Send + Sync {
    /// All names of the unit that `name` is one of, `name` itself left out or not; empty where it isn't known.
    fn unit_aliases(&self, name: &str) -> Vec<String>;

    /// The other names of a place (`大庆` → `大庆市`); empty where it isn't known.
    fn place_aliases(&self, name: &str) -> Vec<String>;

    /// Whether a word is the name of a place.
    fn is_place(&self, word: &str) -> bool {
        !self.place_aliases(word).is_empty()
    }

    /// Where a text names places that its words alone tell, in bytes, from left to right.
    fn places(&self, _text: &str) -> Vec<Range<usize>> {
        Vec::new()
    }

    /// Where a text names an indicator that has other names, in bytes, and these: `GDP` of `云溪GDP目标` is 生产总值 too.
    fn indicator(&self, _text: &str) -> Option<(Range<usize>, Vec<&'static str>)> {
        None
    }

    /// The provinces that a text names, or in which places lie that it names, each by a number.
    fn provinces(&self, text: &str) -> Vec<u8>;

    /// Names that tell of which province a text speaks, each with its number: `浙江`, `杭州` → 33.
    fn landmarks(&self) -> &[(&'static str, u8)];

    /// How many of its base a unit of measure is, and the base: `公斤` → (0.001, `吨`).
    fn base_of(&self, unit: &str) -> Option<(Decimal, String)>;

    /// The units of measure that are known; empty where any word may be one.
    fn units(&self) -> &[&'static str] {
        &[]
    }
}

/// A lexicon that knows no names: each name is found as it is written.
pub struct NoNames;

impl Names for NoNames {
    fn unit_aliases(&self, _name: &str) -> Vec<String> {
        Vec::new()
    }

    fn place_aliases(&self, _name: &str) -> Vec<String> {
        Vec::new()
    }

    fn provinces(&self, _text: &str) -> Vec<u8> {
        Vec::new()
    }

    fn landmarks(&self) -> &[(&'static str, u8)] {
        &[]
    }

    fn base_of(&self, _unit: &str) -> Option<(Decimal, String)> {
        None
    }
}
