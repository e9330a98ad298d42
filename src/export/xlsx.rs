//! A workbook that an office would pass round: a sheet a type, in Chinese.
//!
//! Heads are frozen and filtered, dates and numbers are such, and each record links to the paragraph on the sheet 原文 that it was read from.
//! Rows go to disk as they come. A sheet that is full (1,048,576 rows) goes on as `目标（2）`.

use super::calendar::last_day;
use super::columns::{Column, Kind, columns_of, sheet, word};
use super::{ExportError, Info, Sink, type_of};
use crate::record::schema;
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, Url, Workbook, Worksheet, XlsxError,
};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// How many rows a sheet holds.
const ROWS: u32 = 1_048_576;
/// How many links a sheet has; those after them are formulas, which go to disk with their row, where links wait in memory.
const LINKS: u32 = 5_000;
/// How hard the workbook is compressed, of 9: the next third of its size would cost as long again as writing it does.
const COMPRESSION: u8 = 1;
/// How many characters a cell holds.
const CELL: usize = 32_767;

/// The workbook and where each sheet stands.
pub struct Xlsx {
    path: PathBuf,
    workbook: Workbook,
    sheets: Vec<Sheet>,
    formats: Formats,
}

struct Sheet {
    /// Its type in [`schema::TYPES`].
    kind: usize,
    columns: Vec<Column>,
    /// Its index in the workbook, and the number of its part.
    index: usize,
    part: u32,
    /// The next row, and the rows of the parts before.
    row: u32,
    full: u64,
    links: u32,
}

struct Formats {
    head: Format,
    text: Format,
    whole: Format,
    decimal: Format,
    day: Format,
    month: Format,
    link: Format,
}

impl Formats {
    fn new() -> Self {
        let cell = || Format::new().set_align(FormatAlign::Top);
        let number = |shown: &str| cell().set_num_format(shown);
        Formats {
            head: Format::new()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::VerticalCenter)
                .set_background_color(Color::RGB(0x00DD_E7F0))
                .set_border_bottom(FormatBorder::Thin),
            text: cell().set_text_wrap(),
            whole: number("#,##0"),
            decimal: number("#,##0.0#######"),
            day: number("yyyy\"年\"m\"月\"d\"日\""),
            month: number("yyyy\"年\"m\"月\""),
            link: cell().set_hyperlink(),
        }
    }
}

/// The order of the sheets: what is asked for first.
const ORDER: &[&str] = &[
    "document",
    "target",
    "statistic",
    "responsibility",
    "project",
    "park",
    "focus",
    "measure",
    "citation",
    "finding",
    "section",
    "passage",
];

impl Xlsx {
    /// Begins a workbook with a sheet for each type.
    pub fn new(dir: &Path, info: &Info) -> Result<Self, ExportError> {
        let mut workbook = Workbook::new();
        let title = if info.title.is_empty() { "政策文件要素" } else { &info.title };
        let epoch = ExcelDateTime::from_ymd(2000, 1, 1)?;
        workbook.set_properties(&DocProperties::new().set_title(title).set_author("zhengce").set_creation_datetime(&epoch));
        workbook.set_zip_compression_level(COMPRESSION);
        let formats = Formats::new();
        let mut sheets = Vec::new();
        for name in ORDER {
            let kind = schema::TYPES.iter().position(|t| t == name).ok_or(ExportError::Foreign { field: "type" })?;
            let mut columns = columns_of(name);
            // What a reader looks at comes before where it stands.
            columns.retain(|c| !matches!(c.name.as_str(), "type" | "start" | "end"));
            columns
                .sort_by_key(|c| matches!(c.name.as_str(), "id" | "doc" | "rule" | "sha256" | "encoding" | "section" | "title" | "quote"));
            let mut sheet = Sheet { kind, columns, index: sheets.len(), part: 1, row: 0, full: 0, links: 0 };
            sheet.begin(workbook.add_worksheet_with_constant_memory()?, &formats)?;
            sheets.push(sheet);
        }
        Ok(Xlsx { path: dir.join("zhengce.xlsx"), workbook, sheets, formats })
    }

    /// Writes a record; the row that it took and the sheet's name.
    fn put(&mut self, record: &Value, source: Option<&(String, u32)>) -> Result<(String, u32), ExportError> {
        let kind = type_of(record)?;
        let Some(sheet) = self.sheets.iter_mut().find(|s| s.kind == kind) else { return Err(ExportError::Foreign { field: "type" }) };
        if sheet.row >= ROWS {
            let index = self.workbook.worksheets().len();
            self.workbook.worksheet_from_index(sheet.index)?.autofilter(0, 0, ROWS - 1, sheet.last_column())?;
            sheet.full += u64::from(ROWS - 1);
            (sheet.index, sheet.part, sheet.row, sheet.links) = (index, sheet.part + 1, 0, 0);
            sheet.begin(self.workbook.add_worksheet_with_constant_memory()?, &self.formats)?;
        }
        let row = sheet.row;
        let worksheet = self.workbook.worksheet_from_index(sheet.index)?;
        for (at, column) in (0u16..).zip(&sheet.columns) {
            write_cell(worksheet, &self.formats, row, at, column, column.value(record))?;
        }
        if let Some((name, to)) = source {
            let at = sheet.last_column();
            let text = format!("{name}第{}行", to + 1);
            if sheet.links < LINKS {
                let url = Url::new(format!("internal:'{name}'!A{}", to + 1)).set_text(&text);
                worksheet.write_url_with_format(row, at, url, &self.formats.link)?;
                sheet.links += 1;
            } else {
                let formula = Formula::new(format!("=HYPERLINK(\"#'{name}'!A{}\",\"{text}\")", to + 1)).set_result(&text);
                worksheet.write_formula_with_format(row, at, formula, &self.formats.link)?;
            }
        }
        sheet.row += 1;
        Ok((sheet.name(), row))
    }
}

impl Sheet {
    fn name(&self) -> String {
        let name = sheet(schema::TYPES[self.kind]);
        if self.part == 1 { name.to_owned() } else { format!("{name}（{}）", self.part) }
    }

    /// The last column: that of the links, after all fields; the text itself has none.
    fn last_column(&self) -> u16 {
        let own = usize::from(schema::TYPES[self.kind] == "passage");
        u16::try_from(self.columns.len() - own).unwrap_or(u16::MAX)
    }

    /// Names the sheet and writes its head.
    fn begin(&mut self, worksheet: &mut Worksheet, formats: &Formats) -> Result<(), XlsxError> {
        worksheet.set_name(self.name())?;
        worksheet.set_freeze_panes(1, 1)?;
        // On paper: across, as wide as the page, the head on each.
        worksheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
        worksheet.set_footer("&L&A&R第&P页，共&N页");
        for (at, column) in (0u16..).zip(&self.columns) {
            worksheet.set_column_width(at, width(column))?.set_column_format(at, &formats.text)?;
            worksheet.write_string_with_format(0, at, column.title_of(schema::TYPES[self.kind]), &formats.head)?;
        }
        if schema::TYPES[self.kind] != "passage" {
            worksheet.set_column_width(self.last_column(), 14)?;
            worksheet.write_string_with_format(0, self.last_column(), "原文位置", &formats.head)?;
        }
        self.row = 1;
        Ok(())
    }
}

fn width(column: &Column) -> f64 {
    match (column.name.as_str(), column.kind) {
        ("quote" | "text" | "task" | "message" | "evidence", _) => 60.0,
        (
            "name" | "content" | "heading" | "section" | "title" | "lead" | "support" | "addressees" | "attachments" | "subject" | "benign",
            _,
        ) => 32.0,
        ("id" | "sha256" | "indicator" | "doc" | "source" | "category" | "owner" | "issuer" | "numbers", _) => 24.0,
        (_, Kind::Date) => 16.0,
        _ => 12.0,
    }
}

fn write_cell(sheet: &mut Worksheet, formats: &Formats, row: u32, at: u16, column: &Column, value: &Value) -> Result<(), XlsxError> {
    match value {
        Value::Null => {}
        Value::Number(number) => match number.as_f64().filter(|_| number.to_string().len() <= 15) {
            Some(exact) => {
                let format = if number.is_u64() || number.is_i64() { &formats.whole } else { &formats.decimal };
                sheet.write_number_with_format(row, at, exact, format)?;
            }
            // A workbook's numbers hold fifteen digits.
            None => {
                sheet.write_string(row, at, number.to_string())?;
            }
        },
        Value::Bool(yes) => {
            sheet.write_string(row, at, if *yes { "是" } else { "否" })?;
        }
        Value::String(text) if is_time(column) => write_time(sheet, formats, row, at, text)?,
        Value::String(text) => {
            sheet.write_string(row, at, shortened(word(&column.name, text)))?;
        }
        Value::Array(heads) if column.name == "section" => {
            let path: Vec<&str> = heads.iter().filter_map(Value::as_str).collect();
            sheet.write_string(row, at, shortened(&path.join(" ＞ ")))?;
        }
        other => {
            sheet.write_string(row, at, shortened(&listed(other)))?;
        }
    }
    Ok(())
}

fn is_time(column: &Column) -> bool {
    column.kind == Kind::Date || matches!(column.name.as_str(), "period_from" | "period_to" | "deadline_due")
}

/// A year as a number, a month and a day as dates, shown no finer than they are printed.
fn write_time(sheet: &mut Worksheet, formats: &Formats, row: u32, at: u16, text: &str) -> Result<(), XlsxError> {
    match (text.parse::<u16>(), last_day(text)) {
        (Ok(year), _) => {
            sheet.write_number(row, at, f64::from(year))?;
        }
        (_, Some((year, month, day))) if year >= 1900 => {
            let format = if text.len() > 7 { &formats.day } else { &formats.month };
            sheet.write_datetime_with_format(row, at, &ExcelDateTime::from_ymd(year, month, day)?, format)?;
        }
        _ => {
            sheet.write_string_with_format(row, at, text, &formats.text)?;
        }
    }
    Ok(())
}

/// As much as a cell holds.
fn shortened(text: &str) -> String {
    if text.chars().count() <= CELL {
        return text.to_owned();
    }
    text.chars().take(CELL - 1).chain(['…']).collect()
}

/// A list as one reads it: names between `、`, other things between `；`.
fn listed(value: &Value) -> String {
    match value {
        Value::Array(items) => {
            let simple = items.iter().all(|item| item["name"].is_string());
            let parts: Vec<String> = items.iter().map(listed).collect();
            parts.join(if simple { "、" } else { "；" })
        }
        Value::Object(fields) => {
            let text = |key: &str| fields.get(key).map(listed).unwrap_or_default();
            if fields.contains_key("quote") {
                return format!("“{}”", text("quote"));
            }
            if fields.contains_key("value") {
                let label = text("label");
                let colon = if label.is_empty() { "" } else { "：" };
                return format!("{label}{colon}{}{}", text("value"), text("unit"));
            }
            text("name")
        }
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

impl Sink for Xlsx {
    fn take(&mut self, records: &[Value]) -> Result<(), ExportError> {
        let mut passages: Vec<(u64, u64, (String, u32))> = Vec::new();
        for record in records.iter().filter(|r| r["type"] == "passage") {
            let place = self.put(record, None)?;
            passages.push((record["start"].as_u64().unwrap_or(0), record["end"].as_u64().unwrap_or(0), place));
        }
        for record in records.iter().filter(|r| r["type"] != "passage") {
            let start = record["start"].as_u64().unwrap_or(0);
            // The paragraph that holds it, or for a heading the one below.
            let holds = passages.iter().find(|(from, to, _)| *from <= start && start < *to);
            let source = holds.or_else(|| passages.iter().find(|(from, _, _)| *from >= start)).map(|(_, _, place)| place.clone());
            self.put(record, source.as_ref())?;
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<Vec<(String, u64)>, ExportError> {
        let mut rows = 0;
        for sheet in &self.sheets {
            let worksheet = self.workbook.worksheet_from_index(sheet.index)?;
            rows += sheet.full + u64::from(sheet.row - 1);
            worksheet.autofilter(0, 0, (sheet.row - 1).max(1), sheet.last_column())?;
            // An empty sheet would only be looked into in vain.
            worksheet.set_hidden(sheet.row == 1 && sheet.part == 1 && sheet.index > 0);
        }
        self.workbook.save(&self.path)?;
        Ok(vec![("zhengce.xlsx".to_owned(), rows)])
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{folder, records};
    use super::super::write;
    use super::*;
    use std::io::Read;

    /// The parts of the written package by name.
    fn unzip(path: &Path) -> std::collections::BTreeMap<String, String> {
        let mut package = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
        (0..package.len())
            .map(|k| {
                let mut part = package.by_index(k).unwrap();
                let mut text = String::new();
                part.read_to_string(&mut text).unwrap();
                (part.name().unwrap().into_owned(), text)
            })
            .collect()
    }

    #[test]
    fn sheets_heads_dates_numbers_and_links() {
        let dir = folder("xlsx");
        let summary = write(super::super::Format::Xlsx, &dir, records("a").into_iter(), &Info::default()).unwrap();
        assert_eq!(summary.files, [("zhengce.xlsx".to_owned(), records("a").len() as u64)]);
        let parts = unzip(&dir.join("zhengce.xlsx"));
        let workbook = &parts["xl/workbook.xml"];
        for name in ["文件", "目标", "责任分工", "原文"] {
            assert!(workbook.contains(&format!("name=\"{name}\"")), "{workbook}");
        }
        let targets = &parts["xl/worksheets/sheet2.xml"];
        assert!(targets.contains("<v>750.5</v>") && targets.contains("主营业务收入"), "{targets}");
        assert!(targets.contains("state=\"frozen\"") && targets.contains("<autoFilter"));
        assert!(targets.contains("<hyperlink ") && targets.contains("'原文'!A"));
        let tasks = &parts["xl/worksheets/sheet4.xml"];
        // 2011-04-30 is day 40663 of a workbook's calendar.
        assert!(tasks.contains("<v>40663</v>"), "{tasks}");
        std::fs::remove_dir_all(dir).unwrap();
    }

    #[test]
    fn lists_read_as_one_writes_them() {
        assert_eq!(listed(&serde_json::json!([{"name": "省发改委", "canonical": null}, {"name": "省财政厅"}])), "省发改委、省财政厅");
        assert_eq!(listed(&serde_json::json!(["各市人民政府", "省直各单位"])), "各市人民政府；省直各单位");
        assert_eq!(listed(&serde_json::json!([{"value": 200, "unit": "万吨"}])), "200万吨");
        assert_eq!(shortened(&"长".repeat(40_000)).chars().count(), CELL);
    }
}
