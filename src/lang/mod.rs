//! Language packs: the files of `lang/<code>/`, embedded at build time.
//!
//! A pack knows which tables it has; each stage parses its own.

/// The embedded files of one language.
#[derive(Clone, Copy, Debug)]
pub struct Pack {
    code: &'static str,
    files: &'static [(&'static str, &'static [u8])],
}

include!(concat!(env!("OUT_DIR"), "/lang.rs"));

impl Pack {
    /// The pack of the language `code` (BCP 47), if it is built in.
    pub fn find(code: &str) -> Option<Self> {
        PACKS.iter().copied().find(|p| p.code == code)
    }

    /// The pack's language code.
    pub fn code(self) -> &'static str {
        self.code
    }

    /// The bytes of the file at `path` below `lang/<code>/`.
    pub fn bytes(self, path: &str) -> Option<&'static [u8]> {
        self.files.iter().find(|(p, _)| *p == path).map(|(_, b)| *b)
    }

    /// The text of the file at `path`; `None` where it is missing or not UTF-8.
    pub fn text(self, path: &str) -> Option<&'static str> {
        std::str::from_utf8(self.bytes(path)?).ok()
    }

    /// Every file below the folder `folder`, by path, in order.
    pub fn folder(self, folder: &str) -> impl Iterator<Item = (&'static str, &'static [u8])> {
        let prefix = format!("{folder}/");
        self.files.iter().copied().filter(move |(p, _)| p.starts_with(&prefix))
    }
}
