//! `statement/*.toml`: reporting words and what they take.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::extract::Rule;
use crate::extract::pack_file::{PackFileError, Words, read_toml};
use crate::facts::Modality;
use crate::lang::Pack;

/// What a reporting word takes as its content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Content {
    /// A finite clause.
    Clause,
    /// A quotation.
    Quote,
    /// A noun phrase.
    Object,
    /// An infinitive, with the one who is to do it.
    Infinitive,
    /// An "-ing" clause.
    Gerund,
    /// What follows one of the prepositions.
    Prep(Vec<String>),
    /// Object and predicate ("called it a mistake").
    Small,
}

/// One row of the tables.
#[derive(Clone, Debug)]
pub(super) struct Cue {
    pub(super) rule: Rule,
    pub(super) content: Vec<Content>,
    pub(super) addressee: bool,
    pub(super) modality: Option<Modality>,
    pub(super) speaker: Option<Words>,
    /// Whether it is a statement inside of what another says: words of saying are, attitudes not.
    pub(super) nests: bool,
    /// Prepositions of which one must follow ("put the toll at nine").
    pub(super) needs: Words,
    /// Objects with which the verb means something else ("claimed two lives").
    pub(super) without: Words,
}

/// What the statement layer knows of a language.
#[derive(Debug)]
pub struct Tables {
    pub(super) verbs: FxHashMap<String, Vec<Cue>>,
    pub(super) nouns: FxHashMap<String, Vec<Cue>>,
    pub(super) adjectives: FxHashMap<String, Vec<Cue>>,
    pub(super) words: SourceWords,
}

/// `statement/source.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SourceWords {
    pub(super) according: Words,
    pub(super) according_to: Words,
    pub(super) no_source: Words,
    pub(super) words_of: Words,
    #[serde(rename = "in")]
    pub(super) inside: Words,
    pub(super) per: Words,
    pub(super) relay: Words,
    #[serde(rename = "as")]
    pub(super) like: Words,
    pub(super) inner: Words,
    pub(super) complementizer: Words,
    pub(super) manner: Words,
    pub(super) impersonal: Words,
    pub(super) by: Words,
    /// Pronouns of speaker and hearer.
    pub(super) persons: Words,
    /// Pronouns of the hearer.
    pub(super) hearers: Words,
    /// Pronouns for states of affairs, which hold no views.
    pub(super) things: Words,
    /// Verbs whose infinitive of saying was not said.
    pub(super) withheld: Words,
    /// Auxiliaries under which a general "you" has no view.
    pub(super) modal: Words,
    /// Where words appear: behind `media_in` no topic.
    pub(super) media: Words,
    pub(super) media_in: Words,
    pub(super) either: Words,
    pub(super) documents: Words,
    /// Prepositions before the author of a document.
    pub(super) authors: Words,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[derive(Default)]
struct CueFile {
    nests: bool,
    cue: Vec<CueRow>,
    class: BTreeMap<String, Words>,
    example: Vec<Example>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct CueRow {
    verb: Vec<String>,
    noun: Vec<String>,
    adjective: Vec<String>,
    content: Vec<String>,
    addressee: bool,
    modality: Option<String>,
    speaker: Option<String>,
    needs: Words,
    without: Words,
}

/// An example that the tests run.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Example {
    pub(crate) text: String,
    pub(crate) speaker: String,
    pub(crate) content: Vec<String>,
    pub(crate) modality: String,
    pub(crate) none: bool,
    /// How many statements the text has, where that matters.
    pub(crate) count: usize,
}

const SOURCE: &str = "statement/source.toml";

impl Tables {
    /// The rules that a reporting word with the lemma `lemma` has.
    pub(crate) fn rules(&self, lemma: &str) -> Vec<Rule> {
        let maps = [&self.verbs, &self.nouns, &self.adjectives];
        let cues = maps.into_iter().filter_map(|m| m.get(lemma)).flatten();
        let mut rules: Vec<Rule> = cues.map(|cue| Rule::clone(&cue.rule)).collect();
        rules.dedup();
        rules
    }

    /// Compiles the statement tables of `pack`.
    ///
    /// # Errors
    ///
    /// [`PackFileError`] where a file is missing, is no TOML, or names something unknown.
    pub fn new(pack: Pack) -> Result<Self, PackFileError> {
        let mut tables = Self {
            verbs: FxHashMap::default(),
            nouns: FxHashMap::default(),
            adjectives: FxHashMap::default(),
            words: read_toml(pack, SOURCE)?,
        };
        for (path, _) in pack.folder("statement").filter(|(p, _)| *p != SOURCE) {
            let file: CueFile = read_toml(pack, path)?;
            for (number, row) in (1_usize..).zip(&file.cue) {
                let cue = compile(pack, path, number, row, &file)?;
                for (words, map) in [
                    (&row.verb, &mut tables.verbs),
                    (&row.noun, &mut tables.nouns),
                    (&row.adjective, &mut tables.adjectives),
                ] {
                    for word in words {
                        map.entry(word.clone()).or_default().push(cue.clone());
                    }
                }
            }
        }
        Ok(tables)
    }
}

fn compile(
    pack: Pack,
    path: &str,
    number: usize,
    row: &CueRow,
    file: &CueFile,
) -> Result<Cue, PackFileError> {
    let unknown = |what, word: &str| PackFileError::Unknown {
        pack: pack.code(),
        path: path.to_owned(),
        what,
        word: word.to_owned(),
    };
    let mut content = Vec::new();
    for name in &row.content {
        content.push(match (name.as_str(), name.split_once(':')) {
            ("clause", _) => Content::Clause,
            ("quote", _) => Content::Quote,
            ("object", _) => Content::Object,
            ("infinitive", _) => Content::Infinitive,
            ("gerund", _) => Content::Gerund,
            ("small", _) => Content::Small,
            (_, Some(("prep", words))) => {
                Content::Prep(words.split('|').map(str::to_owned).collect())
            }
            _ => return Err(unknown("content", name)),
        });
    }
    let modality = row
        .modality
        .as_deref()
        .map(|m| Modality::parse(m).ok_or_else(|| unknown("modality", m)))
        .transpose()?;
    let speaker = row
        .speaker
        .as_deref()
        .map(|s| {
            let class = s.strip_prefix('$').and_then(|c| file.class.get(c));
            class.cloned().ok_or_else(|| unknown("word class", s))
        })
        .transpose()?;
    Ok(Cue {
        rule: Arc::from(format!("{path}#cue-{number}")),
        content,
        addressee: row.addressee,
        modality,
        speaker,
        nests: file.nests,
        needs: row.needs.clone(),
        without: row.without.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_english_tables_compile_and_every_kind_has_its_examples() {
        let pack = Pack::find("en").unwrap();
        let tables = Tables::new(pack).unwrap_or_else(|e| panic!("{e}"));
        assert!(tables.verbs.len() > 100);
        for (path, _) in pack.folder("statement").filter(|(p, _)| *p != SOURCE) {
            let file: CueFile = read_toml(pack, path).unwrap_or_else(|e| panic!("{e}"));
            assert!(file.example.iter().any(|e| e.none), "{path}: no negative example");
            assert!(file.example.iter().any(|e| !e.none), "{path}: no positive example");
        }
    }
}
