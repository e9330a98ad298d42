//! Which tokens is a text found by? `到2015年，产值1．5万亿` gives the words `到 2015 年 产值 1.5 =1500000000000 …`, and the pairs of
//! characters `到2 20 01 15 5年 …`, each at the offset of its first character.
//!
//! Words rank; pairs find. Word tokens come from jieba without its hidden Markov model (it glues particles to names), after
//! numbers and Latin words have been cut; they stand in the order of (start, end). Pairs run over every character,
//! punctuation and blanks included, so that a phrase of pairs at their offsets is the exact text; the last character
//! stands alone, so that each character begins a token.

use std::sync::Arc;

use jieba_rs::Jieba;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use super::amount::{digits_end, read_amount};
use super::fold::{fold_char, is_han};
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
    cut(folded, |run, offset, words| {
        for token in jieba.cut_for_search(run, false) {
            words.push(Word { start: offset + token.start, end: offset + token.end, text: token.word.to_owned() });
        }
    })
}

/// The words of `folded` that tile it: no word lies in another.
pub fn tile_words(jieba: &Jieba, folded: &[char]) -> Vec<Word> {
    cut(folded, |run, offset, words| {
        for token in jieba.cut(run, false) {
            words.push(Word { start: offset + token.start, end: offset + token.end, text: token.word.to_owned() });
        }
    })
}

fn cut(folded: &[char], han: impl Fn(&str, usize, &mut Vec<Word>)) -> Vec<Word> {
    let mut words = Vec::with_capacity(folded.len() / 2);
    let mut at = 0;
    let mut run = String::new();
    while at < folded.len() {
        let start = at;
        let c = folded[at];
        if is_han(c) {
            run.clear();
            while at < folded.len() && is_han(folded[at]) {
                if is_numeral_start(folded[at]) {
                    push_spelled(folded, at, &mut words);
                }
                run.push(folded[at]);
                at += 1;
            }
            han(&run, start, &mut words);
        } else if let Some(end) = digits_end(folded, start) {
            let plain: String = folded[start..end].iter().filter(|c| **c != ',').collect();
            push_spelled(folded, start, &mut words);
            words.push(Word { start, end, text: plain });
            at = end;
        } else if c.is_alphanumeric() {
            while at < folded.len() && folded[at].is_alphanumeric() && !is_han(folded[at]) {
                at += 1;
            }
            words.push(Word { start, end: at, text: folded[start..at].iter().collect() });
        } else {
            at += 1;
        }
    }
    words.sort_unstable();
    words
}

fn is_numeral_start(c: char) -> bool {
    matches!(c, '一' | '二' | '两' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百')
}

/// `1.58万亿` also gives `=1580000000000`.
fn push_spelled(folded: &[char], start: usize, words: &mut Vec<Word>) {
    let inside = start > 0 && (is_numeral_start(folded[start - 1]) || matches!(folded[start - 1], '千' | '万' | '亿'));
    if let Some(amount) = read_amount(folded, start).filter(|amount| amount.spelled && !inside) {
        words.push(Word { start, end: amount.end, text: format!("={}", amount.value) });
    }
}

/// The tokenizer of words; its clones share one dictionary.
#[derive(Clone)]
pub struct WordTokenizer {
    jieba: Arc<Jieba>,
    flow: Arc<Flow>,
}

impl WordTokenizer {
    /// A tokenizer over `jieba` that tells `flow` of each text it has cut.
    pub fn new(jieba: Arc<Jieba>, flow: Arc<Flow>) -> Self {
        Self { jieba, flow }
    }
}

/// The words of one text, one by one.
pub struct WordStream {
    words: std::vec::IntoIter<Word>,
    token: Token,
}

impl Tokenizer for WordTokenizer {
    type TokenStream<'a> = WordStream;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordStream {
        let folded: Vec<char> = text.chars().map(fold_char).collect();
        self.flow.leave(text.len());
        WordStream { words: cut_words(&self.jieba, &folded).into_iter(), token: Token::default() }
    }
}

impl TokenStream for WordStream {
    fn advance(&mut self) -> bool {
        let Some(word) = self.words.next() else {
            return false;
        };
        self.token.position = word.start;
        self.token.text = word.text;
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

/// The tokenizer of pairs.
#[derive(Clone, Default)]
pub struct PairTokenizer;

/// The pairs of one text, one by one.
pub struct PairStream {
    folded: Vec<char>,
    next: usize,
    token: Token,
}

impl Tokenizer for PairTokenizer {
    type TokenStream<'a> = PairStream;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> PairStream {
        PairStream { folded: text.chars().map(fold_char).collect(), next: 0, token: Token::default() }
    }
}

impl TokenStream for PairStream {
    fn advance(&mut self) -> bool {
        let at = self.next;
        if at >= self.folded.len() {
            return false;
        }
        self.next += 1;
        self.token.position = at;
        self.token.text.clear();
        self.token.text.extend(self.folded[at..].iter().take(2));
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
        let mut stream = tokenizer.token_stream("（省，A１");
        let mut seen = Vec::new();
        while stream.advance() {
            seen.push((stream.token().position, stream.token().text.clone()));
        }
        let expected = [(0, "(省"), (1, "省,"), (2, ",a"), (3, "a1"), (4, "1")];
        assert_eq!(seen, expected.map(|(at, pair)| (at, pair.to_owned())));
    }
}
