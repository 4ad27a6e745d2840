//! The parameters of a call that generates, as the body of its request.

use super::convert::{as_record, entries, first_given, get, given, is_absent, is_function, not_finite, set, value_of};
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
    let body = given(params).map_err(unreadable)?;
    if let Some(name) = first_given(&body, &misplaced()) {
        let advice = config::MISPLACED.iter().find(|(own, _)| *own == name).map_or("", |(_, advice)| advice);
        return Err(Error::invalid_option(&name, advice).into());
    }
    if is_absent(&get(&body, required)) {
        return Err(Error::missing_parameter(required, "There is nothing to send without it.").into());
    }
    let stream = get(&body, "stream");
    let stream = stream
        .as_bool()
        .or(is_absent(&stream).then_some(false))
        .ok_or_else(|| Error::invalid_value("stream", "true or false", &value_of(&stream)))?;
    let extra = expanded(get(&body, "extra_body"))?;
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
    if required == "messages" && get(&body, "reasoning_effort").as_string().as_deref() == Some("none") {
        // The Agents SDK says this of GPT-5 models unless told otherwise. In chat the service refuses it; its
        // own word is another.
        set(&body, "reasoning_effort", &"off".into());
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

/// What a body has as `gateway`, as a plain value: `RoutingOptions` and `GatewayOptions` are taken apart.
/// `undefined` where there is none, or one in which nothing was set.
///
/// # Errors
/// What taking it apart throws.
fn gateway_of(body: &Object) -> Result<JsValue, JsValue> {
    let gateway = get(body, "gateway");
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
