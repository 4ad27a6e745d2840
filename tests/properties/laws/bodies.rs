//! Routing metadata, in the bodies of others and by itself.

use super::{pieces, too_deep};
use crate::oracle::events::events;
use crate::oracle::json::{Json, parse};
use crate::oracle::notes::of;
use auriko_wasm::capture::Capture;
use auriko_wasm::metadata::{Reading, check};
use auriko_wasm::value::Value;
use std::ops::Range;

/// The objects that may carry metadata are found at any cut, and no others.
pub fn capture(input: &[u8], sizes: &[u8], streamed: bool) {
    let text = String::from_utf8_lossy(input);
    if too_deep(&text) {
        return;
    }
    let payloads = if streamed {
        let (dispatched, unfinished) = events(input);
        dispatched.into_iter().chain(unfinished).map(|event| event.data).collect()
    } else {
        vec![text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned()]
    };
    let promising = |payload: &Json| {
        let notes = of(payload);
        notes.routing_metadata || notes.event == "terminal"
    };
    let objects = payloads.iter().filter_map(|payload| parse(payload)).filter(|json| matches!(json, Json::Object(_)));
    let expected: Vec<Json> = objects.filter(promising).collect();

    let content_type = if streamed { "text/event-stream" } else { "application/json" };
    let mut capture = Capture::of(content_type).expect("a content type with a body");
    let mut got = Vec::new();
    let object = |capture: &Capture, range: Range<usize>| {
        parse(&String::from_utf8_lossy(&capture.bytes()[range])).expect("an object that is JSON")
    };
    for piece in pieces(input, sizes) {
        capture.space(piece.len()).copy_from_slice(piece);
        let found = capture.advance();
        got.extend(found.into_iter().map(|range| object(&capture, range)));
    }
    got.extend(capture.end().map(|range| object(&capture, range)));
    assert_eq!(got, expected, "{text:?} in {sizes:?}");
}

const OPTIONAL: [&str; 4] = ["cost", "ttft_ms", "throughput_tps", "warnings"];

/// What is left of metadata is valid, and what is not dropped for a reason is left.
pub fn metadata(value: &Value) {
    let Value::Object(members) = value else {
        return assert_eq!(check(value), Reading::Invalid, "{value:?}");
    };
    let required = ["provider", "provider_model_id", "model_canonical", "routing_strategy"];
    let complete = required.iter().all(|name| matches!(value.get(name), Some(Value::String(_))));
    let is_number = |value: Option<&Value>| matches!(value, Some(Value::Number(number)) if number.is_finite());
    let fits = |name: &str| match (name, value.get(name)) {
        (_, None | Some(Value::Null)) => true,
        ("cost", Some(cost)) => is_number(cost.get("usd")),
        ("ttft_ms" | "throughput_tps", number) => is_number(number),
        // What a warning has is the unit tests' business.
        (_, Some(warnings)) => matches!(warnings, Value::Array(_)),
    };
    match check(value) {
        Reading::Invalid => assert!(!complete, "{value:?}"),
        Reading::Valid => assert!(complete && OPTIONAL.into_iter().all(fits), "{value:?}"),
        Reading::Degraded(dropped) => {
            assert!(complete && !dropped.is_empty(), "{value:?}");
            let rest = members.iter().filter(|(name, _)| !dropped.contains(&name.as_str())).cloned().collect();
            assert_eq!(check(&Value::Object(rest)), Reading::Valid, "{value:?}");
            for name in OPTIONAL {
                assert!(fits(name) || dropped.contains(&name), "{name} of {value:?}");
                assert!(name == "warnings" || !(fits(name) && dropped.contains(&name)), "{name} of {value:?}");
            }
        }
    }
}
