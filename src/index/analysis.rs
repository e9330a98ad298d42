//! Which tokens is a text found by? `到2015年，产值1．5万亿` gives the words `到 2015 年 产值 1.5 =1500000000000 …`, and the pairs of
//! characters `到2 20 01 15 5年 …`, each at the offset of its first character.
//!
//! Words rank; pairs find. Word tokens come from jieba without its hidden Markov model (it glues particles to names), after
//! numbers and Latin words have been cut; they stand in the order of (start, end). Pairs run over every character,
//! punctuation and blanks included, so that a phrase of pairs at their offsets is the exact text; the last character
//! stands alone, so that each character begins a token.

use jieba_rs::Jieba;

use super::amount::{digits_end, read_amount};
use super::fold::{is_han, is_letter_or_digit};

/// Raised whenever a text would give other tokens than before; an index says which it was written with.
pub const ANALYZER: u32 = 1;
/// What a field of ranking words says it is cut with: its texts are those of [`each_search_word`].
pub const WORDS: &str = "zhengce_words";
/// What a field of character pairs says it is cut with: its texts are folded, and each character begins a pair.
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

/// Takes the words of [`cut_words`], in any order.
pub fn each_search_word(jieba: &Jieba, folded: &[char], mut take: impl FnMut(&str)) {
    each_word(folded, |run| jieba.cut_for_search(run, false), &mut |_, _, text| take(text));
}

fn sorted(folded: &[char], cut: impl for<'t> Fn(&'t str) -> Vec<jieba_rs::Token<'t>>) -> Vec<Word> {
    let mut words = Vec::with_capacity(folded.len() / 2);
    each_word(folded, cut, &mut |start, end, text| words.push(Word { start, end, text: text.to_owned() }));
    words.sort_unstable();
    words
}

/// Takes each word of `folded`, its runs of Chinese cut by `cut`: from where to where it stands, and what it is found by.
fn each_word(folded: &[char], cut: impl for<'t> Fn(&'t str) -> Vec<jieba_rs::Token<'t>>, take: &mut impl FnMut(usize, usize, &str)) {
    // Cut in one go: what is not Chinese stands as a mark, between which jieba cuts each run by itself.
    let chinese: String = folded.iter().map(|c| if is_han(*c) { *c } else { MARK }).collect();
    for token in cut(&chinese).into_iter().filter(|token| !token.word.starts_with(MARK)) {
        take(token.start, token.end, token.word);
    }
    let mut at = 0;
    let mut text = String::new();
    while at < folded.len() {
        let start = at;
        let c = folded[at];
        text.clear();
        if is_han(c) {
            take_spelled(folded, at, take);
            at += 1;
        } else if let Some(end) = digits_end(folded, start) {
            take_spelled(folded, start, take);
            text.extend(folded[start..end].iter().filter(|c| **c != ','));
            take(start, end, &text);
            at = end;
        } else if is_letter_or_digit(c) {
            while at < folded.len() && is_letter_or_digit(folded[at]) && !is_han(folded[at]) {
                text.push(folded[at]);
                at += 1;
            }
            take(start, at, &text);
        } else {
            at += 1;
        }
    }
}

/// What jieba cuts at, each by itself.
const MARK: char = '\n';

fn is_numeral_start(c: char) -> bool {
    matches!(c, '一' | '二' | '两' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百')
}

/// `1.58万亿` also gives `=1580000000000`.
fn take_spelled(folded: &[char], start: usize, take: &mut impl FnMut(usize, usize, &str)) {
    let begins = is_numeral_start(folded[start]) || !is_han(folded[start]);
    let inside = || start > 0 && (is_numeral_start(folded[start - 1]) || matches!(folded[start - 1], '千' | '万' | '亿'));
    if !begins || inside() {
        return;
    }
    if let Some(amount) = read_amount(folded, start).filter(|amount| amount.spelled) {
        take(start, amount.end, &format!("={}", amount.value));
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
        let mut written = Vec::new();
        each_search_word(&jieba, &folded, |word| written.push(word.to_owned()));
        let mut cut: Vec<String> = cut_words(&jieba, &folded).into_iter().map(|word| word.text).collect();
        written.sort_unstable();
        cut.sort_unstable();
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
}
