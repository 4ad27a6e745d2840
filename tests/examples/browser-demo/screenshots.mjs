// @ts-check
// The pictures of docs/images, of what a visitor sees:
//   node --test tests/examples/browser-demo/screenshots.mjs
// Their type is that of the machine.
import { mkdir } from "node:fs/promises";
import { before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { Demo, launch } from "./demo.mjs";

const folder = fileURLToPath(new URL("../../../docs/images/", import.meta.url));

/** What is answered in the pictures; the local gateway has nothing to say. @type {Record<string, string>} */
const ANSWERS = {
  "What does a router of language models do?":
    "It takes one request and decides, at that moment, which provider should answer it. Several companies serve the " +
    "same model at different prices and speeds, and both change through the day.\n\nYou say what matters to you: the " +
    "price, the time to the first token, or the tokens per second. The router knows the current numbers, picks the " +
    "provider that fits, and tries the next one if it fails.",
  "Explain backpressure in two sentences.":
    "A reader that is slower than its writer asks the writer to wait, so that nothing piles up in between. In a stream " +
    "that goes through a proxy, the waiting has to pass through every hop, or the slowest one fills its memory.",
};

/** @type {import("./demo.mjs").Place} */
let place;
before(async () => {
  place = await launch("Chromium");
  await mkdir(folder, { recursive: true });
});

/** @param {"light" | "dark"} scheme @param {{ width: number, height: number, deviceScaleFactor?: number, hasTouch?: boolean }} viewport */
async function open(scheme, viewport) {
  const demo = await Demo.open(place);
  await demo.page.setViewport(viewport);
  await demo.page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
  await demo.page.setRequestInterception(true);
  demo.page.on("request", (request) => {
    const body = request.method() === "POST" ? JSON.parse(request.postData() ?? "") : undefined;
    const last = body?.messages.at(-1);
    if (last?.content in ANSWERS) last.content = `echo: ${ANSWERS[last.content]}`;
    request.continue(body && { postData: JSON.stringify(body) });
  });
  return demo;
}

/** @param {Demo} demo @param {string} name */
async function picture({ page }, name) {
  // No cursor, and no ring around the field that happens to have the focus.
  await page.evaluate(() => /** @type {HTMLElement} */ (document.activeElement).blur());
  await page.mouse.move(0, 0);
  await page.screenshot({ path: `${folder}${name}.png` });
}

const [WHAT, WHY] = Object.keys(ANSWERS);
const DESK = { width: 1280, height: 800 };

test("light: a comparison", async () => {
  const demo = await open("light", DESK);
  await demo.ask(WHAT);
  await demo.page.click("#compare");
  await demo.ask(WHY);
  await picture(demo, "demo-light");
});

test("dark: a conversation, with a warning", async () => {
  const demo = await open("dark", DESK);
  await demo.ask(WHAT);
  await demo.page.click("#show-options");
  await demo.page.type("#prefer", "acme");
  await demo.page.click("#show-options");
  await demo.ask(WHY);
  await picture(demo, "demo-dark");
});

test("errors, and options that cannot be", async () => {
  const demo = await open("light", DESK);
  await demo.simulate("fails in mid-answer");
  await demo.ask("Can an answer fail in the middle?");
  await demo.page.click("#show-options");
  await demo.page.type("#more", '{ "maxTtftMs": 300 }');
  await picture(demo, "demo-errors");
});

test("phone", async () => {
  const demo = await open("light", { width: 390, height: 844, deviceScaleFactor: 2, hasTouch: true });
  await demo.page.click("#compare");
  await demo.ask(WHY);
  await picture(demo, "demo-phone");
  await demo.page.click("#show-insight");
  await picture(demo, "demo-phone-routing");
});
