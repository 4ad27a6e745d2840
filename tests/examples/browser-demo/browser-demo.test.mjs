// @ts-check
// The demo of examples/browser-demo in real browsers.
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { ASKING } from "./asking.mjs";
import { COMPARING } from "./comparing.mjs";
import { Demo, launch, NAMES } from "./demo.mjs";
import { FOR_EVERYONE, IN_CHROMIUM } from "./everyone.mjs";

for (const name of NAMES) {
  // Firefox draws nothing in a tab that is behind another, and what is not drawn cannot be clicked.
  const concurrency = name === "Firefox" ? 1 : 3;
  describe(`the demo in ${name}`, { concurrency }, () => {
    /** @type {import("./demo.mjs").Place} */
    let place;
    before(async () => {
      place = await launch(name);
    });
    const specification = { ...ASKING, ...COMPARING, ...FOR_EVERYONE, ...(name === "Chromium" && IN_CHROMIUM) };
    for (const [sentence, holds] of Object.entries(specification)) {
      test(sentence, { timeout: 60_000 }, async () => {
        const demo = await Demo.open(place);
        await holds(demo);
        assert.deepEqual(demo.complaints, []);
        await demo.close();
      });
    }
  });
}
