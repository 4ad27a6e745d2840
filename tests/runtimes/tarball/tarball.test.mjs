// @ts-check
// What others' tools say of the tarball: whether every resolver finds the entries and their types.
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { tarball } from "../support/consumer.mjs";
import { run } from "../support/processes.mjs";
import { scriptOf } from "../support/tools.mjs";

const { exports } = JSON.parse(await readFile(new URL("../../../pkg/package.json", import.meta.url), "utf8"));
const attw = scriptOf("@arethetypeswrong/cli", "attw");

for (const [name, target] of Object.entries(exports)) {
  // A file, not a module.
  if (typeof target === "string") continue;
  // Resolution of before `exports` was invented knows the main entry only; a module only is no CommonJS.
  const profile = name === "." ? "strict" : "require" in target ? "node16" : "esm-only";
  test(`arethetypeswrong: ${name}, ${profile}`, async () => {
    await run(process.execPath, [attw, await tarball(), "--entrypoints", name, "--profile", profile]);
  });
}

test("publint has nothing to say", async () => {
  await run(process.execPath, [scriptOf("publint"), "run", await tarball(), "--strict"]);
});
