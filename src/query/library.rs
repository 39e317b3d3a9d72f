//! All saved questions: the embedded ones, and those of a folder over them.

use std::collections::BTreeMap;

use super::error::{QueryError, nearest};
use super::question::Question;

include!(concat!(env!("OUT_DIR"), "/queries.rs"));

/// The saved questions by name. Those of a folder add to the embedded ones and override them.
#[derive(Clone, Debug, Default)]
pub struct Library {
    texts: BTreeMap<String, String>,
}

/// The names and texts of the questions in `queries/check/`, each of which finds one defect.
pub fn check_texts() -> impl Iterator<Item = (&'static str, &'static str)> {
    QUERIES.iter().filter_map(|(path, bytes)| {
        let name = path.strip_prefix("check/")?.strip_suffix(".rq")?;
        Some((name, std::str::from_utf8(bytes).ok()?))
    })
}

impl Library {
    /// The questions that come with the program.
    pub fn embedded() -> Self {
        let mut library = Self::default();
        for (path, bytes) in QUERIES {
            let name = path.strip_suffix(".rq").filter(|name| !name.contains('/'));
            if let (Some(name), Ok(text)) = (name, std::str::from_utf8(bytes)) {
                library.add(name, text);
            }
        }
        library
    }

    /// Adds a question, or replaces the one of that name. It is parsed when it is asked for.
    pub fn add(&mut self, name: &str, text: &str) {
        self.texts.insert(name.to_owned(), text.to_owned());
    }

    /// The names, sorted.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.texts.keys().map(String::as_str)
    }

    /// The question of that name.
    ///
    /// # Errors
    ///
    /// [`QueryError::UnknownQuestion`] with the nearest names, or what [`Question::parse`] gives.
    pub fn get(&self, name: &str) -> Result<Question, QueryError> {
        let text = self.texts.get(name).ok_or_else(|| QueryError::UnknownQuestion {
            name: name.to_owned(),
            nearest: nearest(name, self.names()),
            remedy: "; `newsgraph queries` lists them",
        })?;
        Question::parse(name, text)
    }
}
