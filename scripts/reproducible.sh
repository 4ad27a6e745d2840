#!/usr/bin/env bash
# Builds the package from clean in folders of their own and compares what came out, byte by byte.
#   scripts/reproducible.sh         two builds, with each other
#   scripts/reproducible.sh DIST    one build, with one that is there, such as pkg/dist
set -euo pipefail
source "$(dirname "$0")/lib.sh"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The tracked files as they are now, the tools and libraries of this folder, and nothing that was built.
clean_build() {
  local folder=$1
  mkdir -p "$folder/target" && git ls-files -z | xargs -0 cp --parents -t "$folder" &&
    ln -s "$PWD/target/tools" "$folder/target/tools" && ln -s "$PWD/node_modules" "$folder/node_modules" &&
    env -u CARGO_TARGET_DIR "$folder/scripts/build.sh"
}

compare() {
  (cd "$1" && find . -type f -exec sha256sum {} + | sort -k 2) >"$work/first"
  (cd "$2" && find . -type f -exec sha256sum {} + | sort -k 2) >"$work/second"
  diff "$work/first" "$work/second" >&2 || die "two builds of the same source differ in the files above"
}

# Of another length, since a path that slips into a file moves what comes behind it.
other=$work/a-folder-with-a-longer-name/than-the-other
if [ $# = 0 ]; then
  step "one build" "from clean" clean_build "$work/x"
  set -- "$work/x/pkg/dist"
fi
step "another build" "from clean, in another folder" clean_build "$other"
compare "$1" "$other/pkg/dist"
say "✓ the same $(wc -l <"$work/first") files, byte for byte"
