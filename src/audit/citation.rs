//! Are the cited documents here, and are they cited by their right number and name?
//!
//! `《某省项目管理办法》（某政发〔2010〕62号）` against a document of that name or number in the base; and one number cited with two names.
//!
//! A cited document that isn't in the base is `info`, once a document. Silent for a document that a notice carries, for the attachments of one
//! notice (`（财税〔2016〕36号印发）`), and for short names (`《办法》`). Innocent where a name is shortened.

use super::record;
use crate::record::{Evidence, FindingFields, Record, Severity};
use crate::text::cited::{carried, plain};
use serde_json::Value;
use std::collections::{BTreeMap, HashMap, HashSet};

/// All citations of the documents against the documents.
pub(super) fn across(records: &[&Value]) -> Vec<Record> {
    let base: Vec<&Value> = records.iter().copied().filter(|r| r["type"] == "document").collect();
    let by_number: HashMap<String, &Value> = base.iter().filter_map(|d| Some((plain(d["number"].as_str()?), *d))).collect();
    let by_name: HashMap<String, &Value> = base.iter().filter_map(|d| Some((carried(d["title"].as_str()?), *d))).collect();
    let citations: Vec<&Value> = records.iter().copied().filter(|r| r["type"] == "citation").collect();
    let full = full_names(&citations);
    let mut said = HashSet::new();
    let mut found = Vec::new();
    for citation in &citations {
        let Some(doubt) = check_one(citation, &by_number, &by_name) else { continue };
        let doc = citation["doc"].as_str().unwrap_or("");
        let name = citation["name"].as_str().map(carried);
        let number = citation["number"].as_str().map(plain);
        let short = number.is_none() && name.as_deref().is_some_and(|name| is_short(name, full.get(doc).map_or(&[], Vec::as_slice)));
        // A bare number stands for the name that it was first cited with.
        let fresh = said.insert((doc, number.or(name).unwrap_or_default()));
        if !short && fresh {
            found.push(doubt);
        }
    }
    found.extend(two_names(&citations));
    found
}

/// The names that each document cites others by, and its own.
fn full_names<'r>(citations: &[&'r Value]) -> HashMap<&'r str, Vec<String>> {
    let mut full: HashMap<&str, Vec<String>> = HashMap::new();
    for citation in citations {
        let Some(doc) = citation["doc"].as_str() else { continue };
        let names = full.entry(doc).or_insert_with(|| citation["title"].as_str().map(plain).into_iter().collect());
        names.extend(citation["name"].as_str().map(carried));
    }
    full
}

/// Whether a name stands for a longer one, or just for a kind of document: 《办法》, 《纲要（草案）》.
fn is_short(name: &str, full: &[String]) -> bool {
    let bare = name.trim_end_matches("草案").trim_end_matches("试行").trim_end_matches("征求意见稿");
    let kind = [
        "建议",
        "纲要",
        "意见",
        "方案",
        "规划",
        "办法",
        "条例",
        "通知",
        "决定",
        "计划",
        "规定",
        "细则",
        "指南",
        "目录",
        "清单",
        "若干措施",
        "措施",
        "标准",
        "公告",
        "通告",
    ];
    kind.iter().any(|kind| bare == *kind || bare.strip_suffix(kind).is_some_and(|head| matches!(head, "实施" | "行动" | "工作" | "管理")))
        || full.iter().any(|longer| longer.chars().count() > bare.chars().count() && longer.ends_with(bare))
}

fn check_one(citation: &Value, by_number: &HashMap<String, &Value>, by_name: &HashMap<String, &Value>) -> Option<Record> {
    let (name, number) = (citation["name"].as_str(), citation["number"].as_str());
    let of_number = number.and_then(|n| by_number.get(&plain(n)));
    let of_name = name.and_then(|n| by_name.get(&carried(n)));
    let own = |d: &&&Value| d["doc"] == citation["doc"];
    if of_name.as_ref().is_some_and(own) || of_number.as_ref().is_some_and(own) {
        return None;
    }
    let shown = match (name, number) {
        (Some(name), Some(number)) => format!("《{name}》（{number}）"),
        (Some(name), None) => format!("《{name}》"),
        (None, number) => number.unwrap_or("").to_owned(),
    };
    match (of_number, of_name) {
        (Some(document), _) if name.is_some_and(|name| !names_same(name, document["title"].as_str().unwrap_or(""))) => {
            let title = document["title"].as_str().unwrap_or("");
            finding(citation, Some(document), Severity::Warning, format!("{shown}的文号属于《{title}》"), Some("引用时可能略写标题"))
        }
        (None, Some(document)) => {
            let (cited, own) = (number?, document["number"].as_str()?);
            finding(
                citation,
                Some(document),
                Severity::Warning,
                format!("《{}》的文号为{own}，引作{cited}", name?),
                Some("同名文件可能先后印发"),
            )
        }
        (None, None) => finding(citation, None, Severity::Info, format!("引用的{shown}不在库中"), None),
        _ => None,
    }
}

/// Whether a cited name is that of the document, its issuer left out or added, or its carrying notice.
fn names_same(name: &str, title: &str) -> bool {
    let named = |text: &str| carried(text).split_once("关于").map_or_else(|| carried(text), |(_, rest)| rest.to_owned());
    let (name, title) = (named(name), named(title));
    title.is_empty() || name.contains(&title) || title.contains(&name)
}

/// One number with two names.
fn two_names(citations: &[&Value]) -> Vec<Record> {
    let mut named: BTreeMap<String, Vec<&Value>> = BTreeMap::new();
    // The attachments of one notice share its number.
    let attached = |citation: &Value| {
        citation["quote"].as_str().is_some_and(|quote| ["号印发", "号附件", "号）附件"].iter().any(|w| quote.contains(w)))
    };
    for citation in citations.iter().filter(|c| !attached(c)) {
        if let (Some(_), Some(number)) = (citation["name"].as_str(), citation["number"].as_str()) {
            named.entry(plain(number)).or_default().push(citation);
        }
    }
    named
        .values()
        .filter_map(|all| {
            let first = all.first()?;
            let name = first["name"].as_str()?;
            let other = all.iter().find(|c| !names_same(c["name"].as_str().unwrap_or(""), name))?;
            let message = format!("文号{}引作《{name}》，又引作《{}》", first["number"].as_str()?, other["name"].as_str()?);
            finding(other, Some(first), Severity::Warning, message, Some("引用时可能略写标题"))
        })
        .collect()
}

fn finding(citation: &Value, other: Option<&Value>, severity: Severity, message: String, benign: Option<&str>) -> Option<Record> {
    let evidence = [Some(citation), other].into_iter().flatten().map(evidence).collect::<Option<Vec<_>>>()?;
    let fields = FindingFields { severity, message, evidence, numbers: Vec::new(), benign: benign.map(str::to_owned) };
    let section: Vec<String> = citation["section"].as_array()?.iter().filter_map(|s| Some(s.as_str()?.to_owned())).collect();
    let title = citation["title"].as_str();
    Some(record("citation", citation["doc"].as_str()?, title, section, citation["quote"].as_str()?.to_owned(), fields))
}

fn evidence(record: &Value) -> Option<Evidence> {
    let offset = |key: &str| usize::try_from(record[key].as_u64()?).ok();
    Some(Evidence {
        doc: record["doc"].as_str()?.to_owned(),
        start: offset("start")?,
        end: offset("end")?,
        quote: record["quote"].as_str()?.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Body;
    use serde_json::json;

    fn document(doc: &str, title: &str, number: &str) -> Value {
        json!({"type": "document", "doc": doc, "title": title, "number": number, "start": 0, "end": 4, "quote": title, "section": []})
    }

    fn citation(name: Option<&str>, number: Option<&str>) -> Value {
        json!({"type": "citation", "doc": "c", "title": "某通知", "name": name, "number": number, "start": 9, "end": 20, "quote": "…", "section": []})
    }

    #[test]
    fn citations_against_the_base() {
        let base = document("a", "某省项目管理办法", "某政发〔2010〕62号");
        for (name, number, expected) in [
            (Some("某省项目管理办法"), Some("某政发[2010]62号"), None),
            (Some("项目管理办法"), Some("某政发〔2010〕62号"), None),
            (Some("某省资金管理办法"), Some("某政发〔2010〕62号"), Some(Severity::Warning)),
            (Some("某省项目管理办法"), Some("某政发〔2010〕26号"), Some(Severity::Warning)),
            (Some("某省土地管理办法"), None, Some(Severity::Info)),
            (None, Some("某政发〔2010〕62号"), None),
        ] {
            let cited = citation(name, number);
            let found = across(&[&base, &cited]);
            let severity = found.first().map(|r| match &r.body {
                Body::Finding(f) => f.severity,
                _ => unreachable!("the audit makes findings"),
            });
            assert_eq!(severity, expected, "{name:?} {number:?}");
        }
    }

    #[test]
    fn one_number_with_two_names() {
        let (one, two) = (citation(Some("甲办法"), Some("某发〔2010〕1号")), citation(Some("乙规定"), Some("某发〔2010〕1号")));
        let found = across(&[&one, &two]);
        assert_eq!(found.iter().filter(|r| matches!(&r.body, Body::Finding(f) if f.severity == Severity::Warning)).count(), 1);
    }
}
