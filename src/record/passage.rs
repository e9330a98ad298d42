//! What does full-text search find? Each paragraph, and each row of a table with its column names.

use super::{Body, Document, Draft, Extractor, PassageFields};
use crate::layout::{Block, Kind};

/// Reads passages.
pub struct Passages;

impl Extractor for Passages {
    fn extract(&self, document: &Document<'_>, drafts: &mut Vec<Draft>) {
        for block in &document.outline.blocks {
            let (text, rule) = match &block.kind {
                Kind::Furniture | Kind::UnitLine | Kind::Row(_, None) => continue,
                Kind::Row(table, Some(row)) => (row_text(document, *table, *row), "passage-row"),
                _ => (block.reading.text().to_owned(), "passage-paragraph"),
            };
            if text.trim().is_empty() {
                continue;
            }
            drafts.push(Draft { span: block.span, section: above(document, block), rule, body: Body::Passage(PassageFields { text }) });
        }
    }
}

/// A heading alone on its line stands below the heading above it; one that runs into a paragraph stands above that.
fn above(document: &Document<'_>, block: &Block) -> Option<usize> {
    match block.kind {
        Kind::Heading if block.body >= block.reading.text().len() => block.section.and_then(|s| document.outline.sections[s].parent),
        _ => block.section,
    }
}

/// `工作任务：…；牵头单位：…`: a row as one would read it aloud.
fn row_text(document: &Document<'_>, table: usize, row: usize) -> String {
    let table = &document.outline.tables[table];
    let cells = &table.rows[row].cells;
    let said = cells.iter().enumerate().filter(|(_, c)| !c.reading.text().trim().is_empty()).map(|(k, cell)| {
        let label = table.columns.get(k).map(|c| format!("{}{}", c.year.as_ref().map_or(String::new(), |y| format!("{y}年")), c.label()));
        match label.filter(|l| !l.is_empty()) {
            Some(label) => format!("{label}：{}", cell.reading.text().trim()),
            None => cell.reading.text().trim().to_owned(),
        }
    });
    said.collect::<Vec<_>>().join("；")
}
