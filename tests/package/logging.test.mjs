// @ts-check
// What a logger is told of the requests, and what it is not.
import assert from "node:assert/strict";
import { test } from "node:test";
import { all, auriko, clientOf, gatewayWithClients, hi, KEY, rejection, serverFor, thrown, turns } from "./support.mjs";

const gateway = gatewayWithClients();
const SECRET = "only for the model";

/** A logger that keeps what it is told. */
function keeping() {
  /** @type {{ level: string, message: string, details: any }[]} */
  const told = [];
  /** @param {string} level @returns {(message: string, details?: unknown) => void} */
  const keep = (level) => (message, details) => void told.push({ level, message, details });
  return { told, logger: { error: keep("error"), warn: keep("warn"), info: keep("info"), debug: keep("debug") } };
}

test("nothing is told unless it is asked for", async () => {
  const { told, logger } = keeping();
  const client = gateway.client({ logger });
  await client.chat.completions.create(hi());
  await rejection(client.chat.completions.create({ ...hi(), temperature: 99 }));
  assert.deepStrictEqual(told, []);
});

test("info is a line for each answer, failure and retry", async (t) => {
  const { told, logger } = keeping();
  let requests = 0;
  const server = await serverFor(t, (_, res) => {
    requests++;
    if (requests === 1) res.writeHead(503, { "retry-after-ms": "20" }).end();
    else if (requests === 2)
      res.writeHead(200, { "content-type": "application/json", "x-request-id": "req_1" }).end("{}");
    else res.writeHead(401, { "x-request-id": KEY }).end();
  });
  const client = server.client({ logger, logLevel: "info", maxRetries: 1 });
  await client.me.get();
  await rejection(client.me.get());
  const at = `auriko-wasm: GET ${server.url}/v1/me: `;
  assert.ok(told.every(({ level, details }) => level === "info" && details === undefined));
  const lines = told.map(({ message }) => message.replace(/\d+ ms/g, "N ms"));
  assert.deepStrictEqual(lines, [
    `${at}refused (503 in N ms)`,
    `${at}failed, tries again in N ms`,
    `${at}sends again`,
    `${at}answered (200 in N ms, req_1)`,
    `${at}refused (401 in N ms)`,
    `${at}failed: malformed_response`,
  ]);
});

test("info tells of a stream that fails after its headers", async () => {
  const { told, logger } = keeping();
  const broken = await gateway.record(['{"error":"broken"}']);
  const client = gateway.client({ logger, logLevel: "info", defaultHeaders: { "x-replay": broken } });
  await rejection(all(await client.chat.completions.create({ ...hi(), stream: true })));
  assert.equal(told.at(-1)?.message, "auriko-wasm: a stream failed: malformed_response");
});

test("debug shows each attempt with its headers, and no secret in them", async (t) => {
  const { told, logger } = keeping();
  const server = await serverFor(t, (_, res) =>
    res
      .writeHead(200, {
        "content-type": "application/json",
        "set-cookie": "id=secret",
        "x-echo": `Bearer ${KEY}`,
        "x-request-id": "req_1",
      })
      .end(JSON.stringify({ choices: [{ message: { content: SECRET } }] })),
  );
  const headers = { cookie: "a=secret", "x-api-key": "secret", "Proxy-Authorization": "secret", "x-mine": "shown" };
  await server.client({ logger, logLevel: "debug" }).chat.completions.create(hi(SECRET), { headers });
  const [sent, answered] = told.filter(({ level }) => level === "debug").map(({ details }) => details);
  assert.deepStrictEqual([sent.attempt, sent.method, sent.url], [1, "POST", `${server.url}/v1/chat/completions`]);
  for (const name of ["authorization", "cookie", "x-api-key", "proxy-authorization"]) {
    assert.equal(sent.headers[name], "***", name);
  }
  assert.equal(sent.headers["x-mine"], "shown");
  assert.deepStrictEqual([answered.attempt, answered.status, answered.headers["x-request-id"]], [1, 200, "req_1"]);
  assert.equal(typeof answered.ms, "number");
  assert.equal(answered.headers["set-cookie"], "***");
  const all = JSON.stringify(told);
  for (const secret of [KEY, SECRET, "secret"]) assert.ok(!all.includes(secret), secret);
});

test("of headers that are none, as a fetch of one's own may make them, debug shows nothing", async () => {
  const { told, logger } = keeping();
  for (const headers of [
    { get: () => null, raw: { "set-cookie": "secret", authorization: `Bearer ${KEY}` }, own: [["x", KEY]] },
    { get: () => null, entries: () => [["x-mine", { toString: () => KEY }], ["x-none"]] },
  ]) {
    const fetch = async () => /** @type {any} */ ({ status: 200, headers, body: null });
    await rejection(clientOf(gateway.url, { fetch, logger, logLevel: "debug" }).chat.completions.create(hi()));
  }
  const answers = told.filter(({ message }) => message.includes("has an answer")).map(({ details }) => details.headers);
  assert.deepStrictEqual(answers, [{}, {}]);
  assert.ok(!JSON.stringify(told).includes(KEY));
});

test("AURIKO_LOG is the level unless the option says another; one that means nothing is passed over", async (t) => {
  t.after(() => delete process.env.AURIKO_LOG);
  for (const [variable, logLevel, lines] of /** @type {const} */ ([
    ["info", undefined, 1],
    ["info", "off", 0],
    ["nonsense", undefined, 0],
  ])) {
    process.env.AURIKO_LOG = variable;
    const { told, logger } = keeping();
    await gateway.client({ logger, logLevel }).me.get();
    assert.equal(told.length, lines, `${variable} ${logLevel}`);
  }
});

test("without a logger it is the console", async (t) => {
  const info = t.mock.method(console, "info", () => {});
  await gateway.client({ logLevel: "info" }).me.get();
  assert.equal(info.mock.callCount(), 1);
});

test("a logger that throws or rejects breaks nothing", async (t) => {
  /** @type {unknown[]} */
  const unhandled = [];
  const note = (/** @type {unknown} */ reason) => unhandled.push(reason);
  process.on("unhandledRejection", note);
  t.after(() => process.off("unhandledRejection", note));
  const throwing = () => {
    throw new Error("mine");
  };
  for (const write of [throwing, async () => throwing()]) {
    const logger = /** @type {any} */ ({ error: write, warn: write, info: write, debug: write });
    assert.ok(await gateway.client({ logger, logLevel: "debug" }).me.get());
  }
  await turns(5);
  assert.deepStrictEqual(unhandled, []);
});

test("a logger or a level that cannot be is refused", () => {
  for (const options of [{ logLevel: "verbose" }, { logLevel: 3 }, { logger: {} }, { logger: () => {} }]) {
    const error = thrown(() => clientOf("https://x", /** @type {any} */ (options)));
    assert.ok(error instanceof auriko.BadRequestError);
    assert.equal(error.param, Object.keys(options)[0]);
  }
});
