//! How good is it? A file of questions, one a line (`id<TAB>question`), becomes a TREC run, which any evaluator reads:
//!
//! ```text
//! q1 Q0 doc-7 1 23.115 zhengce
//! ```

use std::fmt::Write as _;

use super::parse::parse;
use super::search::{Error, Searcher};

/// The run of a file of questions: for each the `limit` best documents; and what is wrong with the lines that have no answer, each by its
/// number from 1.
///
/// # Errors
/// [`Error::Index`].
pub fn trec_run(searcher: &Searcher<'_>, questions: &str, limit: usize) -> Result<(String, Vec<(usize, String)>), Error> {
    let (mut run, mut unanswered) = (String::new(), Vec::new());
    for (line, number) in questions.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty()) {
        let Some((id, question)) = line.split_once('\t') else {
            unanswered.push((number, "no tab stands between an id and a query".to_owned()));
            continue;
        };
        if question.trim().is_empty() {
            unanswered.push((number, "the query is empty".to_owned()));
            continue;
        }
        let documents = searcher.documents(question, limit)?;
        // A question that nothing answers is an answer of the run; one that can't be read is not.
        if documents.is_empty()
            && let Err(error) = parse(question, searcher.names())
        {
            unanswered.push((number, error.problem.to_string()));
        }
        for (at, (doc, score)) in documents.into_iter().enumerate() {
            writeln!(run, "{id} Q0 {doc} {} {score} zhengce", at + 1).expect("writing to a string cannot fail");
        }
    }
    Ok((run, unanswered))
}
