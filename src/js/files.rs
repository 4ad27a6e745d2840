//! The JavaScript files that those which this crate imports import in turn. wasm-bindgen copies a file only
//! when something of it is used from Rust, so something of each is used here. The npm package takes the originals.

use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/pkg/src/body.js")]
extern "C" {
    #[wasm_bindgen(thread_local_v2, js_name = Body)]
    static BODY: JsValue;
}

#[wasm_bindgen(module = "/pkg/src/branch.js")]
extern "C" {
    #[wasm_bindgen(thread_local_v2, js_name = fork)]
    static FORK: JsValue;
}

#[wasm_bindgen(module = "/pkg/src/completion.js")]
extern "C" {
    #[wasm_bindgen(thread_local_v2, js_name = assemble)]
    static ASSEMBLE: JsValue;
}

#[wasm_bindgen(module = "/pkg/src/headers.js")]
extern "C" {
    #[wasm_bindgen(thread_local_v2, js_name = ResponseHeaders)]
    static RESPONSE_HEADERS: JsValue;
}

#[wasm_bindgen(module = "/pkg/src/item-stream.js")]
extern "C" {
    #[wasm_bindgen(thread_local_v2, js_name = ItemStream)]
    static ITEM_STREAM: JsValue;
}

#[wasm_bindgen(module = "/pkg/src/items.js")]
extern "C" {
    #[wasm_bindgen(thread_local_v2, js_name = Items)]
    static ITEMS: JsValue;
}

/// Uses them.
pub(super) fn keep() {
    for import in [&BODY, &FORK, &ASSEMBLE, &RESPONSE_HEADERS, &ITEM_STREAM, &ITEMS] {
        import.with(|_| ());
    }
}
