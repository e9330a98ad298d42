//! What else is it called? The seam to the lexicon: a unit is found by any of its names (`省发改委`, `省发展改革委`,
//! `黑龙江省发展和改革委员会`), an amount is compared in the base of its unit.

use rust_decimal::Decimal;

/// What the query language asks of a lexicon.
pub trait Names: Send + Sync {
    /// All names of the unit that `name` is one of, `name` itself left out or not; empty where it isn't known.
    fn unit_aliases(&self, name: &str) -> Vec<String>;

    /// The other names of a place (`大庆` → `大庆市`); empty where it isn't known.
    fn place_aliases(&self, name: &str) -> Vec<String>;

    /// How many of its base a unit of measure is, and the base: `公斤` → (0.001, `吨`).
    fn base_of(&self, unit: &str) -> Option<(Decimal, String)>;
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

    fn base_of(&self, _unit: &str) -> Option<(Decimal, String)> {
        None
    }
}
