//! What holds for every input, as functions that panic where it does not. `tests/properties` calls them
//! with inputs of proptest, `fuzz` with those of libFuzzer.

mod bodies;
mod configuration;
mod errors;
mod events;
mod options;
mod payloads;

pub use bodies::{capture, metadata};
pub use configuration::{headers, text as configuration};
pub use errors::{KEY, answer, stream_event};
pub use events::{events, stream};
pub use options::{gateway, routing};
pub use payloads::{payload, text};

use crate::oracle::json::{Json, parse};

/// The input in pieces of these sizes, over and over; a size of 0 is an empty read.
fn pieces<'a>(mut input: &'a [u8], sizes: &'a [u8]) -> impl Iterator<Item = &'a [u8]> {
    let endless = sizes.iter().all(|size| *size == 0);
    let mut sizes = sizes.iter().copied().cycle();
    std::iter::from_fn(move || {
        if input.is_empty() {
            return None;
        }
        let size = if endless { input.len() } else { usize::from(sizes.next()?).min(input.len()) };
        let (piece, rest) = input.split_at(size);
        input = rest;
        Some(piece)
    })
}

/// The oracle goes down by recursion, and `JSON.parse` too has an end somewhere.
fn too_deep(text: &str) -> bool {
    text.matches(['[', '{']).count() > 500
}

/// The value of a text that is JSON, and not too deep.
pub fn json(text: &str) -> Option<Json> {
    if too_deep(text) { None } else { parse(text) }
}
