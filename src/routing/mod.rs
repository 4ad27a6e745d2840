//! What a caller may ask of the router: the `gateway` object of a request. Options are checked
//! before anything is sent, because an option that is misspelt or out of range is cheaper to learn
//! about from a message that says what to do than from the server's 400.

mod choices;
mod gateway;
mod invalid;
mod options;
mod reader;
mod rules;
mod shapes;
mod suggest;

pub use choices::{Choice, DATA_POLICY, METRIC_PERCENTILE, MODE, OPTIMIZE};
pub use gateway::GatewayOptions;
pub use invalid::Invalid;
pub use options::RoutingOptions;
