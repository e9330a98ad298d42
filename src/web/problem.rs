//! What went wrong with a request? A [`Problem`] is told to programs as `application/problem+json` (RFC 9457), to people as a page:
//! `?limit=many` → 400, `limit` is no number.

use serde_json::{Value, json};

use super::params::Lang;
use crate::query::{Field, ParseError, Problem as Wrong};
use crate::remote;

/// Why a request is not answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The HTTP status.
    pub status: u16,
    /// Its name: the last part of `urn:zhengce:problem:…`.
    pub name: &'static str,
    /// What it is, in Chinese and in English.
    pub title: (&'static str, &'static str),
    /// What it is about in this request, and what to do, in Chinese and in English.
    pub detail: (String, String),
}

/// What is no fault of the request.
const FAILED: (u16, &str, &str, &str) = (500, "failed", "服务出错", "The answer could not be made");

/// What the kinds of problems are called.
const KINDS: &[(u16, &str, &str, &str)] = &[
    (400, "unreadable", "请求无法读懂", "The request cannot be read"),
    (404, "not-found", "没有找到", "There is nothing here"),
    (405, "method", "不支持此方法", "The method is not supported"),
    (413, "too-large", "请求内容过大", "The request's body is too large"),
    (414, "too-long", "请求地址过长", "The request's address is too long"),
    (421, "host", "主机名不符", "The request is for another host"),
    FAILED,
    (501, "here", "本服务没有自己的索引", "This server has no index of its own"),
    (502, "cluster", "检索集群没有应答", "The cluster gave no answer"),
    (503, "busy", "服务繁忙", "Too much is being asked at once"),
    (504, "timeout", "处理超时", "The answer took too long"),
];

impl Problem {
    /// A problem of a status in the table, in Chinese and in English.
    pub fn new(status: u16, zh: impl Into<String>, en: impl Into<String>) -> Self {
        let kind = KINDS.iter().find(|kind| kind.0 == status).unwrap_or(&FAILED);
        Problem { status: kind.0, name: kind.1, title: (kind.2, kind.3), detail: (zh.into(), en.into()) }
    }

    /// The request says something that can't be read.
    pub fn unreadable(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Problem::new(400, zh, en)
    }

    /// What is asked for isn't there.
    pub fn not_found(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Problem::new(404, zh, en)
    }

    /// What a library says of itself, in its own words.
    fn told(status: u16, said: &impl ToString) -> Self {
        Problem::new(status, said.to_string(), said.to_string())
    }

    /// After how many seconds it is worth asking again.
    pub fn retry_after(&self) -> Option<u32> {
        matches!(self.status, 502..=504).then_some(2)
    }

    /// The problem as programs read it, in the language of who reads what they show.
    pub fn json(&self, lang: Lang) -> Value {
        json!({
            "type": format!("urn:zhengce:problem:{}", self.name), "title": lang.t(self.title.0, self.title.1), "status": self.status,
            "detail": lang.t(&self.detail.0, &self.detail.1),
        })
    }
}

/// What is wrong with a query, where, and what to do, in Chinese.
fn chinese(error: &ParseError) -> String {
    let (said, hint) = match &error.problem {
        Wrong::UnknownField { name, nearest: Some(nearest) } => {
            (format!("没有“{name}”这个字段"), format!("是否要用“{nearest}:”？要查找这几个字本身，请加引号：\"{name}:…\""))
        }
        Wrong::UnknownField { name, nearest: None } => {
            (format!("没有“{name}”这个字段"), format!("可用的字段有{}", Field::ALL.map(|row| row.2).join("、")))
        }
        Wrong::UnknownType { name, nearest: Some(nearest) } => (format!("没有“{name}”这个类型"), format!("是否要用“类型:{nearest}”？")),
        Wrong::UnknownType { name, nearest: None } => (
            format!("没有“{name}”这个类型"),
            format!("可用的类型有{}", crate::query::TYPES.iter().map(|row| row.1).collect::<Vec<_>>().join("、")),
        ),
        Wrong::OpenQuote => ("引号没有闭合".to_owned(), "补上后一个引号：\"产业园区\"".to_owned()),
        Wrong::OpenParenthesis => ("括号没有闭合".to_owned(), "补上右括号：(园区 OR 基地) 生物".to_owned()),
        Wrong::EmptyGroup => ("括号里没有内容".to_owned(), "在括号里写词：(园区 OR 基地) 生物".to_owned()),
        Wrong::NothingExcluded => ("“-”后面没有内容".to_owned(), "紧接“-”写要排除的词：化工 -煤化工".to_owned()),
        Wrong::EndlessRange => ("范围没有起点，也没有终点".to_owned(), "至少写一端：年份:2011..2015，年份:2011..".to_owned()),
        Wrong::NothingCompared { sign } => (format!("“{sign}”后面没有内容"), format!("紧接着写数：数值:{sign}1000亿元")),
        Wrong::TooLong { length } => {
            (format!("检索式有 {length} 个字"), format!("最多 {} 个字；查找一大段文字时，选其中有代表性的一句", crate::query::LONGEST))
        }
        Wrong::StrayParenthesis => ("多出一个右括号".to_owned(), "在前面补上左括号；要查找括号本身，请加引号".to_owned()),
        Wrong::NothingJoined { operator } => (format!("{operator} 的一侧没有内容"), format!("两侧都要有词：园区 {operator} 基地")),
        Wrong::NothingToExclude => ("只说了排除什么".to_owned(), "还要说明查找什么：化工 -煤化工".to_owned()),
        Wrong::NoValue { name, .. } => (format!("“{name}:”后面没有内容"), "紧接冒号写，中间不留空格：牵头:省财政厅".to_owned()),
        Wrong::NoAmount { text } => (format!("“{text}”不是数量"), "写数字和单位：数值:>=1000亿元，数值:10%..20%".to_owned()),
        Wrong::UnknownUnit { unit, nearest: Some(nearest) } => (format!("不认识“{unit}”这个单位"), format!("是否要用“{nearest}”？")),
        Wrong::UnknownUnit { unit, nearest: None } => {
            (format!("不认识“{unit}”这个单位"), "用文件中的单位：元、万吨、%、户；也可以不写".to_owned())
        }
        Wrong::NoYear { text } => (format!("“{text}”不是年份"), "写四位数字：年份:2013，年份:2011..2015，年份:>=2012".to_owned()),
        Wrong::NoDate { text } => (format!("“{text}”不是日期"), "写年和月：期限:<2011-07，期限:2011年6月".to_owned()),
        Wrong::EmptyRange => ("范围的终点在起点之前".to_owned(), "先写小的：年份:2011..2015".to_owned()),
        Wrong::Empty => return format!("检索式是空的{HINT_ZH}写出要查找的内容：产业园区"),
    };
    // The query, and the place marked below it, are the same in any language.
    let english = error.to_string();
    let place = english.split_once(HINT_EN).and_then(|(said, _)| said.find('\n').map(|at| &said[at..])).unwrap_or("");
    format!("{said}（第 {} 个字）{place}{HINT_ZH}{hint}", error.at + 1)
}

/// What parts a problem from what to do about it.
pub const HINT_ZH: &str = "\n  建议：";
/// The same in English.
pub const HINT_EN: &str = "\n  hint: ";

impl From<ParseError> for Problem {
    fn from(error: ParseError) -> Self {
        Problem::unreadable(chinese(&error), error.to_string())
    }
}

impl From<crate::query::Error> for Problem {
    fn from(error: crate::query::Error) -> Self {
        match error {
            crate::query::Error::Query(error) => Problem::from(error),
            crate::query::Error::Index(error) => Problem::from(error),
        }
    }
}

impl From<remote::Error> for Problem {
    fn from(error: remote::Error) -> Self {
        match error {
            remote::Error::Query(error) => Problem::from(error),
            error => Problem::told(502, &error),
        }
    }
}

impl From<crate::index::Error> for Problem {
    fn from(error: crate::index::Error) -> Self {
        Problem::told(500, &error)
    }
}

impl From<crate::export::ExportError> for Problem {
    fn from(error: crate::export::ExportError) -> Self {
        Problem::told(500, &error)
    }
}

impl From<serde_json::Error> for Problem {
    fn from(error: serde_json::Error) -> Self {
        Problem::told(500, &error)
    }
}
