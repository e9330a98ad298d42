//! Which lines do the paragraphs and tables of `document.xml` make?
//!
//! The runs `一、` and `总体要求` of a paragraph are one line; what was deleted (`w:del`), field codes and notes are left out.

use super::super::table::{Cell, Table};
use super::numbering::Numbering;
use super::xml::{Element, Piece, pieces};

/// The document's lines, none of them empty.
pub(super) fn lines(document: &str, numbering: Numbering) -> Result<Vec<String>, String> {
    let mut body = Body {
        numbering,
        flows: vec![Flow::default()],
        paragraphs: Vec::new(),
        tables: Vec::new(),
        skipped: 0,
        properties: 0,
        texts: 0,
        is_hidden: false,
    };
    for piece in pieces(document) {
        match piece? {
            Piece::Start(_) if body.skipped > 0 => body.skipped += 1,
            Piece::End(_) if body.skipped > 0 => body.skipped -= 1,
            Piece::Start(element) => body.start(&element),
            Piece::End(name) => body.end(&name),
            Piece::Text(text) => body.text(&text),
        }
    }
    Ok(body.flows.into_iter().flat_map(|flow| flow.lines).collect())
}

/// Lines that follow each other: the document, a cell, a text box.
#[derive(Default)]
struct Flow {
    lines: Vec<String>,
    has_table: bool,
}

#[derive(Default)]
struct Paragraph {
    text: String,
    style: Option<String>,
    list: Option<u32>,
    level: Option<usize>,
    /// The lines of text boxes anchored here.
    boxes: Vec<String>,
}

#[derive(Default)]
struct OpenTable {
    table: Table,
    row: Vec<Cell>,
    columns: usize,
    continues: bool,
    is_deleted: bool,
}

struct Body {
    numbering: Numbering,
    flows: Vec<Flow>,
    paragraphs: Vec<Paragraph>,
    tables: Vec<OpenTable>,
    /// How deep inside an element that is left out.
    skipped: usize,
    /// How deep inside a paragraph's or row's properties.
    properties: usize,
    /// How deep inside `w:t`.
    texts: usize,
    is_hidden: bool,
}

impl Body {
    fn start(&mut self, element: &Element) {
        match element.name() {
            // Of the two branches for old and new programs the new one is read.
            "Fallback" | "moveFrom" | "instrText" | "delText" | "delInstrText" | "rt" | "sectPr" | "pPrChange" | "rPrChange"
            | "tblPrChange" | "trPrChange" | "tcPrChange" => {
                self.skipped = 1;
            }
            "del" if self.properties == 0 => self.skipped = 1,
            "del" => {
                if let (true, Some(table)) = (self.paragraphs.is_empty(), self.tables.last_mut()) {
                    table.is_deleted = true;
                }
            }
            "p" => self.paragraphs.push(Paragraph::default()),
            "pPr" | "trPr" | "tcPr" | "tblPr" => self.properties += 1,
            "pStyle" => self.of_paragraph(|paragraph| paragraph.style = element.attribute("val")),
            "numId" => self.of_paragraph(|paragraph| paragraph.list = element.number()),
            "ilvl" => self.of_paragraph(|paragraph| {
                paragraph.level = element.number().map(|level| level as usize);
            }),
            "r" => self.is_hidden = false,
            "vanish" if self.properties == 0 => self.is_hidden = element.is_on(),
            "t" => self.texts += 1,
            "tab" | "ptab" if self.properties == 0 => self.push(" "),
            "br" | "cr" if self.properties == 0 => self.push("\n"),
            "noBreakHyphen" => self.push("-"),
            "txbxContent" => self.flows.push(Flow::default()),
            "tbl" => self.tables.push(OpenTable::default()),
            "tr" => {
                if let Some(table) = self.tables.last_mut() {
                    (table.row, table.is_deleted) = (Vec::new(), false);
                }
            }
            "gridBefore" => {
                let count = element.number().unwrap_or(0).min(100);
                if let Some(table) = self.tables.last_mut() {
                    table.row.extend((0..count).map(|_| Cell { columns: 1, rows: 1, ..Cell::default() }));
                }
            }
            "tc" => {
                self.flows.push(Flow::default());
                if let Some(table) = self.tables.last_mut() {
                    (table.columns, table.continues) = (1, false);
                }
            }
            "gridSpan" => {
                if let Some(table) = self.tables.last_mut() {
                    table.columns = element.number().unwrap_or(1) as usize;
                }
            }
            "vMerge" | "hMerge" => {
                if let Some(table) = self.tables.last_mut() {
                    table.continues = element.attribute("val").as_deref() != Some("restart");
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "pPr" | "trPr" | "tcPr" | "tblPr" => {
                self.properties = self.properties.saturating_sub(1);
            }
            "t" => self.texts = self.texts.saturating_sub(1),
            "p" => self.end_paragraph(),
            "txbxContent" if self.flows.len() > 1 => {
                let lines = self.flows.pop().map(|flow| flow.lines).unwrap_or_default();
                match self.paragraphs.last_mut() {
                    Some(paragraph) => paragraph.boxes.extend(lines),
                    None => self.flow().lines.extend(lines),
                }
            }
            "tc" if self.flows.len() > 1 => {
                let flow = self.flows.pop().unwrap_or_default();
                if let Some(table) = self.tables.last_mut() {
                    let paragraphs = if table.continues { Vec::new() } else { flow.lines };
                    table.row.push(Cell { paragraphs, columns: table.columns, rows: 1, has_table: flow.has_table });
                }
            }
            "tr" => {
                if let Some(table) = self.tables.last_mut() {
                    let row = std::mem::take(&mut table.row);
                    if !table.is_deleted {
                        table.table.rows.push(row);
                    }
                }
            }
            "tbl" => {
                if let Some(table) = self.tables.pop() {
                    let flow = self.flow();
                    flow.has_table = true;
                    table.table.write(&mut flow.lines);
                }
            }
            _ => {}
        }
    }

    fn end_paragraph(&mut self) {
        let Some(paragraph) = self.paragraphs.pop() else {
            return;
        };
        let style = paragraph.style.as_deref();
        let number = self.numbering.next(style, paragraph.list, paragraph.level).unwrap_or_default();
        let is_contents = style.is_some_and(|style| self.numbering.is_contents(style));
        let lines = paragraph.text.split('\n').map(str::trim).filter(|line| !line.is_empty());
        let lines = lines.enumerate().map(|(at, line)| if at == 0 { format!("{number}{line}") } else { line.to_owned() });
        let lines: Vec<String> = if is_contents { Vec::new() } else { lines.collect() };
        let flow = self.flow();
        flow.lines.extend(lines);
        flow.lines.extend(paragraph.boxes);
    }

    fn text(&mut self, text: &str) {
        if self.texts > 0 {
            self.push(text);
        }
    }

    fn push(&mut self, text: &str) {
        if let (false, Some(paragraph)) = (self.is_hidden, self.paragraphs.last_mut()) {
            // A tab would part cells.
            paragraph.text.extend(text.chars().map(|c| if matches!(c, '\t' | '\u{A0}') { ' ' } else { c }));
        }
    }

    fn of_paragraph(&mut self, set: impl FnOnce(&mut Paragraph)) {
        if let (true, Some(paragraph)) = (self.properties > 0, self.paragraphs.last_mut()) {
            set(paragraph);
        }
    }

    fn flow(&mut self) -> &mut Flow {
        if self.flows.is_empty() {
            self.flows.push(Flow::default());
        }
        self.flows.last_mut().unwrap_or_else(|| unreachable!("one was pushed"))
    }
}
