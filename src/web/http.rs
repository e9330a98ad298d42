//! How does a request become an answer? [`guard`] refuses what may not come in, the route's parameters are read, the work is given to the
//! generation's threads, and the answer goes out with an ETag that holds as long as the index doesn't change.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use axum::http::{Method, StatusCode, Uri};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use axum::routing::get;
use serde_json::json;
use tokio::sync::Semaphore;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;

use super::generation::{Desk, Generation, Reply};
use super::params::{Asked, LONGEST, Lang, Param, decoded};
use super::problem::Problem;
use super::{api, assets, openapi, page};

/// What the server is told.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The hosts that requests may be for; `None` lets all in. A server on loopback knows its own names only, so that no page of
    /// another site can reach it under a name of its own (DNS rebinding).
    pub hosts: Option<Vec<String>>,
    /// The origin whose pages may call the API.
    pub cors: Option<String>,
    /// How long an answer may take.
    pub patience: Duration,
    /// How many requests may be under way.
    pub at_once: usize,
    /// How many threads answer.
    pub threads: usize,
}

impl Default for Settings {
    fn default() -> Self {
        let threads = std::thread::available_parallelism().map_or(2, usize::from);
        let hosts = Some(["localhost", "127.0.0.1", "[::1]"].map(str::to_owned).to_vec());
        Settings { hosts, cors: None, patience: Duration::from_secs(10), at_once: 512, threads }
    }
}

/// The server's state.
pub struct Site {
    /// What it was told.
    pub settings: Settings,
    generation: RwLock<Arc<Generation>>,
    under_way: Semaphore,
}

impl Site {
    /// A site that answers from `generation`.
    pub fn new(generation: Generation, settings: Settings) -> Arc<Self> {
        let under_way = Semaphore::new(settings.at_once);
        Arc::new(Site { settings, generation: RwLock::new(Arc::new(generation)), under_way })
    }

    /// The state of the index that answers now.
    pub fn generation(&self) -> Arc<Generation> {
        Arc::clone(&self.generation.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Answers from another state from now on; requests under way are answered from the one before.
    pub fn turn_to(&self, generation: Generation) {
        *self.generation.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(generation);
    }
}

/// For whom an answer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A page for people.
    Page,
    /// Data for programs, and files to keep.
    Data,
}

/// Something that can be asked for.
pub struct Endpoint {
    /// Its path; what ends in `/` takes a rest: `/doc/` and a document's id.
    pub path: &'static str,
    /// What it gives.
    pub about: &'static str,
    /// The parameters that it takes.
    pub params: &'static [&'static [Param]],
    /// For whom.
    pub form: Form,
    /// Makes the answer.
    pub run: fn(&Desk<'_>, &Asked) -> Result<Reply, Problem>,
}

impl Endpoint {
    /// The parameters that it takes.
    pub fn params(&self) -> impl Iterator<Item = &'static Param> + Clone + use<> {
        self.params.iter().copied().flatten()
    }
}

/// Who asks, for what goes wrong: what they asked for, and in which language they read.
struct Reader {
    uri: Uri,
    lang: Lang,
}

impl Reader {
    fn of(uri: &Uri, headers: &HeaderMap) -> Self {
        Reader { uri: uri.clone(), lang: lang_of(headers, uri.query().unwrap_or(""), is_page(uri.path())) }
    }

    /// What they typed into the search box.
    fn typed(&self) -> String {
        let mut parts = self.uri.query().unwrap_or("").split('&').filter_map(|part| part.strip_prefix("q="));
        parts.find_map(|part| decoded(part).ok()).unwrap_or_default().chars().take(LONGEST).collect()
    }
}

/// The longest address.
const LONGEST_ADDRESS: usize = 8 << 10;
/// The largest body; no request needs one.
const LARGEST_BODY: u64 = 64 << 10;

/// The routes.
pub fn router(site: Arc<Site>) -> Router {
    let mut router = Router::new();
    for endpoint in page::PAGES.iter().chain(api::CALLS) {
        let route = |State(site): State<Arc<Site>>, uri: Uri, headers: HeaderMap| answer(site, endpoint, uri, headers);
        if endpoint.path.ends_with('/') && endpoint.path.len() > 1 {
            router = router.route(&format!("{}{{*rest}}", endpoint.path), get(route));
        } else {
            router = router.route(endpoint.path, get(route));
        }
    }
    router
        .route("/healthz", get(health))
        .route("/api/openapi.json", get(|| async { data(openapi::document().to_string()) }))
        .route("/assets/{name}", get(asset))
        .fallback(|uri: Uri, headers: HeaderMap| async move {
            refused(&Problem::not_found("没有这个页面", "there is no such page"), &Reader::of(&uri, &headers))
        })
        .layer(from_fn_with_state(Arc::clone(&site), guard))
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .with_state(site)
}

/// Whether people look at what is below this path.
fn is_page(path: &str) -> bool {
    let data = path.starts_with("/api/") || path.starts_with("/assets/");
    !(data || matches!(path, "/healthz" | "/download" | "/who.ics"))
}

async fn answer(site: Arc<Site>, endpoint: &'static Endpoint, uri: Uri, headers: HeaderMap) -> Response {
    let query = uri.query().unwrap_or("");
    let page = endpoint.form == Form::Page;
    let lang = lang_of(&headers, query, page);
    let asked = match read(endpoint, &uri, lang) {
        Ok(asked) => asked,
        Err(problem) => return refused(&problem, &Reader::of(&uri, &headers)),
    };
    let generation = site.generation();
    let key = format!("{}{}?{query} {lang:?}", endpoint.path, asked.tail);
    let tag = format!("W/\"{}-{}\"", generation.stamp(), super::short_hash(&key));
    let known = headers.get(header::IF_NONE_MATCH).is_some_and(|tags| matches_tag(tags, &tag));
    let mut response = if known {
        with_status(StatusCode::NOT_MODIFIED, Body::empty())
    } else {
        let reply = match generation.kept(&key) {
            Some(reply) => Ok(reply),
            None => made(&generation, endpoint, asked, key).await,
        };
        match reply {
            Ok(reply) => sent(reply),
            Err(problem) => return refused(&problem, &Reader::of(&uri, &headers)),
        }
    };
    let out = response.headers_mut();
    insert(out, header::ETAG, &tag);
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    if page {
        out.insert(header::VARY, HeaderValue::from_static("cookie"));
        if query.split('&').any(|part| part.starts_with("lang=")) {
            insert(out, header::SET_COOKIE, &format!("lang={}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly", lang.t("zh", "en")));
        }
    }
    response
}

async fn made(generation: &Generation, endpoint: &'static Endpoint, asked: Asked, key: String) -> Result<Reply, Problem> {
    let run = endpoint.run;
    let reply = generation.ask(move |desk| run(desk, &asked)).await??;
    generation.keep(key, &reply);
    Ok(reply)
}

/// Reads path and parameters; a page's language stands for itself.
fn read(endpoint: &'static Endpoint, uri: &Uri, lang: Lang) -> Result<Asked, Problem> {
    let query = uri.query().unwrap_or("");
    let without_lang: String;
    let query = if endpoint.form == Form::Page && query.contains("lang=") {
        without_lang = query.split('&').filter(|part| !part.starts_with("lang=")).collect::<Vec<_>>().join("&");
        &without_lang
    } else {
        query
    };
    let values = Asked::read(endpoint.params(), query, endpoint.form == Form::Page)?;
    let tail = uri.path().strip_prefix(endpoint.path).unwrap_or("");
    let tail = percent_encoding::percent_decode_str(tail)
        .decode_utf8()
        .map_err(|_| Problem::not_found("地址不是 UTF-8 编码", "the address is no UTF-8"))?;
    Ok(Asked { path: endpoint.path, tail: tail.into_owned(), values, lang })
}

/// The language of the parameter `lang`, else that of the cookie; else a page's is Chinese, and data's what the client accepts first.
fn lang_of(headers: &HeaderMap, query: &str, page: bool) -> Lang {
    let said = query.split('&').filter_map(|part| part.strip_prefix("lang=")).find_map(Lang::named);
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut chosen = cookies.flat_map(|line| line.split(';')).filter_map(|one| one.trim().strip_prefix("lang="));
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or("");
    let mut accepted = accepted.split([',', ';']).filter_map(|tag| Lang::named(tag.trim().get(..2)?.to_ascii_lowercase().as_str()));
    said.or_else(|| chosen.find_map(Lang::named)).unwrap_or_else(|| if page { Lang::Zh } else { accepted.next().unwrap_or(Lang::En) })
}

fn matches_tag(tags: &HeaderValue, tag: &str) -> bool {
    tags.to_str()
        .is_ok_and(|tags| tags == "*" || tags.split(',').any(|one| one.trim().trim_start_matches("W/") == tag.trim_start_matches("W/")))
}

fn with_status(status: StatusCode, body: Body) -> Response {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    response
}

/// Puts in a header; text that no header can hold is left out.
fn insert(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}

fn sent(reply: Reply) -> Response {
    let mut response = Response::new(Body::from(reply.body));
    insert(response.headers_mut(), header::CONTENT_TYPE, reply.media);
    if let Some(file) = &reply.file {
        let value = format!("attachment; filename*=UTF-8''{}", super::params::encoded(file));
        insert(response.headers_mut(), header::CONTENT_DISPOSITION, &value);
    }
    response
}

fn data(json: String) -> Response {
    sent(Reply { media: "application/json", body: Bytes::from(json), file: None })
}

/// A problem as a page or as JSON.
fn refused(problem: &Problem, reader: &Reader) -> Response {
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let (media, body) = if is_page(reader.uri.path()) {
        ("text/html; charset=utf-8", page::refused(problem, reader.lang, &reader.typed()))
    } else {
        ("application/problem+json", problem.json(reader.lang).to_string())
    };
    let mut response = with_status(status, Body::from(body));
    insert(response.headers_mut(), header::CONTENT_TYPE, media);
    insert(response.headers_mut(), header::CONTENT_LANGUAGE, reader.lang.code());
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some(seconds) = problem.retry_after() {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

async fn health(State(site): State<Arc<Site>>) -> Response {
    let mut response = data(json!({"status": "ok", "generation": site.generation().stamp()}).to_string());
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

async fn asset(uri: Uri, headers: HeaderMap) -> Response {
    let Some(asset) = assets::ALL.iter().find(|asset| uri.path().strip_prefix("/assets/") == Some(asset.name)) else {
        return refused(&Problem::not_found("没有这个文件", "there is no such file"), &Reader::of(&uri, &headers));
    };
    let mut response = sent(Reply { media: asset.media, body: Bytes::from_static(asset.body.as_bytes()), file: None });
    // Pages name the file with a hash of what it holds.
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    response
}

/// Refuses what may not come in, ends what takes too long, and gives every answer the headers that keep a browser safe.
async fn guard(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let reader = Reader::of(request.uri(), request.headers());
    let may_call = request.uri().path().starts_with("/api/").then(|| site.settings.cors.clone()).flatten();
    let preflight = may_call.is_some() && request.method() == Method::OPTIONS;
    let mut response = match admitted(&site.settings, &request) {
        Err(problem) => refused(&problem, &reader),
        Ok(()) if preflight => with_status(StatusCode::NO_CONTENT, Body::empty()),
        Ok(()) => match site.under_way.try_acquire() {
            Err(_) => refused(
                &Problem::new(503, "正在处理的请求过多，请稍后再试", "too many requests are under way; ask again in a moment"),
                &reader,
            ),
            Ok(_permit) => match tokio::time::timeout(site.settings.patience, next.run(request)).await {
                Ok(response) => response,
                Err(_) => refused(&Problem::new(504, "请缩小范围，或稍后再试", "ask for less at once, or again in a moment"), &reader),
            },
        },
    };
    if response.status() == StatusCode::METHOD_NOT_ALLOWED {
        let allow = response.headers().get(header::ALLOW).cloned();
        response = refused(&Problem::new(405, "请用 GET", "ask with GET"), &reader);
        response.headers_mut().insert(header::ALLOW, allow.unwrap_or(HeaderValue::from_static("GET, HEAD")));
    }
    let headers = response.headers_mut();
    for (name, value) in SAFE {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    if let Some(origin) = may_call {
        insert(headers, header::ACCESS_CONTROL_ALLOW_ORIGIN, &origin);
        headers.append(header::VARY, HeaderValue::from_static("origin"));
    }
    response
}

/// What every answer tells a browser: run and load nothing but this server's own files, stand in no frame, guess no types, tell nobody.
const SAFE: &[(&str, &str)] = &[
    (
        "content-security-policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; \
         frame-ancestors 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("x-frame-options", "DENY"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
];

fn admitted(settings: &Settings, request: &Request) -> Result<(), Problem> {
    let headers = request.headers();
    let hosts: Vec<&str> = headers.get_all(header::HOST).iter().map(|host| host.to_str().unwrap_or("")).collect();
    let host = match (request.uri().host(), hosts.as_slice()) {
        (Some(host), _) => host,
        (None, [host]) => without_port(host),
        (None, _) => return Err(Problem::unreadable("请求没有写明主机名，或写了几个", "the request names no host, or several")),
    };
    if let Some(known) = &settings.hosts
        && !known.iter().any(|name| name.eq_ignore_ascii_case(host))
    {
        return Err(Problem::new(
            421,
            "本服务只应答自己的主机名；启动时用 --host 名称 可以增加",
            "this server answers for its own name only; start it with --host NAME to let another in",
        ));
    }
    let address = request.uri().path_and_query().map_or(0, |both| both.as_str().len());
    if address > LONGEST_ADDRESS {
        return Err(Problem::new(
            414,
            format!("地址有 {address} 字节，最多 {LONGEST_ADDRESS} 字节"),
            format!("it has {address} bytes; {LONGEST_ADDRESS} are the most"),
        ));
    }
    let length = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<u64>().ok()).unwrap_or(0);
    if length > LARGEST_BODY || headers.contains_key(header::TRANSFER_ENCODING) {
        return Err(Problem::new(
            413,
            "请求不应有正文，要问的写在地址里",
            "requests here have no body: what is asked stands in the address",
        ));
    }
    Ok(())
}

/// `localhost:7878` → `localhost`, `[::1]:7878` → `[::1]`
fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) && (!name.contains(':') || name.ends_with(']')) => name,
        _ => host,
    }
}
