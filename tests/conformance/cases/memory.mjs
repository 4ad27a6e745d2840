// @ts-check
// H: what the core in WebAssembly must not be seen by.
import { conformance } from "../harness.mjs";
import { everyRoute } from "./every-route.mjs";
import { all, FIFTY, FIFTY_TEXT, open } from "./streams.mjs";

/** @typedef {import("../harness.mjs").Context} Context */

/** How a core in WebAssembly says that it fell over something. */
const TRAP =
  /unreachable|out of bounds|RuntimeError|null pointer|recursive use|already (mutably )?borrowed|panick?ed|detached|closure invoked/i;

/** Fails where an error is none of ours, or one of ours hides a trap. @param {Context} t @param {any} error @param {string} about */
function expectTyped(t, error, about) {
  t.expect(error, about).to.be.instanceOf(t.auriko.AurikoAPIError);
  for (let each = error; each instanceof Error; each = /** @type {any} */ (each.cause)) {
    t.expect(`${each.name}: ${each.message}`, about).to.not.match(TRAP);
  }
}

conformance(
  "121",
  "whatever the server does, an answer is an answer and a failure is a typed error, and the next call works",
  async (t) => {
    const { outcomes } = await everyRoute(t);
    for (const { about, error } of outcomes) if (error !== undefined) expectTyped(t, error, about);
    t.expect(outcomes.filter(({ error }) => error === undefined).length).to.be.above(100);
    t.expect(t.text(await all(await open(t, FIFTY)))).to.equal(FIFTY_TEXT);
  },
  { alone: true },
);

/** What has no business in an option or a parameter. */
function hostile() {
  const traps = { get: boom, ownKeys: boom, has: boom, getPrototypeOf: boom, getOwnPropertyDescriptor: boom };
  const throwing = new Proxy({}, /** @type {any} */ (traps));
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();
  const cycle = /** @type {any} */ ({});
  cycle.itself = cycle;
  const deep = JSON.parse(`${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}`);
  return /** @type {[string, any][]} */ ([
    ["a proxy that throws", throwing],
    ["a revoked proxy", revoked.proxy],
    ["a getter that throws", Object.defineProperty({}, "model", { get: boom, enumerable: true })],
    ["a cycle", cycle],
    ["20,000 levels", deep],
    ["a symbol", Symbol("s")],
    ["a big integer", 1n],
    ["a function", () => {}],
    ["a class", class {}],
    ["a Map", new Map([["a", 1]])],
    ["a date that is none", new Date(Number.NaN)],
    ["NaN", Number.NaN],
    ["an object without a prototype", Object.create(null)],
    ["half a surrogate pair", "\ud800"],
    ["bytes", new Uint8Array(8)],
    ["a promise", Promise.resolve()],
    ["a text that is long", "x".repeat(1 << 20)],
  ]);
}

/** What the caller's own objects throw comes back as it is. */
const OWN = new Error("a trap of the caller's");
/** @param {any} error */
const isOwn = (error) => error === OWN || /proxy that has been revoked/.test(error?.message);

function boom() {
  throw OWN;
}

/**
 * What is neither ours nor the caller's own among what these throw or reject with.
 * @param {Context} t
 * @param {Record<string, () => unknown>} uses
 */
async function strange(t, uses) {
  const found = [];
  for (const [name, use] of Object.entries(uses)) {
    try {
      await use();
    } catch (error) {
      if (isOwn(error)) continue;
      if (!(error instanceof t.auriko.AurikoAPIError) || TRAP.test(error.message)) found.push(`${name}: ${error}`);
    }
  }
  return found;
}

const PARAMS = ["model", "messages", "stream", "gateway", "extra_body", "tools", "of_tomorrow"];
const CALL_OPTIONS = ["timeout", "maxRetries", "headers", "idempotencyKey", "signal"];
const OPTIONS = ["apiKey", "baseUrl", "timeout", "maxRetries", "fetch", "defaultHeaders", "onResponse"];

/** @param {string} about @param {string[]} keys @param {(key: string) => unknown} use */
const each = (about, keys, use) => Object.fromEntries(keys.map((key) => [`${about} ${key}`, () => use(key)]));

for (const [name, value] of hostile()) {
  conformance("121", `no option and no parameter makes the core fall over: ${name}`, async (t) => {
    const { AurikoClient, GatewayOptions, RoutingOptions, mergeGateway } = /** @type {any} */ (t.auriko);
    const { completions } = t.client({ fetch: async () => Response.json({ id: "1", choices: [] }) }).chat;
    const found = await strange(t, {
      client: () => new AurikoClient(value),
      "routing options": () => new RoutingOptions(value),
      "routing fields": () => new RoutingOptions({ weights: value, only_byok: value, max_ttft_ms: value }),
      "gateway options": () => new GatewayOptions(value),
      "gateway fields": () => new GatewayOptions({ routing: value, metadata: value, models: value }),
      merge: () => mergeGateway(value, {}),
      "merge of gateways": () => mergeGateway({ gateway: value }, { gateway: value }),
      params: () => completions.create(value),
      options: () => completions.create(t.params(), value),
      ...each("param", PARAMS, (key) => completions.create(t.params({ [key]: value }))),
      ...each("option", CALL_OPTIONS, (key) => completions.create(t.params(), { [key]: value })),
      ...each("client's", OPTIONS, (key) => t.client({ [key]: value })),
    });
    t.expect(found).to.deep.equal([]);
    t.expect((await t.client().me.get()).status).to.be.a("string");
  });
}

conformance("121", "an id or a filter that is no text is told so, as a rejection", async (t) => {
  const { models } = /** @type {any} */ (t.client());
  for (const wrong of [undefined, null, 7, {}, Symbol("s")]) {
    for (const use of [
      () => models.retrieve(wrong),
      () => models.list(wrong ?? null),
      () => models.list({ endpoint: wrong ?? 7 }),
    ]) {
      /** @type {any} */
      let call;
      t.expect(() => (call = use()), String(use)).to.not.throw();
      const error = await call.then(
        () => undefined,
        (/** @type {any} */ reason) => reason,
      );
      if (error) t.expect(error, String(use)).to.be.instanceOf(t.auriko.BadRequestError);
    }
  }
});

conformance(
  "123",
  "the memory of the core may grow while other streams are read: every byte arrives as it was sent",
  async (t) => {
    const megabytes = 48;
    const huge = await open(t, `huge-event;mb=${megabytes}`);
    const [pieces, ...texts] = await Promise.all([
      all(huge),
      ...Array.from({ length: 3 }, async () => t.text(await all(await open(t, "slow-drip;bytes=400;size=60000")))),
      (async () => (await all((await open(t, "many-chunks;count=3000;per=7")).textStream)).join(""))(),
    ]);
    const text = t.text(pieces);
    t.expect(text.length).to.equal("before  after".length + megabytes * 1024 * 1024);
    t.expect(/^before x+ after$/.test(text)).to.equal(true);
    t.expect(texts.slice(0, 3)).to.deep.equal(Array.from({ length: 3 }, () => "x".repeat(60_000)));
    t.expect(texts[3]).to.equal(Array.from({ length: 3000 }, (_, index) => `${index} `).join(""));
  },
  { alone: true },
);

conformance("107", "a call may be made from anywhere: a loop, a callback, a getter, a fetch, toJSON", async (t) => {
  const client = t.client();
  const nested = () => client.chat.completions.create(t.params());
  /** @type {Promise<any>[]} */
  const calls = [];
  const outer = t.client({
    onResponse: () => void calls.push(nested()),
    fetch: (url, init) => {
      calls.push(nested());
      return fetch(url, init);
    },
  });
  const content = {
    toJSON() {
      calls.push(nested());
      return "echo: x";
    },
  };
  const params = Object.defineProperty(t.params({ stream: true, messages: [{ role: "user", content }] }), "user", {
    enumerable: true,
    get() {
      calls.push(nested());
      return "u";
    },
  });
  const stream = /** @type {any} */ (await outer.chat.completions.create(params));
  const texts = [];
  for await (const chunk of stream) {
    texts.push(t.text([chunk]));
    t.expect(t.text(await all(await open(t, FIFTY)))).to.equal(FIFTY_TEXT);
  }
  t.expect(texts.join("")).to.equal("x");
  t.expect(calls.length).to.be.at.least(4);
  for (const each of await Promise.all(calls)) t.expect(each.choices[0].message.content).to.equal("naïve 東京 ☕");
});

conformance("107", "a callback may close or abort the stream that it is called for", async (t) => {
  const reason = new Error("my reason");
  for (const end of ["close", "abort", "throw"]) {
    /** @type {any} */
    let stream;
    const ends = { close: () => stream.close(), abort: () => stream.controller.abort(reason), throw: boom };
    const onResponse = () => void ends[/** @type {keyof typeof ends} */ (end)]();
    stream = await t.client({ onResponse }).chat.completions.create(t.params({ stream: true }));
    const { error } = await t.drain(stream);
    t.expect(error, end).to.equal(end === "abort" ? reason : undefined);
    t.expect(stream.completed, end).to.equal(end === "throw");
  }
});

conformance("124", "a client has nothing to free, and one that was let go of finishes its calls", async (t) => {
  const client = /** @type {any} */ (t.client());
  t.expect([client.free, client.close, client[Symbol.dispose ?? "dispose"]]).to.deep.equal([
    undefined,
    undefined,
    undefined,
  ]);
  const stream = await open(t, "slow-events;ms=5");
  const answer = t.scenario("slow-headers;ms=100").chat.completions.create(t.params());
  await collectGarbage();
  t.expect(t.text(await all(stream))).to.equal("naïve 東京 ☕");
  t.expect((await answer).choices[0].message.content).to.equal("naïve 東京 ☕");
});

/** Where a host can be asked to. */
async function collectGarbage() {
  const { process } = /** @type {any} */ (globalThis);
  process?.getBuiltinModule?.("node:v8").setFlagsFromString("--expose-gc");
  const collect = process?.getBuiltinModule?.("node:vm").runInNewContext("gc");
  for (let turn = 0; turn < 3; turn += 1) {
    await new Promise((resolve) => setTimeout(resolve, 0));
    collect?.();
  }
}
