//! Reads a whole body, as long as it keeps coming.

use super::abort::{Link, swallow};
use super::convert::get;
use super::host::Timer;
use crate::patience::{Patience, Wait};
use js_sys::{Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen(module = "/pkg/src/bytes.js")]
extern "C" {
    /// The bytes that a view shows, whatever kind of view it is and whatever it says of itself. `None` if it is
    /// none.
    #[wasm_bindgen(js_name = bytesOf)]
    pub(super) fn bytes_of(view: &JsValue) -> Option<Uint8Array>;

    /// How many bytes a view shows; -1 if it is none.
    #[wasm_bindgen(js_name = lengthOf)]
    pub(super) fn length_of(view: &JsValue) -> f64;

    /// Copies the bytes that a view shows into a space of their length.
    pub(super) fn fill(space: &mut [u8], view: &JsValue);
}

#[wasm_bindgen]
extern "C" {
    /// Structural, as a caller's own `fetch` may bring streams of another realm.
    type Body;
    #[wasm_bindgen(method, catch, js_name = getReader)]
    fn get_reader(this: &Body) -> Result<Reader, JsValue>;

    type Reader;
    #[wasm_bindgen(method, catch)]
    fn read(this: &Reader) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn cancel(this: &Reader) -> Result<JsValue, JsValue>;
}

/// Why a body could not be read to its end.
pub(super) enum Unread {
    /// Nothing came for too long.
    Idle,
    /// The connection broke, and what was thrown.
    Lost(JsValue),
    /// The caller aborted, and why.
    Aborted(JsValue),
    /// It is larger than the limit, or than what memory there is; what came before.
    TooLarge(Vec<u8>),
}

/// All bytes of a body, `limit` at the most. The time limit is for each piece of it.
///
/// # Errors
/// See [`Unread`].
pub(super) async fn read_all(response: &JsValue, limit: usize, idle_ms: u32, link: &Link) -> Result<Vec<u8>, Unread> {
    let mut bytes = Vec::new();
    let body = get(response, "body");
    if body.is_null() || body.is_undefined() {
        return Ok(bytes);
    }
    let reader = body.unchecked_ref::<Body>().get_reader().map_err(Unread::Lost)?;
    if !reader.is_object() {
        return Err(Unread::Lost(js_sys::TypeError::new("the body has no reader").into()));
    }
    let unread = loop {
        let read = reader.read().map_or_else(|thrown| Promise::reject(&thrown), |read| Promise::resolve(&read));
        let first = within(idle_ms, &read, link).await;
        let piece = match (first, link.reason()) {
            // It was first: an abort is told before it can break the body.
            (Some(Err(cause)), _) => break Unread::Lost(cause),
            (_, Some(reason)) => break Unread::Aborted(reason),
            (None, None) => break Unread::Idle,
            (Some(Ok(piece)), None) => piece,
        };
        if get(&piece, "done").is_truthy() {
            return Ok(bytes);
        }
        let Some(piece) = bytes_of(&get(&piece, "value")) else {
            break Unread::Lost(js_sys::TypeError::new("the body is not made of bytes").into());
        };
        let (begin, length) = (bytes.len(), piece.length() as usize);
        if begin + length > limit || bytes.try_reserve(length).is_err() {
            break Unread::TooLarge(bytes);
        }
        // One that was given away has no length, and cannot be copied from.
        if length > 0 {
            bytes.resize(begin + length, 0);
            piece.copy_to(bytes.get_mut(begin..).unwrap_or_default());
        }
    };
    if let Ok(cancelled) = reader.cancel() {
        swallow(&cancelled);
    }
    Err(unread)
}

/// What a promise gives within a limit, or until the caller aborts; `None` if it gives nothing in time.
pub(super) async fn within(limit_ms: u32, promise: &Promise, link: &Link) -> Option<Result<JsValue, JsValue>> {
    let limit_ms = f64::from(limit_ms);
    let mut patience = Patience::new(limit_ms);
    let mut timer = Timer::after(limit_ms);
    loop {
        let first = JsFuture::from(link.race(&[promise, timer.over()])).await;
        if !first.as_ref().is_ok_and(|first| timer.is_mark(first)) {
            return Some(first);
        }
        match patience.fired(limit_ms) {
            Wait::Again(ms) => timer = Timer::after(ms),
            Wait::Over => return None,
        }
    }
}
