//! What a payload says that a client must act on.

use super::json::Json;

/// As `auriko_wasm::sse::scan::Notes`, with the text itself.
#[expect(clippy::struct_excessive_bools, reason = "as in the crate")]
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Notes {
    pub routing_metadata: bool,
    pub usage: bool,
    pub error: bool,
    pub finish_reason: bool,
    /// `error`, `terminal` or nothing.
    pub event: &'static str,
    /// In units of UTF-16.
    pub content: Option<Vec<u16>>,
}

pub fn of(payload: &Json) -> Notes {
    let says = |object: &Json, name, nothing: &[Json]| object.given(name).is_some_and(|value| !nothing.contains(value));
    let empty = Json::String(Vec::new());
    let choices = match payload.get("choices") {
        Some(Json::Array(choices)) => choices.as_slice(),
        _ => &[],
    };
    Notes {
        routing_metadata: payload.given("routing_metadata").is_some(),
        usage: payload.given("usage").is_some(),
        error: says(payload, "error", &[Json::Bool(false), empty.clone()]),
        finish_reason: choices.iter().any(|choice| says(choice, "finish_reason", std::slice::from_ref(&empty))),
        event: match payload.get("type").and_then(Json::text).as_deref() {
            Some("error") => "error",
            Some("response.completed" | "response.incomplete" | "response.failed") => "terminal",
            _ => "",
        },
        content: choices.iter().find(|choice| matches!(choice, Json::Object(_) | Json::Array(_))).and_then(content),
    }
}

/// Only where the choice is the first, or does not say which it is.
fn content(choice: &Json) -> Option<Vec<u16>> {
    match choice.get("index") {
        None => {}
        Some(Json::Number(digits)) if digits.starts_with('0') => {}
        Some(_) => return None,
    }
    match choice.get("delta")?.get("content")? {
        Json::String(units) => Some(units.clone()),
        _ => None,
    }
}
