//! A table a type with `datapackage.json`: the Frictionless descriptor with types, keys, and the keys between the tables.
//!
//! UTF-8 with a byte order mark, so that spreadsheets open it right; lists as JSON.

use super::calendar::last_day;
use super::columns::{Column, Kind, columns_of, sheet};
use super::{ExportError, Info, Sink, at, create, type_of};
use crate::record::schema;
use csv::{Terminator, Writer, WriterBuilder};
use serde_json::{Map, Value, json};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// The open tables.
pub struct Csv {
    dir: PathBuf,
    title: String,
    tables: Vec<Sheet>,
}

struct Sheet {
    kind: &'static str,
    columns: Vec<Column>,
    writer: Writer<BufWriter<File>>,
    rows: u64,
}

impl Csv {
    /// Opens a table for each type and writes its head.
    pub fn new(dir: &Path, info: &Info) -> Result<Self, ExportError> {
        let mut tables = Vec::new();
        for kind in schema::TYPES {
            let path = dir.join(format!("{kind}.csv"));
            let mut file = create(&path)?;
            file.write_all("\u{feff}".as_bytes()).map_err(at(&path))?;
            let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(file);
            let columns = columns_of(kind);
            writer.write_record(columns.iter().map(|c| &c.name)).map_err(|e| at(&path)(e.into()))?;
            tables.push(Sheet { kind, columns, writer, rows: 0 });
        }
        let title = if info.title.is_empty() { "政策文件要素".to_owned() } else { info.title.clone() };
        Ok(Csv { dir: dir.to_owned(), title, tables })
    }
}

/// A value as it stands in a cell: text as it is, nothing for null, the rest as JSON.
pub(super) fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

impl Sink for Csv {
    fn take(&mut self, records: &[Value]) -> Result<(), ExportError> {
        for record in records {
            let table = &mut self.tables[type_of(record)?];
            let cells = table.columns.iter().map(|column| match column.kind {
                // A date that doesn't exist (2月30日) is no date to a loader; the JSON Lines keep it.
                Kind::Date if column.value(record).as_str().and_then(last_day).is_none() => String::new(),
                _ => cell(column.value(record)),
            });
            table.writer.write_record(cells).map_err(|e| at(&self.dir.join(format!("{}.csv", table.kind)))(e.into()))?;
            table.rows += 1;
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<Vec<(String, u64)>, ExportError> {
        let mut written = Vec::new();
        for table in &mut self.tables {
            let name = format!("{}.csv", table.kind);
            table.writer.flush().map_err(at(&self.dir.join(&name)))?;
            written.push((name, table.rows));
        }
        let resources: Vec<Value> = self.tables.iter().map(resource).collect();
        let package = json!({
            "name": "zhengce",
            "title": self.title,
            "profile": "tabular-data-package",
            "version": format!("{}.0.0", schema::VERSION),
            "resources": resources,
        });
        let path = self.dir.join("datapackage.json");
        let mut file = create(&path)?;
        writeln!(file, "{package:#}").and_then(|()| file.flush()).map_err(at(&path))?;
        written.push(("datapackage.json".to_owned(), self.tables.len() as u64));
        written.sort();
        Ok(written)
    }
}

fn resource(table: &Sheet) -> Value {
    json!({
        "name": table.kind,
        "path": format!("{}.csv", table.kind),
        "title": sheet(table.kind),
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": { "delimiter": ",", "lineTerminator": "\r\n", "quoteChar": "\"", "doubleQuote": true, "header": true },
        "schema": table_schema(table),
    })
}

fn table_schema(table: &Sheet) -> Value {
    let mut keys = Vec::new();
    if table.kind != "document" {
        keys.push(json!({ "fields": "doc", "reference": { "resource": "document", "fields": "doc" } }));
    }
    if table.kind == "section" {
        keys.push(json!({ "fields": "parent", "reference": { "resource": "", "fields": "id" } }));
    }
    let mut schema = Map::new();
    schema.insert("fields".to_owned(), table.columns.iter().map(|column| field(table.kind, column)).collect());
    schema.insert("missingValues".to_owned(), json!([""]));
    schema.insert("primaryKey".to_owned(), json!("id"));
    if !keys.is_empty() {
        schema.insert("foreignKeys".to_owned(), Value::Array(keys));
    }
    Value::Object(schema)
}

fn field(table: &str, column: &Column) -> Value {
    let kind = match column.kind {
        Kind::Text => "string",
        Kind::Integer => "integer",
        Kind::Number => "number",
        Kind::Boolean => "boolean",
        Kind::Date => "date",
        Kind::List => "array",
    };
    let mut field = json!({ "name": column.name, "type": kind, "title": column.title_of(table), "description": column.description });
    // A field that is never null may still be the empty text, as a measure's is.
    let required = !column.nullable && !matches!(column.name.as_str(), "heading" | "quote" | "text" | "content" | "name" | "sha256");
    let unique = column.name == "id" || (table == "document" && column.name == "doc");
    match (required, unique) {
        (true, true) => field["constraints"] = json!({ "required": true, "unique": true }),
        (true, false) => field["constraints"] = json!({ "required": true }),
        _ => {}
    }
    field
}

#[cfg(test)]
mod tests {
    use super::super::tests::{folder, records};
    use super::super::{Format, write};
    use super::*;

    #[test]
    fn tables_read_back_as_their_descriptor_says() {
        let all: Vec<Value> = [records("a"), records("b")].concat();
        let dir = folder("csv");
        write(Format::Csv, &dir, all.iter().cloned(), &Info::default()).unwrap();
        let package: Value = serde_json::from_str(&std::fs::read_to_string(dir.join("datapackage.json")).unwrap()).unwrap();
        for (resource, kind) in package["resources"].as_array().unwrap().iter().zip(schema::TYPES) {
            let bytes = std::fs::read(dir.join(resource["path"].as_str().unwrap())).unwrap();
            let text = String::from_utf8(bytes).unwrap();
            let text = text.strip_prefix('\u{feff}').expect("tables open with a byte order mark");
            let mut reader = csv::Reader::from_reader(text.as_bytes());
            let names: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
            let fields: Vec<&str> = resource["schema"]["fields"].as_array().unwrap().iter().map(|f| f["name"].as_str().unwrap()).collect();
            assert_eq!(names, fields);
            let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
            let wanted: Vec<&Value> = all.iter().filter(|r| r["type"] == *kind).collect();
            assert_eq!(rows.len(), wanted.len(), "{kind}");
            for (row, record) in rows.iter().zip(&wanted) {
                assert_eq!(&row[0], record["id"].as_str().unwrap());
                for (cell, field) in row.iter().zip(resource["schema"]["fields"].as_array().unwrap()) {
                    check(cell, field);
                }
            }
        }
        std::fs::remove_dir_all(dir).unwrap();
    }

    /// Whether a cell is of the type that its field states.
    fn check(cell: &str, field: &Value) {
        if cell.is_empty() {
            assert!(field["constraints"]["required"] != true, "{field} is empty");
            return;
        }
        let fits = match field["type"].as_str().unwrap() {
            "integer" => cell.parse::<i64>().is_ok(),
            "number" => cell.parse::<rust_decimal::Decimal>().is_ok(),
            "boolean" => matches!(cell, "true" | "false"),
            "date" => cell.len() == 10,
            "array" => serde_json::from_str::<Vec<Value>>(cell).is_ok(),
            _ => true,
        };
        assert!(fits, "{cell} is no {field}");
    }
}
