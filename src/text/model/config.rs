//! `config.cfg`: sections of JSON values.

use serde_json::{Map, Value};

use super::ModelError;

const PART: &str = "config.cfg";

/// The configuration as one nested object; `${…}` stays as it stands.
#[derive(Debug)]
pub(crate) struct Config(Value);

impl Config {
    /// Parses the file.
    pub(crate) fn parse(text: &str) -> Result<Self, ModelError> {
        let mut root = Map::new();
        let mut path: Vec<&str> = Vec::new();
        for (line, number) in text.lines().zip(1..) {
            let line = line.trim();
            if line.is_empty() || line.starts_with(['#', ';']) {
                continue;
            }
            if let Some(section) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
                path = section.split('.').map(str::trim).collect();
                open(&mut root, &path, number)?;
                continue;
            }
            let Some((key, value)) = line.split_once('=') else {
                return Err(ModelError::broken(PART, format!("line {number} is no `key = value`")));
            };
            let value = value.trim();
            // An interpolation is no JSON; none of the values that we read is one.
            let value =
                serde_json::from_str(value).unwrap_or_else(|_| Value::String(value.to_owned()));
            open(&mut root, &path, number)?.insert(key.trim().to_owned(), value);
        }
        Ok(Self(Value::Object(root)))
    }

    /// The value at `path`, if it is there.
    pub(crate) fn find(&self, path: &[&str]) -> Option<&Value> {
        path.iter().try_fold(&self.0, |value, key| value.get(key))
    }

    /// The string at `path`.
    pub(crate) fn text(&self, path: &[&str]) -> Result<&str, ModelError> {
        self.find(path)
            .and_then(Value::as_str)
            .ok_or_else(|| ModelError::broken(PART, format!("no string `{}`", path.join("."))))
    }

    /// The list of strings at `path`.
    pub(crate) fn texts(&self, path: &[&str]) -> Result<Vec<&str>, ModelError> {
        self.find(path)
            .and_then(Value::as_array)
            .and_then(|items| items.iter().map(Value::as_str).collect())
            .ok_or_else(|| ModelError::broken(PART, format!("no list `{}`", path.join("."))))
    }
}

/// The object of a section, made where it is not there yet.
fn open<'m>(
    root: &'m mut Map<String, Value>,
    path: &[&str],
    line: usize,
) -> Result<&'m mut Map<String, Value>, ModelError> {
    let mut here = root;
    for &key in path {
        here = here
            .entry(key)
            .or_insert_with(|| Value::Object(Map::new()))
            .as_object_mut()
            .ok_or_else(|| {
                ModelError::broken(PART, format!("line {line}: `{key}` is a value and a section"))
            })?;
    }
    Ok(here)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_nest_and_objects_may_stand_in_a_line() {
        let config = Config::parse(
            "[nlp]\nlang = \"en\"\npipeline = [\"a\",\"b\"]\n\n[components]\n\
             a = {\"factory\":\"tagger\"}\n[components.b]\nwidth = ${x:y}\nfactory = \"ner\"\n",
        )
        .unwrap();
        assert_eq!(config.text(&["nlp", "lang"]).unwrap(), "en");
        assert_eq!(config.texts(&["nlp", "pipeline"]).unwrap(), ["a", "b"]);
        assert_eq!(config.text(&["components", "a", "factory"]).unwrap(), "tagger");
        assert_eq!(config.text(&["components", "b", "factory"]).unwrap(), "ner");
        assert!(Config::parse("[a]\nb = 1\n[a.b]\n").is_err());
        assert!(Config::parse("[a]\nnonsense\n").is_err());
    }
}
