// Streams one routed completion: the text as it arrives, then where it was routed.
// With AURIKO_API_KEY set it asks the real service, else the local gateway.
import { AurikoClient, RoutingOptions } from "auriko-wasm";
import { startGateway } from "../../gateway/server.mjs";

const gateway = process.env.AURIKO_API_KEY ? null : await startGateway({ pace: 30 });
const client = gateway ? new AurikoClient({ apiKey: "ak_test_local", baseUrl: gateway.url }) : new AurikoClient();
console.log(gateway ? `local gateway at ${gateway.url} (set AURIKO_API_KEY for the real one)\n` : "Auriko\n");

try {
  const stream = await client.chat.completions.create({
    model: "gpt-5.4",
    messages: [{ role: "user", content: "Say hello in one sentence." }],
    stream: true,
    ...new RoutingOptions({ optimize: "cost" }).toExtraBody(),
  });
  for await (const chunk of stream) process.stdout.write(chunk.choices[0]?.delta?.content ?? "");
  console.log("\n\nrouting metadata:", stream.routingMetadata);
  console.log("usage:", stream.usage);
} finally {
  await gateway?.close();
}
