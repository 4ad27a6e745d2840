//! What is handed over on every read lies in this memory, and JavaScript is told where (`pkg/src/memory.js`).

use std::cell::Cell;
use wasm_bindgen::prelude::*;

/// Where something lies, as JavaScript sees it. Holds until this code goes on.
pub(super) type Place = usize;

pub(super) fn place<T>(slice: &[T]) -> Place {
    slice.as_ptr() as Place
}

#[wasm_bindgen(module = "/pkg/src/memory.js")]
extern "C" {
    #[wasm_bindgen(js_name = share)]
    fn share_memory(memory: &JsValue);
}

thread_local! {
    static SHARED: Cell<bool> = const { Cell::new(false) };
}

/// Shows JavaScript this memory. To be called before a place is told.
pub(super) fn share() {
    if !SHARED.replace(true) {
        share_memory(&wasm_bindgen::memory());
    }
}
