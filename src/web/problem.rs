//! What went wrong with a request? A [`Problem`] is told to programs as `application/problem+json` (RFC 9457), to people as a page:
//! `?limit=many` → 400, `limit` is no number.

use serde_json::{Value, json};

/// Why a request is not answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The HTTP status.
    pub status: u16,
    /// Its name: the last part of `urn:zhengce:problem:…`.
    pub name: &'static str,
    /// What it is, in Chinese and in English.
    pub title: (&'static str, &'static str),
    /// What it is about in this request, and what to do.
    pub detail: String,
}

/// What the kinds of problems are called.
const KINDS: &[(u16, &str, &str, &str)] = &[
    (400, "unreadable", "请求无法读懂", "The request cannot be read"),
    (404, "not-found", "没有找到", "There is nothing here"),
    (405, "method", "不支持此方法", "The method is not supported"),
    (413, "too-large", "请求内容过大", "The request's body is too large"),
    (414, "too-long", "请求地址过长", "The request's address is too long"),
    (421, "host", "主机名不符", "The request is for another host"),
    (500, "failed", "服务出错", "The answer could not be made"),
    (503, "busy", "服务繁忙", "Too much is being asked at once"),
    (504, "timeout", "处理超时", "The answer took too long"),
];

impl Problem {
    /// A problem of a status in the table.
    pub fn new(status: u16, detail: impl Into<String>) -> Self {
        let kind = KINDS.iter().find(|kind| kind.0 == status).unwrap_or(&KINDS[6]);
        Problem { status: kind.0, name: kind.1, title: (kind.2, kind.3), detail: detail.into() }
    }

    /// The request says something that can't be read.
    pub fn unreadable(detail: impl Into<String>) -> Self {
        Problem::new(400, detail)
    }

    /// What is asked for isn't there.
    pub fn not_found(detail: impl Into<String>) -> Self {
        Problem::new(404, detail)
    }

    /// After how many seconds it is worth asking again.
    pub fn retry_after(&self) -> Option<u32> {
        matches!(self.status, 503 | 504).then_some(2)
    }

    /// The problem as programs read it.
    pub fn json(&self) -> Value {
        json!({
            "type": format!("urn:zhengce:problem:{}", self.name), "title": self.title.1, "status": self.status, "detail": self.detail,
        })
    }
}

impl From<crate::query::Error> for Problem {
    fn from(error: crate::query::Error) -> Self {
        match error {
            crate::query::Error::Query(error) => Problem::unreadable(error.to_string()),
            crate::query::Error::Index(error) => Problem::from(error),
        }
    }
}

impl From<crate::index::Error> for Problem {
    fn from(error: crate::index::Error) -> Self {
        Problem::new(500, error.to_string())
    }
}

impl From<crate::export::ExportError> for Problem {
    fn from(error: crate::export::ExportError) -> Self {
        Problem::new(500, error.to_string())
    }
}

impl From<serde_json::Error> for Problem {
    fn from(error: serde_json::Error) -> Self {
        Problem::new(500, error.to_string())
    }
}
