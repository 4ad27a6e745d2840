//! What a caller may ask of the router: the `gateway` object of a request. Options are checked
//! before anything is sent, because an option that is misspelt or out of range is cheaper to learn
//! about from a message that says what to do than from the server's 400.

mod choices;
mod fields;
mod gateway;
mod invalid;
mod names;
mod options;
mod suggest;
mod weights;

pub use choices::{Choice, DATA_POLICY, METRIC_PERCENTILE, MODE, OPTIMIZE};
pub use gateway::{GatewayOptions, RequestMetadata};
pub use invalid::Invalid;
pub use options::RoutingOptions;
pub use weights::Weights;
