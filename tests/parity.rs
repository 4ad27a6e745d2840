//! The crate against Auriko's own Python SDK: `tests/parity/*.json` hold what that accepts, emits and
//! raises, and `tests/parity/differences.json` where this crate differs on purpose, and why.
//! `tests/parity/cases.mjs` does the same with the built package, and alone reads `merge.json` and `bodies.json`:
//! bodies are merged as JavaScript values, whose `toJSON` and getters have to survive (`src/js/params.rs`).
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a panic is a failed test"
)]

use auriko_wasm::config;
use auriko_wasm::error::Error;
use auriko_wasm::headers::Head;
use auriko_wasm::metadata::{self, Reading};
use auriko_wasm::retry::{Policy, next_delay};
use auriko_wasm::routing::{self, GatewayOptions, Invalid, RoutingOptions};
use auriko_wasm::stream::{Flaw, Protocol, Stream, Turn};
use auriko_wasm::value::Value;
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeMap;

/// Half a minute before the date that the vectors have in `Retry-After`: Sun, 06 Nov 1994 08:50:07 GMT.
const NOW_MS: f64 = 784_111_777_000.0;

/// Compares what `ours` makes of every input with what Python made of it, or with what the vector says
/// of us. Only the members that `ours` returns are compared; one that Python left out is null.
fn compare(file: &str, ours: impl Fn(&Json) -> Json) {
    let file: Json = serde_json::from_str(file).unwrap();
    let mut wrong = Vec::new();
    for vector in file["vectors"].as_array().unwrap() {
        let (name, input, python) = (&vector["name"], &vector["input"], &vector["python"]);
        for (key, got) in ours(input).as_object().unwrap() {
            let differs = vector["ours"].get(key);
            let expected = differs.unwrap_or(&python[key]);
            if key == "message" && expected.is_null() {
                // Every SDK has its own words where the server has none.
                continue;
            }
            if differs.is_some() && same(key, input, &python[key], got) {
                wrong.push(format!("{name}: {key} no longer differs, take it from differences.json"));
            } else if !same(key, input, expected, got) {
                wrong.push(format!("{name}: {key} should be {expected} and is {got}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} members are wrong:\n{}", wrong.len(), wrong.join("\n"));
}

fn same(key: &str, input: &Json, expected: &Json, got: &Json) -> bool {
    match (key, expected) {
        // Python names all members at fault and we the first. It names the whole where a rule is about
        // several, and none where it finds no fault.
        ("at", Json::Array(places)) if got.is_string() => places.iter().any(|place| place == "" || place == got),
        ("at", Json::Null) if got.is_string() => input.get(got.as_str().unwrap()).is_some(),
        ("delay_ms", Json::Number(ms)) => got.as_f64().is_some_and(|got| (got - ms.as_f64().unwrap()).abs() < 1e-6),
        _ => value(expected) == value(got),
    }
}

/// An input as the crate gets it. What JSON cannot say is an object with one key.
fn value(json: &Json) -> Value {
    match json {
        Json::Null => Value::Null,
        Json::Bool(flag) => Value::Bool(*flag),
        Json::Number(number) => Value::Number(number.as_f64().unwrap()),
        Json::String(text) => Value::String(text.clone()),
        Json::Array(items) => Value::Array(items.iter().map(value).collect()),
        Json::Object(members) => match members.iter().next() {
            Some((name, number)) if name == "$number" => Value::Number(number.as_str().unwrap().parse().unwrap()),
            Some((name, options)) if name == "$routing" => value(options),
            _ => Value::Object(members.iter().map(|(name, member)| (name.clone(), value(member))).collect()),
        },
    }
}

/// `path` is where the options are in a request.
fn refusal(refused: &Invalid, path: &str) -> Json {
    let member = refused.param.strip_prefix(path).unwrap().trim_start_matches('.').split('.').next();
    json!({ "accepts": false, "at": member })
}

#[test]
fn routing_options_are_those_of_python() {
    compare(include_str!("parity/routing.json"), |input| match RoutingOptions::from_value(&value(input)) {
        Ok(options) => {
            let fields = json!(options.as_value());
            let body = json!({ "gateway": { "routing": fields } });
            // Python says None of no fields.
            let dict = if fields == json!({}) { Json::Null } else { fields };
            json!({ "accepts": true, "to_dict": dict, "to_extra_body": body })
        }
        Err(refused) => refusal(&refused, "gateway.routing"),
    });
}

#[test]
fn gateway_options_are_those_of_python() {
    compare(include_str!("parity/gateway.json"), |input| match GatewayOptions::from_value(&value(input)) {
        Ok(options) => {
            let fields = json!(options.as_value());
            let body = if fields == json!({}) { fields } else { json!({ "gateway": fields }) };
            json!({ "accepts": true, "to_extra_body": body })
        }
        Err(refused) => refusal(&refused, "gateway"),
    });
}

/// The answer that an input describes; a 429 where it names no status.
fn head(input: &Json) -> Head {
    let status = u16::try_from(input["status"].as_u64().unwrap_or(429)).unwrap();
    let headers = input["headers"].as_object().into_iter().flatten();
    Head::new(status, headers.map(|(name, value)| (name.clone(), value.as_str().unwrap().to_owned())))
}

/// An error in the names of Python.
fn told(error: &Error) -> Json {
    let fields = json!(error.fields());
    let shown = error.to_string();
    let with_provider = shown != error.message && error.code != "malformed_response";
    json!({
        "class": fields["kind"],
        "status_code": error.status_code,
        "type": fields["type"],
        "code": fields["code"],
        "message": fields["message"],
        "str": with_provider.then_some(shown),
        "param": fields["param"],
        "doc_url": fields["docUrl"],
        "provider": fields["provider"],
        "request_id": fields["requestId"],
        "retry_after_seconds": fields["retryAfterSeconds"],
    })
}

#[test]
fn error_answers_become_the_errors_of_python() {
    compare(include_str!("parity/answers.json"), |input| {
        let Some(body) = input.get("body").filter(|_| input["status"].as_u64() >= Some(400)) else {
            // A body that is not JSON, and a success: what those mean, whoever reads them has to say. The
            // package test asks.
            return json!({});
        };
        let head = head(input);
        let error = Error::from_response(&head, &value(body), NOW_MS);
        let mut told = told(&error);
        told["retryable"] = json!(error.is_retryable(Some(&head)));
        told
    });
}

#[test]
fn error_events_become_the_errors_of_python() {
    compare(include_str!("parity/events.json"), |input| {
        let protocol = if input["stream"] == "chat" { Protocol::ChatCompletions } else { Protocol::Responses };
        let mut stream = Stream::new(protocol);
        let event = format!("data: {}\n\n", input["payload"]);
        stream.space(event.len()).copy_from_slice(event.as_bytes());
        let Turn::Broken(Flaw::ErrorEvent(payload)) = stream.advance() else {
            return json!({ "delivered": stream.batch().map_or(0, |batch| batch.payloads.len()) });
        };
        let payload: Json = serde_json::from_slice(&stream.bytes()[payload]).unwrap();
        let head = head(&json!({ "status": 200, "headers": { "x-request-id": "req_1" } }));
        told(&Error::from_stream_event(&value(&payload), &head))
    });
}

#[test]
fn a_request_without_an_answer_becomes_the_error_of_python() {
    compare(include_str!("parity/transport.json"), |input| {
        let timeout = input["httpx"].as_str().unwrap().ends_with("Timeout");
        let error = if timeout { Error::request_timeout(1) } else { Error::connection() };
        let mut told = told(&error);
        told["requests"] = json!(if error.is_retryable(None) { 3 } else { 1 });
        told
    });
}

#[test]
fn headers_are_read_as_python_reads_them() {
    compare(include_str!("parity/headers.json"), |input| {
        let head = head(input);
        let header = input["headers"].as_object().unwrap().keys().next().map_or("", String::as_str);
        let value = match input["accessor"].as_str() {
            None => json!(head.get(input["get"].as_str().unwrap())),
            Some("request_id") => json!(head.request_id()),
            Some("retry_after_seconds") => json!(head.retry_after(NOW_MS).map(|ms| ms / 1000.0)),
            // The package reads numbers: `ResponseHeaders`.
            Some("rate_limit_remaining" | "rate_limit_limit" | "credits_balance_microdollars") => return json!({}),
            Some(_) => json!(head.get(header)),
        };
        json!({ "value": value })
    });
}

#[test]
fn a_retry_waits_as_long_as_in_python() {
    compare(include_str!("parity/delays.json"), |input| {
        let head = head(input);
        let error = Error::from_response(&head, &Value::Null, NOW_MS);
        let attempt = u32::try_from(input["attempt"].as_u64().unwrap()).unwrap();
        let random = input["random"].as_f64().unwrap();
        let policy = Policy { max_retries: 100 };
        json!({ "delay_ms": next_delay(policy, attempt, &error, Some(&head), NOW_MS, random) })
    });
}

#[test]
fn metadata_is_used_where_python_can_read_it() {
    compare(include_str!("parity/metadata.json"), |input| match metadata::check(&value(input)) {
        Reading::Valid => json!({ "valid": true }),
        Reading::Degraded(members) => json!({ "valid": false, "required": false, "at": members }),
        Reading::Invalid => json!({ "valid": false, "required": true }),
    });
}

#[test]
fn base_urls_are_normalised_as_in_python() {
    compare(include_str!("parity/base_urls.json"), |input| {
        match config::normalise(input.as_str().unwrap_or_default(), false) {
            // Python's end with a slash, as httpx wants it.
            Ok(url) => json!({ "base_url": url + "/" }),
            Err(error) => json!({ "base_url": null, "code": error.code, "param": error.param }),
        }
    });
}

#[test]
fn keys_are_found_where_python_finds_them() {
    compare(include_str!("parity/keys.json"), |input| {
        match config::resolve_key(input["explicit"].as_str(), input["env"].as_str()) {
            Ok(key) => json!({ "key": key.reveal() }),
            Err(error) => json!({ "key": null, "class": error.kind.name(), "status_code": error.status_code,
                "type": error.error_type.name(), "code": error.code }),
        }
    });
}

#[test]
fn the_constants_are_those_of_python() {
    compare(include_str!("parity/constants.json"), |input| {
        let words = match input.as_str().unwrap() {
            "Optimize" => routing::OPTIMIZE,
            "Mode" => routing::MODE,
            "DataPolicy" => routing::DATA_POLICY,
            "MetricPercentile" => routing::METRIC_PERCENTILE,
            "Client" => {
                let base_url = config::DEFAULT_BASE_URL.to_owned() + "/";
                let (timeout_ms, max_retries) = (config::DEFAULT_TIMEOUT_MS, config::DEFAULT_MAX_RETRIES);
                return json!({ "base_url": base_url, "timeout_ms": timeout_ms, "max_retries": max_retries });
            }
            // The error classes are JavaScript's.
            _ => return json!({}),
        };
        json!({ "words": words.iter().map(|(name, word)| ((*name).to_owned(), json!(word))).collect::<Map<_, _>>() })
    });
}

#[test]
fn every_difference_is_in_the_vectors_with_its_reason() {
    let mut differences = differences();
    let folder = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/parity")).unwrap();
    for file in folder.map(|entry| entry.unwrap().path()).filter(|file| file.extension().is_some_and(|is| is == "json"))
    {
        let file: Json = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
        for vector in file["vectors"].as_array().into_iter().flatten() {
            let (name, python) = (vector["name"].as_str().unwrap(), &vector["python"]);
            let (ours, reason) = differences.remove(name).unwrap_or_default();
            assert_eq!((&vector["ours"], &vector["reason"]), (&ours, &reason), "{name}: run tests/parity/generate.sh");
            for (key, ours) in ours.as_object().into_iter().flatten() {
                assert_ne!(value(ours), value(&python[key]), "{name}: {key} does not differ");
            }
        }
    }
    assert!(differences.is_empty(), "no vectors: {:?}", differences.keys());
}

/// What differs on purpose: by the name of the vector, our outcome and the reason.
fn differences() -> BTreeMap<String, (Json, Json)> {
    let file: Json = serde_json::from_str(include_str!("parity/differences.json")).unwrap();
    let mut table = BTreeMap::new();
    for group in file["differences"].as_array().unwrap() {
        // A list has one outcome for all of its vectors, an object one for each.
        let vectors: Vec<(&str, &Json)> = match &group["vectors"] {
            Json::Array(names) => names.iter().map(|name| (name.as_str().unwrap(), &group["ours"])).collect(),
            each => each.as_object().unwrap().iter().map(|(name, ours)| (name.as_str(), ours)).collect(),
        };
        for (name, ours) in vectors {
            assert!(group["reason"].is_string() && ours.is_object(), "{name}");
            let twice = table.insert(name.to_owned(), (ours.clone(), group["reason"].clone()));
            assert_eq!(twice, None, "{name}");
        }
    }
    table
}
