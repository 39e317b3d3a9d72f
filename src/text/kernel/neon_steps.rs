//! The products of whole steps with NEON.

use std::arch::aarch64::{
    vaddq_f32, vcvtq_f32_s32, vdup_n_s32, vdupq_n_f32, vdupq_n_s32, vget_high_s16, vget_low_s16,
    vld1q_f32, vld1q_s16, vmlal_s16, vmulq_f32, vpaddq_s32, vreinterpret_s16_s32, vst1q_f32,
};

use super::{PANEL, StepPanels};

/// See [`super::Kernel::step_product`].
///
/// # Safety
///
/// `input` and `out` are as long as [`super::Kernel::step_product`] says.
#[target_feature(enable = "neon")]
pub(super) unsafe fn product(
    input: &[i16],
    stride: usize,
    sizes: &[f32],
    panels: &StepPanels,
    out: &mut [f32],
) {
    let padded = panels.padded();
    for at in (0..padded).step_by(EIGHT) {
        let mut row = 0;
        while row < sizes.len() {
            // SAFETY: rows `row..row + n` of both are inside, by the caller's promise.
            unsafe {
                let a = input.as_ptr().add(row * stride);
                let c = out.as_mut_ptr().add(row * padded + at);
                let sizes = &sizes[row..];
                row += match sizes.len() {
                    4.. => tile::<4>(a, stride, sizes, panels, at, c),
                    _ => tile::<1>(a, stride, sizes, panels, at, c),
                };
            }
        }
    }
}

/// Outputs of a tile.
const EIGHT: usize = 8;

/// `ROWS` rows of outputs `at..at + 8`: 4 × `ROWS` sums of 4 lanes, each of one half of a pair.
/// Returns `ROWS`.
///
/// # Safety
///
/// `rows` has `ROWS` rows at `stride`, `sizes` as many, `out` at the padded width.
#[target_feature(enable = "neon")]
#[inline]
unsafe fn tile<const ROWS: usize>(
    rows: *const i16,
    stride: usize,
    sizes: &[f32],
    panels: &StepPanels,
    at: usize,
    out: *mut f32,
) -> usize {
    // SAFETY: a panel has `pairs` steps of 2 × `PANEL` weights, `PANEL` sizes and biases; a row of
    // input has 2 × `pairs` steps, read two at a time without need of alignment.
    unsafe {
        let first = at / PANEL * panels.pairs() * PANEL * 2 + at % PANEL * 2;
        let mut w = panels.data.as_ptr().add(first);
        let mut sums = [[vdupq_n_s32(0); 4]; ROWS];
        for k in 0..panels.pairs() {
            let (w0, w1) = (vld1q_s16(w), vld1q_s16(w.add(EIGHT)));
            let weights =
                [vget_low_s16(w0), vget_high_s16(w0), vget_low_s16(w1), vget_high_s16(w1)];
            w = w.wrapping_add(PANEL * 2);
            for (r, sums) in sums.iter_mut().enumerate() {
                let pair = rows.add(r * stride + k * 2).cast::<i32>().read_unaligned();
                let x = vreinterpret_s16_s32(vdup_n_s32(pair));
                for (sum, weight) in sums.iter_mut().zip(weights) {
                    *sum = vmlal_s16(*sum, weight, x);
                }
            }
        }
        let (weights, bias) = (panels.sizes.as_ptr().add(at), panels.bias.as_ptr().add(at));
        for (r, [a, b, c, d]) in sums.into_iter().enumerate() {
            let size = vdupq_n_f32(sizes[r]);
            for (part, sum) in [(0, vpaddq_s32(a, b)), (4, vpaddq_s32(c, d))] {
                let scale = vmulq_f32(vld1q_f32(weights.add(part)), size);
                let product = vmulq_f32(vcvtq_f32_s32(sum), scale);
                let sum = vaddq_f32(product, vld1q_f32(bias.add(part)));
                vst1q_f32(out.add(r * panels.padded() + part), sum);
            }
        }
    }
    ROWS
}
