//! What does the page answer, and what does it refuse? The router in this process, the server on a socket, and (`web/browser.rs`) a browser.

mod browser;

use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use http_body_util::BodyExt;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tower::ServiceExt;
use zhengce::web::{Generation, Patience, Settings, Site, follow, router, serve};

use crate::support::here;

/// A document that would be a program if a page let it.
const HOSTILE: &str = "关于<script>alert(1)</script>工作的通知\n\n一、主要目标<img src=x onerror=alert(2)>\n\n　　到2030年，<b>香料</b>产业产值达到20亿元。\"><script>alert(3)</script>\n\n　　（省发展改革委牵头，省财政厅配合）\n";

fn program(index: &Path, args: &[&str]) -> Vec<u8> {
    let output = Command::new(env!("CARGO_BIN_EXE_zhengce")).arg("--index").arg(index).args(args).current_dir(here(".")).output();
    let output = output.expect("the program runs");
    assert!(output.status.code().is_some_and(|code| code < 2), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// An index of the seeds and the hostile document.
fn index() -> &'static Path {
    static INDEX: OnceLock<(TempDir, PathBuf)> = OnceLock::new();
    let (_, path) = INDEX.get_or_init(|| {
        let folder = TempDir::new().unwrap();
        let hostile = folder.path().join("险");
        fs::create_dir(&hostile).unwrap();
        fs::write(hostile.join("<险>&.txt"), HOSTILE).unwrap();
        let path = folder.path().join("index");
        program(&path, &["index", "seeds", hostile.to_str().unwrap()]);
        (folder, path)
    });
    path
}

fn site(settings: Settings) -> Arc<Site> {
    Site::new(Generation::open(index(), 2).unwrap(), settings)
}

/// An answer of the router.
struct Answer {
    status: u16,
    headers: axum::http::HeaderMap,
    body: Vec<u8>,
}

impl Answer {
    fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|cause| panic!("{cause}: {}", self.text()))
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

async fn ask_with(site: &Arc<Site>, method: &str, address: &str, headers: &[(&str, &str)]) -> Answer {
    let address = address.split('#').next().unwrap_or(address);
    let mut request = axum::http::Request::builder().method(method).uri(encoded(address));
    if !headers.iter().any(|(name, _)| *name == "host") {
        request = request.header("host", "localhost:7878");
    }
    for (name, value) in headers.iter().filter(|(_, value)| !value.is_empty()) {
        request = request.header(*name, *value);
    }
    let response = router(site.clone()).oneshot(request.body(axum::body::Body::empty()).unwrap()).await.unwrap();
    let (parts, body) = response.into_parts();
    Answer { status: parts.status.as_u16(), headers: parts.headers, body: body.collect().await.unwrap().to_bytes().to_vec() }
}

async fn ask(site: &Arc<Site>, address: &str) -> Answer {
    ask_with(site, "GET", address, &[]).await
}

/// Chinese characters, quotes and blanks of an address as it travels.
fn encoded(address: &str) -> String {
    address
        .bytes()
        .map(|b| if b.is_ascii_graphic() && !b"\"<>".contains(&b) { char::from(b).to_string() } else { format!("%{b:02X}") })
        .collect()
}

/// The pages as people come to them.
const PAGES: [&str; 16] = [
    "/",
    "/?q=产业园区",
    "/?q=谁负责招商引资",
    "/?q=生物&type=target&type=park&year=2013&sort=value",
    "/?q=没有这样的词句组合",
    "/?q=\"没有这样的词句组合\"",
    "/doc/000_b8fc224b635fbf9e",
    "/doc/002_87f6e7edac30d048?at=target:6814-6825#at",
    "/record/002_87f6e7edac30d048:target:6814-6825",
    "/who",
    "/who?unit=省发改委",
    "/who?view=calendar",
    "/targets",
    "/targets?indicator=主营业务收入",
    "/findings",
    "/api",
];

#[tokio::test]
async fn every_page_is_whole_in_both_languages_and_holds_no_script_of_its_own() {
    let site = site(Settings::default());
    for page in PAGES {
        for lang in ["zh", "en"] {
            let page = page.split('#').next().unwrap_or(page);
            let address = format!("{page}{}lang={lang}", if page.contains('?') { '&' } else { '?' });
            let answer = ask(&site, &address).await;
            let text = answer.text();
            assert_eq!((answer.status, answer.header("content-type")), (200, "text/html; charset=utf-8"), "{address}: {text}");
            assert!(answer.header("set-cookie").starts_with(&format!("lang={lang};")), "{address}");
            assert!(text.contains("<main") && text.ends_with("</html>"), "{address}");
            assert!(!text.contains(" style=") && !text.contains("<style") && !text.contains(" onclick"), "{address}");
            assert_eq!(text.matches("<script").count(), 1, "{address}: one script, the server's own");
            assert!(!text.contains("http://") && !text.contains("https://"), "{address} names another place");
        }
    }
}

#[tokio::test]
async fn every_answer_tells_the_browser_to_be_careful() {
    let site = site(Settings::default());
    for address in ["/", "/nowhere", "/api/stats", "/api/nowhere", "/assets/style.css", "/healthz", "/?q=\"", "/download?q=园区&format=csv"]
    {
        let answer = ask(&site, address).await;
        let policy = answer.header("content-security-policy");
        assert!(
            policy.starts_with("default-src 'none'") && !policy.contains("unsafe") && policy.contains("frame-ancestors 'none'"),
            "{address}"
        );
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{address}");
        assert_eq!(answer.header("referrer-policy"), "no-referrer", "{address}");
        assert_eq!(answer.header("x-frame-options"), "DENY", "{address}");
        assert_eq!(answer.header("access-control-allow-origin"), "", "{address}");
    }
}

#[tokio::test]
async fn a_problem_speaks_the_readers_language() {
    let site = site(Settings::default());
    let said = |headers: &'static [(&'static str, &'static str)], address: &'static str| {
        let site = site.clone();
        async move {
            let answer = ask_with(&site, "GET", address, headers).await;
            (answer.header("content-language").to_owned(), answer.json()["detail"].as_str().unwrap().to_owned())
        }
    };
    let open = "/api/search?q=\"未闭";
    let english =
        ("en".to_owned(), "a quotation mark is not closed at character 1\n  | \"未闭\n  | ^\n  hint: close it: \"产业园区\"".to_owned());
    let chinese = ("zh-CN".to_owned(), "引号没有闭合（第 1 个字）\n  | \"未闭\n  | ^\n  建议：补上后一个引号：\"产业园区\"".to_owned());
    assert_eq!(said(&[], open).await, english);
    assert_eq!(said(&[("accept-language", "fr, en-GB;q=0.8, zh;q=0.5")], open).await, english);
    assert_eq!(said(&[("accept-language", "zh-CN,zh;q=0.9,en;q=0.8")], open).await, chinese);
    assert_eq!(said(&[("cookie", "lang=zh")], open).await, chinese);
    assert_eq!(said(&[("cookie", "lang=en"), ("accept-language", "zh")], open).await, english);
    for (query, told) in [
        ("limit=101&q=a", "应为 0 到 100 的整数"),
        ("q=a&x=1", "没有“x”这个参数"),
        ("q=类型:目的", "没有“目的”这个类型"),
        ("q=负责人:x", "没有“负责人”这个字段"),
        ("q=年份:2015..2011", "先写小的"),
    ] {
        let detail =
            ask_with(&site, "GET", &format!("/api/search?{query}"), &[("accept-language", "zh")]).await.json()["detail"].to_string();
        assert!(detail.contains(told), "{query}: {detail}");
    }
    let page = ask(&site, "/?q=\"未闭").await.text();
    assert!(page.contains("引号没有闭合") && page.contains("value=\"&quot;未闭\""), "what was typed stays in the box: {page}");
    assert!(ask(&site, "/?q=\"未闭&lang=en").await.text().contains("a quotation mark is not closed"));
}

#[tokio::test]
async fn each_result_says_why_it_is_there() {
    let site = site(Settings::default());
    let page = ask(&site, "/?q=类型:目标 年份:2013 生物").await.text();
    assert!(page.contains("匹配：") && page.contains("生物（") && page.contains("年份 2013"), "{page}");
}

#[tokio::test]
async fn a_documents_text_never_becomes_markup() {
    let site = site(Settings::default());
    let doc = ask(&site, "/api/search?q=香料&type=target").await.json()["hits"][0]["doc"].as_str().unwrap().to_owned();
    for address in [
        "/",
        "/?q=香料",
        "/?q=<script>alert(9)</script>",
        "/?q=\"><script>alert(9)</script>",
        "/who",
        "/targets?subject=<script>alert(9)</script>",
        "/who?unit=\"><img src=x onerror=alert(9)>",
        "/findings",
        "/doc/<script>alert(9)</script>",
        &format!("/doc/{doc}"),
    ] {
        let text = ask(&site, address).await.text();
        assert_eq!(text.matches("<script").count(), 1, "{address}");
        assert!(!text.contains("<img") && !text.contains("<b>香料"), "{address}");
    }
    let reader = ask(&site, &format!("/doc/{doc}")).await.text();
    assert!(reader.contains("&lt;script&gt;alert(3)&lt;/script&gt;"), "the text is shown as it stands");
}

#[tokio::test]
async fn what_may_not_come_in_is_refused_with_a_reason() {
    let site = site(Settings::default());
    let long = format!("/api/search?q={}", "a".repeat(9_000));
    let wordy = format!("/api/search?q={}", "园".repeat(501));
    let crowd = format!("/api/search?q=园区{}", "&type=park".repeat(600));
    let facets = format!("/api/search?q=a{}", "&doc=x".repeat(1_000));
    for (method, address, headers, status, name) in [
        ("GET", long.as_str(), vec![], 414, "too-long"),
        ("GET", &wordy, vec![], 400, "unreadable"),
        ("GET", &crowd, vec![], 400, "unreadable"),
        ("GET", &facets, vec![], 400, "unreadable"),
        ("GET", "/api/search", vec![], 400, "unreadable"),
        ("GET", "/api/search?q=园区&limit=101", vec![], 400, "unreadable"),
        ("GET", "/api/search?q=园区&nonsense=1", vec![], 400, "unreadable"),
        ("GET", "/api/search?q=\"未闭", vec![], 400, "unreadable"),
        ("GET", "/api/search?q=%ff", vec![], 400, "unreadable"),
        ("GET", "/api/show/no:such:id", vec![], 404, "not-found"),
        ("GET", "/api/show/../../../etc/passwd", vec![], 404, "not-found"),
        ("GET", "/api/show/%2e%2e%2f%2e%2e%2fetc%2fpasswd", vec![], 404, "not-found"),
        ("GET", "/api/show/%00", vec![], 404, "not-found"),
        ("GET", "/assets/../Cargo.toml", vec![], 404, "not-found"),
        ("GET", "/assets/..%2fmod.rs", vec![], 404, "not-found"),
        ("GET", "/api/stats", vec![("host", "evil.example")], 421, "host"),
        ("GET", "/api/stats", vec![("host", "localhost.evil.example:7878")], 421, "host"),
        ("GET", "/api/stats", vec![("host", "")], 400, "unreadable"),
        ("GET", "/api/stats", vec![("content-length", "99999999")], 413, "too-large"),
        ("GET", "/api/stats", vec![("transfer-encoding", "chunked")], 413, "too-large"),
        ("POST", "/api/stats", vec![], 405, "method"),
        ("OPTIONS", "/api/stats", vec![("origin", "https://evil.example")], 405, "method"),
    ] {
        let answer = ask_with(&site, method, address, &headers).await;
        let shown: String = address.chars().take(60).collect();
        assert_eq!(answer.status, status, "{method} {shown}: {}", answer.text());
        assert_eq!(answer.header("content-type"), "application/problem+json", "{shown}");
        let problem = answer.json();
        assert_eq!(
            (problem["type"].as_str().unwrap(), &problem["status"]),
            (format!("urn:zhengce:problem:{name}").as_str(), &json!(status))
        );
        assert!(problem["detail"].as_str().is_some_and(|detail| !detail.is_empty()), "{shown}");
    }
    for page in ["/doc/../../../etc/passwd", "/doc/%2e%2e%2fpasswd", "/doc/nothing", "/nowhere", "/record/x"] {
        let answer = ask(&site, page).await;
        assert_eq!((answer.status, answer.header("content-type")), (404, "text/html; charset=utf-8"), "{page}");
    }
    for host in ["localhost", "127.0.0.1:7878", "[::1]:7878", "LOCALHOST:1"] {
        assert_eq!(ask_with(&site, "GET", "/healthz", &[("host", host)]).await.status, 200, "{host}");
    }
}

#[tokio::test]
async fn other_origins_may_call_where_the_server_is_told_so() {
    let site = site(Settings { cors: Some("https://example.gov.cn".to_owned()), ..Settings::default() });
    let answer = ask(&site, "/api/stats").await;
    assert_eq!(answer.header("access-control-allow-origin"), "https://example.gov.cn");
    assert_eq!(ask_with(&site, "OPTIONS", "/api/stats", &[]).await.status, 204);
    assert_eq!(ask(&site, "/").await.header("access-control-allow-origin"), "", "pages are for nobody else");
}

#[tokio::test]
async fn too_many_at_once_and_too_slow_are_told_so() {
    let crowded = site(Settings { at_once: 0, ..Settings::default() });
    let answer = ask(&crowded, "/api/stats").await;
    assert_eq!((answer.status, answer.header("retry-after")), (503, "2"));
    let hasty = site(Settings { patience: Duration::ZERO, ..Settings::default() });
    let answer = ask(&hasty, "/download?q=type:passage OR type:target OR type:focus&format=xlsx").await;
    assert_eq!((answer.status, answer.json()["type"].as_str().unwrap()), (504, "urn:zhengce:problem:timeout"));
}

#[tokio::test]
async fn answers_are_known_again_and_compressed() {
    let site = site(Settings::default());
    for address in ["/?q=产业园区", "/api/search?q=产业园区"] {
        let first = ask(&site, address).await;
        let tag = first.header("etag").to_owned();
        assert!(tag.starts_with("W/\""), "{address}");
        let again = ask_with(&site, "GET", address, &[("if-none-match", &tag)]).await;
        assert_eq!((again.status, again.body.len(), again.header("etag")), (304, 0, tag.as_str()), "{address}");
        assert_eq!(ask_with(&site, "GET", address, &[("if-none-match", "W/\"other\"")]).await.status, 200);
        let small = ask_with(&site, "GET", address, &[("accept-encoding", "gzip")]).await;
        assert_eq!(small.header("content-encoding"), "gzip", "{address}");
        assert!(small.body.len() < first.body.len() / 2, "{address}");
    }
    let english = ask_with(&site, "GET", "/", &[("cookie", "a=b; lang=en")]).await;
    assert!(english.text().contains("<html lang=\"en\">") && english.header("vary").contains("cookie"));
}

/// A JSON without how long it took.
fn timeless(bytes: &[u8]) -> Value {
    let mut value: Value = serde_json::from_slice(bytes).unwrap();
    if let Some(fields) = value.as_object_mut() {
        fields.remove("took_ms");
    }
    value
}

#[tokio::test]
async fn the_api_gives_what_the_commands_give() {
    let site = site(Settings::default());
    let id = "002_87f6e7edac30d048:target:6814-6825";
    for (address, args) in [
        ("/api/search?q=产业园区", vec!["search", "产业园区", "--json"]),
        ("/api/search?q=谁负责招商引资&explain=true", vec!["search", "谁负责招商引资", "--json", "--explain"]),
        (
            "/api/search?q=数值:>=3000亿元&sort=value&limit=3&offset=2",
            vec!["search", "数值:>=3000亿元", "--sort", "value", "--limit", "3", "--offset", "2", "--json"],
        ),
        ("/api/search?q=招商引资&group=document", vec!["search", "招商引资", "--group", "document", "--json"]),
        ("/api/who?q=产业园区", vec!["who", "产业园区", "--json"]),
        ("/api/who?unit=省发改委", vec!["who", "--unit", "省发改委", "--json"]),
        (&format!("/api/show/{id}"), vec!["show", id, "--json"]),
        ("/api/show/000_b8fc224b635fbf9e", vec!["show", "000_b8fc224b635fbf9e", "--json"]),
        ("/api/compare?indicator=主营业务收入", vec!["compare", "主营业务收入", "--json"]),
        ("/api/stats", vec!["stats", "--json"]),
        ("/api/schema?type=target", vec!["schema", "target"]),
    ] {
        let answer = ask(&site, address).await;
        assert_eq!(answer.status, 200, "{address}: {}", answer.text());
        assert_eq!(timeless(&answer.body), timeless(&program(index(), &args)), "{address}");
    }
    let findings = ask(&site, "/api/findings?limit=100").await.json();
    let printed = program(index(), &["check", "--json"]);
    let printed = String::from_utf8(printed).unwrap();
    let mut ids: Vec<String> = printed.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["id"].to_string()).collect();
    let mut given: Vec<String> = findings["findings"].as_array().unwrap().iter().map(|finding| finding["id"].to_string()).collect();
    ids.sort();
    given.sort();
    assert_eq!((given, findings["total"].as_u64().unwrap() as usize), (ids.clone(), ids.len()));
}

#[tokio::test]
async fn answers_are_what_the_openapi_document_says() {
    let site = site(Settings::default());
    let document = ask(&site, "/api/openapi.json").await.json();
    assert_eq!(document["openapi"], "3.1.0");
    let holds = |name: &str, value: &Value| {
        let schema = json!({"$ref": format!("#/components/schemas/{name}"), "components": document["components"]});
        let validator = jsonschema::draft202012::new(&schema).unwrap();
        let wrong: Vec<String> = validator.iter_errors(value).map(|e| format!("{} {e}", e.instance_path())).take(3).collect();
        assert!(wrong.is_empty(), "{name}: {wrong:#?}");
    };
    for (name, address) in [
        ("search", "/api/search?q=产业&limit=100&facets=true&explain=true"),
        ("search", "/api/search?q=type:finding OR type:document OR type:responsibility&limit=100"),
        ("who", "/api/who?unit=省发改委"),
        ("show", "/api/show/000_b8fc224b635fbf9e"),
        ("compare", "/api/compare?indicator=主营业务收入"),
        ("findings", "/api/findings"),
        ("stats", "/api/stats"),
        ("schema", "/api/schema?type=park"),
        ("problem", "/api/show/nothing"),
    ] {
        holds(name, &ask(&site, address).await.json());
    }
    for path in document["paths"].as_object().unwrap().keys() {
        let status = ask(&site, &path.replace("{id}", "x")).await.status;
        assert!(matches!(status, 200 | 400 | 404), "{path} is described but answers {status}");
    }
}

#[tokio::test]
async fn downloads_hold_exactly_what_was_found() {
    let site = site(Settings::default());
    let query = "q=生物&type=target&type=project";
    let found = ask(&site, &format!("/api/search?{query}&limit=100")).await.json();
    let ids: Vec<&str> = found["hits"].as_array().unwrap().iter().map(|hit| hit["id"].as_str().unwrap()).collect();
    assert!(ids.len() > 5 && ids.len() as u64 == found["total"].as_u64().unwrap());
    let lines = ask(&site, &format!("/download?{query}&format=jsonl")).await;
    let given: Vec<String> =
        lines.text().lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["id"].as_str().unwrap().to_owned()).collect();
    assert_eq!(given, ids);
    let sheet = ask(&site, &format!("/download?{query}&format=csv")).await;
    assert!(sheet.header("content-disposition").starts_with("attachment") && sheet.body.starts_with("\u{feff}".as_bytes()));
    for id in ids {
        assert!(sheet.text().contains(id), "{id}");
    }
    let book = ask(&site, &format!("/download?{query}&format=xlsx")).await;
    assert!(book.status == 200 && book.body.starts_with(b"PK"));
    let calendar = ask(&site, "/who.ics?unit=省发改委").await;
    assert!(calendar.text().starts_with("BEGIN:VCALENDAR\r\n") && calendar.text().contains("DUE;VALUE=DATE:2011"), "{}", calendar.text());
}

/// A server on a socket of its own; it ends when it is dropped.
struct Server {
    at: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    done: tokio::task::JoinHandle<()>,
}

async fn started(site: Arc<Site>, patience: Patience) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let at = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel::<()>();
    let done = tokio::spawn(async move {
        serve(listener, router(site), patience, async move {
            let _ = stopped.await;
        })
        .await;
    });
    Server { at, stop: Some(stop), done }
}

/// Sends bytes, and reads until the server closes the connection.
async fn raw(at: SocketAddr, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(at).await.unwrap();
    // The server may close before it has read all.
    let _ = stream.write_all(bytes).await;
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn slow_and_half_open_connections_are_closed_and_others_served() {
    let patience = Patience { head: Duration::from_millis(300), ..Patience::default() };
    let server = started(site(Settings::default()), patience).await;
    let begun = Instant::now();
    let mut half: Vec<TcpStream> = Vec::new();
    for bytes in [&b""[..], b"GET / HTTP/1.1\r\nHost: local"] {
        for _ in 0..20 {
            let mut stream = TcpStream::connect(server.at).await.unwrap();
            stream.write_all(bytes).await.unwrap();
            half.push(stream);
        }
    }
    let answer = raw(server.at, b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    for mut stream in half {
        let mut rest = Vec::new();
        let closed = tokio::time::timeout(Duration::from_secs(5), stream.read_to_end(&mut rest)).await;
        assert!(closed.is_ok(), "a half-open connection is still open after {:?}", begun.elapsed());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_reads_nothing_is_let_go() {
    let patience = Patience { write: Duration::from_millis(300), head: Duration::from_secs(30), ..Patience::default() };
    let server = started(site(Settings::default()), patience).await;
    let mut stream = TcpStream::connect(server.at).await.unwrap();
    // Many large answers asked for at once, none read: the socket's buffers fill up.
    let one = "GET /doc/002_87f6e7edac30d048 HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(200);
    stream.write_all(one.as_bytes()).await.unwrap();
    tokio::time::sleep(Duration::from_secs(2)).await;
    let mut rest = Vec::new();
    let ended = tokio::time::timeout(Duration::from_secs(10), stream.read_to_end(&mut rest)).await;
    assert!(ended.is_ok(), "the connection is still open");
    assert!(rest.len() < 200 * 150_000, "all was sent to a client that did not read");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_query_of_ten_megabytes_and_a_crowd_of_connections_are_answered() {
    let patience = Patience { connections: 4, ..Patience::default() };
    let server = started(site(Settings::default()), patience).await;
    let huge = format!("GET /api/search?q={} HTTP/1.1\r\nHost: localhost\r\n\r\n", "a".repeat(10 << 20));
    let answer = raw(server.at, huge.as_bytes()).await;
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 414") || answer.starts_with("HTTP/1.1 431"), "{answer}");
    tokio::time::sleep(Duration::from_millis(100)).await;
    let mut held = Vec::new();
    for _ in 0..4 {
        let mut stream = TcpStream::connect(server.at).await.unwrap();
        stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n").await.unwrap();
        let mut some = [0; 16];
        stream.read_exact(&mut some).await.unwrap();
        held.push(stream);
    }
    let turned = raw(server.at, b"").await;
    assert!(turned.starts_with("HTTP/1.1 503") && turned.contains("urn:zhengce:problem:busy"), "{turned}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_server_ends_when_told_to_and_answers_what_is_under_way() {
    let mut server = started(site(Settings::default()), Patience::default()).await;
    let mut idle = TcpStream::connect(server.at).await.unwrap();
    let at = server.at;
    let asked = tokio::spawn(async move { raw(at, b"GET /api/search?q=a HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").await });
    let answer = asked.await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    server.stop.take().unwrap().send(()).unwrap();
    tokio::time::timeout(Duration::from_secs(5), &mut server.done).await.expect("the server ends").unwrap();
    let mut rest = Vec::new();
    // Its task has ended, and its listener with it; the port may be another test's by now.
    idle.read_to_end(&mut rest).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_state_of_the_index_is_picked_up() {
    let folder = TempDir::new().unwrap();
    let (texts, index) = (folder.path().join("texts"), folder.path().join("index"));
    fs::create_dir(&texts).unwrap();
    fs::write(texts.join("甲.txt"), "一、目标\n到2030年，全市渔具产业产值达到30亿元。\n").unwrap();
    program(&index, &["index", texts.to_str().unwrap()]);
    let site = Site::new(Generation::open(&index, 2).unwrap(), Settings::default());
    let following = tokio::spawn({
        let site = site.clone();
        async move { follow(site, |error| panic!("{error}")).await }
    });
    let total = |answer: Answer| answer.json()["total"].as_u64().unwrap();
    let first = ask(&site, "/api/search?q=产值").await;
    let tag = first.header("etag").to_owned();
    let before = total(first);
    fs::write(texts.join("乙.txt"), "一、目标\n到2030年，全市香料产业产值达到20亿元。\n").unwrap();
    program(&index, &["index", texts.to_str().unwrap()]);
    let begun = Instant::now();
    while total(ask(&site, "/api/search?q=产值").await) == before {
        assert!(begun.elapsed() < Duration::from_secs(20), "the new document is not found");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert_eq!(ask_with(&site, "GET", "/api/search?q=产值", &[("if-none-match", &tag)]).await.status, 200, "the answer has changed");
    following.abort();
}
