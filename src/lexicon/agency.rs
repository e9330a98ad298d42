//! Who is it? Departments of government and party, their full and short names at every level, and what became of them.
//!
//! `省发改委` in a document of 黑龙江省 is 黑龙江省发展和改革委员会; `省工业和信息化委员会` became 黑龙江省工业和信息化厅 in 2018.
//!
//! A name is read by putting a mark for the region into it: `黑龙江省财政厅`, `省财政厅` → `~财政厅`; `人行重庆营管部` →
//! `人行^营管部`. The table holds such patterns: `~` for a region's full name, `^` for its short one.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::place::{self, Place, Rank};
use super::tsv;

const AGENCIES: &str = include_str!("agencies.tsv");
const NATIONAL: &str = include_str!("national.tsv");

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
            || self.only.split(' ').any(|name| {
                name == region.name
                    || place::province_of(region).is_some_and(|province| province.name == name)
            });
        at_level && here
    }
}

/// The level letter of a region's bodies.
fn level_of(region: &Place) -> char {
    match region.rank {
        Rank::Province if region.is_municipality() => 'm',
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
    if is_marked(pattern) {
        pattern.to_owned()
    } else {
        format!("~{pattern}")
    }
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
        let row = Row {
            full,
            levels,
            others,
            class: read_class(class),
            successor: read_succession(successor),
            only,
        };
        for name in row.names() {
            by_pattern
                .entry(mark(name))
                .or_default()
                .push(local.len() as u16);
        }
        local.push(row);
    }
    let mut national = Vec::new();
    let mut by_name = HashMap::with_capacity(600);
    for [full, others, class, successor, _example] in tsv::rows(NATIONAL) {
        let row = Row {
            full,
            levels: "",
            others,
            class: read_class(class),
            successor: read_succession(successor),
            only: "",
        };
        for name in row.names() {
            by_name.entry(name).or_insert(national.len() as u16);
        }
        national.push(row);
    }
    Registry {
        local,
        by_pattern,
        national,
        by_name,
    }
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

/// A pattern with its region put in: `^银监局` and 黑龙江省 → `黑龙江银监局`.
fn fill(pattern: &str, region: &'static Place) -> String {
    let short = if region.short.is_empty() {
        region.name
    } else {
        region.short
    };
    let seat = match place::province_of(region) {
        Some(province) if region.rank == Rank::Prefecture && region.code.ends_with("0100") => {
            province.name
        }
        _ => region.name,
    };
    if let Some(name) = pattern.strip_prefix('=') {
        return name.to_owned();
    }
    mark(pattern)
        .replace('~', region.name)
        .replace('^', short)
        .replace('&', seat)
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
        "省" | "全省" | "我省" | "本省" => {
            province().filter(|place| !place.is_municipality())
        }
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
        rows()
            .filter(fitting)
            .find(|row| !row.only.is_empty())
            .or_else(|| rows().find(fitting))
    }

    fn national(&'static self, name: &str) -> Option<Body> {
        let row = *self.by_name.get(name)?;
        Some(Body {
            row: &self.national[row as usize],
            region: None,
        })
    }

    /// A name that says its place itself: `黑龙江省财政厅`, `人行重庆营管部`.
    fn placed(&'static self, name: &str, region: Option<&'static Place>) -> Option<Body> {
        place::find_within(name, region)
            .into_iter()
            .find_map(|found| {
                let printed = &name[found.start..found.end];
                let (head, tail) = (&name[..found.start], &name[found.end..]);
                let full = format!("{head}~{tail}");
                let short = format!("{head}^{tail}");
                let patterns = if printed == found.place.name {
                    [full, short]
                } else {
                    [short, full]
                };
                patterns
                    .iter()
                    .find_map(|pattern| self.local_row(pattern, found.place))
                    .map(|row| Body {
                        row,
                        region: Some(found.place),
                    })
            })
    }

    /// A name with a level word for its place: `省财政厅`, `团省委`.
    fn levelled(&'static self, name: &str, region: &'static Place) -> Option<Body> {
        LEVEL_WORDS.iter().find_map(|word| {
            let at = name.find(word)?;
            let place = region_meant(word, region)?;
            let pattern = format!("{}~{}", &name[..at], &name[at + word.len()..]);
            let row = self.local_row(&pattern, place)?;
            Some(Body {
                row,
                region: Some(place),
            })
        })
    }

    /// A name without any place, in a text about `region`: `财政厅`.
    fn bare(&'static self, name: &str, region: &'static Place) -> Option<Body> {
        let pattern = format!("~{name}");
        [Some(region), place::province_of(region)]
            .into_iter()
            .flatten()
            .find_map(|place| {
                let row = self.local_row(&pattern, place)?;
                Some(Body {
                    row,
                    region: Some(place),
                })
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

fn read(name: &str, region: Option<&str>) -> Option<Body> {
    REGISTRY.read(name, region.and_then(place::by_name))
}

/// The full official name of the body that `name` means in a text about `region` (a province or city; `None` for the centre).
///
/// `省发改委` and 黑龙江省 → `黑龙江省发展和改革委员会`; `发展改革委` and `None` → `国家发展和改革委员会`. `None` where it isn't known.
pub fn canonical(name: &str, region: Option<&str>) -> Option<String> {
    read(name, region).map(|body| body.full())
}

/// What kind of body a name means in a text about `region`.
pub fn class_of(name: &str, region: Option<&str>) -> Option<Class> {
    read(name, region).map(|body| body.row.class)
}

/// What became of a body of this full name: `黑龙江省国土资源厅` → `黑龙江省自然资源厅`, 2018. `None` where it goes on.
pub fn successor(canonical: &str) -> Option<Succession> {
    let registry = &*REGISTRY;
    let body = registry
        .national(canonical)
        .or_else(|| registry.placed(canonical, None))?;
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
                forms.retain(|form| {
                    read(form, Some(text)).is_some_and(|other| std::ptr::eq(other.row, body.row))
                });
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

/// The body that signs a 文号, by the characters before its year: `黑政发` → `黑龙江省人民政府`, `国办发` → `国务院办公厅`.
pub fn issuer_by_sign(sign: &str) -> Option<String> {
    if let Some(body) = central_sign(sign) {
        return Some(body.to_owned());
    }
    let (place, office) = place::by_sign(sign)?;
    let name = match office {
        Some("委员会") => format!("中共{}委员会", place.name),
        Some("委员会办公厅") if place.rank <= Rank::Province => {
            format!("中共{}委办公厅", place.name)
        }
        Some("委员会办公厅") => format!("中共{}委办公室", place.name),
        Some("人民政府办公厅") if place.rank == Rank::County => {
            format!("{}人民政府办公室", place.name)
        }
        Some(office) => format!("{}{office}", place.name),
        None => return None,
    };
    Some(name)
}

fn central_sign(sign: &str) -> Option<&'static str> {
    Some(match sign {
        "国发" | "国函" | "国令" | "国发明电" => "国务院",
        "国办发" | "国办函" | "国办发明电" | "国办秘函" => "国务院办公厅",
        "中发" => "中国共产党中央委员会",
        "中办发" | "厅字" => "中共中央办公厅",
        _ => return None,
    })
}

/// Endings of departments that take a level word before them, where the table doesn't know the name.
const DEPARTMENT_ENDINGS: &[&str] = &["厅", "局", "委", "委员会"];

/// Endings that only look like those of a department.
const NO_DEPARTMENT: &[&str] = &[
    "监管局",
    "分局",
    "管委会",
    "管理委员会",
    "组委会",
    "常委会",
    "专委会",
    "居委会",
    "村委会",
    "办公厅",
    "结局",
    "格局",
    "布局",
    "全局",
    "大局",
    "开局",
    "破局",
    "党委",
    "团委",
    "纪委",
    "省委",
    "市委",
    "县委",
    "区委",
    "常委",
    "政委",
];

/// Whether a name without a level word is a department of government that takes one: `统计局` after `省财政厅` is 省统计局.
///
/// False for names that have their level or place already (黑龙江银监局), for groups, companies and 高校.
pub fn is_department(stem: &str) -> bool {
    let registry = &*REGISTRY;
    if let Some(rows) = registry.by_pattern.get(&format!("~{stem}")) {
        return rows
            .iter()
            .any(|&row| registry.local[row as usize].class == Class::Government)
            && !matches!(stem, "人民政府" | "政府");
    }
    let chars = stem.chars().count();
    (3..=12).contains(&chars)
        && DEPARTMENT_ENDINGS.iter().any(|end| stem.ends_with(end))
        && !NO_DEPARTMENT.iter().any(|end| stem.ends_with(end))
        && !starts_like_placed(stem)
        && !registry.by_name.contains_key(stem)
        && is_noun_like(stem)
        && place::find_in(stem).is_empty()
}

/// Begins with a level word, or with a word that spans several bodies: `省`, `各`, `有关`.
fn starts_like_placed(name: &str) -> bool {
    const HEADS: &[&str] = &[
        "省",
        "市",
        "县",
        "区",
        "州",
        "各",
        "有关",
        "相关",
        "其他",
        "全",
        "国家",
        "国务院",
        "中央",
        "中国",
        "本",
        "该",
        "我",
    ];
    HEADS.iter().any(|head| name.starts_with(head))
}

/// Endings of names of units, long ones first within a line.
const UNIT_ENDINGS: &[&str] = &[
    "人民政府",
    "政府",
    "行署",
    "委员会",
    "管委会",
    "委",
    "厅",
    "局",
    "署",
    "部",
    "办公室",
    "办公厅",
    "办",
    "处",
    "领导小组",
    "推进组",
    "工作组",
    "专项组",
    "专班",
    "组",
    "指挥部",
    "联席会议",
    "成员单位",
    "单位",
    "部门",
    "机构",
    "机关",
    "院",
    "院所",
    "研究所",
    "所",
    "站",
    "银行",
    "分行",
    "支行",
    "营管部",
    "联社",
    "公司",
    "集团",
    "企业",
    "协会",
    "学会",
    "商会",
    "联合会",
    "促进会",
    "基金会",
    "理事会",
    "总会",
    "工会",
    "妇联",
    "残联",
    "科协",
    "侨联",
    "文联",
    "工商联",
    "社联",
    "贸促会",
    "共青团",
    "团委",
    "中心",
    "法院",
    "检察院",
    "海关",
    "高校",
    "院校",
    "学校",
    "大学",
    "学院",
    "党校",
    "医院",
    "总队",
    "支队",
    "大队",
    "军区",
    "警备区",
    "军分区",
    "部队",
    "兵团",
    "交易所",
    "供销社",
    "供销合作总社",
    "农信社",
    "报社",
    "电视台",
    "出版社",
    "平台公司",
    "社区",
    "街道",
    "乡镇",
    "各区县",
    "各县区",
    "县（市、区）",
    "区县",
    "各市",
    "各市（地）",
    "各地",
    "各地区",
    "开发区",
    "高新区",
    "经开区",
    "新区",
    "园区",
    "示范区",
    "合作区",
    "保税区",
    "自贸试验区",
    "自贸区",
    "运营商",
    "服务商",
    "科研院所",
    "事务所",
    "智库",
    "联盟",
    "行业组织",
    "社会组织",
    "主体",
    "业主",
    "党委",
    "党组",
    "纪委",
    "人大",
    "政协",
    "人大常委会",
    "金融办",
    "法制办",
    "工委",
    "党工委",
];

/// Words with which an ordinary phrase begins, not a name.
const VERBS: &[&str] = &[
    "加强",
    "加快",
    "加大",
    "推动",
    "推进",
    "促进",
    "支持",
    "鼓励",
    "引导",
    "建立",
    "建设",
    "健全",
    "完善",
    "落实",
    "实施",
    "开展",
    "提高",
    "提升",
    "扩大",
    "优化",
    "强化",
    "深化",
    "培育",
    "发展",
    "发挥",
    "组织",
    "制定",
    "研究",
    "做好",
    "抓好",
    "打造",
    "构建",
    "创新",
    "改革",
    "整合",
    "统筹",
    "协调",
    "督促",
    "指导",
    "监督",
    "确保",
    "保障",
    "严格",
    "规范",
    "依托",
    "利用",
    "通过",
    "按照",
    "根据",
    "依据",
    "对",
    "由",
    "向",
    "把",
    "将",
    "为",
    "以",
    "在",
    "与",
    "和",
    "及",
    "或",
    "从",
    "到",
    "是",
    "不",
    "要",
    "可",
    "使",
    "让",
    "联合",
    "会同",
    "配合",
    "协助",
    "参与",
    "负责",
    "牵头",
    "明确",
    "坚持",
    "围绕",
    "突出",
    "积极",
    "大力",
    "着力",
    "切实",
    "进一步",
    "全面",
    "新建",
    "扩建",
    "改造",
    "引进",
    "吸引",
    "争取",
    "力争",
    "完成",
    "实现",
    "达到",
    "形成",
    "建成",
    "设立",
    "成立",
    "搭建",
    "增强",
    "拓展",
    "推广",
    "应用",
    "降低",
    "减少",
    "下放",
    "取消",
    "简化",
    "整治",
    "治理",
    "打击",
    "查处",
    "编制",
    "申报",
    "申请",
    "帮助",
    "扶持",
    "壮大",
    "做大",
    "做强",
    "选择",
    "选派",
    "征求",
    "报",
    "经",
    "如",
    "但",
    "对接",
    "服务",
    "充分",
    "持续",
    "探索",
    "严厉",
    "依法",
    "全力",
    "定期",
    "及时",
    "加",
    "派",
    "请",
    "向",
    "当",
    "被",
    "有",
    "无",
    "没有",
    "均",
    "共",
    "等",
];

/// Heads that begin with a character of [`VERBS`] and are names all the same.
const NAME_HEADS: &[&str] = &[
    "发展改革",
    "发展和改革",
    "发展研究",
    "建设局",
    "建设厅",
    "建设委",
    "建设银行",
    "组织部",
    "研究院",
    "研究所",
    "研究室",
    "服务中心",
    "服务局",
    "服务业",
    "监督",
    "指导中心",
    "促进会",
    "有关",
    "有色",
    "对外",
    "对口",
    "经济",
    "经信",
    "经贸",
    "经开",
    "经发",
    "经营",
    "经合",
    "报社",
    "报业",
    "到位",
    "不动产",
    "共青团",
    "应用技术",
    "当地",
    "无线电",
    "为民",
    "以上",
    "在京",
    "在黑",
    "在浙",
    "在沪",
    "在渝",
    "在粤",
    "驻",
    "和平",
    "发展集团",
    "信访",
    "有限",
    "要素",
    "可再生",
    "将军",
    "改革办",
    "治理办",
    "利用外资",
    "投促",
    "整治办",
    "建设管理",
    "发展促进",
    "研究机构",
    "建设单位",
    "实施单位",
    "承担单位",
    "牵头单位",
    "责任单位",
    "配合单位",
    "参与单位",
    "组织单位",
    "服务机构",
    "建设主体",
    "扶贫",
    "推进组",
    "推进办",
    "推进委",
    "编制部门",
    "编制办",
    "规划",
    "保障中心",
    "经纪",
];

/// Reads like a name: no verb in front, no punctuation that parts clauses.
fn is_noun_like(text: &str) -> bool {
    const BREAKS: &[char] = &[
        '，', '。', '；', '：', '！', '？', '“', '”', '《', '》', ',', ';', ':', '的', '了', '并',
    ];
    if text.contains(BREAKS) {
        return text == "各有关单位";
    }
    let verb = VERBS.iter().any(|verb| text.starts_with(verb));
    !verb || NAME_HEADS.iter().any(|head| text.starts_with(head))
}

/// Whether a string reads as the name of a unit: a department, government, group, bank, institute, company, or a word for several
/// (`各市（地）政府（行署）`, `省内高校`, `有关部门`); not an ordinary phrase (`加强组织领导`).
pub fn looks_like_unit(text: &str) -> bool {
    let text = text.trim();
    let chars = text.chars().count();
    if !(2..=32).contains(&chars) {
        return false;
    }
    let registry = &*REGISTRY;
    if registry.by_name.contains_key(text) || registry.by_pattern.contains_key(&format!("~{text}"))
    {
        return true;
    }
    if !is_noun_like(text) {
        return false;
    }
    // 各市（地）政府（行署）: the bracket explains, what stands before it is the name.
    let bare = match text.strip_suffix('）').and_then(|inner| inner.rfind('（')) {
        Some(open) if open > 0 => &text[..open],
        _ => text,
    };
    if UNIT_ENDINGS
        .iter()
        .any(|end| bare.ends_with(end) || text.ends_with(end))
    {
        return !is_common_word(bare);
    }
    is_placed_alone(bare)
}

/// Words with the ending of a unit that are none: `格局`, `外部`, `中心`.
fn is_common_word(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "格局",
        "布局",
        "全局",
        "大局",
        "开局",
        "局部",
        "内部",
        "外部",
        "全部",
        "东部",
        "西部",
        "南部",
        "北部",
        "中部",
        "核心",
        "中心",
        "重心",
        "信心",
        "好处",
        "之处",
        "用处",
        "深处",
        "住处",
        "出处",
        "所",
        "场所",
        "厕所",
        "委",
        "部",
        "处",
        "组",
        "机组",
        "单位",
        "小组",
        "高度",
        "干部",
        "总部",
        "底部",
        "顶部",
        "头部",
        "细部",
        "平台",
        "主体",
        "园区",
        "社区",
        "新区",
        "开发区",
        "示范区",
        "企业",
        "市场主体",
        "经营主体",
        "责任主体",
    ];
    const ENDS: &[&str] = &[
        "格局",
        "布局",
        "全局",
        "大局",
        "内部",
        "外部",
        "全部",
        "东部",
        "西部",
        "南部",
        "北部",
        "中部",
        "场所",
        "干部",
        "机组",
        "主要部",
    ];
    WORDS.contains(&text) || ENDS.iter().any(|end| text.ends_with(end))
}

/// A division named alone may bear a task: `浦东新区`, `哈尔滨市`.
fn is_placed_alone(text: &str) -> bool {
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
                let general = rows
                    .iter()
                    .map(|&row| &registry.local[row as usize])
                    .filter(|row| row.only.is_empty() && row.levels.contains(level));
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
            (
                "省发改委",
                Some("黑龙江省"),
                Some("黑龙江省发展和改革委员会"),
            ),
            (
                "省发展改革委",
                Some("哈尔滨市"),
                Some("黑龙江省发展和改革委员会"),
            ),
            ("黑龙江省发改委", None, Some("黑龙江省发展和改革委员会")),
            ("市商务委", Some("重庆市"), Some("重庆市商务委员会")),
            ("发展改革委", None, Some("国家发展和改革委员会")),
            ("财政部", Some("黑龙江省"), Some("财政部")),
            (
                "省工业和信息化委员会",
                Some("黑龙江省"),
                Some("黑龙江省工业和信息化委员会"),
            ),
            (
                "人行重庆营管部",
                Some("重庆市"),
                Some("中国人民银行重庆营业管理部"),
            ),
            (
                "人民银行哈尔滨中心支行",
                Some("黑龙江省"),
                Some("中国人民银行哈尔滨中心支行"),
            ),
            (
                "黑龙江银监局",
                Some("黑龙江省"),
                Some("中国银行业监督管理委员会黑龙江监管局"),
            ),
            ("团省委", Some("黑龙江省"), Some("共青团黑龙江省委")),
            ("省委组织部", Some("黑龙江省"), Some("中共黑龙江省委组织部")),
            (
                "省直机关工委",
                Some("黑龙江省"),
                Some("中共黑龙江省委直属机关工作委员会"),
            ),
            ("市市场监管局", Some("重庆市"), Some("重庆市市场监督管理局")),
            (
                "市经济信息化委",
                Some("上海市"),
                Some("上海市经济和信息化委员会"),
            ),
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
            let expected = Succession {
                name: next.to_owned(),
                year,
            };
            assert_eq!(successor(name), Some(expected), "{name}");
        }
        assert_eq!(successor("黑龙江省财政厅"), None);
    }

    #[test]
    fn aliases_are_names_of_the_same_body() {
        let names = aliases("省发改委", Some("黑龙江省"));
        for name in [
            "省发改委",
            "省发展改革委",
            "省发展和改革委员会",
            "黑龙江省发展和改革委员会",
            "黑龙江省发改委",
            "发改委",
        ] {
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
        ] {
            assert_eq!(issuer_by_sign(sign).as_deref(), Some(issuer));
        }
    }
}
