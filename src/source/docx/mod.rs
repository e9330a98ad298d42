//! Which lines does a Word file print?
//!
//! A `.docx` is a ZIP package of XML: `word/document.xml` has `总体要求` with a reference to level 1 of a list, `word/numbering.xml` says that
//! level 1 reads `%1、` in Chinese numerals, and the line is `一、总体要求`.

mod body;
mod numbering;
mod xml;

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::error::SourceError;
use super::find::Found;
use super::{LIMIT, encoding};
use numbering::Numbering;

/// Takes the text out of a `.docx` file's bytes.
pub(super) fn read(bytes: &[u8], found: &Found) -> Result<String, SourceError> {
    if encoding::known_binary(bytes) == Some("an old Office file") {
        return Err(SourceError::OldWord { path: found.path.clone() });
    }
    let fail = |cause: String| SourceError::Docx { path: found.path.clone(), cause };
    let mut package = ZipArchive::new(Cursor::new(bytes)).map_err(|cause| fail(cause.to_string()))?;
    let main = main_part(&mut package, found)?;
    let Some(document) = part(&mut package, &main, found)? else {
        return Err(fail(format!("it has no part {main}")));
    };
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut sister = |name: &str| part(&mut package, &format!("{folder}/{name}"), found);
    let (list, styles) = (sister("numbering.xml")?.unwrap_or_default(), sister("styles.xml")?.unwrap_or_default());
    let numbering = Numbering::read(&list, &styles).map_err(&fail)?;
    let lines = body::lines(&document, numbering).map_err(&fail)?;
    Ok(lines.into_iter().fold(String::new(), |text, line| text + &line + "\n"))
}

/// Where the package says that its text stands.
fn main_part(package: &mut Package, found: &Found) -> Result<String, SourceError> {
    let types = part(package, "[Content_Types].xml", found)?.unwrap_or_default();
    let named = xml::elements(&types, "Override").find_map(|element| {
        let is_main = element
            .attribute("ContentType")
            .is_some_and(|kind| kind.ends_with("document.main+xml") || kind.contains("document.macroEnabled.main"));
        is_main.then(|| element.attribute("PartName"))?
    });
    Ok(named.map_or_else(|| "word/document.xml".to_owned(), |name| name.trim_start_matches('/').to_owned()))
}

type Package<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// A part's XML as text, or nothing where the package lacks it. What unpacks to more than the limit is refused.
fn part(package: &mut Package, name: &str, found: &Found) -> Result<Option<String>, SourceError> {
    let fail = |cause: String| SourceError::Docx { path: found.path.clone(), cause };
    let mut file = match package.by_name(name) {
        Ok(file) => file,
        Err(ZipError::FileNotFound) => return Ok(None),
        Err(cause) => return Err(fail(format!("{name}: {cause}"))),
    };
    let mut bytes = Vec::new();
    file.by_ref().take(LIMIT + 1).read_to_end(&mut bytes).map_err(|cause| fail(format!("{name}: {cause}")))?;
    if bytes.len() as u64 > LIMIT {
        return Err(SourceError::TooLarge { name: format!("{} ({name})", found.name), bytes: bytes.len() as u64, limit: LIMIT });
    }
    let (text, _, _) = encoding_rs::UTF_8.decode(&bytes);
    Ok(Some(text.into_owned()))
}

#[cfg(test)]
mod tests;
