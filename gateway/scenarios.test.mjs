// @ts-check
// What all scenarios have in common.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { gatewayForThisFile, KEY, until, user } from "./harness.mjs";
import { SCENARIOS } from "./scenarios/table.mjs";
import { eventsIn, saidIn } from "./wire.mjs";

const gateway = gatewayForThisFile();

/** @param {string} scenario @param {object} [body] @param {Record<string, string>} [headers] */
const chat = (scenario, body, headers) => gateway.chat(body ?? {}, { "x-gateway-scenario": scenario, ...headers });

/** @param {string} run */
const recordsOf = (run) => gateway.running.log.filter((record) => record.run === run);

test("README.md explains each scenario with its parameters, and no other", async () => {
  const readme = await readFile(new URL("README.md", import.meta.url), "utf8");
  const rows = [...readme.matchAll(/^\| ((?:`[\w-]+`(?:, )?)+) \|.*\|([^|]*)\|$/gm)].map(([, names, params]) => ({
    names: names.replaceAll("`", "").split(", "),
    params: [...new Set([...params.matchAll(/`(\w+)=/g)].map(([, name]) => name))].sort(),
  }));
  const explained = new Map(rows.flatMap(({ names, params }) => names.map((name) => [name, params])));
  const known = new Map([...SCENARIOS].map(([name, { params }]) => [name, [...params].sort()]));
  assert.deepEqual([...explained.keys()].sort(), [...known.keys()].sort());
  for (const [name, params] of known) assert.deepEqual(explained.get(name), params, name);
});

test("an unknown scenario, an unknown parameter and a bad value are refused", async () => {
  for (const [scenario, message] of [
    ["nope", /no scenario 'nope'/],
    ["429-forever;afer=1", /no parameter 'afer'/],
    ["stall;after=two", /after must be a whole number/],
    ["stall;wait=soon", /wait must be a whole number/],
    ["done;v=constructor", /v must be one of nospace/],
    ["ok;n=some", /n must be/],
  ]) {
    const response = await chat(String(scenario), { stream: true });
    assert.equal(response.status, 400);
    assert.match((await response.json()).error.message, /** @type {RegExp} */ (message));
  }
});

test("a page needs nothing but the URL, which also names the run", async () => {
  const url = "/_scenario/429-then-200;after=none;run=from%20url/v1/chat/completions";
  const body = { model: "gpt-5.4", messages: user("Hi") };
  const options = await gateway.call(url, { method: "OPTIONS" });
  assert.equal(options.status, 204);
  const statuses = [];
  for (let i = 0; i < 3; i += 1) statuses.push((await gateway.post(url, body)).status);
  assert.deepEqual(statuses, [429, 200, 200], "the preflight is no attempt");
  assert.deepEqual(
    recordsOf("from url").map(({ method, attempt }) => [method, attempt]),
    [1, 2, 3].map((attempt) => ["POST", attempt]),
  );
});

test("attempts are counted by run, scenario, method and path", async () => {
  const first = async (/** @type {string} */ scenario, /** @type {string} */ run, path = "/v1/chat/completions") =>
    (
      await gateway.post(
        path,
        { model: "gpt-5.4", messages: user("Hi") },
        { "x-gateway-scenario": scenario, "x-test-run": run },
      )
    ).status;
  assert.equal(await first("429-then-200", "r1"), 429);
  assert.equal(await first("429-then-200", "r2"), 429);
  assert.equal(await first("429-then-200;after=1", "r1"), 429);
  assert.equal(await first("429-then-200", "r1", "/v1/responses"), 429);
  assert.equal(await first("429-then-200", "r1"), 200);
  gateway.running.forget("r1");
  assert.equal(recordsOf("r1").length, 0);
  assert.equal(await first("429-then-200", "r1"), 429, "forgotten");
  assert.equal(await first("429-then-200", "r2"), 200, "not forgotten");
  await gateway.call("/_log?run=r2", { method: "DELETE" });
  assert.equal(await first("429-then-200", "r2"), 429);
});

test("n says how many attempts are spoilt, for any scenario", async () => {
  const statuses = async (/** @type {string} */ scenario) => {
    const seen = [];
    for (let i = 0; i < 3; i += 1) seen.push((await chat(scenario)).status);
    return seen;
  };
  assert.deepEqual(await statuses("503-html;n=2"), [503, 503, 200]);
  assert.deepEqual(await statuses("429-then-200;n=always"), [429, 429, 429]);
  assert.deepEqual(await statuses("html-404;n=0"), [200, 200, 200]);
});

test("the log proves what each attempt sent, when, and over which connection", async () => {
  const run = "proof";
  for (let i = 0; i < 2; i += 1) {
    await (await chat("429-then-200", { messages: user("é") }, { "x-test-run": run })).text();
  }
  const [one, two] = recordsOf(run);
  assert.deepEqual([one.status, two.status], [429, 200]);
  assert.equal(one.body, two.body);
  assert.match(String(one.bodySha256), /^[\da-f]{64}$/);
  assert.equal(one.bodySha256, two.bodySha256);
  assert.deepEqual(one.rawHeaders, two.rawHeaders);
  assert.ok(one.startedAt < two.startedAt);
  assert.equal(one.scenario, "429-then-200");
  assert.equal(one.origin, "main");
  assert.ok(one.connection > 0);
});

test("wait=go: the test says when it goes on, before or after it waits", async () => {
  for (const [run, early] of /** @type {const} */ ([
    ["go1", true],
    ["go2", false],
  ])) {
    if (early) await gateway.call(`/_go?run=${run}`, { method: "POST" });
    const scenario = `stall;after=3;wait=go;run=${run}`;
    const response = await chat(scenario, { stream: true, messages: user("echo: a b c") });
    if (!early) {
      await until(() => recordsOf(run)[0].bytesWritten > 0);
      gateway.running.go(run);
    }
    assert.equal(saidIn(eventsIn(await response.text())), "a b c");
  }
});

test("ok is the answer as ever; echo answers with the body, whatever that is", async () => {
  const ok = await chat("ok", { stream: true, messages: user("echo: a b") });
  assert.equal(saidIn(eventsIn(await ok.text())), "a b");

  const body = `{"model":"nope","messages":[{"content":"\\ud800 ${"$& é ".repeat(1000)}"}],"deep":${"[".repeat(3000)}${"]".repeat(3000)}`;
  const headers = { "x-gateway-scenario": "echo", authorization: `Bearer ${KEY}` };
  const whole = await (await gateway.post("/v1/chat/completions", `${body}}`, headers)).json();
  assert.equal(whole.choices[0].message.content, `${body}}`);
  const events = eventsIn(await (await gateway.post("/v1/chat/completions", `${body},"stream":true}`, headers)).text());
  assert.ok(
    events.some((data) => JSON.parse(data === "[DONE]" ? "{}" : data).choices?.[0]?.delta?.content?.includes("nope")),
  );
  assert.equal(saidIn(events), `${body},"stream":true}`);
  const item = await (await gateway.post("/v1/responses", `${body}}`, headers)).json();
  assert.equal(item.output_text, `${body}}`);
  assert.equal((await gateway.post("/v1/responses", "{}", { ...headers, authorization: "Bearer x" })).status, 401);
});
