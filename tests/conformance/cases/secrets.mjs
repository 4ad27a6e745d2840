// @ts-check
// I: the key is sent to the server, and is nowhere else.
import { conformance } from "../harness.mjs";
import { FAILURES } from "./errors.mjs";
import { everyRoute, exchanging, KEY } from "./every-route.mjs";
import { thrownBy } from "./options.mjs";

/** @typedef {import("../harness.mjs").Context} Context */

/** In Node, what console.log would print at its most talkative. */
const inspect = /** @type {any} */ (globalThis).process?.getBuiltinModule?.("node:util")?.inspect;

/**
 * Every text that somebody may come upon who logs, prints, clones, serialises or searches a value.
 * @param {any} value
 */
export function textsOf(value) {
  /** @type {string[]} */
  const texts = [];
  const seen = new Set();
  const look = (/** @type {any} */ each, /** @type {number} */ depth) => {
    if (typeof each === "string") texts.push(each);
    if ((typeof each !== "object" && typeof each !== "function") || each === null || seen.has(each) || depth > 10)
      return;
    seen.add(each);
    if (typeof each === "function") texts.push(String(each));
    for (const key of Reflect.ownKeys(each)) {
      texts.push(String(key));
      look(Object.getOwnPropertyDescriptor(each, key)?.value, depth + 1);
    }
    for (const key in each) texts.push(key);
  };
  look(value, 0);
  for (const form of [
    () => `${value}`,
    () => String(value.stack),
    () => JSON.stringify(value),
    () => JSON.stringify({ deep: [value] }),
    () => look(structuredClone(value), 0),
    () => inspect?.(value, { depth: 10, showHidden: true }),
    () => inspect?.(value, { depth: 10, getters: false, maxStringLength: null, maxArrayLength: null }),
  ]) {
    try {
      texts.push(String(form()));
    } catch (error) {
      // A stream cannot be cloned, and says so.
      texts.push(String(error));
    }
  }
  return texts;
}

/** @param {any} value @param {string} [secret] */
const shows = (value, secret = KEY) => textsOf(value).some((text) => text.includes(secret));

/** Whether JSON that was received has the key. @param {any} answer */
function says(answer) {
  try {
    return `${JSON.stringify(answer)}`.includes(KEY);
  } catch {
    // Too deep to be written again.
    return false;
  }
}

conformance("130", "a client shows its key to nobody who looks at it", async (t) => {
  const client = t.client({ apiKey: KEY, defaultHeaders: { "x-token": `${KEY}-of-the-caller` } });
  t.expect(shows({ KEY })).to.equal(true);
  t.expect(shows(client)).to.equal(false);
  t.expect(Object.keys(client)).to.have.members(["fetch", "chat", "responses", "models", "me"]);
  t.expect(JSON.parse(JSON.stringify(client))).to.deep.equal({
    baseUrl: client.baseUrl,
    timeout: 60_000,
    maxRetries: 2,
  });
  for (const part of [
    client.fetch,
    client.chat,
    client.chat.completions,
    client.models,
    client.me,
    t.auriko.AurikoClient,
  ]) {
    t.expect(shows(part)).to.equal(false);
  }
});

conformance("130", "a stream and an answer show no key", async (t) => {
  const client = t.client({ apiKey: KEY, fetch: exchanging });
  const call = client.chat.completions.create(t.params({ stream: true }));
  const { data, response } = /** @type {any} */ (await call.withResponse());
  for (const each of [call, data, response, data.controller, data.responseHeaders])
    t.expect(shows(each)).to.equal(false);
  for await (const chunk of data) t.expect(shows(chunk)).to.equal(false);
  const answer = await client.chat.completions.create(t.params());
  for (const each of [answer, data, client.lastRoutingMetadata]) t.expect(shows(each)).to.equal(false);
});

conformance(
  "131",
  "the key is in no error of any route, and the console stays silent",
  async (t) => {
    const { outcomes, lines } = await everyRoute(t);
    for (const { about, error, answer } of outcomes) {
      t.expect(error ? shows(error) : says(answer), about).to.equal(false);
    }
    t.expect(outcomes.filter(({ error }) => error).length).to.be.above(100);
    t.expect(lines).to.deep.equal([]);
  },
  { alone: true },
);

for (const where of ["in=error", "in=error;status=400", "in=error;status=500", "in=stream"]) {
  conformance("131 P15", `a key that the server repeats is masked in the error: ${where}`, async (t) => {
    // The gateway gives a stream only for the key that it knows.
    const apiKey = where === "in=stream" ? "ak_test_local" : KEY;
    const client = /** @type {any} */ (t.scenario(`echo-key;${where}`, { apiKey, maxRetries: 0 }));
    const calls = [
      async () => t.drain(await client.chat.completions.create(t.params({ stream: true }))),
      async () => t.drain((await client.chat.completions.create(t.params({ stream: true }))).textStream),
      async () => (await client.chat.completions.create(t.params({ stream: true }))).finalCompletion(),
    ];
    for (const call of calls) {
      const error = await call().then(
        (end) => /** @type {any} */ (end).error,
        (reason) => reason,
      );
      t.expect([error.name, error.code]).to.deep.equal(["AuthenticationError", "invalid_api_key"]);
      t.expect(error.message).to.equal("Incorrect API key provided: ak_***.");
      t.expect(error.suggestion).to.equal('You sent "Bearer ak_***".');
      t.expect(shows(error, apiKey)).to.equal(false);
      // What came is kept for those who ask for it by name.
      t.expect(JSON.stringify(error.body)).to.include(apiKey);
      t.expect(Object.getOwnPropertyNames(error)).to.not.include("body");
    }
  });
}

for (const [name, fail] of Object.entries(FAILURES)) {
  conformance("131", `the key is not in an error of this kind: ${name}`, async (t) => {
    const keyed = Object.create(t, {
      client: { value: (/** @type {any} */ options) => t.client({ apiKey: KEY, fetch: exchanging, ...options }) },
      scenario: {
        value: (/** @type {string} */ scenario, /** @type {any} */ options) =>
          t.scenario(scenario, { apiKey: KEY, fetch: exchanging, ...options }),
      },
    });
    const error = await fail(keyed);
    t.expect(error).to.be.instanceOf(t.auriko.AurikoAPIError);
    t.expect(shows(error)).to.equal(false);
  });
}

for (const option of [
  "apiKey",
  "baseUrl",
  "baseURL",
  "timeout",
  "maxRetries",
  "fetch",
  "defaultHeaders",
  "onResponse",
]) {
  conformance("131", `an option that is wrong is not repeated: ${option}`, async (t) => {
    for (const wrong of [[KEY], { key: KEY }, `${KEY} ${KEY}`, () => KEY, Symbol(KEY)]) {
      try {
        t.client({ [option]: wrong });
      } catch (error) {
        t.expect(error, typeof wrong).to.be.instanceOf(t.auriko.AurikoAPIError);
        t.expect(shows(error)).to.equal(false);
      }
    }
  });
}

for (const url of [
  "https://user:PASS@api.example.com/v1",
  "https://PASS@api.example.com",
  "https://:PASS@api.example.com",
  "https://api.example.com/v1?key=PASS",
  "https://api.example.com/?key=PASS",
  "https://api.example.com/v1#PASS",
  "https:\\\\user:PASS@api.example.com",
  "https://user:PASS@",
  "ftp://user:PASS@api.example.com",
  "PASS",
]) {
  conformance("137", `a base URL with a secret in it is refused and not repeated: ${url}`, async (t) => {
    const baseUrl = url.replace("PASS", KEY);
    for (const options of [{ baseUrl }, { baseURL: baseUrl }, { baseUrl, apiKey: null }]) {
      const error = thrownBy(() => t.client({ baseUrl: undefined, ...options }));
      t.expect([error.name, error.code, error.param]).to.deep.equal([
        "BadRequestError",
        "invalid_parameter_value",
        "baseUrl",
      ]);
      t.expect(shows(error)).to.equal(false);
    }
  });
}

conformance(
  "136",
  "nothing is logged unless it is asked for, and what is logged shows no secret and no prompt",
  async (t) => {
    /** @type {any[]} */
    const told = [];
    const keep = (/** @type {any[]} */ ...words) => void told.push(words);
    const logger = { error: keep, warn: keep, info: keep, debug: keep };
    const SECRETS = ["authorization", "cookie", "api-key", "x-api-key", "proxy-authorization"];
    const headers = Object.fromEntries(SECRETS.slice(1).map((name) => [name, `${KEY}-${name}`]));
    const messages = [{ role: "user", content: "echo: between us" }];
    const client = (/** @type {any} */ options) =>
      t.client({ apiKey: KEY, fetch: exchanging, defaultHeaders: headers, logger, ...options });

    await client({}).chat.completions.create(t.params({ messages }));
    t.expect(told).to.deep.equal([]);

    await client({ logLevel: "debug" }).chat.completions.create(t.params({ messages }));
    const { chunks } = await t.drain(
      /** @type {any} */ (
        await client({ logLevel: "debug" }).chat.completions.create(t.params({ messages, stream: true }))
      ),
    );
    t.expect(t.text(chunks)).to.equal("between us");
    t.expect(told.length).to.be.above(3);
    const whole = JSON.stringify(told);
    for (const name of SECRETS) t.expect(whole).to.include(`"${name}":"***"`);
    for (const secret of [KEY, "between us"]) t.expect(whole).to.not.include(secret);
  },
);
