//! How do the records get in? In bulk requests of a few megabytes. A bulk answer of 200 can hold refused records: each one's
//! status is read, what was refused for now is sent again after a while, and loading ends only when all are in.

use jieba_rs::Jieba;
use serde_json::Value;

use super::Error;
use super::http::{Cluster, is_for_now};
use crate::export::bulk;
use crate::index;

/// How much one request carries, in bytes; Quickwit takes 10 MB at most.
const REQUEST: usize = 4 << 20;
const JSON: &str = "application/json";
const NDJSON: &str = "application/x-ndjson";

/// What was loaded.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Loaded {
    /// Documents.
    pub documents: u64,
    /// Records.
    pub records: u64,
    /// How many times a record was sent again.
    pub again: u64,
}

/// Loads documents, each the list of its records, into a cluster's index, which is created where there is none.
///
/// # Errors
/// What keeps a record from being taken.
pub fn load(cluster: &Cluster, jieba: &Jieba, documents: impl Iterator<Item = Result<Vec<Value>, index::Error>>) -> Result<Loaded, Error> {
    create(cluster)?;
    let mut loaded = Loaded::default();
    let (mut waiting, mut bytes) = (Vec::new(), 0);
    for records in documents {
        loaded.documents += 1;
        for line in bulk::lines(jieba, &records?) {
            loaded.records += 1;
            bytes += line.len();
            waiting.push(line);
            if bytes >= REQUEST {
                loaded.again += send(cluster, std::mem::take(&mut waiting), false)?;
                bytes = 0;
            }
        }
    }
    loaded.again += send(cluster, waiting, true)?;
    Ok(loaded)
}

/// Makes the index where there is none.
fn create(cluster: &Cluster) -> Result<(), Error> {
    let refused = |url: &str, reason: String| Error::Refused { url: url.to_owned(), reason, hint: "see that indexes may be created there" };
    if let Some(api) = cluster.quickwit() {
        let url = format!("{api}/indexes/{}", cluster.name());
        if cluster.ask("GET", &url, JSON, &[])?.status == 200 {
            return Ok(());
        }
        let url = format!("{api}/indexes");
        let reply = cluster.ask("POST", &url, JSON, bulk::quickwit(cluster.name()).to_string().as_bytes())?;
        return if reply.status == 200 { Ok(()) } else { Err(refused(&url, reply.reason())) };
    }
    let reply = cluster.ask("PUT", &cluster.url, JSON, bulk::elasticsearch().to_string().as_bytes())?;
    let exists = reply.body["error"]["type"] == "resource_already_exists_exception";
    if reply.status == 200 || exists { Ok(()) } else { Err(refused(&cluster.url, reply.reason())) }
}

/// Sends lines until all are taken; says how many had to be sent again.
fn send(cluster: &Cluster, mut lines: Vec<String>, last: bool) -> Result<u64, Error> {
    let url = format!("{}/_bulk{}", cluster.url, if last { "?refresh=wait_for" } else { "" });
    let patience = cluster.patience();
    let (mut again, mut tried) = (0, 0);
    while !lines.is_empty() {
        tried += 1;
        let reply = cluster.ask("POST", &url, NDJSON, lines.concat().as_bytes())?;
        if reply.status != 200 && reply.status != 201 {
            let hint = "see that the index takes records; loading again replaces what is in";
            return Err(Error::Refused { url, reason: reply.reason(), hint });
        }
        let refused = refused(&lines, &reply.body)?;
        if let Some(reason) = &refused.reason
            && tried >= patience.tries
        {
            return Err(not_taken(&refused.lines, reason.clone()));
        }
        again += refused.lines.len() as u64;
        lines = refused.lines;
        if !lines.is_empty() {
            std::thread::sleep(patience.after(tried));
        }
    }
    Ok(again)
}

/// What of a request is to be sent again.
#[derive(Default)]
struct Refused {
    lines: Vec<String>,
    reason: Option<String>,
}

/// Reads each record's status. Answers of Quickwit name failures alone, or no records at all: then a failure is the
/// request's.
fn refused(lines: &[String], body: &Value) -> Result<Refused, Error> {
    let empty = Vec::new();
    let items = body["items"].as_array().unwrap_or(&empty);
    let of_item = |item: &Value| -> (u16, String) {
        let said = item.as_object().and_then(|actions| actions.values().next()).unwrap_or(&Value::Null);
        let status = said["status"].as_u64().and_then(|status| u16::try_from(status).ok()).unwrap_or(0);
        let reason = said["error"]["reason"].as_str().or(said["error"].as_str()).unwrap_or("no reason given");
        (status, format!("status {status}: {reason}"))
    };
    let bad: Vec<(usize, u16, String)> = items
        .iter()
        .enumerate()
        .map(|(at, item)| (at, of_item(item)))
        .filter(|(_, (status, _))| !(200..300).contains(status))
        .map(|(at, (status, reason))| (at, status, reason))
        .collect();
    if bad.is_empty() && body["errors"] != true {
        return Ok(Refused::default());
    }
    let each_has_its_own = items.len() == lines.len();
    if let Some((at, _, reason)) = bad.iter().find(|(_, status, _)| !is_for_now(*status)) {
        let lost: Vec<String> = if each_has_its_own {
            bad.iter().filter(|bad| !is_for_now(bad.1)).map(|bad| lines[bad.0].clone()).collect()
        } else {
            lines[*at.min(&(lines.len() - 1))..].to_vec()
        };
        return Err(not_taken(&lost, reason.clone()));
    }
    let reason = bad.first().map_or_else(|| "the cluster reports errors, and of what it doesn't say".to_owned(), |bad| bad.2.clone());
    let again = if each_has_its_own && !bad.is_empty() { bad.iter().map(|bad| lines[bad.0].clone()).collect() } else { lines.to_vec() };
    Ok(Refused { lines: again, reason: Some(reason) })
}

fn not_taken(lines: &[String], reason: String) -> Error {
    let action = lines.first().and_then(|line| line.lines().next()).unwrap_or("");
    let action: Value = serde_json::from_str(action).unwrap_or_default();
    Error::NotTaken { count: lines.len(), id: action["index"]["_id"].as_str().unwrap_or("").to_owned(), reason }
}
