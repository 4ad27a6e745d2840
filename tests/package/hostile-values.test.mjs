// @ts-check
// No value that a caller can pass stops the core: each place of the API takes each of them, and answers in time.
import assert from "node:assert/strict";
import { test } from "node:test";
import { clientWith, PLACES } from "./hostile/places.mjs";
import { BOOM, VALUES } from "./hostile/values.mjs";
import { auriko, gatewayWithClients, hi, rejection } from "./support.mjs";

const gateway = gatewayWithClients();

/** @param {unknown} error */
function isHarmless(error) {
  // What the caller's own code throws stays what it is, and what fetch and the language refuse they say themselves.
  if (error === BOOM) return true;
  if (error instanceof auriko.AurikoAPIError) return error.code !== "core_stopped";
  return error instanceof TypeError || error instanceof RangeError;
}

for (const [place, use] of Object.entries(PLACES)) {
  test(`${place}: a result or an error that says what is wrong, whatever it is`, { timeout: 60_000 }, async () => {
    const client = clientWith();
    for (const [name, value] of Object.entries(VALUES)) {
      try {
        await use(client, value());
      } catch (error) {
        assert.ok(isHarmless(error), `${name}: ${error}`);
      }
    }
    await client.chat.completions.create(hi());
    const { choices } = await gateway.client().chat.completions.create(hi());
    assert.equal(choices.length, 1);
  });
}

test("a program that recurses for ever finds the client as it was", async () => {
  /** @param {number} depth @returns {number} */
  const down = (depth) => {
    try {
      return down(depth + 1);
    } catch (error) {
      // As deep as it goes, and then a little less deep each time.
      new auriko.RoutingOptions({ optimize: "cost", providers: ["openai"] });
      throw error;
    }
  };
  for (let attempt = 0; attempt < 3; attempt++) assert.throws(() => down(attempt), RangeError);
  await gateway.client().chat.completions.create(hi());
});

test("a callback may call itself whatever it likes; only one that is async is refused", () => {
  for (const tag of [Symbol("x"), Object.create(null), ["AsyncFunction"], 1, { toString: () => "Async" }]) {
    clientWith({ onResponse: Object.assign(() => {}, { [Symbol.toStringTag]: tag }) });
  }
  assert.throws(() => clientWith({ onResponse: async () => {} }), TypeError);
});

test("what Object.prototype has is no parameter", async (t) => {
  const polluted = /** @type {any} */ (Object.prototype);
  t.after(() => {
    for (const name of ["stream", "extra_body", "gateway"]) delete polluted[name];
  });
  /** @type {string[]} */
  const sent = [];
  const client = clientWith({
    fetch: async (/** @type {string} */ _, /** @type {any} */ { body }) => {
      sent.push(body);
      return Response.json({ choices: [] });
    },
  });
  Object.assign(polluted, { stream: true, extra_body: { evil: 1 }, gateway: { models: ["evil"] } });
  await client.chat.completions.create(hi());
  assert.deepStrictEqual(sent, [JSON.stringify(hi())]);
});

test("what toExtraBody() throws comes back as it is, and members that are symbols are nobody's", async () => {
  const thrown = new TypeError("the caller's own");
  const options = /** @type {any} */ ({
    toExtraBody() {
      throw thrown;
    },
  });
  const client = clientWith();
  for (const own of [{ gateway: options }, { extra_body: options }]) {
    await assert.rejects(client.chat.completions.create({ ...hi(), ...own }), (error) => error === thrown);
  }
  assert.throws(
    () => auriko.mergeGateway(options, {}),
    (error) => error === thrown,
  );
  const hidden = {
    get [Symbol("x")]() {
      throw thrown;
    },
    a: 1,
  };
  assert.deepStrictEqual(auriko.mergeGateway(hidden, { b: 2 }), { a: 1, b: 2 });
});

test("parameters of which JSON makes nothing are refused, and nothing is sent", async () => {
  let sent = 0;
  const fetch = async () => {
    sent++;
    return new Response("{}");
  };
  const { create } = new auriko.AurikoClient({ apiKey: "ak_1", fetch }).chat.completions;
  for (const params of [{ toJSON: () => undefined }, { extra_body: { toJSON: () => undefined } }]) {
    const error = await rejection(create(/** @type {any} */ ({ ...hi(), ...params })));
    assert.deepEqual([error.name, error.param], ["BadRequestError", "params"]);
  }
  assert.equal(sent, 0);
});
