//! The core of `auriko-wasm`, the client for the Auriko LLM router in every JavaScript runtime.
//!
//! Everything outside `js` is pure Rust: no clock, no randomness, no environment, no I/O and no
//! JavaScript. Decisions are made there and performed in `js`. ARCHITECTURE.md tells where what is.
#![doc = include_str!("../docs/rust.md")]

pub mod call;
pub mod capture;
pub mod config;
pub mod error;
pub mod headers;
pub mod metadata;
pub mod patience;
pub mod retry;
pub mod routing;
pub mod sse;
pub mod stream;
pub mod value;

#[cfg(all(target_arch = "wasm32", feature = "js"))]
pub mod js;
