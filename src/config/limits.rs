//! The two numbers of a client and of a call: how long to wait and how often to try again.

use crate::error::Error;
use crate::value::Value;

/// How long to wait for the headers of an answer, and then for each next piece of it.
pub const DEFAULT_TIMEOUT_MS: u32 = 60_000;
/// How many requests may follow a failed first one.
pub const DEFAULT_MAX_RETRIES: u32 = 2;

/// The longest that `setTimeout` can wait: 2^31 - 1. It takes more for 1 ms.
const LONGEST_MS: f64 = 2_147_483_647.0;
/// More retries than this are a mistake.
const MOST_RETRIES: f64 = 100.0;

/// The option `timeout`: whole milliseconds, a fraction rounded up; `None` if it is not given.
///
/// # Errors
/// `invalid_parameter_value` if it is no number above 0 and up to 2^31 - 1. There is no "never".
pub fn timeout_ms(option: &Value) -> Result<Option<u32>, Error> {
    let rule = "a number of milliseconds, above 0 and at most 2147483647";
    number(option, "timeout", rule, |ms| ms > 0.0 && ms <= LONGEST_MS)
}

/// The option `maxRetries`; `None` if it is not given, and 0 turns retries off.
///
/// # Errors
/// `invalid_parameter_value` if it is no whole number from 0 to 100.
pub fn max_retries(option: &Value) -> Result<Option<u32>, Error> {
    let rule = "a whole number from 0 to 100";
    number(option, "maxRetries", rule, |n| (0.0..=MOST_RETRIES).contains(&n) && n.fract() == 0.0)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "both rules admit what a u32 holds")]
fn number(option: &Value, param: &str, rule: &str, admits: fn(f64) -> bool) -> Result<Option<u32>, Error> {
    match option {
        Value::Null => Ok(None),
        Value::Number(n) if admits(*n) => Ok(Some(n.ceil() as u32)),
        Value::Number(_) | Value::Bool(_) | Value::String(_) | Value::Array(_) | Value::Object(_) | Value::Other(_) => {
            Err(Error::invalid_value(param, rule, option))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Option_ = fn(&Value) -> Result<Option<u32>, Error>;

    fn check(read: Option_, param: &str, good: &[(f64, u32)], bad: &[f64]) {
        assert_eq!(read(&Value::Null), Ok(None));
        for (n, expected) in good {
            assert_eq!(read(&Value::Number(*n)), Ok(Some(*expected)), "{n}");
        }
        let others = [Value::Bool(true), Value::String("1".to_owned()), Value::Array(vec![]), Value::Other("a bigint")];
        for value in bad.iter().map(|n| Value::Number(*n)).chain(others) {
            let error = read(&value).unwrap_err();
            assert_eq!(
                (error.code.as_str(), error.param.as_deref()),
                ("invalid_parameter_value", Some(param)),
                "{value:?}"
            );
        }
    }

    #[test]
    fn takes_a_timeout_that_a_timer_can_keep() {
        let good = [(1.0, 1), (60_000.0, 60_000), (0.5, 1), (1.2, 2), (LONGEST_MS, 2_147_483_647)];
        check(timeout_ms, "timeout", &good, &[0.0, -0.0, -1.0, 2_147_483_648.0, f64::NAN, f64::INFINITY]);
    }

    #[test]
    fn takes_whole_numbers_of_retries_up_to_a_hundred() {
        let bad = [-1.0, 0.5, 100.5, 101.0, f64::NAN, f64::INFINITY, f64::NEG_INFINITY];
        check(max_retries, "maxRetries", &[(0.0, 0), (-0.0, 0), (2.0, 2), (100.0, 100)], &bad);
    }
}
