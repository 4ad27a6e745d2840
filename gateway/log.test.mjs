// @ts-check
import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { test } from "node:test";
import { gatewayForThisFile, until, user } from "./harness.mjs";
import { startGateway } from "./server.mjs";

const gateway = gatewayForThisFile();

test("the log has what the client sent and when what happened", async () => {
  const { log } = gateway.running;
  log.length = 0;
  const body = { model: "gpt-5.4", messages: user("Hi"), stream: true };
  const response = await gateway.post("/v1/chat/completions?x=1", body);
  const text = await response.text();
  assert.equal(log.length, 1);
  const [record] = log;
  assert.equal(record.id, response.headers.get("x-request-id"));
  assert.equal(record.method, "POST");
  assert.equal(record.url, "/v1/chat/completions?x=1");
  assert.equal(record.headers.authorization, "Bearer ak_test_local");
  assert.equal(record.body, JSON.stringify(body));
  assert.deepEqual(record.json, body);
  assert.equal(record.status, 200);
  assert.equal(record.clientGoneAt, null);
  assert.equal(record.bytesWritten, Buffer.byteLength(text));
  await until(() => record.endedAt !== null);
  const { startedAt, respondedAt, endedAt } = record;
  assert.ok(startedAt <= Number(respondedAt) && Number(respondedAt) <= Number(endedAt));
});

test("over HTTP it is read and cleared, whole or by run; reading it is not logged", async () => {
  await gateway.call("/_log", { method: "DELETE" });
  await gateway.call("/v1/me", { headers: { "x-test-run": "a" } });
  await gateway.call("/v1/me?run=b");
  await gateway.call("/v1/nothing");
  const read = async (query = "") => (await gateway.call(`/_log${query}`)).json();
  assert.deepEqual(
    (await read()).map((/** @type {any} */ record) => [record.run, record.status]),
    [
      ["a", 200],
      ["b", 200],
      [null, 404],
    ],
  );
  assert.equal((await read("?run=a")).length, 1);
  await gateway.call("/_log?run=a", { method: "DELETE" });
  assert.deepEqual(
    (await read()).map((/** @type {any} */ record) => record.run),
    ["b", null],
  );
  await gateway.call("/_log", { method: "DELETE" });
  assert.deepEqual(await read(), []);
});

test("a client that goes away in the middle of a stream stops it and is recorded", async () => {
  const { log } = gateway.running;
  log.length = 0;
  const id = await gateway.record(Array(1000).fill('{"choices":[]}'));
  const abort = new AbortController();
  const response = await gateway.post(
    "/v1/chat/completions",
    { model: "gpt-5.4", messages: user("Hi"), stream: true },
    { "x-replay": id, "x-gateway-pace": "5" },
    abort.signal,
  );
  await response.body?.getReader().read();
  assert.equal(log[0].clientGoneAt, null);
  abort.abort();
  await until(() => log[0].clientGoneAt !== null);
  assert.equal(log[0].endedAt, log[0].clientGoneAt);
  assert.ok(log[0].bytesWritten < 900 * '{"choices":[]}'.length, "the work stopped");
});

test("a client that goes away before it has sent its body is recorded too", async (t) => {
  const complaints = t.mock.method(console, "error", () => {});
  const { log, port } = gateway.running;
  log.length = 0;
  const socket = connect(port, "127.0.0.1");
  await once(socket, "connect");
  socket.write("POST /v1/me HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{");
  await until(() => log.length === 1);
  socket.destroy();
  await until(() => log[0].clientGoneAt !== null);
  assert.equal(log[0].status, null);
  assert.equal(complaints.mock.callCount(), 0);
});

test("with keepAlive false each request has a connection of its own, and each answer says so", async (t) => {
  const { url, log, close } = await startGateway({ keepAlive: false });
  t.after(close);
  for (let call = 0; call < 2; call += 1) {
    const response = await fetch(`${url}/v1/models`, { headers: { authorization: "Bearer ak_test_local" } });
    assert.deepEqual([response.status, response.headers.get("connection")], [200, "close"]);
    await response.text();
  }
  assert.notEqual(log[0].connection, log[1].connection);
});
