//! What was asked? The query language, questions in plain Chinese, and the search that answers them: `牵头:省财政厅 预算`,
//! `谁负责招商引资` → records, best first.

mod ast;
mod copies;
mod duty;
mod error;
mod explain;
mod headings;
mod kept;
mod landscape;
mod lexicon;
mod matching;
mod names;
mod near;
mod parse;
mod pinyin;
mod question;
mod rank;
mod related;
mod search;
mod snippet;
mod terms;
mod trec;
pub mod view;
mod who;

pub use ast::{Expr, Field, Range, TYPES, type_named};
pub use error::{LONGEST, ParseError, Problem};
pub use explain::Matched;
pub use lexicon::LexiconNames;
pub use matching::pieces;
pub use names::{Names, NoNames};
pub use parse::parse;
pub use question::{Reading, read_question};
pub use rank::Weights;
pub use related::{Cited, Links, links};
pub use search::{Answer, Asked, Error, Hit, Hits, Options, Searcher, Sort, narrowed, without_text};
pub use snippet::{Marks, Snippet};
pub use trec::trec_run;
pub use who::{UnitTasks, sort_by_deadline, unit_exprs, who_expr};

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod retrieval;
#[cfg(test)]
mod tests;
