//! `newsgraph map [FACTS…]`.

use std::collections::BTreeSet;
use std::path::PathBuf;

use clap::{Args, ValueHint};
use oxrdf::{QuadRef, Triple};

use super::Exit;
use super::inputs::Failures;
use super::writing::{Forms, Writing};
use crate::facts::Facts;
use crate::graph::{Base, DEFAULT_BASE, GraphError, graph_iri, map_facts};
use crate::input::{Content, Format, Options, read_inputs};

/// Maps facts to a graph, without a store: the facts contract in, TriG out.
///
/// The facts may come from any extractor, one JSON object an article; what breaks the contract is
/// named with its line and member, and the rest is mapped.
#[derive(Debug, Args)]
pub struct Map {
    /// Files of facts, or folders of them; - is standard input.
    #[arg(value_name = "FACTS", default_value = "-", value_hint = ValueHint::AnyPath)]
    inputs: Vec<PathBuf>,
    /// What the IRIs begin with.
    #[arg(long, value_name = "IRI", default_value = DEFAULT_BASE, value_parser = Base::new)]
    base: Base,
    #[command(flatten)]
    forms: Forms,
    #[command(flatten)]
    writing: Writing,
}

impl Map {
    /// Writes the article graphs of the facts, each once, in the order of the inputs.
    ///
    /// # Errors
    ///
    /// Whatever hinders writing; inputs that cannot be mapped are reported and counted.
    pub fn run(&self) -> anyhow::Result<Exit> {
        let options = Options { format: Format::find("facts"), ..Options::default() };
        let mut failures = Failures::default();
        let mut seen = BTreeSet::new();
        self.writing.write("trig", self.base.as_str(), None, |exporter| {
            for item in read_inputs(self.inputs.iter().cloned(), options) {
                let item = match item {
                    Ok(item) => item,
                    Err(error) => {
                        failures.add(&error);
                        continue;
                    }
                };
                let Content::Facts(facts) = item.content else { continue };
                match self.triples(&facts) {
                    Err(error) => failures.add(&format!("{}: {error}", item.place)),
                    Ok(triples) => {
                        let graph = graph_iri(&facts.article, &self.base);
                        if seen.insert(graph.clone()) {
                            exporter.graph(Some(&graph), triples)?;
                        }
                    }
                }
            }
            Ok(())
        })?;
        Ok(failures.exit())
    }

    fn triples(&self, facts: &Facts) -> Result<Vec<Triple>, GraphError> {
        let mut quads = Vec::new();
        map_facts(facts, &self.base, &mut |quad: QuadRef<'_>| quads.push(quad.into_owned()))?;
        Ok(self.forms.apply(quads, &self.base).into_iter().map(Triple::from).collect())
    }
}
