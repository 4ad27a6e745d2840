//! Which options exist where, and what each may be. Source: Auriko API, routing options.

use super::choices::{DATA_POLICY, METRIC_PERCENTILE, MODE, OPTIMIZE};
use super::rules::Rule;

/// An object of options.
pub(super) struct Shape {
    /// Where it is in the request.
    pub(super) path: &'static str,
    /// Its members, in wire order.
    pub(super) fields: &'static [Field],
}

/// A member by its wire name, and what it may be. All members are optional.
pub(super) type Field = (&'static str, Rule);

impl Shape {
    /// The names of the members.
    pub(super) fn names(&self) -> Vec<&'static str> {
        self.fields.iter().map(|(name, _)| *name).collect()
    }
}

/// Every shape, so that a name found in the wrong object can be pointed to the right one.
pub(super) static SHAPES: [&Shape; 4] = [&GATEWAY, &ROUTING, &WEIGHTS, &METADATA];

/// The `gateway` object of a request.
pub(super) static GATEWAY: Shape = Shape {
    path: "gateway",
    fields: &[
        // How a provider is chosen. Options without a member are kept as `{}`.
        ("routing", Rule::Object(&ROUTING)),
        // The caller's own notes on the request.
        ("metadata", Rule::Object(&METADATA)),
        // The models to choose from, in place of the request's `model`. An empty list is kept.
        ("models", Rule::Texts),
    ],
};

/// How the router chooses a provider. What is unset is the server's to decide.
pub(super) static ROUTING: Shape = Shape {
    path: "gateway.routing",
    fields: &[
        // The strategy.
        ("optimize", Rule::Choice(OPTIMIZE)),
        // A scoring of one's own; the router then reports the strategy `custom`.
        ("weights", Rule::Object(&WEIGHTS)),
        // The most that a million tokens may cost, as the average of the prices for input and output.
        ("max_cost_per_1m", Rule::Positive),
        // The most time until the first token, in milliseconds.
        ("max_ttft_ms", Rule::PositiveWhole),
        // The least throughput, in tokens per second.
        ("min_throughput_tps", Rule::Positive),
        // Which percentile of the time to the first token counts, and of the throughput.
        ("ttft_percentile", Rule::Choice(METRIC_PERCENTILE)),
        ("throughput_percentile", Rule::Choice(METRIC_PERCENTILE)),
        // The only providers that may serve the request, and those that may not.
        ("providers", Rule::Texts),
        ("exclude_providers", Rule::Texts),
        // The provider to prefer; a request never fails because it is not available.
        ("prefer", Rule::Text),
        // How `gateway.models` is used.
        ("mode", Rule::Choice(MODE)),
        // Whether the next candidate is tried when one fails, and how many further ones may be.
        ("allow_fallbacks", Rule::Flag),
        ("max_fallback_attempts", Rule::Attempts),
        // The router's time limit and the total deadline, in milliseconds; the deadline is no shorter.
        ("timeout_ms", Rule::PositiveWhole),
        ("deadline_ms", Rule::PositiveWhole),
        // What a provider must promise about data.
        ("data_policy", Rule::Choice(DATA_POLICY)),
        // Use the caller's own provider keys only, or the platform's only.
        ("only_byok", Rule::Flag),
        ("only_platform", Rule::Flag),
        // Use only providers that accept every optional parameter of the request.
        ("require_parameters", Rule::Flag),
        // The service tier, such as `priority`. Premium tiers are used only when asked for.
        ("tier", Rule::Text),
    ],
};

/// How much each metric counts when providers are scored. The shares need not add up to one.
pub(super) static WEIGHTS: Shape = Shape {
    path: "gateway.routing.weights",
    fields: &[("cost", Rule::Share), ("ttft", Rule::Share), ("throughput", Rule::Share)],
};

/// The caller's own notes on a request. What the server allows in number and length is not documented and not
/// checked.
pub(super) static METADATA: Shape = Shape {
    path: "gateway.metadata",
    fields: &[
        ("tags", Rule::Texts),
        ("user_id", Rule::Text),
        ("trace_id", Rule::Text),
        // Anything else by name, in the caller's order.
        ("custom_fields", Rule::TextMap),
    ],
};
