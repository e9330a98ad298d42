//! How is a cluster asked? Over HTTP, with patience: what is refused for now (429, 503) or breaks off is asked again, after
//! a while that doubles.

use std::time::Duration;

use serde_json::Value;
use ureq::Agent;

use super::Error;

/// A cluster's index: `http://host:9200/zhengce` of Elasticsearch or OpenSearch, `http://host:7280/api/v1/_elastic/zhengce` of
/// Quickwit.
#[derive(Debug, Clone)]
pub struct Cluster {
    agent: Agent,
    /// The address of the index.
    pub url: String,
    patience: Patience,
}

/// How long a cluster is waited for.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// How often the same is asked before giving up.
    pub tries: u32,
    /// The wait before the second try; it doubles with each.
    pub wait: Duration,
    /// How long an answer may take.
    pub answer: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { tries: 8, wait: Duration::from_millis(250), answer: Duration::from_secs(60) }
    }
}

/// The longest wait between two tries.
const LONGEST: Duration = Duration::from_secs(15);

impl Patience {
    /// The wait after the `tried`th try.
    pub fn after(&self, tried: u32) -> Duration {
        (self.wait * 2_u32.saturating_pow(tried.saturating_sub(1))).min(LONGEST)
    }
}

/// What a cluster answered.
pub struct Reply {
    /// The status of HTTP.
    pub status: u16,
    /// The body; null where it is no JSON.
    pub body: Value,
}

impl Reply {
    /// Whether asking again later may help.
    pub fn is_refused_for_now(&self) -> bool {
        is_for_now(self.status)
    }

    /// What the cluster says went wrong.
    pub fn reason(&self) -> String {
        let error = &self.body["error"];
        let said = [&error["reason"], &self.body["message"], error].into_iter().find_map(Value::as_str);
        said.map_or_else(|| format!("status {}", self.status), |said| format!("status {}: {said}", self.status))
    }
}

/// Whether a status says that later may be better.
pub fn is_for_now(status: u16) -> bool {
    matches!(status, 408 | 429 | 500 | 502..=504)
}

impl Cluster {
    /// The index at an address.
    ///
    /// # Errors
    /// [`Error::Address`] where it isn't one.
    pub fn at(url: &str, patience: Patience) -> Result<Self, Error> {
        let url = url.trim_end_matches('/');
        let rest = url.strip_prefix("http://").ok_or_else(|| Error::Address { url: url.to_owned() })?;
        let name = rest.split_once('/').map_or("", |(_, path)| path).rsplit('/').next().unwrap_or("");
        if name.is_empty() || name == "_elastic" {
            return Err(Error::Address { url: url.to_owned() });
        }
        let config = Agent::config_builder().http_status_as_error(false).timeout_global(Some(patience.answer)).build();
        Ok(Self { agent: config.into(), url: url.to_owned(), patience })
    }

    /// How long it is waited for.
    pub fn patience(&self) -> Patience {
        self.patience
    }

    /// The name of the index.
    pub fn name(&self) -> &str {
        self.url.rsplit('/').next().unwrap_or("")
    }

    /// The address of Quickwit's own API, where this is one.
    pub fn quickwit(&self) -> Option<String> {
        self.url.split_once("/_elastic/").map(|(root, _)| root.to_owned())
    }

    /// Asks, again and again while it is refused for now.
    ///
    /// # Errors
    /// [`Error::Unreachable`] where no answer came; an answer of any status is an answer.
    pub fn ask(&self, method: &str, url: &str, kind: &str, body: &[u8]) -> Result<Reply, Error> {
        let mut tried = 0;
        loop {
            tried += 1;
            let reply = self.ask_once(method, url, kind, body);
            let settled = reply.as_ref().is_ok_and(|reply| !reply.is_refused_for_now());
            if settled || tried >= self.patience.tries {
                return reply.map_err(|cause| Error::Unreachable { url: url.to_owned(), tries: tried, cause });
            }
            std::thread::sleep(self.patience.after(tried));
        }
    }

    fn ask_once(&self, method: &str, url: &str, kind: &str, body: &[u8]) -> Result<Reply, String> {
        let mut request = ureq::http::Request::builder().method(method).uri(url).header("content-type", kind);
        if let Ok(authorization) = std::env::var("ZHENGCE_AUTHORIZATION") {
            request = request.header("authorization", authorization);
        }
        let request = request.body(body).map_err(|cause| cause.to_string())?;
        let mut response = self.agent.run(request).map_err(|cause| cause.to_string())?;
        let status = response.status().as_u16();
        let text = response.body_mut().with_config().limit(1 << 30).read_to_vec().map_err(|cause| cause.to_string())?;
        Ok(Reply { status, body: serde_json::from_slice(&text).unwrap_or_default() })
    }
}
