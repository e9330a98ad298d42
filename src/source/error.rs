//! What can go wrong between a path and its characters, and what to do about it?
//!
//! `年度报告.doc` is a Word file of 1997: the error says so, and its hint says to save it as `.docx`.

use std::io;
use std::path::PathBuf;

/// Why a file, or one line of a `.jsonl` file, gave no text.
///
/// The `Display` form is what happened, on one line; [`SourceError::hint`] is what to do next.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SourceError {
    /// The path doesn't exist.
    #[error("{} does not exist", path.display())]
    Missing {
        /// The path as given.
        path: PathBuf,
    },
    /// The system refused to open, list or read it.
    #[error("{} could not be read: {cause}", path.display())]
    Unreadable {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
    /// A folder holds no file of a kind that is read.
    #[error("{} holds no text: none of its {files} files is of a kind that is read", path.display())]
    NoTexts {
        /// The folder as given.
        path: PathBuf,
        /// How many files it holds, hidden ones left out.
        files: usize,
    },
    /// The file has no characters.
    #[error("{name} is empty")]
    Empty {
        /// The file, or for a line of `.jsonl` its document.
        name: String,
    },
    /// The file is larger than offsets are meant to count.
    #[error("{name} has {bytes} bytes, at most {limit} are read")]
    TooLarge {
        /// The file, or the part inside it.
        name: String,
        /// Its size, in bytes (for a packed part: at least).
        bytes: u64,
        /// The largest size that is read, in bytes.
        limit: u64,
    },
    /// The bytes are no text in any encoding that is known.
    #[error("{} is not a text: {what}", path.display())]
    Binary {
        /// The file.
        path: PathBuf,
        /// What it seems to be.
        what: &'static str,
    },
    /// A document of a kind that is not read.
    #[error("{} is {what}, which is not read", path.display())]
    Unsupported {
        /// The file.
        path: PathBuf,
        /// The kind, with its article: `an OpenDocument text`.
        what: &'static str,
    },
    /// A Word file of the time before 2007, or an encrypted one: both are OLE containers.
    #[error("{} is a Word file in the old binary format, or an encrypted one", path.display())]
    OldWord {
        /// The file.
        path: PathBuf,
    },
    /// A `.docx` whose package or XML is broken.
    #[error("{} is no readable Word file: {cause}", path.display())]
    Docx {
        /// The file.
        path: PathBuf,
        /// What was wrong, and where.
        cause: String,
    },
    /// `pdftotext` isn't installed.
    #[error("{} needs the program `{program}`, which was not found", path.display())]
    NoPdftotext {
        /// The PDF file.
        path: PathBuf,
        /// The program that was looked for.
        program: String,
    },
    /// `pdftotext` refused the file.
    #[error("{} could not be taken apart by pdftotext: {message}", path.display())]
    Pdf {
        /// The PDF file.
        path: PathBuf,
        /// What it said on its standard error, on one line.
        message: String,
    },
    /// The PDF file has pages but (nearly) no characters: pictures of pages.
    #[error("{} has {pages} pages without text: a scan, it seems", path.display())]
    Scan {
        /// The PDF file.
        path: PathBuf,
        /// Its pages.
        pages: usize,
    },
    /// Lines of a `.jsonl` file are no documents.
    #[error("{name} {}: {cause}", lines(*line, *last))]
    Line {
        /// The file, or `-`.
        name: String,
        /// The first such line, counted from 1.
        line: usize,
        /// The last of those that follow it with the same cause.
        last: usize,
        /// What was wrong with it.
        cause: String,
    },
}

fn lines(first: usize, last: usize) -> String {
    if first == last { format!("line {first} is no document") } else { format!("lines {first} to {last} are no documents") }
}

impl SourceError {
    /// What the reader of the error can do next, as one sentence without its full stop.
    pub fn hint(&self) -> String {
        match self {
            Self::Missing { .. } => "check the spelling; `zhengce index` without a path reads the folder seeds".into(),
            Self::Unreadable { cause, .. } if cause.kind() == io::ErrorKind::PermissionDenied => {
                "give yourself the right to read it (`chmod u+r`), or leave it out".into()
            }
            Self::Unreadable { .. } => "check that it is a file on a disk that works".into(),
            Self::NoTexts { .. } => "kinds that are read: .txt .md .html .htm .docx .pdf .jsonl".into(),
            Self::Empty { .. } => "fetch the document again, or remove the file".into(),
            Self::TooLarge { .. } => "split it into documents, for example one a line in a .jsonl file".into(),
            Self::Binary { .. } => "give it its right extension, or convert it to text, HTML, DOCX or PDF".into(),
            Self::Unsupported { .. } => "convert it first, for example: soffice --headless --convert-to docx FILE".into(),
            Self::OldWord { path } => {
                format!("save it without a password as .docx, for example: soffice --headless --convert-to docx {}", path.display())
            }
            Self::Docx { .. } => "open it in Word, WPS or LibreOffice and save it again as .docx".into(),
            Self::NoPdftotext { .. } => {
                "install poppler: `apt install poppler-utils`, `brew install poppler`, `dnf install poppler-utils`".into()
            }
            Self::Pdf { message, .. } if message.to_lowercase().contains("password") => {
                "save a copy without the password, for example: qpdf --decrypt --password=… IN OUT".into()
            }
            Self::Pdf { .. } => "open it in a PDF reader and print it to a new PDF file".into(),
            Self::Scan { .. } => "run text recognition over it first, for example: ocrmypdf -l chi_sim IN OUT".into(),
            Self::Line { .. } => r#"a line is one JSON object such as {"id": "a", "text": "…"}"#.into(),
        }
    }
}

/// A doubt about a document that was read all the same.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Notice {
    /// Bytes that are no character in the document's encoding stand as U+FFFD in the text.
    Undecodable {
        /// How many U+FFFD were put in.
        count: usize,
        /// Where the first of those bytes stands in the file, in bytes from 0.
        first_byte: usize,
    },
    /// The page declares one encoding and is written in another.
    CharsetDisagrees {
        /// The encoding it declares.
        declared: String,
        /// The encoding it was read in.
        read_as: String,
    },
    /// Another document has the id already, so this one got a longer one.
    IdTaken {
        /// The id that was taken.
        id: String,
    },
    /// A sidecar or a line of `.jsonl` has a key that means nothing here.
    UnknownKey {
        /// The key.
        key: String,
    },
    /// A key of a sidecar or a line of `.jsonl` has a value that is no string.
    NotAString {
        /// The key.
        key: String,
    },
    /// The sidecar could not be used.
    Sidecar {
        /// The file.
        path: String,
        /// What was wrong with it.
        cause: String,
    },
    /// The PDF file's fonts don't say which characters they draw.
    Garbled {
        /// How many characters of the text are none that a document is written in.
        count: usize,
    },
    /// A line is longer than any paragraph.
    LongLine {
        /// The longest line's length in bytes.
        bytes: usize,
    },
}

impl Notice {
    /// The notice's kind in a word, for counting.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Undecodable { .. } => "undecodable",
            Self::CharsetDisagrees { .. } => "charset",
            Self::IdTaken { .. } => "id-taken",
            Self::UnknownKey { .. } => "unknown-key",
            Self::NotAString { .. } => "not-a-string",
            Self::Sidecar { .. } => "sidecar",
            Self::Garbled { .. } => "garbled",
            Self::LongLine { .. } => "long-line",
        }
    }
}

impl std::fmt::Display for Notice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Undecodable { count, first_byte } => {
                write!(f, "{count} undecodable places, the first at byte {first_byte}, stand as \u{FFFD}")
            }
            Self::CharsetDisagrees { declared, read_as } => {
                write!(f, "declares {declared}, but is written in {read_as}")
            }
            Self::IdTaken { id } => write!(f, "another document has the id {id} already"),
            Self::UnknownKey { key } => write!(f, "the key {key} is not known"),
            Self::NotAString { key } => write!(f, "the value of {key} is no string"),
            Self::Sidecar { path, cause } => write!(f, "{path} was not used: {cause}"),
            Self::LongLine { bytes } => {
                write!(f, "a line of {bytes} bytes: its line ends may be lost, and with them headings and tables")
            }
            Self::Garbled { count } => write!(f, "{count} characters are garbled: the PDF's fonts don't name them"),
        }
    }
}
