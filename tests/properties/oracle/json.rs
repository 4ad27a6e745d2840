//! `JSON.parse`, as ECMA-404 and ECMA-262 have it. Strings are units of UTF-16, since half a character
//! may stand alone in JSON and in JavaScript, which `serde_json` refuses.

use auriko_wasm::value::Value;

/// What JSON can say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Json {
    Null,
    Bool(bool),
    /// As it is written.
    Number(String),
    String(Vec<u16>),
    Array(Vec<Json>),
    /// In the order written, with all of equal names.
    Object(Vec<(Vec<u16>, Json)>),
}

/// The value of a whole text; nothing if it is no JSON.
pub fn parse(text: &str) -> Option<Json> {
    let mut reading = Reading { rest: text };
    reading.space();
    let value = reading.value()?;
    reading.space();
    reading.rest.is_empty().then_some(value)
}

impl Json {
    /// The last member of that name.
    pub fn get(&self, name: &str) -> Option<&Self> {
        let Self::Object(members) = self else { return None };
        members.iter().rev().find(|(own, _)| own.iter().copied().eq(name.encode_utf16())).map(|(_, value)| value)
    }

    /// The same, where null counts for nothing.
    pub fn given(&self, name: &str) -> Option<&Self> {
        self.get(name).filter(|value| **value != Self::Null)
    }

    pub fn text(&self) -> Option<String> {
        let Self::String(units) = self else { return None };
        Some(String::from_utf16_lossy(units))
    }

    /// As the crate reads it from JavaScript.
    pub fn value(&self) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::Bool(flag) => Value::Bool(*flag),
            Self::Number(digits) => Value::Number(digits.parse().unwrap_or(f64::NAN)),
            Self::String(units) => Value::String(String::from_utf16_lossy(units)),
            Self::Array(items) => Value::Array(items.iter().map(Self::value).collect()),
            Self::Object(members) => Value::Object(
                members.iter().map(|(name, member)| (String::from_utf16_lossy(name), member.value())).collect(),
            ),
        }
    }
}

struct Reading<'a> {
    rest: &'a str,
}

impl Reading<'_> {
    fn space(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\t', '\n', '\r']);
    }

    fn take(&mut self, token: &str) -> Option<()> {
        self.rest = self.rest.strip_prefix(token)?;
        Some(())
    }

    fn next(&mut self) -> Option<char> {
        let next = self.rest.chars().next()?;
        self.rest = &self.rest[next.len_utf8()..];
        Some(next)
    }

    fn value(&mut self) -> Option<Json> {
        match self.rest.chars().next()? {
            'n' => self.take("null").map(|()| Json::Null),
            't' => self.take("true").map(|()| Json::Bool(true)),
            'f' => self.take("false").map(|()| Json::Bool(false)),
            '"' => self.string().map(Json::String),
            '[' => self.list(']', Self::value).map(Json::Array),
            '{' => self.list('}', Self::member).map(Json::Object),
            _ => self.number(),
        }
    }

    fn member(&mut self) -> Option<(Vec<u16>, Json)> {
        let name = self.string()?;
        self.space();
        self.take(":")?;
        self.space();
        Some((name, self.value()?))
    }

    fn list<T>(&mut self, close: char, item: fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        self.next()?;
        let mut items = Vec::new();
        self.space();
        if self.rest.starts_with(close) {
            self.next();
            return Some(items);
        }
        loop {
            self.space();
            items.push(item(self)?);
            self.space();
            match self.next()? {
                ',' => {}
                last => return (last == close).then_some(items),
            }
        }
    }

    fn string(&mut self) -> Option<Vec<u16>> {
        self.take("\"")?;
        let mut units = Vec::new();
        loop {
            match self.next()? {
                '"' => return Some(units),
                '\\' => units.push(self.escape()?),
                '\0'..' ' => return None,
                plain => units.extend(plain.encode_utf16(&mut [0; 2]).iter()),
            }
        }
    }

    fn escape(&mut self) -> Option<u16> {
        Some(match self.next()? {
            same @ ('"' | '\\' | '/') => same as u16,
            'b' => 8,
            'f' => 12,
            'n' => 10,
            'r' => 13,
            't' => 9,
            'u' => {
                let mut unit = 0;
                for _ in 0..4 {
                    unit = unit * 16 + u16::try_from(self.next()?.to_digit(16)?).ok()?;
                }
                unit
            }
            _ => return None,
        })
    }

    fn number(&mut self) -> Option<Json> {
        let end = self.rest.find(|c: char| !c.is_ascii_digit() && !"+-.eE".contains(c)).unwrap_or(self.rest.len());
        let (written, rest) = self.rest.split_at(end);
        let (mantissa, exponent) = written.split_once(['e', 'E']).unwrap_or((written, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
        let whole = whole.strip_prefix('-').unwrap_or(whole);
        let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        let digits = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
        let leading_zero = whole.len() > 1 && whole.starts_with('0');
        if leading_zero || ![whole, fraction, exponent].into_iter().all(digits) {
            return None;
        }
        self.rest = rest;
        Some(Json::Number(written.to_owned()))
    }
}
