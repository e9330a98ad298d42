//! Which projects does the document build? `加快实施A、B、C等重点项目`, rows of a project table, `推进国贸中心等重大项目建设`.

use super::named::{self, ListKind};
use super::responsibility::unit_names;
use super::{Amount, Body, Document, Draft, Extractor, ProjectFields, Scale};
use crate::layout::{Block, Cell, RowKind, Table};
use crate::mention::list::List;
use crate::mention::{enterprise, quantity, units};
use crate::text::{Folded, Span};
use regex::Regex;
use std::sync::LazyLock;

/// Reads projects from lists, sentences and tables.
pub struct Projects;

impl Extractor for Projects {
    fn extract(&self, document: &Document<'_>, drafts: &mut Vec<Draft>) {
        for (block, sentences) in document.prose() {
            for (sentence, lists) in sentences {
                let of_projects =
                    lists.iter().filter(|l| named::kind_of(&l.head) == ListKind::Project && is_list_of_projects(document, block, l));
                drafts.extend(of_projects.flat_map(|l| l.items.iter().map(move |item| from_list(document, block, l, *item))));
                let listed: Vec<Span<Folded>> = lists.iter().flat_map(|l| l.items.iter().copied()).collect();
                for clause in &sentence.clauses {
                    in_sentence(document, block, *clause, &listed, drafts);
                }
            }
        }
        for block in &document.outline.blocks {
            if let crate::layout::Kind::Row(table, Some(row)) = block.kind {
                drafts.extend(from_row(document, block, &document.outline.tables[table], row));
            }
        }
    }
}

/// A list of things in general (`基础设施、公共服务等项目`) names no projects: its head says little more than 项目, a verb of
/// building leads it, and an item names a body, a place, a work, or is quoted.
fn is_list_of_projects(document: &Document<'_>, block: &Block, list: &List) -> bool {
    let text = block.reading.text();
    let plain = list.head.chars().count() <= 6 && !list.verb.contains("围绕");
    let named = |item: &str| {
        enterprise::split_owner(item).is_some()
            || named::place_in(document, item).is_some()
            || item.starts_with('“')
            || WORK.is_match(item)
            || item.chars().count() >= 8 && list.head.starts_with("重")
    };
    plain && (!list.verb.is_empty() || list.declared.is_some()) && list.items.iter().any(|i| named(&text[i.range()]))
}

/// The endings of named works.
static WORK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:水库|枢纽|铁路|高铁|高速公路|公路|机场|港|大桥|隧道|电站|中心|总部|地铁|轨道交通|运河|改造|扩建|转型|升级|迁建|技改)$")
        .expect("the pattern of works is well formed")
});

fn from_list(document: &Document<'_>, block: &Block, list: &List, item: Span<Folded>) -> Draft {
    let body = project(document, block, &block.reading.text()[item.range()], Some(list.head.clone()), list.declared);
    Draft { span: block.locate(item), section: block.section, rule: "project-list", body: Body::Project(Box::new(body)) }
}

fn project(document: &Document<'_>, block: &Block, name: &str, list: Option<String>, declared: Option<u64>) -> ProjectFields {
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

static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)(?:加快|推进|推动|建设|实施|启动|开工|力促|抓好|建成|确保|支持|完成|谋划|新建|续建|开展|积极|打造|布局|以|、)
          (?P<name>[^，。；：、“”]{2,24}?
            (?:年产[0-9.]+\p{Han}{1,20}?项目|水库|水利枢纽|枢纽|铁路|高铁|高速公路|公路|机场|港区?|大桥|隧道|电站|水电站|核电站|输水工程|引水工程|供水工程|城际铁路|地铁|轨道交通|运河|无水港|调水工程|示范项目|灌区)
          )(?:等|项目|工程|建设|建成|投运|开工|前期|为|、|$)",
    )
    .expect("the pattern of named works is well formed")
});

/// A named work in a sentence: a verb of building, a name that ends as works' names do.
fn in_sentence(document: &Document<'_>, block: &Block, clause: Span<Folded>, listed: &[Span<Folded>], drafts: &mut Vec<Draft>) {
    let text = &block.reading.text()[clause.range()];
    if !text.contains(['库', '枢', '铁', '路', '场', '港', '桥', '隧', '站', '程', '河', '灌', '目', '道']) {
        return;
    }
    let mut at = 0;
    while let Some(caught) = NAMED.captures_at(text, at) {
        let Some(found) = caught.name("name") else { break };
        at = found.end();
        let name = found.as_str();
        let span = Span::new(clause.start + found.start(), clause.start + found.end());
        if is_kind_of_work(name) || listed.iter().any(|l| l.meets(span)) {
            continue;
        }
        let span = block.locate(span);
        for (part, name) in sharing(&text[..found.start()], name) {
            let span = block.locate(Span::new(clause.start + part.start, clause.start + part.end));
            let body = project(document, block, &name, None, None);
            drafts.push(Draft { span, section: block.section, rule: "project-shared", body: Body::Project(Box::new(body)) });
        }
        let body = project(document, block, name, None, None);
        drafts.push(Draft { span, section: block.section, rule: "project-sentence", body: Body::Project(Box::new(body)) });
    }
}

/// The works before a named one that share its ending: `雄忻、石雄铁路`, `港口型、陆港型、空港型国家物流枢纽`.
fn sharing(before: &str, name: &str) -> Vec<(Span<Folded>, String)> {
    static SHORT: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?:加快|推进|推动|建设|实施|启动|开工|力促|建成|支持|打造|、)(?P<item>\p{Han}{2,4})、$")
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
        "国家",
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
    ];
    let general = ["等", "的", "各", "一批", "一体", "条"].iter().any(|w| name.contains(w));
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
    let mut body = project(document, block, &name, table.caption.clone(), None);
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
