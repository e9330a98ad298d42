//! How does a table read as lines?
//!
//! A row a line, its cells parted by tabs: `1⇥制定实施方案⇥省发改委⇥2011年4月`. Of a cell that spans several columns or rows the first place
//! has the text, the others are empty. A table that only lays out the page gives its paragraphs instead.

/// The most columns that a table is given; cells beyond them are joined to the last.
const COLUMNS: usize = 100;

/// A cell as it stands in its row.
#[derive(Debug, Default)]
pub(super) struct Cell {
    /// Its lines, none of them empty.
    pub paragraphs: Vec<String>,
    /// How many columns it spans, at least 1.
    pub columns: usize,
    /// How many rows it spans, at least 1.
    pub rows: usize,
    /// Whether a table stands in it, whose rows are then among its paragraphs.
    pub has_table: bool,
}

/// A table's cells, row by row, those left out that a cell above or before spans.
#[derive(Debug, Default)]
pub(super) struct Table {
    pub rows: Vec<Vec<Cell>>,
}

impl Table {
    /// Appends the table's lines.
    pub fn write(self, lines: &mut Vec<String>) {
        let boxed = self.rows.iter().all(|row| row.len() <= 1);
        let is_short = self.rows.len() <= 3;
        let mut above: Vec<usize> = Vec::new();
        for row in self.rows {
            if boxed || is_layout(&row, is_short) {
                lines.extend(row.into_iter().flat_map(|cell| cell.paragraphs));
                for rows in &mut above {
                    *rows = rows.saturating_sub(1);
                }
            } else {
                lines.extend(write_row(row, &mut above));
            }
        }
    }
}

/// Writes one row; `above` counts for each column the rows that a cell from above still spans.
fn write_row(row: Vec<Cell>, above: &mut Vec<usize>) -> Option<String> {
    let mut texts: Vec<String> = Vec::new();
    let mut spanned: Vec<usize> = Vec::new();
    let spans = |above: &[usize], column: usize| above.get(column).copied().filter(|&rows| rows > 0);
    for cell in row {
        while let Some(rows) = spans(above, texts.len()) {
            texts.push(String::new());
            spanned.push(rows - 1);
        }
        let text = join(&cell.paragraphs);
        if texts.len() >= COLUMNS {
            if let Some(last) = texts.last_mut() {
                last.push_str(&text);
            }
            continue;
        }
        let columns = cell.columns.clamp(1, COLUMNS - texts.len());
        texts.push(text);
        texts.resize(texts.len() + columns - 1, String::new());
        spanned.resize(texts.len(), cell.rows.max(1) - 1);
    }
    while let Some(rows) = spans(above, texts.len()) {
        texts.push(String::new());
        spanned.push(rows - 1);
    }
    *above = spanned;
    texts.iter().any(|text| !text.is_empty()).then(|| texts.join("\t"))
}

/// A row that lays out the page: a table in a cell, or, where the table has few rows, an article.
fn is_layout(row: &[Cell], is_short: bool) -> bool {
    let length = |cell: &Cell| cell.paragraphs.iter().map(String::len).sum::<usize>();
    let all: usize = row.iter().map(length).sum();
    row.iter().any(|cell| {
        let (length, paragraphs) = (length(cell), cell.paragraphs.len());
        let is_article = is_short && paragraphs >= 4 && length > 1000 && length / paragraphs > 90 && length * 10 > all * 6;
        cell.has_table || is_article
    })
}

/// One line of a cell's paragraphs. A space parts them (`省发改委 省财政厅`), but not the halves of a narrow column's head
/// (`牵头` above `单位`).
pub(super) fn join(paragraphs: &[String]) -> String {
    let mut text = String::new();
    let is_half = |part: &str| part.chars().count() <= 2 && part.chars().all(|c| ('一'..='鿿').contains(&c));
    for (at, part) in paragraphs.iter().enumerate() {
        let part = part.replace(['\t', '\n'], " ");
        let is_broken_head = at > 0 && is_half(&part) && is_half(&paragraphs[at - 1]);
        if at > 0 && !is_broken_head {
            text.push(' ');
        }
        text.push_str(part.trim());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(text: &str, columns: usize, rows: usize) -> Cell {
        let paragraphs = text.split('|').filter(|part| !part.is_empty()).map(str::to_owned).collect();
        Cell { paragraphs, columns, rows, has_table: false }
    }

    fn written(rows: Vec<Vec<Cell>>) -> Vec<String> {
        let mut lines = Vec::new();
        Table { rows }.write(&mut lines);
        lines
    }

    #[test]
    fn spans_leave_empty_cells() {
        let lines = written(vec![
            vec![cell("序|号", 1, 2), cell("任务", 2, 1), cell("牵头|单位", 1, 2)],
            vec![cell("内容", 1, 1), cell("期限", 1, 1)],
            vec![cell("一、加强制度建设", 4, 1)],
            vec![cell("1", 1, 1), cell("制定方案", 1, 1), cell("年内", 1, 1), cell("省发改委|省财政厅", 1, 1)],
        ]);
        assert_eq!(lines, ["序号\t任务\t\t牵头单位", "\t内容\t期限\t", "一、加强制度建设\t\t\t", "1\t制定方案\t年内\t省发改委 省财政厅"]);
    }

    #[test]
    fn a_box_is_its_paragraphs() {
        assert_eq!(written(vec![vec![cell("专栏1 重点工程|1.建设。", 1, 1)]]), ["专栏1 重点工程", "1.建设。"]);
    }

    #[test]
    fn widths_and_heights_are_bounded() {
        let lines = written((0..3).map(|_| vec![cell("甲", 70, usize::MAX), cell("乙", 70, usize::MAX)]).collect());
        assert!(lines.iter().all(|line| line.matches('\t').count() <= COLUMNS));
    }
}
