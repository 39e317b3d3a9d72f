//! Articles into a store.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use crate::facts::{Facts, FactsError, read_facts};
use crate::graph::{Base, article_key};
use crate::input::{Finished, InputError, Item, Place};
use crate::store::{Head, Ingest, Packed, Run, Store, StoreError, Writer, hash};

use super::ordered::map_in_order;
use super::prepare::{Prepared, line, pack};
use super::{Extract, PipelineError, Watch, facts_of, in_time, panicked, place};

/// How to add.
#[derive(Clone, Copy)]
pub struct Adding<'a> {
    /// Makes facts of the articles that come as text.
    pub extract: Extract<'a>,
    /// How long each may take.
    pub watch: &'a Watch,
    /// How many articles are worked on at once.
    pub jobs: usize,
    /// Which run this is.
    pub run: &'a Run,
    /// Whether articles that are there already are extracted and mapped again.
    pub refresh: bool,
}

/// Where articles go.
#[derive(Debug)]
pub enum Target<'a> {
    /// Into a store.
    Store(&'a mut Writer),
    /// Nowhere: only what would happen is counted, beside what the store has.
    Nowhere(Option<&'a Store>, &'a Base),
}

/// What became of an article that came through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// It is new.
    Added,
    /// It was there with other facts.
    Replaced,
    /// It was there with these facts.
    Unchanged,
}

/// What [`add`] tells while it works.
#[derive(Debug)]
pub enum Note<'a> {
    /// An article is in the store now, whole and durable.
    Stored(&'a Head, Way),
    /// An article, or an input, did not come through, or was skipped
    /// ([`PipelineError::skipped`]).
    Failed(&'a PipelineError),
    /// How far it is.
    Progress(&'a Summary),
}

/// What became of the inputs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Articles and inputs taken up, those that failed among them.
    pub read: u64,
    /// New in the store.
    pub added: u64,
    /// There before with other facts, replaced.
    pub replaced: u64,
    /// There before.
    pub unchanged: u64,
    /// In a language that is not asked for.
    pub skipped: u64,
    /// Not come through.
    pub failed: u64,
    /// Claims of those added and replaced.
    pub claims: u64,
    /// Quads of those added and replaced.
    pub quads: u64,
}

/// Reads inputs, extracts, maps and stores them.
///
/// An article that is there with the same content is unchanged, whatever its facts, unless it
/// comes as facts that differ or `refresh` is set. One that comes under a second id keeps both;
/// its graph tells the lesser, so that the order of adding does not matter.
///
/// Returns what became of the inputs, and the error that ended it early, if one did: then what
/// the summary counts is in the store all the same.
pub fn add(
    items: impl Iterator<Item = Result<Item, InputError>> + Send,
    target: Target<'_>,
    adding: Adding<'_>,
    note: &mut dyn FnMut(Note<'_>),
) -> (Summary, Result<(), StoreError>) {
    let base = target.base();
    let known = target.known();
    let work = |(nth, item): (u64, Result<Item, InputError>)| -> Result<Done, PipelineError> {
        in_time(adding.watch, item?, |item| {
            let (at, finished) = item.finish()?;
            if let (Finished::Article(article), false) = (&finished, adding.refresh) {
                let key = article_key(article);
                if known.contains(&key) {
                    return Ok(Done::Known { key, id: article.id.clone() });
                }
            }
            let run = adding.run;
            let ingest = Ingest {
                at: run.started.clone(),
                nth,
                run: run.id.clone(),
                input: at.input.to_string(),
            };
            let facts = facts_of(finished, adding.extract);
            match Prepared::new(facts, &base, ingest) {
                Ok(prepared) => Ok(Done::Prepared(Box::new(prepared), at)),
                Err(cause) => Err(PipelineError::Map { at, cause }),
            }
        })
    };
    let mut sink = Sink {
        target,
        run: adding.run,
        base: &base,
        waiting: Vec::new(),
        new: BTreeSet::new(),
        summary: Summary::default(),
        note,
    };
    let mut ended = Ok(());
    map_in_order(
        (0..).zip(items),
        adding.jobs,
        |(_, item)| place(item),
        work,
        |at, message| Err(panicked(at, message)),
        |batch| match sink.take(batch) {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                ended = Err(error);
                ControlFlow::Break(())
            }
        },
    );
    (sink.summary, ended)
}

/// Takes away one of several ids of an article; its graph tells the least of the others. Says
/// `false` where it is the only one: then the article itself would have to go.
///
/// # Errors
///
/// A segment that cannot be read or written.
pub fn forget_id(writer: &mut Writer, run: &Run, key: &str, id: &str) -> Result<bool, StoreError> {
    let Some(head) = writer.store().get(key).cloned() else { return Ok(false) };
    let mut ids: BTreeSet<String> = head.ids.iter().cloned().collect();
    if !ids.remove(id) || ids.is_empty() {
        return Ok(false);
    }
    let base = base_of(writer.store());
    let packed = under_ids(writer.store(), &base, &head, ids, false)?;
    writer.put(run, vec![packed]).1?;
    Ok(true)
}

/// What came out of one item.
enum Done {
    /// It was in the store when the run began.
    Known { key: String, id: String },
    /// It is ready to be stored.
    Prepared(Box<Prepared>, Place),
}

impl Target<'_> {
    fn base(&self) -> Base {
        match self {
            Self::Store(writer) => base_of(writer.store()),
            Self::Nowhere(_, base) => (*base).clone(),
        }
    }

    fn store(&self) -> Option<&Store> {
        match self {
            Self::Store(writer) => Some(writer.store()),
            Self::Nowhere(store, _) => *store,
        }
    }

    /// The keys that are in the store.
    fn known(&self) -> BTreeSet<String> {
        let heads = self.store().into_iter().flat_map(Store::heads);
        heads.map(|head| head.key.clone()).collect()
    }
}

fn base_of(store: &Store) -> Base {
    Base::new(store.base()).unwrap_or_default()
}

/// Where the results come in order.
struct Sink<'a> {
    target: Target<'a>,
    run: &'a Run,
    base: &'a Base,
    waiting: Vec<(Packed, Way)>,
    /// The keys of those added.
    new: BTreeSet<String>,
    summary: Summary,
    note: &'a mut dyn FnMut(Note<'_>),
}

impl Sink<'_> {
    fn take(&mut self, batch: Vec<Result<Done, PipelineError>>) -> Result<(), StoreError> {
        for done in batch {
            self.summary.read += 1;
            match done {
                Ok(Done::Known { key, id }) => self.take_known(&key, id)?,
                Ok(Done::Prepared(prepared, at)) => self.take_prepared(*prepared, at)?,
                Err(error) => self.fail(&error),
            }
        }
        self.flush()?;
        (self.note)(Note::Progress(&self.summary));
        Ok(())
    }

    fn fail(&mut self, error: &PipelineError) {
        match error.skipped() {
            Some(_) => self.summary.skipped += 1,
            None => self.summary.failed += 1,
        }
        (self.note)(Note::Failed(error));
    }

    fn head(&mut self, key: &str) -> Result<Option<Head>, StoreError> {
        if self.waiting.iter().any(|(packed, _)| packed.head.key == key) {
            self.flush()?;
        }
        Ok(self.target.store().and_then(|store| store.get(key)).cloned())
    }

    fn take_known(&mut self, key: &str, id: String) -> Result<(), StoreError> {
        let Some(old) = self.head(key)? else { return Ok(()) };
        if old.ids.contains(&id) {
            self.unchanged(&old);
        } else {
            self.another_id(&old, id)?;
        }
        Ok(())
    }

    fn take_prepared(&mut self, prepared: Prepared, at: Place) -> Result<(), StoreError> {
        let Prepared { mut facts, packed } = prepared;
        let Some(old) = self.head(&packed.head.key)? else {
            if self.new.contains(&packed.head.key) {
                // Only where nothing is stored: what was counted before is not in the store.
                self.summary.unchanged += 1;
            } else {
                self.new.insert(packed.head.key.clone());
                self.waiting.push((packed, Way::Added));
            }
            return Ok(());
        };
        let id = facts.article.id.clone();
        if same(&facts, &old) {
            if old.ids.contains(&id) {
                self.unchanged(&old);
                return Ok(());
            }
            return self.another_id(&old, id);
        }
        let mut ids: BTreeSet<String> = old.ids.iter().cloned().collect();
        ids.insert(id);
        let ingest = packed.head.ingest.clone();
        facts.article.id = ids.first().cloned().unwrap_or_default();
        match pack(&facts, self.base, ids, ingest) {
            Ok(packed) => self.waiting.push((packed, Way::Replaced)),
            Err(cause) => self.fail(&PipelineError::Map { at, cause }),
        }
        Ok(())
    }

    fn another_id(&mut self, old: &Head, id: String) -> Result<(), StoreError> {
        let mut ids: BTreeSet<String> = old.ids.iter().cloned().collect();
        ids.insert(id);
        match &self.target {
            Target::Store(writer) => {
                let packed = under_ids(writer.store(), self.base, old, ids, false)?;
                self.waiting.push((packed, Way::Unchanged));
            }
            Target::Nowhere(..) => self.unchanged(old),
        }
        Ok(())
    }

    fn unchanged(&mut self, head: &Head) {
        self.summary.unchanged += 1;
        (self.note)(Note::Stored(head, Way::Unchanged));
    }

    /// Stores what waits.
    fn flush(&mut self) -> Result<(), StoreError> {
        let waiting = std::mem::take(&mut self.waiting);
        let (packed, ways): (Vec<Packed>, Vec<Way>) = waiting.into_iter().unzip();
        let heads: Vec<Head> = packed.iter().map(|packed| packed.head.clone()).collect();
        let (stored, result) = match &mut self.target {
            Target::Store(writer) => writer.put(self.run, packed),
            Target::Nowhere(..) => (packed.len(), Ok(())),
        };
        for (head, way) in heads.iter().zip(ways).take(stored) {
            let summary = &mut self.summary;
            match way {
                Way::Added => summary.added += 1,
                Way::Replaced => summary.replaced += 1,
                Way::Unchanged => summary.unchanged += 1,
            }
            if way != Way::Unchanged {
                summary.claims += head.claims;
                summary.quads += head.quads;
            }
            (self.note)(Note::Stored(head, way));
        }
        result
    }
}

/// Whether the facts are those that the store has, but for the id and the time of retrieval.
fn same(facts: &Facts, old: &Head) -> bool {
    let mut facts = facts.clone();
    old.id().clone_into(&mut facts.article.id);
    facts.article.retrieved.clone_from(&old.retrieved);
    hash(&line(&facts)) == old.facts
}

/// Maps the facts of an article of the store as this program does.
///
/// # Errors
///
/// A segment that cannot be read, or whose facts cannot be mapped.
pub fn remap(store: &Store, head: &Head) -> Result<Packed, StoreError> {
    under_ids(store, &base_of(store), head, head.ids.iter().cloned().collect(), true)
}

/// An article of the store under other ids; mapped again where the least changes, or `again`.
fn under_ids(
    store: &Store,
    base: &Base,
    old: &Head,
    ids: BTreeSet<String>,
    again: bool,
) -> Result<Packed, StoreError> {
    let mut segment = store.segment(old)?.ok_or_else(|| StoreError::Gone(old.key.clone()))?;
    let least = ids.first().cloned().unwrap_or_default();
    if least == old.id() && !again {
        segment.head.ids = ids.into_iter().collect();
        return Ok(Packed::new(segment));
    }
    let damaged = |what: String| StoreError::Facts { key: old.key.clone(), what };
    let mut facts = read_facts(&segment.facts).map_err(|e: FactsError| damaged(e.to_string()))?;
    facts.article.id = least;
    pack(&facts, base, ids, old.ingest.clone()).map_err(|e| damaged(e.to_string()))
}
