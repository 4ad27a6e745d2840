// @ts-check
// Every scenario of the gateway, through every way of calling and reading.

/** @typedef {import("../harness.mjs").Context} Context */
/** @typedef {{ about: string, error: any, answer: any }} Outcome */

const TWICE = ["0", "1"];

/** Parameters where the usual ones would take long, or where there are several forms. @type {Record<string, string[]>} */
const FORMS = {
  status: [400, 401, 403, 404, 409, 413, 422, 429, 500, 502, 503, 504, 529].map((status) => `status=${status}`),
  "truncated-chunked": TWICE.map((inside) => `inside=${inside}`),
  done: ["nospace", "crlf", "event", "late", "first", "missing", "unterminated"].map((v) => `v=${v}`),
  "slow-headers": ["ms=300"],
  "slow-headers-once": ["ms=300"],
  "slow-events": ["ms=1"],
  "slow-drip": ["bytes=1", "bytes=7"],
  "keepalive-only": ["count=3;ms=1"],
  "never-ending": ["ms=0"],
  "many-chunks": ["count=500"],
  flood: ["mb=2"],
  "huge-event": ["mb=2"],
  "error-midstream": ["form=envelope", "form=flat", "form=string", "event=1", "then=more", "code=__proto__"],
  "error-first-event": ["form=envelope", "form=string"],
  metadata: ["string", "array", "missing-fields", "wrong-types", "twice", "null-last"].map((v) => `v=${v}`),
  "json-not-object": ["array", "string", "number", "null", "true"].map((v) => `v=${v}`),
  "deep-nesting": ["levels=1000;of=objects", "levels=10000;of=arrays"],
  "odd-keys": ["v=many;count=5000", "v=long", "v=duplicate"],
  "odd-json": ["", "null", "number", "string", "array", "object", "true"].map((v) => (v ? `v=${v}` : "")),
  encoded: ["gzip", "deflate", "br"].map((enc) => `enc=${enc}`),
  "encoded-corrupt": ["gzip", "deflate", "br"].map((enc) => `enc=${enc}`),
  redirect: ["same", "relative", "other", "loop", "none", "js"].map((to) => `to=${to}`),
  "retry-after-bad": ["soon", "-1", "NaN", "1e999"].map((v) => `v=${v}`),
  "status-then-ok": ["status=503", "status=500", "status=418"],
  "x-should-retry": ["v=true;status=400", "v=false"],
  "error-text": ["status=500", "status=404"],
  "error-empty": ["status=500", "status=404"],
  "error-odd-envelope": ["string", "array", "null", "number", "nested", "missing", "empty", "cut"].map((v) => `v=${v}`),
  "echo-key": ["in=error", "in=stream", "status=400", "status=500"],
};

const NAMES = `status ok echo reset-before-headers close-before-headers garbage-response keepalive-race early-hints
  reset-mid-body reset-mid-event truncated-chunked short-content-length stall done premature-eof-finished
  premature-eof-unfinished empty-200-sse after-done-open slow-headers slow-headers-once slow-events slow-drip
  keepalive-only never-ending many-chunks flood huge-event crlf cr crlf-split split-utf8 no-space comments
  multiline-json error-midstream error-first-event flat-error bad-json-midstream odd-json odd-chunks tool-calls
  proto-pollution metadata 204 empty-200-json json-cut json-bom json-not-object json-big-numbers deep-nesting odd-keys
  sse-as-json-type sse-no-type json-instead-of-stream stream-instead-of-json html-instead-of-stream encoded
  encoded-corrupt dup-headers redirect 429-then-200 429-forever retry-after-date retry-after-ms retry-after-past
  retry-after-bad retry-after-dup status-then-ok x-should-retry 503-html html-404 error-text error-empty
  error-odd-envelope echo-key`.split(/\s+/);

const ROUTES = NAMES.flatMap((name) => (FORMS[name] ?? [""]).map((form) => (form ? `${name};${form}` : name)));

/** These never end by themselves. */
const ENDLESS = /^never-ending/;

const input = "echo: naïve 東京 ☕";

/** @type {Record<string, (t: Context, client: any) => Promise<any>>} */
const CALLS = {
  chat: (t, client) => client.chat.completions.create(t.params()),
  "chat stream": async (t, client) => read(await client.chat.completions.create(t.params({ stream: true }))),
  "chat text": async (t, client) => read((await client.chat.completions.create(t.params({ stream: true }))).textStream),
  responses: (_, client) => client.responses.create({ model: "gpt-5.4", input }),
  "responses stream": async (_, client) =>
    read(await client.responses.create({ model: "gpt-5.4", input, stream: true })),
};

/** All of it, or the start of what has no end. @param {AsyncIterable<any>} stream */
async function read(stream) {
  const items = [];
  for await (const item of stream) if (items.push(item) >= 600) break;
  return items;
}

/** The key of the whole sweep. */
export const KEY = "sk-secret-KEY-1234567890";

/** Lets a client with that key call the gateway, which knows another. @param {string} url @param {any} init */
export const exchanging = (url, init) => {
  if (init.headers.get("authorization") !== `Bearer ${KEY}`) throw new Error("the key was not sent");
  init.headers.set("authorization", "Bearer ak_test_local");
  return fetch(url, init);
};

/** @type {Promise<{ outcomes: Outcome[], lines: any[] }> | undefined} */
let swept;

/**
 * Calls each route in each way, without retries and with short limits; and what was written to the console
 * meanwhile. It is done once: cases that ask for it run alone.
 * @param {Context} t
 */
export function everyRoute(t) {
  swept ??= written(() => sweep(t));
  return swept;
}

/** @param {Context} t */
async function sweep(t) {
  const rest = ROUTES.flatMap((route) => Object.keys(CALLS).map((name) => ({ route, name })));
  const some = rest.filter(({ route, name }) => !ENDLESS.test(route) || name.includes(" "));
  /** @type {Outcome[]} */
  const outcomes = [];
  const work = async () => {
    for (let next = some.shift(); next; next = some.shift()) {
      const { route, name } = next;
      // Spoiled each time, so that no call takes the failures of another.
      const baseUrl = t.url(`${route};n=always`);
      const client = t.client({ apiKey: KEY, fetch: exchanging, maxRetries: 0, timeout: 150, baseUrl });
      const outcome = { about: `${route}, ${name}`, error: undefined, answer: undefined };
      outcomes.push(outcome);
      try {
        outcome.answer = await CALLS[name](t, client);
      } catch (error) {
        outcome.error = /** @type {any} */ (error);
      }
    }
  };
  await Promise.all([work(), work(), work(), work()]);
  return outcomes;
}

/** @param {() => Promise<Outcome[]>} run */
async function written(run) {
  /** @type {any[]} */
  const lines = [];
  const kept = /** @type {any} */ ({});
  for (const method of /** @type {const} */ (["log", "info", "debug", "warn", "error", "trace", "dir", "table"])) {
    kept[method] = console[method];
    console[method] = (...words) => void lines.push(words);
  }
  try {
    return { outcomes: await run(), lines };
  } finally {
    Object.assign(console, kept);
  }
}
