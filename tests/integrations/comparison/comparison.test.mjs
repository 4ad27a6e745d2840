// @ts-check
// What the table in the README says of other clients: each of its cells but Python's is an outcome here.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { Run } from "../local.mjs";
import { clients } from "./clients.mjs";

/** @typedef {import("./clients.mjs").Client} Client */

/** @param {Promise<unknown>} promise */
const outcome = (promise) =>
  promise.then(
    () => "ends",
    (error) => `throws ${error.constructor.name}`,
  );

/** @param {AsyncIterable<unknown>} stream */
const read = async (stream) => {
  for await (const _ of stream);
};

/**
 * @param {string} what
 * @param {(client: Client, run: Run) => Promise<unknown>} measure
 * @param {Record<string, unknown>} expected
 */
function row(what, measure, expected) {
  test(what, async () => {
    const entries = Object.entries(clients).map(async ([name, client]) => [name, await measure(client, new Run())]);
    assert.deepEqual(Object.fromEntries(await Promise.all(entries)), expected);
  });
}

row(
  "wrong routing options: how many requests are sent",
  async ({ ask }, run) => {
    await outcome((async () => ask({ baseURL: run.url(), routing: { maxTtftMs: 5 } }))());
    return run.log.length;
  },
  { "auriko-wasm": 0, "openai 7": 1, "AI SDK 6": 1, "AI SDK 7": 1 },
);

row(
  "routing metadata of a stream: the provider, where it is found",
  async ({ metadataOfStream }, run) => (await metadataOfStream({ baseURL: run.url() }))?.provider,
  { "auriko-wasm": "azure", "openai 7": "azure", "AI SDK 6": undefined, "AI SDK 7": undefined },
);

row(
  "a 422 of type invalid_request_error: its class",
  ({ ask }, run) => outcome(ask({ baseURL: run.url("status;code=invalid_request;status=422") })),
  {
    "auriko-wasm": "throws BadRequestError",
    "openai 7": "throws UnprocessableEntityError",
    "AI SDK 6": "throws APICallError",
    "AI SDK 7": "throws APICallError",
  },
);

row(
  "no money left: how many requests are sent",
  async ({ ask }, run) => {
    await outcome(ask({ baseURL: run.url("status;code=insufficient_quota") }));
    return run.log.length;
  },
  { "auriko-wasm": 1, "openai 7": 3, "AI SDK 6": 3, "AI SDK 7": 3 },
);

row(
  "a redirect to another origin: whether the prompt goes there",
  async ({ ask }, run) => {
    await outcome(ask({ baseURL: run.url("redirect;to=other") }));
    return run.log.some(({ origin, body }) => origin === "other" && body.includes('"Hi"'));
  },
  { "auriko-wasm": false, "openai 7": true, "AI SDK 6": true, "AI SDK 7": true },
);

row(
  "a body that ends in the middle of a stream: how the loop over it ends",
  ({ stream }, run) => outcome(read(stream({ baseURL: run.url("premature-eof-unfinished;after=3") }))),
  { "auriko-wasm": "throws APIConnectionError", "openai 7": "ends", "AI SDK 6": "ends", "AI SDK 7": "ends" },
);

row(
  "a stream that goes silent: what the loop does then",
  ({ stream }, run) => {
    const loop = outcome(read(stream({ baseURL: run.url("stall;after=3"), timeout: 100 })));
    return Promise.race([loop, sleep(1000, "waits")]);
  },
  { "auriko-wasm": "throws APIConnectionTimeoutError", "openai 7": "waits", "AI SDK 6": "waits", "AI SDK 7": "waits" },
);

row(
  "a stream that is aborted: how the loop over it ends",
  async ({ stream }, run) => {
    class Stopped extends Error {}
    const controller = new AbortController();
    const loop = outcome(read(stream({ baseURL: run.url("never-ending"), signal: controller.signal })));
    await run.until(() => run.log[0]?.bytesWritten > 1000);
    controller.abort(new Stopped());
    return loop;
  },
  { "auriko-wasm": "throws Stopped", "openai 7": "ends", "AI SDK 6": "throws APICallError", "AI SDK 7": "ends" },
);
