//! Failures, as a visitor hears of them.

use auriko_wasm::error::Error;
use serde_json::json;
use wasm_bindgen::JsValue;
use web_sys::{Response, ResponseInit};

/// A response that tells what failed. 502 where Auriko gave no answer.
pub fn told(error: &Error) -> Result<Response, JsValue> {
    let body = json!({ "error": error.fields() }).to_string();
    let init = ResponseInit::new();
    init.set_status(if error.status_code < 400 { 502 } else { error.status_code });
    let response = Response::new_with_opt_str_and_init(Some(&body), &init)?;
    response.headers().set("content-type", "application/json")?;
    Ok(response)
}

/// The same in the middle of a text, which breaks off.
pub fn thrown(error: &Error) -> JsValue {
    let thrown = js_sys::Error::new(&error.to_string());
    thrown.set_name(error.kind.name());
    thrown.into()
}
