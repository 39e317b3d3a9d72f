//! IRIs: hashes of content below one base.

use data_encoding::BASE32_NOPAD;
use oxrdf::{IriParseError, NamedNode};
use sha2::{Digest, Sha256};

use crate::facts::Article;

/// The base of data IRIs where none is given.
pub const DEFAULT_BASE: &str = "https://w3id.org/newsgraph/d/";

/// Characters of a hash in an IRI.
pub(super) const HASH: usize = 26;

/// What data IRIs begin with: an absolute IRI that ends in `/`. One base a store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Base(String);

/// Why a base cannot be one.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BaseError {
    /// It is no absolute IRI.
    #[error("{base:?} is no absolute IRI: {cause} (give one such as {DEFAULT_BASE})")]
    Iri {
        /// What was given.
        base: String,
        /// What the parser says.
        cause: IriParseError,
    },
    /// It does not end in `/`, or it has a query or a fragment.
    #[error(
        "{base:?} has to end in \"/\" and to have neither \"?\" nor \"#\" (such as {DEFAULT_BASE})"
    )]
    Shape {
        /// What was given.
        base: String,
    },
}

impl Base {
    /// Checks and takes a base.
    ///
    /// # Errors
    ///
    /// [`BaseError`] where it is no absolute IRI that ends in `/`.
    pub fn new(base: &str) -> Result<Self, BaseError> {
        if let Err(cause) = NamedNode::new(base) {
            return Err(BaseError::Iri { base: base.to_owned(), cause });
        }
        if !base.ends_with('/') || base.contains(['?', '#']) {
            return Err(BaseError::Shape { base: base.to_owned() });
        }
        Ok(Self(base.to_owned()))
    }

    /// The base as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The IRI `base kind local`; both parts are ours, so it is one.
    pub(crate) fn node(&self, kind: &str, local: &str) -> NamedNode {
        NamedNode::new_unchecked([self.0.as_str(), kind, local].concat())
    }
}

impl Default for Base {
    fn default() -> Self {
        Self(DEFAULT_BASE.to_owned())
    }
}

/// Hashes parts, each preceded by its length: SHA-256, the first 16 bytes in lower-case base32.
#[derive(Clone, Default)]
pub(crate) struct Hasher(Sha256);

impl Hasher {
    /// Adds a text.
    pub(crate) fn part(mut self, part: &str) -> Self {
        self.0.update((part.len() as u64).to_be_bytes());
        self.0.update(part.as_bytes());
        self
    }

    /// Adds a number, as its decimal digits.
    pub(crate) fn number(self, number: u32) -> Self {
        let mut digits = [0; 10];
        let text = decimal(number, &mut digits);
        self.part(text)
    }

    /// The hash.
    pub(crate) fn finish(self) -> Hash {
        let digest = self.0.finalize();
        let mut hash = [0; 16];
        hash.copy_from_slice(&digest[..16]);
        Hash(hash)
    }
}

/// The first 16 bytes of a SHA-256.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, std::hash::Hash)]
pub(crate) struct Hash([u8; 16]);

impl Hash {
    /// Appends its letters to `out`.
    pub(crate) fn push(self, out: &mut String) {
        let mut letters = [0; HASH];
        BASE32_NOPAD.encode_mut(&self.0, &mut letters);
        letters.make_ascii_lowercase();
        out.push_str(std::str::from_utf8(&letters).expect("base32 is ASCII"));
    }
}

impl Hash {
    /// No hash is less.
    pub(crate) const LEAST: Self = Self([0; 16]);
    /// No hash is greater.
    pub(crate) const GREATEST: Self = Self([u8::MAX; 16]);

    /// Its two halves, as numbers in the order of the hashes.
    pub(crate) fn halves(self) -> (u64, u64) {
        let whole = u128::from_be_bytes(self.0);
        #[expect(clippy::cast_possible_truncation, reason = "the lower half is what is wanted")]
        let halves = ((whole >> 64) as u64, whole as u64);
        halves
    }

    /// The hash that `letters` spell.
    pub(crate) fn parse(letters: &str) -> Option<Self> {
        if letters.len() != HASH || letters.bytes().any(|b| b.is_ascii_uppercase()) {
            return None;
        }
        let bytes = BASE32_NOPAD.decode(letters.to_ascii_uppercase().as_bytes()).ok()?;
        bytes.try_into().ok().map(Self)
    }
}

impl serde::Serialize for Hash {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Hash {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let letters = String::deserialize(deserializer)?;
        Self::parse(&letters)
            .ok_or_else(|| serde::de::Error::custom(format!("{letters} is no hash")))
    }
}

impl std::fmt::Display for Hash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut letters = String::with_capacity(HASH);
        self.push(&mut letters);
        f.write_str(&letters)
    }
}

/// The digits of `number`, written into `digits`.
pub(super) fn decimal(number: u32, digits: &mut [u8; 10]) -> &str {
    let mut at = digits.len();
    let mut rest = number;
    loop {
        at -= 1;
        digits[at] = b'0' + u8::try_from(rest % 10).expect("a digit");
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    std::str::from_utf8(&digits[at..]).expect("digits are ASCII")
}

/// The hash of an article: not of its id nor of the time of retrieval, so that one piece under
/// two file names is one.
pub(super) fn article_hash(article: &Article) -> String {
    let part = |p: &Option<String>| p.clone().unwrap_or_default();
    Hasher::default()
        .part("article")
        .part(&article.text)
        .part(&part(&article.published))
        .part(&part(&article.title))
        .part(&part(&article.publisher))
        .part(&part(&article.url))
        .finish()
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_those_of_the_model() {
        // python3: base64.b32encode(sha256(b"\0"*7+b"\1e"+b"\0"*7+b"\2ab").digest()[:16])
        assert_eq!(
            Hasher::default().part("e").part("ab").finish().to_string(),
            "3qu4abakybp7guzvdd6erzvgay"
        );
        assert_eq!(Hasher::default().part("1").finish(), Hasher::default().number(1).finish());
        assert_eq!(decimal(u32::MAX, &mut [0; 10]), "4294967295");
    }

    #[test]
    fn a_base_is_absolute_and_ends_in_a_slash() {
        assert!(Base::new("https://example.org/news/").is_ok());
        for bad in ["news/", "https://example.org/news", "https://example.org/?a=/", "https://a b/"]
        {
            assert!(Base::new(bad).is_err(), "{bad}");
        }
    }
}
