//! Which lines does a PDF file say, once its pages are taken apart?
//!
//! `pdftotext -layout` gives what stands on the paper: `　　一、总体` / `要求。` / `— 3 —`. The lines of a paragraph are joined, page numbers and running heads
//! left out, the rows of a table parted by tabs, and the glyph ⼯ (U+2F2F) is read as the character 工.

mod lines;
mod pages;
mod paragraphs;
mod radicals;
mod rows;

use std::ffi::OsStr;
use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};

use super::LIMIT;
use super::chrome::without_chrome;
use super::error::{Notice, SourceError};
use super::find::Found;

/// Takes the text out of a PDF file with poppler's `pdftotext`.
pub(super) fn read(found: &Found) -> Result<(String, Option<Notice>), SourceError> {
    let layout = run(OsStr::new("pdftotext"), &found.path, &found.name)?;
    let text = text_of(&layout);
    let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
    let pages = layout.matches('\u{0C}').count().max(1);
    if letters == 0 || (pages > 1 && letters < pages * 10) {
        return Err(SourceError::Scan { path: found.path.clone(), pages });
    }
    let is_garbled = |c: &char| matches!(c, '\u{FFFD}' | '\u{E000}'..='\u{F8FF}') || (c.is_control() && !"\n\t".contains(*c));
    let garbled = text.chars().filter(is_garbled).count();
    let notice = (garbled * 20 > letters).then_some(Notice::Garbled { count: garbled });
    Ok((text, notice))
}

/// Turns the output of `pdftotext -layout` into lines.
fn text_of(layout: &str) -> String {
    let folded: String = layout.chars().map(radicals::fold).collect();
    let pages = pages::read(&folded);
    let lines = without_chrome(paragraphs::join(&pages));
    lines.into_iter().fold(String::new(), |text, line| text + &line + "\n")
}

/// What the program prints for a file.
fn run(program: &OsStr, path: &Path, name: &str) -> Result<String, SourceError> {
    let missing = || SourceError::NoPdftotext { path: path.to_path_buf(), program: program.to_string_lossy().into_owned() };
    let fail = |message: String| SourceError::Pdf { path: path.to_path_buf(), message };
    // A name such as `-v.pdf` would be taken for an option.
    let file = if path.is_absolute() { path.to_path_buf() } else { Path::new(".").join(path) };
    let mut command = Command::new(program);
    command.args(["-layout", "-enc", "UTF-8"]).arg(file).arg("-");
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(|cause| match cause.kind() {
        std::io::ErrorKind::NotFound => missing(),
        _ => fail(cause.to_string()),
    })?;
    let stderr = child.stderr.take();
    let complaints = std::thread::spawn(move || {
        let mut bytes = Vec::new();
        let read = stderr.map(|stderr| stderr.take(1 << 16).read_to_end(&mut bytes));
        (read, String::from_utf8_lossy(&bytes).into_owned())
    });
    let mut bytes = Vec::new();
    let read = child.stdout.take().map(|stdout| stdout.take(LIMIT + 1).read_to_end(&mut bytes));
    if bytes.len() as u64 > LIMIT {
        child.kill().and_then(|()| child.wait()).map_err(|cause| fail(cause.to_string()))?;
        return Err(SourceError::TooLarge { name: name.to_owned(), bytes: bytes.len() as u64, limit: LIMIT });
    }
    let status = child.wait().map_err(|cause| fail(cause.to_string()))?;
    let (_, complaints) = complaints.join().unwrap_or_default();
    read.transpose().map_err(|cause| fail(cause.to_string()))?;
    if !status.success() {
        let message = complaints.lines().map(str::trim).filter(|line| !line.is_empty()).take(3).collect::<Vec<_>>().join("; ");
        return Err(fail(if message.is_empty() { format!("it ended with {status}") } else { message }));
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(test)]
mod tests;
