// @ts-check
// Recorded streams: lines that are sent as they are in place of an answer.
import { readFile } from "node:fs/promises";
import { ApiError } from "../http/errors.mjs";
import { event } from "../http/sse.mjs";

/**
 * @typedef {object} Replay
 * @property {string[]} events
 * @property {boolean} metadata whether a chat stream ends with a chunk that holds routing_metadata
 */

/** One JSON payload a line. @param {string} path */
export async function readLines(path) {
  const text = await readFile(path, "utf8");
  return text.split(/\r?\n/).filter((line) => line !== "");
}

/**
 * What this request is to be answered with: the lines it names, else the file the gateway
 * was started with, else nothing recorded.
 * @param {import('../http/exchange.mjs').Exchange} exchange
 * @returns {Replay | null}
 */
export function replayFor(exchange) {
  const { replays, replayLines, settings } = exchange.gateway;
  const id = exchange.header("x-replay");
  const lines = id === undefined ? replayLines : replays.get(id);
  if (lines === undefined)
    throw new ApiError("invalid_request", `x-replay: there is no replay '${id}'; POST /_replay makes one.`);
  if (lines === null) return null;
  const wanted = exchange.header("x-replay-metadata");
  return {
    events: lines.map(event),
    metadata: wanted === undefined ? settings.replayMetadata : !["", "0", "false"].includes(wanted),
  };
}

/** POST /_replay {lines: [...]} -> {id}. @param {import('../http/exchange.mjs').Exchange} exchange */
export function registerReplay(exchange) {
  const { lines } = exchange.body;
  const good = Array.isArray(lines) && lines.every((line) => typeof line === "string" && !/[\r\n]/.test(line));
  if (!good) {
    throw new ApiError("invalid_parameter_value", "lines must be an array of strings without line breaks.", {
      param: "lines",
    });
  }
  const { replays } = exchange.gateway;
  const id = `replay_${replays.size + 1}`;
  replays.set(id, lines);
  exchange.json({ id });
}
