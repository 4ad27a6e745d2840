//! What is sent: URL, headers and body, built once and the same on every attempt.

use super::convert::{array_from, as_record, entries, get, is_absent, is_array, is_function, set, value_of};
use super::error::Circumstances;
use super::host::is_browser;
use super::settings::Settings;
use crate::config::check_header;
use crate::error::Error;
use gloo_net::http::Headers;
use js_sys::{Array, Function, JSON, JsString, Object, Promise};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::AbortSignal;

/// A request that can be sent any number of times.
pub(super) struct Request {
    url: String,
    body: Option<JsString>,
    headers: Vec<(String, String)>,
    settings: Rc<Settings>,
}

impl Request {
    /// # Errors
    /// If the caller's headers cannot be sent.
    pub(super) fn new(
        settings: &Rc<Settings>,
        path: &str,
        body: Option<JsString>,
        options: &JsValue,
    ) -> Result<Self, Error> {
        let mut headers = HeaderList::default();
        headers.set("authorization", settings.authorization());
        if body.is_some() {
            headers.set("content-type", Some("application/json".to_owned()));
        }
        if !is_browser() {
            // Pages may not set it, and each header that they set costs a preflight.
            headers.set("user-agent", Some(concat!("auriko-wasm/", env!("CARGO_PKG_VERSION")).to_owned()));
        }
        let key = get(options, "idempotencyKey");
        if !is_absent(&key) {
            let Some(key) = key.as_string() else {
                return Err(Error::invalid_value("idempotencyKey", "a string", &value_of(&key)));
            };
            check_header("idempotencyKey", "idempotency-key", &key)?;
            headers.set("idempotency-key", Some(key));
        }
        headers.merge(&settings.headers);
        headers.merge(&HeaderList::read(&get(options, "headers"), "headers")?);
        Ok(Self {
            url: [&settings.base_url, path].concat(),
            body,
            headers: headers.into_present(),
            settings: Rc::clone(settings),
        })
    }

    pub(super) fn url(&self) -> &str {
        &self.url
    }

    /// Sends it. What `fetch` throws at once becomes a rejection.
    pub(super) fn fetch(&self, url: &str, signal: &AbortSignal) -> Promise {
        // gloo-net's own `send` panics when fetch rejects with something that is no Error, and its
        // Request would reach a caller's `fetch` in a shape that such functions do not expect.
        let headers = Headers::new();
        for (name, value) in &self.headers {
            headers.set(name, value);
        }
        let init = Object::new();
        set(&init, "method", &if self.body.is_some() { "POST" } else { "GET" }.into());
        set(&init, "headers", &headers.into_raw());
        if let Some(body) = &self.body {
            set(&init, "body", body);
        }
        set(&init, "signal", signal);
        // A redirect to another origin would take the prompt along.
        set(&init, "redirect", &"manual".into());
        if is_browser() {
            // No cookies. Servers have none, and some of them throw at the word.
            set(&init, "credentials", &"omit".into());
        }
        let answer = self.settings.fetch(&url.into(), &init);
        answer.map_or_else(|thrown| Promise::reject(&thrown), |answer| Promise::resolve(&answer))
    }
}

/// Headers by lower-case name. `None` takes a header away that was set before.
#[derive(Default)]
pub(super) struct HeaderList(Vec<(String, Option<String>)>);

impl HeaderList {
    /// Reads a `Headers` object, an array of pairs, or a plain object; null values take headers away.
    ///
    /// # Errors
    /// If it is none of these, or holds what a header cannot be.
    pub(super) fn read(given: &JsValue, param: &str) -> Result<Self, Error> {
        let mut list = Self::default();
        if is_absent(given) {
            return Ok(list);
        }
        let wrong =
            || Error::invalid_value(param, "a Headers object, an array of pairs, or an object", &value_of(given));
        let pairs: Vec<(JsValue, JsValue)> = if is_array(given) {
            pairs_of(given.unchecked_ref())
        } else if is_function(&get(given, "entries")) {
            let iterator = get(given, "entries").unchecked_into::<Function>().call0(given).map_err(|_| wrong())?;
            pairs_of(&array_from(&iterator).map_err(|_| wrong())?)
        } else {
            entries(as_record(given).ok_or_else(wrong)?).map_err(|_| wrong())?.collect()
        };
        for (name, value) in pairs {
            let name = name.as_string().ok_or_else(wrong)?.to_lowercase();
            let value = match value.as_string() {
                Some(value) => Some(value),
                None if is_absent(&value) => None,
                None => {
                    return Err(Error::invalid_value(
                        &[param, ".", &name].concat(),
                        "a string or null",
                        &value_of(&value),
                    ));
                }
            };
            check_header(param, &name, value.as_deref().unwrap_or_default())?;
            list.set(&name, value);
        }
        Ok(list)
    }

    /// The value of a header that is `default` unless something was said about it.
    pub(super) fn value_or(&self, name: &str, default: Option<String>) -> Option<String> {
        self.0.iter().find(|(known, _)| known == name).map_or(default, |(_, value)| value.clone())
    }

    fn set(&mut self, name: &str, value: Option<String>) {
        self.0.retain(|(known, _)| known != name);
        self.0.push((name.to_owned(), value));
    }

    fn merge(&mut self, later: &Self) {
        for (name, value) in &later.0 {
            self.set(name, value.clone());
        }
    }

    fn into_present(self) -> Vec<(String, String)> {
        self.0.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
    }
}

fn pairs_of(list: &Array) -> Vec<(JsValue, JsValue)> {
    list.iter().map(|pair| (get(&pair, "0"), get(&pair, "1"))).collect()
}

/// The body of a call that generates: the caller's parameters, and `stream` as it was asked for.
///
/// # Errors
/// If the parameters cannot be sent, or name no model or two; and what a getter of them throws.
pub(super) fn body(params: &JsValue, required: &str) -> Result<(JsString, bool), JsValue> {
    let Some(params) = as_record(params) else {
        return Err(Error::invalid_value("params", "an object", &value_of(params)).into());
    };
    let body = without_null(params).map_err(unreadable)?;
    if is_absent(&get(&body, required)) {
        return Err(Error::missing_parameter(required, "There is nothing to send without it.").into());
    }
    let stream = get(&body, "stream");
    let stream = stream
        .as_bool()
        .or(is_absent(&stream).then_some(false))
        .ok_or_else(|| Error::invalid_value("stream", "true or false", &value_of(&stream)))?;
    let extra = get(&body, "extra_body");
    let gateway = gateway_of(&body)?;
    if !gateway.is_undefined() && as_record(&gateway).is_none() {
        return Err(Error::invalid_value("gateway", "an object", &value_of(&gateway)).into());
    }
    for name in ["extra_body", "gateway", "stream"] {
        let _ = js_sys::Reflect::delete_property(&body, &name.into());
    }
    check_model(&get(&body, "model"), &get(&gateway, "models"))?;
    let empty = match as_record(&gateway) {
        Some(gateway) => entries(gateway).map_err(unreadable)?.next().is_none(),
        None => false,
    };
    if !empty && !gateway.is_undefined() {
        set(&body, "gateway", &gateway);
    }
    let body = match as_record(&extra) {
        Some(extra) => merge_gateway(&body, extra).map_err(unreadable)?,
        None if is_absent(&extra) => body,
        None => return Err(Error::invalid_value("extra_body", "an object", &value_of(&extra)).into()),
    };
    // Whether this is a stream is for the parameter alone to say: the answer is read accordingly.
    let _ = js_sys::Reflect::delete_property(&body, &"stream".into());
    if stream {
        set(&body, "stream", &JsValue::TRUE);
    }
    check_finite(&body)?;
    let json = JSON::stringify(&body).map_err(unreadable)?;
    Ok((json, stream))
}

/// What to reject with where the parameters throw when they are read.
pub(super) fn unreadable(thrown: JsValue) -> JsValue {
    if !thrown.is_instance_of::<js_sys::TypeError>() && !thrown.is_instance_of::<js_sys::RangeError>() {
        // Not the language's own: a `toJSON` or a getter of the caller's has thrown it.
        return thrown;
    }
    let problem = "must be something that JSON can hold: no cycles, no big integers, not too deep; see the `cause`";
    Error::invalid_option("params", problem).into_js_with(&Circumstances::default().with_cause(thrown))
}

/// A shallow copy without members that are null or undefined.
fn without_null(params: &Object) -> Result<Object, JsValue> {
    Ok(object_of(entries(params)?.filter(|(_, value)| !is_absent(value))))
}

/// A number that JSON cannot say would be sent as null.
fn check_finite(body: &Object) -> Result<(), JsValue> {
    for (name, value) in entries(body)? {
        if value.as_f64().is_some_and(|number| !number.is_finite()) {
            return Err(Error::invalid_value(
                &name.as_string().unwrap_or_default(),
                "a finite number",
                &value_of(&value),
            )
            .into());
        }
    }
    Ok(())
}

/// An object of these members, the last of equal names. Unlike assignment, this makes a member of
/// `__proto__` like of any other name.
fn object_of(members: impl IntoIterator<Item = (JsValue, JsValue)>) -> Object {
    let pairs: Array = members.into_iter().map(|(name, value)| Array::of2(&name, &value)).collect();
    Object::from_entries(&pairs).unwrap_or_default()
}

/// What a body has as `gateway`, as a plain value: `RoutingOptions` and `GatewayOptions` are taken apart.
/// `undefined` where there is none, or one in which nothing was set.
///
/// # Errors
/// What taking it apart throws.
fn gateway_of(body: &Object) -> Result<JsValue, JsValue> {
    let mut gateway = get(body, "gateway");
    let method = get(&gateway, "toExtraBody");
    if is_function(&method) {
        let whole = method.unchecked_into::<Function>().call0(&gateway)?;
        gateway = get(&whole, "gateway");
    }
    Ok(gateway)
}

fn check_model(model: &JsValue, models: &JsValue) -> Result<(), Error> {
    match (is_absent(model), is_absent(models)) {
        (false, true) | (true, false) => Ok(()),
        (false, false) => {
            Err(Error::invalid_option("gateway.models", "cannot be given together with `model`; drop one"))
        }
        (true, true) => Err(Error::missing_parameter("model", "Name one, or several in `gateway.models`.")),
    }
}

/// `base` with the members of `overlay`; two `gateway` objects are merged one level deep.
///
/// # Errors
/// What reading one of them throws.
pub(super) fn merge_gateway(base: &Object, overlay: &Object) -> Result<Object, JsValue> {
    let merged = joined(base, overlay)?;
    let (below, above) = (gateway_of(base)?, gateway_of(overlay)?);
    let gateway = match (as_record(&below), as_record(&above)) {
        (Some(below), Some(above)) => joined(below, above)?.into(),
        _ if above.is_undefined() => below,
        _ => above,
    };
    if gateway.is_undefined() {
        let _ = js_sys::Reflect::delete_property(&merged, &"gateway".into());
    } else {
        set(&merged, "gateway", &gateway);
    }
    Ok(merged)
}

pub(super) fn joined(base: &Object, overlay: &Object) -> Result<Object, JsValue> {
    Ok(object_of(entries(base)?.chain(entries(overlay)?)))
}
