//! Who took in what, when: the one graph that is not a function of the articles.

use std::collections::BTreeSet;

use oxigraph::model::vocab::{rdf, xsd};
use oxigraph::model::{Literal, NamedNode, NamedNodeRef, Quad, Term};
use serde::{Deserialize, Serialize};

use super::error::{Result, StoreError};
use super::layout::{self, Layout};
use super::segment::Head;
use super::{canonical, hash};
use crate::vocab::{dct, ng, prov};

/// One run of `add`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// Its id: the last part of its IRI.
    pub id: String,
    /// When it began, RFC 3339 in UTC.
    pub started: String,
    /// The version of the program.
    pub version: String,
    /// How it was called.
    pub settings: Vec<String>,
}

impl Run {
    /// Describes a run that began at `started` (RFC 3339, UTC) in the process `process`.
    pub fn new(started: &str, process: u32, settings: Vec<String>) -> Self {
        Self {
            id: hash(&format!("{started} {process}")),
            started: started.to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            settings,
        }
    }
}

/// The graph of the runs that took in the articles `heads`.
pub(super) fn graph<'a>(layout: &Layout, heads: impl Iterator<Item = &'a Head>) -> Result<String> {
    let node = |name: &str| NamedNode::new_unchecked(format!("{}{name}", layout.base()));
    let graph = node("graph/runs");
    let mut quads = Vec::new();
    let mut add = |subject: &NamedNode, predicate: NamedNodeRef<'_>, object: Term| {
        quads.push(Quad::new(subject.clone(), predicate, object, graph.clone()));
    };
    let mut runs = BTreeSet::new();
    for head in heads {
        runs.insert(head.ingest.run.as_str());
        let article = node(&format!("a/{}", head.key));
        let run = node(&format!("r/{}", head.ingest.run));
        add(&article, prov::WAS_GENERATED_BY, run.into());
        for id in &head.ids {
            add(&article, dct::IDENTIFIER, Literal::from(id.as_str()).into());
        }
        if !head.ingest.input.is_empty() {
            add(&article, ng::INPUT, Literal::from(head.ingest.input.as_str()).into());
        }
    }
    for id in runs {
        let Some(run) = read(layout, id)? else { continue };
        let node = node(&format!("r/{id}"));
        let started = Literal::new_typed_literal(run.started, xsd::DATE_TIME);
        add(&node, rdf::TYPE, ng::class::RUN.into());
        add(&node, prov::STARTED_AT_TIME, started.into());
        add(&node, ng::VERSION, Literal::from(run.version).into());
        if !run.settings.is_empty() {
            add(&node, ng::SETTINGS, Literal::from(run.settings.join(" ")).into());
        }
    }
    Ok(canonical(quads.iter().map(Quad::as_ref)))
}

/// Writes a run's description.
pub(super) fn write(layout: &Layout, run: &Run) -> Result<()> {
    let text = serde_json::to_string(run).expect("a run has only strings");
    layout.write_atomically(&layout.run(&run.id), text.as_bytes())
}

/// A run's description; `None` where it is not there.
fn read(layout: &Layout, id: &str) -> Result<Option<Run>> {
    let path = layout.run(id);
    match layout::read_to_string(&path) {
        Ok(text) => {
            let run = serde_json::from_str(&text);
            run.map(Some).map_err(|e| StoreError::Schema { path, what: e.to_string() })
        }
        Err(StoreError::Io { source, .. }) if source.kind() == std::io::ErrorKind::NotFound => {
            Ok(None)
        }
        Err(error) => Err(error),
    }
}
