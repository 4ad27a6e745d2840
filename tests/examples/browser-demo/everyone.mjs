// @ts-check
// For keyboards, screen readers, small screens and other eyes.
import assert from "node:assert/strict";
import axe from "axe-core";

/** @typedef {import("./demo.mjs").Demo} Demo */

/** What axe finds. @param {Demo} demo @param {string} when */
async function accessible({ page }, when) {
  // Evaluated from outside: the page's own policy allows no other scripts.
  await page.evaluate(axe.source);
  const violations = await page.evaluate(async () => {
    const { violations } = await /** @type {any} */ (globalThis).axe.run(document, { resultTypes: ["violations"] });
    return violations.map(
      (/** @type {any} */ { id, nodes }) => `${id}: ${nodes.map((/** @type {any} */ { html }) => html)}`,
    );
  });
  assert.deepEqual(violations, [], when);
}

/** Every state of the page. @param {Demo} demo */
async function accessibleThroughout(demo) {
  await accessible(demo, "empty");
  await demo.ask("echo: hello");
  await accessible(demo, "after an answer");
  await demo.page.click("#show-options");
  await demo.page.type("#max_ttft_ms", "x");
  await accessible(demo, "with a wrong option");
  await demo.page.keyboard.press("Backspace");
  await demo.page.type("#prefer", "acme");
  await demo.page.click("#show-options");
  await demo.page.click("#compare");
  await demo.simulate("fails in mid-answer");
  await demo.ask("Who?");
  await accessible(demo, "after errors in a comparison");
  await demo.simulate("answers");
  await demo.send("And who are you?");
  await demo.begins();
  await accessible(demo, "while two answers come");
  await demo.isOver();
  await accessible(demo, "after a comparison");
}

/** The widths of what is laid out, and of the window. @param {Demo} demo */
const widths = ({ page }) => page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);

/** @type {Record<string, (demo: Demo) => Promise<void>>} */
export const FOR_EVERYONE = {
  "has nothing that axe complains of": accessibleThroughout,

  async "can be used with a keyboard alone, and shows where the focus is"(demo) {
    const reached = [];
    await demo.page.focus("#new-chat");
    for (let steps = 0; steps < 10; steps++) {
      await demo.page.keyboard.press("Tab");
      const [id, outline, shadow] = await demo.page.evaluate(() => {
        const focused = /** @type {Element} */ (document.activeElement);
        const { outlineStyle } = getComputedStyle(focused);
        const composer = /** @type {Element} */ (document.getElementById("composer"));
        return [focused.id || focused.className, outlineStyle, getComputedStyle(composer).boxShadow];
      });
      // The field for the question has the frame of the whole form.
      const isVisible = id === "question" ? shadow.includes("0px 0px 0px 1px") : outline !== "none";
      assert.ok(isVisible, `nobody sees that ${id} has the focus`);
      reached.push(id);
    }
    const expected = ["conversation", "prompt", "prompt", "prompt", "question", "model", "strategy", "compare"];
    assert.deepEqual(reached, [...expected, "show-options", "send"]);
  },

  async "tells those who listen that an answer has come"(demo) {
    await demo.ask("echo: can you hear me");
    assert.equal(await demo.page.$eval("#announcer", (told) => told.textContent), "openai answers: can you hear me");
  },

  async "fits on a phone"(demo) {
    await demo.page.setViewport({ width: 390, height: 844 });
    await demo.page.click("#compare");
    await demo.ask(`echo: ${"long".repeat(60)}`);
    const places = await demo.page.$$eval(".answer", (answers) =>
      answers.map((each) => each.getBoundingClientRect().y),
    );
    assert.ok(places[0] < places[1], "one below the other");
    assert.deepEqual(await widths(demo), [390, 390]);
    await demo.page.click("#show-options");
    assert.deepEqual(await widths(demo), [390, 390]);
    assert.deepEqual(await demo.texts("#routing"), []);
    await demo.page.click("#show-insight");
    assert.equal((await demo.texts("#routing")).length, 1);
    assert.deepEqual(await widths(demo), [390, 390]);
  },
};

/** For what Firefox cannot be told from outside. @type {Record<string, (demo: Demo) => Promise<void>>} */
export const IN_CHROMIUM = {
  async "has nothing that axe complains of in the dark"(demo) {
    await demo.page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: "dark" }]);
    const ground = await demo.page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    assert.equal(ground, "rgb(19, 19, 18)");
    await accessibleThroughout(demo);
  },

  async "does not move where people want no motion"(demo) {
    await demo.page.emulateMediaFeatures([{ name: "prefers-reduced-motion", value: "reduce" }]);
    await demo.send("Still?");
    await demo.begins();
    const animations = await demo.page.evaluate(() => document.getAnimations().length);
    assert.equal(animations, 0);
    await demo.isOver();
  },
};
