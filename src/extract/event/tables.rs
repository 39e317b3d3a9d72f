//! The tables of the event layer: lexicon, frames, roles, compiled once from the language pack.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::extract::Rule;
use crate::extract::modality;
use crate::extract::pack_file::{PackFileError, Words, read_toml, read_tsv};
use crate::facts::{EntityType, EventType, Role};
use crate::lang::Pack;

use super::frame::{Condition, Frame, Slot, WordSet};
use super::same::SameWords;

/// What the event layer knows of a language.
#[derive(Debug)]
pub struct Tables {
    pub(crate) modality: modality::Tables,
    /// Frames by the trigger's lemma, own rules first, then the generated lexicon.
    pub(super) verb_frames: FxHashMap<String, Vec<Frame>>,
    pub(super) noun_frames: FxHashMap<String, Vec<Frame>>,
    pub(super) adjective_frames: FxHashMap<String, Vec<Frame>>,
    pub(super) nouns: FxHashMap<String, Noun>,
    pub(super) triggers: TriggerWords,
    pub(super) roles: RoleTable,
    pub(super) roles_of: BTreeMap<EventType, RoleTable>,
    pub(super) other: Rule,
    pub(super) lists: ListWords,
    /// `event/same.toml`.
    pub(super) same: SameWords,
}

/// A noun that can tell an event.
#[derive(Clone, Debug)]
pub(super) struct Noun {
    /// The verb it is derived from.
    pub(super) verb: Option<String>,
    /// Whether it tells an event in most contexts, or only with arguments of its own.
    pub(super) strong: bool,
}

/// `event/trigger.toml`: which words tell no event of their own.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TriggerWords {
    /// Verbs that give way to the event noun that is their object.
    pub(super) light: Words,
    /// Verbs that give way to the event that is their subject, object or complement.
    pub(super) aspectual: Words,
    /// Aspectual verbs that tell an event of their own besides: that something is done.
    pub(super) completing: Words,
    /// Nouns that a light verb takes before an infinitive ("take the opportunity to").
    pub(super) occasion: Words,
    /// Nouns that number events ("the number of arrests").
    pub(super) tallies: Words,
    /// Verbs that only say how many ("stands at").
    pub(super) standing: Words,
    /// Prepositions before how many.
    pub(super) reaching: Words,
    /// Verbs with an object in the passive ("was given asylum").
    pub(super) ditransitive: Words,
    /// Verbs whose object is the one whose deed the phrase after it names ("jailed for his role").
    pub(super) held_for: Words,
    /// Prepositions of that phrase.
    pub(super) held_over: Words,
    /// Participles that name who leads ("Danish-led").
    pub(super) led: Words,
    /// Verbs that give way to the event noun after "in" ("engaged in fighting").
    pub(super) engaging: Words,
    /// The preposition of those.
    pub(super) inside: Words,
    /// Verbs of being, having and relating.
    pub(super) stative: Words,
    /// Verbs whose infinitive or clause is the event: they only say how it stands.
    pub(super) attitude: Words,
    /// Verbs of saying: statements, unless a type's table claims them.
    pub(super) saying: Words,
    /// Prepositions after which a light verb's event noun stands ("took part in").
    pub(super) partitive: Words,
    /// Nouns that tell no event although the lexicon has them.
    pub(super) not_nouns: Words,
    /// Nouns that tell no event under a light verb either ("win a seat").
    pub(super) things: Words,
    /// Pronouns that stand for nobody in particular.
    pub(super) expletive: Words,
    /// Prepositions that belong to an event noun though the parser hangs them on its verb.
    pub(super) directional: Words,
    /// Prepositions of an event noun whose agent is the subject of the clause ("left on a visit").
    pub(super) engaged: Words,
    /// The nouns of which that holds.
    pub(super) engaged_nouns: Words,
    /// Light verbs whose subject undergoes.
    pub(super) undergone: Words,
    /// Verbs whose object is to do what the infinitive after it says.
    pub(super) dispatching: Words,
    /// Nouns that, as a modifier, make the event noun part of a name or a kind.
    pub(super) kinds: Words,
}

/// `event/list.toml`.
#[derive(Debug, Default, Deserialize)]
pub(super) struct ListWords {
    /// Prepositions before the begin or the end of what goes on ("ruled since 2014").
    pub(super) bounds: Words,
    /// Prepositions that the members of an elliptical list repeat ("12 in Lorne, five in Karst").
    pub(super) listing: Words,
}

/// Where an argument goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target {
    Role(Role),
    /// A role whose filler is also where it happens ("a visit to Oslo").
    RoleAndPlace(Role),
    Place,
    Nothing,
}

/// Who fills which role, by the argument's place in the clause. Absent fields fall through to the
/// general table.
#[derive(Clone, Debug, Default)]
pub(super) struct RoleTable {
    slots: BTreeMap<String, Target>,
    preps: BTreeMap<String, PrepTarget>,
    /// The role of whom the topic names, where no other participant is named ("rejected a Danish
    /// proposal": Denmark).
    pub(super) through_topic: Option<Role>,
    /// Prepositions of direction that belong to the event also where the parser hangs them on who
    /// moves ("the withdrawal of the brigade from Lorne").
    pub(super) nested: Vec<String>,
}

#[derive(Clone, Debug, Default)]
struct PrepTarget {
    place: Option<Target>,
    person: Option<Target>,
    event: Option<Target>,
    other: Option<Target>,
}

/// What kind of filler an argument has, as far as roles depend on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FillerKind {
    Place,
    Actor,
    Event,
    Other,
}

impl RoleTable {
    pub(super) fn slot(&self, name: &str, kind: FillerKind) -> Option<Target> {
        let special = match kind {
            FillerKind::Place => "place",
            FillerKind::Actor => "actor",
            FillerKind::Event => "event",
            FillerKind::Other => "thing",
        };
        self.slots.get(&format!("{name}_{special}")).or_else(|| self.slots.get(name)).copied()
    }

    pub(super) fn prep(&self, word: &str, kind: FillerKind) -> Option<Target> {
        let target = self.preps.get(word)?;
        match kind {
            FillerKind::Place => target.place.or(target.other),
            FillerKind::Actor => target.person.or(target.other),
            FillerKind::Event => target.event.or(target.other),
            FillerKind::Other => target.other,
        }
    }
}

/// The words of a condition: one, or several.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

impl OneOrMany {
    fn words(&self) -> &[String] {
        match self {
            Self::One(word) => std::slice::from_ref(word),
            Self::Many(words) => words,
        }
    }
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct RoleFile {
    slot: BTreeMap<String, String>,
    prep: BTreeMap<String, BTreeMap<String, String>>,
    through_topic: Option<String>,
    nested: Vec<String>,
}

/// One `event/<Type>.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct TypeFile {
    verbs: Vec<String>,
    nouns: Vec<String>,
    adjectives: Vec<String>,
    frame: Vec<FrameRow>,
    role: RoleFile,
    example: Vec<Example>,
}

/// An example that the tests run.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Example {
    pub(crate) text: String,
    /// Triggers that are found with the file's type.
    pub(crate) yes: Vec<String>,
    /// Words that trigger no event of the file's type.
    pub(crate) no: Vec<String>,
    /// Roles, as "role: words" of the first trigger in `yes`.
    pub(crate) roles: Vec<String>,
    /// All events of one word: the word, then what each has (roles, place, time, figures).
    pub(crate) each: Vec<Vec<String>>,
    /// Triggers of events without a time.
    pub(crate) undated: Vec<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct FrameRow {
    verb: Vec<String>,
    noun: Vec<String>,
    adjective: Vec<String>,
    subject: Option<OneOrMany>,
    object: Option<OneOrMany>,
    prep: BTreeMap<String, OneOrMany>,
    complement: Option<OneOrMany>,
    with: Option<OneOrMany>,
    near: Option<OneOrMany>,
    governor: Option<OneOrMany>,
    carrier: Option<OneOrMany>,
    not_subject: Option<OneOrMany>,
    not_object: Option<OneOrMany>,
    not_with: Option<OneOrMany>,
    negative: bool,
    passive: bool,
    bare: bool,
    role: RoleFile,
}

impl Tables {
    /// Compiles the event and modality tables of `pack`.
    ///
    /// # Errors
    ///
    /// [`PackFileError`] where a file is missing, is no TOML, or names something unknown.
    pub fn new(pack: Pack) -> Result<Self, PackFileError> {
        let classes: BTreeMap<String, Words> = read_toml(pack, "event/class.toml")?;
        let mut tables = Self {
            modality: modality::Tables::new(pack)?,
            verb_frames: FxHashMap::default(),
            noun_frames: FxHashMap::default(),
            adjective_frames: FxHashMap::default(),
            nouns: FxHashMap::default(),
            triggers: read_toml(pack, "event/trigger.toml")?,
            roles: compile_roles(pack, "event/role.toml", &read_toml(pack, "event/role.toml")?)?,
            roles_of: BTreeMap::new(),
            other: Arc::from("event/nouns.tsv"),
            lists: read_toml(pack, "event/list.toml")?,
            same: SameWords::parse(pack)?,
        };
        for row in read_tsv(pack, "event/nouns.tsv") {
            if let [noun, verb, strength] = row[..] {
                let verb = (!verb.is_empty()).then(|| verb.to_owned());
                tables.nouns.insert(noun.to_owned(), Noun { verb, strong: strength == "strong" });
            }
        }
        for kind in EventType::ALL {
            let path = format!("event/{}.toml", kind.as_str());
            if pack.text(&path).is_some() {
                let file: TypeFile = read_toml(pack, &path)?;
                tables.add_type(pack, *kind, &path, &file, &classes)?;
            }
        }
        tables.add_generated(pack)?;
        for list in tables
            .verb_frames
            .values_mut()
            .chain(tables.noun_frames.values_mut())
            .chain(tables.adjective_frames.values_mut())
        {
            // The most specific first; among equals the first written.
            list.sort_by_key(|f| std::cmp::Reverse((f.own, f.conditions.len())));
        }
        Ok(tables)
    }

    /// The rules of `kind` for words with the lemma `lemma`.
    pub(crate) fn rules(&self, lemma: &str, kind: EventType) -> Vec<Rule> {
        let maps = [&self.verb_frames, &self.noun_frames, &self.adjective_frames];
        let frames = maps.into_iter().filter_map(|m| m.get(lemma)).flatten();
        frames.filter(|f| f.kind == kind).map(|f| Rule::clone(&f.rule)).collect()
    }

    fn add_type(
        &mut self,
        pack: Pack,
        kind: EventType,
        path: &str,
        file: &TypeFile,
        classes: &BTreeMap<String, Words>,
    ) -> Result<(), PackFileError> {
        self.roles_of.insert(kind, compile_roles(pack, path, &file.role)?);
        let plain = |list: &str| Frame::plain(kind, Arc::from(format!("{path}#{list}")), true);
        for (words, map, list) in [
            (&file.verbs, &mut self.verb_frames, "verbs"),
            (&file.nouns, &mut self.noun_frames, "nouns"),
            (&file.adjectives, &mut self.adjective_frames, "adjectives"),
        ] {
            for word in words {
                map.entry(word.clone()).or_default().push(plain(list));
            }
        }
        for noun in &file.nouns {
            self.nouns.entry(noun.clone()).or_insert(Noun { verb: None, strong: true }).strong =
                true;
        }
        for (number, row) in (1_usize..).zip(&file.frame) {
            let frame = Frame {
                kind,
                rule: Arc::from(format!("{path}#frame-{number}")),
                own: true,
                conditions: conditions(pack, path, row, classes)?,
                roles: compile_roles(pack, path, &row.role)?,
            };
            for (words, map) in [
                (&row.verb, &mut self.verb_frames),
                (&row.noun, &mut self.noun_frames),
                (&row.adjective, &mut self.adjective_frames),
            ] {
                for word in words {
                    map.entry(word.clone()).or_default().push(frame.clone());
                }
            }
            for noun in &row.noun {
                self.nouns.entry(noun.clone()).or_insert(Noun { verb: None, strong: false });
            }
        }
        Ok(())
    }

    /// Adds `event/verbs.tsv` (`verb, type`) below the rules written by hand.
    fn add_generated(&mut self, pack: Pack) -> Result<(), PackFileError> {
        let path = "event/verbs.tsv";
        for row in read_tsv(pack, path) {
            if let [verb, name] = row[..] {
                let kind = event_type(pack, path, name)?;
                let mut frame = Frame::plain(kind, Arc::from(path), false);
                if kind == EventType::Move {
                    // WordNet's verbs of motion move only where a direction is said.
                    let slot = Slot::Prep(self.triggers.directional.iter().cloned().collect());
                    frame.conditions.push(Condition::Has(slot, WordSet::anything()));
                }
                self.verb_frames.entry(verb.to_owned()).or_default().push(frame);
            }
        }
        Ok(())
    }
}

pub(super) fn event_type(pack: Pack, path: &str, name: &str) -> Result<EventType, PackFileError> {
    EventType::parse(name).ok_or_else(|| unknown(pack, path, "event type", name))
}

fn unknown(pack: Pack, path: &str, what: &'static str, word: &str) -> PackFileError {
    PackFileError::Unknown { pack: pack.code(), path: path.to_owned(), what, word: word.to_owned() }
}

fn conditions(
    pack: Pack,
    path: &str,
    row: &FrameRow,
    classes: &BTreeMap<String, Words>,
) -> Result<Vec<Condition>, PackFileError> {
    let set = |words: &OneOrMany| word_set(pack, path, words.words(), classes);
    let mut conditions = Vec::new();
    for (slot, words) in [
        (Slot::Subject, &row.subject),
        (Slot::Object, &row.object),
        (Slot::Complement, &row.complement),
        (Slot::Modifier, &row.with),
        (Slot::Near, &row.near),
        (Slot::Governor, &row.governor),
        (Slot::Carrier, &row.carrier),
    ] {
        if let Some(words) = words {
            conditions.push(Condition::Has(slot, set(words)?));
        }
    }
    for (prep, words) in &row.prep {
        let slot = Slot::Prep(prep.split('|').map(str::to_owned).collect());
        conditions.push(Condition::Has(slot, set(words)?));
    }
    for (slot, words) in [
        (Slot::Subject, &row.not_subject),
        (Slot::Object, &row.not_object),
        (Slot::Modifier, &row.not_with),
    ] {
        if let Some(words) = words {
            conditions.push(Condition::Lacks(slot, set(words)?));
        }
    }
    if row.negative {
        conditions.push(Condition::Negative);
    }
    if row.passive {
        conditions.push(Condition::Passive);
    }
    if row.bare {
        conditions.push(Condition::Lacks(Slot::Object, WordSet::anything()));
    }
    Ok(conditions)
}

fn word_set(
    pack: Pack,
    path: &str,
    words: &[String],
    classes: &BTreeMap<String, Words>,
) -> Result<WordSet, PackFileError> {
    let mut set = WordSet::default();
    for word in words {
        if word == "*" {
            set.any = true;
        } else if word == "^to" {
            set.infinitive = true;
        } else if let Some(class) = word.strip_prefix('$') {
            let members =
                classes.get(class).ok_or_else(|| unknown(pack, path, "word class", word))?;
            set.words.extend(members.iter().cloned());
        } else if let Some(name) = word.strip_prefix('@') {
            let kind = EntityType::parse(name);
            set.kinds.push(kind.ok_or_else(|| unknown(pack, path, "entity type", word))?);
        } else if let Some(name) = word.strip_prefix('=') {
            set.events.push(event_type(pack, path, name)?);
        } else {
            set.words.insert(word.clone());
        }
    }
    Ok(set)
}

fn compile_roles(pack: Pack, path: &str, file: &RoleFile) -> Result<RoleTable, PackFileError> {
    let target = |name: &str| match (name, Role::parse(name)) {
        (_, Some(role)) => Ok(Target::Role(role)),
        ("place", None) => Ok(Target::Place),
        ("none", None) => Ok(Target::Nothing),
        _ => name
            .strip_suffix("+place")
            .and_then(Role::parse)
            .map(Target::RoleAndPlace)
            .ok_or_else(|| unknown(pack, path, "role", name)),
    };
    let mut table = RoleTable { nested: file.nested.clone(), ..RoleTable::default() };
    if let Some(name) = &file.through_topic {
        let role = Role::parse(name).ok_or_else(|| unknown(pack, path, "role", name))?;
        table.through_topic = Some(role);
    }
    for (slot, name) in &file.slot {
        table.slots.insert(slot.clone(), target(name)?);
    }
    for (words, row) in &file.prep {
        let get = |key: &str| row.get(key).map(|name| target(name)).transpose();
        let entry = PrepTarget {
            place: get("place")?,
            person: get("actor")?,
            event: get("event")?,
            other: get("other")?,
        };
        for word in words.split('|') {
            table.preps.insert(word.to_owned(), entry.clone());
        }
    }
    Ok(table)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_english_tables_compile_and_every_type_has_its_examples() {
        let pack = Pack::find("en").unwrap();
        let tables = Tables::new(pack).unwrap_or_else(|e| panic!("{e}"));
        assert!(tables.verb_frames.len() > 500 && tables.nouns.len() > 4000);
        for kind in EventType::ALL.iter().filter(|k| **k != EventType::Other) {
            let path = format!("event/{}.toml", kind.as_str());
            let file: TypeFile = read_toml(pack, &path).unwrap_or_else(|e| panic!("{e}"));
            assert!(file.example.iter().any(|e| !e.yes.is_empty()), "{path}: no positive example");
            assert!(file.example.len() > 1, "{path}: no negative example");
        }
    }
}
