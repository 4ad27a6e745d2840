"""Asks the Python SDK. Each function takes the input of a vector and returns what the SDK made of it,
as JSON. HTTP goes through the SDK's real client, with httpx's transport replaced."""

import json
import math
import os
from unittest import mock

import httpx
import pydantic
from auriko import Client, ResponseHeaders, route_types
from auriko.errors import types
from auriko.errors.types import AurikoAPIError
from auriko.route_types import GatewayOptions, RoutingMetadata, RoutingOptions, merge_gateway_extra_body

OPTIONAL = {"cost", "ttft_ms", "throughput_tps", "warnings"}
DETAILS = ["param", "doc_url", "provider", "request_id", "retry_after_seconds"]


def routing(given):
    try:
        options = RoutingOptions.model_validate(decode(given))
    except pydantic.ValidationError as error:
        return refusal(error)
    return {"accepts": True, "to_dict": options.to_dict(), "to_extra_body": options.to_extra_body()}


def gateway(given):
    try:
        options = GatewayOptions.model_validate(decode(given))
    except pydantic.ValidationError as error:
        return refusal(error)
    return {"accepts": True, "to_extra_body": options.to_extra_body()}


def merge(given):
    return {"body": merge_gateway_extra_body(given["base"], given["overlay"])}


def bodies(given):
    """The body that `responses.create` sends if there is an input, else `chat.completions.create`."""
    sent, of_responses = [], "input" in given

    def answer(request):
        sent.append(json.loads(request.content))
        if sent[-1].get("stream"):
            return httpx.Response(200, text="data: [DONE]\n\n")
        if of_responses:
            return httpx.Response(
                200, json={"id": "r", "created_at": 0, "model": "m", "status": "completed", "output": []}
            )
        return httpx.Response(200, json={"id": "c", "created": 0, "model": "m", "choices": []})

    try:
        with client(answer) as api:
            (api.responses if of_responses else api.chat.completions).create(**decode(given))
    except AurikoAPIError as error:
        return fields(error)
    except (AttributeError, TypeError, ValueError) as error:
        return {"class": type(error).__name__}
    return {"body": sent[0]}


def answers(given):
    """The error that an HTTP answer becomes, and whether the client sends the request again."""
    requests = 0

    def answer(_request):
        nonlocal requests
        requests += 1
        return http_answer(given)

    with client(answer, max_retries=1) as api, mock.patch("time.sleep"):
        try:
            api.chat.completions.create(messages=[], model="m")
            raise AssertionError(f"{given} is no error")
        except AurikoAPIError as error:
            said = fields(error) | {"retryable": requests == 2}
            if error.body != given.get("body"):
                said["body"] = error.body
            return said
        except pydantic.ValidationError:
            return {"class": "ValidationError"}


def events(given):
    """The error that an event of a stream becomes, or how many events are delivered."""
    lines = f"data: {json.dumps(given['payload'])}\n\ndata: [DONE]\n\n"
    response = lambda _request: httpx.Response(200, text=lines, headers={"x-request-id": "req_1"})
    with client(response) as api:
        try:
            if given["stream"] == "chat":
                stream = api.chat.completions.create(messages=[], model="m", stream=True)
            else:
                stream = api.responses.create(input="", model="m", stream=True)
            return {"delivered": len(list(stream))}
        except AurikoAPIError as error:
            return fields(error)
        except (pydantic.ValidationError, AttributeError) as error:
            return {"class": type(error).__name__}


def transport(given):
    """The error of a request that got no answer, and how often it was sent."""
    requests = 0

    def fail(_request):
        nonlocal requests
        requests += 1
        raise getattr(httpx, given["httpx"])("no answer")

    with client(fail, max_retries=2) as api, mock.patch("time.sleep"):
        try:
            api.chat.completions.create(messages=[], model="m")
        except AurikoAPIError as error:
            return fields(error) | {"requests": requests}


def headers(given):
    response_headers = ResponseHeaders(httpx.Headers(given["headers"]))
    if "get" in given:
        return {"value": response_headers.get(given["get"])}
    return {"value": getattr(response_headers, given["accessor"])}


def delays(given):
    with mock.patch("random.random", lambda: given["random"]):
        header = given.get("headers", {}).get("retry-after")
        return {"delay_ms": Client._calculate_retry_delay(given["attempt"], header) * 1000}


def metadata(given):
    """Whether the SDK can read a routing_metadata; a call with one that it cannot read fails."""
    try:
        RoutingMetadata.model_validate(given)
    except pydantic.ValidationError as error:
        at = places(error)
        return {"valid": False, "at": at, "required": not OPTIONAL.issuperset(at)}
    return {"valid": True}


def base_urls(given):
    try:
        return {"base_url": Client(api_key="ak_test", base_url=given).base_url}
    except httpx.InvalidURL as error:
        return {"class": type(error).__name__}


def keys(given):
    env = {} if given["env"] is None else {"AURIKO_API_KEY": given["env"]}
    with mock.patch.dict(os.environ, env):
        if not env:
            os.environ.pop("AURIKO_API_KEY", None)
        try:
            return {"key": Client(api_key=given["explicit"]).api_key}
        except AurikoAPIError as error:
            return fields(error)
        except UnicodeEncodeError as error:
            return {"class": type(error).__name__}


def constants(name):
    """The words of an enum, the classes that an error is, and the defaults of a client."""
    if name == "Client":
        api = Client(api_key="ak_test")
        return {"base_url": api.base_url, "timeout_ms": api.timeout * 1000, "max_retries": api.max_retries}
    if name.endswith("Error"):
        return {"classes": [ancestor.__name__ for ancestor in getattr(types, name).__mro__[:-3]]}
    return {"words": {word.name: word.value for word in getattr(route_types, name)}}


def client(handler, **options):
    api = Client(api_key="ak_test", **options)
    api._httpx = httpx.Client(
        transport=httpx.MockTransport(handler), base_url=api.base_url, headers=api._default_headers
    )
    return api


def http_answer(given):
    content = json.dumps(given["body"]) if "body" in given else decode(given["text"])
    return httpx.Response(given["status"], headers=given.get("headers"), content=content.encode())


def fields(error):
    """What an error says; what it does not know is left out."""
    said = {
        "class": type(error).__name__,
        "status_code": error.status_code,
        "type": error.type,
        "code": error.code,
    }
    body = error.body
    inner = body.get("error") if isinstance(body, dict) else None
    # The SDK's own words are not compared (see the rules in differences.json), those of the server are.
    if error.code != "malformed_response" and isinstance(inner, dict):
        said["message"] = error.message
        if str(error) != error.message:
            said["str"] = str(error)
    said |= {name: getattr(error, name) for name in DETAILS if getattr(error, name) is not None}
    return said


def refusal(error):
    return {"accepts": False, "at": places(error)}


def places(error):
    """The members at fault; an empty name stands for the whole."""
    return sorted({str(problem["loc"][0]) if problem["loc"] else "" for problem in error.errors()})


def decode(given):
    """The inputs hold what JSON cannot say as objects with one key."""
    if isinstance(given, list):
        return [decode(item) for item in given]
    if not isinstance(given, dict):
        return given
    match list(given.items()):
        case [("$number", text)]:
            return float(text)
        case [("$repeat", [text, times])]:
            return text * times
        case [("$routing", options)]:
            return RoutingOptions.model_validate(decode(options))
        case [("$gateway", options)]:
            return GatewayOptions.model_validate(decode(options))
    return {name: decode(value) for name, value in given.items()}


def encode(said):
    """The counterpart of `decode`, for what the SDK said."""
    if isinstance(said, float) and not math.isfinite(said):
        return {"$number": {math.inf: "Infinity", -math.inf: "-Infinity"}.get(said, "NaN")}
    if isinstance(said, dict):
        return {name: encode(value) for name, value in said.items()}
    if isinstance(said, str) and len(said) > 1000 and len(set(said)) == 1:
        return {"$repeat": [said[0], len(said)]}
    return [encode(item) for item in said] if isinstance(said, list) else said
