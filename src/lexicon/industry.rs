//! Of which industry? Names of industries with their other names, equal ones and close ones.
//!
//! `石化产业` is 石油化工产业; `煤化石化产业` is close to it.

use std::sync::LazyLock;

use super::tsv;
use super::words::Words;

const INDUSTRIES: &str = include_str!("industries.tsv");

/// How two names of industries or indicators stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// Two names of one thing: `GDP` and `地区生产总值`.
    Equal,
    /// Neighbours or part and whole: `绿色食品产业` and `食品工业`.
    Close,
}

/// A table of names with other names, a trailing `~` marking a close one.
pub(super) struct Names(Words<Vec<(&'static str, Relation)>>);

impl Names {
    pub(super) fn read(table: &'static str) -> Names {
        let mut words: Words<Vec<(&'static str, Relation)>> = Words::default();
        let mut add = |name: &'static str, head: &'static str, relation: Relation| {
            let heads = words.meaning_or(name, Vec::new);
            heads.push((head, relation));
            heads.sort_by_key(|&(_, relation)| relation);
        };
        for [head, others, _example] in tsv::rows(table) {
            add(head, head, Relation::Equal);
            for other in others.split(' ').filter(|other| !other.is_empty()) {
                match other.strip_suffix('~') {
                    Some(close) => add(close, head, Relation::Close),
                    None => add(other, head, Relation::Equal),
                }
            }
        }
        Names(words)
    }

    /// The heads of a name, equal ones first.
    pub(super) fn heads(&self, name: &str) -> &[(&'static str, Relation)] {
        self.0.get(name).map_or(&[], Vec::as_slice)
    }

    /// The longest known name at the end of `text`.
    pub(super) fn ending(&self, text: &str) -> Option<&'static str> {
        self.0.ending(text).map(|(name, _)| name)
    }

    /// The known names in `text`, from left to right, the longest at each point, with their first byte.
    pub(super) fn find_in(&self, text: &str) -> Vec<(usize, &'static str)> {
        self.0.find_in(text)
    }

    /// How two names stand to each other: through a head that they share.
    pub(super) fn relation(&self, one: &str, other: &str) -> Option<Relation> {
        if one == other {
            return Some(Relation::Equal);
        }
        self.heads(one)
            .iter()
            .flat_map(|&(head, first)| {
                self.heads(other).iter().filter(move |&&(known, _)| known == head).map(move |&(_, second)| first.max(second))
            })
            .min()
    }

    /// The names that share a head with `name`, with their relation to it, without `name` itself, in a fixed order.
    pub(super) fn others(&self, name: &str) -> Vec<(&'static str, Relation)> {
        let mut others: Vec<(&'static str, Relation)> = self
            .0
            .iter()
            .map(|(other, _)| other)
            .filter(|&other| other != name)
            .filter_map(|other| Some((other, self.relation(name, other)?)))
            .collect();
        others.sort_by_key(|&(other, relation)| (relation, other));
        others
    }
}

static NAMES: LazyLock<Names> = LazyLock::new(|| Names::read(INDUSTRIES));

/// The head name of an industry and how the name stands to it: `石化产业` → 石油化工产业, equal.
pub fn canonical(name: &str) -> Option<(&'static str, Relation)> {
    NAMES.heads(name).first().copied()
}

/// The industries that a text names, from left to right, the longest name at each point, as printed, with their first byte.
pub fn find_in(text: &str) -> Vec<(usize, &'static str)> {
    NAMES.find_in(text)
}

/// How two names of industries stand to each other; `None` where the table knows no relation.
pub fn relation(one: &str, other: &str) -> Option<Relation> {
    NAMES.relation(one, other)
}

/// Other names for an industry, equal ones first: for search.
pub fn others(name: &str) -> Vec<(&'static str, Relation)> {
    NAMES.others(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_industry_is_found_in_its_example() {
        for [head, others, example] in tsv::rows(INDUSTRIES) {
            assert!(find_in(example).iter().any(|&(_, name)| name == head), "{example}");
            assert_eq!(canonical(head), Some((head, Relation::Equal)), "{head}");
            for other in others.split(' ').filter(|other| !other.is_empty()) {
                let wanted = if other.ends_with('~') { Relation::Close } else { Relation::Equal };
                let name = other.trim_end_matches('~');
                assert!(relation(name, head).is_some_and(|relation| relation <= wanted), "{name} {head}");
            }
        }
    }

    #[test]
    fn neighbours_are_close_not_equal() {
        assert_eq!(relation("石化产业", "石油化工产业"), Some(Relation::Equal));
        assert_eq!(relation("绿色食品产业", "食品工业"), Some(Relation::Close));
        assert_eq!(relation("石化产业", "旅游业"), None);
        assert!(others("GDP").is_empty());
    }
}
