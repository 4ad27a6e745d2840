// @ts-check
// What happened, request by request, so that a test can ask what the client really sent
// and when it went away.

/**
 * @typedef {'main' | 'other'} Origin which of the two listening origins was asked
 *
 * Times are milliseconds on the clock of `performance.now()` of the gateway's process.
 * @typedef {object} LogRecord
 * @property {string} id the request id of the answer
 * @property {string | null} run header `x-test-run`, query `run`, or `run` in the scenario
 * @property {Origin} origin
 * @property {number} connection requests with the same number came over the same socket
 * @property {string | null} scenario as asked for
 * @property {number | null} attempt the how-manieth request of this scenario in this run it is, from 1
 * @property {string} method
 * @property {string} url as sent, path and query
 * @property {Record<string, string | string[] | undefined>} headers names in lower case
 * @property {string[]} rawHeaders as sent, duplicates included
 * @property {string} body
 * @property {string | null} bodySha256 of the bytes; null until all have come
 * @property {any} json the parsed body, null when it is no JSON
 * @property {number} startedAt
 * @property {number | null} status null until the head of the answer was written
 * @property {number | null} respondedAt
 * @property {number | null} endedAt
 * @property {number | null} clientGoneAt set when the client closed before the answer was complete
 * @property {number} bytesWritten bytes of the body, after compression, handed to the socket so far
 */

/**
 * @param {string} id
 * @param {import('node:http').IncomingMessage} req
 * @param {{ query: URLSearchParams, origin: Origin, connection: number }} details
 * @returns {LogRecord}
 */
export function openRecord(id, req, { query, origin, connection }) {
  const run = req.headers["x-test-run"] ?? query.get("run");
  return {
    id,
    run: run === null ? null : String(run),
    origin,
    connection,
    scenario: null,
    attempt: null,
    method: req.method ?? "",
    url: req.url ?? "",
    headers: { ...req.headers },
    rawHeaders: req.rawHeaders,
    body: "",
    bodySha256: null,
    json: null,
    startedAt: performance.now(),
    status: null,
    respondedAt: null,
    endedAt: null,
    clientGoneAt: null,
    bytesWritten: 0,
  };
}

/**
 * @param {LogRecord[]} log
 * @param {string | null} run
 */
export function recordsOf(log, run) {
  return run === null ? log : log.filter((record) => record.run === run);
}

/**
 * Clears in place: the array belongs to whoever started the gateway.
 * @param {LogRecord[]} log
 * @param {string | null} run
 */
export function clearRecords(log, run) {
  const kept = run === null ? [] : log.filter((record) => record.run !== run);
  log.length = 0;
  for (const record of kept) log.push(record);
}
