//! A value as JSON knows it, for the few things that arrive in any shape: options that a caller
//! wrote by hand and the bodies of errors. Responses and chunks never become one of these; they
//! are parsed by the JavaScript engine and stay its objects.

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::{Serialize, Serializer};
use std::fmt;

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

/// From JSON, or whatever else serde reads: numbers become `f64`, and of equal keys all stay.
impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyValue)
    }
}

struct AnyValue;

impl<'de> Visitor<'de> for AnyValue {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        Value::deserialize(deserializer)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    #[expect(clippy::cast_precision_loss, reason = "JavaScript's numbers are f64 as well")]
    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value as f64))
    }

    #[expect(clippy::cast_precision_loss, reason = "JavaScript's numbers are f64 as well")]
    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value as f64))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Value::Number(value))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::String(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(Value::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(Value::Object(members))
    }
}

#[cfg(test)]
impl From<serde_json::Value> for Value {
    fn from(json: serde_json::Value) -> Self {
        serde_json::from_value(json).unwrap()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_json_of_any_kind() {
        let read = |json: &str| serde_json::from_str::<Value>(json).unwrap();
        let members = vec![
            ("a".to_owned(), Value::Array(vec![Value::Null, Value::Bool(true), Value::Number(-1.0)])),
            ("b".to_owned(), Value::String("\u{e9}".to_owned())),
            ("b".to_owned(), Value::Number(1e300)),
        ];
        assert_eq!(read(r#"{"a": [null, true, -1], "b": "\u00e9", "b": 1e300}"#), Value::Object(members));
        assert_eq!(read("18446744073709551615"), Value::Number(18_446_744_073_709_551_615.0));
        assert!(serde_json::from_str::<Value>("{").is_err());
    }

    #[test]
    fn the_last_of_equal_keys_wins() {
        let twice = vec![("a".to_owned(), Value::Null), ("a".to_owned(), Value::Bool(true))];
        assert_eq!(Value::Object(twice).get("a"), Some(&Value::Bool(true)));
        assert_eq!(Value::Bool(true).get("a"), None);
    }
}
