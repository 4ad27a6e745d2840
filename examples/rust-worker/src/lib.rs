//! A Worker in Rust: it takes a chat, checks its routing options, asks Auriko, and streams the text
//! of the answer. `worker.mjs` is its entry.
//!
//! `auriko-wasm` has the rules (options, errors, streams), this crate does what needs a platform.

mod answer;
mod error;
mod question;

use auriko_wasm::config::{ApiKey, normalise};
use auriko_wasm::error::Error;
use auriko_wasm::headers::Head;
use auriko_wasm::value::Value;
use js_sys::{Array, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Headers, Request, RequestInit, Response};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = fetch)]
    fn send(url: &str, init: &RequestInit) -> Promise;
}

/// Answers a request. `key` is that of Auriko, and `base_url` where the API is; blank for its own.
#[wasm_bindgen]
pub async fn fetch(request: Request, key: String, base_url: String) -> Result<Response, JsValue> {
    match ask(&request, &key, &base_url).await {
        Ok(response) => Ok(response),
        Err(error) => error::told(&error),
    }
}

async fn ask(request: &Request, key: &str, base_url: &str) -> Result<Response, Error> {
    let url = [&normalise(base_url, false)?, "/chat/completions"].concat();
    let key = ApiKey::new(key)?;
    let question = text_of(request.text()).await.ok_or_else(Error::connection)?;
    let body = question::checked(&question)?;

    let init = RequestInit::new();
    init.set_method("POST");
    init.set_body(&body.into());
    init.set_headers(&headers(&key));
    let response = JsFuture::from(send(&url, &init)).await.map_err(|_| Error::connection())?;
    let response: Response = response.dyn_into().map_err(|_| Error::no_response())?;
    let head = head_of(&response);
    if !response.ok() {
        let body = text_of(response.text()).await.and_then(|body| serde_json::from_str(&body).ok());
        let refusal = Error::from_response(&head, &body.unwrap_or(Value::Null), js_sys::Date::now());
        return Err(refusal.masked(key.reveal()));
    }
    answer::streamed(&response, head).ok_or_else(Error::no_response)
}

fn headers(key: &ApiKey) -> JsValue {
    let pair = |name: &str, value: &str| Array::of2(&name.into(), &value.into());
    Array::of2(&pair("authorization", &key.bearer()), &pair("content-type", "application/json")).into()
}

/// What the core wants to know of an answer.
fn head_of(response: &Response) -> Head {
    Head::new(response.status(), pairs(&response.headers()))
}

fn pairs(headers: &Headers) -> Vec<(String, String)> {
    let text = |pair: &Array, index| pair.get(index).as_string().unwrap_or_default();
    headers
        .entries()
        .into_iter()
        .flatten()
        .map(|pair| Array::from(&pair))
        .map(|pair| (text(&pair, 0), text(&pair, 1)))
        .collect()
}

async fn text_of(body: Result<Promise, JsValue>) -> Option<String> {
    JsFuture::from(body.ok()?).await.ok()?.as_string()
}
