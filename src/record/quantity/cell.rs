//! What does a cell of a planning table commit to? Row and column name it: `新材料产业 | 主营业务收入 | 2013年 | 750`.

use super::super::{Amount, Body, Canonical, Direction, Document, Draft, MeasureKind, QuantityFields, responsibility, sentences};
use super::Reader;
use crate::layout::{Block, Cell, Column, Row, RowKind, Table};
use crate::lexicon::unit;
use crate::mention::period::Period;
use crate::mention::quantity::{self, Bound};
use crate::text::{Reading, Span, closing_brackets, numeral};
use regex::Regex;
use std::sync::LazyLock;

/// What the rows of a table are, told once for all of them.
pub struct RowsOf {
    /// Units that figures are shared out among.
    units: bool,
    /// Tasks or projects, whose cells are none of its figures.
    things: bool,
}

impl RowsOf {
    /// Reads it from the head, and from what stands below 单位.
    pub fn read(table: &Table) -> Self {
        let units = names_units(table);
        let names = |words: &[&str]| table.column(|label| words.iter().any(|word| label.contains(word))).is_some();
        // 指标 | 单位 | 2023年 | 2025年 | 牵头部门, 产业名称 | 2025年产值 | 牵头部门: who answers for an indicator stands beside it.
        let of_indicators = table.columns.iter().any(|c| c.year.is_some())
            && (indicator_column(table).is_some() || !names(&["任务", "项目", "建设内容", "事项", "内容", "目标"]));
        // 责任单位 | 引进项目（个） | 到位资金（亿元）: figures that are shared out among units.
        let things = !of_indicators && (names(&["任务", "牵头", "项目名称", "建设内容", "事项", "内容"]) || names(&["责任"]) && !units);
        RowsOf { units, things }
    }
}

/// Adds a record for each numeric cell of a row; a table of tasks or projects has none.
pub fn read_row(document: &Document<'_>, block: &Block, at: usize, rows: &RowsOf, index: usize, drafts: &mut Vec<Draft>) {
    let table = &document.outline.tables[at];
    let row = &table.rows[index];
    // 规模以上工业增加值增长 | 8%以上: the goal of a task.
    if let Some((task, goal)) = responsibility::goal_of_task(document, at, index) {
        read_told(document, block, &task, &table.columns[goal], &row.cells[goal], drafts);
    }
    if matches!(row.kind, RowKind::Group | RowKind::Head) || rows.things || table.columns.is_empty() {
        return;
    }
    let Some((name_at, name)) = row_name(table, rows.units, row) else { return };
    let line = Line { table, row, name, of_units: rows.units };
    for (k, cell) in row.cells.iter().enumerate() {
        let Some(column) = table.columns.get(k).filter(|_| k > name_at || k > 0 && !is_number_column(&table.columns[k])) else { continue };
        if k == name_at || is_number_column(column) || is_unit_column(column) {
            continue;
        }
        if CellNumber::read(cell.reading.text().trim()).is_some() {
            drafts.extend(read_cell(document, block, &line, column, cell));
        } else if column.year.is_some() && is_told_of_row(cell) {
            read_told(document, block, split_unit(without_number(&line.name)).0, column, cell, drafts);
        }
    }
}

/// Whether a cell tells a figure without saying of what, so that its row does: `7%左右`, `比2015年提高2个百分点`.
pub fn is_told_of_row(cell: &Cell) -> bool {
    static OPENS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?:突破|超过|达到|不低于|不高于|不超过|控制在|保持在|约|增长|提高|下降|降低|减少|增加|年均增长|[比较](?:19|20)[0-9]{2}年\p{Han}{2,6}|≥|≤)?[0-9]")
            .expect("the pattern of what is told of rows is well formed")
    });
    let text = cell.reading.text().trim();
    let ends = || quantity::find(text, 0, text.len()).last().is_some_and(|last| last.span.end == text.len());
    text.chars().count() <= 30 && OPENS.is_match(text) && ends()
}

/// Reads a cell as one would say it, its row's name before it: `GDP增长` and `7%左右`.
pub fn read_told(document: &Document<'_>, block: &Block, name: &str, column: &Column, cell: &Cell, drafts: &mut Vec<Draft>) {
    let printed = document.offsets.slice(cell.span);
    let Some(base) = cell.span.start.checked_sub(name.chars().count()) else { return };
    let said = Reading::new(&format!("{name}{printed}"), base);
    let sentences = sentences(&said, 0);
    let figures: Vec<bool> = sentences.iter().map(|(s, _)| quantity::stands_in(said.text(), s.span.start, s.span.end)).collect();
    let mut found = Vec::new();
    let year = column.year.clone().map(Period::at);
    Reader::new(document, &said, block.section, year, false).read(&sentences, &figures, &mut found);
    let within = |draft: &Draft| draft.span.end > cell.span.start;
    drafts.extend(found.into_iter().filter(within).map(|draft| {
        let start = draft.span.start.max(cell.span.start);
        Draft { span: Span::new(start, draft.span.end), rule: "quantity-cell", ..draft }
    }));
}

/// A row, and what it names.
struct Line<'t> {
    table: &'t Table,
    row: &'t Row,
    name: String,
    of_units: bool,
}

/// The column that names the indicators.
fn indicator_column(table: &Table) -> Option<usize> {
    table.column(|label| label.ends_with("指标") || label.ends_with("指标名称"))
}

/// The row's name: its first cell that is no number, below a column that isn't the running number or the unit.
fn row_name(table: &Table, of_units: bool, row: &Row) -> Option<(usize, String)> {
    // 类别 | 指标 | 2020年: the indicator names the row, not the kind that it belongs to.
    let named = indicator_column(table).and_then(|k| Some((k, row.cells.get(k)?.name())));
    if let Some(found) = named.filter(|(_, name)| !name.is_empty()) {
        return Some(found);
    }
    row.cells
        .iter()
        .enumerate()
        .filter(|(k, c)| {
            !c.is_number() && (!table.columns.get(*k).is_some_and(is_unit_column) || of_units) && !c.reading.text().trim().is_empty()
        })
        .map(|(k, c)| (k, c.name()))
        .next()
}

fn is_number_column(column: &Column) -> bool {
    matches!(column.label().as_str(), "序号" | "编号" | "排名" | "代码")
}

/// Whether the first column that isn't numbers names units that figures are set for: below 单位 stand 县商务局 and 县农业局, no units of measure.
fn names_units(table: &Table) -> bool {
    let first = table.columns.iter().position(|column| !is_number_column(column));
    let named = first.filter(|at| ["单位", "责任单位", "单位名称", "部门", "责任部门"].contains(&table.columns[*at].label().as_str()));
    named.is_some_and(|at| {
        let cells = table.rows.iter().filter(|row| row.kind == RowKind::Data).filter_map(|row| row.cells.get(at)).map(Cell::name);
        let measures = |cell: &String| unit::longest_at(cell).is_some_and(|(length, _)| length == cell.len());
        cells.filter(|cell| !cell.is_empty()).all(|cell| !measures(&cell))
    })
}

fn is_unit_column(column: &Column) -> bool {
    matches!(column.label().as_str(), "单位" | "计量单位" | "属性" | "指标属性" | "类型" | "指标类型" | "备注")
}

fn cell_below<'r>(table: &Table, row: &'r Row, is: impl Fn(&str) -> bool) -> Option<&'r Cell> {
    table.column(is).and_then(|k| row.cells.get(k)).filter(|c| !c.reading.text().trim().is_empty())
}

fn read_cell(document: &Document<'_>, block: &Block, line: &Line<'_>, column: &Column, cell: &Cell) -> Option<Draft> {
    let Line { table, row, name, of_units } = line;
    let printed = cell.reading.text().trim();
    let read = CellNumber::read(printed)?;
    let (value, percent) = (read.value, read.percent);
    // 年均增长（累计） | （1274）
    let summed = read.summed || printed.starts_with('（') && printed.ends_with('）') && column.label().contains("累计");
    let (bare, in_brackets) = split_unit(without_number(name.trim_start_matches(['#', '＃', '*']).trim_start()));
    let label = column.label();
    // 名称 | 2024年 | 2025年: a column that is only a year measures what its row names.
    // 指标 | 主营业务收入 over 2015年 and 2020年: a column of a measure tells it of what its rows name.
    let of_measure = column.name.is_empty() && column.group.as_deref().is_some_and(super::said::words_measure);
    let by_indicator = !of_measure && (indicator_column(table).is_some() || label.is_empty());
    let rate = label.contains("年均") || label.contains("增速") || label.contains("增长");
    let unit = if percent {
        Some("%".to_owned())
    } else if read.unit.is_some() {
        read.unit.clone()
    } else if rate && column.unit.is_some() && !summed {
        // 国内生产总值（万亿元） | 年均增长（%）: a rate is in its column's unit.
        column.unit.clone()
    } else {
        cell_below(table, row, |l| l == "单位" && !of_units || l == "计量单位")
            .map(Cell::name)
            .or(in_brackets)
            .or_else(|| column.unit.clone())
            .or_else(|| count_unit(&column.name))
            .or_else(|| Some("%".to_owned()).filter(|_| ["增长", "增速", "增幅"].iter().any(|rate| label.ends_with(rate)) && !summed))
            .or_else(|| table.unit.clone())
    };
    let counts = unit.as_deref().is_some_and(unit::is_count);
    let (subject, indicator) = if by_indicator {
        named_indicator(document, bare, counts)
    } else {
        (Some(bare.to_owned()), label.trim_start_matches("完成").to_owned())
    };
    let modality = cell_below(table, row, |l| l.contains("属性") || l.contains("类型"))
        .map(Cell::name)
        .filter(|m| m.contains("约束") || m.contains("预期"))
        .map(|m| if m.contains("约束") { "约束性".to_owned() } else { "预期性".to_owned() });
    let unit_is_ratio = unit.as_deref().is_some_and(|u| u.ends_with('%'));
    let falls = read.change == Some(Direction::Down)
        || unit_is_ratio && ["下降", "降低", "减少", "降幅"].iter().any(|w| bare.ends_with(w) || label.ends_with(w));
    let grows = read.change == Some(Direction::Up) || unit_is_ratio && ["增长", "增速", "增幅", "增长率"].iter().any(|w| bare.ends_with(w));
    // 城镇化率（%） | [4.24]: what it gains over the years of the plan.
    let gains = summed && unit_is_ratio && !falls && !grows;
    let unit = if gains { Some("个百分点".to_owned()) } else { unit };
    let stated = column.year.clone().map(|year| plan_up_to(&year).filter(|_| summed).unwrap_or_else(|| Period::at(year)));
    let over_years = || document.front.period.clone().or_else(|| plan_up_to(table.columns.iter().filter_map(|c| c.year.as_ref()).max()?));
    // 实际利用外资 is a measure's name.
    let named = ["实际利用", "实际到位", "实际使用", "完成时间"].iter().any(|w| label.contains(w));
    let reported = ["实际", "现状", "完成", "基期", "基准"].iter().any(|w| label.contains(w)) && !named;
    // 2019年计划 in a report of 2020
    let planned = !reported && ["计划", "目标", "预期", "规划"].iter().any(|w| label.ends_with(w));
    let period = stated.or_else(|| over_years().filter(|_| rate || summed)).unwrap_or_default();
    let past = period.last_year().zip(document.year()).is_some_and(|(to, year)| to < year);
    let reviewed = period == Period::default() && super::looks_back(document, block.section);
    // 2023年…统计公报: a table without years is of the year that the text is of.
    let of_year = || document.front.period.clone().filter(|years| !years.is_span());
    let period = if reviewed || period == Period::default() { of_year().unwrap_or_default() } else { period };
    let past = past || reviewed;
    let measure = match gains {
        true => MeasureKind::Increment,
        false if rate && !summed || falls || grows => MeasureKind::Growth,
        false => MeasureKind::Level,
    };
    // 比上年增长（%）: -2.3 has fallen.
    let fallen = measure == MeasureKind::Growth && value.is_sign_negative();
    let (value, falls) = if fallen { (-value, true) } else { (value, falls) };
    let fields = QuantityFields {
        subject,
        indicator: Some(indicator),
        canonical: unit
            .as_deref()
            .and_then(|u| unit::canonical(value, u))
            .map(|(value, unit)| Canonical { value: Amount(value), unit: unit.to_owned() }),
        value: Amount(value),
        value_max: read.max.map(Amount),
        unit,
        measure,
        direction: if falls {
            Some(Direction::Down)
        } else if grows || gains || rate && unit_is_ratio {
            Some(Direction::Up)
        } else {
            None
        },
        bound: read.bound,
        modality,
        period,
        average: label.contains("年均") && !summed,
        base: super::said::base(&label),
    };
    let body = if past && !planned || reported { Body::Statistic(Box::new(fields)) } else { Body::Target(Box::new(fields)) };
    Some(Draft { span: cell.span, section: block.section, rule: "quantity-cell", body })
}

/// The years of the five-year plan that ends with a year: 2021 to 2025.
fn plan_up_to(year: &str) -> Option<Period> {
    let last: u16 = year.parse().ok()?;
    (last.is_multiple_of(5)).then(|| Period::between((last - 4).to_string(), year))
}

/// Subject and indicator of a row that names an indicator: `规模工业企业R&D经费投入强度`, `专精特新企业（累计）` in 家.
fn named_indicator(document: &Document<'_>, name: &str, counts: bool) -> (Option<String>, String) {
    let (subject, indicator) = if super::said::counts_by_head(name) { (None, None) } else { super::said::part(name) };
    let scope = || document.scope.map(str::to_owned);
    match indicator {
        None if counts && !super::said::counts_by_head(name) => {
            let whose = name.split_once('（').map_or(name, |(whose, _)| whose);
            (Some(whose.to_owned()), "数量".to_owned())
        }
        _ => (super::said::whose_share(name).or(subject).filter(|s| !s.is_empty()).or_else(scope), name.to_owned()),
    }
}

/// The number of a cell: `750`, `≥95`, `6.5%以上`, `[13.5]` (a sum over the years).
struct CellNumber {
    value: rust_decimal::Decimal,
    percent: bool,
    /// `6人（含）以下`: the unit that the cell itself names.
    unit: Option<String>,
    bound: Bound,
    /// The second end of a range: `65-70`.
    max: Option<rust_decimal::Decimal>,
    /// `[13.5]`: a sum over the years of the plan.
    summed: bool,
    /// `下降15%` tells a change.
    change: Option<Direction>,
}

impl CellNumber {
    fn read(printed: &str) -> Option<CellNumber> {
        static FORM: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new(r"^[\[〔（【]?(?:累计|[较比][^0-9，]{1,12}?)?(?P<change>下降|降低|减少|压减|增长|提高|增加|提升)?(?P<before>≥|>=|＞|>|≤|<=|＜|<|约|超过|突破|达到|不低于|不少于|至少|不超过|控制在)?(?P<number>-?[0-9][0-9,]*(?:[.][0-9]+)?)(?:%?[-~—－～至](?P<max>[0-9][0-9,]*(?:[.][0-9]+)?))?(?P<percent>%)?(?P<unit>\p{Han}{1,3}?)??[\]〕）】]?(?:（含）)?(?P<after>以上|左右|以内|以下)?$")
                .expect("the pattern of cells is well formed")
        });
        let caught = FORM.captures(printed)?;
        let word = |name: &str| caught.name(name).map(|m| m.as_str());
        let bound = match (word("before"), word("after")) {
            (_, Some("以上")) | (Some("≥" | ">=" | "不低于" | "不少于" | "至少"), _) => Bound::AtLeast,
            (_, Some("左右")) | (Some("约"), _) => Bound::About,
            (_, Some("以内" | "以下")) | (Some("≤" | "<=" | "不超过" | "控制在"), _) => Bound::AtMost,
            (Some("＞" | ">" | "超过" | "突破"), _) => Bound::Over,
            (Some("＜" | "<"), _) => Bound::Under,
            _ => Bound::Exact,
        };
        let change = word("change").map(|verb| match verb {
            "增长" | "提高" | "增加" | "提升" => Direction::Up,
            _ => Direction::Down,
        });
        let summed = printed.starts_with(['[', '〔']) && printed.ends_with([']', '〕']);
        let unit = word("unit").map(str::to_owned);
        if unit.as_deref().is_some_and(|unit| unit::by_text(unit).is_none_or(|known| known.kind == unit::Kind::Time)) {
            return None;
        }
        let value = numeral::decimal(word("number")?)?;
        // 2019-2020 is a stretch of years, 65-70 a range.
        let max = word("max").and_then(numeral::decimal);
        if max.is_some_and(|max| max <= value) || max.is_some() && printed.len() == "2019-2020".len() && printed.starts_with("20") {
            return None;
        }
        let bound = if max.is_some() { Bound::Range } else { bound };
        Some(CellNumber { summed, value, max, percent: word("percent").is_some(), unit, bound, change })
    }
}

/// `8.5G基站数`: what a row names, without its number.
fn without_number(name: &str) -> &str {
    let rest = name.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = rest.len() < name.len() && name.len() - rest.len() <= 2;
    rest.strip_prefix(['.', '、', '．']).filter(|rest| numbered && !rest.is_empty()).unwrap_or(name)
}

/// `粮食产量（万吨）`: a row's name may carry its unit.
fn split_unit(name: &str) -> (&str, Option<String>) {
    let Some((bare, inside)) = closing_brackets(name) else { return (name, None) };
    let fits = unit::longest_at(inside).is_some_and(|(length, _)| length == inside.len());
    if fits { (bare, Some(inside.to_owned())) } else { (name, None) }
}

/// A column of counts has its own unit: 个数 个, 户数 户.
fn count_unit(name: &str) -> Option<String> {
    let counted = name.strip_suffix('数')?;
    let last = counted.chars().next_back()?.to_string();
    matches!(last.as_str(), "个" | "户" | "家" | "人" | "项").then_some(last)
}
