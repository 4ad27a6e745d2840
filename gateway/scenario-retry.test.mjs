// @ts-check
// Refusals, odd headers, redirects.
import assert from "node:assert/strict";
import { test } from "node:test";
import { gatewayForThisFile, KEY, user } from "./harness.mjs";
import { eventsIn, onTheWire, saidIn } from "./wire.mjs";

const gateway = gatewayForThisFile();

/** @param {string} scenario @param {object} [body] */
const chat = (scenario, body = {}) => gateway.chat(body, { "x-gateway-scenario": scenario });

/** What two attempts get: the status and Retry-After of the first, the status of the second. @param {string} scenario */
async function twoAttempts(scenario) {
  const [first, second] = [await chat(scenario), await chat(scenario)];
  return [first.status, first.headers.get("retry-after"), second.status];
}

test("Retry-After in its good and bad forms", async () => {
  assert.deepEqual(await twoAttempts("429-then-200"), [429, "0", 200]);
  assert.deepEqual(await twoAttempts("429-then-200;after=1"), [429, "1", 200]);
  assert.deepEqual(await twoAttempts("429-then-200;after=none"), [429, null, 200]);
  assert.deepEqual(await twoAttempts("429-forever"), [429, "0", 429]);
  assert.deepEqual(await twoAttempts("retry-after-dup"), [429, "0, 0", 200]);
  for (const v of ["-1", "NaN", "1e999", "", "soon"]) {
    assert.deepEqual(await twoAttempts(`retry-after-bad;v=${v}`), [429, v, 200]);
  }
  const ms = await chat("retry-after-ms;ms=70");
  assert.deepEqual([ms.headers.get("retry-after-ms"), ms.headers.get("retry-after")], ["70", "30"]);
  assert.match(String(ms.headers.get("access-control-expose-headers")), /X-Request-ID.*Retry-After-Ms/);

  const before = Date.now();
  const [status, date, then] = await twoAttempts("retry-after-date;s=3");
  const ahead = Date.parse(String(date)) - before;
  assert.deepEqual([status, then], [429, 200]);
  assert.ok(ahead >= 3000 && ahead < 4100 + Date.now() - before, `${ahead}`);
  const [, past] = await twoAttempts("retry-after-past");
  assert.ok(Date.parse(String(past)) < before);
});

test("two header lines are two header lines", async () => {
  const { head } = await onTheWire(gateway.running.port, "retry-after-dup;v=1,2");
  assert.deepEqual(head.match(/^retry-after: .*$/gim), ["Retry-After: 1", "Retry-After: 2"]);
});

test("status-then-ok: the envelope where the API documents the status, else a plain text", async () => {
  for (const [status, form] of [
    [500, "internal_error"],
    [502, "upstream_error"],
    [409, "idempotency_conflict"],
    [408, null],
    [529, null],
    [422, null],
  ]) {
    const first = await chat(`status-then-ok;status=${status}`);
    assert.equal(first.status, status);
    const text = await first.text();
    assert.equal(text.startsWith("{") ? JSON.parse(text).error.code : null, form);
    assert.equal((await chat(`status-then-ok;status=${status}`)).status, 200);
  }
  const twice = "status-then-ok;status=503;n=2";
  assert.deepEqual(
    [(await chat(twice)).status, (await chat(twice)).status, (await chat(twice)).status],
    [503, 503, 200],
  );
  assert.equal(await (await chat("status-then-ok;body=empty")).text(), "");
  assert.equal((await (await chat("status-then-ok;status=418;body=envelope")).json()).error.code, "invalid_request");
  const should = await chat("x-should-retry;v=false;status=503");
  assert.deepEqual([should.status, should.headers.get("x-should-retry")], [503, "false"]);
});

test("errors that are no envelope", async () => {
  for (const [scenario, status, type, body] of /** @type {const} */ ([
    ["503-html", 503, "text/html; charset=utf-8", /<h1>503/],
    ["html-404", 404, "text/html; charset=utf-8", /<h1>404/],
    ["error-text", 500, "text/plain; charset=utf-8", /^Internal Server Error$/],
    ["error-text;status=502;text=bad%20luck", 502, "text/plain; charset=utf-8", /^bad luck$/],
    ["error-empty", 500, null, /^$/],
  ])) {
    const response = await chat(scenario, { stream: true });
    assert.deepEqual([response.status, response.headers.get("content-type")], [status, type], scenario);
    assert.match(await response.text(), body);
  }
});

test("envelopes with something odd inside", async () => {
  const forms = "string array null number nested missing empty top-array top-string top-null cut".split(" ");
  const bodies = new Set();
  for (const v of forms) {
    const response = await chat(`error-odd-envelope;v=${v};status=429`);
    assert.equal(response.status, 429);
    assert.match(String(response.headers.get("content-type")), /json/);
    bodies.add(await response.text());
  }
  assert.equal(bodies.size, forms.length);
  assert.equal((await chat("error-odd-envelope")).status, 400);
});

test("echo-key repeats whatever key it was sent", async () => {
  const key = "sk-secret-KEY-1234567890";
  const headers = { authorization: `Bearer ${key}`, "x-gateway-scenario": "echo-key" };
  const response = await gateway.chat({}, headers);
  assert.deepEqual([response.status, response.headers.get("x-echoed-key")], [401, key]);
  const { error } = await response.json();
  assert.ok(error.message.includes(key) && error.suggestion.includes(key));
  const stream = await chat("echo-key;in=stream", { stream: true });
  assert.equal(stream.headers.get("x-echoed-key"), KEY);
  assert.match(eventsIn(await stream.text())[2], new RegExp(`"error".*${KEY}`));
});

test("dup-headers: twice, empty, no numbers, too big, Latin-1", async () => {
  const { head, text } = await onTheWire(gateway.running.port, "dup-headers");
  assert.equal(head.match(/^x-ratelimit-limit-requests: 600$/gim)?.length, 2);
  assert.match(head, /^x-ratelimit-remaining-requests: ?$/im);
  assert.match(head, /^x-credits-balance-microdollars: 9007199254740993$/im);
  assert.match(head, /^x-token-count-model: mod\xe8le-\xe9$/im);
  assert.equal(saidIn(eventsIn(text)), "one two three");
  assert.equal((await chat("dup-headers")).status, 200);
});

/** @param {string} scenario @param {RequestRedirect} redirect @param {boolean} [inPath] */
function redirected(scenario, redirect, inPath = true) {
  return gateway.call(inPath ? `/_scenario/${scenario}/v1/chat/completions` : "/v1/chat/completions", {
    method: "POST",
    redirect,
    body: JSON.stringify({ model: "gpt-5.4", messages: user("Hi"), stream: true }),
    headers: inPath ? {} : { "x-gateway-scenario": scenario },
  });
}

test("redirects to a good place are answered there, however the scenario was chosen", async () => {
  for (const to of ["same", "relative"]) {
    for (const inPath of [true, false]) {
      const run = `${to}-${inPath}`;
      const response = await redirected(`redirect;to=${to};run=${run}`, "follow", inPath);
      assert.equal(eventsIn(await response.text()).at(-1), "[DONE]", run);
      const [first, second] = gateway.running.log.filter((record) => record.run === run);
      assert.deepEqual([first.status, second.status, second.body], [307, 200, first.body]);
    }
  }
  const location = (await redirected("redirect;to=relative;status=308", "manual")).headers.get("location");
  assert.match(String(location), /^\.\.\//);
});

test("redirects to nowhere, in a circle, to a script; and the statuses", async () => {
  for (const [to, location] of [
    ["none", null],
    ["js", "javascript:alert(1)"],
    ["loop", "/_scenario/redirect;to=loop;status=303/v1/chat/completions"],
  ]) {
    const response = await redirected(`redirect;to=${to};status=303`, "manual");
    assert.deepEqual([response.status, response.headers.get("location")], [303, location]);
  }
  for (const status of [301, 302, 307, 308]) {
    assert.equal((await redirected(`redirect;status=${status}`, "manual")).status, status);
  }
});

test("the other origin answers as if nothing were wrong, and the log has what it got", async () => {
  const response = await redirected("redirect;to=other;run=other", "follow");
  assert.equal(new URL(response.url).origin, gateway.running.otherUrl);
  assert.equal(saidIn(eventsIn(await response.text())), "This is another origin.");
  const [first, second] = gateway.running.log.filter((record) => record.run === "other");
  assert.deepEqual([first.origin, second.origin], ["main", "other"]);
  assert.equal(second.body, first.body, "fetch itself sends the prompt on");
  assert.equal(second.headers.authorization, undefined);
  const preflight = await fetch(`${gateway.running.otherUrl}/v1/chat/completions`, { method: "OPTIONS" });
  assert.equal(preflight.status, 204);
});
