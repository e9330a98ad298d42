//! What does a cluster answer? The same query language against an index of Elasticsearch, OpenSearch or Quickwit that
//! `zhengce export --to` filled: `牵头:省财政厅` becomes a filter of theirs, and what they find is shown as what our own index
//! finds.

mod http;
mod load;
mod search;
mod translate;

pub use http::{Cluster, Patience};
pub use load::{Loaded, load};
pub use search::Remote;

use crate::query::ParseError;

/// What keeps a cluster from answering; it prints as two lines.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The address is none of an index.
    #[error(
        "`{url}` is no address of an index\n  hint: write http://HOST:9200/INDEX for Elasticsearch and OpenSearch, http://HOST:7280/api/v1/_elastic/INDEX for Quickwit; for https put a proxy before it"
    )]
    Address {
        /// What was given.
        url: String,
    },
    /// No answer came.
    #[error("{url} does not answer, asked {tries} times: {cause}\n  hint: see that the cluster runs and can be reached from here")]
    Unreachable {
        /// What was asked.
        url: String,
        /// How often.
        tries: u32,
        /// What went wrong the last time.
        cause: String,
    },
    /// The cluster refused.
    #[error("{url} refused: {reason}\n  hint: {hint}")]
    Refused {
        /// What was asked.
        url: String,
        /// What it said.
        reason: String,
        /// What to do.
        hint: &'static str,
    },
    /// Some records are not in.
    #[error(
        "{count} records were not taken, the first {id}: {reason}\n  hint: see the cluster's own log; loading again replaces what is in"
    )]
    NotTaken {
        /// How many.
        count: usize,
        /// The first one's id.
        id: String,
        /// What was said of it.
        reason: String,
    },
    /// The index there was filled by another version.
    #[error(
        "the index at {url} was filled with analyzer {written}, this program cuts with {reads}\n  hint: fill it anew with `zhengce export --to`"
    )]
    Stale {
        /// The index.
        url: String,
        /// What it was cut with.
        written: String,
        /// What this program cuts with.
        reads: u32,
    },
    /// The query can't be read.
    #[error(transparent)]
    Query(#[from] ParseError),
    /// Our own index can't be read.
    #[error(transparent)]
    Index(#[from] crate::index::Error),
}
