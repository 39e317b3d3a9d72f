//! The typed parameters of a question.

use std::str::FromStr as _;

use jiff::civil::Date;
use oxrdf::vocab::xsd;
use oxrdf::{Literal, NamedNode, Term};

use super::error::QueryError;

/// One parameter of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// The variable without `?`.
    pub name: String,
    /// What it takes.
    pub kind: ParameterType,
    /// What it means, a line.
    pub description: String,
    /// A value to show how it is used.
    pub example: Option<String>,
    /// What holds where it is not given.
    pub default: ParameterDefault,
}

/// What holds where a parameter is not given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParameterDefault {
    /// It has to be given: the head names no default.
    Required,
    /// It stays free: the default is `null`.
    Free,
    /// This value.
    Value(String),
}

/// What a parameter takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterType {
    /// Any text.
    String,
    /// An absolute IRI.
    Iri,
    /// A day.
    Date,
    /// A whole number.
    Integer,
    /// The name or IRI of something that the store knows.
    Entity,
}

/// A value as given: a term, or a name that only a store can turn into one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Given {
    Term(Term),
    EntityName(String),
}

impl ParameterType {
    /// Every type.
    pub const ALL: &'static [Self] =
        &[Self::String, Self::Iri, Self::Date, Self::Integer, Self::Entity];

    /// The spelling in a head.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Iri => "iri",
            Self::Date => "date",
            Self::Integer => "integer",
            Self::Entity => "entity",
        }
    }

    /// The type that a head spells `text`.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.as_str() == text)
    }

    /// What it takes, for a message.
    pub fn describe(self) -> &'static str {
        match self {
            Self::String => "a text",
            Self::Iri => "an absolute IRI, such as https://schema.org/Person",
            Self::Date => "a day, such as 2022-01-13",
            Self::Integer => "a whole number",
            Self::Entity => "a name or an IRI of something in the store",
        }
    }
}

impl Parameter {
    /// The value that `text` means for this parameter. A number is made canonical, so `05` finds 5.
    pub(crate) fn read(&self, text: &str) -> Result<Given, QueryError> {
        let bad = |reason: String| QueryError::BadValue {
            name: self.name.clone(),
            value: text.to_owned(),
            reason,
            kind: self.kind.describe(),
        };
        let iri = |text: &str| {
            NamedNode::new(text).map(|iri| Given::Term(iri.into())).map_err(|e| bad(e.to_string()))
        };
        match self.kind {
            ParameterType::String => Ok(Given::Term(Literal::new_simple_literal(text).into())),
            ParameterType::Iri => iri(text),
            ParameterType::Date => {
                let day = Date::from_str(text).map_err(|e| bad(e.to_string()))?;
                Ok(Given::Term(Literal::new_typed_literal(day.to_string(), xsd::DATE).into()))
            }
            ParameterType::Integer => {
                let number = text.parse::<i64>().map_err(|e| bad(e.to_string()))?;
                Ok(Given::Term(Literal::from(number).into()))
            }
            ParameterType::Entity if has_scheme(text) => iri(text),
            ParameterType::Entity if text.trim().is_empty() => Err(bad("it is empty".to_owned())),
            ParameterType::Entity => Ok(Given::EntityName(text.trim().to_owned())),
        }
    }
}

/// Whether a text begins as an IRI of a scheme that names things does. "Gaza: the war" is a name.
fn has_scheme(text: &str) -> bool {
    ["http:", "https:", "urn:"].iter().any(|scheme| text.starts_with(scheme))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parameter(kind: ParameterType) -> Parameter {
        Parameter {
            name: "p".to_owned(),
            kind,
            description: String::new(),
            example: None,
            default: ParameterDefault::Required,
        }
    }

    fn term(kind: ParameterType, text: &str) -> Option<String> {
        match parameter(kind).read(text) {
            Ok(Given::Term(term)) => Some(term.to_string()),
            Ok(Given::EntityName(name)) => Some(name),
            Err(_) => None,
        }
    }

    #[test]
    fn values_are_checked_and_made_canonical() {
        use ParameterType as P;
        assert_eq!(term(P::Integer, "05").unwrap(), Literal::from(5).to_string());
        assert!(term(P::Integer, "5.0").is_none());
        assert!(term(P::Date, "2022-02-31").is_none());
        assert!(term(P::Date, "2022-2-3").is_none());
        assert_eq!(
            term(P::Date, "2022-02-28").unwrap(),
            "\"2022-02-28\"^^<http://www.w3.org/2001/XMLSchema#date>"
        );
        assert!(term(P::Iri, "no scheme").is_none());
        assert!(term(P::Iri, "p:x> } ; DROP ALL #").is_none());
        assert_eq!(term(P::String, "\"}\" DROP ALL").unwrap(), r#""\"}\" DROP ALL""#);
        assert_eq!(term(P::Entity, " Port of Vell ").unwrap(), "Port of Vell");
        assert_eq!(term(P::Entity, "urn:x:y").unwrap(), "<urn:x:y>");
        assert!(term(P::Entity, " ").is_none());
    }
}
