// @ts-check
// Asking, reading, stopping, trying again.
import assert from "node:assert/strict";

/** @typedef {import("./demo.mjs").Demo} Demo */

/** A browser notes each answer with an error status. */
const STATUS = /Failed to load resource|status of \d{3}/;

/** @type {Record<string, (demo: Demo) => Promise<void>>} */
export const ASKING = {
  async "shows an answer while it comes"(demo) {
    await demo.page.evaluate(() => {
      /** @type {string[]} */
      const seen = [];
      Object.assign(globalThis, { seen });
      new MutationObserver(() => {
        const text = document.querySelector(".answer-text")?.textContent;
        if (text && text !== seen.at(-1)) seen.push(text);
      }).observe(document.body, { subtree: true, childList: true, characterData: true });
    });
    await demo.ask("echo: one two three four five");
    const seen = await demo.page.evaluate(() => /** @type {any} */ (globalThis).seen);
    assert.deepEqual(seen, ["one", "one two", "one two three", "one two three four", "one two three four five"]);
  },

  async "shows where the answer was routed, and what it cost"(demo) {
    await demo.ask("echo: where");
    const routing = await demo.routing();
    assert.deepEqual(routing.get("Provider"), ["openai"]);
    assert.deepEqual(routing.get("Model"), ["gpt-5.4"]);
    assert.deepEqual(routing.get("Strategy"), ["cost"]);
    assert.deepEqual(routing.get("First token"), ["520 ms"]);
    assert.deepEqual(routing.get("Speed"), ["70 tokens/s"]);
    assert.match(String(routing.get("Cost")), /^\$0\.0000\d\d$/);
    const [facts] = await demo.texts(".answer-facts");
    assert.match(facts, /^openai · 520 ms · 70 tokens\/s · \$0\.0000\d\d$/);
  },

  async "sends the model and the strategy that are chosen, and what was said before"(demo) {
    await demo.ask("echo: first");
    await demo.page.select("#model", "deepseek-v3.2");
    await demo.page.select("#strategy", "tps");
    await demo.ask("echo: second");
    const [{ json, headers }] = await demo.log("echo: second");
    assert.equal(json.model, "deepseek-v3.2");
    assert.deepEqual(json.gateway, { routing: { optimize: "tps" } });
    assert.deepEqual(json.messages, [
      { role: "user", content: "echo: first" },
      { role: "assistant", content: "first" },
      { role: "user", content: "echo: second" },
    ]);
    // The proxy's, not the page's.
    assert.equal(headers.authorization, "Bearer ak_test_local");
  },

  async "sends with Enter, and begins a line with Shift and Enter"(demo) {
    await demo.page.type("#question", "echo: a");
    await demo.page.keyboard.down("Shift");
    await demo.page.keyboard.press("Enter");
    await demo.page.keyboard.up("Shift");
    await demo.ask("b");
    assert.deepEqual(await demo.texts(".question"), ["echo: a\nb"]);
    assert.deepEqual(await demo.texts(".answer-text"), ["a\nb"]);
  },

  async "sends nothing that is empty"(demo) {
    await demo.send("  ");
    assert.deepEqual(await demo.texts(".turn"), []);
  },

  async "stops the answer, and the request behind it"(demo) {
    const question = "Will you be stopped?";
    for (const leave of [() => demo.page.click("#stop"), () => demo.page.keyboard.press("Escape")]) {
      await demo.simulate("is slow");
      await demo.send(question);
      await demo.begins();
      await leave();
      await demo.isOver();
      assert.equal((await demo.texts(".answer-facts")).at(-1), "Stopped");
    }
    const text = (await demo.texts(".answer-text")).at(-1);
    await demo.givenUp(question, 2);
    assert.match(String(text), /^Hello/);
  },

  async "asks again what was stopped"(demo) {
    await demo.simulate("is slow");
    await demo.send("echo: one two three");
    await demo.begins();
    await demo.page.click("#stop");
    await demo.page.waitForSelector(".again", { visible: true });
    await demo.page.click(".again");
    await demo.isOver();
    assert.deepEqual(await demo.texts(".answer-text"), ["one two three"]);
    assert.deepEqual(await demo.texts(".again"), []);
  },

  async "shows an error with its code and its documentation, and asks again"(demo) {
    await demo.simulate("has a budget used up");
    await demo.ask("echo: better now");
    assert.match((await demo.texts(".failure-title"))[0], /^RateLimitError budget_exhausted$/);
    assert.deepEqual(await demo.texts(".failure-suggestion"), ["Raise the budget, or wait until the month is over."]);
    const link = await demo.page.$eval(".failure a", (link) => /** @type {HTMLAnchorElement} */ (link).href);
    assert.equal(link, "https://docs.auriko.ai/errors/budget_exhausted");
    assert.match((await demo.texts(".failure-more"))[0], /status 429.*req_local/s);
    await demo.page.click(".again");
    await demo.isOver();
    assert.deepEqual(await demo.texts(".answer-text"), ["better now"]);
    assert.deepEqual(await demo.texts(".failure"), []);
    demo.tolerate(STATUS);
  },

  async "keeps what was said before an answer failed"(demo) {
    for (const [simulation, title] of [
      ["fails in mid-answer", /^APIStatusError upstream_error$/],
      ["loses the connection", /^APIConnectionError /],
    ]) {
      await demo.simulate(String(simulation));
      await demo.ask("Who are you, and who has chosen you?");
      assert.match((await demo.texts(".failure-title")).at(-1) ?? "", /** @type {RegExp} */ (title));
      assert.match((await demo.texts(".answer-text")).at(-1) ?? "", /^Hello from OpenAI!.*/);
    }
    demo.tolerate(/net::ERR|NetworkError/);
  },

  async "tries again by itself when the router is busy"(demo) {
    await demo.simulate("is busy twice, then answers");
    await demo.ask("echo: patience");
    assert.deepEqual(await demo.texts(".answer-text"), ["patience"]);
    assert.equal((await demo.log("echo: patience")).length, 3);
    demo.tolerate(STATUS);
  },

  async "begins anew"(demo) {
    await demo.ask("echo: forget me");
    await demo.page.click("#new-chat");
    assert.deepEqual(await demo.texts(".turn"), []);
    await demo.ask("echo: a new one");
    const [{ json }] = await demo.log("echo: a new one");
    assert.equal(json.messages.length, 1);
  },
};
