//! Routing and gateway options of any shape.

use super::json;
use auriko_wasm::routing::{GatewayOptions, Invalid, RoutingOptions};
use auriko_wasm::value::Value;

/// Routing options are refused in few words, or are sent as they were given and taken again.
pub fn routing(value: &Value) {
    round_trip(value, "gateway.routing", RoutingOptions::from_value, RoutingOptions::as_value);
    let Ok(options) = RoutingOptions::from_value(value) else { return };
    let sent = options.as_value();
    let number = |name| if let Some(Value::Number(number)) = sent.get(name) { Some(*number) } else { None };
    let is_true = |name| sent.get(name) == Some(&Value::Bool(true));
    let is_whole = |n: f64| n > 0.0 && n.is_finite() && n.fract() == 0.0;
    for name in ["max_ttft_ms", "timeout_ms", "deadline_ms", "max_fallback_attempts"] {
        assert!(number(name).is_none_or(is_whole), "{name} {sent:?}");
    }
    assert!(number("max_fallback_attempts").is_none_or(|n| n < 20.0), "{sent:?}");
    for name in ["max_cost_per_1m", "min_throughput_tps"] {
        assert!(number(name).is_none_or(|n| n > 0.0), "{name} {sent:?}");
    }
    assert!(!is_true("only_byok") || !is_true("only_platform"), "{sent:?}");
    assert!(number("deadline_ms").zip(number("timeout_ms")).is_none_or(|(all, one)| all >= one), "{sent:?}");
}

/// The same for gateway options.
pub fn gateway(value: &Value) {
    round_trip(value, "gateway", GatewayOptions::from_value, GatewayOptions::as_value);
}

fn round_trip<T: PartialEq + std::fmt::Debug>(
    value: &Value,
    path: &str,
    read: fn(&Value) -> Result<T, Invalid>,
    as_value: fn(&T) -> &Value,
) {
    match read(value) {
        Ok(options) => {
            let sent = serde_json::to_string(as_value(&options)).expect("options are JSON");
            let sent = json(&sent).expect("options are not deep").value();
            assert_eq!(plain(&sent), plain(value));
            assert_eq!(read(&sent).as_ref(), Ok(&options));
        }
        Err(refused) => {
            assert!(refused.param.starts_with(path), "{refused:?}");
            assert!(["unknown_field", "invalid_parameter_value"].contains(&refused.code), "{refused:?}");
            assert!(refused.message.starts_with(&refused.param), "{refused:?}");
            // What the caller wrote is not repeated at length.
            assert!(refused.message.chars().count() < 600, "{refused:?}");
        }
    }
}

/// Without nulls and without order, and of equal names the last.
fn plain(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let mut rest: Vec<(String, Value)> = Vec::new();
            for (name, _) in members {
                let last = value.get(name).filter(|last| **last != Value::Null);
                if let Some(last) = last
                    && rest.iter().all(|(known, _)| known != name)
                {
                    rest.push((name.clone(), plain(last)));
                }
            }
            rest.sort_by(|one, other| one.0.cmp(&other.0));
            Value::Object(rest)
        }
        Value::Null => Value::Object(Vec::new()),
        other => other.clone(),
    }
}
