// @ts-check
// The contract, sentence by sentence.
import { all, equal, instance, matches, rejection, textOf, thrown } from "./expect.mjs";
import { TEXT } from "./trial.mjs";

/** @type {Record<string, import("../contract.mjs").Clause>} */
export const CLAUSES = {
  "a client needs a key and a base URL, and nothing else"(t) {
    const client = new t.auriko.AurikoClient({ apiKey: "ak_test_local", baseUrl: t.gateway, ...t.allowed });
    equal(client.baseUrl, `${t.gateway}/v1`);
    equal([client.timeout, client.maxRetries, client.lastRoutingMetadata], [60_000, 2, null]);
    equal(new t.auriko.AurikoClient({ apiKey: "ak_test_local", ...t.allowed }).baseUrl, "https://api.auriko.ai/v1");
  },

  "without a key it says which one is missing"(t) {
    const error = thrown(() => new t.auriko.AurikoClient());
    instance(error, t.auriko.AuthenticationError);
    equal(error.code, "missing_api_key");
    matches(error.message, /AURIKO_API_KEY/);
  },

  "a key is refused in a browser, and only there"(t) {
    const construct = () => new t.auriko.AurikoClient({ apiKey: "ak_test_local", baseUrl: t.gateway });
    if (!t.runtime.browser) return void construct();
    const error = thrown(construct);
    instance(error, t.auriko.AuthenticationError);
    equal(error.code, "browser_api_key");
    for (const way of [/edge function/, /apiKey: null/, /dangerouslyAllowBrowser: true/]) matches(error.message, way);
    new t.auriko.AurikoClient({ apiKey: null, baseUrl: t.gateway });
  },

  async "a call resolves with the plain object that was sent"(t) {
    const client = t.client();
    const completion = await client.chat.completions.create(t.params());
    equal(completion.choices[0].message.content, TEXT);
    equal(Object.getPrototypeOf(completion), Object.prototype);
    matches(completion._request_id, /^req_local_/);
    instance(completion.responseHeaders, Headers);
    equal(structuredClone(completion), JSON.parse(JSON.stringify(completion)));
    const { data, response, request_id } = await client.chat.completions.create(t.params()).withResponse();
    instance(response, Response);
    equal([data.object, response.status, request_id], ["chat.completion", 200, response.headers.get("x-request-id")]);
  },

  async "for await reads a stream to its end"(t) {
    const stream = await t.stream(t.client({}, "split-utf8"));
    instance(stream, ReadableStream);
    instance(stream, t.auriko.ChatCompletionStream);
    equal([stream.completed, stream.usage, stream.routingMetadata], [false, null, null]);
    equal(textOf(await all(stream)), TEXT);
    equal([stream.completed, typeof stream.usage?.total_tokens], [true, "number"]);
    matches(stream.requestId, /^req_local_/);
  },

  async "getReader() reads a stream to its end"(t) {
    const stream = await t.stream(t.client());
    const reader = stream.getReader();
    const chunks = [];
    for (;;) {
      const { value, done } = await reader.read();
      if (done) break;
      chunks.push(value);
    }
    equal(textOf(chunks), TEXT);
    equal(stream.completed, true);
  },

  async "textStream reads the text alone"(t) {
    const stream = await t.stream(t.client());
    const { textStream } = stream;
    instance(textStream, ReadableStream);
    equal((await all(textStream)).join(""), TEXT);
    equal(stream.completed, true);
  },

  async "a stream can be split and sent on as a Response"(t) {
    const stream = await t.stream(t.client());
    const [one, other] = stream.tee();
    const lines = (await new Response(one.toReadableStream()).text()).trim().split("\n");
    equal(textOf(lines.map((line) => JSON.parse(line))), TEXT);
    const completion = await other.finalCompletion();
    equal(completion.choices[0].message.content, TEXT);
  },

  async "break ends the request, quietly"(t) {
    const stream = await t.stream(t.client({}, "never-ending;ms=1"));
    for await (const chunk of stream) {
      equal(chunk.object, "chat.completion.chunk");
      break;
    }
    equal(stream.completed, false);
    await t.sees(([record]) => record.clientGoneAt !== null);
  },

  async "abort rejects with the reason, before the answer and within it"(t) {
    const reason = { because: "the user left" };
    const before = new AbortController();
    const slow = t.client({}, "slow-headers;ms=60000").chat.completions.create(t.params(), { signal: before.signal });
    // Nobody hears of it before it is asked for below.
    slow.catch(() => {});
    await t.sees(({ length }) => length === 1);
    before.abort(reason);
    equal((await rejection(slow)) === reason, true);
    await t.sees(([record]) => record.clientGoneAt !== null);

    t.startAgain();
    const within = new AbortController();
    const stream = await t.stream(t.client({}, "never-ending;ms=1"), { signal: within.signal });
    const reading = async () => {
      for await (const _ of stream) within.abort(reason);
    };
    equal((await rejection(reading())) === reason, true);
    equal(stream.completed, false);
    await t.sees(([record]) => record.clientGoneAt !== null);
  },

  async "a refusal is an error of its class, with what the server said"(t) {
    const { APIStatusError, AurikoAPIError, AuthenticationError, RateLimitError } = t.auriko;
    const limited = await rejection(
      t.client({ maxRetries: 0 }, "status;code=rate_limit_exceeded;after=7").chat.completions.create(t.params()),
    );
    for (const type of [RateLimitError, APIStatusError, AurikoAPIError, Error]) instance(limited, type);
    equal(limited instanceof AuthenticationError, false);
    equal([limited.name, limited.status, limited.code], ["RateLimitError", 429, "rate_limit_exceeded"]);
    equal([limited.retryAfterSeconds, limited.attempts], [7, 1]);
    matches(limited.requestId, /^req_local_/);
    instance(limited.headers, Headers);
    const refused = await rejection(t.client({ apiKey: "ak_wrong" }).chat.completions.create(t.params()));
    instance(refused, AuthenticationError);
    equal([refused.name, refused.status, refused.code], ["AuthenticationError", 401, "invalid_api_key"]);
  },

  async "what may pass is tried again"(t) {
    const completion = await t.client({}, "429-then-200;after=0").chat.completions.create(t.params());
    equal(completion.choices[0].message.content, TEXT);
    const records = await t.sees(({ length }) => length === 2);
    equal(
      records.map(({ status }) => status),
      [429, 200],
    );
  },

  async "no answer is a connection error, a late one a timeout"(t) {
    const { APIConnectionError, APIConnectionTimeoutError, AurikoAPIError } = t.auriko;
    const dropped = await rejection(
      t.client({ maxRetries: 0 }, "close-before-headers;n=9").chat.completions.create(t.params()),
    );
    for (const type of [APIConnectionError, AurikoAPIError, Error]) instance(dropped, type);
    equal([dropped.name, dropped.status], ["APIConnectionError", 0]);
    // What fetch rejected with: in some hosts an Error of another realm.
    equal(typeof dropped.cause?.message, "string");
    const late = await rejection(
      t.client({ maxRetries: 0, timeout: 50 }, "slow-headers;ms=60000").chat.completions.create(t.params()),
    );
    instance(late, APIConnectionTimeoutError);
    instance(late, APIConnectionError);
  },

  async "RoutingOptions are checked, and sent as they are"(t) {
    const { BadRequestError, RoutingOptions } = t.auriko;
    const options = new RoutingOptions({ optimize: "cost", max_ttft_ms: 5000 });
    const body = { gateway: { routing: { optimize: "cost", max_ttft_ms: 5000 } } };
    equal(options.toExtraBody(), body);
    equal(JSON.parse(JSON.stringify(options)), body.gateway.routing);
    await t.client().chat.completions.create(t.params(options.toExtraBody()));
    const [record] = await t.sees(({ length }) => length === 1);
    equal(record.json.gateway, body.gateway);
    // @ts-expect-error: no such option
    const error = thrown(() => new RoutingOptions({ maxTtftMs: 5000 }));
    instance(error, BadRequestError);
    matches(error.message, /max_ttft_ms/);
  },

  async "routing metadata comes with the stream, the client and onResponse"(t) {
    /** @type {any[]} */
    const heard = [];
    const client = t.client({
      onResponse: (metadata) => {
        heard.push(metadata);
        throw new Error("what a listener throws is its own affair");
      },
    });
    const completion = await client.chat.completions.create(t.params());
    equal(typeof completion.routing_metadata?.provider, "string");
    equal(client.lastRoutingMetadata, completion.routing_metadata);
    const stream = await t.stream(client);
    await all(stream);
    equal(typeof stream.routingMetadata?.provider, "string");
    equal(client.lastRoutingMetadata, stream.routingMetadata);
    equal(heard, [completion.routing_metadata, stream.routingMetadata]);
  },

  async "each of several calls runs in the async context of its caller"(t) {
    const { AsyncLocalStorage } = t.runtime;
    if (!AsyncLocalStorage) return "no AsyncLocalStorage here";
    const storage = new AsyncLocalStorage();
    /** @type {string[]} */
    const notes = [];
    /** @param {string} where @param {unknown} caller */
    const note = (where, caller = storage.getStore()) => notes.push(`${where} ${caller} in ${storage.getStore()}`);
    const client = t.client({
      baseUrl: t.gateway,
      fetch: (url, init) => {
        note("fetch", new Headers(init.headers).get("x-caller"));
        return fetch(url, init);
      },
      onResponse: () => note("onResponse"),
    });
    /** @param {string} caller */
    const call = async (caller) => {
      // The first attempt of each is refused, so that timers and the other calls lie in between.
      const headers = { "x-caller": caller, "x-gateway-scenario": `429-then-200;after=0;run=${t.run}-${caller}` };
      const stream = await t.stream(client, { headers });
      note("answer", caller);
      for await (const _ of stream);
      note("end", caller);
    };
    const callers = ["a", "b", "c", "d", "e"];
    await Promise.all(callers.map((caller) => storage.run(caller, () => call(caller))));
    const places = ["answer", "end", "fetch", "fetch", "onResponse"];
    equal(notes.sort(), places.flatMap((place) => callers.map((caller) => `${place} ${caller} in ${caller}`)).sort());
  },
};
