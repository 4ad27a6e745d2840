// @ts-check
// A question and its answers on the page.
import { counted, milliseconds, perSecond, usd } from "./format.js";

/** @typedef {import("./answer.js").Answer} Answer */

/** A copy of what is in a template. @param {string} id @returns {HTMLElement} */
function copyOf(id) {
  const template = /** @type {HTMLTemplateElement} */ (document.getElementById(id));
  return /** @type {HTMLElement} */ (template.content.firstElementChild?.cloneNode(true));
}

/**
 * @param {import("./conversation.js").Turn} turn
 * @param {(answer: Answer, view: HTMLElement) => void} askAgain
 */
export function viewOfTurn(turn, askAgain) {
  const view = copyOf("turn");
  part(view, ".question").textContent = turn.question;
  const isComparison = turn.answers.length > 1;
  part(view, ".answers").append(...turn.answers.map((answer) => viewOfAnswer(answer, isComparison, askAgain)));
  return view;
}

/**
 * @param {Answer} answer
 * @param {boolean} isComparison
 * @param {(answer: Answer, view: HTMLElement) => void} askAgain
 */
export function viewOfAnswer(answer, isComparison, askAgain) {
  const view = copyOf("answer");
  view.dataset.lane = answer.lane;
  const strategy = part(view, ".answer-strategy");
  strategy.textContent = answer.routing.optimize ?? "default";
  view.ariaLabel = `Answer, strategy ${strategy.textContent}`;
  strategy.hidden = !isComparison;
  // Appending to one node leaves alone what a reader has selected.
  const text = part(view, ".answer-text").appendChild(new Text());
  const again = part(view, ".again");
  again.addEventListener("click", () => askAgain(answer, view));
  const show = () => {
    view.dataset.status = answer.status;
    text.appendData(answer.text.slice(text.length));
    part(view, ".answer-facts").textContent = factsOf(answer).join(" · ");
    again.hidden = answer.status !== "failed" && answer.status !== "stopped";
    if (answer.error) showFailure(part(view, ".failure"), answer.error);
  };
  answer.addEventListener("change", show);
  show();
  return view;
}

/** @param {Answer} answer */
function factsOf({ status, metadata, firstTextMs, cut }) {
  if (status === "waiting") return ["Routing…"];
  if (status === "stopped") return ["Stopped"];
  if (status === "failed" || firstTextMs === null) return [];
  if (metadata === null) return [`First token after ${milliseconds(firstTextMs)}`];
  const { provider, ttft_ms, throughput_tps, cost, warnings } = metadata;
  return [
    provider,
    ttft_ms && milliseconds(ttft_ms),
    throughput_tps && perSecond(throughput_tps),
    cost && usd(cost.usd),
    warnings?.length && counted(warnings.length, "warning"),
    cut && "cut at the limit of tokens",
  ].filter((fact) => typeof fact === "string");
}

/** @param {HTMLElement} view @param {import("auriko-wasm").AurikoAPIError} error */
function showFailure(view, error) {
  const { name, code, message, suggestion, docUrl, requestId, statusCode, attempts } = error;
  part(view, "strong").textContent = name;
  part(view, "code").textContent = code ?? "";
  part(view, ".failure-message").textContent = message;
  part(view, ".failure-suggestion").textContent = suggestion ?? "";
  const link = /** @type {HTMLAnchorElement} */ (part(view, "a"));
  link.hidden = docUrl === null;
  link.href = docUrl ?? "";
  const about = [statusCode > 0 && `status ${statusCode}`, attempts > 1 && counted(attempts, "attempt"), requestId];
  part(view, ".failure-more span").textContent = about.filter(Boolean).join(" · ");
  view.hidden = false;
}

/** @param {Element} view @param {string} selector @returns {HTMLElement} */
const part = (view, selector) => /** @type {HTMLElement} */ (view.querySelector(selector));
