//! Weights as they are stored: f32, f16, or integers of 8 or 10 bits with one scale a row.

use super::bytes::Blob;

/// A matrix of weights, row-major.
#[derive(Clone, Debug)]
pub(crate) struct Matrix {
    rows: usize,
    cols: usize,
    cells: Cells,
}

/// How the weights of a model file are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    /// 32-bit floats: as trained.
    F32,
    /// 16-bit floats.
    F16,
    /// 8-bit integers with a scale for each row.
    Int8,
    /// 10-bit integers with a scale for each row.
    Int10,
}

impl Precision {
    /// The largest integer of the format; `None` where it has floats.
    pub(crate) fn largest(self) -> Option<i16> {
        match self {
            Self::F32 | Self::F16 => None,
            Self::Int8 => Some(127),
            Self::Int10 => Some(511),
        }
    }
}

#[derive(Clone, Debug)]
enum Cells {
    F32(Blob),
    F16(Blob),
    Int8 {
        scales: Blob,
        steps: Blob,
    },
    /// The lower 8 bits of all cells, then the upper 2, four cells a byte, row by row.
    Int10 {
        scales: Blob,
        steps: Blob,
    },
}

impl Matrix {
    /// The f32 matrix of little-endian `bytes`; `None` where their number does not fit the shape.
    pub(crate) fn from_f32(rows: usize, cols: usize, bytes: Vec<u8>) -> Option<Self> {
        Self::from_blobs(rows, cols, Precision::F32, None, Blob::owned(bytes))
    }

    /// The matrix of stored bytes; `None` where their number does not fit the shape.
    pub(crate) fn from_blobs(
        rows: usize,
        cols: usize,
        precision: Precision,
        scales: Option<Blob>,
        data: Blob,
    ) -> Option<Self> {
        let count = rows.checked_mul(cols)?;
        let cells = match (precision, scales) {
            (Precision::F32, None) if data.len() == count.checked_mul(4)? => Cells::F32(data),
            (Precision::F16, None) if data.len() == count.checked_mul(2)? => Cells::F16(data),
            (Precision::Int8, Some(scales))
                if data.len() == count && scales.len() == rows.checked_mul(4)? =>
            {
                Cells::Int8 { scales, steps: data }
            }
            (Precision::Int10, Some(scales))
                if data.len() == count.checked_add(rows.checked_mul(cols.div_ceil(4))?)?
                    && scales.len() == rows.checked_mul(4)? =>
            {
                Cells::Int10 { scales, steps: data }
            }
            _ => return None,
        };
        Some(Self { rows, cols, cells })
    }

    /// Number of rows.
    pub(crate) fn rows(&self) -> usize {
        self.rows
    }

    /// Number of columns.
    pub(crate) fn cols(&self) -> usize {
        self.cols
    }

    /// How it is stored.
    pub(crate) fn precision(&self) -> Precision {
        match self.cells {
            Cells::F32(_) => Precision::F32,
            Cells::F16(_) => Precision::F16,
            Cells::Int8 { .. } => Precision::Int8,
            Cells::Int10 { .. } => Precision::Int10,
        }
    }

    /// The stored scales (integers only) and the stored cells.
    pub(crate) fn blobs(&self) -> (Option<&Blob>, &Blob) {
        match &self.cells {
            Cells::F32(data) | Cells::F16(data) => (None, data),
            Cells::Int8 { scales, steps } | Cells::Int10 { scales, steps } => (Some(scales), steps),
        }
    }

    /// Adds row `row` to `sum`, which has [`Matrix::cols`] numbers.
    pub(crate) fn add_row(&self, row: usize, sum: &mut [f32]) {
        self.each(row, sum, |s, w| *s += w);
    }

    /// Writes row `row` to `out`, which has [`Matrix::cols`] numbers.
    pub(crate) fn read_row(&self, row: usize, out: &mut [f32]) {
        self.each(row, out, |o, w| *o = w);
    }

    /// Writes row `row` in whole steps to `out` and returns the size of a step; `None` where the
    /// matrix is not stored so.
    pub(crate) fn read_steps(&self, row: usize, out: &mut [i16]) -> Option<f32> {
        let (Cells::Int8 { scales, .. } | Cells::Int10 { scales, .. }) = &self.cells else {
            return None;
        };
        let range = row * self.cols..(row + 1) * self.cols;
        if let Cells::Int10 { steps, .. } = &self.cells {
            let (low, high) = steps.split_at(self.rows * self.cols);
            let quarter = self.cols.div_ceil(4);
            let high = &high[row * quarter..(row + 1) * quarter];
            for (i, (o, &low)) in out.iter_mut().zip(&low[range]).enumerate() {
                // The upper two bits come to the top and bring the sign down with them.
                let high = high[i / 4] >> (i % 4 * 2) << 6;
                *o = i16::from(high.cast_signed()) << 2 | i16::from(low);
            }
        } else {
            let (_, steps) = self.blobs();
            for (o, &step) in out.iter_mut().zip(&steps[range]) {
                *o = i16::from(step.cast_signed());
            }
        }
        Some(f32::from_le_bytes(scales.as_chunks::<4>().0[row]))
    }

    fn each(&self, row: usize, out: &mut [f32], put: impl Fn(&mut f32, f32)) {
        let range = row * self.cols..(row + 1) * self.cols;
        match &self.cells {
            Cells::F32(data) => {
                let (cells, _) = data[range.start * 4..range.end * 4].as_chunks::<4>();
                for (o, &c) in out.iter_mut().zip(cells) {
                    put(o, f32::from_le_bytes(c));
                }
            }
            Cells::F16(data) => {
                let (cells, _) = data[range.start * 2..range.end * 2].as_chunks::<2>();
                for (o, &c) in out.iter_mut().zip(cells) {
                    put(o, half_to_f32(u16::from_le_bytes(c)));
                }
            }
            Cells::Int8 { scales, steps } => {
                let (scales, _) = scales.as_chunks::<4>();
                let scale = f32::from_le_bytes(scales[row]);
                for (o, &c) in out.iter_mut().zip(&steps[range]) {
                    put(o, f32::from(c.cast_signed()) * scale);
                }
            }
            Cells::Int10 { .. } => {
                let mut steps = vec![0; self.cols];
                let scale = self.read_steps(row, &mut steps).unwrap_or_default();
                for (o, &step) in out.iter_mut().zip(&steps) {
                    put(o, f32::from(step) * scale);
                }
            }
        }
    }

    /// The same matrix, rounded to `precision`.
    pub(crate) fn rounded(&self, precision: Precision) -> Self {
        self.rounded_within(precision, precision.largest().unwrap_or_default())
    }

    /// The same matrix, rounded to `precision`; integers are `largest` at most. Smaller integers take
    /// as many bytes, but fewer once they are compressed.
    pub(crate) fn rounded_within(&self, precision: Precision, largest: i16) -> Self {
        let mut row = vec![0.0; self.cols];
        let mut scales = Vec::new();
        let (mut data, mut high) = (Vec::new(), Vec::new());
        for r in 0..self.rows {
            self.read_row(r, &mut row);
            let top = row.iter().fold(0.0_f32, |m, w| m.max(w.abs()));
            let scale = if top > 0.0 { top / f32::from(largest) } else { 1.0 };
            let steps = row.iter().map(|w| step(w / scale, largest));
            match precision {
                Precision::F32 => data.extend(row.iter().flat_map(|w| w.to_le_bytes())),
                Precision::F16 => {
                    data.extend(row.iter().flat_map(|&w| f32_to_half(w).to_le_bytes()));
                }
                Precision::Int8 => {
                    scales.extend(scale.to_le_bytes());
                    data.extend(steps.map(|step| step.to_le_bytes()[0]));
                }
                Precision::Int10 => {
                    scales.extend(scale.to_le_bytes());
                    let cells: Vec<[u8; 2]> = steps.map(i16::to_le_bytes).collect();
                    data.extend(cells.iter().map(|c| c[0]));
                    high.extend(cells.chunks(4).map(|four| {
                        four.iter().rev().fold(0, |byte: u8, cell| byte << 2 | cell[1] & 3)
                    }));
                }
            }
        }
        data.extend(high);
        let scales = precision.largest().map(|_| Blob::owned(scales));
        Self::from_blobs(self.rows, self.cols, precision, scales, Blob::owned(data))
            .expect("the cells were made for the shape")
    }
}

#[expect(clippy::cast_possible_truncation, reason = "rounded and clamped to the range of i16")]
fn step(x: f32, largest: i16) -> i16 {
    x.round_ties_even().clamp(-f32::from(largest), f32::from(largest)) as i16
}

/// IEEE 754 binary16 to binary32, exact.
fn half_to_f32(half: u16) -> f32 {
    let sign = u32::from(half & 0x8000) << 16;
    let exponent = u32::from(half >> 10) & 0x1f;
    let fraction = u32::from(half & 0x3ff);
    match exponent {
        0 => {
            let tiny = fraction as f32 * (1.0 / 16_777_216.0);
            f32::from_bits(tiny.to_bits() | sign)
        }
        31 => f32::from_bits(sign | 0x7f80_0000 | (fraction << 13)),
        _ => f32::from_bits(sign | ((exponent + 112) << 23) | (fraction << 13)),
    }
}

/// binary32 to binary16, to nearest, ties to even; too large becomes infinite.
fn f32_to_half(value: f32) -> u16 {
    let bits = value.to_bits();
    let sign = low((bits >> 16) & 0x8000);
    let magnitude = bits & 0x7fff_ffff;
    if magnitude >= 0x7f80_0000 {
        return sign | 0x7c00 | u16::from(magnitude > 0x7f80_0000) << 9;
    }
    if magnitude < 0x3880_0000 {
        // Below the smallest normal half: steps of 2⁻²⁴.
        let steps = (f32::from_bits(magnitude) * 16_777_216.0).round_ties_even();
        return sign | whole(steps);
    }
    let rounded = magnitude + 0xfff + ((magnitude >> 13) & 1);
    sign | low((rounded >> 13) - (112 << 10)).min(0x7c00)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 1024")]
fn whole(x: f32) -> u16 {
    x as u16
}

#[expect(clippy::cast_possible_truncation, reason = "callers pass 16 bits")]
fn low(x: u32) -> u16 {
    x as u16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_half_survives_the_way_there_and_back() {
        for half in 0..=u16::MAX {
            let value = half_to_f32(half);
            if !value.is_nan() {
                assert_eq!(f32_to_half(value), half, "{value}");
            }
        }
        assert_eq!(f32_to_half(1.0e9), 0x7c00);
        assert_eq!(f32_to_half(1.0 + 1.0 / 2048.0), 0x3c00, "a tie goes to the even half");
    }

    #[test]
    fn rounding_keeps_weights_within_a_step() {
        let weights = [0.5_f32, -1.27, 0.013, 0.0, 3.0, 2.5];
        let bytes = weights.iter().flat_map(|w| w.to_le_bytes()).collect();
        let matrix = Matrix::from_f32(2, 3, bytes).unwrap();
        for (precision, slack) in [
            (Precision::F32, 0.0),
            (Precision::F16, 0.001),
            (Precision::Int8, 0.012),
            (Precision::Int10, 0.003),
        ] {
            let rounded = matrix.rounded(precision);
            let mut row = [0.0; 3];
            rounded.read_row(1, &mut row);
            assert!(row.iter().zip(&weights[3..]).all(|(a, b)| (a - b).abs() <= slack));
        }
        assert!(Matrix::from_f32(2, 3, vec![0; 23]).is_none());
    }

    #[test]
    fn every_integer_of_ten_bits_comes_back() {
        let weights: Vec<f32> = (-511_i16..=511).map(f32::from).collect();
        let bytes = weights.iter().flat_map(|w| w.to_le_bytes()).collect();
        let matrix = Matrix::from_f32(1, 1023, bytes).unwrap().rounded(Precision::Int10);
        let mut steps = vec![0; 1023];
        assert_eq!(matrix.read_steps(0, &mut steps), Some(1.0));
        assert!(steps.iter().copied().eq(-511..=511));
        let mut row = vec![0.0; 1023];
        matrix.read_row(0, &mut row);
        assert_eq!(row, weights);
    }
}
