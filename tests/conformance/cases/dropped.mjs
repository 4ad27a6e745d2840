// @ts-check
// H: what nobody holds any more is given back, also where nobody has closed it.
import { conformance } from "../harness.mjs";
import { gone, open } from "./streams.mjs";
import { pause } from "./watching.mjs";

/** @typedef {import("../harness.mjs").Context} Context */

/** Collects garbage until nothing is left of these, or for five seconds. @param {WeakRef<object>[]} dropped */
async function collected(dropped) {
  const { process } = /** @type {any} */ (globalThis);
  process.getBuiltinModule("node:v8").setFlagsFromString("--expose-gc");
  const collect = process.getBuiltinModule("node:vm").runInNewContext("gc");
  const left = () => dropped.filter((each) => each.deref()).length;
  for (let turn = 0; turn < 250 && left() > 0; turn += 1) {
    await pause(20);
    collect();
  }
  return left();
}

/** How far a stream is read before it is dropped. @type {Record<string, (stream: any) => unknown>} */
const READ = {
  "before it is read": () => {},
  "in the middle": (stream) => stream[Symbol.asyncIterator]().next(),
  "by a reader that let go": async (stream) => {
    const reader = stream.getReader();
    await reader.read();
    reader.releaseLock();
  },
  "as its text": (stream) => stream.textStream.getReader().read(),
};

for (const [how, read] of Object.entries(READ)) {
  conformance(
    "109 125",
    `a stream that is dropped is collected, and its request ends: ${how}`,
    async (t) => {
      const drop = async () => {
        const stream = await open(t, "never-ending");
        await read(stream);
        return new WeakRef(stream);
      };
      const dropped = await Promise.all(Array.from({ length: 10 }, drop));
      t.expect(await collected(dropped)).to.equal(0);
      await gone(t);
    },
    { alone: true, hosts: ["node"], why: "nobody else can be asked to collect garbage" },
  );
}
