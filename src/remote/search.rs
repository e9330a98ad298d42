//! What does a cluster find? A [`Remote`] answers as a `Searcher` does: the same readings, filters and snippets; the order of
//! what is found is the engine's own BM25 over our words.

use std::collections::{BTreeMap, HashSet};

use serde_json::{Map, Value, json};

use super::Error;
use super::http::Cluster;
use super::translate::Translator;
use crate::index::{ANALYZER, Dictionary, body};
use crate::query::{
    Answer, Asked, Expr, Hit, Hits, LexiconNames, Marks, Options, Sort, UnitTasks, narrowed, parse, read_question, sort_by_deadline,
    unit_exprs, who_expr, without_text,
};

/// How many hits an engine pages through at most.
const DEEPEST: usize = 10_000;
/// How many hits are looked at for each document that is wanted.
const HITS_A_DOCUMENT: usize = 20;

/// An index of a cluster.
pub struct Remote {
    cluster: Cluster,
    dictionary: Dictionary,
    names: LexiconNames,
}

impl Remote {
    /// Opens the index.
    ///
    /// # Errors
    /// What keeps the cluster from answering.
    pub fn open(cluster: Cluster) -> Result<Self, Error> {
        let dictionary = Dictionary::with_words(Dictionary::of_lexicon());
        let mut remote = Self { cluster, dictionary, names: LexiconNames::new(Vec::new()) };
        let reply = remote.ask(&json!({"size": 0, "query": {"match_all": {}}, "aggs": {"region": terms("region", 1000)}}))?;
        remote.names = LexiconNames::new(buckets(&reply, "region").into_iter().map(|(region, _)| region).collect());
        Ok(remote)
    }

    /// What the lexicon knows, and the regions of the index.
    pub fn names(&self) -> &LexiconNames {
        &self.names
    }

    /// Answers a query: a question in plain Chinese by what it asks for, anything else in the query language.
    ///
    /// # Errors
    /// [`Error::Query`], and what keeps the cluster from answering.
    pub fn search(&self, query: &str, options: &Options) -> Result<Answer, Error> {
        self.search_within(query, &[], options)
    }

    /// The same, among the records that satisfy all of `filters`.
    ///
    /// # Errors
    /// As [`Remote::search`].
    pub fn search_within(&self, query: &str, filters: &[Expr], options: &Options) -> Result<Answer, Error> {
        if let Some(reading) = read_question(query, &self.names) {
            let as_asked = Options { group_by_document: reading.documents, ..options.clone() };
            for (expr, all_words) in reading.tries() {
                let understood = narrowed(expr.clone(), filters);
                let hits = self.find(&understood, &Options { all_words, ..as_asked.clone() })?;
                if hits.total > 0 {
                    return Ok(Answer { understood, rule: Some(reading.rule), hits });
                }
            }
        }
        let understood = narrowed(parse(query, &self.names)?, filters);
        let hits = self.find(&understood, options)?;
        Ok(Answer { understood, rule: None, hits })
    }

    /// The responsibilities that answer `question`.
    ///
    /// # Errors
    /// What keeps the cluster from answering.
    pub fn who(&self, question: &str, options: &Options) -> Result<Hits, Error> {
        self.find(&who_expr(question, &self.names), &Options { any_word: true, ..options.clone() })
    }

    /// All tasks that a unit leads, then those it supports, each part by deadline.
    ///
    /// # Errors
    /// What keeps the cluster from answering.
    pub fn tasks_of(&self, unit: &str) -> Result<UnitTasks, Error> {
        let all = |expr: &Expr| -> Result<Vec<Hit>, Error> {
            let mut hits = self.find(expr, &Options { limit: DEEPEST, ..Options::default() })?.hits;
            sort_by_deadline(&mut hits);
            Ok(hits)
        };
        let (leads, supports) = unit_exprs(unit);
        Ok(UnitTasks::of(unit, &self.names, all(&leads)?, all(&supports)?))
    }

    /// Finds what satisfies `expr`.
    ///
    /// # Errors
    /// What keeps the cluster from answering.
    pub fn find(&self, expr: &Expr, options: &Options) -> Result<Hits, Error> {
        let translator = Translator { dictionary: &self.dictionary, names: &self.names };
        let some = without_text(expr);
        let mut query = translator.query(expr, None);
        let (mut reply, mut relaxed) = (Value::Null, false);
        if some.is_none() || !options.any_word {
            reply = self.page(&query, options)?;
        }
        if total(&reply) == 0
            && !options.all_words
            && let Some(filters) = &some
        {
            query = translator.query(expr, Some(filters));
            reply = self.page(&query, options)?;
            relaxed = !options.any_word && total(&reply) > 0;
        }
        let asked = Asked::of(expr);
        let marks = Marks::of(&self.dictionary, &asked.phrases, &asked.texts);
        let (mut seen, mut hits) = (HashSet::new(), Vec::new());
        self.take(&reply, &marks, options, &mut seen, &mut hits)?;
        let mut found = total(&reply);
        if options.group_by_document {
            found = buckets(&reply, "documents").len();
            let wanted = options.offset.saturating_add(options.limit).min(found);
            // The best hits may all be of a few documents: the others are asked for without them.
            while hits.len() < wanted {
                let others: Vec<Value> = seen.iter().map(|doc| json!({"term": {"doc": {"value": doc}}})).collect();
                let reply = self.page(&json!({"bool": {"must": [query], "must_not": others}}), options)?;
                let before = hits.len();
                self.take(&reply, &marks, options, &mut seen, &mut hits)?;
                if hits.len() == before {
                    break;
                }
            }
            hits = hits.into_iter().skip(options.offset).take(options.limit).collect();
        }
        let facets = options.facets.iter().map(|facet| (facet.clone(), buckets(&reply, facet))).collect::<BTreeMap<_, _>>();
        Ok(Hits { total: found, hits, facets, relaxed })
    }

    /// Takes the hits of a reply: each record once, or of each document the best.
    fn take(&self, reply: &Value, marks: &Marks, options: &Options, seen: &mut HashSet<String>, hits: &mut Vec<Hit>) -> Result<(), Error> {
        for hit in reply["hits"]["hits"].as_array().into_iter().flatten() {
            let record = self.record(&hit["_source"])?;
            let key = if options.group_by_document { "doc" } else { "id" };
            // Quickwit keeps both where a record was loaded twice.
            if seen.insert(record[key].as_str().unwrap_or("").to_owned()) {
                let snippet = marks.snippet(body(&record));
                hits.push(Hit {
                    score: hit["_score"].as_f64().unwrap_or(0.0) as f32,
                    record,
                    snippet,
                    whose: None,
                    also_in: Vec::new(),
                    matched: None,
                });
            }
        }
        Ok(())
    }

    fn page(&self, query: &Value, options: &Options) -> Result<Value, Error> {
        let by = |field: &str, order: &str| json!([{field: {"order": order}}, {"start": {"order": "asc"}}]);
        let sort = match options.sort {
            Sort::Relevance => json!([{"_score": {"order": "desc"}}, {"start": {"order": "asc"}}]),
            Sort::Value => by("value", "desc"),
            Sort::Date => by("issued", "desc"),
            Sort::Due => by("due", "asc"),
        };
        let mut aggregations = Map::new();
        for facet in &options.facets {
            let field = if facet == "year" { "to" } else { facet.as_str() };
            aggregations.insert(facet.clone(), terms(field, 1000));
        }
        let wanted = options.offset.saturating_add(options.limit).min(DEEPEST);
        let (mut from, mut size) = (options.offset.min(DEEPEST), wanted - options.offset.min(wanted));
        if options.group_by_document {
            (from, size) = (0, wanted.saturating_mul(HITS_A_DOCUMENT).min(DEEPEST));
            aggregations.insert("documents".to_owned(), terms("doc", DEEPEST));
        }
        let mut request = json!({"query": query, "from": from, "size": size, "sort": sort, "track_total_hits": true});
        if !aggregations.is_empty() {
            request["aggs"] = Value::Object(aggregations);
        }
        self.ask(&request)
    }

    fn ask(&self, request: &Value) -> Result<Value, Error> {
        let url = format!("{}/_search", self.cluster.url);
        let reply = self.cluster.ask("POST", &url, "application/json", request.to_string().as_bytes())?;
        if reply.status == 200 && reply.body["hits"].is_object() {
            return Ok(reply.body);
        }
        let hint = if reply.status == 404 { "fill it with `zhengce export --to`" } else { "see the cluster's own log" };
        Err(Error::Refused { url, reason: reply.reason(), hint })
    }

    /// The record of a hit: its JSON as it was sent.
    fn record(&self, source: &Value) -> Result<Value, Error> {
        let one = |key: &str| source[key].as_array().and_then(|all| all.first()).unwrap_or(&source[key]).clone();
        let written = one("analyzer");
        if written != json!(ANALYZER) {
            return Err(Error::Stale { url: self.cluster.url.clone(), written: written.to_string(), reads: ANALYZER });
        }
        let record = one("record");
        record.as_str().and_then(|record| serde_json::from_str(record).ok()).ok_or_else(|| Error::Refused {
            url: self.cluster.url.clone(),
            reason: "a hit has no record".to_owned(),
            hint: "fill it anew with `zhengce export --to`",
        })
    }
}

fn terms(field: &str, size: usize) -> Value {
    json!({"terms": {"field": field, "size": size}})
}

/// How many were found.
fn total(reply: &Value) -> usize {
    let total = &reply["hits"]["total"];
    total["value"].as_u64().or(total.as_u64()).and_then(|total| usize::try_from(total).ok()).unwrap_or(0)
}

/// The values of an aggregation with their counts, the most first.
fn buckets(reply: &Value, name: &str) -> Vec<(String, usize)> {
    let value = |key: &Value| match key {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.as_f64().map_or_else(String::new, |number| format!("{number:.0}")),
        _ => String::new(),
    };
    let buckets = reply["aggregations"][name]["buckets"].as_array().into_iter().flatten();
    let count = |bucket: &Value| bucket["doc_count"].as_u64().and_then(|count| usize::try_from(count).ok()).unwrap_or(0);
    let mut counted: Vec<(String, usize)> = buckets.map(|bucket| (value(&bucket["key"]), count(bucket))).collect();
    counted.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    counted
}
