// OpenAI's own client, configured by hand: what works on Auriko without AurikoOpenAI, and what client.fetch adds.
//   in this repository: npm run example openai-manual
//   in a project:       npm install auriko-wasm openai
import { AurikoClient, BadRequestError, RoutingOptions, toAurikoError } from "auriko-wasm";
import OpenAI from "openai";

const auriko = new AurikoClient();
const client = new OpenAI({
  // Said here, since OpenAI's client reads OPENAI_API_KEY and OPENAI_BASE_URL.
  apiKey: process.env.AURIKO_API_KEY,
  baseURL: auriko.baseUrl,
  // Not needed for the answers. It hears of the routing metadata of everything, streams included.
  fetch: auriko.fetch,
});

const messages = [{ role: "user", content: "Say hello in one sentence." }];
const stream = await client.chat.completions.create({
  model: "gpt-5.4",
  messages,
  stream: true,
  ...new RoutingOptions({ optimize: "cost" }).toExtraBody(),
});
for await (const chunk of stream) process.stdout.write(chunk.choices[0]?.delta?.content ?? "");
console.log(`\nserved by ${auriko.lastRoutingMetadata?.provider}`);

try {
  await client.chat.completions.create({ model: "gpt-5.4", messages, temperature: 99 });
} catch (error) {
  const known = toAurikoError(error);
  if (!(known instanceof BadRequestError)) throw known;
  console.log(`${known.name} of ${known.param}: ${known.message}`);
}
