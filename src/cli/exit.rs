//! The exit codes.

use std::fmt;
use std::process::ExitCode;

/// How the process ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// 0: all done.
    Done,
    /// 1: done, and the answer is "no": `check` found violations, `eval` is under its bar.
    No,
    /// 2: wrong use.
    Usage,
    /// 3: some inputs failed, each is listed; the rest is done.
    SomeFailed,
    /// 4: the store cannot be opened or written.
    Store,
}

impl Exit {
    /// The code that the shell sees.
    pub fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::No => 1,
            Self::Usage => 2,
            Self::SomeFailed => 3,
            Self::Store => 4,
        }
    }

    /// The exit of an error: that of the [`Failure`] in its chain, else wrong use.
    pub fn of(error: &anyhow::Error) -> Self {
        error.downcast_ref::<Failure>().map_or(Self::Usage, |failure| failure.exit)
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}

/// A message with the exit it ends in; return it as the error, or put it on one with `context`.
#[derive(Clone, Debug)]
pub struct Failure {
    /// How the process ends.
    pub exit: Exit,
    /// What went wrong, where, and the remedy.
    pub message: String,
}

impl Failure {
    /// A failure of the store.
    pub fn store(message: impl Into<String>) -> Self {
        Self { exit: Exit::Store, message: message.into() }
    }

    /// A failure of some inputs.
    pub fn inputs(message: impl Into<String>) -> Self {
        Self { exit: Exit::SomeFailed, message: message.into() }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Failure {}
