#!/usr/bin/env bash
# Tries the laws of tests/properties with the inputs of libFuzzer, beginning with the vectors of the tests. What it
# finds is in fuzz/artifacts; what it learnt stays in fuzz/corpus, for the next run.
#   scripts/fuzz.sh                 each target for ten minutes
#   scripts/fuzz.sh TARGET SECONDS  one of them; fuzz/fuzz_targets has them
set -euo pipefail
source "$(dirname "$0")/lib.sh"
scripts/setup.sh fuzz

if [ $# -gt 0 ]; then targets=("$1"); else targets=(events stream text metadata answer options); fi
node fuzz/seed.mjs
# Opens -Z, which the sanitizer is behind, to a stable compiler.
export RUSTC_BOOTSTRAP=1
step "targets" "with libFuzzer and the address sanitizer" cargo fuzz build
for target in "${targets[@]}"; do
  say "▸ $target"
  cargo fuzz run "$target" -- -max_total_time="${2:-600}" -max_len=1024 -timeout=20 -print_final_stats=1 ||
    die "$target has found something: fuzz/artifacts/$target"
done
say "✓ nothing found in $SECONDS s"
