// @ts-check
// The globals of the Agents SDK, in a process of their own.
import assert from "node:assert/strict";
import { test } from "node:test";
import { run as runAgent, setDefaultOpenAIClient, setOpenAIAPI } from "@openai/agents";
import { Run } from "../local.mjs";
import { agentOf, clients } from "./clients.mjs";

test("the API is responses until setOpenAIAPI; a second default client after the first run is ignored", async () => {
  const [first, second] = [new Run(), new Run()];
  const [{ make }] = clients;
  const client = make(first.url());
  setDefaultOpenAIClient(client);
  await runAgent(agentOf(), "Hi");
  assert.match(first.log[0].url, /\/responses$/);
  setOpenAIAPI("chat_completions");
  const result = await runAgent(agentOf(), "echo: Hi");
  assert.equal(result.finalOutput, "Hi");
  assert.notEqual(client.lastRoutingMetadata, null);
  assert.match(first.log[1].url, /\/chat\/completions$/);
  setDefaultOpenAIClient(make(second.url()));
  await runAgent(agentOf(), "Hi");
  assert.deepEqual([first.log.length, second.log.length], [3, 0]);
});
