//! Which id does a document get when another has it already?
//!
//! Of `意见.html` and `意见.txt` the first is `意见`, the second `意见.txt`; a third of that name is `意见~2`.

use std::collections::HashSet;

use super::Source;
use super::error::Notice;

/// The ids given so far. Claim in a fixed order, and the ids are the same on every run.
#[derive(Debug, Default)]
pub struct Ids {
    taken: HashSet<String>,
}

impl Ids {
    /// Keeps the source's id if it is free, else gives it one that is, with a notice.
    pub fn claim(&mut self, source: &mut Source) {
        let id = std::mem::take(&mut source.id);
        source.id = self.first_free(&id, None);
        if source.id != id {
            source.notices.push(Notice::IdTaken { id });
        }
    }

    /// Takes an id that is known to be free.
    pub fn take(&mut self, id: &str) {
        self.taken.insert(id.to_owned());
    }

    /// The id, or the id with the file's extension, or that with a number; whichever is free first.
    pub(super) fn first_free(&mut self, id: &str, extension: Option<&str>) -> String {
        let with_extension = extension.map(|extension| format!("{id}.{extension}"));
        let numbered = (2_u32..).map(|number| format!("{id}~{number}"));
        let candidates = std::iter::once(id.to_owned()).chain(with_extension).chain(numbered);
        for candidate in candidates {
            if self.taken.insert(candidate.clone()) {
                return candidate;
            }
        }
        unreachable!("numbers end after ids do")
    }
}
