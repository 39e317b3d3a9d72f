//! What a store knows: its individuals, and every telling of an event.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::{NamedNode, NamedNodeRef};
use oxigraph::store::{StorageError, Store};
use serde::Serialize;

use super::gather::fillers;
use super::reader::{Reader, local_name, offsets};
use crate::vocab::{dct, et, ng, rdf, rdfs, schema, sem, skos};

type Result<T> = std::result::Result<T, StorageError>;

/// An individual with all that its articles call it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ListedEntity {
    /// The individual.
    pub individual: String,
    /// Its name.
    pub name: String,
    /// Its classes as local names, sorted.
    pub types: Vec<String>,
    /// Its other names, sorted.
    pub also: Vec<String>,
    /// What it is linked to in the world, sorted.
    pub links: Vec<String>,
    /// How often it is mentioned.
    pub mentions: usize,
    /// The ids of the articles in which it is, sorted.
    pub articles: Vec<String>,
    /// The articles' own entities that are this individual, sorted; a line of `decisions.tsv` says
    /// of one that it is not.
    pub entities: Vec<String>,
}

/// One telling of an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ListedEvent {
    /// The id of the article.
    pub article: String,
    /// Where the trigger stands in the article's text, in Unicode scalar values.
    pub trigger: [usize; 2],
    /// The trigger's words.
    pub words: String,
    /// The type's local name.
    #[serde(rename = "type")]
    pub kind: String,
    /// positive or negative.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub polarity: Option<String>,
    /// asserted, planned, possible …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modality: Option<String>,
    /// The first day that it can cover.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub begin: Option<String>,
    /// The last day that it can cover.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<String>,
    /// Who and what takes part: names by role.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub roles: BTreeMap<&'static str, Vec<String>>,
    /// The event.
    pub event: String,
    /// What it tells of, across articles.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub happening: Option<String>,
    /// How firm the happening is across articles.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
}

/// Lists the individuals of which a name contains `part`, case aside, or all: most articles first,
/// then by name.
///
/// # Errors
///
/// Where the store cannot be read.
pub fn list_entities(store: &Store, part: Option<&str>) -> Result<Vec<ListedEntity>> {
    let reader = Reader::new(store);
    let part = part.map(str::to_lowercase);
    let mut individuals: BTreeMap<NamedNode, Vec<NamedNode>> = BTreeMap::new();
    for local in reader.matching(Some(ng::IDENTIFIED_AS), None)? {
        for individual in reader.nodes(local.as_ref(), ng::IDENTIFIED_AS)? {
            individuals.entry(individual).or_default().push(local.clone());
        }
    }
    let mut found = Vec::new();
    for (individual, locals) in &individuals {
        let entity = listed(&reader, individual, locals)?;
        let fits = |part: &String| {
            let mut names = entity.also.iter().chain([&entity.name]);
            names.any(|name| name.to_lowercase().contains(part))
        };
        if part.as_ref().is_none_or(fits) {
            found.push(entity);
        }
    }
    found.sort_by(|a, b| {
        let more = b.articles.len().cmp(&a.articles.len());
        more.then(b.mentions.cmp(&a.mentions)).then_with(|| a.name.cmp(&b.name))
    });
    Ok(found)
}

fn listed(
    reader: &Reader<'_>,
    individual: &NamedNode,
    locals: &[NamedNode],
) -> Result<ListedEntity> {
    let mut counted: BTreeMap<String, usize> = BTreeMap::new();
    let (mut types, mut also, mut links) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    let mut articles = BTreeSet::new();
    let mut mentions = 0;
    for local in locals {
        let local = local.as_ref();
        if let Some(label) = reader.text(local, rdfs::LABEL)? {
            *counted.entry(label).or_default() += 1;
        }
        for name in reader.objects(local, skos::ALT_LABEL)? {
            if let oxigraph::model::Term::Literal(name) = name {
                also.insert(name.value().to_owned());
            }
        }
        let classes = reader.nodes(local, rdf::TYPE)?;
        types.extend(classes.iter().map(|class| local_name(class).to_owned()));
        let matches = reader.nodes(local, skos::EXACT_MATCH)?;
        links.extend(matches.into_iter().map(NamedNode::into_string));
        let spans = reader.nodes(local, ng::MENTION)?;
        mentions += spans.len();
        articles.extend(spans.first().and_then(|span| offsets(span.as_ref())).map(|at| at.0));
    }
    // Its own label, else the name that most articles use, else the first by letters.
    let usual = counted.iter().rev().max_by_key(|(_, n)| **n).map(|(name, _)| name.clone());
    let name = reader.text(individual.as_ref(), rdfs::LABEL)?.or(usual).unwrap_or_default();
    also.extend(counted.into_keys());
    also.remove(&name);
    let mut ids = BTreeSet::new();
    for article in articles {
        ids.insert(article_id(reader, article.as_ref())?);
    }
    Ok(ListedEntity {
        individual: individual.as_str().to_owned(),
        name,
        types: types.into_iter().collect(),
        also: also.into_iter().collect(),
        links: links.into_iter().collect(),
        mentions,
        articles: ids.into_iter().collect(),
        entities: locals.iter().map(|local| local.as_str().to_owned()).collect(),
    })
}

/// Lists every telling of an event of the type `kind` or a narrower one, or of all types: by day of
/// publication, article, place in the text.
///
/// # Errors
///
/// Where the store cannot be read.
pub fn list_events(store: &Store, kind: Option<&str>) -> Result<Vec<ListedEvent>> {
    let reader = Reader::new(store);
    let wanted = kind.map(|kind| narrower(&reader, kind)).transpose()?;
    let mut found: Vec<((Option<String>, String), ListedEvent)> = Vec::new();
    let mut claims: BTreeMap<NamedNode, NamedNode> = BTreeMap::new();
    for claim in reader.subjects(rdf::TYPE, ng::class::EVENT_CLAIM)? {
        if let Some(event) = reader.node(claim.as_ref(), rdf::SUBJECT)? {
            claims.insert(event, claim);
        }
    }
    for event in reader.subjects(rdf::TYPE, ng::class::EVENT)? {
        let it = event.as_ref();
        let Some(class) = reader.node(it, sem::EVENT_TYPE)? else { continue };
        if wanted.as_ref().is_some_and(|wanted| !wanted.contains(&class)) {
            continue;
        }
        let span = reader.node(it, ng::EVIDENCE)?;
        let Some((article, begin, end)) = span.and_then(|s| offsets(s.as_ref())) else { continue };
        let mut roles: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (role, filler) in fillers(&reader, it)? {
            roles.entry(role).or_default().extend(reader.text(filler.as_ref(), rdfs::LABEL)?);
        }
        let claim = claims.get(&event);
        let concept = |property: NamedNodeRef<'_>| {
            claim.map(|c| reader.concept(c.as_ref(), property)).transpose().map(Option::flatten)
        };
        let happening = reader.node(it, ng::TELLS)?;
        let status = match &happening {
            Some(happening) => reader.concept(happening.as_ref(), ng::STATUS)?,
            None => None,
        };
        let listed = ListedEvent {
            article: article_id(&reader, article.as_ref())?,
            trigger: [begin, end],
            words: reader.text(it, rdfs::LABEL)?.unwrap_or_default(),
            kind: local_name(&class).to_owned(),
            polarity: concept(ng::POLARITY)?,
            modality: concept(ng::MODALITY)?,
            begin: reader.text(it, sem::HAS_EARLIEST_BEGIN_TIME_STAMP)?,
            end: reader.text(it, sem::HAS_LATEST_END_TIME_STAMP)?,
            roles,
            event: event.as_str().to_owned(),
            happening: happening.map(NamedNode::into_string),
            status,
        };
        let published = reader.text(article.as_ref(), schema::DATE_PUBLISHED)?;
        found.push(((published, article.into_string()), listed));
    }
    found.sort_by(|(a, x), (b, y)| {
        a.cmp(b).then_with(|| x.trigger.cmp(&y.trigger)).then_with(|| x.event.cmp(&y.event))
    });
    Ok(found.into_iter().map(|(_, event)| event).collect())
}

/// The local names of the event types that a store knows, sorted.
///
/// # Errors
///
/// Where the store cannot be read.
pub fn event_types(store: &Store) -> Result<Vec<String>> {
    let reader = Reader::new(store);
    let concepts = reader.subjects(rdf::TYPE, skos::class::CONCEPT)?;
    Ok(concepts
        .iter()
        .filter_map(|concept| concept.as_str().strip_prefix(et::NAMESPACE))
        .map(str::to_owned)
        .collect())
}

/// The type and all that are narrower.
fn narrower(reader: &Reader<'_>, kind: &str) -> Result<BTreeSet<NamedNode>> {
    let broader = NamedNodeRef::new_unchecked("http://www.w3.org/2004/02/skos/core#broader");
    let top = NamedNode::new_unchecked([et::NAMESPACE, kind].concat());
    let mut known = BTreeSet::from([top.clone()]);
    let mut open = vec![top];
    while let Some(next) = open.pop() {
        for below in reader.subjects(broader, next.as_ref())? {
            if known.insert(below.clone()) {
                open.push(below);
            }
        }
    }
    Ok(known)
}

/// The name under which an article was read, else its IRI.
fn article_id(reader: &Reader<'_>, article: NamedNodeRef<'_>) -> Result<String> {
    Ok(reader.text(article, dct::IDENTIFIER)?.unwrap_or_else(|| article.as_str().to_owned()))
}
