#![no_main]
//! An answer becomes an error, and a wait. The input is a status, headers, an empty line and a body.

use auriko_wasm_fuzz::{json, laws};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let text = String::from_utf8_lossy(input);
    let (head, body) = text.split_once("\n\n").unwrap_or((&text, ""));
    let (status, headers) = head.split_once('\n').unwrap_or((head, ""));
    let status: u16 = status.parse().unwrap_or_default();
    let headers: Vec<_> = headers.lines().filter_map(|line| line.split_once(": ")).collect();
    let headers: Vec<_> = headers.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let body = json(body.as_bytes());
    for attempt in [0, 1, 4] {
        laws::answer(status, &headers, &body, attempt, f64::from(attempt) / 5.0);
    }
    laws::stream_event(&body);
    laws::headers(&headers, 784_111_777_000.0);
});
