// @ts-check
// Chunks as the network brings them.

const encoder = new TextEncoder();

/**
 * The bytes of an event stream, cut into network reads of so many events.
 * @param {object[]} chunks
 * @param {number} eventsPerRead
 */
export function readsOf(chunks, eventsPerRead) {
  const events = [...chunks.map((chunk) => JSON.stringify(chunk)), "[DONE]"].map((data) => `data: ${data}\n\n`);
  const reads = [];
  for (let at = 0; at < events.length; at += eventsPerRead) {
    reads.push(encoder.encode(events.slice(at, at + eventsPerRead).join("")));
  }
  return reads;
}

/** An answer whose body hands out prepared reads, one each time somebody asks. @param {Uint8Array[]} reads */
export function answerOf(reads) {
  let at = 0;
  const body = new ReadableStream(
    {
      pull(queue) {
        if (at < reads.length) queue.enqueue(reads[at++]);
        else queue.close();
      },
    },
    { highWaterMark: 0 },
  );
  return new Response(body, { headers: { "content-type": "text/event-stream", "x-request-id": "req_1" } });
}
