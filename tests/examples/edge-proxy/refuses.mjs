// @ts-check
// What the proxy refuses by itself, in Auriko's form, and what it changes in a request.
import assert from "node:assert/strict";
import { chat, ORIGIN } from "./visitor.mjs";

/** @typedef {import("./visitor.mjs").Visitor} Visitor */
/** @typedef {import("./visitor.mjs").Answer} Answer */

/**
 * Nothing of it has reached Auriko, and the answer has Auriko's form.
 * @param {Visitor} visitor
 * @param {Answer} answer
 * @param {{ status: number, type: string, code: string, param?: string | null }} expected
 */
function refused(visitor, { status, json }, { status: expected, type, code, param = null }) {
  const doc_url = `https://docs.auriko.ai/errors/${code}`;
  const { message, ...error } = json.error;
  const nobody = { provider: null, suggestion: null };
  assert.deepEqual({ status, ...error }, { status: expected, type, code, param, doc_url, ...nobody });
  assert.equal(typeof message, "string");
  assert.deepEqual(visitor.log, []);
}

const FORBIDDEN = { status: 403, type: "permission_error", code: "insufficient_permissions" };
const INVALID = { status: 400, type: "invalid_request_error", code: "invalid_request" };

/** @type {Record<string, (visitor: Visitor) => Promise<void>>} */
export const REFUSES = {
  async "refuses models that are not listed, wherever they are named"(visitor) {
    const models = (/** @type {unknown} */ ...models) => ({ gateway: { models }, messages: [] });
    for (const body of [
      chat("Hi", { model: "gpt-5.5-pro" }),
      chat("Hi", { model: "gpt-5.5-pro:cost" }),
      chat("Hi", { model: "" }),
      chat("Hi", { model: ["gpt-5.5-pro"] }),
      models("gpt-5.4", "gpt-5.5-pro"),
      { gateway: { models: "gpt-5.5-pro" }, messages: [] },
    ]) {
      refused(visitor, await visitor.post(body), { ...FORBIDDEN, param: "model" });
    }
  },

  async "allows a listed model with a strategy, and several listed models"(visitor) {
    const { messages } = chat();
    for (const body of [{ model: "gpt-5.4:cost" }, { gateway: { models: ["gpt-5.4", "deepseek-v3.2"] } }]) {
      const { status } = await visitor.post({ messages, ...body });
      assert.equal(status, 200);
    }
  },

  async "refuses pages of other origins, and does not let them read why"(visitor) {
    const headers = { origin: "https://other.example" };
    const answer = await visitor.post(chat(), { headers });
    refused(visitor, answer, FORBIDDEN);
    assert.equal(answer.headers.get("access-control-allow-origin"), null);
    const preflight = await visitor.ask("/chat/completions", { method: "OPTIONS", headers });
    assert.equal(preflight.status, 403);
  },

  async "lets programs call that are no pages"(visitor) {
    const { status } = await fetch(`${visitor.url}/models`);
    assert.equal(status, 200);
  },

  async "allows a preflight, without asking Auriko"(visitor) {
    const headers = { "access-control-request-method": "POST", "access-control-request-headers": "content-type,x-a" };
    const answer = await visitor.ask("/chat/completions", { method: "OPTIONS", headers });
    assert.equal(answer.status, 204);
    assert.equal(answer.headers.get("access-control-allow-origin"), ORIGIN);
    assert.equal(answer.headers.get("access-control-allow-headers"), "content-type,x-a");
    assert.match(answer.headers.get("vary") ?? "", /origin/i);
    assert.deepEqual(visitor.log, []);
  },

  async "lets a page read the headers that it passes on"(visitor) {
    const { headers } = await visitor.post(chat());
    assert.equal(headers.get("access-control-allow-origin"), ORIGIN);
    const exposed = headers.get("access-control-expose-headers")?.split(",") ?? [];
    for (const name of ["x-request-id", "x-ratelimit-remaining-requests"]) assert.ok(exposed.includes(name), name);
  },

  async "caps the tokens of an answer, by whatever name they are limited"(visitor) {
    const asked = [{}, { max_tokens: 5000 }, { max_completion_tokens: "5000" }, { max_tokens: null, n: 3 }];
    for (const limits of asked) await visitor.post(chat("Hi", limits));
    await visitor.post({ model: "gpt-5.4", input: "Hi" }, { path: "/responses" });
    await visitor.post({ model: "gpt-5.4", input: "Hi", max_output_tokens: 5000 }, { path: "/responses" });
    await visitor.post({ model: "gpt-5.4", input: "Hi", max_tokens: 5 }, { path: "/responses" });
    const sent = visitor.log.map(({ json: { model, messages, input, ...limits } }) => limits);
    assert.deepEqual(sent, [
      { max_completion_tokens: 20 },
      { max_tokens: 20 },
      { max_completion_tokens: 20 },
      { n: 1, max_completion_tokens: 20 },
      { max_output_tokens: 20 },
      { max_output_tokens: 20 },
      { max_tokens: 5, max_output_tokens: 20 },
    ]);
  },

  async "leaves limits alone that are low enough"(visitor) {
    await visitor.post(chat("Hi", { max_tokens: 3, max_completion_tokens: 4 }));
    assert.equal(visitor.log[0].json.max_tokens, 3);
    assert.equal(visitor.log[0].json.max_completion_tokens, 4);
  },

  async "lets nothing overrule what it has checked"(visitor) {
    const extra_body = { model: "gpt-5.5-pro", max_tokens: 5000, max_completion_tokens: 5000 };
    await visitor.post(chat("Hi", { extra_body }));
    const { model, max_tokens, max_completion_tokens } = visitor.log[0].json;
    assert.deepEqual([model, max_tokens, max_completion_tokens], ["gpt-5.4", undefined, 20]);
  },

  async "sends what it has checked, where a name is there twice"(visitor) {
    const answer = await visitor.post('{"model":"gpt-5.4","messages":[],"model":"gpt-5.5-pro"}');
    refused(visitor, answer, { ...FORBIDDEN, param: "model" });
    await visitor.post('{"model":"gpt-5.5-pro","messages":[],"model":"gpt-5.4"}');
    assert.match(visitor.log[0].body, /^(?!.*pro).*"model":"gpt-5.4"/);
  },

  async "refuses a body that is no JSON object"(visitor) {
    for (const body of ["", "hello", "null", "[]", "7", '"text"', '{"model":"gpt-5.4"']) {
      refused(visitor, await visitor.post(body), INVALID);
    }
  },

  async "refuses a body that is too large"(visitor) {
    const large = { status: 413, type: "invalid_request_error", code: "payload_too_large" };
    refused(visitor, await visitor.post(chat("x".repeat(10_000))), large);
    refused(visitor, await visitor.post(chat("x".repeat(3_000_000))), large);
  },

  async "refuses other paths and methods"(visitor) {
    const missing = { status: 404, type: "not_found_error", code: "resource_not_found" };
    for (const path of ["/chat/completions", "/me", "/chat", "/models/gpt-5.4", "/../_log"])
      refused(visitor, await visitor.ask(path), missing);
    refused(visitor, await visitor.post(chat(), { path: "/models" }), missing);
  },

  async "lists the models that are allowed, and no others"(visitor) {
    const { json } = await visitor.ask("/models");
    assert.deepEqual(
      json.data.map((/** @type {{ id: string }} */ { id }) => id),
      ["gpt-5.4", "deepseek-v3.2"],
    );
  },

  async "says so when Auriko does not answer"(visitor) {
    const { status, json } = await visitor.post(chat(), { scenario: "close-before-headers;n=always" });
    assert.deepEqual([status, json.error.code, json.error.type], [502, "api_connection_error", "api_error"]);
  },

  async "follows no redirect"(visitor) {
    const { status, json } = await visitor.post(chat(), { scenario: "redirect;to=other" });
    assert.deepEqual([status, json.error.code], [502, "redirect_refused"]);
    assert.deepEqual(
      visitor.log.map(({ origin }) => origin),
      ["main"],
    );
  },
};
