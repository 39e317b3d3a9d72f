//! The rule lemmatizer for English.
//!
//! # Source
//!
//! WordNet's Morphy: suffix rules checked against an index of lemmas, with exceptions.

use rustc_hash::FxHashMap;

use super::document::Pos;
use super::hash::string_id;
use super::lexeme::is_alphabetic;
use super::model::{KeyTable, LemmaData};

/// Compiled tables.
#[derive(Debug)]
pub(crate) struct Lemmatizer {
    /// By part of speech, in the order of [`Pos::ALL`].
    tables: Vec<Option<Table>>,
}

#[derive(Debug)]
struct Table {
    rules: Vec<(String, String)>,
    exceptions: FxHashMap<Box<str>, Vec<String>>,
    index: KeyTable,
}

impl Lemmatizer {
    /// Compiles the tables of a model.
    pub(crate) fn new(data: &LemmaData) -> Self {
        let table = |pos: &Pos| {
            let name = pos.as_str().to_lowercase();
            data.tables.iter().find(|(n, _)| *n == name).map(|(_, table)| Table {
                rules: table.rules.clone(),
                exceptions: table
                    .exceptions
                    .iter()
                    .map(|(form, lemmas)| (form.as_str().into(), lemmas.clone()))
                    .collect(),
                index: table.index.clone(),
            })
        };
        Self { tables: Pos::ALL.iter().map(table).collect() }
    }

    /// The lemma of a token; `lower` is `text` in lower case, `morph` its features.
    pub(crate) fn lemma(&self, text: &str, lower: &str, pos: Pos, morph: &str) -> String {
        if matches!(pos, Pos::Unknown | Pos::Space) || is_base_form(pos, morph) {
            return lower.to_owned();
        }
        let Some(Some(table)) = self.tables.get(pos as usize) else {
            return if pos == Pos::Propn { text } else { lower }.to_owned();
        };
        let mut forms: Vec<String> = Vec::new();
        let mut unknown = None;
        for (old, new) in &table.rules {
            let Some(stem) = lower.strip_suffix(old.as_str()) else { continue };
            let form = format!("{stem}{new}");
            if form.is_empty() {
                continue;
            }
            let known = table.index.get(string_id(&form)).is_some();
            if known {
                forms.insert(0, form);
            } else if !is_alphabetic(&form) {
                forms.push(form);
            } else if unknown.is_none() {
                unknown = Some(form);
            }
        }
        // The last exception that is no form already goes in front of all.
        if let Some(lemmas) = table.exceptions.get(lower) {
            for lemma in lemmas {
                if !forms.contains(lemma) {
                    forms.insert(0, lemma.clone());
                }
            }
        }
        forms.into_iter().next().or(unknown).unwrap_or_else(|| text.to_owned())
    }
}

/// Whether the features say that the form is its own lemma.
fn is_base_form(pos: Pos, morph: &str) -> bool {
    let has = |feature: &str| morph.split('|').any(|f| f == feature);
    let number = morph.split('|').any(|f| f.starts_with("Number="));
    pos == Pos::Noun && has("Number=Sing")
        || pos == Pos::Verb && has("VerbForm=Fin") && has("Tense=Pres") && !number
        || has("VerbForm=Inf")
        || has("VerbForm=None")
        || has("Degree=Pos")
}
