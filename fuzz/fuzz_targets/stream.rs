#![no_main]
//! A body becomes batches of chunks, or text, and ends.

use auriko_wasm_fuzz::{cuts, laws};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    for sizes in cuts(input) {
        laws::stream(input, &sizes, false, false);
        laws::stream(input, &sizes, false, true);
        laws::stream(input, &sizes, true, false);
    }
});
