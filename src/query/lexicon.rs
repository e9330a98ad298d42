//! The lexicon's names, for the places whose documents the index holds: `省发改委` is 黑龙江省发展和改革委员会 where they are.

use super::names::Names;
use crate::index::Index;
use crate::lexicon::{agency, place, unit};
use rust_decimal::Decimal;

/// Names out of the lexicon.
pub struct LexiconNames {
    /// The full names of the places whose documents are in the index.
    regions: Vec<String>,
}

impl LexiconNames {
    /// Names as documents of `regions` mean them.
    pub fn new(regions: Vec<String>) -> Self {
        LexiconNames { regions }
    }

    /// Names as the documents of `index` mean them.
    ///
    /// # Errors
    /// [`index::Error`](crate::index::Error) where its regions can't be read.
    pub fn of(index: &Index) -> Result<Self, crate::index::Error> {
        Ok(Self::new(index.values("region")?.into_keys().collect()))
    }
}

impl Names for LexiconNames {
    fn unit_aliases(&self, name: &str) -> Vec<String> {
        let regions = self.regions.iter().map(|r| Some(r.as_str())).chain([None]);
        let mut all: Vec<String> = regions.flat_map(|region| agency::aliases(name, region)).collect();
        all.sort();
        all.dedup();
        all
    }

    fn place_aliases(&self, name: &str) -> Vec<String> {
        place::by_name(name).map_or_else(Vec::new, |p| place::names_of(p).into_iter().map(str::to_owned).collect())
    }

    fn base_of(&self, unit_text: &str) -> Option<(Decimal, String)> {
        unit::canonical(Decimal::ONE, unit_text).map(|(value, base)| (value, base.to_owned()))
    }
}
