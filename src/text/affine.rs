//! Affine layers over the rows of a document.

use super::kernel::{Kernel, Panels, StepPanels, StepRows};
use super::model::{AffineData, Matrix};

/// The weights of a layer as the kernels take them.
#[derive(Debug)]
pub(crate) enum Weights {
    /// Products in f32.
    Float(Panels),
    /// Products in integers, where the model stores such weights.
    Steps(StepPanels),
}

impl Weights {
    /// Packs the layer whose output `o` has the weights of row `stored(o)` and the bias `bias[o]`.
    pub(crate) fn pack(matrix: &Matrix, bias: &[f32], stored: impl Fn(usize) -> usize) -> Self {
        match matrix.precision().largest() {
            Some(largest) => {
                Self::Steps(StepPanels::pack(matrix.cols(), largest + 1, bias, |o, out| {
                    matrix.read_steps(stored(o), out).unwrap_or_default()
                }))
            }
            None => Self::Float(Panels::pack(matrix.cols(), bias, |o, out| {
                matrix.read_row(stored(o), out);
            })),
        }
    }

    /// Number of inputs.
    pub(crate) fn inputs(&self) -> usize {
        match self {
            Self::Float(panels) => panels.inputs(),
            Self::Steps(panels) => panels.inputs(),
        }
    }

    /// Number of outputs.
    pub(crate) fn outputs(&self) -> usize {
        match self {
            Self::Float(panels) => panels.outputs(),
            Self::Steps(panels) => panels.outputs(),
        }
    }

    /// The stride of a result's rows.
    pub(crate) fn padded(&self) -> usize {
        match self {
            Self::Float(panels) => panels.padded(),
            Self::Steps(panels) => panels.padded(),
        }
    }

    /// Multiplies rows that do not overlap, `stride` apart, and adds the bias; each row is rounded
    /// by itself where the product is one of integers.
    pub(crate) fn product(
        &self,
        kernel: Kernel,
        input: &[f32],
        stride: usize,
        space: &mut StepRows,
        out: &mut [f32],
    ) {
        match self {
            Self::Float(panels) => {
                kernel.product(input, stride, input.len() / stride, panels, out);
            }
            Self::Steps(panels) => {
                kernel.round_rows(input, stride, panels, space);
                let between = panels.pairs() * 2;
                kernel.step_product(&space.steps, between, &space.sizes, panels, out);
            }
        }
    }
}

/// Packs an affine layer for products in f32.
pub(crate) fn pack(data: &AffineData) -> Panels {
    Panels::pack(data.weights.cols(), &row(&data.bias), |o, out| data.weights.read_row(o, out))
}

/// The first row of a matrix.
pub(crate) fn row(matrix: &Matrix) -> Vec<f32> {
    let mut row = vec![0.0; matrix.cols()];
    matrix.read_row(0, &mut row);
    row
}

/// The class with the highest score for each row of `input`, the first of equals.
pub(crate) fn classify(
    kernel: Kernel,
    weights: &Weights,
    input: &[f32],
    (space, scores): (&mut StepRows, &mut Vec<f32>),
    mut put: impl FnMut(usize),
) {
    const BLOCK: usize = 12;
    let (inputs, padded) = (weights.inputs(), weights.padded());
    scores.resize(BLOCK * padded, 0.0);
    for block in input.chunks(BLOCK * inputs) {
        weights.product(kernel, block, inputs, space, scores);
        for scores in scores.chunks_exact(padded).take(block.len() / inputs) {
            put(argmax(&scores[..weights.outputs()]));
        }
    }
}

/// Where the largest score is, the first of equals; 0 where there is none.
pub(crate) fn argmax(scores: &[f32]) -> usize {
    let mut best = 0;
    for (i, s) in scores.iter().enumerate() {
        if *s > scores[best] {
            best = i;
        }
    }
    best
}
