//! A value as JSON knows it, for the few things that arrive in any shape: options that a caller
//! wrote by hand and the bodies of errors. Responses and chunks never become one of these; they
//! are parsed by the JavaScript engine and stay its objects.

use serde::{Serialize, Serializer};

/// A JSON value. Object keys keep their order; the last of equal keys wins on look-up.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `null`, and what is absent or undefined.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// Any number, also one that JSON cannot say (NaN, infinity).
    Number(f64),
    /// A string.
    String(String),
    /// An array.
    Array(Vec<Value>),
    /// An object.
    Object(Vec<(String, Value)>),
    /// Something JSON has no word for: a function, a symbol, a big integer.
    Other(&'static str),
}

impl Value {
    /// The member `key` of an object, if this is one and it has it.
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.as_object()?.iter().rev().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    /// The members, if this is an object.
    pub fn as_object(&self) -> Option<&[(String, Self)]> {
        if let Self::Object(members) = self { Some(members) } else { None }
    }

    /// The text, if this is a string.
    pub fn as_str(&self) -> Option<&str> {
        if let Self::String(text) = self { Some(text) } else { None }
    }

    /// What kind of value this is, as an error message calls it.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "a boolean",
            Self::Number(_) => "a number",
            Self::String(_) => "a string",
            Self::Array(_) => "an array",
            Self::Object(_) => "an object",
            Self::Other(kind) => kind,
        }
    }
}

/// As JSON has it; what JSON has no word for is null.
impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null | Self::Other(_) => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Number(value) => serializer.serialize_f64(*value),
            Self::String(value) => serializer.serialize_str(value),
            Self::Array(items) => serializer.collect_seq(items),
            Self::Object(members) => serializer.collect_map(members.iter().map(|(name, value)| (name, value))),
        }
    }
}

#[cfg(test)]
impl From<serde_json::Value> for Value {
    fn from(json: serde_json::Value) -> Self {
        match json {
            serde_json::Value::Null => Self::Null,
            serde_json::Value::Bool(value) => Self::Bool(value),
            serde_json::Value::Number(number) => Self::Number(number.as_f64().unwrap()),
            serde_json::Value::String(text) => Self::String(text),
            serde_json::Value::Array(items) => Self::Array(items.into_iter().map(Self::from).collect()),
            serde_json::Value::Object(members) => {
                Self::Object(members.into_iter().map(|(name, value)| (name, value.into())).collect())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_of_equal_keys_wins() {
        let twice = vec![("a".to_owned(), Value::Null), ("a".to_owned(), Value::Bool(true))];
        assert_eq!(Value::Object(twice).get("a"), Some(&Value::Bool(true)));
        assert_eq!(Value::Bool(true).get("a"), None);
    }
}
