//! Reads a whole body, as long as it keeps coming.

use super::abort::{Link, swallow};
use super::convert::get;
use super::host::{Timer, race};
use js_sys::{Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

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
    /// The caller aborted.
    Aborted,
    /// It is larger than the limit; what came before it was reached.
    TooLarge(Vec<u8>),
}

/// The bytes that a view shows, whatever kind of view it is. `None` if it is none.
pub(super) fn bytes_of(view: &JsValue) -> Option<Uint8Array> {
    // First this: a proxy of a view passes for an instance of its class.
    if !js_sys::ArrayBuffer::is_view(view) {
        return None;
    }
    if let Some(bytes) = view.dyn_ref::<Uint8Array>() {
        return Some(bytes.clone());
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "offsets into memory")]
    let number = |name| get(view, name).as_f64().unwrap_or_default() as u32;
    let buffer = get(view, "buffer");
    Some(Uint8Array::new_with_byte_offset_and_length(&buffer, number("byteOffset"), number("byteLength")))
}

/// All bytes of a body, `limit` at the most. The time limit is for each piece of it.
///
/// # Errors
/// See [`Unread`].
pub(super) async fn read_all(response: &JsValue, limit: usize, idle_ms: f64, link: &Link) -> Result<Vec<u8>, Unread> {
    let mut bytes = Vec::new();
    let body = get(response, "body");
    if body.is_null() || body.is_undefined() {
        return Ok(bytes);
    }
    let reader = body.unchecked_ref::<Body>().get_reader().map_err(Unread::Lost)?;
    if !reader.is_object() {
        return Err(Unread::Lost(js_sys::TypeError::new("the body has no reader").into()));
    }
    loop {
        let timer = Timer::after(idle_ms);
        let read = reader.read().map_or_else(|thrown| Promise::reject(&thrown), |read| Promise::resolve(&read));
        let first = JsFuture::from(race([&read, timer.over()].into_iter().chain(link.aborted()))).await;
        let unread = match first {
            // It was first: an abort is told before it can break the body.
            Err(cause) => Unread::Lost(cause),
            Ok(_) if link.check().is_err() => Unread::Aborted,
            Ok(mark) if timer.is_mark(&mark) => Unread::Idle,
            Ok(piece) => {
                if get(&piece, "done").is_truthy() {
                    return Ok(bytes);
                }
                let piece = get(&piece, "value");
                let Some(piece) = bytes_of(&piece) else {
                    return Err(Unread::Lost(js_sys::TypeError::new("the body is not made of bytes").into()));
                };
                if piece.length() == 0 {
                    continue;
                }
                let begin = bytes.len();
                if begin + piece.length() as usize > limit {
                    Unread::TooLarge(bytes)
                } else {
                    bytes.resize(begin + piece.length() as usize, 0);
                    piece.copy_to(bytes.get_mut(begin..).unwrap_or_default());
                    continue;
                }
            }
        };
        if let Ok(cancelled) = reader.cancel() {
            swallow(&cancelled);
        }
        return Err(unread);
    }
}
