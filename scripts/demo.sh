#!/usr/bin/env bash
# npm run demo: from a fresh clone to a chat in the browser, on a local gateway unless AURIKO_API_KEY is set.
set -euo pipefail
source "$(dirname "$0")/lib.sh"
scripts/setup.sh build
scripts/build.sh
exec node examples/browser-demo/server.mjs
