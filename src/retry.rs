//! Whether and when a failed request is sent again. Time and chance are arguments.

use crate::error::Error;
use crate::headers::Head;

/// The wait before the first retry, in milliseconds.
const FIRST_MS: f64 = 500.0;
/// Each wait is this many times the one before.
const FACTOR: f64 = 1.5;
/// No wait is longer, before it is varied.
const LONGEST_MS: f64 = 30_000.0;
/// A server that asks for more has to wait for its caller: nobody wants a call that sleeps unseen.
const LONGEST_ASKED_MS: f64 = 60_000.0;
/// A server that asks for less has asked for nothing: at once, and again at once, is a hot loop.
const SHORTEST_ASKED_MS: f64 = 20.0;

/// How often a request is repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    /// How many requests may follow the first; 0 means none.
    pub max_retries: u32,
}

impl Default for Policy {
    fn default() -> Self {
        Self { max_retries: crate::config::DEFAULT_MAX_RETRIES }
    }
}

/// After how many milliseconds to send again, or `None` to fail with `error`. `attempt` is 0 for the
/// failure of the first request, `head` the answer if one came, `now_ms` the time since 1970 and
/// `random` is in `0.0..1.0`.
///
/// By itself the wait is 500 ms · 1.5^attempt, at most 30 s, times 0.8 to 1.2. Where the answer says
/// how long, never earlier and up to a tenth later, so that callers who were turned away together do
/// not come back together. Above 60 s: `None`; the error has it in `retry_after_seconds`. Below
/// 20 ms: as if it said nothing.
pub fn next_delay(
    policy: Policy,
    attempt: u32,
    error: &Error,
    head: Option<&Head>,
    now_ms: f64,
    random: f64,
) -> Option<f64> {
    if attempt >= policy.max_retries || !error.is_retryable(head) {
        return None;
    }
    match head.and_then(|head| head.retry_after(now_ms)) {
        Some(asked) if asked > LONGEST_ASKED_MS => None,
        Some(asked) if asked >= SHORTEST_ASKED_MS => Some(asked * (1.0 + 0.1 * random)),
        Some(_) | None => Some(backoff(attempt) * (0.8 + 0.4 * random)),
    }
}

fn backoff(attempt: u32) -> f64 {
    // After 12 steps the limit is passed in any case.
    (0..attempt.min(12)).fold(FIRST_MS, |wait, _| wait * FACTOR).min(LONGEST_MS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Value;

    const POLICY: Policy = Policy { max_retries: 100 };
    /// Sun, 06 Nov 1994 08:49:37 GMT.
    const NOW_MS: f64 = 784_111_777_000.0;

    fn delay(attempt: u32, header: Option<(&str, &str)>, random: f64) -> Option<f64> {
        let head = Head::new(429, header.map(|(name, value)| (name.to_owned(), value.to_owned())));
        let error = Error::from_response(&head, &Value::Null, NOW_MS);
        next_delay(POLICY, attempt, &error, Some(&head), NOW_MS, random)
    }

    fn assert_near(delay: Option<f64>, expected: f64) {
        assert!(delay.is_some_and(|ms| (ms - expected).abs() < 1e-6), "{delay:?} {expected}");
    }

    #[test]
    fn waits_longer_each_time_up_to_thirty_seconds() {
        for (attempt, base) in
            [(0, 500.0), (1, 750.0), (2, 1125.0), (10, 28_832.519_531_25), (11, 30_000.0), (99, 30_000.0)]
        {
            assert_near(delay(attempt, None, 0.0), base * 0.8);
            assert_near(delay(attempt, None, 0.5), base);
            assert!(delay(attempt, None, 0.999_999).unwrap() < base * 1.2);
        }
    }

    #[test]
    fn comes_back_when_the_server_says_and_never_earlier() {
        let cases = [
            (("retry-after", "1"), 1000.0),
            (("retry-after-ms", "50"), 50.0),
            (("retry-after", "60"), 60_000.0),
            (("retry-after", "Sun, 06 Nov 1994 08:49:39 GMT"), 2000.0),
        ];
        for (header, asked) in cases {
            assert_near(delay(0, Some(header), 0.0), asked);
            assert_near(delay(0, Some(header), 1.0), asked * 1.1);
        }
    }

    #[test]
    fn uses_its_own_wait_where_the_server_says_nothing_usable() {
        for value in ["0", "0.001", "-1", "NaN", "soon", "1e999", "", "Sun, 06 Nov 1994 08:49:30 GMT"] {
            assert_near(delay(0, Some(("retry-after", value)), 0.5), 500.0);
        }
    }

    #[test]
    fn fails_at_once_where_the_server_asks_for_more_than_a_minute() {
        assert_eq!(delay(0, Some(("retry-after", "61")), 0.0), None);
        assert_eq!(delay(0, Some(("retry-after-ms", "60000.1")), 0.0), None);
        let head = Head::new(429, [("retry-after".to_owned(), "3600".to_owned())]);
        assert_eq!(Error::from_response(&head, &Value::Null, NOW_MS).retry_after_seconds, Some(3600.0));
    }

    #[test]
    fn stops_when_the_retries_are_used_up_or_cannot_help() {
        let tries = |max_retries, attempt, error: &Error| {
            next_delay(Policy { max_retries }, attempt, error, None, NOW_MS, 0.0).is_some()
        };
        let lost = Error::connection();
        assert_eq!([0, 1, 2].map(|attempt| tries(2, attempt, &lost)), [true, true, false]);
        assert!(!tries(0, 0, &lost));
        assert!(!tries(2, 0, &Error::missing_api_key()));
        assert_eq!(Policy::default().max_retries, 2);
    }
}
