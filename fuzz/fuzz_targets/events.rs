#![no_main]
//! A body is decoded into the events of the standard.

use auriko_wasm_fuzz::{cuts, laws};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    for sizes in cuts(input) {
        laws::events(input, &sizes);
    }
});
