//! Which files are the index? `CURRENT` names a generation, a folder of its own with the tantivy files, and what it was
//! written with beside them:
//!
//! ```text
//! index/CURRENT            gen-2
//! index/LOCK               held by the process that writes
//! index/gen-2/zhengce.json {"schema":2,"analyzer":1,"continues":1}
//! index/gen-2/added.fst    the lexicon's words that its texts were cut with
//! ```
//!
//! Each run writes the next generation: an update begins with links to the files of the one before, which tantivy never
//! changes, a rebuild with none. At its end a new `CURRENT` is put in the old one's place by renaming, so that at any
//! moment `CURRENT` names a whole index. A generation after the current one was left by a run that was stopped or killed;
//! what it had committed, the next run goes on from.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::analysis::ANALYZER;
use super::error::Error;
use super::schema::SCHEMA;
use super::words::Dictionary;

const CURRENT: &str = "CURRENT";
const LOCK: &str = "LOCK";
const PREFIX: &str = "gen-";
const VERSIONS: &str = "zhengce.json";
const ADDED: &str = "added.fst";

fn io_error(path: &Path) -> impl Fn(io::Error) -> Error + '_ {
    |source| Error::Io { path: path.to_owned(), source }
}

/// The number of the current generation in `dir`.
///
/// # Errors
/// [`Error::Missing`] where there is none, [`Error::Io`] where it can't be read.
pub fn current(dir: &Path) -> Result<u64, Error> {
    let path = dir.join(CURRENT);
    match fs::read_to_string(&path) {
        Ok(text) => text
            .trim()
            .strip_prefix(PREFIX)
            .and_then(|number| number.parse().ok())
            .ok_or_else(|| Error::Foreign { dir: dir.to_owned(), found: format!("a {CURRENT} of another program") }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(Error::Missing { dir: dir.to_owned() }),
        Err(error) => Err(io_error(&path)(error)),
    }
}

/// The folder of a generation.
pub fn generation(dir: &Path, number: u64) -> PathBuf {
    dir.join(format!("{PREFIX}{number}"))
}

/// Makes `number` the current generation: from here on readers open it.
///
/// # Errors
/// [`Error::Io`]; then the generation before stays the current one.
pub fn switch(dir: &Path, number: u64) -> Result<(), Error> {
    let path = dir.join(CURRENT);
    let fresh = dir.join("CURRENT.new");
    let write = || {
        let mut file = File::create(&fresh)?;
        writeln!(file, "{PREFIX}{number}")?;
        file.sync_all()?;
        fs::rename(&fresh, &path)?;
        File::open(dir)?.sync_all()
    };
    write().map_err(io_error(&path))
}

/// The generations in `dir`, half-written ones too, in order.
pub fn generations(dir: &Path) -> Vec<u64> {
    let entries = fs::read_dir(dir).into_iter().flatten().flatten();
    let mut numbers: Vec<u64> = entries.filter_map(|entry| entry.file_name().to_str()?.strip_prefix(PREFIX)?.parse().ok()).collect();
    numbers.sort_unstable();
    numbers
}

/// Removes all generations but those to `keep`. What can't be removed stays: nobody reads it.
pub fn sweep(dir: &Path, keep: &[u64]) {
    for number in generations(dir) {
        if !keep.contains(&number) && fs::remove_dir_all(generation(dir, number)).is_err() {
            // A reader on a system that locks open files: the next writer sweeps again.
        }
    }
}

/// The number after all generations in `dir`.
pub fn next(dir: &Path) -> u64 {
    generations(dir).last().map_or(1, |last| last + 1)
}

/// Makes the folder of the generation `to`, with the files of `from` in it that are of its last commit: links, or copies
/// where the file system has no links.
///
/// # Errors
/// [`Error::Io`].
pub fn continue_from(dir: &Path, from: u64, to: u64, is_of_it: impl Fn(&str) -> bool) -> Result<(), Error> {
    let (from, to) = (generation(dir, from), generation(dir, to));
    let link = || {
        fs::create_dir_all(&to)?;
        for entry in fs::read_dir(&from)? {
            let entry = entry?;
            let name = entry.file_name();
            let wanted = name.to_str().is_some_and(&is_of_it);
            if wanted && fs::hard_link(entry.path(), to.join(&name)).is_err() {
                fs::copy(entry.path(), to.join(&name))?;
            }
        }
        Ok(())
    };
    link().map_err(io_error(&to))
}

/// Makes `dir` ready to be an index, and holds it until the file is dropped.
///
/// # Errors
/// [`Error::Locked`] where another process holds it, [`Error::Foreign`] where it is something else's folder.
pub fn lock(dir: &Path) -> Result<File, Error> {
    fs::create_dir_all(dir).map_err(io_error(dir))?;
    if !dir.join(CURRENT).exists() {
        for entry in fs::read_dir(dir).map_err(io_error(dir))?.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let ours = name.starts_with('.') || name.starts_with(PREFIX) || name.starts_with(CURRENT) || name == LOCK;
            if !ours {
                return Err(Error::Foreign { dir: dir.to_owned(), found: name });
            }
        }
    }
    let path = dir.join(LOCK);
    let file = File::options().create(true).truncate(false).write(true).open(&path).map_err(io_error(&path))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(fs::TryLockError::WouldBlock) => Err(Error::Locked { dir: dir.to_owned() }),
        Err(fs::TryLockError::Error(error)) => Err(io_error(&path)(error)),
    }
}

/// What a generation goes on from; only that makes it one to go on with, should its run be stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The first of its folder.
    First,
    /// The generation of this number.
    Of(u64),
    /// None: a rebuild, whatever was there.
    Anew,
}

impl Origin {
    fn written(self) -> Value {
        match self {
            Self::First => json!(0),
            Self::Of(number) => json!(number),
            Self::Anew => Value::Null,
        }
    }
}

/// Writes beside a generation what it is written with.
///
/// # Errors
/// [`Error::Io`].
pub fn write_versions(generation: &Path, origin: Origin, dictionary: &Dictionary) -> Result<(), Error> {
    let versions = json!({"schema": SCHEMA, "analyzer": ANALYZER, "continues": origin.written()}).to_string();
    for (name, bytes) in [(ADDED, dictionary.added_bytes()), (VERSIONS, versions.as_bytes())] {
        let path = generation.join(name);
        let write = || {
            let mut file = File::create(&path)?;
            file.write_all(bytes)?;
            file.sync_all()
        };
        write().map_err(io_error(&path))?;
    }
    Ok(())
}

/// Whether a run that was stopped left the generation `number`, begun from `origin`.
pub fn is_left_over(dir: &Path, number: u64, origin: Origin) -> bool {
    let text = fs::read(generation(dir, number).join(VERSIONS)).unwrap_or_default();
    let versions: Value = serde_json::from_slice(&text).unwrap_or_default();
    origin != Origin::Anew && versions["continues"] == origin.written()
}

/// The dictionary that a generation was written with.
///
/// # Errors
/// [`Error::Stale`] where another version of schema or analyzer wrote it, [`Error::Io`].
pub fn read_versions(dir: &Path, generation: &Path) -> Result<Dictionary, Error> {
    let path = generation.join(VERSIONS);
    let text = fs::read_to_string(&path).map_err(io_error(&path))?;
    let versions: Value = serde_json::from_str(&text).unwrap_or_default();
    for (part, reads) in [("schema", SCHEMA), ("analyzer", ANALYZER)] {
        if versions[part].as_u64() != Some(u64::from(reads)) {
            let written = format!("{part} {}", versions[part]);
            return Err(Error::Stale { dir: dir.to_owned(), written, reads: reads.to_string() });
        }
    }
    let path = generation.join(ADDED);
    let added = fs::read(&path).map_err(io_error(&path))?;
    Dictionary::from_added_bytes(added).ok_or_else(|| {
        let source = io::Error::new(io::ErrorKind::InvalidData, "the words it was written with are damaged");
        Error::Io { path, source }
    })
}
