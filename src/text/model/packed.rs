//! Our own model file: one file, compact, quick to open.
//!
//! ```text
//! 0   8  magic: 0x89 "NGMODEL"
//! 8   4  version of the format, little-endian
//! 12  4  length of the compressed head
//! 16  4  length of the head
//! 20  4  length of the data
//! 24  8  MurmurHash64A of all that follows, seed 0
//! 32     the head (zstd): every part of the model but its weights
//!        the data: weights and key tables, used where they stand
//! ```

use super::bytes::Blob;
use super::codec::{Packed as _, Reader, Writer};
use super::{Model, ModelError};
use crate::lang::Pack;
use crate::text::hash::murmur64a;

const MAGIC: &[u8; 8] = b"\x89NGMODEL";
const VERSION: u32 = 2;
const HEADER: usize = 32;
/// A head that claims to be larger is refused.
const LARGEST_HEAD: usize = 1 << 26;
const LEVEL: i32 = 19;

impl Model {
    /// Whether `bytes` begin like a packed model.
    pub fn is_packed(bytes: &[u8]) -> bool {
        bytes.starts_with(MAGIC)
    }

    /// Reads a packed model.
    ///
    /// # Errors
    ///
    /// [`ModelError::Broken`] where the bytes are cut short, changed or no packed model,
    /// [`ModelError::Unsupported`] for a file of a later version.
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Self, ModelError> {
        read(&Blob::owned(bytes))
    }

    /// The model that is built in.
    ///
    /// # Errors
    ///
    /// [`ModelError::Missing`] where the program was built without one.
    pub fn embedded() -> Result<Self, ModelError> {
        let bytes = Pack::find("en").and_then(|pack| pack.bytes("model.bin"));
        Self::from_static(bytes.ok_or_else(|| ModelError::Missing("model.bin".to_owned()))?)
    }

    /// Reads a packed model that is part of the program.
    ///
    /// # Errors
    ///
    /// As [`Model::from_bytes`].
    pub fn from_static(bytes: &'static [u8]) -> Result<Self, ModelError> {
        read(&Blob::fixed(bytes))
    }

    /// Reads the two parts of a packed model, unpacked and without their checksum: what a fuzzer
    /// can change.
    ///
    /// # Errors
    ///
    /// As [`Model::from_bytes`].
    #[doc(hidden)]
    pub fn from_parts(head: &[u8], data: Vec<u8>) -> Result<Self, ModelError> {
        read_parts(head, Blob::owned(data))
    }

    /// The two parts that [`Model::from_parts`] takes.
    ///
    /// # Errors
    ///
    /// As [`Model::to_bytes`].
    #[doc(hidden)]
    pub fn to_parts(&self) -> Result<(Vec<u8>, Vec<u8>), ModelError> {
        let mut writer = Writer::default();
        self.write(&mut writer)?;
        Ok((writer.head, writer.data))
    }

    /// The model as a packed file.
    ///
    /// # Errors
    ///
    /// [`ModelError::Unsupported`] where a part is too large for the format.
    pub fn to_bytes(&self) -> Result<Vec<u8>, ModelError> {
        let mut writer = Writer::default();
        self.write(&mut writer)?;
        let head = zstd::bulk::compress(&writer.head, LEVEL)
            .map_err(|e| ModelError::unsupported(format!("a head that zstd takes ({e})")))?;
        let mut out = MAGIC.to_vec();
        out.extend(VERSION.to_le_bytes());
        for length in [head.len(), writer.head.len(), writer.data.len()] {
            let length = u32::try_from(length)
                .map_err(|e| ModelError::unsupported(format!("{length} bytes of weights ({e})")))?;
            out.extend(length.to_le_bytes());
        }
        let mut body = head;
        body.extend(writer.data);
        out.extend(murmur64a(&body, 0).to_le_bytes());
        out.extend(body);
        Ok(out)
    }
}

fn read(file: &Blob) -> Result<Model, ModelError> {
    let broken = |what: &str| ModelError::broken("packed model", what);
    if !Model::is_packed(file) {
        return Err(broken("it does not begin like one"));
    }
    let header = file.get(..HEADER).ok_or_else(|| broken("it is cut short"))?;
    let (words, _) = header.as_chunks::<4>();
    let word = |i: usize| u32::from_le_bytes(words[i]);
    if word(2) != VERSION {
        let what =
            format!("version {} of the packed format (this program reads {VERSION})", word(2));
        return Err(ModelError::unsupported(what));
    }
    let (packed, head, data) = (word(3) as usize, word(4) as usize, word(5) as usize);
    let body = file.part(HEADER..file.len()).ok_or_else(|| broken("it is cut short"))?;
    if packed.checked_add(data) != Some(body.len()) {
        return Err(broken("its length is not the one it gives"));
    }
    if head > LARGEST_HEAD {
        return Err(broken("its head is too large"));
    }
    let sum = u64::from(word(6)) | u64::from(word(7)) << 32;
    if murmur64a(&body, 0) != sum {
        return Err(broken("its checksum is wrong"));
    }
    let (Some(packed), Some(data)) = (body.part(0..packed), body.part(packed..body.len())) else {
        return Err(broken("it is cut short"));
    };
    let head = zstd::bulk::decompress(&packed, head)
        .map_err(|e| broken(&format!("its head does not unpack ({e})")))?;
    read_parts(&head, data)
}

fn read_parts(head: &[u8], data: Blob) -> Result<Model, ModelError> {
    let mut reader = Reader { head, data };
    let model = Model::read(&mut reader)?;
    if !reader.head.is_empty() {
        return Err(ModelError::broken("packed model", "its head has something left over"));
    }
    model.check()?;
    Ok(model)
}

#[cfg(test)]
mod tests {
    use super::super::tiny;
    use super::*;
    use crate::text::{Document, Engine, Precision};

    const TEXT: &str =
        "Ten boats can't sail 30km :-) \"well-known (rain)!\", a men said... x.y/z\n\nok";

    fn show(doc: &Document<'_>) -> String {
        (0..doc.len())
            .map(|i| {
                let (tag, pos, morph) = (doc.tag(i), doc.pos(i).as_str(), doc.morph(i));
                let (lemma, head, dep) = (doc.lemma(i), doc.head(i), doc.dep(i));
                format!("{} {tag} {pos} {morph} {lemma} {head} {dep}\n", doc.word(i))
            })
            .chain(doc.names().iter().map(|name| format!("{name:?}\n")))
            .collect()
    }

    #[test]
    fn a_model_comes_back_as_it_was() {
        let model = tiny::model();
        let want = show(&Engine::new(&model).unwrap().analyse(TEXT));
        assert!(want.contains("ca X") || want.contains("ca Y") || want.contains("ca Z"), "{want}");
        let again = Model::from_bytes(model.to_bytes().unwrap()).unwrap();
        assert_eq!(want, show(&Engine::new(&again).unwrap().analyse(TEXT)));
        for precision in [Precision::F16, Precision::Int8] {
            let rounded = tiny::model().projected().rounded(precision);
            let again = Model::from_bytes(rounded.to_bytes().unwrap()).unwrap();
            let [a, b] = [rounded, again].map(|m| show(&Engine::new(&m).unwrap().analyse(TEXT)));
            assert_eq!(a, b);
        }
    }

    /// A changed file is an error or another model, never a panic.
    #[test]
    fn changed_files_do_no_harm() {
        let (head, data) = tiny::model().to_parts().unwrap();
        let mut state = 1_u64;
        let mut dice = |below: usize| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            usize::try_from(state % below as u64).unwrap()
        };
        let (mut refused, mut ran) = (0, 0);
        for _ in 0..3000 {
            let (mut head, mut data) = (head.clone(), data.clone());
            for _ in 0..=dice(3) {
                let at = dice(head.len());
                // Half of the changes hit what is small: the sizes and the kinds.
                let value = if dice(2) == 0 { dice(5) } else { dice(256) };
                head[at] = u8::try_from(value).unwrap();
            }
            match dice(4) {
                0 => head.truncate(dice(head.len())),
                1 => data.truncate(dice(data.len())),
                _ => {
                    let at = dice(data.len());
                    data[at] = u8::try_from(dice(256)).unwrap();
                }
            }
            match Model::from_parts(&head, data).and_then(|model| Engine::new(&model)) {
                Err(_) => refused += 1,
                Ok(engine) => {
                    let doc = engine.analyse(TEXT);
                    assert!((0..doc.len()).all(|i| doc.head(i) < doc.len()));
                    ran += 1;
                }
            }
        }
        assert!(refused > 500 && ran > 50, "{refused} refused, {ran} ran");
    }

    #[test]
    fn every_cut_of_a_file_is_refused() {
        let bytes = tiny::model().to_bytes().unwrap();
        for length in (0..bytes.len()).step_by(7) {
            assert!(Model::from_bytes(bytes[..length].to_vec()).is_err(), "{length}");
        }
    }
}
