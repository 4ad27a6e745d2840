//! What the clients of other libraries need of this one: where to connect, and which error a failure is.

use super::convert::{excerpt_of, set, value_of};
use super::driver::read_head;
use super::error::Circumstances;
use super::host::moment;
use super::key::resolve_key;
use super::log::Log;
use super::settings::{OPENAI_OPTIONS, base_url, read_options};
use crate::error::Error;
use crate::headers::Head;
use js_sys::Object;
use wasm_bindgen::prelude::*;

/// Takes the options of a client; returns `{ apiKey, baseUrl }`, the key null where a proxy holds it.
///
/// # Errors
/// `AuthenticationError` without a key, or with one in a browser; `BadRequestError` for an option that
/// cannot be.
#[wasm_bindgen(unchecked_return_type = "{ apiKey: string | null, baseUrl: string }")]
pub fn connection(options: &JsValue) -> Result<Object, JsValue> {
    let options = &read_options(options, &OPENAI_OPTIONS)?;
    let log = Log::from_options(options)?;
    let key = resolve_key(options)?;
    let connection = Object::new();
    set(&connection, "baseUrl", &base_url(options, key.is_none(), &log).map_err(as_openai_says)?.into());
    set(&connection, "apiKey", &key.map_or(JsValue::NULL, |key| key.reveal().into()));
    Ok(connection)
}

/// OpenAI's client has another name for `baseUrl`, and its users know that one.
fn as_openai_says(mut error: Error) -> Error {
    if let Some(problem) = error.message.strip_prefix("`baseUrl`") {
        error.message = ["`baseURL`", problem].concat();
        error.param = Some("baseURL".to_owned());
    }
    error
}

/// The error of an answer whose status is no success. `answer` is its `{ status, headers }`, `body` its
/// JSON, or its text where it is none. `key` is masked in what the server says.
#[wasm_bindgen(js_name = statusError)]
pub fn status_error(answer: &JsValue, body: JsValue, attempts: u32, key: Option<String>) -> JsValue {
    let error = Error::from_unwrapped(&head_of(answer), &value_of(&body), moment().now_ms);
    with_circumstances(error, answer, body, attempts, key)
}

/// The error that a stream reported. `body` is its event; otherwise as [`status_error`].
#[wasm_bindgen(js_name = streamError)]
pub fn stream_error(answer: &JsValue, body: JsValue, attempts: u32, key: Option<String>) -> JsValue {
    let error = Error::from_stream_event(&value_of(&body), &head_of(answer));
    with_circumstances(error, answer, body, attempts, key)
}

fn head_of(answer: &JsValue) -> Head {
    read_head(answer, "").map(|(head, _)| head).unwrap_or_default()
}

fn with_circumstances(
    mut error: Error,
    answer: &JsValue,
    body: JsValue,
    attempts: u32,
    key: Option<String>,
) -> JsValue {
    error.attempts = attempts;
    let error = if let Some(key) = key { error.masked(&key) } else { error };
    let body = if body.is_string() { excerpt_of(&body) } else { body };
    error.into_js_with(&Circumstances::of(answer).with_body(body))
}
