//! The laws of `tests/properties`, and what turns the bytes of the fuzzer into their arguments. The bytes
//! are the input itself, so that vectors can be seeds.

#[path = "../../tests/properties/laws/mod.rs"]
pub mod laws;
#[path = "../../tests/properties/oracle/mod.rs"]
pub mod oracle;

use oracle::json::Json;

/// Ways to cut an input: whole, byte by byte, and one that follows from the input.
pub fn cuts(input: &[u8]) -> [Vec<u8>; 3] {
    // FNV-1a.
    let hash = input
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
    [vec![0], vec![1], hash.to_le_bytes().iter().map(|size| size % 24).collect()]
}

/// The value of a text that is JSON and not too deep; null of any other.
pub fn json(input: &[u8]) -> Json {
    laws::json(&String::from_utf8_lossy(input)).unwrap_or(Json::Null)
}
