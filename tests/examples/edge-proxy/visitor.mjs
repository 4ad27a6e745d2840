// @ts-check
// What visits the proxy in the tests, and the Auriko behind it. Every answer is searched for the key.
import assert from "node:assert/strict";
import { connect } from "node:net";
import { after } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { startGateway } from "../../../gateway/server.mjs";

export const KEY = "ak_live_kept_by_the_proxy";
export const ORIGIN = "https://shop.example";

/** @typedef {{ status: number, headers: Headers, text: string, json: any }} Answer */

export const gateway = await startGateway({ key: KEY });
after(() => gateway.close());

/** What the proxies are started with. */
export const ENV = {
  AURIKO_API_KEY: KEY,
  AURIKO_BASE_URL: gateway.url,
  ALLOWED_MODELS: "gpt-5.4, deepseek-v3.2",
  ALLOWED_ORIGINS: `https://www.example,${ORIGIN}`,
  MAX_TOKENS: "20",
  MAX_BODY_BYTES: "10000",
  FORWARD_HEADERS: "x-gateway-scenario,x-test-run",
};

const PATIENCE_MS = 5000;
let runs = 0;

export class Visitor {
  /** Marks its requests in the gateway's log. */
  run = `visitor-${++runs}`;

  /** @param {string} url of the proxy, with /v1 */
  constructor(url) {
    this.url = url;
  }

  /** Another one, of whom the log has nothing yet. */
  again() {
    return new Visitor(this.url);
  }

  /** @param {string} [scenario] */
  headers(scenario) {
    return { origin: ORIGIN, "x-test-run": this.run, ...(scenario && { "x-gateway-scenario": scenario }) };
  }

  /** @param {string} path @param {RequestInit} [init] @param {string} [scenario] */
  send(path, init = {}, scenario) {
    return fetch(this.url + path, { ...init, headers: { ...this.headers(scenario), ...init.headers } });
  }

  /** @param {string} path @param {RequestInit} [init] @param {string} [scenario] @returns {Promise<Answer>} */
  async ask(path, init, scenario) {
    const { status, headers, ...response } = await this.send(path, init, scenario).then(received);
    const told = `${JSON.stringify([...headers])}${response.text}`;
    assert.ok(!told.includes(KEY), `the key is in ${told}`);
    return { status, headers, ...response };
  }

  /** @param {object | string} body @param {RequestInit & { path?: string, scenario?: string }} [how] */
  post(body, { path = "/chat/completions", scenario, ...init } = {}) {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    return this.ask(path, { method: "POST", body: text, ...init }, scenario);
  }

  /** Sends a request over a connection of its own. @param {object} body @param {string} scenario */
  connect(body, scenario) {
    const { hostname, port, pathname } = new URL(`${this.url}/chat/completions`);
    const headers = Object.entries(this.headers(scenario)).map(([name, value]) => `${name}: ${value}\r\n`);
    const text = JSON.stringify(body);
    const socket = connect(Number(port), hostname);
    socket.write(`POST ${pathname} HTTP/1.1\r\nhost: ${hostname}:${port}\r\n${headers.join("")}`);
    socket.write(`content-length: ${text.length}\r\n\r\n${text}`);
    return socket;
  }

  /** What of this visitor has reached Auriko. */
  get log() {
    return gateway.log.filter(({ run }) => run === this.run);
  }

  /** Resolves when a request of this visitor has reached Auriko. */
  arrival() {
    return until(() => this.log[0]);
  }

  /** When Auriko noticed that the request of this visitor was given up. @returns {Promise<number>} */
  goneAt() {
    return until(() => this.log[0]?.clientGoneAt);
  }
}

/**
 * Waits until the log has it.
 * @template T
 * @param {() => T | null | undefined} look
 */
async function until(look) {
  for (const begin = performance.now(); performance.now() - begin < PATIENCE_MS; await sleep(2)) {
    const found = look() ?? null;
    if (found !== null) return found;
  }
  throw new Error(`it did not happen within ${PATIENCE_MS} ms`);
}

/** @param {Response} response */
async function received(response) {
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.includes("json");
  return { status: response.status, headers: response.headers, text, json: isJson ? JSON.parse(text) : undefined };
}

/** @param {string} [content] @param {object} [rest] */
export const chat = (content = "Hi", rest) => ({ model: "gpt-5.4", messages: [{ role: "user", content }], ...rest });
