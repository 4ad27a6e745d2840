//! Where requests go.

use crate::error::Error;
use crate::headers::cut;

/// Auriko's own address.
pub const DEFAULT_BASE_URL: &str = "https://api.auriko.ai/v1";

/// The base URL that paths such as `/models` are appended to. Blank means [`DEFAULT_BASE_URL`]. As
/// in Python, slashes at the end go and `/v1` is appended unless it is there (in lower case); the
/// rest of the path is kept, and unlike Python's the result ends without a slash. `allow_relative`
/// also admits a path such as `/api/v1`, which a browser resolves by its page.
///
/// # Errors
/// `invalid_parameter_value` with param `baseUrl` for anything that is not `http(s)://host[:port][/path]`.
/// The message never repeats the URL, which may hold a password.
pub fn normalise(url: &str, allow_relative: bool) -> Result<String, Error> {
    let url = url.trim();
    if url.is_empty() {
        return Ok(DEFAULT_BASE_URL.to_owned());
    }
    // WHATWG URL parsers drop line breaks and read backslashes as slashes: another host than it seems.
    if url.bytes().any(|byte| byte == b'\\' || byte <= b' ' || byte == 0x7f) {
        return Err(refused("must not contain spaces, control characters or backslashes"));
    }
    if url.bytes().any(|byte| byte == b'?' || byte == b'#') {
        return Err(refused("must not contain a query or a fragment"));
    }
    if let Some(path) = url.strip_prefix('/').filter(|path| !path.starts_with('/')) {
        return if allow_relative {
            Ok(with_version("", "", "", path))
        } else {
            Err(refused(
                "may be a path without a host only in a browser and with `apiKey: null`; elsewhere it has to be a \
                 whole URL, as https://api.auriko.ai/v1 is",
            ))
        };
    }
    let Some((scheme, authority, path)) = split(url) else {
        return Err(refused("must begin with https:// or http://, as https://api.auriko.ai/v1 does"));
    };
    if authority.bytes().any(|byte| byte == b'@') {
        return Err(refused("must not contain a user name or a password; the key belongs into `apiKey`"));
    }
    if !is_host(authority) {
        return Err(refused("must name a host, with a port up to 65535 if any"));
    }
    Ok(with_version(scheme, "://", authority, path))
}

/// Whether a key sent to this normalised URL can be read on the way: `http` to another machine.
pub fn cleartext_key_risk(url: &str) -> bool {
    split(url).is_some_and(|(scheme, authority, _)| scheme == "http" && !is_loopback(host_and_port(authority).0))
}

/// Scheme in lower case, host with port, and path without its first slash, of an http(s) URL.
fn split(url: &str) -> Option<(&'static str, &str, &str)> {
    let (scheme, rest) = cut(url, b':')?;
    let rest = rest.strip_prefix("//")?;
    let scheme = ["https", "http"].into_iter().find(|known| scheme.eq_ignore_ascii_case(known))?;
    let (authority, path) = cut(rest, b'/').unwrap_or((rest, ""));
    Some((scheme, authority, path))
}

fn with_version(scheme: &str, separator: &str, authority: &str, path: &str) -> String {
    let path = path.trim_end_matches('/');
    let slash = if path.is_empty() { "" } else { "/" };
    let version = if path == "v1" || path.ends_with("/v1") { "" } else { "/v1" };
    [scheme, separator, authority, slash, path, version].concat()
}

fn host_and_port(authority: &str) -> (&str, &str) {
    let place = authority.bytes().rposition(|byte| byte == b':').filter(|_| !authority.ends_with(']'));
    place.and_then(|place| Some((authority.get(..place)?, authority.get(place + 1..)?))).unwrap_or((authority, ""))
}

fn is_host(authority: &str) -> bool {
    let (host, port) = host_and_port(authority);
    let bracketed = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    let digit = |number: u32, byte: u8| {
        byte.is_ascii_digit().then(|| number.saturating_mul(10).saturating_add((byte - b'0').into()))
    };
    let port_is_good = port.bytes().try_fold(0, digit).is_some_and(|number| number <= 65535);
    port_is_good
        && bracketed
            .map_or(!host.is_empty() && !host.bytes().any(|byte| b":[]".contains(&byte)), |ip| cut(ip, b':').is_some())
}

fn is_loopback(host: &str) -> bool {
    let host = host.to_ascii_lowercase();
    let digits = host.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    host == "localhost" || host.ends_with(".localhost") || host == "[::1]" || (digits && host.starts_with("127."))
}

fn refused(problem: &str) -> Error {
    Error::invalid_option("baseUrl", problem)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn appends_the_version_once_and_no_slash() {
        let cases = [
            ("", DEFAULT_BASE_URL),
            (" \n", DEFAULT_BASE_URL),
            ("https://x", "https://x/v1"),
            (" https://x/ ", "https://x/v1"),
            ("https://x/v1", "https://x/v1"),
            ("https://x/v1//", "https://x/v1"),
            ("https://x/api", "https://x/api/v1"),
            ("https://x/api/v1/", "https://x/api/v1"),
            ("https://x/v1beta", "https://x/v1beta/v1"),
            ("https://x/V1", "https://x/V1/v1"),
            ("https://x/av1", "https://x/av1/v1"),
            ("https://x/a@b", "https://x/a@b/v1"),
            ("https://v1", "https://v1/v1"),
            ("HTTPS://Api.Example:8443", "https://Api.Example:8443/v1"),
            ("http://localhost:3000/", "http://localhost:3000/v1"),
            ("http://[::1]:8080", "http://[::1]:8080/v1"),
            ("http://[::1]", "http://[::1]/v1"),
            ("https://bücher.example", "https://bücher.example/v1"),
        ];
        for (url, expected) in cases {
            assert_eq!(normalise(url, false).as_deref(), Ok(expected), "{url}");
            assert_eq!(normalise(expected, false).as_deref(), Ok(expected), "twice: {url}");
        }
    }

    #[test]
    fn takes_a_path_without_a_host_only_where_allowed() {
        for (url, expected) in [("/api/v1", "/api/v1"), ("/api/", "/api/v1"), ("/", "/v1")] {
            assert_eq!(normalise(url, true).as_deref(), Ok(expected), "{url}");
            assert!(normalise(url, false).unwrap_err().message.contains("apiKey: null"), "{url}");
        }
        for url in ["//evil.example/v1", "api/v1", "./v1", "/\\evil.example"] {
            assert!(normalise(url, true).is_err(), "{url}");
        }
    }

    #[test]
    fn refuses_everything_else_without_repeating_it() {
        let cases = [
            ("https://user:secret@x/v1", "password"),
            ("https://secret@x", "password"),
            ("https://x/v1?key=secret", "query"),
            ("https://x/v1#secret", "fragment"),
            ("https://x/?", "query"),
            ("ftp://secret", "https://"),
            ("javascript://secret", "https://"),
            ("secret.example/v1", "https://"),
            ("https:/secret", "https://"),
            ("https:secret", "https://"),
            ("https://", "host"),
            ("https:///secret", "host"),
            ("https://:80/secret", "host"),
            ("https://secret:x", "port"),
            ("https://secret:99999", "port"),
            ("https://secret:+1", "port"),
            ("https://secret:1:2", "host"),
            ("https://[secret]", "host"),
            ("https://[::1", "host"),
            ("https://secret\\@x", "backslashes"),
            ("https://sec\nret", "spaces"),
            ("https://x/sec ret", "spaces"),
        ];
        for (url, word) in cases {
            let error = normalise(url, true).unwrap_err();
            assert_eq!((error.code.as_str(), error.param.as_deref()), ("invalid_parameter_value", Some("baseUrl")));
            assert!(error.message.contains(word) && !format!("{error:?}").contains("secret"), "{url}: {error}");
        }
    }

    #[test]
    fn sees_the_risk_of_http_to_another_machine() {
        for url in
            ["http://x/v1", "http://127.0.0.1.evil.example/v1", "http://localhost.evil/v1", "http://10.0.0.1:80/v1"]
        {
            assert!(cleartext_key_risk(url), "{url}");
        }
        for url in [
            DEFAULT_BASE_URL,
            "http://LOCALHOST:3000/v1",
            "http://a.localhost/v1",
            "http://127.0.0.1:80/v1",
            "http://[::1]:80/v1",
            "/v1",
        ] {
            assert!(!cleartext_key_risk(url), "{url}");
        }
    }
}
