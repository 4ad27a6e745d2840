// @ts-check
// B. Chunks that are odd and no error, tool calls, and what a stream tells of itself at its end.
import { conformance } from "../harness.mjs";
import { apis, chat, readings, responses, TEXT } from "./apis.mjs";

for (const api of apis) {
  conformance(
    "41",
    `JSON that is no object is a typed error; an object without members is a chunk (${api.name})`,
    async (t) => {
      for (const v of ["null", "number", "string", "array", "true", "object"]) {
        const good = v === "object";
        const stream = await api.stream(t, t.scenario(`odd-json;v=${v}`));
        const { chunks, error } = await t.drain(stream);
        t.expect(error?.code).to.equal(good ? undefined : "invalid_chunk", v);
        t.expect(error === undefined || error instanceof t.auriko.APIStatusError).to.equal(true, v);
        t.expect(api.text(chunks)).to.equal(good ? TEXT : "", v);
        if (good) t.expect(chunks[1]).to.deep.equal({});
        else t.expect(chunks).to.have.length(1, v);
        t.expect(stream.completed).to.equal(good, v);
      }
    },
  );

  conformance("42", `odd members are passed through, and unknown ones stay readable (${api.name})`, async (t) => {
    const plain = await t.drain(await api.stream(t, t.client()));
    const stream = await api.stream(t, t.scenario("odd-chunks"));
    const { chunks, error } = await t.drain(stream);
    t.expect(error).to.equal(undefined);
    t.expect(stream.completed).to.equal(true);
    const odd = chunks.length - plain.chunks.length;
    t.expect(odd).to.equal(api === chat ? 9 : 3);
    t.expect([chunks[0], ...chunks.slice(odd + 1)].map((each) => api.text([each])).join("")).to.equal(TEXT);
    if (api === responses) {
      t.expect(chunks[1]).to.deep.equal({ type: "response.unheard_of", sequence_number: 0, x_new: 1 });
      return;
    }
    const unknown = chunks.find((chunk) => "x_new" in chunk);
    t.expect([unknown.x_new, unknown.choices[0].delta.x_delta]).to.deep.equal([{ a: [1, "é"] }, true]);
    t.expect(chunks.some((chunk) => chunk.choices === null) && chunks.some((chunk) => !("choices" in chunk))).to.equal(
      true,
    );
    t.expect(chunks.map((chunk) => chunk.choices?.[0]?.finish_reason).filter(Boolean)).to.deep.equal(["because"]);
  });
}

conformance("42", "every way of reading copes with odd members", async (t) => {
  for (const [name, read] of readings) {
    const stream = await chat.stream(t, t.scenario("odd-chunks"));
    t.expect(await read(t, stream)).to.deep.equal({ text: TEXT, error: undefined }, name);
    t.expect(stream.completed).to.equal(true, name);
  }
  const completion = await (await chat.stream(t, t.scenario("odd-chunks"))).finalCompletion();
  t.expect(completion.choices[0].finish_reason).to.equal("because");
});

/** What the scenario `tool-calls` calls. */
const CALLS = [
  ["get_weather", { city: "Zürich", days: 3, note: 'a "quoted" word \\ and 🦀' }],
  ["get_time", { zone: "Asia/東京", exact: true }],
];

conformance("43", "tool calls whose arguments come interleaved are put together by their index", async (t) => {
  for (const options of [{}, { headers: { "x-gateway-cut": "all" } }, { headers: { "x-gateway-cut": "split" } }]) {
    const { chunks, error } = await t.drain(await chat.stream(t, t.scenario("tool-calls"), options));
    t.expect(error).to.equal(undefined);
    const order = chunks.flatMap((chunk) => chunk.choices[0]?.delta.tool_calls ?? []).map((call) => call.index);
    t.expect(order.join("")).to.include("010", "they are interleaved");
    const completion = await (await chat.stream(t, t.scenario("tool-calls"), options)).finalCompletion();
    const { message, finish_reason } = completion.choices[0];
    t.expect([message.content, finish_reason]).to.deep.equal([null, "tool_calls"]);
    t.expect(message.tool_calls.map((/** @type {any} */ call) => call.type)).to.deep.equal(["function", "function"]);
    t.expect(new Set(message.tool_calls.map((/** @type {any} */ call) => call.id)).size).to.equal(2);
    const calls = message.tool_calls.map((/** @type {any} */ call) => [
      call.function.name,
      JSON.parse(call.function.arguments),
    ]);
    t.expect(calls).to.deep.equal(CALLS);
  }
});

conformance("43", "function calls whose arguments come interleaved keep their place (responses)", async (t) => {
  const { chunks, error } = await t.drain(await responses.stream(t, t.scenario("tool-calls")));
  t.expect(error).to.equal(undefined);
  for (const [place, [name, args]] of CALLS.entries()) {
    const own = chunks.filter(({ output_index }) => output_index === place);
    const text = own
      .map(({ type, delta }) => (type === "response.function_call_arguments.delta" ? delta : ""))
      .join("");
    t.expect(JSON.parse(text)).to.deep.equal(args);
    t.expect(own.at(-1).item).to.include({ name, arguments: text });
  }
});

conformance("45", "usage and routing metadata of the last chunk are on the stream, however it is read", async (t) => {
  for (const [name, read] of readings) {
    const client = t.client();
    const stream = await chat.stream(t, client);
    t.expect([stream.usage, stream.routingMetadata, client.lastRoutingMetadata]).to.deep.equal([null, null, null]);
    await read(t, stream);
    t.expect(stream.usage.total_tokens).to.equal(stream.usage.prompt_tokens + stream.usage.completion_tokens, name);
    t.expect(stream.routingMetadata.provider).to.be.a("string", name);
    t.expect(client.lastRoutingMetadata).to.deep.equal(stream.routingMetadata, name);
  }
  const stream = await chat.stream(t, t.client());
  const { chunks } = await t.drain(stream);
  t.expect(stream.usage).to.deep.equal(chunks.at(-1).usage);
  t.expect(stream.routingMetadata).to.deep.equal(chunks.at(-1).routing_metadata);
});
