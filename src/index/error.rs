//! What can go wrong with an index, and what to do then.

use std::fmt::{self, Display};
use std::path::PathBuf;

/// What keeps an index from being read or written. It prints as two lines: what happened, then what to do.
#[derive(Debug)]
pub enum Error {
    /// There is no index in this folder.
    Missing {
        /// The folder.
        dir: PathBuf,
    },
    /// The folder holds other things than an index.
    Foreign {
        /// The folder.
        dir: PathBuf,
        /// The first thing in it that is not of an index.
        found: String,
    },
    /// The index was written by another version of the program.
    Stale {
        /// The folder.
        dir: PathBuf,
        /// What it was written with, such as `schema 3`.
        written: String,
        /// What this program reads.
        reads: String,
    },
    /// Another process writes to the index now.
    Locked {
        /// The folder.
        dir: PathBuf,
    },
    /// A file of the index could not be read or written.
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The index is there but not whole.
    Broken {
        /// The folder.
        dir: PathBuf,
        /// What tantivy says.
        source: tantivy::TantivyError,
    },
}

impl Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing { dir } => write!(out, "there is no index in {}/\n  hint: run `zhengce index seeds` to write one", dir.display()),
            Self::Foreign { dir, found } => write!(
                out,
                "{}/ is no index: it holds {found}\n  hint: name an empty folder, or one that does not exist yet",
                dir.display()
            ),
            Self::Stale { dir, written, reads } => write!(
                out,
                "the index in {}/ was written with {written}, this program reads {reads}\n  hint: run `zhengce index seeds` to write it anew",
                dir.display()
            ),
            Self::Locked { dir } => write!(
                out,
                "another process is writing to the index in {}/\n  hint: wait until it has ended; searching goes on meanwhile",
                dir.display()
            ),
            Self::Io { path, source } => {
                write!(out, "{}: {source}\n  hint: {}", path.display(), io_hint(source))
            }
            Self::Broken { dir, source } => {
                write!(out, "the index in {}/ cannot be used: {source}\n  hint: run `zhengce index seeds` to write it anew", dir.display())
            }
        }
    }
}

impl std::error::Error for Error {}

fn io_hint(error: &std::io::Error) -> &'static str {
    match error.kind() {
        std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded | std::io::ErrorKind::FileTooLarge => {
            "the disk is full; the index is as it was before"
        }
        std::io::ErrorKind::PermissionDenied => "you may not read or write there; name another folder with `--index`",
        _ => "see that the folder can be read and written",
    }
}
