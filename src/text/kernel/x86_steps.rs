//! The products of whole steps with AVX2, AVX-512BW and AVX-512 VNNI.

use std::arch::asm;
use std::arch::x86_64::{
    __m256i, __m512i, _mm256_add_epi32, _mm256_add_ps, _mm256_cvtepi32_ps, _mm256_loadu_ps,
    _mm256_loadu_si256, _mm256_madd_epi16, _mm256_mul_ps, _mm256_set1_epi32, _mm256_set1_ps,
    _mm256_setzero_si256, _mm256_storeu_ps, _mm512_add_epi32, _mm512_add_ps, _mm512_cvtepi32_ps,
    _mm512_loadu_ps, _mm512_loadu_si512, _mm512_madd_epi16, _mm512_mul_ps, _mm512_set1_epi32,
    _mm512_set1_ps, _mm512_setzero_si512, _mm512_storeu_ps,
};

use super::{PANEL, StepPanels};

/// Does something for each row of a tile, one after the other in the source: sums that a loop would
/// index are not kept in registers.
macro_rules! for_rows {
    ($rows:expr, $r:ident => $body:block) => {
        for_rows!(@ $rows, $r, $body, 0 1 2 3 4 5 6 7 8 9 10 11);
    };
    (@ $rows:expr, $r:ident, $body:block, $($number:literal)+) => {
        $(
            if $number < $rows {
                let $r = $number;
                $body
            }
        )+
    };
}

/// The functions for one set of 512-bit instructions: `$add` adds products of pairs to a sum.
macro_rules! product_512 {
    ($product:ident, $tile:ident, $features:literal, $add:expr) => {
        /// See [`super::Kernel::step_product`].
        ///
        /// # Safety
        ///
        /// The machine has the features; `input` and `out` are as long as
        /// [`super::Kernel::step_product`] says.
        #[target_feature(enable = $features)]
        pub(super) unsafe fn $product(
            input: &[i16],
            stride: usize,
            sizes: &[f32],
            panels: &StepPanels,
            out: &mut [f32],
        ) {
            let padded = panels.padded();
            for p in 0..padded / PANEL {
                let mut row = 0;
                while row < sizes.len() {
                    // SAFETY: rows `row..row + n` of both are inside, by the caller's promise.
                    unsafe {
                        let a = input.as_ptr().add(row * stride);
                        let c = out.as_mut_ptr().add(row * padded + p * PANEL);
                        let sizes = &sizes[row..];
                        row += match sizes.len() {
                            12.. => $tile::<12>(a, stride, sizes, panels, p, c),
                            8.. => $tile::<8>(a, stride, sizes, panels, p, c),
                            4.. => $tile::<4>(a, stride, sizes, panels, p, c),
                            2.. => $tile::<2>(a, stride, sizes, panels, p, c),
                            _ => $tile::<1>(a, stride, sizes, panels, p, c),
                        };
                    }
                }
            }
        }

        /// `ROWS` rows of panel `p`: 2 × `ROWS` sums of 16 lanes. Returns `ROWS`.
        ///
        /// # Safety
        ///
        /// As above; `rows` has `ROWS` rows at `stride`, `sizes` as many, `out` at the padded width.
        #[target_feature(enable = $features)]
        #[inline]
        unsafe fn $tile<const ROWS: usize>(
            rows: *const i16,
            stride: usize,
            sizes: &[f32],
            panels: &StepPanels,
            p: usize,
            out: *mut f32,
        ) -> usize {
            // SAFETY: panel `p` has `pairs` steps of 2 × `PANEL` weights, `PANEL` sizes and biases;
            // a row of input has 2 × `pairs` steps, read two at a time without need of alignment.
            unsafe {
                let mut w = panels.data.as_ptr().add(p * panels.pairs() * PANEL * 2);
                let mut low = [_mm512_setzero_si512(); ROWS];
                let mut high = [_mm512_setzero_si512(); ROWS];
                for k in 0..panels.pairs() {
                    let w0 = _mm512_loadu_si512(w.cast());
                    let w1 = _mm512_loadu_si512(w.add(PANEL).cast());
                    w = w.add(PANEL * 2);
                    for_rows!(ROWS, r => {
                        let pair = rows.add(r * stride + k * 2).cast::<i32>().read_unaligned();
                        let x = _mm512_set1_epi32(pair);
                        low[r] = $add(low[r], x, w0);
                        high[r] = $add(high[r], x, w1);
                    });
                }
                let at = p * PANEL;
                let (weights, bias) = (panels.sizes.as_ptr().add(at), panels.bias.as_ptr().add(at));
                for_rows!(ROWS, r => {
                    let size = _mm512_set1_ps(sizes[r]);
                    for (half, sum) in [(0, low[r]), (16, high[r])] {
                        let scale = _mm512_mul_ps(_mm512_loadu_ps(weights.add(half)), size);
                        let product = _mm512_mul_ps(_mm512_cvtepi32_ps(sum), scale);
                        let sum = _mm512_add_ps(product, _mm512_loadu_ps(bias.add(half)));
                        _mm512_storeu_ps(out.add(r * panels.padded() + half), sum);
                    }
                });
            }
            ROWS
        }
    };
}

product_512!(product_vnni, tile_vnni, "avx512f,avx512bw,avx512vnni", add_pairs_vnni);
product_512!(product_avx512, tile_avx512, "avx512f,avx512bw", add_pairs_512);

/// What `_mm512_dpwssd_epi32` is for; the compiler makes two instructions of that, for a latency that
/// is none where a dozen sums are under way.
#[target_feature(enable = "avx512f,avx512vnni")]
#[inline]
fn add_pairs_vnni(mut sum: __m512i, x: __m512i, w: __m512i) -> __m512i {
    // SAFETY: the instruction is there and reads and writes these registers alone.
    unsafe {
        asm!(
            "vpdpwssd {sum}, {x}, {w}",
            sum = inout(zmm_reg) sum,
            x = in(zmm_reg) x,
            w = in(zmm_reg) w,
            options(pure, nomem, nostack, preserves_flags),
        );
    }
    sum
}

#[target_feature(enable = "avx512f,avx512bw")]
#[inline]
fn add_pairs_512(sum: __m512i, x: __m512i, w: __m512i) -> __m512i {
    _mm512_add_epi32(sum, _mm512_madd_epi16(x, w))
}

/// See [`super::Kernel::step_product`].
///
/// # Safety
///
/// The machine has AVX2; `input` and `out` are as long as [`super::Kernel::step_product`] says.
#[target_feature(enable = "avx2")]
pub(super) unsafe fn product_avx2(
    input: &[i16],
    stride: usize,
    sizes: &[f32],
    panels: &StepPanels,
    out: &mut [f32],
) {
    let padded = panels.padded();
    for p in 0..padded / PANEL {
        for half in [0, PANEL / 2] {
            let mut row = 0;
            while row < sizes.len() {
                // SAFETY: rows `row..row + n` of both are inside, by the caller's promise.
                unsafe {
                    let a = input.as_ptr().add(row * stride);
                    let c = out.as_mut_ptr().add(row * padded + p * PANEL + half);
                    let sizes = &sizes[row..];
                    row += match sizes.len() {
                        4.. => tile_avx2::<4>(a, stride, sizes, panels, (p, half), c),
                        2.. => tile_avx2::<2>(a, stride, sizes, panels, (p, half), c),
                        _ => tile_avx2::<1>(a, stride, sizes, panels, (p, half), c),
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
/// AVX2; `rows` has `ROWS` rows at `stride`, `sizes` as many, `out` at the padded width; `half` is 0
/// or 16.
#[target_feature(enable = "avx2")]
#[inline]
unsafe fn tile_avx2<const ROWS: usize>(
    rows: *const i16,
    stride: usize,
    sizes: &[f32],
    panels: &StepPanels,
    (p, half): (usize, usize),
    out: *mut f32,
) -> usize {
    // SAFETY: panel `p` has `pairs` steps of 2 × `PANEL` weights, `PANEL` sizes and biases; a row of
    // input has 2 × `pairs` steps, read two at a time without need of alignment.
    unsafe {
        let mut w = panels.data.as_ptr().add(p * panels.pairs() * PANEL * 2 + half * 2);
        let mut low = [_mm256_setzero_si256(); ROWS];
        let mut high = [_mm256_setzero_si256(); ROWS];
        for k in 0..panels.pairs() {
            let w0 = _mm256_loadu_si256(w.cast());
            let w1 = _mm256_loadu_si256(w.add(PANEL / 2).cast());
            w = w.wrapping_add(PANEL * 2);
            for_rows!(ROWS, r => {
                let pair = rows.add(r * stride + k * 2).cast::<i32>().read_unaligned();
                let x = _mm256_set1_epi32(pair);
                low[r] = add_pairs_256(low[r], x, w0);
                high[r] = add_pairs_256(high[r], x, w1);
            });
        }
        let at = p * PANEL + half;
        let (weights, bias) = (panels.sizes.as_ptr().add(at), panels.bias.as_ptr().add(at));
        for_rows!(ROWS, r => {
            let size = _mm256_set1_ps(sizes[r]);
            for (part, sum) in [(0, low[r]), (8, high[r])] {
                let scale = _mm256_mul_ps(_mm256_loadu_ps(weights.add(part)), size);
                let product = _mm256_mul_ps(_mm256_cvtepi32_ps(sum), scale);
                let sum = _mm256_add_ps(product, _mm256_loadu_ps(bias.add(part)));
                _mm256_storeu_ps(out.add(r * panels.padded() + part), sum);
            }
        });
    }
    ROWS
}

#[target_feature(enable = "avx2")]
#[inline]
fn add_pairs_256(sum: __m256i, x: __m256i, w: __m256i) -> __m256i {
    _mm256_add_epi32(sum, _mm256_madd_epi16(x, w))
}
