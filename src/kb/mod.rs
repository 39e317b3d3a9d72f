//! The knowledge base: the embedded tables of `kb/`, the world and not the language.

include!(concat!(env!("OUT_DIR"), "/kb.rs"));

/// The text of the table `path` below `kb/`.
pub fn table(path: &str) -> Option<&'static str> {
    let (_, bytes) = KB.iter().find(|(p, _)| *p == path)?;
    std::str::from_utf8(bytes).ok()
}
