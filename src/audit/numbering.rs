//! Do headings and tasks count on without gaps and repeats?
//!
//! Reads the marks of headings below one heading (`一、`, `二、`, `四、`), the articles of the whole document, and the running numbers of a
//! table's rows.
//!
//! Silent where a count starts anew at 1, and for marks without a number. Innocent where the text is an excerpt, or a mark is misprinted.

use super::{Doubt, Paper, figure};
use crate::layout::{MarkerKind, RowKind, Table};
use crate::record::Severity;
use crate::text::{Original, Span, numeral};
use std::collections::HashMap;

/// Headings, then tables.
pub(super) fn check(paper: &Paper<'_>) -> Vec<Doubt> {
    let mut found = Vec::new();
    let mut runs: HashMap<(Option<usize>, MarkerKind), (u64, Span<Original>)> = HashMap::new();
    for section in &paper.document.outline.sections {
        let (Some(kind), Some(number)) = (section.kind, section.number) else { continue };
        if !is_counted(kind) {
            continue;
        }
        // Articles count through all chapters.
        let parent = section.parent.filter(|_| kind != MarkerKind::Article);
        let run = runs.entry((parent, kind)).or_insert((number, section.span));
        if run.1 != section.span {
            found.extend(step("标题编号", *run, (number, section.span)));
        }
        *run = (number, section.span);
    }
    found.extend(paper.document.outline.tables.iter().flat_map(check_table));
    found
}

fn is_counted(kind: MarkerKind) -> bool {
    !matches!(kind, MarkerKind::Attachment | MarkerKind::Box | MarkerKind::Bullet)
}

fn check_table(table: &Table) -> Vec<Doubt> {
    let Some(column) = table.column(|label| matches!(label, "序号" | "编号")) else { return Vec::new() };
    let mut last = None;
    let mut found = Vec::new();
    for row in table.rows.iter().filter(|row| row.kind == RowKind::Data) {
        let number = row.cells.get(column).and_then(|cell| numeral::number(cell.reading.text().trim()));
        let Some(number) = number.and_then(|n| u64::try_from(n.trunc().mantissa()).ok().filter(|_| n.fract().is_zero())) else { continue };
        if let Some(last) = last {
            found.extend(step("表格序号", last, (number, row.span)));
        }
        last = Some((number, row.span));
    }
    found
}

/// Whether `next` follows `last`: by one, or anew from 1.
fn step(what: &str, last: (u64, Span<Original>), next: (u64, Span<Original>)) -> Option<Doubt> {
    let said = match next.0 {
        n if n == last.0 + 1 || n == 1 || n < last.0 => return None,
        n if n == last.0 => format!("{what}{n}重复"),
        n => format!("{what}由{}跳到{n}", last.0),
    };
    Some(Doubt {
        severity: Severity::Warning,
        message: said,
        sides: vec![next.1, last.1],
        numbers: vec![figure("前一编号", last.0.into(), None), figure("编号", next.0.into(), None)],
        benign: Some("可能为节录，或排印有误"),
    })
}

#[cfg(test)]
mod tests {
    use crate::audit::tests::findings;

    #[test]
    fn gaps_and_repeats() {
        let text = |marks: [&str; 4]| {
            marks.iter().fold("某市规划\n\n".to_owned(), |text, mark| text + mark + "、总体要求和目标\n\n　　加快发展。\n\n")
        };
        assert_eq!(findings("numbering", &text(["一", "二", "三", "四"])), []);
        let gap = findings("numbering", &text(["一", "二", "四", "五"]));
        assert!(matches!(&gap[..], [(_, message)] if message.contains("由2跳到4")), "{gap:?}");
        let twice = findings("numbering", &text(["一", "二", "二", "三"]));
        assert!(matches!(&twice[..], [(_, message)] if message.contains("2重复")), "{twice:?}");
    }
}
