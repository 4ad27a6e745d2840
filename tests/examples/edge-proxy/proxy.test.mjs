// @ts-check
// The proxy of examples/edge-proxy, the same in every runtime.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { handle } from "../../../examples/edge-proxy/proxy.mjs";
import { NAMES, startAll } from "./hosts.mjs";
import { PASSES } from "./passes.mjs";
import { REFUSES } from "./refuses.mjs";
import { ENV, Visitor } from "./visitor.mjs";

const urls = await startAll(ENV);

/** By itself, workerd takes an orderly close for the end of the request only. On a stream it notices when it writes. */
const NOT_NOTICED = {
  host: "Cloudflare Workers",
  sentence: "ends the request to Auriko when the visitor leaves before the answer",
};

for (const name of NAMES) {
  describe(`the proxy on ${name}`, { concurrency: 4 }, () => {
    for (const [sentence, holds] of Object.entries({ ...PASSES, ...REFUSES })) {
      const skip = name === NOT_NOTICED.host && sentence === NOT_NOTICED.sentence && "not noticed by workerd alone";
      test(sentence, { timeout: 30_000, skip }, () => holds(new Visitor(urls[name])));
    }
  });
}

test("a proxy without a key says so", async () => {
  const answer = await handle(new Request("https://proxy.example/v1/models"), {});
  const { error } = await answer.json();
  assert.deepEqual([answer.status, error.code], [502, "missing_api_key"]);
});

test("a proxy that was told nothing allows no model and no page", async () => {
  const env = { AURIKO_API_KEY: "ak_test" };
  const ask = (/** @type {Record<string, string>} */ headers) =>
    handle(
      new Request("https://proxy.example/v1/responses", { method: "POST", body: '{"model":"gpt-5.4"}', headers }),
      env,
    );
  for (const headers of [{}, { origin: "https://shop.example" }]) assert.equal((await ask(headers)).status, 403);
});
