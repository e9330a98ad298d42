//! Which bodies does a sentence name? `由省财政厅会同省发改委、人民银行哈尔滨中心支行制定` names three.

use std::sync::LazyLock;

use super::{Class, LEVEL_WORDS, REGISTRY, read};
use crate::lexicon::place::{self, Match, Place};
use crate::lexicon::words::Words;

/// A body that a text names; `text[start..end]` is the name as printed (bytes).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// First byte of the name.
    pub start: usize,
    /// The byte after the name.
    pub end: usize,
    /// Its full official name; `None` where the text doesn't say of which region it is (`省财政厅` without a province).
    pub canonical: Option<String>,
}

/// The parts of the patterns, parted at the mark for the region.
struct Parts {
    /// Before the mark: 人民银行 of `人民银行^中心支行`.
    heads: Words<()>,
    /// After the mark: 财政厅 of `~财政厅`.
    tails: Words<()>,
    /// Names that stand without a region, and whether only a body of the centre bears them: 财政部, not 发改委.
    bare: Words<bool>,
    levels: Words<()>,
}

static PARTS: LazyLock<Parts> = LazyLock::new(|| {
    let registry = &*REGISTRY;
    let mut parts = Parts {
        heads: Words::default(),
        tails: Words::default(),
        bare: Words::default(),
        levels: LEVEL_WORDS.iter().map(|&word| (word, ())).collect(),
    };
    for row in &registry.local {
        for name in row.names() {
            let marked = name.split_once(['~', '^']);
            if let Some((head, _)) = marked
                && !head.is_empty()
            {
                parts.heads.meaning_or(head, || ());
            }
            parts.tails.meaning_or(marked.map_or(name, |(_, tail)| tail), || ());
            if marked.is_none() && row.class == Class::Government && name.chars().count() >= 3 {
                parts.bare.meaning_or(name, || false);
            }
        }
    }
    for row in &registry.national {
        for name in row.names() {
            parts.bare.meaning_or(name, || true);
        }
    }
    parts
});

/// The bodies of the table that a text names, from left to right, the longest name at each point.
///
/// `region` is the province or city that the text is about, by name; level words and bare names are read for it.
pub fn find_in(text: &str, region: Option<&str>) -> Vec<Named> {
    let parts = &*PARTS;
    let places = place::find_within(text, region.and_then(place::by_name));
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        if let Some(len) = name_len(parts, text, at, &places, region) {
            found.push(Named { start: at, end: at + len, canonical: read(&rest[..len], region).map(|body| body.full()) });
            at += len;
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    found
}

/// How many places a name may pile up: 黑龙江省哈尔滨市南岗区.
const DEPTH: usize = 3;

/// The length of the longest name that begins at `at`.
fn name_len(parts: &Parts, text: &str, at: usize, places: &[Match], region: Option<&str>) -> Option<usize> {
    let rest = &text[at..];
    let bare = parts.bare.each_starting(rest).find(|&(_, &central)| central || is_boundary(text, at)).map(|(name, _)| name.len());
    let heads = parts.heads.each_starting(rest).map(|(head, ())| head.len());
    let marked = heads.chain(std::iter::once(0)).filter_map(|head| marked_len(parts, text, at, head, places, region)).max();
    bare.max(marked)
}

/// The length of the longest name at `at` whose region is marked after `head` bytes: `团|省|委`, `|黑龙江|银监局`.
fn marked_len(parts: &Parts, text: &str, at: usize, head: usize, places: &[Match], region: Option<&str>) -> Option<usize> {
    let mark = at + head;
    // 黑龙江省哈尔滨市财政局: the last of the places that follow each other bears the body.
    let mut ends: Vec<(usize, Option<&'static Place>)> = Vec::new();
    let mut end = mark;
    let first = places.partition_point(|place| place.start < mark);
    for place in places[first..].iter().take(DEPTH) {
        if place.start != end {
            break;
        }
        end = place.end;
        ends.push((end, Some(place.place)));
    }
    let level = parts.levels.starting(&text[mark..]);
    if let Some((word, ())) = level
        && (head > 0 || is_level_here(text, at, word))
    {
        ends.push((mark + word.len(), None));
    }
    ends.into_iter()
        .filter_map(|(end, place)| {
            let names = parts.tails.each_starting(&text[end..]).map(|(tail, ())| end + tail.len() - at);
            let mut names = names.filter(|&len| {
                let name = &text[at..at + len];
                read(name, region).is_some_and(|body| body.region.is_some())
                    || (place.is_none() && region.is_none() && is_pattern(text, at, mark, end, len))
            });
            names.next()
        })
        .max()
}

/// Whether the table knows the name once its level word is marked: `省|财政厅` → `~财政厅`.
fn is_pattern(text: &str, at: usize, mark: usize, end: usize, len: usize) -> bool {
    let pattern = format!("{}~{}", &text[at..mark], &text[end..at + len]);
    REGISTRY.by_pattern.contains_key(&pattern)
}

/// Whether a level word begins a name here and doesn't end another word: `由市财政局`, not 城市 or 园区.
fn is_level_here(text: &str, at: usize, word: &str) -> bool {
    word.chars().count() > 1 || word == "省" || is_boundary(text, at)
}

/// Whether a name may begin here: after punctuation or a word that joins, `会同市财政局`, `原农业厅`.
fn is_boundary(text: &str, at: usize) -> bool {
    const BEFORE: &str = "由和及与向经报请在从对将至以同合送给到为是按照据交并或如即被让使令受归原各";
    text[..at].chars().next_back().is_none_or(|before| !is_han(before) || BEFORE.contains(before))
}

fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, region: Option<&str>) -> Vec<String> {
        find_in(text, region)
            .into_iter()
            .map(|named| {
                let printed = &text[named.start..named.end];
                named.canonical.map_or(format!("{printed}?"), |full| format!("{printed}={full}"))
            })
            .collect()
    }

    #[test]
    fn a_sentence_names_its_bodies() {
        assert_eq!(
            found("由省财政厅会同省发改委、人民银行哈尔滨中心支行和团省委制定", Some("黑龙江省")),
            [
                "省财政厅=黑龙江省财政厅",
                "省发改委=黑龙江省发展和改革委员会",
                "人民银行哈尔滨中心支行=中国人民银行哈尔滨中心支行",
                "团省委=共青团黑龙江省委",
            ]
        );
        assert_eq!(
            found("财政部、发展改革委和黑龙江省哈尔滨市财政局", None),
            ["财政部=财政部", "发展改革委=国家发展和改革委员会", "黑龙江省哈尔滨市财政局=哈尔滨市财政局",]
        );
    }

    #[test]
    fn without_a_region_a_level_word_still_makes_a_name() {
        assert_eq!(found("省财政厅负责", None), ["省财政厅?"]);
    }

    #[test]
    fn a_level_word_inside_another_is_none() {
        for text in ["园区管委会", "城市管理水平", "社区教育", "全省统计工作"] {
            assert_eq!(found(text, Some("萧山区")), Vec::<String>::new(), "{text}");
        }
    }
}
