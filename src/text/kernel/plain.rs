//! The products in portable Rust.

use super::{PANEL, Panels};

/// See [`super::Kernel::product`].
pub(super) fn product(input: &[f32], stride: usize, rows: usize, panels: &Panels, out: &mut [f32]) {
    let padded = panels.padded();
    for (p, weights) in panels.data.chunks_exact(panels.inputs * PANEL).enumerate() {
        let bias = &panels.bias[p * PANEL..][..PANEL];
        let mut row = 0;
        while row + 4 <= rows {
            tile::<4>(
                &input[row * stride..],
                stride,
                weights,
                bias,
                &mut out[row * padded + p * PANEL..],
                padded,
            );
            row += 4;
        }
        while row < rows {
            tile::<1>(
                &input[row * stride..],
                stride,
                weights,
                bias,
                &mut out[row * padded + p * PANEL..],
                padded,
            );
            row += 1;
        }
    }
}

/// `ROWS` rows of one panel, half a panel at a time so that the sums stay in registers.
fn tile<const ROWS: usize>(
    input: &[f32],
    stride: usize,
    weights: &[f32],
    bias: &[f32],
    out: &mut [f32],
    padded: usize,
) {
    const HALF: usize = PANEL / 2;
    let (steps, _) = weights.as_chunks::<HALF>();
    for half in 0..2 {
        let mut sums = [[0.0_f32; HALF]; ROWS];
        for sum in &mut sums {
            sum.copy_from_slice(&bias[half * HALF..][..HALF]);
        }
        for (k, step) in steps.iter().skip(half).step_by(2).enumerate() {
            for (r, sum) in sums.iter_mut().enumerate() {
                let x = input[r * stride + k];
                for (s, w) in sum.iter_mut().zip(step) {
                    *s = x.mul_add(*w, *s);
                }
            }
        }
        for (r, sum) in sums.iter().enumerate() {
            out[r * padded + half * HALF..][..HALF].copy_from_slice(sum);
        }
    }
}
