//! MessagePack values with errors that name the part they are in.

use rmpv::ValueRef;

use super::ModelError;

/// A decoded value and the part of the model that it stands in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Node<'v, 'b> {
    pub(crate) value: &'v ValueRef<'b>,
    pub(crate) part: &'v str,
}

/// Decodes all of `bytes`.
pub(crate) fn decode<'b>(part: &str, bytes: &'b [u8]) -> Result<ValueRef<'b>, ModelError> {
    let mut rest = bytes;
    let value = rmpv::decode::read_value_ref_with_max_depth(&mut rest, 64)
        .map_err(|e| ModelError::broken(part, format!("no MessagePack ({e})")))?;
    if rest.is_empty() {
        return Ok(value);
    }
    Err(ModelError::broken(part, format!("{} bytes after its end", rest.len())))
}

impl<'v, 'b> Node<'v, 'b> {
    pub(crate) fn new(part: &'v str, value: &'v ValueRef<'b>) -> Self {
        Self { value, part }
    }

    pub(crate) fn with(self, value: &'v ValueRef<'b>) -> Self {
        Self { value, part: self.part }
    }

    pub(crate) fn wrong(self, wanted: &str) -> ModelError {
        let what = match self.value {
            ValueRef::Nil => "nothing",
            ValueRef::Boolean(_) => "a flag",
            ValueRef::Integer(_) => "an integer",
            ValueRef::F32(_) | ValueRef::F64(_) => "a float",
            ValueRef::String(_) => "a string",
            ValueRef::Binary(_) => "bytes",
            ValueRef::Array(_) => "a list",
            ValueRef::Map(_) => "a map",
            ValueRef::Ext(..) => "an extension",
        };
        ModelError::broken(self.part, format!("{what} where {wanted} should be"))
    }

    pub(crate) fn is_nil(self) -> bool {
        matches!(self.value, ValueRef::Nil)
    }

    pub(crate) fn map(self) -> Result<&'v [(ValueRef<'b>, ValueRef<'b>)], ModelError> {
        match self.value {
            ValueRef::Map(pairs) => Ok(pairs),
            _ => Err(self.wrong("a map")),
        }
    }

    pub(crate) fn list(self) -> Result<&'v [ValueRef<'b>], ModelError> {
        match self.value {
            ValueRef::Array(items) => Ok(items),
            _ => Err(self.wrong("a list")),
        }
    }

    pub(crate) fn nodes(self) -> Result<impl Iterator<Item = Self> + 'v, ModelError>
    where
        'b: 'v,
    {
        Ok(self.list()?.iter().map(move |v| self.with(v)))
    }

    /// A string, or bytes that are UTF-8 (older files have keys of that kind).
    pub(crate) fn text(self) -> Result<&'v str, ModelError> {
        match self.value {
            ValueRef::String(s) => s.as_str(),
            ValueRef::Binary(b) => std::str::from_utf8(b).ok(),
            _ => None,
        }
        .ok_or_else(|| self.wrong("a string"))
    }

    pub(crate) fn bytes(self) -> Result<&'v [u8], ModelError> {
        match self.value {
            ValueRef::Binary(b) => Ok(b),
            _ => Err(self.wrong("bytes")),
        }
    }

    pub(crate) fn integer(self) -> Result<i64, ModelError> {
        self.value.to_owned().as_i64().ok_or_else(|| self.wrong("an integer"))
    }

    pub(crate) fn id(self) -> Result<u64, ModelError> {
        self.value.to_owned().as_u64().ok_or_else(|| self.wrong("a string id"))
    }

    pub(crate) fn size(self) -> Result<usize, ModelError> {
        usize::try_from(self.integer()?).map_err(|_negative| self.wrong("a size"))
    }

    pub(crate) fn flag(self) -> Option<bool> {
        match self.value {
            ValueRef::Boolean(b) => Some(*b),
            _ => None,
        }
    }

    /// The value under `key`, if the map has it.
    pub(crate) fn find(self, key: &str) -> Result<Option<Self>, ModelError> {
        Ok(self
            .map()?
            .iter()
            .find(|(k, _)| self.with(k).text().is_ok_and(|k| k == key))
            .map(|(_, v)| self.with(v)))
    }

    /// The value under `key`.
    pub(crate) fn get(self, key: &str) -> Result<Self, ModelError> {
        self.find(key)?.ok_or_else(|| ModelError::broken(self.part, format!("no `{key}`")))
    }
}
