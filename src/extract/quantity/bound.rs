//! How firm a figure is and whether it is a level or a difference, from the words beside it.

use crate::facts::{Change, Modifier};

use super::part::Reader;

/// What stands before and after a figure.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bound {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) modifier: Modifier,
    pub(super) change: Option<Change>,
}

impl Reader<'_> {
    fn before(&self, name: &'static str, end: usize) -> Option<(usize, &str)> {
        self.tables.class(name).longest_before(self.atoms, end)
    }

    /// Reads the words around the figure in atoms `start..end`.
    pub(super) fn bound(&self, start: usize, end: usize) -> Bound {
        let mut bound = Bound { start, end, modifier: Modifier::Exact, change: None };
        let mut at = start;
        // Modifiers stack: "at least another 20", "more than a $4 billion".
        for _ in 0..3 {
            if let Some((_, value)) =
                self.before("change-before", at).filter(|_| bound.change.is_none())
            {
                bound.change = Change::parse(value);
                if self.before("bound-before", at).is_none() {
                    break;
                }
            }
            let Some((from, value)) = self.before("bound-before", at) else {
                // An article between the bound and the number.
                match self.before("article", at) {
                    Some((from, _)) if self.before("bound-before", from).is_some() => {
                        at = from;
                        continue;
                    }
                    _ => break,
                }
            };
            at = from;
            let found = Modifier::parse(value).unwrap_or(Modifier::Exact);
            if found != Modifier::Exact && bound.modifier == Modifier::Exact {
                (bound.start, bound.modifier) = (from, found);
            }
        }
        if let Some((_, value)) =
            self.before("bound-verb", at).filter(|_| bound.modifier == Modifier::Exact)
        {
            bound.modifier = Modifier::parse(value).unwrap_or(Modifier::Exact);
        }
        if let Some((to, value)) = self.class("bound-after", end) {
            let found = Modifier::parse(value).unwrap_or(Modifier::Exact);
            if bound.modifier == Modifier::Exact {
                bound.modifier = found;
            }
            bound.end = to;
        }
        if let Some((to, value)) = self.class("change-after", bound.end) {
            // "20 percent more than" compares, "1,678 more" adds.
            let compares = self.class("than", to).is_some();
            if !compares {
                bound.change = Change::parse(value).or(bound.change);
                if bound.change == Some(Change::Increment) {
                    bound.end = to;
                }
            }
        }
        bound
    }
}
