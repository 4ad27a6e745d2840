//! Reads the members of one object of options, each as the type it must have. Nothing is coerced:
//! `"3.5"` is no number and `1` is no boolean, since both are more often a slip than meant.

use super::choices::Choice;
use super::invalid::{CHANGE, Invalid, described, did_you_mean, joined, shortened};
use super::names::Shape;
use super::suggest::nearest;
use crate::value::Value;

/// What a number must be.
pub(super) struct Limits {
    words: &'static str,
    allows: fn(f64) -> bool,
}

/// A price or a rate.
pub(super) const POSITIVE: Limits = Limits { words: "a finite number greater than 0", allows: |n| n > 0.0 };
/// A duration.
pub(super) const POSITIVE_WHOLE: Limits =
    Limits { words: "a whole number greater than 0", allows: |n| n > 0.0 && n.fract() == 0.0 };
/// How often another provider may be tried.
pub(super) const ATTEMPTS: Limits =
    Limits { words: "a whole number from 1 to 19", allows: |n| (1.0..=19.0).contains(&n) && n.fract() == 0.0 };
/// The share of one metric in a score.
pub(super) const SHARE: Limits = Limits { words: "a finite number, 0 or greater", allows: |n| n >= 0.0 };

/// An object of options whose names are all known. What is refused reads as unset; the first refusal
/// is kept for [`Fields::end`], so that the readers of many fields need no branch after each.
pub(super) struct Fields<'a> {
    shape: &'static Shape,
    object: &'a Value,
    first_refused: Option<Invalid>,
}

// The readers are not inlined: called two dozen times, they would be most of what this folder weighs.
impl<'a> Fields<'a> {
    /// Takes `object` for one of that shape; null for an empty one.
    ///
    /// # Errors
    /// If it is no object, or has a name that is not known there.
    pub(super) fn of(object: &'a Value, shape: &'static Shape) -> Result<Self, Invalid> {
        let members = match object {
            Value::Null => &[],
            Value::Object(members) => members.as_slice(),
            other => return Err(Invalid::value(shape.path.to_owned(), &described(other), "an object", CHANGE)),
        };
        match members.iter().find(|(name, _)| !shape.names.contains(&name.as_str())) {
            Some((name, _)) => Err(Invalid::unknown(shape, name)),
            None => Ok(Self { shape, object, first_refused: None }),
        }
    }

    /// Ends the reading.
    ///
    /// # Errors
    /// The first refusal.
    pub(super) fn end(self) -> Result<(), Invalid> {
        self.first_refused.map_or(Ok(()), Err)
    }

    /// A finite number within the limits.
    #[inline(never)]
    pub(super) fn number(&mut self, name: &str, limits: &Limits) -> Option<f64> {
        match self.get(name)? {
            Value::Number(number) if number.is_finite() && (limits.allows)(*number) => return Some(*number),
            Value::String(_) => self.refuse(name, limits.words, "Pass a number, not a string."),
            _ => self.refuse(name, limits.words, CHANGE),
        }
        None
    }

    /// `true` or `false`.
    #[inline(never)]
    pub(super) fn flag(&mut self, name: &str) -> Option<bool> {
        if let Value::Bool(flag) = self.get(name)? {
            return Some(*flag);
        }
        self.refuse(name, "true or false", "Pass a boolean or leave it out.");
        None
    }

    /// Any string.
    #[inline(never)]
    pub(super) fn text(&mut self, name: &str) -> Option<String> {
        if let Value::String(text) = self.get(name)? {
            return Some(text.clone());
        }
        self.refuse(name, "a string", "Pass a string or leave it out.");
        None
    }

    /// One of the words of `choices`.
    pub(super) fn choice(&mut self, name: &str, choices: &[Choice]) -> Option<&'static str> {
        let word = self.get(name)?.as_str().unwrap_or_default();
        let words: Vec<&'static str> = choices.iter().map(|(_, word)| *word).collect();
        if let Some(found) = words.iter().find(|known| **known == word) {
            return Some(found);
        }
        let expected = joined(&["one of: ", &joined(&words, ", ")], "");
        let advice = nearest(word, &words).map_or_else(|| CHANGE.to_owned(), did_you_mean);
        self.refuse(name, &expected, &advice);
        None
    }

    /// An array of strings, which may be empty.
    #[inline(never)]
    pub(super) fn texts(&mut self, name: &str) -> Option<Vec<String>> {
        let expected = "an array of strings";
        let items = match self.get(name)? {
            Value::Array(items) => items,
            other => {
                let advice = if other.as_str().is_some() { "Put it into an array." } else { CHANGE };
                self.refuse(name, expected, advice);
                return None;
            }
        };
        let mut texts = Vec::with_capacity(items.len());
        for (index, item) in items.iter().enumerate() {
            let Value::String(text) = item else {
                let received = joined(&["an array with", &described(item), "at index", &index.to_string()], " ");
                self.refuse_as(name, &received, expected, CHANGE);
                return None;
            };
            texts.push(text.clone());
        }
        Some(texts)
    }

    /// An object of strings, which may be empty; its null members are left out.
    #[inline(never)]
    pub(super) fn text_map(&mut self, name: &str) -> Option<Vec<(String, String)>> {
        let expected = "an object of strings";
        let Value::Object(members) = self.get(name)? else {
            self.refuse(name, expected, CHANGE);
            return None;
        };
        let mut texts = Vec::with_capacity(members.len());
        for (key, value) in members {
            match value {
                Value::Null => {}
                Value::String(text) => texts.push((key.clone(), text.clone())),
                other => {
                    let received = joined(&["an object with", &described(other), "at", &shortened(key)], " ");
                    self.refuse_as(name, &received, expected, "Turn it into a string.");
                    return None;
                }
            }
        }
        Some(texts)
    }

    /// An object with fields of its own.
    pub(super) fn object<T>(&mut self, name: &str, read: fn(&Value) -> Result<T, Invalid>) -> Option<T> {
        match read(self.get(name)?) {
            Ok(object) => Some(object),
            Err(refused) => {
                self.keep(refused);
                None
            }
        }
    }

    /// Refuses the member `name`, whatever it is.
    pub(super) fn refuse_as(&mut self, name: &str, received: &str, expected: &str, advice: &str) {
        let param = joined(&[self.shape.path, name], ".");
        self.keep(Invalid::value(param, received, expected, advice));
    }

    #[inline(never)]
    fn refuse(&mut self, name: &str, expected: &str, advice: &str) {
        let received = described(self.object.get(name).unwrap_or(&Value::Null));
        self.refuse_as(name, &received, expected, advice);
    }

    fn keep(&mut self, refused: Invalid) {
        self.first_refused.get_or_insert(refused);
    }

    /// The member as it is; none if it is absent or null.
    #[inline(never)]
    fn get(&self, name: &str) -> Option<&'a Value> {
        self.object.get(name).filter(|value| !matches!(value, Value::Null))
    }
}
