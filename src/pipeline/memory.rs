//! Inputs without a store: read, ask, forget.

use std::ops::ControlFlow;

use oxrdf::Quad;

use crate::fusion::{Decisions, Digest, Fusion};
use crate::graph::{Base, article_key, map_facts, ontology_quads};
use crate::input::{InputError, Item};
use crate::store::{Index, StoreError};

use super::derive::in_order;
use super::ordered::map_in_order;
use super::{Extract, PipelineError, Watch, facts_of, in_time, panicked, place};

/// Articles in memory, ready for questions.
pub struct Memory {
    /// Their quads, what is derived from them, and the ontology.
    pub index: Index,
    /// How many articles there are.
    pub articles: usize,
    /// What did not come through.
    pub failed: Vec<PipelineError>,
}

/// One article, mapped.
struct Mapped {
    key: String,
    quads: Vec<Quad>,
    digest: Digest,
}

impl Memory {
    /// Reads inputs into memory, on `jobs` threads.
    ///
    /// # Errors
    ///
    /// Oxigraph's. What fails of the inputs is listed in [`Memory::failed`].
    pub fn read(
        items: impl Iterator<Item = Result<Item, InputError>> + Send,
        extract: Extract<'_>,
        watch: &Watch,
        base: &Base,
        jobs: usize,
    ) -> Result<Self, StoreError> {
        let (mut mapped, mut failed) = (Vec::new(), Vec::new());
        let work = |item: Result<Item, InputError>| -> Result<Mapped, PipelineError> {
            in_time(watch, item?, |item| {
                let (at, finished) = item.finish()?;
                let facts = facts_of(finished, extract);
                let mut quads = Vec::new();
                if let Err(cause) =
                    map_facts(&facts, base, &mut |quad| quads.push(quad.into_owned()))
                {
                    return Err(PipelineError::Map { at, cause });
                }
                match Digest::of(&quads) {
                    Ok(digest) => Ok(Mapped { key: article_key(&facts.article), quads, digest }),
                    Err(cause) => Err(PipelineError::Digest { at, cause }),
                }
            })
        };
        map_in_order(
            items,
            jobs,
            place,
            work,
            |at, m| Err(panicked(at, m)),
            |batch| {
                for done in batch {
                    match done {
                        Ok(article) => mapped.push(article),
                        Err(error) => failed.push(error),
                    }
                }
                ControlFlow::Continue(())
            },
        );
        let recorded = in_order(mapped.iter().map(|article| article.key.as_str()));
        let mut fusion = Fusion::new(Decisions::default(), recorded, base);
        let mut quads = ontology_quads(base);
        let articles = mapped.len();
        for article in mapped {
            fusion.add(article.digest);
            quads.extend(article.quads);
        }
        fusion.for_each(|quad| quads.push(quad));
        Ok(Self { index: Index::of(quads)?, articles, failed })
    }
}
