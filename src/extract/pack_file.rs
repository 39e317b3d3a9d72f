//! Reads the tables of a language pack for the layers of what happened and who says so.

use std::collections::BTreeSet;

use serde::de::DeserializeOwned;

use crate::lang::Pack;

/// A table of the language pack that cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PackFileError {
    /// The pack lacks a file that a layer needs.
    #[error("lang/{pack}/{path} is missing (every language pack needs it; see CONTRIBUTING)")]
    Missing {
        /// The pack's language.
        pack: &'static str,
        /// The file, below the pack's folder.
        path: String,
    },
    /// The file is not the TOML that its layer reads.
    #[error("lang/{pack}/{path}: {source}")]
    Toml {
        /// The pack's language.
        pack: &'static str,
        /// The file, below the pack's folder.
        path: String,
        /// What is wrong, with line and column.
        source: Box<toml::de::Error>,
    },
    /// A word in the file is none of those that its layer knows.
    #[error("lang/{pack}/{path}: unknown {what} {word:?} (the names are the contract's)")]
    Unknown {
        /// The pack's language.
        pack: &'static str,
        /// The file, below the pack's folder.
        path: String,
        /// What the word should name.
        what: &'static str,
        /// The word.
        word: String,
    },
}

/// Parses the TOML file at `path` of the pack.
pub(crate) fn read_toml<T: DeserializeOwned>(pack: Pack, path: &str) -> Result<T, PackFileError> {
    let text = pack
        .text(path)
        .ok_or_else(|| PackFileError::Missing { pack: pack.code(), path: path.to_owned() })?;
    toml::from_str(text).map_err(|source| PackFileError::Toml {
        pack: pack.code(),
        path: path.to_owned(),
        source: Box::new(source),
    })
}

/// The fields of each line of the TSV file at `path`, without its header line; none where the pack
/// lacks the file.
pub(crate) fn read_tsv(pack: Pack, path: &str) -> impl Iterator<Item = Vec<&'static str>> {
    pack.text(path).unwrap_or("").lines().skip(1).map(|line| line.split('\t').collect())
}

/// A set of words.
pub(crate) type Words = BTreeSet<String>;
