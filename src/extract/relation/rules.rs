//! The rules of `lang/<code>/relation/`, one file a predicate.

use serde::Deserialize;

use crate::facts::{EntityType, Predicate};
use crate::lang::Pack;

/// A relation file that cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RelationRuleError {
    /// The file is not named for a predicate of the contract.
    #[error("lang/{pack}/{path}: the file's name is no predicate of the facts contract")]
    Predicate {
        /// The pack's language.
        pack: &'static str,
        /// The file, below the pack's folder.
        path: &'static str,
    },
    /// The file is not the TOML that the layer reads.
    #[error("lang/{pack}/{path}: {source}")]
    Toml {
        /// The pack's language.
        pack: &'static str,
        /// The file, below the pack's folder.
        path: &'static str,
        /// What is wrong, with line and column.
        source: Box<toml::de::Error>,
    },
}

/// Where an argument of a verb or a noun stands.
///
/// `subject` and `object` are those of the active voice, whatever the sentence has; `date` is a
/// time expression; `possessor`, `compound` belong to nouns; anything else is a preposition.
pub(super) type Slot = String;

/// "X founded Y".
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct VerbRule {
    pub name: String,
    pub lemmas: Vec<String>,
    /// Only with this object noun ("takes office", "has headquarters").
    #[serde(default)]
    pub with: Vec<String>,
    /// Last words of the object's name of which it must have one ("joined the … Party").
    #[serde(default)]
    pub object_words: Vec<String>,
    /// Last words that the object's name must not have.
    #[serde(default)]
    pub object_stop: Vec<String>,
    pub subject: Vec<Slot>,
    pub object: Vec<Slot>,
    #[serde(default)]
    pub subject_types: Vec<Kind>,
    #[serde(default)]
    pub object_types: Vec<Kind>,
}

/// "the founder of Y, X".
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NounRule {
    pub name: String,
    pub lemmas: Vec<String>,
    pub complement: Vec<Slot>,
    /// Modifiers of which one must be there ("prime" minister).
    #[serde(default)]
    pub with: Vec<String>,
    /// Modifiers with which the noun says something else ("vice president").
    #[serde(default)]
    pub without: Vec<String>,
    /// Whether the complement is the subject of the relation.
    #[serde(default)]
    pub turned: Direction,
    /// Whether the country last spoken of completes a noun that stands alone ("the capital").
    #[serde(default)]
    pub topic: bool,
    #[serde(default)]
    pub bearer_types: Vec<Kind>,
    #[serde(default)]
    pub complement_types: Vec<Kind>,
}

/// Which end of a noun's phrase is the relation's subject.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Direction {
    /// The one who bears the description.
    #[default]
    Bearer,
    /// The complement.
    Complement,
}

/// Word lists that the shapes of `shape.rs` read.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Words {
    pub list: Vec<String>,
    pub complement: Vec<Slot>,
    pub stop: Vec<String>,
}

/// A sentence with what the file's rules say of it: `"X predicate Y"`, one a fact.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(test), expect(dead_code, reason = "read by the tests that run the examples"))]
pub(super) struct Example {
    pub text: String,
    #[serde(default)]
    pub facts: Vec<String>,
    /// What must not be told beside the facts.
    #[serde(default)]
    pub not: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    verb: Vec<VerbRule>,
    #[serde(default)]
    noun: Vec<NounRule>,
    #[serde(default)]
    words: Words,
    #[serde(default)]
    example: Vec<Example>,
}

/// The rules of one predicate.
#[derive(Debug)]
pub(super) struct Rules {
    pub predicate: Predicate,
    pub verbs: Vec<VerbRule>,
    pub nouns: Vec<NounRule>,
    pub words: Words,
    #[cfg_attr(not(test), expect(dead_code, reason = "read by the tests that run the examples"))]
    pub examples: Vec<Example>,
}

/// An entity type as the rules spell it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct Kind(pub EntityType);

impl TryFrom<String> for Kind {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        EntityType::parse(&text).map(Self).ok_or_else(|| format!("no entity type: {text:?}"))
    }
}

/// The relation rules of a language.
#[derive(Debug)]
pub struct RelationTables {
    pub(super) rules: Vec<Rules>,
}

impl RelationTables {
    /// Parses the files of `pack`.
    ///
    /// # Errors
    ///
    /// Where a file is not named for a predicate or is not the TOML of a rule file.
    pub fn parse(pack: Pack) -> Result<Self, RelationRuleError> {
        let mut rules = Vec::new();
        for (path, bytes) in pack.folder("relation") {
            let name = path.rsplit('/').next().unwrap_or(path);
            let Some(name) = name.strip_suffix(".toml") else { continue };
            let predicate = Predicate::parse(name)
                .ok_or(RelationRuleError::Predicate { pack: pack.code(), path })?;
            let text = std::str::from_utf8(bytes).unwrap_or("");
            let file: File = toml::from_str(text).map_err(|source| RelationRuleError::Toml {
                pack: pack.code(),
                path,
                source: Box::new(source),
            })?;
            rules.push(Rules {
                predicate,
                verbs: file.verb,
                nouns: file.noun,
                words: file.words,
                examples: file.example,
            });
        }
        Ok(Self { rules })
    }

    /// The word lists of a predicate.
    /// The rules that a verb or noun with the lemma `lemma` has.
    pub(crate) fn of_lemma(&self, lemma: &str) -> Vec<String> {
        let has = |lemmas: &[String]| lemmas.iter().any(|l| l == lemma);
        let named = |rules: &Rules, name: &str| {
            format!("relation/{}.toml#{name}", rules.predicate.as_str())
        };
        let one = |rules: &Rules| {
            let verbs = rules.verbs.iter().filter(|r| has(&r.lemmas)).map(|r| r.name.clone());
            let nouns = rules.nouns.iter().filter(|r| has(&r.lemmas)).map(|r| r.name.clone());
            verbs.chain(nouns).map(|name| named(rules, &name)).collect::<Vec<_>>()
        };
        self.rules.iter().flat_map(one).collect()
    }

    pub(super) fn words(&self, predicate: Predicate) -> Option<&Words> {
        self.rules.iter().find(|r| r.predicate == predicate).map(|r| &r.words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_has_examples_for_and_against() {
        let tables = RelationTables::parse(Pack::find("en").expect("English is built in"))
            .expect("its relation files are sound");
        for rules in &tables.rules {
            let fires = rules.examples.iter().filter(|e| !e.facts.is_empty()).count();
            let silent = rules.examples.iter().filter(|e| e.facts.is_empty()).count();
            assert!(fires > 0 && silent > 0, "{}", rules.predicate.as_str());
            assert!(rules.examples.iter().all(|e| !e.text.is_empty()));
        }
    }
}
