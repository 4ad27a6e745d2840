// @ts-check
// H: the core as a whole, each time a new one. In Node alone: a worker there has modules of its own, and a case
// that ends its core ends no other's.
import { conformance } from "../harness.mjs";

/** @typedef {import("../harness.mjs").Context} Context */

/**
 * Runs a function in a worker, from its source; it sees nothing of this file.
 * @param {(given: { entry: string, slim: string, wasm: string, baseUrl: string }) => Promise<unknown>} run
 * @param {string} baseUrl
 * @returns {Promise<any>}
 */
async function elsewhere(run, baseUrl) {
  const { Worker } = /** @type {any} */ (globalThis).process.getBuiltinModule("node:worker_threads");
  const code = `
    const { parentPort, workerData } = require("node:worker_threads");
    (${run})(workerData).then(
      (value) => parentPort.postMessage({ value }),
      (error) => parentPort.postMessage({ error: String(error?.stack ?? error) }),
    );`;
  const [entry, slim, wasm] = ["", "/slim", "/auriko_wasm_bg.wasm"].map((path) =>
    import.meta.resolve(`auriko-wasm${path}`),
  );
  const worker = new Worker(code, { eval: true, workerData: { entry, slim, wasm, baseUrl } });
  try {
    const { value, error } = await new Promise((resolve, reject) =>
      worker.once("message", resolve).once("error", reject),
    );
    if (error) throw new Error(error);
    return value;
  } finally {
    await worker.terminate();
  }
}

/** @type {{ alone: true, hosts: import("../harness.mjs").Host[], why: string }} */
const IN_NODE = { alone: true, hosts: ["node"], why: "it needs a new core, in a worker thread" };

for (const [name, mistake] of /** @type {[string, string][]} */ ([
  ["an id that is no text", "offline.models.retrieve(undefined)"],
  ["a revoked proxy as options", "new auriko.RoutingOptions(revoked)"],
  ["a revoked proxy to be merged", "auriko.mergeGateway(revoked, {})"],
  ["a proxy that throws as gateway", "offline.chat.completions.create({ ...params, gateway: throwing })"],
  ["headers whose entries throw", "offline.chat.completions.create(params, { headers: { entries: boom } })"],
  [
    "default headers whose entries throw",
    "new auriko.AurikoClient({ apiKey: 'x', defaultHeaders: { entries: boom } })",
  ],
  ["an option of the wrong type", "new auriko.AurikoClient({ timeout: 'x' })"],
  ["parameters that are missing", "offline.chat.completions.create({})"],
])) {
  conformance(
    "121",
    `a mistake that is made 3,000 times leaves the core as it was: ${name}`,
    async (t) => {
      const source = `async ({ entry, baseUrl }) => {
        const auriko = await import(entry);
        const client = new auriko.AurikoClient({ apiKey: "ak_test_local", baseUrl });
        const offline = new auriko.AurikoClient({ apiKey: "ak_test_local", fetch: async () => Response.json({ choices: [] }) });
        const params = { model: "gpt-5.4", messages: [{ role: "user", content: "echo: x" }] };
        const { proxy: revoked, revoke } = Proxy.revocable({}, {});
        revoke();
        const boom = function* () { yield ["x-a", "1"]; throw new Error("a trap of the caller's"); };
        const throwing = new Proxy({}, { ownKeys() { throw new Error("a trap of the caller's"); } });
        const told = new Set();
        for (let times = 0; times < 3000; times += 1) {
          try { await ${mistake}; } catch (error) { told.add(error.name + ": " + error.message); }
        }
        const answer = await client.chat.completions.create(params);
        return { told: [...told], text: answer.choices[0].message.content };
      }`;
      const { told, text } = await elsewhere(/** @type {any} */ (source), t.url("ok"));
      // The same each time, if it is one at all; and the core lives.
      t.expect(told.length).to.be.at.most(1);
      t.expect(told.join()).to.not.match(/RuntimeError|unreachable|out of bounds|recursive use/);
      t.expect(text).to.equal("x");
    },
    IN_NODE,
  );
}

conformance(
  "125",
  "the memory of a stream is given back when it is left, and not only when garbage is collected",
  async (t) => {
    const grown = await elsewhere(async ({ entry, baseUrl }) => {
      const { Instance } = WebAssembly;
      /** @type {any} */
      let memory;
      WebAssembly.Instance = class extends Instance {
        constructor(/** @type {[any, any]} */ ...given) {
          super(...given);
          memory = this.exports.memory;
        }
      };
      const { AurikoClient } = await import(entry);
      const client = new AurikoClient({ apiKey: "ak_test_local", baseUrl });
      const params = { model: "gpt-5.4", messages: [{ role: "user", content: "x" }], stream: true };
      // Reads until the large event is in the memory of the core, and says how to leave.
      const begun = async () => {
        const stream = await client.chat.completions.create(params);
        const iterator = stream[Symbol.asyncIterator]();
        while (((await iterator.next()).value.choices[0]?.delta.content.length ?? 0) < 1e6);
        return { stream, iterator };
      };
      /** @type {((begun: any) => any)[]} */
      const ways = [
        ({ iterator }) => iterator.return(),
        ({ stream }) => stream.close(),
        ({ stream }) => stream.controller.abort(),
      ];
      const bytes = () => memory.buffer.byteLength;
      for (const leave of ways) await leave(await begun());
      const before = bytes();
      for (let times = 0; times < 24; times += 1) await ways[times % 3](await begun());
      const after = bytes();
      const held = await Promise.all(Array.from({ length: 8 }, begun));
      const whileHeld = bytes();
      for (const each of held) await each.stream.close();
      return { before, after, whileHeld };
    }, t.url("huge-event;mb=2"));
    t.expect(grown.after).to.equal(grown.before);
    // That it would have been seen.
    t.expect(grown.whileHeld).to.be.above(grown.after + 8 * 1024 * 1024);
  },
  IN_NODE,
);

conformance(
  "126",
  "init() of the slim entry fails with a typed error, can be called again, and starts one core",
  async (t) => {
    const seen = await elsewhere(async ({ slim, wasm, baseUrl }) => {
      const { readFile } = /** @type {any} */ (globalThis).process.getBuiltinModule("node:fs/promises");
      const { Instance } = WebAssembly;
      let instances = 0;
      WebAssembly.Instance = class extends Instance {
        constructor(/** @type {[any, any]} */ ...given) {
          super(...given);
          instances += 1;
        }
      };
      const auriko = await import(slim);
      /** @type {any[]} */
      const codes = [];
      const attempt = (/** @type {() => unknown} */ run) => {
        try {
          run();
          codes.push("started");
        } catch (error) {
          const { name, code } = /** @type {any} */ (error);
          codes.push([name, code, error instanceof auriko.AurikoAPIError]);
        }
      };
      attempt(() => new auriko.AurikoClient({ apiKey: "ak_test_local", baseUrl }));
      attempt(() => new auriko.RoutingOptions({ optimize: "cost" }));
      attempt(() => auriko.init());
      attempt(() => auriko.init(new Uint8Array(8)));
      const bytes = await readFile(new URL(wasm));
      const early = instances;
      await Promise.all([1, 2, 3].map(async () => attempt(() => auriko.init(bytes))));
      attempt(() => auriko.init(new WebAssembly.Module(bytes)));
      const { status } = await new auriko.AurikoClient({ apiKey: "ak_test_local", baseUrl }).me.get();
      return { codes, started: instances - early, status: typeof status };
    }, t.url("ok"));
    const refused = (/** @type {string} */ code) => ["AurikoAPIError", code, true];
    t.expect(seen.codes).to.deep.equal([
      refused("not_initialized"),
      refused("not_initialized"),
      refused("wasm_unavailable"),
      refused("wasm_unavailable"),
      ...["started", "started", "started", "started"],
    ]);
    t.expect([seen.started, seen.status]).to.deep.equal([1, "string"]);
  },
  IN_NODE,
);

conformance(
  "127",
  "an import asks no server, starts no timer, says nothing and leaves nothing on the global object",
  async (t) => {
    const done = await elsewhere(async ({ entry }) => {
      /** @type {string[]} */
      const calls = [];
      const host = /** @type {any} */ (globalThis);
      const { setTimeout } = host;
      // Node loads its own fetch when somebody first asks for a part of it.
      await host.fetch("data:,");
      const turn = () => new Promise((resolve) => setTimeout(resolve, 5));
      const watched = [
        [
          host,
          "fetch setTimeout setInterval setImmediate queueMicrotask addEventListener XMLHttpRequest WebSocket Worker",
        ],
        [host.process, "on once emitWarning nextTick"],
        [console, "log info debug warn error trace dir table"],
        [host.process.stdout, "write"],
      ];
      for (const [owner, names] of watched) {
        for (const name of names.split(" ")) {
          const { [name]: original } = owner;
          if (original === undefined) continue;
          owner[name] = function (/** @type {any[]} */ ...given) {
            // Node's own loader of modules needs some of these, too.
            if (/file:|wasm:/.test(`${new Error().stack}`)) calls.push(name);
            return Reflect.apply(original, this, given);
          };
        }
      }
      const before = Reflect.ownKeys(host).map(String);
      await import(entry);
      for (let turns = 0; turns < 5; turns += 1) await turn();
      return {
        calls,
        left: Reflect.ownKeys(host)
          .map(String)
          .filter((name) => !before.includes(name)),
      };
    }, t.url("ok"));
    t.expect(done).to.deep.equal({ calls: [], left: [] });
    t.expect(await t.log()).to.deep.equal([]);
  },
  IN_NODE,
);
