//! What do the characters read as? Folding, artefacts of printing, Chinese numerals, and the way back to the original.
//!
//! `主营业务收入１．５８万亿元，推进重点园-5-区建设` reads as `主营业务收入1.58万亿元，推进重点园区建设`.

mod any_of;
pub mod cited;
mod cover;
pub mod date;
pub mod fold;
pub mod numeral;
mod offsets;
mod reading;
pub mod setting;
mod span;

pub use any_of::AnyOf;
pub use cover::Cover;
pub use offsets::Offsets;
pub use reading::{Lines, Reading};
pub use span::{Folded, Original, Span};

/// What stands before the brackets that a text ends in, and what stands in them: `粮食产量（万吨）` is `粮食产量` and `万吨`.
pub fn closing_brackets(text: &str) -> Option<(&str, &str)> {
    let said = text.strip_suffix(['）', ')'])?;
    let mut open = 1;
    let (at, bracket) = said.char_indices().rev().find(|(_, c)| {
        open += i32::from(matches!(c, '）' | ')')) - i32::from(matches!(c, '（' | '('));
        open == 0
    })?;
    Some((&said[..at], &said[at + bracket.len_utf8()..]))
}

/// The start of `text`, of at most so many bytes.
pub fn opening(text: &str, bytes: usize) -> &str {
    let end = (0..=bytes.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    &text[..end]
}
