//! Server-sent events: bytes in, events out, at any cut and in linear time.
//!
//! [`Decoder`] follows the event-stream rules of the HTML standard. [`Frames`] lays the payloads of
//! one network read side by side, so that one `JSON.parse` reads them all. [`scan`] looks at a
//! payload without building it, and [`Text`] takes the text out of one.

mod decoder;
mod frames;
mod json;
pub mod scan;
mod text;

pub use decoder::{Decoder, Event};
pub use frames::Frames;
pub use text::{Text, unescape};
