//! The mapper: [`Facts`] of one article → quads of one named graph.
//!
//! Pure: no IO, no store, no clock. The same facts give the same quads, IRIs are hashes of
//! content, and what is written goes through an [`ArticleGraph`], which takes neither blank
//! nodes nor other graphs. Nothing is asserted because somebody said so: what a statement
//! carries is written as a claim, never as a plain triple.
//!
//! The graph is *lean*: what follows from an IRI or from the text is left to [`complete`].

mod article;
mod claim;
mod complete;
mod entity;
mod event;
mod evidence;
mod forms;
mod iri;
mod key;
mod name;
mod number;
mod ontology;
mod statement;
mod terms;
mod valid;
mod write;

use oxrdf::{NamedNode, Quad, QuadRef};

use crate::facts::{Article, Facts};
use crate::span::CharIndex;

pub use complete::{char_span, complete};
pub use forms::{Reifier, annotate, entail, is_text, reify};
pub use iri::{Base, BaseError, DEFAULT_BASE};
pub(crate) use iri::{Hash, Hasher};
pub use key::name_key;
pub use ontology::{ontology_files, ontology_quads};
pub use valid::GraphError;
pub use write::{ArticleGraph, Object};

/// Maps the facts of one article to the quads of its graph, handing each to `sink`.
///
/// No quad comes twice; their order is fixed but not sorted. Returns their number.
///
/// # Errors
///
/// [`GraphError`] where the facts break the contract (an id that points nowhere, a cycle, an item
/// without words); then nothing was handed to `sink`. Facts that
/// came through the contract's reader never do.
///
/// # Examples
///
/// ```
/// use newsgraph::facts::{Article, Facts};
/// use newsgraph::graph::{Base, map_facts};
///
/// let article = Article { id: "one".into(), text: "Rain fell.".into(), ..Article::default() };
/// let facts = Facts { article, ..Facts::default() };
/// let mut lines = Vec::new();
/// map_facts(&facts, &Base::default(), &mut |quad: oxrdf::QuadRef<'_>| lines.push(quad.to_string()))?;
/// assert!(lines.iter().any(|line| line.contains("Rain fell.")));
/// # Ok::<(), newsgraph::graph::GraphError>(())
/// ```
pub fn map_facts(
    facts: &Facts,
    base: &Base,
    sink: &mut impl FnMut(QuadRef<'_>),
) -> Result<usize, GraphError> {
    valid::validate(facts)?;
    let index = CharIndex::new(&facts.article.text);
    let names = name::Names::new(facts, &index, base);
    let mut graph = ArticleGraph::new(names.graph(), sink);
    let mut evidence = evidence::Evidence::new(facts, &index, names.article());
    article::write(facts, &names, &mut graph);
    entity::write(facts, &names, &mut evidence, &mut graph);
    event::write(facts, &names, &mut evidence, &mut graph);
    statement::write(facts, &names, &mut evidence, &mut graph);
    claim::write(facts, &names, &mut evidence, &mut graph);
    evidence.write(&mut graph);
    Ok(graph.written())
}

/// The quads of [`map_facts`] in one vector, sorted as their N-Quads lines are.
///
/// # Errors
///
/// As [`map_facts`].
pub fn map_sorted(facts: &Facts, base: &Base) -> Result<Vec<Quad>, GraphError> {
    let mut quads = Vec::new();
    map_facts(facts, base, &mut |quad: QuadRef<'_>| quads.push(quad.into_owned()))?;
    quads.sort_by_cached_key(ToString::to_string);
    Ok(quads)
}

/// The key of an article, the last part of its IRI and of its graph's: its text, date, title,
/// publisher and address hashed.
pub fn article_key(article: &Article) -> String {
    iri::article_hash(article)
}

/// The article's IRI: its text, date, title, publisher and address hashed.
pub fn article_iri(article: &Article, base: &Base) -> NamedNode {
    base.node("a/", &iri::article_hash(article))
}

/// The IRI of the article's graph.
pub fn graph_iri(article: &Article, base: &Base) -> NamedNode {
    base.node("g/", &iri::article_hash(article))
}
