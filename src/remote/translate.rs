//! How does a query read in Elasticsearch's own language? Each part as our index understands it: `产业园区` must stand in the
//! text, in the headings, in the record's own fields or in the title; `牵头:省发改委` is any of the unit's names.
//!
//! Only what Quickwit serves too: `bool`, `term`, `match`, `match_phrase`, `range`, `wildcard`, `exists`.

use rust_decimal::Decimal;
use serde_json::{Map, Number, Value, json};

use crate::export::bulk::{chars, pairs};
use crate::index::{Dictionary, cut_words, fold_char, fold_name, fold_number, read_amount};
use crate::query::{Asked, Expr, Field, Names, Range, pieces};

/// What a translation needs to know.
pub struct Translator<'t> {
    /// The words that texts are cut into.
    pub dictionary: &'t Dictionary,
    /// The names of units and places.
    pub names: &'t dyn Names,
}

fn none() -> Value {
    json!({"match_none": {}})
}

fn any(parts: impl IntoIterator<Item = Value>) -> Value {
    json!({"bool": {"should": parts.into_iter().collect::<Vec<_>>(), "minimum_should_match": 1}})
}

fn term(field: &str, value: &str) -> Value {
    json!({"term": {field: {"value": value}}})
}

/// Values that hold `part`.
fn holding(field: &str, part: &str) -> Value {
    if part.is_empty() {
        return none();
    }
    let mut pattern = String::from("*");
    for c in part.chars() {
        if matches!(c, '*' | '?' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('*');
    json!({"wildcard": {field: {"value": pattern}}})
}

/// The text holds exactly these folded characters.
fn phrase(folded: &[char]) -> Value {
    if folded.is_empty() { none() } else { json!({"match_phrase": {"chars": {"query": chars(folded)}}}) }
}

fn fold(text: &str) -> Vec<char> {
    text.chars().map(fold_char).collect()
}

impl Translator<'_> {
    /// The filter that holds for what satisfies `expr`.
    pub fn filter(&self, expr: &Expr) -> Value {
        match expr {
            Expr::All(parts) => self.all(parts),
            Expr::Any(parts) => any(parts.iter().map(|part| self.filter(part))),
            Expr::Not(_) => self.all(std::slice::from_ref(expr)),
            Expr::Words(text) => self.words(text),
            Expr::Phrase(text) => phrase(&fold(text)),
            Expr::Field(field, value) => self.field(*field, value),
            Expr::Value { range, unit } => {
                let decimal = |value: Decimal| value.to_string().parse::<Number>().map_or(Value::Null, Value::Number);
                let mut must = vec![within("value", range, decimal)];
                must.extend(unit.as_deref().map(|unit| term("measure", &fold_name(unit))));
                json!({"bool": {"filter": must}})
            }
            Expr::Year(range) => {
                let begins = within("from", &Range { low: None, high: range.high }, Value::from);
                let ends = within("to", &Range { low: range.low, high: None }, Value::from);
                json!({"bool": {"filter": [begins, ends]}})
            }
            Expr::Due(range) => {
                let yearless = [range.low, range.high].into_iter().flatten().all(|(end, _)| end < 10_000);
                within(if yearless { "day" } else { "due" }, range, Value::from)
            }
        }
    }

    /// What satisfies `expr`, the best first; with `relaxed` also what holds only some of the words.
    pub fn query(&self, expr: &Expr, relaxed: Option<&Expr>) -> Value {
        let asked = Asked::of(expr);
        let mut signs = Vec::new();
        for text in asked.texts.iter().chain(&asked.phrases) {
            let folded = fold(text);
            let words = self.cut(&folded);
            let sign = |field: &str, text: String, boost: f32| json!({"match": {field: {"query": text, "boost": boost}}});
            if !words.is_empty() {
                signs.push(sign("words", words.join(" "), 1.0));
            }
            if folded.len() > 1 {
                signs.push(sign("own", pairs(&folded), 0.4));
                signs.push(sign("headings", pairs(&folded), 0.15));
                signs.push(json!({"match_phrase": {"chars": {"query": chars(&folded)}}}));
            }
        }
        let Some(filters) = relaxed else {
            return json!({"bool": {"filter": [self.filter(expr)], "should": signs}});
        };
        let some: Vec<String> = asked.texts.iter().flat_map(|text| self.cut(&fold(text))).collect();
        let some = json!({"match": {"words": {"query": some.join(" ")}}});
        json!({"bool": {"filter": [self.filter(filters), some], "should": signs}})
    }

    /// The words of a folded text, as the index has them.
    fn cut(&self, folded: &[char]) -> Vec<String> {
        let jieba = self.dictionary.for_text(&folded.iter().collect::<String>());
        cut_words(&jieba, folded).into_iter().map(|word| word.text).collect()
    }

    fn all(&self, parts: &[Expr]) -> Value {
        let (mut must, mut must_not) = (Vec::new(), Vec::new());
        for part in parts {
            match part {
                Expr::Not(inner) => must_not.push(self.filter(inner)),
                part => must.push(self.filter(part)),
            }
        }
        if must.is_empty() {
            must.push(json!({"match_all": {}}));
        }
        json!({"bool": {"filter": must, "must_not": must_not}})
    }

    fn words(&self, text: &str) -> Value {
        let pieces = pieces(self.dictionary, &fold(text));
        if pieces.is_empty() {
            none()
        } else {
            json!({"bool": {"filter": pieces.iter().map(|piece| piece_filter(piece)).collect::<Vec<_>>()}})
        }
    }

    fn field(&self, field: Field, value: &str) -> Value {
        let folded = fold_name(value);
        match field {
            Field::Type => term("type", &folded),
            Field::Doc => any([holding("doc", value), holding("doc", &folded)]),
            Field::Number => holding("number", &fold_number(value)),
            Field::Lead => self.unit("lead", &folded),
            Field::Support => self.unit("support", &folded),
            Field::Unit => any([self.unit("lead", &folded), self.unit("support", &folded), term("measure", &folded)]),
            Field::Place => {
                let aliases = self.names.place_aliases(&folded);
                any(aliases.iter().map(|alias| term("place", &fold_name(alias))).chain([holding("place", &folded)]))
            }
            Field::Value | Field::Year | Field::Due => none(),
            _ => holding(field.name(), &folded),
        }
    }

    fn unit(&self, field: &str, unit: &str) -> Value {
        let aliases = self.names.unit_aliases(unit);
        if aliases.is_empty() {
            return holding(field, unit);
        }
        let mut names: Vec<String> = aliases.iter().map(|alias| fold_name(alias)).chain([unit.to_owned()]).collect();
        names.sort_unstable();
        names.dedup();
        any(names.iter().map(|name| term(field, name)))
    }
}

/// A piece of a query's words: in the text, in the record's own fields, in the headings or in the title.
fn piece_filter(piece: &[char]) -> Value {
    let mut places = vec![phrase(piece)];
    if let Some(amount) = read_amount(piece, 0).filter(|amount| amount.end == piece.len()) {
        places.push(term("words", &amount.value));
        places.push(term("words", &format!("={}", amount.value)));
    }
    if piece.len() > 1 {
        places.push(json!({"match": {"own": {"query": pairs(piece), "operator": "AND"}}}));
        places.push(json!({"match_phrase": {"headings": {"query": pairs(piece)}}}));
        places.push(holding("title", &piece.iter().filter(|c| **c != ' ').collect::<String>()));
    }
    any(places)
}

fn within<T: Copy>(field: &str, range: &Range<T>, number: impl Fn(T) -> Value) -> Value {
    let mut ends = Map::new();
    if let Some((low, closed)) = range.low {
        ends.insert(if closed { "gte" } else { "gt" }.to_owned(), number(low));
    }
    if let Some((high, closed)) = range.high {
        ends.insert(if closed { "lte" } else { "lt" }.to_owned(), number(high));
    }
    if ends.is_empty() { json!({"exists": {"field": field}}) } else { json!({"range": {field: ends}}) }
}
