//! Do a table's columns and rows add up, and is no part greater than its whole?
//!
//! `table-sum` reads a table with one row 合计, first or last, and holds each column's sum against it; and a column 合计 against the
//! other columns. Silent for shares and rates, for tables with 其中 or 小计, within rounding, and where nothing adds up (the
//! table is built otherwise then). `table-part` reads `重点园区 | 2013年销售收入` beside `2013年主营业务收入`: the part may not be the greater in
//! one row, of one year and one kind of figure. Innocent where parks and enterprises sell more than what counts to the industry.

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

/// How far a sum of rounded figures may be off.
fn slack(numbers: &[Decimal]) -> Decimal {
    let scale = numbers.iter().map(Decimal::scale).max().unwrap_or(0);
    Decimal::new(5, scale + 1) * Decimal::from(numbers.len())
}

fn row_name(row: &Row) -> String {
    row.cells.iter().find(|c| !c.is_number() && !is_blank(c)).map(Cell::name).unwrap_or_default()
}

fn sums(table: &Table) -> Vec<Doubt> {
    let rows: Vec<&Row> = table.rows.iter().filter(|row| row.kind != RowKind::Group).collect();
    let totals: Vec<usize> = (0..rows.len()).filter(|k| rows[*k].kind == RowKind::Total).collect();
    let [at] = totals.as_slice() else { return Vec::new() };
    let nested = rows.iter().any(|row| ["其中", "小计", "小 计"].iter().any(|word| row_name(row).contains(word)));
    if nested || !(*at == 0 || *at == rows.len() - 1) || table.rows.iter().any(|row| row.kind == RowKind::Group) {
        return Vec::new();
    }
    let total = rows[*at];
    let data: Vec<&Row> = rows.iter().copied().filter(|row| row.kind == RowKind::Data).collect();
    let (mut fits, mut found) = (0, Vec::new());
    for (k, column) in table.columns.iter().enumerate().filter(|(_, c)| is_summable(c)) {
        let Some(stated) = total.cells.get(k).and_then(value) else { continue };
        let cells: Vec<&Cell> = data.iter().filter_map(|row| row.cells.get(k)).filter(|c| !is_blank(c)).collect();
        let numbers: Option<Vec<Decimal>> = cells.iter().map(|c| value(c)).collect();
        let Some(mut numbers) = numbers.filter(|n| n.len() >= 2) else { continue };
        let sum: Decimal = numbers.iter().sum();
        numbers.push(stated);
        if (sum - stated).abs() < slack(&numbers) {
            fits += 1;
            continue;
        }
        let label = column.label();
        found.push(Doubt {
            severity: Severity::Error,
            message: format!("{label}各行合计{}，表中合计为{}", sum.normalize(), stated.normalize()),
            sides: vec![total.cells[k].span, data[0].span.join(data[data.len() - 1].span)],
            numbers: vec![figure("表中合计", stated, None), figure("各行之和", sum, None)],
            benign: None,
        });
    }
    judge(found, fits)
}

/// A table most of whose sums fit is one that is to add up; where none fits it is built otherwise.
fn judge(mut found: Vec<Doubt>, fits: usize) -> Vec<Doubt> {
    if fits == 0 || found.len() > fits * 2 {
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
        let (mut fits, mut off) = (0, Vec::new());
        for row in table.rows.iter().filter(|row| row.kind != RowKind::Group) {
            let Some(stated) = row.cells.get(k).and_then(value) else { continue };
            let mut numbers: Vec<Decimal> = parts.iter().filter_map(|j| row.cells.get(*j).and_then(value)).collect();
            let sum: Decimal = numbers.iter().sum();
            numbers.push(stated);
            if (sum - stated).abs() < slack(&numbers) {
                fits += 1;
                continue;
            }
            off.push(Doubt {
                severity: Severity::Error,
                message: format!("{}各列合计{}，表中合计为{}", row_name(row), sum.normalize(), stated.normalize()),
                sides: vec![row.cells[k].span, row.span],
                numbers: vec![figure("表中合计", stated, None), figure("各列之和", sum, None)],
                benign: None,
            });
        }
        found.extend(judge(off, fits));
    }
    found
}

/// Parts against their wholes, row by row.
pub(super) fn check_parts(paper: &Paper<'_>) -> Vec<Doubt> {
    paper.document.outline.tables.iter().flat_map(parts).collect()
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
    let said = |k: usize| {
        let column = &table.columns[k];
        format!("{}{}", column.year.as_deref().map(|y| format!("{y}年")).unwrap_or_default(), column.label())
    };
    let (part, whole) = (said(p), said(w));
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
