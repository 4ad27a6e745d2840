# Shared by the scripts in this folder: says what step runs and how long it took, and fails in one line.
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export PATH="$PWD/target/tools/bin:$PWD/node_modules/.bin:$PATH"

say() { printf '%s\n' "$*" >&2; }
die() { say "✗ $*"; exit 1; }

# step NAME WHY COMMAND...: runs a command, prints its name before and its duration after.
# The output goes to a log that is shown only when the command fails.
step() {
  local name=$1 why=$2; shift 2
  local log; log=$(mktemp); local begin=$SECONDS
  say "▸ $name ($why)"
  if "$@" >"$log" 2>&1; then
    say "  done in $((SECONDS - begin)) s"
    rm -f "$log"
  else
    tail -n 40 "$log" >&2; rm -f "$log"
    die "$name failed after $((SECONDS - begin)) s; the output above says why"
  fi
}
