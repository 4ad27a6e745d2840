//! The only code that touches JavaScript. It performs what the rest of the crate decides.

mod abort;
mod body;
mod capture;
mod client;
mod context;
mod convert;
mod driver;
mod error;
mod exchange;
#[cfg(not(feature = "package"))]
mod files;
#[cfg(not(feature = "package"))]
mod futures;
mod headers;
mod host;
mod key;
mod listener;
mod log;
mod memory;
mod params;
mod refusal;
mod request;
mod routing;
mod settings;
mod stream;

#[cfg(feature = "package")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

pub use capture::{MetadataListener, MetadataScanner};
pub use client::AurikoClient;
pub use params::merge_bodies;
pub use refusal::{connection, status_error, stream_error};
pub use routing::{GatewayOptions, RoutingOptions};
pub use stream::StreamSource;
