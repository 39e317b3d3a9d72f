//! What fusion needs of one article, computed from its graph alone.

use std::fmt;

use jiff::civil::Date;
use oxrdf::{NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term as Object};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::context::{Term, terms};
use super::reprint::sketch;
use super::term::Name;
use crate::graph::{Hash, name_key};
use crate::vocab::{dct, ng, nif, owl, rdf, rdfs, schema, sem, skos};

/// One article as fusion sees it: a few kilobytes, to be kept beside the article's segment.
///
/// Positions (`u32`) point into the arrays of the same digest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Digest {
    pub(super) article: Hash,
    pub(super) published: Option<Date>,
    pub(super) moment: Option<String>,
    pub(super) url: Option<String>,
    pub(super) id: Option<String>,
    pub(super) publisher: Option<String>,
    /// What near-copies of the text are told by.
    pub(super) sketch: Option<Vec<u32>>,
    /// What the article is about, by the words of its beginning.
    pub(super) terms: Vec<Term>,
    pub(super) entities: Vec<Entity>,
    pub(super) events: Vec<Event>,
    pub(super) figures: Vec<Figure>,
    pub(super) claims: Vec<Claim>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Entity {
    pub(super) id: Hash,
    pub(super) class: Name,
    pub(super) label: String,
    pub(super) named: bool,
    /// The normal form of the name, or of words that contain another entity's name: what makes it
    /// the same as an entity of another article. `None` for an entity that is known here alone.
    pub(super) key: Option<String>,
    pub(super) link: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Event {
    pub(super) id: Hash,
    pub(super) kind: Name,
    pub(super) label: String,
    /// The first telling of the same happening in this article; itself where it is the first.
    pub(super) first: u32,
    /// Role or `ng:place`, and the entity in it; sorted.
    pub(super) roles: Vec<(Name, u32)>,
    pub(super) bounds: Option<(Date, Date)>,
    /// The places that are named in its sentence; sorted.
    pub(super) scope: Vec<u32>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Figure {
    pub(super) id: Hash,
    #[serde(with = "exact")]
    pub(super) value: Option<f64>,
    #[serde(with = "exact")]
    pub(super) low: Option<f64>,
    #[serde(with = "exact")]
    pub(super) high: Option<f64>,
    pub(super) modifier: Name,
    pub(super) increment: bool,
    pub(super) unit: Option<String>,
    pub(super) counts: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Claim {
    pub(super) id: Hash,
    pub(super) of: ClaimOf,
    pub(super) positive: bool,
    pub(super) modality: Name,
    /// Carried by the article's own voice.
    pub(super) own_voice: bool,
    /// The speakers of the carrying statements.
    pub(super) speakers: Vec<u32>,
    /// Who passes it on.
    pub(super) relayers: Vec<u32>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) enum ClaimOf {
    Event(u32),
    Relation { subject: u32, predicate: Name, object: ObjectOf },
    Figure { figure: u32, event: Option<u32> },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) enum ObjectOf {
    Entity(u32),
    /// Lexical form and datatype IRI.
    Literal(String, String),
}

/// Numbers as text: JSON's readers may be off by the last bit, and equal figures have to stay equal.
mod exact {
    use serde::{Deserialize as _, Deserializer, Serialize as _, Serializer};

    #[expect(clippy::ref_option, reason = "serde hands the field over as it is")]
    pub(super) fn serialize<S: Serializer>(
        number: &Option<f64>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        number.map(|number| number.to_string()).serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<f64>, D::Error> {
        let text = Option::<String>::deserialize(deserializer)?;
        text.map(|text| text.parse().map_err(serde::de::Error::custom)).transpose()
    }
}

/// Why a graph has no digest: it is not as the mapper writes it.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("{node}: {what} (the graph is not as the mapper writes it: add the article again)")]
pub struct DigestError {
    /// The node at fault.
    pub node: String,
    /// What is wrong with it.
    pub what: &'static str,
}

impl Digest {
    /// The digest of the article whose graph `quads` are, lean or full, in any order.
    ///
    /// # Errors
    ///
    /// [`DigestError`] where the quads are not one article's graph as the mapper writes it.
    pub fn of(quads: &[Quad]) -> Result<Self, DigestError> {
        Reader::new(quads).read()
    }

    /// The last part of the article's IRI.
    pub fn article(&self) -> impl fmt::Display + use<> {
        self.article
    }
}

/// Properties of a node.
type Node<'q> = Vec<(NamedNodeRef<'q>, &'q Object)>;

struct Reader<'q> {
    /// Nodes in the order of their IRIs.
    nodes: Vec<(&'q NamedNode, Node<'q>)>,
    places: FxHashMap<&'q str, usize>,
}

impl<'q> Reader<'q> {
    fn new(quads: &'q [Quad]) -> Self {
        let mut places: FxHashMap<&str, usize> = FxHashMap::default();
        let mut nodes: Vec<(&NamedNode, Node<'_>)> = Vec::new();
        for quad in quads {
            let NamedOrBlankNode::NamedNode(subject) = &quad.subject else { continue };
            let place = *places.entry(subject.as_str()).or_insert_with(|| {
                nodes.push((subject, Vec::new()));
                nodes.len() - 1
            });
            nodes[place].1.push((quad.predicate.as_ref(), &quad.object));
        }
        nodes.sort_unstable_by(|a, b| a.0.as_str().cmp(b.0.as_str()));
        let places = nodes.iter().enumerate().map(|(i, n)| (n.0.as_str(), i)).collect();
        Self { nodes, places }
    }

    fn read(&self) -> Result<Digest, DigestError> {
        let article = self.of_class(|class| class == schema::class::NEWS_ARTICLE.as_str());
        let &[(article, facts)] = article.as_slice() else {
            let what = "a graph of one article has exactly one schema:NewsArticle";
            return Err(DigestError { node: "graph".to_owned(), what });
        };
        let entities = self.of_class(|class| Name::entity_class(class).is_some());
        let events = self.of_class(|class| class == ng::class::EVENT.as_str());
        let figures = self.of_class(|class| class == ng::class::FIGURE.as_str());
        let at = Places {
            entities: places(&entities),
            events: places(&events),
            figures: places(&figures),
            named: self.places_of_sentences(&entities),
        };
        let names = entities.iter().filter(|(_, of)| self.is_named(of));
        let names: Vec<&str> = names.flat_map(|(_, of)| strings(of, ng::KEY)).collect();
        let text = strings(facts, nif::IS_STRING).min();
        let beginning: Vec<&str> =
            strings(facts, schema::HEADLINE).min().into_iter().chain(text).collect();
        Ok(Digest {
            article: hash(article)?,
            published: day(facts, schema::DATE_PUBLISHED),
            moment: string(facts, ng::PUBLISHED_AT),
            url: string(facts, schema::URL),
            id: string(facts, dct::IDENTIFIER),
            publisher: string(facts, schema::PUBLISHER),
            sketch: text.and_then(sketch),
            terms: terms(&beginning, names),
            entities: self.entities(&entities)?,
            events: exactly(events.iter().map(|&(n, of)| event(n, of, self.scope(of, &at), &at)))?,
            figures: exactly(figures.iter().map(|&(n, of)| figure(n, of)))?,
            claims: self.claims(&at)?,
        })
    }

    fn of_class(&self, wanted: impl Fn(&str) -> bool) -> Vec<(&'q NamedNode, &Node<'q>)> {
        let is = |of: &Node<'_>| iris(of, rdf::TYPE).any(&wanted);
        self.nodes.iter().filter(|(_, of)| is(of)).map(|(node, of)| (*node, of)).collect()
    }

    fn entities(&self, found: &[(&NamedNode, &Node<'q>)]) -> Result<Vec<Entity>, DigestError> {
        let mut entities = Vec::with_capacity(found.len());
        for &(node, of) in found {
            let class = iris(of, rdf::TYPE).find_map(Name::entity_class);
            let named = self.is_named(of);
            entities.push(Entity {
                id: hash(node)?,
                class: class.expect("it was found by its class"),
                label: string(of, rdfs::LABEL).ok_or_else(|| lacks(node, "it has no label"))?,
                named,
                key: None,
                link: iris(of, skos::EXACT_MATCH)
                    .chain(iris(of, owl::SAME_AS))
                    .min()
                    .map(str::to_owned),
            });
        }
        let names: Vec<String> = (entities.iter().zip(found))
            .filter(|(entity, _)| entity.named)
            .flat_map(|(_, (_, of))| strings(of, ng::KEY).map(str::to_owned))
            .collect();
        for entity in &mut entities {
            entity.key = if entity.named {
                Some(name_key(&entity.label)).filter(|key| !key.is_empty())
            } else {
                key_around_name(&entity.label, &names)
            };
        }
        Ok(entities)
    }

    /// Whether an entity is mentioned by name.
    fn is_named(&self, of: &Node<'_>) -> bool {
        iris(of, ng::MENTION).any(|span| {
            self.node(span).is_some_and(|span| iris(span, ng::FORM).any(|f| f == ng::NAME.as_str()))
        })
    }

    /// The entities of the class of places that each sentence names, by its IRI.
    fn places_of_sentences(
        &self,
        entities: &[(&'q NamedNode, &Node<'q>)],
    ) -> FxHashMap<&'q str, Vec<u32>> {
        let mut named: FxHashMap<&str, Vec<u32>> = FxHashMap::default();
        for (i, (_, of)) in (0_u32..).zip(entities) {
            if !iris(of, rdf::TYPE).any(|class| class == schema::class::PLACE.as_str()) {
                continue;
            }
            for span in iris(of, ng::MENTION).filter_map(|span| self.node(span)) {
                if iris(span, ng::FORM).any(|form| form == ng::NAME.as_str()) {
                    for sentence in iris(span, ng::IN_SENTENCE) {
                        named.entry(sentence).or_default().push(i);
                    }
                }
            }
        }
        named
    }

    /// The places that the sentences of an event name.
    fn scope(&self, event: &Node<'q>, at: &Places<'_>) -> Vec<u32> {
        let spans = iris(event, ng::EVIDENCE).filter_map(|span| self.node(span));
        let sentences = spans.flat_map(|span| iris(span, ng::IN_SENTENCE));
        let mut scope: Vec<u32> =
            sentences.filter_map(|s| at.named.get(s)).flatten().copied().collect();
        scope.sort_unstable();
        scope.dedup();
        scope
    }

    fn node(&self, iri: &str) -> Option<&Node<'q>> {
        self.places.get(iri).map(|&place| &self.nodes[place].1)
    }

    fn claims(&self, at: &Places<'_>) -> Result<Vec<Claim>, DigestError> {
        let mut voices: FxHashMap<&str, (bool, Vec<u32>)> = FxHashMap::default();
        for (_, of) in &self.nodes {
            let own = iris(of, rdf::TYPE).any(|class| class == ng::class::OWN_VOICE.as_str());
            for claim in iris(of, ng::CARRIES) {
                let voice = voices.entry(claim).or_default();
                voice.0 |= own;
                voice.1.extend(iris(of, ng::SPEAKER).filter_map(|s| at.entities.get(s)));
            }
        }
        let kinds = [
            ng::class::EVENT_CLAIM.as_str(),
            ng::class::RELATION_CLAIM.as_str(),
            ng::class::FIGURE_CLAIM.as_str(),
        ];
        let found = self.of_class(|class| kinds.contains(&class));
        let mut claims = Vec::with_capacity(found.len());
        for (node, of) in found {
            let one = |property| iris(of, property).next();
            let subject = one(rdf::SUBJECT).ok_or_else(|| lacks(node, "it has no subject"))?;
            let predicate =
                one(rdf::PREDICATE).ok_or_else(|| lacks(node, "it has no predicate"))?;
            let object = of.iter().find(|(p, _)| *p == rdf::OBJECT).map(|(_, object)| *object);
            let object = object.ok_or_else(|| lacks(node, "it has no object"))?;
            let what = claim_of(subject, predicate, object, at)
                .ok_or_else(|| lacks(node, "its subject or object is no node of the article"))?;
            let modality = one(ng::MODALITY).and_then(Name::of);
            let (own_voice, mut speakers) = voices.remove(node.as_str()).unwrap_or_default();
            speakers.sort_unstable();
            speakers.dedup();
            speakers.shrink_to_fit();
            let mut relayers: Vec<u32> = iris(of, ng::RELAYED_BY)
                .filter_map(|speaker| at.entities.get(speaker).copied())
                .collect();
            relayers.sort_unstable();
            claims.push(Claim {
                id: hash(node)?,
                of: what,
                positive: one(ng::POLARITY) == Some(ng::POSITIVE.as_str()),
                modality: modality.ok_or_else(|| lacks(node, "it has no modality"))?,
                own_voice,
                speakers,
                relayers,
            });
        }
        Ok(claims)
    }
}

/// Collects with no room to spare: a store keeps these for each article.
fn exactly<T, E>(items: impl Iterator<Item = Result<T, E>>) -> Result<Vec<T>, E> {
    let mut all = items.collect::<Result<Vec<T>, E>>()?;
    all.shrink_to_fit();
    Ok(all)
}

/// Positions of nodes, by IRI.
struct Places<'q> {
    entities: FxHashMap<&'q str, u32>,
    events: FxHashMap<&'q str, u32>,
    figures: FxHashMap<&'q str, u32>,
    /// The places that a sentence names.
    named: FxHashMap<&'q str, Vec<u32>>,
}

fn places<'q>(nodes: &[(&'q NamedNode, &Node<'_>)]) -> FxHashMap<&'q str, u32> {
    (0..).zip(nodes).map(|(i, (node, _))| (node.as_str(), i)).collect()
}

fn event(
    node: &NamedNode,
    of: &Node<'_>,
    scope: Vec<u32>,
    at: &Places<'_>,
) -> Result<Event, DigestError> {
    let kind = iris(of, sem::EVENT_TYPE).find_map(Name::of);
    let mut roles: Vec<(Name, u32)> = of
        .iter()
        .filter_map(|(property, object)| {
            let Object::NamedNode(object) = object else { return None };
            Some((Name::role(property.as_str())?, *at.entities.get(object.as_str())?))
        })
        .collect();
    roles.sort_unstable();
    roles.shrink_to_fit();
    let begin = day(of, sem::HAS_EARLIEST_BEGIN_TIME_STAMP);
    let bounds = begin.zip(day(of, sem::HAS_LATEST_END_TIME_STAMP));
    let first = iris(of, ng::RETELLS).next().unwrap_or(node.as_str());
    Ok(Event {
        id: hash(node)?,
        kind: kind.ok_or_else(|| lacks(node, "it has no type"))?,
        label: string(of, rdfs::LABEL).unwrap_or_default(),
        first: *at.events.get(first).ok_or_else(|| lacks(node, "it retells no event"))?,
        roles,
        bounds,
        scope,
    })
}

fn figure(node: &NamedNode, of: &Node<'_>) -> Result<Figure, DigestError> {
    let number = |property| string(of, property).and_then(|text| text.parse().ok());
    let modifier = iris(of, ng::MODIFIER).find_map(Name::of);
    Ok(Figure {
        id: hash(node)?,
        value: number(ng::VALUE),
        low: number(ng::LOW),
        high: number(ng::HIGH),
        modifier: modifier.ok_or_else(|| lacks(node, "it has no modifier"))?,
        increment: iris(of, ng::CHANGE).any(|change| change == ng::INCREMENT.as_str()),
        unit: string(of, ng::UNIT),
        counts: string(of, ng::COUNTS),
    })
}

fn claim_of(subject: &str, predicate: &str, object: &Object, at: &Places<'_>) -> Option<ClaimOf> {
    if predicate == sem::EVENT_TYPE.as_str() {
        return Some(ClaimOf::Event(*at.events.get(subject)?));
    }
    if predicate == ng::FIGURE.as_str() {
        let Object::NamedNode(figure) = object else { return None };
        let figure = *at.figures.get(figure.as_str())?;
        return Some(ClaimOf::Figure { figure, event: at.events.get(subject).copied() });
    }
    let object = match object {
        Object::NamedNode(object) => ObjectOf::Entity(*at.entities.get(object.as_str())?),
        Object::Literal(value) => {
            ObjectOf::Literal(value.value().to_owned(), value.datatype().as_str().to_owned())
        }
        Object::BlankNode(_) => return None,
    };
    let subject = *at.entities.get(subject)?;
    Some(ClaimOf::Relation { subject, predicate: Name::of(predicate)?, object })
}

/// The key of words that contain a name: their normal form, without one short word that stands
/// right before the name.
fn key_around_name(label: &str, names: &[String]) -> Option<String> {
    const ARTICLE: usize = 3;
    let key = name_key(label);
    let padded = format!(" {key} ");
    let holds = |name: &String| padded.contains(&format!(" {name} "));
    if !names.iter().any(holds) {
        return None;
    }
    if let Some((first, rest)) = label.split_once(' ')
        && first.len() <= ARTICLE
        && first.chars().all(char::is_lowercase)
    {
        let rest = name_key(rest);
        let follows = |name: &String| rest == *name || rest.starts_with(&format!("{name} "));
        if names.iter().any(follows) {
            return Some(rest);
        }
    }
    Some(key)
}

fn hash(node: &NamedNode) -> Result<Hash, DigestError> {
    let last = node.as_str().rsplit('/').next().unwrap_or_default();
    Hash::parse(last).ok_or_else(|| lacks(node, "its IRI does not end in a hash"))
}

fn lacks(node: &NamedNode, what: &'static str) -> DigestError {
    DigestError { node: node.as_str().to_owned(), what }
}

fn iris<'a, 'q>(
    of: &'a Node<'q>,
    property: NamedNodeRef<'static>,
) -> impl Iterator<Item = &'q str> + use<'a, 'q> {
    of.iter().filter(move |(p, _)| *p == property).filter_map(|(_, object)| match object {
        Object::NamedNode(object) => Some(object.as_str()),
        _ => None,
    })
}

fn strings<'a, 'q>(
    of: &'a Node<'q>,
    property: NamedNodeRef<'static>,
) -> impl Iterator<Item = &'q str> + use<'a, 'q> {
    of.iter().filter(move |(p, _)| *p == property).filter_map(|(_, object)| match object {
        Object::Literal(object) => Some(object.value()),
        _ => None,
    })
}

fn string(of: &Node<'_>, property: NamedNodeRef<'static>) -> Option<String> {
    strings(of, property).min().map(str::to_owned)
}

fn day(of: &Node<'_>, property: NamedNodeRef<'static>) -> Option<Date> {
    strings(of, property).min()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_around_a_name_have_a_key_and_others_none() {
        let names = ["harbour union".to_owned(), "velm".to_owned()];
        let key = |label| key_around_name(label, &names);
        assert_eq!(key("the Velm authorities").as_deref(), Some("velm authorities"));
        assert_eq!(
            key("heads of the Harbour Union").as_deref(),
            Some("heads of the harbour union")
        );
        assert_eq!(key("the dockers"), None);
        assert_eq!(key("Velmish dockers"), None);
    }
}
