"""Inputs as the names of their vectors."""

import json


def text(given):
    """An input as the name of its vector."""
    match given:
        case {"$number": name}:
            return name
        case {"$routing": options}:
            return f"RoutingOptions({text(options)})"
        case {"$gateway": options}:
            return f"GatewayOptions({text(options)})"
        case dict():
            return "{" + ", ".join(f"{name}: {text(value)}" for name, value in given.items()) + "}"
        case list():
            return "[" + ", ".join(map(text, given)) + "]"
        case str():
            return "'" + json.dumps(given, ensure_ascii=False)[1:-1] + "'"
    return json.dumps(given)


def shown(given):
    return text(given), given
