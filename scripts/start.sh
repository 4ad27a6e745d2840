#!/usr/bin/env bash
# The first command of the README: from a fresh clone to a streamed completion.
set -euo pipefail
source "$(dirname "$0")/lib.sh"
scripts/setup.sh build
scripts/build.sh
exec node examples/quickstart/stream.mjs
