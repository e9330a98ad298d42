//! Which words stand in a text? jieba's own cut over jieba's default dictionary and the words that this project adds:
//! `全省工业增加值` → `全省 | 工业 | 增加 | 增加值`.
//!
//! `Jieba::new()` costs 100 ms, for it reads 350,000 words. A question is a few characters long, and only the words that
//! stand *in it* can take part in its cut: [`Dictionary::for_text`] looks up just these and gives jieba them, with one
//! filler that makes up the rest of the dictionary's weight, so that every probability, and so every cut, is the same
//! to the bit. Tests compare it with the full dictionary.
//!
//! `words.fst` holds the words of jieba-rs 0.11's `dict.txt` (MIT) that consist of simplified Chinese characters, with
//! their frequencies; numbers and Latin words are cut before jieba sees the text.

use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::{Arc, LazyLock, OnceLock};

use fst::raw::{Fst, Node, Output};
use fst::{Map, Streamer};
use jieba_rs::Jieba;

use crate::lexicon::{agency, place};

/// The words of jieba's dictionary, each with its frequency.
const WORDS: &[u8] = include_bytes!("words.fst");
/// The sum of all frequencies in jieba's dictionary, those words included that `words.fst` leaves out.
const TOTAL: usize = 60_101_964;
/// A word that no text can hold: it carries the weight of all words that a question doesn't hold.
const FILLER: &str = "\u{f0000}\u{f0001}";

/// The words that text is cut into: jieba's, and those that a lexicon adds.
pub struct Dictionary {
    words: Map<&'static [u8]>,
    added: Map<Vec<u8>>,
    total: usize,
    loaded: OnceLock<Jieba>,
}

/// What cuts the texts of an index: its dictionary and the jieba with all its words, made once they are needed, for a run that finds
/// nothing new needs neither. Clones share them.
#[derive(Clone)]
pub struct Segmenter(Arc<LazyLock<(Dictionary, Jieba), Make>>);

type Make = Box<dyn FnOnce() -> (Dictionary, Jieba) + Send>;

impl Segmenter {
    /// With jieba's words and those that are added.
    pub fn with_words<'w>(added: impl IntoIterator<Item = &'w str>) -> Self {
        let added: Vec<String> = added.into_iter().map(str::to_owned).collect();
        Self(Arc::new(LazyLock::new(Box::new(move || Dictionary::with_jieba(added.iter().map(String::as_str))))))
    }

    /// With the words of an index.
    pub fn of(dictionary: Dictionary) -> Self {
        Self(Arc::new(LazyLock::new(Box::new(move || {
            let jieba = dictionary.full();
            (dictionary, jieba)
        }))))
    }

    /// Makes them now, for a run that will need them.
    pub fn make(&self) {
        LazyLock::force(&self.0);
    }

    /// Its dictionary.
    pub fn dictionary(&self) -> &Dictionary {
        &self.0.0
    }

    /// Its jieba.
    pub fn jieba(&self) -> &Jieba {
        &self.0.1
    }
}

/// A jieba for one text: one of its own, or the whole one where that is loaded.
pub enum Cutter<'d> {
    /// It knows the words of its text alone.
    Own(Box<Jieba>),
    /// It knows all.
    Whole(&'d Jieba),
}

impl Deref for Cutter<'_> {
    type Target = Jieba;

    fn deref(&self) -> &Jieba {
        match self {
            Cutter::Own(jieba) => jieba,
            Cutter::Whole(jieba) => jieba,
        }
    }
}

impl Dictionary {
    /// The dictionary with `added` words (names of agencies, of places): each weighs enough to be cut as one word.
    /// Words that jieba has, and words of one character, change nothing.
    pub fn with_words<'w>(added: impl IntoIterator<Item = &'w str>) -> Self {
        Self::with_jieba(added).0
    }

    /// The lexicon's words that texts are cut with: names of agencies and places.
    pub fn of_lexicon() -> impl Iterator<Item = &'static str> {
        let places = place::all().iter().flat_map(|place| [place.name, place.short]);
        agency::names().chain(places).filter(|name| name.chars().nth(1).is_some())
    }

    /// The same, and the jieba that [`Dictionary::full`] would make of it: making one takes a tenth of a second.
    pub fn with_jieba<'w>(added: impl IntoIterator<Item = &'w str>) -> (Self, Jieba) {
        let mut wanted: Vec<&str> = added.into_iter().filter(|word| word.chars().nth(1).is_some()).collect();
        wanted.sort_unstable();
        wanted.dedup();
        let mut jieba = jieba(&embedded());
        wanted.retain(|word| !jieba.has_word(word));
        let weighed: BTreeMap<String, usize> = wanted.into_iter().map(|word| (word.to_owned(), jieba.suggest_freq(word))).collect();
        for (word, frequency) in &weighed {
            jieba.add_word(word, Some(*frequency), None);
        }
        (Self::from_added(weighed), jieba)
    }

    /// The dictionary with the added words that [`Dictionary::added_bytes`] gave; `None` if these are not its bytes.
    pub fn from_added_bytes(bytes: Vec<u8>) -> Option<Self> {
        let added = Map::new(bytes).ok()?;
        let mut weight = 0;
        let mut stream = added.stream();
        while let Some((_, frequency)) = stream.next() {
            weight += usize::try_from(frequency).ok()?;
        }
        Some(Self { words: embedded(), added, total: TOTAL + weight, loaded: OnceLock::new() })
    }

    /// The added words in the form that an index keeps beside it.
    pub fn added_bytes(&self) -> &[u8] {
        self.added.as_fst().as_bytes()
    }

    fn from_added(added: BTreeMap<String, usize>) -> Self {
        let total = TOTAL + added.values().sum::<usize>();
        let pairs = added.into_iter().map(|(word, frequency)| (word, frequency as u64));
        let added = Map::from_iter(pairs).expect("a BTreeMap gives its keys in order");
        Self { words: embedded(), added, total, loaded: OnceLock::new() }
    }

    /// A jieba with the whole dictionary: what cuts the texts of an index.
    ///
    /// # Panics
    /// Where the embedded dictionary is damaged.
    pub fn full(&self) -> Jieba {
        let mut jieba = jieba(&self.words);
        let mut added = self.added.stream();
        while let Some((word, frequency)) = added.next() {
            let word = std::str::from_utf8(word).expect("only words were put in");
            jieba.add_word(word, Some(usize::try_from(frequency).unwrap_or(0)), None);
        }
        jieba
    }

    /// Makes the whole jieba once, so that no text needs one of its own: a tenth of a second and some memory for whoever cuts many.
    pub fn load(&self) {
        self.loaded.get_or_init(|| self.full());
    }

    /// A jieba that cuts `text` (and every part of it) as [`Dictionary::full`] does; it need not know other words.
    pub fn for_text(&self, text: &str) -> Cutter<'_> {
        match self.loaded.get() {
            Some(jieba) => Cutter::Whole(jieba),
            None => Cutter::Own(Box::new(self.own(text))),
        }
    }

    fn own(&self, text: &str) -> Jieba {
        let mut jieba = Jieba::empty();
        let mut weight = 0;
        let mut found = BTreeMap::new();
        for (start, _) in text.char_indices() {
            prefixes(&self.words, text, start, &mut found);
            prefixes(&self.added, text, start, &mut found);
        }
        for (word, frequency) in found {
            weight += frequency;
            jieba.add_word(word, Some(frequency), None);
        }
        jieba.add_word(FILLER, Some(self.total - weight), None);
        jieba
    }
}

fn embedded() -> Map<&'static [u8]> {
    Map::new(WORDS).expect("the embedded dictionary is whole")
}

/// A jieba with the embedded words, and the filler for the words that they leave out.
fn jieba(words: &Map<&[u8]>) -> Jieba {
    let mut jieba = Jieba::empty();
    let mut weight = 0;
    let fst = words.as_fst();
    each_word(fst, fst.root(), Output::zero(), &mut Vec::new(), &mut |word, frequency| {
        weight += jieba.add_word(word, Some(frequency), None);
    });
    jieba.add_word(FILLER, Some(TOTAL - weight), None);
    jieba
}

/// Takes the words that go on from `before` at `node`, in their order, each with its frequency. [`Map::stream`] does more: it keeps to
/// bounds and asks an automaton at every byte.
fn each_word(fst: &Fst<&[u8]>, node: Node<'_>, output: Output, before: &mut Vec<u8>, take: &mut impl FnMut(&str, usize)) {
    if node.is_final() {
        let word = std::str::from_utf8(before).expect("only words were put in");
        take(word, usize::try_from(output.cat(node.final_output()).value()).unwrap_or(0));
    }
    for next in node.transitions() {
        before.push(next.inp);
        each_word(fst, fst.node(next.addr), output.cat(next.out), before, take);
        before.pop();
    }
}

/// Adds the words of `map` that stand in `text` from `start` on.
fn prefixes<'t, D: AsRef<[u8]>>(map: &Map<D>, text: &'t str, start: usize, found: &mut BTreeMap<&'t str, usize>) {
    let words = map.as_fst();
    let mut node = words.root();
    let mut output = Output::zero();
    for (offset, byte) in text.bytes().enumerate().skip(start) {
        let Some(at) = node.find_input(byte) else {
            return;
        };
        let transition = node.transition(at);
        output = output.cat(transition.out);
        node = words.node(transition.addr);
        if node.is_final() {
            let frequency = output.cat(node.final_output()).value();
            found.insert(&text[start..=offset], usize::try_from(frequency).unwrap_or(0));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(jieba: &Jieba, text: &str) -> Vec<(usize, usize)> {
        jieba.cut_for_search(text, false).iter().map(|token| (token.start, token.end)).collect()
    }

    #[test]
    fn a_few_words_cut_as_all_words_do() {
        let seeds = concat!(env!("CARGO_MANIFEST_DIR"), "/seeds");
        let dictionary = Dictionary::with_words(["省发展改革委", "黑龙江省发展和改革委员会"]);
        let full = dictionary.full();
        let mut compared = 0;
        for file in std::fs::read_dir(seeds).expect("the seeds are there").flatten() {
            let text = crate::index::fold(&std::fs::read_to_string(file.path()).expect("a seed is UTF-8"));
            for part in text.split(|c: char| !crate::index::is_han(c)).filter(|part| !part.is_empty()) {
                assert_eq!(cut(&dictionary.for_text(part), part), cut(&full, part), "{part}");
                compared += 1;
            }
        }
        assert!(compared > 3000, "only {compared} runs of Chinese were compared");
    }

    #[test]
    fn without_added_words_it_is_jiebas_own_cut() {
        let dictionary = Dictionary::with_words([]);
        let jieba = Jieba::new();
        let seeds = concat!(env!("CARGO_MANIFEST_DIR"), "/seeds");
        for file in std::fs::read_dir(seeds).expect("the seeds are there").flatten() {
            let text = crate::index::fold(&std::fs::read_to_string(file.path()).expect("a seed is UTF-8"));
            for part in text.split(|c: char| !crate::index::is_han(c)).filter(|part| !part.is_empty()) {
                assert_eq!(cut(&dictionary.for_text(part), part), cut(&jieba, part), "{part}");
            }
        }
    }

    #[test]
    fn an_added_word_is_cut_whole_and_survives_its_bytes() {
        let dictionary = Dictionary::with_words(["省发展改革委"]);
        let again = Dictionary::from_added_bytes(dictionary.added_bytes().to_vec()).expect("its own bytes");
        for dictionary in [&dictionary, &again] {
            let jieba = dictionary.for_text("由省发展改革委牵头");
            let words: Vec<&str> = jieba.cut("由省发展改革委牵头", false).iter().map(|token| token.word).collect();
            assert_eq!(words, ["由", "省发展改革委", "牵头"]);
            let text = "由省发展改革委牵头的工作";
            let own = cut(&dictionary.for_text(text), text);
            dictionary.load();
            assert_eq!(cut(&dictionary.for_text(text), text), own, "loaded, it cuts the same");
        }
    }
}
