// @ts-check
import { once } from "node:events";
import { CORS_HEADERS } from "./cors.mjs";
import { ApiError } from "./errors.mjs";
import { openRecord } from "./log.mjs";

/**
 * What an endpoint would have answered: the events of a stream, or a JSON value.
 * @typedef {{ events: Iterable<string> | null, value: unknown }} Held
 */

/** One request and its answer. Everything that leaves goes through here, so the log is complete. */
export class Exchange {
  /**
   * @param {import('../server.mjs').Gateway} gateway
   * @param {import('node:http').IncomingMessage} req
   * @param {import('node:http').ServerResponse} res
   * @param {import('./log.mjs').Origin} [origin]
   */
  constructor(gateway, req, res, origin = "main") {
    // By hand rather than with `new URL`, which would take the start of `//v1/me` for a host name.
    const [, path = "", search = ""] = /^([^?]*)\??(.*)$/s.exec(req.url ?? "") ?? [];
    this.gateway = gateway;
    this.req = req;
    this.res = res;
    this.path = path;
    this.query = new URLSearchParams(search);
    this.number = ++gateway.requests;
    this.id = `req_local_${String(this.number).padStart(6, "0")}`;
    this.record = openRecord(this.id, req, {
      query: this.query,
      origin,
      connection: gateway.connections.numberOf(req.socket),
    });
    /** Headers that belong on the answer whatever it will be. @type {import('node:http').OutgoingHttpHeaders} */
    this.headers = {};
    /** What is answered in place of the body that was sent. @type {Record<string, any> | null} */
    this.input = null;
    /** Where the endpoint's answer goes while a scenario asks for it. @type {Held | null} */
    this.held = null;

    const gone = new AbortController();
    /** Aborted as soon as nobody listens to the answer any more. */
    this.gone = gone.signal;
    this.dropped = false;
    if (!gateway.settings.keepAlive) res.shouldKeepAlive = false;
    res.once("finish", () => (this.record.endedAt = performance.now()));
    res.once("close", () => {
      // Not `writableFinished`, which is also true where the client has gone and the end was never sent.
      if (this.record.endedAt !== null) return;
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

  /**
   * The body as a JSON object, which is what every POST endpoint takes.
   * @returns {Record<string, any>}
   */
  get body() {
    const json = this.input ?? this.record.json;
    if (typeof json !== "object" || json === null || Array.isArray(json)) {
      throw new ApiError("invalid_request", "The request body must be a JSON object.");
    }
    return json;
  }

  /**
   * @param {number} status
   * @param {import('node:http').OutgoingHttpHeaders} headers
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
   * @param {string | Uint8Array} body
   * @param {number} status
   * @param {import('node:http').OutgoingHttpHeaders} headers
   */
  send(body, status, headers) {
    const bytes = Buffer.from(body);
    this.head(status, { "Content-Length": String(bytes.length), ...headers });
    this.record.bytesWritten += bytes.length;
    this.res.end(bytes);
  }

  /**
   * @param {unknown} value
   * @param {number} [status]
   * @param {import('node:http').OutgoingHttpHeaders} [headers]
   */
  json(value, status = 200, headers = {}) {
    if (this.held !== null) this.held.value = value;
    else this.send(JSON.stringify(value), status, { "Content-Type": "application/json; charset=utf-8", ...headers });
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
