//! Does a list hold as many items as it states, and does an attachment count the same?
//!
//! Reads `重点发展A、B、C等5大领域` (three items, five stated), and `推进建设…等10个重点园区` below `新材料产业` against the row
//! 新材料产业 of a table with a column 园区个数.
//!
//! Silent where a split at 和, 及 or 与 makes the count right, where 等 leaves items out, and for lists without a count. Innocent where
//! a name holds `、` or 和 itself, or where a list names just some of its items.

use super::{Doubt, Paper, figure};
use crate::layout::{RowKind, Table};
use crate::mention::list::List;
use crate::record::{Severity, Text};
use crate::text::{Folded, Original, Span, numeral};

/// A list where it stands.
struct Counted {
    list: List,
    span: Span<Original>,
    /// The headings above it, clean, innermost last.
    headings: Vec<String>,
    declared: u64,
}

/// Reads all counted lists, then the tables that count them again.
pub(super) fn check(paper: &Paper<'_>) -> Vec<Doubt> {
    let mut found = Vec::new();
    let mut all = Vec::new();
    for (block, sentences) in paper.document.prose() {
        for (_, lists) in sentences {
            for list in lists.iter().cloned() {
                let Some(declared) = list.declared else { continue };
                found.extend(check_list(&block, &list, declared));
                let headings = paper.document.outline.path(block.section).iter().map(|s| s.heading.clone()).collect();
                all.push(Counted { span: block.reading.locate(list.span), list, headings, declared });
            }
        }
    }
    found.extend(paper.document.outline.tables.iter().flat_map(|table| check_table(&all, table)));
    found
}

fn check_list(block: &Text<'_>, list: &List, declared: u64) -> Option<Doubt> {
    let text = block.reading.text();
    let (fewest, most) = counts(text, &list.items);
    let missing = most < declared;
    let left_out = missing && (list.open || text[list.span.range()].contains('等'));
    if (fewest <= declared && declared <= most) || left_out || list.items.is_empty() {
        return None;
    }
    let items = list.items.len() as u64;
    Some(Doubt {
        severity: Severity::Warning,
        message: format!("所列{}为{items}项，文中称{declared}", list.head),
        sides: vec![block.reading.locate(list.span), block.reading.locate(list.head_span)],
        numbers: vec![figure("文中所述", declared.into(), None), figure("实列", items.into(), None)],
        benign: Some("名称中可能含顿号或“和”，或只列出其中一部分"),
    })
}

/// The fewest and the most items that the words may hold: joined by 和 they may be one or two, and `、` may stand within a name.
fn counts(text: &str, items: &[Span<Folded>]) -> (u64, u64) {
    let joiners =
        items.iter().map(|i| ["和", "及", "与", "或", "／", "/"].iter().map(|j| text[i.range()].matches(j).count()).sum::<usize>());
    let most = items.len() + joiners.sum::<usize>();
    (items.len() as u64, most as u64)
}

/// Rows of a table that count what a list below the heading of the same name counts.
fn check_table(lists: &[Counted], table: &Table) -> Vec<Doubt> {
    let mut found = Vec::new();
    let mut summed: Vec<(usize, u64, Vec<Span<Original>>)> = Vec::new();
    for (k, column) in table.columns.iter().enumerate() {
        let Some(group) = column.group.as_deref().filter(|_| matches!(column.name.as_str(), "个数" | "数量" | "户数" | "家数"))
        else {
            continue;
        };
        let mut sum = (k, 0, Vec::new());
        for row in table.rows.iter().filter(|row| row.kind == RowKind::Data) {
            let Some(cell) = row.cells.get(k).filter(|c| c.is_number()) else { continue };
            let names: Vec<String> = row.cells.iter().filter(|c| !c.is_number()).map(crate::layout::Cell::name).collect();
            let Some(counted) = lists.iter().find(|l| counts_same(l, group, &names)) else { continue };
            let Some(count) = numeral::decimal(cell.reading.text().trim()) else { continue };
            sum.1 += counted.declared;
            sum.2.push(counted.span);
            if count != counted.declared.into() {
                found.push(Doubt {
                    severity: Severity::Warning,
                    message: format!("{}：正文称{}个，附表为{count}", counted.list.head, counted.declared),
                    sides: vec![counted.span, row.span],
                    numbers: vec![figure("正文", counted.declared.into(), Some("个")), figure("附表", count, Some("个"))],
                    benign: Some("附表与正文的统计范围可能不同"),
                });
            }
        }
        summed.push(sum);
    }
    found.extend(summed.into_iter().filter_map(|(column, sum, spans)| check_total(table, column, sum, &spans)));
    found
}

/// The sum of the lists against the table's total, where each counted row has its list.
fn check_total(table: &Table, column: usize, sum: u64, spans: &[Span<Original>]) -> Option<Doubt> {
    let total = table.rows.iter().find(|row| row.kind == RowKind::Total)?;
    let count = numeral::decimal(total.cells.get(column).filter(|c| c.is_number())?.reading.text().trim())?;
    let rows = table.rows.iter().filter(|r| r.kind == RowKind::Data && r.cells.get(column).is_some_and(crate::layout::Cell::is_number));
    if spans.is_empty() || spans.len() != rows.count() || count == sum.into() {
        return None;
    }
    let label = table.columns[column].label();
    Some(Doubt {
        severity: Severity::Warning,
        message: format!("{label}：正文各项合计{sum}，附表合计为{count}"),
        sides: std::iter::once(total.span).chain(spans.iter().copied()).collect(),
        numbers: vec![figure("正文合计", sum.into(), Some("个")), figure("附表合计", count, Some("个"))],
        benign: Some("附表与正文的统计范围可能不同"),
    })
}

/// Whether a list is of the row's heading and of the column's kind: 重点园区 and 绿色食品产业园区 are 重点发展园区.
fn counts_same(counted: &Counted, group: &str, names: &[String]) -> bool {
    let ending = |text: &str| text.chars().rev().take(2).collect::<String>();
    let kind = ending(&counted.list.head) == ending(group) || ending(group) == ending("园区") && counted.list.head.ends_with('园');
    kind && counted.headings.iter().any(|h| names.iter().any(|n| n.chars().count() >= 3 && n == h))
}

#[cfg(test)]
mod tests {
    use crate::audit::tests::findings;

    #[test]
    fn counted_lists() {
        let found = findings("list-count", "某市方案\n\n　　重点发展生物医药、生物农业、生物制造、生物环保等3大领域。");
        assert_eq!(found.len(), 1, "{found:?}");
        for silent in [
            "重点发展生物医药、生物农业、生物制造等3大领域。",
            "培育壮大粮油加工、畜产品加工和特色食品加工3大支柱产业。",
            "重点发展生物医药、生物农业等8大领域。",
        ] {
            assert_eq!(findings("list-count", &format!("某市方案\n\n　　{silent}")), [], "{silent}");
        }
    }

    #[test]
    fn lists_and_the_table_that_counts_them() {
        let text = "某市方案\n\n一、任务\n\n（一）装备产业。\n\n　　推进建设东城装备园、西城装备园、南城装备园等3个重点园区。\n\n附件1\n汇总表\n单位：亿元\n序号\t产业名称\t2011年收入\t重点园区\t龙头企业\n\t\t\t个数\t收入\t个数\t收入\n1\t装备产业\t400\t4\t298\t22\t334\n2\t食品产业\t500\t\t\t21\t300\n";
        let found = findings("list-count", text);
        assert!(matches!(&found[..], [(_, message)] if message.contains("附表为4")), "{found:?}");
        assert_eq!(findings("list-count", &text.replace("400\t4", "400\t3")), []);
    }
}
