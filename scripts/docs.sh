#!/usr/bin/env bash
# npm run docs: the reference of the API and the guides, as pages in docs/api. Fails where a link leads nowhere.
set -euo pipefail
source "$(dirname "$0")/lib.sh"
scripts/setup.sh docs
tools=docs/reference/node_modules
# Relative links and their anchors, as GitHub makes them; those to other sites are not fetched.
links() {
  git ls-files -z '*.md' | xargs -0 "$tools/.bin/remark" --no-stdout --quiet --frail \
    --use "./$tools/remark-validate-links/index.js=repository:false"
}
step "links" "in every Markdown file" links
step "reference" "docs/api, made from pkg/types and the guides" "$tools/.bin/typedoc" --options docs/reference/typedoc.json
