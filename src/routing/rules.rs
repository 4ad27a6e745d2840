//! What an option may be. Nothing is coerced: `"3.5"` is no number and `1` is no boolean, since both are more often a
//! slip than meant.

use super::choices::Choice;
use super::invalid::{CHANGE, described, did_you_mean, joined, shortened};
use super::shapes::Shape;
use super::suggest::nearest;
use crate::value::Value;

/// What a member of options may be.
pub(super) enum Rule {
    /// One of the words of a set.
    Choice(&'static [Choice]),
    /// A price or a rate: finite, above 0.
    Positive,
    /// A duration: whole, above 0.
    PositiveWhole,
    /// How often another provider may be tried: whole, 1 to 19.
    Attempts,
    /// The share of one metric in a score: finite, 0 or greater.
    Share,
    /// `true` or `false`.
    Flag,
    /// Any string.
    Text,
    /// An array of strings, which may be empty.
    Texts,
    /// An object of strings, which may be empty; its null members are left out.
    TextMap,
    /// An object of options.
    Object(&'static Shape),
}

/// Why a value is refused: it completes "… is …, but must be …", and a sentence says what to do.
pub(super) struct Refusal {
    /// What it is.
    pub(super) received: String,
    /// What it must be.
    pub(super) expected: String,
    /// What to do.
    pub(super) advice: String,
}

impl Refusal {
    /// From its three parts.
    #[inline(never)]
    pub(super) fn of(received: &str, expected: &str, advice: &str) -> Self {
        Self { received: received.to_owned(), expected: expected.to_owned(), advice: advice.to_owned() }
    }
}

impl Rule {
    /// The words for what is allowed.
    fn expected(&self) -> &'static str {
        match self {
            Self::Choice(_) => "one of: ",
            Self::Positive => "a finite number greater than 0",
            Self::PositiveWhole => "a whole number greater than 0",
            Self::Attempts => "a whole number from 1 to 19",
            Self::Share => "a finite number, 0 or greater",
            Self::Flag => "true or false",
            Self::Text => "a string",
            Self::Texts => "an array of strings",
            Self::TextMap => "an object of strings",
            Self::Object(_) => "an object",
        }
    }

    /// Checks a value that is not null and not an object of options.
    ///
    /// # Errors
    /// Why it is refused.
    pub(super) fn check(&self, value: &Value) -> Result<Value, Refusal> {
        let whole = |number: &f64| number.fract() == 0.0;
        let allowed = match (self, value) {
            (Self::Choice(choices), _) => return choice(choices, value),
            (Self::Positive, Value::Number(number)) => *number > 0.0 && number.is_finite(),
            (Self::PositiveWhole, Value::Number(number)) => *number > 0.0 && number.is_finite() && whole(number),
            (Self::Attempts, Value::Number(number)) => (1.0..=19.0).contains(number) && whole(number),
            (Self::Share, Value::Number(number)) => *number >= 0.0 && number.is_finite(),
            (Self::Flag, Value::Bool(_)) | (Self::Text, Value::String(_)) => true,
            (Self::Texts, Value::Array(items)) => {
                let odd = items.iter().position(|item| item.as_str().is_none());
                return odd.and_then(|index| Some((index, items.get(index)?))).map_or_else(
                    || Ok(value.clone()),
                    |(index, item)| Err(self.refuse_inside("an array with", item, "at index", &index.to_string())),
                );
            }
            (Self::TextMap, Value::Object(members)) => return self.text_map(members),
            _ => false,
        };
        if allowed { Ok(value.clone()) } else { Err(self.refuse(value)) }
    }

    /// The refusal of a value as a whole.
    fn refuse(&self, value: &Value) -> Refusal {
        let advice = match (self, value) {
            (Self::Positive | Self::PositiveWhole | Self::Attempts | Self::Share, Value::String(_)) => {
                "Pass a number, not a string."
            }
            (Self::Flag, _) => "Pass a boolean or leave it out.",
            (Self::Text, _) => "Pass a string or leave it out.",
            (Self::Texts, Value::String(_)) => "Put it into an array.",
            _ => CHANGE,
        };
        Refusal::of(&described(value), self.expected(), advice)
    }

    /// The refusal of a value for one of its members.
    fn refuse_inside(&self, kind: &str, member: &Value, at: &str, place: &str) -> Refusal {
        let advice = if matches!(self, Self::TextMap) { "Turn it into a string." } else { CHANGE };
        Refusal::of(&joined(&[kind, &described(member), at, place], " "), self.expected(), advice)
    }

    fn text_map(&self, members: &[(String, Value)]) -> Result<Value, Refusal> {
        let mut texts = Vec::with_capacity(members.len());
        for (key, value) in members {
            match value {
                Value::Null => {}
                Value::String(_) => texts.push((key.clone(), value.clone())),
                other => return Err(self.refuse_inside("an object with", other, "at", &shortened(key))),
            }
        }
        Ok(Value::Object(texts))
    }
}

fn choice(choices: &[Choice], value: &Value) -> Result<Value, Refusal> {
    let words: Vec<&str> = choices.iter().map(|(_, word)| *word).collect();
    let word = value.as_str().unwrap_or_default();
    if words.contains(&word) {
        return Ok(value.clone());
    }
    let expected = joined(&["one of: ", &joined(&words, ", ")], "");
    let advice = nearest(word, &words).map_or_else(|| CHANGE.to_owned(), did_you_mean);
    Err(Refusal::of(&described(value), &expected, &advice))
}
