// @ts-check
// H: a fetch of the caller's can return anything that looks like a Response. None of it makes a call hang,
// makes the core fall over, or comes out as an error that is not typed.
import { conformance } from "../harness.mjs";
import { all, unheard } from "./streams.mjs";
import { within } from "./watching.mjs";

/** @typedef {import("../harness.mjs").Context} Context */

const headers = new Headers({ "content-type": "text/event-stream" });
const boom = () => {
  throw new Error("a trap of the caller's");
};
/** Half a second is long for what needs no network. */
const LONG = 500;
const broken = () => Promise.reject(new Error("broken"));

/** A body with a reader of its own. @param {any} reader */
const readBy = (reader) => ({
  status: 200,
  headers,
  body: { getReader: () => ({ cancel: async () => {}, ...reader }) },
});

/** One piece, then the end. @param {any} value */
const giving = (value) => {
  const results = [{ done: false, value }, { done: true }];
  return readBy({ read: async () => results.shift() });
};

/** @type {Record<string, () => any>} */
const ANSWERS = {
  "a body that was read already": async () => {
    const response = new Response("data: [DONE]\n\n", { headers });
    await response.text();
    return response;
  },
  "a body that somebody else reads": () => {
    const response = new Response("data: [DONE]\n\n", { headers });
    response.body?.getReader();
    return response;
  },
  "a refusal whose body was read already": async () => {
    const response = new Response("{}", { headers, status: 400 });
    await response.text();
    return response;
  },
  "a body that is a text": () => ({ status: 200, headers, body: "text" }),
  "a body that is an empty object": () => ({ status: 200, headers, body: {} }),
  "a body without a reader": () => ({ status: 200, headers, body: { getReader: () => null } }),
  "a getReader that throws": () => ({ status: 200, headers, body: { getReader: boom } }),
  "a read that throws": () => readBy({ read: boom }),
  "a read that throws, of a refusal": () => ({ ...readBy({ read: boom }), status: 400 }),
  "a read that rejects": () => readBy({ read: broken }),
  "a read that returns nothing": () => readBy({ read: () => {} }),
  "a read of nothing": () => readBy({ read: async () => {} }),
  "a read of null": () => readBy({ read: async () => null }),
  "a cancel that throws": () => readBy({ read: broken, cancel: boom }),
  "a cancel that rejects": () => readBy({ read: broken, cancel: broken }),
  "a cancel that returns nothing": () => readBy({ read: broken, cancel: () => {} }),
  "a piece of text": () => giving("data: {}\n\n"),
  "a piece that is no bytes": () => giving({ length: 8 }),
  "a piece that was given away": () => {
    const piece = new Uint8Array(8);
    structuredClone(piece, { transfer: [piece.buffer] });
    return giving(piece);
  },
  "a piece that is a proxy": () => giving(new Proxy(new Uint8Array(8), {})),
  "headers that throw": () => ({ status: 200, headers: { get: boom }, body: null }),
  "headers that are numbers": () => ({ status: 200, headers: { get: () => 7 }, body: null }),
  "headers that are objects": () => ({ status: 400, headers: { get: () => ({}) }, body: null }),
  "a status that no server has": () => ({ status: 1e9, headers, body: null }),
  "a status that is no number": () => ({ status: Number.NaN, headers, body: null }),
  "a proxy that throws": () => new Proxy({}, { get: boom }),
};

for (const [name, answer] of Object.entries(ANSWERS)) {
  conformance(
    "121",
    `a fetch that returns something broken makes a typed error, and no hang: ${name}`,
    async (t) => {
      const client = /** @type {any} */ (t.client({ fetch: async () => answer(), maxRetries: 0, timeout: 100 }));
      const calls = [
        () => client.chat.completions.create(t.params()),
        async () => all(await client.chat.completions.create(t.params({ stream: true }))),
        async () => all((await client.chat.completions.create(t.params({ stream: true }))).textStream),
        async () => all(await client.responses.create({ model: "gpt-5.4", input: "x", stream: true })),
        () => client.models.list(),
      ];
      /** @type {any[]} */
      let errors = [];
      const reasons = await unheard(t, async () => {
        errors = await Promise.all(calls.map((call) => within(LONG, t.rejection(call()))));
      });
      for (const error of errors) t.expect(error).to.be.instanceOf(t.auriko.AurikoAPIError);
      t.expect(reasons).to.deep.equal([]);
      t.expect((await t.client().me.get()).status).to.be.a("string");
    },
    { alone: true },
  );
}
