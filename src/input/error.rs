//! What can be wrong with an input, where, and what to do about it.

use std::fmt;
use std::io;
use std::sync::Arc;

use crate::facts::FactsError;

/// A place in an input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The input's name: a path as given, or `<stdin>`.
    pub input: Arc<str>,
    /// The line, from 1.
    pub line: usize,
    /// The column in Unicode scalar values, from 1.
    pub column: usize,
}

impl InputError {
    /// A short name of what is wrong, which does not change from version to version.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unreadable { .. } => "unreadable",
            Self::NoFiles { .. } => "no-files",
            Self::Empty { .. } => "empty",
            Self::NoText { .. } => "no-text",
            Self::NotUtf8 { .. } => "not-utf-8",
            Self::Nul { .. } => "nul",
            Self::TooLarge { .. } => "too-large",
            Self::Excess { .. } => "excess",
            Self::OtherLanguage { .. } => "other-language",
            Self::Format { .. } => "format",
            Self::Date { .. } => "date",
            Self::NoObjects { .. } => "no-objects",
            Self::Json { .. } => "json",
            Self::Member { .. } => "member",
            Self::Facts { .. } => "facts",
            Self::Mapping { .. } => "mapping",
        }
    }

    /// Where it is wrong; an input as a whole has a name and no place.
    pub fn place(&self) -> Option<&Place> {
        match self {
            Self::NoText { at, .. }
            | Self::NotUtf8 { at, .. }
            | Self::Nul { at }
            | Self::TooLarge { at, .. }
            | Self::Excess { at, .. }
            | Self::OtherLanguage { at, .. }
            | Self::Format { at, .. }
            | Self::Date { at, .. }
            | Self::Json { at, .. }
            | Self::Member { at, .. }
            | Self::Facts { at, .. } => Some(at),
            Self::Unreadable { .. }
            | Self::NoFiles { .. }
            | Self::Empty { .. }
            | Self::NoObjects { .. }
            | Self::Mapping { .. } => None,
        }
    }

    /// The name of the input that it is about.
    pub fn input(&self) -> Option<&str> {
        match self {
            Self::Unreadable { input, .. }
            | Self::NoFiles { input }
            | Self::Empty { input }
            | Self::NoObjects { input } => Some(input),
            _ => self.place().map(|place| &*place.input),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.input, self.line, self.column)
    }
}

/// Why an input, or an object in it, could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum InputError {
    /// The path is missing, or the system refuses to read it.
    #[error("{input}: cannot be read: {cause} ({})", remedy(.cause))]
    Unreadable {
        /// The input's name.
        input: Arc<str>,
        /// What the system says.
        cause: io::Error,
    },
    /// A folder has nothing to read in it.
    #[error("{input}: no files in this folder (hidden files are skipped)")]
    NoFiles {
        /// The folder.
        input: Arc<str>,
    },
    /// There is no text in it.
    #[error("{input}: empty, there is no article in it (leave it out)")]
    Empty {
        /// The input's name.
        input: Arc<str>,
    },
    /// An article without text.
    #[error("{at}: the article has no text ({remedy})")]
    NoText {
        /// Where the article begins.
        at: Place,
        /// What to do.
        remedy: &'static str,
    },
    /// The bytes are not UTF-8.
    #[error("{at}: not UTF-8: byte 0x{byte:02x} (convert it: iconv -f {guess} -t UTF-8)")]
    NotUtf8 {
        /// The first bad byte's place.
        at: Place,
        /// The first bad byte.
        byte: u8,
        /// The encoding that it may be in.
        guess: &'static str,
    },
    /// A NUL byte: hardly a text.
    #[error("{at}: NUL byte; is this a text? (remove them: tr -d '\\000')")]
    Nul {
        /// Its place.
        at: Place,
    },
    /// More bytes than one article may have.
    #[error("{at}: more than {limit} bytes in one article (split it, or raise --max-article)")]
    TooLarge {
        /// Where the article begins.
        at: Place,
        /// The limit that it passes.
        limit: usize,
    },
    /// More of something than one page or feed may have.
    #[error("{at}: more than {limit} {what} (leave it out, or {remedy})")]
    Excess {
        /// Where it begins to be too much.
        at: Place,
        /// Of what.
        what: &'static str,
        /// The limit that it passes.
        limit: usize,
        /// What to do.
        remedy: &'static str,
    },
    /// An article in a language that is not asked for: skipped, not failed.
    #[error(
        "{at}: in the language {language}, skipped (--lang {language} takes it, --lang all any)"
    )]
    OtherLanguage {
        /// Where it begins.
        at: Place,
        /// Its language: ISO 639-1, or 639-3 where there is no shorter code.
        language: &'static str,
    },
    /// Not what the format asks for.
    #[error("{at}: {message} ({remedy})")]
    Format {
        /// Where it breaks.
        at: Place,
        /// What is wrong.
        message: String,
        /// What to do.
        remedy: &'static str,
    },
    /// A header line whose value cannot be.
    #[error(
        "{at}: {member} {value:?} is not an ISO 8601 date such as 2022-01-12 (mend or drop it)"
    )]
    Date {
        /// Its place.
        at: Place,
        /// The header or member.
        member: &'static str,
        /// Its value.
        value: String,
    },
    /// There is no JSON object where there should be many.
    #[error(
        "{input}: no JSON objects in it (one a line, an array, or one alone; a text takes --from text)"
    )]
    NoObjects {
        /// The input's name.
        input: Arc<str>,
    },
    /// Not JSON.
    #[error("{at}: {message} ({remedy})")]
    Json {
        /// Where the parser stopped.
        at: Place,
        /// What it says.
        message: String,
        /// What to do.
        remedy: &'static str,
    },
    /// JSON, and yet no article.
    #[error("{at}: {message}")]
    Member {
        /// Where the object begins.
        at: Place,
        /// Which member, what is wrong, and the remedy.
        message: String,
    },
    /// Not facts of the contract.
    #[error("{at}: {}", contract(.cause))]
    Facts {
        /// Where the object begins, or where its JSON breaks.
        at: Place,
        /// What is wrong.
        cause: FactsError,
    },
    /// A mapping that cannot be understood.
    #[error("--map {text}: {message}")]
    Mapping {
        /// The mapping as given.
        text: String,
        /// What is wrong, and what it takes.
        message: String,
    },
}

fn remedy(cause: &io::Error) -> &'static str {
    match cause.kind() {
        io::ErrorKind::NotFound => "check the path",
        io::ErrorKind::PermissionDenied => "check who may read it: ls -l",
        io::ErrorKind::IsADirectory => "name the folder itself",
        io::ErrorKind::FileTooLarge => "a bomb? if it is none, raise --max-ratio",
        _ => "leave it out, or try again",
    }
}

/// A contract error without the place, which stands before it.
fn contract(cause: &FactsError) -> String {
    match cause {
        FactsError::Shape { line: _, column: _, member, message } => {
            let member = if member.is_empty() { String::new() } else { format!("{member}: ") };
            format!("{member}{message} (see the facts contract, newsgraph-facts/1)")
        }
        other => other.to_string(),
    }
}
