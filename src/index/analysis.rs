//! Which tokens is a text found by? `到2015年，产值1．5万亿` gives the words `到 2015 年 产值 1.5 =1500000000000 …`, and the pairs of
//! characters `到2 20 01 15 5年 …`, each at the offset of its first character.
//!
//! Words rank; pairs find. Word tokens come from jieba without its hidden Markov model (it glues particles to names), after
//! numbers and Latin words have been cut; they stand in the order of (start, end). Pairs run over every character,
//! punctuation and blanks included, so that a phrase of pairs at their offsets is the exact text; the last character
//! stands alone, so that each character begins a token.

use std::str::SplitTerminator;
use std::sync::Arc;

use jieba_rs::Jieba;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use super::amount::{digits_end, read_amount};
use super::fold::is_han;
use super::writer::Flow;

/// Raised whenever a text would give other tokens than before; an index says which it was written with.
pub const ANALYZER: u32 = 1;
/// The tokenizer of ranking words, by the name the schema knows.
pub const WORDS: &str = "zhengce_words";
/// The tokenizer of character pairs.
pub const PAIRS: &str = "zhengce_pairs";

/// A token of a folded text: offsets count characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Word {
    /// Offset of the first character.
    pub start: usize,
    /// Offset after the last character.
    pub end: usize,
    /// What it is found by.
    pub text: String,
}

/// The words of `folded` (characters already folded), sorted by (start, end), long words with the shorter ones in them.
pub fn cut_words(jieba: &Jieba, folded: &[char]) -> Vec<Word> {
    sorted(folded, |run| jieba.cut_for_search(run, false))
}

/// The words of `folded` that tile it: no word lies in another.
pub fn tile_words(jieba: &Jieba, folded: &[char]) -> Vec<Word> {
    sorted(folded, |run| jieba.cut(run, false))
}

/// Writes the words of [`cut_words`] in any order to `lines`, a line each: no folded text has lines.
pub fn write_words(jieba: &Jieba, folded: &[char], lines: &mut String) {
    let mut write = |_, _, text: &str| {
        lines.push_str(text);
        lines.push('\n');
    };
    each_word(folded, |run| jieba.cut_for_search(run, false), &mut write);
}

fn sorted(folded: &[char], cut: impl for<'t> Fn(&'t str) -> Vec<jieba_rs::Token<'t>>) -> Vec<Word> {
    let mut words = Vec::with_capacity(folded.len() / 2);
    each_word(folded, cut, &mut |start, end, text| words.push(Word { start, end, text: text.to_owned() }));
    words.sort_unstable();
    words
}

/// Takes each word of `folded`, its runs of Chinese cut by `cut`: from where to where it stands, and what it is found by.
fn each_word(folded: &[char], cut: impl for<'t> Fn(&'t str) -> Vec<jieba_rs::Token<'t>>, take: &mut impl FnMut(usize, usize, &str)) {
    let mut at = 0;
    let mut text = String::new();
    while at < folded.len() {
        let start = at;
        let c = folded[at];
        text.clear();
        if is_han(c) {
            while at < folded.len() && is_han(folded[at]) {
                take_spelled(folded, at, take);
                text.push(folded[at]);
                at += 1;
            }
            for token in cut(&text) {
                take(start + token.start, start + token.end, token.word);
            }
        } else if let Some(end) = digits_end(folded, start) {
            take_spelled(folded, start, take);
            text.extend(folded[start..end].iter().filter(|c| **c != ','));
            take(start, end, &text);
            at = end;
        } else if c.is_alphanumeric() {
            while at < folded.len() && folded[at].is_alphanumeric() && !is_han(folded[at]) {
                text.push(folded[at]);
                at += 1;
            }
            take(start, at, &text);
        } else {
            at += 1;
        }
    }
}

fn is_numeral_start(c: char) -> bool {
    matches!(c, '一' | '二' | '两' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百')
}

/// `1.58万亿` also gives `=1580000000000`.
fn take_spelled(folded: &[char], start: usize, take: &mut impl FnMut(usize, usize, &str)) {
    let begins = is_numeral_start(folded[start]) || !is_han(folded[start]);
    let inside = start > 0 && (is_numeral_start(folded[start - 1]) || matches!(folded[start - 1], '千' | '万' | '亿'));
    if !begins || inside {
        return;
    }
    if let Some(amount) = read_amount(folded, start).filter(|amount| amount.spelled) {
        take(start, amount.end, &format!("={}", amount.value));
    }
}

/// The tokenizer of [`write_words`]'s lines: a token each.
#[derive(Clone)]
pub struct WordTokenizer {
    flow: Arc<Flow>,
}

impl WordTokenizer {
    /// A tokenizer that tells `flow` of each text it has got.
    pub fn new(flow: Arc<Flow>) -> Self {
        Self { flow }
    }
}

/// The words of one text, one by one.
pub struct WordStream<'t> {
    words: SplitTerminator<'t, char>,
    token: Token,
}

impl Tokenizer for WordTokenizer {
    type TokenStream<'t> = WordStream<'t>;

    fn token_stream<'t>(&'t mut self, text: &'t str) -> WordStream<'t> {
        self.flow.leave(text.len());
        WordStream { words: text.split_terminator('\n'), token: Token::default() }
    }
}

impl TokenStream for WordStream<'_> {
    fn advance(&mut self) -> bool {
        let Some(word) = self.words.next() else {
            return false;
        };
        self.token.position = self.token.position.wrapping_add(1); // the first is 0, see `PairStream`
        self.token.text.clear();
        self.token.text.push_str(word);
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

/// The tokenizer of a folded text's pairs.
#[derive(Clone, Default)]
pub struct PairTokenizer;

/// The pairs of one text, one by one.
pub struct PairStream<'t> {
    rest: &'t str,
    token: Token,
}

impl Tokenizer for PairTokenizer {
    type TokenStream<'t> = PairStream<'t>;

    fn token_stream<'t>(&'t mut self, text: &'t str) -> PairStream<'t> {
        PairStream { rest: text, token: Token::default() }
    }
}

impl TokenStream for PairStream<'_> {
    fn advance(&mut self) -> bool {
        let mut chars = self.rest.chars();
        let Some(first) = chars.next() else {
            return false;
        };
        let end = first.len_utf8() + chars.next().map_or(0, char::len_utf8);
        // The first token's position is `usize::MAX`, as tantivy makes it, and one more is 0.
        self.token.position = self.token.position.wrapping_add(1);
        self.token.text.clear();
        self.token.text.push_str(&self.rest[..end]);
        self.rest = &self.rest[first.len_utf8()..];
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::fold::{fold, fold_char};
    use crate::index::words::Dictionary;

    fn words(text: &str) -> Vec<String> {
        let folded: Vec<char> = text.chars().map(fold_char).collect();
        let dictionary = Dictionary::with_words([]);
        let jieba = dictionary.for_text(&folded.iter().collect::<String>());
        cut_words(&jieba, &folded).into_iter().map(|word| word.text).collect()
    }

    #[test]
    fn numbers_and_latin_words_are_cut_first() {
        assert_eq!(words("ＬＥＤ和C4达到１００．５，2011-2013"), ["led", "和", "c4", "达到", "100.5", "2011", "2013"]);
    }

    #[test]
    fn spellings_of_an_amount_share_a_token() {
        for text in ["1．58万亿元", "15800亿元", "1.58万亿"] {
            assert!(words(text).contains(&"=1580000000000".to_owned()), "{text}: {:?}", words(text));
        }
        assert!(words("五千亿元").contains(&"=500000000000".to_owned()));
    }

    #[test]
    fn the_words_of_an_index_are_those_of_a_question() {
        let folded: Vec<char> = fold("到2015年，产值１．5万亿，LED增长十五%").chars().collect();
        let jieba = Dictionary::with_words([]).full();
        let mut tokenizer = WordTokenizer::new(Arc::default());
        let mut lines = String::new();
        write_words(&jieba, &folded, &mut lines);
        let mut stream = tokenizer.token_stream(&lines);
        let mut written = Vec::new();
        while stream.advance() {
            written.push(stream.token().text.clone());
        }
        let mut cut: Vec<String> = cut_words(&jieba, &folded).into_iter().map(|word| word.text).collect();
        written.sort();
        cut.sort();
        assert_eq!(written, cut);
    }

    #[test]
    fn the_words_are_in_order_and_say_where_they_stand() {
        let text: Vec<char> = "黑龙江省工业增加值年均增长１５％以上".chars().map(fold_char).collect();
        let jieba = Dictionary::with_words([]).full();
        let words = cut_words(&jieba, &text);
        assert!(words.is_sorted_by_key(|word| (word.start, word.end)));
        for word in words.iter().filter(|word| !word.text.starts_with('=')) {
            assert_eq!(word.text, text[word.start..word.end].iter().collect::<String>());
        }
    }

    #[test]
    fn pairs_stand_at_their_characters() {
        let mut tokenizer = PairTokenizer;
        let text = fold("（省，A１");
        let mut stream = tokenizer.token_stream(&text);
        let mut seen = Vec::new();
        while stream.advance() {
            seen.push((stream.token().position, stream.token().text.clone()));
        }
        let expected = [(0, "(省"), (1, "省,"), (2, ",a"), (3, "a1"), (4, "1")];
        assert_eq!(seen, expected.map(|(at, pair)| (at, pair.to_owned())));
    }
}
