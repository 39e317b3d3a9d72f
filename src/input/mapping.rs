//! Where the members of an article stand in JSON of another shape.

use std::str::FromStr;

use serde_json::Value;

use super::InputError;

/// The members of an article that JSON can give, in the contract's order.
pub(super) const MEMBERS: [&str; 8] =
    ["id", "text", "published", "title", "url", "publisher", "language", "retrieved"];

/// Paths of members, from `--map member=path`.
///
/// A path is a JSON pointer (`/body/0/text`), or names and array positions joined by dots
/// (`body.0.text`). A member without a path stands under its own name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mapping {
    /// Member and JSON pointer.
    pointers: Vec<(&'static str, String)>,
}

impl Mapping {
    /// Joins several mappings; the last path of a member counts.
    #[must_use]
    pub fn join(parts: impl IntoIterator<Item = Self>) -> Self {
        Self { pointers: parts.into_iter().flat_map(|part| part.pointers).collect() }
    }

    /// The value of `member` in `object`.
    pub(super) fn get<'v>(&self, object: &'v Value, member: &str) -> Option<&'v Value> {
        let value = match self.pointers.iter().rev().find(|(name, _)| *name == member) {
            Some((_, pointer)) => object.pointer(pointer),
            None => object.get(member),
        };
        value.filter(|value| !value.is_null())
    }
}

impl FromStr for Mapping {
    type Err = InputError;

    fn from_str(text: &str) -> Result<Self, InputError> {
        let wrong = |message: String| InputError::Mapping { text: text.to_owned(), message };
        let (name, path) = text
            .split_once('=')
            .filter(|(_, path)| !path.is_empty())
            .ok_or_else(|| wrong("expected member=path, such as text=body.content".to_owned()))?;
        let member = MEMBERS.iter().find(|member| **member == name).ok_or_else(|| {
            wrong(format!("an article has no member {name:?}, but {}", MEMBERS.join(", ")))
        })?;
        let pointer = if path.starts_with('/') {
            path.to_owned()
        } else {
            let escaped = path.replace('~', "~0").replace('/', "~1");
            format!("/{}", escaped.replace('.', "/"))
        };
        Ok(Self { pointers: vec![(member, pointer)] })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_reach_into_objects_and_arrays() {
        let object = serde_json::json!({"a": {"b": [{"c/d": "x"}]}, "title": "t", "url": null});
        let mapping = |text: &str| text.parse::<Mapping>().unwrap();
        let get = |text: &str, member| mapping(text).get(&object, member).cloned();
        assert_eq!(get("text=a.b.0.c/d", "text"), Some("x".into()));
        assert_eq!(get("text=/a/b/0/c~1d", "text"), Some("x".into()));
        assert_eq!(get("text=a", "title"), Some("t".into()));
        assert_eq!(get("title=nowhere", "title"), None);
        assert_eq!(get("text=a", "url"), None);
    }

    #[test]
    fn a_mapping_names_what_it_takes() {
        let error = "body=text".parse::<Mapping>().unwrap_err().to_string();
        assert!(error.contains("no member \"body\", but id, text, published"), "{error}");
        assert!("text".parse::<Mapping>().unwrap_err().to_string().contains("member=path"));
    }
}
