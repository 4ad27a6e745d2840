// @ts-check
// What is published: these files and no others, nothing that runs at installation, nothing that is installed with it.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const pkg = fileURLToPath(new URL("../../pkg/", import.meta.url));

/** Declarations, without their endings. */
const TYPES = [
  ...["chat", "client", "completion", "errors", "foreign", "headers", "index", "messages", "models", "openai"],
  ...["response-events", "response-items", "response-object", "responses", "routing", "stream", "unlisted"],
];

test("the package holds these files and no others", async () => {
  // The fields that decide are not npm's alone: a file that is ignored somewhere, or forgotten, is found here.
  const { stdout } = await promisify(execFile)("npm", ["pack", "--json", "--dry-run"], { cwd: pkg });
  const [{ files }] = JSON.parse(stdout);
  const dist = ["edge", "index", "internal", "openai", "openai-edge", "shared", "slim"].map((name) => `${name}.js`);
  const expected = [
    ...["LICENSE", "README.md", "package.json"],
    ...["auriko_wasm_bg.wasm", ...dist, "index.cjs", "internal.cjs", "openai.cjs"].map((name) => `dist/${name}`),
    ...TYPES.map((name) => `dist/types/${name}.d.cts`),
    ...[...TYPES, "slim"].map((name) => `types/${name}.d.ts`),
  ];
  assert.deepEqual(files.map((/** @type {{ path: string }} */ { path }) => path).sort(), expected.sort());
});

test("nothing runs when the package is installed, and nothing else is installed", async () => {
  const manifest = JSON.parse(await readFile(`${pkg}package.json`, "utf8"));
  for (const field of ["scripts", "bin", "dependencies", "optionalDependencies", "bundleDependencies", "gypfile"]) {
    assert.equal(manifest[field], undefined, field);
  }
  assert.deepEqual(Object.keys(manifest.peerDependencies), ["openai"]);
  assert.equal(manifest.peerDependenciesMeta.openai.optional, true);
});
