#!/usr/bin/env bash
# Sets up, builds, and measures the package beside what people would pick instead; see docs/performance.md.
#   scripts/bench.sh [--check] [--quick] [--host NAME]
set -euo pipefail
source "$(dirname "$0")/lib.sh"
scripts/setup.sh bench
scripts/build.sh
exec node benches/main.mjs "$@"
