//! Does the text promise what the table does?
//!
//! `到2013年，新材料产业主营业务收入突破750亿元` against the row 新材料产业, column 2013年主营业务收入; and a figure of the whole
//! (`十大产业主营业务收入超过8500亿元`, `省重点推进…产业项目445项`) against the row 合计 of the table whose caption or group names it.
//!
//! Silent where the numbers are equal, and where the text's bound leaves room and the table is near. Innocent where a bound
//! (`超过`) holds of the greater number too, or the table counts just a part.

use super::{Doubt, Paper, Stated, bare, figure};
use crate::layout::{Cell, Column, RowKind, Table};
use crate::lexicon::unit;
use crate::mention::quantity::Bound;
use crate::record::{MeasureKind, Severity};
use crate::text::{Span, numeral};
use rust_decimal::Decimal;
use std::collections::HashMap;

/// Each level in the text against each cell of each table that states the same.
pub(super) fn check(paper: &Paper<'_>) -> Vec<Doubt> {
    let places = Places::of(&paper.document.outline.tables);
    let said = paper.quantities().filter(|s| !s.in_table() && s.fields.measure == MeasureKind::Level);
    said.flat_map(|stated| check_stated(paper, &stated, &places)).collect()
}

/// The cells of dated columns that hold a number.
#[derive(Default)]
struct Places<'t> {
    /// Those of an item, by year and each name in their row.
    items: HashMap<(u16, String), Vec<Place<'t>>>,
    /// Those of a total, by year.
    totals: HashMap<u16, Vec<Place<'t>>>,
}

/// A cell and what says what it holds.
struct Place<'t> {
    table: &'t Table,
    column: &'t Column,
    cell: &'t Cell,
}

impl<'t> Places<'t> {
    fn of(tables: &'t [Table]) -> Self {
        let mut places = Self::default();
        for table in tables {
            for (k, column) in table.columns.iter().enumerate() {
                let Some(year) = column.year.as_deref().and_then(|year| year.parse().ok()) else { continue };
                for row in &table.rows {
                    let Some(cell) = row.cells.get(k).filter(|c| c.is_number()) else { continue };
                    let place = || Place { table, column, cell };
                    match row.kind {
                        RowKind::Group | RowKind::Head => {}
                        RowKind::Total => places.totals.entry(year).or_default().push(place()),
                        RowKind::Data if column.group.is_some() => {}
                        RowKind::Data => {
                            for name in row.cells.iter().filter(|c| !c.is_number()).map(Cell::name) {
                                places.items.entry((year, name)).or_default().push(place());
                            }
                        }
                    }
                }
            }
        }
        places
    }
}

fn check_stated(paper: &Paper<'_>, stated: &Stated<'_>, places: &Places<'_>) -> Vec<Doubt> {
    let Some((year, subject)) = stated.year().zip(stated.fields.subject.clone()) else { return Vec::new() };
    let against = |place: &Place<'_>, whole: bool| {
        let number = numeral::decimal(place.cell.reading.text().trim())?;
        compare(stated, place.cell, number, whole)
    };
    let named = subject.chars().count() >= 2;
    let items = places.items.get(&(year, subject)).into_iter().flatten().filter(|_| named);
    let items = items.filter(|p| same_unit(stated, p.table, p.column) && same_indicator(stated, p.column));
    let totals = places.totals.get(&year).into_iter().flatten();
    let totals = totals.filter(|p| same_unit(stated, p.table, p.column) && is_total_of(paper, stated, p.table, p.column));
    items.filter_map(|p| against(p, false)).chain(totals.filter_map(|p| against(p, true))).collect()
}

fn compare(stated: &Stated<'_>, cell: &Cell, number: Decimal, whole: bool) -> Option<Doubt> {
    let value = stated.fields.value.0;
    let least = matches!(stated.fields.bound, Bound::AtLeast | Bound::Over);
    // `突破623亿元` where the table has 630 is kept; where it has a tenth more, two things are planned.
    let near = (number - value).abs() * Decimal::TEN <= value;
    let about = stated.fields.bound == Bound::About && near;
    if number == value || stated.fields.value_max.is_some() || about || (least && number >= value && near) {
        return None;
    }
    let exact = stated.fields.bound == Bound::Exact && !whole;
    let benign = if least && number >= value {
        "文中为下限，附表数满足"
    } else if whole {
        "附表可能只列其中一部分，或统计范围不同"
    } else {
        "统计口径可能不同"
    };
    let unit = stated.fields.unit.as_deref();
    Some(Doubt {
        severity: Severity::Warning,
        message: format!(
            "正文为{}{}，附表{}为{}",
            stated.printed(),
            bound_word(stated.fields.bound),
            if whole { "合计" } else { "" },
            number.normalize()
        ),
        sides: vec![stated.span(), cell.span],
        numbers: vec![stated.figure("正文"), figure("附表", number, unit)],
        benign: Some(if exact { "统计口径可能不同" } else { benign }),
    })
}

fn bound_word(bound: Bound) -> &'static str {
    match bound {
        Bound::AtLeast => "以上",
        Bound::Over => "（超过）",
        Bound::AtMost => "以内",
        Bound::Under => "（低于）",
        Bound::About => "左右",
        Bound::Exact | Bound::Range => "",
    }
}

fn same_indicator(stated: &Stated<'_>, column: &Column) -> bool {
    stated.fields.indicator.as_deref().is_some_and(|indicator| bare(indicator) == bare(&column.name))
}

/// Whether the table's total of a column is what the text states of the whole.
fn is_total_of(paper: &Paper<'_>, stated: &Stated<'_>, table: &Table, column: &Column) -> bool {
    let Some(subject) = stated.fields.subject.as_deref() else { return false };
    match &column.group {
        None => {
            let named = table.caption.as_deref().is_some_and(|caption| caption.contains(subject));
            named && subject.chars().count() >= 3 && same_indicator(stated, column)
        }
        Some(group) => same_measure(stated, column) && names_group(&sentence_to(paper, stated), group),
    }
}

/// A count against 个数, an investment of the year against 计划投资 (but not against 总投资).
fn same_measure(stated: &Stated<'_>, column: &Column) -> bool {
    let Some(indicator) = stated.fields.indicator.as_deref() else { return false };
    if indicator == "数量" {
        return matches!(column.name.as_str(), "个数" | "数量" | "户数" | "家数" | "项数");
    }
    let tail = |text: &str| text.chars().rev().take(2).collect::<Vec<char>>();
    let whole = |text: &str| text.contains('总');
    same_indicator(stated, column)
        || (tail(indicator) == tail(&column.name) && tail(indicator).len() == 2 && whole(indicator) == whole(&column.name))
}

/// The sentence from its start to the end of the clause.
fn sentence_to(paper: &Paper<'_>, stated: &Stated<'_>) -> String {
    let before = Span::new(stated.record.start.saturating_sub(60), stated.record.end);
    let text = paper.document.quote(before);
    text.rsplit(['。', '；', '\n']).next().unwrap_or("").to_owned()
}

/// `省重点推进亿元以上产业项目` names 重点推进项目: its verb, and shortly after its noun.
fn names_group(sentence: &str, group: &str) -> bool {
    let chars: Vec<char> = group.chars().collect();
    if chars.len() < 6 {
        return chars.len() >= 4 && sentence.contains(group);
    }
    let (verb, noun): (String, String) = (chars[..4].iter().collect(), chars[chars.len() - 2..].iter().collect());
    sentence.find(&verb).is_some_and(|at| {
        let after: String = sentence[at + verb.len()..].chars().take(12).collect();
        after.contains(&noun)
    })
}

/// Units that count, or one unit.
fn same_unit(stated: &Stated<'_>, table: &Table, column: &Column) -> bool {
    let Some(unit) = stated.fields.unit.as_deref() else { return false };
    let counts = matches!(column.name.as_str(), "个数" | "数量" | "户数" | "家数" | "项数");
    if counts || unit::is_count(unit) {
        return counts && unit::is_count(unit);
    }
    column.unit.as_deref().or(table.unit.as_deref()) == Some(unit)
}

#[cfg(test)]
mod tests {
    use crate::audit::tests::findings;

    fn text(promise: &str) -> String {
        format!(
            "某省实施方案\n\n二○一一年五月二十一日\n\n一、主要目标\n\n　　{promise}。\n\n附件1\n三大产业发展汇总表\n单位：亿元\n序号\t产业名称\t2013年主营业务收入\t重点推进项目\t龙头企业\n\t\t\t个数\t2011年计划投资\t个数\t收入\n\t合计\t900\t70\t100\t7\t80\n1\t装备产业\t400\t30\t40\t3\t30\n2\t食品产业\t500\t40\t60\t4\t50\n"
        )
    }

    #[test]
    fn rows_and_totals() {
        for (promise, doubts) in [
            ("到2013年，装备产业主营业务收入突破400亿元", 0),
            ("到2013年，装备产业主营业务收入达到450亿元", 1),
            ("到2013年，三大产业主营业务收入超过700亿元", 1),
            ("到2013年，三大产业主营业务收入超过880亿元", 0),
            ("2011年省重点推进亿元以上产业项目90项，完成年度投资150亿元以上", 1),
        ] {
            let found = findings("text-table", &text(promise));
            assert_eq!(found.len(), doubts, "{promise}: {found:?}");
        }
    }
}
