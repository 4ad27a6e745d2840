//! The whole `gateway` object of one request.

use super::fields::Fields;
use super::invalid::Invalid;
use super::names::{GATEWAY, METADATA};
use super::options::RoutingOptions;
use crate::value::Value;
use serde::{Serialize, Serializer};

/// What a request asks of the gateway. Serialises to the wire names in this order, without the unset
/// ones. Source: Auriko API, routing options.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct GatewayOptions {
    /// How a provider is chosen. Options without a field are kept as `{}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub routing: Option<RoutingOptions>,
    /// The caller's own notes on the request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metadata: Option<RequestMetadata>,
    /// The models to choose from, in place of the request's `model`. An empty list is kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub models: Option<Vec<String>>,
}

/// The caller's own notes on a request. What the server allows in number and length is not
/// documented and not checked. Source: Auriko API, routing options.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct RequestMetadata {
    /// Labels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<String>>,
    /// The caller's name for the user the request is made for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
    /// The caller's name for the trace the request belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trace_id: Option<String>,
    /// Anything else by name, in the caller's order. Serialises to a map.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "as_map")]
    pub custom_fields: Option<Vec<(String, String)>>,
}

impl GatewayOptions {
    /// Reads options that a caller wrote. Null stands for no options, a null member for an unset one.
    /// The Python client sends a plain object under `routing` unchecked; here it is checked like
    /// [`RoutingOptions`], so that a misspelt name is found wherever it is written.
    ///
    /// # Errors
    /// The first of: not an object; an unknown name; a value that its field does not take, in the
    /// order of the fields.
    pub fn from_value(value: &Value) -> Result<Self, Invalid> {
        let mut fields = Fields::of(value, &GATEWAY)?;
        let options = Self {
            routing: fields.object("routing", RoutingOptions::from_value),
            metadata: fields.object("metadata", RequestMetadata::from_value),
            models: fields.texts("models"),
        };
        fields.end().map(|()| options)
    }
}

impl RequestMetadata {
    fn from_value(value: &Value) -> Result<Self, Invalid> {
        let mut fields = Fields::of(value, &METADATA)?;
        let metadata = Self {
            tags: fields.texts("tags"),
            user_id: fields.text("user_id"),
            trace_id: fields.text("trace_id"),
            custom_fields: fields.text_map("custom_fields"),
        };
        fields.end().map(|()| metadata)
    }
}

#[expect(clippy::ref_option, reason = "the signature is serde's")]
fn as_map<S: Serializer>(members: &Option<Vec<(String, String)>>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(members.iter().flatten().map(|(key, value)| (key, value)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(json: serde_json::Value) -> Result<GatewayOptions, Invalid> {
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
            assert_eq!(serde_json::to_string(&options).unwrap(), json);
        }
    }

    #[test]
    fn what_is_absent_or_null_is_not_sent() {
        assert_eq!(GatewayOptions::from_value(&Value::Null), Ok(GatewayOptions::default()));
        assert_eq!(read(json!({"routing": null, "metadata": null, "models": null})), Ok(GatewayOptions::default()));
        let nulls = json!({"tags": null, "user_id": null, "trace_id": null, "custom_fields": null});
        let metadata = Some(RequestMetadata::default());
        assert_eq!(read(json!({ "metadata": nulls })), Ok(GatewayOptions { metadata, ..GatewayOptions::default() }));
        let options = read(json!({"metadata": {"custom_fields": {"a": null, "b": ""}}})).unwrap();
        assert_eq!(serde_json::to_value(options).unwrap(), json!({"metadata": {"custom_fields": {"b": ""}}}));
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
            let refused = read(options).unwrap_err();
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
            let refused = read(options).unwrap_err();
            assert_eq!((refused.code, refused.param.as_str()), ("unknown_field", param));
            assert!(refused.message.ends_with(&format!("Did you mean {proposal}?")), "{}", refused.message);
        }
    }
}
