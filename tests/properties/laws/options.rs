//! Routing and gateway options of any shape.

use super::json;
use auriko_wasm::routing::{GatewayOptions, Invalid, RoutingOptions};
use auriko_wasm::value::Value;
use serde::Serialize;

/// Routing options are refused in few words, or are sent as they were given and taken again.
pub fn routing(value: &Value) {
    round_trip(value, "gateway.routing", RoutingOptions::from_value);
    let Ok(options) = RoutingOptions::from_value(value) else { return };
    let is_whole = |ms: f64| ms > 0.0 && ms.is_finite() && ms.fract() == 0.0;
    assert!([options.max_ttft_ms, options.timeout_ms, options.deadline_ms].into_iter().flatten().all(is_whole));
    assert!(options.max_fallback_attempts.is_none_or(|n| is_whole(n) && n < 20.0), "{options:?}");
    assert!(
        [options.max_cost_per_1m, options.min_throughput_tps].into_iter().flatten().all(|n| n > 0.0),
        "{options:?}"
    );
    assert!(options.only_byok != Some(true) || options.only_platform != Some(true), "{options:?}");
    assert!(options.deadline_ms.zip(options.timeout_ms).is_none_or(|(all, one)| all >= one), "{options:?}");
}

/// The same for gateway options.
pub fn gateway(value: &Value) {
    round_trip(value, "gateway", GatewayOptions::from_value);
}

fn round_trip<T: Serialize + PartialEq + std::fmt::Debug>(
    value: &Value,
    path: &str,
    read: fn(&Value) -> Result<T, Invalid>,
) {
    match read(value) {
        Ok(options) => {
            let sent = serde_json::to_string(&options).expect("options are JSON");
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
