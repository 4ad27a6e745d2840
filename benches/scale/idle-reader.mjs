// @ts-check
import { open } from "./service.mjs";

/**
 * Somebody who takes one chunk and then no more: what the server can send meanwhile is what sockets hold.
 * @param {import("./service.mjs").Service} service
 */
export async function idleReader(service) {
  let reads = 0;
  const counted = (/** @type {Response} */ response) => {
    const body = /** @type {ReadableStream<Uint8Array>} */ (response.body).getReader();
    const pull = async (/** @type {ReadableStreamDefaultController<Uint8Array>} */ queue) => {
      const { value } = await body.read();
      reads += 1;
      queue.enqueue(value);
    };
    return new Response(new ReadableStream({ pull, cancel: () => body.cancel() }, { highWaterMark: 0 }), response);
  };
  const stream = await open(service.client(`bytes=${2 ** 30}`, counted));
  const reader = stream.getReader();
  await reader.read();
  let [before, now] = [-1, 0];
  // Until the server is stuck: two looks, a while apart, find the same.
  while (before !== now) {
    before = now;
    await new Promise((resolve) => setTimeout(resolve, 200));
    now = Number(await service.get("/sent"));
  }
  await stream.close().catch(() => {});
  return [
    { name: "idle reader: network reads taken", value: reads, limit: 4, unit: "" },
    { name: "idle reader: what the server could send", value: now / 2 ** 20, limit: 16, unit: "MB" },
  ];
}
