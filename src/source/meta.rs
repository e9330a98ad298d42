//! What is known of a document besides its text?
//!
//! `意见.meta.json` beside `意见.txt` says `{"number": "国发〔2018〕42号"}` where the text doesn't.

use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use super::error::Notice;

/// Fields of a document that its text may leave out; the text's own word stands above them.
///
/// They come from a sidecar, from the fields of a `.jsonl` line, or from the tags of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meta {
    /// 标题
    pub title: Option<String>,
    /// 文号
    pub number: Option<String>,
    /// 发文机关
    pub issuer: Option<String>,
    /// The date of issue, as given; from the tags of a page the date of publication, as an ISO date.
    pub issued: Option<String>,
    /// The address it was fetched from.
    pub url: Option<String>,
    /// The province or city it holds for.
    pub region: Option<String>,
}

impl Meta {
    /// With each of its values as `read` reads it.
    #[must_use]
    pub fn map(&self, read: impl Fn(&str) -> String) -> Self {
        let read = |value: &Option<String>| value.as_deref().map(&read);
        Self {
            title: read(&self.title),
            number: read(&self.number),
            issuer: read(&self.issuer),
            issued: read(&self.issued),
            url: self.url.clone(),
            region: read(&self.region),
        }
    }

    /// Takes the known keys out of a JSON object; what is left over or no string becomes a notice.
    pub(super) fn take(object: Map<String, Value>, notices: &mut Vec<Notice>) -> Self {
        let mut meta = Self::default();
        for (key, value) in object {
            let Some(field) = meta.field(&key) else {
                notices.push(Notice::UnknownKey { key });
                continue;
            };
            match value {
                Value::String(text) if text.trim().is_empty() => {}
                Value::String(text) => *field = Some(text.trim().to_owned()),
                Value::Null => {}
                _ => notices.push(Notice::NotAString { key }),
            }
        }
        meta
    }

    fn field(&mut self, key: &str) -> Option<&mut Option<String>> {
        Some(match key {
            "title" => &mut self.title,
            "number" => &mut self.number,
            "issuer" => &mut self.issuer,
            "issued" => &mut self.issued,
            "url" => &mut self.url,
            "region" => &mut self.region,
            _ => return None,
        })
    }

    /// This one's fields, and the other's where this one has none.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            title: self.title.or(other.title),
            number: self.number.or(other.number),
            issuer: self.issuer.or(other.issuer),
            issued: self.issued.or(other.issued),
            url: self.url.or(other.url),
            region: self.region.or(other.region),
        }
    }
}

/// The sidecar of a file, if it has one: `NAME.txt.meta.json` before `NAME.meta.json`.
pub(super) fn read_sidecar(path: &Path, notices: &mut Vec<Notice>) -> Meta {
    let Some(sidecar) = sidecars(path).into_iter().find(|sidecar| sidecar.is_file()) else {
        return Meta::default();
    };
    let object = std::fs::read(&sidecar)
        .map_err(|cause| cause.to_string())
        .and_then(|bytes| super::encoding::decode(&bytes).map_err(str::to_owned))
        .and_then(|decoded| serde_json::from_str(&decoded.text).map_err(|cause| cause.to_string()));
    match object {
        Ok(object) => Meta::take(object, notices),
        Err(cause) => {
            notices.push(Notice::Sidecar { path: sidecar.display().to_string(), cause });
            Meta::default()
        }
    }
}

fn sidecars(path: &Path) -> [PathBuf; 2] {
    let mut whole = path.as_os_str().to_owned();
    whole.push(".meta.json");
    [PathBuf::from(whole), path.with_extension("meta.json")]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_keys_are_taken_and_others_noticed() {
        let object = serde_json::from_str(r#"{"title":" 意见 ","number":"","issuer":null,"issued":2018,"tags":"x"}"#).unwrap();
        let mut notices = Vec::new();
        let meta = Meta::take(object, &mut notices);
        assert_eq!(meta, Meta { title: Some("意见".into()), ..Meta::default() });
        assert_eq!(notices, [Notice::NotAString { key: "issued".into() }, Notice::UnknownKey { key: "tags".into() }]);
    }
}
