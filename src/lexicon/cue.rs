//! How is it meant? Words that bind a figure, qualify a promise, name a change or share out a task.
//!
//! `力争达到1.58万亿元以上`: 力争 is the modality, 达到 the verb of reaching, 以上 the bound (at least).

use std::sync::LazyLock;

use super::tsv;
use super::words::{ByKey, Words};

const CUES: &str = include_str!("cues.tsv");

/// What a cue word does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Class {
    /// Binds the figure before it: `90%以上`.
    BoundAfter,
    /// Binds the figure after it: `不低于90%`.
    BoundBefore,
    /// Stands between number and unit: `5000多人`.
    BoundInfix,
    /// Qualifies a commitment: `力争`, `约束性`.
    Modality,
    /// A change, with its direction: `增长`, `下降`.
    Change,
    /// Reaching a value: `达到`, `降至`.
    Reach,
    /// A multiple in itself: `翻一番`.
    Multiple,
    /// An average over years: `年均`.
    Average,
    /// What a change is compared with: `同比`.
    Compare,
    /// A sum: `累计`.
    Total,
    /// Leads a task: `牵头`.
    Lead,
    /// Supports a task: `配合`.
    Support,
    /// Bears a task, not said who leads: `负责`.
    Share,
    /// Leaves a list open: `等`.
    Open,
    /// A deadline that comes back: `每季度`.
    Recurring,
    /// A task without end: `长期坚持`.
    Ongoing,
}

/// What a bound says of the figure, as in `record::Bound`; without a figure of its own there is no `Exact` and no `Range`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Bound {
    /// 以上, 不低于: the figure included.
    AtLeast,
    /// 超过, 突破: beyond the figure.
    Over,
    /// 以内, 不超过: the figure included.
    AtMost,
    /// 低于: short of the figure.
    Under,
    /// 左右, 约.
    About,
}

/// Which way a change goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// 增长.
    Up,
    /// 下降.
    Down,
}

/// A cue word in one of its classes.
#[derive(Debug, PartialEq, Eq)]
pub struct Cue {
    /// The word.
    pub word: &'static str,
    /// What it does.
    pub class: Class,
    value: &'static str,
    /// A phrase with the word in it.
    pub example: &'static str,
}

impl Cue {
    /// How it binds a figure, if it does.
    pub fn bound(&self) -> Option<Bound> {
        match self.value {
            "at_least" => Some(Bound::AtLeast),
            "over" => Some(Bound::Over),
            "at_most" => Some(Bound::AtMost),
            "under" => Some(Bound::Under),
            "about" => Some(Bound::About),
            _ => None,
        }
    }

    /// Which way it changes a quantity, if it does.
    pub fn direction(&self) -> Option<Direction> {
        match self.value {
            "up" => Some(Direction::Up),
            "down" => Some(Direction::Down),
            _ => None,
        }
    }
}

struct Table {
    cues: Vec<Cue>,
    by_class: ByKey<Class, Words<u32>>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table { cues: Vec::new(), by_class: ByKey::default() };
    for [word, class, value, example] in tsv::rows(CUES) {
        let Some(class) = read_class(class) else {
            panic!("cues.tsv: {word} is of an unknown class: {class}");
        };
        let position = table.cues.len() as u32;
        table.by_class.entry(class).or_default().meaning_or(word, || position);
        table.cues.push(Cue { word, class, value, example });
    }
    table
});

fn read_class(word: &str) -> Option<Class> {
    Some(match word {
        "bound_after" => Class::BoundAfter,
        "bound_before" => Class::BoundBefore,
        "bound_infix" => Class::BoundInfix,
        "modality" => Class::Modality,
        "change" => Class::Change,
        "reach" => Class::Reach,
        "multiple" => Class::Multiple,
        "average" => Class::Average,
        "compare" => Class::Compare,
        "total" => Class::Total,
        "lead" => Class::Lead,
        "support" => Class::Support,
        "share" => Class::Share,
        "open" => Class::Open,
        "recurring" => Class::Recurring,
        "ongoing" => Class::Ongoing,
        _ => return None,
    })
}

/// All words of a class, in the order of the table.
pub fn words(class: Class) -> impl Iterator<Item = &'static Cue> {
    TABLE.cues.iter().filter(move |cue| cue.class == class)
}

fn class_words(class: Class) -> Option<&'static Words<u32>> {
    TABLE.by_class.get(&class)
}

fn cue_at(position: u32) -> Option<&'static Cue> {
    TABLE.cues.get(position as usize)
}

/// The cue of exactly this word and class.
pub fn by_word(class: Class, word: &str) -> Option<&'static Cue> {
    cue_at(*class_words(class)?.get(word)?)
}

/// The longest word of the class at the start of `text`: `以上，` → 以上.
pub fn starting(text: &str, class: Class) -> Option<&'static Cue> {
    let (_, &position) = class_words(class)?.starting(text)?;
    cue_at(position)
}

/// The longest word of the class at the end of `text`: `覆盖率不低于` → 不低于.
pub fn ending(text: &str, class: Class) -> Option<&'static Cue> {
    let (_, &position) = class_words(class)?.ending(text)?;
    cue_at(position)
}

/// The words of the class in `text`, from left to right, the longest at each point, with their first byte.
pub fn find_in(text: &str, class: Class) -> Vec<(usize, &'static Cue)> {
    let found = class_words(class).map_or_else(Vec::new, |words| words.find_in(text));
    found.into_iter().filter_map(|(at, word)| Some((at, by_word(class, word)?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_found_in_its_example() {
        for cue in &TABLE.cues {
            let known = find_in(cue.example, cue.class);
            assert!(known.iter().any(|(_, found)| found.word == cue.word), "{}: {}", cue.word, cue.example);
            assert_eq!(starting(cue.word, cue.class), Some(cue));
            assert_eq!(ending(cue.word, cue.class), Some(cue));
        }
    }

    #[test]
    fn values_are_bounds_and_directions() {
        for cue in &TABLE.cues {
            let valued = cue.bound().is_some() || cue.direction().is_some();
            assert_eq!(valued, !cue.value.is_empty(), "{}", cue.word);
        }
        let bound = |text| ending(text, Class::BoundBefore).and_then(Cue::bound);
        assert_eq!(bound("覆盖率不低于"), Some(Bound::AtLeast));
        assert_eq!(bound("主营业务收入超"), Some(Bound::Over));
        assert_eq!(bound("主营业务收入"), None);
    }

    #[test]
    fn no_word_stands_twice_in_a_class() {
        let known: usize = TABLE.by_class.values().map(|words| words.iter().count()).sum();
        assert_eq!(TABLE.cues.len(), known);
    }
}
