//! Bodies of events.

use super::json::{any_json, payload, string};
use super::word;
use proptest::collection::vec;
use proptest::prelude::*;

/// Sizes of pieces; 0 is an empty read.
pub fn sizes() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![Just(vec![1]), Just(vec![0]), vec(0..20_u8, 1..6)]
}

/// Events of chunks, with what servers get wrong, and now and then bytes of any kind.
pub fn stream() -> impl Strategy<Value = Vec<u8>> {
    let line = prop_oneof![
        12 => payload().prop_map(|json| format!("data: {json}").into_bytes()),
        3 => any_json().prop_map(|json| format!("data:{json}").into_bytes()),
        4 => word(LINES).prop_map(String::into_bytes),
        1 => "(id|retry|:|data |Data|)(: ?.{0,5})?".prop_map(String::into_bytes),
        1 => vec(any::<u8>(), 0..8),
    ];
    let line = prop_oneof![5 => line, 1 => series()];
    let end = prop_oneof![8 => word(&["\n\n", "\r\n\r\n", "\r\r"]), 3 => word(&["\n", "\r", "\r\n", ""])];
    let begin = prop_oneof![4 => Just(""), 1 => Just("\u{feff}")];
    (begin, vec((line, end), 0..7)).prop_map(|(begin, lines)| {
        let lines = lines.into_iter().flat_map(|(line, end)| [line, end.into_bytes()].concat());
        begin.bytes().chain(lines).collect()
    })
}

/// Chunks that differ in their text, and now and then in something else.
fn series() -> impl Strategy<Value = Vec<u8>> {
    let rest = word(&["", "", "", ",\"index\":1", ",\"finish_reason\":\"stop\"", ",\"delta\":{}"]);
    let around = prop_oneof![
        3 => word(&["\"content\":T", "\"content\":T", "\"reasoning\":T,\"content\":\"\"", "\"content\":T,\"content\":T"]),
        1 => word(&["\"tool_calls\":[{\"function\":{\"arguments\":T}}]", "\"content\":\"\",\"reasoning_content\":T"]),
    ];
    let padded = word(&["", "", ",\"obfuscation\":P", ",\"obfuscation\":P,\"x\":[]"]);
    (around, padded, vec((string(), string(), rest), 1..4)).prop_map(|(around, padded, chunks)| {
        let chunk = |(text, padding, rest): (String, String, String)| {
            let delta = around.replace('T', &text);
            let padded = padded.replace('P', &padding);
            format!(r#"data: {{"choices":[{{"delta":{{{delta}}}{rest}}}]{padded}}}"#)
        };
        chunks.into_iter().map(chunk).collect::<Vec<_>>().join("\n\n").into_bytes()
    })
}

const LINES: &[&str] =
    &["data: [DONE]", "data", "data: ", "data:  ", "event: error", "event: x", "event", ": hi", "id: 7", "id"];
