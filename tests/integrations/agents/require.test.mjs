// @ts-check
// The Agents SDK loaded twice, in a process of its own: what the guide warns of.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";
import { run as runAgent, setDefaultOpenAIClient, setOpenAIAPI } from "@openai/agents";
import { Run, rejection } from "../local.mjs";
import { agentOf, clients } from "./clients.mjs";

test("defaults that were set in the imported copy are not those of the required one", async () => {
  delete process.env.OPENAI_API_KEY;
  const required = createRequire(import.meta.url)("@openai/agents");
  // The setting of the imported copy does not reach this one either.
  required.setTracingDisabled(true);
  const run = new Run();
  const [{ make }] = clients;
  setDefaultOpenAIClient(make(run.url()));
  setOpenAIAPI("chat_completions");
  const agent = new required.Agent({ name: "Assistant", instructions: "Answer.", model: "gpt-5.4" });
  // It has no client of its own, and no key to make one.
  assert.match(String(await rejection(required.run(agent, "Hi"))), /OPENAI_API_KEY|credentials/i);
  assert.equal(run.log.length, 0);
  required.setDefaultOpenAIClient(make(run.url()));
  required.setOpenAIAPI("chat_completions");
  assert.equal((await required.run(agent, "echo: Hi")).finalOutput, "Hi");
  await runAgent(agentOf(), "Hi");
  assert.equal(run.log.length, 2);
});
