//! Inputs that are right or nearly right: what is wrong with random bytes is found at the first of them.

mod bodies;
mod json;
mod values;

pub use bodies::{sizes, stream};
pub use json::{any_json, text_insides};
pub use values::{any_value, headers, metadata, options, texts};

use proptest::prelude::*;
use proptest::sample::select;

/// One of these texts.
fn word(words: &'static [&'static str]) -> impl Strategy<Value = String> + Clone {
    select(words).prop_map(str::to_owned)
}
