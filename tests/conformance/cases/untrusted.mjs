// @ts-check
// K: what comes from elsewhere is data and nothing else, whatever its names are.
import { conformance } from "../harness.mjs";
import { depthOf } from "./large.mjs";
import { all, open } from "./streams.mjs";

/** @typedef {import("../harness.mjs").Context} Context */

/** Names that every object has already. */
const NAMES = ["__proto__", "constructor", "toString", "hasOwnProperty", "valueOf", "prototype", "__defineGetter__"];

/** Fails where something got onto the objects of everybody. @param {Context} t */
function expectClean(t) {
  const empty = /** @type {any} */ ({});
  t.expect([empty.polluted, empty.a, /** @type {any} */ (Object).polluted, [].at.call([1], 0)]).to.deep.equal([
    undefined,
    undefined,
    undefined,
    1,
  ]);
  t.expect(typeof empty.toString).to.equal("function");
  t.expect(Object.keys(Object.prototype)).to.deep.equal([]);
}

/** The own members of an object, by name. @param {any} object @param {string} name */
const own = (object, name) => Object.getOwnPropertyDescriptor(object, name)?.value;

/** @param {Context} t @param {any} object */
function expectHostileMembers(t, object) {
  t.expect(own(object, "__proto__")).to.deep.equal({ polluted: true });
  t.expect(own(object, "constructor")).to.deep.equal({ prototype: { polluted: true } });
  t.expect([own(object, "toString"), own(object, "hasOwnProperty")]).to.deep.equal(["no function", 1]);
  t.expect(object.polluted).to.equal(undefined);
  t.expect(Object.getPrototypeOf(object)).to.equal(Object.prototype);
}

/** @param {any} call */
const called = ({ function: { name, arguments: text } }) => [name, text];

conformance("154", "a tool, an argument and a field may be named as what objects have already", async (t) => {
  const whole = /** @type {any} */ (await t.scenario("proto-pollution").chat.completions.create(t.params()));
  expectHostileMembers(t, whole);
  const expected = [
    ["__proto__", '{"__proto__":{"polluted":true}}'],
    ["constructor", '{"constructor":{"prototype":{"polluted":true}}}'],
  ];
  t.expect(whole.choices[0].message.tool_calls.map(called)).to.deep.equal(expected);

  const chunks = await all(await open(t, "proto-pollution"));
  for (const chunk of chunks) expectHostileMembers(t, chunk);
  const pieces = chunks.flatMap(({ choices }) => choices[0]?.delta?.tool_calls ?? []);
  for (const [index, [name, text]] of expected.entries()) {
    const own = pieces.filter((piece) => piece.index === index);
    t.expect(own.map((piece) => piece.function.name ?? "").join("")).to.equal(name);
    t.expect(own.map((piece) => piece.function.arguments ?? "").join("")).to.equal(text);
  }

  const put = /** @type {any} */ (await (await open(t, "proto-pollution")).finalCompletion());
  t.expect(put.choices[0].message.tool_calls.map(called)).to.deep.equal(expected);
  expectHostileMembers(t, put);
  expectClean(t);
});

conformance("154", "each name that objects have already is a tool like any other", async (t) => {
  for (const name of NAMES) {
    const stream = await open(t, `proto-pollution;names=${name},f`);
    const { choices } = /** @type {any} */ (await stream.finalCompletion());
    t.expect(choices[0].message.tool_calls.map(called).map((/** @type {string[]} */ [tool]) => tool)).to.deep.equal([
      name,
      "f",
    ]);
  }
  expectClean(t);
});

conformance("154", "a field of the delta with such a name is put together as data", async (t) => {
  const delta = '{"content":"a","__proto__":"x","constructor":["y"],"toString":{"a":1}}';
  const body = `data: {"choices":[{"index":0,"delta":${delta}}]}\n\ndata: {"choices":[{"index":"__proto__","delta":${delta},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n`;
  const fetch = async () => new Response(body, { headers: { "content-type": "text/event-stream" } });
  const stream = /** @type {any} */ (await t.client({ fetch }).chat.completions.create(t.params({ stream: true })));
  const { choices } = await stream.finalCompletion();
  for (const { message } of choices) {
    t.expect([own(message, "__proto__"), own(message, "constructor")]).to.deep.equal(["x", ["y"]]);
    t.expect([own(message, "toString"), own(message, "content")]).to.deep.equal([{ a: 1 }, "a"]);
  }
  expectClean(t);
});

conformance("154", "a parameter with such a name is sent as it is", async (t) => {
  const hostile = JSON.parse('{"__proto__":{"model":"of-the-prototype","a":1},"constructor":"c","toString":"s"}');
  const params = Object.defineProperties(t.params(), Object.getOwnPropertyDescriptors(hostile));
  const sent = `${JSON.stringify(t.params()).slice(0, -1)},"__proto__":{"model":"of-the-prototype","a":1},"constructor":"c","toString":"s"}`;
  for (const given of [params, t.params({ extra_body: hostile })]) {
    const answer = /** @type {any} */ (await t.scenario("echo").chat.completions.create(given));
    t.expect(answer.choices[0].message.content).to.equal(sent);
  }
  const inherited = JSON.parse('{"messages":[],"__proto__":{"model":"of-the-prototype"}}');
  const error = await t.rejection(t.client().chat.completions.create(inherited));
  t.expect([error.name, error.param]).to.deep.equal(["BadRequestError", "model"]);
  expectClean(t);
});

conformance("154", "options with such a name are merged or refused as data", async (t) => {
  const { GatewayOptions, RoutingOptions, mergeGateway } = t.auriko;
  const a = JSON.parse('{"__proto__":{"polluted":1},"gateway":{"__proto__":{"polluted":2},"a":1}}');
  for (const merged of [mergeGateway(a, { gateway: { b: 1 } }), mergeGateway({ gateway: { b: 1 } }, a)]) {
    const { gateway } = /** @type {any} */ (merged);
    t.expect([own(merged, "__proto__"), own(gateway, "__proto__")]).to.deep.equal([{ polluted: 1 }, { polluted: 2 }]);
    t.expect([gateway.a, gateway.b, /** @type {any} */ (merged).polluted]).to.deep.equal([1, 1, undefined]);
  }
  for (const name of NAMES) {
    const fields = JSON.parse(`{"${name}":{"polluted":true}}`);
    for (const Options of [RoutingOptions, GatewayOptions]) {
      t.expect(() => new Options(fields), name).to.throw(t.auriko.BadRequestError);
    }
  }
  expectClean(t);
});

conformance("154", "routing metadata with such a name is data, also where part of it cannot be believed", async (t) => {
  const required = '"provider":"p","provider_model_id":"i","model_canonical":"m","routing_strategy":"s"';
  for (const ttft of ["12", '"soon"']) {
    const metadata = `{${required},"ttft_ms":${ttft},"__proto__":{"polluted":true},"constructor":"c"}`;
    const fetch = async () => new Response(`{"choices":[],"routing_metadata":${metadata}}`);
    /** @type {any[]} */
    const told = [];
    const client = t.client({ fetch, onResponse: (each) => void told.push(each) });
    await client.chat.completions.create(t.params());
    t.expect(told).to.deep.equal([client.lastRoutingMetadata]);
    const [seen] = told;
    t.expect([own(seen, "__proto__"), own(seen, "constructor")]).to.deep.equal([{ polluted: true }, "c"]);
    t.expect([seen.polluted, Object.getPrototypeOf(seen)]).to.deep.equal([undefined, Object.prototype]);
  }
  expectClean(t);
});

conformance("155", "an event may be named as what objects have already", async (t) => {
  // The second event of this scenario is named __proto__.
  t.expect(await all(await open(t, "proto-pollution"))).to.have.length.above(2);
  for (const name of NAMES) {
    const chunk = `event: ${name}\ndata: {"type":"${name}","choices":[{"index":0,"delta":{"content":"x"},"finish_reason":"stop"}]}\n\n`;
    const end = 'data: {"type":"response.completed","response":{"status":"completed"}}\n\n';
    const answering = (/** @type {string} */ body) => ({
      fetch: async () => new Response(body, { headers: { "content-type": "text/event-stream" } }),
    });
    const { completions } = t.client(answering(`${chunk}data: [DONE]\n\n`)).chat;
    const chat = /** @type {any} */ (await completions.create(t.params({ stream: true })));
    t.expect(t.text(await all(chat)), name).to.equal("x");
    const { responses } = t.client(answering(chunk + end));
    const events = await all(await responses.create({ model: "gpt-5.4", input: "x", stream: true }));
    t.expect(events.map(({ type }) => type)).to.deep.equal([name, "response.completed"]);
  }
  expectClean(t);
});

/**
 * What an answer says, in all ways to read it.
 * @param {Context} t
 * @param {string} scenario
 * @returns {Promise<any[]>}
 */
async function everywhere(t, scenario) {
  const whole = await t.scenario(scenario).chat.completions.create(t.params());
  const [, second] = await all(await open(t, scenario));
  const put = await (await open(t, scenario)).finalCompletion();
  t.expect((await all((await open(t, scenario)).textStream)).join("")).to.equal("naïve 東京 ☕");
  return [whole, second, put];
}

conformance("156", "of two members with one name the last holds, as in JSON.parse", async (t) => {
  for (const { x_twice } of await everywhere(t, "odd-keys;v=duplicate")) t.expect(x_twice).to.equal("last");
});

/** The chunks and the text of a stream with this body, and how both end. @param {Context} t @param {string} body */
async function read(t, body) {
  const fetch = async () => new Response(body, { headers: { "content-type": "text/event-stream" } });
  const { completions } = /** @type {any} */ (t.client({ fetch })).chat;
  const { chunks, error } = await t.drain(await completions.create(t.params({ stream: true })));
  const text = await t.drain((await completions.create(t.params({ stream: true }))).textStream);
  return { texts: [t.text(chunks), text.chunks.join("")], codes: [error?.code, text.error?.code] };
}

conformance("156", "of two errors, two contents and two lists of choices in a chunk the last holds", async (t) => {
  const told = '{"type":"api_error","code":"internal_error","message":"m"}';
  const first = `{"error":${told},"error":null,"choices":[{"index":0,"delta":{"content":"first","content":"last"}}]}`;
  const second =
    '{"choices":1,"choices":[{"index":0,"delta":{"content":"."},"finish_reason":null,"finish_reason":"stop"}]}';
  const good = await read(t, `data: ${first}\n\ndata: ${second}\n\ndata: [DONE]\n\n`);
  t.expect(good).to.deep.equal({ texts: ["last.", "last."], codes: [undefined, undefined] });
  const bad = await read(t, `data: ${first}\n\ndata: {"error":null,"error":${told}}\n\ndata: [DONE]\n\n`);
  t.expect(bad).to.deep.equal({ texts: ["last", "last"], codes: ["internal_error", "internal_error"] });
});

conformance("156", "of two finish reasons in a chunk the last holds", async (t) => {
  const chunk = '{"choices":[{"index":0,"delta":{"content":"x"},"finish_reason":"stop","finish_reason":null}]}';
  const { codes } = await read(t, `data: ${chunk}\n\n`);
  t.expect(codes).to.deep.equal(["stream_truncated", "stream_truncated"]);
});

conformance("156", "a name is the same name when it is written with escapes", async (t) => {
  const chunk = String.raw`{"\u0063hoices":[{"index":0,"d\u0065lta":{"cont\u0065nt":"x"},"finish\u005freason":"stop"}]}`;
  const good = await read(t, `data: ${chunk}\n\n`);
  t.expect(good).to.deep.equal({ texts: ["x", "x"], codes: [undefined, undefined] });
  const told = '{"type":"api_error","code":"internal_error","message":"m"}';
  const bad = await read(t, `${String.raw`data: {"\u0065rror":${told}}`}\n\n`);
  t.expect(bad).to.deep.equal({ texts: ["", ""], codes: ["internal_error", "internal_error"] });
});

conformance("156", "a name of 100,000 characters and 100,000 names arrive", async (t) => {
  for (const object of await everywhere(t, "odd-keys;v=long")) t.expect(object["k".repeat(100_000)]).to.equal(1);
  for (const { x_many } of await everywhere(t, "odd-keys;v=many")) {
    t.expect([Object.keys(x_many).length, x_many.k0, x_many.k99999]).to.deep.equal([100_000, 0, 99_999]);
  }
});

for (const of of ["arrays", "objects"]) {
  conformance("156", `10,000 levels arrive, or make a typed error: ${of}`, async (t) => {
    const scenario = `deep-nesting;levels=10000;of=${of}`;
    for (const { x_deep } of await everywhere(t, scenario)) t.expect(depthOf(x_deep)).to.equal(10_000);
    const reader = (await open(t, scenario)).toReadableStream().getReader();
    const outcome = await (async () => {
      while (!(await reader.read()).done);
    })().catch((error) => error);
    if (outcome) t.expect(outcome).to.be.instanceOf(t.auriko.AurikoAPIError);
  });
}

conformance("157", "an error code with such a name is a code that nobody knows", async (t) => {
  for (const name of NAMES) {
    const envelope = `status;status=400;code=${name};type=invalid_request_error;param=${name};provider=${name}`;
    const error = await t.rejection(t.scenario(envelope).chat.completions.create(t.params()));
    const seen = [error.name, error.code, error.docUrl, error.param, error.provider, error.attempts];
    t.expect(seen).to.deep.equal(["BadRequestError", name, null, name, name, 1]);

    const typed = await t.rejection(
      t.scenario(`status;status=400;code=x;type=${name}`).chat.completions.create(t.params()),
    );
    t.expect([typed.name, typed.code]).to.deep.equal(["APIStatusError", "malformed_response"]);

    const { error: inside } = await t.drain(await open(t, `error-midstream;code=${name}`));
    t.expect([inside.name, inside.code, inside.statusCode, inside.docUrl]).to.deep.equal([
      "APIStatusError",
      name,
      200,
      null,
    ]);

    const json = JSON.parse(JSON.stringify(error));
    t.expect([json.code, Object.getPrototypeOf(json)]).to.deep.equal([name, Object.prototype]);
  }
  expectClean(t);
});

conformance("157", "a header and a model id may have such a name", async (t) => {
  // Node's own fetch loses one that is named __proto__.
  const headers = { constructor: "c", toString: "s" };
  await t.client({ defaultHeaders: /** @type {any} */ (headers) }).chat.completions.create(t.params());
  const [{ rawHeaders }] = await t.log();
  for (const [name, value] of [
    ["constructor", "c"],
    ["tostring", "s"],
  ]) {
    t.expect(rawHeaders[rawHeaders.map((/** @type {string} */ each) => each.toLowerCase()).indexOf(name) + 1]).to.equal(
      value,
    );
  }
  for (const name of NAMES) {
    const error = await t.rejection(t.client().models.retrieve(name));
    t.expect([error.name, error.code]).to.deep.equal(["NotFoundError", "model_not_found"]);
  }
});
