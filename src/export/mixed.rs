//! How do records of several types stand in one table? The columns of every type that occurs, each once, in the order of the contract: what a
//! search found as one sheet.

use super::columns::{Column, columns_of};
use super::csv::cell;
use crate::record::schema;
use csv::{Terminator, WriterBuilder};
use serde_json::Value;

/// The records as CSV in their order, UTF-8 with a byte order mark, so that spreadsheets open it right.
///
/// # Panics
/// Never: rows of one width are written to memory.
pub fn mixed(records: &[Value]) -> Vec<u8> {
    let mut columns: Vec<Column> = Vec::new();
    for kind in schema::TYPES.iter().filter(|kind| records.iter().any(|record| record["type"] == **kind)) {
        for column in columns_of(kind) {
            if !columns.iter().any(|known| known.name == column.name) {
                columns.push(column);
            }
        }
    }
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer("\u{feff}".as_bytes().to_vec());
    let head: Vec<String> = columns.iter().map(|column| column.name.clone()).collect();
    let rows = records.iter().map(|record| columns.iter().map(|column| cell(column.value(record))).collect());
    for row in std::iter::once(head).chain(rows) {
        let row: Vec<String> = row;
        // Writing to memory cannot fail.
        writer.write_record(&row).expect("rows of one width are written to memory");
    }
    writer.into_inner().expect("memory is flushed")
}

#[cfg(test)]
mod tests {
    use super::super::tests::records;
    use super::*;

    #[test]
    fn each_record_is_a_row_and_each_field_a_column() {
        let records: Vec<Value> = records("a").into_iter().filter(|r| ["target", "park"].iter().any(|kind| r["type"] == *kind)).collect();
        let bytes = mixed(&records);
        let mut reader = csv::Reader::from_reader(&bytes[3..]);
        let head = reader.headers().unwrap().clone();
        let at = |name: &str| head.iter().position(|column| column == name).unwrap();
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert_eq!(rows.len(), records.len());
        for (row, record) in rows.iter().zip(&records) {
            assert_eq!(&row[at("id")], record["id"].as_str().unwrap());
            assert_eq!(&row[at("period_to")], record["period"]["to"].as_str().unwrap_or(""));
            assert_eq!(&row[at("name")], record["name"].as_str().unwrap_or(""));
        }
    }
}
