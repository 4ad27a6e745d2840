// Models, keys, and options put together elsewhere.
// What stands below a `@ts-expect-error` has to fail to compile, all else to pass. Nothing here runs.

import type { ClientOptions, Fetch, Identity, ModelList, Received, RequestOptions } from "auriko-wasm";
import { AurikoClient, type ChatCompletionStream } from "auriko-wasm";

declare const client: AurikoClient;
declare const options: RequestOptions;

const models: Received<ModelList> = await client.models.list();
models.data[0]?.providers?.[0]?.input_price.toFixed(2);
await client.models.list({ endpoint: "responses" }, { timeout: 1_000 });
await client.models.list(undefined, options);
(await client.models.retrieve("gpt-5.4")).context_window?.toFixed();
(await client.models.listDirectory()).models["gpt-5.4"]?.providers[0]?.tiers?.[0]?.cache_read_price?.toFixed();
(await client.models.listRegistry()).models[0]?.has_free_provider;
(await client.models.listProviders(options)).providers[0]?.display_name.trim();
const me: Identity = await client.me.get();
me.rate_limits.inference_rpm.toFixed();
// @ts-expect-error: an id
await client.models.retrieve();

function clientFor(apiKey: string | undefined, timeout?: number): AurikoClient {
  const given: ClientOptions = { apiKey, timeout, fetch: traced };
  return new AurikoClient(given);
}
const traced: Fetch = async (url, init) => {
  const answer = await fetch(url, init);
  console.log(url, answer.status);
  return answer;
};
void clientFor;
function read(source: ChatCompletionStream | string): void {
  if (source instanceof ReadableStream) source.completed;
  else source.trim();
}
void read;
