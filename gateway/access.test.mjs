// @ts-check
// The key, the error envelope, the headers, CORS, unknown paths.
import assert from "node:assert/strict";
import { test } from "node:test";
import { gatewayForThisFile, user } from "./harness.mjs";
import { CODES } from "./http/errors.mjs";

const gateway = gatewayForThisFile();

test("a missing key and a wrong key are 401 with the documented envelope", async () => {
  for (const authorization of ["", "Bearer wrong", "Basic ak_test_local", "Bearer ak_test_local2"]) {
    const response = await gateway.call("/v1/me", { headers: { authorization } });
    assert.equal(response.status, 401);
    assert.equal(response.headers.get("content-type"), "application/json; charset=utf-8");
    const { error } = await response.json();
    assert.equal(error.type, "authentication_error");
    assert.equal(error.code, "invalid_api_key");
    assert.equal(error.param, null);
    assert.equal(error.doc_url, "https://docs.auriko.ai/errors/invalid_api_key");
    assert.ok(!JSON.stringify(error).includes("wrong"), "the key is not repeated");
  }
});

test("the key is checked before the body", async () => {
  const response = await gateway.post("/v1/chat/completions", "no json", { authorization: "Bearer wrong" });
  assert.equal(response.status, 401);
});

test("the catalogue is public", async () => {
  for (const path of ["/v1/registry/models", "/v1/registry/providers", "/v1/directory/models"]) {
    assert.equal((await fetch(gateway.running.url + path)).status, 200, path);
  }
});

test("every answer has a request id of its own; keyed answers have the account headers", async () => {
  const [first, second] = [await gateway.chat({}), await gateway.chat({})];
  assert.notEqual(first.headers.get("x-request-id"), second.headers.get("x-request-id"));
  assert.match(String(first.headers.get("x-ratelimit-limit-requests")), /^\d+$/);
  assert.match(String(first.headers.get("x-ratelimit-remaining-requests")), /^\d+$/);
  assert.ok(!Number.isNaN(Date.parse(String(first.headers.get("x-ratelimit-reset-requests")))));
  const balances = [first, second].map((each) => Number(each.headers.get("x-credits-balance-microdollars")));
  assert.ok(balances[1] < balances[0], "a completion costs something");
  assert.ok((await gateway.call("/v1/nothing")).headers.has("x-request-id"));
});

test("what is not there is 404, and a wrong method is 405", async () => {
  for (const path of ["/", "/v1", "/v1/chat/completions/", "//v1/me", "/v1/embeddings", "/v1/models/"]) {
    const response = await gateway.call(path);
    assert.equal(response.status, 404, path);
    assert.equal((await response.json()).error.code, "resource_not_found");
  }
  const response = await gateway.call("/v1/chat/completions");
  assert.equal(response.status, 405);
  assert.equal(response.headers.get("allow"), "POST");
  assert.equal((await response.json()).error.code, "method_not_allowed");
});

test("a page of any origin may call it and read the documented headers", async () => {
  const preflight = await fetch(`${gateway.running.url}/v1/chat/completions`, {
    method: "OPTIONS",
    headers: {
      origin: "https://example.com",
      "access-control-request-method": "POST",
      "access-control-request-headers": "authorization,content-type,x-test-run",
      "access-control-request-private-network": "true",
    },
  });
  assert.equal(preflight.status, 204);
  assert.equal(preflight.headers.get("access-control-allow-origin"), "*");
  assert.equal(preflight.headers.get("access-control-allow-headers"), "authorization,content-type,x-test-run");
  assert.match(String(preflight.headers.get("access-control-allow-methods")), /POST/);
  assert.match(String(preflight.headers.get("access-control-max-age")), /^\d+$/);
  assert.equal(preflight.headers.get("access-control-allow-private-network"), "true");

  const refused = await gateway.call("/v1/me", { headers: { authorization: "Bearer wrong" } });
  assert.equal(refused.headers.get("access-control-allow-origin"), "*");
  assert.match(String(refused.headers.get("access-control-expose-headers")), /X-Request-ID.*Retry-After/);
});

test("the code table has the 63 documented codes", () => {
  assert.equal(CODES.size, 63);
  assert.deepEqual(CODES.get("rate_limit_exceeded"), { type: "rate_limit_error", status: 429 });
  assert.equal(CODES.get("__proto__"), undefined);
});

test("the scenario `status` gives any error, by header or by base URL", async () => {
  const body = { model: "gpt-5.4", messages: user("Hi") };
  const limited = await gateway.post("/v1/chat/completions", body, {
    "x-gateway-scenario": "status;code=rate_limit_exceeded;after=1",
  });
  assert.equal(limited.status, 429);
  assert.equal(limited.headers.get("retry-after"), "1");
  assert.equal(limited.headers.get("x-error-retryable"), "true");
  assert.equal((await limited.json()).error.type, "rate_limit_error");

  const odd = await gateway.post("/_scenario/status;status=400;code=__proto__/v1/chat/completions", body);
  assert.equal(odd.status, 400);
  const { error } = await odd.json();
  assert.equal(error.code, "__proto__");
  assert.equal(error.type, "invalid_request_error");
  assert.ok(!("doc_url" in error));

  const unknown = await gateway.post("/_scenario/nothing/v1/chat/completions", body);
  assert.equal(unknown.status, 400);
  assert.match((await unknown.json()).error.message, /known: status/);
});
