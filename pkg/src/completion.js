// @ts-check
// One completion from the chunks of a stream.

/** @typedef {Record<string, any>} Json */

/**
 * Reads a stream to its end and puts its chunks together.
 * @param {import("./branch.js").Batches} source
 */
export async function assemble(source) {
  /** @type {Json} */
  const completion = { id: undefined, object: "chat.completion", created: 0, model: "", choices: [] };
  /** @type {Map<number, Choice>} */
  const choices = new Map();
  for (let batch = await source.read(); batch; batch = await source.read()) {
    for (const chunk of batch) {
      completion.id ??= "";
      for (const [key, value] of Object.entries(chunk)) {
        if (key !== "choices" && key !== "object") putGiven(completion, key, value);
      }
      for (const part of Array.isArray(chunk.choices) ? chunk.choices : []) {
        const index = part?.index ?? 0;
        if (!choices.has(index)) choices.set(index, new Choice(index));
        /** @type {Choice} */ (choices.get(index)).add(part ?? {});
      }
    }
  }
  completion.choices = inOrder(choices).map((choice) => choice.finish());
  return completion;
}

class Choice {
  /** @type {Json} */
  #message = { role: "assistant", content: null };
  /** @type {Json} */
  #rest;
  /** @type {Map<number, Json>} */
  #calls = new Map();
  /** Which call goes on under an index: some providers give all calls the same. @type {Map<number, Json>} */
  #open = new Map();
  /** What has to be sent back with the next turn. @type {Json[]} */
  #reasoning = [];

  /** @param {number} index */
  constructor(index) {
    this.#rest = { index, logprobs: null, finish_reason: null };
  }

  /** @param {Json} part */
  add({ delta, logprobs, ...rest }) {
    for (const [key, value] of Object.entries(rest)) putGiven(this.#rest, key, value);
    if (logprobs) this.#rest.logprobs = joinArrays(this.#rest.logprobs, logprobs);
    for (const [key, value] of Object.entries(delta ?? {})) {
      if (value !== null && value !== undefined) this.#addDelta(key, value);
    }
  }

  finish() {
    const message = this.#message;
    if (this.#calls.size > 0) message.tool_calls = inOrder(this.#calls);
    if (this.#reasoning.length > 0 && message.reasoning === undefined) message.reasoning = this.#reasoning;
    const { index, ...rest } = this.#rest;
    return { index, message, ...rest };
  }

  /** @param {string} key @param {any} value */
  #addDelta(key, value) {
    if (key === "role") putGiven(this.#message, key, value);
    else if (key === "index") return;
    else if (key === "tool_calls" && Array.isArray(value)) for (const call of value) this.#addCall(call ?? {});
    else if (key === "function_call") {
      this.#message.function_call ??= { name: "", arguments: "" };
      addFunction(this.#message.function_call, value);
    } else if (key === "reasoning_signature") this.#block("signature").signature += value;
    else if (key === "reasoning_redacted_data") this.#reasoning.push({ type: "redacted", data: value });
    else {
      if (key === "reasoning_content") this.#block("thinking").thinking += value;
      put(this.#message, key, join(own(this.#message, key), value));
    }
  }

  /** @param {Json} fragment */
  #addCall({ index, function: called, ...rest }) {
    const known = [...this.#calls.values()];
    // Where there is no index, an id says which call this is, and what has none continues the last one.
    const same = rest.id ? known.find((call) => call.id === rest.id) : undefined;
    let call = same ?? (index === undefined ? (rest.id ? undefined : known.at(-1)) : this.#open.get(index));
    if (!call || (rest.id && call.id && call.id !== rest.id)) {
      call = { id: "", type: "function", function: { name: "", arguments: "" } };
      const free = Math.max(-1, ...this.#calls.keys()) + 1;
      this.#calls.set(index !== undefined && !this.#calls.has(index) ? index : free, call);
    }
    if (index !== undefined) this.#open.set(index, call);
    for (const [key, value] of Object.entries(rest)) putGiven(call, key, value);
    addFunction(call.function, called);
  }

  /**
   * The block that is open for a field. A signature closes a block.
   * @param {"thinking" | "signature"} field
   */
  #block(field) {
    let block = this.#reasoning.at(-1);
    if (block?.type !== "thinking" || (field === "thinking" && block.signature)) {
      block = { type: "thinking", thinking: "", signature: "" };
      this.#reasoning.push(block);
    }
    return block;
  }
}

/** @param {Json} whole @param {Json | undefined} fragment */
function addFunction(whole, fragment) {
  whole.name += fragment?.name ?? "";
  const given = fragment?.arguments ?? "";
  // A few providers send them parsed.
  whole.arguments += typeof given === "string" ? given : JSON.stringify(given);
}

/** @template T @param {Map<number, T>} map */
function inOrder(map) {
  return [...map].sort(([a], [b]) => a - b).map(([, value]) => value);
}

/** Text goes on, lists grow, and of anything else the last one holds. @param {any} known @param {any} more */
function join(known, more) {
  if (typeof known === "string" && typeof more === "string") return known + more;
  if (!Array.isArray(more)) return more;
  // A list of our own: the chunk may still be read elsewhere.
  const list = Array.isArray(known) ? known : [];
  for (const item of more) list.push(item);
  return list;
}

/** @param {Json | null} known @param {Json} more */
function joinArrays(known, more) {
  /** @type {Json} */
  const sum = { ...known };
  for (const [key, value] of Object.entries(more)) {
    if (value !== null || !Object.hasOwn(sum, key)) put(sum, key, join(own(sum, key), value));
  }
  return sum;
}

/** @param {Json} target @param {string} key */
function own(target, key) {
  return Object.hasOwn(target, key) ? target[key] : undefined;
}

/** Some providers send empty fields in the first or the last chunk. @param {Json} target @param {string} key @param {unknown} value */
function putGiven(target, key, value) {
  if (value !== null && value !== undefined && value !== "") put(target, key, value);
}

/**
 * Sets an own property even where the name has a meaning of its own, such as `__proto__`.
 * @param {Json} target
 * @param {string} key
 * @param {unknown} value
 */
function put(target, key, value) {
  Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
}
