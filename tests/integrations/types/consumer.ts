// What a user of the integrations writes has to compile, and what is wrong must not.
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import type { JSONObject } from "@ai-sdk/provider";
import { ChatOpenAI } from "@langchain/openai";
import { OpenAIProvider, setDefaultOpenAIClient } from "@openai/agents";
import {
  AurikoClient,
  aurikoMetadataExtractor,
  GatewayOptions,
  RateLimitError as Main,
  RoutingOptions,
} from "auriko-wasm";
import { AurikoOpenAI, type AurikoOpenAIOptions, RateLimitError, toAurikoError } from "auriko-wasm/openai";
import OpenAI from "openai";
import { createOpenAICompatible as createOpenAICompatible3 } from "openai-compatible-3";

const options: AurikoOpenAIOptions = {
  apiKey: null,
  baseURL: "https://proxy.example/v1",
  timeout: 1000,
  onResponse: ({ provider, cost }) => console.log(provider, cost?.usd),
};
const client = new AurikoOpenAI(options);
const provider: string | undefined = client.lastRoutingMetadata?.provider;
const plain: OpenAI = client;
setDefaultOpenAIClient(client);
new OpenAIProvider({ openAIClient: client, useResponses: false });
const second: AurikoOpenAI = client.withOptions({ maxRetries: 0, onResponse: () => {} });
new AurikoOpenAI({ apiKey: async () => "ak" });

// @ts-expect-error onResponse is not awaited
new AurikoOpenAI({ onResponse: async () => {} });
// @ts-expect-error no such option
new AurikoOpenAI({ baseUrl: "https://proxy.example" });
// @ts-expect-error it is only told
client.lastRoutingMetadata = null;

const native = new AurikoClient();
new OpenAI({ baseURL: native.baseUrl, fetch: native.fetch });
new ChatOpenAI({
  configuration: { baseURL: native.baseUrl, fetch: native.fetch },
  modelKwargs: { ...new RoutingOptions({ optimize: "cost" }).toExtraBody() },
});
const routing: JSONObject = { ...new RoutingOptions({ optimize: "cost", providers: ["openai"] }).toExtraBody() };
const notes: JSONObject = { ...new GatewayOptions({ metadata: { tags: ["a"] } }).toExtraBody() };
const settings = {
  name: "auriko",
  baseURL: native.baseUrl,
  fetch: native.fetch,
  metadataExtractor: aurikoMetadataExtractor,
};
createOpenAICompatible(settings);
createOpenAICompatible3(settings);
// @ts-expect-error the Agents SDK runs with it, but it is no OpenAI
new OpenAIProvider({ openAIClient: native });
new OpenAIProvider({ openAIClient: native as unknown as OpenAI });

export function codeOf(failure: unknown): string | null {
  const error = toAurikoError(failure);
  if (error instanceof RateLimitError || error instanceof Main) return error.code;
  throw error;
}
export { notes, plain, provider, routing, second };
