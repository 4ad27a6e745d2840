//! Values as the crate reads them from JavaScript, and texts of the configuration.

use super::word;
use crate::laws::KEY;
use auriko_wasm::value::Value;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// A value of any shape, also what JSON cannot say.
pub fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        number(),
        words(),
        ".{0,60}".prop_map(Value::String),
        Just(Value::Other("a function")),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::Array),
            vec((".{0,50}", inner), 0..4).prop_map(Value::Object),
        ]
    })
}

fn number() -> impl Strategy<Value = Value> + Clone {
    let odd = select(vec![0.0, -0.0, 0.5, 19.5, -1.0, 1e300, f64::NAN, f64::INFINITY]);
    prop_oneof![3 => (1..22_i32).prop_map(f64::from), 1 => odd, 1 => any::<f64>()].prop_map(Value::Number)
}

fn words() -> impl Strategy<Value = Value> + Clone {
    word(&["openai", "", "cost", "zdr", "p95", "pool", "no-training", KEY]).prop_map(Value::String)
}

/// Some of these members.
fn object(members: &[(&'static str, BoxedStrategy<Value>)]) -> impl Strategy<Value = Value> + use<> {
    let members =
        members.iter().map(|(name, value)| value.clone().prop_map(|value| ((*name).to_owned(), value)).boxed());
    vec(proptest::strategy::Union::new(members), 0..5).prop_map(Value::Object)
}

/// Options with values of the type that they take, now and then with any others.
pub fn options() -> impl Strategy<Value = Value> {
    let weights = object(&["cost", "ttft", "throughput"].map(|name| (name, number().boxed()))).boxed();
    let texts = || vec(words(), 0..3).prop_map(Value::Array).boxed();
    let custom = object(&["a", "b"].map(|name| (name, words().boxed()))).boxed();
    let fields = |names: &[&'static str], value: BoxedStrategy<Value>| {
        let or_any = prop_oneof![14 => value, 1 => Just(Value::Null), 1 => any_value()].boxed();
        names.iter().map(|name| (*name, or_any.clone())).collect::<Vec<_>>()
    };
    let routing = object(
        &[
            fields(
                &["max_cost_per_1m", "max_ttft_ms", "min_throughput_tps", "max_fallback_attempts"],
                number().boxed(),
            ),
            fields(&["timeout_ms", "deadline_ms"], number().boxed()),
            fields(&["prefer", "tier", "optimize", "data_policy", "ttft_percentile", "mode"], words().boxed()),
            fields(&["providers", "exclude_providers"], texts()),
            fields(&["allow_fallbacks", "only_byok", "only_platform"], any::<bool>().prop_map(Value::Bool).boxed()),
            fields(&["weights"], weights),
            fields(&["maxTtftMs"], Just(Value::Null).boxed()),
        ]
        .concat(),
    );
    let notes = [
        fields(&["tags"], texts()),
        fields(&["user_id", "trace_id"], words().boxed()),
        fields(&["custom_fields"], custom),
    ];
    let routing = routing.boxed();
    let gateway = [
        fields(&["routing"], routing.clone()),
        fields(&["metadata"], object(&notes.concat()).boxed()),
        fields(&["models"], texts()),
    ];
    prop_oneof![routing, object(&gateway.concat())]
}

/// Routing metadata, most of it right.
pub fn metadata() -> impl Strategy<Value = Value> {
    let text = Value::String("x".to_owned());
    let required = ["provider", "provider_model_id", "model_canonical", "routing_strategy"];
    let required: Vec<(String, Value)> = required.into_iter().map(|name| (name.to_owned(), text.clone())).collect();
    let any_text = prop_oneof![6 => Just(text), 1 => any_value()].boxed();
    let warning = object(&["type", "code", "message", "code", "message"].map(|name| (name, any_text.clone())));
    let optional = object(&[
        ("cost", object(&[("usd", number().boxed()), ("other", any_value().boxed())]).boxed()),
        ("cost", any_value().boxed()),
        ("ttft_ms", number().boxed()),
        ("throughput_tps", prop_oneof![number(), any_value()].boxed()),
        ("warnings", vec(warning, 0..3).prop_map(Value::Array).boxed()),
        ("provider", any_text),
        ("new", any_value().boxed()),
    ]);
    let with_required = optional.prop_map(move |optional| {
        let more = optional.as_object().unwrap_or_default().iter();
        Value::Object(required.iter().chain(more).cloned().collect())
    });
    prop_oneof![9 => with_required, 1 => any_value()]
}

pub fn headers() -> impl Strategy<Value = Vec<(String, String)>> {
    let names = word(&["retry-after", "Retry-After-Ms", "x-should-retry", "x-request-id", "content-type", "x"]);
    let values = prop_oneof![
        "[0-9]{0,6}(\\.[0-9]{0,3})?",
        "(Sun, )?[0-3][0-9] (Nov|Feb|Xyz) (19|20)[0-9]{2} [0-2][0-9]:[0-9]{2}:[0-6][0-9]( GMT)?",
        "(true|false|application/json|;)( ?;.{0,5})?",
        ".{0,20}",
        Just(KEY.to_owned()),
    ];
    vec((names, values), 0..5)
}

/// Texts that look like URLs, ids, headers and keys.
pub fn texts() -> impl Strategy<Value = String> {
    let host = "([a-z@.]{0,8}|\\[::1\\]|localhost|127\\.0\\.0\\.1)(:[0-9]{0,6})?";
    let url = format!("(https?|HTTP|ftp)?:?/{{0,3}}{host}(/[a-z0-9@?#\\\\\\\\]{{0,5}}){{0,3}}(/v1/?)?");
    prop_oneof![
        proptest::string::string_regex(&url).expect("a regular expression"),
        ".{0,30}",
        "[ -~]{0,30}",
        Just(format!("https://{KEY}@host/")),
        word(&[".", "..", "%2e%2e", "../x", "\u{feff}ak_x\n", "a\r\nb: c"]),
    ]
}
