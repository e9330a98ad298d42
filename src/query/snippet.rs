//! Which part of a text shows the match? The stretch with the most of what was asked, whole where the text is short; the
//! highlights are the very characters: `产业园区` in `加快产业园区建设` is [2, 6].

use crate::index::{Dictionary, fold, fold_char, tile_words};

/// A stretch of a text with the places of the match in it; all offsets count characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snippet {
    /// The characters, as they stand in the text.
    pub text: String,
    /// Where it begins in the text.
    pub start: usize,
    /// The matches in it, [start, end), in order, apart from each other.
    pub highlights: Vec<[usize; 2]>,
}

/// How long a snippet is at most.
const LENGTH: usize = 120;

/// What a query highlights.
#[derive(Debug, Clone, Default)]
pub struct Marks {
    /// Folded words and phrases, the longest first.
    wanted: Vec<Vec<char>>,
}

impl Marks {
    /// The marks of a query: its phrases as they are; its texts whole, and their words.
    pub fn of(dictionary: &Dictionary, phrases: &[String], texts: &[String]) -> Self {
        let mut wanted: Vec<Vec<char>> = phrases.iter().map(|phrase| fold(phrase).chars().collect()).collect();
        for text in texts {
            let folded: Vec<char> = text.chars().map(fold_char).collect();
            let jieba = dictionary.for_text(&folded.iter().collect::<String>());
            for word in tile_words(&jieba, &folded) {
                let asks = super::terms::asks(&word.text);
                if !word.text.starts_with('=') && !asks && (word.end > word.start + 1 || folded.len() < 4) {
                    wanted.push(folded[word.start..word.end].to_vec());
                }
            }
            wanted.push(folded);
        }
        wanted.retain(|mark| !mark.is_empty());
        wanted.sort_by_key(|mark| std::cmp::Reverse(mark.len()));
        wanted.dedup();
        Self { wanted }
    }

    /// The places of the marks in `text`, in order; where two lap over, they are one.
    pub fn find(&self, text: &[char]) -> Vec<[usize; 2]> {
        let folded: Vec<char> = text.iter().copied().map(fold_char).collect();
        let mut places: Vec<[usize; 2]> = Vec::new();
        for mark in &self.wanted {
            let mut at = 0;
            while at + mark.len() <= folded.len() {
                if folded[at..at + mark.len()] == mark[..] {
                    places.push([at, at + mark.len()]);
                    at += mark.len();
                } else {
                    at += 1;
                }
            }
        }
        places.sort_unstable();
        let mut apart: Vec<[usize; 2]> = Vec::new();
        for place in places {
            match apart.last_mut() {
                Some(last) if place[0] < last[1] => last[1] = last[1].max(place[1]),
                _ => apart.push(place),
            }
        }
        apart
    }

    /// The snippet of `text`.
    pub fn snippet(&self, text: &str) -> Snippet {
        let chars: Vec<char> = text.chars().collect();
        let places = self.find(&chars);
        let (start, end) = window(&chars, &places);
        let highlights = places
            .into_iter()
            .filter(|place| place[0] >= start && place[1] <= end)
            .map(|place| [place[0] - start, place[1] - start])
            .collect();
        Snippet { text: chars[start..end].iter().collect(), start, highlights }
    }
}

/// The stretch that holds the most matched characters, begun where a sentence begins if one does nearby.
fn window(text: &[char], places: &[[usize; 2]]) -> (usize, usize) {
    if text.len() <= LENGTH {
        return (0, text.len());
    }
    let weight = |from: usize| -> usize {
        let inside = places.iter().filter(|place| place[0] >= from && place[1] <= from + LENGTH);
        let mut seen: Vec<&[char]> = Vec::new();
        let mut sum = 0;
        for place in inside {
            let word = &text[place[0]..place[1]];
            // What is said again counts less than what is said else.
            sum += if seen.contains(&word) { 1 } else { 4 * word.len() };
            seen.push(word);
        }
        sum
    };
    let best = places.iter().map(|place| place[0]).max_by_key(|from| (weight(*from), std::cmp::Reverse(*from)));
    let first = best.unwrap_or(0);
    let last =
        places.iter().filter(|place| place[0] >= first && place[1] <= first + LENGTH).map(|place| place[1]).next_back().unwrap_or(first);
    let room = LENGTH.saturating_sub(last - first);
    let earliest = first.saturating_sub(room);
    let breaks = |at: &usize| *at == 0 || matches!(text[*at - 1], '。' | '；' | ';' | '！' | '？' | '\n');
    let soft = |at: &usize| *at > 0 && matches!(text[*at - 1], '，' | ',' | '、' | '：');
    let start = (earliest..=first)
        .rev()
        .find(breaks)
        .or_else(|| (earliest + room / 2..=first).find(soft))
        .unwrap_or(earliest + room / 2)
        .min(text.len() - LENGTH);
    (start, (start + LENGTH).min(text.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks(wanted: &[&str]) -> Marks {
        Marks { wanted: wanted.iter().map(|mark| mark.chars().collect()).collect() }
    }

    #[test]
    fn highlights_are_the_characters() {
        let snippet = marks(&["产业园区"]).snippet("加快產業园区建设，产业园区");
        assert_eq!(snippet.highlights, [[2, 6], [9, 13]]);
        assert_eq!(snippet.text, "加快產業园区建设，产业园区");
    }

    #[test]
    fn a_long_text_is_cut_around_its_match() {
        let text = format!("{}。后面是一句，省财政厅牵头落实。{}", "甲".repeat(300), "乙".repeat(300));
        let snippet = marks(&["省财政厅"]).snippet(&text);
        let chars: Vec<char> = snippet.text.chars().collect();
        assert_eq!(chars.len(), LENGTH);
        let [start, end] = snippet.highlights[0];
        assert_eq!(chars[start..end].iter().collect::<String>(), "省财政厅");
        assert!(snippet.text.starts_with("后面是一句"), "{}", snippet.text);
    }

    #[test]
    fn matches_that_lap_over_are_one() {
        assert_eq!(marks(&["产业园", "业园区"]).find(&"产业园区".chars().collect::<Vec<_>>()), [[0, 4]]);
    }
}
