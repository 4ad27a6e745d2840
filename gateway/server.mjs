// @ts-check
// The local stand-in for the Auriko API. Nothing runs at import.
import { once } from "node:events";
import { createServer } from "node:http";
import { readLines } from "./endpoints/replay.mjs";
import { dispatch, isControl } from "./endpoints/table.mjs";
import { Connections } from "./http/connections.mjs";
import { preflightHeaders } from "./http/cors.mjs";
import { cutterFor } from "./http/cut.mjs";
import { Exchange } from "./http/exchange.mjs";
import { clearRecords } from "./http/log.mjs";
import { readBody } from "./http/request-body.mjs";
import { paceOf } from "./http/sse.mjs";
import { Account } from "./routing/account.mjs";
import { askedOf } from "./scenarios/asked.mjs";
import { Attempts, Signals } from "./scenarios/attempts.mjs";
import { play } from "./scenarios/play.mjs";
import { serveOther } from "./scenarios/redirect.mjs";

/**
 * @typedef {object} Options
 * @property {number} [port] 0 for any free one
 * @property {string} [host]
 * @property {string} [key] the API key that is valid
 * @property {number} [pace] milliseconds between the events of a stream
 * @property {string | number} [cut] how a stream is cut into writes: see `http/cut.mjs`
 * @property {string} [replay] path of a .jsonl file whose lines answer every streamed request
 * @property {boolean} [replayMetadata] whether a replayed chat ends with a routing_metadata chunk
 * @property {boolean} [keepAlive] whether a connection may carry another request, as it may unless this is false
 *
 * @typedef {object} Gateway what all requests share
 * @property {Required<Omit<Options, 'replay' | 'host' | 'port'>>} settings
 * @property {import('./http/log.mjs').LogRecord[]} log
 * @property {Map<string, string[]>} replays
 * @property {string[] | null} replayLines
 * @property {Account} account
 * @property {Connections} connections
 * @property {Attempts} attempts
 * @property {Signals} signals
 * @property {string} otherUrl an origin that nobody should come to
 * @property {number} requests
 * @property {boolean} closing
 * @property {(run: string | null) => void} forget
 */

/** @param {Options} [options] */
export async function startGateway(options = {}) {
  const {
    port = 0,
    host = "127.0.0.1",
    key = "ak_test_local",
    pace = 0,
    cut = "event",
    replay,
    replayMetadata = false,
    keepAlive = true,
  } = options;
  // A wrong option fails here, not in the first stream.
  paceOf(pace);
  cutterFor(cut);

  /** @type {Gateway} */
  const gateway = {
    settings: { key, pace, cut, replayMetadata, keepAlive },
    log: [],
    replays: new Map(),
    replayLines: replay === undefined ? null : await readLines(replay),
    account: new Account(),
    connections: new Connections(),
    attempts: new Attempts(),
    signals: new Signals(),
    otherUrl: "",
    requests: 0,
    closing: false,
    forget(run) {
      clearRecords(gateway.log, run);
      gateway.attempts.forget(run);
      gateway.signals.forget(run);
    },
  };
  const main = await listen(host, port, (req, res) => void serve(new Exchange(gateway, req, res)));
  const other = await listen(host, 0, (req, res) => void serveOther(new Exchange(gateway, req, res, "other")));
  gateway.otherUrl = other.url;

  return {
    url: main.url,
    otherUrl: other.url,
    port: main.port,
    log: gateway.log,
    /** Lets a scenario with `wait=go` go on. @param {string | null} [run] */
    go: (run = null) => gateway.signals.give(run),
    /** Clears the log and what scenarios remember, of one run or of all. @param {string | null} [run] */
    forget: (run = null) => gateway.forget(run),
    async close() {
      if (gateway.closing) return;
      gateway.closing = true;
      await Promise.all([main.close(), other.close()]);
    },
  };
}

/**
 * @param {string} host
 * @param {number} port
 * @param {import('node:http').RequestListener} listener
 */
async function listen(host, port, listener) {
  // Connections stay open long between calls, so that no call meets one that is just closing.
  const server = createServer({ noDelay: true, keepAliveTimeout: 120_000 }, listener);
  server.listen(port, host);
  await once(server, "listening");
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  const shownHost = address.family === "IPv6" ? `[${address.address}]` : address.address;
  return {
    url: `http://${shownHost}:${address.port}`,
    port: address.port,
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** @param {Exchange} exchange */
async function serve(exchange) {
  const { req, path, gateway } = exchange;
  try {
    if (!isControl(path)) gateway.log.push(exchange.record);
    if (req.method === "OPTIONS") {
      exchange.head(204, preflightHeaders(req.headers));
      exchange.end();
      return;
    }
    const asked = askedOf(exchange);
    await readBody(exchange);
    const next = () => dispatch(exchange);
    await (asked === null ? next() : play(asked, { exchange, next }));
  } catch (error) {
    exchange.fail(error);
  }
}
