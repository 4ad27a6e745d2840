//! The names of options.

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
