// The AI SDK on Auriko: a streamed answer with a tool, and which provider served each step.
//   in this repository: npm run example ai-sdk
//   in a project:       npm install auriko-wasm ai @ai-sdk/openai-compatible zod
//                       (on Node.js 20: ai@6 @ai-sdk/openai-compatible@2)
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { stepCountIs, streamText, tool } from "ai";
import { AurikoClient, aurikoMetadataExtractor, RoutingOptions, toAurikoError } from "auriko-wasm";
import { z } from "zod";

const client = new AurikoClient();
const auriko = createOpenAICompatible({
  name: "auriko",
  baseURL: client.baseUrl,
  fetch: client.fetch,
  includeUsage: true,
  supportsStructuredOutputs: true,
  metadataExtractor: aurikoMetadataExtractor,
});

const result = streamText({
  model: auriko("gpt-5.4"),
  prompt: "What is the weather in Paris?",
  tools: {
    get_weather: tool({
      description: "The weather of a city",
      inputSchema: z.object({ city: z.string() }),
      execute: async ({ city }) => `It is sunny in ${city}, 21 °C.`,
    }),
  },
  stopWhen: stepCountIs(3),
  providerOptions: { auriko: { ...new RoutingOptions({ optimize: "cost" }).toExtraBody() } },
  // What the service refuses or reports in the stream: the text below just ends.
  onError: ({ error }) => console.error(toAurikoError(error)),
});
try {
  for await (const text of result.textStream) process.stdout.write(text);
  for (const { stepNumber, providerMetadata } of await result.steps) {
    const routing = providerMetadata?.auriko?.routingMetadata;
    console.log(`\nstep ${stepNumber} was served by ${routing?.provider} for $${routing?.cost?.usd}`);
  }
} catch (error) {
  // A connection that broke, or steps of an answer that never came.
  console.error(error);
  process.exitCode = 1;
}
