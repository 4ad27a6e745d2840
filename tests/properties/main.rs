//! Laws that hold for every input, tried with inputs of proptest: the same ones in every run, so that a
//! failure is the change's. `fuzz` tries the same laws for hours.
#![cfg(not(target_arch = "wasm32"))]
#![allow(unreachable_pub, reason = "fuzz has the laws and the oracle as a library")]
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a panic is a failed test"
)]

mod inputs;
mod laws;
mod oracle;

use inputs::{any_json, any_value, headers, metadata, options, sizes, stream, text_insides, texts};
use proptest::prelude::*;
use proptest::test_runner::{RngAlgorithm, RngSeed};

/// As many cases of each law as take some seconds together.
fn config() -> ProptestConfig {
    ProptestConfig {
        cases: 500,
        rng_algorithm: RngAlgorithm::ChaCha,
        rng_seed: RngSeed::Fixed(0x6175_7269_6b6f),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn the_events_of_any_bytes_are_those_of_the_standard_at_any_cut(input in stream(), sizes in sizes()) {
        laws::events(&input, &sizes);
    }

    #[test]
    fn a_stream_of_any_bytes_has_the_same_chunks_text_and_end_at_any_cut(
        input in stream(), sizes in sizes(), responses: bool,
    ) {
        laws::stream(&input, &sizes, responses, false);
        laws::stream(&input, &sizes, false, true);
    }

    #[test]
    fn a_payload_is_taken_where_json_parse_takes_it(input in any_json()) {
        laws::payload(input.as_bytes());
    }

    #[test]
    fn text_is_what_json_parse_reads(insides in text_insides()) {
        let insides: Vec<&[u8]> = insides.iter().map(Vec::as_slice).collect();
        laws::text(&insides);
    }

    #[test]
    fn metadata_is_found_in_any_body_at_any_cut(input in stream(), json in any_json(), sizes in sizes()) {
        laws::capture(&input, &sizes, true);
        laws::capture(json.as_bytes(), &sizes, false);
    }

    #[test]
    fn metadata_of_any_shape_is_valid_without_what_is_dropped(value in metadata()) {
        laws::metadata(&value);
    }

    #[test]
    fn any_error_answer_makes_a_whole_error_and_a_wait_within_bounds(
        status in 400..600_u16, headers in headers(), body in any_json(), attempt in 0..8_u32, random in 0.0..1.0,
    ) {
        let body = oracle::json::parse(&body).unwrap_or(oracle::json::Json::Null);
        laws::answer(status, &headers, &body, attempt, random);
        laws::stream_event(&body);
    }

    #[test]
    fn headers_of_any_text_are_read(headers in headers(), now_ms in 0.0..4e12) {
        laws::headers(&headers, now_ms);
    }

    #[test]
    fn options_of_any_shape_are_refused_in_few_words_or_sent_as_given(value in options(), other in any_value()) {
        for value in [value, other] {
            laws::routing(&value);
            laws::gateway(&value);
        }
    }

    #[test]
    fn any_text_in_the_configuration_is_harmless_or_refused(text in texts()) {
        laws::configuration(&text);
    }
}
