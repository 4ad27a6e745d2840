// @ts-check
// Two tool calls whose arguments arrive interleaved, whatever was asked.
import { DONE, sendEvents } from "../http/sse.mjs";
import { answerOf, JSON_HEADERS, withMembers } from "./answer.mjs";

/**
 * @typedef {import('./table.mjs').Call} Call
 * @typedef {import('./table.mjs').Scenario} Scenario
 */

/**
 * @param {Call} call
 * @param {string[]} names
 * @param {Record<string, unknown>[]} args
 */
async function callingTools({ exchange, next }, names, args) {
  const responses = exchange.path.endsWith("/responses");
  const tools = names.map((name, index) => {
    const tool = { name, parameters: schemaOf(args[index % args.length]) };
    return responses ? { type: "function", ...tool } : { type: "function", function: tool };
  });
  const prompt = responses ? { input: "twice" } : { messages: [{ role: "user", content: "twice" }] };
  exchange.input = { model: "gpt-5.4", stream: exchange.record.json?.stream === true, tools, ...prompt };
  return answerOf({ exchange, next });
}

/** A schema that one value alone satisfies. @param {Record<string, unknown>} value */
function schemaOf(value) {
  const properties = Object.fromEntries(Object.entries(value).map(([name, each]) => [name, { const: each }]));
  return { type: "object", properties, required: Object.keys(value) };
}

/** @param {Call} call @param {string} usual */
const namesOf = ({ params }, usual) => params.text("names", usual).split(",").slice(0, 2);

/** @type {Scenario} */
export async function toolCalls(call) {
  const { exchange } = call;
  const { events, value } = await callingTools(call, namesOf(call, "get_weather,get_time"), [
    { city: "Zürich", days: 3, note: 'a "quoted" word \\ and 🦀' },
    { zone: "Asia/東京", exact: true },
  ]);
  if (events === null) exchange.json(value);
  else await sendEvents(exchange, events);
}

/** What would turn up on every object, if a client copied it carelessly. */
const MEMBERS =
  '"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"toString":"no function","hasOwnProperty":1';

/** Names that objects in JavaScript have already: of tools, of arguments, of fields, of an event. @type {Scenario} */
export async function protoPollution(call) {
  const { exchange } = call;
  const { events, value } = await callingTools(call, namesOf(call, "__proto__,constructor"), [
    JSON.parse('{"__proto__":{"polluted":true}}'),
    JSON.parse('{"constructor":{"prototype":{"polluted":true}}}'),
  ]);
  if (events === null) {
    exchange.send(withMembers(JSON.stringify(value), MEMBERS), 200, JSON_HEADERS);
    return;
  }
  const hostile = events.map((each) => (each === DONE ? each : withMembers(each, MEMBERS)));
  hostile[1] = `event: __proto__\n${hostile[1]}`;
  await sendEvents(exchange, hostile);
}
