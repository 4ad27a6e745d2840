// @ts-check
import { once } from "node:events";
import { CORS_HEADERS } from "./cors.mjs";
import { ApiError } from "./errors.mjs";
import { openRecord } from "./log.mjs";

const MAX_BODY_BYTES = 32 * 1024 * 1024;

/** One request and its answer. Everything that leaves goes through here, so the log is complete. */
export class Exchange {
  /**
   * @param {import('../server.mjs').Gateway} gateway
   * @param {import('node:http').IncomingMessage} req
   * @param {import('node:http').ServerResponse} res
   */
  constructor(gateway, req, res) {
    const [path, search = ""] = splitOnce(req.url ?? "", "?");
    this.gateway = gateway;
    this.req = req;
    this.res = res;
    this.path = path;
    this.query = new URLSearchParams(search);
    this.number = ++gateway.requests;
    this.id = `req_local_${String(this.number).padStart(6, "0")}`;
    this.record = openRecord(this.id, req, this.query);
    /** Headers that belong on the answer whatever it will be. @type {Record<string, string>} */
    this.headers = {};

    const gone = new AbortController();
    /** Aborted as soon as nobody listens to the answer any more. */
    this.gone = gone.signal;
    this.dropped = false;
    res.once("finish", () => (this.record.endedAt = performance.now()));
    res.once("close", () => {
      if (res.writableFinished) return;
      this.record.endedAt = performance.now();
      if (!gateway.closing && !this.dropped) this.record.clientGoneAt = this.record.endedAt;
      gone.abort();
    });
  }

  /** @param {string} name */
  header(name) {
    const value = this.req.headers[name];
    return Array.isArray(value) ? value.join(", ") : value;
  }

  /** Reads the body into the log. What exceeds the limit is read and forgotten: closing early would hide the 413. */
  async readBody() {
    const chunks = [];
    let size = 0;
    for await (const chunk of this.req) {
      size += chunk.length;
      if (size <= MAX_BODY_BYTES) chunks.push(chunk);
    }
    if (size > MAX_BODY_BYTES) throw new ApiError("payload_too_large", "The request body is too large.");
    this.record.body = Buffer.concat(chunks).toString("utf8");
    this.record.json = parseOrNull(this.record.body);
  }

  /**
   * The body as a JSON object, which is what every POST endpoint takes.
   * @returns {Record<string, any>}
   */
  get body() {
    const { json } = this.record;
    if (typeof json !== "object" || json === null || Array.isArray(json)) {
      throw new ApiError("invalid_request", "The request body must be a JSON object.");
    }
    return json;
  }

  /**
   * @param {number} status
   * @param {Record<string, string | string[]>} headers
   */
  head(status, headers) {
    this.record.status = status;
    this.record.respondedAt = performance.now();
    this.res.writeHead(status, { ...CORS_HEADERS, "X-Request-ID": this.id, ...this.headers, ...headers });
  }

  /**
   * Resolves when more may be written: true, or false when the client has gone.
   * @param {Uint8Array} bytes
   */
  async write(bytes) {
    if (this.gone.aborted) return false;
    this.record.bytesWritten += bytes.length;
    if (this.res.write(bytes)) return true;
    try {
      await once(this.res, "drain", { signal: this.gone });
    } catch (error) {
      if (!this.gone.aborted) throw error;
    }
    return !this.gone.aborted;
  }

  end() {
    this.res.end();
  }

  /** Closes the connection from this side, which the log must not take for the client's doing. */
  drop() {
    this.dropped = true;
    this.res.destroy();
  }

  /**
   * @param {unknown} value
   * @param {number} [status]
   * @param {Record<string, string>} [headers]
   */
  json(value, status = 200, headers = {}) {
    const bytes = Buffer.from(JSON.stringify(value));
    this.head(status, {
      "Content-Type": "application/json; charset=utf-8",
      "Content-Length": String(bytes.length),
      ...headers,
    });
    this.record.bytesWritten += bytes.length;
    this.res.end(bytes);
  }

  /** @param {unknown} error */
  fail(error) {
    if (this.gone.aborted) return;
    if (!(error instanceof ApiError)) console.error(error);
    if (this.res.headersSent) {
      this.drop();
      return;
    }
    const answer =
      error instanceof ApiError ? error : new ApiError("internal_error", "The stand-in itself failed: see its stderr.");
    this.json(answer.envelope, answer.status, answer.headers);
  }
}

/**
 * By hand rather than with `new URL`, which would take the start of `//v1/me` for a host name.
 * @param {string} text
 * @param {string} separator
 */
function splitOnce(text, separator) {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + separator.length)];
}

/** @param {string} text */
function parseOrNull(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
