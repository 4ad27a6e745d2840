//! Reads a whole body, as long as it keeps coming.

use super::abort::Link;
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
}

/// All bytes of a body. The time limit is for each piece of it.
///
/// # Errors
/// See [`Unread`].
pub(super) async fn read_all(response: &JsValue, idle_ms: f64, link: &Link) -> Result<Vec<u8>, Unread> {
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
            Err(cause) if !link.caused(&cause) => Unread::Lost(cause),
            _ if link.check().is_err() => Unread::Aborted,
            Err(cause) => Unread::Lost(cause),
            Ok(mark) if timer.is_mark(&mark) => Unread::Idle,
            Ok(piece) => {
                if get(&piece, "done").is_truthy() {
                    return Ok(bytes);
                }
                let piece = get(&piece, "value");
                if !js_sys::ArrayBuffer::is_view(&piece) {
                    return Err(Unread::Lost(js_sys::TypeError::new("the body is not made of bytes").into()));
                }
                let piece: Uint8Array = piece.unchecked_into();
                if piece.length() == 0 {
                    continue;
                }
                let begin = bytes.len();
                bytes.resize(begin + piece.length() as usize, 0);
                piece.copy_to(bytes.get_mut(begin..).unwrap_or_default());
                continue;
            }
        };
        if let Ok(cancelled) = reader.cancel() {
            swallow(&Promise::resolve(&cancelled));
        }
        return Err(unread);
    }
}

/// Lets a rejection pass unseen: what is cancelled has been reported already.
pub(super) fn swallow(promise: &js_sys::Promise) {
    #[wasm_bindgen]
    extern "C" {
        #[wasm_bindgen(js_name = Promise)]
        type Rejectable;
        #[wasm_bindgen(method, js_name = catch)]
        fn catch_with(this: &Rejectable, run: &js_sys::Function) -> js_sys::Promise;
    }
    let nothing = Closure::once_into_js(|_: JsValue| {});
    let _ = promise.unchecked_ref::<Rejectable>().catch_with(nothing.unchecked_ref());
}
