//! Which terms does a text ask for? Of `北京市对暂停举办的展会有何支持政策` the words and pairs of characters, without what only
//! asks (有何) or joins (对, 的).

use super::names::Names;
use super::rank::Weights;
use crate::index::{Index, cut_words, fold_char, is_han};

/// The terms that a text asks for, each with how much it counts.
#[derive(Debug, Clone, Default)]
pub struct Terms {
    /// Words, as the index cuts them.
    pub words: Vec<(String, f32)>,
    /// Pairs of neighbouring characters. Those that only ask or join count nothing: they hold what is said in one line together.
    pub pairs: Vec<(String, f32)>,
    /// The lines of the texts: each the pairs of a stretch without punctuation, one after the other, by their place in `pairs`.
    pub lines: Vec<Vec<usize>>,
    /// The provinces that the texts name, or in which places lie that they name.
    pub provinces: Vec<u8>,
}

/// Words that ask, request or join: they say nothing of what is asked for.
const ASKING: &[&str] = &[
    "什么",
    "哪些",
    "哪个",
    "哪几",
    "哪",
    "几个",
    "如何",
    "怎么",
    "怎样",
    "怎么样",
    "多少",
    "是否",
    "谁",
    "为什么",
    "何",
    "有何",
    "吗",
    "呢",
    "请问",
    "哪里",
    "哪儿",
    "何时",
    "为何",
    "哪家",
    "哪种",
    "哪项",
    "几",
    "的",
    "了",
    "和",
    "与",
    "及",
    "在",
    "是",
    "等",
    "有",
    "对",
    "于",
    "对于",
    "为",
    "中",
    "将",
    "被",
    "把",
    "对此",
    "以及",
    "其",
    "并",
    "就",
    "由",
    "从",
    "到",
    "要",
    "应",
    "需",
    "可以",
    "进行",
    "关于",
    "方面",
    "做",
    "做出",
    "具体",
];

/// Whether a word only asks: `哪些`.
pub fn asks(word: &str) -> bool {
    ASKING.contains(&word)
}

impl Terms {
    /// The terms of `texts`.
    pub fn of(index: &Index, names: &dyn Names, weights: &Weights, texts: &[String]) -> Self {
        let mut terms = Self::default();
        for text in texts {
            terms.provinces.extend(names.provinces(text));
            terms.take(index, names, weights, text);
        }
        terms.provinces.sort_unstable();
        terms.provinces.dedup();
        terms
    }

    fn take(&mut self, index: &Index, names: &dyn Names, weights: &Weights, text: &str) {
        let folded: Vec<char> = text.chars().map(fold_char).collect();
        let jieba = index.dictionary().for_text(&folded.iter().collect::<String>());
        let words = cut_words(&jieba, &folded);
        let mut asking = vec![false; folded.len()];
        let mut place = vec![false; folded.len()];
        for word in &words {
            if asks(&word.text) {
                asking[word.start..word.end].fill(true);
            } else if word.end > word.start + 1 && names.is_place(&word.text) {
                place[word.start..word.end].fill(true);
            }
        }
        for word in words {
            let span = word.start..word.end;
            if !asking[span.clone()].iter().all(|asks| *asks) {
                let long = if span.len() > 2 { weights.long_word } else { 1.0 };
                let place = if place[span].iter().all(|place| *place) { weights.place } else { 1.0 };
                add(&mut self.words, word.text, long * place);
            }
        }
        let mut line = Vec::new();
        for (at, pair) in folded.windows(2).enumerate() {
            if !pair.iter().all(|c| is_han(*c) || c.is_alphanumeric()) {
                self.lines.push(std::mem::take(&mut line));
                continue;
            }
            let counts = if asking[at] || asking[at + 1] {
                0.0
            } else if place[at] && place[at + 1] {
                weights.place
            } else {
                1.0
            };
            line.push(add(&mut self.pairs, pair.iter().collect(), counts));
        }
        self.lines.push(line);
        self.lines.retain(|line| !line.is_empty());
        if let [one] = folded.as_slice() {
            add(&mut self.pairs, one.to_string(), 1.0);
        }
    }
}

/// Adds a term, and says where it stands; one that stands twice in a question counts a little more.
fn add(terms: &mut Vec<(String, f32)>, text: String, counts: f32) -> usize {
    if let Some(at) = terms.iter().position(|(known, _)| *known == text) {
        let weight = &mut terms[at].1;
        *weight = if *weight == 0.0 { counts } else { *weight + counts / 2.0 };
        return at;
    }
    terms.push((text, counts));
    terms.len() - 1
}
