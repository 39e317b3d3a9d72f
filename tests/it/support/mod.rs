//! What several test modules need: generated facts, the shared folder.

pub(crate) mod draft;
pub(crate) mod generate;
pub(crate) mod sophia;
pub(crate) mod turtle;

use std::path::PathBuf;

/// The folder with the gold sets, where it is there: `NEWSGRAPH_SHARED`, else beside the checkout.
#[expect(clippy::disallowed_methods, reason = "a test may look at its environment")]
pub(crate) fn shared() -> Option<PathBuf> {
    let folder = std::env::var_os("NEWSGRAPH_SHARED")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
    if folder.join("gold").is_dir() {
        return Some(folder);
    }
    println!("skipped: no shared folder beside the checkout (or set NEWSGRAPH_SHARED)");
    None
}
