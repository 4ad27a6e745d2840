#!/usr/bin/env bash
# The second command of the README: sets up, builds, and runs every check.
set -euo pipefail
source "$(dirname "$0")/lib.sh"
scripts/setup.sh test

# show NAME WHY COMMAND...: like step, with the output on the screen.
show() {
  local name=$1 why=$2; shift 2
  local begin=$SECONDS
  say "▸ $name ($why)"
  "$@" || die "$name failed after $((SECONDS - begin)) s"
  say "  done in $((SECONDS - begin)) s"
}

WASM=(--target wasm32-unknown-unknown)
format() { local crate; for crate in . fuzz benches/native; do cargo fmt --check --manifest-path $crate/Cargo.toml || return; done; }
step "format" "rustfmt" format
step "lint" "clippy, native" cargo clippy --locked --all-targets -- -D warnings
step "lint" "clippy, WebAssembly" cargo clippy --locked --all-targets "${WASM[@]}" -- -D warnings
step "lint" "clippy, as the package is built" cargo clippy --locked "${WASM[@]}" --features package -- -D warnings
step "docs" "every link in the Rust documentation leads somewhere" env RUSTDOCFLAGS="-D warnings" cargo doc --locked --no-deps
step "lint and format" "the JavaScript" biome ci --error-on-warnings .
show "supply chain" "licences and sources, known flaws" scripts/audit.sh
show "pure core" "native tests" cargo test --locked --quiet
# Without libFuzzer itself, which is C++ and only linked.
step "fuzz targets" "they compile; scripts/fuzz.sh runs them" \
  env CUSTOM_LIBFUZZER_PATH=/nowhere/libfuzzer.a cargo check --locked --quiet --manifest-path fuzz/Cargo.toml
step "native benches" "they compile" cargo check --locked --quiet --benches --manifest-path benches/native/Cargo.toml
scripts/build.sh
show "reproducible" "a clean build elsewhere makes the same package" scripts/reproducible.sh pkg/dist
show "local gateway" "what stands in for the service behaves like it" node --test gateway/*.test.mjs

# The same tests in each host. They call the gateway, so the port has to be known when they are compiled.
# Below the ports that systems give to outgoing connections: one of those may have this one for its own end.
port=18787
export AURIKO_TEST_GATEWAY=http://127.0.0.1:$port
export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER=wasm-bindgen-test-runner
coproc GATEWAY { exec node gateway/main.mjs --port $port; }
gateway=$GATEWAY_PID
trap 'kill $gateway 2>/dev/null' EXIT
read -r _ <&"${GATEWAY[0]}" || die "the local gateway did not start: is port $port taken?"
boundary() { cargo test --locked "${WASM[@]}" --test web; }
show "boundary in Node" "wasm-bindgen-test" boundary
export WASM_BINDGEN_USE_BROWSER=1
export WASM_BINDGEN_TEST_ADDRESS=127.0.0.1:18788
# tests/webdriver/ has what each browser is started with, and why the runner's server is kept occupied.
in_browser() {
  WASM_BINDGEN_TEST_WEBDRIVER_JSON=$PWD/tests/webdriver/$1.json boundary &
  local tests=$!
  node tests/webdriver/occupy.mjs "${WASM_BINDGEN_TEST_ADDRESS#*:}" &
  local occupier=$! rc=0
  wait $tests || rc=$?
  kill $occupier 2>/dev/null
  wait $occupier 2>/dev/null || true
  return $rc
}
CHROMEDRIVER=$(command -v chromedriver) show "boundary in Chromium" "wasm-bindgen-test, headless" in_browser chromium
GECKODRIVER=$(command -v geckodriver) show "boundary in Firefox" "wasm-bindgen-test, headless" in_browser firefox

types() { local project; for project in tests/types/tsconfig.*.json tests/integrations/tsconfig.json; do tsc -p "$project" || return; done; }
step "types" "strict consumers, and the sources under @ts-check" types
show "declarations" "they declare what is exported, all of it" node --test tests/types/*.test.mjs
show "size" "an app that imports it stays within the budget" node --test benches/size/*.test.mjs
step "boundary" "as much crosses it as ARCHITECTURE.md says" node benches/boundary/main.mjs --check
rust_worker() {
  local manifest=examples/rust-worker/Cargo.toml
  cargo fmt --check --manifest-path $manifest &&
    cargo clippy --locked --manifest-path $manifest "${WASM[@]}" --target-dir target -- -D warnings &&
    CARGO_TARGET_DIR=$PWD/target wasm-pack build --dev --target web --no-pack --no-opt examples/rust-worker -- --locked
}
step "Rust example" "a Worker on the core alone, compiled" rust_worker
scripts/docs.sh
show "Rust example" "in Node and in Cloudflare's runtime" node --test tests/examples/rust-worker/*.test.mjs
show "package" "what npm pack gives, in Node" node --test tests/package/*.test.mjs
show "parity in Node" "with the Python SDK" node --test tests/parity/package.test.mjs
show "parity in Chromium" "the same vectors in a page" node --test tests/parity/chromium.test.mjs
rm -rf target/runtimes
show "runtimes" "one contract, from the tarball, in every runtime" node --test tests/runtimes/*/*.test.mjs
step "README" "its table of runtimes is what was found" node tests/runtimes/table.mjs --check
for major in 20 22; do
  show "integrations in Node $major" "the clients and frameworks that people use, the examples, the programs in the guides" \
    "tests/runtimes/node_modules/node$major/bin/node" --test tests/{integrations/*,examples,docs}/*.test.mjs
done
show "edge proxy" "the same handler in every runtime, and under load" node --test tests/examples/edge-proxy/*.test.mjs
show "browser demo" "in Chromium and Firefox" node --test tests/examples/browser-demo/*.test.mjs
show "conformance in Node" "what happens when things go wrong" node --test tests/conformance/node.test.mjs
show "conformance in Chromium" "the same cases in a page" node --test tests/conformance/chromium.test.mjs
show "conformance in workerd" "the same cases in a worker" node --test tests/conformance/workerd.test.mjs
step "docs/conformance.md" "its table is what was found" node tests/conformance/table.mjs --check
show "soak" "nothing grows and no byte is lost; 'npm run soak' is the long one" \
  node tests/soak/soak.mjs --calls 900 --streams 300 --rounds 6 --parallel 100
step "quick start" "the first command of the README" node examples/quickstart/stream.mjs
say "✓ all passed in $SECONDS s"
