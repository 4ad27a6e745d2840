//! The whole `gateway` object of one request.

use super::invalid::Invalid;
use super::reader::read;
use super::shapes::GATEWAY;
use crate::value::Value;
use serde::{Serialize, Serializer};

/// What a request asks of the gateway: what was set, checked, by the wire names and in wire order.
#[derive(Debug, Clone, PartialEq)]
pub struct GatewayOptions(Value);

impl GatewayOptions {
    /// Reads options that a caller wrote. Null stands for no options, a null member for an unset one.
    /// The Python client sends a plain object under `routing` unchecked; here it is checked like
    /// [`RoutingOptions`](super::RoutingOptions), so that a misspelt name is found wherever it is written.
    ///
    /// # Errors
    /// The first of: not an object; an unknown name; a value that its member does not take, in wire
    /// order.
    pub fn from_value(value: &Value) -> Result<Self, Invalid> {
        read(value, &GATEWAY).map(Self)
    }

    /// The object that is sent.
    pub fn as_value(&self) -> &Value {
        &self.0
    }
}

/// As the object that is sent.
impl Serialize for GatewayOptions {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn options(json: serde_json::Value) -> Result<GatewayOptions, Invalid> {
        GatewayOptions::from_value(&json.into())
    }

    #[test]
    fn comes_out_as_it_went_in_and_in_wire_order() {
        for json in [
            r#"{"routing":{"optimize":"tps"},"metadata":{"tags":["a",""],"user_id":"u","trace_id":"t","custom_fields":{"z":"1","a":"ä"}},"models":["m1","m2"]}"#,
            r#"{"routing":{},"metadata":{},"models":[]}"#,
            r#"{"metadata":{"tags":[],"custom_fields":{}}}"#,
            "{}",
        ] {
            let mut members =
                Value::from(serde_json::from_str::<serde_json::Value>(json).unwrap()).as_object().unwrap().to_vec();
            members.reverse();
            let options = GatewayOptions::from_value(&Value::Object(members)).unwrap();
            assert_eq!(serde_json::to_string(options.as_value()).unwrap(), json);
        }
    }

    #[test]
    fn what_is_absent_or_null_is_not_sent() {
        assert_eq!(GatewayOptions::from_value(&Value::Null), Ok(GatewayOptions(Value::Object(vec![]))));
        assert_eq!(
            options(json!({"routing": null, "metadata": null, "models": null})),
            Ok(GatewayOptions(Value::Object(vec![])))
        );
        let nulls = json!({"tags": null, "user_id": null, "trace_id": null, "custom_fields": null});
        let options_of_nulls = options(json!({ "metadata": nulls })).unwrap();
        assert_eq!(serde_json::to_value(options_of_nulls.as_value()).unwrap(), json!({"metadata": {}}));
        let options = options(json!({"metadata": {"custom_fields": {"a": null, "b": ""}}})).unwrap();
        assert_eq!(
            serde_json::to_value(options.as_value()).unwrap(),
            json!({"metadata": {"custom_fields": {"b": ""}}})
        );
    }

    #[test]
    fn names_what_is_wrong_and_where() {
        let cases = [
            (json!("cost"), "gateway", "must be an object."),
            (json!({"routing": "cost"}), "gateway.routing", "must be an object."),
            (json!({"routing": {"max_ttft_ms": 0}}), "gateway.routing.max_ttft_ms", "is 0, but must be a whole number"),
            (json!({"models": "gpt-5.4"}), "gateway.models", "must be an array of strings."),
            (json!({"models": [{"id": "m"}]}), "gateway.models", "is an array with an object at index 0, but"),
            (json!({"metadata": []}), "gateway.metadata", "must be an object."),
            (json!({"metadata": {"tags": "a"}}), "gateway.metadata.tags", "Put it into an array."),
            (json!({"metadata": {"tags": ["a", 7]}}), "gateway.metadata.tags", "is an array with 7 at index 1, but"),
            (json!({"metadata": {"user_id": 7}}), "gateway.metadata.user_id", "is 7, but must be a string."),
            (json!({"metadata": {"trace_id": true}}), "gateway.metadata.trace_id", "is true, but must be a string."),
            (
                json!({"metadata": {"custom_fields": ["a"]}}),
                "gateway.metadata.custom_fields",
                "is an array, but must be an object of strings.",
            ),
            (
                json!({"metadata": {"custom_fields": {"a": "b", "n": 1}}}),
                "gateway.metadata.custom_fields",
                "is an object with 1 at n, but must be an object of strings. Turn it into a string.",
            ),
        ];
        for (options, param, words) in cases {
            let refused = self::options(options).unwrap_err();
            assert_eq!((refused.code, refused.param.as_str()), ("invalid_parameter_value", param));
            assert!(refused.message.contains(words), "{}", refused.message);
        }
    }

    #[test]
    fn refuses_unknown_names_on_every_level_and_proposes_the_right_one() {
        let cases = [
            (json!({"metdata": {}}), "gateway.metdata", "metadata"),
            (json!({"maxTtftMs": 5}), "gateway.maxTtftMs", "gateway.routing.max_ttft_ms"),
            (json!({"routing": {"maxTtftMs": 5}}), "gateway.routing.maxTtftMs", "max_ttft_ms"),
            (json!({"metadata": {"userId": "u"}}), "gateway.metadata.userId", "user_id"),
        ];
        for (options, param, proposal) in cases {
            let refused = self::options(options).unwrap_err();
            assert_eq!((refused.code, refused.param.as_str()), ("unknown_field", param));
            assert!(refused.message.ends_with(&format!("Did you mean {proposal}?")), "{}", refused.message);
        }
    }
}
