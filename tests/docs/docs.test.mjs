// @ts-check
// Every program in the README and in docs/ runs as it stands there; the local gateway answers in Auriko's place.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { after, describe, test } from "node:test";
import { startGateway } from "../../gateway/server.mjs";
import { closeBrowser } from "./browser.mjs";
import { pageProject, textOf } from "./page.mjs";

const gateway = await startGateway();
after(() => gateway.close());
after(closeBrowser);

const guides = readdirSync(new URL("../../docs", import.meta.url)).filter((name) => name.endsWith(".md"));

for (const path of ["README.md", ...guides.map((name) => `docs/${name}`)]) {
  const page = await pageProject(await textOf(path));
  describe(path, { concurrency: 2 }, () => {
    after(() => page.remove());
    test("types", () => page.checkTypes());
    for (const program of page.programs) {
      test(program.title, async () => void (await page.run(program, gateway.url)));
    }
  });
}

describe("a page", () => {
  /** @param {string} text */
  const outcomes = async (text) => {
    const page = await pageProject(text);
    try {
      await page.checkTypes();
      return await Promise.all(page.programs.map((program) => page.run(program, gateway.url)));
    } finally {
      await page.remove();
    }
  };
  /** @param {string} code @param {string} [language] */
  const block = (code, language = "js") => `\`\`\`${language}\n${code}\n\`\`\`\n`;

  test("can name a program, which others import; scenarios and handlers are there for it", async () => {
    const text =
      block(
        '// lib/client.ts\nimport { AurikoClient } from "auriko-wasm";\nexport const client: AurikoClient = new AurikoClient();',
        "ts",
      ) +
      block(
        'import { client } from "./lib/client.js";\ntry { await client.me.get(); } catch ({ code }) { console.log(code) }',
        "js scenario=status;code=invalid_api_key",
      ) +
      block('const two: number = 2;\nconsole.log("two", two);', "ts") +
      block("t…o 2", "text output") +
      block("export async function POST(request) { return new Response((await request.json()).messages[0].content) }");
    assert.deepEqual(await outcomes(text), ["", "invalid_api_key\n", "two 2\n", "200 Hi\n"]);
  });

  for (const [what, text, reason] of /** @type {[string, string, RegExp][]} */ ([
    ["throws", block('throw new Error("mine")'), /mine/],
    ["complains", block('console.log(1); console.warn("careful")'), /careful/],
    ["prints nothing", block("const nothing = 1;"), /printed nothing/],
    ["asks another host", block('console.log(await fetch("https://example.com").catch(() => 1))'), /example\.com/],
    ["prints something else", `${block("console.log(12)")}${block("1…3", "text output")}`, /it printed\n12/],
    ["fails in a page", block('console.log(1); console.error("careful")', "js browser"), /careful/],
    ["needs what it does not install", block('import "openai";'), /Cannot find package 'openai'/],
    ["has wrong types", block('const two: number = "2";\nconsole.log(two);', "ts"), /not assignable/],
    ["is named in another way", block("x", "javascript"), /write js or ts/],
    ["has an option that is none", block("x", "js norun"), /norun/],
    ["is indented", block("x").replaceAll("```", "  ```"), /start of its line/],
  ])) {
    test(`fails if a program ${what}`, () => assert.rejects(outcomes(text), reason));
  }
});
