#!/usr/bin/env bash
# Licences and sources of what is compiled in, and known flaws in what the project uses. Where a database of flaws
# cannot be reached, that is said and is no failure; with --strict, for a release, it is one.
set -euo pipefail
source "$(dirname "$0")/lib.sh"

strict=
case ${1:-} in "") ;; --strict) strict=1 ;; *) die "usage: scripts/audit.sh [--strict]" ;; esac

out_of_reach() {
  [ -z "$strict" ] || die "$1 cannot be reached, and a release is not made without it"
  say "  NOT CHECKED here: $1 cannot be reached; the release workflow does it"
}

cargo deny --log-level warn check licenses bans sources || die "cargo deny has found something; deny.toml has the rules"

if ! report=$(cargo deny --color never --log-level error check advisories 2>&1); then
  grep -q "failed to fetch advisory database" <<<"$report" || die "known flaws in the crates:"$'\n'"$report"
  out_of_reach "the database of flaws in crates"
fi

# The workspace root has the tools that build the package; the package itself has no dependencies.
if ! report=$(npm audit --audit-level=high 2>&1); then
  grep -q "audit endpoint returned an error\|ENOTFOUND\|ECONNREFUSED" <<<"$report" ||
    die "known flaws in the npm packages:"$'\n'"$report"
  out_of_reach "the registry's answer to npm audit"
fi
