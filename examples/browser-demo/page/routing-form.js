// @ts-check
// The routing options that the visitor has chosen, checked by RoutingOptions while they are typed.
import { BadRequestError, DataPolicy, Optimize, RoutingOptions } from "auriko-wasm";
import { part } from "./page.js";

/** @typedef {HTMLInputElement | HTMLSelectElement} Field */

const form = part("composer", HTMLFormElement);
const sent = part("sent", HTMLElement);
const wrong = part("wrong", HTMLElement);
/** @param {string} name */
const field = (name) => /** @type {Field} */ (form.elements.namedItem(name));

const NUMBERS = ["max_ttft_ms", "min_throughput_tps", "max_cost_per_1m"];
const TEXTS = ["data_policy", "prefer"];

/** The options are those of the package, so the page has none that it does not know. */
export function fillRoutingForm() {
  for (const name of ["strategy", "other"])
    field(name).append(...Object.values(Optimize).map((each) => new Option(each)));
  field("strategy").value = Optimize.COST;
  field("other").value = Optimize.TTFT;
  field("data_policy").append(...Object.values(DataPolicy).map((each) => new Option(each)));
}

/** @param {string} optimize */
function routingWith(optimize) {
  /** @type {Record<string, unknown>} */
  const fields = { optimize };
  for (const name of NUMBERS) {
    const text = field(name).value.trim();
    if (text !== "") fields[name] = Number(text.replace(",", "."));
  }
  for (const name of TEXTS) {
    const text = field(name).value.trim();
    if (text !== "") fields[name] = text;
  }
  return new RoutingOptions({ ...fields, ...more() });
}

/** @returns {object} */
function more() {
  const text = field("more").value.trim();
  try {
    return text === "" ? {} : JSON.parse(text);
  } catch {
    throw new BadRequestError("This is no JSON.", { param: "more" });
  }
}

/**
 * The options for each strategy, or null, and a note of why there are none.
 * @param {boolean} isComparison
 * @returns {RoutingOptions[] | null}
 */
export function chosenRouting(isComparison) {
  const strategies = isComparison ? ["strategy", "other"] : ["strategy"];
  try {
    const chosen = strategies.map((name) => routingWith(field(name).value));
    complain(null);
    const texts = chosen.map((routing) => JSON.stringify(routing.toExtraBody()));
    /** @type {HTMLElement} */ (sent.lastElementChild).textContent = texts.join("\n");
    return chosen;
  } catch (error) {
    if (!(error instanceof BadRequestError)) throw error;
    complain(error);
    return null;
  }
}

/** @param {BadRequestError | null} error */
function complain(error) {
  for (const name of ["aria-describedby", "aria-invalid"]) firstInvalid()?.removeAttribute(name);
  sent.hidden = error !== null;
  wrong.hidden = error === null;
  wrong.textContent = error?.message ?? "";
  if (error === null) return;
  const name = error.param?.split(".").at(-1) ?? "";
  const isField = [...NUMBERS, ...TEXTS].includes(name);
  const input = field(isField ? name : "more");
  input.setAttribute("aria-describedby", wrong.id);
  input.setAttribute("aria-invalid", "true");
}

/** Where the visitor has to correct something. */
export const firstInvalid = () => /** @type {Field | null} */ (form.querySelector("[aria-invalid]"));
