// @ts-check
// The same questions, put to each client as its own documentation has it.
import * as compatible6 from "@ai-sdk/openai-compatible";
import * as ai6 from "ai";
import * as ai7 from "ai-7";
import { AurikoClient, RoutingOptions } from "auriko-wasm";
import OpenAI from "openai";
import * as compatible7 from "openai-compatible-3";
import { KEY } from "../local.mjs";

/**
 * @typedef {{ baseURL: string, routing?: any, signal?: AbortSignal, timeout?: number }} Question
 * @typedef {object} Client
 * @property {(question: Question) => Promise<any>} ask for an answer in one piece
 * @property {(question: Question) => AsyncIterable<unknown>} stream
 * @property {(question: Question) => Promise<any>} metadataOfStream
 */

const params = { model: "gpt-5.4", messages: [/** @type {const} */ ({ role: "user", content: "Hi" })] };

/** @type {Client} */
const auriko = {
  ask: ({ baseURL, routing, signal }) =>
    new AurikoClient({ apiKey: KEY, baseURL }).chat.completions.create(
      { ...params, ...(routing && new RoutingOptions(routing).toExtraBody()) },
      { signal },
    ),
  async *stream({ baseURL, signal, timeout }) {
    const client = new AurikoClient({ apiKey: KEY, baseURL, timeout });
    yield* await client.chat.completions.create({ ...params, stream: true }, { signal });
  },
  async metadataOfStream({ baseURL }) {
    const client = new AurikoClient({ apiKey: KEY, baseURL });
    const stream = await client.chat.completions.create({ ...params, stream: true });
    for await (const _ of stream);
    return stream.routingMetadata;
  },
};

/** @type {Client} */
const openai = {
  ask: ({ baseURL, routing, signal }) =>
    new OpenAI({ apiKey: KEY, baseURL }).chat.completions.create(
      /** @type {any} */ ({ ...params, gateway: { routing } }),
      { signal },
    ),
  async *stream({ baseURL, signal, timeout }) {
    const client = new OpenAI({ apiKey: KEY, baseURL, timeout });
    yield* await client.chat.completions.create({ ...params, stream: true }, { signal });
  },
  async metadataOfStream(question) {
    /** @type {any} */
    let last;
    for await (const chunk of openai.stream(question)) last = chunk;
    return last.routing_metadata;
  },
};

/** @param {any} ai @param {any} compatible @returns {Client} */
const aiSdk = ({ generateText, streamText }, { createOpenAICompatible }) => {
  /** @param {Question} question */
  const options = ({ baseURL, routing, signal }) => ({
    model: createOpenAICompatible({ name: "auriko", apiKey: KEY, baseURL })("gpt-5.4"),
    prompt: "Hi",
    abortSignal: signal,
    providerOptions: { auriko: { gateway: { routing } } },
    onError() {},
  });
  return {
    ask: (question) => generateText(options(question)),
    stream: (question) => streamText(options(question)).textStream,
    async metadataOfStream(question) {
      const result = streamText(options(question));
      for await (const _ of result.textStream);
      return (await result.providerMetadata).auriko.routingMetadata;
    },
  };
};

/** @type {Record<string, Client>} */
export const clients = {
  "auriko-wasm": auriko,
  "openai 7": openai,
  "AI SDK 6": aiSdk(ai6, compatible6),
  "AI SDK 7": aiSdk(ai7, compatible7),
};
