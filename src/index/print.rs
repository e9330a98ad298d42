//! Do two documents say the same? A print is a number for what a record says, whatever its blanks, marks and widths; a sketch is a few
//! numbers for all passages of a document, and two sketches agree in about the share of passages that the documents have in common.

use super::fold::{fold_char, is_han, is_letter_or_digit};

/// How many numbers a sketch has.
pub const SKETCH: usize = 16;
/// In how many of them the sketches of one text agree at least: documents with nine passages of ten in common nearly always do, with half
/// of them in common once in a hundred times.
const AGREEING: usize = 13;

/// The print of a record: of its type and its text.
pub fn print(kind: &str, text: &str) -> u64 {
    print_folded(kind, text.chars().map(fold_char))
}

/// The same, of a text's folded characters.
pub fn print_folded(kind: &str, folded: impl Iterator<Item = char>) -> u64 {
    let said = folded.filter(|c| is_han(*c) || is_letter_or_digit(*c)).map(u64::from);
    mixed(said.fold(kind.bytes().fold(FNV, |hash, b| step(hash, b.into())), step))
}

const FNV: u64 = 0xcbf2_9ce4_8422_2325;

/// FNV-1a, a character a step.
fn step(hash: u64, next: u64) -> u64 {
    (hash ^ next).wrapping_mul(0x0100_0000_01b3)
}

/// Every bit of the number in every bit of another (splitmix64).
fn mixed(number: u64) -> u64 {
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

/// The sketch of a document with these prints of passages: the least of the prints, mixed in so many ways. Empty where it has none.
pub fn sketch(prints: &[u64]) -> Vec<u64> {
    let way = |at: u64| prints.iter().map(|print| mixed(print ^ (at + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15))).min();
    (0..SKETCH as u64).filter_map(way).collect()
}

/// Whether two sketches are of one text.
pub fn same_text(one: &[u64], other: &[u64]) -> bool {
    one.iter().zip(other).filter(|(one, other)| one == other).count() >= AGREEING
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(range: std::ops::Range<u32>) -> Vec<u64> {
        sketch(&range.map(|at| print("passage", &format!("第{at}条，加强领导。"))).collect::<Vec<_>>())
    }

    #[test]
    fn a_print_is_of_what_is_said() {
        assert_eq!(print("passage", "（一）發展２家企业。"), print("passage", "(一) 发展2家企业"));
        assert_ne!(print("passage", "发展2家企业"), print("passage", "发展3家企业"));
        assert_ne!(print("passage", "发展"), print("section", "发展"));
    }

    #[test]
    fn sketches_agree_as_texts_do() {
        assert!(same_text(&text(0..100), &text(0..100)));
        assert!(same_text(&text(0..100), &text(2..101)), "a line less, and one more");
        assert!(!same_text(&text(0..100), &text(50..150)));
        assert!(sketch(&[]).is_empty());
    }
}
