//! Inputs without a store: read, ask, forget.

use std::ops::ControlFlow;

use crate::fusion::{Decisions, Digest, Recorded, derive};
use crate::graph::{Base, map_facts, ontology_quads};
use crate::input::{InputError, Item};
use crate::store::{Index, StoreError};

use super::ordered::map_in_order;
use super::{Extract, PipelineError, facts_of, panicked, place};

/// Articles in memory, ready for questions.
pub struct Memory {
    /// Their quads, what is derived from them, and the ontology.
    pub index: Index,
    /// How many articles there are.
    pub articles: usize,
    /// What did not come through.
    pub failed: Vec<PipelineError>,
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
        base: &Base,
        jobs: usize,
    ) -> Result<Self, StoreError> {
        let mut quads = ontology_quads(base);
        let (mut digests, mut failed) = (Vec::new(), Vec::new());
        let work = |item: Result<Item, InputError>| {
            let Item { place: at, content } = item?;
            let facts = facts_of(content, extract);
            let mut quads = Vec::new();
            match map_facts(&facts, base, &mut |quad| quads.push(quad.into_owned())) {
                Ok(_) => {
                    let digest = Digest::of(&quads).expect("what the mapper writes has a digest");
                    Ok((quads, digest))
                }
                Err(cause) => Err(PipelineError::Map { at, cause }),
            }
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
                        Ok((article, digest)) => {
                            digests.push(digest);
                            quads.extend(article);
                        }
                        Err(error) => failed.push(error),
                    }
                }
                ControlFlow::Continue(())
            },
        );
        let articles = digests.len();
        quads.extend(derive(digests, Decisions::default(), Recorded::default(), base));
        Ok(Self { index: Index::of(quads)?, articles, failed })
    }
}
