//! Does one of many words stand in the text? Asked of every clause, in one pass over it, however many the words.
//!
//! Of 建设, 打造 and 培育 the second stands in `着力打造产业集群`.

use aho_corasick::{AhoCorasick, AhoCorasickKind};

/// Words to look for together.
#[derive(Debug)]
pub struct AnyOf(AhoCorasick);

impl AnyOf {
    /// The words, none of them empty.
    ///
    /// # Panics
    /// Where the words are more than memory holds.
    pub fn new<'w>(words: impl IntoIterator<Item = &'w str>) -> Self {
        // A prefilter goes by rare bytes, of which Chinese has none.
        let built = AhoCorasick::builder().kind(Some(AhoCorasickKind::DFA)).prefilter(false).build(words);
        AnyOf(built.expect("a list of words in the program is short"))
    }

    /// Whether one of them stands in `text`.
    pub fn is_in(&self, text: &str) -> bool {
        self.0.is_match(text)
    }

    /// Where the first of them that ends in `text` ends.
    pub fn first_end(&self, text: &str) -> Option<usize> {
        self.each_in(text).next().map(|(_, end)| end)
    }

    /// Where each of them that stands in `text` starts and ends, by their ends; they may overlap.
    pub fn each_in(&self, text: &str) -> impl Iterator<Item = (usize, usize)> {
        self.0.find_overlapping_iter(text).map(|found| (found.start(), found.end()))
    }
}

#[cfg(test)]
mod tests {
    use super::AnyOf;

    #[test]
    fn words_are_found_together() {
        let words = AnyOf::new(["铁路", "公路", "高速公路", "路段"]);
        assert!(words.is_in("沿江铁路"));
        assert!(!words.is_in("沿江高速"));
        let text = "高速公路段";
        assert_eq!(words.each_in(text).map(|(start, end)| &text[start..end]).collect::<Vec<_>>(), ["高速公路", "公路", "路段"]);
    }
}
