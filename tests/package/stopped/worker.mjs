// @ts-check
// One core that will stop, in a thread of its own: a stopped core stays so. Runs the scenario of the given name and
// reports what it returns, and what nobody caught.
import { setImmediate as macrotask } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";

const { slim: entry, wasm, apiKey, url, scenario } = workerData;
const slim = await import(entry);
slim.init(wasm);

/** @type {string[]} */
const uncaught = [];
process.on("unhandledRejection", (reason) => uncaught.push(String(reason)));
process.on("uncaughtException", (error) => uncaught.push(String(error)));

/** @param {string} [name] of a scenario of the gateway */
const client = (name) =>
  new slim.AurikoClient({ apiKey, baseUrl: name ? `${url}/_scenario/${name}/v1` : url, maxRetries: 0, timeout: 2000 });
const params = { model: "gpt-5.4", messages: [{ role: "user", content: "Hi" }] };

/** What something ends with. @param {() => unknown} run */
async function outcome(run) {
  try {
    await run();
    return "no error";
  } catch (/** @type {any} */ error) {
    return `${error.name} ${error.code} ${error.cause?.name}`;
  }
}

/** What everything that can be asked later says. @param {any} client */
const later = (client) =>
  Promise.all(
    [
      () => client.models.list(),
      () => client.chat.completions.create({ ...params, stream: true }),
      () => client.fetch(`${url}/v1/models`),
      () => new slim.RoutingOptions({ optimize: "cost" }),
      () => slim.mergeGateway({}, {}),
      () => new slim.AurikoClient({ apiKey }),
      () => client.baseUrl,
    ].map(outcome),
  );

/** @type {Record<string, () => Promise<unknown>>} */
const scenarios = {
  async call() {
    const mine = client();
    // The second is still on its way when the first finds the core stopped.
    const calls = [client("slow-headers;ms=60000"), mine].map((each) => outcome(() => each.models.list()));
    return { now: await Promise.all(calls), later: await later(mine) };
  },
  async options() {
    const mine = client();
    const abort = new AbortController();
    const waiting = outcome(() => client("slow-headers;ms=60000").models.list({}, abort));
    const now = await outcome(() => new slim.RoutingOptions({ optimize: "cost" }));
    const waited = await waiting;
    // What still listens has nobody to tell.
    abort.abort();
    return { now: [now, waited], later: await later(mine) };
  },
  async stream() {
    const mine = client();
    const stream = await mine.chat.completions.create({ ...params, stream: true });
    const silent = await client("never-ending").chat.completions.create({ ...params, stream: true });
    const next = outcome(() => stream[Symbol.asyncIterator]().next());
    const other = outcome(async () => {
      for await (const _ of silent);
    });
    const now = [await next, await other];
    await Promise.all([stream.close(), silent.close()]);
    silent.controller.abort();
    return { now, usage: stream.usage, completed: stream.completed, later: await later(mine) };
  },
  async failing() {
    const mine = client();
    const broken = new slim.AurikoClient({
      apiKey,
      fetch: async () => new Response("data: [1]\n\n", { headers: { "content-type": "text/event-stream" } }),
    });
    const stream = await broken.chat.completions.create({ ...params, stream: true });
    const iterator = stream[Symbol.asyncIterator]();
    const now = await Promise.all([iterator.next(), iterator.next()].map((next) => outcome(() => next)));
    return { now: now.slice(0, 1), later: await later(mine) };
  },
  async text() {
    const mine = client();
    /** @param {string} id @param {string} content */
    const event = (id, content) => `data: ${JSON.stringify({ id, choices: [{ delta: { content } }] })}\n\n`;
    const ends = [];
    for (const kilobytes of [100, 300, 500, 700, 900]) {
      const long = "x".repeat(kilobytes << 10);
      for (const body of [event("a", "b") + event("a", long), event(long, "b") + event(long, "c")]) {
        for (const asText of [false, true]) {
          const fetch = async () => new Response(body, { headers: { "content-type": "text/event-stream" } });
          const large = new slim.AurikoClient({ apiKey, fetch });
          ends.push(
            await outcome(async () => {
              const stream = await large.chat.completions.create({ ...params, stream: true });
              for await (const _ of asText ? stream.textStream : stream);
            }),
          );
        }
      }
    }
    return { now: ends, later: [await outcome(() => mine.models.list())] };
  },
  async rising() {
    const ends = [];
    for (let pieces = 4; pieces <= 32; pieces += 4) {
      const text = `data: ${JSON.stringify({ id: "x", choices: [{ delta: { content: "x".repeat(pieces << 16) }, finish_reason: "stop" }] })}\n\n`;
      const body = () => new Blob([text]).stream();
      const fetch = async () => new Response(body(), { headers: { "content-type": "text/event-stream" } });
      const mine = new slim.AurikoClient({ apiKey, fetch });
      ends.push(
        await outcome(async () => {
          const stream = await mine.chat.completions.create({ ...params, stream: true });
          for await (const { choices } of stream)
            if (choices[0].delta.content.length !== pieces << 16) throw new Error("lost");
        }),
      );
    }
    return { now: ends, later: [await outcome(() => client().models.list())] };
  },
  async memory() {
    const mine = client();
    const text = JSON.stringify({ data: [], text: "x".repeat(8 << 20) });
    /** @param {string} body @param {string} type */
    const answering = (body, type) =>
      new slim.AurikoClient({ apiKey, fetch: async () => new Response(body, { headers: { "content-type": type } }) });
    const event = answering(`data: ${text}\n\n`, "text/event-stream");
    const object = answering(text, "application/json");
    const now = [
      await outcome(async () => {
        for await (const _ of await event.chat.completions.create({ ...params, stream: true }));
      }),
      await outcome(() => object.models.list()),
    ];
    return { now, later: [await outcome(() => mine.models.list())] };
  },
};

const result = await scenarios[scenario]().catch((error) => ({ now: [String(error.stack)] }));
// What is thrown where nobody catches it is told when the turn is over.
await macrotask();
parentPort?.postMessage({ result, uncaught });
