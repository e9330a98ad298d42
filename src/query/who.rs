//! Who does it? Responsibilities for a task (`谁负责招商引资`, `产业园区`), and the tasks of a unit, by deadline (`省发改委`).

use serde_json::Value;

use super::ast::{Expr, Field};
use super::duty;
use super::names::Names;
use super::question::read_question;
use super::search::{Error, Hit, Hits, Options, Searcher};
use crate::index::fold_name;

impl Searcher<'_> {
    /// The responsibilities that answer `question`: a question, or a task's words alone.
    ///
    /// # Errors
    /// [`Error::Index`].
    pub fn who(&self, question: &str, options: &Options) -> Result<Hits, Error> {
        self.find(&who_expr(question, self.names()), &Options { any_word: true, ..options.clone() })
    }

    /// All tasks that a unit leads, then those it supports; each part by deadline: dates first, then what returns every
    /// year, then what goes on.
    ///
    /// # Errors
    /// [`Error::Index`].
    pub fn tasks_of(&self, unit: &str) -> Result<UnitTasks, Error> {
        let spelled = Expr::Field(Field::Unit, unit.to_owned());
        let unit = match self.names_spelled(unit, &spelled, |name| Expr::Field(Field::Unit, name))? {
            Expr::Field(_, name) => name,
            _ => unit.to_owned(),
        };
        let (leads, supports) = unit_exprs(&unit);
        Ok(UnitTasks::of(&unit, self.names(), self.by_deadline(&leads)?, self.by_deadline(&supports)?))
    }

    fn by_deadline(&self, expr: &Expr) -> Result<Vec<Hit>, Error> {
        let mut hits = self.find(expr, &Options { limit: usize::MAX, ..Options::default() })?.hits;
        sort_by_deadline(&mut hits);
        Ok(hits)
    }
}

/// What a question about who does something asks for: a question, or a task's words alone.
pub fn who_expr(question: &str, names: &dyn Names) -> Expr {
    let asked = read_question(question, names).filter(|reading| duty::asks_for(&reading.expr));
    asked.map_or_else(|| Expr::All(vec![Expr::of_type("responsibility"), Expr::Words(question.trim().to_owned())]), |reading| reading.expr)
}

/// The tasks that a unit leads, and those that it only supports.
pub fn unit_exprs(unit: &str) -> (Expr, Expr) {
    let leads = Expr::Field(Field::Lead, unit.to_owned());
    let supports = Expr::Field(Field::Support, unit.to_owned());
    (
        Expr::All(vec![Expr::of_type("responsibility"), leads.clone()]),
        Expr::All(vec![Expr::of_type("responsibility"), supports, Expr::Not(Box::new(leads))]),
    )
}

/// Dates first, then what returns every year, then what goes on.
pub fn sort_by_deadline(hits: &mut [Hit]) {
    hits.sort_by_cached_key(|hit| {
        let record = &hit.record;
        (due(record), record["doc"].as_str().unwrap_or("").to_owned(), record["start"].as_u64())
    });
}

/// The tasks of a unit.
#[derive(Debug)]
pub struct UnitTasks {
    /// Those it leads.
    pub leads: Vec<Hit>,
    /// Those it supports.
    pub supports: Vec<Hit>,
    /// The official names of the units whose tasks these are, where the name that was asked for is that of several: `省工信厅` of two
    /// provinces.
    pub namesakes: Vec<String>,
}

impl UnitTasks {
    /// What `unit` leads and supports.
    pub fn of(unit: &str, names: &dyn Names, leads: Vec<Hit>, supports: Vec<Hit>) -> Self {
        let mut aliases: Vec<String> = names.unit_aliases(&fold_name(unit)).iter().map(|alias| fold_name(alias)).collect();
        aliases.push(fold_name(unit));
        let units = |hit: &Hit| -> Vec<Value> {
            ["lead", "support"].iter().filter_map(|part| hit.record[*part].as_array()).flatten().cloned().collect()
        };
        let all: Vec<Value> = leads.iter().chain(&supports).flat_map(units).collect();
        let meant = all.iter().filter(|one| {
            [&one["name"], &one["canonical"]].iter().any(|name| name.as_str().is_some_and(|name| aliases.contains(&fold_name(name))))
        });
        let mut namesakes: Vec<String> = meant.filter_map(|one| one["canonical"].as_str().map(str::to_owned)).collect();
        namesakes.sort_unstable();
        namesakes.dedup();
        if namesakes.len() < 2 {
            namesakes.clear();
        }
        Self { leads, supports, namesakes }
    }
}

/// Where a deadline stands among others.
fn due(record: &Value) -> (u8, String, u64) {
    let deadline = &record["deadline"];
    let month = deadline["month"].as_u64().unwrap_or(13);
    match (deadline["due"].as_str(), deadline["kind"].as_str()) {
        (Some(due), _) => (0, due.to_owned(), 0),
        (None, Some("recurring")) => (1, String::new(), month),
        (None, Some(_)) => (2, String::new(), month),
        (None, None) => (3, String::new(), month),
    }
}
