//! The formats once more, written for being right at a glance and not for speed: the whole input at
//! once, as text, by the words of the standards. Nothing of the crate is used here.

pub mod events;
pub mod json;
pub mod notes;
pub mod stream;
