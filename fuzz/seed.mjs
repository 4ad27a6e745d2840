// @ts-check
// Writes what the fuzzer begins with: the vectors of tests/vectors and tests/parity, each in the form that its target
// reads. Found inputs stay beside them, so this can be run at any time.
import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));

/** @param {string} file @returns {Promise<any[]>} */
const vectors = async (file) => JSON.parse(await readFile(`${root}tests/${file}.json`, "utf8")).vectors;

/** @param {string} name @returns {Promise<any[]>} */
const inputs = async (name) => (await vectors(`parity/${name}`)).map(({ input }) => input);

const bodies = (await vectors("vectors/sse")).map(({ input_base64 }) => Buffer.from(input_base64, "base64"));
const events = (await inputs("events")).map(({ payload }) => payload);
const answers = await inputs("answers");
const metadata = await inputs("metadata");

const chunk = {
  id: "c",
  choices: [{ index: 0, delta: { content: 'a "\\\n' }, finish_reason: null }],
  routing_metadata: metadata[0],
  usage: { total_tokens: 1 },
};
const terminal = { type: "response.completed", response: { routing_metadata: metadata[0] } };
/** @param {unknown} payload */
const event = (payload) => `data: ${JSON.stringify(payload)}\n\n`;
const texts = ["", "a", "é\ud83d", '"}'].map((content) => ({ choices: [{ index: 0, delta: { content } }] }));
const streams = [
  ...bodies,
  texts.map(event).join(""),
  ...[...events, chunk, terminal].map((payload) => `${event(payload)}data: [DONE]\n\n`),
];

/** @param {{ status?: number, headers?: Record<string, string>, body?: unknown }} answer */
const message = ({ status = 429, headers = {}, body }) =>
  [status, ...Object.entries(headers).map((header) => header.join(": ")), "", JSON.stringify(body) ?? ""].join("\n");

/** @type {Record<string, (string | Buffer)[]>} */
const corpus = {
  events: bodies,
  stream: streams,
  text: [chunk, terminal, ...events]
    .map((payload) => JSON.stringify(payload))
    .concat("a\\n\\ud83d\n\\ude42\n\\u0041\\\\"),
  metadata: [...streams, ...metadata.map((value) => JSON.stringify(value)), JSON.stringify(chunk)],
  answer: [...answers, ...(await inputs("headers")), ...(await inputs("delays"))].map(message),
  options: [
    ...[...(await inputs("routing")), ...(await inputs("gateway"))].map((value) => JSON.stringify(value)),
    ...(await inputs("base_urls")).map(String),
  ],
};

for (const [target, seeds] of Object.entries(corpus)) {
  const folder = `${root}fuzz/corpus/${target}`;
  await mkdir(folder, { recursive: true });
  for (const seed of seeds) await writeFile(`${folder}/${createHash("sha1").update(seed).digest("hex")}`, seed);
  console.log(`${target}: ${seeds.length} seeds`);
}
