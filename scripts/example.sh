#!/usr/bin/env bash
# npm run example NAME: from a fresh clone to an example that runs, on a local gateway unless AURIKO_API_KEY is set.
set -euo pipefail
source "$(dirname "$0")/lib.sh"
examples() { (cd examples && printf '%s\n' */main.mjs | sed 's|/main.mjs||'); }
[ -n "${1:-}" ] && [ -f "examples/$1/main.mjs" ] || die "usage: npm run example NAME, where NAME is one of: $(examples | paste -sd ' ')"
scripts/setup.sh examples
scripts/build.sh
exec node scripts/example.mjs "$1"
