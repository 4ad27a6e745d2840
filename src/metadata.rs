//! How the router served a request: `routing_metadata`, which responses and the last chunk of a
//! stream carry. Source: Auriko API, response metadata.
//!
//! ```text
//! { provider, provider_model_id, model_canonical, routing_strategy: string,
//!   cost?: { usd: number, … }, ttft_ms?: number, throughput_tps?: number,
//!   warnings?: [{ type?: string, code: string, message: string }] }
//! ```
//!
//! The object itself stays JavaScript's; only what is wrong with it is told. The Python client
//! throws where one value is unexpected and so loses a completion that has been paid for. Here
//! metadata never fails a call: what has the wrong shape is left out, what is unknown is kept.

use crate::value::Value;

/// What can be used of a `routing_metadata`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// All of it.
    Valid,
    /// All but these optional members, whose shape is not the documented one; in the order `cost`,
    /// `ttft_ms`, `throughput_tps`, `warnings`.
    Degraded(Vec<&'static str>),
    /// None of it: it is no object, or a required string is missing.
    Invalid,
}

const REQUIRED: [&str; 4] = ["provider", "provider_model_id", "model_canonical", "routing_strategy"];

type Shape = fn(&Value) -> bool;

const OPTIONAL: [(&str, Shape); 4] =
    [("cost", is_cost), ("ttft_ms", is_number), ("throughput_tps", is_number), ("warnings", is_warnings)];

/// The members that [`check`] looks at. Of those that are text it looks at no more than that.
pub fn names() -> impl Iterator<Item = &'static str> {
    REQUIRED.into_iter().chain(OPTIONAL.iter().map(|(name, _)| *name))
}

/// Reads `metadata`. Null is the same as absent for optional members; unknown members and unknown
/// words are fine on every level.
pub fn check(metadata: &Value) -> Reading {
    if !REQUIRED.iter().all(|name| is_string(metadata, name)) {
        return Reading::Invalid;
    }
    let unusable: Vec<_> = OPTIONAL.iter().filter(|(name, fits)| !present(metadata, name).is_none_or(fits)).collect();
    if unusable.is_empty() {
        return Reading::Valid;
    }
    Reading::Degraded(unusable.into_iter().map(|(name, _)| *name).collect())
}

#[inline(never)]
fn present<'a>(object: &'a Value, name: &str) -> Option<&'a Value> {
    object.get(name).filter(|value| !matches!(value, Value::Null))
}

fn is_string(object: &Value, name: &str) -> bool {
    matches!(present(object, name), Some(Value::String(_)))
}

fn is_number(value: &Value) -> bool {
    matches!(value, Value::Number(number) if number.is_finite())
}

/// Only `usd` decides: a flaw in the details of a saving is no reason to hide the price.
fn is_cost(value: &Value) -> bool {
    present(value, "usd").is_some_and(is_number)
}

/// A warning without a `type` is fine: the API reference shows such a one.
fn is_warning(value: &Value) -> bool {
    is_string(value, "code")
        && is_string(value, "message")
        && present(value, "type").is_none_or(|kind| kind.as_str().is_some())
}

fn is_warnings(value: &Value) -> bool {
    matches!(value, Value::Array(warnings) if warnings.iter().all(is_warning))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const REQUIRED_ONLY: &str = r#"{"provider":"openai","provider_model_id":"gpt-4o-2024-08-06","model_canonical":"gpt-4o","routing_strategy":"cost-focus"}"#;

    fn required_only() -> Vec<(String, Value)> {
        Value::from(serde_json::from_str::<serde_json::Value>(REQUIRED_ONLY).unwrap()).as_object().unwrap().to_vec()
    }

    fn with(name: &str, value: Value) -> Value {
        let mut members = required_only();
        members.push((name.into(), value));
        Value::Object(members)
    }

    #[test]
    fn the_required_strings_suffice() {
        assert_eq!(check(&Value::Object(required_only())), Reading::Valid);
        for name in ["provider", "provider_model_id", "model_canonical", "routing_strategy"] {
            assert_eq!(check(&with(name, Value::String(String::new()))), Reading::Valid, "{name}");
            for wrong in [Value::Null, Value::Number(1.0), Value::Array(vec![])] {
                assert_eq!(check(&with(name, wrong)), Reading::Invalid, "{name}");
            }
            let mut members = required_only();
            members.retain(|(member, _)| member != name);
            assert_eq!(check(&Value::Object(members)), Reading::Invalid, "{name}");
        }
    }

    #[test]
    fn what_is_no_object_is_invalid() {
        for value in [Value::Null, Value::Bool(true), Value::String("x".into()), Value::Array(vec![])] {
            assert_eq!(check(&value), Reading::Invalid);
        }
    }

    #[test]
    fn optional_members_of_the_documented_shape_are_valid() {
        let warning = json!({"type": "unknown_provider", "code": "c", "message": "m"});
        let cases = [
            ("cost", json!({"usd": 0.000_105})),
            ("cost", json!({"usd": 0, "cache_savings_percent": 12, "cache_savings_usd": 0.1, "hosted_tool_usd": 0})),
            ("ttft_ms", json!(123)),
            ("throughput_tps", json!(9.2)),
            ("warnings", json!([])),
            ("warnings", json!([warning, warning])),
            ("routing_strategy", json!("invented-tomorrow")),
        ];
        for (name, value) in cases {
            assert_eq!(check(&with(name, value.clone().into())), Reading::Valid, "{name} {value}");
        }
        for name in ["cost", "ttft_ms", "throughput_tps", "warnings"] {
            assert_eq!(check(&with(name, Value::Null)), Reading::Valid, "{name}");
        }
    }

    #[test]
    fn what_is_unknown_is_valid_on_every_level() {
        let cases = [
            ("region", json!({"any": ["thing"]})),
            ("cost", json!({"usd": 1, "currency": {"code": "USD"}, "cache_savings_usd": "much"})),
            ("warnings", json!([{"type": "invented_tomorrow", "code": "c", "message": "m", "more": 1}])),
            ("warnings", json!([{"code": "c", "message": "m"}, {"type": null, "code": "c", "message": "m"}])),
        ];
        for (name, value) in cases {
            assert_eq!(check(&with(name, value.clone().into())), Reading::Valid, "{name} {value}");
        }
    }

    #[test]
    fn an_optional_member_of_another_shape_is_dropped_alone() {
        let cases = [
            ("cost", json!(0.1)),
            ("cost", json!([])),
            ("cost", json!({})),
            ("cost", json!({"usd": null})),
            ("cost", json!({"usd": "0.1"})),
            ("ttft_ms", json!("12")),
            ("throughput_tps", json!({})),
            ("warnings", json!({})),
            ("warnings", json!("careful")),
            ("warnings", json!(["careful"])),
            ("warnings", json!([null])),
            ("warnings", json!([{"type": "t", "code": "c"}])),
            ("warnings", json!([{"type": "t", "code": 1, "message": "m"}])),
            ("warnings", json!([{"type": 1, "code": "c", "message": "m"}])),
            ("warnings", json!([{"code": "c", "message": "m"}, {"code": "c"}])),
        ];
        for (name, value) in cases {
            assert_eq!(check(&with(name, value.clone().into())), Reading::Degraded(vec![name]), "{name} {value}");
        }
        for number in [f64::NAN, f64::INFINITY] {
            let usd = Value::Object(vec![("usd".into(), Value::Number(number))]);
            assert_eq!(check(&with("cost", usd)), Reading::Degraded(vec!["cost"]));
            assert_eq!(check(&with("ttft_ms", Value::Number(number))), Reading::Degraded(vec!["ttft_ms"]));
        }
    }

    #[test]
    fn all_that_is_dropped_is_told_in_one_order() {
        let mut members = required_only();
        for name in ["warnings", "throughput_tps", "cost", "ttft_ms"] {
            members.push((name.into(), Value::Bool(false)));
        }
        let dropped = vec!["cost", "ttft_ms", "throughput_tps", "warnings"];
        assert_eq!(check(&Value::Object(members)), Reading::Degraded(dropped));
    }
}
