// Two agents of the OpenAI Agents SDK: the first hands over, the second calls a tool and streams its answer.
// Each routes in its own way.
//   in this repository: npm run example agents
//   in a project:       npm install auriko-wasm openai @openai/agents zod
import { Agent, handoff, OpenAIProvider, Runner, setTracingDisabled, tool } from "@openai/agents";
import { RoutingOptions } from "auriko-wasm";
import { AurikoOpenAI } from "auriko-wasm/openai";
import { z } from "zod";

// With a key of OpenAI in the environment, tracing would send the prompts there.
setTracingDisabled(true);

const client = new AurikoOpenAI({
  onResponse: ({ model_canonical, provider, routing_strategy, cost }) =>
    console.log(`\n[${model_canonical} by ${provider}, for ${routing_strategy}: $${cost?.usd}]`),
});
const runner = new Runner({ modelProvider: new OpenAIProvider({ openAIClient: client, useResponses: false }) });

const getWeather = tool({
  name: "get_weather",
  description: "The weather of a city",
  parameters: z.object({ city: z.string() }),
  execute: ({ city }) => `It is sunny in ${city}, 21 °C.`,
});

const meteorologist = new Agent({
  name: "Meteorologist",
  handoffDescription: "Answers questions about the weather",
  instructions: "Answer in one sentence. Look the weather up.",
  model: "gpt-5.4",
  tools: [getWeather],
  modelSettings: { providerData: new RoutingOptions({ optimize: "ttft" }).toExtraBody() },
});

const receptionist = new Agent({
  name: "Receptionist",
  instructions: "Hand each question over to the agent who can answer it.",
  model: "gpt-5.4",
  // Who takes over sees the question, and not the handing over.
  handoffs: [handoff(meteorologist, { inputFilter: (data) => ({ ...data, newItems: [] }) })],
  modelSettings: { providerData: new RoutingOptions({ optimize: "cost" }).toExtraBody() },
});

const result = await runner.run(receptionist, "What is the weather in Paris?", { stream: true });
for await (const event of result) {
  if (event.type === "agent_updated_stream_event") console.log(`\n${event.agent.name}:`);
  else if (event.type === "run_item_stream_event" && event.name === "tool_called") console.log("calls a tool");
  else if (event.type === "raw_model_stream_event" && event.data.type === "output_text_delta")
    process.stdout.write(event.data.delta);
}
await result.completed;
console.log(`\nanswered by the ${result.lastAgent?.name}`);
