//! Which known word stands here? Look-up of the longest word at the start or the end of a text.
//!
//! With 收入 and 主营业务收入 known, `全省主营业务收入` ends with 主营业务收入.

use std::collections::HashMap;

/// Words, each with what it means.
pub(super) struct Words<V> {
    by_word: HashMap<&'static str, V>,
    /// Length of the longest word, in characters.
    longest: usize,
}

impl<V> Default for Words<V> {
    fn default() -> Self {
        Words { by_word: HashMap::new(), longest: 0 }
    }
}

impl<V> FromIterator<(&'static str, V)> for Words<V> {
    /// Of a word that stands twice the first meaning holds.
    fn from_iter<I: IntoIterator<Item = (&'static str, V)>>(pairs: I) -> Self {
        let mut words = Words::default();
        for (word, meaning) in pairs {
            words.meaning_or(word, || meaning);
        }
        words
    }
}

impl<V> Words<V> {
    /// The meaning of `word`, which is added if it is new.
    pub(super) fn meaning_or(&mut self, word: &'static str, new: impl FnOnce() -> V) -> &mut V {
        self.longest = self.longest.max(word.chars().count());
        self.by_word.entry(word).or_insert_with(new)
    }

    pub(super) fn get(&self, word: &str) -> Option<&V> {
        self.by_word.get(word)
    }

    pub(super) fn contains(&self, word: &str) -> bool {
        self.by_word.contains_key(word)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&'static str, &V)> {
        self.by_word.iter().map(|(&word, meaning)| (word, meaning))
    }

    /// The longest word at the start of `text`.
    pub(super) fn starting(&self, text: &str) -> Option<(&'static str, &V)> {
        let limit = text.char_indices().nth(self.longest).map_or(text.len(), |(at, _)| at);
        let ends = text[..limit].char_indices().rev();
        ends.map(|(at, c)| at + c.len_utf8()).find_map(|end| self.known(&text[..end]))
    }

    /// The longest word at the end of `text`.
    pub(super) fn ending(&self, text: &str) -> Option<(&'static str, &V)> {
        let limit = match self.longest {
            0 => return None,
            longest => text.char_indices().rev().nth(longest - 1).map_or(0, |(at, _)| at),
        };
        text[limit..].char_indices().find_map(|(at, _)| self.known(&text[limit + at..]))
    }

    /// The words in `text`, from left to right, the longest at each point, with their first byte.
    pub(super) fn find_in(&self, text: &str) -> Vec<(usize, &'static str)> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < text.len() {
            let rest = &text[at..];
            if let Some((word, _)) = self.starting(rest) {
                found.push((at, word));
                at += word.len();
            } else {
                at += rest.chars().next().map_or(1, char::len_utf8);
            }
        }
        found
    }

    fn known(&self, word: &str) -> Option<(&'static str, &V)> {
        let (&word, meaning) = self.by_word.get_key_value(word)?;
        Some((word, meaning))
    }
}

#[cfg(test)]
mod tests {
    use super::Words;

    #[test]
    fn the_longest_word_holds() {
        let words: Words<u8> = [("收入", 1), ("主营业务收入", 2), ("不超过", 3), ("不", 4)].into_iter().collect();
        assert_eq!(words.ending("全省主营业务收入"), Some(("主营业务收入", &2)));
        assert_eq!(words.ending("收入"), Some(("收入", &1)));
        assert_eq!(words.starting("不超过5%"), Some(("不超过", &3)));
        assert_eq!(words.starting("不止"), Some(("不", &4)));
        assert_eq!(words.starting(""), None);
        assert_eq!(words.ending("以上"), None);
        assert_eq!(words.find_in("收入不超过"), [(0, "收入"), (6, "不超过")]);
        let none: Words<u8> = Words::default();
        assert_eq!((none.starting("不"), none.ending("不")), (None, None));
    }
}
