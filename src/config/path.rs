//! Text of the caller as one segment of a path.

use crate::error::Error;

/// `id` with everything but RFC 3986's unreserved characters percent-encoded, so that `/`, `?`, `#`,
/// `%` and spaces stay part of it.
///
/// # Errors
/// `invalid_parameter_value` with the given `param` for an empty id, which would address the list,
/// and for `.` and `..`: URL parsers walk up the path by them even where they are encoded.
pub fn escape_segment(param: &str, id: &str) -> Result<String, Error> {
    if ["", ".", ".."].contains(&id) {
        return Err(Error::invalid_option(param, "must not be empty, `.` or `..`"));
    }
    let mut segment = String::with_capacity(id.len());
    for byte in id.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            segment.push(char::from(byte));
        } else {
            let digit = |half: u8| char::from(if half < 10 { b'0' + half } else { b'A' + half - 10 });
            segment.extend(['%', digit(byte >> 4), digit(byte & 15)]);
        }
    }
    Ok(segment)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_every_id_in_its_segment() {
        let cases = [
            ("gpt-5.4", "gpt-5.4"),
            ("gpt-5.4:cost", "gpt-5.4%3Acost"),
            ("meta/llama~3_1", "meta%2Fllama~3_1"),
            ("../keys", "..%2Fkeys"),
            ("..\\keys", "..%5Ckeys"),
            ("%2e%2e", "%252e%252e"),
            ("a?b#c d\r\n", "a%3Fb%23c%20d%0D%0A"),
            ("...", "..."),
            ("é\u{0}", "%C3%A9%00"),
        ];
        for (id, segment) in cases {
            assert_eq!(escape_segment("model", id).as_deref(), Ok(segment), "{id}");
        }
    }

    #[test]
    fn refuses_what_would_address_something_else() {
        for id in ["", ".", ".."] {
            let error = escape_segment("model", id).unwrap_err();
            assert_eq!(
                (error.code.as_str(), error.param.as_deref()),
                ("invalid_parameter_value", Some("model")),
                "{id}"
            );
        }
    }
}
