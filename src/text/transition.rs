//! What the parser and the entity recogniser share: scores of moves from the tokens that a state
//! looks at.

use super::affine::{Weights, pack, row};
use super::kernel::{Kernel, Panels, StepRows, add, maxout};
use super::model::TransitionData;

/// A compiled transition model.
#[derive(Debug)]
pub(crate) struct Scorer {
    project: Weights,
    /// One product makes the hidden parts of a token for every feature.
    lower: Weights,
    bias: Vec<f32>,
    /// `[features × outer]`: the parts of a missing token.
    pad: Vec<f32>,
    upper: Panels,
    features: usize,
    hidden: usize,
    /// Hidden size × pieces.
    outer: usize,
}

/// Working space of a scorer.
#[derive(Debug, Default)]
pub(crate) struct Scores {
    projected: Vec<f32>,
    steps: StepRows,
    /// `[tokens × features × outer]`.
    parts: Vec<f32>,
    sum: Vec<f32>,
    hidden: Vec<f32>,
    moves: Vec<f32>,
}

impl Scorer {
    /// Packs the weights.
    pub(crate) fn new(data: &TransitionData) -> Self {
        let (hidden, pieces) = (data.hidden(), data.pieces);
        let outer = hidden * pieces;
        // Stored output by output, its pieces side by side; packed piece by piece.
        let stored = |i: usize| i % hidden * pieces + i / hidden;
        let reorder = |v: &[f32]| (0..outer).map(|i| v[stored(i)]).collect::<Vec<f32>>();
        let mut pad = Vec::with_capacity(data.features * outer);
        let mut cells = vec![0.0; outer];
        for f in 0..data.features {
            data.pad.read_row(f, &mut cells);
            pad.extend(reorder(&cells));
        }
        let no_bias = vec![0.0; data.features * outer];
        let lower = Weights::pack(&data.lower, &no_bias, |o| o / outer * outer + stored(o % outer));
        Self {
            project: Weights::pack(&data.project.weights, &row(&data.project.bias), |o| o),
            lower,
            bias: reorder(&row(&data.lower_bias)),
            pad,
            upper: pack(&data.upper),
            features: data.features,
            hidden,
            outer,
        }
    }

    /// Prepares the tokens whose tok2vec rows are `rows`.
    pub(crate) fn prepare(&self, kernel: Kernel, rows: &[f32], scores: &mut Scores) {
        const BLOCK: usize = 12;
        let (inner, outer) = (self.project.padded(), self.lower.padded());
        let tokens = rows.len() / self.project.inputs();
        scores.projected.resize(BLOCK * inner, 0.0);
        scores.parts.resize(tokens * outer, 0.0);
        scores.sum.resize(self.outer, 0.0);
        scores.hidden.resize(self.hidden, 0.0);
        scores.moves.resize(self.upper.padded(), 0.0);
        let blocks = rows.chunks(BLOCK * self.project.inputs());
        let Scores { projected, steps, parts, .. } = scores;
        for (block, parts) in blocks.zip(parts.chunks_mut(BLOCK * outer)) {
            let n = block.len() / self.project.inputs();
            self.project.product(kernel, block, self.project.inputs(), steps, projected);
            self.lower.product(kernel, &projected[..n * inner], inner, steps, parts);
        }
    }

    /// The scores of all moves in a state that looks at the tokens `context` (`None`: missing).
    pub(crate) fn score<'s>(
        &self,
        kernel: Kernel,
        context: impl Iterator<Item = Option<usize>>,
        scores: &'s mut Scores,
    ) -> &'s [f32] {
        let stride = self.lower.padded();
        scores.sum.fill(0.0);
        for (f, token) in context.take(self.features).enumerate() {
            let part = match token {
                Some(t) => &scores.parts[t * stride + f * self.outer..][..self.outer],
                None => &self.pad[f * self.outer..][..self.outer],
            };
            add(&mut scores.sum, part);
        }
        add(&mut scores.sum, &self.bias);
        maxout(&scores.sum, &mut scores.hidden);
        kernel.product(&scores.hidden, 0, 1, &self.upper, &mut scores.moves);
        &scores.moves[..self.upper.outputs()]
    }
}
