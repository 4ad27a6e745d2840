// The parameters of a chat completion.
// What stands below a `@ts-expect-error` has to fail to compile, all else to pass. Nothing here runs.

import type { AssistantMessage, ChatCompletion, ChatCompletionCreateParams, ChatMessage } from "auriko-wasm";
import { type AurikoClient, Mode } from "auriko-wasm";

declare const client: AurikoClient;
declare const completion: ChatCompletion;
const { create } = client.chat.completions;
const messages: ChatMessage[] = [{ role: "user", content: "Hi" }];

// All documented parameters.
const everything: ChatCompletionCreateParams = {
  messages: [
    { role: "system", content: "Be brief." },
    { role: "developer", content: "Be kind.", name: "dev" },
    {
      role: "user",
      content: [
        { type: "text", text: "What is this?", cache_control: { type: "ephemeral" } },
        { type: "image_url", image_url: { url: "data:image/png;base64,AA==", detail: "low" } },
      ],
    },
    {
      role: "assistant",
      content: null,
      tool_calls: [
        { id: "c1", type: "function", function: { name: "look", arguments: "{}" }, provider_signature: "s" },
      ],
      reasoning: [
        { type: "thinking", thinking: "Hm.", signature: "s" },
        { type: "redacted", data: "d" },
      ],
    },
    { role: "tool", content: "A cat.", tool_call_id: "c1" },
    { role: "function", content: null, name: "old" },
  ],
  model: "gpt-5.4:cost",
  stream: null,
  temperature: 0.5,
  top_p: 1,
  max_tokens: null,
  max_completion_tokens: 100,
  reasoning_effort: "xhigh",
  reasoning: { exclude: true },
  frequency_penalty: 0,
  presence_penalty: 0,
  top_k: 1,
  min_p: 0,
  top_a: 0,
  repetition_penalty: 1,
  stop: ["a"],
  seed: 1,
  n: 1,
  tools: [{ type: "function", function: { name: "look", parameters: { type: "object" }, strict: true } }],
  tool_choice: { type: "function", function: { name: "look" } },
  parallel_tool_calls: false,
  response_format: { type: "json_schema", json_schema: { name: "answer", schema: { type: "object" } } },
  stream_options: { include_usage: true },
  logprobs: true,
  top_logprobs: 2,
  logit_bias: { "50256": -100 },
  user: "u",
  web_search_options: {},
  verbosity: "low",
  prompt_cache_key: "k",
  safety_identifier: "s",
  gateway: {
    routing: { optimize: "ttft", weights: { cost: 1 } },
    metadata: { tags: ["a"], custom_fields: { a: "b" } },
  },
  extensions: { anthropic: { thinking: {} }, mistral: { safe_prompt: true } },
  extra_body: { gateway: { routing: { newer_than_the_types: 1 } }, anything: 1 },
};
await create(everything);
await create({ ...everything, stream: true });
await create({ messages, gateway: { models: ["a", "b"], routing: { mode: Mode.FALLBACK } } } as const);
await create({ model: "m", messages, prompt_cache_retention: "24h", functions: [] });

// Parameters whose type is an interface of one's own.
interface MyParams {
  model: string;
  messages: AssistantMessage[];
  temperature?: number;
}
declare const mine: MyParams;
await create(mine);

// An answer can be sent back.
const answer = completion.choices[0]?.message;
if (answer) await create({ model: "m", messages: [...messages, answer, { role: "user", content: "And?" }] });

// @ts-expect-error: there is nothing to send without messages
await create({ model: "m" });
// @ts-expect-error: a misspelt role
await create({ model: "m", messages: [{ role: "usr", content: "Hi" }] });
// @ts-expect-error: a tool message answers a call
await create({ model: "m", messages: [{ role: "tool", content: "Hi" }] });
// @ts-expect-error: a member that a message does not have
await create({ model: "m", messages: [{ role: "user", contents: "Hi" }] });
// @ts-expect-error: a misspelt value
await create({ model: "m", messages, reasoning_effort: "hgih" });
// @ts-expect-error: this value only exists in the Responses API
await create({ model: "m", messages, reasoning_effort: "minimal" });
// @ts-expect-error: a number, not a text
await create({ model: "m", messages, temperature: "0.5" });
// @ts-expect-error: a strategy that does not exist
await create({ model: "m", messages, gateway: { routing: { optimize: "cheap" } } });
// @ts-expect-error: a level too high
await create({ model: "m", messages, gateway: { optimize: "cost" } });
// @ts-expect-error: a schema needs a name
await create({ model: "m", messages, response_format: { type: "json_schema", json_schema: { schema: {} } } });
// @ts-expect-error: the Responses API has flat tools, this one has not
await create({ model: "m", messages, tools: [{ type: "function", name: "look" }] });
