//! What are the characters, whatever the file?
//!
//! `意见.pdf`, `意见.docx` and a page saved from 中国政府网 all become one [`Source`]: a text, a paragraph a line, table cells
//! parted by tabs, and what is known of the file. Every offset of a record counts the characters of that text.

mod chrome;
mod docx;
mod encoding;
mod error;
mod find;
mod html;
mod ids;
mod jsonl;
mod meta;
mod pdf;
mod table;

use std::fs::{self, File};
use std::io::BufReader;

use sha2::{Digest, Sha256};

pub use error::{Notice, SourceError};
pub use find::{Findings, Found, find};
pub use ids::Ids;
pub use jsonl::{Lines, read_jsonl};
pub use meta::Meta;

/// A longer line, in bytes, is no paragraph: the line ends were lost on the way. Documents that came as one line are shorter.
const LONGEST_LINE: usize = 1 << 20;

/// The largest file, and the largest line of a `.jsonl` file, that is read, in bytes.
pub const LIMIT: u64 = 200_000_000;

/// What a file is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// Plain text.
    Text,
    /// Markdown, whose marks stay in the text.
    Markdown,
    /// A web page.
    Html,
    /// A Word file of 2007 and later.
    Docx,
    /// A PDF file.
    Pdf,
    /// A document a line, each a JSON object.
    Jsonl,
}

/// One document's decoded text, and what is known of the file it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The path below the corpus root without extension, `/` between folders; for `.jsonl` the line's `id`.
    pub id: String,
    /// The file, as given.
    pub path: String,
    /// What the file was written as.
    pub format: Format,
    /// The encoding that the file was read in: `UTF-8`, `GB18030`, `UTF-16LE`, …; for DOCX and PDF `UTF-8`.
    pub encoding: &'static str,
    /// The SHA-256 of the file's bytes, in hex; for `.jsonl` of the line's, white space around it left out.
    pub sha256: String,
    /// The text that offsets count in, in Unicode code points.
    ///
    /// For plain text and Markdown the file's characters, `\r\n` among them, without the byte order mark; else the text
    /// taken out of the file, lines ended by `\n`.
    pub text: String,
    /// What is known besides: from a sidecar, the fields of a `.jsonl` line, the tags of a page.
    pub meta: Meta,
    /// What is doubtful about the reading.
    pub notices: Vec<Notice>,
}

impl Source {
    /// A plain text that stands in no file, with nothing known of it besides.
    pub fn of_text(id: &str, text: &str) -> Source {
        Source {
            id: id.to_owned(),
            path: format!("{id}.txt"),
            format: Format::Text,
            encoding: "UTF-8",
            sha256: String::new(),
            text: text.to_owned(),
            meta: Meta::default(),
            notices: Vec::new(),
        }
    }
}

/// The documents of one found file: one, or for `.jsonl` one a line, read as they are asked for.
pub enum Reading {
    /// The one document of a file.
    One(Option<Box<Result<Source, SourceError>>>),
    /// The documents of a `.jsonl` file.
    Many(Box<Lines<BufReader<File>>>),
}

impl Iterator for Reading {
    type Item = Result<Source, SourceError>;

    fn next(&mut self) -> Option<Self::Item> {
        match self {
            Self::One(read) => read.take().map(|read| *read),
            Self::Many(lines) => lines.next(),
        }
    }
}

/// Reads a found file.
///
/// The ids of a file's documents differ from each other; where ids of several files may collide ([`Format::Jsonl`]), let
/// [`Ids`] settle it.
pub fn read(found: &Found) -> Reading {
    if found.format == Format::Jsonl {
        return match File::open(&found.path) {
            Ok(file) => Reading::Many(Box::new(read_jsonl(BufReader::with_capacity(1 << 16, file), &found.name))),
            Err(cause) => Reading::One(Some(Box::new(Err(unreadable(found, cause))))),
        };
    }
    Reading::One(Some(Box::new(read_one(found))))
}

/// Reads a found file that is one document: any but [`Format::Jsonl`].
///
/// # Errors
/// Why it is no text that can be read.
pub fn read_one(found: &Found) -> Result<Source, SourceError> {
    let size = fs::metadata(&found.path).map_err(|cause| unreadable(found, cause))?.len();
    if size > LIMIT {
        return Err(SourceError::TooLarge { name: found.name.clone(), bytes: size, limit: LIMIT });
    }
    let bytes = fs::read(&found.path).map_err(|cause| unreadable(found, cause))?;
    let mut source = read_bytes(&bytes, found)?;
    source.notices.extend(found.notice.clone());
    source.meta = meta::read_sidecar(&found.path, &mut source.notices).or(source.meta);
    Ok(source)
}

/// Takes the text out of a file's bytes, by what they are rather than what its extension says.
fn read_bytes(bytes: &[u8], found: &Found) -> Result<Source, SourceError> {
    if bytes.is_empty() {
        return Err(SourceError::Empty { name: found.name.clone() });
    }
    let format = true_format(bytes, found.format);
    let path = || found.path.clone();
    let mut notices = Vec::new();
    let mut meta = Meta::default();
    let (text, encoding) = match format {
        Format::Text | Format::Markdown | Format::Jsonl => {
            let decoded = encoding::decode(bytes).map_err(|what| SourceError::Binary { path: path(), what })?;
            notices.extend(decoded.notice);
            (decoded.text, decoded.encoding)
        }
        Format::Html => {
            let (decoded, notice) = encoding::decode_page(bytes).map_err(|what| SourceError::Binary { path: path(), what })?;
            notices.extend(decoded.notice);
            notices.extend(notice);
            let page = html::read_page(&decoded.text);
            meta = page.meta;
            (page.text, decoded.encoding)
        }
        Format::Docx => (docx::read(bytes, found)?, "UTF-8"),
        Format::Pdf => {
            let (text, notice) = pdf::read(found)?;
            notices.extend(notice);
            (text, "UTF-8")
        }
    };
    if text.trim().is_empty() {
        return Err(SourceError::Empty { name: found.name.clone() });
    }
    if let Some(bytes) = text.lines().map(str::len).max().filter(|longest| *longest > LONGEST_LINE) {
        notices.push(Notice::LongLine { bytes });
    }
    let (id, path, sha256) = (found.id.clone(), found.name.clone(), sha256(bytes));
    Ok(Source { id, path, format, encoding, sha256, text, meta, notices })
}

/// Pages are saved as `.doc`, and Word files sent under any name.
fn true_format(bytes: &[u8], said: Format) -> Format {
    match (said, encoding::known_binary(bytes)) {
        (_, Some("a PDF file")) => Format::Pdf,
        (Format::Html, Some("a ZIP package" | "an old Office file")) => Format::Docx,
        (Format::Docx, None) if is_page(bytes) => Format::Html,
        _ => said,
    }
}

fn is_page(bytes: &[u8]) -> bool {
    let head = bytes[..bytes.len().min(2048)].to_ascii_lowercase();
    head.windows(5).any(|window| window == b"<html")
}

fn unreadable(found: &Found, cause: std::io::Error) -> SourceError {
    SourceError::Unreadable { path: found.path.clone(), cause }
}

fn sha256(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use proptest::prelude::*;

    use super::*;

    /// Writes a file into a folder of its own and reads the folder.
    fn read_file(name: &str, bytes: &[u8], sidecar: Option<&str>) -> Vec<Result<Source, SourceError>> {
        let folder = std::env::temp_dir().join(format!("zhengce-read-{name}-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(name), bytes).unwrap();
        if let Some(sidecar) = sidecar {
            fs::write(folder.join(name).with_extension("meta.json"), sidecar).unwrap();
        }
        let read = find(std::slice::from_ref(&folder)).files.iter().flat_map(read).collect();
        fs::remove_dir_all(folder).unwrap();
        read
    }

    fn found(format: Format) -> Found {
        Found { path: PathBuf::from("x"), id: "x".into(), name: "x".into(), format, notice: None }
    }

    #[test]
    fn plain_text_keeps_every_character() {
        let text = "　　一、总体要求\r\n\r\n加快\t发展。\r\n";
        let read = read_file("plain.txt", &[b"\xEF\xBB\xBF", text.as_bytes()].concat(), Some(r#"{"region": "黑龙江省", "tag": 1}"#));
        let source = read[0].as_ref().unwrap();
        assert_eq!((source.text.as_str(), source.id.as_str(), source.encoding), (text, "plain", "UTF-8"));
        assert!(source.path.ends_with("/plain.txt"));
        assert_eq!(source.meta.region.as_deref(), Some("黑龙江省"));
        assert_eq!(source.notices, [Notice::UnknownKey { key: "tag".into() }]);
    }

    #[test]
    fn a_broken_sidecar_is_a_notice() {
        let read = read_file("broken.txt", "文".as_bytes(), Some("{"));
        assert!(matches!(&read[0].as_ref().unwrap().notices[..], [Notice::Sidecar { .. }]));
    }

    #[test]
    fn hashes_are_of_the_bytes() {
        let read = read_file("hash.md", b"abc", None);
        assert_eq!(read[0].as_ref().unwrap().sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        let read = read_file("hash.jsonl", b" {\"id\":\"a\",\"text\":\"b\"} \n", None);
        assert_eq!(read[0].as_ref().unwrap().sha256, sha256(b"{\"id\":\"a\",\"text\":\"b\"}"));
    }

    #[test]
    fn empty_and_binary_files_are_errors() {
        for (name, bytes) in [("empty.txt", b"".as_slice()), ("blank.txt", b" \r\n"), ("blank.html", b"<html><body></body></html>")] {
            assert!(matches!(&read_file(name, bytes, None)[..], [Err(SourceError::Empty { .. })]), "{name}");
        }
        let read = read_file("picture.txt", b"\x89PNG\r\n\x1A\n\0\0", None);
        assert!(read[0].as_ref().unwrap_err().to_string().ends_with("picture.txt is not a text: a PNG picture"));
    }

    #[test]
    fn a_page_saved_as_doc_is_a_page() {
        let read = read_file("page.doc", "<html><body><p>一、总体要求</p></body></html>".as_bytes(), None);
        let source = read[0].as_ref().unwrap();
        assert_eq!((source.format, source.text.as_str()), (Format::Html, "一、总体要求\n"));
    }

    proptest! {
        #[test]
        fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            for format in [Format::Text, Format::Markdown, Format::Html, Format::Docx] {
                if !bytes.starts_with(b"%PDF-") {
                    let _ = read_bytes(&bytes, &found(format));
                }
            }
            let _ = read_jsonl(bytes.as_slice(), "-").count();
        }
    }
}
