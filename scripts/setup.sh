#!/usr/bin/env bash
# Gets what the project needs on a machine that has Rust, Node and the package registries.
# Every part is looked for first, so a second run takes seconds.
#   scripts/setup.sh build    what building the package takes
#   scripts/setup.sh examples that, and the frameworks that the examples use
#   scripts/setup.sh docs     what makes the reference of the API, alone
#   scripts/setup.sh test     all of that, and the browsers with their drivers
#   scripts/setup.sh bench    that, and the clients that the package is measured with
#   scripts/setup.sh fuzz     what building takes, and the fuzzer
#   scripts/setup.sh release  what building takes, and what a release is checked and described with
set -euo pipefail
source "$(dirname "$0")/lib.sh"
scope=${1:-build}
case $scope in
  build | examples | docs | test | bench | fuzz | release) ;;
  *) die "usage: scripts/setup.sh [build|examples|docs|test|bench|fuzz|release]" ;;
esac

WASM_PACK_VERSION=0.15.1
GECKODRIVER_VERSION=0.37.1
CARGO_DENY_VERSION=0.20.2
CARGO_CYCLONEDX_VERSION=0.5.9
CARGO_FUZZ_VERSION=0.13.2
wasm_bindgen_version=$(sed -n 's/^wasm-bindgen = .*"=\([0-9.]*\)".*/\1/p' Cargo.toml | head -n 1)
[ -n "$wasm_bindgen_version" ] || die "Cargo.toml names no exact wasm-bindgen version (wasm-bindgen = \"=X.Y.Z\")"

need() { command -v "$1" >/dev/null || die "$1 is missing: $2"; }
need cargo "install Rust from https://rustup.rs"
need node "install Node.js 20 or newer from https://nodejs.org"
need npm "it comes with Node.js, https://nodejs.org"
need cc "install a C compiler (Debian: apt-get install gcc), Rust needs it to link"
[ "$(node -p 'Number(process.versions.node.split(".")[0])')" -ge 20 ] || die "Node.js $(node --version) is too old: 20 or newer is needed"

has_version() { command -v "$1" >/dev/null && [[ "$("$1" --version 2>/dev/null)" == *"$2"* ]]; }

# A debug build of a tool takes a third of the time, and none of these is slow enough to matter.
# No --locked: wasm-bindgen-cli's lock file names a version that is not on the registry.
install_crate() {
  CARGO_TARGET_DIR=target/tools/build cargo install --debug --root target/tools --force "$1" --version "=$2" "${@:3}"
}

# Asked of the compiler itself: files in the right place may be those of another version.
target_works() {
  local out works=0; out=$(mktemp -d)
  rustc --target wasm32-unknown-unknown --crate-type lib --crate-name probe --out-dir "$out" - </dev/null || works=1
  rm -rf "$out"
  return $works
}

wasm_target() {
  if target_works; then return; fi
  # Asked again, since rustup goes by its own list of what is installed.
  if command -v rustup >/dev/null && timeout 120 rustup target add wasm32-unknown-unknown && target_works; then return; fi
  scripts/wasm-std-from-source.sh
}

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }

# debian COMMAND PACKAGE...: browsers come from Debian where it is Debian.
debian() {
  local command=$1; shift
  command -v "$command" >/dev/null && return
  command -v apt-get >/dev/null || die "$command is missing and this is not Debian: install $* (or its like) so that $command is on PATH"
  [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null || die "$command is missing and installing it takes root: run 'apt-get install $*' once"
  if [ -z "${apt_is_fresh:-}" ]; then
    step "apt-get update" "the list of Debian's packages" as_root apt-get update -qq
    apt_is_fresh=1
  fi
  step "apt-get install $*" "the tests run in real browsers" \
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends "$@"
}

# The lock file that npm installed last is kept beside what it installed.
npm_tools() { (cd "$1" && npm ci --ignore-scripts --no-audit --no-fund && cp package-lock.json node_modules/.installed-lock.json); }
has_npm_tools() { cmp -s "$1/package-lock.json" "$1/node_modules/.installed-lock.json"; }

if [ "$scope" = docs ] || [ "$scope" = test ]; then
  has_npm_tools docs/reference ||
    step "documentation" "TypeDoc with a TypeScript that it can read, and a checker of links" npm_tools docs/reference
fi
if [ "$scope" = docs ]; then exit; fi

step "wasm32 target" "the compiler's library for WebAssembly" wasm_target
has_version wasm-bindgen "$wasm_bindgen_version" && has_version wasm-bindgen-test-runner "$wasm_bindgen_version" ||
  step "wasm-bindgen $wasm_bindgen_version" "makes the JavaScript glue; must equal the crate's version" \
    install_crate wasm-bindgen-cli "$wasm_bindgen_version"
has_version wasm-pack "$WASM_PACK_VERSION" ||
  step "wasm-pack $WASM_PACK_VERSION" "builds the crate for the package" install_crate wasm-pack "$WASM_PACK_VERSION"
has_npm_tools . || step "npm tools" "bundler, type checker and test libraries, as locked" npm_tools .

if [ "$scope" = examples ] || [ "$scope" = test ] || [ "$scope" = bench ]; then
  has_npm_tools tests/integrations ||
    step "frameworks" "OpenAI's client in several versions, the Agents SDK, the AI SDK, LangChain, OpenTelemetry" npm_tools tests/integrations
fi

if [ "$scope" = test ] || [ "$scope" = bench ]; then
  debian chromium chromium
  debian chromedriver chromium-driver
  debian firefox-esr firefox-esr
  has_npm_tools tests/runtimes ||
    step "runtimes" "other Nodes, Deno, Bun, workerd, bundlers and frameworks, as locked" npm_tools tests/runtimes
  has_npm_tools tests/examples/browser-demo ||
    step "browser tests" "a driver for both browsers, and what finds barriers in a page" npm_tools tests/examples/browser-demo
  has_version geckodriver "$GECKODRIVER_VERSION" ||
    step "geckodriver $GECKODRIVER_VERSION" "drives Firefox; Debian has no package of it" install_crate geckodriver "$GECKODRIVER_VERSION"
fi
if [ "$scope" = test ] || [ "$scope" = release ]; then
  has_version cargo-deny "$CARGO_DENY_VERSION" ||
    step "cargo-deny $CARGO_DENY_VERSION" "licences, sources and known flaws of crates; a minute or two" \
      install_crate cargo-deny "$CARGO_DENY_VERSION" --locked
fi
if [ "$scope" = release ]; then
  # It does not tell its version.
  [[ "$(cargo install --list --root target/tools)" == *"cargo-cyclonedx v$CARGO_CYCLONEDX_VERSION:"* ]] ||
    step "cargo-cyclonedx $CARGO_CYCLONEDX_VERSION" "lists the crates that are compiled in; a minute or two" \
      install_crate cargo-cyclonedx "$CARGO_CYCLONEDX_VERSION" --locked
fi
if [ "$scope" = fuzz ]; then
  need c++ "install a C++ compiler (Debian: apt-get install g++), libFuzzer is compiled with it"
  has_version cargo-fuzz "$CARGO_FUZZ_VERSION" ||
    step "cargo-fuzz $CARGO_FUZZ_VERSION" "builds and runs the targets" install_crate cargo-fuzz "$CARGO_FUZZ_VERSION" --locked
fi
if [ "$scope" = bench ]; then
  has_npm_tools benches || step "contenders" "what the package is measured with, as locked" npm_tools benches
fi
say "✓ set up ($scope) in $SECONDS s"
