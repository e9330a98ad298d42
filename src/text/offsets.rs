//! Which bytes does a span of code points cover? Records count code points, Rust strings bytes.

use super::span::{Original, Span};

/// How many code points lie between two entries of the table.
const STEP: usize = 16;

/// A text with a table from code points to bytes; a look-up reads at most [`STEP`] characters.
#[derive(Debug, Clone)]
pub struct Offsets<'a> {
    text: &'a str,
    bytes: Vec<u32>,
    chars: usize,
}

impl<'a> Offsets<'a> {
    /// Reads `text` once.
    pub fn new(text: &'a str) -> Self {
        let mut bytes = Vec::with_capacity(text.len() / STEP / 2 + 1);
        let mut chars = 0;
        for (at, _) in text.char_indices() {
            if chars % STEP == 0 {
                bytes.push(at as u32);
            }
            chars += 1;
        }
        Offsets { text, bytes, chars }
    }

    /// The text.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// How many code points the text has.
    pub fn chars(&self) -> usize {
        self.chars
    }

    /// The byte at which code point `at` starts; the text's length at or after its end.
    pub fn byte(&self, at: usize) -> usize {
        let Some(&start) = self.bytes.get(at / STEP) else { return self.text.len() };
        let start = start as usize;
        self.text[start..].char_indices().nth(at % STEP).map_or(self.text.len(), |(k, _)| start + k)
    }

    /// The characters of `span`.
    pub fn slice(&self, span: Span<Original>) -> &'a str {
        &self.text[self.byte(span.start)..self.byte(span.end)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slices_by_code_points() {
        let text = "政策a".repeat(100);
        let offsets = Offsets::new(&text);
        assert_eq!(offsets.chars(), 300);
        assert_eq!(offsets.slice(Span::new(192, 195)), "政策a");
        assert_eq!(offsets.slice(Span::new(191, 209)), format!("a{}政策", "政策a".repeat(5)));
        assert_eq!(offsets.slice(Span::new(298, 300)), "策a");
    }
}
