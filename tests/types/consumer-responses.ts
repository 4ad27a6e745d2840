// The Responses API.
// What stands below a `@ts-expect-error` has to fail to compile, all else to pass. Nothing here runs.

import type {
  AurikoClient,
  Received,
  ResponseInputItem,
  ResponseObject,
  ResponseOutputItem,
  ResponseStream,
  ResponseStreamEvent,
  ResponseUsage,
} from "auriko-wasm";
import { RoutingOptions } from "auriko-wasm";
import { same } from "./same.js";

declare const client: AurikoClient;

const made2 = await client.responses.create({
  model: "gpt-5.4",
  input: "Hi",
  instructions: "Be brief.",
  tools: [
    { type: "function", name: "look", parameters: { type: "object" } },
    { type: "web_search", search_context_size: "low" },
    { type: "mcp", server_label: "a" },
  ],
  tool_choice: "auto",
  reasoning: { effort: "minimal", summary: "auto" },
  text: { format: { type: "json_schema", name: "answer", schema: {} } },
  metadata: { a: "b" },
  include: ["reasoning.encrypted_content"],
  store: false,
  gateway: new RoutingOptions({ optimize: "balanced" }),
  newer_than_the_types: 1,
});
same<typeof made2, Received<ResponseObject>>();
for (const item of made2.output) {
  switch (item.type) {
    case "message":
      item.content[0]?.text.trim();
      item.phase?.trim();
      break;
    case "function_call":
      same<typeof item.arguments, string>();
      break;
    case "reasoning":
      item.summary[0]?.text.trim();
      break;
    case "image_generation_call":
      item.result?.trim();
      break;
    default:
      same<typeof item.action, unknown>();
      if ((item.type as string) === "web_search_call") item.action;
  }
}
// Output can be sent back, and calls answered.
const next: ResponseInputItem[] = [
  ...made2.output,
  { type: "function_call_output", call_id: "c1", output: "A cat." },
  {
    role: "user",
    content: [
      { type: "input_text", text: "And?" },
      { type: "input_image", image_url: "https://a" },
    ],
  },
];
const events = await client.responses.create({ model: "gpt-5.4", input: next, stream: true });
same<typeof events, ResponseStream>();
for await (const event of events) {
  if (event.type === "response.output_text.delta") {
    same<typeof event.delta, string>();
    continue;
  }
  switch (event.type) {
    case "response.function_call_arguments.done":
      same<typeof event.arguments, string>();
      break;
    case "response.output_item.done":
      same<typeof event.item, ResponseOutputItem>();
      if (event.item.type === "function_call") event.item.call_id.trim();
      break;
    case "response.completed":
    case "response.incomplete":
    case "response.failed":
      event.response.error?.code.trim();
      break;
    case "response.created":
    case "response.in_progress":
    case "response.output_item.added":
    case "response.content_part.added":
    case "response.content_part.done":
    case "response.output_text.done":
    case "response.reasoning_summary_part.added":
    case "response.reasoning_summary_part.done":
    case "response.reasoning_summary_text.delta":
    case "response.reasoning_summary_text.done":
    case "response.function_call_arguments.delta":
      event.sequence_number?.toFixed();
      break;
    default: {
      const type: string = event.type;
      same<typeof event.anything, unknown>();
      if (type === "response.web_search_call.searching") console.log(event);
    }
  }
}
same<typeof events.completedResponse, ResponseObject | null>();
same<typeof events.usage, ResponseUsage | null>();
const readableEvents: ReadableStream<ResponseStreamEvent> = events;
void readableEvents;

// @ts-expect-error: there is nothing to send without input
await client.responses.create({ model: "m" });
// @ts-expect-error: a misspelt role
await client.responses.create({ model: "m", input: [{ role: "usr", content: "Hi" }] });
// @ts-expect-error: functions are flat here
await client.responses.create({ model: "m", input: "Hi", tools: [{ type: "function", function: { name: "look" } }] });
// @ts-expect-error: the server keeps nothing
await client.responses.create({ model: "m", input: "Hi", store: true });
// @ts-expect-error: a misspelt value
await client.responses.create({ model: "m", input: "Hi", reasoning: { effort: "hgih" } });
