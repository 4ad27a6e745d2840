//! Who hears of routing metadata: `lastRoutingMetadata` and `onResponse`.

use super::abort::swallow;
use super::convert::{get, is_async, is_function, kinds_of, value_of};
use super::params::joined;
use crate::metadata::{self, Reading, check};
use crate::value::Value;
use js_sys::{Array, Function, Object, Reflect};
use std::cell::RefCell;
use wasm_bindgen::prelude::*;

/// What came last over all answers, and the callback.
pub(super) struct Listener {
    on_response: Option<Function>,
    last: RefCell<JsValue>,
}

impl Listener {
    /// # Errors
    /// The `TypeError` of an async callback.
    pub(super) fn new(on_response: Option<Function>) -> Result<Self, JsValue> {
        Ok(Self { on_response: synchronous(on_response)?, last: RefCell::new(JsValue::NULL) })
    }

    /// A request is on its way: what came before is no longer the last.
    pub(super) fn begin(&self) {
        self.last.replace(JsValue::NULL);
    }

    /// The metadata that came last, or null.
    pub(super) fn last(&self) -> JsValue {
        self.last.borrow().clone()
    }

    /// Takes what an answer says about its routing, and tells the callback.
    pub(super) fn deliver(&self, metadata: &JsValue) {
        if let Some(metadata) = self.accept(metadata) {
            self.tell(&metadata);
        }
    }

    /// What an answer says about its routing, if it can be believed. It is the last there was.
    pub(super) fn accept(&self, metadata: &JsValue) -> Option<JsValue> {
        let metadata = match check(&outline(metadata)) {
            Reading::Valid => metadata.clone(),
            Reading::Degraded(faulty) => {
                let copy = joined(&Object::new(), metadata.unchecked_ref()).ok()?;
                for name in faulty {
                    let _ = Reflect::delete_property(&copy, &name.into());
                }
                copy.into()
            }
            Reading::Invalid => return None,
        };
        self.last.replace(metadata.clone());
        Some(metadata)
    }

    /// Tells the callback. It may come back to this client, so nothing may be borrowed meanwhile.
    pub(super) fn tell(&self, metadata: &JsValue) {
        // Who listens must not break the call: what it throws or rejects is dropped.
        if let Some(callback) = &self.on_response
            && let Ok(returned) = callback.call1(&JsValue::UNDEFINED, metadata)
            && is_function(&get(&returned, "then"))
        {
            swallow(&returned);
        }
    }
}

thread_local! {
    static NAMES: Array = metadata::names().map(JsValue::from).collect();
}

/// As much of metadata as decides whether it can be believed: which text it has does not, so none is copied.
fn outline(metadata: &JsValue) -> Value {
    let kinds = NAMES.with(|names| kinds_of(metadata, names));
    let member = |(name, kind): (&'static str, char)| {
        let value = match kind {
            's' => Value::String(String::new()),
            _ => value_of(&get(metadata, name)),
        };
        (name.to_owned(), value)
    };
    Value::Object(metadata::names().zip(kinds.chars()).filter(|(_, kind)| *kind != '-').map(member).collect())
}

/// Nobody would wait for an async callback, and what it rejects with would end the process.
fn synchronous(callback: Option<Function>) -> Result<Option<Function>, JsValue> {
    if callback.as_ref().is_some_and(|callback| is_async(callback)) {
        let message = "`onResponse` must be a synchronous function: it is not awaited. Start the work inside it \
                       and handle its errors there.";
        return Err(js_sys::TypeError::new(message).into());
    }
    Ok(callback)
}
