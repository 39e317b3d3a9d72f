//! The arithmetic of the networks, by instruction set.
//!
//! Every path gives the same bits. In f32 each output is one chain of fused multiply-adds over the
//! inputs in order, beginning with the bias; in whole steps (weights of 8 or 10 bits, inputs of up to
//! 16, sums of 32) every sum is exact; and every other sum has a fixed order. So results depend neither
//! on the machine nor on how rows are batched.

#![expect(unsafe_code, reason = "SIMD intrinsics; each block says why it is sound")]

#[cfg(all(target_arch = "aarch64", target_endian = "little"))]
mod neon_steps;
mod norm;
mod plain;
mod plain_steps;
mod steps;
#[cfg(target_arch = "x86_64")]
mod x86;
#[cfg(target_arch = "x86_64")]
mod x86_steps;

pub(crate) use norm::{add, maxout};
pub(crate) use steps::{StepPanels, StepRows};

/// Outputs of one panel of packed weights.
pub(crate) const PANEL: usize = 32;

/// An instruction set that a kernel is written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Isa {
    /// Portable Rust.
    Plain,
    /// aarch64 with NEON, which all have.
    Neon,
    /// x86-64 with AVX2 and FMA.
    Avx2,
    /// x86-64 with AVX-512F and AVX-512BW.
    Avx512,
    /// As `Avx512`, with the instructions for products of small integers (VNNI).
    Vnni,
}

impl Isa {
    /// Every instruction set, by name, the fastest last.
    pub const ALL: &[(Self, &str)] = &[
        (Self::Plain, "plain"),
        (Self::Neon, "neon"),
        (Self::Avx2, "avx2"),
        (Self::Avx512, "avx512"),
        (Self::Vnni, "vnni"),
    ];

    /// The fastest that this machine has.
    pub fn detect() -> Self {
        let here = Self::ALL.iter().rev().find(|(isa, _)| isa.is_here());
        here.map_or(Self::Plain, |&(isa, _)| isa)
    }

    /// Whether this machine has it.
    pub fn is_here(self) -> bool {
        #[cfg(target_arch = "x86_64")]
        match self {
            Self::Plain => true,
            Self::Neon => false,
            Self::Avx2 => is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma"),
            Self::Avx512 => {
                Self::Avx2.is_here()
                    && is_x86_feature_detected!("avx512f")
                    && is_x86_feature_detected!("avx512bw")
            }
            Self::Vnni => Self::Avx512.is_here() && is_x86_feature_detected!("avx512vnni"),
        }
        #[cfg(not(target_arch = "x86_64"))]
        match self {
            Self::Plain => true,
            Self::Neon => cfg!(all(target_arch = "aarch64", target_endian = "little")),
            Self::Avx2 | Self::Avx512 | Self::Vnni => false,
        }
    }

    /// The instruction set that is called `name`.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, n)| *n == name).map(|(isa, _)| *isa)
    }
}

/// An [`Isa`] that this machine was found to have: the proof that its kernels may run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Kernel(Isa);

impl Kernel {
    /// The kernels for `isa`, or the plain ones where the machine lacks it.
    pub(crate) fn new(isa: Isa) -> Self {
        Self(if isa.is_here() { isa } else { Isa::Plain })
    }

    /// The instruction set in use.
    pub(crate) fn isa(self) -> Isa {
        self.0
    }

    /// Multiplies `rows` rows by a layer's weights and adds its bias.
    ///
    /// Row `r` of the input is `input[r * stride..][..panels.inputs]`; row `r` of the result is
    /// `out[r * panels.padded()..][..panels.outputs]`, what follows up to `padded` is zero.
    pub(crate) fn product(
        self,
        input: &[f32],
        stride: usize,
        rows: usize,
        panels: &Panels,
        out: &mut [f32],
    ) {
        if rows == 0 {
            return;
        }
        assert!(input.len() >= (rows - 1) * stride + panels.inputs, "the input is too short");
        assert!(out.len() >= rows * panels.padded(), "the output is too short");
        match self.0 {
            #[cfg(target_arch = "x86_64")]
            // SAFETY: `Kernel::new` found the features; the lengths were checked above.
            Isa::Avx512 | Isa::Vnni => unsafe {
                x86::product_avx512(input, stride, rows, panels, out);
            },
            #[cfg(target_arch = "x86_64")]
            // SAFETY: as above.
            Isa::Avx2 => unsafe { x86::product_avx2(input, stride, rows, panels, out) },
            _ => plain::product(input, stride, rows, panels, out),
        }
    }

    /// As [`Kernel::product`], over as many rows of whole steps as there are `sizes`: the sizes of
    /// their steps. A row has two steps for each pair of inputs, none above [`StepPanels::limit`].
    pub(crate) fn step_product(
        self,
        input: &[i16],
        stride: usize,
        sizes: &[f32],
        panels: &StepPanels,
        out: &mut [f32],
    ) {
        let rows = sizes.len();
        if rows == 0 {
            return;
        }
        let needed = (rows - 1) * stride + panels.pairs() * 2;
        assert!(input.len() >= needed, "the input is too short");
        assert!(out.len() >= rows * panels.padded(), "the output is too short");
        match self.0 {
            #[cfg(target_arch = "x86_64")]
            // SAFETY: `Kernel::new` found the features; the lengths were checked above.
            Isa::Vnni => unsafe { x86_steps::product_vnni(input, stride, sizes, panels, out) },
            #[cfg(target_arch = "x86_64")]
            // SAFETY: as above.
            Isa::Avx512 => unsafe { x86_steps::product_avx512(input, stride, sizes, panels, out) },
            #[cfg(target_arch = "x86_64")]
            // SAFETY: as above.
            Isa::Avx2 => unsafe { x86_steps::product_avx2(input, stride, sizes, panels, out) },
            #[cfg(all(target_arch = "aarch64", target_endian = "little"))]
            // SAFETY: as above.
            Isa::Neon => unsafe { neon_steps::product(input, stride, sizes, panels, out) },
            _ => plain_steps::product(input, stride, sizes, panels, out),
        }
    }

    /// Maxout, then layer norm: `(y − mean) / sqrt(variance + 1e-8) · gain + shift`. `pieces` holds
    /// all outputs of piece 0, then of piece 1, …
    ///
    /// The width (`out.len()`) is a multiple of 16.
    pub(crate) fn maxout_norm(self, pieces: &[f32], gain: &[f32], shift: &[f32], out: &mut [f32]) {
        match self.0 {
            #[cfg(target_arch = "x86_64")]
            // SAFETY: `Kernel::new` found the features.
            Isa::Avx512 | Isa::Vnni => unsafe {
                x86::maxout_norm_avx512(pieces, gain, shift, out);
            },
            #[cfg(target_arch = "x86_64")]
            // SAFETY: as above.
            Isa::Avx2 => unsafe { x86::maxout_norm_avx2(pieces, gain, shift, out) },
            _ => norm::maxout_norm(pieces, gain, shift, out),
        }
    }

    /// Rounds numbers to the nearest step of size 1 / `inverse`, ties to even, at most `limit` steps
    /// from zero.
    pub(crate) fn quantise(self, numbers: &[f32], inverse: f32, limit: i16, steps: &mut [i16]) {
        let limit = f32::from(limit);
        match self.0 {
            #[cfg(target_arch = "x86_64")]
            // SAFETY: `Kernel::new` found the features.
            Isa::Avx512 | Isa::Vnni => unsafe {
                x86::quantise_avx512(numbers, inverse, limit, steps);
            },
            #[cfg(target_arch = "x86_64")]
            // SAFETY: as above.
            Isa::Avx2 => unsafe { x86::quantise_avx2(numbers, inverse, limit, steps) },
            _ => steps::quantise(numbers, inverse, limit, steps),
        }
    }

    /// Rounds rows of numbers, `stride` apart, each to steps of its own size: the largest number has
    /// the most steps that `panels` takes.
    pub(crate) fn round_rows(
        self,
        numbers: &[f32],
        stride: usize,
        panels: &StepPanels,
        rows: &mut StepRows,
    ) {
        let (limit, between) = (panels.limit(), panels.pairs() * 2);
        rows.sizes.clear();
        rows.steps.clear();
        rows.steps.resize(numbers.len() / stride * between, 0);
        for (row, steps) in numbers.chunks_exact(stride).zip(rows.steps.chunks_exact_mut(between)) {
            let row = &row[..panels.inputs()];
            let top = row.iter().fold(0.0_f32, |top, x| top.max(x.abs()));
            // Smaller numbers than these have no inverse.
            let tiny = top < f32::MIN_POSITIVE * 1e6;
            let size = if tiny { 0.0 } else { top / f32::from(limit) };
            let inverse = if tiny { 0.0 } else { f32::from(limit) / top };
            self.quantise(row, inverse, limit, steps);
            rows.sizes.push(size);
        }
    }
}

/// The weights of a layer, packed for the kernels: panels of [`PANEL`] outputs, in a panel input
/// by input.
#[derive(Debug)]
pub(crate) struct Panels {
    inputs: usize,
    outputs: usize,
    /// `data[(panel * inputs + input) * PANEL + lane]`.
    data: Vec<f32>,
    /// One an output, zero beyond the last.
    bias: Vec<f32>,
}

impl Panels {
    /// Packs the layer whose output `o` has the weights that `row` writes and the bias `bias[o]`.
    pub(crate) fn pack(
        inputs: usize,
        bias: &[f32],
        mut row: impl FnMut(usize, &mut [f32]),
    ) -> Self {
        let outputs = bias.len();
        let padded = outputs.next_multiple_of(PANEL);
        let mut data = vec![0.0; padded * inputs];
        let mut weights = vec![0.0; inputs];
        for o in 0..outputs {
            row(o, &mut weights);
            let base = o / PANEL * inputs * PANEL + o % PANEL;
            for (i, &w) in weights.iter().enumerate() {
                data[base + i * PANEL] = w;
            }
        }
        let mut padded_bias = vec![0.0; padded];
        padded_bias[..outputs].copy_from_slice(bias);
        Self { inputs, outputs, data, bias: padded_bias }
    }

    /// Number of inputs.
    pub(crate) fn inputs(&self) -> usize {
        self.inputs
    }

    /// Number of outputs.
    pub(crate) fn outputs(&self) -> usize {
        self.outputs
    }

    /// Number of outputs, rounded up to whole panels: the stride of a result's rows.
    pub(crate) fn padded(&self) -> usize {
        self.bias.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noise(n: usize, seed: u32) -> Vec<f32> {
        let mut x = seed;
        std::iter::repeat_with(|| {
            x = x.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (x >> 8) as f32 / 8_388_608.0 - 1.0
        })
        .take(n)
        .collect()
    }

    #[test]
    fn all_kernels_give_the_same_bits() {
        for (inputs, outputs, rows) in [(288, 288, 29), (96, 64, 12), (64, 106, 1), (7, 33, 6)] {
            let weights = noise(inputs * outputs, 1);
            let panels = Panels::pack(inputs, &noise(outputs, 2), |o, row| {
                row.copy_from_slice(&weights[o * inputs..][..inputs]);
            });
            let input = noise(rows * inputs, 3);
            let run = |isa| {
                let mut out = vec![f32::NAN; rows * panels.padded()];
                Kernel::new(isa).product(&input, inputs, rows, &panels, &mut out);
                out
            };
            let plain = run(Isa::Plain);
            let one = panels.bias[0] + (0..inputs).map(|i| weights[i] * input[i]).sum::<f32>();
            assert!((plain[0] - one).abs() < 1e-3, "{} {one}", plain[0]);
            for &(isa, name) in Isa::ALL {
                let same = run(isa).iter().zip(&plain).all(|(a, b)| a.to_bits() == b.to_bits());
                assert!(same, "{name} differs for {inputs} × {outputs}");
            }
        }
    }

    #[test]
    fn all_kernels_give_the_same_bits_in_steps() {
        for (inputs, outputs, rows) in [(288, 288, 29), (672, 96, 12), (64, 106, 1), (7, 33, 6)] {
            let mut weights = vec![0_i16; inputs * outputs];
            let numbers = noise(inputs * outputs, 1);
            Kernel::new(Isa::Plain).quantise(&numbers, 512.0, 511, &mut weights);
            let (sizes, bias) = (noise(outputs, 5), noise(outputs, 2));
            let panels = StepPanels::pack(inputs, 512, &bias, |o, row| {
                row.copy_from_slice(&weights[o * inputs..][..inputs]);
                sizes[o]
            });
            let input = noise(rows * inputs, 3);
            let run = |isa| {
                let (kernel, mut rows) = (Kernel::new(isa), StepRows::default());
                kernel.round_rows(&input, inputs, &panels, &mut rows);
                let mut out = vec![f32::NAN; rows.sizes.len() * panels.padded()];
                let stride = panels.pairs() * 2;
                kernel.step_product(&rows.steps, stride, &rows.sizes, &panels, &mut out);
                out
            };
            let plain = run(Isa::Plain);
            let products = (0..inputs).map(|i| f32::from(weights[i]) * sizes[0] * input[i]);
            let one = bias[0] + products.sum::<f32>();
            assert!((plain[0] - one).abs() < 0.1, "{} {one}", plain[0]);
            for &(isa, name) in Isa::ALL {
                let same = run(isa).iter().zip(&plain).all(|(a, b)| a.to_bits() == b.to_bits());
                assert!(same, "{name} differs for {inputs} × {outputs}");
            }
        }
    }

    #[test]
    fn all_kernels_give_the_same_bits_in_layer_norm() {
        let (pieces, gain, shift) = (noise(288, 1), noise(96, 2), noise(96, 3));
        let run = |isa| {
            let mut out = [0.0; 96];
            Kernel::new(isa).maxout_norm(&pieces, &gain, &shift, &mut out);
            out.map(f32::to_bits)
        };
        assert!(Isa::ALL.iter().all(|&(isa, _)| run(isa) == run(Isa::Plain)));
    }
}
