//! Routing and gateway options, as JavaScript constructs them.

use super::convert::{as_record, to_js, value_of};
use crate::error::Error;
use crate::routing;
use js_sys::Object;
use wasm_bindgen::prelude::*;

/// How a request is to be routed: 20 optional fields, checked when they are given.
#[wasm_bindgen]
pub struct RoutingOptions {
    options: routing::RoutingOptions,
}

#[wasm_bindgen]
impl RoutingOptions {
    /// Takes the fields by their wire names.
    ///
    /// # Errors
    /// `BadRequestError` for a field that does not exist or a value that it cannot have; `param` names it.
    #[wasm_bindgen(constructor)]
    pub fn new(fields: &JsValue) -> Result<Self, JsValue> {
        Ok(Self { options: routing::RoutingOptions::from_value(&value_of(fields)).map_err(Error::from)? })
    }

    /// The fields that were given, as a plain object.
    #[wasm_bindgen(js_name = toJSON)]
    pub fn to_json(&self) -> JsValue {
        to_js(self.options.as_value())
    }

    /// `{ gateway: { routing: { … } } }`, to be spread into the parameters of a call.
    #[wasm_bindgen(js_name = toExtraBody)]
    pub fn to_extra_body(&self) -> JsValue {
        nested("gateway", &nested("routing", &self.to_json()))
    }
}

/// What a request tells the gateway: routing, metadata and several models.
#[wasm_bindgen]
pub struct GatewayOptions {
    options: routing::GatewayOptions,
}

#[wasm_bindgen]
impl GatewayOptions {
    /// Takes `{ routing, metadata, models }`, all optional.
    ///
    /// # Errors
    /// As for [`RoutingOptions::new`].
    #[wasm_bindgen(constructor)]
    pub fn new(fields: &JsValue) -> Result<Self, JsValue> {
        Ok(Self { options: routing::GatewayOptions::from_value(&value_of(fields)).map_err(Error::from)? })
    }

    /// The fields that were given, as a plain object.
    #[wasm_bindgen(js_name = toJSON)]
    pub fn to_json(&self) -> JsValue {
        to_js(self.options.as_value())
    }

    /// `{ gateway: { … } }`, or `{}` where nothing was given.
    #[wasm_bindgen(js_name = toExtraBody)]
    pub fn to_extra_body(&self) -> JsValue {
        let fields = self.to_json();
        if as_record(&fields).is_none_or(|fields| Object::keys(fields).length() == 0) {
            return Object::new().into();
        }
        nested("gateway", &fields)
    }
}

fn nested(name: &'static str, value: &JsValue) -> JsValue {
    let object = Object::new();
    super::convert::set(&object, name, value);
    object.into()
}
