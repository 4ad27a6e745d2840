// @ts-check
// The Worker in Rust. It has to be built before: see scripts/test.sh.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { startGateway } from "../../../gateway/server.mjs";
import { start } from "../../runtimes/support/processes.mjs";
import { scriptOf } from "../../runtimes/support/tools.mjs";

const folder = new URL("../../../examples/rust-worker/", import.meta.url);
const worker = await import(new URL("pkg/rust_worker.js", folder).href);
worker.initSync({ module: await readFile(new URL("pkg/rust_worker_bg.wasm", folder)) });

const gateway = await startGateway();
after(() => gateway.close());

const KEY = "ak_test_local";
const hi = { model: "gpt-5.4", messages: [{ role: "user", content: "echo: grüezi mitenand" }] };

/** @param {object} question @param {string} [scenario] of the gateway @returns {Promise<Response>} */
const ask = (question, scenario = "ok") => {
  const request = new Request("http://localhost/", { method: "POST", body: JSON.stringify(question) });
  return worker.fetch(request, KEY, `${gateway.url}/_scenario/${scenario}`);
};

test("an answer comes as text, in pieces", async () => {
  const response = await ask({ ...hi, routing: { optimize: "cost", max_ttft_ms: 2000 } });
  assert.equal(response.status, 200);
  const pieces = [];
  for await (const piece of /** @type {any} */ (response.body)) pieces.push(Buffer.from(piece).toString());
  assert.deepEqual(pieces, ["grüezi", " mitenand"]);
  assert.deepEqual(gateway.log.at(-1)?.json.gateway, { routing: { optimize: "cost", max_ttft_ms: 2000 } });
});

test("wrong options are refused, and nothing is sent", async () => {
  const requests = gateway.log.length;
  const response = await ask({ ...hi, routing: { maxTtftMs: 2000 } });
  const { error } = await response.json();
  assert.deepEqual([response.status, error.kind, error.code], [400, "BadRequestError", "unknown_field"]);
  assert.match(error.message, /Did you mean max_ttft_ms\?/);
  assert.equal(gateway.log.length, requests);
});

test("a refusal has the status and the code that Auriko gave", async () => {
  const response = await ask(hi, "status;code=rate_limit_exceeded;after=7");
  const { error } = await response.json();
  assert.deepEqual([response.status, error.kind, error.code], [429, "RateLimitError", "rate_limit_exceeded"]);
  assert.equal(error.retryAfterSeconds, 7);
});

for (const [what, scenario, name] of [
  ["reports an error", "error-midstream;code=upstream_error", "APIStatusError"],
  ["ends before it is complete", "premature-eof-unfinished;after=2", "APIConnectionError"],
]) {
  test(`the text breaks off where the stream ${what}`, async () => {
    const response = await ask(hi, scenario);
    await assert.rejects(response.text(), { name });
  });
}

test("it runs in Cloudflare's runtime", { timeout: 60_000 }, async () => {
  const options = ["--ip", "127.0.0.1", "--port", "0", "--inspector-port", "0"];
  const variables = [`AURIKO_API_KEY:${KEY}`, `AURIKO_BASE_URL:${gateway.url}`].flatMap((one) => ["--var", one]);
  const wrangler = start(process.execPath, [scriptOf("wrangler"), "dev", ...options, ...variables], {
    cwd: fileURLToPath(folder),
  });
  try {
    const [, url] = await wrangler.prints(/Ready on (http:\/\/127\.0\.0\.1:\d+)/);
    const response = await fetch(url, { method: "POST", body: JSON.stringify(hi) });
    assert.deepEqual([response.status, await response.text()], [200, "grüezi mitenand"]);
  } finally {
    await wrangler.end();
  }
});
