// @ts-check
// The demo as its visitors have it: started by its own command, in a real browser.
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import puppeteer from "puppeteer-core";
import { atEnd } from "../../runtimes/support/endings.mjs";
import { start } from "../../runtimes/support/processes.mjs";
import { programOf } from "../../runtimes/support/tools.mjs";

const main = fileURLToPath(new URL("../../../examples/browser-demo/server.mjs", import.meta.url));
/** @type {Record<string, import("puppeteer-core").LaunchOptions>} */
const BROWSERS = {
  Chromium: {
    executablePath: process.env.CHROMIUM ?? programOf("chromium"),
    args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
  },
  Firefox: { browser: "firefox", executablePath: process.env.FIREFOX ?? programOf("firefox-esr") },
};
export const NAMES = Object.keys(BROWSERS);

/** @typedef {{ browser: import("puppeteer-core").Browser, url: string, gateway: string }} Place */

/** A browser, and a demo for it alone. @param {string} name @returns {Promise<Place>} */
export async function launch(name) {
  const server = start(process.execPath, [main], { env: { PORT: "0" } });
  const browser = await puppeteer.launch(BROWSERS[name]);
  atEnd(() => browser.close());
  const [, url] = await server.prints(/The demo is at (http:\S+)/);
  const [, gateway] = await server.prints(/a local gateway, (http:\S+)/);
  return { browser, url, gateway };
}

export class Demo {
  /** What the browser has complained of. @type {string[]} */
  complaints = [];

  /** @param {import("puppeteer-core").Page} page @param {string} gateway */
  constructor(page, gateway) {
    this.page = page;
    this.gateway = gateway;
    page.setDefaultTimeout(15_000);
    page.on("console", (message) => {
      if (["error", "warn"].includes(message.type())) this.complaints.push(message.text());
    });
    page.on("pageerror", (error) => this.complaints.push(String(error)));
  }

  /** @param {Place} place */
  static async open({ browser, url, gateway }) {
    const context = await browser.createBrowserContext();
    const demo = new Demo(await context.newPage(), gateway);
    await demo.page.setViewport({ width: 1280, height: 844 });
    await demo.page.goto(url);
    // The list of models is what the page loads last.
    await demo.page.waitForSelector("#model option");
    return demo;
  }

  close() {
    return this.page.browserContext().close();
  }

  /** Writes a question and sends it. @param {string} question */
  async send(question) {
    await this.page.type("#question", question);
    await this.page.keyboard.press("Enter");
  }

  /** Asks, and waits for all of the answer. @param {string} question */
  async ask(question) {
    await this.send(question);
    await this.isOver();
  }

  isOver() {
    return this.page.waitForSelector("#send", { visible: true });
  }

  /** Waits until the last answer has said something. */
  begins() {
    return this.page.waitForFunction(() => [...document.querySelectorAll(".answer-text")].at(-1)?.textContent !== "");
  }

  /** The texts of the elements that are shown. @param {string} selector */
  texts(selector) {
    return this.page.$$eval(selector, (found) =>
      found.filter((each) => each.checkVisibility()).map((each) => /** @type {HTMLElement} */ (each).innerText),
    );
  }

  /** What the panel says, row by row. */
  async routing() {
    const rows = await this.page.$$eval("#routing tbody tr", (rows) =>
      rows.map((row) => [...row.children].map((cell) => /** @type {HTMLElement} */ (cell).textContent ?? "")),
    );
    return new Map(rows.map(([name, ...values]) => [name, values]));
  }

  /** How many answers the chart shows. */
  dots() {
    return this.page.$$eval("#chart .dot", ({ length }) => length);
  }

  /** Has the local gateway do something else than to answer. @param {string} name */
  async simulate(name) {
    await this.page.click("#show-options");
    await this.page.$$eval(
      "#simulation option",
      (options, name) => {
        const option = /** @type {HTMLOptionElement | undefined} */ (options.find((each) => each.textContent === name));
        if (!option) throw new Error(`there is no simulation called ${name}`);
        option.selected = true;
      },
      name,
    );
    await this.page.click("#show-options");
  }

  /** The requests that asked this. @param {string} question @returns {Promise<import("../../../gateway/http/log.mjs").LogRecord[]>} */
  async log(question) {
    const records = await (await fetch(`${this.gateway}/_log`)).json();
    return records.filter(({ json }) => json?.messages?.at(-1).content === question);
  }

  /**
   * Waits until so many requests have asked this, and all of them were given up. Chromium may read on for five
   * seconds what a page has given up.
   * @param {string} question
   * @param {number} count
   */
  async givenUp(question, count) {
    const begin = Date.now();
    for (;;) {
      const records = await this.log(question);
      if (records.length === count && records.every(({ clientGoneAt }) => clientGoneAt !== null)) return;
      if (Date.now() - begin > 10_000) throw new Error(`not given up: ${JSON.stringify(records)}`);
      await sleep(10);
    }
  }

  /** What a visitor may do without a browser's complaint. @param {RegExp} expected */
  tolerate(expected) {
    this.complaints = this.complaints.filter((text) => !expected.test(text));
  }
}
