//! The answer on its way through: bytes of an event stream in, text out, as they come.

use crate::error;
use auriko_wasm::error::Error;
use auriko_wasm::headers::Head;
use auriko_wasm::stream::{Flaw, Protocol, Stream, Turn};
use auriko_wasm::value::Value;
use js_sys::{Object, Reflect, Uint8Array};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::{Response, TransformStream, TransformStreamDefaultController as Controller};

type Transform = dyn FnMut(Uint8Array, Controller) -> Result<(), JsValue>;
type Flush = dyn FnMut(Controller) -> Result<(), JsValue>;

/// A response with the text of an event stream; `None` if there is nothing to read.
pub fn streamed(response: &Response, head: Head) -> Option<Response> {
    let text = Rc::new(RefCell::new(Text::new(head)));
    let same = Rc::clone(&text);
    let transform = Closure::<Transform>::new(move |bytes, on: Controller| same.borrow_mut().transform(&bytes, &on));
    let flush = Closure::<Flush>::new(move |on: Controller| text.borrow_mut().flush(&on));

    let transformer = Object::new();
    Reflect::set(&transformer, &"transform".into(), &transform.into_js_value()).ok()?;
    Reflect::set(&transformer, &"flush".into(), &flush.into_js_value()).ok()?;
    let pipe = TransformStream::new_with_transformer(&transformer).ok()?;
    let text = response.body()?.pipe_through(pipe.unchecked_ref());
    Response::new_with_opt_readable_stream(Some(&text)).ok()
}

/// The text so far, and whether the stream is whole.
struct Text {
    stream: Stream,
    head: Head,
}

impl Text {
    fn new(head: Head) -> Self {
        let mut stream = Stream::new(Protocol::ChatCompletions);
        stream.read_text();
        Self { stream, head }
    }

    fn transform(&mut self, bytes: &Uint8Array, controller: &Controller) -> Result<(), JsValue> {
        bytes.copy_to(self.stream.space(bytes.length() as usize));
        let turn = self.stream.advance();
        self.pass_on(&turn, controller)
    }

    fn flush(&mut self, controller: &Controller) -> Result<(), JsValue> {
        let turn = self.stream.end();
        self.pass_on(&turn, controller)
    }

    fn pass_on(&self, turn: &Turn, controller: &Controller) -> Result<(), JsValue> {
        if !self.stream.text().is_empty() {
            controller.enqueue_with_chunk(&Uint8Array::from(self.stream.text()))?;
        }
        match turn {
            Turn::Open => Ok(()),
            Turn::Complete => {
                controller.terminate();
                Ok(())
            }
            Turn::Broken(flaw) => Err(error::thrown(&self.broken(flaw))),
        }
    }

    fn broken(&self, flaw: &Flaw) -> Error {
        match flaw {
            Flaw::ErrorEvent(range) => {
                let payload = self.stream.bytes().get(range.clone()).unwrap_or_default();
                let payload = serde_json::from_slice(payload).unwrap_or(Value::Null);
                Error::from_stream_event(&payload, &self.head)
            }
            Flaw::InvalidChunk => Error::invalid_chunk(&self.head, "no JSON object"),
            Flaw::Truncated => Error::stream_truncated(&self.head),
        }
    }
}
