//! Can the deadlines be kept?
//!
//! Reads tasks with their deadlines: due before the document was issued (`2011年4月` in a notice of May 2011) is a warning; a task without
//! a leading unit too, where the other rows of its table name theirs; `每年2次` without a month is worth knowing.
//!
//! Silent where the deadline names no year of its own, and where document or deadline have no date. A task that was done before the
//! document went out may stand in its table all the same; a cell may be merged with the one above.

use super::{Doubt, Paper};
use crate::layout::{Cell, Row, RowKind, Table};
use crate::mention::deadline::{Deadline, DeadlineKind};
use crate::record::{Body, Record, ResponsibilityFields, Severity};
use crate::text::Span;

/// All tasks.
pub(super) fn check(paper: &Paper<'_>) -> Vec<Doubt> {
    let issued = paper.document.front.issued.as_deref();
    paper
        .records
        .iter()
        .filter_map(|record| match &record.body {
            Body::Responsibility(fields) => Some((record, fields)),
            _ => None,
        })
        .flat_map(|(record, fields)| check_task(record, fields, issued))
        .chain(paper.document.outline.tables.iter().flat_map(leaderless))
        .collect()
}

/// The rows of a table of tasks whose cell 牵头单位 is empty; none where that is the rule.
fn leaderless(table: &Table) -> Vec<Doubt> {
    let column = |words: &[&str]| table.column(|label| words.iter().any(|word| label.contains(word)));
    let Some((task, lead)) = column(&["任务", "事项", "内容", "措施", "项目"]).zip(column(&["牵头", "主办"])) else {
        return Vec::new();
    };
    let said = |row: &Row, k: usize| row.cells.get(k).map(Cell::name).filter(|name| !name.is_empty());
    let rows: Vec<&Row> = table.rows.iter().filter(|row| row.kind == RowKind::Data && said(row, task).is_some()).collect();
    let without: Vec<&Row> = rows.iter().copied().filter(|row| said(row, lead).is_none()).collect();
    if without.len() * 4 > rows.len() {
        return Vec::new();
    }
    let doubts = without.iter().map(|row| Doubt {
        severity: Severity::Warning,
        message: format!("任务“{}”没有牵头单位", said(row, task).unwrap_or_default()),
        sides: vec![row.span],
        numbers: Vec::new(),
        benign: Some("单元格可能与上一行合并"),
    });
    doubts.collect()
}

fn check_task(record: &Record, fields: &ResponsibilityFields, issued: Option<&str>) -> Vec<Doubt> {
    let doubt = |severity, message, benign| Doubt {
        severity,
        message,
        sides: vec![Span::new(record.start, record.end)],
        numbers: Vec::new(),
        benign,
    };
    let name = fields.number.as_deref().map_or_else(|| format!("任务“{}”", fields.task), |n| format!("任务{n}“{}”", fields.task));
    let mut found = Vec::new();
    let Some(deadline) = &fields.deadline else { return found };
    if let Some((due, issued)) = is_past(deadline, issued) {
        let message = format!("{name}应于{due}前完成，早于印发日期{issued}");
        found.push(doubt(Severity::Warning, message, Some("任务可能在印发前已经完成，表中照列")));
    }
    if deadline.kind == DeadlineKind::Recurring && deadline.month.is_none() && deadline.per == Some(crate::mention::deadline::Per::Year) {
        found.push(doubt(Severity::Info, format!("{name}为“{}”，未定月份", deadline.text), None));
    }
    found
}

/// The due date and the date of issue, where the one is wholly past at the other.
fn is_past<'a>(deadline: &'a Deadline, issued: Option<&'a str>) -> Option<(&'a str, &'a str)> {
    let (due, issued) = (deadline.due.as_deref()?, issued?);
    let names_year = due.get(..4).is_some_and(|year| deadline.text.contains(year));
    let length = due.len().min(issued.len());
    (names_year && due[..length] < issued[..length]).then_some((due, issued))
}

#[cfg(test)]
mod tests {
    use crate::audit::tests::findings;
    use crate::record::Severity;

    #[test]
    fn tasks_of_a_table() {
        let text = "某市实施方案\n\n二○一一年五月二十一日\n\n　　为推进工作，制定本方案。\n\n附件1\n任务分工表\n序号\t工作任务\t牵头单位\t配合单位\t完成时间\n1\t制定方案\t市发改委\t市财政局\t2011年4月\n2\t发布名单\t市发改委\t市财政局\t2011年5月\n3\t开展会办\t市发改委\t市财政局\t每年2次\n4\t召开会议\t市发改委\t市财政局\t每年2月\n5\t日常推进\t市发改委\t市财政局\t全年工作\n";
        let found = findings("deadline", text);
        let severities: Vec<Severity> = found.iter().map(|(s, _)| *s).collect();
        assert_eq!(severities, [Severity::Warning, Severity::Info], "{found:?}");
        assert!(found[0].1.contains("制定方案") && found[1].1.contains("开展会办"), "{found:?}");
    }
}
