// @ts-check
// What a bundler makes of the entries.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

for (const entry of ["index.js", "slim.js", "internal.js"]) {
  test(`${entry} is bundled without a warning`, async () => {
    const path = fileURLToPath(new URL(`../../pkg/dist/${entry}`, import.meta.url));
    const { warnings } = await build({
      entryPoints: [path],
      bundle: true,
      format: "esm",
      write: false,
      logLevel: "silent",
    });
    assert.deepStrictEqual(warnings, []);
  });
}
