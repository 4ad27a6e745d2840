// @ts-check
import { event } from "./event.mjs";
import { held, resident } from "./memory.mjs";
import { open } from "./service.mjs";

/** A long stream, over HTTP. @param {import("./service.mjs").Service} service @param {boolean} short */
export async function gigabyte(service, short) {
  const bytes = short ? 2 ** 28 : 2 ** 30;
  // In its first half, engine and buffers grow to the size that they need.
  const baseline = Math.ceil(bytes / 2 / event.length);
  const every = Math.ceil(2 ** 25 / event.length);
  let [seen, from, most, mostResident] = [0, 0, 0, 0];
  let residentFrom = 0;
  for await (const chunk of await open(service.client(`bytes=${bytes}`))) {
    if (chunk.choices[0]?.delta.content) seen += 1;
    if (seen % every !== 0) continue;
    const now = await held();
    if (seen < baseline) {
      // What was given to this process does not go back at once, so the most of it counts.
      residentFrom = Math.max(residentFrom, resident());
      continue;
    }
    from ||= now;
    most = Math.max(most, now - from);
    mostResident = Math.max(mostResident, resident() - residentFrom);
  }
  if (seen * event.length < bytes) throw new Error(`only ${seen} chunks came`);
  const size = bytes / 2 ** 20;
  return [
    { name: `${size} MB stream: alive over the baseline`, value: most, limit: 32, unit: "MB" },
    { name: `${size} MB stream: resident over the baseline`, value: mostResident, limit: 32, unit: "MB" },
  ];
}
