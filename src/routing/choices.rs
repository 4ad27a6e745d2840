//! The closed sets of words among the options. The same tables validate and are exported to
//! JavaScript as `Optimize`, `Mode`, `DataPolicy` and `MetricPercentile`.

/// The name of a constant (`COST_FOCUS`) and the word it stands for on the wire (`cost-focus`).
pub type Choice = (&'static str, &'static str);

/// What the router optimizes for. Unset means `cost-focus` to the server.
/// Source: Auriko API, routing options.
pub const OPTIMIZE: &[Choice] = &[
    ("COST", "cost"),
    ("COST_FOCUS", "cost-focus"),
    ("TTFT", "ttft"),
    ("TTFT_FOCUS", "ttft-focus"),
    ("TPS", "tps"),
    ("TPS_FOCUS", "tps-focus"),
    ("BALANCED", "balanced"),
];

/// How `gateway.models` is used: the best provider over all models, or all providers of the first
/// model, then of the second. Unset means `pool` to the server.
/// Source: Auriko API, routing options.
pub const MODE: &[Choice] = &[("POOL", "pool"), ("FALLBACK", "fallback")];

/// The least that a provider must promise about data. Source: Auriko API, routing options.
pub const DATA_POLICY: &[Choice] = &[("NONE", "none"), ("NO_TRAINING", "no_training"), ("ZDR", "zdr")];

/// Which percentile of a measured metric counts. Source: Auriko API, routing options.
pub const METRIC_PERCENTILE: &[Choice] = &[("P50", "p50"), ("P95", "p95")];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_constant_is_its_word_in_capitals() {
        for (name, word) in [OPTIMIZE, MODE, DATA_POLICY, METRIC_PERCENTILE].concat() {
            assert_eq!(name, word.replace('-', "_").to_uppercase());
        }
    }
}
