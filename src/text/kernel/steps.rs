//! Weights in whole steps, and inputs rounded to whole steps: products in integers are exact, so
//! no order of additions has to be kept.

use super::PANEL;

/// The weights of a layer in whole steps, packed for the kernels: panels of [`PANEL`] outputs, in a
/// panel pair by pair of inputs.
#[derive(Debug)]
pub(crate) struct StepPanels {
    inputs: usize,
    outputs: usize,
    limit: i16,
    /// `data[((panel * pairs + pair) * PANEL + lane) * 2 + half]`.
    pub(super) data: Vec<i16>,
    /// The size of an output's steps, zero beyond the last.
    pub(super) sizes: Vec<f32>,
    /// One an output, zero beyond the last.
    pub(super) bias: Vec<f32>,
}

impl StepPanels {
    /// Packs the layer whose output `o` has the weights that `row` writes, `largest` at most, times
    /// the size that it returns, and the bias `bias[o]`.
    pub(crate) fn pack(
        inputs: usize,
        largest: i16,
        bias: &[f32],
        mut row: impl FnMut(usize, &mut [i16]) -> f32,
    ) -> Self {
        let outputs = bias.len();
        let (pairs, padded) = (inputs.div_ceil(2), outputs.next_multiple_of(PANEL));
        let most = i32::MAX / i32::from(largest) / i32::try_from(inputs.max(1)).unwrap_or(i32::MAX);
        let mut panels = Self {
            inputs,
            outputs,
            limit: i16::try_from(most).unwrap_or(i16::MAX),
            data: vec![0; padded * pairs * 2],
            sizes: vec![0.0; padded],
            bias: vec![0.0; padded],
        };
        let mut steps = vec![0; inputs];
        for (o, &b) in bias.iter().enumerate() {
            panels.sizes[o] = row(o, &mut steps);
            panels.bias[o] = b;
            let base = o / PANEL * pairs * PANEL * 2 + o % PANEL * 2;
            for (i, &step) in steps.iter().enumerate() {
                panels.data[base + i / 2 * PANEL * 2 + i % 2] = step;
            }
        }
        panels
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

    /// Pairs of inputs; a row of input steps has two an item.
    pub(crate) fn pairs(&self) -> usize {
        self.inputs.div_ceil(2)
    }

    /// The largest step that an input may have: no sum leaves 32 bits with it.
    pub(crate) fn limit(&self) -> i16 {
        self.limit
    }
}

/// Input rows rounded to whole steps.
#[derive(Debug, Default)]
pub(crate) struct StepRows {
    /// The steps, row by row.
    pub(crate) steps: Vec<i16>,
    /// The size of a row's steps.
    pub(crate) sizes: Vec<f32>,
}

/// Rounds numbers to the nearest step of size 1 / `inverse`, ties to even, at most `limit` steps
/// from zero.
#[inline(always)]
pub(super) fn quantise(numbers: &[f32], inverse: f32, limit: f32, steps: &mut [i16]) {
    // A sum this large has no binary places: its last bits are the rounded number.
    const WHOLE: f32 = 12_582_912.0;
    for (step, &x) in steps.iter_mut().zip(numbers) {
        let sum = (x * inverse).max(-limit).min(limit) + WHOLE;
        let [low, high, ..] = sum.to_bits().wrapping_sub(WHOLE.to_bits()).to_le_bytes();
        *step = i16::from_le_bytes([low, high]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_rounded_to_the_nearest_step() {
        let numbers = [0.0, 0.24, 0.26, -0.74, 0.25, 0.75, 9e9, -9e9, f32::NAN];
        let mut steps = [0; 9];
        quantise(&numbers, 2.0, 100.0, &mut steps);
        assert_eq!(steps, [0, 0, 1, -1, 0, 2, 100, -100, -100]);
    }

    #[test]
    fn no_sum_leaves_32_bits() {
        for (inputs, largest) in [(1, 128), (64, 512), (288, 512), (672, 128), (1 << 14, 512)] {
            let panels = StepPanels::pack(inputs, largest, &[0.0], |_, _| 1.0);
            let step = i64::from(largest) * i64::from(panels.limit());
            let sum = i64::try_from(inputs).unwrap() * step;
            assert!(panels.limit() >= 255 && sum <= i64::from(i32::MAX), "{inputs}");
        }
    }
}
