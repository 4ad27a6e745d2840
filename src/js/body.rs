//! Waits with a limit, and reads whole bodies.

use super::abort::Link;
use super::context::Task;
use super::convert::get;
use super::memory::Place;
use crate::call::Limits;
use js_sys::{Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::AbortSignal;

#[wasm_bindgen(module = "/pkg/src/bytes.js")]
extern "C" {
    /// The bytes that a view shows, whatever kind of view it is and whatever it says of itself. `None` if it is
    /// none.
    #[wasm_bindgen(js_name = bytesOf)]
    pub(super) fn bytes_of(view: &JsValue) -> Option<Uint8Array>;

    /// Copies the bytes that a view shows to a place with space for them.
    pub(super) fn fill(place: Place, view: &JsValue);
}

#[wasm_bindgen(module = "/pkg/src/wait.js")]
extern "C" {
    #[wasm_bindgen(js_name = within)]
    fn wait(promise: &Promise, ms: f64, signal: Option<&AbortSignal>) -> Promise;

    #[wasm_bindgen(js_name = rest)]
    fn pause(ms: f64, signal: Option<&AbortSignal>) -> Promise;

    #[wasm_bindgen(js_name = isOver)]
    fn is_over(value: &JsValue) -> bool;

    #[wasm_bindgen(js_name = readAll)]
    fn read_body(
        response: &JsValue,
        most: f64,
        idle_ms: f64,
        total_ms: Option<f64>,
        signal: Option<&AbortSignal>,
    ) -> Promise;
}

/// Why a body could not be read to its end.
pub(super) enum Unread {
    /// Nothing came for too long.
    Idle,
    /// The connection broke, and what was thrown.
    Lost(JsValue),
    /// The caller aborted, and why.
    Aborted(JsValue),
    /// It goes on beyond a limit; what came before.
    TooLarge(Uint8Array),
}

/// All bytes of a body, within these limits.
///
/// # Errors
/// See [`Unread`].
pub(super) async fn read_all(
    task: Task,
    response: &JsValue,
    limits: Limits,
    link: &Link,
) -> Result<Uint8Array, Unread> {
    let Limits { bytes, idle_ms, total_ms } = limits;
    let read = read_body(response, bytes.into(), idle_ms.into(), total_ms.map(f64::from), link.signal());
    // What was first: an abort is told before it can break the body.
    let read = task.wait_for(&read).await.map_err(Unread::Lost)?;
    if let Some(reason) = link.reason() {
        return Err(Unread::Aborted(reason));
    }
    let bytes = || get(&read, "bytes").unchecked_into();
    if get(&read, "whole").is_truthy() {
        Ok(bytes())
    } else if get(&read, "large").is_truthy() {
        Err(Unread::TooLarge(bytes()))
    } else {
        Err(Unread::Idle)
    }
}

/// What a promise gives within a limit, or until the caller aborts; `None` if it gives nothing in time.
pub(super) async fn within(
    task: Task,
    limit_ms: u32,
    promise: &Promise,
    link: &Link,
) -> Option<Result<JsValue, JsValue>> {
    let first = task.wait_for(&wait(promise, limit_ms.into(), link.signal())).await;
    let is_over = first.as_ref().is_ok_and(is_over);
    (!is_over).then_some(first)
}

/// Lets time pass, or less of it if the caller aborts.
pub(super) async fn rest(task: Task, ms: f64, link: &Link) {
    let _ = task.wait_for(&pause(ms, link.signal())).await;
}
