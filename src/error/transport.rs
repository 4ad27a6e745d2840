//! Failures on the way: no answer, half an answer, or an answer that is not Auriko's.

use super::{Error, ErrorType, Kind};
use crate::headers::Head;

impl Error {
    /// The request got no answer. Status 0, code `api_connection_error`.
    pub fn connection() -> Self {
        let message = "The request got no answer. Check the network and `baseUrl`, and in a browser whether the \
                       server allows this page (CORS). The `cause` tells more.";
        Self::unanswered(Kind::Connection, "api_connection_error", &[message])
    }

    /// What the caller's `fetch` gave is no answer at all. Sending again would give no other. Status 0,
    /// code `api_connection_error`.
    pub fn no_response() -> Self {
        let message = "`fetch` did not give a Response. Check the `fetch` option of the client.";
        Self::unanswered(Kind::Connection, "api_connection_error", &[message])
    }

    /// The connection broke while the body of an answer arrived. Status 0, code
    /// `api_connection_error`.
    pub fn connection_lost(head: &Head) -> Self {
        let message = "The connection broke before the answer was complete. What was received may be cut off. The \
                       `cause` tells more.";
        Self::unanswered(Kind::Connection, "api_connection_error", &[message]).about(head)
    }

    /// A stream ended in good order, but too early. Status 0, code `stream_truncated`.
    pub fn stream_truncated(head: &Head) -> Self {
        let message = "The stream ended before it was complete: neither a finish reason nor its last event came. \
                       What was received may be cut off.";
        Self::unanswered(Kind::Connection, "stream_truncated", &[message]).about(head)
    }

    /// No response headers within the limit. Status 0, code `request_timeout`.
    pub fn request_timeout(limit_ms: u32) -> Self {
        let message =
            ["No answer began within ", &limit_ms.to_string(), " ms. Raise `timeout` if the model needs longer."];
        Self::unanswered(Kind::Timeout, "request_timeout", &message)
    }

    /// Nothing more of the body within the limit. Status 0, code `idle_timeout`.
    pub fn idle_timeout(limit_ms: u32, head: &Head) -> Self {
        let message = [
            "The answer began, and then nothing came for ",
            &limit_ms.to_string(),
            " ms. What was received may be cut off. Raise `timeout` if the model pauses for longer.",
        ];
        Self::unanswered(Kind::Timeout, "idle_timeout", &message).about(head)
    }

    /// A success whose body is not the JSON that it should be. Code `invalid_response`.
    pub fn invalid_response(head: &Head) -> Self {
        Self::useless(head, "invalid_response", "where a JSON object was expected. Check `baseUrl`.")
    }

    /// A success without the member that makes it an answer. Code `invalid_response`.
    pub fn missing_member(head: &Head, name: &str) -> Self {
        let expected = ["and a JSON object without `", name, "`, which such an answer has. Check `baseUrl`."];
        Self::useless(head, "invalid_response", &expected.concat())
    }

    /// A success that is no event stream although one was asked for. Code `not_a_stream`.
    pub fn not_a_stream(head: &Head) -> Self {
        Self::useless(head, "not_a_stream", "where an event stream was expected. Check `baseUrl`.")
    }

    /// A `data` line of a stream that is no JSON object. `problem` says what it is instead, such as
    /// `not JSON`; not the content, which may be private. Code `invalid_chunk`.
    pub fn invalid_chunk(head: &Head, problem: &str) -> Self {
        let message = ["The stream sent a `data` line that is ", problem, "; a JSON object was expected."];
        Self::status(head, "invalid_chunk", &message)
    }

    /// A redirect that would take the prompt elsewhere. Code `redirect_refused`; the status is 0 where a
    /// browser hides it.
    pub fn redirect_refused(head: &Head) -> Self {
        let message = "The server answered with a redirect. It was not followed, because the prompt would go along. Set \
                       `baseUrl` to the final address.";
        Self::status(head, "redirect_refused", &[message])
    }

    fn unanswered(kind: Kind, code: &str, message: &[&str]) -> Self {
        Self::new(kind, 0, ErrorType::ApiError, code, message)
    }

    fn status(head: &Head, code: &str, message: &[&str]) -> Self {
        Self::new(Kind::ApiStatus, head.status, ErrorType::ApiError, code, message).about(head)
    }

    fn useless(head: &Head, code: &str, expected: &str) -> Self {
        let status = head.status.to_string();
        let content_type = head.content_type().unwrap_or("no content type");
        Self::status(head, code, &["The server answered with status ", &status, " and ", content_type, " ", expected])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(status: u16) -> Head {
        let headers = [("x-request-id", "req_1"), ("content-type", "text/html; charset=utf-8")];
        Head::new(status, headers.map(|(name, value)| (name.to_owned(), value.to_owned())))
    }

    #[test]
    fn has_the_codes_and_classes_that_programs_branch_on() {
        let answer = &head(200);
        let cases = [
            (Error::connection(), Kind::Connection, 0, "api_connection_error"),
            (Error::no_response(), Kind::Connection, 0, "api_connection_error"),
            (Error::connection_lost(answer), Kind::Connection, 0, "api_connection_error"),
            (Error::stream_truncated(answer), Kind::Connection, 0, "stream_truncated"),
            (Error::request_timeout(5), Kind::Timeout, 0, "request_timeout"),
            (Error::idle_timeout(5, answer), Kind::Timeout, 0, "idle_timeout"),
            (Error::invalid_response(answer), Kind::ApiStatus, 200, "invalid_response"),
            (Error::not_a_stream(answer), Kind::ApiStatus, 200, "not_a_stream"),
            (Error::invalid_chunk(answer, "an array"), Kind::ApiStatus, 200, "invalid_chunk"),
            (Error::redirect_refused(&head(302)), Kind::ApiStatus, 302, "redirect_refused"),
        ];
        for (error, kind, status, code) in cases {
            assert_eq!((error.kind, error.status_code, error.code.as_str()), (kind, status, code));
            assert_eq!((error.error_type, error.doc_url.as_ref()), (ErrorType::ApiError, None), "{code}");
            let answered = !["The request got", "`fetch` did not", "No answer began"]
                .iter()
                .any(|start| error.message.starts_with(start));
            assert_eq!(error.request_id.is_some(), answered, "{code}");
        }
    }

    #[test]
    fn says_what_came_and_what_was_expected() {
        let cases = [
            (Error::request_timeout(60_000), ["60000 ms", "`timeout`"]),
            (Error::idle_timeout(1500, &head(200)), ["1500 ms", "`timeout`"]),
            (Error::not_a_stream(&head(200)), ["status 200 and text/html", "event stream"]),
            (Error::invalid_response(&Head::new(201, [])), ["status 201 and no content type", "JSON object"]),
            (Error::invalid_chunk(&head(200), "an array"), ["an array", "JSON object"]),
            (Error::redirect_refused(&head(307)), ["redirect", "baseUrl"]),
        ];
        for (error, words) in cases {
            assert!(words.iter().all(|word| error.message.contains(word)), "{error}");
        }
    }
}
