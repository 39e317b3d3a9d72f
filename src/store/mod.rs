//! The store: one compressed, canonical N-Quads segment an article is the truth, everything else
//! in the folder is made from the segments.
//!
//! | path | holds | made from |
//! |---|---|---|
//! | `store.toml` | the schema's version | – |
//! | `articles/<k>/<key>.nq.zst` | one article: head, facts with text, quads ([`Segment`]) | input |
//! | `decisions.tsv` | what a person decided about identity | – |
//! | `runs/<run>.json` | one run of `add` ([`Run`]) | – |
//! | `derived/` | the derived graphs of one set of articles ([`Derived`]), and what the next derivation wants to know of the last ([`Last`]) | all articles |
//! | `catalogue.jsonl` | a cache of the heads | the segments |
//! | `index/`, `index.list` | Oxigraph's files and what they hold, with the feature `rocksdb` | articles and derived graphs |
//! | `lock`, `tmp/` | who writes; files that have not appeared yet | – |
//!
//! A [`Store`] is what a folder held at one moment and never blocks anybody; a [`Writer`] is the
//! one that may change it. An article is in the store when its segment has its name, whole, and
//! not before: there is no second place that could disagree.
//!
//! The module does not know facts, clocks or the rules of derivation: keys, lines of facts, quads,
//! times and derived graphs are handed in.

mod aside;
mod catalogue;
mod derived;
mod error;
mod index;
mod layout;
mod nquads;
mod recorded;
mod runs;
mod segment;
mod shelf;
mod sorted;
mod writer;

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use data_encoding::BASE32_NOPAD;
use sha2::{Digest as _, Sha256};

use catalogue::Listed;
use layout::Layout;

pub use derived::{Basis, Changes, Derived, Last, Stamp};
pub use error::StoreError;
pub use index::{Index, MOST_IN_MEMORY, Selection};
pub use layout::SCHEMA;
pub use nquads::{Canonical, canonical, parse};
pub use runs::Run;
pub use segment::{Head, Ingest, Segment};
pub use shelf::{Filed, Shelf};
pub use sorted::Sorted;
pub use writer::{Packed, Writer};

use error::Result;

/// The articles of a store as they are at one moment.
#[derive(Debug)]
pub struct Store {
    layout: Layout,
    articles: BTreeMap<String, Listed>,
    damaged: Vec<(PathBuf, String)>,
    cached: bool,
}

impl Store {
    /// Lists the store in the folder `root`. Needs no right to write and waits for nobody.
    ///
    /// # Errors
    ///
    /// No store there, one of another schema, or a folder that cannot be listed.
    ///
    /// # Cost
    ///
    /// A look at each segment's size and time; the content of those alone that changed since the
    /// catalogue was written.
    pub fn open(root: &Path) -> Result<Self> {
        let mut layout = Layout::new(root, "");
        layout.examine()?;
        Self::list(layout)
    }

    fn list(layout: Layout) -> Result<Self> {
        let listing = catalogue::list(&layout)?;
        let articles = listing.whole.into_iter().map(|l| (l.head.key.clone(), l)).collect();
        Ok(Self { layout, articles, damaged: listing.damaged, cached: listing.cached })
    }

    /// The store's folder.
    pub fn root(&self) -> &Path {
        self.layout.root()
    }

    /// What the IRIs of its data begin with.
    pub fn base(&self) -> &str {
        self.layout.base()
    }

    /// What is known of each article, by key.
    pub fn heads(&self) -> impl ExactSizeIterator<Item = &Head> + Clone {
        self.articles.values().map(|listed| &listed.head)
    }

    /// The article with this key.
    pub fn get(&self, key: &str) -> Option<&Head> {
        self.articles.get(key).map(|listed| &listed.head)
    }

    /// The files that are no segments, and why.
    pub fn damaged(&self) -> &[(PathBuf, String)] {
        &self.damaged
    }

    /// The articles that `name` means: those of the key or IRI, else those of the id or url, all
    /// versions, else those whose key begins with it (six letters at least).
    pub fn find(&self, name: &str) -> Vec<&Head> {
        let local = name.strip_prefix(self.base()).and_then(|local| local.strip_prefix("a/"));
        let key = local.unwrap_or(name);
        if let Some(head) = self.get(key) {
            return vec![head];
        }
        let named = |head: &&Head| {
            head.ids.iter().any(|id| id == name) || head.url.as_deref() == Some(name)
        };
        let found: Vec<&Head> = self.heads().filter(named).collect();
        if !found.is_empty() || key.len() < 6 {
            return found;
        }
        self.heads().filter(|head| head.key.starts_with(key)).collect()
    }

    /// The whole segment of an article, its hashes checked; `None` where it has been taken out
    /// since the store was listed.
    ///
    /// # Errors
    ///
    /// A file that cannot be read or is damaged.
    pub fn segment(&self, head: &Head) -> Result<Option<Segment>> {
        self.decode(head, Segment::decode)
    }

    /// The quads of an article as canonical N-Quads; `None` where it has been taken out since.
    ///
    /// # Errors
    ///
    /// A file that cannot be read or is damaged.
    pub fn nquads(&self, head: &Head) -> Result<Option<String>> {
        self.decode(head, Head::quads_of)
    }

    fn decode<T>(
        &self,
        head: &Head,
        decode: impl Fn(&[u8]) -> std::result::Result<T, String>,
    ) -> Result<Option<T>> {
        let path = self.layout.segment(&head.key);
        let bytes = match layout::read(&path) {
            Ok(bytes) => bytes,
            Err(StoreError::Io { source, .. }) if source.kind() == io::ErrorKind::NotFound => {
                return Ok(None);
            }
            Err(error) => return Err(error),
        };
        let decoded = decode(&bytes);
        decoded.map(Some).map_err(|what| StoreError::Damaged { path, key: head.key.clone(), what })
    }

    /// Writes what leaves a store: the graphs of the articles, by key, then `derived`, each as
    /// canonical N-Quads. Equal sets of articles give equal bytes.
    ///
    /// # Errors
    ///
    /// A segment that cannot be read or is damaged; what `out` says.
    pub fn write_nquads(&self, derived: &[Derived], out: &mut impl io::Write) -> Result<()> {
        let told = |source| StoreError::Out { source };
        for head in self.heads() {
            if let Some(nquads) = self.nquads(head)? {
                out.write_all(nquads.as_bytes()).map_err(told)?;
            }
        }
        for graph in derived {
            out.write_all(graph.nquads.as_bytes()).map_err(told)?;
        }
        Ok(())
    }

    /// A number for each article, by key, which orders versions of one piece where their
    /// publication does not: greater for what was retrieved later, else came in later.
    pub fn recorded(&self) -> Vec<(&str, u64)> {
        let heads = recorded::recorded(self.heads());
        heads.into_iter().map(|head| head.key.as_str()).zip(1..).collect()
    }

    /// The articles as what is derived depends on them, in the recorded order.
    pub fn stamps(&self) -> Vec<Stamp> {
        let stamp = |head: &Head| Stamp {
            key: head.key.clone(),
            digest: head.digest.clone(),
            order: recorded::place(head),
        };
        recorded::recorded(self.heads()).into_iter().map(stamp).collect()
    }

    /// What a person decided about identity: the text of `decisions.tsv`, empty where there is
    /// none.
    ///
    /// # Errors
    ///
    /// A file that cannot be read.
    pub fn decisions(&self) -> Result<String> {
        match layout::read_to_string(&self.layout.decisions()) {
            Err(StoreError::Io { source, .. }) if source.kind() == io::ErrorKind::NotFound => {
                Ok(String::new())
            }
            other => other,
        }
    }

    /// Hash of the articles, of the order in which they came to be known and of `besides`: what
    /// is derived is derived from these.
    pub fn digest(&self, besides: &str) -> String {
        let mut whole = Sha256::new();
        for (key, number) in self.recorded() {
            let digest = self.get(key).map_or("", |head| &head.digest);
            whole.update(format!("{number} {key} {digest}\n"));
        }
        whole.update(besides);
        encode(&whole.finalize())
    }

    /// The derived graphs, if those in the folder are `of` this set.
    ///
    /// # Errors
    ///
    /// A folder that cannot be read.
    pub fn derived(&self, of: &str) -> Result<Option<Vec<Derived>>> {
        derived::read(&self.layout, of)
    }

    /// Whether the derived graphs in the folder are `of` this set.
    pub fn is_derived(&self, of: &str) -> bool {
        derived::is_there(&self.layout, of)
    }

    /// What the last derivation left, if all it took besides the articles is `besides`.
    ///
    /// # Errors
    ///
    /// A folder that cannot be read.
    pub fn last_derivation(&self, besides: &str) -> Result<Option<Last>> {
        derived::last(&self.layout, besides)
    }

    /// The graph of the runs, as canonical N-Quads: which run took in which article, when.
    ///
    /// # Errors
    ///
    /// A run's file that cannot be read.
    pub fn runs(&self) -> Result<String> {
        runs::graph(&self.layout, self.heads())
    }
}

/// The hash that heads name contents by: SHA-256's first 16 bytes in lower-case base32, 26 letters.
pub fn hash(content: &str) -> String {
    encode(&Sha256::digest(content))
}

fn encode(digest: &[u8]) -> String {
    BASE32_NOPAD.encode(digest.get(..16).unwrap_or(digest)).to_lowercase()
}
