// @ts-check
// Where the answers of a turn were routed, side by side where there are two.
import { milliseconds, perSecond, usd } from "./format.js";
import { part } from "./page.js";

/** @typedef {import("./answer.js").Answer} Answer */
/**
 * @typedef {object} Row
 * @property {string} name
 * @property {(answer: Answer) => string | number | null | undefined} value
 * @property {(value: number) => string} [form]
 * @property {(...values: number[]) => number} [best] which of two numbers is the better one
 * @property {boolean} [isDetail]
 */

/** @type {Row[]} */
const ROWS = [
  { name: "Provider", value: ({ metadata, isOver }) => metadata?.provider ?? (isOver ? null : "…") },
  { name: "Model", value: ({ metadata, model }) => metadata?.model_canonical ?? model },
  { name: "served as", value: ({ metadata }) => metadata?.provider_model_id, isDetail: true },
  { name: "Strategy", value: ({ metadata, routing }) => metadata?.routing_strategy ?? routing.optimize },
  { name: "First token", value: ({ metadata }) => metadata?.ttft_ms, form: milliseconds, best: Math.min },
  { name: "in this page", value: ({ firstTextMs }) => firstTextMs, form: milliseconds, isDetail: true },
  { name: "Speed", value: ({ metadata }) => metadata?.throughput_tps, form: perSecond, best: Math.max },
  { name: "in this page", value: ({ tokensPerSecond }) => tokensPerSecond, form: perSecond, isDetail: true },
  { name: "Tokens", value: ({ usage }) => usage?.total_tokens },
  {
    name: "in, out",
    value: ({ usage }) => usage && `${usage.prompt_tokens}, ${usage.completion_tokens}`,
    isDetail: true,
  },
  { name: "Cost", value: ({ metadata }) => metadata?.cost?.usd, form: usd, best: Math.min },
];

const table = part("routing", HTMLTableElement);
const warnings = part("warnings", HTMLElement);
const empty = part("routing-empty", HTMLElement);

/** @param {Answer[]} answers none for an empty panel */
export function showRouting(answers) {
  empty.hidden = answers.length > 0;
  table.hidden = answers.length === 0;
  const body = document.createElement("tbody");
  body.append(...ROWS.map((row) => viewOfRow(row, answers)));
  table.replaceChildren(...(answers.length > 1 ? [headOf(answers)] : []), body);
  const told = answers.flatMap(({ metadata }) => metadata?.warnings ?? []);
  warnings.hidden = told.length === 0;
  warnings.replaceChildren(
    ...told.map(({ type, code, message }) => element("li", {}, element("code", {}, type ?? code), ` ${message}`)),
  );
}

/** @param {Answer[]} answers */
function headOf(answers) {
  const names = answers.map(({ lane, routing }) => {
    return element("th", { scope: "col", "data-lane": lane }, routing.optimize ?? "default");
  });
  return element("thead", {}, element("tr", {}, element("td", {}), ...names));
}

/** @param {Row} row @param {Answer[]} answers */
function viewOfRow({ name, value, form, best, isDetail }, answers) {
  const values = answers.map(value);
  const numbers = values.filter((each) => typeof each === "number");
  const isContest = best !== undefined && numbers.length === 2 && numbers[0] !== numbers[1];
  const cells = values.map((each) => {
    const text = typeof each === "number" && form ? form(each) : String(each ?? "–");
    if (!isContest || each !== best(...numbers)) return element("td", {}, text);
    return element("td", { class: "better" }, text, element("span", { class: "visually-hidden" }, " (better)"));
  });
  return element("tr", isDetail ? { class: "detail" } : {}, element("th", { scope: "row" }, name), ...cells);
}

/** @param {string} name @param {Record<string, string>} attributes @param {(Node | string)[]} children */
function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}
