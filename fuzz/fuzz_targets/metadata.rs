#![no_main]
//! Routing metadata is found in a body, and checked.

use auriko_wasm_fuzz::{cuts, json, laws};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    for sizes in cuts(input) {
        laws::capture(input, &sizes, true);
        laws::capture(input, &sizes, false);
    }
    laws::metadata(&json(input).value());
});
