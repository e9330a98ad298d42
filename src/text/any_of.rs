//! Does one of many words stand in the text? Asked of every clause, in one pass over it, however many the words.
//!
//! Of 建设, 打造 and 培育 the second stands in `着力打造产业集群`.

use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

/// Words to look for together.
#[derive(Debug)]
pub struct AnyOf {
    words: Vec<String>,
    /// Finds one of them.
    any: AhoCorasick,
    /// Finds all of them: made for those words of which that is asked.
    all: OnceLock<AhoCorasick>,
}

impl AnyOf {
    /// The words, none of them empty.
    ///
    /// # Panics
    /// Where the words are more than memory holds.
    pub fn new<'w>(words: impl IntoIterator<Item = &'w str>) -> Self {
        let words: Vec<String> = words.into_iter().map(str::to_owned).collect();
        // 产业园 stands wherever 产业园区 does.
        let holds = |word: &String| words.iter().any(|other| other.len() < word.len() && word.contains(other.as_str()));
        let needed: Vec<&String> = words.iter().filter(|word| !holds(word)).collect();
        // A few are looked for at a time (Teddy), which is fastest; of many too much looks like one of them.
        let kind = if needed.len() <= FEW { MatchKind::LeftmostFirst } else { MatchKind::Standard };
        AnyOf { any: automaton(&needed, kind), all: OnceLock::new(), words }
    }

    /// Whether one of them stands in `text`.
    pub fn is_in(&self, text: &str) -> bool {
        self.any.is_match(text)
    }

    /// Where the first of them that ends in `text` ends.
    pub fn first_end(&self, text: &str) -> Option<usize> {
        self.each_in(text).next().map(|(_, end)| end)
    }

    /// Where each of them that stands in `text` starts and ends, by their ends; they may overlap.
    pub fn each_in(&self, text: &str) -> impl Iterator<Item = (usize, usize)> {
        let all = self.all.get_or_init(|| automaton(&self.words, MatchKind::Standard));
        all.find_overlapping_iter(text).map(|found| (found.start(), found.end()))
    }
}

/// How many words are few.
const FEW: usize = 32;

fn automaton(words: &[impl AsRef<[u8]>], kind: MatchKind) -> AhoCorasick {
    // One for overlapping words would be filtered by rare bytes, of which Chinese has none.
    let filtered = kind != MatchKind::Standard;
    let built = AhoCorasick::builder().kind(Some(AhoCorasickKind::DFA)).match_kind(kind).prefilter(filtered).build(words);
    built.expect("a list of words in the program is short")
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
