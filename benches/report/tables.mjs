// @ts-check
// What was measured, as tables of Markdown.

/** @param {string[]} head @param {string[][]} rows */
function table(head, rows) {
  const line = (/** @type {string[]} */ cells) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map((_, at) => (at ? "---:" : "---"))), ...rows.map(line)].join("\n");
}

/** One table for each kind of stream: microseconds per event, and how many times faster than openai. @param {any[]} streams */
function ofStreams(streams) {
  const kinds = [...new Set(streams.map(({ kind }) => kind))];
  return kinds.map((kind) => {
    const columns = streams.filter((one) => one.kind === kind);
    const rows = Object.keys(columns[0].medians).map((name) => [
      name,
      ...columns.map(({ medians }) => `${medians[name].toFixed(2)} (${(medians.openai / medians[name]).toFixed(1)}×)`),
    ]);
    return table([kind, ...columns.map(({ eventsPerRead }) => `${eventsPerRead} per read`)], rows);
  });
}

/** @param {Record<string, number>} calls @param {Record<string, number>} delays */
function ofMoments(calls, delays) {
  const microseconds = (/** @type {number | undefined} */ number) => (number === undefined ? "" : number.toFixed(1));
  const names = [...new Set([...Object.keys(calls), ...Object.keys(delays)])];
  const rows = names.map((name) => [name, microseconds(calls[name]), microseconds(delays[name])]);
  return table(["µs", "a call without a stream", "from the network to who waits for a chunk"], rows);
}

/** @param {Record<string, number>} openings */
function ofOpenings(openings) {
  const rows = Object.entries(openings).map(([name, took]) => [
    name,
    `${took.toFixed(0)} (${(openings.openai / took).toFixed(1)}×)`,
  ]);
  return table(["µs", "a whole stream of eight chunks"], rows);
}

/** @param {any} result of one host */
export function ofHost({ host, version, streams, openings, calls, delays }) {
  return [`### ${host} ${version}`, ...ofStreams(streams), ofOpenings(openings), ofMoments(calls, delays)].join("\n\n");
}

/** @param {import("./targets.mjs").Target[]} targets */
export function ofTargets(targets) {
  const rows = targets.map(({ name, limit, found, met }) => [name, limit, found, met ? "met" : "missed"]);
  return table(["target", "has to be", "is", ""], rows);
}

/** @param {Record<string, number>} starts */
export function ofStarts(starts) {
  const rows = Object.entries(starts).map(([name, ms]) => [name, ms.toFixed(1)]);
  return table(["ms, Node.js, a fresh process each time", "from import to first request"], rows);
}

/** @param {{ name: string, value: number, limit: number, unit: string }[]} found */
export function ofScale(found) {
  const amount = (/** @type {number} */ value, /** @type {string} */ unit) =>
    unit ? `${value.toFixed(1)} ${unit}` : String(value);
  const rows = found.map(({ name, value, limit, unit }) => [
    name,
    amount(value, unit),
    `at most ${amount(limit, unit)}`,
    value <= limit ? "met" : "missed",
  ]);
  return table(["", "is", "may be", ""], rows);
}
