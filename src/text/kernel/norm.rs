//! Sums, maxout and layer norm: portable code with a fixed order of additions.

/// Lanes of a partial sum.
const LANES: usize = 16;

/// Adds `row` to `sum`, number by number.
#[inline]
pub(crate) fn add(sum: &mut [f32], row: &[f32]) {
    for (s, r) in sum.iter_mut().zip(row) {
        *s += r;
    }
}

/// The largest piece of each output: `pieces` holds all outputs of piece 0, then of piece 1, …
#[expect(clippy::inline_always, reason = "compiled anew for each instruction set")]
#[inline(always)]
pub(crate) fn maxout(pieces: &[f32], out: &mut [f32]) {
    let width = out.len();
    out.copy_from_slice(&pieces[..width]);
    for piece in pieces[width..].chunks_exact(width) {
        for (o, &p) in out.iter_mut().zip(piece) {
            *o = if p > *o { p } else { *o };
        }
    }
}

/// See [`super::Kernel::maxout_norm`].
#[expect(clippy::inline_always, reason = "compiled anew for each instruction set")]
#[inline(always)]
pub(super) fn maxout_norm(pieces: &[f32], gain: &[f32], shift: &[f32], out: &mut [f32]) {
    maxout(pieces, out);
    let count = out.len() as f32;
    let mean = sum(out, |x| x) / count;
    let variance = sum(out, |x| (x - mean) * (x - mean)) / count;
    let scale = 1.0 / (variance + 1e-8).sqrt();
    for ((o, g), s) in out.iter_mut().zip(gain).zip(shift) {
        *o = (*o - mean) * scale * g + s;
    }
}

#[expect(clippy::inline_always, reason = "compiled anew for each instruction set")]
#[inline(always)]
fn sum(values: &[f32], term: impl Fn(f32) -> f32) -> f32 {
    let mut lanes = [0.0_f32; LANES];
    for chunk in values.as_chunks::<LANES>().0 {
        for (lane, &v) in lanes.iter_mut().zip(chunk) {
            *lane += term(v);
        }
    }
    let mut width = LANES / 2;
    while width > 0 {
        for i in 0..width {
            lanes[i] += lanes[i + width];
        }
        width /= 2;
    }
    lanes[0]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn maxout_takes_the_larger_piece_and_the_norm_has_mean_zero() {
        let pieces: Vec<f32> = (0..32).map(|i| if i < 16 { i as f32 } else { 7.5 }).collect();
        let mut out = [0.0; 16];
        maxout(&pieces, &mut out);
        assert_eq!(&out[6..9], [7.5, 7.5, 8.0]);
        maxout_norm(&pieces, &[1.0; 16], &[0.0; 16], &mut out);
        assert!(out.iter().sum::<f32>().abs() < 1e-5);
        assert!((out.iter().map(|x| x * x).sum::<f32>() / 16.0 - 1.0).abs() < 1e-5);
    }
}
