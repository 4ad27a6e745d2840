"""Writes one file of vectors per kind: `{name, input, python}`, and `{ours, reason}` where auriko-wasm
differs on purpose. `ours` replaces members of `python`. See generate.sh."""

import importlib.metadata
import json
import pathlib

import inputs_received as received
import inputs_sent as sent
import sdk

KINDS = [
    sent.routing, sent.gateway, sent.merge, sent.bodies, sent.base_urls, sent.keys, sent.constants,
    received.answers, received.events, received.transport, received.headers, received.delays, received.metadata,
]
HERE = pathlib.Path(__file__).parent
PACKAGES = " ".join(f"{name} {importlib.metadata.version(name)}" for name in ("auriko", "pydantic", "httpx"))


def differences():
    """What differs on purpose: by the name of a vector, our outcome and the reason."""
    table = {}
    for group in json.loads((HERE / "differences.json").read_text())["differences"]:
        for name in group["vectors"]:
            assert name not in table, f"{name} differs twice"
            # A list has one outcome for all of its vectors, an object one for each.
            ours = group["vectors"][name] if isinstance(group["vectors"], dict) else group["ours"]
            table[name] = {"ours": ours, "reason": group["reason"]}
    return table


def main():
    table, size, count = differences(), 0, 0
    for kind in KINDS:
        ask = getattr(sdk, kind.__name__)
        vectors = {}
        for name, given in kind():
            name = f"{kind.__name__}: {name}"
            assert name not in vectors, f"{name} is there twice"
            vector = {"name": name, "input": given, "python": sdk.encode(ask(given)), **table.pop(name, {})}
            for key, value in vector.get("ours", {}).items():
                assert vector["python"].get(key) != value, f"{name}: {key} does not differ"
            vectors[name] = vector
        lines = ",\n".join(json.dumps(vector, ensure_ascii=False) for vector in vectors.values())
        whole = f'{{"source": "{PACKAGES}", "vectors": [\n{lines}\n]}}\n'
        (HERE / f"{kind.__name__}.json").write_text(whole)
        size, count = size + len(whole.encode()), count + len(vectors)
    assert not table, f"differences of no vector: {list(table)}"
    print(f"{count} vectors, {size // 1000} KB")


if __name__ == "__main__":
    main()
