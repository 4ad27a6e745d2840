//! Reads an object of options by its shape.

use super::invalid::{CHANGE, Invalid, described, joined};
use super::rules::{Refusal, Rule};
use super::shapes::{ROUTING, Shape, WEIGHTS};
use crate::value::Value;

/// The options that a caller wrote, checked: members in wire order, without the unset ones. Null stands for no
/// options, a null member for an unset one.
///
/// # Errors
/// The first of: not an object; an unknown name; a value that its member does not take, in wire order; members that
/// exclude each other.
pub(super) fn read(value: &Value, shape: &'static Shape) -> Result<Value, Invalid> {
    let members = match value {
        Value::Null => &[],
        Value::Object(members) => members.as_slice(),
        other => return Err(Invalid::value(shape.path.to_owned(), &described(other), "an object", CHANGE)),
    };
    let known = |name: &str| shape.fields.iter().any(|(field, _)| *field == name);
    if let Some((name, _)) = members.iter().find(|(name, _)| !known(name)) {
        return Err(Invalid::unknown(shape, name));
    }
    let mut options = Vec::new();
    for (name, rule) in shape.fields {
        let Some(given) = value.get(name).filter(|given| !matches!(given, Value::Null)) else { continue };
        let checked = match rule {
            Rule::Object(inner) => read(given, inner)?,
            rule => rule.check(given).map_err(|refusal| invalid(shape, name, &refusal))?,
        };
        options.push(((*name).to_owned(), checked));
    }
    let options = Value::Object(options);
    together(&options, shape)?;
    Ok(options)
}

fn invalid(shape: &Shape, name: &str, refusal: &Refusal) -> Invalid {
    let param = joined(&[shape.path, name], ".");
    Invalid::value(param, &refusal.received, &refusal.expected, &refusal.advice)
}

/// What members may not be beside each other.
fn together(options: &Value, shape: &Shape) -> Result<(), Invalid> {
    let number = |name| if let Some(Value::Number(number)) = options.get(name) { Some(*number) } else { None };
    let is_set = |name| matches!(options.get(name), Some(Value::Bool(true)));
    if shape.path == ROUTING.path {
        if is_set("only_byok") && is_set("only_platform") {
            let expected = "false or unset where only_platform is true";
            return Err(invalid(shape, "only_byok", &Refusal::of("true", expected, "Keep one of the two.")));
        }
        if let (Some(timeout), Some(deadline)) = (number("timeout_ms"), number("deadline_ms"))
            && deadline < timeout
        {
            let advice = "Raise deadline_ms or lower timeout_ms.";
            return Err(invalid(shape, "deadline_ms", &Refusal::of("below timeout_ms", "at least that", advice)));
        }
    }
    if shape.path == WEIGHTS.path && !shape.fields.iter().any(|(name, _)| number(name) > Some(0.0)) {
        // Such a score could not tell two providers apart.
        let (received, expected) = ("an object with no weight above 0", "one with at least one such weight");
        return Err(Invalid::value(shape.path.to_owned(), received, expected, "Raise a weight or leave them all out."));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    //! With the weights of a scoring, which have a rule for all members together.

    use super::*;
    use serde_json::json;

    fn weights(json: serde_json::Value) -> Result<Value, Invalid> {
        read(&json.into(), &WEIGHTS)
    }

    #[test]
    fn takes_any_shares_of_which_one_is_above_zero() {
        for shares in [
            json!({"cost": 1.0}),
            json!({"ttft": 0.0, "throughput": 7.5}),
            json!({"cost": 0.1, "ttft": 0.2, "throughput": 30.0}),
            json!({"cost": -0.0, "ttft": 5e-324}),
        ] {
            assert_eq!(serde_json::to_value(weights(shares.clone()).unwrap()).unwrap(), shares);
        }
    }

    #[test]
    fn takes_null_for_unset() {
        assert_eq!(
            weights(json!({"cost": 2, "ttft": null})),
            Ok(Value::Object(vec![("cost".into(), Value::Number(2.0))]))
        );
    }

    #[test]
    fn wants_at_least_one_above_zero() {
        for shares in [json!({}), json!({"cost": 0}), json!({"cost": -0.0, "ttft": 0}), json!({"throughput": null})] {
            let refused = weights(shares).unwrap_err();
            assert_eq!((refused.code, refused.param.as_str()), ("invalid_parameter_value", "gateway.routing.weights"));
            assert!(refused.message.contains("no weight above 0"), "{}", refused.message);
        }
    }

    #[test]
    fn refuses_what_is_no_share() {
        for share in [
            Value::Number(-1.0),
            Value::Number(-5e-324),
            Value::Number(f64::NAN),
            Value::Number(f64::INFINITY),
            Value::String("1".into()),
            Value::Bool(true),
        ] {
            let refused = read(&Value::Object(vec![("cost".into(), share)]), &WEIGHTS).unwrap_err();
            assert_eq!(refused.param, "gateway.routing.weights.cost");
            assert!(refused.message.contains("must be a finite number, 0 or greater"), "{}", refused.message);
        }
    }

    #[test]
    fn refuses_what_is_no_object_of_known_metrics() {
        let refused = weights(json!([1])).unwrap_err();
        assert_eq!((refused.code, refused.param.as_str()), ("invalid_parameter_value", "gateway.routing.weights"));
        let refused = weights(json!({"cost": 1, "latency": 1})).unwrap_err();
        assert_eq!((refused.code, refused.param.as_str()), ("unknown_field", "gateway.routing.weights.latency"));
    }
}
