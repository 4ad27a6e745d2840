//! Routing metadata in the answers of a `fetch` whose bodies other libraries read (`pkg/src/capture.js`).

use super::body::bytes_of;
use super::convert::{get, is_absent, parse_json};
use super::listener::Listener;
use super::settings::function;
use crate::capture::Capture;
use js_sys::Array;
use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;
use wasm_bindgen::prelude::*;

/// How much of an event, or of an object, is held until it is whole, in bytes.
const MAX_HELD: usize = 1 << 28;

/// Hears of the routing metadata that other libraries pass by.
#[wasm_bindgen]
pub struct MetadataListener {
    listener: Rc<Listener>,
}

impl MetadataListener {
    pub(super) fn of(listener: &Rc<Listener>) -> Self {
        Self { listener: Rc::clone(listener) }
    }
}

#[wasm_bindgen]
impl MetadataListener {
    /// Takes `{ onResponse }`.
    ///
    /// # Errors
    /// `TypeError` for an async `onResponse`, `BadRequestError` for one that is no function.
    #[wasm_bindgen(constructor)]
    pub fn new(options: &JsValue) -> Result<Self, JsValue> {
        Ok(Self { listener: Rc::new(Listener::new(function(options, "onResponse")?)?) })
    }

    /// A request is on its way: there is no last metadata until its own comes.
    pub fn begin(&self) {
        self.listener.begin();
    }

    /// The routing metadata that arrived last, or null.
    #[wasm_bindgen(getter, js_name = lastRoutingMetadata)]
    pub fn last_routing_metadata(&self) -> JsValue {
        self.listener.last()
    }

    /// Takes what a [`MetadataScanner`] found as the last there was; returns it as it can be believed, if it can.
    pub fn accept(&self, metadata: &JsValue) -> Option<JsValue> {
        self.listener.accept(metadata)
    }

    /// Tells the callback of what was accepted.
    pub fn tell(&self, metadata: &JsValue) {
        self.listener.tell(metadata);
    }

    /// The scanner for a body of this content type; none where there can be no metadata.
    pub fn scanner(&self, content_type: &str) -> Option<MetadataScanner> {
        Some(MetadataScanner { capture: RefCell::new(Some(Capture::of(content_type)?)) })
    }
}

/// Looks for routing metadata in the bytes of one body. What it finds, [`MetadataListener::accept`] takes.
#[wasm_bindgen]
pub struct MetadataScanner {
    /// None once too much of the body would have to be held.
    capture: RefCell<Option<Capture>>,
}

#[wasm_bindgen]
impl MetadataScanner {
    /// Takes a piece of the body; returns the metadata that is complete by now, if any. What is not made of
    /// bytes is passed over.
    pub fn read(&self, bytes: &JsValue) -> Option<Array> {
        let bytes = bytes_of(bytes)?;
        let length = bytes.length() as usize;
        let capture = &mut *self.capture.borrow_mut();
        capture.take_if(|capture| capture.bytes().len() + length > MAX_HELD || !capture.can_hold(length));
        let capture = capture.as_mut()?;
        bytes.copy_to(capture.space(length));
        let found = capture.advance();
        if found.is_empty() { None } else { Some(metadata(capture, found)) }
    }

    /// The body ended, in any way; returns what that completed.
    pub fn end(&self) -> Option<Array> {
        let capture = &mut *self.capture.borrow_mut();
        let capture = capture.as_mut()?;
        let found = capture.end()?;
        Some(metadata(capture, [found]))
    }
}

/// The metadata of some objects: their own, or that of their `response`.
fn metadata(capture: &Capture, payloads: impl IntoIterator<Item = Range<usize>>) -> Array {
    let objects = payloads.into_iter().filter_map(|payload| capture.bytes().get(payload).and_then(parse_json));
    let places = objects
        .flat_map(|object| [get(&object, "routing_metadata"), get(&get(&object, "response"), "routing_metadata")]);
    places.filter(|metadata| !is_absent(metadata)).collect()
}
