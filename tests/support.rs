//! What do the tests share? A text as a source, its records as JSON, and the folders that may stand beside the checkout.

use std::path::{Path, PathBuf};

use serde_json::Value;
use zhengce::source::Source;

/// The records of a source as the program prints them.
pub fn records(source: &Source) -> Vec<Value> {
    zhengce::record::extract(source)
        .iter()
        .map(|record| serde_json::to_value(record).unwrap_or_else(|cause| panic!("{} is no JSON: {cause}", record.id)))
        .collect()
}

/// The records of some sources, what the audit finds in each, and what it finds across them.
pub fn audited(sources: &[Source]) -> Vec<Value> {
    let value = |record: &zhengce::record::Record| serde_json::to_value(record).unwrap_or_else(|cause| panic!("{}: {cause}", record.id));
    let mut all: Vec<Value> = Vec::new();
    for source in sources {
        let document = zhengce::record::Document::read(source);
        let records = document.records();
        all.extend(records.iter().map(value));
        all.extend(zhengce::audit::check(&document, &records).iter().map(value));
    }
    let across = zhengce::audit::across(&all);
    all.extend(across.iter().map(value));
    all
}

/// A path below the checkout.
pub fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// A folder below `../shared`, if it stands beside the checkout; else says that the test is passed over.
pub fn shared(path: &str) -> Option<PathBuf> {
    let folder = here("..").join("shared").join(path);
    if folder.is_dir() {
        return Some(folder);
    }
    println!("passed over: there is no ../shared/{path} beside the checkout");
    None
}

/// A field of a record as text; empty where it is none.
pub fn text<'a>(record: &'a Value, field: &str) -> &'a str {
    record[field].as_str().unwrap_or_default()
}
