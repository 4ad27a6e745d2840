#![no_main]
//! A payload is looked at, and text is taken out of strings: those between the line ends.

use auriko_wasm_fuzz::laws;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    laws::payload(input);
    let insides: Vec<&[u8]> = input.split(|byte| *byte == b'\n').collect();
    laws::text(&insides);
});
