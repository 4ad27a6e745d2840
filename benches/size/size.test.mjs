// @ts-check
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { describe, test } from "node:test";
import { browser, edge } from "./size.mjs";

/** In bytes. To be raised on purpose only, with the reason in the commit. */
const budget = JSON.parse(await readFile(new URL("budget.json", import.meta.url), "utf8"));

describe("an app that imports the client grows by no more than its budget", () => {
  for (const [kind, measure] of Object.entries({ browser, edge })) {
    test(kind, async (context) => {
      const bytes = await measure();
      context.diagnostic(`${bytes} of ${budget[kind]} bytes, as brotli sends them`);
      assert.ok(bytes <= budget[kind], `${bytes} bytes; the budget is ${budget[kind]}`);
    });
  }
});
