//! What do other tools want? The records as JSON Lines, as CSV tables with a data package, as a workbook, as calendars.
//!
//! `每年2月 召开产业项目推进会` becomes an event of 省发改委's calendar that comes again each February.
//!
//! Records stream through, a document at a time, so that memory stays flat as the corpus grows; the records of one document follow one another,
//! as `extract` and the index give them. The same records give the same bytes.

pub mod bulk;
mod calendar;
mod columns;
pub mod compare;
mod csv;
mod ics;
mod jsonl;
mod mixed;
mod xlsx;

pub use columns::{field_title, word};
pub use compare::{Table, compare};
pub use mixed::mixed;

use serde_json::Value;
use std::io;
use std::path::{Path, PathBuf};

/// What an export is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A `.jsonl` file a type, and `manifest.json`.
    Jsonl,
    /// A `.csv` file a type, and `datapackage.json` (Frictionless).
    Csv,
    /// `zhengce.xlsx`, a sheet a type.
    Xlsx,
    /// An `.ics` file for each unit that leads a task, and `全部.ics`.
    Ics,
}

impl Format {
    /// The types of records that it reads; all where none is named.
    pub fn types(self) -> &'static [&'static str] {
        match self {
            Format::Ics => &["document", "responsibility"],
            _ => &[],
        }
    }
}

/// What the export says of itself.
#[derive(Debug, Clone, Default)]
pub struct Info {
    /// The title of the data package and the workbook; a plain one where it is empty.
    pub title: String,
}

/// What was written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// How many documents came by.
    pub documents: u64,
    /// The files and how many records (rows, calendar entries) each holds, in the order of their names.
    pub files: Vec<(String, u64)>,
}

/// Why an export stopped.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The index can't be read.
    #[error(transparent)]
    Index(#[from] crate::index::Error),
    /// A file could not be written.
    #[error("{} could not be written: {cause}\n  hint: give a folder that you may write to with -o", path.display())]
    Unwritable {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
    /// The workbook could not be made.
    #[error("the workbook could not be written: {cause}\n  hint: use --format csv, or export fewer documents")]
    Workbook {
        /// What the library said.
        cause: rust_xlsxwriter::XlsxError,
    },
    /// A record is not one of this program's.
    #[error("a record has no {field}\n  hint: run `zhengce index` to write the index anew")]
    Foreign {
        /// The field that it lacks.
        field: &'static str,
    },
}

impl From<rust_xlsxwriter::XlsxError> for ExportError {
    fn from(cause: rust_xlsxwriter::XlsxError) -> Self {
        ExportError::Workbook { cause }
    }
}

/// A writer of one format; it is given the records document by document.
trait Sink {
    /// Writes the records of one document.
    fn take(&mut self, records: &[Value]) -> Result<(), ExportError>;
    /// Writes what stands at the end; the files and their counts.
    fn finish(self: Box<Self>) -> Result<Vec<(String, u64)>, ExportError>;
}

/// Writes the records into `dir`, which is made if it isn't there; files of an earlier export are replaced.
///
/// # Errors
/// Where a file cannot be written, or a record lacks its `doc` or a known `type`.
pub fn write(format: Format, dir: &Path, records: impl Iterator<Item = Value>, info: &Info) -> Result<Summary, ExportError> {
    std::fs::create_dir_all(dir).map_err(|cause| ExportError::Unwritable { path: dir.to_owned(), cause })?;
    let mut sink: Box<dyn Sink> = match format {
        Format::Jsonl => Box::new(jsonl::Jsonl::new(dir)?),
        Format::Csv => Box::new(csv::Csv::new(dir, info)?),
        Format::Xlsx => Box::new(xlsx::Xlsx::new(dir, info)?),
        Format::Ics => Box::new(ics::Calendars::new(dir)),
    };
    let mut documents = 0;
    let mut batch: Vec<Value> = Vec::new();
    for record in records {
        if batch.first().is_some_and(|first| first["doc"] != record["doc"]) {
            sink.take(&batch)?;
            batch.clear();
            documents += 1;
        }
        batch.push(record);
    }
    if !batch.is_empty() {
        sink.take(&batch)?;
        documents += 1;
    }
    Ok(Summary { documents, files: sink.finish()? })
}

/// The index of a record's type in [`crate::record::schema::TYPES`].
fn type_of(record: &Value) -> Result<usize, ExportError> {
    let kind = record["type"].as_str().ok_or(ExportError::Foreign { field: "type" })?;
    crate::record::schema::TYPES.iter().position(|t| *t == kind).ok_or(ExportError::Foreign { field: "type" })
}

/// A new file for writing.
fn create(path: &Path) -> Result<io::BufWriter<std::fs::File>, ExportError> {
    let file = std::fs::File::create(path).map_err(|cause| ExportError::Unwritable { path: path.to_owned(), cause })?;
    Ok(io::BufWriter::with_capacity(1 << 16, file))
}

/// Names the file in an error of writing to it.
fn at(path: &Path) -> impl Fn(io::Error) -> ExportError {
    let path = path.to_owned();
    move |cause| ExportError::Unwritable { path: path.clone(), cause }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::extract;
    use crate::source::Source;

    pub(super) const TEXT: &str = "某市产业项目实施方案\n\n二○一一年五月二十一日\n\n一、主要目标\n\n　　到2013年，装备产业主营业务收入力争突破750.5亿元，增长15％以上。推进建设东城装备园、西城装备园等2个重点园区。\n\n　　认真落实《某省项目管理办法》（某政发〔2010〕62号）。\n\n附件1\n任务分工表\n序号\t工作任务\t牵头单位\t配合单位\t完成时间\n1\t制定方案\t市发改委\t市财政局\t2011年4月\n2\t召开会议\t市发改委　　市财政局\t市统计局\t每年2月\n3\t开展会办\t市发改委\t市财政局\t每年2次\n4\t日常推进\t市财政局\t市统计局\t全年工作\n";

    /// The records of a small document, as the index stores them.
    pub(super) fn records(id: &str) -> Vec<Value> {
        let source = Source { sha256: "0".repeat(64), ..Source::of_text(id, TEXT) };
        extract(&source).iter().map(|r| serde_json::to_value(r).unwrap()).collect()
    }

    /// A folder of its own for a test.
    pub(super) fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("zhengce-export-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        folder
    }

    #[test]
    fn a_stranger_is_an_error() {
        let folder = folder("stranger");
        let record = serde_json::json!({"doc": "a", "type": "poem"});
        let error = write(Format::Jsonl, &folder, std::iter::once(record), &Info::default()).unwrap_err();
        assert!(error.to_string().starts_with("a record has no type"), "{error}");
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn an_unwritable_folder_is_an_error() {
        let folder = folder("file");
        std::fs::write(&folder, "").unwrap();
        assert!(write(Format::Csv, &folder, std::iter::empty(), &Info::default()).is_err());
        std::fs::remove_file(folder).unwrap();
    }
}
