//! The arithmetic of the networks, by instruction set.
//!
//! Every path gives the same bits: each output is one chain of fused multiply-adds over the inputs
//! in order, beginning with the bias, and every other sum has a fixed order. So results depend
//! neither on the machine nor on how rows are batched.

#![expect(unsafe_code, reason = "SIMD intrinsics; each block says why it is sound")]

mod norm;
mod plain;
#[cfg(target_arch = "x86_64")]
mod x86;

pub(crate) use norm::{add, maxout, maxout_norm};

/// Outputs of one panel of packed weights.
pub(crate) const PANEL: usize = 32;

/// An instruction set that a kernel is written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Isa {
    /// Portable Rust; on aarch64 the compiler makes NEON of it.
    Plain,
    /// x86-64 with AVX2 and FMA.
    Avx2,
    /// x86-64 with AVX-512F.
    Avx512,
}

impl Isa {
    /// Every instruction set, by name.
    pub const ALL: &[(Self, &str)] =
        &[(Self::Plain, "plain"), (Self::Avx2, "avx2"), (Self::Avx512, "avx512")];

    /// The fastest that this machine has.
    pub fn detect() -> Self {
        [Self::Avx512, Self::Avx2].into_iter().find(|isa| isa.is_here()).unwrap_or(Self::Plain)
    }

    /// Whether this machine has it.
    pub fn is_here(self) -> bool {
        #[cfg(target_arch = "x86_64")]
        match self {
            Self::Plain => true,
            Self::Avx2 => is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma"),
            Self::Avx512 => is_x86_feature_detected!("avx512f") && is_x86_feature_detected!("fma"),
        }
        #[cfg(not(target_arch = "x86_64"))]
        matches!(self, Self::Plain)
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
            Isa::Avx512 => unsafe { x86::product_avx512(input, stride, rows, panels, out) },
            #[cfg(target_arch = "x86_64")]
            // SAFETY: as above.
            Isa::Avx2 => unsafe { x86::product_avx2(input, stride, rows, panels, out) },
            _ => plain::product(input, stride, rows, panels, out),
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
}
