// @ts-check
// For tests: a client that sees what is really on the wire, and a plain reader of event streams.
import { connect } from "node:net";
import { KEY, user } from "./harness.mjs";

/**
 * One request on a connection of its own, up to the end of the connection or until the test has seen enough.
 * @param {number} port
 * @param {string} scenario
 * @param {{ path?: string, body?: object, enough?: (text: string) => boolean }} [how]
 */
export async function onTheWire(port, scenario, { path = "/v1/chat/completions", body, enough } = {}) {
  const text = JSON.stringify({ model: "gpt-5.4", messages: user("echo: one two three"), stream: true, ...body });
  const socket = connect(port, "127.0.0.1");
  /** @type {Buffer[]} */
  const received = [];
  let end = "fin";
  socket.on("error", (/** @type {NodeJS.ErrnoException} */ error) => (end = String(error.code)));
  socket.on("data", (bytes) => {
    received.push(bytes);
    if (!enough?.(Buffer.concat(received).toString("latin1"))) return;
    end = "enough";
    socket.destroy();
  });
  socket.write(
    `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${KEY}\r\nConnection: close\r\n` +
      `X-Gateway-Scenario: ${scenario}\r\nContent-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
  );
  await new Promise((resolve) => socket.once("close", resolve));
  const bytes = Buffer.concat(received);
  return { bytes, end, ...responseIn(bytes) };
}

/** @param {Buffer} bytes */
function responseIn(bytes) {
  const at = bytes.indexOf("\r\n\r\n");
  const head = at < 0 ? "" : bytes.subarray(0, at).toString("latin1");
  const rest = at < 0 ? Buffer.alloc(0) : bytes.subarray(at + 4);
  const chunked = /^transfer-encoding: chunked$/im.test(head);
  const { chunks, complete } = chunked ? chunksIn(rest) : { chunks: [rest], complete: false };
  return { head, chunks, complete, text: Buffer.concat(chunks).toString("utf8") };
}

/** The chunks of HTTP, each one write of the server, and whether the last one ends the body. @param {Buffer} bytes */
function chunksIn(bytes) {
  const chunks = [];
  let at = 0;
  for (;;) {
    const line = bytes.indexOf("\r\n", at);
    if (line < 0) return { chunks, complete: false };
    const size = Number.parseInt(bytes.subarray(at, line).toString("latin1"), 16);
    if (size === 0) return { chunks, complete: true };
    chunks.push(bytes.subarray(line + 2, line + 2 + size));
    at = line + 2 + size + 2;
  }
}

/**
 * The data of each event, by the rules of the HTML standard; an unfinished event is none.
 * @param {string} text
 */
export function eventsIn(text) {
  /** @type {string[]} */
  const events = [];
  /** @type {string[]} */
  let data = [];
  const lines = text.replace(/^\uFEFF/, "").split(/\r\n|\r|\n/);
  for (const line of lines.slice(0, -1)) {
    if (line === "") {
      if (data.length > 0) events.push(data.join("\n"));
      data = [];
    } else {
      const [, name, value] = /^([^:]*):? ?(.*)$/s.exec(line) ?? [];
      if (name === "data") data.push(value);
    }
  }
  return events;
}

/** The text that a chat stream says. @param {string[]} events */
export function saidIn(events) {
  return events
    .filter((data) => data !== "[DONE]")
    .map((data) => JSON.parse(data)?.choices?.[0]?.delta?.content ?? "")
    .join("");
}
