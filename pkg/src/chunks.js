// @ts-check
// The chunks of a stream as objects. Most differ from one before in nothing but their text: to copy that one costs a
// fraction of parsing the next. What the core hands over is in src/stream/mod.rs (`Abridged`).
import { wordsOfCore } from "./memory.js";
import { decode, parseAt } from "./text.js";

/** The mark of a chunk that is told whole. */
const WHOLE = 2 ** 31;
/** A bit of its mark: the chunks that are like it have a padding, too. */
const PADDED = 1 << 8;
/** What its low byte says: where the text of the chunks that are like it belongs. */
const FIELDS = ["", "content", "reasoning_content", "reasoning", "arguments"];

/** The chunks of one stream. */
export class Chunks {
  /** @type {Model | undefined} */
  #model;

  // Each part that the core hands over lies in its memory: a place, and how much.

  /**
   * Called by the core.
   * @param {number} array the chunks that are told whole, as JSON
   * @param {number} arrayLength
   * @param {number} texts of the others
   * @param {number} textsLength
   * @param {number} marks
   * @param {number} marksLength
   * @returns {object[] | undefined} nothing where one of the array is no JSON
   */
  read(array, arrayLength, texts, textsLength, marks, marksLength) {
    const whole = /** @type {object[] | undefined} */ (arrayLength > 2 ? parseAt(array, arrayLength) : []);
    return whole && this.arrange(whole, texts, textsLength, marks, marksLength);
  }

  /**
   * Called by the core. The chunks in their order, up to the first that is missing.
   * @param {object[]} whole
   * @param {number} texts
   * @param {number} textsLength
   * @param {number} marks
   * @param {number} marksLength
   */
  arrange(whole, texts, textsLength, marks, marksLength) {
    const text = textsLength > 0 ? decode(texts, textsLength) : "";
    const words = wordsOfCore();
    const first = marks / Uint32Array.BYTES_PER_ELEMENT;
    /** @type {object[]} */
    const chunks = [];
    let from = 0;
    let next = 0;
    for (let at = first; at < first + marksLength; at++) {
      const mark = words[at];
      if (mark < WHOLE) {
        const model = /** @type {Model} */ (this.#model);
        const end = from + mark;
        const padding = model.isPadded ? text.slice(end, end + words[++at]) : "";
        chunks.push(model.copy(text.slice(from, end), padding));
        from = end + padding.length;
      } else if (next < whole.length) {
        const chunk = whole[next++];
        if (mark > WHOLE) this.#model = new Model(chunk, mark);
        chunks.push(chunk);
      } else break;
    }
    return chunks;
  }
}

/**
 * A chunk that others are like. Apart from the way to the text it holds no objects (the core sees to it), so that
 * copies of those on the way share nothing with each other, nor with what the caller has.
 */
class Model {
  #field;
  #chunk;
  #choice;
  #delta;
  #call;
  #function;

  /** @param {any} chunk @param {number} mark */
  constructor(chunk, mark) {
    this.isPadded = (mark & PADDED) !== 0;
    this.#field = FIELDS[mark & 0xff];
    this.#chunk = { ...chunk };
    this.#choice = { ...chunk.choices[0] };
    this.#delta = { ...this.#choice.delta };
    if (this.#field === "arguments") {
      this.#call = { ...this.#delta.tool_calls[0] };
      this.#function = { ...this.#call.function };
    }
  }

  /** @param {string} text @param {string} padding */
  copy(text, padding) {
    const delta = { ...this.#delta };
    if (this.#call) {
      const call = { ...this.#call };
      call.function = { ...this.#function };
      call.function.arguments = text;
      delta.tool_calls = [call];
    } else delta[this.#field] = text;
    const choice = { ...this.#choice };
    choice.delta = delta;
    const chunk = { ...this.#chunk };
    chunk.choices = [choice];
    if (this.isPadded) chunk.obfuscation = padding;
    return chunk;
  }
}
