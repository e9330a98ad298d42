//! Which files are documents?
//!
//! Below `规划/` those are `十四五/纲要.docx` and `解读.html`; `.git/`, `~$纲要.docx` and `解读.meta.json` are none.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::Format;
use super::error::{Notice, SourceError};
use super::ids::Ids;

/// A file that is a document, or that holds some.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The file.
    pub path: PathBuf,
    /// The document's id: the path below the folder that was given, without extension, `/` between folders. The
    /// documents of a `.jsonl` file have ids of their own.
    pub id: String,
    /// The path as given, `/` between folders: what [`super::Source::path`] says.
    pub name: String,
    /// What its extension says it is.
    pub format: Format,
    /// That its id had to be made longer.
    pub notice: Option<Notice>,
}

/// What was found below some paths.
#[derive(Debug, Default)]
pub struct Findings {
    /// The documents, in order of their ids, each file once.
    pub files: Vec<Found>,
    /// Paths that don't exist or can't be listed, folders without texts, documents of a kind that isn't read.
    pub errors: Vec<SourceError>,
    /// Files in the folders that are no documents (pictures, style sheets …), in order.
    pub passed_over: Vec<PathBuf>,
}

/// Finds the documents among files and, recursively, in folders.
///
/// Hidden files, lock files of Word (`~$…`) and sidecars (`NAME.meta.json`) are left out. A file that is named itself is
/// taken whatever its extension. The order of the paths changes nothing but which of them a file's `name` begins with.
pub fn find(paths: &[PathBuf]) -> Findings {
    let mut search = Search::default();
    for path in paths {
        search.look_at(path);
    }
    search.finish()
}

#[derive(Default)]
struct Search {
    findings: Findings,
    seen: HashSet<PathBuf>,
    /// How many documents were met, those met before among them.
    met: usize,
}

impl Search {
    fn look_at(&mut self, path: &Path) {
        match fs::metadata(path) {
            Err(cause) => self.findings.errors.push(refusal(path, cause)),
            Ok(metadata) if metadata.is_dir() => self.look_through(path),
            Ok(_) => {
                let stem = path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
                match kind(path) {
                    Kind::Document(format) => self.add(path, stem, format),
                    Kind::Unsupported(what) => self.unsupported(path, what),
                    Kind::Other => self.add(path, stem, Format::Text),
                }
            }
        }
    }

    /// Walks a folder; its own stack, so that no depth of folders overflows the program's.
    fn look_through(&mut self, root: &Path) {
        let before = (self.met, self.findings.errors.len());
        let (mut folders, mut walked, mut files) = (vec![root.to_path_buf()], HashSet::new(), 0);
        while let Some(folder) = folders.pop() {
            // A link may lead back up.
            if let Ok(real) = folder.canonicalize()
                && !walked.insert(real)
            {
                continue;
            }
            let entries = match fs::read_dir(&folder) {
                Ok(entries) => entries,
                Err(cause) => {
                    self.findings.errors.push(refusal(&folder, cause));
                    continue;
                }
            };
            for entry in entries {
                match entry {
                    Ok(entry) if is_hidden(&entry.path()) => {}
                    Ok(entry) if entry.path().is_dir() => folders.push(entry.path()),
                    Ok(entry) => {
                        files += 1;
                        self.look_inside(root, &entry.path());
                    }
                    Err(cause) => self.findings.errors.push(refusal(&folder, cause)),
                }
            }
        }
        if before == (self.met, self.findings.errors.len()) {
            self.findings.errors.push(SourceError::NoTexts { path: root.to_path_buf(), files });
        }
    }

    fn look_inside(&mut self, root: &Path, path: &Path) {
        let below = path.strip_prefix(root).unwrap_or(path);
        match kind(path) {
            Kind::Document(format) => self.add(path, slashed(&below.with_extension("")), format),
            Kind::Unsupported(what) => self.unsupported(path, what),
            Kind::Other => self.findings.passed_over.push(path.to_path_buf()),
        }
    }

    fn add(&mut self, path: &Path, id: String, format: Format) {
        if self.is_new(path) {
            self.findings.files.push(Found { path: path.to_path_buf(), id, name: slashed(path), format, notice: None });
        }
    }

    fn unsupported(&mut self, path: &Path, what: &'static str) {
        if self.is_new(path) {
            self.findings.errors.push(SourceError::Unsupported { path: path.to_path_buf(), what });
        }
    }

    fn is_new(&mut self, path: &Path) -> bool {
        self.met += 1;
        self.seen.insert(path.canonicalize().unwrap_or_else(|_| path.to_path_buf()))
    }

    fn finish(self) -> Findings {
        let mut findings = self.findings;
        findings.files.sort_by(|a, b| (&a.id, &a.path).cmp(&(&b.id, &b.path)));
        findings.passed_over.sort();
        findings.passed_over.dedup();
        findings.errors.sort_by_key(ToString::to_string);
        let mut ids = Ids::default();
        for found in &mut findings.files {
            let extension = found.path.extension().map(|extension| extension.to_string_lossy());
            let id = ids.first_free(&found.id, extension.as_deref());
            if id != found.id {
                found.notice = Some(Notice::IdTaken { id: std::mem::replace(&mut found.id, id) });
            }
        }
        findings.files.sort_by(|a, b| a.id.cmp(&b.id));
        findings
    }
}

enum Kind {
    Document(Format),
    Unsupported(&'static str),
    Other,
}

fn kind(path: &Path) -> Kind {
    let extension = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    Kind::Document(match extension.as_str() {
        "txt" | "text" => Format::Text,
        "md" | "markdown" => Format::Markdown,
        "html" | "htm" | "shtml" | "xhtml" => Format::Html,
        // A .doc is often an HTML page or a .docx under another name; what it is, its bytes say.
        "docx" | "docm" | "doc" | "wps" => Format::Docx,
        "pdf" => Format::Pdf,
        "jsonl" | "ndjson" => Format::Jsonl,
        "rtf" => return Kind::Unsupported("an RTF text"),
        "odt" => return Kind::Unsupported("an OpenDocument text"),
        "ofd" => return Kind::Unsupported("an OFD document"),
        "xls" | "xlsx" | "et" | "ods" => return Kind::Unsupported("a spreadsheet"),
        "ppt" | "pptx" => return Kind::Unsupported("a presentation"),
        "zip" | "rar" | "7z" | "gz" | "tar" => return Kind::Unsupported("an archive"),
        _ => return Kind::Other,
    })
}

fn refusal(path: &Path, cause: std::io::Error) -> SourceError {
    let path = path.to_path_buf();
    if cause.kind() == std::io::ErrorKind::NotFound { SourceError::Missing { path } } else { SourceError::Unreadable { path, cause } }
}

fn is_hidden(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.starts_with('.') || name.starts_with("~$") || name.ends_with(".meta.json")
}

fn slashed(path: &Path) -> String {
    let path = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' { path.into_owned() } else { path.replace(std::path::MAIN_SEPARATOR, "/") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str, files: &[&str]) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("zhengce-find-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        for file in files {
            let path = folder.join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "文").unwrap();
        }
        folder
    }

    #[test]
    fn files_come_in_order_of_ids_and_once() {
        let files = ["b/c.txt", "a.md", ".git/x.txt", "a.meta.json", "~$a.docx", "logo.png", "旧.rtf"];
        let folder = folder("order", &files);
        let findings = find(&[folder.clone(), folder.join("a.md"), folder.clone()]);
        let ids: Vec<&str> = findings.files.iter().map(|found| found.id.as_str()).collect();
        assert_eq!(ids, ["a", "b/c"]);
        assert_eq!(findings.passed_over, [folder.join("logo.png")]);
        assert!(matches!(&findings.errors[..], [SourceError::Unsupported { what: "an RTF text", .. }]));
        assert!(findings.files[1].name.ends_with("/b/c.txt"));
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn of_two_files_of_one_name_the_later_keeps_its_extension() {
        let folder = folder("collide", &["a.html", "a.txt", "x/a.txt"]);
        let findings = find(&[folder.clone(), folder.join("x")]);
        let ids: Vec<&str> = findings.files.iter().map(|found| found.id.as_str()).collect();
        assert_eq!(ids, ["a", "a.txt", "x/a"]);
        assert_eq!(findings.files[1].notice, Some(Notice::IdTaken { id: "a".into() }));
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn missing_paths_and_folders_without_texts_are_errors() {
        let folder = folder("empty", &["logo.png"]);
        let findings = find(&[folder.clone(), folder.join("gone.txt")]);
        let messages: Vec<String> = findings.errors.iter().map(ToString::to_string).collect();
        assert!(messages[0].ends_with("holds no text: none of its 1 files is of a kind that is read"), "{messages:?}");
        assert!(messages[1].ends_with("gone.txt does not exist"), "{messages:?}");
        fs::remove_dir_all(folder).unwrap();
    }
}
