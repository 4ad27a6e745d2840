//! Failures that a server reports: what they say, and whether and when the request is sent again.

use crate::oracle::json::Json;
use auriko_wasm::error::{Error, Kind};
use auriko_wasm::headers::Head;
use auriko_wasm::retry::{Policy, next_delay};

/// What stands for the key of the caller in inputs.
pub const KEY: &str = "sk-0f1e2d3c4b5a";
const TYPES: [&str; 6] = [
    "invalid_request_error",
    "authentication_error",
    "permission_error",
    "not_found_error",
    "rate_limit_error",
    "api_error",
];
/// Sun, 06 Nov 1994 08:49:37 GMT.
const NOW_MS: f64 = 784_111_777_000.0;

/// An answer whose status is no success.
pub fn answer(status: u16, headers: &[(String, String)], body: &Json, attempt: u32, random: f64) {
    let head = Head::new(status, headers.iter().cloned());
    let value = body.value();
    let error = Error::from_response(&head, &value, NOW_MS);
    assert_eq!((error.status_code, error.attempts), (status, 0));
    match body.get("error").and_then(envelope) {
        Some((code, message)) => assert_eq!((&error.code, &error.message), (&code, &message)),
        None => assert_eq!((error.code.as_str(), error.kind), ("malformed_response", Kind::ApiStatus), "{body:?}"),
    }
    well_formed(&error);
    well_formed(&Error::from_unwrapped(&head, &value, NOW_MS));
    delay(&error, &head, attempt, random);
}

/// A payload of a stream that reports an error.
pub fn stream_event(body: &Json) {
    let error = Error::from_stream_event(&body.value(), &Head::new(200, []));
    well_formed(&error);
    assert!(!error.is_retryable(None) || !matches!(error.kind, Kind::Connection | Kind::Timeout));
}

/// Code and message of Auriko's own form.
fn envelope(inner: &Json) -> Option<(String, String)> {
    let text = |name| inner.get(name).and_then(Json::text).filter(|text| !text.is_empty());
    let error_type = text("type")?;
    TYPES.contains(&error_type.as_str()).then_some(())?;
    Some((text("code")?, text("message")?))
}

fn well_formed(error: &Error) {
    assert!(!error.code.is_empty() && !error.message.is_empty(), "{error:?}");
    assert!(error.retry_after_seconds.is_none_or(|seconds| seconds.is_finite() && seconds >= 0.0), "{error:?}");
    let masked = error.clone().masked(KEY);
    let shown = format!("{masked} {masked:?} {}", serde_json::to_string(&masked.fields()).expect("an error is JSON"));
    assert!(!shown.contains(KEY), "{shown}");
    let replaced = error.message.replace(KEY, "ak_***");
    // The mask may have become the end of another.
    assert_eq!(masked.message, if replaced.contains(KEY) { "ak_***".to_owned() } else { replaced });
}

/// A wait is never shorter than was asked for, nor longer than a minute and its tenth.
fn delay(error: &Error, head: &Head, attempt: u32, random: f64) {
    let policy = Policy { max_retries: 5 };
    let asked = head.retry_after(NOW_MS);
    assert!(asked.is_none_or(|ms| ms.is_finite() && ms >= 0.0), "{asked:?}");
    let Some(ms) = next_delay(policy, attempt, error, Some(head), NOW_MS, random) else { return };
    assert!(attempt < policy.max_retries && error.is_retryable(Some(head)));
    match asked.filter(|asked| *asked >= 20.0) {
        Some(asked) => assert!(asked <= 60_000.0 && (asked..=asked * 1.1).contains(&ms), "{asked} {ms}"),
        None => assert!((400.0..=36_000.0).contains(&ms), "{ms}"),
    }
    assert_eq!(next_delay(policy, policy.max_retries, error, Some(head), NOW_MS, random), None);
}
