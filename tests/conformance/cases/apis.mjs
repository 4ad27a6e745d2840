// @ts-check
// The two APIs that stream, in one vocabulary: what holds for chat completions has to hold for responses.

/**
 * @typedef {import("../harness.mjs").Context} Context
 * @typedef {import("auriko-wasm").AurikoClient} Client
 * @typedef {import("auriko-wasm").RequestOptions} RequestOptions
 *
 * @typedef {object} Api
 * @property {string} name
 * @property {string} path of its requests, after the base URL
 * @property {(t: Context, client: Client, options?: RequestOptions) => Promise<any>} stream
 * @property {(t: Context, client: Client, options?: RequestOptions) => Promise<any>} object
 * @property {(items: any[]) => string} text what the items of a stream say
 * @property {(object: any) => string} said what an object says
 * @property {(items: any[]) => unknown[]} gist what is the same in every answer to `t.params()`
 */

/** What `t.params()` asks the gateway to say. */
export const TEXT = "naïve 東京 ☕";

/** @param {Context} t */
const responseParams = (t) => ({ model: "gpt-5.4", input: t.params().messages[0].content });

/** @type {Api} */
export const chat = {
  name: "chat",
  path: "/v1/chat/completions",
  stream: (t, client, options) => client.chat.completions.create(t.params({ stream: true }), options),
  object: (t, client, options) => client.chat.completions.create(t.params(), options),
  text: (chunks) => chunks.map((chunk) => chunk?.choices?.[0]?.delta?.content ?? "").join(""),
  said: (completion) => completion.choices[0].message.content,
  gist: (chunks) => chunks.map(({ choices, usage }) => ({ choices, usage })),
};

/** @type {Api} */
export const responses = {
  name: "responses",
  path: "/v1/responses",
  stream: (t, client, options) => client.responses.create({ ...responseParams(t), stream: true }, options),
  object: (t, client, options) => client.responses.create(responseParams(t), options),
  text: (events) => events.map(({ type, delta }) => (type === "response.output_text.delta" ? delta : "")).join(""),
  said: (response) => response.output_text,
  gist: (events) => events.map(({ type, delta, text, sequence_number }) => [type, delta, text, sequence_number]),
};

export const apis = [chat, responses];

/**
 * The requests of an API among the records of the log, in order.
 * @param {any[]} records
 * @param {Api} api
 */
export const sentTo = (records, { path }) => records.filter(({ url }) => url.endsWith(path));

/**
 * How long the client waited before each repetition, in milliseconds: from the head of an answer, or where
 * there was none from the request, to the next request.
 * @param {any[]} records
 */
export const waits = (records) =>
  records.slice(1).map(({ startedAt }, index) => startedAt - (records[index].respondedAt ?? records[index].startedAt));

/** @typedef {{ text: string | undefined, error: any }} Outcome the text that was seen, undefined for none at all */

/**
 * Every way to read a chat stream to its end.
 * @type {[name: string, read: (t: Context, stream: any) => Promise<Outcome>][]}
 */
export const readings = [
  [
    "for await",
    async (t, stream) => {
      const { chunks, error } = await t.drain(stream);
      return { text: t.text(chunks), error };
    },
  ],
  [
    "textStream",
    async (t, stream) => {
      const { chunks, error } = await t.drain(stream.textStream);
      return { text: chunks.join(""), error };
    },
  ],
  [
    "getReader",
    async (t, stream) => {
      const reader = stream.getReader();
      const chunks = [];
      try {
        for (let next = await reader.read(); !next.done; next = await reader.read()) chunks.push(next.value);
        return { text: t.text(chunks), error: undefined };
      } catch (error) {
        return { text: t.text(chunks), error };
      }
    },
  ],
  [
    "finalCompletion",
    async (_, stream) => {
      try {
        const { choices } = await stream.finalCompletion();
        return { text: choices[0]?.message.content ?? "", error: undefined };
      } catch (error) {
        return { text: undefined, error };
      }
    },
  ],
];
