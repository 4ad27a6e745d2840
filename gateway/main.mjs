#!/usr/bin/env node
// @ts-check
import { parseArgs } from "node:util";
import { CUT_FORMS } from "./http/cut.mjs";
import { startGateway } from "./server.mjs";

const HELP = `A local stand-in for the Auriko API.

  node gateway/main.mjs [options]

  --port N            listen on this port (default: any free one)
  --key K             the API key that is valid (default: ak_test_local)
  --pace MS           milliseconds between the events of a stream (default: 0)
  --cut SPEC          how a stream is cut into network writes: ${CUT_FORMS}
                      (default: event)
  --replay FILE       answer every streamed request with the lines of this file
  --replay-metadata   end replayed chat streams with a chunk that holds routing_metadata
  --help              show this text`;

/**
 * @param {string[]} args
 * @returns {import('./server.mjs').Options & { help?: boolean }}
 */
function optionsFrom(args) {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: "string" },
      key: { type: "string" },
      pace: { type: "string" },
      cut: { type: "string" },
      replay: { type: "string" },
      "replay-metadata": { type: "boolean" },
      help: { type: "boolean" },
    },
  });
  const { port, pace, "replay-metadata": replayMetadata, ...rest } = values;
  return {
    ...rest,
    ...(port !== undefined && { port: wholeNumber("--port", port, 65_535) }),
    ...(pace !== undefined && { pace: wholeNumber("--pace", pace, 600_000) }),
    ...(replayMetadata !== undefined && { replayMetadata }),
  };
}

/** @param {string} flag @param {string} text @param {number} max */
function wholeNumber(flag, text, max) {
  const value = Number(text);
  if (/^\d+$/.test(text) && value <= max) return value;
  throw new RangeError(`${flag} must be a whole number from 0 to ${max}; got '${text}'`);
}

/** A mistake in the flags is 2, a machine that does not let us listen is 1. @param {unknown} error */
function giveUp(error) {
  const { code = "", message } = /** @type {NodeJS.ErrnoException} */ (error);
  const system = ["EADDRINUSE", "EACCES", "EADDRNOTAVAIL"].includes(code) && !message.includes("open");
  // Node's own messages go on with advice about positional arguments.
  const reason = message.split(/\.\s/)[0];
  console.error(`gateway: ${reason}${system ? "" : " (--help shows the options)"}`);
  process.exitCode = system ? 1 : 2;
}

try {
  const { help, ...options } = optionsFrom(process.argv.slice(2));
  if (help) {
    console.log(HELP);
  } else {
    const gateway = await startGateway(options);
    console.log(gateway.url);
    for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => void gateway.close());
  }
} catch (error) {
  giveUp(error);
}
