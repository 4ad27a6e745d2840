//! Which names exist where.

/// An object of options.
pub(super) struct Shape {
    /// Where it is in the request.
    pub(super) path: &'static str,
    /// The names of its members, in wire order.
    pub(super) names: &'static [&'static str],
}

/// Every shape, so that a name found in the wrong object can be pointed to the right one.
pub(super) static SHAPES: [&Shape; 4] = [&GATEWAY, &ROUTING, &WEIGHTS, &METADATA];

/// The `gateway` object of a request. Source: Auriko API, routing options.
pub(super) static GATEWAY: Shape = Shape { path: "gateway", names: &["routing", "metadata", "models"] };

/// The routing options. Source: Auriko API, routing options.
pub(super) static ROUTING: Shape = Shape {
    path: "gateway.routing",
    names: &[
        "optimize",
        "weights",
        "max_cost_per_1m",
        "max_ttft_ms",
        "min_throughput_tps",
        "ttft_percentile",
        "throughput_percentile",
        "providers",
        "exclude_providers",
        "prefer",
        "mode",
        "allow_fallbacks",
        "max_fallback_attempts",
        "timeout_ms",
        "deadline_ms",
        "data_policy",
        "only_byok",
        "only_platform",
        "require_parameters",
        "tier",
    ],
};

/// The weights of a scoring. Source: Auriko API, routing options.
pub(super) static WEIGHTS: Shape = Shape { path: "gateway.routing.weights", names: &["cost", "ttft", "throughput"] };

/// The caller's own notes on a request. Source: Auriko API, routing options.
pub(super) static METADATA: Shape =
    Shape { path: "gateway.metadata", names: &["tags", "user_id", "trace_id", "custom_fields"] };
