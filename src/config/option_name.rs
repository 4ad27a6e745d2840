//! The names of options.

/// What one call changes of its client.
pub const CALL_OPTIONS: [&str; 5] = ["signal", "timeout", "maxRetries", "headers", "idempotencyKey"];

/// What is no parameter, though other clients take it among them, and what to do with it. It would be sent in the
/// body, headers with secrets as well, and have no effect.
pub const MISPLACED: [(&str, &str); 9] = [
    ("signal", OF_THE_CALL),
    ("timeout", OF_THE_CALL),
    ("maxRetries", OF_THE_CALL),
    ("max_retries", OF_THE_CALL),
    ("headers", OF_THE_CALL),
    ("extra_headers", OF_THE_CALL),
    ("idempotencyKey", OF_THE_CALL),
    ("idempotency_key", OF_THE_CALL),
    ("extraBody", "is not a parameter; write `extra_body`"),
];
const OF_THE_CALL: &str = "is an option of the call, which go into the second argument: `signal`, `timeout`, \
                           `maxRetries`, `headers` and `idempotencyKey`. What the service itself should get by this \
                           name goes into `extra_body`";

/// The known name that `name` is another spelling of: `base_url`, `baseurl` and `BASE-URL` are `baseUrl`.
/// None for a known name itself, and for what is nothing like one: frameworks pass options of their own.
pub fn misspelt<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    if known.contains(&name) {
        return None;
    }
    known.iter().copied().find(|known| letters(known).eq(letters(name)))
}

fn letters(name: &str) -> impl Iterator<Item = u8> {
    name.bytes().filter(|byte| !matches!(byte, b'_' | b'-')).map(|byte| byte.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sees_a_known_name_in_another_spelling_and_leaves_others_alone() {
        let known = ["apiKey", "baseUrl", "baseURL"];
        for (name, meant) in
            [("api_key", "apiKey"), ("APIKEY", "apiKey"), ("base-url", "baseUrl"), ("_baseurl", "baseUrl")]
        {
            assert_eq!(misspelt(name, &known), Some(meant), "{name}");
        }
        for name in ["apiKey", "baseUrl", "baseURL", "adminAPIKey", "organization", "", "key"] {
            assert_eq!(misspelt(name, &known), None, "{name}");
        }
    }
}
