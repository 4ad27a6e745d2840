// @ts-check
// Strategies side by side, routing options, and the cost of it all.
import assert from "node:assert/strict";

/** @typedef {import("./demo.mjs").Demo} Demo */

/** @type {Record<string, (demo: Demo) => Promise<void>>} */
export const COMPARING = {
  async "compares two strategies side by side"(demo) {
    await demo.page.click("#compare");
    await demo.ask("Which of you is it?");
    const places = await demo.page.$$eval(".answer", (answers) =>
      answers.map((each) => each.getBoundingClientRect().x),
    );
    assert.ok(places[0] < places[1], `the answers begin at ${places}`);
    assert.deepEqual(await demo.texts(".answer-strategy"), ["cost", "ttft"]);
    const routing = await demo.routing();
    assert.deepEqual(routing.get("Provider"), ["openai", "azure"]);
    assert.deepEqual(routing.get("First token"), ["520 ms", "310 ms (better)"]);
    assert.match(String(routing.get("Cost")?.[0]), /\(better\)$/);
  },

  async "goes on from each strategy's own answers"(demo) {
    await demo.page.click("#compare");
    await demo.ask("Who is it?");
    await demo.ask("echo: and now");
    const log = await demo.log("echo: and now");
    const said = log.map(({ json }) => [json.gateway.routing.optimize, json.messages[1].content.slice(0, 17)]);
    assert.deepEqual(said.sort(), [
      ["cost", "Hello from OpenAI"],
      ["ttft", "Hello from Azure!"],
    ]);
  },

  async "stops both answers at once"(demo) {
    await demo.page.click("#compare");
    await demo.simulate("is slow");
    await demo.send("Both of you?");
    await demo.begins();
    await demo.page.click("#stop");
    await demo.isOver();
    assert.deepEqual(await demo.texts(".answer-facts"), ["Stopped", "Stopped"]);
  },

  async "adds up what the session costs, answer by answer"(demo) {
    await demo.ask("echo: one");
    assert.equal(await demo.dots(), 1);
    await demo.page.click("#compare");
    await demo.ask("echo: two");
    assert.equal(await demo.dots(), 3);
    const facts = await demo.texts(".answer-facts");
    const costs = facts.map((text) => Number(/\$([\d.]+)/.exec(text)?.[1]));
    const [total] = await demo.texts("#total");
    const sum = costs.reduce((sum, cost) => sum + cost);
    // Each of them is rounded.
    assert.ok(Math.abs(Number(total.slice(1)) - sum) < 3e-6, `${total} is not the sum of ${costs}`);
    const label = await demo.page.$eval("#chart svg", (chart) => chart.getAttribute("aria-label"));
    assert.equal(label, `The running cost rises to ${total} over 3 answers.`);
  },

  async "tells what is wrong with routing options, before anything is sent"(demo) {
    await demo.page.click("#show-options");
    await demo.page.type("#max_ttft_ms", "-5");
    const [wrong] = await demo.texts("#wrong");
    assert.match(wrong, /max_ttft_ms is -5, but must be a whole number/);
    await demo.page.click("#show-options");
    await demo.send("echo: not sent");
    const [focused, described] = await demo.page.evaluate(() => {
      const { activeElement } = document;
      return [activeElement?.id, activeElement?.getAttribute("aria-describedby")];
    });
    assert.deepEqual([focused, described], ["max_ttft_ms", "wrong"]);
    assert.deepEqual(await demo.log("echo: not sent"), []);
    assert.deepEqual(await demo.texts(".turn"), []);
  },

  async "proposes the right name for a wrong one"(demo) {
    await demo.page.click("#show-options");
    await demo.page.type("#more", '{ "maxTtftMs": 5 }');
    const [wrong] = await demo.texts("#wrong");
    assert.match(wrong, /max_ttft_ms/);
  },

  async "sends the routing options, and shows what the router warns of"(demo) {
    await demo.page.click("#show-options");
    await demo.page.type("#min_throughput_tps", "50,5");
    await demo.page.type("#prefer", "acme");
    const [sent] = await demo.texts("#sent code");
    await demo.ask("echo: warned");
    const [{ json }] = await demo.log("echo: warned");
    assert.deepEqual(json.gateway.routing, { optimize: "cost", min_throughput_tps: 50.5, prefer: "acme" });
    assert.deepEqual(JSON.parse(sent), { gateway: json.gateway });
    assert.deepEqual(await demo.texts("#warnings li"), ["unknown_provider There is no provider 'acme'."]);
    assert.match((await demo.texts(".answer-facts"))[0], /1 warning$/);
  },
};
