/// Headers by lower-case name. `None` takes a header away that was set before.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HeaderList(Vec<(String, Option<String>)>);

impl HeaderList {
    /// Sets a header, its name in any case; the last value counts.
    pub fn set(&mut self, name: &str, value: Option<String>) {
        let name = name.to_ascii_lowercase();
        self.0.retain(|(known, _)| *known != name);
        self.0.push((name, value));
    }

    /// Adds those of another list, which go before these.
    pub fn merge(&mut self, later: &Self) {
        for (name, value) in &later.0 {
            self.set(name, value.clone());
        }
    }

    /// The value of a header that is `default` unless something was said about it. `name` is in lower
    /// case.
    pub fn value_or(&self, name: &str, default: Option<String>) -> Option<String> {
        self.0.iter().find(|(known, _)| known == name).map_or(default, |(_, value)| value.clone())
    }

    /// Those that are to be sent.
    pub fn present(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().filter_map(|(name, value)| Some((name.as_str(), value.as_deref()?)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(headers: &[(&str, Option<&str>)]) -> HeaderList {
        let mut list = HeaderList::default();
        for (name, value) in headers {
            list.set(name, value.map(str::to_owned));
        }
        list
    }

    #[test]
    fn the_last_value_counts_and_none_takes_a_header_away() {
        let mut headers = list(&[("X-A", Some("1")), ("x-b", Some("2")), ("x-a", Some("3"))]);
        headers.merge(&list(&[("X-B", None), ("x-c", Some("4"))]));
        assert_eq!(headers.present().collect::<Vec<_>>(), [("x-a", "3"), ("x-c", "4")]);
    }

    #[test]
    fn a_default_holds_until_something_is_said_about_it() {
        let key = || Some("Bearer key".to_owned());
        assert_eq!(list(&[]).value_or("authorization", key()), key());
        assert_eq!(list(&[("Authorization", None)]).value_or("authorization", key()), None);
        assert_eq!(list(&[("Authorization", Some("own"))]).value_or("authorization", key()).as_deref(), Some("own"));
    }
}
