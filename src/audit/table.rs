//! Do a table's columns and rows add up, and is no part greater than its whole?
//!
//! `table-sum` reads a table with one row 合计, first or last, and holds each column's sum against it, by way of its 小计 where there are any;
//! and a column 合计 against the other columns. Silent for shares and rates, for 其中, within rounding (counts aren't rounded), for groups
//! without 小计, and where nothing adds up (the table is built otherwise then). `table-part` reads `重点园区 | 2013年销售收入` beside
//! `2013年主营业务收入`: the part may not be the greater in one row, of one year and one kind of figure; innocent where parks and enterprises
//! sell more than what counts to the industry. A row `其中：…` may not be greater than the row that it is a part of.

use super::{Doubt, Paper, figure};
use crate::layout::{Cell, Column, Row, RowKind, Table};
use crate::lexicon::{indicator, unit};
use crate::record::Severity;
use crate::text::numeral;
use rust_decimal::Decimal;

/// Columns and rows against their totals.
pub(super) fn check_sums(paper: &Paper<'_>) -> Vec<Doubt> {
    paper.document.outline.tables.iter().flat_map(|table| sums(table).into_iter().chain(row_sums(table))).collect()
}

fn value(cell: &Cell) -> Option<Decimal> {
    cell.is_number().then(|| numeral::decimal(cell.reading.text().trim())).flatten()
}

fn is_blank(cell: &Cell) -> bool {
    cell.reading.text().chars().all(|c| c.is_whitespace() || matches!(c, '—' | '-' | '－' | '/'))
}

/// Whether a column's figures may be added: no running number, share, rate or mean.
fn is_summable(column: &Column) -> bool {
    let label = column.label();
    let not = [
        "序号", "编号", "排名", "率", "比重", "占比", "比例", "增长", "增速", "增幅", "均", "%", "年限", "时间", "年份", "电话", "指数",
        "位次",
    ];
    let unit = column.unit.as_deref().unwrap_or("");
    !not.iter().any(|word| label.contains(word)) && !matches!(unit, "%" | "‰" | "倍")
}

/// How far a sum of rounded figures may be off: half of each one's last digit. Counts aren't rounded.
fn slack(numbers: &[Decimal], column: &Column) -> Decimal {
    let counts = column.unit.as_deref().is_some_and(unit::is_count)
        || matches!(column.name.as_str(), "个数" | "数量" | "户数" | "家数" | "项数" | "人数" | "项目数");
    if counts && numbers.iter().all(|n| n.fract().is_zero()) {
        return Decimal::new(5, 1);
    }
    numbers.iter().map(|n| Decimal::new(5, n.scale() + 1)).sum()
}

/// A column as one would say it: `2013年主营业务收入`.
fn said(column: &Column) -> String {
    format!("{}{}", column.year.as_deref().map(|y| format!("{y}年")).unwrap_or_default(), column.label())
}

fn row_name(row: &Row) -> String {
    row.cells.iter().find(|c| !c.is_number() && !is_blank(c)).map(Cell::name).unwrap_or_default()
}

/// The rows that a row of totals sums up: 合计 the table's, 小计 those of its group; where there are 小计, 合计 sums these.
struct Sum<'t> {
    total: &'t Row,
    rows: Vec<&'t Row>,
    of_subtotals: bool,
    name: &'static str,
}

/// What a row is in the sums of its table.
#[derive(PartialEq)]
enum Part {
    Item,
    /// `其中：远洋捕捞`, a part of the row above.
    Within,
    Subtotal,
    Total,
}

/// `counted` says that the table's rows have Arabic numbers, so that `一 捕捞业` is the sum of the rows below.
fn part_of_sum(row: &Row, counted: bool) -> Part {
    let name = row_name(row);
    if name.starts_with("其中") || name.starts_with('#') {
        return Part::Within;
    }
    match row.kind {
        RowKind::Total if row.cells.iter().take(2).any(|c| c.name() == "小计") => Part::Subtotal,
        RowKind::Total => Part::Total,
        _ if counted && row.cells.first().is_some_and(is_chinese_number) => Part::Subtotal,
        _ => Part::Item,
    }
}

fn is_chinese_number(cell: &Cell) -> bool {
    let name = cell.name();
    let bare = name.trim_matches(['（', '）', '、', '.']);
    !bare.is_empty() && bare.chars().all(|c| "一二三四五六七八九十".contains(c))
}

fn is_counted(table: &Table) -> bool {
    table.rows.iter().any(|row| row.kind == RowKind::Data && row.cells.first().is_some_and(Cell::is_number))
}

/// The sums that a table states by its rows. Groups without 小计 may have their sums in the group's own row: such a table is left alone.
fn row_totals(table: &Table) -> Vec<Sum<'_>> {
    let counted = is_counted(table);
    let rows: Vec<(&Row, Part)> =
        table.rows.iter().filter(|r| r.kind != RowKind::Group && filled_numbers(r)).map(|r| (r, part_of_sum(r, counted))).collect();
    let subtotals: Vec<usize> = (0..rows.len()).filter(|k| rows[*k].1 == Part::Subtotal).collect();
    let totals: Vec<usize> = (0..rows.len()).filter(|k| rows[*k].1 == Part::Total).collect();
    let items =
        |from: usize, to: usize| rows[from..to].iter().filter(|(_, part)| *part == Part::Item).map(|(row, _)| *row).collect::<Vec<_>>();
    let mut sums = Vec::new();
    let grouped = table.rows.iter().any(|row| row.kind == RowKind::Group || !filled_numbers(row));
    if subtotals.is_empty() && grouped || totals.len() > 1 {
        return sums;
    }
    if let Some(at) = totals.first() {
        // First or last; between the two it sums something else.
        if *at != 0 && *at != rows.len() - 1 {
            return sums;
        }
        let of_subtotals = !subtotals.is_empty();
        let summed = if of_subtotals { subtotals.iter().map(|k| rows[*k].0).collect() } else { items(0, rows.len()) };
        sums.push(Sum { total: rows[*at].0, rows: summed, of_subtotals, name: "合计" });
    }
    // A 小计 stands below its rows, or above them.
    let body = usize::from(totals.first() == Some(&0));
    let end = rows.len() - usize::from(totals.first().is_some_and(|at| *at > 0));
    let below = subtotals.first().is_some_and(|first| *first > body) && subtotals.last() == Some(&(end.saturating_sub(1)));
    let above = subtotals.first() == Some(&body) && subtotals.last().is_some_and(|last| *last + 1 < end);
    for (k, at) in subtotals.iter().enumerate().filter(|_| below != above) {
        let summed = if below {
            items(if k == 0 { body } else { subtotals[k - 1] + 1 }, *at)
        } else {
            items(*at + 1, subtotals.get(k + 1).copied().unwrap_or(end))
        };
        sums.push(Sum { total: rows[*at].0, rows: summed, of_subtotals: false, name: "小计" });
    }
    sums
}

/// Whether a row holds figures besides its running number.
fn filled_numbers(row: &Row) -> bool {
    row.cells.iter().skip(1).any(Cell::is_number)
}

fn sums(table: &Table) -> Vec<Doubt> {
    let (mut fits, mut found) = (0, Vec::new());
    for Sum { total, rows, of_subtotals, name } in row_totals(table) {
        for (k, column) in table.columns.iter().enumerate().filter(|(_, c)| is_summable(c)) {
            let Some(stated) = total.cells.get(k).and_then(value) else { continue };
            let cells: Vec<&Cell> = rows.iter().filter_map(|row| row.cells.get(k)).filter(|c| !is_blank(c)).collect();
            let numbers: Option<Vec<Decimal>> = cells.iter().map(|c| value(c)).collect();
            let Some(mut numbers) = numbers.filter(|n| n.len() >= 2) else { continue };
            let sum: Decimal = numbers.iter().sum();
            numbers.push(stated);
            if (sum - stated).abs() < slack(&numbers, column) {
                fits += 1;
                continue;
            }
            let whose = if of_subtotals { "各项小计" } else { "各行" };
            let unit = column.unit.as_deref().or(table.unit.as_deref());
            found.push(Doubt {
                severity: Severity::Error,
                message: format!("{}{whose}合计{}，表中{name}为{}", said(column), sum.normalize(), stated.normalize()),
                sides: std::iter::once(total.cells[k].span).chain(cells.iter().map(|c| c.span)).collect(),
                numbers: vec![figure(&format!("表中{name}"), stated, unit), figure("各项之和", sum, unit)],
                benign: None,
            });
        }
    }
    judge(found, fits)
}

/// A table most of whose sums fit is one that is to add up; where none fits it is built otherwise, but for a lone sum that is near.
fn judge(mut found: Vec<Doubt>, fits: usize) -> Vec<Doubt> {
    let lone = fits == 0 && matches!(&found[..], [only] if is_near(only));
    if !lone && (fits == 0 || found.len() > fits * 2) {
        return Vec::new();
    }
    if found.len() > fits {
        for doubt in &mut found {
            doubt.severity = Severity::Warning;
            doubt.benign = Some("合计可能含未列出的项，或各行有重叠");
        }
    }
    found
}

/// Whether the two numbers of a doubt are within a fifth of one another.
fn is_near(doubt: &Doubt) -> bool {
    matches!(&doubt.numbers[..], [a, b] if (a.value.0 - b.value.0).abs() * Decimal::from(5) <= a.value.0.abs())
}

/// A column 合计 against the other columns of its group.
fn row_sums(table: &Table) -> Vec<Doubt> {
    let is_total = |c: &Column| matches!(c.name.as_str(), "合计" | "总计" | "小计");
    let mut found = Vec::new();
    for (k, column) in table.columns.iter().enumerate().filter(|(_, c)| is_total(c)) {
        let parts: Vec<usize> = (0..table.columns.len())
            .filter(|j| *j != k && table.columns[*j].group == column.group && table.columns[*j].unit == column.unit)
            .filter(|j| is_summable(&table.columns[*j]) && !is_total(&table.columns[*j]))
            .filter(|j| table.rows.iter().filter(|r| r.kind == RowKind::Data).any(|r| r.cells.get(*j).is_some_and(Cell::is_number)))
            .collect();
        if parts.len() < 2 {
            continue;
        }
        let row_unit = column.unit.as_deref().or(table.unit.as_deref());
        let (mut fits, mut off) = (0, Vec::new());
        for row in table.rows.iter().filter(|row| row.kind != RowKind::Group) {
            let Some(stated) = row.cells.get(k).and_then(value) else { continue };
            let mut numbers: Vec<Decimal> = parts.iter().filter_map(|j| row.cells.get(*j).and_then(value)).collect();
            let sum: Decimal = numbers.iter().sum();
            numbers.push(stated);
            if (sum - stated).abs() < slack(&numbers, column) {
                fits += 1;
                continue;
            }
            off.push(Doubt {
                severity: Severity::Error,
                message: format!("{}各列合计{}，表中合计为{}", row_name(row), sum.normalize(), stated.normalize()),
                sides: vec![row.cells[k].span, row.span],
                numbers: vec![figure("表中合计", stated, row_unit), figure("各列之和", sum, row_unit)],
                benign: None,
            });
        }
        found.extend(judge(off, fits));
    }
    found
}

/// Parts against their wholes, row by row.
pub(super) fn check_parts(paper: &Paper<'_>) -> Vec<Doubt> {
    paper.document.outline.tables.iter().flat_map(|table| parts(table).into_iter().chain(parts_below(table))).collect()
}

/// `其中：远洋捕捞` against the row that it is a part of, column by column.
fn parts_below(table: &Table) -> Vec<Doubt> {
    let mut found = Vec::new();
    let mut whole: Option<&Row> = None;
    for row in table.rows.iter().filter(|row| row.kind != RowKind::Group) {
        if part_of_sum(row, false) != Part::Within {
            whole = Some(row);
            continue;
        }
        let Some(whole) = whole else { continue };
        for (k, column) in table.columns.iter().enumerate().filter(|(_, c)| is_summable(c)) {
            let Some((more, less)) = row.cells.get(k).and_then(value).zip(whole.cells.get(k).and_then(value)) else { continue };
            if more > less && less > Decimal::ZERO {
                let unit = column.unit.as_deref().or(table.unit.as_deref());
                let (part, name) = (row_name(row), row_name(whole));
                found.push(Doubt {
                    severity: Severity::Error,
                    message: format!("{}：{part}{}大于{name}{}", said(column), more.normalize(), less.normalize()),
                    sides: vec![row.cells[k].span, whole.cells[k].span],
                    numbers: vec![figure(&part, more, unit), figure(&name, less, unit)],
                    benign: None,
                });
            }
        }
    }
    found
}

fn parts(table: &Table) -> Vec<Doubt> {
    let mut found = Vec::new();
    for (w, whole) in table.columns.iter().enumerate() {
        for (p, _) in table.columns.iter().enumerate().filter(|(p, part)| *p != w && is_part(part, whole)) {
            for row in table.rows.iter().filter(|row| row.kind != RowKind::Group) {
                let Some((less, more)) = row.cells.get(w).and_then(value).zip(row.cells.get(p).and_then(value)) else { continue };
                if more > less {
                    found.push(exceeds(table, row, (w, less), (p, more)));
                }
            }
        }
    }
    found
}

fn exceeds(table: &Table, row: &Row, (w, less): (usize, Decimal), (p, more): (usize, Decimal)) -> Doubt {
    let (part, whole) = (said(&table.columns[p]), said(&table.columns[w]));
    let unit = table.columns[w].unit.as_deref().or(table.unit.as_deref());
    Doubt {
        severity: Severity::Warning,
        message: format!("{}：{part}{}大于{whole}{}", row_name(row), more.normalize(), less.normalize()),
        sides: vec![row.cells[p].span, row.cells[w].span, row.span],
        numbers: vec![figure(&part, more, unit), figure(&whole, less, unit)],
        benign: Some("园区、企业的数字可能含其他产业，或统计口径不同"),
    }
}

/// Whether one column is a part of the other: the one stands below a group, the other for the whole row; both of one year and one kind
/// of figure. 达产后 and 预计 figures are of another time.
fn is_part(part: &Column, whole: &Column) -> bool {
    let grouped = part.group.is_some() && whole.group.is_none();
    let planned = ["达产", "预计", "新增", "累计"].iter().any(|word| part.name.contains(word) != whole.name.contains(word));
    grouped && !planned && part.year.is_some() && part.year == whole.year && part.unit == whole.unit && same_kind(&part.name, &whole.name)
}

/// `实现销售收入` and `主营业务收入`: incomes both.
fn same_kind(one: &str, other: &str) -> bool {
    let known = |name: &str| indicator::ending(name).map(str::to_owned);
    let (Some(a), Some(b)) = (known(one), known(other)) else { return one == other && !one.is_empty() && unit::by_text(one).is_none() };
    a == b || indicator::relation(&a, &b).is_some() || (is_sales(&a) && is_sales(&b))
}

fn is_sales(name: &str) -> bool {
    ["主营业务收入", "销售收入", "营业收入", "主营收入"].iter().any(|word| name.ends_with(word))
}

#[cfg(test)]
mod tests {
    use crate::audit::tests::findings;
    use crate::record::Severity;

    const TABLE: &str = "某市方案\n\n附件1\n汇总表\n单位：亿元\n序号\t产业名称\t2011年收入\t2013年收入\t投资\n\t合计\t300\t600\t50\n1\t装备产业\t100\t200\t20\n2\t食品产业\t200\t400\t30\n";

    #[test]
    fn columns_against_their_total() {
        assert_eq!(findings("table-sum", TABLE), []);
        let found = findings("table-sum", &TABLE.replace("合计\t300", "合计\t350"));
        assert!(matches!(&found[..], [(Severity::Error, message)] if message.contains("合计300，表中合计为350")), "{found:?}");
    }

    #[test]
    fn rows_against_their_total() {
        let table = "某市方案\n\n附件1\n汇总表\n单位：亿元\n区县\t合计\t东区\t西区\n甲县\t30\t10\t20\n乙县\t50\t20\t30\n丙县\t70\t30\t40\n";
        assert_eq!(findings("table-sum", table), []);
        let found = findings("table-sum", &table.replace("乙县\t50", "乙县\t60"));
        assert_eq!(found.len(), 1, "{found:?}");
    }

    #[test]
    fn parts_against_their_whole() {
        let table = "某市方案\n\n附件1\n汇总表\n单位：亿元\n序号\t产业名称\t2011年主营业务收入\t重点园区\t龙头企业\n\t\t\t个数\t2011年实现销售收入\t个数\t2011年主营业务收入\n1\t装备产业\t400\t4\t298\t22\t434\n2\t食品产业\t500\t5\t200\t21\t300\n";
        let found = findings("table-part", table);
        assert!(matches!(&found[..], [(Severity::Warning, message)] if message.contains("434大于2011年主营业务收入400")), "{found:?}");
        assert_eq!(findings("table-part", &table.replace("434", "334")), []);
    }
}
