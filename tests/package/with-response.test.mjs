// @ts-check
// The other two ways to take an answer: withResponse() and asResponse().
import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { ANSWER, all, auriko, gatewayWithClients, hi, rejection, serverFor, turns, until } from "./support.mjs";

const gateway = gatewayWithClients();

const STREAM = /** @type {const} */ ({ ...hi("echo: one two"), stream: true });

/** What is rejected and handled by nobody, from now on. @param {import("node:test").TestContext} t */
function unhandledFor(t) {
  /** @type {unknown[]} */
  const unhandled = [];
  const note = (/** @type {unknown} */ reason) => unhandled.push(reason);
  process.on("unhandledRejection", note);
  t.after(() => process.off("unhandledRejection", note));
  return unhandled;
}

test("withResponse gives the data, the Response and the request id, of one request", async () => {
  const before = gateway.log.length;
  const call = gateway.client().chat.completions.create(hi("echo: one"));
  const { data, response, request_id } = await call.withResponse();
  assert.equal(data.choices[0]?.message.content, "one");
  assert.equal(await call, data);
  assert.ok(response instanceof Response);
  assert.equal(response.status, 200);
  assert.equal(response.headers.get("x-request-id"), gateway.last.id);
  assert.deepStrictEqual([request_id, data._request_id], [gateway.last.id, gateway.last.id]);
  assert.equal(gateway.log.length, before + 1);
});

test("withResponse of a stream gives the stream", async () => {
  const { data, response, request_id } = await gateway.client().chat.completions.create(STREAM).withResponse();
  assert.ok(data instanceof auriko.ChatCompletionStream);
  assert.equal(response.headers.get("content-type"), "text/event-stream; charset=utf-8");
  assert.equal(request_id, data.requestId);
  assert.ok((await all(data)).length > 2);
});

test("asResponse gives the Response with its body unread", async () => {
  const { chat, models } = gateway.client();
  const json = await chat.completions.create(hi("echo: one")).asResponse();
  assert.equal(json.bodyUsed, false);
  assert.equal(/** @type {any} */ (await json.json()).choices[0].message.content, "one");
  const stream = await chat.completions.create(STREAM).asResponse();
  assert.match(await stream.text(), /^data: \{.*\n\ndata: \[DONE\]\n\n$/s);
  assert.equal(/** @type {any} */ (await (await models.list().asResponse()).json()).object, "list");
});

test("the signal of the call aborts the body of a Response that was taken", async () => {
  const abort = new AbortController();
  const options = { signal: abort.signal, headers: { "x-gateway-pace": "20" } };
  const response = await gateway.client().chat.completions.create(STREAM, options).asResponse();
  const reader = /** @type {ReadableStream<Uint8Array>} */ (response.body).getReader();
  await reader.read();
  abort.abort("mine");
  assert.equal(await rejection(reader.closed), "mine");
  await until(() => gateway.last.clientGoneAt !== null);
});

test("the signal keeps nothing of a Response that was taken and is gone", async () => {
  setFlagsFromString("--expose-gc");
  /** @type {() => void} */
  const gc = runInNewContext("gc");
  const { signal } = new AbortController();
  const { chat } = gateway.client();
  await (async () => {
    for (let call = 0; call < 20; call++) await (await chat.completions.create(hi(), { signal }).asResponse()).text();
  })();
  assert.equal(getEventListeners(signal, "abort").length, 1);
  await until(() => {
    gc();
    return getEventListeners(signal, "abort").length === 0;
  });
});

test("the promise of a call whose Response was taken rejects with a typed error", async () => {
  const call = gateway.client().chat.completions.create(hi());
  const response = await call.asResponse();
  const error = await rejection(call);
  assert.ok(error instanceof auriko.AurikoAPIError);
  assert.equal(error.code, "response_taken");
  assert.match(error.message, /asResponse\(\)/);
  assert.equal(response.bodyUsed, false);
  await response.body?.cancel();
});

test("asResponse() that comes too late says so, and the answer is not lost", async (t) => {
  const unhandled = unhandledFor(t);
  const { create } = gateway.client().chat.completions;
  for (const stream of [false, true]) {
    const read = create({ ...hi("echo: one"), stream });
    await read;
    // Between the headers and the end of the body.
    const server = await serverFor(t, (_, res) => {
      res.writeHead(200, { "content-type": stream ? "text/event-stream" : "application/json" });
      res.write(stream ? `data: ${ANSWER}\n\n` : ANSWER.slice(0, 5));
      answers++;
      finish = () => res.end(stream ? "data: [DONE]\n\n" : ANSWER.slice(5));
    });
    let answers = 0;
    let finish = () => {};
    const reading = server.client().chat.completions.create({ ...hi(), stream });
    await until(() => answers === 1);
    await turns(20);
    const late = [read, reading].map((call) => rejection(call.asResponse()));
    finish();
    for (const error of await Promise.all(late)) {
      assert.ok(error instanceof auriko.AurikoAPIError);
      assert.equal(error.code, "response_taken");
      assert.match(error.message, /in the tick of the call/);
    }
    for (const call of [read, reading]) {
      const data = await call;
      if (data instanceof ReadableStream) assert.ok((await all(data)).length > 0);
      else assert.ok(data.choices);
    }
  }
  await turns(5);
  assert.deepStrictEqual(unhandled, []);
});

test("a failure reaches whichever way the answer is taken, as the same error", async (t) => {
  const unhandled = unhandledFor(t);
  const { create } = gateway.client().chat.completions;
  const call = create({ ...hi(), temperature: 99 });
  const errors = await Promise.all([call, call.withResponse(), call.asResponse()].map(rejection));
  assert.ok(errors[0] instanceof auriko.BadRequestError);
  assert.deepStrictEqual([errors[1] === errors[0], errors[2] === errors[0]], [true, true]);
  await turns(5);
  assert.deepStrictEqual(unhandled, []);
});

test("a failure that was handled one way is not unhandled the other way", async (t) => {
  const unhandled = unhandledFor(t);
  const { create } = gateway.client().chat.completions;
  const wrong = { ...hi(), temperature: 99 };
  for (const params of [wrong, { ...wrong, stream: /** @type {const} */ (true) }, /** @type {any} */ ({})]) {
    assert.ok((await rejection(create(params).withResponse())) instanceof auriko.BadRequestError);
    assert.ok((await rejection(create(params).asResponse())) instanceof auriko.BadRequestError);
    assert.ok((await rejection(create(params))) instanceof auriko.BadRequestError);
  }
  const signal = AbortSignal.abort("mine");
  assert.equal(await rejection(create(hi(), { signal }).withResponse()), "mine");
  assert.equal(await rejection(create(hi(), { signal }).asResponse()), "mine");
  await (await create(hi()).asResponse()).text();
  await turns(5);
  assert.deepStrictEqual(unhandled, []);
});

test("the Response is the last attempt's", async (t) => {
  let requests = 0;
  const server = await serverFor(t, (_, res) => {
    requests++;
    if (requests === 1) res.writeHead(503, { "retry-after-ms": "20", "x-request-id": "req_1" }).end();
    else res.writeHead(200, { "content-type": "application/json", "x-request-id": "req_2" }).end(ANSWER);
  });
  const { response, request_id } = await server.client({ maxRetries: 1 }).chat.completions.create(hi()).withResponse();
  assert.deepStrictEqual([response.status, request_id], [200, "req_2"]);
});
