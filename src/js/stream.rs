//! The core's side of a stream that JavaScript reads (`pkg/src/stream.js`).

use super::abort::Link;
use super::body::bytes_of;
use super::convert::{get, is_absent, parse_json, text_of, value_of};
use super::driver::Accepted;
use super::error::Circumstances;
use super::settings::Settings;
use crate::call::Call;
use crate::stream::{Batch, Flaw, Protocol, Stream, Turn};
use crate::value::Value;
use js_sys::Array;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::AbortController;

#[wasm_bindgen(module = "/pkg/src/stream.js")]
extern "C" {
    #[wasm_bindgen(catch, js_name = openStream)]
    fn open_stream(
        responses: bool,
        source: StreamSource,
        response: &JsValue,
        controller: &AbortController,
        idle_ms: u32,
    ) -> Result<JsValue, JsValue>;
}

/// The largest event that is waited for, in bytes.
const MAX_EVENT: usize = 1 << 28;

/// The stream object that the caller gets.
///
/// # Errors
/// What the body throws when it cannot be read.
pub(super) fn open(
    responses: bool,
    source: StreamSource,
    accepted: &Accepted,
    idle_ms: u32,
) -> Result<JsValue, JsValue> {
    open_stream(responses, source, &accepted.response, &accepted.controller, idle_ms)
}

/// Turns the bytes of a body into batches of chunks. `state` tells after each call whether more is to be
/// read (0), all is here (1), the stream is broken (2) and `takeError` has the reason, or a terminal
/// event has come and the end is due (3).
#[wasm_bindgen]
pub struct StreamSource {
    inner: RefCell<Inner>,
    settings: Rc<Settings>,
    response: JsValue,
    /// Held for as long as the stream lives: the caller's signal aborts it.
    _link: Link,
}

struct Inner {
    call: Call,
    stream: Stream,
    turn: Turn,
    error: JsValue,
    routing_metadata: JsValue,
    usage: JsValue,
    completed_response: JsValue,
}

impl StreamSource {
    pub(super) fn new(call: Call, protocol: Protocol, settings: Rc<Settings>, link: Link, accepted: &Accepted) -> Self {
        let inner = Inner {
            call,
            stream: Stream::new(protocol),
            turn: Turn::Open,
            error: JsValue::UNDEFINED,
            routing_metadata: JsValue::NULL,
            usage: JsValue::NULL,
            completed_response: JsValue::NULL,
        };
        Self { inner: RefCell::new(inner), settings, response: accepted.response.clone(), _link: link }
    }

    /// What all reads have in common once the stream has advanced.
    fn hand_out(&self, text: bool, advance: impl FnOnce(&mut Stream) -> Turn) -> JsValue {
        let (batch, metadata) = {
            let inner = &mut *self.inner.borrow_mut();
            if text {
                inner.stream.read_text();
            }
            inner.turn = advance(&mut inner.stream);
            let (chunks, metadata) = inner.chunks();
            inner.explain(&self.response);
            (if text { inner.text() } else { chunks }, metadata)
        };
        for metadata in metadata {
            if let Some(metadata) = self.settings.listener.accept(&metadata) {
                self.inner.borrow_mut().routing_metadata.clone_from(&metadata);
                self.settings.listener.tell(&metadata);
            }
        }
        batch.map_or(JsValue::UNDEFINED, JsValue::from)
    }
}

#[wasm_bindgen]
impl StreamSource {
    /// Takes what one read brought; returns the array of chunks that are complete by now, if any. With
    /// `text`, an array of one string instead: the text of those chunks.
    pub fn read(&self, bytes: &JsValue, text: bool) -> JsValue {
        let Some(bytes) = bytes_of(bytes) else {
            let cause = js_sys::TypeError::new("the body is not made of bytes").into();
            let error = self.fail(cause);
            let mut inner = self.inner.borrow_mut();
            (inner.turn, inner.error) = (Turn::Broken(Flaw::Truncated), error);
            return JsValue::UNDEFINED;
        };
        self.hand_out(text, |stream| {
            let length = bytes.length() as usize;
            if stream.bytes().len() + length > MAX_EVENT {
                return Turn::Broken(Flaw::InvalidChunk);
            }
            // One that was given away has no length, and cannot be copied from.
            if length > 0 {
                bytes.copy_to(stream.space(length));
            }
            stream.advance()
        })
    }

    /// The body ended; returns what the end completed, if anything.
    pub fn end(&self, text: bool) -> JsValue {
        self.hand_out(text, Stream::end)
    }

    /// 0: more is to be read. 1: complete. 2: broken. 3: complete unless more comes at once.
    #[wasm_bindgen(getter)]
    pub fn state(&self) -> u8 {
        match self.inner.borrow().turn {
            Turn::Open => 0,
            Turn::Complete => 1,
            Turn::Broken(_) => 2,
            Turn::Settled => 3,
        }
    }

    /// Why the stream is broken.
    #[wasm_bindgen(js_name = takeError)]
    pub fn take_error(&self) -> JsValue {
        std::mem::replace(&mut self.inner.borrow_mut().error, JsValue::UNDEFINED)
    }

    /// The error for a body that could not be read on, and what was thrown.
    pub fn fail(&self, cause: JsValue) -> JsValue {
        let error = self.inner.borrow().call.lost();
        error.into_js_with(&Circumstances::of(&self.response).with_cause(cause))
    }

    /// The error for a body of which nothing came for too long.
    pub fn idle(&self) -> JsValue {
        let error = self.inner.borrow().call.idle();
        error.into_js_with(&Circumstances::of(&self.response))
    }

    /// The routing metadata seen last, or null.
    #[wasm_bindgen(getter, js_name = routingMetadata)]
    pub fn routing_metadata(&self) -> JsValue {
        self.inner.borrow().routing_metadata.clone()
    }

    /// The usage seen last, or null.
    #[wasm_bindgen(getter)]
    pub fn usage(&self) -> JsValue {
        self.inner.borrow().usage.clone()
    }

    /// The response of the terminal event, or null.
    #[wasm_bindgen(getter, js_name = completedResponse)]
    pub fn completed_response(&self) -> JsValue {
        self.inner.borrow().completed_response.clone()
    }
}

impl Inner {
    /// The text of the last read, as a batch.
    fn text(&self) -> Option<Array> {
        let text = self.stream.text();
        (!text.is_empty()).then(|| Array::of1(&JsValue::from_str(&text_of(text))))
    }

    /// The chunks of the last read as JavaScript objects, and the routing metadata among them.
    fn chunks(&mut self) -> (Option<Array>, Vec<JsValue>) {
        let Some(batch) = self.stream.batch() else { return (None, Vec::new()) };
        let chunks = if let Some(chunks) = parse_json(batch.array) {
            chunks.unchecked_into()
        } else {
            // One of them is no JSON. Those before it are still the caller's.
            self.turn = Turn::Broken(Flaw::InvalidChunk);
            one_by_one(self.stream.bytes(), &batch)
        };
        if let Some(usage) = batch.usage {
            keep(&mut self.usage, get(&at(&chunks, usage), "usage"));
        }
        if let Some(terminal) = batch.terminal {
            keep(&mut self.completed_response, get(&at(&chunks, terminal), "response"));
            keep(&mut self.usage, get(&self.completed_response, "usage"));
        }
        let metadata = batch.routing_metadata.iter().map(|&index| get(&at(&chunks, index), "routing_metadata"));
        let nested = batch.terminal.map(|_| get(&self.completed_response, "routing_metadata"));
        let metadata = metadata.chain(nested).filter(|metadata| !is_absent(metadata)).collect();
        (Some(chunks), metadata)
    }

    /// Makes the error of a stream that this read has broken.
    fn explain(&mut self, response: &JsValue) {
        let Turn::Broken(flaw) = &self.turn else { return };
        let payload = match flaw {
            Flaw::ErrorEvent(payload) => self.stream.bytes().get(payload.clone()).and_then(parse_json),
            Flaw::InvalidChunk | Flaw::Truncated => None,
        };
        let error = self.call.broken(flaw, &payload.as_ref().map_or(Value::Null, value_of));
        let body = payload.unwrap_or(JsValue::NULL);
        self.error = error.into_js_with(&Circumstances::of(response).with_body(body));
    }
}

/// What is missing does not replace what was there.
fn keep(known: &mut JsValue, seen: JsValue) {
    if !is_absent(&seen) {
        *known = seen;
    }
}

#[expect(clippy::cast_possible_truncation, reason = "an array that JSON.parse made has at most 2^32 elements")]
fn at(chunks: &Array, index: usize) -> JsValue {
    chunks.get(index as u32)
}

fn one_by_one(bytes: &[u8], batch: &Batch<'_>) -> Array {
    batch.payloads.iter().map_while(|payload| bytes.get(payload.clone()).and_then(parse_json)).collect()
}
