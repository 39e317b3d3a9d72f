//! Affine layers over the rows of a document.

use super::kernel::{Kernel, Panels};
use super::model::{AffineData, Matrix};

/// Packs an affine layer.
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
    panels: &Panels,
    input: &[f32],
    scores: &mut Vec<f32>,
    mut put: impl FnMut(usize),
) {
    const BLOCK: usize = 12;
    let padded = panels.padded();
    scores.resize(BLOCK * padded, 0.0);
    for block in input.chunks(BLOCK * panels.inputs()) {
        let n = block.len() / panels.inputs();
        kernel.product(block, panels.inputs(), n, panels, scores);
        for r in 0..n {
            put(argmax(&scores[r * padded..][..panels.outputs()]));
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
