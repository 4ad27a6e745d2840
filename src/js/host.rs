//! What the runtime gives: `fetch`, time and chance, the environment.

use super::convert::{get, is_function};
use crate::call::Moment;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    // Looked up at each call: others may have replaced it since, to trace or to cache.
    #[wasm_bindgen(catch, js_name = fetch)]
    pub(super) fn global_fetch(input: &JsValue, init: &JsValue) -> Result<JsValue, JsValue>;
}

pub(super) fn moment() -> Moment {
    Moment { now_ms: js_sys::Date::now(), random: js_sys::Math::random() }
}

/// An environment variable, where there is an environment and this code may read it.
pub(super) fn env(name: &'static str) -> Option<String> {
    get(&get(&global("process"), "env"), name).as_string()
}

/// Whether this runs where everyone who opens a page can read what the code holds: a page, or a worker
/// of one. jsdom inside Node is not that.
pub(super) fn is_browser() -> bool {
    let server =
        [get(&get(&global("process"), "versions"), "node"), global("Deno"), global("Bun"), global("EdgeRuntime")];
    if server.iter().any(|mark| !mark.is_undefined()) {
        return false;
    }
    let user_agent = get(&global("navigator"), "userAgent").as_string();
    if user_agent.as_deref() == Some("Cloudflare-Workers") {
        return false;
    }
    get(&global("window"), "document").is_object() || is_function(&global("WorkerGlobalScope"))
}

pub(super) fn global(name: &'static str) -> JsValue {
    get(&js_sys::global(), name)
}
