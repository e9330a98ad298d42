//! Who is it? Departments of government and party, their full and short names at every level, and what became of them.
//!
//! `省发改委` in a document of 黑龙江省 is 黑龙江省发展和改革委员会; `省工业和信息化委员会` became 黑龙江省工业和信息化厅 in 2018.
//!
//! A name is read by putting a mark for the region into it: `黑龙江省财政厅`, `省财政厅` → `~财政厅`; `人行重庆营管部` →
//! `人行^营管部`. The table holds such patterns: `~` for a region's full name, `^` for its short one.

mod find;

use std::collections::HashMap;
use std::sync::LazyLock;

use super::naming;
use super::place::{self, Place, Rank};
use super::tsv;
use super::words::Words;

pub use find::{Named, find_in};

const AGENCIES: &str = include_str!("agencies.tsv");
const NATIONAL: &str = include_str!("national.tsv");
const CENTRAL_SIGNS: &str = include_str!("central_signs.tsv");
const DEPARTMENT_SIGNS: &str = include_str!("department_signs.tsv");

/// What kind of body it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Class {
    /// A department of government: 财政厅.
    Government,
    /// An organ of the party: 省委组织部.
    Party,
    /// People's congress, consultative conference, courts, army.
    State,
    /// A mass organisation: 总工会.
    Mass,
    /// A bureau led from above: 海关, 银保监局.
    Vertical,
    /// A public institution: 社会科学院.
    Institution,
    /// An enterprise: 电力公司.
    Enterprise,
}

/// What became of a body, by which reform.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Succession {
    /// The full name of the successor: `黑龙江省工业和信息化厅`.
    pub name: String,
    /// The year of the reform: 2018.
    pub year: u16,
}

/// A row of `agencies.tsv` or `national.tsv`. Names are patterns.
struct Row {
    full: &'static str,
    /// Of `p`, `m`, `c`, `x`; empty for bodies of the centre.
    levels: &'static str,
    others: &'static str,
    class: Class,
    successor: Option<(u16, &'static str)>,
    /// The regions that alone have it, parted by spaces; empty for all.
    only: &'static str,
}

impl Row {
    /// Full name first, then the others, as written in the table.
    fn names(&self) -> impl Iterator<Item = &'static str> {
        std::iter::once(self.full).chain(self.others.split(' ').filter(|name| !name.is_empty()))
    }

    /// Whether a body of this row can stand at `region`.
    fn fits(&self, region: &'static Place) -> bool {
        let at_level = self.levels.contains(level_of(region));
        let here = self.only.is_empty()
            || self
                .only
                .split(' ')
                .any(|name| name == region.name || place::province_of(region).is_some_and(|province| province.name == name));
        at_level && here
    }
}

/// The level letter of a region's bodies.
fn level_of(region: &Place) -> char {
    match region.rank {
        Rank::Province if region.is_municipality() => 'm',
        // 香港 and 澳门 have departments of their own names.
        Rank::Province if region.name.ends_with("特别行政区") => 's',
        Rank::Province | Rank::System => 'p',
        Rank::Prefecture | Rank::NewArea | Rank::Region => 'c',
        Rank::County | Rank::Zone => 'x',
    }
}

fn read_class(letter: &str) -> Class {
    match letter {
        "g" => Class::Government,
        "h" => Class::Party,
        "j" => Class::State,
        "m" => Class::Mass,
        "v" => Class::Vertical,
        "o" => Class::Institution,
        "e" => Class::Enterprise,
        _ => panic!("agencies: unknown class {letter}"),
    }
}

fn read_succession(text: &'static str) -> Option<(u16, &'static str)> {
    let (year, name) = text.split_once('>')?;
    Some((year.parse().ok()?, name))
}

/// Whether a pattern says where the region goes; else the region's full name stands before it.
fn is_marked(pattern: &str) -> bool {
    pattern.contains(['~', '^', '&'])
}

/// `财政厅` → `~财政厅`; a marked pattern stays.
fn mark(pattern: &str) -> String {
    if is_marked(pattern) { pattern.to_owned() } else { format!("~{pattern}") }
}

struct Registry {
    local: Vec<Row>,
    by_pattern: HashMap<String, Vec<u16>>,
    national: Vec<Row>,
    by_name: HashMap<&'static str, u16>,
}

static REGISTRY: LazyLock<Registry> = LazyLock::new(|| {
    let mut local = Vec::new();
    let mut by_pattern: HashMap<String, Vec<u16>> = HashMap::with_capacity(1200);
    for [full, levels, others, class, successor, only, _example] in tsv::rows(AGENCIES) {
        let row = Row { full, levels, others, class: read_class(class), successor: read_succession(successor), only };
        for name in row.names() {
            by_pattern.entry(mark(name)).or_default().push(local.len() as u16);
        }
        local.push(row);
    }
    let mut national = Vec::new();
    let mut by_name = HashMap::with_capacity(600);
    for [full, others, class, successor, _example] in tsv::rows(NATIONAL) {
        let row = Row { full, levels: "", others, class: read_class(class), successor: read_succession(successor), only: "" };
        for name in row.names() {
            by_name.entry(name).or_insert(national.len() as u16);
        }
        national.push(row);
    }
    Registry { local, by_pattern, national, by_name }
});

/// A body of the table at its place; a body of the centre has none.
#[derive(Clone, Copy)]
struct Body {
    row: &'static Row,
    region: Option<&'static Place>,
}

impl Body {
    fn full(&self) -> String {
        match self.region {
            None => self.row.full.to_owned(),
            Some(region) => fill(self.row.full, region),
        }
    }
}

/// A region's name as its bodies bear it: a district's with its city's, since many cities have a 朝阳区.
fn official_name(region: &'static Place) -> String {
    match region.parent() {
        Some(city) if region.rank == Rank::County && region.name.ends_with('区') => {
            format!("{}{}", city.name, region.name)
        }
        _ => region.name.to_owned(),
    }
}

/// A pattern with its region put in: `^银监局` and 黑龙江省 → `黑龙江银监局`.
fn fill(pattern: &str, region: &'static Place) -> String {
    let short = if region.short.is_empty() { region.name } else { region.short };
    let seat = match place::province_of(region) {
        Some(province) if region.rank == Rank::Prefecture && region.code.ends_with("0100") => province.name,
        _ => region.name,
    };
    if let Some(name) = pattern.strip_prefix('=') {
        return name.to_owned();
    }
    mark(pattern).replace('~', &official_name(region)).replace('^', short).replace('&', seat)
}

/// Words that stand for the region's own name, with the ranks they mean; longer ones first.
const LEVEL_WORDS: &[&str] = &[
    "自治区",
    "自治州",
    "自治县",
    "兵团",
    "全省",
    "全市",
    "我省",
    "我市",
    "本省",
    "本市",
    "地区",
    "省",
    "市",
    "区",
    "县",
    "州",
    "盟",
    "旗",
];

/// The region that a level word means in a text about `region`: 省 → its province, 市 → its city.
fn region_meant(word: &str, region: &'static Place) -> Option<&'static Place> {
    let rank = |wanted: Rank| {
        let mut here = region;
        while here.rank != wanted {
            here = here.parent()?;
        }
        Some(here)
    };
    let province = || place::province_of(region);
    match word {
        "省" | "全省" | "我省" | "本省" => province().filter(|place| !place.is_municipality()),
        "自治区" => province(),
        "兵团" => place::by_name("新疆生产建设兵团"),
        "市" | "全市" | "我市" | "本市" => {
            if region.rank == Rank::County && region.name.ends_with('市') {
                return Some(region);
            }
            rank(Rank::Prefecture).or_else(|| province().filter(|place| place.is_municipality()))
        }
        "州" | "自治州" | "盟" | "地区" => rank(Rank::Prefecture),
        "区" => match region.rank {
            Rank::County | Rank::NewArea | Rank::Zone => Some(region),
            Rank::Province if region.name.ends_with("自治区") => Some(region),
            _ => None,
        },
        _ => rank(Rank::County),
    }
}

impl Registry {
    fn local_row(&'static self, pattern: &str, region: &'static Place) -> Option<&'static Row> {
        let rows = self.by_pattern.get(pattern)?;
        let rows = || rows.iter().map(|&row| &self.local[row as usize]);
        let fitting = |row: &&Row| row.fits(region);
        rows().filter(fitting).find(|row| !row.only.is_empty()).or_else(|| rows().find(fitting))
    }

    fn national(&'static self, name: &str) -> Option<Body> {
        let row = *self.by_name.get(name)?;
        Some(Body { row: &self.national[row as usize], region: None })
    }

    /// A name that says its place itself: `黑龙江省财政厅`, `人行重庆营管部`.
    fn placed(&'static self, name: &str, region: Option<&'static Place>) -> Option<Body> {
        place::find_within(name, region).into_iter().find_map(|found| {
            let printed = &name[found.start..found.end];
            let (head, tail) = (above(&name[..found.start], found.place), &name[found.end..]);
            let full = format!("{head}~{tail}");
            let short = format!("{head}^{tail}");
            let patterns = if printed == found.place.name { [full, short] } else { [short, full] };
            patterns.iter().find_map(|pattern| self.local_row(pattern, found.place)).map(|row| Body { row, region: Some(found.place) })
        })
    }

    /// A name with a level word for its place: `省财政厅`, `团省委`.
    fn levelled(&'static self, name: &str, region: &'static Place) -> Option<Body> {
        LEVEL_WORDS.iter().find_map(|word| {
            let at = name.find(word)?;
            let place = region_meant(word, region)?;
            let pattern = format!("{}~{}", &name[..at], &name[at + word.len()..]);
            let row = self.local_row(&pattern, place)?;
            Some(Body { row, region: Some(place) })
        })
    }

    /// A name without any place, in a text about `region`: `财政厅`.
    fn bare(&'static self, name: &str, region: &'static Place) -> Option<Body> {
        let pattern = format!("~{name}");
        [Some(region), place::province_of(region)].into_iter().flatten().find_map(|place| {
            let row = self.local_row(&pattern, place)?;
            Some(Body { row, region: Some(place) })
        })
    }

    fn read(&'static self, name: &str, region: Option<&'static Place>) -> Option<Body> {
        const CENTRAL: &[&str] = &["国家", "国务院", "中央", "全国", "中国", "中华", "最高"];
        let central = region.is_none() || CENTRAL.iter().any(|head| name.starts_with(head));
        if central && let Some(body) = self.national(name) {
            return Some(body);
        }
        region
            .and_then(|region| self.levelled(name, region))
            .or_else(|| self.placed(name, region))
            .or_else(|| region.and_then(|region| self.bare(name, region)))
            .or_else(|| self.national(name))
    }
}

/// What stands before a place without the names of the places above it: `中共黑龙江省` before 哈尔滨市 → `中共`.
fn above<'a>(head: &'a str, place: &'static Place) -> &'a str {
    match place::find_in(head).last() {
        Some(last) if last.end == head.len() && place.lies_in(last.place) => above(&head[..last.start], last.place),
        _ => head,
    }
}

/// No name of a body is longer, in bytes; what is longer isn't looked into.
const LONGEST: usize = 40 * '省'.len_utf8();

fn read(name: &str, region: Option<&str>) -> Option<Body> {
    if name.len() > LONGEST {
        return None;
    }
    REGISTRY.read(name, region.and_then(place::by_name))
}

/// The full official name of the body that `name` means in a text about `region` (a province or city; `None` for the centre).
///
/// `省发改委` and 黑龙江省 → `黑龙江省发展和改革委员会`; `发展改革委` and `None` → `国家发展和改革委员会`. `None` where it isn't known.
pub fn canonical(name: &str, region: Option<&str>) -> Option<String> {
    read(name, region).map(|body| body.full())
}

/// Whether `name` is printed for the body that is officially called `full`, in a text of that body's place: `省财政厅` for
/// 黑龙江省财政厅.
pub fn is_printed_for(name: &str, full: &str) -> bool {
    let place = read(full, None).and_then(|body| body.region).map(|region| region.name);
    name != full && canonical(full, None).as_deref() == Some(full) && canonical(name, place).as_deref() == Some(full)
}

/// The two names of a body that has two: `省市场监管局（省知识产权局）`. Brackets may also hold a part of one name: `各市（地）政府`.
pub fn both_names(name: &str) -> Option<(&str, &str)> {
    let (first, rest) = name.split_once(['（', '('])?;
    let second = rest.strip_suffix(['）', ')'])?;
    (!second.contains(['（', '(']) && looks_like_unit(first) && looks_like_unit(second)).then_some((first, second))
}

/// What kind of body a name means in a text about `region`.
pub fn class_of(name: &str, region: Option<&str>) -> Option<Class> {
    read(name, region).map(|body| body.row.class)
}

/// What became of a body of this full name: `黑龙江省国土资源厅` → `黑龙江省自然资源厅`, 2018. `None` where it goes on.
pub fn successor(canonical: &str) -> Option<Succession> {
    let registry = &*REGISTRY;
    let body = registry.national(canonical).or_else(|| registry.placed(canonical, None))?;
    let (year, pattern) = body.row.successor?;
    let name = match body.region {
        None => pattern.to_owned(),
        Some(region) => {
            let name = fill(pattern, region);
            // Only provinces and autonomous regions have a 厅: a city's 国土资源局 became a 自然资源局.
            match name.strip_suffix('厅') {
                Some(stem) if level_of(region) != 'p' => format!("{stem}局"),
                _ => name,
            }
        }
    };
    Some(Succession { name, year })
}

/// The names of all kinds of bodies and of the centre's bodies, as words for a dictionary: `发展和改革委员会`, `发改委`.
pub fn names() -> impl Iterator<Item = &'static str> {
    let local = REGISTRY.local.iter().flat_map(Row::names).filter(|name| !is_marked(name));
    local.chain(REGISTRY.by_name.keys().copied())
}

/// The names under which the body of this name may be printed, the full one first, each once.
///
/// `省发改委` and 黑龙江省 → `黑龙江省发展和改革委员会`, `省发展和改革委员会`, `黑龙江省发改委`, `省发改委`, `发改委`, …. Empty where it isn't known.
pub fn aliases(name: &str, region: Option<&str>) -> Vec<String> {
    let Some(body) = read(name, region) else {
        return Vec::new();
    };
    let mut names = vec![body.full()];
    match body.region {
        None => names.extend(body.row.names().map(str::to_owned)),
        Some(region) => {
            let words = level_words(region);
            for pattern in body.row.names().map(mark) {
                let mut forms = vec![fill(&pattern, region)];
                forms.extend(words.iter().map(|word| pattern.replace(['~', '^'], word)));
                if !region.short.is_empty() {
                    forms.push(pattern.replace(['~', '^'], region.short));
                }
                if let Some(bare) = pattern.strip_prefix('~')
                    && !is_marked(bare)
                    && !bare.starts_with('委')
                    && !bare.starts_with('直')
                    && bare.chars().count() >= 2
                {
                    forms.push(bare.to_owned());
                }
                // A form belongs to the body only if it is read as the body.
                let text = region.name;
                forms.retain(|form| read(form, Some(text)).is_some_and(|other| std::ptr::eq(other.row, body.row)));
                names.extend(forms);
            }
        }
    }
    let mut seen = std::collections::HashSet::new();
    names.retain(|name| seen.insert(name.clone()));
    names
}

/// The level words for a body of this region: 省 for 黑龙江省, 市 for 重庆市.
fn level_words(region: &Place) -> &'static [&'static str] {
    match region.name.chars().next_back() {
        Some('省') => &["省"],
        Some('市') => &["市"],
        Some('县') => &["县"],
        Some('州') => &["州"],
        Some('盟') => &["盟"],
        Some('旗') => &["旗"],
        Some('区') if region.rank == Rank::Province => &["自治区"],
        Some('区') if region.rank == Rank::Prefecture => &["地区"],
        Some('区') => &["区"],
        _ => &[],
    }
}

/// The body that signs a 文号, by the characters before its year: `黑政发` → `黑龙江省人民政府`, `国办发` → `国务院办公厅`,
/// `浙发改规划` → `浙江省发展和改革委员会`, `财建` → `财政部`.
///
/// A sign may be shared (青政 is 青海省's and 青岛市's); then the wider place holds.
pub fn issuer_by_sign(sign: &str) -> Option<String> {
    let signs = &*SIGNS;
    if let Some(body) = signs.central.get(sign) {
        return Some((*body).to_owned());
    }
    if let Some((place, office)) = place::by_sign(sign)
        && let Some(office) = office
    {
        return Some(office_of(place, office));
    }
    if let Some(name) = signs.department(sign) {
        return Some(name);
    }
    // 发改产业: the body's sign, then the bureau's; 财建: one character each.
    let (_, body) = signs.central.starting(sign)?;
    Some((*body).to_owned())
}

/// The office of a place that a 文号 names: 委员会 is the party's.
fn office_of(place: &'static Place, office: &str) -> String {
    match office {
        "委员会" => format!("中共{}委员会", place.name),
        "委员会办公厅" if place.rank == Rank::Province => {
            format!("中共{}委办公厅", place.name)
        }
        "委员会办公厅" => format!("中共{}委办公室", place.name),
        "人民政府办公厅" if place.rank == Rank::County => {
            format!("{}人民政府办公室", place.name)
        }
        _ => format!("{}{office}", place.name),
    }
}

struct Signs {
    central: Words<&'static str>,
    departments: Words<&'static str>,
}

static SIGNS: LazyLock<Signs> = LazyLock::new(|| Signs {
    central: tsv::rows(CENTRAL_SIGNS).map(|[sign, body, _example]| (sign, body)).collect(),
    departments: tsv::rows(DEPARTMENT_SIGNS).map(|[sign, names, _example]| (sign, names)).collect(),
});

impl Signs {
    /// A department of a place: 浙 and 发改 in `浙发改规划`.
    fn department(&self, sign: &str) -> Option<String> {
        place::each_by_sign(sign).find_map(|(place, tail)| {
            let (_, names) = self.departments.starting(tail)?;
            names.split(' ').find_map(|name| REGISTRY.local_row(&mark(name), place)).map(|row| fill(row.full, place))
        })
    }
}

/// Whether a name without a level word is a department of government that takes one: `统计局` after `省财政厅` is 省统计局.
///
/// False for names that have their level or place already (黑龙江银监局), for groups, companies and 高校.
pub fn is_department(stem: &str) -> bool {
    let registry = &*REGISTRY;
    if let Some(rows) = registry.by_pattern.get(&format!("~{stem}")) {
        return !matches!(stem, "人民政府" | "政府") && rows.iter().any(|&row| registry.local[row as usize].class == Class::Government);
    }
    !registry.by_name.contains_key(stem) && naming::reads_like_department(stem) && place::find_in(stem).is_empty()
}

/// Whether a string reads as the name of a unit: a department, government, group, bank, institute, company, or a word for several
/// (`各市（地）政府（行署）`, `省内高校`, `有关部门`); not an ordinary phrase (`加强组织领导`).
pub fn looks_like_unit(text: &str) -> bool {
    let text = text.trim();
    if !(2..=32).contains(&text.chars().count()) {
        return false;
    }
    let registry = &*REGISTRY;
    registry.by_name.contains_key(text)
        || registry.by_pattern.contains_key(&format!("~{text}"))
        || naming::reads_like_unit(text)
        || is_division(text)
}

/// A division or new area named alone may bear a task: `浦东新区`, `哈尔滨市`.
fn is_division(text: &str) -> bool {
    place::by_name(text).is_some_and(|place| place.rank <= Rank::NewArea && place.name == text)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The printed name, the region and the canonical name of an example `省发改委@黑龙江省>黑龙江省发展和改革委员会`.
    fn example(text: &'static str) -> (&'static str, Option<&'static str>, &'static str) {
        let (printed, canonical) = text.split_once('>').expect("an example has a >");
        match printed.split_once('@') {
            Some((name, region)) => (name, Some(region), canonical),
            None => (printed, None, canonical),
        }
    }

    #[test]
    fn every_example_has_its_canonical_name() {
        let local = tsv::rows(AGENCIES).map(|[_, _, _, _, _, _, text]| text);
        let national = tsv::rows(NATIONAL).map(|[_, _, _, _, text]| text);
        let wrong: Vec<String> = local
            .chain(national)
            .filter_map(|text| {
                let (name, region, expected) = example(text);
                let read = canonical(name, region);
                (read.as_deref() != Some(expected)).then(|| format!("{text}: {read:?}"))
            })
            .collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn every_canonical_name_is_its_own() {
        let local = tsv::rows(AGENCIES).map(|[_, _, _, _, _, _, text]| text);
        let national = tsv::rows(NATIONAL).map(|[_, _, _, _, text]| text);
        let wrong: Vec<String> = local
            .chain(national)
            .filter_map(|text| {
                let (_, region, full) = example(text);
                let read = canonical(full, region);
                (read.as_deref() != Some(full)).then(|| format!("{full}: {read:?}"))
            })
            .collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn no_name_means_two_bodies_of_one_level() {
        let registry = &*REGISTRY;
        let mut wrong = Vec::new();
        for (pattern, rows) in &registry.by_pattern {
            for level in ['p', 'm', 'c', 'x'] {
                let general =
                    rows.iter().map(|&row| &registry.local[row as usize]).filter(|row| row.only.is_empty() && row.levels.contains(level));
                let names: Vec<&str> = general.map(|row| row.full).collect();
                if names.len() > 1 {
                    wrong.push(format!("{pattern} at {level}: {names:?}"));
                }
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn every_successor_is_known() {
        let wrong: Vec<String> = tsv::rows(AGENCIES)
            .filter_map(|[full, _, _, _, successor, _, text]| {
                let (_, _, canonical) = example(text);
                let next = super::successor(canonical);
                if successor.is_empty() {
                    return next.map(|next| format!("{canonical}: {next:?}"));
                }
                match next {
                    Some(next) if super::canonical(&next.name, None).is_some() => None,
                    Some(next) if next.name.ends_with("有限公司") => None,
                    next => Some(format!("{full}: {next:?}")),
                }
            })
            .collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
        let wrong: Vec<&str> = tsv::rows(NATIONAL)
            .filter_map(|[_, _, _, next, _]| next.split_once('>'))
            .map(|(_, name)| name)
            .filter(|name| canonical(name, None).as_deref() != Some(name))
            .collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn names_are_read_by_level_and_region() {
        for (name, region, expected) in [
            ("省发改委", Some("黑龙江省"), Some("黑龙江省发展和改革委员会")),
            ("省发展改革委", Some("哈尔滨市"), Some("黑龙江省发展和改革委员会")),
            ("黑龙江省发改委", None, Some("黑龙江省发展和改革委员会")),
            ("市商务委", Some("重庆市"), Some("重庆市商务委员会")),
            ("发展改革委", None, Some("国家发展和改革委员会")),
            ("财政部", Some("黑龙江省"), Some("财政部")),
            ("省工业和信息化委员会", Some("黑龙江省"), Some("黑龙江省工业和信息化委员会")),
            ("人行重庆营管部", Some("重庆市"), Some("中国人民银行重庆营业管理部")),
            ("人民银行哈尔滨中心支行", Some("黑龙江省"), Some("中国人民银行哈尔滨中心支行")),
            ("黑龙江银监局", Some("黑龙江省"), Some("中国银行业监督管理委员会黑龙江监管局")),
            ("团省委", Some("黑龙江省"), Some("共青团黑龙江省委")),
            ("省委组织部", Some("黑龙江省"), Some("中共黑龙江省委组织部")),
            ("省直机关工委", Some("黑龙江省"), Some("中共黑龙江省委直属机关工作委员会")),
            ("市市场监管局", Some("重庆市"), Some("重庆市市场监督管理局")),
            ("市经济信息化委", Some("上海市"), Some("上海市经济和信息化委员会")),
            ("嘉定区政府", Some("上海市"), Some("上海市嘉定区人民政府")),
            ("上海市嘉定区政府", None, Some("上海市嘉定区人民政府")),
            ("黑龙江省哈尔滨市财政局", None, Some("哈尔滨市财政局")),
            ("区教育局", Some("嘉定区"), Some("上海市嘉定区教育局")),
            ("两江新区管委会", Some("重庆市"), Some("两江新区管理委员会")),
            ("省发改委", None, None),
            ("市财政局", Some("黑龙江省"), None),
            ("加强组织领导", Some("黑龙江省"), None),
        ] {
            assert_eq!(canonical(name, region).as_deref(), expected, "{name}");
        }
    }

    #[test]
    fn reforms_are_dated() {
        for (name, year, next) in [
            ("黑龙江省工业和信息化委员会", 2018, "黑龙江省工业和信息化厅"),
            ("哈尔滨市国土资源局", 2018, "哈尔滨市自然资源局"),
            ("中国银行保险监督管理委员会", 2023, "国家金融监督管理总局"),
        ] {
            let expected = Succession { name: next.to_owned(), year };
            assert_eq!(successor(name), Some(expected), "{name}");
        }
        assert_eq!(successor("黑龙江省财政厅"), None);
    }

    #[test]
    fn aliases_are_names_of_the_same_body() {
        let names = aliases("省发改委", Some("黑龙江省"));
        for name in ["省发改委", "省发展改革委", "省发展和改革委员会", "黑龙江省发展和改革委员会", "黑龙江省发改委", "发改委"]
        {
            assert!(names.iter().any(|known| known == name), "{name}: {names:?}");
        }
        assert_eq!(names[0], "黑龙江省发展和改革委员会");
        assert!(aliases("组织领导", None).is_empty());
    }

    #[test]
    fn units_are_told_from_phrases() {
        for unit in [
            "省发改委",
            "各市（地）政府（行署）",
            "省内高校",
            "科研院所",
            "各金融机构",
            "有关部门",
            "浦东新区政府",
            "两江新区管委会",
            "省盐业集团",
            "省盐业协会",
            "申康医院发展中心",
            "十大产业推进组办公室",
            "十大产业推进组各成员单位",
            "发展改革委",
            "组织部",
            "各区县（自治县）政府",
            "建设银行",
            "重庆海关",
            "各级政府",
            "人民银行",
            "省电力公司",
            "闵行区",
            "国铁集团",
        ] {
            assert!(looks_like_unit(unit), "{unit}");
        }
        for phrase in [
            "加强组织领导",
            "推动产业发展",
            "支持科研机构",
            "建设创新中心",
            "完善工作机制",
            "产业布局",
            "到2013年",
            "形成新格局",
            "一",
            "主营业务收入",
            "领导干部",
        ] {
            assert!(!looks_like_unit(phrase), "{phrase}");
        }
    }

    #[test]
    fn departments_take_a_level_word() {
        for stem in [
            "财政厅",
            "统计局",
            "工业和信息化委员会",
            "农委",
            "商务厅",
            "发改委",
            "金融办",
            "国土资源厅",
            "农垦总局",
            "森工总局",
            "人力资源社会保障厅",
            "教育厅",
            "地税局",
            "环保厅",
        ] {
            assert!(is_department(stem), "{stem}");
        }
        for other in [
            "十大产业推进组办公室",
            "科研院所",
            "各市政府",
            "人民银行哈尔滨中心支行",
            "黑龙江银监局",
            "电力公司",
            "高校",
            "省财政厅",
            "政府",
            "成员单位",
        ] {
            assert!(!is_department(other), "{other}");
        }
    }

    #[test]
    fn signs_name_their_issuer() {
        for (sign, issuer) in [
            ("黑政发", "黑龙江省人民政府"),
            ("渝府办发", "重庆市人民政府办公厅"),
            ("国发", "国务院"),
            ("国办发", "国务院办公厅"),
            ("沪府办发", "上海市人民政府办公厅"),
            ("浙政发", "浙江省人民政府"),
            ("浙发改规划", "浙江省发展和改革委员会"),
            ("渝委发", "中共重庆市委员会"),
        ] {
            assert_eq!(issuer_by_sign(sign).as_deref(), Some(issuer));
        }
        for [_sign, body, example] in tsv::rows(CENTRAL_SIGNS) {
            assert_eq!(issuer_by_sign(example).as_deref(), Some(body), "{example}");
            assert_eq!(canonical(body, None).as_deref(), Some(body));
        }
        for [_sign, _names, text] in tsv::rows(DEPARTMENT_SIGNS) {
            let (example, _, body) = example(text);
            assert_eq!(issuer_by_sign(example).as_deref(), Some(body), "{example}");
        }
    }
}
