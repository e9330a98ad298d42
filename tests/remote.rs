//! Does a cluster answer as our own index does? Against a server of these tests' own, which answers as Elasticsearch and
//! Quickwit publish it, keeps nothing but what it was sent, and refuses, dawdles and hangs up as they do.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use http_body_util::BodyExt;
use serde_json::{Map, Value, json};
use tempfile::TempDir;
use tower::ServiceExt;
use zhengce::index::Index;
use zhengce::remote::{Cluster, Error, Loaded, Patience, load};
use zhengce::web::{Generation, Settings, Site, router};

use crate::support::here;

/// Which API the server speaks.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Elasticsearch,
    Quickwit,
}

/// What goes wrong with a bulk request.
#[derive(Clone, Copy, PartialEq)]
enum Fault {
    None,
    /// 200, and every third record refused with 429.
    SomeRefused,
    /// 429 for the whole request.
    AllRefused,
    /// All is taken, and the connection breaks off in the answer.
    HangsUp,
    /// The answer takes longer than it is waited for.
    Dawdles,
    /// 200, and one record that the mapping doesn't take.
    OneIsWrong,
    /// 200, errors, and no record named.
    ErrorsUnnamed,
}

struct State {
    kind: Kind,
    created: Mutex<Option<Value>>,
    records: Mutex<Vec<(String, Map<String, Value>)>>,
    faults: Vec<Fault>,
    bulks: AtomicUsize,
}

struct Server {
    state: Arc<State>,
    port: u16,
}

impl Server {
    /// A server of which the nth bulk request meets the nth fault, and those after the last none.
    fn new(kind: Kind, faults: &[Fault]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let state = Arc::new(State {
            kind,
            created: Mutex::default(),
            records: Mutex::default(),
            faults: faults.to_vec(),
            bulks: AtomicUsize::new(0),
        });
        let serving = Arc::clone(&state);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let state = Arc::clone(&serving);
                std::thread::spawn(move || while serve(&state, &stream).is_some() {});
            }
        });
        Server { state, port }
    }

    fn url(&self) -> String {
        let path = if self.state.kind == Kind::Quickwit { "api/v1/_elastic/" } else { "" };
        format!("http://127.0.0.1:{}/{path}laws", self.port)
    }

    fn ids(&self) -> Vec<String> {
        let mut ids: Vec<String> = self.state.records.lock().unwrap().iter().map(|(id, _)| id.clone()).collect();
        ids.sort();
        ids
    }
}

/// Answers one request; `None` ends the connection.
fn serve(state: &State, stream: &TcpStream) -> Option<()> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).ok().filter(|read| *read > 0)?;
    let mut parts = line.split_whitespace();
    let (method, path) = (parts.next()?.to_owned(), parts.next()?.to_owned());
    let mut length = 0;
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).ok()?;
        if header.trim().is_empty() {
            break;
        }
        if let Some(value) = header.to_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().ok()?;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    let path = path.split('?').next()?.to_owned();
    let (status, answer) = answer(state, &method, &path, &body)?;
    let text = answer.to_string();
    let mut stream = stream;
    write!(stream, "HTTP/1.1 {status} X\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{text}", text.len()).ok()
}

fn answer(state: &State, method: &str, path: &str, body: &[u8]) -> Option<(u16, Value)> {
    let at = match state.kind {
        Kind::Elasticsearch => "/laws",
        Kind::Quickwit => "/api/v1/_elastic/laws",
    };
    if path == format!("{at}/_bulk") {
        return bulk(state, body);
    }
    if path == format!("{at}/_search") {
        return Some(if state.created.lock().unwrap().is_none() {
            (404, json!({"error": {"type": "index_not_found_exception", "reason": "no such index [laws]"}, "status": 404}))
        } else {
            search(state, &serde_json::from_slice(body).unwrap())
        });
    }
    let mut created = state.created.lock().unwrap();
    Some(match (state.kind, method, path) {
        (Kind::Elasticsearch, "PUT", "/laws") if created.is_some() => {
            (400, json!({"error": {"type": "resource_already_exists_exception", "reason": "index [laws] already exists"}, "status": 400}))
        }
        (Kind::Elasticsearch, "PUT", "/laws") | (Kind::Quickwit, "POST", "/api/v1/indexes") => {
            *created = Some(serde_json::from_slice(body).unwrap());
            (200, json!({"acknowledged": true, "index": "laws"}))
        }
        (Kind::Quickwit, "GET", "/api/v1/indexes/laws") if created.is_some() => (200, created.clone().unwrap()),
        _ => (404, json!({"message": format!("{method} {path} is not found")})),
    })
}

fn bulk(state: &State, body: &[u8]) -> Option<(u16, Value)> {
    let fault = state.faults.get(state.bulks.fetch_add(1, Ordering::SeqCst)).copied().unwrap_or(Fault::None);
    if fault == Fault::AllRefused {
        return Some((429, json!({"error": {"type": "es_rejected_execution_exception", "reason": "queue is full"}, "status": 429})));
    }
    let text = std::str::from_utf8(body).unwrap();
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect();
    assert!(text.ends_with('\n') && lines.len().is_multiple_of(2) && body.len() < 10_000_000);
    let mut items = Vec::new();
    for (at, pair) in lines.chunks(2).enumerate() {
        let id = pair[0]["index"]["_id"].as_str().expect("an action with an id").to_owned();
        let refused = |status: u16, reason: &str| json!({"index": {"_index": "laws", "_id": id, "status": status, "error": {"type": "x", "reason": reason}}});
        if fault == Fault::SomeRefused && at % 3 == 0 {
            items.push(refused(429, "rejected execution"));
        } else if fault == Fault::OneIsWrong && at == 1 {
            items.push(refused(400, "failed to parse field [value]"));
        } else {
            let mut records = state.records.lock().unwrap();
            // Elasticsearch replaces, Quickwit knows no ids.
            if state.kind == Kind::Elasticsearch {
                records.retain(|known| known.0 != id);
            }
            records.push((id.clone(), pair[1].as_object().expect("an object").clone()));
            items.push(json!({"index": {"_index": "laws", "_id": id, "status": 201, "result": "created"}}));
        }
    }
    match fault {
        Fault::HangsUp => return None,
        Fault::Dawdles => std::thread::sleep(Duration::from_secs(4)),
        _ => {}
    }
    let errors = items.iter().any(|item| item["index"]["error"].is_object());
    Some((
        200,
        match (state.kind, fault) {
            (_, Fault::ErrorsUnnamed) => json!({"took": 1, "errors": true, "items": []}),
            // Quickwit's older answers count only.
            (Kind::Quickwit, Fault::None) => json!({"num_docs_for_processing": items.len()}),
            _ => json!({"took": 1, "errors": errors, "items": items}),
        },
    ))
}

type Fields = Map<String, Value>;

fn values(fields: &Fields, name: &str) -> Vec<Value> {
    match fields.get(name) {
        None => Vec::new(),
        Some(Value::Array(values)) => values.clone(),
        Some(value) => vec![value.clone()],
    }
}

/// The tokens of a field: of a text the words between blanks, of a keyword the whole.
fn tokens(fields: &Fields, name: &str) -> Vec<String> {
    let words = ["words", "chars", "own", "headings"].contains(&name);
    let texts = values(fields, name).into_iter().filter_map(|value| value.as_str().map(str::to_owned));
    texts.flat_map(|text| if words { text.split_whitespace().map(str::to_owned).collect() } else { vec![text] }).collect()
}

/// Whether a record satisfies a query, as the engines say it.
fn holds(query: &Value, fields: &Fields) -> bool {
    let (kind, of) = query.as_object().expect("a query is an object").iter().next().expect("of one kind");
    let field = || of.as_object().unwrap().iter().next().map(|(name, said)| (name.clone(), said.clone())).unwrap();
    let several = |key: &str| of[key].as_array().cloned().unwrap_or_default();
    match kind.as_str() {
        "match_all" => true,
        "match_none" => false,
        "bool" => {
            let should = several("should");
            let least = of["minimum_should_match"]
                .as_u64()
                .unwrap_or(u64::from(!should.is_empty() && of.get("filter").is_none() && of.get("must").is_none()));
            several("filter").iter().chain(&several("must")).all(|part| holds(part, fields))
                && !several("must_not").iter().any(|part| holds(part, fields))
                && should.iter().filter(|part| holds(part, fields)).count() as u64 >= least
        }
        "term" => {
            let (name, said) = field();
            tokens(fields, &name).iter().any(|token| *token == said["value"])
        }
        "match" => {
            let (name, said) = field();
            let known: BTreeSet<String> = tokens(fields, &name).into_iter().collect();
            let mut asked = said["query"].as_str().unwrap().split_whitespace();
            if said["operator"] == "AND" { asked.all(|token| known.contains(token)) } else { asked.any(|token| known.contains(token)) }
        }
        "match_phrase" => {
            let (name, said) = field();
            let asked: Vec<&str> = said["query"].as_str().unwrap().split_whitespace().collect();
            tokens(fields, &name).windows(asked.len().max(1)).any(|window| window == asked)
        }
        "wildcard" => {
            let (name, said) = field();
            let pattern = said["value"].as_str().unwrap();
            let part = pattern.strip_prefix('*').and_then(|rest| rest.strip_suffix('*')).expect("only *…* is asked").replace('\\', "");
            tokens(fields, &name).iter().any(|token| token.contains(&part))
        }
        "exists" => fields.contains_key(of["field"].as_str().unwrap()),
        "range" => {
            let (name, said) = field();
            values(fields, &name).iter().filter_map(Value::as_f64).any(|value| {
                said.as_object().unwrap().iter().all(|(end, limit)| {
                    let limit = limit.as_f64().expect("a number");
                    match end.as_str() {
                        "gt" => value > limit,
                        "gte" => value >= limit,
                        "lt" => value < limit,
                        "lte" => value <= limit,
                        other => panic!("no engine knows {other}"),
                    }
                })
            })
        }
        other => panic!("Quickwit does not serve {other}"),
    }
}

fn search(state: &State, request: &Value) -> (u16, Value) {
    let records = state.records.lock().unwrap();
    let mut found: Vec<&Fields> = records.iter().map(|(_, fields)| fields).filter(|fields| holds(&request["query"], fields)).collect();
    let mut key = "start".to_owned();
    let mut down = false;
    if let Some((name, order)) = request["sort"][0].as_object().and_then(|sort| sort.iter().next()) {
        (key, down) = (name.clone(), order["order"] == "desc");
    }
    found.sort_by(|one, other| {
        let of = |fields: &Fields| values(fields, &key).first().and_then(Value::as_f64);
        let (one, other) = (of(one), of(other));
        let missing_last = one.is_none().cmp(&other.is_none());
        let ordered = one.partial_cmp(&other).unwrap();
        missing_last.then(if down { ordered.reverse() } else { ordered })
    });
    let mut aggregations = Map::new();
    for (name, asked) in request["aggs"].as_object().into_iter().flatten() {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for value in found.iter().flat_map(|fields| values(fields, asked["terms"]["field"].as_str().unwrap())) {
            *counts.entry(value.to_string()).or_default() += 1;
        }
        let buckets =
            counts.into_iter().map(|(key, count)| json!({"key": serde_json::from_str::<Value>(&key).unwrap(), "doc_count": count}));
        aggregations.insert(name.clone(), json!({"buckets": buckets.collect::<Vec<_>>()}));
    }
    let (from, size) = (request["from"].as_u64().unwrap_or(0), request["size"].as_u64().unwrap_or(10));
    assert!(from + size <= 10_000, "the engines page no deeper");
    let source = |fields: &Fields| {
        let kept = fields.iter().filter(|(name, _)| ["id", "analyzer", "record"].contains(&name.as_str()));
        kept.map(|(name, value)| (name.clone(), value.clone())).collect::<Map<_, _>>()
    };
    let hits = found
        .iter()
        .skip(from as usize)
        .take(size as usize)
        .map(|fields| json!({"_index": "laws", "_score": 1.5, "_source": source(fields)}));
    (
        200,
        json!({"took": 1, "timed_out": false, "hits": {"total": {"value": found.len(), "relation": "eq"}, "hits": hits.collect::<Vec<_>>()}, "aggregations": aggregations}),
    )
}

fn zhengce(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_zhengce"))
        .arg("--index")
        .arg(seeds())
        .args(args)
        .current_dir(here("."))
        .output()
        .expect("the program runs")
}

fn seeds() -> &'static Path {
    static INDEX: OnceLock<(TempDir, PathBuf)> = OnceLock::new();
    let (_, path) = INDEX.get_or_init(|| {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("index");
        let output =
            Command::new(env!("CARGO_BIN_EXE_zhengce")).arg("--index").arg(&path).args(["index", "-q"]).current_dir(here(".")).output();
        assert_eq!(output.expect("the program runs").status.code(), Some(0));
        (folder, path)
    });
    path
}

fn said(args: &[&str]) -> Value {
    let output = zhengce(args);
    assert!(output.status.code().is_some_and(|code| code < 2), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn ids(answer: &Value, list: &str) -> Vec<String> {
    answer[list].as_array().unwrap().iter().map(|hit| hit["id"].as_str().unwrap().to_owned()).collect()
}

fn all_ids() -> Vec<String> {
    let mut ids: Vec<String> =
        Index::open(seeds()).unwrap().records(&[]).unwrap().iter().map(|record| record["id"].as_str().unwrap().to_owned()).collect();
    ids.sort();
    ids
}

/// Loads the seeds with little patience.
fn loaded(server: &Server, tries: u32) -> Result<Loaded, Error> {
    let index = Index::open(seeds()).unwrap();
    let patience = Patience { tries, wait: Duration::from_millis(2), answer: Duration::from_secs(3) };
    let cluster = Cluster::at(&server.url(), patience).unwrap();
    load(&cluster, &index.dictionary().full(), index.each_document(&[]).unwrap())
}

const QUERIES: [&str; 21] = [
    // A gap: words of several parts also match headings here (产业园区), and not yet in a cluster.
    "\"产业园区\"",
    "\"产业园区\"",
    "\"业园\"",
    "\"园\"",
    "ＥＲＰ",
    "牵头:省财政厅",
    "unit:省发改委",
    "类型:目标 年份:2013 生物",
    "数值:>=3000亿元",
    "数值:>0.3万亿元 -钢铁",
    "value:1.58万亿元",
    "1．58万亿",
    "(园区 OR 基地) -煤化工",
    "年份:2011..2013 类型:目标",
    "期限:<2011-07",
    "地点:大庆",
    "章节:主要任务 产业",
    "doc:000 招商",
    "类型:项目 -类型:目标 哈尔滨",
    "谁负责招商引资",
    "2013年生物产业的目标是多少",
];

#[test]
fn a_cluster_finds_what_our_index_finds() {
    for kind in [Kind::Elasticsearch, Kind::Quickwit] {
        let server = Server::new(kind, &[]);
        let url = server.url();
        let output = zhengce(&["export", "--to", &url]);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(server.ids(), all_ids());
        for query in QUERIES {
            let ask = |more: &[&str]| said(&[&["search", query, "--json", "--limit", "5000", "--facets"], more].concat());
            let (ours, theirs) = (ask(&[]), ask(&["--remote", &url]));
            let sorted = |answer: &Value| ids(answer, "hits").into_iter().collect::<BTreeSet<_>>();
            assert_eq!(sorted(&theirs), sorted(&ours), "{query}");
            assert!(ours["total"].as_u64().unwrap() > 0, "{query} finds nothing at all");
            assert_eq!((&theirs["total"], &theirs["facets"]), (&ours["total"], &ours["facets"]), "{query}");
        }
        for args in [["who", "--unit", "省发改委"], ["who", "--unit", "省财政厅"]] {
            let (ours, theirs) = (said(&[&args[..], &["--json"]].concat()), said(&[&args[..], &["--json", "--remote", &url]].concat()));
            assert_eq!(ids(&theirs, "answers"), ids(&ours, "answers"), "{args:?}");
        }
        let grouped = said(&["search", "产业", "--group", "document", "--json", "--remote", &url]);
        assert_eq!((&grouped["total"], grouped["hits"].as_array().unwrap().len()), (&json!(2), 2));
        let dearest = said(&["search", "类型:目标", "--sort", "value", "--limit", "1", "--json", "--remote", &url]);
        assert_eq!(ids(&dearest, "hits"), ids(&said(&["search", "类型:目标", "--sort", "value", "--limit", "1", "--json"]), "hits"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_answers_from_a_cluster() {
    let server = Server::new(Kind::Elasticsearch, &[]);
    loaded(&server, 3).unwrap();
    let patience = Patience { tries: 2, wait: Duration::from_millis(2), answer: Duration::from_secs(5) };
    let cluster = |url: &str| Cluster::at(url, patience).unwrap();
    let there = Site::new(Generation::remote(cluster(&server.url()), 4).unwrap(), Settings::default());
    let here = Site::new(Generation::open(seeds(), 2).unwrap(), Settings::default());
    let ask = async |site: &Arc<Site>, address: &str| {
        let uri: String =
            address.bytes().map(|b| if b.is_ascii_graphic() { char::from(b).to_string() } else { format!("%{b:02X}") }).collect();
        let request = axum::http::Request::builder().uri(uri).header("host", "localhost").body(axum::body::Body::empty()).unwrap();
        let response = router(site.clone()).oneshot(request).await.unwrap();
        (response.status().as_u16(), response.into_body().collect().await.unwrap().to_bytes().to_vec())
    };
    let json = |body: &[u8]| serde_json::from_slice::<Value>(body).unwrap();
    for address in ["/api/search?limit=100&q=牵头:省财政厅", "/api/who?unit=省发改委"] {
        let ((_, theirs), (_, ours)) = (ask(&there, address).await, ask(&here, address).await);
        let list = if address.contains("search") { "hits" } else { "answers" };
        let sorted = |body: &[u8]| ids(&json(body), list).into_iter().collect::<BTreeSet<_>>();
        assert_eq!((json(&theirs)["total"].as_u64(), sorted(&theirs)), (json(&ours)["total"].as_u64(), sorted(&ours)), "{address}");
    }
    for page in [
        "/",
        "/?q=谁负责招商引资",
        "/?q=园区&type=park",
        "/doc/000_b8fc224b635fbf9e?at=target:2792-2807",
        "/record/000_b8fc224b635fbf9e:target:2792-2807",
        "/who",
        "/who?unit=省发改委",
        "/targets?indicator=主营业务收入",
        "/findings",
        "/download?q=园区&format=csv",
    ] {
        let (status, body) = ask(&there, page).await;
        assert_eq!(status, 200, "{page}: {}", String::from_utf8_lossy(&body));
    }
    let (_, record) = ask(&there, "/api/show/000_b8fc224b635fbf9e:target:2792-2807").await;
    assert_eq!(json(&record), json(&ask(&here, "/api/show/000_b8fc224b635fbf9e:target:2792-2807").await.1));
    assert_eq!(ask(&there, "/api/show/000_b8fc224b635fbf9e:target:1-2").await.0, 404);
    // What only the index itself knows is refused, and so is what a cluster that is gone would know.
    let (status, problem) = ask(&there, "/api/stats").await;
    assert_eq!((status, &json(&problem)["type"]), (501, &json!("urn:zhengce:problem:here")));
    let gone = Server::new(Kind::Elasticsearch, &[]);
    assert!(Generation::remote(cluster(&gone.url()), 1).is_err(), "there is no index in it");
}

#[test]
fn the_snippet_is_cut_here_and_marks_the_match() {
    let server = Server::new(Kind::Quickwit, &[]);
    loaded(&server, 3).unwrap();
    for hit in said(&["search", "\"业园\"", "--json", "--remote", &server.url()])["hits"].as_array().unwrap() {
        let snippet: Vec<char> = hit["snippet"].as_str().unwrap().chars().collect();
        let [start, end] = [0, 1].map(|at| hit["highlights"][0][at].as_u64().unwrap() as usize);
        assert_eq!(snippet[start..end].iter().collect::<String>(), "业园");
    }
}

#[test]
fn what_is_refused_for_now_is_sent_until_all_are_in() {
    use Fault::{AllRefused, Dawdles, HangsUp, SomeRefused};
    for faults in
        [&[SomeRefused, SomeRefused][..], &[AllRefused, AllRefused], &[HangsUp], &[Dawdles], &[SomeRefused, HangsUp, AllRefused, Dawdles]]
    {
        let server = Server::new(Kind::Elasticsearch, faults);
        let loaded = loaded(&server, 8).unwrap();
        assert_eq!(server.ids(), all_ids());
        assert_eq!(loaded.records as usize, all_ids().len());
        assert_eq!(loaded.again > 0, faults.contains(&SomeRefused));
    }
}

#[test]
fn a_record_that_is_never_taken_ends_the_loading_and_is_named() {
    let server = Server::new(Kind::Elasticsearch, &[Fault::OneIsWrong]);
    let error = loaded(&server, 3).unwrap_err().to_string();
    assert!(
        error.starts_with("1 records were not taken, the first ") && error.contains("status 400: failed to parse field [value]"),
        "{error}"
    );
    let server = Server::new(Kind::Elasticsearch, &[Fault::SomeRefused; 20]);
    assert!(matches!(loaded(&server, 3).unwrap_err(), Error::NotTaken { count, .. } if count > 0));
    let server = Server::new(Kind::Elasticsearch, &[Fault::AllRefused; 20]);
    let error = loaded(&server, 3).unwrap_err().to_string();
    assert!(error.contains("refused: status 429: queue is full\n  hint: "), "{error}");
    let server = Server::new(Kind::Quickwit, &[Fault::ErrorsUnnamed; 20]);
    assert!(matches!(loaded(&server, 3).unwrap_err(), Error::NotTaken { .. }));
}

#[test]
fn loading_again_replaces_and_creates_nothing() {
    let server = Server::new(Kind::Elasticsearch, &[]);
    loaded(&server, 3).unwrap();
    loaded(&server, 3).unwrap();
    assert_eq!(server.ids(), all_ids());
}

#[test]
fn errors_say_what_to_do() {
    for url in ["https://host/laws", "http://host:9200", "http://host:7280/api/v1/_elastic/", "laws"] {
        let output = zhengce(&["search", "产业", "--remote", url]);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{url}");
        assert!(said.contains("is no address of an index\n  hint: write http://HOST:9200/INDEX"), "{said}");
    }
    let server = Server::new(Kind::Elasticsearch, &[]);
    let output = zhengce(&["search", "产业", "--remote", &server.url()]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        String::from_utf8_lossy(&output.stderr).trim_end(),
        format!("error: {}/_search refused: status 404: no such index [laws]\n  hint: fill it with `zhengce export --to`", server.url())
    );
    let patience = Patience { tries: 2, wait: Duration::from_millis(1), answer: Duration::from_millis(500) };
    let nobody = Cluster::at("http://127.0.0.1:9/laws", patience).unwrap();
    let index = Index::open(seeds()).unwrap();
    let error = load(&nobody, &index.dictionary().full(), index.each_document(&[]).unwrap()).unwrap_err().to_string();
    assert!(error.starts_with("http://127.0.0.1:9/laws does not answer, asked 2 times: "), "{error}");
}

#[test]
fn the_bulk_files_hold_all_records_and_both_configurations() {
    let folder = TempDir::new().unwrap();
    let output = zhengce(&["export", "--format", "bulk", "-o", folder.path().to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let text = std::fs::read_to_string(folder.path().join("records.ndjson")).unwrap();
    assert_eq!(text.lines().count(), 2 * all_ids().len());
    let quickwit: Value = serde_json::from_str(&std::fs::read_to_string(folder.path().join("quickwit.json")).unwrap()).unwrap();
    let words =
        quickwit["doc_mapping"]["field_mappings"].as_array().unwrap().iter().find(|field| field["name"] == "words").unwrap().clone();
    assert_eq!((&words["tokenizer"], &words["record"]), (&json!("whitespace"), &json!("position")));
    assert!(folder.path().join("elasticsearch.json").exists());
}
