// @ts-check
// The cases in a page of headless Chromium, which reaches the server by way of its own site.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { closeBrowser, runInBrowser } from "../docs/browser.mjs";
import { cases } from "./cases.mjs";
import { startServer } from "./server.mjs";

/** Longer than all cases take, in milliseconds. */
const LIMIT = 120_000;

/** Why a case failed, or null. @type {Map<string, string | null>} */
const outcomes = new Map();

before(
  async () => {
    const server = await startServer();
    after(() => server.close());
    const folder = fileURLToPath(new URL(".", import.meta.url));
    const { stdout } = await runInBrowser(folder, "page.mjs", server.url, LIMIT);
    for (const line of stdout.trimEnd().split("\n")) {
      const { title, failure } = JSON.parse(line);
      outcomes.set(title, failure);
    }
  },
  { timeout: LIMIT },
);
after(closeBrowser);

for (const { title, nodeOnly } of cases) {
  test(title, { skip: nodeOnly }, () => {
    const failure = outcomes.get(title);
    if (failure) assert.fail(failure);
    assert.equal(failure, null, "it did not run");
  });
}
