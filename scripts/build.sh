#!/usr/bin/env bash
# Builds the package: the crate to WebAssembly, then the entries of pkg/dist.
#   scripts/build.sh profile    tells where the bytes of what was built are, instead
set -euo pipefail
source "$(dirname "$0")/lib.sh"

# The paths of this machine have no place in the package, and must not change its bytes.
sysroot=$(rustc --print sysroot)
# simd128: line ends and chunks that are alike are looked for sixteen bytes at a time. docs/browser.md says who has it.
# What is called in several places is seldom worth its copies, nor a loop that is written out. The hot loops do without.
small="inline-threshold=40 inlinehint-threshold=100 unroll-threshold=0 unroll-allow-partial=false unswitch-threshold=5 rotation-max-header-size=2"
# pkg/src/guard.js puts the stack back where a host function has thrown through the core.
export RUSTFLAGS="${RUSTFLAGS:-} -C target-feature=+simd128 $(for setting in $small; do printf -- "-C llvm-args=--%s " $setting; done)-C link-arg=--export=__stack_pointer --remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}=cargo --remap-path-prefix=$sysroot=rust --remap-path-prefix=$PWD=."

# compile FOLDER OPTION...: into a folder, with these options for wasm-opt.
compile() {
  local folder=$1 wasm=$1/auriko_wasm_bg.wasm; shift
  step "wasm" "the crate, compiled with wasm-pack" \
    wasm-pack build --release --target web --no-pack --no-opt --out-dir "$folder" -- --features package
  step "panics" "a trap in the place of their messages" node scripts/panics.mjs "$wasm"
  # As locked in package-lock.json, and not whichever wasm-opt is in the PATH, which wasm-pack would take. Large
  # functions that are called once stay apart, and functions of one module lie side by side: brotli finds more that is
  # alike. Low memory is the end of the stack.
  step "optimization" "smaller" \
    wasm-opt -Oz --one-caller-inline-max-function-size=40 -O3 --low-memory-unused --reorder-functions-by-name "$@" \
    --enable-bulk-memory --enable-bulk-memory-opt --enable-multivalue --enable-mutable-globals \
    --enable-nontrapping-float-to-int --enable-reference-types --enable-sign-ext --enable-simd "$wasm" -o "$wasm"
}

if [ "${1:-}" = profile ]; then
  compile target/size -g
  node benches/size/profile.mjs target/size/auriko_wasm_bg.wasm
  exit
fi
compile pkg/wasm --strip-debug --strip-producers --strip-target-features
step "names" "short ones, for what has a hash in it" node scripts/names.mjs pkg/wasm
# npm pack would obey the ignore file that wasm-pack leaves behind.
rm -f pkg/wasm/.gitignore
step "entries" "pkg/dist, made from pkg/src" node scripts/build.mjs
