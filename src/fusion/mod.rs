//! Across articles: who is the same, what is the same, what agrees, what may stand as a fact.
//!
//! Three derived graphs (identity, comparison, facts) are functions of the *set* of article graphs,
//! of a person's decisions, and of the recorded order of versions; order of adding, history and
//! threads do not matter. [`Fusion`] holds what it takes to say what changes in them when an article
//! comes or goes, without looking at the others again.
//!
//! Knows no files and no store: it reads [`Digest`]s, which are computed from one article's quads.

mod compare;
mod context;
mod decision;
mod derive;
mod digest;
mod fetch;
mod figure;
mod happening;
mod individual;
mod odds;
mod profile;
mod reprint;
mod shelf;
mod status;
mod telling;
mod term;
mod version;
mod write;

pub use decision::{DecisionError, Decisions};
pub use derive::{Delta, Fusion};
pub use digest::{Digest, DigestError};
pub use shelf::{Record, Shelf, ShelfError};
pub use version::Recorded;

use oxrdf::{NamedNode, Quad};

use crate::graph::Base;

/// The names of the derived graphs below the base, in the order of their making.
pub const GRAPHS: [&str; 3] = ["graph/identity", "graph/comparison", "graph/facts"];

/// The IRIs of the derived graphs.
pub fn graph_names(base: &Base) -> [NamedNode; 3] {
    GRAPHS.map(|name| base.node(name, ""))
}

/// The quads of the derived graphs of a set of articles, each once, sorted as their N-Quads lines
/// are.
///
/// # Examples
///
/// ```
/// use newsgraph::facts::{Article, Facts};
/// use newsgraph::fusion::{Decisions, Digest, Recorded, derive};
/// use newsgraph::graph::{Base, map_sorted};
///
/// let base = Base::default();
/// let article = Article { id: "one".into(), text: "Rain fell.".into(), ..Article::default() };
/// let graph = map_sorted(&Facts { article, ..Facts::default() }, &base)?;
/// let digests = vec![Digest::of(&graph)?];
/// assert!(derive(digests, Decisions::default(), Recorded::default(), &base).is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn derive(
    digests: impl IntoIterator<Item = Digest>,
    decisions: Decisions,
    recorded: Recorded,
    base: &Base,
) -> Vec<Quad> {
    let mut fusion = Fusion::new(decisions, recorded, base);
    for digest in digests {
        fusion.add(digest);
    }
    fusion.quads()
}
