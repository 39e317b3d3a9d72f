//! Proves that a store holds what it promises.
//!
//! | function | looks at | finds |
//! |---|---|---|
//! | [`check_article`] | one segment, by itself | damage, offsets that do not slice, claims without evidence or voice, foreign nodes |
//! | [`check_graphs`] | the index | what the questions of `queries/check/` find: they run on any SPARQL engine too |
//! | [`check_questions`] | a library | saved questions that cannot be parsed |
//!
//! A sound store gives no [`Violation`]. What follows across the whole store, that the derived
//! graphs are those of its articles, is for who derives them.

mod article;
mod graph;

use std::fmt;

pub use article::check_article;
pub use graph::{check_graphs, checks};

use crate::query::Library;

/// Something that must not be.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Violation {
    /// Which check found it: its name is that of the defect.
    pub defect: String,
    /// Where: an article, a node, a file.
    pub at: String,
    /// What is wrong there.
    pub what: String,
}

impl Violation {
    pub(crate) fn new(defect: &str, at: &str, what: impl Into<String>) -> Self {
        Self { defect: defect.to_owned(), at: at.to_owned(), what: what.into() }
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} [{}]", self.at, self.what, self.defect)
    }
}

/// Looks for saved questions that cannot be parsed.
pub fn check_questions(library: &Library) -> Vec<Violation> {
    let broken = |name: &str| {
        let error = library.get(name).err()?;
        Some(Violation::new("broken-question", name, error.to_string()))
    };
    library.names().filter_map(broken).collect()
}
