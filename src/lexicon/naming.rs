//! Does it read as a name? Words that names end with, and words that phrases begin with.
//!
//! `十大产业推进组办公室` reads as a unit by its 办公室, `完善工作机制` as a phrase by its 完善.

use std::sync::LazyLock;

use super::tsv;
use super::words::{ByKey, Words};
use crate::text::{AnyOf, closing_brackets};

const TABLE: &str = include_str!("words.tsv");

/// What a word tells of the text that begins or ends with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Class {
    /// Ends the name of a unit: 办公室.
    Unit,
    /// Ends like a unit and is none: 格局.
    NotUnit,
    /// Alone no name, though names end with it: 企业.
    Lone,
    /// Ends the name of a department of government: 厅.
    Department,
    /// Ends like a department and is none: 管委会.
    NotDepartment,
    /// Ends the name of an indicator: 覆盖率.
    Indicator,
    /// Ends like an indicator and is none: 效率.
    NotIndicator,
    /// Begins a phrase: 加强.
    Verb,
    /// What a government does with what it counts or measures: 新增 of `新增企业20家`.
    Doing,
    /// The same, but only at the start of a clause, since names hold it too: 孵化 of `孵化企业50家`, `孵化基地`.
    DoingFirst,
    /// Ends the name of what an indicator is of: 企业 of `规模以上企业|研发投入强度`.
    Bearer,
    /// Makes a clause of what it stands in: 会同.
    Inner,
    /// Begins a name though it begins with a verb: 发展改革.
    NameHead,
    /// Begins a name that has its level, or that stands for several bodies: 省, 有关.
    PlacedHead,
    /// Ends the name of a park, and is what a list calls parks: 产业园.
    Park,
    /// Ends the name of a park, but calls no list: 科创城.
    ParkAlone,
    /// Ends the name of a work: 水库.
    Work,
    /// Opens the name of a kind of works: 农村 of `农村公路`.
    WorkKind,
    /// Opens the name of a kind of parks: 特色 of `特色产业园`.
    ParkKind,
    /// Makes the names of kinds and isn't among the common words: 智算 of `智算产业园`.
    General,
}

static WORDS: LazyLock<ByKey<Class, Words<()>>> = LazyLock::new(|| {
    let mut words: ByKey<Class, Words<()>> = ByKey::default();
    for [word, class, _example] in tsv::rows(TABLE) {
        let Some(class) = read_class(class) else {
            panic!("words.tsv: {word} is of an unknown class: {class}");
        };
        words.entry(class).or_default().meaning_or(word, || ());
    }
    words
});

fn read_class(word: &str) -> Option<Class> {
    Some(match word {
        "unit" => Class::Unit,
        "not_unit" => Class::NotUnit,
        "lone" => Class::Lone,
        "department" => Class::Department,
        "not_department" => Class::NotDepartment,
        "indicator" => Class::Indicator,
        "not_indicator" => Class::NotIndicator,
        "inner" => Class::Inner,
        "verb" => Class::Verb,
        "doing" => Class::Doing,
        "doing_first" => Class::DoingFirst,
        "bearer" => Class::Bearer,
        "name_head" => Class::NameHead,
        "placed_head" => Class::PlacedHead,
        "park" => Class::Park,
        "park_alone" => Class::ParkAlone,
        "work" => Class::Work,
        "work_kind" => Class::WorkKind,
        "park_kind" => Class::ParkKind,
        "general" => Class::General,
        _ => return None,
    })
}

/// The words of a class, in the order of the table.
pub(super) fn words_of(class: Class) -> impl Iterator<Item = &'static str> {
    tsv::rows(TABLE).filter(move |[_, of, _]| read_class(of) == Some(class)).map(|[word, _, _]| word)
}

/// What the names of parks end with, and what lists call them: 产业园, 示范区.
pub static PARKS: LazyLock<Vec<&'static str>> = LazyLock::new(|| words_of(Class::Park).collect());
/// Where the names of parks end: at 产业园, 科创城, 园.
pub static PARK_ENDS: LazyLock<AnyOf> =
    LazyLock::new(|| AnyOf::new(words_of(Class::Park).chain(words_of(Class::ParkAlone)).chain(["园", "片区"])));
/// Where the names of works end: at 水库, 二期.
pub static WORK_ENDS: LazyLock<AnyOf> = LazyLock::new(|| AnyOf::new(words_of(Class::Work)));

/// Whether the text is called by what lists call parks: `云溪产业园`.
pub fn is_called_park(text: &str) -> bool {
    ends_with(text, Class::Park)
}

/// Whether the text ends as the names of parks do: `云溪科创城`.
pub fn ends_as_park(text: &str) -> bool {
    // 企业进校园, 普惠性幼儿园
    let garden = text.ends_with('园')
        && !["校园", "幼儿园", "家园", "花园", "乐园", "公园", "果园", "庄园", "梨园", "茶园", "陵园"]
            .iter()
            .any(|end| text.ends_with(end));
    // 云溪自贸试验区|鹿门片区, but 城南片区, a part of the town.
    let part = text.strip_suffix("片区").is_some_and(|own| ["试验区", "自贸区", "合作区", "示范区"].iter().any(|zone| own.contains(zone)));
    is_called_park(text) || ends_with(text, Class::ParkAlone) || garden || part
}

/// Whether the text ends as the names of works do: `云溪水库`.
pub fn ends_as_work(text: &str) -> bool {
    ends_with(text, Class::Work)
}

/// Whether the text opens as the names of kinds of works do: `农村公路`, `大型水库`.
pub fn opens_as_work_kind(text: &str) -> bool {
    starts_with(text, Class::WorkKind)
}

/// Whether the text opens as the names of kinds of parks do: `特色产业园`, `高新园区`.
pub fn opens_as_park_kind(text: &str) -> bool {
    starts_with(text, Class::ParkKind)
}

/// Whether the text ends with a word of the class.
pub(super) fn ends_with(text: &str, class: Class) -> bool {
    WORDS.get(&class).is_some_and(|words| words.ending(text).is_some())
}

fn starts_with(text: &str, class: Class) -> bool {
    WORDS.get(&class).is_some_and(|words| words.starting(text).is_some())
}

fn is_word(text: &str, class: Class) -> bool {
    WORDS.get(&class).is_some_and(|words| words.contains(text))
}

/// Whether a word of the class stands in the text, but not at its start: `省财政厅会同省农业厅`.
fn has_inside(text: &str, class: Class) -> bool {
    let after_first = text.chars().next().map_or(0, char::len_utf8);
    WORDS.get(&class).is_some_and(|words| !words.find_in(&text[after_first..]).is_empty())
}

/// The verb of doing that opens a text: 培育 of `培育行业技术中心`.
pub fn leading_verb_of_doing(text: &str) -> Option<&'static str> {
    let of = |class| Some(WORDS.get(&class)?.starting(text)?.0);
    of(Class::Doing).into_iter().chain(of(Class::DoingFirst)).max_by_key(|verb| verb.len())
}

/// The verb of doing that closes a text: 实现 of `装备工业实现`.
pub fn closing_verb_of_doing(text: &str) -> Option<&'static str> {
    WORDS.get(&Class::Doing)?.ending(text).map(|(verb, ())| verb)
}

/// The verbs of doing in a text, from left to right, with their first byte.
pub fn verbs_of_doing(text: &str) -> Vec<(usize, &'static str)> {
    WORDS.get(&Class::Doing).map(|words| words.find_in(text)).unwrap_or_default()
}

/// The words in a text that end the name of what an indicator is of, from left to right, with their first byte.
pub fn bearers_in(text: &str) -> Vec<(usize, &'static str)> {
    WORDS.get(&Class::Bearer).map(|words| words.find_in(text)).unwrap_or_default()
}

/// Reads like a name: no verb in front, no punctuation that parts clauses, no particle.
fn is_noun_like(text: &str) -> bool {
    const BREAKS: &[char] = &['，', '。', '；', '：', '！', '？', '“', '”', '《', '》', ',', ';', ':', '了', '并'];
    // 政府确定的盐业主管机构 is a unit all the same, 企业的主要部门 is none.
    let owned = match text.split_once('的') {
        Some((head, _)) => ["确定", "指定", "授权", "所属", "管理", "委托"].iter().any(|verb| head.ends_with(verb)),
        None => true,
    };
    owned
        && !text.starts_with(|c: char| c.is_ascii_digit())
        && !text.contains(BREAKS)
        && (!starts_with(text, Class::Verb) || starts_with(text, Class::NameHead))
}

/// Reads as the name of a unit by its words: `省内高校`, `各市（地）政府（行署）`.
pub(super) fn reads_like_unit(text: &str) -> bool {
    // 各市（地）政府（行署）: the bracket explains, what stands before it is the name.
    let bare = match closing_brackets(text) {
        Some((bare, _)) if !bare.is_empty() => bare,
        _ => text,
    };
    is_noun_like(text)
        && (ends_with(bare, Class::Unit) || ends_with(text, Class::Unit))
        && !ends_with(bare, Class::NotUnit)
        && !is_word(bare, Class::Lone)
        && !has_inside(bare, Class::Inner)
}

/// Reads as a department of government that takes a level word: `蚕业局`.
pub(super) fn reads_like_department(stem: &str) -> bool {
    (3..=12).contains(&stem.chars().count())
        && ends_with(stem, Class::Department)
        && !ends_with(stem, Class::NotDepartment)
        && !starts_with(stem, Class::PlacedHead)
        && is_noun_like(stem)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::{agency, coined, indicator};

    #[test]
    fn every_example_reads_as_its_class_says() {
        let mut wrong = Vec::new();
        for [word, class, example] in tsv::rows(TABLE) {
            let reads = match read_class(class).expect("a class") {
                Class::Unit | Class::NameHead => agency::looks_like_unit(example),
                Class::NotUnit | Class::Lone | Class::Verb | Class::Inner => !reads_like_unit(example),
                Class::Department => agency::is_department(example),
                Class::NotDepartment | Class::PlacedHead => !reads_like_department(example),
                Class::Doing | Class::DoingFirst => leading_verb_of_doing(example) == Some(word),
                Class::Bearer => bearers_in(example).last() == Some(&(0, word)),
                Class::Indicator => indicator::looks_like_indicator(example),
                Class::Park => is_called_park(example),
                Class::ParkAlone => ends_as_park(example) && !is_called_park(example),
                Class::Work => ends_as_work(example),
                Class::WorkKind => opens_as_work_kind(example) && ends_as_work(example),
                Class::ParkKind => opens_as_park_kind(example) && ends_as_park(example),
                Class::General => !coined::opens_coined(example),
                Class::NotIndicator => !indicator::looks_like_indicator(example),
            };
            if !reads || !example.contains(word) {
                wrong.push(format!("{word} ({class}): {example}"));
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn a_particle_parts_a_phrase_unless_the_unit_is_assigned() {
        assert!(reads_like_unit("市、县（市、区）政府确定的盐业主管机构"));
        assert!(!reads_like_unit("企业的主要部门"));
    }
}
