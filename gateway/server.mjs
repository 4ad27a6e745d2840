// @ts-check
// The local stand-in for the Auriko API. Nothing runs at import.
import { once } from "node:events";
import { createServer } from "node:http";
import { readLines } from "./endpoints/replay.mjs";
import { dispatch, isControl } from "./endpoints/table.mjs";
import { preflightHeaders } from "./http/cors.mjs";
import { cutterFor } from "./http/cut.mjs";
import { Exchange } from "./http/exchange.mjs";
import { paceOf } from "./http/sse.mjs";
import { Account } from "./routing/account.mjs";
import { scenarioOf } from "./scenarios/table.mjs";

/**
 * @typedef {object} Options
 * @property {number} [port] 0 for any free one
 * @property {string} [host]
 * @property {string} [key] the API key that is valid
 * @property {number} [pace] milliseconds between the events of a stream
 * @property {string | number} [cut] how a stream is cut into writes: see `http/cut.mjs`
 * @property {string} [replay] path of a .jsonl file whose lines answer every streamed request
 * @property {boolean} [replayMetadata] whether a replayed chat ends with a routing_metadata chunk
 *
 * @typedef {object} Gateway what all requests share
 * @property {Required<Omit<Options, 'replay' | 'host' | 'port'>>} settings
 * @property {import('./http/log.mjs').LogRecord[]} log
 * @property {Map<string, string[]>} replays
 * @property {string[] | null} replayLines
 * @property {Account} account
 * @property {number} requests
 * @property {boolean} closing
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
  } = options;
  // A wrong option fails here, not in the first stream.
  paceOf(pace);
  cutterFor(cut);

  /** @type {Gateway} */
  const gateway = {
    settings: { key, pace, cut, replayMetadata },
    log: [],
    replays: new Map(),
    replayLines: replay === undefined ? null : await readLines(replay),
    account: new Account(),
    requests: 0,
    closing: false,
  };
  // Connections stay open long between calls, so that no call meets one that is just closing.
  const server = createServer({ noDelay: true, keepAliveTimeout: 120_000 }, (req, res) => {
    void serve(new Exchange(gateway, req, res));
  });
  server.listen(port, host);
  await once(server, "listening");

  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  const shownHost = address.family === "IPv6" ? `[${address.address}]` : address.address;
  return {
    url: `http://${shownHost}:${address.port}`,
    port: address.port,
    log: gateway.log,
    async close() {
      if (gateway.closing) return;
      gateway.closing = true;
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
    await exchange.readBody();
    const next = () => dispatch(exchange);
    const scenario = scenarioOf(exchange);
    await (scenario === null ? next() : scenario.run({ exchange, params: scenario.params, next }));
  } catch (error) {
    exchange.fail(error);
  }
}
