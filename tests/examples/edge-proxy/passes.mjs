// @ts-check
// What the proxy passes on, in both directions, and what it keeps.
import assert from "node:assert/strict";
import { APIConnectionError, AurikoClient, RateLimitError } from "auriko-wasm";
import { chat, gateway, KEY } from "./visitor.mjs";

/** @typedef {import("./visitor.mjs").Visitor} Visitor */

/** A program may be held up by others; a proxy that forwards nothing is late every time. */
const TRIES = 3;
const PROMPTLY_MS = 200;

/** @param {Visitor} visitor @param {string} [scenario] */
const clientOf = (visitor, scenario) =>
  new AurikoClient({ apiKey: null, baseUrl: visitor.url, defaultHeaders: visitor.headers(scenario), maxRetries: 0 });

/**
 * Auriko notices soon that a visitor has left.
 * @param {Visitor} visitor
 * @param {(visitor: Visitor) => Promise<() => void>} begin sends a request, and returns a way to leave
 */
async function promptly(visitor, begin) {
  const delays = [];
  while (delays.length < TRIES) {
    const one = visitor.again();
    const leave = await begin(one);
    const leftAt = performance.now();
    leave();
    const delay = (await one.goneAt()) - leftAt;
    if (delay < PROMPTLY_MS) return;
    delays.push(Math.round(delay));
  }
  assert.fail(`Auriko noticed after ${delays.join(", ")} ms`);
}

/** @type {Record<string, (visitor: Visitor) => Promise<void>>} */
export const PASSES = {
  async "passes an answer on, with its request id and rate limit"(visitor) {
    const { data, response } = await clientOf(visitor).chat.completions.create(chat()).withResponse();
    assert.match(data.choices[0].message.content ?? "", /You wrote: “Hi”/);
    assert.equal(data.routing_metadata?.provider, "azure");
    assert.match(response.headers.get("x-request-id") ?? "", /^req_/);
    assert.equal(response.headers.get("x-ratelimit-limit-requests"), "600");
    assert.equal(visitor.log[0].headers.authorization, `Bearer ${KEY}`);
  },

  async "passes each event of a stream on when it comes"(visitor) {
    const client = clientOf(visitor, "stall;after=2;wait=go");
    const stream = await client.chat.completions.create(chat("echo: one two", { stream: true }));
    let text = "";
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta?.content ?? "";
      // Auriko says the rest only when the beginning has arrived.
      if (text === "one") gateway.go(visitor.run);
    }
    assert.equal(text, "one two");
    assert.equal(stream.routingMetadata?.provider, "azure");
  },

  async "passes a stream of responses on"(visitor) {
    const stream = await clientOf(visitor).responses.create({ model: "gpt-5.4", input: "echo: bonjour", stream: true });
    for await (const _event of stream);
    assert.match(JSON.stringify(stream.completedResponse?.output), /bonjour/);
  },

  async "ends the request to Auriko when the visitor leaves in the middle of a stream"(visitor) {
    await promptly(visitor, async (one) => {
      const stream = await clientOf(one, "never-ending").chat.completions.create(chat("Hi", { stream: true }));
      await stream.getReader().read();
      return () => stream.controller.abort();
    });
  },

  async "ends the request to Auriko when the visitor leaves before the answer"(visitor) {
    await promptly(visitor, async (one) => {
      const controller = new AbortController();
      const { signal } = controller;
      one.post(chat(), { scenario: "slow-headers;ms=600000", signal }).catch(() => {});
      await one.arrival();
      return () => controller.abort();
    });
  },

  async "ends the request to Auriko when the visitor's connection breaks"(visitor) {
    await promptly(visitor, async (one) => {
      const socket = one.connect(chat(), "slow-headers;ms=600000");
      await one.arrival();
      return () => socket.resetAndDestroy();
    });
  },

  async "passes an error of Auriko on, with its status, envelope and headers"(visitor) {
    const call = clientOf(visitor, "status;code=rate_limit_exceeded;after=7;provider=azure").chat.completions.create(
      chat(),
    );
    await assert.rejects(call, (error) => {
      assert.ok(error instanceof RateLimitError);
      assert.equal(error.code, "rate_limit_exceeded");
      assert.equal(error.retryAfterSeconds, 7);
      assert.equal(error.provider, "azure");
      assert.equal(error.docUrl, "https://docs.auriko.ai/errors/rate_limit_exceeded");
      assert.equal(error.headers?.get("x-error-type"), "rate_limit_error");
      return true;
    });
  },

  async "makes an error page a proper error"(visitor) {
    const { status, json } = await visitor.post(chat(), { scenario: "503-html" });
    assert.deepEqual([status, json.error.code, json.error.type], [503, "malformed_response", "api_error"]);
  },

  async "does not pass a broken stream off as a complete one"(visitor) {
    const client = clientOf(visitor, "truncated-chunked");
    const stream = await client.chat.completions.create(chat("echo: one two three four", { stream: true }));
    await assert.rejects(stream.finalCompletion(), APIConnectionError);
  },

  async "sends no more to Auriko than the body, and what is listed"(visitor) {
    const headers = { authorization: "Bearer ak_of_somebody", cookie: "a=b", "x-other": "x" };
    await visitor.post(chat("echo: ok"), { headers });
    const [sent] = visitor.log;
    assert.deepEqual(sent.json, chat("echo: ok", { max_completion_tokens: 20 }));
    assert.equal(sent.headers.authorization, `Bearer ${KEY}`);
    assert.equal(sent.headers["content-type"], "application/json");
    for (const name of ["cookie", "x-other", "origin"]) assert.equal(sent.headers[name], undefined, name);
  },

  async "keeps the key, even where Auriko repeats it"(visitor) {
    const { status, json } = await visitor.post(chat(), { scenario: "echo-key" });
    assert.equal(status, 401);
    assert.match(json.error.message, /ak_\*\*\*/);
  },

  async "keeps what the account has to spend"(visitor) {
    const { headers } = await visitor.post(chat());
    const names = [...headers.keys()].filter((name) => /credit|budget/.test(name));
    assert.deepEqual(names, []);
  },
};
