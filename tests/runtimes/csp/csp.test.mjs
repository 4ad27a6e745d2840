// @ts-check
// A page with a Content-Security-Policy: it has to allow wasm, and the error says so where it does not.
import assert from "node:assert/strict";
import { test } from "node:test";
import { browser, NAMES } from "../support/browsers.mjs";
import { consumer } from "../support/consumer.mjs";
import { serve } from "../support/site.mjs";

const folder = await consumer({
  "index.html": '<!doctype html><title>policy</title><script type="module" src="./main.js"></script>',
  "main.js": new URL("main.js", import.meta.url),
});

/** How the import goes in a page with this policy. @param {string} name of the browser @param {string} scripts */
async function importWith(name, scripts) {
  const { url } = await serve(folder, { "content-security-policy": `default-src 'self'; script-src ${scripts}` });
  const { outcomeOf } = await browser(name);
  return outcomeOf(`${url}/`);
}

for (const name of NAMES) {
  test(`${name}: script-src 'self' 'wasm-unsafe-eval' is enough`, async () => {
    const { optimize, error } = await importWith(name, "'self' 'wasm-unsafe-eval'");
    assert.equal(error, undefined);
    assert.equal(optimize, "cost");
  });

  test(`${name}: without 'wasm-unsafe-eval' the import fails and says what to allow`, async () => {
    const { error } = await importWith(name, "'self'");
    assert.equal(error?.name, "AurikoAPIError");
    assert.equal(error.code, "wasm_unavailable");
    assert.match(error.message, /Content-Security-Policy/);
    assert.match(error.message, /script-src.*'wasm-unsafe-eval'/);
    assert.equal(error.cause, "CompileError");
  });
}
