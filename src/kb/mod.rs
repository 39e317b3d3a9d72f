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

use std::sync::OnceLock;

pub use base::{EntryId, EntryKind, Kb, KbEntry, fold};
pub use sorted::SortedTable;

include!(concat!(env!("OUT_DIR"), "/kb.rs"));

/// The text of the table `path` below `kb/`, unpacked when it is first asked for.
pub fn table(path: &str) -> Option<&'static str> {
    static TEXTS: [OnceLock<String>; KB.len()] = [const { OnceLock::new() }; KB.len()];
    let i = KB.iter().position(|(p, _)| *p == path)?;
    let unpack = || {
        let bytes = zstd::decode_all(KB[i].1).expect("the build script packed it");
        String::from_utf8(bytes).expect("the tables are UTF-8")
    };
    Some(TEXTS[i].get_or_init(unpack))
}
