//! Where is it? Divisions of China down to the county, new areas, regions, and the signs of places in 文号.
//!
//! `支持黑龙江肇东市建设` names 肇东市 (231282), a county-level city below 绥化市 in 黑龙江省; `渝府办发` is signed by 重庆市.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::sync::LazyLock;

use super::tsv;
use super::words::ByKey;

const PLACES: &str = include_str!("places.tsv");
const REGIONS: &str = include_str!("regions.tsv");
const FORMER: &str = include_str!("former.tsv");
const SHIELDS: &str = include_str!("shields.tsv");
const SIGNS: &str = include_str!("signs.tsv");
const SIGN_TAILS: &str = include_str!("sign_tails.tsv");

/// What kind of place a name stands for, from wide to narrow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rank {
    /// A province, autonomous region, municipality (直辖市) or special administrative region: 黑龙江省.
    Province,
    /// A prefecture: 哈尔滨市, 大兴安岭地区, 延边朝鲜族自治州, 锡林郭勒盟.
    Prefecture,
    /// A county, county-level city, district or banner: 肇东市, 浦东新区.
    County,
    /// A development zone that the divisions list, or one as well known: 苏州工业园区.
    Zone,
    /// A state-level new area (国家级新区): 雄安新区.
    NewArea,
    /// A region of several divisions: 京津冀, 长江经济带.
    Region,
    /// A system that texts treat as a place: 农垦系统, 新疆生产建设兵团.
    System,
}

/// A place that policy texts name.
#[derive(Debug, PartialEq, Eq)]
pub struct Place {
    /// The six-digit division code (GB/T 2260), empty for places that are no divisions.
    pub code: &'static str,
    /// The full name: `黑龙江省`.
    pub name: &'static str,
    /// The short name: `黑龙江`; empty where there is none (宾县).
    pub short: &'static str,
    /// What kind of place it is.
    pub rank: Rank,
    /// Index into the atlas.
    parent: Option<u32>,
}

impl Place {
    /// The place's four municipalities have no prefecture between province and county: 北京, 天津, 上海, 重庆.
    pub fn is_municipality(&self) -> bool {
        self.rank == Rank::Province && self.name.ends_with('市')
    }

    /// The word by which its own documents mean all of it: 全市, 全州, 全旗.
    pub fn word_for_whole(&self) -> &'static str {
        match self.name {
            name if self.is_municipality() || name.ends_with('市') => "全市",
            name if name.ends_with('区') => "全区",
            name if name.ends_with('县') => "全县",
            name if name.ends_with('州') => "全州",
            name if name.ends_with('盟') => "全盟",
            name if name.ends_with('旗') => "全旗",
            _ => "全省",
        }
    }

    /// The place right above this one: 肇东市 → 绥化市 → 黑龙江省.
    pub fn parent(&self) -> Option<&'static Place> {
        ATLAS.places.get(self.parent? as usize)
    }

    /// Whether `other` stands anywhere above this place.
    pub fn lies_in(&self, other: &Place) -> bool {
        let mut above = self.parent();
        while let Some(place) = above {
            if std::ptr::eq(place, other) {
                return true;
            }
            above = place.parent();
        }
        false
    }
}

/// A place found in a text; `text[start..end]` is the name as printed (bytes).
#[derive(Debug, Clone, Copy)]
pub struct Match {
    /// First byte of the name.
    pub start: usize,
    /// The byte after the name.
    pub end: usize,
    /// The place named; for a former name (`双城市`) the present one (双城区).
    pub place: &'static Place,
    /// Whether the name alone fixes the place; `false` for 朝阳区, which several cities have, where nothing near decides.
    pub certain: bool,
}

/// A name and what it may stand for. `alone` names are read wherever they stand, others only right after a place above.
#[derive(Clone, Copy)]
struct Name {
    text: &'static str,
    /// Index into `places`; `SHIELD` for a word that hides a name (`大庆` in 重大庆典).
    place: u32,
    alone: bool,
}

const SHIELD: u32 = u32::MAX;

/// The characters of a name's first two places in one number: the key of the index.
fn key_of(text: &str) -> Option<u64> {
    let mut chars = text.chars();
    Some(u64::from(u32::from(chars.next()?)) << 32 | u64::from(u32::from(chars.next()?)))
}

struct Atlas {
    places: Vec<Place>,
    by_code: HashMap<&'static str, u32>,
    /// All names, those with one key together, longest first, wider places first.
    names: Vec<Name>,
    runs: ByKey<u64, (u32, u32)>,
    /// One bit for each first character of a name.
    firsts: Vec<u64>,
}

static ATLAS: LazyLock<Atlas> = LazyLock::new(Atlas::read);

impl Atlas {
    fn read() -> Atlas {
        let mut places = Vec::with_capacity(3600);
        let mut names = Vec::with_capacity(8000);
        let mut by_code: HashMap<&'static str, u32> = HashMap::with_capacity(3600);
        for [code, name, short, parent, rank, mark] in tsv::rows(PLACES) {
            let place = places.len() as u32;
            let rank = match rank {
                "p" => Rank::Province,
                "c" => Rank::Prefecture,
                "x" => Rank::County,
                _ => Rank::Zone,
            };
            by_code.insert(code, place);
            names.push(Name { text: name, place, alone: mark != "!" });
            if !short.is_empty() {
                names.push(Name { text: short, place, alone: mark.is_empty() });
            }
            places.push(Place { code, name, short, rank, parent: by_code.get(parent).copied() });
        }
        for [name, others, kind, parent, _example] in tsv::rows(REGIONS) {
            let place = places.len() as u32;
            for text in std::iter::once(name).chain(others.split(' ')) {
                if !text.is_empty() {
                    names.push(Name { text, place, alone: true });
                }
            }
            places.push(Place {
                code: "",
                name,
                short: "",
                rank: match kind {
                    "new_area" => Rank::NewArea,
                    "zone" => Rank::Zone,
                    "system" => Rank::System,
                    _ => Rank::Region,
                },
                parent: by_code.get(parent).copied(),
            });
        }
        for [text, code, _year, _example] in tsv::rows(FORMER) {
            names.push(Name { text, place: by_code[code], alone: true });
        }
        for [text, _example] in tsv::rows(SHIELDS) {
            names.push(Name { text, place: SHIELD, alone: true });
        }
        Atlas::index(places, by_code, names)
    }

    fn index(places: Vec<Place>, by_code: HashMap<&'static str, u32>, mut names: Vec<Name>) -> Atlas {
        names.sort_by_cached_key(|name| {
            let rank = places.get(name.place as usize).map(|place| place.rank);
            (key_of(name.text), std::cmp::Reverse(name.text.len()), name.text, rank, name.place)
        });
        let mut runs: ByKey<u64, (u32, u32)> = ByKey::with_capacity_and_hasher(names.len(), BuildHasherDefault::default());
        let mut firsts = vec![0u64; 0x1_0000 / 64];
        for (position, name) in names.iter().enumerate() {
            let Some(key) = key_of(name.text) else {
                continue;
            };
            let position = position as u32;
            runs.entry(key).or_insert((position, position)).1 = position + 1;
            let first = (key >> 32) as usize;
            if let Some(word) = firsts.get_mut(first / 64) {
                *word |= 1 << (first % 64);
            }
        }
        Atlas { places, by_code, names, runs, firsts }
    }

    /// The names that share the first two characters of `text`, longest first.
    fn names_at(&self, text: &str) -> &[Name] {
        let first = text.chars().next().map_or(0, u32::from) as usize;
        if self.firsts.get(first / 64).is_none_or(|word| word >> (first % 64) & 1 == 0) {
            return &[];
        }
        match key_of(text).and_then(|key| self.runs.get(&key)) {
            Some(&(from, to)) => &self.names[from as usize..to as usize],
            None => &[],
        }
    }

    fn place(&'static self, name: &Name) -> Option<&'static Place> {
        self.places.get(name.place as usize)
    }
}

/// What follows makes another word of the name's last character: `北京市场`, `朝阳区域`, `肇东县域`.
fn is_cut_short(name: &str, rest: &str) -> bool {
    let next = rest.chars().next();
    match name.chars().next_back() {
        Some('市') => next == Some('场'),
        Some('区') => matches!(next, Some('域' | '间' | '块' | '位' | '别')),
        Some('县') => matches!(next, Some('域' | '级')),
        _ => false,
    }
}

/// The places that a text names, from left to right, the longest name at each point: `哈尔滨市、齐齐哈尔市`.
///
/// A name that is also an ordinary word (和平, 富裕) is read only with its 县, 市 or 区, or right after a place above it (`哈尔滨双城`).
pub fn find_in(text: &str) -> Vec<Match> {
    find_within(text, None)
}

/// Whether a place opens the words: `云溪|经济开发区`.
pub fn opens(words: &str) -> bool {
    opens_within(words, None)
}

/// As [`opens`], for a text about `region`.
pub fn opens_within(words: &str, region: Option<&'static Place>) -> bool {
    find_within(words, region).first().is_some_and(|first| first.start == 0)
}

/// As [`find_in`], for a text about `region`: a name that several divisions share means the one in it.
pub fn find_within(text: &str, region: Option<&'static Place>) -> Vec<Match> {
    let atlas = &*ATLAS;
    let mut found: Vec<Match> = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        if let Some((len, choice)) = choose(atlas, rest, at, &found, region) {
            if let Some((place, certain)) = choice {
                found.push(Match { start: at, end: at + len, place, certain });
            }
            at += len;
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    found
}

/// The place of `region` that a name opens with, be its short name a word besides: `海东|零碳算力产业园` in a text about 青海省.
pub fn opening_within(name: &str, region: &'static Place) -> Option<Match> {
    let atlas = &*ATLAS;
    let known = atlas.names_at(name).iter().filter(|known| name.starts_with(known.text));
    let place = |known: &Name| atlas.place(known).filter(|place| place.lies_in(region) && place.rank != Rank::Province);
    known.filter_map(|known| Some(Match { start: 0, end: known.text.len(), place: place(known)?, certain: true })).max_by_key(|m| m.end)
}

type Choice = Option<(&'static Place, bool)>;

/// The longest name at the start of `rest` and the place it stands for; `None` inside for a shield.
fn choose(atlas: &'static Atlas, rest: &str, at: usize, found: &[Match], region: Option<&'static Place>) -> Option<(usize, Choice)> {
    let before = found.last().filter(|last| last.end == at);
    let mut names = atlas.names_at(rest);
    while let Some(head) = names.first() {
        let same = names.iter().take_while(|name| name.text == head.text).count();
        let (group, shorter) = names.split_at(same);
        names = shorter;
        let Some(tail) = rest.strip_prefix(head.text) else {
            continue;
        };
        if is_cut_short(head.text, tail) {
            continue;
        }
        if group.iter().any(|name| name.place == SHIELD) {
            return Some((head.text.len(), None));
        }
        if let Some(choice) = pick(atlas, group, before, found, region) {
            return Some((head.text.len(), Some(choice)));
        }
    }
    None
}

/// How many places before a shared name may decide it: a paragraph's, and a bound on the work.
const NEAR: usize = 32;

/// Which of the places that share a name is meant.
fn pick(atlas: &'static Atlas, group: &[Name], before: Option<&Match>, found: &[Match], region: Option<&'static Place>) -> Choice {
    let places = || group.iter().filter_map(|name| atlas.place(name));
    if let Some(before) = before
        && let Some(place) = places().find(|place| place.lies_in(before.place))
    {
        return Some((place, true));
    }
    let mut alone = group.iter().filter(|name| name.alone).filter_map(|name| atlas.place(name));
    let first = alone.next()?;
    // 甘南 is 甘南州 of 甘肃省, but in a text about 黑龙江省 the county below 齐齐哈尔市.
    if let Some(region) = region
        && !first.lies_in(region)
        && !region.lies_in(first)
        && !std::ptr::eq(first, region)
        && let Some(place) = places().find(|place| place.lies_in(region))
    {
        return Some((place, true));
    }
    let rivals = alone.any(|other| other.rank == first.rank);
    if !rivals {
        return Some((first, true));
    }
    let near = |place: &&Place| {
        region
            .into_iter()
            .chain(found.iter().rev().take(NEAR).map(|other| other.place))
            .any(|above| place.lies_in(above) || above.lies_in(place))
    };
    match places().find(near) {
        Some(place) => Some((place, true)),
        None => Some((first, false)),
    }
}

/// The place of exactly this name, full or short, present or former: `河北` and `河北省` → 河北省.
///
/// Of several the widest: `吉林` is the province, `吉林市` the city.
pub fn by_name(name: &str) -> Option<&'static Place> {
    let atlas = &*ATLAS;
    atlas.names_at(name).iter().filter(|known| known.text == name).find_map(|known| atlas.place(known))
}

/// The division of a six-digit code: `231282` → 肇东市.
pub fn by_code(code: &str) -> Option<&'static Place> {
    let atlas = &*ATLAS;
    let position = *atlas.by_code.get(code)?;
    atlas.places.get(position as usize)
}

/// The province that a place lies in, or itself: 肇东市 → 黑龙江省; `None` for a region of several, such as 京津冀.
pub fn province_of(place: &'static Place) -> Option<&'static Place> {
    let mut here = place;
    while here.rank != Rank::Province {
        here = here.parent()?;
    }
    Some(here)
}

/// Every name of a place: full, short and former (`双城区`, `双城`, `双城市`).
pub fn names_of(place: &'static Place) -> Vec<&'static str> {
    let atlas = &*ATLAS;
    let mut names: Vec<&'static str> =
        atlas.names.iter().filter(|name| atlas.place(name).is_some_and(|known| std::ptr::eq(known, place))).map(|name| name.text).collect();
    names.sort_by_key(|name| *name != place.name);
    names
}

/// Words for the whole of the place that a document governs.
pub const WHOLE: [&str; 8] = ["全国", "全省", "全市", "全区", "全县", "全州", "全盟", "全旗"];

/// All places, in the order of their codes, then regions.
pub fn all() -> &'static [Place] {
    &ATLAS.places
}

static BY_SIGN: LazyLock<HashMap<&'static str, &'static str>> =
    LazyLock::new(|| tsv::rows(SIGNS).map(|[sign, place, _example]| (sign, place)).collect());

static BY_TAIL: LazyLock<HashMap<&'static str, &'static str>> =
    LazyLock::new(|| tsv::rows(SIGN_TAILS).map(|[tail, office, _example]| (tail, office)).collect());

/// Who signs a 文号: the place, and the office where the sign says it. `浙政发` → 浙江省 and 人民政府; `渝府办发` → 重庆市 and 人民政府办公厅.
///
/// Takes the characters before the year, without bracket or number.
pub fn by_sign(sign: &str) -> Option<(&'static Place, Option<&'static str>)> {
    each_by_sign(sign).find_map(|(place, tail)| {
        let office = BY_TAIL.get(tail).copied();
        (office.is_some() || tail.chars().count() >= 2).then_some((place, office))
    })
}

/// The places whose sign `sign` may begin with, the longest sign first, and what follows it: `浙发改` → 浙江省, `发改`.
pub fn each_by_sign(sign: &str) -> impl Iterator<Item = (&'static Place, &str)> {
    let ends = sign.char_indices().map(|(at, c)| at + c.len_utf8());
    ends.rev().filter_map(|end| {
        let (head, mut tail) = sign.split_at(end);
        let place = by_name(BY_SIGN.get(head)?)?;
        // 苏府 is 苏州市, 苏 江苏省: there the 府 both signs and begins the tail.
        if head.ends_with(['府', '政']) {
            tail = &sign[end - '府'.len_utf8()..];
        }
        Some((place, tail))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&'static str> {
        find_in(text).iter().map(|found| found.place.name).collect()
    }

    #[test]
    fn every_division_is_found_by_its_full_name() {
        for [code, name, _short, parent, _rank, _mark] in tsv::rows(PLACES) {
            let above = by_code(parent).map_or("", |place| place.name);
            let text = format!("在{above}{name}建设");
            let last = find_in(&text).pop().map(|found| found.place.code);
            assert_eq!(last, Some(code), "{text}");
        }
    }

    #[test]
    fn every_unmarked_short_name_is_found_alone() {
        for [_code, name, short, _parent, _rank, mark] in tsv::rows(PLACES) {
            if !short.is_empty() && mark.is_empty() {
                assert_eq!(found(&format!("在{short}、")), [name], "{short}");
            }
        }
    }

    #[test]
    fn every_marked_short_name_needs_its_parent() {
        for [_code, name, short, parent, _rank, mark] in tsv::rows(PLACES) {
            if short.is_empty() || mark.is_empty() {
                continue;
            }
            let above = by_code(parent).map_or("", |place| place.name);
            assert!(!found(&format!("在{short}、")).contains(&name), "{short}");
            // 临夏州 has a 临夏市 and a 临夏县; either may be meant.
            let text = format!("在{above}{short}、");
            let after = find_in(&text).pop().map(|found| found.place.short);
            assert_eq!(after, Some(short), "{above}{short}");
        }
    }

    #[test]
    fn every_region_is_found_in_its_example() {
        for [name, others, _kind, _parent, example] in tsv::rows(REGIONS) {
            assert!(found(example).contains(&name), "{example}");
            for other in others.split(' ').filter(|other| !other.is_empty()) {
                assert_eq!(by_name(other).map(|place| place.name), Some(name));
            }
        }
    }

    #[test]
    fn every_former_name_gives_the_present_place() {
        for [_name, code, year, example] in tsv::rows(FORMER) {
            assert!(find_in(example).iter().any(|found| found.place.code == code), "{example}");
            assert!(year.parse::<u16>().is_ok_and(|year| (1990..2027).contains(&year)));
        }
    }

    #[test]
    fn every_shield_hides_its_name() {
        for [word, example] in tsv::rows(SHIELDS) {
            assert_eq!(found(word), Vec::<&str>::new(), "{word}");
            assert!(example.contains(word) || find_in(example).is_empty(), "{example}");
        }
    }

    #[test]
    fn every_sign_names_its_place() {
        for [_sign, name, example] in tsv::rows(SIGNS) {
            let place = by_sign(example).map(|(place, _)| place.name);
            assert_eq!(place, Some(name), "{example}");
        }
        for [_tail, office, example] in tsv::rows(SIGN_TAILS) {
            let read = by_sign(example).map(|(place, office)| (place.name, office));
            assert_eq!(read, Some(("浙江省", Some(office))), "{example}");
        }
    }

    #[test]
    fn provinces_are_normalised() {
        for (short, full) in [("河北", "河北省"), ("重庆", "重庆市"), ("内蒙古", "内蒙古自治区"), ("吉林", "吉林省")]
        {
            assert_eq!(by_name(short).map(|place| place.name), Some(full));
        }
        let county = by_name("肇东市").expect("a division");
        assert_eq!(province_of(county).map(|place| place.name), Some("黑龙江省"));
    }

    #[test]
    fn ordinary_words_are_no_places() {
        for text in
            ["维护和平与发展", "会同有关部门", "富裕起来的农民", "新建项目、资源综合利用", "北京市场", "隆重大庆典", "城区和郊区的新区建设"]
        {
            let names = found(text);
            assert!(names.is_empty() || names == ["北京市"], "{text}: {names:?}");
        }
    }

    #[test]
    fn a_shared_name_is_decided_by_what_stands_near() {
        assert_eq!(found("长春市朝阳区"), ["长春市", "朝阳区"]);
        let near = find_in("长春市朝阳区");
        assert_eq!(near[1].place.code, "220104");
        let beijing = by_name("北京市");
        assert_eq!(find_within("在朝阳区", beijing)[0].place.code, "110105");
        assert!(!find_in("在朝阳区")[0].certain);
        let heilongjiang = by_name("黑龙江省");
        assert_eq!(find_within("甘南乳业", heilongjiang)[0].place.name, "甘南县");
        assert_eq!(find_in("甘南草原")[0].place.code, "623000");
    }
}
