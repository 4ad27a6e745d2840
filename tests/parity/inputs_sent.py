"""Inputs of options and of what is sent: per kind, pairs of a name and an input. What JSON cannot say is an
object with one key: `$number` (a number by its name), `$routing` and `$gateway` (an instance of the options
class rather than a plain object)."""

from auriko.errors import types
from auriko.route_types import DataPolicy, MetricPercentile, Mode, Optimize
from naming import shown, text

INFINITY, MINUS_INFINITY, NAN = ({"$number": name} for name in ("Infinity", "-Infinity", "NaN"))

OTHER_THAN_TEXT = [1, 0, 1.5, True, False, [], ["a"], {}]
WORDS = {
    "optimize": Optimize,
    "ttft_percentile": MetricPercentile,
    "throughput_percentile": MetricPercentile,
    "mode": Mode,
    "data_policy": DataPolicy,
}
NUMBERS = [1, 0.5, 3.5, 500, 5e-324, 1e20, 0, -0.0, -1, -0.5, INFINITY, MINUS_INFINITY, NAN]
NOT_NUMBERS = ["7", "3.5", " 7 ", "1e3", "1_000", "inf", "soon", "", True, False, [], [1], {}]
FLAGS = [True, False, 1, 0, 2, 0.5, "true", "FALSE", "yes", "off", "1", "t", "soon", "", [], {}]
LISTS = [[], ["openai"], ["openai", "xai"], ["openai", "openai"], [""], "openai", "", 1, True, {}, {"0": "openai"}]
FIELDS = {
    **{name: [*(w.value for w in words), *(w.name for w in words), "", " ", "fastest", *OTHER_THAN_TEXT]
       for name, words in WORDS.items()},
    **{name: NUMBERS + NOT_NUMBERS for name in ("max_cost_per_1m", "min_throughput_tps")},
    **{name: [*NUMBERS, 5.5, 2**53, *NOT_NUMBERS] for name in ("max_ttft_ms", "timeout_ms", "deadline_ms")},
    "max_fallback_attempts": [1, 2, 18, 19, 0, -1, 20, 1.5, 19.5, INFINITY, NAN, *NOT_NUMBERS, "19", "20"],
    **{name: FLAGS for name in ("allow_fallbacks", "only_byok", "only_platform", "require_parameters")},
    **{name: ["openai", "", "ü", " ", *OTHER_THAN_TEXT] for name in ("prefer", "tier")},
    **{name: [*LISTS, [1], [None], [True], [["a"]]] for name in ("providers", "exclude_providers")},
    "weights": [
        {"cost": 1}, {"ttft": 0.5}, {"throughput": 7.5}, {"cost": 0.1, "ttft": 0.2, "throughput": 30},
        {"cost": 0, "ttft": 1}, {"cost": -0.0, "ttft": 1}, {"cost": 1e300}, {"cost": 5e-324},
        {}, {"cost": 0}, {"cost": 0, "ttft": 0, "throughput": 0}, {"cost": -1}, {"cost": 1, "ttft": -1},
        {"cost": INFINITY}, {"cost": NAN}, {"cost": None}, {"cost": 1, "ttft": None}, {"cost": "1"}, {"cost": "x"},
        {"cost": True}, {"cost": [1]}, {"latency": 1}, {"cost": 1, "Cost": 1}, {"cost": 1, "": 1},
        1, True, "cost", [], [["cost", 1]],
    ],
}

COMBINED = [
    {}, None, 1, True, "cost", [],
    {"only_byok": True, "only_platform": True}, {"only_byok": True, "only_platform": False},
    {"only_byok": False, "only_platform": True}, {"only_byok": False, "only_platform": False},
    {"only_byok": True, "only_platform": None},
    {"timeout_ms": 500, "deadline_ms": 500}, {"timeout_ms": 500, "deadline_ms": 499},
    {"timeout_ms": 500, "deadline_ms": 501}, {"timeout_ms": 500, "deadline_ms": None},
    {"optimize": "cost", "weights": {"ttft": 1}},
    {"providers": ["openai"], "exclude_providers": ["openai"]},
    {"optimise": "cost"}, {"maxTtftMs": 5}, {"max_ttft_ms ": 5}, {"Tier": "priority"}, {"": 1}, {"optimise": None},
    {"models": ["gpt-5.4"]}, {"gateway": {}}, {"routing": {}},
    {"tier": 1, "max_ttft_ms": 0, "weights": {}}, {"tier": 1, "optimise": "cost"},
    {"tier": 1, "only_byok": True, "only_platform": True},
    {"tier": "priority", "optimize": "ttft", "max_ttft_ms": None},
    {"optimize": "cost-focus", "weights": {"cost": 1, "ttft": 0.5}, "max_cost_per_1m": 2.5, "max_ttft_ms": 500,
     "min_throughput_tps": 0.1, "ttft_percentile": "p50", "throughput_percentile": "p95", "providers": ["openai"],
     "exclude_providers": [], "prefer": "", "mode": "fallback", "allow_fallbacks": False,
     "max_fallback_attempts": 19, "timeout_ms": 1000, "deadline_ms": 1000, "data_policy": "zdr", "only_byok": True,
     "only_platform": False, "require_parameters": True, "tier": "priority"},
]


def routing():
    for field, values in FIELDS.items():
        for value in [*values, None]:
            yield shown({field: value})
    yield from map(shown, COMBINED)


def gateway():
    full = {"tags": ["a", ""], "user_id": "u", "trace_id": "t", "custom_fields": {"z": "1", "a": "ä"}}
    yield from map(shown, [
        {}, None, 1, "cost", [], True,
        {"routing": {"$routing": {"optimize": "cost"}}}, {"routing": {"$routing": {}}},
        {"routing": {"$routing": {"tier": None}}}, {"routing": {"$routing": {"weights": {"cost": 1}}}},
        {"routing": {}}, {"routing": {"optimize": "cost"}}, {"routing": {"optimize": "fastest"}},
        {"routing": {"optimise": "cost"}}, {"routing": {"max_ttft_ms": 0}}, {"routing": {"max_ttft_ms": None}},
        {"routing": {"weights": {"cost": 1}}}, {"routing": {"only_byok": True, "only_platform": True}},
        {"routing": None}, {"routing": "cost"}, {"routing": 1}, {"routing": []},
        {"metadata": full}, {"metadata": {}}, {"metadata": None}, {"metadata": "a"}, {"metadata": []},
        {"metadata": {"tags": []}}, {"metadata": {"tags": "a"}}, {"metadata": {"tags": ["a", 1]}},
        {"metadata": {"tags": [None]}}, {"metadata": {"tags": None}},
        {"metadata": {"user_id": ""}}, {"metadata": {"user_id": 7}}, {"metadata": {"user_id": None}},
        {"metadata": {"trace_id": True}}, {"metadata": {"trace_id": None}},
        {"metadata": {"custom_fields": {}}}, {"metadata": {"custom_fields": {"a": 1}}},
        {"metadata": {"custom_fields": {"a": None}}}, {"metadata": {"custom_fields": "a"}},
        {"metadata": {"custom_fields": []}}, {"metadata": {"custom_fields": None}},
        {"metadata": {"session": "s"}}, {"metadata": {"userId": "u"}},
        {"models": []}, {"models": ["m"]}, {"models": ["m", "m"]}, {"models": [""]}, {"models": "m"},
        {"models": [1]}, {"models": [None]}, {"models": {}}, {"models": None},
        {"model": "m"}, {"optimize": "cost"}, {"gateway": {}}, {"": 1}, {"metdata": None},
        {"routing": {"$routing": {"optimize": "cost"}}, "metadata": full, "models": ["m"]},
        {"models": ["m"], "metadata": {"user_id": "u"}, "routing": {"$routing": {"tier": "priority"}}},
    ])


def merge():
    sides = [
        {}, {"gateway": None}, {"gateway": False}, {"gateway": "cost"}, {"gateway": ["cost"]}, {"gateway": {}},
        {"gateway": {"routing": {"optimize": "cost", "tier": "a"}}},
        {"gateway": {"routing": {"optimize": "tps"}, "metadata": {"user_id": "u"}}},
        {"gateway": {"routing": None, "models": ["m"], "later": {"a": 1}}},
    ]
    more = [
        ({"model": "a", "messages": []}, {"model": "b"}), ({"model": "a"}, {"model": None}),
        ({"extensions": {"openai": {"a": 1}}}, {"extensions": {"xai": {"b": 2}}}),
        ({"model": "a", "gateway": {"models": ["m"]}}, {"user": "u", "gateway": {"metadata": {"tags": ["t"]}}}),
        ({"__proto__": {"model": "a"}}, {"user": "u"}), ({"user": "u"}, {"__proto__": {"model": "a"}}),
        ({"gateway": {"constructor": 1}}, {"gateway": {"toString": 2}}),
        ({"gateway": {"a": 1}}, {"gateway": {"__proto__": {"b": 1}}}),
    ]
    for base, overlay in [(base, overlay) for base in sides for overlay in sides] + more:
        yield f"{text(base)} + {text(overlay)}", {"base": base, "overlay": overlay}


def bodies():
    """Arguments of `chat.completions.create` without its messages, and of `responses.create` without its input."""
    routing = {"routing": {"optimize": "cost"}}
    empty_in_chat = {
        "model": "m", "temperature": 0, "user": "", "stop": [], "logit_bias": {}, "logprobs": False, "seed": None
    }
    other_messages = {"model": "m", "extra_body": {"messages": "other"}}
    calls = [
        {"model": "m"}, {"model": ""}, {}, {"model": None},
        {"model": "m", "gateway": {"models": ["a"]}}, {"gateway": {"models": ["a"]}}, {"gateway": {"models": []}},
        {"model": "m", "gateway": {"models": []}}, {"model": "m", "gateway": {"models": None}},
        {"model": None, "gateway": {"models": None}}, {"gateway": {}}, {"gateway": {"$gateway": {}}},
        {"gateway": {"$gateway": {"models": ["a"]}}}, {"model": "m", "gateway": {"$gateway": {"models": ["a"]}}},
        {"model": "m", "gateway": None}, {"model": "m", "gateway": {}}, {"model": "m", "gateway": {"$gateway": {}}},
        {"model": "m", "gateway": routing}, {"model": "m", "gateway": {"$gateway": routing}},
        {"model": "m", "gateway": {"$gateway": {"routing": {"$routing": {"tier": None}}}}},
        {"model": "m", "gateway": {"$routing": {"optimize": "cost"}}},
        {"model": "m", "extra_body": {"gateway": {"$routing": {"optimize": "cost"}}}},
        {"model": "m", "gateway": {"routing": {"optimise": None}, "later": [None]}},
        {"model": "m", "gateway": {"routing": None}}, {"model": "m", "gateway": {"$gateway": {"routing": None}}},
        empty_in_chat, {"model": "m", "temperature": NAN}, {"model": "m", "extra_body": {"top_p": INFINITY}},
        {"model": "m", "extensions": {}}, {"model": "m", "extensions": {"openai": {"a": None}}},
        {"model": "m", "extra_body": None}, {"model": "m", "extra_body": {}},
        {"model": "m", "extra_body": {"later": None, "user": "u"}}, {"model": "m", "extra_body": {"model": "n"}},
        other_messages, {"extra_body": {"model": "n"}},
        {"model": "m", "extra_body": {"gateway": {"models": ["a"]}}}, {"extra_body": {"gateway": {"models": ["a"]}}},
        {"model": "m", "gateway": routing, "extra_body": {"gateway": {"metadata": {"user_id": "u"}}}},
        {"model": "m", "gateway": {"$gateway": routing}, "extra_body": {"gateway": {"routing": {"tier": "a"}}}},
        {"model": "m", "gateway": routing, "extra_body": {"gateway": None}},
        {"model": "m", "gateway": routing, "extra_body": {"gateway": "cost"}},
        {"model": "m", "extra_body": {"gateway": routing}}, {"model": "m", "extra_body": {"gateway": {}}},
        {"model": "m", "stream": True}, {"model": "m", "stream": False}, {"model": "m", "stream": None},
        {"model": "m", "stream": True, "extra_body": {"stream": False}},
        {"model": "m", "stream": False, "extra_body": {"stream": True}},
        {"model": "m", "extra_body": {"stream": True}}, {"model": "m", "extra_body": {"stream": False}},
        {"model": "m", "unheard_of": 1},
    ]
    efforts = [
        {"model": "m", "reasoning_effort": "none"}, {"model": "m", "reasoning_effort": "off"},
        {"model": "m", "extra_body": {"reasoning_effort": "none"}},
    ]
    for given in calls + efforts:
        yield text(given), {"messages": [], **given}
    of_responses = [
        {"model": "m", "temperature": 0, "instructions": "", "tools": [], "metadata": {}, "parallel_tool_calls": False,
         "max_output_tokens": None},
        {"model": "m", "extra_body": {"input": "other"}}, {"model": "m", "reasoning": {"effort": "none"}},
        {"model": "m", "input": [{"role": "user", "content": "Hi."}]}, {"model": "m", "input": []},
    ]
    for given in [given for given in calls if given not in (empty_in_chat, other_messages)] + of_responses:
        yield f"responses {text(given)}", {"input": "", **given}


def base_urls():
    for url in [
        None, "", " ", "https://x", "https://x/", "https://x///", "https://x/v1", "https://x/v1/", "https://x/v1//",
        "https://x/api", "https://x/api/", "https://x/api/v1", "https://x/v1/chat", "https://x/v1beta", "https://x/v2",
        "https://x/V1", "https://x/av1", "https://v1", "https://x//v1", "https://x/a@b", "https://x:8443",
        "http://localhost:3000/", "http://127.0.0.1:8080/v1", "http://[::1]:8080", "https://bücher.example",
        "HTTPS://Api.Example", " https://x/v1 ", "https://x/v1?x=1", "https://x?x=1", "https://x/v1#top",
        "https://x/v1?", "https://user:secret@x", "x/v1", "x", "localhost:3000", "/api/v1", "//x/v1", "ftp://x",
        "https://", "https:///v1", "https://x:99999", "https://x:y", "https://a b/v1", "https://x/a b", "https://x\n/v1",
        "https://x\\v1", "https:x",
    ]:
        yield text(url), url


def keys():
    for explicit in (None, "", " ", "ak_a", " ak_a\n", "ak a", "ak_ä", "ak_a\r\nx: y"):
        for env in (None, "", "ak_b") if explicit in (None, "", " ", "ak_a") else (None,):
            yield f"{text(explicit)}, environment {text(env)}", {"explicit": explicit, "env": env}
    yield 'null, environment " ak_b\\n"', {"explicit": None, "env": " ak_b\n"}


def constants():
    errors = sorted(name for name in vars(types) if name.endswith("Error"))
    for name in ("Optimize", "Mode", "DataPolicy", "MetricPercentile", "Client", *errors):
        yield name, name
