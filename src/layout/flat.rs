//! Which lines are a table that lost its tabs and bars? One copied cell by cell, each on a line of its own (`序号` / `督办事项` / `责任单位` /
//! `1` / …), and one whose columns blanks part (`指标　　2020年　　2025年`). Its head tells: it names what such tables tell.

use super::lines::Line;
use super::outline::names_a_group;
use crate::text::fold::{is_blank, is_han};

/// The labels that a table of tasks, projects or indicators has over its columns.
const COLUMN_LABELS: &[&str] = &[
    "任务",
    "事项",
    "单位",
    "部门",
    "时限",
    "时间",
    "期限",
    "内容",
    "名称",
    "指标",
    "项目",
    "措施",
    "备注",
    "目标",
    "地点",
    "投资",
    "年限",
    "属性",
    "责任人",
    "领导",
    "值",
    "年",
];
/// The labels of the column of running numbers.
const NUMBER_LABELS: [&str; 2] = ["序号", "编号"];
/// A head is no longer, in bytes.
const LONGEST_HEAD: usize = 300;

/// A table's cells, the head's first, and how many lines they take.
pub(super) struct Flat<'t> {
    pub(super) rows: Vec<Vec<Line<'t>>>,
    pub(super) lines: usize,
}

/// The flattened table that the lines begin with.
pub(super) fn table_at<'t>(lines: &[Line<'t>]) -> Option<Flat<'t>> {
    let (_, head) = lines.first()?;
    if head.len() > LONGEST_HEAD || head.contains('。') {
        return None;
    }
    cell_by_cell(lines).or_else(|| by_values(lines)).or_else(|| may_part(head).then(|| parted_by_blanks(lines)).flatten())
}

/// Whether blanks part a line twice or more: most lines are not looked at closer.
fn may_part(line: &str) -> bool {
    line.trim_matches(is_blank).split(is_blank).filter(|part| !part.is_empty()).nth(2).is_some()
}

/// Whether these labels, but for one, are those of such a table.
fn are_labels(labels: &[Line<'_>]) -> bool {
    let labels: Vec<String> = labels.iter().map(|(_, label)| label.chars().filter(|c| !is_blank(*c)).collect()).collect();
    let named = |label: &&String| NUMBER_LABELS.contains(&label.as_str()) || COLUMN_LABELS.iter().any(|word| label.contains(word));
    labels.len() > 2 && labels.iter().all(|label| label.chars().count() <= 12) && labels.iter().filter(named).count() + 1 >= labels.len()
}

/// The running number tells where each row begins.
fn cell_by_cell<'t>(lines: &[Line<'t>]) -> Option<Flat<'t>> {
    let is = |at: usize, said: &str| lines.get(at).is_some_and(|(_, line)| line.chars().filter(|c| !is_blank(*c)).eq(said.chars()));
    if !NUMBER_LABELS.iter().any(|label| is(0, label)) {
        return None;
    }
    let width = (3..=10).find(|at| is(*at, "1"))?;
    if !are_labels(&lines[..width]) {
        return None;
    }
    let mut rows = vec![lines[..width].to_vec()];
    while is(rows.len() * width, &rows.len().to_string()) {
        let start = rows.len() * width;
        let Some(row) = lines.get(start..start + width) else { break };
        rows.push(row.to_vec());
    }
    (rows.len() > 2).then(|| Flat { lines: rows.len() * width, rows })
}

/// What the cells of a column of indicators hold.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Holds {
    /// The number of the row.
    Number,
    /// What is reached in a year: `12.5`, `-`, `突破1000`.
    Value,
    /// `亿元`, `%`, `预期性`.
    Any,
    /// A name.
    Name,
}

impl Holds {
    fn of(label: &str) -> Self {
        const VALUES: [&str; 8] = ["目标", "现值", "基期", "基数", "增长", "增速", "累计", "实际"];
        let year = ["19", "20"].iter().any(|century| label.contains(century)) && label.contains('年');
        match label {
            _ if NUMBER_LABELS.contains(&label) => Holds::Number,
            _ if year || VALUES.iter().any(|word| label.contains(word)) => Holds::Value,
            _ if ["单位", "属性", "类型", "备注"].iter().any(|word| label.contains(word)) => Holds::Any,
            _ => Holds::Name,
        }
    }

    fn fits(self, cell: &str) -> bool {
        let figure = cell.contains(|c: char| c.is_ascii_digit());
        let value = matches!(cell, "-" | "—" | "——" | "/" | "－") || figure && cell.chars().count() <= 25 && !cell.contains('。');
        match self {
            Holds::Number => cell.len() <= 3 && cell.bytes().all(|b| b.is_ascii_digit()),
            Holds::Value => value,
            Holds::Any => cell.chars().count() <= 12,
            // 5G基站数, R&D经费
            Holds::Name => cell.contains(is_han) && cell.chars().count() <= 40 && !cell.contains(['。', '，']),
        }
    }
}

/// `类别` / `指标` / `2020年` / `2025年` / …: a table of indicators, whose values tell where each row ends; the first cell of a row, which
/// names its group, may be told once for several.
fn by_values<'t>(lines: &[Line<'t>]) -> Option<Flat<'t>> {
    const NAMES: [&str; 5] = ["类别", "指标", "名称", "领域", "分类"];
    let bare = |(_, label): &Line<'_>| label.chars().filter(|c| !is_blank(*c)).collect::<String>();
    if !NAMES.iter().chain(&NUMBER_LABELS).any(|label| lines[0].1.contains(label)) {
        return None;
    }
    // The head ends before the first line that no label is.
    let labels: Vec<String> = lines.iter().take(10).map(bare).collect();
    let is_label =
        |label: &String| label.chars().count() <= 14 && (Holds::of(label) != Holds::Name || NAMES.iter().any(|word| label.contains(word)));
    let most = labels.iter().take_while(|label| is_label(label)).count();
    (3..=most).rev().find_map(|width| {
        let head: Vec<Holds> = labels[..width].iter().map(|label| Holds::of(label)).collect();
        if !head.contains(&Holds::Value) || !head.contains(&Holds::Name) {
            return None;
        }
        let fits = |at: usize, head: &[Holds]| {
            let row = lines.get(at..at + head.len())?;
            row.iter().zip(head).all(|((_, cell), holds)| holds.fits(cell.trim_matches(is_blank))).then(|| row.to_vec())
        };
        let grouped = head[0] == Holds::Name && head[1..].contains(&Holds::Name);
        let (mut rows, mut at) = (vec![lines[..width].to_vec()], width);
        loop {
            if let Some(row) = fits(at, &head) {
                rows.push(row);
                at += width;
            } else if let Some(row) = grouped.then(|| fits(at, &head[1..])).flatten() {
                let (start, first) = row[0];
                rows.push(std::iter::once((start, &first[..0])).chain(row).collect());
                at += width - 1;
            } else {
                break;
            }
        }
        (rows.len() > 2).then_some(Flat { rows, lines: at })
    })
}

/// Each line has as many stretches as the head: parted by wide blanks, or all by single ones.
fn parted_by_blanks<'t>(lines: &[Line<'t>]) -> Option<Flat<'t>> {
    [2, 1].into_iter().find_map(|wide| {
        let head = stretches(lines[0], wide);
        let noted = head.last().is_some_and(|(_, label)| *label == "备注");
        if !are_labels(&head) {
            return None;
        }
        // What stands under 备注 is often nothing.
        let fits = |row: &[Line<'_>]| row.len() == head.len() || noted && row.len() + 1 == head.len();
        let row_at = |at: usize| lines.get(at).map(|line| stretches(*line, wide));
        let mut rows = vec![head.clone()];
        while let Some(row) = row_at(rows.len()) {
            let groups = || row.len() == 1 && names_a_group(row[0].1) && row_at(rows.len() + 1).is_some_and(|next| fits(&next));
            if !fits(&row) && !groups() {
                break;
            }
            rows.push(row);
        }
        (rows.iter().filter(|row| row.len() > 1).count() > 2).then_some(Flat { lines: rows.len(), rows })
    })
}

/// The stretches of a line between blanks: between `wide` or more, and those of a character's width.
fn stretches((base, line): Line<'_>, wide: usize) -> Vec<Line<'_>> {
    let mut found = Vec::new();
    // Where the stretch at hand begins, in bytes and in characters, and the blanks since it ended: their first byte, and how wide they are.
    let mut begun: Option<(usize, usize)> = None;
    let mut gap: Option<(usize, usize)> = None;
    for (count, (at, c)) in line.char_indices().enumerate() {
        if is_blank(c) {
            let (_, width) = gap.get_or_insert((at, 0));
            *width += if c.is_ascii() { 1 } else { 2 };
            continue;
        }
        if let Some((from, width)) = gap.take()
            && width >= wide
            && let Some((start, first)) = begun.take()
        {
            found.push((base + first, &line[start..from]));
        }
        begun.get_or_insert((at, count));
    }
    found.extend(begun.map(|(start, first)| (base + first, line[start..].trim_end_matches(is_blank))));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows<'t>(text: &'t str) -> Option<Vec<Vec<&'t str>>> {
        let mut at = 0;
        let lines: Vec<Line<'t>> = text
            .split('\n')
            .map(|line| {
                let base = at;
                at += line.chars().count() + 1;
                (base, line)
            })
            .collect();
        let flat = table_at(&lines)?;
        let chars: Vec<char> = text.chars().collect();
        let at_their_place = |(base, cell): &Line<'_>| chars[*base..].iter().zip(cell.chars()).all(|(one, other)| *one == other);
        assert!(flat.rows.iter().flatten().all(at_their_place));
        Some(flat.rows.into_iter().map(|row| row.into_iter().map(|(_, cell)| cell).collect()).collect())
    }

    #[test]
    fn values_part_a_table() {
        let text = "类别\n指标\n单位\n2020年\n2025年\n属性\n创新\n渔具研发投入\n亿元\n1.2\n突破2\n预期性\n鱼钩专利数\n件\n-\n400左右\n预期性\n绿色\n用水量下降\n%\n-\n15\n约束性\n二、主要任务\n加快发展。";
        let found = rows(text).expect("a table");
        assert_eq!(found.len(), 4);
        assert_eq!(found[2], ["", "鱼钩专利数", "件", "-", "400左右", "预期性"]);
        assert_eq!(found[3][1], "用水量下降");
    }

    #[test]
    fn blanks_part_a_table() {
        let wide = "  序号　　工作任务  牵头单位\n  1　　推进 项目  市发改委\n一、服务\n2　　稳定 就业  市人社局\n（完）";
        let found = rows(wide).expect("a table");
        assert_eq!(
            found,
            [
                vec!["序号", "工作任务", "牵头单位"],
                vec!["1", "推进 项目", "市发改委"],
                vec!["一、服务"],
                vec!["2", "稳定 就业", "市人社局"]
            ]
        );
        let single = "指标名称 2020年 2025年 属性\n地区生产总值（亿元） 3846.87 5600 预期性\n森林覆盖率（%） 44 45 约束性\n注：略";
        assert_eq!(rows(single).map(|rows| rows.len()), Some(3));
        assert_eq!(rows("今年 目标 任务 已 定\n大家 要 抓好 落实 的\n工作 很 多 很 重"), None);
    }
}
