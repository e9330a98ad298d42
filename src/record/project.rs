//! Which projects does the document build? `加快实施A、B、C等重点项目`, rows of a project table, `推进国贸中心等重大项目建设`.

use super::named::{self, ListKind};
use super::responsibility::unit_names;
use super::{Amount, Body, Document, Draft, Extractor, ProjectFields, Scale, Text};
use crate::layout::{Block, Cell, RowKind, Table};
use crate::lexicon::place;
use crate::mention::list::List;
use crate::mention::{enterprise, quantity, units};
use crate::text::{AnyOf, Cover, Folded, Span};
use regex::Regex;
use std::sync::LazyLock;

/// Reads projects from lists, sentences and tables.
pub struct Projects;

impl Extractor for Projects {
    fn extract(&self, document: &Document<'_>, drafts: &mut Vec<Draft>) {
        for (text, sentences) in document.prose() {
            for (sentence, lists) in sentences {
                let mut listed = Cover::default();
                for list in lists {
                    let of_projects = named::kind_of(&list.head) == ListKind::Project && is_list_of_projects(document, &text, list);
                    // 建设A创新中心、B实验室等创新平台: works in a list of something wider.
                    let words = |item: &Span<Folded>| &text.reading.text()[item.range()];
                    let wider = named::kind_of(&list.head) == ListKind::Focus
                        && named::builds(&list.verb)
                        && list.items.iter().any(|item| is_named_work(document, words(item), founds(&list.verb)));
                    let is_one = |item: &&Span<Folded>| of_projects || wider && ENDINGS.iter().any(|ending| words(item).ends_with(ending));
                    drafts.extend(list.items.iter().filter(is_one).map(|item| from_list(document, &text, list, *item)));
                    listed.extend(list.items.iter().copied().chain([list.head_span]));
                }
                for clause in &sentence.clauses {
                    in_clause(document, &text, *clause, &listed, drafts);
                }
            }
        }
        announced(document, drafts);
        for block in &document.outline.blocks {
            if let crate::layout::Kind::Row(table, Some(row)) = block.kind {
                drafts.extend(from_row(document, block, &document.outline.tables[table], row));
            }
        }
    }
}

/// `实施如下重点项目：` above headings that each end with 项目: each heading is one.
fn announced(document: &Document<'_>, drafts: &mut Vec<Draft>) {
    static ANNOUNCES: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?:如下|以下|下列)[^，。；：]{0,8}(?:项目|工程)：$").expect("the pattern of announcements is well formed")
    });
    let mut above: Option<Option<usize>> = None;
    for block in &document.outline.blocks {
        let text = block.reading.text();
        if let Some(section) = block.section.filter(|_| block.kind == crate::layout::Kind::Heading) {
            let heading = &document.outline.sections[section];
            let is_one = above == Some(heading.parent) && ["项目", "工程"].iter().any(|end| heading.heading.ends_with(end));
            if let Some(at) = text.find(heading.heading.as_str()).filter(|_| is_one) {
                let above = Text { reading: &block.reading, section: heading.parent, time: None, is_cell: false };
                let body = project(document, &above, &heading.heading, None, None);
                let span = block.locate(Span::new(at, at + heading.heading.len()));
                drafts.push(Draft { span, section: block.section, rule: "project-heading", body: Body::Project(Box::new(body)) });
            }
        }
        if ANNOUNCES.is_match(text.trim_end()) {
            above = Some(block.section);
        }
    }
}

/// A list of things in general (`基础设施、公共服务等项目`) names no projects: its head says little more than 项目, a verb of
/// building leads it, and it counts its items, or one names a body, a place, a work, or is quoted.
fn is_list_of_projects(document: &Document<'_>, block: &Text<'_>, list: &List) -> bool {
    let text = block.reading.text();
    let plain = list.head.chars().count() <= 9 && !list.verb.contains("围绕");
    let general = |item: &str| item.starts_with(['各', '在', '对']) || item.contains("在") && item.ends_with(['型', '化']);
    let named = |item: &str| {
        enterprise::split_owner(item).is_some()
            || named::place_in(document, item).is_some()
            || item.starts_with('“')
            || WORK.is_match(item) && item.chars().count() > 3
            || item.chars().count() >= 8 && list.head.starts_with("重")
    };
    let counted = list.declared.is_some() && list.head.ends_with("项目") || is_list_of_works(text, list);
    // 等8家市级医院, 等5所学校: what is there already is no project.
    let plain = plain && (["项目", "工程"].iter().any(|head| list.head.ends_with(head)) || founds(&list.verb));
    plain
        && (!list.verb.is_empty() || list.declared.is_some())
        && !list.items.iter().any(|i| general(&text[i.range()]))
        && (counted || list.items.iter().any(|i| named(&text[i.range()])))
}

/// `加快A、B、C等煤矿建设`: works of one kind are named by what tells them apart.
fn is_list_of_works(text: &str, list: &List) -> bool {
    let name = |item: &Span<Folded>| {
        let own = &text[item.range()];
        (2..=8).contains(&own.chars().count())
            && own.chars().all(crate::text::fold::is_han)
            && !is_kind_of_work(&format!("{own}{}", list.head))
    };
    WORK_HEADS.contains(&list.head.as_str()) && list.open && list.items.len() > 1 && list.items.iter().all(name)
}

/// What works of one kind are called; with a kind before it (`抽水蓄能电站`) it is one of the list's own words.
const WORK_HEADS: &[&str] =
    &["煤矿", "水库", "抽水蓄能电站", "水电站", "核电站", "铁路", "高铁", "城际铁路", "高速公路", "机场", "大桥", "隧道", "水利枢纽"];

/// The endings of named works.
static WORK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:水库|枢纽|铁路|高铁|高速公路|公路|机场|港|大桥|隧道|电站|中心|总部|地铁|轨道交通|运河|改造|扩建|转型|升级|迁建|技改|[一二三四五六七八九十]期|生产线|装置)$")
        .expect("the pattern of works is well formed")
});

fn from_list(document: &Document<'_>, block: &Text<'_>, list: &List, item: Span<Folded>) -> Draft {
    let printed = &block.reading.text()[item.range()];
    // 九里山、白河等煤矿: the kind completes the name.
    let kind = if WORK_HEADS.contains(&list.head.as_str()) && !printed.ends_with(&list.head) { list.head.as_str() } else { "" };
    let body = project(document, block, &format!("{printed}{kind}"), Some(list.head.clone()), list.declared);
    Draft { span: block.locate(item), section: block.section, rule: "project-list", body: Body::Project(Box::new(body)) }
}

fn project(document: &Document<'_>, block: &Text<'_>, name: &str, list: Option<String>, declared: Option<u64>) -> ProjectFields {
    let (owner, content) = enterprise::split_owner(name).map_or((None, name), |(owner, content)| (Some(owner.to_owned()), content));
    ProjectFields {
        name: name.to_owned(),
        content: content.to_owned(),
        industry: named::industry(document, block.section),
        place: named::place_in(document, content).or_else(|| named::place_in(document, name)),
        scale: scale(content),
        owner,
        list,
        declared,
        investment: None,
        period: None,
        lead: None,
    }
}

/// The quantities in a project's name: `200万吨稻谷及副产品综合加工`.
fn scale(content: &str) -> Vec<Scale> {
    quantity::find(content, 0, content.len())
        .into_iter()
        .filter(|q| !q.chinese)
        .map(|q| Scale { value: Amount(q.value), unit: q.unit })
        .collect()
}

/// The endings of works' names in sentences.
const ENDINGS: &[&str] = &[
    "项目",
    "工程",
    "水库",
    "水利枢纽",
    "枢纽",
    "铁路",
    "高铁",
    "城际",
    "高速公路",
    "高速",
    "公路",
    "快速路",
    "机场",
    "航站楼",
    "港区",
    "港",
    "大桥",
    "隧道",
    "电站",
    "核电",
    "电厂",
    "轨道交通",
    "地铁",
    "号线",
    "运河",
    "灌区",
    "引水",
    "调水",
    "一期",
    "二期",
    "三期",
    "四期",
    "五期",
    "六期",
    "改扩建",
    "扩建",
    "迁建",
    "技改",
    "扩能改造",
    "生产线",
    "工厂",
    "装置",
    "实验室",
    "创新中心",
    "研究中心",
    "技术中心",
    "数据中心",
    "算力中心",
    "中试平台",
    "中试基地",
    "博物馆",
    "图书馆",
    "体育馆",
    "科技馆",
    "体育场",
    "中学",
    "小学",
    "幼儿园",
    "实验学校",
    "医院",
    "院区",
    "校区",
    "产业化",
    "段",
    "整治",
    "无水港",
    "段）",
    "期）",
];
static ENDED: LazyLock<AnyOf> = LazyLock::new(|| AnyOf::new(ENDINGS.iter().copied()));

/// The named works that a clause builds: `加快沿江高铁合宁段、合新高铁、阜淮城际建设`, `新建北京路实验学校`.
fn in_clause(document: &Document<'_>, text: &Text<'_>, clause: Span<Folded>, listed: &Cover<Folded>, drafts: &mut Vec<Draft>) {
    let words = text.reading.text();
    if !ENDED.is_in(&words[clause.range()]) || !named::builds(&words[clause.range()]) {
        return;
    }
    let founded_from = FOUNDING.first_end(&words[clause.range()]);
    let ends = |piece: &str| ENDINGS.iter().any(|ending| piece.ends_with(ending));
    for (piece, built) in named::pieces(words, clause, ends) {
        let Some(end) = named::name_end(&words[piece.range()], &ENDED) else { continue };
        // 石雄铁路项目建设: the work's own ending is the name's.
        let whole = &words[piece.start..piece.start + end];
        let work = whole.strip_suffix("项目").filter(|work| ENDINGS.iter().any(|ending| work.ends_with(ending)));
        let span = Span::new(piece.start, piece.start + work.unwrap_or(whole).len());
        let name = &words[span.range()];
        let founded = founded_from.is_some_and(|end| clause.start + end <= span.start);
        if !built || listed.meets(span) || !is_named_work(document, name, founded) {
            continue;
        }
        let mut push = |span: Span<Folded>, name: &str, rule| {
            let body = project(document, text, name, None, None);
            drafts.push(Draft { span: text.locate(span), section: text.section, rule, body: Body::Project(Box::new(body)) });
        };
        for (part, name) in sharing(&words[clause.start..span.start], name) {
            push(Span::new(clause.start + part.start, clause.start + part.end), &name, "project-shared");
        }
        push(span, name, "project-sentence");
    }
}

static FOUNDING: LazyLock<AnyOf> = LazyLock::new(|| AnyOf::new(["新建", "扩建", "改建", "迁建", "建设", "建成", "开工", "推进", "加快"]));

/// Whether the words before a name say that it is built: 新建, 开工.
fn founds(lead: &str) -> bool {
    FOUNDING.is_in(lead)
}

/// Whether a name is one work's: it ends as works' names do, and tells a place, who carries it out, a number of its own, or is
/// short and no kind of work (`六庆铁路`).
fn is_named_work(document: &Document<'_>, name: &str, founded: bool) -> bool {
    static CODE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"[A-Z][0-9]").expect("the pattern of codes is well formed"));
    const SHORT: &[&str] = &["城际铁路", "铁路", "高铁", "城际", "高速", "高速公路", "大桥", "水库", "机场", "运河", "灌区", "水利枢纽"];
    let length = name.chars().count();
    let works = ENDINGS.iter().any(|ending| name.ends_with(ending));
    let short = SHORT.iter().filter_map(|ending| name.strip_suffix(ending)).any(|own| (2..=4).contains(&own.chars().count()));
    // 新建北京路实验学校: a school or hospital that is built has a name.
    let school = founded
        && ["实验学校", "幼儿园", "小学", "中学", "医院", "博物馆", "图书馆", "体育馆"]
            .iter()
            .filter_map(|ending| name.strip_suffix(ending))
            .any(|own| own.chars().count() >= 2);
    let road =
        ["段", "段）"].iter().any(|end| name.ends_with(end)) && ["高铁", "铁路", "高速", "公路"].iter().any(|road| name.contains(road));
    let own = enterprise::split_owner(name).is_some()
        || place::find_within(name, document.front.region).iter().any(|m| m.start <= 24)
        || CODE.is_match(name)
        || school
        || road
        || name.contains("型国家")
        || name.ends_with('期') && length >= 4
        || name.starts_with("国家") && length >= 11 && (name.ends_with("创新中心") || name.ends_with("实验室"))
        || short;
    works && own && !name.starts_with(|c: char| c.is_ascii_digit() || c == '“') && (4..=40).contains(&length) && !is_kind_of_work(name)
}

/// The works before a named one that share its ending: `雄忻、石雄铁路`, `港口型、陆港型、空港型国家物流枢纽`.
fn sharing(before: &str, name: &str) -> Vec<(Span<Folded>, String)> {
    static SHORT: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?:加快|推进|推动|建设|实施|启动|开工|力促|建成|支持|打造|、)+(?P<item>\p{Han}{2,4})、$")
            .expect("the pattern of shared endings is well formed")
    });
    let shared = match name.find('型') {
        Some(at) => &name[at + '型'.len_utf8()..],
        None => {
            ["铁路", "高铁", "高速公路", "公路", "大桥", "隧道", "机场", "水库"].iter().find(|e| name.ends_with(**e)).map_or("", |e| *e)
        }
    };
    let mut out = Vec::new();
    let mut end = before.len();
    while let Some(item) = SHORT
        .captures(&before[..end])
        .and_then(|c| c.name("item"))
        .filter(|i| !shared.is_empty() && (!name.contains('型') || i.as_str().ends_with('型')))
    {
        out.push((Span::new(item.start(), item.end()), format!("{}{shared}", item.as_str())));
        end = item.start();
    }
    out
}

/// Works in general are no projects: 高速铁路, 农村公路, 控制性枢纽.
fn is_kind_of_work(name: &str) -> bool {
    const KINDS: &[&str] = &[
        "高速",
        "城际",
        "普速",
        "农村",
        "骨干",
        "控制性",
        "重点",
        "大型",
        "中型",
        "中小型",
        "综合",
        "区域",
        "通用",
        "支线",
        "干线",
        "快速",
        "现代",
        "乡村",
        "四好",
        "市域",
        "货运",
        "沿海",
        "内河",
        "专用",
        "高等级",
        "重大",
        "一批",
        "全国",
        "国省",
        "物流",
        "航空",
        "交通",
        "改造",
        "新建",
        "提升",
        "升级",
        "建设",
        "推进",
        "加快",
        "水利",
        "抽水蓄能",
        "小型",
        "病险",
        "定点",
        "方舱",
        "公立",
        "公办",
        "普惠",
        "寄宿制",
        "标准化",
        "二级",
        "三级",
        "三甲",
        "中心城区",
        "老旧",
        "棚户区",
        "主要",
        "城市",
        "乡镇",
        "社区",
        "义务教育",
        "优质",
        "高中",
        "普通",
        "示范",
    ];
    let general =
        ["等", "的", "各", "一批", "一体", "条", "全市", "全省", "县级", "一个", "若干", "有条件", "以上", "由", "向", "本地", "我"]
            .iter()
            .any(|w| name.contains(w));
    general
        || name.chars().count() < 3
        || KINDS.iter().any(|k| name.starts_with(k))
        || KINDS.iter().any(|k| name.strip_prefix(k).is_some_and(|r| r.chars().count() <= 2))
}

/// A row of a project table: its head has 项目名称.
fn from_row(document: &Document<'_>, block: &Block, table: &Table, row: usize) -> Option<Draft> {
    let column = |words: &[&str]| table.column(|label| words.iter().any(|w| label.contains(w)));
    let name_at = column(&["项目名称", "工程名称"])?;
    let row = &table.rows[row];
    let cell = |at: Option<usize>| at.and_then(|k| row.cells.get(k)).filter(|c| !c.reading.text().trim().is_empty());
    let name = cell(Some(name_at)).filter(|_| row.kind == RowKind::Data)?.name();
    let text = Text { reading: &block.reading, section: block.section, time: None, is_cell: true };
    let mut body = project(document, &text, &name, table.caption.clone(), None);
    let text = |c: &Cell| c.reading.text().trim().to_owned();
    if let Some(content) = cell(column(&["建设内容", "建设规模", "主要内容", "内容"])) {
        body.content = text(content);
        body.scale = scale(&body.content);
    }
    body.owner = cell(column(&["建设单位", "项目单位", "实施主体", "业主", "企业名称", "实施单位"])).map(Cell::name).or(body.owner);
    body.place = cell(column(&["建设地点", "地点", "所在地", "属地"])).map(Cell::name).or(body.place);
    body.investment = cell(column(&["总投资", "投资"])).map(text);
    body.period = cell(column(&["建设年限", "建设周期", "起止年限", "建设期", "起止时间"])).map(text);
    body.lead =
        cell(column(&["责任单位", "牵头单位", "责任部门"])).map(|c| unit_names(document, &units::read(&c.reading, c.reading.all()).names));
    Some(Draft { span: row.span, section: block.section, rule: "project-row", body: Body::Project(Box::new(body)) })
}
