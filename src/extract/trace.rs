//! Which rule or sieve made what.

use std::sync::Arc;

/// The name of what made a fact: a rule's path (`time/date.toml#weekday`) or a sieve's name
/// (`coref/acronym`). Cheap to clone.
pub type Rule = Arc<str>;

/// A fact of some layer together with what made it.
#[derive(Clone, Debug, PartialEq)]
pub struct Traced<T> {
    /// The fact.
    pub fact: T,
    /// What made it.
    pub rule: Rule,
}

impl<T> Traced<T> {
    /// Joins a fact and the name of what made it.
    pub fn new(fact: T, rule: &Rule) -> Self {
        Self { fact, rule: Arc::clone(rule) }
    }
}
