// LangChain on Auriko: a streamed answer. LangChain drops the routing metadata, so the client hears of it.
//   in this repository: npm run example langchain
//   in a project:       npm install auriko-wasm @langchain/openai @langchain/core
import { ChatPromptTemplate } from "@langchain/core/prompts";
import { ChatOpenAI } from "@langchain/openai";
import { AurikoClient, RoutingOptions, toAurikoError } from "auriko-wasm";

const client = new AurikoClient();
const model = new ChatOpenAI({
  model: "gpt-5.4",
  // Said here, or LangChain looks for OPENAI_API_KEY.
  apiKey: process.env.AURIKO_API_KEY,
  configuration: { baseURL: client.baseUrl, fetch: client.fetch },
  modelKwargs: new RoutingOptions({ optimize: "tps" }).toExtraBody(),
});
const chain = ChatPromptTemplate.fromTemplate("Say {what} in one sentence.").pipe(model);

try {
  for await (const chunk of await chain.stream({ what: "hello" })) process.stdout.write(chunk.text);
} catch (error) {
  throw toAurikoError(error);
}
const { provider, throughput_tps } = client.lastRoutingMetadata;
console.log(`\nserved by ${provider}, at ${throughput_tps} tokens per second`);
