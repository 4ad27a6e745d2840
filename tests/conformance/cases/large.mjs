// @ts-check
// H: text that is no text, and more of everything than anybody sends.
import { conformance } from "../harness.mjs";
import { all, open } from "./streams.mjs";

const LONE = ["\ud800", "a\udc00b", "\ud83e", "x\ud800\ud800y", "\udc00\ud800"];

conformance("128", "half a surrogate pair in a prompt arrives as it was, and comes back so", async (t) => {
  for (const half of LONE) {
    const params = t.params({ messages: [{ role: "user", content: `echo: ${half}` }] });
    const answer = /** @type {any} */ (await t.client().chat.completions.create(params));
    t.expect(answer.choices[0].message.content).to.equal(half);
    const stream = /** @type {any} */ (await t.client().chat.completions.create({ ...params, stream: true }));
    const chunks = await all(stream);
    t.expect(t.text(chunks)).to.equal(half);
    const [first, second] = (await t.log()).slice(-2);
    t.expect([first.json.messages[0].content, second.json.messages[0].content]).to.deep.equal([
      `echo: ${half}`,
      `echo: ${half}`,
    ]);
    t.expect(first.body).to.include(JSON.stringify(half).slice(1, -1));
  }
});

conformance(
  "128",
  "half a surrogate pair comes out of textStream as U+FFFD, and so does it go into a URL",
  async (t) => {
    for (const half of LONE) {
      const params = t.params({ messages: [{ role: "user", content: `echo: ${half}` }], stream: true });
      const { textStream } = /** @type {any} */ (await t.client().chat.completions.create(params));
      t.expect((await all(textStream)).join("")).to.equal(half.replaceAll(/[\ud800-\udfff]/g, "\ufffd"));
      const error = await t.rejection(t.client().models.retrieve(half));
      t.expect([error.name, error.code]).to.deep.equal(["NotFoundError", "model_not_found"]);
      t.expect((await t.log()).at(-1).url).to.match(/%EF%BF%BD/);
    }
  },
);

/** @param {number} levels */
const nested = (levels) => JSON.parse(`${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`);

/** How deep an object is. @param {any} object */
export function depthOf(object) {
  let levels = 0;
  for (let each = object; typeof each === "object" && each !== null; each = Object.values(each)[0]) levels += 1;
  return levels;
}

for (const [name, more] of /** @type {[string, () => any][]} */ ([
  ["a prompt of 1 MB", () => ({ messages: [{ role: "user", content: "é".repeat(512 * 1024) }] })],
  [
    "10,000 messages",
    () => ({ messages: Array.from({ length: 10_000 }, (_, at) => ({ role: "user", content: `${at}` })) }),
  ],
  ["1,000 levels", () => ({ x_deep: nested(1000) })],
  ["1,000 levels in gateway", () => ({ gateway: { metadata: { custom_fields: nested(1000) } } })],
  ["1,000 levels in extra_body", () => ({ extra_body: { gateway: { x: nested(1000) }, y: nested(1000) } })],
  ["100,000 parameters", () => Object.fromEntries(Array.from({ length: 100_000 }, (_, at) => [`p${at}`, at]))],
])) {
  conformance("129", `large parameters are sent and answered whole: ${name}`, async (t) => {
    const { extra_body, ...params } = t.params(more());
    const sent = inOrder({ ...params, ...extra_body });
    const answer = /** @type {any} */ (await t.scenario("echo").chat.completions.create({ ...params, extra_body }));
    t.expect(inOrder(JSON.parse(answer.choices[0].message.content)) === sent).to.equal(true);
    t.expect(inOrder((await t.log())[0].json) === sent).to.equal(true);
  });
}

conformance("129", "a chunk of 1 MB arrives whole, however it is read", async (t) => {
  const messages = [{ role: "user", content: `${"é".repeat(512 * 1024)}end` }];
  const sent = JSON.stringify(t.params({ messages, stream: true }));
  const streamed = async () =>
    /** @type {any} */ (await t.scenario("echo").chat.completions.create(t.params({ messages, stream: true })));
  t.expect(t.text(await all(await streamed())) === sent).to.equal(true);
  t.expect((await all((await streamed()).textStream)).join("") === sent).to.equal(true);
  t.expect((await (await streamed()).finalCompletion()).choices[0].message.content === sent).to.equal(true);
});

/** The JSON of an object, its members in the order of their names. @param {object} object */
const inOrder = (object) =>
  JSON.stringify(Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1))));

conformance("129", "1,000 levels in an answer arrive whole, however it is read", async (t) => {
  const scenario = "deep-nesting;levels=1000;of=objects";
  const answer = /** @type {any} */ (await t.scenario(scenario).chat.completions.create(t.params()));
  t.expect(depthOf(answer.x_deep)).to.equal(1000);
  const chunks = await all(await open(t, scenario));
  t.expect(depthOf(chunks[1].x_deep)).to.equal(1000);
  t.expect(depthOf(/** @type {any} */ (await (await open(t, scenario)).finalCompletion()).x_deep)).to.equal(1000);
  const lines = (await new Response((await open(t, scenario)).toReadableStream()).text()).split("\n");
  t.expect(depthOf(JSON.parse(lines[1]).x_deep)).to.equal(1000);
  t.expect((await all((await open(t, scenario)).textStream)).join("")).to.equal("naïve 東京 ☕");
});
