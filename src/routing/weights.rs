//! A scoring of one's own.

use super::fields::{Fields, SHARE};
use super::invalid::Invalid;
use super::names::WEIGHTS;
use crate::value::Value;
use serde::Serialize;

/// How much each metric counts when providers are scored. The shares need not add up to one.
/// Source: Auriko API, routing options.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Weights {
    /// The price; finite, 0 or greater.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost: Option<f64>,
    /// The time to the first token; finite, 0 or greater.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ttft: Option<f64>,
    /// The tokens per second; finite, 0 or greater.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub throughput: Option<f64>,
}

impl Weights {
    /// Reads `gateway.routing.weights`.
    ///
    /// # Errors
    /// If it is no object of known metrics and finite numbers of 0 or more, or if none is above 0:
    /// such a score could not tell two providers apart.
    pub(super) fn from_value(value: &Value) -> Result<Self, Invalid> {
        let mut fields = Fields::of(value, &WEIGHTS)?;
        let weights = Self {
            cost: fields.number("cost", &SHARE),
            ttft: fields.number("ttft", &SHARE),
            throughput: fields.number("throughput", &SHARE),
        };
        fields.end()?;
        if [weights.cost, weights.ttft, weights.throughput].into_iter().any(|share| share > Some(0.0)) {
            return Ok(weights);
        }
        let received = "an object with no weight above 0";
        let advice = "Raise a weight or leave them all out.";
        Err(Invalid::value(WEIGHTS.path.to_owned(), received, "one with at least one such weight", advice))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(json: serde_json::Value) -> Result<Weights, Invalid> {
        Weights::from_value(&json.into())
    }

    #[test]
    fn takes_any_shares_of_which_one_is_above_zero() {
        for shares in [
            json!({"cost": 1.0}),
            json!({"ttft": 0.0, "throughput": 7.5}),
            json!({"cost": 0.1, "ttft": 0.2, "throughput": 30.0}),
            json!({"cost": -0.0, "ttft": 5e-324}),
        ] {
            assert_eq!(serde_json::to_value(read(shares.clone()).unwrap()).unwrap(), shares);
        }
    }

    #[test]
    fn takes_null_for_unset() {
        assert_eq!(read(json!({"cost": 2, "ttft": null})), Ok(Weights { cost: Some(2.0), ..Weights::default() }));
    }

    #[test]
    fn wants_at_least_one_above_zero() {
        for shares in [json!({}), json!({"cost": 0}), json!({"cost": -0.0, "ttft": 0}), json!({"throughput": null})] {
            let refused = read(shares).unwrap_err();
            assert_eq!((refused.code, refused.param.as_str()), ("invalid_parameter_value", "gateway.routing.weights"));
            assert!(refused.message.contains("no weight above 0"), "{}", refused.message);
        }
    }

    #[test]
    fn refuses_what_is_no_share() {
        for share in [
            Value::Number(-1.0),
            Value::Number(-5e-324),
            Value::Number(f64::NAN),
            Value::Number(f64::INFINITY),
            Value::String("1".into()),
            Value::Bool(true),
        ] {
            let refused = Weights::from_value(&Value::Object(vec![("cost".into(), share)])).unwrap_err();
            assert_eq!(refused.param, "gateway.routing.weights.cost");
            assert!(refused.message.contains("must be a finite number, 0 or greater"), "{}", refused.message);
        }
    }

    #[test]
    fn refuses_what_is_no_object_of_known_metrics() {
        let refused = read(json!([1])).unwrap_err();
        assert_eq!((refused.code, refused.param.as_str()), ("invalid_parameter_value", "gateway.routing.weights"));
        let refused = read(json!({"cost": 1, "latency": 1})).unwrap_err();
        assert_eq!((refused.code, refused.param.as_str()), ("unknown_field", "gateway.routing.weights.latency"));
    }
}
