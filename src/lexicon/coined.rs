//! Which words of a name were coined for it? 佳通 of `佳通工业园`: what no common word covers is a name of its own.
//!
//! `农产品物流` is made of common words and names a kind; of `盛乐空港国际物流` the first two characters belong to no word.

use super::naming::{self, Class};
use super::words::Words;
use crate::text::fold::is_han;
use std::sync::LazyLock;

const TABLE: &str = include_str!("common.txt");

static COMMON: LazyLock<Words<()>> = LazyLock::new(|| {
    let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
    let common = lines.flat_map(|line| line.split(' '));
    common.chain(naming::words_of(Class::General)).map(|word| (word, ())).collect()
});

/// A name longer than this is a sentence, in characters.
const LONGEST: usize = 60;

/// Words that no name opens with.
const NEVER_FIRST: &str = "的了和与及或在将已由为对从把被并等各其该本此是有无以于至向让给也还又再就不要可能应须需会使做搞";
/// Words that no name has second: `市和园区`.
const NEVER_SECOND: &str = "的了和与及或在等是";
/// What counts, and what is counted by: `五大新城`, `各类园区`; 大 of `环大亚湾` counts nothing.
const COUNTS: (&str, &str) = ("一二两三四五六七八九十百千万几数多各每这那该某诸", "个大类条家项种批处座名");

/// Whether the text opens with coined words: 佳通 of `佳通工业`, but no part of `高端装备制造`.
pub fn opens_coined(text: &str) -> bool {
    coined_opening(text).is_some()
}

/// The features of the land that places are named for.
const LANDMARKS: &str = "湾湖岛洲潭岭峡泉滩江河山";

/// Whether a bay, a lake or a hill with a name of its own opens the text: `阅溪湾|中央商务区`, but `现代|山地农业园`, `沿江产业园`, `矿山公园`.
pub fn opens_with_landmark(text: &str) -> bool {
    let places: Vec<(usize, char)> = text.char_indices().take(6).collect();
    let is_common = |word: &str| COMMON.contains(word);
    // 珠江口出海航道
    let mouth = (2..places.len().min(5)).any(|k| {
        let banks = places.get(k + 1).is_some_and(|(_, next)| *next == '岸') || text.starts_with(['沿', '临', '内', '跨']);
        places[k].1 == '口' && "江河".contains(places[k - 1].1) && !banks
    });
    mouth
        || (2..places.len().min(5)).any(|k| {
            let ((at, feature), opening) = (places[k - 1], &text[..places[k].0]);
            // 山地 of 现代山地农业园 is one word.
            let straddled = (k + 1..places.len()).any(|end| is_common(&text[at..places[end].0]));
            LANDMARKS.contains(feature)
                && !straddled
                && k > 2
                && !is_common(opening)
                && !text.starts_with(['沿', '环', '临', '滨', '跨', '全', '大', '小', '中', '各', '高', '深', '美'])
        })
}

/// Where the coined words end that the text opens with.
///
/// Of all ways to cut the text into common words and single characters the one that leaves the fewest characters single
/// is the reading; two or more Chinese characters that it leaves at the start are coined.
pub fn coined_opening(text: &str) -> Option<usize> {
    let mut opening = text.chars();
    let (first, second) = (opening.next()?, opening.next()?);
    let counted = COUNTS.0.contains(first) && COUNTS.1.contains(second);
    if !is_han(first) || !is_han(second) || NEVER_FIRST.contains(first) || NEVER_SECOND.contains(second) || counted {
        return None;
    }
    let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).take(LONGEST).chain([text.len()]).collect();
    let last = starts.len() - 1;
    // From each place to the end: the fewest single characters, and whether the best reading goes on with one.
    let mut left = vec![(0, false); last + 1];
    for k in (0..last).rev() {
        let mut best = (left[k + 1].0 + 1, true);
        for (word, ()) in COMMON.each_starting(&text[starts[k]..]) {
            let Ok(end) = starts.binary_search(&(starts[k] + word.len())) else { continue };
            if left[end].0 < best.0 || left[end].0 == best.0 && best.1 {
                best = (left[end].0, false);
            }
        }
        left[k] = best;
    }
    let coined = left.iter().zip(text.chars()).take_while(|((_, single), c)| *single && is_han(*c)).count();
    (coined >= 2).then(|| starts[coined])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_words_name_kinds() {
        for kind in ["农产品物流", "高端装备制造", "智算", "现代农业", "重点行业高质量数据", "大型", "五大新城", "市和产业园区"]
        {
            assert!(!opens_coined(kind), "{kind}");
        }
        for coined in ["佳通", "粤芯", "华润微", "盛乐空港国际物流", "陇电入浙", "衡沧高品质蔬菜产业", "环大亚湾"]
        {
            assert!(opens_coined(coined), "{coined}");
        }
    }

    #[test]
    fn landmarks_mark_names() {
        assert!(["阅溪湾中央商务区", "丁香湖公园", "石门山产业园"].iter().all(|name| opens_with_landmark(name)));
        assert!(!["现代山地农业园", "沿江产业园", "矿山公园", "绿色河道工程"].iter().any(|name| opens_with_landmark(name)));
    }

    #[test]
    fn every_common_word_is_no_name() {
        let coined: Vec<_> = COMMON.iter().map(|(word, ())| word).filter(|word| opens_coined(word)).collect();
        assert!(coined.is_empty(), "{coined:?}");
    }
}
