// @ts-check
// How long a chunk takes from the network to the caller who waits for it, in microseconds.
import { KINDS } from "../streams/chunks.mjs";
import { readsOf } from "../streams/reads.mjs";
import { median, medians } from "./rounds.mjs";

/** A turn of the event loop, so that the caller is waiting when the next read comes. */
const turn = () => new Promise((resolve) => setTimeout(resolve, 0));

/**
 * @param {Record<string, (fetch: any) => (arrived: () => void) => Promise<void>>} makers
 * @param {{ rounds: number, warmUp: number, chunks: number }} extent
 */
export function delays(makers, { chunks, ...extent }) {
  const reads = readsOf(KINDS.plain(chunks), 1);
  const contenders = Object.entries(makers).map(([name, make]) => {
    /** @type {ReadableStreamDefaultController<Uint8Array> | undefined} */
    let queue;
    const start = (/** @type {ReadableStreamDefaultController<Uint8Array>} */ controller) => {
      queue = controller;
    };
    // Some leave at [DONE], others wait for the end.
    const cancel = () => {
      queue = undefined;
    };
    const headers = { "content-type": "text/event-stream" };
    const listen = make(async () => new Response(new ReadableStream({ start, cancel }), { headers }));
    return {
      name,
      async run() {
        /** @type {number[]} */
        const waits = [];
        let sent = 0;
        const ended = listen(() => waits.push(performance.now() - sent));
        await turn();
        for (const read of reads) {
          sent = performance.now();
          queue?.enqueue(read);
          await turn();
        }
        queue?.close();
        await ended;
        // The last read is [DONE], which is no chunk.
        if (waits.length < reads.length - 1) throw new Error(`${name} lost a chunk: ${waits.length}`);
        return median(waits) * 1000;
      },
    };
  });
  return medians(contenders, extent);
}
