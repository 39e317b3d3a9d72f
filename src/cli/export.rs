//! `newsgraph export`.

use std::num::NonZero;

use anyhow::bail;
use clap::Args;
use oxrdf::{GraphName, NamedNode, Quad};

use super::work::store_failure;
use super::writing::{Forms, Writing};
use super::{Exit, Failure, Global};
use crate::export::{Exporter, part_of};
use crate::graph::{Base, ontology_quads};
use crate::pipeline;
use crate::store::{Head, Store, parse};

/// Writes the store, some of its articles, or the ontology, for linked-data tools.
///
/// The graphs of the articles come first, by key, then those that are derived across articles.
/// The graphs are completed: what the store leaves out because it follows from the rest (offsets
/// and words of spans, the article of a statement) is written too, unless --lean.
#[derive(Debug, Args)]
pub struct Export {
    /// Only these articles, without what is derived across articles: ids, urls, IRIs, or
    /// beginnings of keys.
    #[arg(long = "article", value_name = "ARTICLE", num_args = 1..)]
    articles: Vec<String>,
    /// The vocabulary and the event types in place of the store.
    #[arg(long, conflicts_with = "articles")]
    ontology: bool,
    /// Writes so many files in place of one, such as graph-1-of-4.nq for -o graph.nq, for engines that
    /// load in parallel. An article is always in the same one; what is derived is in the first.
    #[arg(long, value_name = "N", requires = "output", conflicts_with = "ontology")]
    parts: Option<NonZero<usize>>,
    #[command(flatten)]
    forms: Forms,
    #[command(flatten)]
    writing: Writing,
}

impl Export {
    /// Writes the graphs, in Turtle unless told otherwise.
    ///
    /// # Errors
    ///
    /// A store that cannot be read, an article that is not in it, whatever hinders writing.
    pub fn run(&self, global: &Global) -> anyhow::Result<Exit> {
        if self.ontology {
            let base = Base::default();
            self.writing.write("turtle", base.as_str(), None, |exporter| {
                write_graphs(exporter, &ontology_quads(&base))
            })?;
            return Ok(Exit::Done);
        }
        let store = Store::open(&global.store).map_err(store_failure)?;
        let heads = self.heads(&store)?;
        let base = Base::new(store.base()).unwrap_or_default();
        let article = match heads.as_slice() {
            [head] if !self.articles.is_empty() => {
                Some(NamedNode::new(format!("{}a/{}", base.as_str(), head.key))?)
            }
            _ => None,
        };
        let Some(parts) = self.parts else {
            self.write(&self.writing, &store, &heads, true, article)?;
            return Ok(Exit::Done);
        };
        for part in 0..parts.get() {
            let heads: Vec<&Head> =
                heads.iter().copied().filter(|head| part_of(&head.key, parts) == part).collect();
            let writing = self.writing.of_part(part, parts.get());
            self.write(&writing, &store, &heads, part == 0, None)?;
        }
        Ok(Exit::Done)
    }

    /// Writes some articles, and where all of the store are asked for and it is the `first` part
    /// what is derived.
    fn write(
        &self,
        writing: &Writing,
        store: &Store,
        heads: &[&Head],
        first: bool,
        article: Option<NamedNode>,
    ) -> anyhow::Result<()> {
        let base = Base::new(store.base()).unwrap_or_default();
        writing.write("turtle", base.as_str(), article, |exporter| {
            for head in heads {
                // An article that another process has taken out since is not there any more.
                if let Some(nquads) = store.nquads(head).map_err(store_failure)? {
                    write_graphs(exporter, &self.forms.apply(quads(&nquads)?, &base))?;
                }
            }
            if first && self.articles.is_empty() {
                for derived in pipeline::derived(store, 2).map_err(store_failure)? {
                    write_graphs(exporter, &self.forms.apply(quads(&derived.nquads)?, &base))?;
                }
            }
            Ok(())
        })
    }

    /// The articles asked for, each once, by key; all where none is named.
    fn heads<'s>(&self, store: &'s Store) -> anyhow::Result<Vec<&'s Head>> {
        if self.articles.is_empty() {
            return Ok(store.heads().collect());
        }
        let mut heads = Vec::new();
        for name in &self.articles {
            let found = store.find(name);
            if found.is_empty() {
                bail!("no article {name:?} in the store (newsgraph articles lists them)");
            }
            heads.extend(found);
        }
        heads.sort_by(|a, b| a.key.cmp(&b.key));
        heads.dedup_by(|a, b| a.key == b.key);
        Ok(heads)
    }
}

fn quads(nquads: &str) -> anyhow::Result<Vec<Quad>> {
    let quads = parse(nquads).collect::<Result<Vec<_>, _>>();
    quads.map_err(|e| Failure::store(format!("a graph of the store is damaged: {e}")).into())
}

/// Writes quads, those of one graph side by side.
fn write_graphs(exporter: &mut Exporter<'_>, quads: &[Quad]) -> anyhow::Result<()> {
    for graph in quads.chunk_by(|a, b| a.graph_name == b.graph_name) {
        let name = match graph.first().map(|quad| &quad.graph_name) {
            Some(GraphName::NamedNode(name)) => Some(name),
            _ => None,
        };
        exporter.graph(name, graph.iter().cloned().map(Into::into).collect())?;
    }
    Ok(())
}
