//! What belongs to it? The documents that a document cites and those that cite it, by title and 文号; and what says the same in
//! another document: the same task, the same figure, a passage like it.

use serde_json::Value;

use super::ast::{Expr, Field};
use super::search::{Answer, Error, Hits, Options, Searcher};
use crate::index::body;
use crate::text::cited::{carried, plain};

/// What a document cites and what cites it.
#[derive(Debug, Clone, Default)]
pub struct Links {
    /// What it cites, each once, in the order of its text.
    pub cites: Vec<Cited>,
    /// The records that cite it: of each document the first.
    pub cited_by: Vec<Value>,
}

/// A document that is cited.
#[derive(Debug, Clone)]
pub struct Cited {
    /// As it is cited: `《某省规划》（某政发〔2011〕3号）`.
    pub name: String,
    /// The document that this is, where the index holds it.
    pub doc: Option<String>,
    /// The citation.
    pub record: Value,
}

/// How many citations of a document are looked at.
const CITING: usize = 200;
/// How many characters of a record are enough to find its like.
const LIKE: usize = 200;

/// What `document` (its own record) cites, and what cites it; `find` finds records, here or in a cluster.
///
/// # Errors
/// What `find` fails with.
pub fn links<E>(document: &Value, find: impl Fn(&Expr, &Options) -> Result<Hits, E>) -> Result<Links, E> {
    let options = Options { limit: CITING, copies: true, ..Options::default() };
    let of_this = Expr::Field(Field::Doc, document["doc"].as_str().unwrap_or("").to_owned());
    let records = |expr: Expr| Ok(find(&expr, &options)?.hits.into_iter().map(|hit| hit.record).collect::<Vec<Value>>());
    let mut links = Links::default();
    let mut citations = records(Expr::All(vec![of_type("citation"), of_this.clone()]))?;
    citations.retain(|citation| citation["doc"] == document["doc"] && !names(citation, document));
    citations.sort_by_key(|citation| citation["start"].as_u64());
    for record in citations {
        let name =
            [record["name"].as_str().map(|name| format!("《{name}》")), record["number"].as_str().map(|number| format!("（{number}）"))];
        let name: String = name.into_iter().flatten().collect();
        if name.is_empty() || links.cites.iter().any(|known| known.name == name) {
            continue;
        }
        let mut asked = Vec::new();
        asked.extend(record["number"].as_str().map(|number| Expr::Field(Field::Number, number.to_owned())));
        asked.extend(record["name"].as_str().map(|name| Expr::Words(carried(name))));
        let found = records(Expr::All(vec![of_type("document"), Expr::Any(asked)]))?;
        let found = found.into_iter().find(|other| other["doc"] != document["doc"] && names(&record, other));
        links.cites.push(Cited { name, doc: found.and_then(|other| other["doc"].as_str().map(str::to_owned)), record });
    }
    let mut asked = Vec::new();
    if let Some(number) = document["number"].as_str() {
        asked.extend([Expr::Field(Field::Number, number.to_owned()), Expr::Phrase(number.to_owned())]);
    }
    asked.extend(document["title"].as_str().map(|title| Expr::Words(carried(title))));
    if !asked.is_empty() {
        links.cited_by = records(Expr::All(vec![of_type("citation"), Expr::Any(asked), Expr::Not(Box::new(of_this))]))?;
        links.cited_by.retain(|record| record["doc"] != document["doc"] && names(record, document));
        links.cited_by.sort_by(|a, b| (a["doc"].as_str(), a["start"].as_u64()).cmp(&(b["doc"].as_str(), b["start"].as_u64())));
        links.cited_by.dedup_by(|a, b| a["doc"] == b["doc"]);
    }
    Ok(links)
}

impl Searcher<'_> {
    /// What `document` (its own record) cites, and what cites it.
    ///
    /// # Errors
    /// [`Error::Index`].
    pub fn links(&self, document: &Value) -> Result<Links, Error> {
        links(document, |expr, options| self.find(expr, options))
    }

    /// What other documents hold that is like `record`: of its type, the likest first.
    ///
    /// # Errors
    /// [`Error::Index`].
    pub fn like(&self, record: &Value, options: &Options) -> Result<Answer, Error> {
        let of = |keys: &[&str]| keys.iter().filter_map(|key| record[*key].as_str()).collect::<Vec<_>>().join(" ");
        let said = match record["type"].as_str().unwrap_or("") {
            "responsibility" => of(&["task"]),
            "target" | "statistic" => of(&["subject", "indicator"]),
            "project" | "park" | "focus" => of(&["name", "industry"]),
            _ => String::new(),
        };
        let said = if said.is_empty() { body(record) } else { &said };
        let said: String = said.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(LIKE).collect();
        let mut parts = vec![Expr::Words(said)];
        parts.extend(record["type"].as_str().map(of_type));
        parts.extend(record["doc"].as_str().map(|doc| Expr::Not(Box::new(Expr::Field(Field::Doc, doc.to_owned())))));
        let understood = Expr::All(parts);
        let hits = self.find(&understood, &Options { any_word: true, ..options.clone() })?;
        Ok(Answer { understood, rule: Some("like"), hits })
    }
}

fn of_type(kind: &str) -> Expr {
    Expr::Field(Field::Type, kind.to_owned())
}

/// Whether a citation names this document: by its number, or by its title, where the numbers don't speak against it.
fn names(citation: &Value, document: &Value) -> bool {
    let both = |key: &str, other: &str, read: fn(&str) -> String| match (citation[key].as_str(), document[other].as_str()) {
        (Some(cited), Some(own)) => Some(!read(cited).is_empty() && read(cited) == read(own)),
        _ => None,
    };
    both("number", "number", plain).unwrap_or_else(|| both("name", "title", carried).unwrap_or(false))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_number_decides_else_the_title() {
        let document = json!({"title": "某省人民政府关于印发某省规划的通知", "number": "某政发〔2011〕3号"});
        assert!(names(&json!({"name": "某省规划"}), &document));
        assert!(names(&json!({"name": "规划", "number": "某政发[2011]3号"}), &document));
        assert!(!names(&json!({"name": "某省规划", "number": "某政发〔2012〕9号"}), &document));
        assert!(!names(&json!({"name": "别省规划"}), &document));
    }
}
