//! `zhengce show`: a record, passage or document in its context.

use super::output::{BOLD, FAINT, highlighted, styled, wrap};
use super::{Context, Failure, Outcome, extract};
use crate::index::Index;
use crate::query::view::{document_of, type_name};
use crate::query::{LexiconNames, Searcher};
use serde_json::Value;

/// What it is asked.
#[derive(clap::Args)]
#[command(after_help = "Example:\n  zhengce show \"$(zhengce search 招商引资 --json | jq -r '.hits[0].id')\"")]
pub struct Args {
    /// The id of a record, or of a document
    #[arg(value_name = "ID")]
    id: String,
    /// Print the record as JSON
    #[arg(long)]
    json: bool,
}

/// Runs it.
pub fn run(context: &Context, args: &Args) -> Result<Outcome, Failure> {
    let index = Index::open(&context.index)?;
    let Some(record) = find(&index, &args.id)? else {
        eprintln!("{}", unknown(&args.id));
        return Ok(Outcome::Partly);
    };
    if args.json {
        extract::print(&format!("{record}\n"))?;
        return Ok(Outcome::Done);
    }
    extract::print(&in_text(context, &index, &record)?)?;
    Ok(Outcome::Done)
}

/// The record of this id, or the document's own.
pub fn find(index: &Index, id: &str) -> Result<Option<Value>, Failure> {
    Ok(match index.record(id)? {
        Some(record) => Some(record),
        None => index.records_of(id, Some("document"))?.into_iter().next(),
    })
}

/// What is said where there is none.
pub fn unknown(id: &str) -> String {
    format!("error: there is no record {id}\n  hint: `zhengce search` prints the ids of what it finds")
}

/// What a document cites, and what cites it.
fn linked(index: &Index, document: &Value) -> Result<String, Failure> {
    let names = LexiconNames::of(index)?;
    let links = Searcher::new(index, &names).links(document)?;
    let mut out = String::new();
    if !links.cites.is_empty() {
        out.push_str("\n  cites\n");
        for cited in &links.cites {
            let known = cited.doc.as_ref().map(|doc| format!(" → {doc}")).unwrap_or_default();
            out.push_str(&format!("    {}{known}\n", cited.name));
        }
    }
    if !links.cited_by.is_empty() {
        out.push_str("\n  cited by\n");
        for citing in &links.cited_by {
            out.push_str(&format!("    {} {}\n", document_of(citing), citing["id"].as_str().unwrap_or("")));
        }
    }
    Ok(out)
}

fn in_text(context: &Context, index: &Index, record: &Value) -> Result<String, Failure> {
    let mut out = String::new();
    let text = |key: &str| record[key].as_str().unwrap_or("").to_owned();
    out.push_str(&format!("{} {}\n", styled(type_name(&text("type")), BOLD, context.color), text("id")));
    let path: Vec<&str> = record["section"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    out.push_str(&format!(
        "{}\n",
        styled(&std::iter::once(text("title").as_str()).chain(path).collect::<Vec<_>>().join(" › "), FAINT, context.color)
    ));
    out.push_str(&format!(
        "{}\n\n",
        styled(&format!("characters {} to {}, read by {}", record["start"], record["end"], text("rule")), FAINT, context.color)
    ));
    if let Some(fields) = record.as_object() {
        const SHARED: &[&str] = &["id", "type", "doc", "title", "section", "quote", "start", "end", "rule", "text"];
        for (key, value) in fields.iter().filter(|(key, value)| !SHARED.contains(&key.as_str()) && !value.is_null()) {
            let shown = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            out.push_str(&format!("  {key}: {shown}\n"));
        }
        out.push('\n');
    }
    for line in wrap(&in_context(context, index, record)?, super::output::width().saturating_sub(2)) {
        out.push_str(&format!("  {line}\n"));
    }
    if record["type"] == "document" {
        out.push_str(&linked(index, record)?);
    }
    Ok(out)
}

/// The quote marked in the passage that holds it.
fn in_context(context: &Context, index: &Index, record: &Value) -> Result<String, Failure> {
    let (start, end) = (record["start"].as_u64().unwrap_or(0), record["end"].as_u64().unwrap_or(0));
    let doc = record["doc"].as_str().unwrap_or("");
    let holds = |p: &Value| p["start"].as_u64().is_some_and(|s| s <= start) && p["end"].as_u64().is_some_and(|e| end <= e);
    let passage = index.records_of(doc, Some("passage"))?.into_iter().find(holds);
    Ok(match passage {
        Some(passage) if passage["id"] != record["id"] => {
            let from = passage["start"].as_u64().unwrap_or(0);
            highlighted(passage["quote"].as_str().unwrap_or(""), &[[(start - from) as usize, (end - from) as usize]], context.color)
        }
        _ => record["quote"].as_str().unwrap_or("").to_owned(),
    })
}
