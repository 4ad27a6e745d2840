//! The routing options of one request.

use super::invalid::Invalid;
use super::reader::read;
use super::shapes::ROUTING;
use crate::value::Value;
use serde::{Serialize, Serializer};

/// How the router chooses a provider: the options that were set, checked, by their wire names and in wire order.
#[derive(Debug, Clone, PartialEq)]
pub struct RoutingOptions(Value);

impl RoutingOptions {
    /// Reads options that a caller wrote. Null stands for no options, a null member for an unset one.
    /// Options may contradict each other in what they ask for (a provider both allowed and excluded):
    /// only the server knows what that leaves.
    ///
    /// # Errors
    /// The first of: not an object; an unknown name; a value that its member does not take, in wire
    /// order; `only_byok` with `only_platform`; a `deadline_ms` below `timeout_ms`.
    pub fn from_value(value: &Value) -> Result<Self, Invalid> {
        read(value, &ROUTING).map(Self)
    }

    /// The object that is sent.
    pub fn as_value(&self) -> &Value {
        &self.0
    }
}

/// As the object that is sent.
impl Serialize for RoutingOptions {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::routing::{DATA_POLICY, METRIC_PERCENTILE, MODE, OPTIMIZE};
    use serde_json::json;

    const FULL: &str = r#"{"optimize":"cost-focus","weights":{"cost":1.0,"ttft":0.5,"throughput":0.0},"max_cost_per_1m":2.5,"max_ttft_ms":500.0,"min_throughput_tps":0.1,"ttft_percentile":"p50","throughput_percentile":"p95","providers":["openai"],"exclude_providers":[],"prefer":"","mode":"fallback","allow_fallbacks":false,"max_fallback_attempts":19.0,"timeout_ms":1000.0,"deadline_ms":1000.0,"data_policy":"zdr","only_byok":true,"only_platform":false,"require_parameters":true,"tier":"priority"}"#;

    fn with(name: &str, value: Value) -> Result<RoutingOptions, Invalid> {
        RoutingOptions::from_value(&Value::Object(vec![(name.into(), value)]))
    }

    fn options(json: serde_json::Value) -> Result<RoutingOptions, Invalid> {
        RoutingOptions::from_value(&json.into())
    }

    fn number(number: f64) -> Value {
        Value::Number(number)
    }

    fn string(text: &str) -> Value {
        Value::String(text.into())
    }

    #[test]
    fn all_twenty_fields_come_out_as_they_went_in_and_in_wire_order_whatever_order_they_were_written_in() {
        let mut members =
            Value::from(serde_json::from_str::<serde_json::Value>(FULL).unwrap()).as_object().unwrap().to_vec();
        assert!(members.iter().map(|(name, _)| name.as_str()).eq(ROUTING.names()));
        assert_eq!(members.len(), 20);
        members.reverse();
        let options = RoutingOptions::from_value(&Value::Object(members)).unwrap();
        assert_eq!(serde_json::to_string(options.as_value()).unwrap(), FULL);
    }

    #[test]
    fn what_is_absent_or_null_is_not_sent() {
        for name in ROUTING.names() {
            assert_eq!(with(name, Value::Null), Ok(RoutingOptions(Value::Object(vec![]))), "{name}");
        }
        assert_eq!(RoutingOptions::from_value(&Value::Null), Ok(RoutingOptions(Value::Object(vec![]))));
        assert_eq!(serde_json::to_string(options(json!({})).unwrap().as_value()).unwrap(), "{}");
    }

    #[test]
    fn takes_an_object_only() {
        for value in [string("cost"), number(1.0), Value::Array(vec![]), Value::Other("a function")] {
            let refused = RoutingOptions::from_value(&value).unwrap_err();
            assert_eq!((refused.code, refused.param.as_str()), ("invalid_parameter_value", "gateway.routing"));
        }
    }

    #[test]
    fn an_unknown_name_is_refused_before_any_value_and_even_if_null() {
        let refused = options(json!({"max_ttft_ms": "soon", "maxTTFTMs": null})).unwrap_err();
        assert_eq!((refused.code, refused.param.as_str()), ("unknown_field", "gateway.routing.maxTTFTMs"));
        assert!(refused.message.ends_with("Did you mean max_ttft_ms?"));
    }

    #[test]
    fn of_several_wrong_values_the_first_in_wire_order_is_told() {
        let refused = options(json!({"tier": 1, "max_ttft_ms": 0, "weights": {}, "providers": [1, 2]})).unwrap_err();
        assert_eq!(refused.param, "gateway.routing.weights");
        let refused = options(json!({"tier": 1, "providers": ["a", 1, 2]})).unwrap_err();
        assert!(refused.message.contains("with 1 at index 1"), "{}", refused.message);
        let refused = options(json!({"tier": 1, "only_byok": true, "only_platform": true})).unwrap_err();
        assert_eq!(refused.param, "gateway.routing.tier");
    }

    #[test]
    fn numbers_keep_to_their_limits() {
        let never = [-1.0, -0.0, 0.0, f64::NAN, f64::INFINITY, f64::NEG_INFINITY];
        let fields: [(&str, &str, &[f64], &[f64]); 6] = [
            ("max_cost_per_1m", "a finite number greater than 0", &[5e-324, 0.5, 5.0, 1e300], &[]),
            ("min_throughput_tps", "a finite number greater than 0", &[5e-324, 0.5, 5.0, 1e300], &[]),
            ("max_ttft_ms", "a whole number greater than 0", &[1.0, 5.0, 9e15], &[0.5, 5.5]),
            ("timeout_ms", "a whole number greater than 0", &[1.0, 5.0, 9e15], &[0.5, 5.5]),
            ("deadline_ms", "a whole number greater than 0", &[1.0, 5.0, 9e15], &[0.5, 5.5]),
            ("max_fallback_attempts", "a whole number from 1 to 19", &[1.0, 5.0, 19.0], &[0.5, 5.5, 19.5, 20.0]),
        ];
        for (name, expected, allowed, not_allowed) in fields {
            for taken in allowed {
                let options = serde_json::to_value(with(name, number(*taken)).unwrap().as_value()).unwrap();
                assert_eq!(options, json!({ name: taken }));
            }
            for wrong in not_allowed.iter().chain(&never) {
                let refused = with(name, number(*wrong)).unwrap_err();
                assert_eq!(refused.param, format!("gateway.routing.{name}"));
                assert!(refused.message.contains(&format!("but must be {expected}. Change it")), "{wrong}");
            }
            let refused = with(name, string("5")).unwrap_err();
            assert!(refused.message.contains("is the string \"5\", but must be"), "{}", refused.message);
            assert!(refused.message.ends_with("Pass a number, not a string."), "{}", refused.message);
            assert!(with(name, Value::Bool(true)).is_err(), "{name}");
        }
    }

    #[test]
    fn words_are_taken_exactly_and_the_nearest_is_proposed() {
        let fields = [
            ("optimize", OPTIMIZE),
            ("ttft_percentile", METRIC_PERCENTILE),
            ("throughput_percentile", METRIC_PERCENTILE),
            ("mode", MODE),
            ("data_policy", DATA_POLICY),
        ];
        for (name, choices) in fields {
            for (constant, word) in choices {
                let options = serde_json::to_value(with(name, string(word)).unwrap().as_value()).unwrap();
                assert_eq!(options, json!({ name: word }));
                let refused = with(name, string(constant)).unwrap_err();
                assert!(refused.message.ends_with(&format!("Did you mean {word}?")), "{}", refused.message);
            }
            for wrong in [string(""), string("whatever"), number(0.0), Value::Bool(true), Value::Array(vec![])] {
                assert!(with(name, wrong).unwrap_err().message.ends_with("Change it or leave it out."), "{name}");
            }
        }
        assert_eq!(
            with("data_policy", string("no-trainin")).unwrap_err().message,
            "gateway.routing.data_policy is the string \"no-trainin\", but must be one of: none, no_training, zdr. \
             Did you mean no_training?"
        );
    }

    #[test]
    fn flags_texts_and_lists_take_no_other_type() {
        for name in ["allow_fallbacks", "only_byok", "only_platform", "require_parameters"] {
            for wrong in [string("true"), number(1.0), number(0.0), Value::Object(vec![])] {
                assert!(with(name, wrong).unwrap_err().message.contains("must be true or false. Pass a boolean"));
            }
        }
        for name in ["prefer", "tier"] {
            for wrong in [number(1.0), Value::Bool(false), Value::Array(vec![string("openai")])] {
                assert!(with(name, wrong).unwrap_err().message.contains("must be a string. Pass a string"));
            }
        }
        for name in ["providers", "exclude_providers"] {
            let refused = with(name, string("openai")).unwrap_err();
            assert!(refused.message.ends_with("must be an array of strings. Put it into an array."));
            assert!(with(name, Value::Object(vec![])).is_err());
            let refused = with(name, Value::Array(vec![string("openai"), Value::Null])).unwrap_err();
            assert_eq!(refused.param, format!("gateway.routing.{name}"));
            assert!(refused.message.contains("is an array with null at index 1, but must be"), "{}", refused.message);
        }
    }

    #[test]
    fn own_keys_only_and_platform_keys_only_exclude_each_other() {
        for (byok, platform, taken) in [(true, true, false), (true, false, true), (false, true, true)] {
            let result = options(json!({"only_byok": byok, "only_platform": platform}));
            assert_eq!(result.is_ok(), taken, "{byok} {platform}");
        }
        let refused = options(json!({"only_byok": true, "only_platform": true})).unwrap_err();
        assert_eq!((refused.code, refused.param.as_str()), ("invalid_parameter_value", "gateway.routing.only_byok"));
    }

    #[test]
    fn the_deadline_is_no_shorter_than_the_timeout() {
        assert!(options(json!({"timeout_ms": 500, "deadline_ms": 500})).is_ok());
        let refused = options(json!({"timeout_ms": 500, "deadline_ms": 499})).unwrap_err();
        assert_eq!((refused.code, refused.param.as_str()), ("invalid_parameter_value", "gateway.routing.deadline_ms"));
    }

    #[test]
    fn what_only_the_server_can_judge_is_not_refused() {
        for options in [
            json!({"optimize": "cost", "weights": {"cost": 1}}),
            json!({"providers": ["openai"], "exclude_providers": ["openai"]}),
            json!({"providers": [""], "prefer": "nobody", "tier": "unheard-of"}),
            json!({"ttft_percentile": "p95"}),
        ] {
            assert!(self::options(options.clone()).is_ok(), "{options}");
        }
    }
}
