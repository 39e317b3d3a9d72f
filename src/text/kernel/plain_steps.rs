//! The products of whole steps in portable Rust.

use super::{PANEL, StepPanels};

/// See [`super::Kernel::step_product`].
pub(super) fn product(
    input: &[i16],
    stride: usize,
    sizes: &[f32],
    panels: &StepPanels,
    out: &mut [f32],
) {
    const TWO: usize = PANEL * 2;
    let padded = panels.padded();
    for (p, weights) in panels.data.chunks_exact(panels.pairs() * TWO).enumerate() {
        let lanes = p * PANEL..(p + 1) * PANEL;
        for (r, &size) in sizes.iter().enumerate() {
            let (pairs, _) = input[r * stride..][..panels.pairs() * 2].as_chunks::<2>();
            let mut sums = [0_i32; PANEL];
            for (&[x, y], step) in pairs.iter().zip(weights.as_chunks::<TWO>().0) {
                for (sum, &[v, w]) in sums.iter_mut().zip(step.as_chunks::<2>().0) {
                    *sum += i32::from(x) * i32::from(v) + i32::from(y) * i32::from(w);
                }
            }
            let out = &mut out[r * padded..][lanes.clone()];
            let scales = panels.sizes[lanes.clone()].iter().zip(&panels.bias[lanes.clone()]);
            for ((o, &sum), (&weight, &bias)) in out.iter_mut().zip(&sums).zip(scales) {
                *o = sum as f32 * (weight * size) + bias;
            }
        }
    }
}
