"""Inputs of what is received: per kind, pairs of a name and an input. A long text is an object with one key,
`$repeat`."""

import json

from auriko.errors._registry import CODE_TO_ERROR_TYPE, CODE_TO_STATUS
from auriko.errors.mapping import _NON_RETRYABLE_CODES, _VALID_TYPES
from naming import shown, text

TYPES = sorted(_VALID_TYPES)
STATUSES = [400, 401, 402, 403, 404, 405, 408, 409, 413, 418, 422, 425, 429, 500, 501, 502, 503, 504, 529, 599]


def answers():
    for code, type_ in CODE_TO_ERROR_TYPE.items():
        if CODE_TO_STATUS[code]:  # the two without a status come only inside a stream
            yield code, answer(CODE_TO_STATUS[code], type_, code)
    for type_ in TYPES:
        for status in (400, 401, 403, 404, 409, 422, 429, 500, 502, 503):
            yield f"{status} {type_} later_code", answer(status, type_, "later_code")
        for code in sorted(_NON_RETRYABLE_CODES):
            yield f"418 {type_} {code}", answer(418, type_, code)
    yield from details()
    yield from malformed()
    yield from successes()


def details():
    more = [
        {"param": "model"}, {"param": ""}, {"param": None}, {"param": 1}, {"param": ["model"]},
        {"doc_url": "https://x/doc"}, {"doc_url": ""}, {"doc_url": None}, {"doc_url": 1},
        {"provider": "openai"}, {"provider": ""}, {"provider": None}, {"provider": 1}, {"provider": {"name": "x"}},
        {"suggestion": "Wait."}, {"suggestion": 1}, {"later": {"a": [1]}}, {"message": " "}, {"code": " "},
    ]
    for detail in more:
        yield f"detail {text(detail)}", answer(502, "api_error", "upstream_error", **detail)
    for beside in [{"provider": "xai"}, {"doc_url": "https://x/doc"}, {"param": "model"}, {"request_id": "req_2"}]:
        given = answer(502, "api_error", "upstream_error")
        yield f"detail beside {text(beside)}", {**given, "body": {**given["body"], **beside}}
    for headers in [
        {"x-request-id": "req_1"}, {"X-Request-ID": "req_1"}, {"x-request-id": ""},
        {"retry-after": "1.5"}, {"retry-after": "soon"}, {"retry-after": "90"},
        {"x-should-retry": "false"}, {"x-should-retry": "true"}, {"x-should-retry": "perhaps"},
    ]:
        yield f"detail {text(headers)}", {**answer(429, "rate_limit_error", "rate_limit_exceeded"), "headers": headers}
    hopeless = answer(400, "invalid_request_error", "invalid_request")
    yield "detail x-should-retry on 400", {**hopeless, "headers": {"x-should-retry": "true"}}


def malformed():
    good = {"type": "rate_limit_error", "code": "c", "message": "m"}
    wrong = [
        {"type": None}, {"type": ""}, {"type": 1}, {"type": "error"}, {"type": "overloaded_error"},
        {"type": "Api_Error"}, {"type": "__proto__"}, {"code": None}, {"code": ""}, {"code": 1},
        {"message": None}, {"message": ""}, {"message": 1}, {"message": {"text": "m"}},
        {"type": "error", "param": "model", "doc_url": "https://x/doc", "provider": "xai"},
    ]
    inners = [good | change for change in wrong]
    inners += [{key: good[key] for key in good if key != missing} for missing in good]
    bodies = [{"error": inner} for inner in [*inners, {}, None, "text", "", 7, True, [], [good]]]
    bodies += [
        None, True, 7, "text", "", [], [{"error": good}], {"errors": [good]}, {"Error": good}, good,
        good | {"param": "model", "doc_url": "https://x/doc", "provider": "xai"}, {"detail": "Not Found"},
        {"error": "text", "provider": "xai"}, {"error": "text", "code": "internal_error", "type": "api_error"},
        {"type": "error", "error": {"type": "rate_limit_error", "message": "Anthropic's form"}},
    ]
    for body in bodies:
        yield f"malformed {text(body)}", {"status": 503, "body": body}
    for status in STATUSES:
        yield f"malformed with {status}", {"status": status, "body": {}}
    page = {"content-type": "text/html; charset=utf-8"}
    envelope = json.dumps({"error": good})
    yield "text page with 404", {"status": 404, "headers": page, "text": "<html>Not found</html>"}
    for name, content in {
        "page": "<html>Bad gateway</html>", "nothing": "", "blank": " \n", "cut off": envelope[:-2], "text": "upstream",
        "twice": envelope + envelope, "NaN": envelope[:-1] + ', "x": NaN}', "byte order mark": "\ufeff" + envelope,
        "long": {"$repeat": ["é", 5000]}, "long astral": {"$repeat": ["😀", 5000]},
    }.items():
        yield f"text {name}", {"status": 503, "headers": page, "text": content}


def successes():
    """A 2xx that is no completion. The SDK reads a body of another shape than a completion as an error too."""
    for name, content in {"page": "<html>", "nothing": "", "cut off": '{"id"', "byte order mark": '\ufeff"'}.items():
        yield f"success {name}", {"status": 200, "text": content}
    for body in (None, 7, "text", [], [{}]):
        yield f"success {text(body)}", {"status": 200, "body": body}


def events():
    """Payloads of `data` lines in streams with status 200."""
    for code in CODE_TO_ERROR_TYPE:
        yield f"responses {code}", flat(code=code, message="No.")
    for code in ("invalid_request", "model_not_found", "rate_limit_exceeded", "internal_error", "upstream_timeout",
                 "idempotency_conflict", "client_disconnected", "stream_duration_exceeded", "later_code"):
        type_ = CODE_TO_ERROR_TYPE.get(code, "api_error")
        yield f"chat {code}", enveloped({"type": type_, "code": code, "message": "No."})
    for payload in [
        {"code": "later_code", "message": "No."}, {"code": "internal_error", "message": ""},
        {"code": "", "message": "No."}, {"code": "internal_error"}, {"message": "No."}, {"code": 1, "message": "No."},
        {"code": "internal_error", "message": "No.", "param": "input", "doc_url": "https://x/doc",
         "provider": "openai", "suggestion": "Wait."},
        {"code": "internal_error", "message": "No.", "param": "", "provider": "", "doc_url": ""},
        {"code": "internal_error", "message": "No.", "param": None, "provider": None, "sequence_number": 7},
        {"code": "internal_error", "message": "No.", "provider": 1},
        {"code": "internal_error", "message": "No.", "error": None},
    ]:
        yield f"responses {text(payload)}", flat(**payload)
    for error in [
        None, "", "text", 7, False, [], {}, {"type": "api_error", "code": "c"},
        {"type": "x", "code": "c", "message": "m"}, {"type": "api_error", "code": None, "message": "m"},
        {"type": "api_error", "code": "upstream_error", "message": "m", "provider": "xai", "param": "model"},
    ]:
        yield f"chat error {text(error)}", enveloped(error)
    envelope = {"error": {"type": "api_error", "code": "internal_error", "message": "No."}}
    yield "responses enveloped", {"stream": "responses", "payload": envelope}
    yield "responses enveloped and typed", {"stream": "responses", "payload": {"type": "error", **envelope}}
    yield "chat flat", {"stream": "chat", "payload": {"type": "error", "code": "internal_error", "message": "No."}}


def transport():
    for name in ("ConnectError", "ReadError", "WriteError", "ConnectTimeout", "ReadTimeout", "RemoteProtocolError",
                 "ProxyError", "UnsupportedProtocol"):
        yield name, {"httpx": name}


def headers():
    for value in ["30", "0", "1.5", " 5 ", "007", "0.001", "3600", "-5", "+5", ".5", "5.", "1e3", "1_000", "inf",
                  "nan", "1e999", "soon", "", " ", "0x10", "5s", "5, 10", "1.2.3", "1,5", "Infinity",
                  "Sun, 06 Nov 1994 08:50:07 GMT", "Sun, 06 Nov 1994 08:49:07 GMT"]:
        yield f"retry-after {value}", {"headers": {"Retry-After": value}, "accessor": "retry_after_seconds"}
    yield "no retry-after", {"headers": {}, "accessor": "retry_after_seconds"}
    both = {"retry-after-ms": "50", "retry-after": "30"}
    yield "retry-after-ms", {"headers": both, "accessor": "retry_after_seconds"}
    for name in ("x-request-id", "X-Request-ID", "X-REQUEST-ID"):
        yield f"{name}", {"headers": {name: "req_1"}, "accessor": "request_id"}
        yield f"get {name}", {"headers": {"x-Request-Id": "req_1"}, "get": name}
    yield "no x-request-id", {"headers": {"x-request": "req_1"}, "accessor": "request_id"}
    yield "empty x-request-id", {"headers": {"x-request-id": ""}, "accessor": "request_id"}
    yield "get absent", {"headers": {"a": "1"}, "get": "b"}
    yield "get empty", {"headers": {"a": ""}, "get": "a"}
    yield "get of two", {"headers": {"a": "1", "b": "2"}, "get": "B"}
    for accessor, header in [
        ("rate_limit_remaining", "x-ratelimit-remaining-requests"), ("rate_limit_limit", "x-ratelimit-limit-requests"),
        ("credits_balance_microdollars", "x-credits-balance-microdollars"),
    ]:
        for value in ("12", "-1", "12.5", "many"):
            yield f"{accessor} {value}", {"headers": {header: value}, "accessor": accessor}
    yield "rate_limit_reset", {"headers": {"x-ratelimit-reset-requests": "2026-01-01T00:00:00Z"},
                               "accessor": "rate_limit_reset"}
    yield "token_count_model", {"headers": {"x-token-count-model": "m"}, "accessor": "token_count_model"}


def delays():
    """The wait after a 429; `attempt` counts from 0."""
    for attempt in (0, 1, 2, 3, 9, 10, 11, 12, 50):
        for random in (0.0, 0.5):
            yield f"attempt {attempt}, random {random}", {"attempt": attempt, "random": random}
    for value in ["0", "0.001", "0.02", "0.1", "0.4", "1", "1.5", "30", "60", "60.1", "61", "3600", "-1", "nan", "inf",
                  "1e999", "soon", "", "1e1", "Sun, 06 Nov 1994 08:50:07 GMT"]:
        yield f"retry-after {value}", {"attempt": 0, "random": 0.0, "headers": {"retry-after": value}}
    yield "retry-after 30, random 0.5", {"attempt": 0, "random": 0.5, "headers": {"retry-after": "30"}}
    yield "retry-after 1, attempt 9", {"attempt": 9, "random": 0.0, "headers": {"retry-after": "1"}}
    yield "retry-after-ms 50", {"attempt": 0, "random": 0.0, "headers": {"retry-after-ms": "50"}}


def metadata():
    required = {"provider": "openai", "provider_model_id": "gpt-4o-2024-08-06", "model_canonical": "gpt-4o",
                "routing_strategy": "cost-focus"}
    warning = {"type": "unknown_provider", "code": "c", "message": "m"}
    for changes in [
        {}, *({name: value} for name in required for value in ("", None, 1, [])),
        {"routing_strategy": "later"}, {"region": {"any": ["thing"]}},
        {"cost": {"usd": 0.000105}}, {"cost": {"usd": 0}}, {"cost": {"usd": 1, "cache_savings_percent": 12}},
        {"cost": {"usd": 1, "cache_savings_percent": 12.5}}, {"cost": {"usd": 1, "cache_savings_usd": "much"}},
        {"cost": {"usd": 1, "cache_savings_usd": None, "hosted_tool_usd": 0.1, "later": 1}},
        *({"cost": value} for value in (None, 0.1, "0.1", [], {}, {"usd": None}, {"usd": "0.1"}, {"usd": "x"},
                                        {"usd": True})),
        *({name: value} for name in ("ttft_ms", "throughput_tps")
          for value in (0, 123, 9.2, -1, None, "12", "x", True, {})),
        *({"warnings": value} for value in (
            None, [], [warning], [warning, warning], [warning | {"more": 1}], {}, "careful", ["careful"], [None],
            [warning | {"type": "later"}], [warning | {"type": 1}], [warning | {"type": None}],
            [{"code": "c", "message": "m"}], [{"type": "unknown_provider", "code": "c"}], [warning | {"code": 1}],
            [warning, "careful"])),
        {"cost": 1, "ttft_ms": [], "warnings": 1}, {"provider": None, "cost": 1},
    ]:
        yield text(changes), {**required, **changes}
    for missing in required:
        yield f"without {missing}", {name: value for name, value in required.items() if name != missing}
    yield from map(shown, ["text", 7, True, [], [required]])


def answer(status, type_, code, /, **more):
    return {"status": status, "body": {"error": {"type": type_, "code": code, "message": "No.", **more}}}


def flat(**payload):
    return {"stream": "responses", "payload": {"type": "error", **payload}}


def enveloped(error):
    chunk = {"id": "c", "object": "chat.completion.chunk", "created": 0, "model": "m", "choices": []}
    return {"stream": "chat", "payload": {"error": error} if error else {**chunk, "error": error}}
