//! Why was this found? Which parts of the query stand in which fields of a record: `产业园区` in `text` and `section`.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::ast::{Expr, Field};
use super::matching::pieces;
use super::names::Names;
use crate::index::{Dictionary, body, fold, fold_char, fold_name, fold_number, read_amount};

/// A part of a query and where a record holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Matched {
    /// The part: a word, a phrase, a field with its value, a range.
    pub term: String,
    /// The fields that hold it: `text`, `title`, `section`, or a field of the record's own; none where only other parts are held.
    pub fields: Vec<String>,
}

/// What stands beside a record's own fields, or tells where it stands and not what it says.
const ASIDE: [&str; 9] = ["id", "type", "doc", "start", "end", "rule", "quote", "text", "sha256"];

/// Where `record` holds the parts of `expr`; what is excluded is no part.
pub fn explain(record: &Value, expr: &Expr, dictionary: &Dictionary, names: &dyn Names) -> Vec<Matched> {
    let mut matched: Vec<Matched> = Vec::new();
    let texts = texts(record);
    collect(&texts, expr, dictionary, names, &mut matched);
    matched
}

/// The folded texts of a record by the field that they stand in.
fn texts(record: &Value) -> Vec<(String, String)> {
    let mut texts = vec![("text".to_owned(), fold(body(record)))];
    for (key, value) in record.as_object().into_iter().flatten().filter(|(key, _)| !ASIDE.contains(&key.as_str())) {
        let mut said = Vec::new();
        strings(value, &mut said);
        texts.extend(said.into_iter().map(|text| (key.clone(), fold(text))));
    }
    texts
}

fn strings<'v>(value: &'v Value, into: &mut Vec<&'v str>) {
    match value {
        Value::String(text) => into.push(text),
        Value::Array(items) => items.iter().for_each(|item| strings(item, into)),
        Value::Object(fields) => fields.values().for_each(|field| strings(field, into)),
        _ => {}
    }
}

fn collect(texts: &[(String, String)], expr: &Expr, dictionary: &Dictionary, names: &dyn Names, into: &mut Vec<Matched>) {
    let mut add = |term: String, fields: Vec<String>| {
        if !into.iter().any(|known| known.term == term) {
            into.push(Matched { term, fields });
        }
    };
    match expr {
        Expr::All(parts) | Expr::Any(parts) => parts.iter().for_each(|part| collect(texts, part, dictionary, names, into)),
        Expr::Not(_) => {}
        Expr::Words(text) => {
            let folded: Vec<char> = text.chars().map(fold_char).collect();
            for piece in pieces(dictionary, &folded) {
                let word: String = piece.iter().collect();
                let mut fields = holding(texts, |text| text.contains(&word));
                if fields.is_empty() {
                    fields = holding(texts, |text| holds_amount(text, &piece));
                }
                if fields.is_empty() {
                    // A record's own fields may hold a word in parts.
                    let pairs: Vec<String> = piece.windows(2).map(|pair| pair.iter().collect()).collect();
                    fields = holding(texts, |text| !pairs.is_empty() && pairs.iter().all(|pair| text.contains(pair.as_str())));
                }
                add(word, fields);
            }
        }
        Expr::Phrase(phrase) => add(expr.to_string(), holding(texts, |text| text.contains(&fold(phrase)))),
        Expr::Field(field, value) => add(expr.to_string(), of_field(texts, *field, value, names)),
        Expr::Value { .. } => add(expr.to_string(), vec!["value".to_owned()]),
        Expr::Year(_) => {
            let period = texts.iter().any(|(key, _)| key == "period");
            add(expr.to_string(), vec![if period { "period" } else { "issued" }.to_owned()]);
        }
        Expr::Due(_) => add(expr.to_string(), vec!["deadline".to_owned()]),
    }
}

/// The fields of which a text satisfies `wanted`, each once.
fn holding(texts: &[(String, String)], wanted: impl Fn(&str) -> bool) -> Vec<String> {
    let mut fields: Vec<String> = Vec::new();
    for (field, text) in texts {
        if !fields.contains(field) && wanted(text) {
            fields.push(field.clone());
        }
    }
    fields
}

/// Whether a text holds the amount that `piece` is, in any spelling.
fn holds_amount(text: &str, piece: &[char]) -> bool {
    let Some(amount) = read_amount(piece, 0).filter(|amount| amount.end == piece.len()) else { return false };
    let text: Vec<char> = text.chars().collect();
    (0..text.len()).any(|at| read_amount(&text, at).is_some_and(|found| found.value == amount.value))
}

/// The fields by which a record satisfies `field:value`.
fn of_field(texts: &[(String, String)], field: Field, value: &str, names: &dyn Names) -> Vec<String> {
    let folded = fold_name(value);
    let aliases: Vec<String> = match field {
        Field::Lead | Field::Support | Field::Unit => names.unit_aliases(&folded),
        Field::Place => names.place_aliases(&folded),
        _ => Vec::new(),
    };
    let holds = |text: &str| {
        if field == Field::Number {
            return fold_number(text).contains(&fold_number(value));
        }
        let text = fold_name(text);
        text.contains(&folded) || aliases.iter().any(|alias| fold_name(alias) == text)
    };
    let keys: &[&str] = match field {
        // A record's type and document are not told by its texts, nor is what it has from its document.
        Field::Type | Field::Doc | Field::Region => return vec![field.name().to_owned()],
        Field::Unit => &["lead", "support", "unit"],
        _ => &[field.name()],
    };
    let found = holding(texts, holds);
    let found: Vec<String> = found.into_iter().filter(|key| keys.contains(&key.as_str())).collect();
    if found.is_empty() && field == Field::Number { vec!["number".to_owned()] } else { found }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::{NoNames, parse};
    use serde_json::json;

    #[test]
    fn each_part_is_found_where_it_stands() {
        let record = json!({"type": "target", "quote": "到2013年，生物产业主营业务收入达到1．58万亿元", "subject": "生物产业", "indicator": "主营业务收入",
            "section": ["三、主要任务", "生物产业"], "title": "某省方案", "lead": [{"name": "省财政厅"}], "period": {"to": "2013"}});
        let dictionary = Dictionary::with_words([]);
        let of = |query: &str| -> Vec<String> {
            let expr = parse(query, &NoNames).expect(query);
            explain(&record, &expr, &dictionary, &NoNames).into_iter().map(|one| format!("{} {}", one.term, one.fields.join(" "))).collect()
        };
        assert_eq!(of("生物 方案 -煤化工"), ["生物 text subject section", "方案 title"]);
        assert_eq!(of("15800亿元 \"达到1．58\""), ["15800亿 text", "\"达到1．58\" text"]);
        assert_eq!(of("类型:目标 牵头:财政厅 年份:2013"), ["type:target type", "lead:财政厅 lead", "year:2013 period"]);
        assert_eq!(of("煤炭"), ["煤炭 "]);
    }
}
