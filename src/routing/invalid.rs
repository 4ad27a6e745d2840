//! The refusal of an option, and the words it is told in.

use super::shapes::{SHAPES, Shape};
use super::suggest::{nearest, respelt};
use crate::error::Error;
use crate::value::Value;

/// Text of the caller's is quoted up to this many characters.
const MAX_QUOTED: usize = 40;

/// What to do where nothing better can be said.
pub(super) const CHANGE: &str = "Change it or leave it out.";

/// An option that was refused before anything was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invalid {
    /// `unknown_field` or `invalid_parameter_value`.
    pub code: &'static str,
    /// Where it is in the request body, such as `gateway.routing.max_ttft_ms`. It ends at an array
    /// or a map of strings; which element is at fault is told in the message.
    pub param: String,
    /// Which field, what it got, what it may be, and what to do.
    pub message: String,
}

impl Invalid {
    /// A value that is not allowed where it is. `received` and `expected` complete "… is …, but must
    /// be …"; `advice` is a sentence.
    pub(super) fn value(param: String, received: &str, expected: &str, advice: &str) -> Self {
        let message = joined(&[&param, " is ", received, ", but must be ", expected, ". ", advice], "");
        Self { code: "invalid_parameter_value", param, message }
    }

    /// A name that the shape does not have.
    pub(super) fn unknown(shape: &Shape, name: &str) -> Self {
        let names = shape.names();
        let advice = if let Some(known) = respelt(name, &names) {
            did_you_mean(known)
        } else if let Some(place) = elsewhere(name) {
            did_you_mean(&place)
        } else if let Some(known) = nearest(name, &names) {
            did_you_mean(known)
        } else {
            joined(&["Use one of: ", &joined(&names, ", "), "."], "")
        };
        let param = joined(&[shape.path, &shortened(name)], ".");
        let message = joined(&[&param, " is not a known field. ", &advice], "");
        Self { code: "unknown_field", param, message }
    }
}

/// Options are often put one level too high or too low: `gateway.optimize`, `routing.models`.
fn elsewhere(name: &str) -> Option<String> {
    SHAPES.iter().find_map(|shape| {
        let known = respelt(name, &shape.names())?;
        Some(joined(&[shape.path, known], "."))
    })
}

impl From<Invalid> for Error {
    fn from(refused: Invalid) -> Self {
        Self::refused(refused.code, &refused.param, &[&refused.message])
    }
}

/// The sentence that proposes `word`.
pub(super) fn did_you_mean(word: &str) -> String {
    joined(&["Did you mean ", word, "?"], "")
}

/// What was received, in few words. Fractions are not spelt out: the code that prints a float
/// weighs about as much as this whole folder.
pub(super) fn described(value: &Value) -> String {
    let kind = match value {
        Value::Bool(true) => "true",
        Value::Bool(false) => "false",
        Value::Number(number) => return described_number(*number),
        Value::String(text) => return joined(&["the string \"", &shortened(text), "\""], ""),
        other => other.kind(),
    };
    kind.to_owned()
}

fn described_number(number: f64) -> String {
    #[expect(clippy::cast_possible_truncation, reason = "a number that does not fit is told by its kind")]
    let whole = number as i32;
    if (number - f64::from(whole)).abs() == 0.0 {
        return whole.to_string();
    }
    let kind = if number.is_nan() {
        "NaN"
    } else if number.is_infinite() {
        "an infinite number"
    } else if number < 0.0 {
        "a negative number"
    } else if number.fract() == 0.0 {
        "a large number"
    } else {
        "a fraction"
    };
    kind.to_owned()
}

/// One text of many. The only place where texts are put together: inlined, each would be a copy of
/// this loop.
#[inline(never)]
pub(super) fn joined(parts: &[&str], between: &str) -> String {
    parts.join(between)
}

/// The beginning of a text that may be long.
pub(super) fn shortened(text: &str) -> String {
    let cut = text.char_indices().nth(MAX_QUOTED).and_then(|(end, _)| text.get(..end));
    cut.map_or_else(|| text.to_owned(), |start| joined(&[start, "…"], ""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::routing::shapes::{GATEWAY, METADATA, ROUTING, WEIGHTS};

    #[test]
    fn tells_what_was_received_in_few_words() {
        let cases = [
            (Value::Null, "null"),
            (Value::Bool(true), "true"),
            (Value::Bool(false), "false"),
            (Value::Number(7.0), "7"),
            (Value::Number(-0.0), "0"),
            (Value::Number(-3.0), "-3"),
            (Value::Number(f64::from(i32::MAX)), "2147483647"),
            (Value::Number(5.5), "a fraction"),
            (Value::Number(-5.5), "a negative number"),
            (Value::Number(1e300), "a large number"),
            (Value::Number(-1e300), "a negative number"),
            (Value::Number(f64::NAN), "NaN"),
            (Value::Number(f64::NEG_INFINITY), "an infinite number"),
            (Value::String("3.5".into()), "the string \"3.5\""),
            (Value::Array(vec![]), "an array"),
            (Value::Object(vec![]), "an object"),
            (Value::Other("a function"), "a function"),
        ];
        for (value, words) in cases {
            assert_eq!(described(&value), words);
        }
    }

    #[test]
    fn quotes_only_the_beginning_of_a_long_text() {
        let long = "ä".repeat(1000);
        assert_eq!(described(&Value::String(long.clone())), format!("the string \"{}…\"", "ä".repeat(40)));
        let refused = Invalid::unknown(&GATEWAY, &long);
        assert_eq!(refused.param, format!("gateway.{}…", "ä".repeat(40)));
        assert!(refused.message.len() < 200);
    }

    #[test]
    fn proposes_the_own_spelling_then_the_right_object_then_the_nearest_name() {
        let cases = [
            (&ROUTING, "maxTtftMs", "Did you mean max_ttft_ms?"),
            (&ROUTING, "maxTTFTMs", "Did you mean max_ttft_ms?"),
            (&ROUTING, "maxCostPer1M", "Did you mean max_cost_per_1m?"),
            (&ROUTING, "optimise", "Did you mean optimize?"),
            (&ROUTING, "provider", "Did you mean providers?"),
            (&ROUTING, "timeout", "Did you mean timeout_ms?"),
            (&ROUTING, "byok", "Did you mean only_byok?"),
            (&ROUTING, "models", "Did you mean gateway.models?"),
            (&ROUTING, "userId", "Did you mean gateway.metadata.user_id?"),
            (&WEIGHTS, "Throughput", "Did you mean throughput?"),
            (&WEIGHTS, "tps", "Use one of: cost, ttft, throughput."),
            (&METADATA, "userId", "Did you mean user_id?"),
            (&METADATA, "customField", "Did you mean custom_fields?"),
            (&METADATA, "session", "Use one of: tags, user_id, trace_id, custom_fields."),
            (&GATEWAY, "model", "Did you mean models?"),
            (&GATEWAY, "optimize", "Did you mean gateway.routing.optimize?"),
            (&GATEWAY, "gateway", "Use one of: routing, metadata, models."),
            (&GATEWAY, "", "Use one of: routing, metadata, models."),
        ];
        for (shape, name, advice) in cases {
            let refused = Invalid::unknown(shape, name);
            assert_eq!(refused.code, "unknown_field");
            let param = format!("{}.{name}", shape.path);
            assert_eq!(refused.message, format!("{param} is not a known field. {advice}"));
            assert_eq!(refused.param, param);
        }
    }
}
