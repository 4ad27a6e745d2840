// @ts-check
// Every example runs, in a project that has what the example says to install, and prints what it promises.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const examples = fileURLToPath(new URL("../../examples/", import.meta.url));
const script = fileURLToPath(new URL("../../scripts/example.mjs", import.meta.url));

/** What each prints, in this order. @type {Record<string, RegExp[]>} */
const OUTPUTS = {
  agents: [
    /\[gpt-5\.4 by openai, for cost: \$0\.0/,
    /^Meteorologist:$/,
    /\[gpt-5\.4 by azure, for ttft: \$0\.0/,
    /^calls a tool$/,
    /It is sunny in Paris/,
    /\[gpt-5\.4 by azure, for ttft: \$0\.0/,
    /^answered by the Meteorologist$/,
  ],
  "ai-sdk": [
    /It is sunny in Paris/,
    /^step 0 was served by openai for \$0\.0/,
    /^step 1 was served by openai for \$0\.0/,
  ],
  "concurrent-capture": [
    /^cost: cost chose openai/,
    /You wrote: “Name a virtue of cost\.”/,
    /^ttft: ttft chose azure/,
    /^tps: tps chose azure/,
    /^balanced: balanced chose/,
  ],
  langchain: [/You wrote: “Say hello in one sentence\.”/, /^served by azure, at \d+ tokens per second$/],
  "openai-manual": [/Hello from OpenAI/, /^served by openai$/, /^BadRequestError of temperature: /],
  // Each request is below its own call.
  opentelemetry: Array(4).fill(
    /^chat gpt-5\.4, (?<id>\S+): (openai|azure)\n {2}POST http:\S+\/v1\/chat\/completions, \k<id>: 200$/,
  ),
};

test("all examples are here", () => {
  const names = readdirSync(examples).filter((name) => existsSync(`${examples}${name}/main.mjs`));
  assert.deepEqual(names.sort(), Object.keys(OUTPUTS));
});

for (const [name, lines] of Object.entries(OUTPUTS)) {
  test(name, async () => {
    const { AURIKO_API_KEY: _key, NODE_TEST_CONTEXT: _context, ...env } = process.env;
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [script, name], { env, timeout: 60_000 });
    assert.equal(stderr, "");
    let rest = stdout;
    for (const line of lines) {
      const found = new RegExp(line, "m").exec(rest);
      assert.ok(found, `${line} is not in what is left of the output:\n${rest}`);
      rest = rest.slice(found.index + found[0].length);
    }
  });
}
