// @ts-check
// Real browsers, each through its own driver, by the protocol that both speak: https://www.w3.org/TR/webdriver2/
import { setTimeout as sleep } from "node:timers/promises";
import { atEnd } from "./endings.mjs";
import { start } from "./processes.mjs";
import { programOf } from "./tools.mjs";

/** What a page is waited for. */
const LIMIT = 90_000;

/** @type {Record<string, { driver: string, args: string[], ready: RegExp, capabilities: () => object }>} */
const BROWSERS = {
  Chromium: {
    driver: "chromedriver",
    args: ["--port=0"],
    ready: /started successfully on port (\d+)/,
    capabilities: () => ({
      "goog:chromeOptions": {
        binary: process.env.CHROMIUM ?? programOf("chromium"),
        args: [
          ..."headless=new no-sandbox disable-dev-shm-usage disable-gpu no-first-run".split(" "),
          ..."disable-background-networking disable-component-update disable-sync".split(" "),
        ],
      },
    }),
  },
  Firefox: {
    driver: "geckodriver",
    args: ["--port=0", "--websocket-port=0"],
    ready: /Listening on 127\.0\.0\.1:(\d+)/,
    capabilities: () => ({
      "moz:firefoxOptions": { binary: process.env.FIREFOX ?? programOf("firefox-esr"), args: ["-headless"] },
    }),
  },
};

export const NAMES = Object.keys(BROWSERS);

/** @typedef {{ version: string, outcomeOf: (url: string) => Promise<any> }} Browser */

/** @type {Map<string, Promise<Browser>>} */
const open = new Map();

/** One of each kind for a test file, ended after it. @param {string} name @returns {Promise<Browser>} */
export function browser(name) {
  let opened = open.get(name);
  if (!opened) {
    opened = launch(name);
    open.set(name, opened);
  }
  return opened;
}

/** @param {string} name @returns {Promise<Browser>} */
async function launch(name) {
  const { driver, args, ready, capabilities } = BROWSERS[name];
  const program = start(programOf(driver), args);
  const [, port] = await program.prints(ready);

  /** @param {string} method @param {string} path @param {object} [body] */
  const command = async (method, path, body) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      body: body && JSON.stringify(body),
      headers: { "content-type": "application/json" },
    });
    const { value } = await response.json();
    if (!response.ok) throw new Error(`${driver}: ${value.error}: ${value.message}`);
    return value;
  };

  const session = await command("POST", "/session", { capabilities: { alwaysMatch: capabilities() } });
  const path = `/session/${session.sessionId}`;
  atEnd(() => command("DELETE", path));
  return {
    version: session.capabilities.browserVersion,
    // A page says in `outcome`, as JSON, how it went, or in `failure` why it did not.
    async outcomeOf(url) {
      await command("POST", `${path}/url`, { url });
      for (const begin = Date.now(); ; await sleep(20)) {
        const script = "return [window.outcome ?? null, window.failure ?? null, document.body?.innerText ?? null]";
        const [outcome, failure, text] = await command("POST", `${path}/execute/sync`, { script, args: [] });
        if (outcome !== null) return JSON.parse(outcome);
        if (failure !== null) throw new Error(`${url}: ${failure}`);
        if (Date.now() - begin > LIMIT) throw new Error(`${url} is not ready after ${LIMIT} ms: ${text}`);
      }
    },
  };
}
