//! How a packed file spells the parts of a model: each type writes itself and reads itself back.

use std::collections::BTreeMap;

use super::bytes::Blob;
use super::{
    About, AffineData, Attr, Check, EmbedData, KeyTable, Layer, LemmaData, LemmaTable, Matrix,
    MaxoutData, Model, ModelError, Precision, RuleData, TaggerData, Test, Tok2VecData,
    TokenizerData, TransitionData, VectorData,
};

/// The two parts of a packed file while it is written.
#[derive(Debug, Default)]
pub(super) struct Writer {
    /// Small things, in the order of the types; compressed in the file.
    pub(super) head: Vec<u8>,
    /// Weights and key tables; used where they stand.
    pub(super) data: Vec<u8>,
}

/// The two parts of a packed file while it is read.
#[derive(Debug)]
pub(super) struct Reader<'h> {
    pub(super) head: &'h [u8],
    pub(super) data: Blob,
}

/// A part of a model that can be packed.
pub(super) trait Packed: Sized {
    fn write(&self, w: &mut Writer) -> Result<(), ModelError>;
    fn read(r: &mut Reader<'_>) -> Result<Self, ModelError>;
}

fn broken(what: &str) -> ModelError {
    ModelError::broken("packed model", what)
}

impl Writer {
    fn size(&mut self, n: usize) -> Result<(), ModelError> {
        u32::try_from(n)
            .map_err(|e| ModelError::unsupported(format!("a part of {n} items ({e})")))?
            .write(self)
    }

    fn blob(&mut self, bytes: &[u8]) -> Result<(), ModelError> {
        self.size(self.data.len())?;
        self.size(bytes.len())?;
        self.data.extend_from_slice(bytes);
        Ok(())
    }
}

impl Reader<'_> {
    fn take(&mut self, n: usize) -> Result<&[u8], ModelError> {
        let (taken, rest) = self.head.split_at_checked(n).ok_or_else(|| broken("it ends early"))?;
        self.head = rest;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], ModelError> {
        let (taken, rest) = self.head.split_first_chunk().ok_or_else(|| broken("it ends early"))?;
        self.head = rest;
        Ok(*taken)
    }

    fn size(&mut self) -> Result<usize, ModelError> {
        Ok(u32::read(self)? as usize)
    }

    fn blob(&mut self) -> Result<Blob, ModelError> {
        let (start, length) = (self.size()?, self.size()?);
        let end = start.checked_add(length);
        end.and_then(|end| self.data.part(start..end))
            .ok_or_else(|| broken("a part lies beyond its end"))
    }
}

macro_rules! packed_numbers {
    ($($type:ty),+) => {$(
        impl Packed for $type {
            fn write(&self, w: &mut Writer) -> Result<(), ModelError> {
                w.head.extend(self.to_le_bytes());
                Ok(())
            }

            fn read(r: &mut Reader<'_>) -> Result<Self, ModelError> {
                Ok(Self::from_le_bytes(r.array()?))
            }
        }
    )+};
}
packed_numbers!(u8, u16, u32, u64, i32);

/// Packs a struct field by field: one list for both directions.
macro_rules! packed_structs {
    ($($type:ident { $($field:ident),+ $(,)? })+) => {$(
        impl Packed for $type {
            fn write(&self, w: &mut Writer) -> Result<(), ModelError> {
                let Self { $($field),+ } = self;
                $($field.write(w)?;)+
                Ok(())
            }

            fn read(r: &mut Reader<'_>) -> Result<Self, ModelError> {
                $(let $field = Packed::read(r)?;)+
                Ok(Self { $($field),+ })
            }
        }
    )+};
}
packed_structs! {
    About { language, name, version, license, author }
    TokenizerData { prefix, suffix, infix, token_match, url_match, exceptions }
    EmbedData { attr, seed, table }
    MaxoutData { pieces, weights, bias, gain, shift }
    Tok2VecData { embeds, vectors, mixer, window, encoder }
    AffineData { weights, bias }
    TaggerData { network, labels, output }
    TransitionData {
        network, moves, project, features, pieces, lower, lower_bias, pad, upper,
    }
    RuleData { patterns, set, index }
    LemmaData { tables }
    LemmaTable { rules, exceptions, index }
    Model { about, tokenizer, norms, vectors, folded, networks, tagger, parser, ner, ruler, lemmas }
}

impl Packed for usize {
    fn write(&self, w: &mut Writer) -> Result<(), ModelError> {
        w.size(*self)
    }

    fn read(r: &mut Reader<'_>) -> Result<Self, ModelError> {
        r.size()
    }
}

impl Packed for bool {
    fn write(&self, w: &mut Writer) -> Result<(), ModelError> {
        u8::from(*self).write(w)
    }

    fn read(r: &mut Reader<'_>) -> Result<Self, ModelError> {
        match u8::read(r)? {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(broken("a flag is neither 0 nor 1")),
        }
    }
}

impl Packed for String {
    fn write(&self, w: &mut Writer) -> Result<(), ModelError> {
        w.size(self.len())?;
        w.head.extend_from_slice(self.as_bytes());
        Ok(())
    }

    fn read(r: &mut Reader<'_>) -> Result<Self, ModelError> {
        let length = r.size()?;
        let bytes = r.take(length)?;
        let text =
            std::str::from_utf8(bytes).map_err(|e| broken(&format!("a text is no UTF-8 ({e})")))?;
        Ok(text.to_owned())
    }
}

impl<T: Packed> Packed for Vec<T> {
    fn write(&self, w: &mut Writer) -> Result<(), ModelError> {
        w.size(self.len())?;
        self.iter().try_for_each(|item| item.write(w))
    }

    fn read(r: &mut Reader<'_>) -> Result<Self, ModelError> {
        let length = r.size()?;
        // No item is smaller than a byte: a false length cannot make us allocate much.
        if length > r.head.len() {
            return Err(broken("a list is longer than what is left"));
        }
        (0..length).map(|_| T::read(r)).collect()
    }
}

impl<T: Packed> Packed for Option<T> {
    fn write(&self, w: &mut Writer) -> Result<(), ModelError> {
        self.is_some().write(w)?;
        self.as_ref().map_or(Ok(()), |item| item.write(w))
    }

    fn read(r: &mut Reader<'_>) -> Result<Self, ModelError> {
        bool::read(r)?.then(|| T::read(r)).transpose()
    }
}

impl<A: Packed, B: Packed> Packed for (A, B) {
    fn write(&self, w: &mut Writer) -> Result<(), ModelError> {
        self.0.write(w)?;
        self.1.write(w)
    }

    fn read(r: &mut Reader<'_>) -> Result<Self, ModelError> {
        Ok((A::read(r)?, B::read(r)?))
    }
}

impl<K: Packed + Ord, V: Packed> Packed for BTreeMap<K, V> {
    fn write(&self, w: &mut Writer) -> Result<(), ModelError> {
        w.size(self.len())?;
        self.iter().try_for_each(|(key, value)| {
            key.write(w)?;
            value.write(w)
        })
    }

    fn read(r: &mut Reader<'_>) -> Result<Self, ModelError> {
        Ok(Vec::<(K, V)>::read(r)?.into_iter().collect())
    }
}

impl Packed for Attr {
    fn write(&self, w: &mut Writer) -> Result<(), ModelError> {
        let place = Self::ALL.iter().position(|(attr, ..)| attr == self);
        place.expect("every attribute is listed").write(w)
    }

    fn read(r: &mut Reader<'_>) -> Result<Self, ModelError> {
        let place = r.size()?;
        Self::ALL.get(place).map(|a| a.0).ok_or_else(|| broken("an unknown attribute"))
    }
}

impl Packed for Layer {
    fn write(&self, w: &mut Writer) -> Result<(), ModelError> {
        let place = Self::ALL.iter().position(|(layer, _)| layer == self);
        place.expect("every layer is listed").write(w)
    }

    fn read(r: &mut Reader<'_>) -> Result<Self, ModelError> {
        let place = r.size()?;
        Self::ALL.get(place).map(|a| a.0).ok_or_else(|| broken("an unknown layer"))
    }
}

impl Packed for Test {
    fn write(&self, w: &mut Writer) -> Result<(), ModelError> {
        match self {
            Self::Is(text) => (0_u8, text.clone()).write(w),
            Self::Flag(flag) => (1_u8, *flag).write(w),
            Self::In(texts) => (2_u8, texts.clone()).write(w),
            Self::NotIn(texts) => (3_u8, texts.clone()).write(w),
            Self::Matches(source) => (4_u8, source.clone()).write(w),
        }
    }

    fn read(r: &mut Reader<'_>) -> Result<Self, ModelError> {
        match u8::read(r)? {
            0 => Ok(Self::Is(Packed::read(r)?)),
            1 => Ok(Self::Flag(Packed::read(r)?)),
            2 => Ok(Self::In(Packed::read(r)?)),
            3 => Ok(Self::NotIn(Packed::read(r)?)),
            4 => Ok(Self::Matches(Packed::read(r)?)),
            _ => Err(broken("an unknown condition")),
        }
    }
}

impl Packed for VectorData {
    fn write(&self, w: &mut Writer) -> Result<(), ModelError> {
        match self {
            Self::Raw { table, projection } => {
                0_u8.write(w)?;
                table.write(w)?;
                projection.write(w)
            }
            Self::Projected(table) => {
                1_u8.write(w)?;
                table.write(w)
            }
        }
    }

    fn read(r: &mut Reader<'_>) -> Result<Self, ModelError> {
        match u8::read(r)? {
            0 => Ok(Self::Raw { table: Packed::read(r)?, projection: Packed::read(r)? }),
            1 => Ok(Self::Projected(Packed::read(r)?)),
            _ => Err(broken("an unknown kind of vectors")),
        }
    }
}

impl Packed for Matrix {
    fn write(&self, w: &mut Writer) -> Result<(), ModelError> {
        self.rows().write(w)?;
        self.cols().write(w)?;
        match self.precision() {
            Precision::F32 => 0_u8,
            Precision::F16 => 1,
            Precision::Int8 => 2,
            Precision::Int10 => 3,
        }
        .write(w)?;
        let (scales, cells) = self.blobs();
        if let Some(scales) = scales {
            w.blob(scales)?;
        }
        w.blob(cells)
    }

    fn read(r: &mut Reader<'_>) -> Result<Self, ModelError> {
        let (rows, cols) = (r.size()?, r.size()?);
        let precision = match u8::read(r)? {
            0 => Precision::F32,
            1 => Precision::F16,
            2 => Precision::Int8,
            3 => Precision::Int10,
            _ => return Err(broken("an unknown precision")),
        };
        let scales = precision.largest().map(|_| r.blob()).transpose()?;
        let cells = r.blob()?;
        Self::from_blobs(rows, cols, precision, scales, cells)
            .ok_or_else(|| broken("a matrix does not fit its shape"))
    }
}

impl Packed for KeyTable {
    fn write(&self, w: &mut Writer) -> Result<(), ModelError> {
        let (check, counts, cells) = self.parts()?;
        (check == Check::Wide).write(w)?;
        counts.write(w)?;
        w.blob(cells)
    }

    fn read(r: &mut Reader<'_>) -> Result<Self, ModelError> {
        let check = if bool::read(r)? { Check::Wide } else { Check::Tight };
        let counts = Vec::read(r)?;
        let cells = r.blob()?;
        Self::from_parts(check, &counts, cells).ok_or_else(|| broken("a key table does not add up"))
    }
}
