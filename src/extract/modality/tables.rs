//! `modality/*.toml`: auxiliaries, negators and factuality predicates.

use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::extract::pack_file::{PackFileError, Words, read_toml};
use crate::facts::{EventType, Modality, Polarity};
use crate::lang::Pack;

/// What a predicate does to the event below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "one flag for each place of the event")]
pub(super) struct Effect {
    pub(super) modality: Option<Modality>,
    pub(super) polarity: Polarity,
    pub(super) subject: bool,
    pub(super) object: bool,
    pub(super) complement: bool,
    pub(super) prep: bool,
    pub(super) clause: bool,
    /// Types of event that it leaves as they are, one bit each.
    pub(super) not_of: u64,
}

/// The words that set polarity and modality.
#[derive(Debug)]
pub(crate) struct Tables {
    pub(super) verbs: FxHashMap<String, Effect>,
    pub(super) nouns: FxHashMap<String, Effect>,
    pub(super) adjectives: FxHashMap<String, Effect>,
    pub(super) adverbs: FxHashMap<String, Effect>,
    pub(super) words: WordFile,
}

/// `modality/word.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WordFile {
    /// Auxiliaries of what is to come.
    pub(super) future: Words,
    /// Auxiliaries of the past's future and of what would be.
    pub(super) conditional: Words,
    /// Auxiliaries of possibility.
    pub(super) possible: Words,
    /// Auxiliaries of duty.
    pub(super) duty: Words,
    /// Determiners, pronouns and adverbs that negate.
    pub(super) negators: Words,
    /// Conjunctions that share a negation with the second conjunct.
    pub(super) sharing: Words,
    /// Marks of a condition.
    pub(super) conditions: Words,
    /// Verbs that say that their subject or object takes place.
    pub(super) occurrence: Words,
    /// Copulas.
    pub(super) copulas: Words,
    /// Words that do what they say where a first person says them ("would like to thank").
    pub(super) performative: Words,
    /// The verbs of wanting before those.
    pub(super) courtesy: Words,
    /// The auxiliary of the perfect.
    pub(super) perfect: Words,
    /// Prepositions through which a predicate reaches its event ("plans for a visit").
    pub(super) reaching: Words,
    /// Prepositions whose event did not come about.
    pub(super) lacking: Words,
    /// Marks of a clause that says when.
    pub(super) temporal: Words,
    /// Prepositions with which a verb of taking place has what takes place ("goes on with").
    pub(super) accompanying: Words,
    /// Prepositions of the occasion at which something is to happen.
    pub(super) venue: Words,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PredicateFile {
    #[serde(default)]
    predicate: Vec<PredicateRow>,
    #[cfg_attr(not(test), expect(dead_code, reason = "only tests run the examples"))]
    #[serde(default)]
    example: Vec<Example>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[derive(Default)]
struct PredicateRow {
    verb: Vec<String>,
    noun: Vec<String>,
    adjective: Vec<String>,
    adverb: Vec<String>,
    modality: Option<String>,
    negative: bool,
    on: Vec<String>,
    not_of: Vec<String>,
}

/// An example that the tests run.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Example {
    pub(crate) text: String,
    pub(crate) trigger: String,
    pub(crate) modality: String,
    pub(crate) polarity: String,
}

impl Tables {
    /// Parses the modality tables of `pack`.
    pub(crate) fn new(pack: Pack) -> Result<Self, PackFileError> {
        let mut tables = Self {
            verbs: FxHashMap::default(),
            nouns: FxHashMap::default(),
            adjectives: FxHashMap::default(),
            adverbs: FxHashMap::default(),
            words: read_toml(pack, WORDS)?,
        };
        for (path, _) in pack.folder("modality").filter(|(p, _)| *p != WORDS) {
            let file: PredicateFile = read_toml(pack, path)?;
            for row in &file.predicate {
                let effect = effect(pack, path, row)?;
                for (words, map) in [
                    (&row.verb, &mut tables.verbs),
                    (&row.noun, &mut tables.nouns),
                    (&row.adjective, &mut tables.adjectives),
                    (&row.adverb, &mut tables.adverbs),
                ] {
                    for word in words {
                        map.insert(word.clone(), effect);
                    }
                }
            }
        }
        Ok(tables)
    }
}

/// The bit of a type in [`Effect::not_of`].
pub(super) fn bit(kind: EventType) -> u64 {
    1 << (kind as u64)
}

const WORDS: &str = "modality/word.toml";

fn effect(pack: Pack, path: &str, row: &PredicateRow) -> Result<Effect, PackFileError> {
    let unknown = |what, word: &str| PackFileError::Unknown {
        pack: pack.code(),
        path: path.to_owned(),
        what,
        word: word.to_owned(),
    };
    let modality = row
        .modality
        .as_deref()
        .map(|m| Modality::parse(m).ok_or_else(|| unknown("modality", m)))
        .transpose()?;
    let on = |part: &str| row.on.is_empty() || row.on.iter().any(|p| p == part);
    for part in &row.on {
        if !["subject", "object", "complement", "prep", "clause"].contains(&part.as_str()) {
            return Err(unknown("part", part));
        }
    }
    let mut not_of = 0;
    for name in &row.not_of {
        let kind = EventType::parse(name).ok_or_else(|| unknown("event type", name))?;
        not_of |= bit(kind);
    }
    Ok(Effect {
        modality,
        polarity: if row.negative { Polarity::Negative } else { Polarity::Positive },
        subject: !row.on.is_empty() && on("subject"),
        object: on("object"),
        complement: on("complement"),
        prep: on("prep"),
        clause: !row.on.is_empty() && on("clause"),
        not_of,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_english_tables_compile_and_every_file_has_its_examples() {
        let pack = Pack::find("en").unwrap();
        let tables = Tables::new(pack).unwrap_or_else(|e| panic!("{e}"));
        assert!(tables.verbs.len() > 80);
        for (path, _) in pack.folder("modality").filter(|(p, _)| *p != WORDS) {
            let file: PredicateFile = read_toml(pack, path).unwrap_or_else(|e| panic!("{e}"));
            assert!(file.example.len() > 1, "{path}: a positive and a negative example");
        }
    }
}
