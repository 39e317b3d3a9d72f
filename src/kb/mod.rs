//! The knowledge base: the embedded tables of `kb/`, the world and not the language.
//!
//! [`Kb`] finds entries (countries, places, organizations, people) by any of their names. It knows
//! ids, types, coordinates and populations; it does not know which entry a text means: that is
//! `extract::link`.
//!
//! ```
//! let kb = newsgraph::kb::Kb::open();
//! let entries = kb.lookup("Almaty");
//! assert_eq!(entries[0].country, "KZ");
//! ```

mod base;
mod sorted;

pub use base::{EntryId, EntryKind, Kb, KbEntry, fold};
pub use sorted::SortedTable;

include!(concat!(env!("OUT_DIR"), "/kb.rs"));

/// The text of the table `path` below `kb/`.
pub fn table(path: &str) -> Option<&'static str> {
    let (_, bytes) = KB.iter().find(|(p, _)| *p == path)?;
    std::str::from_utf8(bytes).ok()
}
