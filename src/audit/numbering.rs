//! Do headings and tasks count on without gaps and repeats?
//!
//! Reads the marks that open lines (`一、`, `二、`, `四、`), each kind below the kinds above it, and the running numbers of a table's rows.
//!
//! Silent where a count starts anew at 1 or goes back, where the missing mark stands inside a paragraph, for `第一百二十条之一`, and for marks
//! without a number. Innocent where the text is an excerpt, or a mark is misprinted.

use super::{Doubt, Paper, figure};
use crate::layout::marker::marker_at;
use crate::layout::{Kind, MarkerKind, RowKind, Table};
use crate::record::Severity;
use crate::text::{Original, Span, numeral};
use std::collections::BTreeMap;

/// So many left-out numbers are looked for between two marks; where more are missing nothing was counted.
const FARTHEST: usize = 20;

/// Lines, then tables.
pub(super) fn check(paper: &Paper<'_>) -> Vec<Doubt> {
    let mut found = Vec::new();
    let mut last: BTreeMap<MarkerKind, (u64, Span<Original>)> = BTreeMap::new();
    for block in paper.document.outline.blocks.iter().filter(|b| matches!(b.kind, Kind::Heading | Kind::Paragraph)) {
        let text = block.reading.text();
        let Some(marker) = marker_at(text) else { continue };
        let Some(number) = marker.number.filter(|_| is_counted(marker.kind)) else { continue };
        if text[marker.len..].starts_with('之') {
            continue;
        }
        let place = block.reading.locate(Span::new(0, heading_end(text, marker.len)));
        if let Some(before) = last.get(&marker.kind) {
            let between = paper.document.quote(Span::new(before.1.end, place.start.max(before.1.end)));
            if !(before.0 + 1..number).take(FARTHEST).any(|missing| stands_in(between, marker.kind, missing)) {
                found.extend(step("编号", *before, (number, place)));
            }
        }
        // A mark ends the counts below it; articles count on through all chapters.
        last.retain(|kind, _| *kind <= marker.kind || *kind == MarkerKind::Article);
        last.insert(marker.kind, (number, place));
    }
    found.extend(paper.document.outline.tables.iter().flat_map(check_table));
    found
}

fn is_counted(kind: MarkerKind) -> bool {
    !matches!(kind, MarkerKind::Attachment | MarkerKind::Box | MarkerKind::Bullet | MarkerKind::Circled)
}

/// Where the words of a line's heading end: its first stop, or twenty characters on.
fn heading_end(text: &str, from: usize) -> usize {
    let rest = &text[from..];
    let stop = rest.find(['。', '，', '：', '；']).unwrap_or(rest.len());
    from + rest.char_indices().nth(20).map_or(stop, |(at, _)| stop.min(at))
}

/// Whether the mark of a missing number stands somewhere in a text all the same.
fn stands_in(text: &str, kind: MarkerKind, number: u64) -> bool {
    let chinese = chinese(number);
    let marks = match kind {
        MarkerKind::Chinese => [format!("{chinese}、"), format!("{chinese}是")],
        MarkerKind::ChineseInBrackets => [format!("（{chinese}）"), format!("({chinese})")],
        MarkerKind::Arabic => [format!("{number}"), full_width(number)],
        MarkerKind::ArabicInBrackets => [format!("{number}）"), format!("{number})")],
        _ => [format!("第{chinese}"), format!("第{number}")],
    };
    marks.iter().any(|mark| text.contains(mark.as_str()))
}

fn full_width(number: u64) -> String {
    number.to_string().chars().filter_map(|c| char::from_u32(u32::from(c) + 0xFEE0)).collect()
}

/// A number below 1000 in Chinese characters: 120 is 一百二十.
fn chinese(number: u64) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |n: u64| DIGITS[usize::try_from(n % 10).unwrap_or(0)];
    let (hundreds, tens, ones) = (number / 100, number / 10 % 10, number % 10);
    let mut out = String::new();
    if hundreds > 0 {
        out += digit(hundreds);
        out += "百";
    }
    match tens {
        0 if hundreds > 0 && ones > 0 => out += "零",
        0 => {}
        1 if hundreds == 0 => out += "十",
        tens => {
            out += digit(tens);
            out += "十";
        }
    }
    out + digit(ones)
}

fn check_table(table: &Table) -> Vec<Doubt> {
    let Some(column) = table.column(|label| matches!(label, "序号" | "编号")) else { return Vec::new() };
    // `一` and `1` count apart: groups, and the rows of a group.
    let mut counts: [Option<(u64, Span<Original>)>; 2] = [None, None];
    let mut found = Vec::new();
    for row in table.rows.iter().filter(|row| row.kind == RowKind::Data) {
        let Some(cell) = row.cells.get(column) else { continue };
        let number = numeral::number(cell.reading.text().trim());
        let Some(number) = number.and_then(|n| u64::try_from(n.trunc().mantissa()).ok().filter(|_| n.fract().is_zero())) else { continue };
        let last = &mut counts[usize::from(cell.is_number())];
        if let Some(last) = *last {
            found.extend(step("表格序号", last, (number, row.span)));
        }
        *last = Some((number, row.span));
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
    use super::chinese;
    use crate::audit::tests::findings;

    #[test]
    fn gaps_and_repeats() {
        let text = |marks: [&str; 4]| {
            marks.iter().fold("某市规划\n\n".to_owned(), |text, mark| text + mark + "、总体要求和目标\n\n　　加快发展。\n\n")
        };
        assert_eq!(findings("numbering", &text(["一", "二", "三", "四"])), []);
        let gap = findings("numbering", &text(["一", "二", "四", "五"]));
        assert!(matches!(&gap[..], [(_, message)] if message.contains("由2跳到4")), "{gap:?}");
        assert_eq!(findings("numbering", &text(["一", "二", "三、略。四", "五"])), []);
        assert_eq!(
            (chinese(3), chinese(14), chinese(20), chinese(120), chinese(205)),
            ("三".into(), "十四".into(), "二十".into(), "一百二十".into(), "二百零五".into())
        );
        let twice = findings("numbering", &text(["一", "二", "二", "三"]));
        assert!(matches!(&twice[..], [(_, message)] if message.contains("2重复")), "{twice:?}");
    }
}
