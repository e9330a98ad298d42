//! Who does a task, with whom, until when? A row of a task table, a note `（A牵头，B、C配合）`, a clause `由A负责…`.

use super::quantity::cell::is_told_of_row;
use super::{Basis, Body, Document, Draft, Extractor, ResponsibilityFields, UnitName};
use crate::layout::marker::marker_at;
use crate::layout::{Block, Cell, Kind, MarkerKind, Row, RowKind, Table};
use crate::lexicon::agency;
use crate::mention::clause::Sentence;
use crate::mention::deadline::{self, Deadline};
use crate::mention::period::Period;
use crate::mention::units::{self, Units};
use crate::text::{AnyOf, Folded, Reading, Span, closing_brackets, opening};
use regex::{Match, Regex};
use std::sync::LazyLock;

/// Reads responsibilities.
pub struct Responsibilities;

impl Extractor for Responsibilities {
    fn extract(&self, document: &Document<'_>, drafts: &mut Vec<Draft>) {
        let blocks = || document.outline.blocks.iter().map(|b| &b.reading);
        // 排在第一位的部门为牵头部门，下同: from there on.
        let told = blocks().enumerate().find(|(_, block)| block.text().contains("牵头") && CONVENTION.is_match(block.text()));
        let leads_from = told.map(|(at, block)| if block.text().contains("下同") { at } else { 0 });
        // （省工业和信息化厅、发展改革委、科技厅等，各市政府）: where several bracket units alone, or one a whole list of departments.
        let mut bracketed = blocks().filter(|block| ends_with_units(block));
        let lists = bracketed.next().is_some_and(lists_departments) || bracketed.next().is_some();
        let bare = leads_from.is_some() || lists;
        for (index, block) in document.outline.blocks.iter().enumerate() {
            let first_leads = leads_from.is_some_and(|from| index >= from);
            if let Kind::Row(table, Some(row)) = block.kind {
                drafts.extend(from_row(document, block, table, row, first_leads));
            } else if matches!(block.kind, Kind::Paragraph | Kind::Heading) {
                from_prose(document, index, Reads { first_leads, bare }, drafts);
            }
        }
    }
}

/// How a document's notes are read.
#[derive(Clone, Copy)]
struct Reads {
    /// Whether the first named leads.
    first_leads: bool,
    /// Whether units alone in brackets make a note.
    bare: bool,
}

/// Names with what they are officially called.
pub fn unit_names(document: &Document<'_>, names: &[String]) -> Vec<UnitName> {
    let region = document.front.region.map(|p| p.name);
    let canonical = |name: &str| agency::canonical(name, region).or_else(|| agency::canonical(agency::both_names(name)?.0, region));
    names.iter().map(|name| UnitName { canonical: canonical(name), name: name.clone() }).collect()
}

/// The document says once how its notes are read: `列第一位者为牵头单位，下同`, `排在第一位的部门为牵头部门`.
static CONVENTION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:列|排|居)名?(?:在)?(?:第一位|第一|首位|首)(?:位)?(?:的|者)?(?:责任)?(?:单位|部门)?(?:的)?(?:为|是|负责)牵头|第一个?(?:责任)?(?:单位|部门)(?:为|是)牵头")
        .expect("the pattern of the convention is well formed")
});

// ---- tables ----

const LEAD_COLUMNS: &[&str] =
    &["牵头单位", "牵头部门", "主办单位", "牵头责任单位", "牵头(责任)单位", "牵头（责任）单位", "主责单位", "牵头"];
const SHARED_COLUMNS: &[&str] = &[
    "责任单位",
    "责任部门",
    "负责单位",
    "负责部门",
    "实施单位",
    "落实单位",
    "承办单位",
    "承担单位",
    "完成单位",
    "主要责任单位",
    "责任主体",
    "责任处室",
    "责任科室",
    "责任分工",
    "任务分工",
    "职责分工",
    "工作分工",
    "主管部门",
];
const SUPPORT_COLUMNS: &[&str] = &[
    "配合单位",
    "配合部门",
    "协办单位",
    "参加单位",
    "参与单位",
    "协作单位",
    "协同单位",
    "支撑单位",
    "支持单位",
    "协助单位",
    "参加部门",
    "参与部门",
    "协同部门",
    "协办部门",
    "会同单位",
    "会同部门",
    "责任单位",
    "责任部门",
];
const TASK_COLUMNS: &[&str] = &[
    "工作任务",
    "重点任务",
    "主要任务",
    "任务",
    "工作内容",
    "事项",
    "工作事项",
    "主要工作",
    "重点工作",
    "工作措施",
    "具体措施",
    "措施",
    "目标任务",
    "任务内容",
    "内容",
    "指标",
];
/// What tells of tasks where no column names them.
const TOLD_COLUMNS: &[&str] = &["举措", "问题", "目标"];
const TIME_COLUMNS: &[&str] = &["完成时间", "完成时限", "时限", "时间", "进度安排", "完成期限", "时间进度", "时间节点", "序时进度"];
const GOAL_COLUMNS: &[&str] = &["年度目标", "工作目标", "目标要求", "预期目标", "主要目标", "目标"];
const NUMBER_COLUMNS: &[&str] = &["序号", "编号"];

fn column(table: &Table, names: &[&str]) -> Option<usize> {
    // 牵头领导: people answer for tasks, and bear none.
    let people = |label: &String| label.contains("领导") && !label.contains("领导小组");
    let labels = table.columns.iter().map(|column| Some(column.label()).filter(|label| !people(label)).unwrap_or_default());
    let labels: Vec<String> = labels.collect();
    let find = |is: &dyn Fn(&str, &str) -> bool| names.iter().find_map(|name| labels.iter().position(|label| is(label, name)));
    // 具体任务 before 任务类别.
    let ends = || find(&|label, name| label.ends_with(name));
    find(&|label, name| label == name).or_else(ends).or_else(|| find(&|label, name| label.contains(name)))
}

/// What the columns of a table say of tasks.
pub(super) struct TaskColumns {
    number: Option<usize>,
    /// The tasks.
    task: Told,
    /// What stands over several tasks: the 重点任务 of `重点任务 | 任务内容 | 责任单位`, whose cells span rows or are told in each of them again.
    over: Option<Told>,
    /// Who leads, or who shares it.
    who: Told,
    /// Whether the column says that who leads.
    explicit: bool,
    /// Whether the column says that the first named leads.
    first_leads: bool,
    support: Option<Told>,
    time: Option<Told>,
    /// What is to be reached: `改造小区45万平方米`.
    goal: Option<usize>,
}

impl TaskColumns {
    /// Those of a table that names tasks and units; one of projects names neither, for its rows are projects.
    pub(super) fn of(table: &Table) -> Option<Self> {
        let lead = column(table, LEAD_COLUMNS);
        // 项目名称 | 年度目标 | 牵头单位 | 配合单位: projects that are tasks of units, as no list of projects to build says.
        let projects = table.column(|label| label.contains("项目名称"));
        let has = |words: &[&str]| words.iter().any(|word| table.column(|label| label.contains(word)).is_some());
        let shared_out = || {
            lead.is_some() && has(&["配合", "协办", "年度目标", "工作目标"])
                || has(&["目标任务", "任务目标", "年度目标", "工作目标", "年度任务"]) && has(&["完成时限", "完成时间", "完成期限"])
        };
        if projects.is_some() && !shared_out() {
            return None;
        }
        let who = lead.or_else(|| column(table, SHARED_COLUMNS))?;
        let number = column(table, NUMBER_COLUMNS);
        let mut task = projects.or_else(|| column(table, TASK_COLUMNS)).or_else(|| column(table, TOLD_COLUMNS))?;
        let details = |at: usize| table.columns.get(at).is_some_and(|c| DETAILS.iter().any(|word| c.label().ends_with(word)));
        while details(task + 1) && spans_rows(table, task) {
            task += 1;
        }
        let support = column(table, SUPPORT_COLUMNS).filter(|at| *at != who);
        let time = column(table, TIME_COLUMNS);
        let goal = column(table, GOAL_COLUMNS).filter(|at| *at != task);
        let others = [number, Some(who), support, time, goal];
        let over = task.checked_sub(1).filter(|at| !others.contains(&Some(*at)) && spans_rows(table, *at));
        let first_leads = |at: usize| table.columns.get(at).is_some_and(|column| CONVENTION.is_match(&column.label()));
        let own = |column| Told::of(table, column, false);
        let spanning = |column| Told::of(table, column, true);
        Some(Self {
            number,
            task: own(task),
            over: over.map(spanning),
            who: spanning(who),
            explicit: lead.is_some() && !first_leads(who),
            first_leads: first_leads(who),
            support: support.map(own),
            time: time.map(own),
            goal,
        })
    }

    fn time(&self, table: &Table, row: usize, year: Option<u16>) -> Option<Deadline> {
        deadline::read(self.time.as_ref()?.cell(table, row)?.reading.text(), year)
    }
}

/// A column, and for each row of its table the row whose cell says what it says.
struct Told {
    column: usize,
    rows: Vec<Option<usize>>,
}

impl Told {
    /// `同上` says what the cell above it says; where a cell may span rows (`spans`), it stands in the first of them.
    fn of(table: &Table, column: usize, spans: bool) -> Self {
        let mut last = None;
        let rows = table.rows.iter().enumerate().map(|(at, row)| {
            let said = row.cells.get(column).map(Cell::name).unwrap_or_default();
            match said.as_str() {
                _ if row.kind != RowKind::Data => last = None,
                "" => return last.filter(|_| spans),
                "同上" => {}
                _ => last = Some(at),
            }
            last
        });
        Self { rows: rows.collect(), column }
    }

    fn cell<'t>(&self, table: &'t Table, row: usize) -> Option<&'t Cell> {
        table.rows[self.rows[row]?].cells.get(self.column)
    }
}

/// What a column of tasks is called beside one that only sums them up.
const DETAILS: &[&str] = &["内容", "措施", "举措", "任务"];

/// Whether cells of a column stand for several rows, told once or in each of them.
fn spans_rows(table: &Table, at: usize) -> bool {
    let rows = || table.rows.iter().filter(|row| row.kind == RowKind::Data);
    let names = || rows().map(|row| row.cells.get(at).map_or_else(String::new, Cell::name));
    names().zip(names().skip(1)).any(|(one, next)| next.is_empty() || one == next)
}

/// A row below a head that names a task and who leads it.
/// `first_leads`: the document says that the first named leads.
fn from_row(document: &Document<'_>, block: &Block, at: usize, index: usize, first_leads: bool) -> Option<Draft> {
    let (table, columns) = (&document.outline.tables[at], document.tasks[at].as_ref()?);
    let row = &table.rows[index];
    if row.kind != RowKind::Data || columns.task.column == columns.who.column {
        return None;
    }
    let said = |told: &Option<Told>| told.as_ref()?.cell(table, index);
    let task = columns.task.cell(table, index)?.name();
    let who = columns.who.cell(table, index)?;
    let supporters = said(&columns.support).map(units_of).unwrap_or_default();
    // 发展改革委会同科技部、卫生计生委: the cell itself tells who leads.
    let told = ["会同", "牵头", "配合", "参加"].iter().any(|word| who.reading.text().contains(word));
    let told = told.then(|| spoken(&who.reading, who.reading.all())).flatten().filter(|told| told.explicit);
    let explicit = columns.explicit || told.is_some();
    let (mut leaders, mut companions) = match told {
        Some(told) => (Units { names: told.lead, open: told.open }, told.support),
        None => (units_of(who), Vec::new()),
    };
    // 责任单位（排第一位的为牵头单位）
    let by_convention = !explicit && (first_leads || columns.first_leads);
    if by_convention {
        companions.extend(leaders.names.drain(1.min(leaders.names.len())..));
    }
    let supporters = Units { names: [companions, supporters.names].concat(), open: supporters.open };
    let body = ResponsibilityFields {
        number: columns.number.and_then(|at| row.cells.get(at)).map(Cell::name).filter(|number| !number.is_empty()),
        task,
        category: group_above(table, index).or_else(|| said(&columns.over).map(Cell::name)),
        lead: unit_names(document, &leaders.names),
        support: unit_names(document, &supporters.names),
        basis: match (explicit, by_convention) {
            (true, _) => Basis::Explicit,
            (false, true) => Basis::Convention,
            (false, false) => Basis::Shared,
        },
        open: leaders.open || supporters.open,
        deadline: columns.time(table, index, document.year()),
    };
    Some(Draft { span: row.span, section: block.section, rule: "responsibility-row", body: Body::Responsibility(Box::new(body)) })
}

/// The cells that say what a row's task is and what it is to reach, and the time that the row sets for it.
pub(super) fn task_cells(document: &Document<'_>, at: usize, index: usize) -> Option<(impl Iterator<Item = usize>, Option<Period>)> {
    let columns = document.tasks[at].as_ref()?;
    let table = &document.outline.tables[at];
    let row = table.rows.get(index).filter(|row| row.kind == RowKind::Data)?;
    let due = columns.time(table, index, document.year()).and_then(|time| time.due);
    let goal = columns.goal.filter(|_| goal_of_task(document, at, index).is_none());
    let cells = [Some(columns.task.column), goal].into_iter().flatten().filter(|column| *column < row.cells.len());
    Some((cells, due.map(|due| Period::until(&due[..4]))))
}

/// A row's task and the cell of its goal, where that tells only a figure: `规模以上工业增加值增长 | 8%以上`.
pub(super) fn goal_of_task(document: &Document<'_>, at: usize, index: usize) -> Option<(String, usize)> {
    let columns = document.tasks[at].as_ref()?;
    let table = &document.outline.tables[at];
    let goal = columns.goal.filter(|goal| table.rows[index].cells.get(*goal).is_some_and(is_told_of_row))?;
    Some((columns.task.cell(table, index)?.name(), goal))
}

fn units_of(cell: &Cell) -> Units {
    units::read(&cell.reading, cell.reading.all())
}

fn group_above(table: &Table, index: usize) -> Option<String> {
    let group: &Row = &table.rows[table.rows[index].group?];
    group.cells.iter().map(Cell::name).rfind(|name| !name.is_empty())
}

// ---- notes in prose ----

/// What a note or clause about responsibility says.
#[derive(Default)]
struct Note {
    lead: Vec<String>,
    support: Vec<String>,
    open: bool,
    explicit: bool,
    deadline: Option<Deadline>,
}

static NOTE: LazyLock<AnyOf> = LazyLock::new(|| {
    AnyOf::new([
        "负责",
        "牵头",
        "会同",
        "主管",
        "责任单位",
        "责任部门",
        "配合",
        "主办",
        "承办",
        "协办",
        "分工",
        "参与",
        "落实单位",
        "责任主体",
    ])
});
static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r"(?x) 【?(?:主要)?(?:
           (?<lead>牵头(?:责任)?(?:单位|部门)|主[办责](?:单位|部门)?|牵头)
         | (?<shared>责任(?:单位|部门|主体|分工)|(?:负责|落实|实施|承办)单位)
         | (?<support>(?:配合|协办|参与|参加|协同|支持|支撑|协作|协助)(?:单位|部门)|(?:协同|配合|协办|参与|相关|有关|其他)责任单位|指导单位|配合|协办|参与)
         | (?<time>{})
         | (?<other>(?:启动|开始|起始)时间|(?:督导|督办|监督|督查|验收|销号|审核|考核|评估|监管)(?:责任)?(?:单位|部门|人)
                  | (?:牵头|分管|责任|负责|协助|配合|协同|包保|包抓|挂钩|联系|督导)?(?:负责)?(?:[省市区县州盟](?:级|委|政府)?)?领导|牵头人|联系人|责任人|负责人|联络员)
        )(?:[：:]|】[：:]?)",
        deadline::LABEL
    ))
    .expect("the pattern of labels is well formed")
});

/// The first label; most notes have none, as the want of a colon tells.
fn label_in(text: &str) -> Option<Match<'_>> {
    text.contains(['：', ':', '】']).then(|| LABEL.find(text))?
}

fn from_prose(document: &Document<'_>, index: usize, reads: Reads, drafts: &mut Vec<Draft>) {
    let first_leads = reads.first_leads;
    let block = &document.outline.blocks[index];
    let text = block.reading.text();
    if is_label_line(block) {
        // 牵头单位：… / 责任单位：… / 完成时限：… below one another are one note, read at the first.
        if index == 0 || !is_label_line(&document.outline.blocks[index - 1]) {
            drafts.extend(from_label_lines(document, index, first_leads));
        }
        return;
    }
    if !reads.bare && !NOTE.is_in(text) {
        return;
    }
    if let Some(assigned) = assigned(document, block) {
        drafts.push(assigned);
        return;
    }
    let mut since = block.says;
    let noted = notes(&block.reading, block.says, reads);
    for span in noted.iter().copied() {
        let inside = inner(text, span);
        let Some(note) = read_note(&block.reading, inside, document.year()) else { continue };
        let task = task_before(document, index, since, span);
        drafts.push(draft(document, block, span, note, first_leads, task, "responsibility-note"));
        since = span.end;
    }
    for sentence in &crate::mention::clause::sentences(text, block.says) {
        from_sentence(document, block, sentence, &noted, drafts);
    }
}

/// `（一）市教育局：负责统筹…；牵头制定…。`: an item that says of a unit what it does.
fn assigned(document: &Document<'_>, block: &Block) -> Option<Draft> {
    const DOES: [&str; 9] = ["负责", "牵头", "主要负责", "具体负责", "承担", "会同", "统筹", "指导", "组织"];
    let text = block.reading.text();
    let colon = opening(text, LONGEST_AGENT).find('：')?;
    let does = colon + '：'.len_utf8();
    if !DOES.iter().any(|verb| text[does..].starts_with(verb)) {
        return None;
    }
    let start = marker_at(text).map_or(0, |marker| marker.len);
    if !text.get(start..colon)?.split('、').all(|unit| agency::looks_like_unit(unit.trim())) {
        return None;
    }
    let agent = block.reading.trim(Span::new(start, colon));
    let task = block.reading.trim(Span::new(does, text.trim_end_matches(['。', '；', ' ']).len()));
    let basis = if text[does..].starts_with("牵头") { Basis::Explicit } else { Basis::Shared };
    Some(clause_draft(document, block, Span::new(agent.start, task.end), task, agent, &Units::default(), basis))
}

/// The longest list of units before a colon, in bytes.
const LONGEST_AGENT: usize = 120;

/// The longest label, its colon included, in bytes.
const LONGEST_LABEL: usize = 60;

/// Whether a line holds labelled units (or times) and nothing else.
fn is_label_line(block: &Block) -> bool {
    let text = block.reading.text();
    let begins = || label_in(opening(text, LONGEST_LABEL)).is_some_and(|label| label.start() == 0);
    block.kind == Kind::Paragraph && begins() && !text.trim_end_matches('。').contains('。')
}

fn from_label_lines(document: &Document<'_>, index: usize, first_leads: bool) -> Option<Draft> {
    let lines: Vec<&Block> = document.outline.blocks[index..].iter().take_while(|b| is_label_line(b)).collect();
    let leads = lines.iter().any(|b| LABEL.captures_iter(b.reading.text()).any(|c| c.name("lead").is_some()));
    let said = |block: &Block| Span::new(0, block.reading.text().trim_end_matches(['。', '；', ' ']).len());
    let mut note = Note { explicit: leads, ..Note::default() };
    for part in lines.iter().filter_map(|b| read_part(&b.reading, said(b), document.year(), leads)) {
        note.lead.extend(part.lead);
        note.support.extend(part.support);
        note.open |= part.open;
        note.explicit |= part.explicit;
        note.deadline = note.deadline.or(part.deadline);
    }
    let (first, last) = (lines.first()?, lines.last()?);
    let task = task_before(document, index, first.body, Span::new(first.body, first.reading.text().len()));
    let span = first.locate(first.reading.all()).join(last.locate(said(last)));
    Some(Draft { span, ..draft(document, first, first.reading.all(), settle(note)?, first_leads, task, "responsibility-note") })
}

/// Bracketed notes at the end of sentences, and what follows `责任单位：` on a line or at a paragraph's end.
fn notes(reading: &Reading, from: usize, reads: Reads) -> Vec<Span<Folded>> {
    let text = reading.text();
    let mut out = Vec::new();
    let mut open: Vec<(usize, char)> = Vec::new();
    for (k, c) in text[from..].char_indices() {
        let at = from + k;
        match c {
            '（' | '〔' | '【' | '[' => open.push((at, c)),
            '）' | '〕' | '】' | ']' => {
                let Some((start, _)) = open.pop() else { continue };
                let span = Span::new(start, at + c.len_utf8());
                if open.is_empty()
                    && (NOTE.is_in(&text[span.range()])
                        || reads.first_leads && names_units_alone(reading, inner(text, span))
                        || reads.bare && text[span.end..].trim_matches(['。', ' ']).is_empty() && ends_with_units(reading)
                        // （二）培育行动。（省经信厅、市场监管局）到2024年，…
                        || reads.bare && text[..span.start].ends_with('。') && names_units_alone(reading, inner(text, span)))
                    && !explains(&text[inner(text, span).range()])
                    && (ends_statement(&text[span.end..]) || text[..span.start].ends_with('。'))
                {
                    out.push(span);
                }
            }
            _ => {}
        }
    }
    if out.is_empty()
        && let Some(label) = label_in(&text[from..])
    {
        let start = from + label.start();
        let own = text[from..start].trim().is_empty() || text[..start].trim_end().ends_with(['。', '；', '！', '）']);
        let whole = text[start..]
            .trim_end_matches('。')
            .split('。')
            .skip(1)
            .all(|part| label_in(part.trim_start()).is_some_and(|l| l.start() == 0));
        if own && whole {
            out.push(Span::new(start, text.trim_end_matches(['。', '；', ' ']).len()));
        }
    }
    if out.is_empty() {
        out.extend(closing_duty(reading, from));
    }
    out
}

/// `由市发展改革委，各县（市、区）人民政府负责落实`: the sentence that closes a paragraph and says nothing but who does it; a line of its own
/// needs no 由 (`人力资源社会保障部牵头，教育部等按职责分工负责`).
fn closing_duty(reading: &Reading, from: usize) -> Option<Span<Folded>> {
    static ALONE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?P<first>[^。；：，、（]{2,20})(?:牵头)?(?:[、，][^。；：]{2,200})?(?:按(?:照)?(?:各自)?职责(?:分工)?(?:负责|落实)|牵头负责|分工负责|配合|参与)$")
            .expect("the pattern of lines of duties is well formed")
    });
    static BY: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"^由(?P<first>[^。；：，、由]{2,30})[^。；：由]{0,200}(?:负责|牵头)(?:落实|实施|办理|推进|组织实施|抓好落实|组织落实)?$",
        )
        .expect("the pattern of closing duties is well formed")
    });
    /// What both end with.
    const ENDS: [&str; 8] = ["负责", "落实", "配合", "参与", "牵头", "实施", "办理", "推进"];
    let text = reading.text();
    let end = text.trim_end_matches(['。', '；', ' ']).len();
    let start = text.get(from..end)?.rfind(['。', '；']).map_or(from, |at| from + at + '。'.len_utf8());
    let said = text[start..end].trim_start();
    if !ENDS.iter().any(|end| said.ends_with(end)) {
        return None;
    }
    let whole = start == from && said.len() == text[..end].trim_start().len();
    let units = |first: &str| agency::looks_like_unit(first.trim_end_matches("牵头").trim_end_matches('等'));
    if whole && ALONE.captures(said).is_some_and(|alone| units(&alone["first"])) {
        return Some(Span::new(end - said.len(), end));
    }
    let names = BY.captures(said).is_some_and(|by| agency::looks_like_unit(&by["first"]));
    // …主体多元化。省国资委牵头，省发改委等部门配合。
    let leads = || {
        said.split_once("牵头").is_some_and(|(lead, rest)| is_list_of_units(lead) && (rest.is_empty() || rest.starts_with(['，', '、'])))
    };
    // …长效机制。省农委、省林业厅分别负责。 …清理。财政部、国资委等相关部门及各地区按职责分工负责。
    let shares = || {
        let verbs = ["按职责分工负责", "按照职责分工负责", "分别负责", "共同负责", "负责"];
        let shared = verbs.iter().find_map(|verb| said.strip_suffix(verb));
        shared.is_some_and(|shared| {
            is_list_of_units(shared) || names_units_alone(reading, Span::new(end - said.len(), end - said.len() + shared.len()))
        })
    };
    (names || !whole && (leads() || shares())).then(|| Span::new(end - said.len(), end))
}

/// `省农委、省林业厅`: units and nothing else.
fn is_list_of_units(words: &str) -> bool {
    words.split('、').all(|unit| unit.chars().count() <= 14 && agency::looks_like_unit(unit.trim_end_matches('等')))
}

/// Whether the bracket that closes a paragraph lists three departments or more.
fn lists_departments(reading: &Reading) -> bool {
    let said = reading.text().trim_end().trim_end_matches('。');
    let Some((_, inside)) = closing_brackets(said) else { return false };
    let from = said.len() - '）'.len_utf8() - inside.len();
    let names = units::read(reading, Span::new(from, from + inside.len())).names;
    let known = |name: &&String| {
        agency::canonical(name, None).is_some()
            || ["省", "市", "县", "区"].iter().any(|level| name.strip_prefix(level).is_some_and(agency::is_department))
    };
    names.iter().filter(known).count() >= 3
}

/// `（即村民民主提事、…民主参与）`: a bracket that says what a word means assigns nothing.
fn explains(inside: &str) -> bool {
    ["即", "指", "包括", "含", "如"].iter().any(|word| inside.starts_with(word))
}

/// `（省人力资源社会保障厅、省教育厅）`: once a document has said that the first named leads, units alone make a note; a few of them may be
/// of names that nobody knows (`…、浙江铁塔公司`).
fn names_units_alone(reading: &Reading, inside: Span<Folded>) -> bool {
    let units = units::read(reading, inside).names;
    let known = |name: &String| {
        agency::is_department(name)
            || agency::canonical(name, None).is_some()
            || name.chars().count() <= 14 && agency::looks_like_unit(name)
    };
    let short = |name: &String| name.chars().count() <= 16 && !name.contains(['：', '”', '》']);
    units.len() > 1
        && units.first().is_some_and(known)
        && units.iter().all(short)
        && units.iter().filter(|name| known(name)).count() * 2 >= units.len()
}

/// Whether a paragraph closes with units alone in brackets: `…推广窑炉改造。（市科委、市经济信息化委）`.
fn ends_with_units(reading: &Reading) -> bool {
    let said = reading.text().trim_end().trim_end_matches('。');
    // 〔规划司、电力司〕
    let in_hooks = || said.strip_suffix('〕')?.rsplit_once('〔').filter(|(_, inside)| !inside.starts_with(|c: char| c.is_ascii_digit()));
    let Some((_, inside)) = closing_brackets(said).or_else(in_hooks).filter(|(_, inside)| inside.chars().count() <= 120) else {
        return false;
    };
    let several = ["相关区", "各区", "各相关区", "相关单位", "有关单位", "各相关单位", "各地区", "各有关部门"];
    let own = |part: &String| {
        let level = ["省", "市", "区", "县"].iter().find_map(|level| part.strip_prefix(level));
        agency::is_department(part)
            || level.is_some_and(agency::is_department)
            || agency::canonical(part, None).is_some()
            || part.ends_with('司') && !part.ends_with("公司")
    };
    let from = said.len() - said.chars().next_back().map_or(0, char::len_utf8) - inside.len();
    let units = units::read(reading, Span::new(from, from + deadline::without_time(inside).len())).names;
    let unit = |name: &String| name.chars().count() <= 16 && (several.contains(&name.as_str()) || agency::looks_like_unit(name));
    units.iter().all(unit) && units.iter().any(own)
}

/// A note closes its item: nothing follows, or the next sentence does.
fn ends_statement(rest: &str) -> bool {
    rest.is_empty()
        || rest.starts_with(['。', '；', '\n', ' ', '，', '（', '、'])
        || marker_at(rest.trim_start()).is_some()
        || rest.chars().count() > 8
}

fn inner(text: &str, span: Span<Folded>) -> Span<Folded> {
    let part = &text[span.range()];
    let first = part.chars().next().unwrap_or(' ');
    if !matches!(first, '（' | '〔' | '【' | '[') {
        return span;
    }
    let last = part.chars().next_back().map_or(0, char::len_utf8);
    Span::new(span.start + first.len_utf8(), span.end - last)
}

/// Reads what stands inside a note.
fn read_note(reading: &Reading, inside: Span<Folded>, year: Option<u16>) -> Option<Note> {
    settle(read_part(reading, inside, year, false)?)
}

/// Reads a note or a line of one; `led` says that a line above or below names the lead.
fn read_part(reading: &Reading, inside: Span<Folded>, year: Option<u16>, led: bool) -> Option<Note> {
    let text = reading.text();
    let mut end = inside.end;
    if let Some(at) = CONVENTION.find(&text[inside.range()]) {
        // …等负责。列第一位者为牵头单位，下同: what says how notes are read is no unit.
        let before = &text[inside.start..inside.start + at.start()];
        end = unclosed(before).or_else(|| before.rfind(['。', '；', '，'])).map_or(inside.start, |k| inside.start + k);
    }
    // …按职责分工负责。具体任务均涉及各市政府，不再做分工，下同。: nor is what is said of all notes.
    let said = text[inside.start..end].split_once('。').filter(|(_, rest)| ["下同", "不再"].iter().any(|word| rest.contains(word)));
    end = said.map_or(end, |(said, _)| inside.start + said.len());
    let opening = deadline::before_note(&text[inside.start..end], year);
    let inside = Span::<Folded>::new(inside.start + opening.as_ref().map_or(0, |(length, _)| *length), end);
    let deadline = deadline::in_note(text, inside.start, end, year);
    let stop = deadline.as_ref().map_or(end, |(span, _)| if span.start > inside.start { span.start } else { end });
    let inside = Span::new(inside.start, stop.max(inside.start));
    let mut note = if label_in(&text[inside.range()]).is_some_and(|l| l.start() <= 12) {
        labelled(reading, inside, led, year)
    } else {
        spoken(reading, inside)?
    };
    note.deadline = deadline.or(opening.map(|(_, d)| (inside, d))).map(|(_, d)| d).or(note.deadline);
    Some(note)
}

/// Where the last bracket opens that does not close: `市教育局（除标注“分别牵头”外，`.
fn unclosed(text: &str) -> Option<usize> {
    let mut open: Vec<usize> = Vec::new();
    for (at, c) in text.char_indices() {
        match c {
            '（' | '〔' | '[' => open.push(at),
            '）' | '〕' | ']' => drop(open.pop()),
            _ => {}
        }
    }
    open.pop()
}

/// Leaves out what names nobody; where only supporters are named, they bear the task.
fn settle(mut note: Note) -> Option<Note> {
    note.lead.retain(|n| is_unit(n));
    note.support.retain(|n| is_unit(n));
    if note.lead.is_empty() && !note.support.is_empty() {
        std::mem::swap(&mut note.lead, &mut note.support);
    }
    (!note.lead.is_empty()).then_some(note)
}

/// A name that can bear a task: what reads as a unit, and what lists of units call otherwise (各市政府, 有关部门).
fn is_unit(name: &str) -> bool {
    let length = name.chars().count();
    (2..=40).contains(&length)
        && !name.contains(['。', '：'])
        && !["下同", "以下", "按照", "详见", "不含", "标*"].iter().any(|w| name.starts_with(w))
        && !name.starts_with(|c: char| c.is_ascii_digit())
}

/// `牵头单位：A；责任单位：B、C；完成时限：…`.
/// `led` says that a line above or below names the lead.
fn labelled(reading: &Reading, inside: Span<Folded>, led: bool, year: Option<u16>) -> Note {
    let text = reading.text();
    let parts = labelled_parts(text, inside);
    let leads = led || parts.iter().any(|(role, _)| *role == Role::Lead);
    let mut note = Note { explicit: leads, ..Note::default() };
    for (role, said) in parts {
        let said = reading.trim(said);
        // 责任单位：A牵头，B、C按职责分工负责: after the label the words tell who leads.
        let shared = role == Role::Shared && !leads;
        // 责任单位：A，|B配合
        let helped = text[said.range()].rsplit_once('，').filter(|(own, helper)| {
            shared && !TAIL.is_match(own) && ["配合", "协办", "参与", "协助"].iter().any(|verb| helper.ends_with(verb))
        });
        if let Some((own, _)) = helped {
            let at = said.start + own.len();
            let (own, helpers) = (Span::new(said.start, at), Span::new(at + '，'.len_utf8(), said.end));
            let helpers = spoken(reading, helpers).unwrap_or_default();
            let units = units::read(reading, own);
            note.lead.extend(units.names);
            note.support.extend(helpers.support);
            note.open |= units.open || helpers.open;
            continue;
        }
        if let Some(spoken) = shared.then(|| spoken(reading, said)).flatten().filter(|spoken| spoken.explicit) {
            note.lead.extend(spoken.lead);
            note.support.extend(spoken.support);
            note.open |= spoken.open;
            note.explicit = true;
            continue;
        }
        match role {
            Role::Time => note.deadline = note.deadline.or_else(|| deadline::read(&text[said.range()], year)),
            Role::Other => {}
            _ => {
                let units = units::read(reading, said);
                note.open |= units.open;
                if role == Role::Lead || shared { &mut note.lead } else { &mut note.support }.extend(units.names);
            }
        }
    }
    lead_by_mark(&mut note);
    note
}

/// `省发展改革委*、省财政厅，标*为牵头单位`: the mark tells who leads.
fn lead_by_mark(note: &mut Note) {
    let (leading, sharing) = std::mem::take(&mut note.lead).into_iter().partition::<Vec<_>, _>(|name| name.ends_with('*'));
    if leading.is_empty() {
        note.lead = sharing;
        return;
    }
    note.lead.extend(leading.iter().map(|name| name.trim_end_matches('*').to_owned()));
    note.support.splice(0..0, sharing);
    note.explicit = true;
}

/// What a label says of those behind it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Lead,
    Shared,
    Support,
    /// They are a time.
    Time,
    /// They are people, or who only watches.
    Other,
}

/// The labelled parts of a note, without their labels; behind an aside (`县政府（责任人：张三）、县财政局`) the part before it goes on.
fn labelled_parts(text: &str, inside: Span<Folded>) -> Vec<(Role, Span<Folded>)> {
    let found: Vec<_> = LABEL.captures_iter(&text[inside.range()]).collect();
    let roles = [("lead", Role::Lead), ("shared", Role::Shared), ("support", Role::Support), ("time", Role::Time)];
    let mut parts: Vec<(Role, Span<Folded>)> = Vec::new();
    for (k, caught) in found.iter().enumerate() {
        let Some(label) = caught.get(0) else { continue };
        let role = roles.iter().find(|(name, _)| caught.name(name).is_some()).map_or(Role::Other, |(_, role)| *role);
        let from = inside.start + label.end();
        let to = found.get(k + 1).and_then(|next| next.get(0)).map_or(inside.end, |next| inside.start + next.start());
        let before = parts.last().copied().filter(|(_, part)| text[part.range()].ends_with('（'));
        let Some((goes_on, part)) = before else {
            parts.push((role, Span::new(from, to)));
            continue;
        };
        let closes = text[from..to].find('）').map_or(to, |at| from + at);
        parts.pop();
        parts.push((goes_on, Span::new(part.start, part.end - '（'.len_utf8())));
        parts.push((role, Span::new(from, closes)));
        parts.push((goes_on, Span::new((closes + '）'.len_utf8()).min(to), to)));
    }
    parts
}

static TAIL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:按|根据|依据)(?:照)?(?:各自)?(?:职责|职能|任务|责任)(?:和)?(?:分工)?(?:分别)?(?:共同)?(?:负责|落实|推进|实施|组织实施|抓好落实|做好)?|(?:分别|共同|具体|牵头|分头|组织)?(?:负责|落实|实施|推进)|(?:分别|共同|联合)牵头|统筹(?:推进|协调|负责)?|分工负责|参加|参与|配合|协同配合|协助|协办|主办|承办|牵头|指导|支持|会同")
        .expect("the pattern of verbs of duty is well formed")
});

/// `A牵头，B、C参与`, `A、B按职责分工负责`, `由A牵头，会同B`, `A（牵头）、B`.
fn spoken(reading: &Reading, inside: Span<Folded>) -> Option<Note> {
    let text = reading.text();
    let mut note = Note::default();
    // Those of whom it isn't said that they lead.
    let mut sharing = Vec::new();
    for part in duty_parts(text, inside) {
        let clause = &text[part.range()];
        let with = clause.trim_start().starts_with("会同")
            || clause.trim_start().starts_with("商")
                && clause.contains("负责")
                && !agency::looks_like_unit(clause.trim_start().split(['、', '，', '负']).next().unwrap_or(""));
        let tail = TAIL.find_iter(clause).filter(|m| m.start() > 0 || with).last().filter(|m| !clause[m.end()..].starts_with('）'));
        let verb = tail.map_or("", |m| m.as_str());
        let names_end = if with { clause.len() } else { tail.map_or(clause.len(), |m| m.start()) };
        let skip = ["由", "请", "会同", "市级由", "省级由", "商"]
            .iter()
            .filter(|lead| **lead != "商" || with)
            .find_map(|lead| clause.trim_start().starts_with(lead).then_some(lead.len() + clause.len() - clause.trim_start().len()))
            .unwrap_or(0);
        // 会同省发展改革委、生态环境厅等推进
        let closing = tail.filter(|m| with && m.start() > 0 && m.end() == clause.len());
        let names_end = closing.map_or(names_end, |m| m.start());
        if skip >= names_end {
            continue;
        }
        let units = units::read(reading, reading.trim(Span::new(part.start + skip, part.start + names_end)));
        note.open |= units.open;
        let next = &text[part.end..inside.end];
        if verb.starts_with("统筹") && next.contains("牵头") {
            // 领导小组统筹，省工业和信息化厅牵头: who coordinates has no task of its own in the note.
            continue;
        }
        // A会同B、C负责
        let leads = verb.contains("牵头") || verb.contains("主办") || !with && next.starts_with("会同");
        if with || ["参加", "参与", "配合", "协同配合", "协助", "协办", "指导", "支持"].contains(&verb) {
            note.support.extend(units.names);
        } else if leads {
            note.lead.extend(units.names);
        } else {
            let (leading, others) = units.names.into_iter().partition::<Vec<_>, _>(|name| named_lead(name).is_some());
            note.lead.extend(leading.iter().filter_map(|name| named_lead(name)).map(str::to_owned));
            sharing.extend(others);
        }
    }
    note.explicit = !note.lead.is_empty();
    if note.explicit { &mut note.support } else { &mut note.lead }.extend(sharing);
    (!note.lead.is_empty() || !note.support.is_empty()).then_some(note)
}

/// `省发展改革委（牵头）`
fn named_lead(name: &str) -> Option<&str> {
    ["（牵头）", "（牵头单位）", "（牵头部门）", "（主办）", "（主责）"].iter().find_map(|leads| name.strip_suffix(leads))
}

/// The parts of a note that each end with a verb of duty: at `，`, `；`, `。`, behind `牵头、`, before 会同.
fn duty_parts(text: &str, inside: Span<Folded>) -> Vec<Span<Folded>> {
    let mut out: Vec<Span<Folded>> = Vec::new();
    let (mut depth, mut start) = (0i32, inside.start);
    let mut push = |from: usize, to: usize| {
        if text[from..to].trim().is_empty() {
            return;
        }
        // A part without a verb of duty goes on in the next: `省经信委，各市政府负责`; not so before `会同`.
        match out.last_mut() {
            Some(last) if !TAIL.is_match(&text[last.range()]) && !text[from..].starts_with("会同") => *last = Span::new(last.start, to),
            _ => out.push(Span::new(from, to)),
        }
    };
    for (k, c) in text[inside.range()].char_indices() {
        let at = inside.start + k;
        let behind_lead = || text[start..at].ends_with("牵头") || text[start..at].ends_with("主办");
        match c {
            '（' | '〔' => depth += 1,
            '）' | '〕' => depth -= 1,
            '，' | '；' | '。' if depth <= 0 => {
                push(start, at);
                start = at + c.len_utf8();
            }
            '、' if depth <= 0 && behind_lead() => {
                push(start, at);
                start = at + c.len_utf8();
            }
            '会' if depth <= 0 && at > start && text[at..].starts_with("会同") => {
                push(start, at);
                start = at;
            }
            _ => {}
        }
    }
    push(start, inside.end);
    out
}

/// The text that a note closes: its item's heading where it closes the item, else the sentences since the last note.
fn task_before(document: &Document<'_>, index: usize, since: usize, note: Span<Folded>) -> String {
    let block = &document.outline.blocks[index];
    let text = block.reading.text();
    let heading = |section: Option<usize>| section.map(|s| document.outline.sections[s].heading.clone()).filter(|h| !h.is_empty());
    let rest = text[note.end..].trim_matches(|c: char| c == '。' || c.is_whitespace());
    let alone = text[block.body.min(note.start)..note.start].trim().is_empty();
    if alone
        && note.start >= block.body
        && let Some(item) = item_above(document, index)
    {
        return item;
    }
    if alone
        && rest.is_empty()
        && let Some(task) = item_of_all(document, index)
    {
        return task;
    }
    if since == block.body
        && note.start >= block.body
        && rest.is_empty()
        && (block.kind == Kind::Heading || alone)
        && let Some(task) = heading(block.section)
    {
        return task;
    }
    let said = without_marker(text[since..note.start].trim_matches(|c: char| matches!(c, '。' | '；' | '，') || c.is_whitespace()));
    if !said.is_empty() {
        return said.to_owned();
    }
    let before = document.outline.blocks[..index].iter().rev().find(|b| matches!(b.kind, Kind::Paragraph | Kind::Heading));
    heading(block.section).or_else(|| before.map(|b| b.reading.text().to_owned())).unwrap_or_default()
}

/// `1.完善预案体系` / `（1）…。` / `（2）…。` / `（责任单位：…）`: the heading above items that have one note together, on a line of its own.
fn item_of_all(document: &Document<'_>, index: usize) -> Option<String> {
    let sections = &document.outline.sections;
    let last = &sections[document.outline.blocks[index].section?];
    let is_part = matches!(last.kind, Some(MarkerKind::ArabicInBrackets | MarkerKind::Circled)) && last.number.is_some_and(|n| n > 1);
    let above = last.parent.filter(|above| is_part && sections[*above].kind == Some(MarkerKind::Arabic))?;
    let blocks = &document.outline.blocks[..index];
    let from = blocks.iter().rposition(|b| b.kind == Kind::Heading && b.section == Some(above))?;
    // Where the items before have a note each, the last has this one.
    let noted = |text: &str| ["单位：", "部门：", "负责）", "牵头", "配合）"].iter().any(|word| text.contains(word));
    let heading = &sections[above].heading;
    (!heading.is_empty() && !blocks[from..].iter().any(|b| noted(b.reading.text()))).then(|| heading.clone())
}

/// `2．扩大投资。` / `牵头责任单位：…`: the item that lines of units stand below, where each item has its own.
fn item_above(document: &Document<'_>, index: usize) -> Option<String> {
    let item = document.outline.blocks.get(index.checked_sub(1)?)?;
    let marker = marker_at(item.reading.text()).filter(|_| item.kind == Kind::Paragraph)?;
    let own = marker.number == Some(1) || index.checked_sub(2).is_some_and(|before| is_label_line(&document.outline.blocks[before]));
    own.then(|| without_marker(&item.reading.text()[item.body..]).trim_end_matches(['。', '；', ' ']).to_owned())
}

/// `2．|扩大投资`: what an item says.
fn without_marker(item: &str) -> &str {
    marker_at(item).map_or(item, |marker| item[marker.len..].trim_start())
}

fn draft(
    document: &Document<'_>,
    block: &Block,
    span: Span<Folded>,
    note: Note,
    first_leads: bool,
    task: String,
    rule: &'static str,
) -> Draft {
    let (mut lead, mut support) = (note.lead, note.support);
    let basis = if note.explicit {
        Basis::Explicit
    } else if first_leads && lead.len() > 1 {
        support.splice(0..0, lead.drain(1..));
        Basis::Convention
    } else if first_leads {
        Basis::Convention
    } else {
        Basis::Shared
    };
    let deadline = note.deadline.or_else(|| deadline::in_task(&task, document.year()));
    let body = ResponsibilityFields {
        number: None,
        task,
        category: None,
        lead: unit_names(document, &lead),
        support: unit_names(document, &support),
        basis,
        open: note.open,
        deadline,
    };
    Draft { span: block.locate(span), section: block.section, rule, body: Body::Responsibility(Box::new(body)) }
}

// ---- clauses ----

static DUTY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"具体负责|统一负责|负责牵头|牵头负责|负责|牵头|主办|主管|(?:要|应|应当)?会同")
        .expect("the pattern of duties is well formed")
});

/// A clause that says who bears a duty.
struct Duty<'t> {
    /// The words that name the units.
    agent: Span<Folded>,
    /// The verb.
    verb: &'t str,
    /// Where what follows the verb starts.
    rest: usize,
}

/// `省食品药品监管局负责全省食盐质量安全管理`, `由省盐业集团负责兜底`, `各级主管机构要会同有关部门…`: who stands before
/// the verb must read as a unit.
fn duty(text: &str, clause: Span<Folded>, helped: bool) -> Option<Duty<'_>> {
    let words = &text[clause.range()];
    DUTY.find_iter(words).find_map(|verb| {
        let before = &words[..verb.start()];
        let rest = &words[verb.end()..];
        let by = before.rfind('由').map(|at| at + '由'.len_utf8());
        let named = ["确定", "明确", "指定", "授权", "其中", "要求", "依托", "请"]
            .iter()
            .find_map(|lead| before.strip_prefix(lead))
            .unwrap_or(before);
        let start = by.unwrap_or(before.len() - named.len());
        // 去年由市文旅局牵头举办了旅游节: it is over.
        // Nor does 建立由副省长牵头、…参加的联席会议制度 say who does what.
        let over =
            rest.chars().take(5).any(|c| c == '了') || ["建立由", "成立由", "组建由"].iter().any(|founds| before.starts_with(founds));
        let person = over
            || ["人", "的", "同志", "制", "机构", "部门", "任", "单位"].iter().any(|w| rest.starts_with(w))
            || rest.is_empty() && by.is_none() && !helped;
        (!person && reads_as_unit(&before[start..])).then(|| Duty {
            agent: Span::new(clause.start + start, clause.start + before.len()),
            verb: verb.as_str(),
            rest: clause.start + verb.end(),
        })
    })
}

/// `省经信委是省政府盐业主管机构，主管全省盐业工作，负责…`: the unit stands in the first clause, its duties in the next.
fn duty_of_subject(text: &str, sentence: &Sentence) -> Option<Span<Folded>> {
    let first = sentence.clauses.first()?;
    let words = &text[first.range()];
    let at = ["是", "作为", "为"].iter().filter_map(|verb| words.find(verb)).min()?;
    let bears = sentence.clauses[1..].iter().any(|c| ["负责", "主管", "牵头", "承担"].iter().any(|verb| text[c.range()].starts_with(verb)));
    (bears && reads_as_unit(&words[..at])).then(|| Span::new(first.start, first.start + at))
}

fn from_sentence(document: &Document<'_>, block: &Block, sentence: &Sentence, noted: &[Span<Folded>], drafts: &mut Vec<Draft>) {
    let text = block.reading.text();
    if let Some(agent) = duty_of_subject(text, sentence) {
        let span = Span::new(sentence.clauses[0].start, sentence.clauses[sentence.clauses.len() - 1].end);
        drafts.push(clause_draft(document, block, span, span, agent, &Units::default(), Basis::Shared));
        return;
    }
    for (k, clause) in sentence.clauses.iter().enumerate().filter(|(_, c)| !noted.iter().any(|n| n.meets(**c))) {
        // 六、市人社局负责…: the number of an item is no part of who does it.
        let marker = marker_at(&text[clause.range()]).filter(|_| text[..clause.start].trim().is_empty());
        let own = Span::new(clause.start + marker.map_or(0, |marker| marker.len), clause.end);
        let clause = &own;
        let next = sentence.clauses.get(k + 1).copied();
        let helpers = next.and_then(|next| helpers(&block.reading, next));
        let Some(duty) = duty(text, *clause, helpers.is_some()) else { continue };
        let (support, clause) = match helpers {
            Some((support, end)) => (support, &Span::new(clause.start, end)),
            None if duty.verb.ends_with("会同") => (companions(&block.reading, duty.rest, clause.end), clause),
            // 由市经委牵头会同市发改委、市科技局
            None if text[duty.rest..clause.end].starts_with("会同") => {
                (companions(&block.reading, duty.rest + "会同".len(), clause.end), clause)
            }
            None => (Units::default(), clause),
        };
        let basis = if duty.verb.contains("牵头") || duty.verb == "主办" || duty.verb.ends_with("会同") {
            Basis::Explicit
        } else {
            Basis::Shared
        };
        // 由县发改局牵头，县财政局配合，|8月底前编制完成方案: what they do stands behind.
        // 此项工作由市发改局牵头，6月底前完成
        let lead = ["此项工作", "该项工作", "本项工作", "上述工作", "以上工作"].iter().find(|lead| text[own.range()].starts_with(**lead));
        let opens = duty.agent.start <= own.start + lead.map_or(0, |lead| lead.len()) + '由'.len_utf8();
        let says_what = !opens || duty.rest < own.end || duty.verb.ends_with("会同");
        let next = sentence.clauses.iter().find(|next| next.start >= clause.end && !says_what);
        let task = Span::new(clause.start, next.map_or(clause.end, |next| next.end));
        drafts.push(clause_draft(document, block, *clause, task, duty.agent, &support, basis));
    }
}

fn clause_draft(
    document: &Document<'_>,
    block: &Block,
    span: Span<Folded>,
    task: Span<Folded>,
    agent: Span<Folded>,
    support: &Units,
    basis: Basis,
) -> Draft {
    let task = block.reading.slice(task).to_owned();
    let named = units::read(&block.reading, agent);
    let body = ResponsibilityFields {
        number: None,
        deadline: deadline::in_task(&task, document.year()),
        task,
        category: None,
        lead: unit_names(document, &named.names),
        support: unit_names(document, &support.names),
        basis,
        open: named.open || support.open,
    };
    Draft { span: block.locate(span), section: block.section, rule: "responsibility-clause", body: Body::Responsibility(Box::new(body)) }
}

/// The units that the clause after a duty names: `…，会同公安部建立…`, `…，市商务局等单位协办`; with where they end.
fn helpers(reading: &Reading, clause: Span<Folded>) -> Option<(Units, usize)> {
    static HELP: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("(?:各(?:负其责|司其职)、|按职责分工|协同|积极|密切)*(?:配合|协办|参与|参加|协助)$")
            .expect("the pattern of help is well formed")
    });
    let words = &reading.text()[clause.range()];
    if let Some(rest) = words.strip_prefix("会同").or_else(|| words.strip_prefix("联合")) {
        let companions = companions(reading, clause.end - rest.len(), clause.end);
        return (!companions.names.is_empty()).then_some((companions, clause.end));
    }
    // …等部门各负其责、协同配合
    let named = HELP.find(words).map(|help| &words[..help.start()])?;
    let told = units::others(named).map_or(named, |at| &named[..at]);
    reads_as_unit(told).then(|| (units::read(reading, Span::new(clause.start, clause.start + named.len())), clause.end))
}

/// The units after 会同, up to the verb that they share.
fn companions(reading: &Reading, from: usize, to: usize) -> Units {
    static UNTIL: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^.{2,40}?(?:部门|部|单位|厅|局|委(?:会|员会)?|办|政府|机构|工商联|残联|妇联|会|行|院|集团)(?:等(?:有关|相关)?(?:部门|单位)?)?")
            .expect("the pattern of companions is well formed")
    });
    let text = &reading.text()[from..to];
    // 会同人民银行营业管理部、银监局等部门，|于…完成: what a mark closes is a whole name.
    let whole = |rest: &str| {
        let end = rest.find(['、', '，']).unwrap_or(rest.len());
        (rest[..end].chars().count() <= 14 && agency::looks_like_unit(&rest[..end])).then_some(end)
    };
    let mut end = 0;
    while let Some(length) = whole(&text[end..]).or_else(|| UNTIL.find(&text[end..]).map(|found| found.end())) {
        end += length;
        match text[end..].strip_prefix('、') {
            Some(rest) if !rest.is_empty() => end += '、'.len_utf8(),
            _ => break,
        }
    }
    units::read(reading, Span::new(from, from + end))
}

/// Whether the words before a verb of duty name units and nothing else.
fn reads_as_unit(name: &str) -> bool {
    // 支持高校、龙头企业牵头组建: whom the government encourages has no duty.
    let encouraged = ["支持", "鼓励", "引导", "推动", "吸引", "依托"].iter().any(|verb| name.starts_with(verb))
        || name.ends_with("企业")
        || name.ends_with("高校");
    let last = name.rsplit(['、', '和', '及']).next().unwrap_or(name);
    !encouraged
        && name.chars().count() <= 36
        && (agency::looks_like_unit(last) || last.ends_with("机构") || last.ends_with("部门"))
        && !name.contains(['“', '：'])
}
