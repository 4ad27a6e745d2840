// @ts-check
// Routing metadata in answers that other libraries read: the core looks at the bytes while they pass.

import { inThisContext } from "./context.js";
import { reasonOf } from "./signals.js";
import { isOver, unlessAborted } from "./wait.js";

/** @typedef {import("../wasm/auriko_wasm.js").MetadataListener} Listener */
/** @typedef {import("../wasm/auriko_wasm.js").MetadataScanner} Scanner */

/**
 * Sends, and has the listener hear of the metadata in the answer. What `send` rejects with stays as it is.
 * @param {Listener} listener
 * @param {() => Promise<Response>} send
 */
export async function capture(listener, send) {
  listener.begin();
  /** @type {(metadata: unknown) => void} */
  const tell = inThisContext((metadata) => listener.tell(metadata));
  const response = await send();
  // A stream of another kind than the web's is for its owner alone to read.
  // 204 and 205 cannot be constructed with a body, though some browsers give them an empty one.
  if (!response.ok || [204, 205].includes(response.status) || typeof response.body?.getReader !== "function")
    return response;
  const scanner = listener.scanner(response.headers.get("content-type") ?? "");
  if (!scanner) return response;
  /** @param {unknown[] | undefined} found */
  const accept = (found) => {
    for (const metadata of found ?? []) {
      const accepted = listener.accept(metadata);
      if (accepted) tell(accepted);
    }
  };
  return like(response, new Response(scanned(response, scanner, accept), response));
}

/**
 * `init`, with the key if it has no Authorization and the request goes to the origin that the key is for.
 * @param {{ authorization(url: string): unknown }} core
 * @param {RequestInfo | URL} input
 * @param {RequestInit} [init]
 */
export async function authorized(core, input, init) {
  const request = typeof input === "object" && "url" in input ? input : undefined;
  const headers = new Headers(init?.headers ?? request?.headers);
  if (headers.has("authorization")) return init;
  const authorization = await heeding(
    core.authorization(request?.url ?? String(input)),
    init?.signal ?? request?.signal,
  );
  if (typeof authorization !== "string") return init;
  headers.set("authorization", authorization);
  return { ...init, headers };
}

/**
 * What may take its time, unless the signal is aborted: as `fetch` itself would have it.
 * @param {unknown} value
 * @param {AbortSignal | null} [signal]
 */
async function heeding(value, signal) {
  if (!signal || !(value instanceof Promise)) return value;
  const given = await unlessAborted(value, signal);
  if (isOver(given)) throw reasonOf(signal);
  return given;
}

/**
 * The body of a response, on its way through the scanner. Nothing is read ahead, held back or copied for a second
 * reader.
 * @param {Response} response
 * @param {Scanner} scanner
 * @param {(found: unknown[] | undefined) => void} accept
 * @returns {ReadableStream<Uint8Array>}
 */
function scanned(response, scanner, accept) {
  // Node cancels the unread body of a response that was collected as garbage, so this holds the response.
  const body = () => /** @type {ReadableStream<Uint8Array>} */ (response.body);
  /** @type {ReadableStreamDefaultReader<Uint8Array> | undefined} */
  let reader;
  let open = true;
  const finish = () => {
    if (!open) return;
    open = false;
    const found = scanner.end();
    scanner.free();
    accept(found);
  };
  return new ReadableStream(
    {
      async pull(queue) {
        try {
          reader ??= body().getReader();
          const { done, value } = await reader.read();
          if (!open) return;
          if (done) {
            finish();
            return queue.close();
          }
          accept(scanner.read(value));
          queue.enqueue(value);
        } catch (error) {
          finish();
          throw error;
        }
      },
      cancel(reason) {
        finish();
        return reader ? reader.cancel(reason) : body().cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}

/**
 * What a constructed response cannot be told: where it came from.
 * @param {Response} original
 * @param {Response} copy
 * @returns {Response}
 */
function like(original, copy) {
  const clone = () => like(original, Response.prototype.clone.call(copy));
  /** @type {PropertyDescriptorMap} */
  const facts = { clone: { value: clone, configurable: true, writable: true } };
  for (const name of /** @type {const} */ (["url", "redirected", "type"])) {
    facts[name] = { value: original[name], configurable: true, enumerable: true };
  }
  return Object.defineProperties(copy, facts);
}
