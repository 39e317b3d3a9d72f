//! The entity recogniser: one move a token (begin, in, last, unit, out).
//!
//! # Source
//!
//! BILUO tags after Ratinov and Roth (2009), in a transition system after Lample et al. (2016).

use super::kernel::Kernel;
use super::model::TransitionData;
use super::transition::{Scorer, Scores};

/// A compiled recogniser.
#[derive(Debug)]
pub(crate) struct Recogniser {
    scorer: Scorer,
    /// Action and label in class order.
    moves: Vec<(Action, u16)>,
    labels: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Action {
    Missing,
    Begin,
    In,
    Last,
    Unit,
    Out,
}

/// A name: tokens `start..end`, label by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Name {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) label: u16,
}

impl Recogniser {
    /// Compiles a recogniser.
    pub(crate) fn new(data: &TransitionData) -> Self {
        // Label 0 is the empty one.
        let mut labels = vec![String::new()];
        let mut moves = Vec::new();
        for (action, label) in &data.moves {
            let found = labels.iter().position(|l| l == label);
            let index = found.unwrap_or_else(|| {
                labels.push(label.clone());
                labels.len() - 1
            });
            let action = match action {
                0 => Action::Missing,
                1 => Action::Begin,
                2 => Action::In,
                3 => Action::Last,
                4 => Action::Unit,
                _ => Action::Out,
            };
            moves.push((action, u16::try_from(index).expect("a model has few labels")));
        }
        Self { scorer: Scorer::new(data), moves, labels }
    }

    /// The text of a label.
    pub(crate) fn label(&self, number: u16) -> &str {
        self.labels.get(usize::from(number)).map_or("", String::as_str)
    }

    /// Finds the names of a document of `length` tokens from its tok2vec rows.
    ///
    /// `is_start` tells tokens that begin a sentence, `is_space` white space.
    pub(crate) fn names(
        &self,
        kernel: Kernel,
        rows: &[f32],
        length: usize,
        (is_start, is_space): (impl Fn(usize) -> bool, impl Fn(usize) -> bool),
        scores: &mut Scores,
        out: &mut Vec<Name>,
    ) {
        self.scorer.prepare(kernel, rows, scores);
        let mut open: Option<(usize, u16)> = None;
        for i in 0..length {
            let first = open.map(|(start, _)| start);
            let context = [Some(i), first, first.and(i.checked_sub(1))];
            let moves = self.scorer.score(kernel, context.into_iter(), scores);
            let goes_on = i + 1 < length && !is_start(i + 1);
            let space = is_space(i);
            let mut best: Option<(f32, Action, u16)> = None;
            for (&score, &(action, label)) in moves.iter().zip(&self.moves) {
                if best.is_some_and(|(top, ..)| score <= top) {
                    continue;
                }
                let same = open.is_some_and(|(_, l)| l == label);
                let valid = match action {
                    Action::Missing => false,
                    Action::Begin => open.is_none() && label != 0 && goes_on && !space,
                    Action::In => same && goes_on,
                    Action::Last => same,
                    Action::Unit => open.is_none() && label != 0 && !space,
                    Action::Out => open.is_none(),
                };
                if valid {
                    best = Some((score, action, label));
                }
            }
            match best {
                None => break,
                Some((_, Action::Begin, label)) => open = Some((i, label)),
                Some((_, Action::Last, label)) => {
                    if let Some((start, _)) = open.take() {
                        out.push(Name { start, end: i + 1, label });
                    }
                }
                Some((_, Action::Unit, label)) => out.push(Name { start: i, end: i + 1, label }),
                Some((_, Action::Missing | Action::In | Action::Out, _)) => {}
            }
        }
    }
}
