#![no_main]
//! Options of a request, as JSON, and of a client, as text.

use auriko_wasm_fuzz::{json, laws};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let value = json(input).value();
    laws::routing(&value);
    laws::gateway(&value);
    laws::configuration(&String::from_utf8_lossy(input));
});
