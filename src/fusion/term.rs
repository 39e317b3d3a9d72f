//! Terms of the vocabulary as values that digests hold.

use oxrdf::NamedNodeRef;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::vocab::{TERMS, ng, schema};

/// A term of the vocabulary, as its place among [`TERMS`]: digests hold many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Name(u16);

/// The classes of entities and the contract's names of them.
const ENTITY_CLASSES: [(NamedNodeRef<'static>, &str); 11] = [
    (schema::class::PERSON, "Person"),
    (schema::class::ORGANIZATION, "Organization"),
    (schema::class::PLACE, "Place"),
    (ng::class::FACILITY, "Facility"),
    (ng::class::GROUP, "Group"),
    (schema::class::PRODUCT, "Product"),
    (schema::class::CREATIVE_WORK, "Work"),
    (schema::class::EVENT, "NamedEvent"),
    (schema::class::LEGISLATION, "Law"),
    (schema::class::LANGUAGE, "Language"),
    (schema::class::THING, "Thing"),
];

/// The roles that tell one happening from another.
const ROLES: [NamedNodeRef<'static>; 6] =
    [ng::AGENT, ng::PATIENT, ng::RECIPIENT, ng::ORIGIN, ng::DESTINATION, ng::PLACE];

impl Name {
    /// The term with this IRI.
    pub(super) fn of(iri: &str) -> Option<Self> {
        let place = TERMS.binary_search_by(|term| term.as_str().cmp(iri)).ok()?;
        u16::try_from(place).ok().map(Self)
    }

    pub(super) fn entity_class(iri: &str) -> Option<Self> {
        ENTITY_CLASSES
            .iter()
            .find(|(class, _)| class.as_str() == iri)
            .and_then(|(class, _)| Self::of(class.as_str()))
    }

    pub(super) fn role(iri: &str) -> Option<Self> {
        ROLES.iter().find(|role| role.as_str() == iri).and_then(|role| Self::of(role.as_str()))
    }

    pub(super) fn iri(self) -> NamedNodeRef<'static> {
        *TERMS.get(usize::from(self.0)).expect("a name is the place of a term")
    }

    /// The part of the IRI after the namespace.
    pub(super) fn local(self) -> &'static str {
        self.iri().as_str().rsplit(['#', '/']).next().unwrap_or_default()
    }

    /// The contract's name of an entity's class.
    pub(super) fn kind(self) -> &'static str {
        ENTITY_CLASSES.iter().find(|(class, _)| self == *class).map_or("", |&(_, kind)| kind)
    }
}

impl PartialEq<NamedNodeRef<'_>> for Name {
    fn eq(&self, other: &NamedNodeRef<'_>) -> bool {
        self.iri().as_str() == other.as_str()
    }
}

impl Serialize for Name {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.iri().as_str())
    }
}

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let iri = String::deserialize(deserializer)?;
        Self::of(&iri).ok_or_else(|| serde::de::Error::custom(format!("{iri} is no known term")))
    }
}
