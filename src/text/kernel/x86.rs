//! The products with AVX2 and AVX-512.

use std::arch::x86_64::{
    _mm256_broadcast_ss, _mm256_fmadd_ps, _mm256_loadu_ps, _mm256_storeu_ps, _mm512_fmadd_ps,
    _mm512_loadu_ps, _mm512_set1_ps, _mm512_storeu_ps,
};

use super::{PANEL, Panels, norm, steps};

/// Portable code, compiled for wider registers.
macro_rules! widened {
    ($features:literal, $maxout_norm:ident, $quantise:ident) => {
        /// See [`super::Kernel::maxout_norm`].
        #[target_feature(enable = $features)]
        pub(super) fn $maxout_norm(pieces: &[f32], gain: &[f32], shift: &[f32], out: &mut [f32]) {
            norm::maxout_norm(pieces, gain, shift, out);
        }

        /// See [`super::Kernel::quantise`].
        #[target_feature(enable = $features)]
        pub(super) fn $quantise(numbers: &[f32], inverse: f32, limit: f32, out: &mut [i16]) {
            steps::quantise(numbers, inverse, limit, out);
        }
    };
}
widened!("avx2", maxout_norm_avx2, quantise_avx2);
widened!("avx512f,avx512bw", maxout_norm_avx512, quantise_avx512);

/// See [`super::Kernel::product`].
///
/// # Safety
///
/// The machine has AVX-512F; `input` and `out` are as long as [`super::Kernel::product`] says.
#[target_feature(enable = "avx512f")]
pub(super) unsafe fn product_avx512(
    input: &[f32],
    stride: usize,
    rows: usize,
    panels: &Panels,
    out: &mut [f32],
) {
    let padded = panels.padded();
    if rows == 1 {
        // SAFETY: as for the tiles below.
        unsafe { row_avx512(input.as_ptr(), panels, out.as_mut_ptr()) };
        return;
    }
    for p in 0..padded / PANEL {
        let mut row = 0;
        while row < rows {
            // SAFETY: rows `row..row + n` of both are inside, by the caller's promise.
            unsafe {
                let a = input.as_ptr().add(row * stride);
                let c = out.as_mut_ptr().add(row * padded + p * PANEL);
                row += match rows - row {
                    12.. => tile_avx512::<12>(a, stride, panels, p, c),
                    8.. => tile_avx512::<8>(a, stride, panels, p, c),
                    4.. => tile_avx512::<4>(a, stride, panels, p, c),
                    2.. => tile_avx512::<2>(a, stride, panels, p, c),
                    _ => tile_avx512::<1>(a, stride, panels, p, c),
                };
            }
        }
    }
}

/// One row: several panels at a time, so that no sum has to wait for itself.
///
/// # Safety
///
/// AVX-512F; `row` has the layer's inputs, `out` its padded outputs.
#[target_feature(enable = "avx512f")]
unsafe fn row_avx512(row: *const f32, panels: &Panels, out: *mut f32) {
    let mut p = 0;
    let count = panels.padded() / PANEL;
    while p < count {
        // SAFETY: panels `p..p + n` are there.
        unsafe {
            p += match count - p {
                4.. => panels_avx512::<4>(row, panels, p, out),
                3 => panels_avx512::<3>(row, panels, p, out),
                2 => panels_avx512::<2>(row, panels, p, out),
                _ => panels_avx512::<1>(row, panels, p, out),
            };
        }
    }
}

/// One row of panels `p..p + COUNT`. Returns `COUNT`.
///
/// # Safety
///
/// As above; there are so many panels.
#[target_feature(enable = "avx512f")]
#[inline]
unsafe fn panels_avx512<const COUNT: usize>(
    row: *const f32,
    panels: &Panels,
    p: usize,
    out: *mut f32,
) -> usize {
    // SAFETY: each panel has `inputs` steps of `PANEL` weights and `PANEL` biases.
    unsafe {
        let w = panels.data.as_ptr().add(p * panels.inputs * PANEL);
        let bias = panels.bias.as_ptr().add(p * PANEL);
        let mut sums = [[_mm512_loadu_ps(bias); 2]; COUNT];
        for (c, [low, high]) in sums.iter_mut().enumerate() {
            *low = _mm512_loadu_ps(bias.add(c * PANEL));
            *high = _mm512_loadu_ps(bias.add(c * PANEL + 16));
        }
        for k in 0..panels.inputs {
            let x = _mm512_set1_ps(*row.add(k));
            for (c, [low, high]) in sums.iter_mut().enumerate() {
                let w = w.add((c * panels.inputs + k) * PANEL);
                *low = _mm512_fmadd_ps(x, _mm512_loadu_ps(w), *low);
                *high = _mm512_fmadd_ps(x, _mm512_loadu_ps(w.add(16)), *high);
            }
        }
        for (c, [low, high]) in sums.into_iter().enumerate() {
            _mm512_storeu_ps(out.add((p + c) * PANEL), low);
            _mm512_storeu_ps(out.add((p + c) * PANEL + 16), high);
        }
    }
    COUNT
}

/// `ROWS` rows of panel `p`: 2 × `ROWS` sums of 16 lanes. Returns `ROWS`.
///
/// # Safety
///
/// AVX-512F; `rows` has `ROWS` rows at `stride`, `out` has `ROWS` rows at the padded width.
#[target_feature(enable = "avx512f")]
#[inline]
unsafe fn tile_avx512<const ROWS: usize>(
    rows: *const f32,
    stride: usize,
    panels: &Panels,
    p: usize,
    out: *mut f32,
) -> usize {
    // SAFETY: panel `p` has `inputs` steps of `PANEL` weights and `PANEL` biases.
    unsafe {
        let mut w = panels.data.as_ptr().add(p * panels.inputs * PANEL);
        let bias = panels.bias.as_ptr().add(p * PANEL);
        let mut low = [_mm512_loadu_ps(bias); ROWS];
        let mut high = [_mm512_loadu_ps(bias.add(16)); ROWS];
        for k in 0..panels.inputs {
            let (w0, w1) = (_mm512_loadu_ps(w), _mm512_loadu_ps(w.add(16)));
            w = w.add(PANEL);
            for r in 0..ROWS {
                let x = _mm512_set1_ps(*rows.add(r * stride + k));
                low[r] = _mm512_fmadd_ps(x, w0, low[r]);
                high[r] = _mm512_fmadd_ps(x, w1, high[r]);
            }
        }
        let padded = panels.padded();
        for r in 0..ROWS {
            _mm512_storeu_ps(out.add(r * padded), low[r]);
            _mm512_storeu_ps(out.add(r * padded + 16), high[r]);
        }
    }
    ROWS
}

/// See [`super::Kernel::product`].
///
/// # Safety
///
/// The machine has AVX2 and FMA; `input` and `out` are as long as [`super::Kernel::product`] says.
#[target_feature(enable = "avx2,fma")]
pub(super) unsafe fn product_avx2(
    input: &[f32],
    stride: usize,
    rows: usize,
    panels: &Panels,
    out: &mut [f32],
) {
    let padded = panels.padded();
    for p in 0..padded / PANEL {
        for half in [0, PANEL / 2] {
            let mut row = 0;
            while row < rows {
                // SAFETY: rows `row..row + n` of both are inside, by the caller's promise.
                unsafe {
                    let a = input.as_ptr().add(row * stride);
                    let c = out.as_mut_ptr().add(row * padded + p * PANEL + half);
                    row += match rows - row {
                        6.. => tile_avx2::<6>(a, stride, panels, p, half, c),
                        3.. => tile_avx2::<3>(a, stride, panels, p, half, c),
                        _ => tile_avx2::<1>(a, stride, panels, p, half, c),
                    };
                }
            }
        }
    }
}

/// `ROWS` rows of half of panel `p`: 2 × `ROWS` sums of 8 lanes. Returns `ROWS`.
///
/// # Safety
///
/// AVX2 and FMA; `rows` has `ROWS` rows at `stride`, `out` has `ROWS` rows at the padded width; `half`
/// is 0 or 16.
#[target_feature(enable = "avx2,fma")]
#[inline]
unsafe fn tile_avx2<const ROWS: usize>(
    rows: *const f32,
    stride: usize,
    panels: &Panels,
    p: usize,
    half: usize,
    out: *mut f32,
) -> usize {
    // SAFETY: panel `p` has `inputs` steps of `PANEL` weights and `PANEL` biases.
    unsafe {
        let mut w = panels.data.as_ptr().add(p * panels.inputs * PANEL + half);
        let bias = panels.bias.as_ptr().add(p * PANEL + half);
        let mut low = [_mm256_loadu_ps(bias); ROWS];
        let mut high = [_mm256_loadu_ps(bias.add(8)); ROWS];
        for k in 0..panels.inputs {
            let (w0, w1) = (_mm256_loadu_ps(w), _mm256_loadu_ps(w.add(8)));
            w = w.wrapping_add(PANEL);
            for r in 0..ROWS {
                let x = _mm256_broadcast_ss(&*rows.add(r * stride + k));
                low[r] = _mm256_fmadd_ps(x, w0, low[r]);
                high[r] = _mm256_fmadd_ps(x, w1, high[r]);
            }
        }
        let padded = panels.padded();
        for r in 0..ROWS {
            _mm256_storeu_ps(out.add(r * padded), low[r]);
            _mm256_storeu_ps(out.add(r * padded + 8), high[r]);
        }
    }
    ROWS
}
