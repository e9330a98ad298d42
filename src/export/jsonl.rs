//! A file a type with a record a line, and `manifest.json`: versions, the sources with their hashes, counts.

use super::{ExportError, Sink, at, create, type_of};
use crate::record::schema;
use serde_json::{Map, Value, json};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// The open files.
pub struct Jsonl {
    dir: PathBuf,
    files: Vec<BufWriter<File>>,
    counts: Vec<u64>,
    manifest: BufWriter<File>,
    sources: u64,
}

impl Jsonl {
    /// Opens a file for each type.
    pub fn new(dir: &Path) -> Result<Self, ExportError> {
        let files = schema::TYPES.iter().map(|kind| create(&dir.join(format!("{kind}.jsonl")))).collect::<Result<Vec<_>, _>>()?;
        let path = dir.join("manifest.json");
        let mut manifest = create(&path)?;
        let (program, version) = (env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"));
        write!(
            manifest,
            "{{\n  \"program\": {program:?},\n  \"program_version\": {version:?},\n  \"schema_version\": {},\n  \"sources\": [",
            schema::VERSION
        )
        .map_err(at(&path))?;
        Ok(Jsonl { dir: dir.to_owned(), files, counts: vec![0; schema::TYPES.len()], manifest, sources: 0 })
    }

    fn note_source(&mut self, records: &[Value], counts: &[u64]) -> Result<(), ExportError> {
        let empty = Value::Null;
        let document = records.iter().find(|r| r["type"] == "document").unwrap_or(&empty);
        let source = json!({
            "doc": records[0]["doc"],
            "title": records[0]["title"],
            "source": document["source"],
            "sha256": document["sha256"],
            "chars": document["chars"],
            "records": by_type(counts),
        });
        let comma = if self.sources == 0 { "" } else { "," };
        self.sources += 1;
        write!(self.manifest, "{comma}\n    {source}").map_err(at(&self.dir.join("manifest.json")))
    }
}

/// Counts by the types' names, those of none left out.
fn by_type(counts: &[u64]) -> Value {
    let counted = schema::TYPES.iter().zip(counts).filter(|(_, n)| **n > 0);
    Value::Object(counted.map(|(kind, n)| ((*kind).to_owned(), json!(n))).collect::<Map<_, _>>())
}

impl Sink for Jsonl {
    fn take(&mut self, records: &[Value]) -> Result<(), ExportError> {
        let mut counts = vec![0; schema::TYPES.len()];
        for record in records {
            let kind = type_of(record)?;
            counts[kind] += 1;
            writeln!(self.files[kind], "{record}").map_err(at(&self.dir.join(format!("{}.jsonl", schema::TYPES[kind]))))?;
        }
        self.counts.iter_mut().zip(&counts).for_each(|(all, n)| *all += n);
        self.note_source(records, &counts)
    }

    fn finish(mut self: Box<Self>) -> Result<Vec<(String, u64)>, ExportError> {
        let path = self.dir.join("manifest.json");
        let end = if self.sources == 0 { "" } else { "\n  " };
        let total: u64 = self.counts.iter().sum();
        let counts = by_type(&self.counts);
        writeln!(self.manifest, "{end}],\n  \"records\": {counts},\n  \"total\": {total}\n}}").map_err(at(&path))?;
        self.manifest.flush().map_err(at(&path))?;
        let mut written = Vec::new();
        for ((file, kind), count) in self.files.iter_mut().zip(schema::TYPES).zip(&self.counts) {
            let name = format!("{kind}.jsonl");
            file.flush().map_err(at(&self.dir.join(&name)))?;
            written.push((name, *count));
        }
        written.push(("manifest.json".to_owned(), self.sources));
        written.sort();
        Ok(written)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{folder, records};
    use super::super::{Format, Info, write};
    use super::*;

    #[test]
    fn records_come_out_as_they_went_in_and_the_manifest_counts_them() {
        let all: Vec<Value> = [records("a"), records("b")].concat();
        let (one, two) = (folder("jsonl-1"), folder("jsonl-2"));
        for dir in [&one, &two] {
            let summary = write(Format::Jsonl, dir, all.iter().cloned(), &Info::default()).unwrap();
            assert_eq!(summary.documents, 2);
        }
        let mut read = 0;
        for kind in schema::TYPES {
            let name = format!("{kind}.jsonl");
            let text = std::fs::read_to_string(one.join(&name)).unwrap();
            assert_eq!(text, std::fs::read_to_string(two.join(&name)).unwrap());
            let lines: Vec<Value> = text.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
            let wanted: Vec<&Value> = all.iter().filter(|r| r["type"] == *kind).collect();
            assert_eq!(lines.iter().collect::<Vec<_>>(), wanted);
            read += lines.len();
        }
        assert_eq!(read, all.len());
        let text = std::fs::read_to_string(one.join("manifest.json")).unwrap();
        let manifest: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(manifest["total"], all.len());
        assert_eq!(manifest["sources"][1]["doc"], "b");
        assert_eq!(manifest["sources"][0]["sha256"], "0".repeat(64));
        assert_eq!(text, std::fs::read_to_string(two.join("manifest.json")).unwrap());
        for dir in [one, two] {
            std::fs::remove_dir_all(dir).unwrap();
        }
    }
}
