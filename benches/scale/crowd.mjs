// @ts-check
import { held } from "./memory.mjs";
import { open } from "./service.mjs";

const ROUNDS = 10;

/**
 * Many streams on one client, beside one that never pauses: each gets its share, and none costs more because of the
 * others.
 * @param {import("./service.mjs").Service} service
 * @param {boolean} short
 */
export async function crowd(service, short) {
  const many = short ? 200 : 1000;
  // The first ones pay for what all share.
  await run(service, many / 10);
  const few = await run(service, many / 4);
  const all = await run(service, many);
  const ratio = all.each / few.each;
  return [
    { name: `${many} streams: until each has its next chunk, at worst`, value: all.slowest, limit: 2000, unit: "ms" },
    { name: `memory of one among ${many} streams`, value: all.each * 1024, limit: 64, unit: "KB" },
    { name: `memory of one among ${many} streams, to one among ${many / 4}`, value: ratio, limit: 1.5, unit: "×" },
  ];
}

/** @param {import("./service.mjs").Service} service @param {number} count */
async function run(service, count) {
  const client = service.client("crowd");
  const before = await held();
  const streams = await Promise.all(Array.from({ length: count }, () => open(client)));
  const each = ((await held()) - before) / count;
  const iterators = streams.map((stream) => stream[Symbol.asyncIterator]());
  const flood = await open(service.client(`bytes=${2 ** 40}`));
  const flooded = exhaust(flood);
  let slowest = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const begin = performance.now();
    const chunks = Promise.all(iterators.map((iterator) => iterator.next()));
    await service.get("/round");
    if ((await chunks).some(({ done }) => done)) throw new Error("a stream lost chunks");
    slowest = Math.max(slowest, performance.now() - begin);
  }
  await flood.close();
  await flooded;
  const ends = Promise.all(iterators.map((iterator) => iterator.next()));
  await service.get("/over");
  if ((await ends).some(({ done, value }) => done || value.choices[0].finish_reason !== "stop")) {
    throw new Error("a stream has another end");
  }
  return { each, slowest };
}

/** @param {AsyncIterable<unknown>} stream */
async function exhaust(stream) {
  for await (const _chunk of stream);
}
