//! Which stretches of a text are taken already? Asked of thousands of spans, each in a few steps.
//!
//! With `A产业园` and `B产业园` of a list taken, `产业园、B` meets them.

use super::Span;

/// Spans that are taken together; those that share a character have become one.
#[derive(Debug, Clone)]
pub struct Cover<In>(Vec<Span<In>>);

impl<In> Default for Cover<In> {
    fn default() -> Self {
        Cover(Vec::new())
    }
}

impl<In: Copy> Cover<In> {
    /// Takes `span` as well.
    pub fn add(&mut self, span: Span<In>) {
        let first = self.first_after(span.start);
        let met = self.0[first..].iter().take_while(|other| other.start < span.end).count();
        let joined = self.0[first..first + met].iter().fold(span, |joined, other| joined.join(*other));
        self.0.splice(first..first + met, [joined]);
    }

    /// Whether some of `span` is taken.
    pub fn meets(&self, span: Span<In>) -> bool {
        self.0.get(self.first_after(span.start)).is_some_and(|other| other.meets(span))
    }

    /// Whether the character at `at` is taken.
    pub fn holds(&self, at: usize) -> bool {
        self.0.get(self.first_after(at)).is_some_and(|other| other.start <= at)
    }

    fn first_after(&self, start: usize) -> usize {
        self.0.partition_point(|other| other.end <= start)
    }
}

impl<In: Copy> Extend<Span<In>> for Cover<In> {
    fn extend<I: IntoIterator<Item = Span<In>>>(&mut self, spans: I) {
        spans.into_iter().for_each(|span| self.add(span));
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Folded, Span};
    use super::Cover;

    #[test]
    fn it_meets_what_one_of_its_spans_meets() {
        let spans = [(4, 7), (9, 12), (6, 9), (20, 20), (0, 2), (30, 40), (33, 34)].map(|(start, end)| Span::<Folded>::new(start, end));
        let mut cover = Cover::default();
        for taken in 0..spans.len() {
            cover.add(spans[taken]);
            for start in 0..45 {
                let known = &spans[..=taken];
                assert_eq!(cover.holds(start), known.iter().any(|span| span.start <= start && start < span.end), "{start}");
                for end in start + 1..46 {
                    let asked = Span::new(start, end);
                    assert_eq!(cover.meets(asked), known.iter().any(|span| span.meets(asked)), "{asked:?}");
                }
            }
        }
    }
}
