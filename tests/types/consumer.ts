// What users write first: a client, a completion, a stream.
// What stands below a `@ts-expect-error` has to fail to compile, all else to pass. Nothing here runs.

import type * as Public from "auriko-wasm";
import type {
  APIPromise,
  ChatCompletion,
  ChatCompletionChunk,
  ChatMessage,
  Received,
  RequestOptions,
  RoutingMetadata,
  Usage,
} from "auriko-wasm";
import { AurikoClient, ChatCompletionStream, RoutingOptions } from "auriko-wasm";
import { same } from "./same.js";

new AurikoClient();
new AurikoClient({});
new AurikoClient({ apiKey: null, baseUrl: "/api/v1" });
new AurikoClient({ apiKey: undefined, baseURL: "https://example.com", timeout: 1000, maxRetries: 0 });
new AurikoClient({ fetch, dangerouslyAllowBrowser: true, defaultHeaders: new Headers({ a: "b" }) });
new AurikoClient({ fetch: async () => new Response("{}"), defaultHeaders: { a: "b", authorization: null } });
new AurikoClient({ fetch: (url, init) => globalThis.fetch(url, { ...init, cache: "no-store" } as RequestInit) });
new AurikoClient({ defaultHeaders: [["a", "b"]] });
new AurikoClient({ defaultHeaders: new Map([["a", "b"]]) });

// @ts-expect-error: what is not exported is not visible either
export type NotExported = Public.Overlaid<object, object>;
// @ts-expect-error: shared among the files of pkg/types
export type Shared = Public.Unlisted;
// @ts-expect-error: shared with the core
export type Internal = Public.StreamSource;

const seen: RoutingMetadata[] = [];
new AurikoClient({ onResponse: (metadata) => console.log(metadata.cost?.usd.toFixed(6)) });
new AurikoClient({ onResponse: (metadata) => seen.push(metadata) });
new AurikoClient({
  onResponse: ({ provider }) => {
    provider.trim();
  },
});
new AurikoClient({ onResponse: (metadata) => new Map([[metadata.provider, metadata]]) });
new AurikoClient({ onResponse: () => {} });
// @ts-expect-error: it is not awaited
new AurikoClient({ onResponse: async () => {} });
// @ts-expect-error: nor is a promise that is returned
new AurikoClient({ onResponse: (metadata) => Promise.resolve(metadata) });
// @ts-expect-error: a misspelt option
new AurikoClient({ apikey: "ak_x" });
// @ts-expect-error: milliseconds, not a text
new AurikoClient({ timeout: "60s" });
// @ts-expect-error: the headers of a message are texts
new AurikoClient({ defaultHeaders: { a: 1 } });

const client = new AurikoClient({ apiKey: "ak_x" });
same<typeof client.baseUrl, string>();
same<typeof client.timeout, number>();
same<typeof client.lastRoutingMetadata, RoutingMetadata | null>();
// @ts-expect-error: what a client was constructed with stays
client.timeout = 5;

// ── Chat completions ──

const messages: ChatMessage[] = [{ role: "user", content: "Hi" }];
const completion = await client.chat.completions.create({ model: "gpt-5.4", messages });
same<typeof completion, Received<ChatCompletion>>();
completion.choices[0]?.message.content?.trim();
completion.routing_metadata?.cost?.usd.toFixed(6);
completion.usage?.completion_tokens_details?.reasoning_tokens?.toFixed();
completion._request_id?.trim();
completion.responseHeaders.get("x-ratelimit-remaining-requests")?.trim();
// @ts-expect-error: a misspelt member
completion.choises;
// @ts-expect-error: there may be no answer
completion.choices[0].message;

const stream = await client.chat.completions.create({
  model: "gpt-5.4",
  messages: [{ role: "user", content: "Hi" }],
  stream: true,
  ...new RoutingOptions({ optimize: "cost" }).toExtraBody(),
});
same<typeof stream, ChatCompletionStream>();
for await (const chunk of stream) {
  same<typeof chunk, ChatCompletionChunk>();
  const text: string = chunk.choices[0]?.delta.content ?? "";
  chunk.choices[0]?.delta?.tool_calls?.[0]?.function?.arguments?.concat(text);
}
stream.routingMetadata?.provider.trim();
stream.routingMetadata?.warnings?.[0]?.code.trim();
same<typeof stream.usage, Usage | null>();
const headers: Headers = stream.responseHeaders;
void headers;
same<typeof stream.requestId, string | null>();
same<typeof stream.controller, AbortController>();
same<typeof stream.completed, boolean>();
stream.controller.abort(new Error("enough"));
await stream.close();
const readable: ReadableStream<ChatCompletionChunk> = stream;
const [left, right] = stream.tee();
same<typeof left, ChatCompletionStream>();
for await (const text of stream.textStream) same<typeof text, string>();
const text: ReadableStream<string> = stream.textStream;
await stream.textStream.close();
const lines: ReadableStream<Uint8Array> = stream.toReadableStream();
const whole = await stream.finalCompletion();
whole.choices[0]?.message.tool_calls?.[0]?.function.arguments.trim();
same<typeof whole._request_id, string | null>();
stream.responseHeaders.creditsBalanceMicrodollars?.toFixed();
const iterable: AsyncIterable<ChatCompletionChunk> = stream;
const first = await stream.values().next();
if (!first.done) first.value.choices.length;
const iterator = stream[Symbol.asyncIterator]();
await iterator.return?.();
void stream.pipeThrough(new TransformStream<ChatCompletionChunk, string>());
void [readable, left, right, iterable, text, lines];
const anything: unknown = stream;
if (anything instanceof ChatCompletionStream) anything.routingMetadata?.provider;
// @ts-expect-error: streams come from `create`
new ChatCompletionStream();
// @ts-expect-error: read-only
stream.completed = true;

declare const asked: boolean;
const either = await client.chat.completions.create({ model: "gpt-5.4", messages, stream: asked });
if (either instanceof ChatCompletionStream) same<typeof either, ChatCompletionStream>();
else either.choices.length;
same<Awaited<ReturnType<typeof never>>, Received<ChatCompletion>>();
const never = () => client.chat.completions.create({ model: "gpt-5.4", messages, stream: false });

const { create } = client.chat.completions;
const promise = create({ model: "gpt-5.4", messages }, { timeout: 5_000, maxRetries: 0, idempotencyKey: "a" });
same<typeof promise, APIPromise<Received<ChatCompletion>>>();
const { data, response, request_id } = await promise.withResponse();
same<typeof data, Received<ChatCompletion>>();
same<typeof response, Response>();
same<typeof request_id, string | null>();
same<Awaited<ReturnType<typeof promise.asResponse>>, Response>();
const { data: streamed } = await create({ model: "gpt-5.4", messages, stream: true }).withResponse();
same<typeof streamed, ChatCompletionStream>();
const settled: PromiseSettledResult<ChatCompletion>[] = await Promise.allSettled([promise, promise]);
void settled;

const options: RequestOptions = { signal: AbortSignal.timeout(1_000), headers: { "x-trace": "1", "user-agent": null } };
await create({ model: "gpt-5.4", messages }, options);
await create({ model: "gpt-5.4", messages }, { signal: undefined, timeout: undefined });
// @ts-expect-error: options are the second argument
await create({ model: "gpt-5.4", messages }, { sginal: AbortSignal.abort() });
