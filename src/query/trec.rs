//! How good is it? A file of questions, one a line (`id<TAB>question`), becomes a TREC run, which any evaluator reads:
//!
//! ```text
//! q1 Q0 doc-7 1 23.115 zhengce
//! ```

use std::fmt::Write as _;

use super::search::{Error, Searcher};

/// The run of a file of questions: for each the `limit` best documents.
///
/// # Errors
/// [`Error::Index`]. A line without a tab or an empty question has no answer.
pub fn trec_run(searcher: &Searcher<'_>, questions: &str, limit: usize) -> Result<String, Error> {
    let mut run = String::new();
    for line in questions.lines() {
        let Some((id, question)) = line.split_once('\t') else {
            continue;
        };
        for (at, (doc, score)) in searcher.documents(question, limit)?.into_iter().enumerate() {
            writeln!(run, "{id} Q0 {doc} {} {score} zhengce", at + 1).expect("writing to a string cannot fail");
        }
    }
    Ok(run)
}
