//! What do named things share? The industry of the heading above them, the place in their name, the lists they stand in.

use super::Document;
use crate::layout::Block;
use crate::lexicon::place::{self, Rank};
use crate::mention::list::{self, List};

/// The kind of record that a list's head noun asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListKind {
    /// 重点项目, 工程.
    Project,
    /// 园区, 基地, 开发区.
    Park,
    /// 领域, 产业链, 联盟 and every other.
    Focus,
}

/// The kind that a head noun names.
pub fn kind_of(head: &str) -> ListKind {
    if list::PARK_HEADS.iter().any(|noun| head.ends_with(noun)) {
        ListKind::Park
    } else if list::PROJECT_HEADS.iter().any(|noun| head.ends_with(noun)) {
        ListKind::Project
    } else {
        ListKind::Focus
    }
}

/// The lists of all prose, each with its block.
pub fn lists<'a>(document: &'a Document<'_>) -> impl Iterator<Item = (&'a Block, &'a List)> {
    document.prose().flat_map(|(block, sentences)| sentences.iter().flat_map(|(_, lists)| lists).map(move |l| (block, l)))
}

/// The industry of the nearest heading that names one: `（1）新材料产业`.
pub fn industry(document: &Document<'_>, section: Option<usize>) -> Option<String> {
    document.outline.path(section).iter().rev().map(|s| s.heading.as_str()).find(|h| is_industry(h)).map(str::to_owned)
}

/// Whether a heading is the name of an industry and nothing more.
pub fn is_industry(heading: &str) -> bool {
    const ENDINGS: &[&str] = &["产业", "工业", "业", "经济", "制造", "装备", "材料", "能源", "医药"];
    const VERBS: &[char] = &[
        '，', '推', '加', '促', '发', '提', '强', '优', '实', '培', '做', '壮', '构', '打', '建', '着', '大', '深', '支', '引', '坚', '完',
        '以',
    ];
    let length = heading.chars().count();
    (2..=14).contains(&length) && ENDINGS.iter().any(|e| heading.ends_with(e)) && !heading.starts_with(VERBS) && !heading.contains('，')
}

/// The city or county that a name tells, as printed; a province alone is no place of a park or project.
pub fn place_in(document: &Document<'_>, name: &str) -> Option<String> {
    place::find_within(name, document.front.region)
        .into_iter()
        .find(|m| !matches!(m.place.rank, Rank::Region | Rank::System) && (m.place.rank != Rank::Province || m.place.is_municipality()))
        .map(|m| name[m.start..m.end].to_owned())
}
