//! The parameters of a call that generates, as the body of its request.

use super::convert::{
    as_record, entries, first_given, get, is_absent, is_function, not_finite, set, taken_apart, value_of,
};
use super::error::Circumstances;
use crate::config;
use crate::error::Error;
use js_sys::{Array, Function, JSON, JsString, Object};
use wasm_bindgen::prelude::*;

/// The body of a call that generates: the caller's parameters, and `stream` as it was asked for.
///
/// # Errors
/// If the parameters cannot be sent, or name no model or two; and what a getter of them throws.
pub(super) fn body(params: &JsValue, required: &'static str) -> Result<(JsString, bool), JsValue> {
    let Some(params) = as_record(params) else {
        return Err(Error::invalid_value("params", "an object", &value_of(params)).into());
    };
    let parts = taken_apart(params).map_err(unreadable)?;
    let body: Object = get(&parts, "rest").unchecked_into();
    if let Some(name) = first_given(&body, &misplaced()) {
        let advice = config::MISPLACED.iter().find(|(own, _)| *own == name).map_or("", |(_, advice)| advice);
        return Err(Error::invalid_option(&name, advice).into());
    }
    if is_absent(&get(&body, required)) {
        return Err(Error::missing_parameter(required, "There is nothing to send without it.").into());
    }
    let stream = get(&parts, "stream");
    let stream = stream
        .as_bool()
        .or(is_absent(&stream).then_some(false))
        .ok_or_else(|| Error::invalid_value("stream", "true or false", &value_of(&stream)))?;
    let extra = expanded(get(&parts, "extra_body"))?;
    let gateway = plain_gateway(get(&parts, "gateway"))?;
    let routing = as_record(&gateway);
    if !gateway.is_undefined() && routing.is_none() {
        return Err(Error::invalid_value("gateway", "an object", &value_of(&gateway)).into());
    }
    check_model(&get(&body, "model"), &get(&gateway, "models"))?;
    if let Some(routing) = routing
        && entries(routing).map_err(unreadable)?.next().is_some()
    {
        set(&body, "gateway", routing);
    }
    if required == "messages" && get(&body, "reasoning_effort").as_string().as_deref() == Some("none") {
        // The Agents SDK says this of GPT-5 models unless told otherwise. In chat the service refuses it; its
        // own word is another.
        set(&body, "reasoning_effort", &"off".into());
    }
    let body = match as_record(&extra) {
        Some(extra) => {
            let merged = merge_gateway(&body, extra).map_err(unreadable)?;
            // Whether this is a stream is for the parameter alone to say: the answer is read accordingly.
            let _ = js_sys::Reflect::delete_property(&merged, &"stream".into());
            merged
        }
        None if is_absent(&extra) => body,
        None => return Err(Error::invalid_value("extra_body", "an object", &value_of(&extra)).into()),
    };
    if stream {
        set(&body, "stream", &JsValue::TRUE);
    }
    // A number that JSON cannot say would be sent as null.
    if let Some(name) = not_finite(&body) {
        let number = js_sys::Reflect::get(&body, &name.as_str().into()).unwrap_or_default();
        return Err(Error::invalid_value(&name, "a finite number", &value_of(&number)).into());
    }
    let json = JSON::stringify(&body).map_err(unreadable)?;
    Ok((json, stream))
}

thread_local! {
    static MISPLACED: Array = config::MISPLACED.iter().map(|(name, _)| JsValue::from(*name)).collect();
}

/// The names of [`config::MISPLACED`].
fn misplaced() -> Array {
    MISPLACED.with(Array::clone)
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

/// An object of these members, the last of equal names. Unlike assignment, this makes a member of
/// `__proto__` like of any other name.
fn object_of(members: impl IntoIterator<Item = (JsValue, JsValue)>) -> Object {
    let pairs: Array = members.into_iter().map(|(name, value)| Array::of2(&name, &value)).collect();
    Object::from_entries(&pairs).unwrap_or_default()
}

/// A `gateway` as a plain value: `RoutingOptions` and `GatewayOptions` are taken apart. `undefined` where there is
/// none, or one in which nothing was set.
///
/// # Errors
/// What taking it apart throws.
fn plain_gateway(gateway: JsValue) -> Result<JsValue, JsValue> {
    let whole = extra_body_of(&gateway)?;
    Ok(whole.map_or(gateway, |whole| get(&whole, "gateway")))
}

/// A body, also where options stand for it.
///
/// # Errors
/// What taking them apart throws.
pub(super) fn expanded(body: JsValue) -> Result<JsValue, JsValue> {
    Ok(extra_body_of(&body)?.unwrap_or(body))
}

/// What the `toExtraBody()` of an instance of options gives.
fn extra_body_of(options: &JsValue) -> Result<Option<JsValue>, JsValue> {
    let method = get(options, "toExtraBody");
    is_function(&method).then(|| method.unchecked_into::<Function>().call0(options)).transpose()
}

fn check_model(model: &JsValue, models: &JsValue) -> Result<(), Error> {
    match (is_absent(model), is_absent(models)) {
        (false, true) | (true, false) => Ok(()),
        (false, false) => {
            Err(Error::invalid_option("gateway.models", "cannot be given together with `model`; drop one"))
        }
        (true, true) => {
            let advice = "Name one, or several in `gateway.models`; what `extra_body` has is not looked at.";
            Err(Error::missing_parameter("model", advice))
        }
    }
}

/// `base` with the members of `overlay`; two `gateway` objects are merged one level deep.
///
/// # Errors
/// What reading one of them throws.
pub(super) fn merge_gateway(base: &Object, overlay: &Object) -> Result<Object, JsValue> {
    let merged = joined(base, overlay)?;
    let (below, above) = (plain_gateway(get(base, "gateway"))?, plain_gateway(get(overlay, "gateway"))?);
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
