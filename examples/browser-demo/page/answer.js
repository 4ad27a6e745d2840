// @ts-check
// One answer: what was asked of the router, and what came back. It tells of every change.
import { AurikoAPIError } from "auriko-wasm";

/** @typedef {import("auriko-wasm").AurikoClient} AurikoClient */
/** @typedef {{ role: "user" | "assistant", content: string }} Message */
/** @typedef {"waiting" | "streaming" | "complete" | "stopped" | "failed"} Status */

export class Answer extends EventTarget {
  /** @type {Status} */
  status = "waiting";
  text = "";
  /** Whether the limit of tokens has cut it. */
  cut = false;
  /** @type {import("auriko-wasm").RoutingMetadata | null} */
  metadata = null;
  /** @type {import("auriko-wasm").Usage | null} */
  usage = null;
  /** Milliseconds until the first text was here. @type {number | null} */
  firstTextMs = null;
  /** As counted here. @type {number | null} */
  tokensPerSecond = null;
  /** @type {AurikoAPIError | null} */
  error = null;
  #leaving = new AbortController();

  /**
   * @param {"a" | "b"} lane
   * @param {string} model
   * @param {import("auriko-wasm").RoutingOptions} routing
   * @param {string} scenario what the local gateway shall do
   */
  constructor(lane, model, routing, scenario) {
    super();
    this.lane = lane;
    this.model = model;
    this.routing = routing;
    this.scenario = scenario;
  }

  /** @param {AurikoClient} client @param {Message[]} messages */
  async run(client, messages) {
    // A run of its own, so that the gateway does not take it for one more attempt of an earlier call.
    const headers = this.scenario ? { "x-gateway-scenario": `${this.scenario};run=${crypto.randomUUID()}` } : {};
    const begin = performance.now();
    let pieces = 0;
    try {
      const stream = await client.chat.completions.create(
        { model: this.model, messages, stream: true, gateway: this.routing },
        { signal: this.#leaving.signal, headers },
      );
      for await (const { choices } of stream) {
        const text = choices[0]?.delta?.content;
        this.cut ||= choices[0]?.finish_reason === "length";
        if (!text) continue;
        const now = performance.now();
        this.firstTextMs ??= now - begin;
        if (pieces++ > 0) this.tokensPerSecond = (1000 * (pieces - 1)) / (now - begin - this.firstTextMs);
        this.text += text;
        this.#become("streaming");
      }
      this.metadata = stream.routingMetadata;
      this.usage = stream.usage;
      this.#become("complete");
    } catch (error) {
      if (!this.#leaving.signal.aborted) {
        if (!(error instanceof AurikoAPIError)) throw error;
        this.error = error;
      }
      this.#become(this.error ? "failed" : "stopped");
    }
  }

  stop() {
    this.#leaving.abort();
  }

  /** The same question to the router once more, without what made it fail. */
  again() {
    return new Answer(this.lane, this.model, this.routing, "");
  }

  get isOver() {
    return this.status !== "waiting" && this.status !== "streaming";
  }

  /** @param {Status} status */
  #become(status) {
    this.status = status;
    this.dispatchEvent(new Event("change"));
  }
}
