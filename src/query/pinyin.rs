//! Which agency or place is spelled in Latin letters? `heilongjiang` and `hlj` are 黑龙江, `sfgw` is 省发改委. Asked only where a
//! query holds Latin letters that no text holds; the names are gone through then, and no table of spellings is made.

use std::iter::once;

use pinyin::ToPinyinMulti;

use crate::lexicon::{agency, place};

/// What stands before the name of a body of some level: 省 in 省发改委.
const LEVELS: [char; 4] = ['省', '市', '县', '区'];

/// The lexicon's agencies and places that are spelled so.
pub fn names(latin: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for one in place::all() {
        names.extend([one.short, one.name].into_iter().filter(|name| spells(latin, name.chars())).map(str::to_owned));
    }
    for name in agency::names() {
        if spells(latin, name.chars()) {
            names.push(name.to_owned());
        }
        let of_level = LEVELS.into_iter().filter(|level| !name.starts_with(*level) && spells(latin, once(*level).chain(name.chars())));
        names.extend(of_level.map(|level| format!("{level}{name}")));
    }
    names.sort_unstable();
    names.dedup();
    names
}

/// Whether a name is spelled so: whole (`heilongjiang`) or by initials alone (`hlj`). A character may have several readings (重庆).
pub fn spells(latin: &str, name: impl Iterator<Item = char> + Clone) -> bool {
    name.clone().nth(1).is_some() && (whole(latin, name.clone()) || initials(latin, name))
}

/// How a word is looked up: small letters without the marks that part syllables (`xi'an`); `None` for what spells nothing.
pub fn latin(word: &str) -> Option<String> {
    let plain: String = word.chars().filter(|c| !matches!(c, '\'' | '’')).map(|c| c.to_ascii_lowercase()).collect();
    (plain.len() > 1 && plain.bytes().all(|b| b.is_ascii_lowercase())).then_some(plain)
}

fn whole(latin: &str, mut name: impl Iterator<Item = char> + Clone) -> bool {
    let Some(c) = name.next() else { return latin.is_empty() };
    c.to_pinyin_multi().is_some_and(|readings| {
        readings.into_iter().any(|one| {
            let plain = one.plain();
            let rest = if plain.contains('ü') { latin.strip_prefix(&plain.replace('ü', "v")) } else { latin.strip_prefix(plain) };
            rest.is_some_and(|rest| whole(rest, name.clone()))
        })
    })
}

fn initials(latin: &str, mut name: impl Iterator<Item = char> + Clone) -> bool {
    let begins = |c: char, letter: char| c.to_pinyin_multi().is_some_and(|all| all.into_iter().any(|one| one.plain().starts_with(letter)));
    latin.chars().all(|letter| name.next().is_some_and(|c| begins(c, letter))) && name.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_by_their_spellings_and_initials() {
        for (latin, name) in [
            ("heilongjiang", "黑龙江"),
            ("hlj", "黑龙江"),
            ("chongqing", "重庆"),
            ("xian", "西安"),
            ("haerbin", "哈尔滨"),
            ("sfgw", "省发改委"),
            ("fgw", "发改委"),
            ("caizhengting", "财政厅"),
            ("sczt", "省财政厅"),
        ] {
            assert!(names(latin).iter().any(|known| known == name), "{latin} is not {name} but {:?}", names(latin));
        }
        assert!(!spells("hljs", "黑龙江".chars()) && !spells("hl", "黑龙江".chars()) && !spells("s", "省".chars()));
    }

    #[test]
    fn only_letters_spell() {
        assert_eq!(latin("Xi'an").as_deref(), Some("xian"));
        assert_eq!(latin("C4"), None);
        assert_eq!(latin("省fgw"), None);
        assert_eq!(latin("a"), None);
    }
}
