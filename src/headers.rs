//! What a call needs to know of an HTTP answer before its body: the status and the headers.

/// Status and headers of an answer.
#[derive(Debug, Clone, Default)]
pub struct Head {
    /// The HTTP status.
    pub status: u16,
    /// Names in lower case. Repeated headers come joined with `, `, as `fetch` gives them.
    headers: Vec<(String, String)>,
}

impl Head {
    /// Takes the names in any case.
    pub fn new(status: u16, headers: impl IntoIterator<Item = (String, String)>) -> Self {
        let lower = |(name, value): (String, String)| (name.to_ascii_lowercase(), value);
        Self { status, headers: headers.into_iter().map(lower).collect() }
    }

    /// The value of a header, its name in any case. Browsers hide what the server does not expose
    /// by CORS, so every header may be absent.
    #[inline(never)] // here and elsewhere: the copies cost 2 KB of the compressed wasm
    pub fn get(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// What to quote to Auriko's support: `x-request-id`, if there is one and it is not empty.
    pub fn request_id(&self) -> Option<&str> {
        self.get("x-request-id").filter(|id| !id.is_empty())
    }

    /// The media type without its parameters, in the case in which it came; compare it by
    /// [`Head::is_type`].
    pub fn content_type(&self) -> Option<&str> {
        self.get("content-type")
            .map(|text| cut(text, b';').map_or(text, |(essence, _)| essence).trim())
            .filter(|essence| !essence.is_empty())
    }

    /// Whether the media type is this one, such as `text/event-stream`. False if there is none.
    pub fn is_type(&self, media_type: &str) -> bool {
        self.content_type().is_some_and(|own| own.eq_ignore_ascii_case(media_type))
    }

    /// The server's own word on a retry: `x-should-retry`, `true` or `false` and nothing else.
    pub fn should_retry(&self) -> Option<bool> {
        match self.get("x-should-retry")?.trim() {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        }
    }

    /// How many milliseconds from `now_ms` (since 1970) the server asks to wait; finite and never
    /// negative. `retry-after-ms` goes before the seconds and the date of `retry-after`. A date in
    /// the past and everything that cannot be read count as not said.
    pub fn retry_after(&self, now_ms: f64) -> Option<f64> {
        let seconds_or_date = || {
            let text = self.get("retry-after")?.trim();
            decimal(text).map(|seconds| seconds * 1000.0).or_else(|| http_date_ms(text).map(|at| at - now_ms))
        };
        let wait = self.get("retry-after-ms").and_then(|text| decimal(text.trim())).or_else(seconds_or_date)?;
        (wait.is_finite() && wait >= 0.0).then_some(wait)
    }
}

/// As `split_once` of an ASCII character, whose search for any character would be more code than all that uses it.
#[inline(never)]
pub(crate) fn cut(text: &str, at: u8) -> Option<(&str, &str)> {
    let place = text.bytes().position(|byte| byte == at)?;
    Some((text.get(..place)?, text.get(place + 1..)?))
}

/// Digits with an optional fraction. Not `str::parse`: that takes `inf` and `1e999` too, and would
/// be kilobytes of the wasm file.
#[inline(never)]
fn decimal(text: &str) -> Option<f64> {
    let digit = |byte: u8| byte.is_ascii_digit().then(|| f64::from(byte - b'0'));
    let (whole, fraction) = cut(text, b'.').unwrap_or((text, "0"));
    if whole.is_empty() || fraction.is_empty() {
        return None;
    }
    let whole = whole.bytes().try_fold(0.0, |sum, byte| Some(sum * 10.0 + digit(byte)?))?;
    let fraction = fraction.bytes().rev().try_fold(0.0, |sum, byte| Some((sum + digit(byte)?) / 10.0))?;
    Some(whole + fraction).filter(|value| value.is_finite())
}

/// Milliseconds since 1970 of a date in one of the three formats of RFC 9110, section 5.6.7.
fn http_date_ms(text: &str) -> Option<f64> {
    const MONTHS: &[u8] = b"JanFebMarAprMayJunJulAugSepOctNovDec";
    // IMF-fixdate and rfc850-date | asctime-date
    let ([_, day, month, year, hour, minute, second, "GMT", ""] | [_, month, day, hour, minute, second, year, "", ""]) =
        fields(text)
    else {
        return None;
    };
    let [day, year, hour, minute, second] =
        [number(day)?, number(year)?, number(hour)?, number(minute)?, number(second)?];
    let month = i32::try_from(MONTHS.chunks(3).position(|name| name == month.as_bytes())?).ok()?;
    if !(1..=31).contains(&day) || hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    // Two digits mean this century. The RFC looks 50 years ahead; a wrong guess lies in the past and
    // counts as not said.
    let year = if year < 100 { year + 2000 } else { year };
    // Years begin in March, so that the leap day is the last of its year.
    let (year, month) = if month < 2 { (year - 1, month + 10) } else { (year, month - 2) };
    let days = 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 719_469;
    Some(f64::from(days) * 86_400_000.0 + f64::from(hour * 3600 + minute * 60 + second) * 1000.0)
}

#[inline(never)]
fn number(text: &str) -> Option<i32> {
    text.parse::<u16>().ok().map(i32::from)
}

/// The parts of a date. Where there are fewer, the rest is empty; the ninth is one too many.
fn fields(text: &str) -> [&str; 9] {
    let mut fields = [""; 9];
    let parts = text.split([' ', ',', '-', ':']).filter(|part| !part.is_empty());
    fields.iter_mut().zip(parts).for_each(|(field, part)| *field = part);
    fields
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sun, 06 Nov 1994 08:49:37 GMT, the example of RFC 9110.
    const NOW_MS: f64 = 784_111_777_000.0;

    fn head(headers: &[(&str, &str)]) -> Head {
        Head::new(429, headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())))
    }

    #[test]
    fn finds_headers_in_any_case_and_takes_absent_ones_for_none() {
        let answer = head(&[("X-Request-ID", "req_1"), ("content-type", "Text/Event-Stream; charset=utf-8")]);
        assert_eq!((answer.get("X-REQUEST-id"), answer.request_id()), (Some("req_1"), Some("req_1")));
        assert_eq!(answer.content_type(), Some("Text/Event-Stream"));
        assert!(answer.is_type("text/event-stream") && !answer.is_type("text/event"));
        assert_eq!((answer.get("retry-after"), answer.should_retry()), (None, None));
        let blank = head(&[("x-request-id", ""), ("content-type", " ; x")]);
        assert_eq!((blank.request_id(), blank.content_type(), blank.is_type("")), (None, None, false));
    }

    #[test]
    fn reads_whether_to_retry_only_from_true_and_false() {
        for (value, expected) in [("true", Some(true)), ("false", Some(false)), ("1", None), ("TRUE", None), ("", None)]
        {
            assert_eq!(head(&[("x-should-retry", value)]).should_retry(), expected, "{value}");
        }
    }

    #[test]
    fn reads_the_wait_in_milliseconds_then_seconds_then_date() {
        let cases: [(&[(&str, &str)], f64); 12] = [
            (&[("Retry-After-Ms", "50"), ("retry-after", "30")], 50.0),
            (&[("retry-after-ms", "soon"), ("retry-after", "30")], 30_000.0),
            (&[("retry-after-ms", "0.25")], 0.25),
            (&[("retry-after", "0")], 0.0),
            (&[("retry-after", " 1.5 ")], 1500.0),
            (&[("retry-after", "3600")], 3_600_000.0),
            (&[("retry-after", "Sun, 06 Nov 1994 08:49:39 GMT")], 2000.0),
            (&[("retry-after", "Sun Nov  6 08:49:39 1994")], 2000.0),
            (&[("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT")], 0.0),
            (&[("retry-after", "Sun, 06 Nov 1994 23:59:60 GMT")], 54_623_000.0),
            (&[("retry-after", "Thu, 01 Mar 2096 00:00:00 GMT")], 3_981_398_400_000.0 - NOW_MS),
            (&[("retry-after", "Thursday, 29-Feb-96 00:00:00 GMT")], 3_981_312_000_000.0 - NOW_MS),
        ];
        for (headers, wait) in cases {
            assert_eq!(head(headers).retry_after(NOW_MS), Some(wait), "{headers:?}");
        }
    }

    #[test]
    fn counts_a_wait_that_cannot_be_read_or_is_over_as_not_said() {
        let endless = "9".repeat(400);
        let cases = [
            "",
            " ",
            "-1",
            "+1",
            "NaN",
            "soon",
            "1e999",
            "inf",
            "1_000",
            "5.",
            ".5",
            "1.2.3",
            "5, 10",
            &endless,
            "Sun, 06 Nov 1994 08:49:36 GMT",
            "Sunday, 06-Nov-94 08:49:37 PST",
            "Sun, 06 Nov 2094 08:49:37",
            "Sun, 06 Nov 2094 08:49 GMT",
            "Sun, 06 Nov 2094 24:00:00 GMT",
            "Sun, 06 Nov 2094 23:60:00 GMT",
            "Sun, 06 Nov 2094 23:59:61 GMT",
            "Sun, 32 Nov 2094 08:49:37 GMT",
            "Sun, 06 Nov 100 08:49:37 GMT",
            "Sun, 06 Nov 2094 08:49:37 GMT, Sun, 06 Nov 2094 08:49:37 GMT",
            "Sun, 00 Nov 2094 08:49:37 GMT",
            "Sun, 06 Nix 2094 08:49:37 GMT",
            "Sun, 06 Nov 99999 08:49:37 GMT",
            "2094-11-06T08:49:37Z",
        ];
        for value in cases {
            assert_eq!(head(&[("retry-after", value)]).retry_after(NOW_MS), None, "{value}");
        }
        assert_eq!(head(&[("retry-after-ms", &endless)]).retry_after(NOW_MS), None);
    }
}
