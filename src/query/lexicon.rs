//! The lexicon's names, for the places whose documents the index holds: `省发改委` is 黑龙江省发展和改革委员会 where they are.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{LazyLock, PoisonError, RwLock};

use rust_decimal::Decimal;

use super::names::Names;
use crate::index::Index;
use crate::lexicon::place::{Place, Rank};
use crate::lexicon::{agency, indicator, place, unit};

/// Names out of the lexicon.
pub struct LexiconNames {
    /// The full names of the places whose documents are in the index.
    regions: Vec<String>,
    /// The names of units that were asked for: to gather them, each name is read as the documents of each place mean it.
    units: RwLock<HashMap<String, Vec<String>>>,
}

/// How many units' names are kept.
const KEPT: usize = 4096;

impl LexiconNames {
    /// Names as documents of `regions` mean them.
    pub fn new(regions: Vec<String>) -> Self {
        LexiconNames { regions, units: RwLock::default() }
    }

    /// Names as the documents of `index` mean them.
    ///
    /// # Errors
    /// [`index::Error`](crate::index::Error) where its regions can't be read.
    pub fn of(index: &Index) -> Result<Self, crate::index::Error> {
        Ok(Self::new(index.values("region")?.into_keys().collect()))
    }
}

/// The short names of provinces and of cities that are no ordinary words.
static LANDMARKS: LazyLock<Vec<(&'static str, u8)>> = LazyLock::new(|| {
    let wide = place::all().iter().filter(|one| matches!(one.rank, Rank::Province | Rank::Prefecture) && !one.short.is_empty());
    let sure = wide.filter(|one| place::find_in(one.short).first().is_some_and(|found| found.certain));
    sure.filter_map(|one| Some((one.short, province_number(one)?))).collect()
});

/// The number of a place's province: the first two digits of its code.
fn province_number(place: &'static Place) -> Option<u8> {
    place.code.get(..2)?.parse().ok()
}

impl Names for LexiconNames {
    fn unit_aliases(&self, name: &str) -> Vec<String> {
        if let Some(known) = self.units.read().unwrap_or_else(PoisonError::into_inner).get(name) {
            return known.clone();
        }
        let regions = || self.regions.iter().map(|r| Some(r.as_str())).chain([None]);
        let mut all: Vec<String> = regions().flat_map(|region| agency::aliases(name, region)).collect();
        all.sort();
        all.dedup();
        // 江西省财政厅 is one body, which a text of another province doesn't mean by 省财政厅; 省财政厅 may be any province's.
        if let Some(body) = agency::canonical(name, None) {
            all.retain(|alias| regions().all(|region| agency::canonical(alias, region).is_none_or(|other| other == body)));
        }
        let mut units = self.units.write().unwrap_or_else(PoisonError::into_inner);
        if units.len() >= KEPT {
            units.clear();
        }
        units.insert(name.to_owned(), all.clone());
        all
    }

    fn place_aliases(&self, name: &str) -> Vec<String> {
        place::by_name(name).map_or_else(Vec::new, |p| place::names_of(p).into_iter().map(str::to_owned).collect())
    }

    fn is_place(&self, word: &str) -> bool {
        place::by_name(word).is_some()
    }

    fn places(&self, text: &str) -> Vec<Range<usize>> {
        place::find_in(text).into_iter().filter(|found| found.certain).map(|found| found.start..found.end).collect()
    }

    fn indicator(&self, text: &str) -> Option<(Range<usize>, Vec<&'static str>)> {
        let upper = text.to_ascii_uppercase(); // the table has GDP, a folded question gdp
        indicator::find_in(&upper).into_iter().find_map(|(start, name)| {
            let equal = indicator::others(name).into_iter().filter(|other| other.1 == indicator::Relation::Equal).map(|other| other.0);
            let mut names: Vec<&'static str> = equal.collect();
            // What holds another of the names is found by that one.
            let all = names.clone();
            names.retain(|one| !one.contains(name) && !all.iter().any(|other| other != one && one.contains(other)));
            (!names.is_empty()).then_some((start..start + name.len(), names))
        })
    }

    fn provinces(&self, text: &str) -> Vec<u8> {
        place::find_in(text).into_iter().filter(|found| found.certain).filter_map(|found| province_number(found.place)).collect()
    }

    fn landmarks(&self) -> &[(&'static str, u8)] {
        &LANDMARKS
    }

    fn base_of(&self, unit_text: &str) -> Option<(Decimal, String)> {
        unit::canonical(Decimal::ONE, unit_text).map(|(value, base)| (value, base.to_owned()))
    }

    fn units(&self) -> &[&'static str] {
        unit::names()
    }
}
