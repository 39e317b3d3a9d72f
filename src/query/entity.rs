//! From a name to the individuals of a store that have it.

use oxigraph::sparql::{QueryResults, QuerySolution};
use oxrdf::{NamedNode, Term};

use super::engine::Engine;
use super::error::{QueryError, nearest};
use super::question::Question;

/// An individual of the store, with what tells it from others of the same name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The individual.
    pub iri: NamedNode,
    /// Its name.
    pub label: String,
    /// Its classes, as short names.
    pub kind: String,
    /// In how many articles it occurs.
    pub articles: u64,
}

/// Individuals by a name, most articles first; `%s` finds what has the name `?name`.
const NAMED: &str = r#"
SELECT ?individual (MIN(?a_label) AS ?label) (GROUP_CONCAT(DISTINCT ?class; separator=" ") AS ?kind)
       (COUNT(DISTINCT ?g) AS ?articles) WHERE {
  { SELECT DISTINCT ?individual WHERE { %s ?named ng:identifiedAs ?individual } }
  ?individual ^ng:identifiedAs ?local .
  GRAPH ?g { ?local rdfs:label ?a_label ; a ?type }
  BIND(REPLACE(STR(?type), "^.*[/#]", "") AS ?class)
} GROUP BY ?individual ORDER BY DESC(?articles) ?individual"#;

/// The name as it is given: a look-up.
const EXACT: &str = "{ ?named rdfs:label ?name } UNION { ?named skos:altLabel ?name }";

/// The name, case aside: a scan.
const ANY_CASE: &str =
    "?named rdfs:label|skos:altLabel ?other FILTER(LCASE(STR(?other)) = LCASE(?name))";

/// Every name in the store, for suggestions.
const ALL_NAMES: &str =
    "SELECT DISTINCT ?name WHERE { ?local ng:identifiedAs ?i ; rdfs:label ?name }";

/// Finds the individuals that have that name, letter for letter, or where there is none, case
/// aside.
///
/// # Errors
///
/// Where the store cannot be read.
pub fn find_entities(engine: &dyn Engine, name: &str) -> Result<Vec<Candidate>, QueryError> {
    let exact = candidates(engine, name, EXACT)?;
    if exact.is_empty() { candidates(engine, name, ANY_CASE) } else { Ok(exact) }
}

fn candidates(engine: &dyn Engine, name: &str, how: &str) -> Result<Vec<Candidate>, QueryError> {
    let sparql = NAMED.replace("%s", how);
    let text = format!("#+ params: [{{name: name, type: string}}]\n{sparql}");
    let question = Question::parse("entity names", &text)?;
    let bound = question.bind(&[("name".to_owned(), name.to_owned())], engine)?;
    let mut found = Vec::new();
    if let QueryResults::Solutions(rows) = engine.answer(&bound)? {
        for row in rows {
            found.extend(candidate(&row?));
        }
    }
    Ok(found)
}

fn candidate(row: &QuerySolution) -> Option<Candidate> {
    let Term::NamedNode(iri) = row.get("individual")? else { return None };
    let text = |name: &str| match row.get(name) {
        Some(Term::Literal(literal)) => literal.value().to_owned(),
        _ => String::new(),
    };
    Some(Candidate {
        iri: iri.clone(),
        label: text("label"),
        kind: text("kind"),
        articles: text("articles").parse().unwrap_or(0),
    })
}

/// The one individual of that name, for the parameter `parameter`.
pub(crate) fn resolve_entity(
    engine: &dyn Engine,
    parameter: &str,
    name: &str,
) -> Result<NamedNode, QueryError> {
    let found = find_entities(engine, name)?;
    match found.as_slice() {
        [one] => Ok(one.iri.clone()),
        [] => Err(QueryError::UnknownEntity {
            name: parameter.to_owned(),
            value: name.to_owned(),
            nearest: similar_names(engine, name)?,
        }),
        many => Err(QueryError::AmbiguousEntity {
            name: parameter.to_owned(),
            value: name.to_owned(),
            candidates: many
                .iter()
                .map(|c| {
                    let articles = if c.articles == 1 { "article" } else { "articles" };
                    format!("{} ({}, {} {articles}) {}", c.label, c.kind, c.articles, c.iri)
                })
                .collect(),
        }),
    }
}

fn similar_names(engine: &dyn Engine, name: &str) -> Result<Vec<String>, QueryError> {
    let bound = Question::parse("all names", ALL_NAMES)?.bind(&[], engine)?;
    let mut names = Vec::new();
    if let QueryResults::Solutions(rows) = engine.answer(&bound)? {
        for row in rows {
            if let Some(Term::Literal(literal)) = row?.get("name") {
                names.push(literal.value().to_owned());
            }
        }
    }
    Ok(nearest(name, names.iter().map(String::as_str)))
}
