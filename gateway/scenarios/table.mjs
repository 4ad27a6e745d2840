// @ts-check
// Faults by name: one file for each family, one line here. README.md says what each does.
import * as broken from "./broken-body.mjs";
import * as connection from "./connection.mjs";
import * as encoded from "./encoded.mjs";
import * as ends from "./ends.mjs";
import * as framing from "./framing.mjs";
import { dupHeaders } from "./headers.mjs";
import * as json from "./json.mjs";
import * as large from "./large.mjs";
import { metadata } from "./metadata.mjs";
import * as odd from "./odd-events.mjs";
import { redirect } from "./redirect.mjs";
import * as refusals from "./refusals.mjs";
import * as retry from "./retry.mjs";
import * as shapes from "./shapes.mjs";
import * as slow from "./slow.mjs";
import { status } from "./status.mjs";
import * as errors from "./stream-errors.mjs";
import { echo } from "./text.mjs";
import * as tools from "./tools.mjs";

/**
 * A scenario answers in place of the endpoint, or does its part and calls `next`.
 * @typedef {object} Call
 * @property {import('../http/exchange.mjs').Exchange} exchange its body has been read
 * @property {import('./params.mjs').Params} params
 * @property {() => Promise<void>} next what would happen without a scenario
 *
 * @typedef {(call: Call) => void | Promise<void>} Scenario
 */

const ALWAYS = Infinity;

/**
 * Name, what it does, its parameters, and how many attempts of a call it spoils: `n` overrules that.
 * @type {[name: string, run: Scenario, params: string, n: number][]}
 */
const TABLE = [
  ["status", status, "code status type message param provider suggestion after", ALWAYS],
  ["ok", ({ next }) => next(), "", ALWAYS],
  ["echo", echo, "", ALWAYS],

  ["reset-before-headers", connection.resetBeforeHeaders, "", 1],
  ["close-before-headers", connection.closeBeforeHeaders, "", 1],
  ["garbage-response", connection.garbageResponse, "", ALWAYS],
  ["keepalive-race", connection.keepaliveRace, "when ms", ALWAYS],
  ["early-hints", connection.earlyHints, "count", ALWAYS],

  ["reset-mid-body", broken.resetMidBody, "after wait", ALWAYS],
  ["reset-mid-event", broken.resetMidEvent, "after wait", ALWAYS],
  ["truncated-chunked", broken.truncatedChunked, "after inside wait", ALWAYS],
  ["short-content-length", broken.shortContentLength, "after extra wait", ALWAYS],
  ["stall", broken.stall, "after wait", ALWAYS],

  ["done", ends.done, "v", ALWAYS],
  ["premature-eof-finished", ends.finishedWithoutDone, "usage blank", ALWAYS],
  ["premature-eof-unfinished", ends.unfinished, "after", ALWAYS],
  ["empty-200-sse", ends.emptyStream, "", ALWAYS],
  ["after-done-open", ends.openAfterDone, "", ALWAYS],

  ["slow-headers", slow.slowHeaders, "ms", ALWAYS],
  ["slow-headers-once", slow.slowHeaders, "ms", 1],
  ["slow-events", slow.slowEvents, "ms", ALWAYS],
  ["slow-drip", slow.slowDrip, "bytes ms size", ALWAYS],
  ["keepalive-only", slow.keepaliveOnly, "count ms", ALWAYS],
  ["never-ending", slow.neverEnding, "ms", ALWAYS],

  ["many-chunks", large.manyChunks, "count per", ALWAYS],
  ["flood", large.flood, "mb", ALWAYS],
  ["huge-event", large.hugeEvent, "mb", ALWAYS],

  ["crlf", framing.crlf, "", ALWAYS],
  ["cr", framing.cr, "", ALWAYS],
  ["crlf-split", framing.crlfSplit, "", ALWAYS],
  ["split-utf8", framing.splitUtf8, "", ALWAYS],
  ["no-space", framing.noSpace, "", ALWAYS],
  ["comments", framing.comments, "", ALWAYS],
  ["multiline-json", framing.multilineJson, "", ALWAYS],

  ["error-midstream", errors.errorMidstream, "code message type form event after then", ALWAYS],
  ["error-first-event", errors.errorFirstEvent, "code message type form event after then", ALWAYS],
  ["flat-error", errors.flatError, "code message type form event after then", ALWAYS],
  ["bad-json-midstream", odd.badJsonMidstream, "after data", ALWAYS],
  ["odd-json", odd.oddJson, "after v", ALWAYS],
  ["odd-chunks", odd.oddChunks, "v", ALWAYS],
  ["tool-calls", tools.toolCalls, "names", ALWAYS],
  ["proto-pollution", tools.protoPollution, "names", ALWAYS],
  ["metadata", metadata, "v", ALWAYS],

  ["204", json.noContent, "", ALWAYS],
  ["empty-200-json", json.emptyJson, "", ALWAYS],
  ["json-cut", json.cutJson, "", ALWAYS],
  ["json-bom", json.withBom, "", ALWAYS],
  ["json-not-object", json.notAnObject, "v", ALWAYS],
  ["json-big-numbers", json.bigNumbers, "", ALWAYS],
  ["deep-nesting", json.deepNesting, "levels of", ALWAYS],
  ["odd-keys", json.oddKeys, "v count", ALWAYS],

  ["sse-as-json-type", shapes.sseAsJsonType, "", ALWAYS],
  ["sse-no-type", shapes.sseNoType, "", ALWAYS],
  ["json-instead-of-stream", shapes.jsonInsteadOfStream, "", ALWAYS],
  ["stream-instead-of-json", shapes.streamInsteadOfJson, "", ALWAYS],
  ["html-instead-of-stream", shapes.htmlInsteadOfStream, "", ALWAYS],
  ["encoded", encoded.encoded, "enc ms", ALWAYS],
  ["encoded-corrupt", encoded.encodedCorrupt, "enc ms after then", ALWAYS],
  ["dup-headers", dupHeaders, "", ALWAYS],
  ["redirect", redirect, "to status", ALWAYS],

  ["429-then-200", retry.limited, "after", 1],
  ["429-forever", retry.limited, "after", ALWAYS],
  ["retry-after-date", retry.retryAfterDate, "s", 1],
  ["retry-after-ms", retry.retryAfterMs, "ms after", 1],
  ["retry-after-past", retry.retryAfterPast, "", 1],
  ["retry-after-bad", retry.retryAfterBad, "v", 1],
  ["retry-after-dup", retry.retryAfterDup, "v", 1],
  ["status-then-ok", retry.refused, "status code body after", 1],
  ["x-should-retry", retry.shouldRetry, "v status code body after", 1],
  ["503-html", refusals.html503, "", ALWAYS],
  ["html-404", refusals.html404, "", ALWAYS],
  ["error-text", refusals.errorText, "status text", ALWAYS],
  ["error-empty", refusals.errorEmpty, "status", ALWAYS],
  ["error-odd-envelope", refusals.oddEnvelope, "v status", ALWAYS],
  ["echo-key", refusals.echoKey, "in status", ALWAYS],
];

export const SCENARIOS = new Map(
  TABLE.map(([name, run, params, n]) => [name, { run, params: params.split(" ").filter(Boolean), n }]),
);
