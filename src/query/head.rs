//! The head of a saved question: YAML in comments that start with `#+`, as grlc has it.
//!
//! ```text
//! #+ summary: Who said what
//! #+ params:
//! #+   - name: speaker
//! #+     type: string
//! #+     default: null
//! #+ columns: [speaker, words]
//! ```

use serde::{Deserialize, Deserializer};

use super::error::{QueryError, nearest};
use super::parameter::{Parameter, ParameterDefault, ParameterType};

/// What a question says of itself. A question without head has an empty one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// One line.
    pub summary: String,
    /// What it answers, and how.
    pub description: String,
    /// Its parameters, in order.
    pub params: Vec<Parameter>,
    /// The columns of its answer; empty where the head names none.
    pub columns: Vec<String>,
}

/// The head as YAML has it.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct RawHead {
    summary: String,
    description: String,
    params: Vec<RawParameter>,
    columns: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::option_option, reason = "absent, null and a value mean three things")]
struct RawParameter {
    name: String,
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    description: String,
    example: Option<String>,
    #[serde(default, deserialize_with = "present")]
    default: Option<Option<String>>,
}

/// Tells a member that is `null` (`Some(None)`) from one that is not there (`None`).
#[expect(clippy::option_option, reason = "absent, null and a value mean three things")]
fn present<'de, D: Deserializer<'de>>(source: D) -> Result<Option<Option<String>>, D::Error> {
    Option::<String>::deserialize(source).map(Some)
}

impl Head {
    /// Reads the head of the question `name` from its whole text.
    ///
    /// # Errors
    ///
    /// [`QueryError::Head`] with the line, where the YAML is broken, has a key or type that a head
    /// does not know, or gives a parameter twice.
    pub fn parse(name: &str, text: &str) -> Result<Self, QueryError> {
        let mut yaml = String::new();
        let mut lines = Vec::new();
        for (i, line) in text.lines().enumerate() {
            if let Some(rest) = line.trim_start().strip_prefix("#+") {
                yaml.push_str(rest.strip_prefix(' ').unwrap_or(rest));
                yaml.push('\n');
                lines.push(i + 1);
            }
        }
        if yaml.trim().is_empty() {
            return Ok(Self::default());
        }
        let fail = |line: usize, message: String| QueryError::Head {
            name: name.to_owned(),
            line,
            message,
        };
        let raw: RawHead = serde_saphyr::from_str(&yaml).map_err(|error| {
            let at = error.location().map_or(0, |l| usize::try_from(l.line()).unwrap_or(0));
            let line = lines.get(at.saturating_sub(1)).copied().unwrap_or(1);
            fail(line, plain_message(&error))
        })?;
        let line_of = |words: &str| {
            let found = yaml.lines().position(|line| line.contains(words));
            found.and_then(|i| lines.get(i).copied()).unwrap_or(1)
        };
        let mut params: Vec<Parameter> = Vec::with_capacity(raw.params.len());
        for param in raw.params {
            let Some(kind) = ParameterType::parse(&param.kind) else {
                let all: Vec<_> = ParameterType::ALL.iter().map(|k| k.as_str()).collect();
                let near = nearest(&param.kind, all.iter().copied());
                let hint = near.first().map_or(String::new(), |n| format!(", did you mean {n}?"));
                return Err(fail(
                    line_of(&param.kind),
                    format!(
                        "{} has the type \"{}\"; a type is one of {}{hint}",
                        param.name,
                        param.kind,
                        all.join(", ")
                    ),
                ));
            };
            if params.iter().any(|p| p.name == param.name) {
                return Err(fail(
                    line_of(&format!("name: {}", param.name)),
                    format!("the parameter {} is declared twice", param.name),
                ));
            }
            let parameter = Parameter {
                name: param.name,
                kind,
                description: param.description,
                example: param.example,
                default: match param.default {
                    None => ParameterDefault::Required,
                    Some(None) => ParameterDefault::Free,
                    Some(Some(value)) => ParameterDefault::Value(value),
                },
            };
            let default = match &parameter.default {
                ParameterDefault::Value(value) => Some(value),
                ParameterDefault::Free | ParameterDefault::Required => None,
            };
            for (member, value) in [("default", default), ("example", parameter.example.as_ref())] {
                if let Some(value) = value {
                    parameter.read(value).map_err(|e| {
                        let line = line_of(&format!("name: {}", parameter.name));
                        fail(line, format!("{member} {e}"))
                    })?;
                }
            }
            params.push(parameter);
        }
        Ok(Self {
            summary: raw.summary,
            description: raw.description.trim().to_owned(),
            params,
            columns: raw.columns,
        })
    }
}

/// The first line of a YAML error, without its own position: the head's lines are not the file's.
fn plain_message(error: &serde_saphyr::Error) -> String {
    let text = error.without_snippet().to_string();
    let first = text.lines().next().unwrap_or("not YAML");
    let end = first.find(" at line ").unwrap_or(first.len());
    first.get(..end).unwrap_or(first).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "# a comment of its own
#+ summary: Who said what
#+ description: Every statement
#+   with its words.
#+ params:
#+   - name: speaker
#+     type: string            # a comment inside
#+     description: part of the speaker's name
#+     default: null
#+   - name: tolerance
#+     type: integer
#+     default: 10
#+   - {name: place, type: entity}
#+ columns: [speaker, words]
SELECT ?speaker ?words {}";

    #[test]
    fn a_head_is_read() {
        let head = Head::parse("x.rq", HEAD).unwrap();
        assert_eq!(head.summary, "Who said what");
        assert_eq!(head.description, "Every statement with its words.");
        assert_eq!(head.columns, ["speaker", "words"]);
        let defaults: Vec<_> = head.params.iter().map(|p| p.default.clone()).collect();
        assert_eq!(
            defaults,
            [
                ParameterDefault::Free,
                ParameterDefault::Value("10".to_owned()),
                ParameterDefault::Required
            ]
        );
    }

    #[test]
    fn no_head_is_an_empty_head() {
        assert_eq!(Head::parse("x.rq", "# plain\nASK {}").unwrap(), Head::default());
    }

    fn error(head: &str) -> String {
        Head::parse("x.rq", head).unwrap_err().to_string()
    }

    #[test]
    fn errors_say_where_and_what() {
        let expected = expect_test::expect![[r#"
            x.rq:4: who has the type "sting"; a type is one of string, iri, date, integer, entity, did you mean string?
            x.rq:2: unknown field `sumary`, expected one of summary, description, params, columns
            x.rq:4: the parameter a is declared twice
            x.rq:2: default n=ten: invalid digit found in string (n is a whole number)
            x.rq:2: missing field `type`"#]];
        let all = [
            error("\n#+ params:\n#+   - name: who\n#+     type: sting\n"),
            error("#+ summary: x\n#+ sumary: y\n"),
            error(
                "#+ params:\n#+  - {name: b, type: iri}\n#+  - {name: c, type: iri}\n#+  - {name: a, type: iri}\n#+  - {name: a, type: iri}\n",
            ),
            error("#+ params:\n#+   - {name: n, type: integer, default: ten}\n"),
            error("#+ params:\n#+   - {name: n}\n"),
        ];
        expected.assert_eq(&all.join("\n"));
    }
}
