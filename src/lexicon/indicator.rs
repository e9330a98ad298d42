//! What is measured? Heads of indicators with their other names.
//!
//! `GDP` and `生产总值` are 地区生产总值; `合格碘盐覆盖率` is an indicator by its ending.

use std::sync::LazyLock;

use super::industry::Names;
pub use super::industry::Relation;
use super::naming::{self, Class};

const INDICATORS: &str = include_str!("indicators.tsv");

static NAMES: LazyLock<Names> = LazyLock::new(|| Names::read(INDICATORS));

/// The head name of an indicator and how the name stands to it: `GDP` → 地区生产总值, equal.
pub fn canonical(name: &str) -> Option<(&'static str, Relation)> {
    NAMES.heads(name).first().copied()
}

/// The indicator heads that a text names, from left to right, the longest at each point, as printed, with their first byte.
pub fn find_in(text: &str) -> Vec<(usize, &'static str)> {
    NAMES.find_in(text)
}

/// The longest indicator head that `text` ends with: `全省规模以上工业主营业务收入` → 主营业务收入.
pub fn ending(text: &str) -> Option<&'static str> {
    NAMES.ending(text)
}

/// Whether a phrase reads as the name of an indicator, by the table or by its ending: `合格碘盐覆盖率`.
pub fn looks_like_indicator(text: &str) -> bool {
    ending(text).is_some()
        || (text.chars().count() >= 2 && naming::ends_with(text, Class::Indicator) && !naming::ends_with(text, Class::NotIndicator))
}

/// How two names of indicators stand to each other; `None` where the table knows no relation.
pub fn relation(one: &str, other: &str) -> Option<Relation> {
    NAMES.relation(one, other)
}

/// Other names for an indicator, equal ones first: for search.
pub fn others(name: &str) -> Vec<(&'static str, Relation)> {
    NAMES.others(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::tsv;

    #[test]
    fn every_indicator_is_found_in_its_example() {
        for [head, names, example] in tsv::rows(INDICATORS) {
            assert!(find_in(example).iter().any(|&(_, name)| name == head), "{example}");
            assert_eq!(canonical(head), Some((head, Relation::Equal)), "{head}");
            for name in names.split(' ').filter(|name| !name.is_empty()) {
                let name = name.trim_end_matches('~');
                assert!(relation(name, head).is_some(), "{name} {head}");
            }
        }
    }

    #[test]
    fn an_ending_makes_an_indicator() {
        assert!(looks_like_indicator("合格碘盐覆盖率"));
        assert!(!looks_like_indicator("效率"));
        assert!(!looks_like_indicator("加强领导"));
        assert_eq!(ending("全省规模以上工业主营业务收入"), Some("主营业务收入"));
        assert_eq!(canonical("GDP"), Some(("地区生产总值", Relation::Equal)));
    }
}
