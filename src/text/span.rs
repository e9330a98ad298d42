//! Where does it stand? A span is typed by the text that it counts in: `Span<Folded>` never reaches a record.

use std::marker::PhantomData;

/// The decoded source text; offsets count Unicode code points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Original;

/// A block's folded reading; offsets count bytes of [`super::Reading::text`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Folded;

/// A stretch of text, end exclusive, in the offsets of `In`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span<In> {
    /// First offset.
    pub start: usize,
    /// Offset after the last.
    pub end: usize,
    text: PhantomData<In>,
}

impl<In: Copy> Span<In> {
    /// The span from `start` to `end`; `start <= end`.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end, "a span ends before it starts: {start}..{end}");
        Span { start, end, text: PhantomData }
    }

    /// The offsets as a range, for slicing.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start..self.end
    }

    /// Whether nothing stands in it.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` stands wholly in it.
    pub fn holds(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a character.
    pub fn meets(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        Span::new(self.start.min(other.start), self.end.max(other.end))
    }
}
