// One client for many requests at a time: AsyncLocalStorage tells whose routing metadata came.
//   in this repository: npm run example concurrent-capture
//   in a project:       npm install auriko-wasm openai
import { AsyncLocalStorage } from "node:async_hooks";
import { RoutingOptions } from "auriko-wasm";
import { AurikoOpenAI } from "auriko-wasm/openai";

const request = new AsyncLocalStorage();
// It is called in the async context of the request. client.lastRoutingMetadata would be that of any of them.
const client = new AurikoOpenAI({ onResponse: (metadata) => request.getStore()?.push(metadata) });

/** What an answer said, and the routing metadata of the requests that it took. */
async function ask(optimize, content) {
  const metadata = [];
  const text = await request.run(metadata, async () => {
    const completion = await client.chat.completions.create({
      model: "gpt-5.4",
      messages: [{ role: "user", content }],
      ...new RoutingOptions({ optimize }).toExtraBody(),
    });
    return completion.choices[0].message.content;
  });
  return { text, metadata };
}

const strategies = ["cost", "ttft", "tps", "balanced"];
const answers = await Promise.all(strategies.map((strategy) => ask(strategy, `Name a virtue of ${strategy}.`)));
for (const [index, { text, metadata }] of answers.entries()) {
  const [{ routing_strategy, provider, cost }] = metadata;
  console.log(`${strategies[index]}: ${routing_strategy} chose ${provider} for $${cost?.usd}\n  ${text}`);
}
