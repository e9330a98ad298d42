//! What was asked? The query language, questions in plain Chinese, and the search that answers them: `牵头:省财政厅 预算`,
//! `谁负责招商引资` → records, best first.

mod ast;
mod error;
mod matching;
mod names;
mod parse;
mod rank;
mod search;
mod snippet;

pub use ast::{Expr, Field, Range, TYPES, type_named};
pub use error::{ParseError, Problem};
pub use names::{Names, NoNames};
pub use parse::parse;
pub use rank::Weights;
pub use search::{Error, Hit, Hits, Options, Searcher, Sort};
pub use snippet::Snippet;
