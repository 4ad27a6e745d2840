/// How much the logger is told. Each level includes those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LogLevel {
    /// Nothing.
    Off,
    /// Nothing yet: what fails rejects.
    Error,
    /// What is dangerous about the configuration.
    Warn,
    /// One line for each answer, failure and retry.
    Info,
    /// Each attempt, with its headers.
    Debug,
}

impl LogLevel {
    /// The names of the levels.
    pub const NAMES: &str = "`off`, `error`, `warn`, `info` or `debug`";

    /// The level of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "off" => Self::Off,
            "error" => Self::Error,
            "warn" => Self::Warn,
            "info" => Self::Info,
            "debug" => Self::Debug,
            _ => return None,
        })
    }
}

/// Whether the value of a header is for nobody's log. The name is in lower case.
pub fn is_secret_header(name: &str) -> bool {
    ["authorization", "cookie", "set-cookie", "api-key", "x-api-key", "proxy-authorization"].contains(&name)
        || ["token", "secret", "key", "password"].iter().any(|word| name.ends_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_known_by_their_names_and_in_their_order() {
        let levels = ["off", "error", "warn", "info", "debug"].map(|name| {
            assert!(LogLevel::NAMES.contains(name));
            LogLevel::from_name(name).unwrap()
        });
        assert!(levels.is_sorted());
        for unknown in ["", "DEBUG", "trace"] {
            assert_eq!(LogLevel::from_name(unknown), None);
        }
    }

    #[test]
    fn headers_that_hold_secrets_are_known() {
        for name in ["authorization", "set-cookie", "api-key", "x-goog-api-key", "x-auth-token", "client-secret"] {
            assert!(is_secret_header(name), "{name}");
        }
        for name in ["content-type", "x-request-id", "retry-after", "x-token-count"] {
            assert!(!is_secret_header(name), "{name}");
        }
    }
}
