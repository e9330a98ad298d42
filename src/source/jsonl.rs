//! Which documents stand in a `.jsonl` file, one a line?
//!
//! `{"id": "国发2018-42", "text": "国务院关于…", "issued": "2018-12-21"}`

use std::io::{self, BufRead, Read};
use std::path::PathBuf;

use serde_json::{Map, Value};

use super::error::SourceError;
use super::ids::Ids;
use super::meta::Meta;
use super::{Format, LIMIT, Source, sha256};

/// The documents of a `.jsonl` stream, read line by line as they are asked for.
///
/// Bad lines are an error that names them, one for all that follow each other with the same cause, and the lines after
/// them are read; an empty line is passed over. A second document of the same id gets a longer one, with a notice.
pub struct Lines<R> {
    reader: R,
    name: String,
    line: usize,
    ids: Ids,
    done: bool,
    /// What was read while looking how far an error reaches.
    ahead: Option<Result<Source, SourceError>>,
}

/// Reads documents from a stream, one a line; `name` stands for it in errors and in [`Source::path`].
pub fn read_jsonl<R: BufRead>(reader: R, name: &str) -> Lines<R> {
    Lines { reader, name: name.to_owned(), line: 0, ids: Ids::default(), done: false, ahead: None }
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = Result<Source, SourceError>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut read = match self.ahead.take() {
            Some(read) => read,
            None => self.read_next()?,
        };
        while let Err(SourceError::Line { last, cause, .. }) = &mut read {
            match self.read_next() {
                Some(Err(SourceError::Line { line, cause: same, .. })) if *cause == same => *last = line,
                next => {
                    self.ahead = next;
                    break;
                }
            }
        }
        Some(read)
    }
}

impl<R: BufRead> Lines<R> {
    fn read_next(&mut self) -> Option<Result<Source, SourceError>> {
        while !self.done {
            self.line += 1;
            match next_line(&mut self.reader) {
                Err(cause) => {
                    self.done = true;
                    return Some(Err(SourceError::Unreadable { path: PathBuf::from(&self.name), cause }));
                }
                Ok(None) => self.done = true,
                Ok(Some((_, bytes))) if bytes > LIMIT => {
                    let name = format!("{} line {}", self.name, self.line);
                    return Some(Err(SourceError::TooLarge { name, bytes, limit: LIMIT }));
                }
                Ok(Some((line, _))) => {
                    let line = if self.line == 1 { line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&line) } else { &line };
                    if line.trim_ascii().is_empty() {
                        continue;
                    }
                    let read = read_line(line.trim_ascii(), &self.name).map_err(|fault| fault.at(&self.name, self.line));
                    return Some(read.map(|mut source| {
                        self.ids.claim(&mut source);
                        source
                    }));
                }
            }
        }
        None
    }
}

/// The next line and its size in bytes; of one beyond the limit the start only.
fn next_line(reader: &mut impl BufRead) -> io::Result<Option<(Vec<u8>, u64)>> {
    let mut line = Vec::new();
    let mut bytes = reader.by_ref().take(LIMIT + 1).read_until(b'\n', &mut line)? as u64;
    if bytes > LIMIT {
        bytes += reader.skip_until(b'\n')? as u64;
    }
    Ok((bytes > 0).then_some((line, bytes)))
}

enum Fault {
    Cause(String),
    NoText(String),
}

impl Fault {
    fn at(self, name: &str, line: usize) -> SourceError {
        match self {
            Self::Cause(cause) => SourceError::Line { name: name.to_owned(), line, last: line, cause },
            Self::NoText(id) => SourceError::Empty { name: format!("{name} line {line} ({id})") },
        }
    }
}

fn read_line(line: &[u8], name: &str) -> Result<Source, Fault> {
    let mut notices = Vec::new();
    let decoded;
    let text = if let Ok(text) = std::str::from_utf8(line) {
        text
    } else {
        decoded = super::encoding::decode(line).map_err(|what| Fault::Cause(what.to_owned()))?;
        notices.extend(decoded.notice);
        &decoded.text
    };
    let mut object: Map<String, Value> = serde_json::from_str(text).map_err(|cause| Fault::Cause(without_line(&cause.to_string())))?;
    let id = string(&mut object, "id")?;
    let text = string(&mut object, "text")?;
    if id.trim().is_empty() {
        return Err(Fault::Cause("its id is empty".into()));
    }
    if text.trim().is_empty() {
        return Err(Fault::NoText(id));
    }
    let meta = Meta::take(object, &mut notices);
    Ok(Source {
        id: id.trim().to_owned(),
        path: name.to_owned(),
        format: Format::Jsonl,
        encoding: "UTF-8",
        sha256: sha256(line),
        text,
        meta,
        notices,
    })
}

/// serde_json counts lines inside the line; ours is the one that helps.
fn without_line(cause: &str) -> String {
    cause.replacen(" at line 1 column ", " at byte ", 1)
}

fn string(object: &mut Map<String, Value>, key: &str) -> Result<String, Fault> {
    match object.remove(key) {
        Some(Value::String(text)) => Ok(text),
        Some(Value::Number(number)) if key == "id" => Ok(number.to_string()),
        Some(_) => Err(Fault::Cause(format!("its {key} is no string"))),
        None => Err(Fault::Cause(format!("it has no {key}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::super::error::Notice;
    use super::*;

    fn read(text: &str) -> Vec<Result<Source, SourceError>> {
        read_jsonl(text.as_bytes(), "in.jsonl").collect()
    }

    #[test]
    fn a_document_a_line() {
        let all = read(
            "\u{FEFF}{\"id\":\"a\",\"text\":\"一、总体要求\\n加快。\",\"number\":\"国发〔2018〕42号\",\"x\":1}\n\n{\"id\":7,\"text\":\"b\"}",
        );
        let first = all[0].as_ref().unwrap();
        assert_eq!((first.id.as_str(), first.text.as_str()), ("a", "一、总体要求\n加快。"));
        assert_eq!(first.meta.number.as_deref(), Some("国发〔2018〕42号"));
        assert_eq!(first.notices, [Notice::UnknownKey { key: "x".into() }]);
        assert_eq!(all[1].as_ref().unwrap().id, "7");
        assert_eq!(all.len(), 2);
    }

    #[test]
    fn a_bad_line_is_named_and_the_rest_goes_on() {
        let all = read("{\"id\":\"a\"\n{\"id\":\"b\"}\n[1]\n{\"id\":\"c\",\"text\":\" \"}\n{\"id\":\"d\",\"text\":\"好\"}\n");
        let errors: Vec<String> = all.iter().filter_map(|read| read.as_ref().err().map(ToString::to_string)).collect();
        assert_eq!(errors[0], "in.jsonl line 1 is no document: EOF while parsing an object at byte 9");
        assert_eq!(errors[1], "in.jsonl line 2 is no document: it has no text");
        assert!(errors[2].starts_with("in.jsonl line 3 is no document: invalid type"));
        assert_eq!(errors[3], "in.jsonl line 4 (c) is empty");
        assert_eq!(all[4].as_ref().unwrap().id, "d");
    }

    #[test]
    fn bad_lines_that_follow_each_other_are_one_error() {
        let all = read("{\"x\":1}\n\n{\"x\":2}\n{\"id\":\"a\",\"text\":\"1\"}\n{}\n");
        let read: Vec<String> = all.iter().map(|read| read.as_ref().map_or_else(ToString::to_string, |source| source.id.clone())).collect();
        assert_eq!(read, ["in.jsonl lines 1 to 3 are no documents: it has no id", "a", "in.jsonl line 5 is no document: it has no id"]);
    }

    #[test]
    fn the_second_of_an_id_gets_another() {
        let all = read("{\"id\":\"a\",\"text\":\"1\"}\n{\"id\":\"a\",\"text\":\"2\"}\n{\"id\":\"a\",\"text\":\"3\"}");
        let ids: Vec<&str> = all.iter().map(|read| read.as_ref().unwrap().id.as_str()).collect();
        assert_eq!(ids, ["a", "a~2", "a~3"]);
        assert_eq!(all[1].as_ref().unwrap().notices, [Notice::IdTaken { id: "a".into() }]);
    }
}
