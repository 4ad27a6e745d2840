// @ts-check
// Where the Agents SDK sends what it has traced, in a process of its own.
import assert from "node:assert/strict";
import { test } from "node:test";
import { getGlobalTraceProvider, setTracingDisabled } from "@openai/agents";
import { Run } from "../local.mjs";
import { agentOf, clients, runnerOf } from "./clients.mjs";

test("with a key of OpenAI and tracing on, the prompts of Auriko's runs go to OpenAI", async (t) => {
  process.env.OPENAI_API_KEY = "sk-openai";
  /** @type {{ url: string, authorization: string, body: string }[]} */
  const elsewhere = [];
  const { fetch } = globalThis;
  t.mock.method(globalThis, "fetch", async (/** @type {any} */ url, /** @type {any} */ init) => {
    if (!String(url).startsWith("https:")) return fetch(url, init);
    elsewhere.push({ url, authorization: init.headers.Authorization, body: init.body });
    return new Response();
  });
  const traced = async () => {
    const [{ make }] = clients;
    await runnerOf(make(new Run().url())).run(agentOf(), "a confidential prompt");
    await getGlobalTraceProvider().forceFlush();
    return elsewhere;
  };
  assert.deepEqual(await traced(), []);
  setTracingDisabled(false);
  const [{ url, authorization, body }] = await traced();
  assert.equal(url, "https://api.openai.com/v1/traces/ingest");
  assert.equal(authorization, "Bearer sk-openai");
  assert.match(body, /a confidential prompt/);
});
