//! Which known word stands here? Look-up of the longest word at the start or the end of a text.
//!
//! With 收入 and 主营业务收入 known, `全省主营业务收入` ends with 主营业务收入.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Hashes a key by one multiplication for every eight bytes: the keys are short, and the program's own.
#[derive(Default)]
pub(super) struct KeyHasher(u64);

impl Hasher for KeyHasher {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for part in bytes.chunks(8) {
            let mut key = [0; 8];
            key[..part.len()].copy_from_slice(part);
            self.write_u64(u64::from_le_bytes(key));
        }
    }
    fn write_u32(&mut self, key: u32) {
        self.write_u64(u64::from(key));
    }
    fn write_u64(&mut self, key: u64) {
        self.0 = (self.0 ^ key).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        self.0 ^= self.0 >> 32;
    }
}

/// A map from a short key.
pub(super) type ByKey<K, V> = HashMap<K, V, BuildHasherDefault<KeyHasher>>;

/// The lengths in bytes of the words that start (or end) with a character, longest first.
type Lengths = ByKey<char, Vec<u8>>;

/// Words, each with what it means.
pub(super) struct Words<V> {
    meanings: ByKey<&'static str, V>,
    starts: Lengths,
    ends: Lengths,
}

fn note(lengths: &mut Lengths, c: Option<char>, len: usize) {
    let (Some(c), Ok(len)) = (c, u8::try_from(len)) else {
        return;
    };
    let known = lengths.entry(c).or_default();
    if let Err(at) = known.binary_search_by(|other| len.cmp(other)) {
        known.insert(at, len);
    }
}

impl<V> Default for Words<V> {
    fn default() -> Self {
        Words { meanings: ByKey::default(), starts: Lengths::default(), ends: Lengths::default() }
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
    /// The meaning of `word`, which is added if it is new. Words are at most 255 bytes long.
    pub(super) fn meaning_or(&mut self, word: &'static str, new: impl FnOnce() -> V) -> &mut V {
        note(&mut self.starts, word.chars().next(), word.len());
        note(&mut self.ends, word.chars().next_back(), word.len());
        self.meanings.entry(word).or_insert_with(new)
    }

    pub(super) fn get(&self, word: &str) -> Option<&V> {
        self.meanings.get(word)
    }

    pub(super) fn contains(&self, word: &str) -> bool {
        self.meanings.contains_key(word)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&'static str, &V)> {
        self.meanings.iter().map(|(&word, meaning)| (word, meaning))
    }

    /// The longest word at the start of `text`.
    pub(super) fn starting(&self, text: &str) -> Option<(&'static str, &V)> {
        self.each_starting(text).next()
    }

    /// All words at the start of `text`, the longest first.
    pub(super) fn each_starting(&self, text: &str) -> impl Iterator<Item = (&'static str, &V)> {
        let first = text.chars().next();
        let lengths = first.and_then(|c| self.starts.get(&c));
        lengths.into_iter().flatten().filter_map(|&len| self.known(text.get(..usize::from(len))?))
    }

    /// The longest word at the end of `text`.
    pub(super) fn ending(&self, text: &str) -> Option<(&'static str, &V)> {
        let lengths = self.ends.get(&text.chars().next_back()?)?;
        lengths.iter().find_map(|&len| {
            let start = text.len().checked_sub(usize::from(len))?;
            self.known(text.get(start..)?)
        })
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
        let (&word, meaning) = self.meanings.get_key_value(word)?;
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
