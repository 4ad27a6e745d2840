//! What the runtime gives: timers, `fetch`, time and chance, the environment.

use super::convert::{get, is_function};
use crate::call::Moment;
use js_sys::{Array, Function, Object, Promise};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(run: &Function, ms: f64, argument: &JsValue) -> JsValue;

    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(id: &JsValue);

    #[wasm_bindgen(js_namespace = Promise, js_name = race)]
    fn promise_race(promises: &Array) -> Promise;

    // Looked up at each call: others may have replaced it since, to trace or to cache.
    #[wasm_bindgen(catch, js_name = fetch)]
    pub(super) fn global_fetch(input: &JsValue, init: &JsValue) -> Result<JsValue, JsValue>;
}

/// A timer that ends when this is dropped.
pub(super) struct Timer {
    id: JsValue,
    over: Promise,
    /// What the promise resolves to: something that nothing else can be.
    mark: JsValue,
}

impl Timer {
    pub(super) fn after(ms: f64) -> Self {
        let mut id = JsValue::UNDEFINED;
        let mark = Object::new().into();
        let over = Promise::new(&mut |resolve, _| id = set_timeout(&resolve, ms, &mark));
        Self { id, over, mark }
    }

    /// Resolves when the time is over, to what [`Timer::is_mark`] knows.
    pub(super) fn over(&self) -> &Promise {
        &self.over
    }

    /// Whether this is what a race with the timer gives when the timer has won.
    pub(super) fn is_mark(&self, first: &JsValue) -> bool {
        *first == self.mark
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        clear_timeout(&self.id);
    }
}

/// What settles first. The others may settle later; nobody is told.
pub(super) fn race<'a>(promises: impl IntoIterator<Item = &'a Promise>) -> Promise {
    promise_race(&promises.into_iter().map(JsValue::from).collect())
}

pub(super) fn moment() -> Moment {
    Moment { now_ms: js_sys::Date::now(), random: js_sys::Math::random() }
}

/// An environment variable, where there is an environment and this code may read it.
pub(super) fn env(name: &str) -> Option<String> {
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

pub(super) fn global(name: &str) -> JsValue {
    get(&js_sys::global(), name)
}
