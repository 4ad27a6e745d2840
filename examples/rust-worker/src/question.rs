//! What a visitor may ask.

use auriko_wasm::error::Error;
use auriko_wasm::routing::RoutingOptions;
use auriko_wasm::value::Value;
use serde::Deserialize;
use serde_json::{Value as Json, json};

/// The body of the request to Auriko, from `{ "model", "messages", "routing"? }`.
///
/// # Errors
/// If it is no JSON, or if the routing options are wrong: nothing is sent then.
pub fn checked(question: &str) -> Result<String, Error> {
    let question: Json = serde_json::from_str(question)
        .map_err(|_| Error::invalid_option("body", "must be JSON with `model`, `messages` and `routing`"))?;
    let routing = Value::deserialize(&question["routing"]).unwrap_or(Value::Null);
    let routing = RoutingOptions::from_value(&routing)?;
    let body = json!({
        "model": question["model"],
        "messages": question["messages"],
        "stream": true,
        "gateway": { "routing": routing },
    });
    Ok(body.to_string())
}
