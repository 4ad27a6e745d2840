// @ts-check
// The globals of the Agents SDK, in a process of their own.
import assert from "node:assert/strict";
import { test } from "node:test";
import { run as runAgent, setDefaultOpenAIClient, setOpenAIAPI } from "@openai/agents";
import { Run } from "../local.mjs";
import { agentOf, clients } from "./clients.mjs";

test("setDefaultOpenAIClient and setOpenAIAPI; a second client after the first run is ignored", async () => {
  const [first, second] = [new Run(), new Run()];
  const [{ make }] = clients;
  const client = make(first.url());
  setDefaultOpenAIClient(client);
  // Without it the SDK uses the Responses API.
  setOpenAIAPI("chat_completions");
  const result = await runAgent(agentOf(), "echo: Hi");
  assert.equal(result.finalOutput, "Hi");
  assert.notEqual(client.lastRoutingMetadata, null);
  assert.match(first.log[0].url, /\/chat\/completions$/);
  setDefaultOpenAIClient(make(second.url()));
  await runAgent(agentOf(), "Hi");
  assert.deepEqual([first.log.length, second.log.length], [2, 0]);
});
