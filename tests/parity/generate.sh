#!/usr/bin/env bash
# Makes tests/parity/*.json anew: what Auriko's own Python SDK says to the inputs in inputs_*.py.
# Needed only when an input is added or the SDK is updated; the tests read the committed files.
set -euo pipefail
cd "$(dirname "$0")/../.."

venv=target/parity
[ -x "$venv/bin/python" ] || python3 -m venv "$venv"
# pydantic decides what is coerced and httpx what a header is, so they are part of the answer.
"$venv/bin/pip" install --quiet --disable-pip-version-check auriko==1.2.0 pydantic==2.14.3 httpx==0.28.1
exec "$venv/bin/python" -B tests/parity/generate.py
