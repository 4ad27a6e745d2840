// A process of its own: from the import to the first request, in milliseconds.
const begin = performance.now();
const { AurikoClient } = await import("auriko-wasm");
const client = new AurikoClient({
  apiKey: "ak_bench",
  baseUrl: "https://api.example/v1",
  fetch: async () => {
    console.log(performance.now() - begin);
    process.exit();
  },
});
await client.chat.completions.create({ model: "gpt-5.4", messages: [{ role: "user", content: "Hi" }] });
