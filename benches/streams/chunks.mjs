// @ts-check
// The streams that all contenders read, as chunks of a chat completion.
import { pieces } from "./text.mjs";

const ROUTING_METADATA = {
  provider: "openai",
  provider_model_id: "gpt-5.4-2026-03-05",
  model_canonical: "gpt-5.4",
  routing_strategy: "cost-focus",
  cost: { usd: 0.000105 },
  ttft_ms: 212,
  throughput_tps: 96.4,
};
const USAGE = { prompt_tokens: 12, completion_tokens: 2048, total_tokens: 2060 };

// Without `usage: null`, which most providers send: the schema of @openrouter/sdk refuses it.
/** @param {object} delta @param {object} [more] */
function chunk(delta, { finish_reason = null, ...more } = /** @type {any} */ ({})) {
  return {
    id: "chatcmpl-D8Z5oo6uDh67AD85p73ksdT1KxhE0",
    object: "chat.completion.chunk",
    created: 1770933892,
    model: "gpt-5.4-2026-03-05",
    service_tier: "default",
    system_fingerprint: "fp_de604bd877",
    choices: [{ index: 0, delta, logprobs: null, finish_reason }],
    ...more,
  };
}

/** @param {object} first @param {object[]} deltas @param {string} finish_reason */
function stream(first, deltas, finish_reason) {
  return [
    chunk({ role: "assistant", content: "", ...first }),
    ...deltas.map((delta) => chunk(delta)),
    chunk({}, { finish_reason }),
    chunk({}, { choices: [], usage: USAGE, routing_metadata: ROUTING_METADATA }),
  ];
}

const call = { index: 0, id: "call_1", type: "function", function: { name: "write", arguments: "" } };

/** The deltas of each kind of stream: `count` of them. */
export const KINDS = {
  plain: (/** @type {number} */ count) =>
    stream(
      {},
      pieces(count).map((content) => ({ content })),
      "stop",
    ),
  "multi-byte": (/** @type {number} */ count) =>
    stream(
      {},
      pieces(count, { wide: true }).map((content) => ({ content })),
      "stop",
    ),
  "tool call": (/** @type {number} */ count) =>
    stream({ content: null, tool_calls: [call] }, toolDeltas(count), "tool_calls"),
  reasoning: (/** @type {number} */ count) => stream({}, reasoningDeltas(count), "stop"),
};

/** The arguments of a tool, `{"text":"…"}`, in pieces. @param {number} count */
function toolDeltas(count) {
  const inside = pieces(count - 2).map((piece) => JSON.stringify(piece).slice(1, -1));
  return ['{"text":"', ...inside, '"}'].map((part) => ({ tool_calls: [{ index: 0, function: { arguments: part } }] }));
}

/** Three quarters of it thought, the rest said. @param {number} count */
function reasoningDeltas(count) {
  const thoughts = Math.floor(count * 0.75);
  return pieces(count).map((piece, at) =>
    at < thoughts ? { content: null, reasoning_content: piece } : { content: piece },
  );
}
