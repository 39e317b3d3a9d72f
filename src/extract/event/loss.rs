//! Where a word was lost: why it tells no event.

use std::fmt;

use crate::extract::Rule;
use crate::span::Span;

/// A word that could have told an event, and the step at which it was lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lost {
    /// The word.
    pub span: Span,
    /// Why it tells none.
    pub loss: Loss,
}

/// Why a verb, noun or adjective tells no event.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Loss {
    /// An auxiliary, a mark or a part of a compound.
    Function,
    /// Part of a name.
    Name,
    /// Part of a time expression.
    Time,
    /// The lexicon knows no event by this lemma.
    Unknown,
    /// A verb of being, attitude or saying, or a participle that only modifies.
    Plain,
    /// Only gives the figure of what it counts.
    Figure,
    /// A light or aspectual verb: the word at this span tells the event in its place.
    GivesWay(Span),
    /// Only names the kind of the noun after it.
    Kind,
    /// Mostly names a thing, a role, a measure or what was said.
    Listed,
    /// Tells an event only with somebody or something that takes part, and has none here.
    Alone,
    /// Could be an event of some type, but the conditions of none of these rules hold.
    NoFrame(Vec<Rule>),
}

impl fmt::Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Function => f.write_str("an auxiliary, a mark, or part of a compound verb"),
            Self::Name => f.write_str("part of a name, and no headline in title case"),
            Self::Time => f.write_str("part of a time expression"),
            Self::Unknown => f.write_str(
                "no event word: the lemma stands neither in event/nouns.tsv nor in a type's table",
            ),
            Self::Plain => f.write_str(
                "a verb of being, attitude or saying (event/trigger.toml), or a participle that \
                 only modifies a noun, and no type's table claims it",
            ),
            Self::Figure => f.write_str("only gives the figure of the events it counts"),
            Self::GivesWay(_) => f.write_str("a light or aspectual verb: it gives way"),
            Self::Kind => f.write_str("only names the kind of the noun that it modifies"),
            Self::Listed => f.write_str(
                "a noun that mostly names a thing or what was said (event/trigger.toml), and no \
                 type's table claims it",
            ),
            Self::Alone => f.write_str(
                "a weak event noun (event/nouns.tsv): it tells an event only with a participant, \
                 a time or a figure of its own, or under a light verb",
            ),
            Self::NoFrame(rules) if rules.is_empty() => {
                f.write_str("an event only where a type's table claims it, and none does")
            }
            Self::NoFrame(rules) => {
                write!(f, "no rule's conditions hold; tried {}", rules.join(", "))
            }
        }
    }
}
