use super::*;
use crate::error::Kind;
use serde_json::json;

const MOMENT: Moment = Moment { now_ms: 0.0, random: 0.5 };

fn call(max_retries: u32) -> Call {
    let mut call = Call::new(Policy { max_retries }, 60_000, ApiKey::new("ak_secret_1234567890").ok());
    assert_eq!(call.start(), Action::Send);
    call
}

fn head(status: u16, headers: &[(&str, &str)]) -> Head {
    Head::new(status, headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())))
}

fn answered(status: u16, headers: &[(&str, &str)]) -> Fact {
    Fact::Answered(head(status, headers), None)
}

fn redirected(status: u16, target: &str) -> Fact {
    Fact::Answered(head(status, &[]), Some(target.to_owned()))
}

fn refusal(error_type: &str, code: &str) -> Value {
    json!({"error": {"type": error_type, "code": code, "message": "no ak_secret_1234567890"}}).into()
}

fn refused(error_type: &str, code: &str) -> Fact {
    Fact::Refused(refusal(error_type, code))
}

fn rate_limited() -> Fact {
    refused("rate_limit_error", "rate_limit_exceeded")
}

/// Plays facts against the actions that they are to bring.
fn play(call: &mut Call, script: impl IntoIterator<Item = (Fact, Action)>) {
    for (fact, action) in script {
        let told = format!("{fact:?}");
        assert_eq!(call.next(fact, MOMENT), action, "{told}");
    }
}

fn failure(call: &mut Call, fact: Fact) -> Error {
    let action = call.next(fact, MOMENT);
    let Action::Fail(error) = action else { panic!("{action:?}") };
    error
}

#[test]
fn a_success_is_accepted_at_once() {
    play(&mut call(2), [(answered(200, &[]), Action::Accept)]);
}

#[test]
fn what_may_pass_is_sent_again_until_the_retries_are_used_up() {
    let mut call = call(2);
    for expected_ms in [500.0, 750.0] {
        play(
            &mut call,
            [
                (answered(429, &[]), Action::ReadRefusal),
                (rate_limited(), Action::Rest(expected_ms)),
                (Fact::Rested, Action::Send),
            ],
        );
    }
    play(&mut call, [(answered(429, &[("x-request-id", "req_1")]), Action::ReadRefusal)]);
    let error = failure(&mut call, rate_limited());
    assert_eq!((error.kind, error.attempts, error.request_id.as_deref()), (Kind::RateLimit, 3, Some("req_1")));
    assert!(!error.message.contains("secret"), "{}", error.message);
}

#[test]
fn a_retry_that_succeeds_is_accepted_and_a_redirect_too() {
    let retry = [
        (answered(429, &[]), Action::ReadRefusal),
        (rate_limited(), Action::Rest(500.0)),
        (Fact::Rested, Action::Send),
        (answered(200, &[]), Action::Accept),
    ];
    let redirect = [(redirected(308, "/b"), Action::Follow("/b".into())), (answered(200, &[]), Action::Accept)];
    let both = [
        (redirected(307, "/b"), Action::Follow("/b".into())),
        (answered(503, &[]), Action::ReadRefusal),
        (Fact::Refused(Value::Null), Action::Rest(500.0)),
        (Fact::Rested, Action::Send),
        (redirected(307, "/b"), Action::Follow("/b".into())),
        (Fact::Unreachable, Action::Rest(750.0)),
        (Fact::Rested, Action::Send),
        (answered(201, &[]), Action::Accept),
    ];
    for (script, attempts) in [(retry.to_vec(), 2), (redirect.to_vec(), 1), (both.to_vec(), 3)] {
        let mut call = call(2);
        play(&mut call, script);
        assert_eq!(call.attempts(), attempts);
    }
}

#[test]
fn a_server_that_asks_for_more_than_a_minute_is_not_asked_again() {
    let mut call = call(2);
    play(&mut call, [(answered(429, &[("retry-after", "61")]), Action::ReadRefusal)]);
    let error = failure(&mut call, rate_limited());
    assert_eq!((error.retry_after_seconds, error.attempts), (Some(61.0), 1));
}

#[test]
fn a_key_that_cannot_be_had_fails_the_call_and_counts_as_nothing_sent() {
    let no_key = || Fact::NoKey(Error::api_key_function());
    assert_eq!(failure(&mut call(2), no_key()).attempts, 0);
    let mut later = call(2);
    play(&mut later, [(Fact::Unreachable, Action::Rest(500.0)), (Fact::Rested, Action::Send)]);
    assert_eq!(failure(&mut later, no_key()).attempts, 1);
    let mut redirecting = call(2);
    play(&mut redirecting, [(redirected(307, "/b"), Action::Follow("/b".into()))]);
    assert_eq!(failure(&mut redirecting, no_key()).attempts, 1);
}

#[test]
fn the_key_of_the_last_attempt_is_masked() {
    let mut call = call(0);
    call.uses(ApiKey::new("ak_rotated_1234567890").unwrap());
    play(&mut call, [(answered(401, &[]), Action::ReadRefusal)]);
    let says = json!({"error": {"type": "authentication_error", "code": "invalid_api_key", "message": "no ak_rotated_1234567890"}});
    let error = failure(&mut call, Fact::Refused(says.into()));
    assert!(!error.message.contains("rotated"), "{}", error.message);
}

#[test]
fn retries_mix_refusals_lost_connections_and_timeouts() {
    let mut call = call(3);
    play(
        &mut call,
        [
            (Fact::Unreachable, Action::Rest(500.0)),
            (Fact::Rested, Action::Send),
            (Fact::TimedOut, Action::Rest(750.0)),
            (Fact::Rested, Action::Send),
            (answered(503, &[("retry-after", "7")]), Action::ReadRefusal),
            (Fact::Refused(Value::Null), Action::Rest(7000.0 * 1.05)),
            (Fact::Rested, Action::Send),
        ],
    );
    let error = failure(&mut call, Fact::TimedOut);
    assert_eq!((error.kind, error.attempts), (Kind::Timeout, 4));
}

#[test]
fn what_an_earlier_answer_asked_for_does_not_delay_a_later_retry() {
    play(
        &mut call(2),
        [
            (answered(503, &[("retry-after", "7")]), Action::ReadRefusal),
            (Fact::Refused(Value::Null), Action::Rest(7000.0 * 1.05)),
            (Fact::Rested, Action::Send),
            (Fact::Unreachable, Action::Rest(750.0)),
        ],
    );
}

#[test]
fn without_retries_the_first_failure_is_the_last() {
    assert_eq!(failure(&mut call(0), Fact::Unreachable).kind, Kind::Connection);
    assert_eq!(failure(&mut call(0), Fact::TimedOut).attempts, 1);
}

#[test]
fn what_will_not_pass_is_sent_once() {
    let mut invalid = call(2);
    play(&mut invalid, [(answered(400, &[]), Action::ReadRefusal)]);
    let error = failure(&mut invalid, refused("invalid_request_error", "invalid_request"));
    assert_eq!((error.kind, error.attempts), (Kind::BadRequest, 1));
    let error = failure(&mut call(2), Fact::NoResponse);
    assert_eq!((error.code.as_str(), error.attempts), ("api_connection_error", 1));
}

#[test]
fn redirects_are_followed_within_the_origin_and_not_for_ever() {
    let mut following = call(2);
    for _ in 0..MAX_REDIRECTS {
        play(&mut following, [(redirected(307, "/b"), Action::Follow("/b".into()))]);
    }
    assert_eq!(failure(&mut following, redirected(307, "/b")).code, "redirect_refused");
    // Each attempt begins at the URL of the call, so each may follow as many.
    let mut retrying = call(2);
    for _ in 0..2 {
        for _ in 0..MAX_REDIRECTS {
            play(&mut retrying, [(redirected(307, "/b"), Action::Follow("/b".into()))]);
        }
        assert!(matches!(retrying.next(Fact::Unreachable, MOMENT), Action::Rest(_)));
        play(&mut retrying, [(Fact::Rested, Action::Send)]);
    }
    for fact in [answered(307, &[]), redirected(302, "/b"), answered(303, &[]), answered(0, &[])] {
        assert_eq!(failure(&mut call(2), fact).attempts, 1);
    }
}

#[test]
fn an_abort_abandons_the_call_wherever_it_is_and_nothing_brings_it_back() {
    let to_refusal = || vec![(answered(429, &[]), Action::ReadRefusal)];
    let to_rest = || [to_refusal(), vec![(rate_limited(), Action::Rest(500.0))]].concat();
    let to_second = || [to_rest(), vec![(Fact::Rested, Action::Send)]].concat();
    let to_redirect = || vec![(redirected(307, "/b"), Action::Follow("/b".into()))];
    let to_body = || vec![(answered(200, &[]), Action::Accept)];
    for script in [vec![], to_refusal(), to_rest(), to_second(), to_redirect(), to_body()] {
        let mut call = call(2);
        play(&mut call, script);
        play(&mut call, [(Fact::Aborted, Action::Abandon)]);
        for late in [answered(200, &[]), rate_limited(), Fact::Unreachable, Fact::TimedOut, Fact::Rested, Fact::Aborted]
        {
            play(&mut call, [(late, Action::Abandon)]);
        }
    }
}

#[test]
fn a_success_that_is_no_stream_is_told_from_one() {
    for (content_type, brings_events) in
        [("text/event-stream", true), ("", true), ("application/json; charset=utf-8", false), ("text/html", false)]
    {
        let mut call = call(2);
        play(&mut call, [(answered(200, &[("content-type", content_type)]), Action::Accept)]);
        assert_eq!(call.brings_events(), brings_events, "{content_type}");
    }
}

#[test]
fn errors_of_a_body_know_their_answer() {
    let mut call = call(2);
    play(&mut call, [(answered(200, &[("x-request-id", "req_2")]), Action::Accept)]);
    let flaws = [Flaw::ErrorEvent(0..0), Flaw::InvalidChunk, Flaw::Truncated].map(|f| call.broken(&f, &Value::Null));
    for error in flaws.iter().chain([&call.lost(), &call.idle()]) {
        assert_eq!((error.request_id.as_deref(), error.attempts), (Some("req_2"), 1), "{error:?}");
    }
}
