//! What a client and a call are configured with, checked before anything is sent.

mod api_key;
mod base_url;
mod header;
mod header_list;
mod limits;
mod log_level;
mod option_name;
mod path;

pub use api_key::{ApiKey, resolve_key};
pub use base_url::{DEFAULT_BASE_URL, cleartext_key_risk, normalise};
pub use header::check_header;
pub use header_list::HeaderList;
pub use limits::{DEFAULT_MAX_RETRIES, DEFAULT_TIMEOUT_MS, max_retries, timeout_ms};
pub use log_level::{LogLevel, is_secret_header};
pub use option_name::{CALL_OPTIONS, MISPLACED, misspelt};
pub use path::escape_segment;
