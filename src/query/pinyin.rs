//! Which agency or place is spelled in Latin letters? `heilongjiang` and `hlj` are 黑龙江, `sfgw` is 省发改委. Asked only where a
//! query holds Latin letters that no text holds; the spellings are made then.

use std::collections::HashMap;
use std::sync::LazyLock;

use pinyin::ToPinyinMulti;

use crate::lexicon::{agency, place};

/// Names by their spellings.
#[derive(Default)]
pub struct Spellings {
    names: HashMap<String, Vec<String>>,
}

/// How many spellings a name has at most: 重庆 has two, a name of many such characters would have hundreds.
const MANY: usize = 8;
/// What stands before the name of a body of some level: 省 in 省发改委.
const LEVELS: [&str; 4] = ["省", "市", "县", "区"];

impl Spellings {
    /// The spellings of the lexicon's agencies and places.
    pub fn of_lexicon() -> &'static Self {
        static ALL: LazyLock<Spellings> = LazyLock::new(|| {
            let mut all = Spellings::default();
            for one in place::all() {
                all.put(one.short);
                all.put(one.name);
            }
            for name in agency::names() {
                all.put(name);
                LEVELS.iter().filter(|level| !name.starts_with(**level)).for_each(|level| all.put(&format!("{level}{name}")));
            }
            all
        });
        &ALL
    }

    /// The spellings of these names.
    pub fn of<'n>(names: impl IntoIterator<Item = &'n str>) -> Self {
        let mut all = Self::default();
        names.into_iter().for_each(|name| all.put(name));
        all
    }

    fn put(&mut self, name: &str) {
        for spelling in spellings(name) {
            let names = self.names.entry(spelling).or_default();
            if !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
        }
    }

    /// The names with this spelling: whole (`heilongjiang`) or initials alone (`hlj`).
    pub fn names(&self, latin: &str) -> &[String] {
        self.names.get(latin).map_or(&[], Vec::as_slice)
    }
}

/// How a word is looked up: small letters without the marks that part syllables (`xi'an`); `None` for what spells nothing.
pub fn latin(word: &str) -> Option<String> {
    let plain: String = word.chars().filter(|c| !matches!(c, '\'' | '’')).map(|c| c.to_ascii_lowercase()).collect();
    (plain.len() > 1 && plain.bytes().all(|b| b.is_ascii_lowercase())).then_some(plain)
}

/// The spellings of a name of Chinese characters: whole, and by initials.
fn spellings(name: &str) -> Vec<String> {
    let (mut whole, mut initials) = (vec![String::new()], vec![String::new()]);
    for c in name.chars() {
        let Some(readings) = c.to_pinyin_multi() else { return Vec::new() };
        let mut plain: Vec<String> = readings.into_iter().map(|one| one.plain().replace('ü', "v")).collect();
        plain.dedup();
        let mut first: Vec<String> = plain.iter().map(|one| one.chars().take(1).collect()).collect();
        first.sort_unstable();
        first.dedup();
        whole = longer(&whole, &plain);
        initials = longer(&initials, &first);
    }
    if name.chars().nth(1).is_none() {
        return Vec::new();
    }
    whole.extend(initials);
    whole
}

fn longer(begun: &[String], next: &[String]) -> Vec<String> {
    let mut longer: Vec<String> = next.iter().flat_map(|next| begun.iter().map(move |begun| format!("{begun}{next}"))).collect();
    longer.truncate(MANY);
    longer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_by_their_spellings_and_initials() {
        let all = Spellings::of_lexicon();
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
            assert!(all.names(latin).iter().any(|known| known == name), "{latin} is not {name} but {:?}", all.names(latin));
        }
        assert!(all.names("erp").is_empty() || !all.names("erp").iter().any(|name| name.contains("企业")));
    }

    #[test]
    fn only_letters_spell() {
        assert_eq!(latin("Xi'an").as_deref(), Some("xian"));
        assert_eq!(latin("C4"), None);
        assert_eq!(latin("省fgw"), None);
        assert_eq!(latin("a"), None);
    }
}
