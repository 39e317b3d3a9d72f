//! The products with AVX2 and AVX-512.

use std::arch::x86_64::{
    _mm256_broadcast_ss, _mm256_fmadd_ps, _mm256_loadu_ps, _mm256_storeu_ps, _mm512_fmadd_ps,
    _mm512_loadu_ps, _mm512_set1_ps, _mm512_storeu_ps,
};

use super::{PANEL, Panels};

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
