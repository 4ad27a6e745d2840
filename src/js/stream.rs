//! The core's side of a stream that JavaScript reads (`pkg/src/stream.js`).

use super::abort::Link;
use super::body::fill;
use super::convert::{decode, excerpt_of_bytes, get, is_absent, parse_json, value_of};
use super::driver::Accepted;
use super::error::Circumstances;
use super::memory::{Place, place, share};
use super::settings::Settings;
use crate::call::Call;
use crate::error::Error;
use crate::stream::{Batch, End, Flaw, Life, Protocol, Stream, Turn};
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
    ) -> Result<JsValue, JsValue>;
}

#[wasm_bindgen(module = "/pkg/src/ended.js")]
extern "C" {
    fn ended(batch: &JsValue) -> JsValue;
}

#[wasm_bindgen(module = "/pkg/src/chunks.js")]
extern "C" {
    /// Makes objects of what was abridged.
    type Chunks;
    #[wasm_bindgen(constructor)]
    fn new() -> Chunks;
    /// An array; undefined where one of the array is no JSON.
    #[wasm_bindgen(method)]
    fn read(
        this: &Chunks,
        array: Place,
        array_length: usize,
        texts: Place,
        texts_length: usize,
        marks: Place,
        marks_length: usize,
    ) -> JsValue;
    /// As many as there are whole ones for.
    #[wasm_bindgen(method)]
    fn arrange(
        this: &Chunks,
        whole: &Array,
        texts: Place,
        texts_length: usize,
        marks: Place,
        marks_length: usize,
    ) -> Array;
}

/// The largest event that is waited for, in bytes.
const MAX_EVENT: usize = 1 << 28;

/// The stream object that the caller gets.
///
/// # Errors
/// What the body throws when it cannot be read.
pub(super) fn open(responses: bool, source: StreamSource, accepted: &Accepted) -> Result<JsValue, JsValue> {
    open_stream(responses, source, &accepted.response, &accepted.controller)
}

/// Turns the bytes of a body into batches of chunks, and says how the body ends. JavaScript reads it and
/// reports what happens; `state` tells after each report where the body stands.
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
    objects: Chunks,
    life: Life,
    /// What was thrown when the connection broke.
    cause: JsValue,
    routing_metadata: JsValue,
    usage: JsValue,
    completed_response: JsValue,
}

impl StreamSource {
    pub(super) fn new(call: Call, protocol: Protocol, settings: Rc<Settings>, link: Link, accepted: &Accepted) -> Self {
        share();
        let mut stream = Stream::new(protocol);
        stream.abridge();
        let inner = Inner {
            life: Life::new(call.timeout_ms()),
            call,
            stream,
            objects: Chunks::new(),
            cause: JsValue::UNDEFINED,
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
            let turn = advance(&mut inner.stream);
            let (chunks, metadata) = inner.chunks(turn);
            (if text { inner.text() } else { chunks.map(JsValue::from) }, metadata)
        };
        for metadata in metadata {
            if let Some(metadata) = self.settings.listener.accept(&metadata) {
                self.inner.borrow_mut().routing_metadata.clone_from(&metadata);
                self.settings.listener.tell(&metadata);
            }
        }
        let batch = batch.unwrap_or_default();
        if self.inner.borrow().life.end().is_some() { ended(&batch) } else { batch }
    }
}

#[wasm_bindgen]
impl StreamSource {
    /// Takes what one read brought; returns the array of chunks that are complete by now, if any. With
    /// `text`, a string instead: the text of those chunks.
    pub fn read(&self, bytes: &JsValue, length: usize, text: bool) -> JsValue {
        self.hand_out(text, |stream| {
            if stream.bytes().len().saturating_add(length) > MAX_EVENT || !stream.can_hold(length) {
                return stream.refuse();
            }
            // One that was given away has no length, and cannot be copied from.
            if length > 0 {
                fill(place(stream.space(length)), bytes);
            }
            stream.advance()
        })
    }

    /// The body ended; returns what the end completed, if anything.
    pub fn end(&self, text: bool) -> JsValue {
        self.hand_out(text, Stream::end)
    }

    /// A read failed, and what was thrown.
    pub fn lost(&self, cause: JsValue) {
        let mut inner = self.inner.borrow_mut();
        inner.cause = cause;
        inner.life.lost();
    }

    /// The timer has fired while a read waits, for so many milliseconds. Returns after how many more to
    /// look again; 0 if this was the end.
    pub fn fired(&self, waited_ms: f64) -> f64 {
        self.inner.borrow_mut().life.fired(waited_ms).unwrap_or_default()
    }

    /// The request was aborted.
    pub fn aborted(&self) {
        self.inner.borrow_mut().life.aborted();
    }

    /// The caller wants no more.
    pub fn closed(&self) {
        self.inner.borrow_mut().life.closed();
    }

    /// How long to wait for the next piece, in milliseconds.
    #[wasm_bindgen(getter, js_name = limit)]
    pub fn limit_ms(&self) -> f64 {
        self.inner.borrow().life.limit_ms()
    }

    /// 0: more is to be read. 1: complete. 2: failed, and `takeError` has the reason. 3: aborted. 4: closed.
    #[wasm_bindgen(getter)]
    pub fn state(&self) -> u8 {
        let life = &self.inner.borrow().life;
        match life.end() {
            None => 0,
            Some(End::Complete) => 1,
            Some(End::Broken(_) | End::Lost | End::Idle) => 2,
            Some(End::Aborted) => 3,
            Some(End::Closed) => 4,
        }
    }

    /// The error of a body that has failed.
    #[wasm_bindgen(js_name = takeError)]
    pub fn take_error(&self) -> JsValue {
        // The logger and the response are the caller's, and may come back to this stream: nothing stays borrowed.
        let failure = self.inner.borrow_mut().failure();
        let Some((error, about)) = failure else { return JsValue::UNDEFINED };
        self.settings.log.info(|| ["a stream failed: ", &error.code].concat());
        error.into_js_with(&Circumstances { response: self.response.clone(), ..about })
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
    /// The text of the last read.
    fn text(&self) -> Option<JsValue> {
        let text = self.stream.text();
        (!text.is_empty()).then(|| decode(place(text), text.len()))
    }

    /// What has failed, but for the response.
    fn failure(&mut self) -> Option<(Error, Circumstances)> {
        let about = Circumstances::default();
        match self.life.end()? {
            End::Broken(flaw) => {
                let payload = self.stream.payload_of(flaw);
                let json = payload.and_then(parse_json);
                let error = self.call.broken(flaw, &json.as_ref().map_or(Value::Null, value_of));
                let body = json.or_else(|| payload.map(excerpt_of_bytes)).unwrap_or(JsValue::NULL);
                Some((error, about.with_body(body)))
            }
            End::Lost => Some((self.call.lost(), about.with_cause(std::mem::take(&mut self.cause)))),
            End::Idle => Some((self.call.idle(), about)),
            End::Complete | End::Aborted | End::Closed => None,
        }
    }

    /// The chunks of the last read as JavaScript objects, and the routing metadata among them.
    fn chunks(&mut self, turn: Turn) -> (Option<Array>, Vec<JsValue>) {
        let Some(batch) = self.stream.batch() else {
            self.life.turned(turn);
            return (None, Vec::new());
        };
        let (texts, marks) = (&batch.abridged.texts, &batch.abridged.marks);
        let (texts, marks) = ((place(texts), texts.len()), (place(marks), marks.len()));
        let chunks = self.objects.read(place(batch.array), batch.array.len(), texts.0, texts.1, marks.0, marks.1);
        let chunks: Array = if chunks.is_undefined() {
            // One of them is no JSON. Those before it are still the caller's.
            self.life.turned(Turn::Broken(Flaw::InvalidChunk));
            let whole = one_by_one(self.stream.bytes(), &batch);
            self.objects.arrange(&whole, texts.0, texts.1, marks.0, marks.1)
        } else {
            self.life.turned(turn);
            chunks.unchecked_into()
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
