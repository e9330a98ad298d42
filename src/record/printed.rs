//! How does a page in traditional characters print what the rules read in simplified ones? `億元` is read as `亿元`, and told as `億元`.

use crate::text::fold::{fold_char, simplified};
use crate::text::{Original, Span};
use std::collections::HashMap;

/// The characters of a page in traditional ones, as they are read and as they are printed. A traditional character is read as one simplified one, so
/// both have the same offsets.
pub(super) struct Printed {
    read: Vec<char>,
    shown: Vec<char>,
    /// How the page prints a character most often, for words that are put together of several places.
    usual: HashMap<char, char>,
}

impl Printed {
    /// The characters of a text.
    pub fn of(text: &str) -> Self {
        let printed: Vec<char> = text.chars().map(fold_char).collect();
        let read: Vec<char> = printed.iter().map(|c| simplified(*c)).collect();
        let mut counts: HashMap<(char, char), usize> = HashMap::new();
        for pair in read.iter().copied().zip(printed.iter().copied()) {
            *counts.entry(pair).or_default() += 1;
        }
        let mut usual: HashMap<char, char> = HashMap::new();
        let mut counts: Vec<((char, char), usize)> = counts.into_iter().collect();
        counts.sort_unstable_by_key(|(pair, count)| (*count, *pair));
        usual.extend(counts.into_iter().map(|(pair, _)| pair));
        Self { read, shown: printed, usual }
    }

    /// What was read in `span`, as it is printed there; what is put together of several places, character by character.
    pub fn restore(&self, text: &mut String, span: Span<Original>) {
        let words: Vec<char> = text.chars().collect();
        if words.is_empty() {
            return;
        }
        let here = &self.read[span.start..span.end];
        if let Some(at) = here.windows(words.len()).position(|w| w == words) {
            *text = self.shown[span.start + at..][..words.len()].iter().collect();
            return;
        }
        let mut from = span.start;
        let restored = words.iter().map(|c| {
            let ahead = self.read[from..span.end.max(from)].iter().position(|read| read == c);
            let Some(ahead) = ahead else { return self.usual.get(c).copied().unwrap_or(*c) };
            from += ahead + 1;
            self.shown[from - 1]
        });
        *text = restored.collect();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_as_they_are_printed() {
        let page = Printed::of("重慶市後發製造業，制度１０億元");
        let restored = |text: &str, start: usize, end: usize| {
            let mut text = text.to_owned();
            page.restore(&mut text, Span::new(start, end));
            text
        };
        assert_eq!(restored("制造业", 0, 15), "製造業");
        assert_eq!(restored("制度10亿元", 0, 15), "制度10億元");
        assert_eq!(restored("重庆制造业", 0, 8), "重慶製造業");
    }
}
