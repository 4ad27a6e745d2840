// @ts-check
// No answer stops the core: whatever a caller's own fetch brings, in every way to read it, and with callbacks that use
// the stream in the middle of it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { answers } from "./hostile/answers.mjs";
import { all, auriko, clientOf, gatewayWithClients, hi } from "./support.mjs";

const gateway = gatewayWithClients();
const streamed = { ...hi(), stream: /** @type {const} */ (true) };

/** The stream that is being read, for callbacks. @type {any} */
let current;
let depth = 0;

/** Uses the stream in every way, as a callback might. What it does may call back. */
function poke() {
  if (!current || depth > 2) return;
  depth++;
  try {
    for (const fact of ["usage", "routingMetadata", "completed", "requestId"]) void current[fact];
    current.close().catch(() => {});
    current.cancel().catch(() => {});
  } finally {
    depth--;
  }
}

/** @param {any} client */
async function open({ chat }) {
  current = await chat.completions.create(streamed);
  return current;
}

/** Every way to read an answer. @type {Record<string, (client: any) => Promise<unknown>>} */
const WAYS = {
  "an object": (client) => client.chat.completions.create(hi()),
  "with its response": (client) => client.models.list().withResponse(),
  iterated: async (client) => all(await open(client)),
  "as text": async (client) => all((await open(client)).textStream),
  "as one completion": async (client) => (await open(client)).finalCompletion(),
  "by a reader": async (client) => {
    const reader = (await open(client)).getReader();
    while (!(await reader.read()).done);
  },
  "in two branches": async (client) => Promise.all((await open(client)).tee().map(all)),
  "as lines": async (client) => new Response((await open(client)).toReadableStream()).text(),
  "as events of a response": async ({ responses }) => {
    current = await responses.create({ model: "m", input: "x", stream: true });
    return all(current);
  },
};
const callbacks = {
  onResponse: poke,
  logLevel: /** @type {const} */ ("debug"),
  logger: { error: poke, warn: poke, info: poke, debug: poke },
};

for (const [name, answer] of Object.entries(answers(poke))) {
  test(`${name}: a result or a typed error in time, however it is read`, { timeout: 30_000 }, async () => {
    for (const [way, read] of Object.entries(WAYS)) {
      for (const own of [{}, callbacks]) {
        current = undefined;
        const client = clientOf("http://localhost:1", { fetch: async () => answer(), timeout: 500, ...own });
        try {
          await read(client);
        } catch (/** @type {any} */ error) {
          assert.ok(error instanceof auriko.AurikoAPIError, `${way}: ${error?.stack}`);
          assert.notEqual(error.code, "core_stopped", `${way}: ${error.cause?.stack}`);
        }
      }
    }
    const { choices } = await gateway.client().chat.completions.create(hi());
    assert.equal(choices.length, 1);
  });
}
