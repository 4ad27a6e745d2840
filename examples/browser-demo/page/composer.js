// @ts-check
// Where the visitor writes, and chooses a model and how to route.
import { part } from "./page.js";
import { chosenRouting, fillRoutingForm, firstInvalid } from "./routing-form.js";
import { SIMULATIONS } from "./simulations.js";

/** @typedef {{ model: string, routings: import("auriko-wasm").RoutingOptions[], scenario: string }} Choice */

const form = part("composer", HTMLFormElement);
const question = part("question", HTMLTextAreaElement);
const model = part("model", HTMLSelectElement);
const simulation = part("simulation", HTMLSelectElement);
const send = part("send", HTMLButtonElement);
const stop = part("stop", HTMLButtonElement);
const compare = part("compare", HTMLButtonElement);
const optionsButton = part("show-options", HTMLButtonElement);

let isComparison = false;

/**
 * @param {(question: string, choice: Choice) => void} ask
 * @param {() => void} leave stops what is being answered
 */
export function startComposer(ask, leave) {
  fillRoutingForm();
  chosenRouting(isComparison);
  form.addEventListener("input", () => {
    chosenRouting(isComparison);
    const used = [...part("options", HTMLElement).querySelectorAll("input, select")].filter(
      (field) => /** @type {HTMLInputElement} */ (field).value !== "",
    );
    // What is set stays in force while the options are closed.
    optionsButton.textContent = used.length > 0 ? `Options (${used.length})` : "Options";
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit(ask);
  });
  question.addEventListener("input", fitQuestion);
  question.addEventListener("keydown", (event) => {
    // While a word is put together (in Japanese, say), Enter is about the word.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit(ask);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") leave();
  });
  stop.addEventListener("click", leave);
  compare.addEventListener("click", () => {
    isComparison = !isComparison;
    compare.setAttribute("aria-pressed", String(isComparison));
    part("other-field", HTMLElement).hidden = !isComparison;
    chosenRouting(isComparison);
  });
  optionsButton.addEventListener("click", () => showOptions(optionsButton.ariaExpanded !== "true"));
}

/** @param {(question: string, choice: Choice) => void} ask */
function submit(ask) {
  const text = question.value.trim();
  if (text === "" || send.hidden) return;
  const routings = chosenRouting(isComparison);
  if (!routings) {
    showOptions(true);
    firstInvalid()?.focus();
    return;
  }
  question.value = "";
  fitQuestion();
  ask(text, { model: model.value, routings, scenario: simulation.value });
}

/** Asks what somebody else has written. @param {string} text */
export function submitText(text) {
  question.value = text;
  form.requestSubmit();
}

/** @param {boolean} isBusy while there is something to stop */
export function setBusy(isBusy) {
  const hadFocus = document.activeElement === stop;
  send.hidden = isBusy;
  stop.hidden = !isBusy;
  if (hadFocus) question.focus();
}

/** @param {boolean} isOpen */
function showOptions(isOpen) {
  optionsButton.ariaExpanded = String(isOpen);
  part("options", HTMLElement).hidden = !isOpen;
}

/** As high as the text, up to the limit of the style sheet. */
function fitQuestion() {
  question.style.height = "auto";
  question.style.height = `${question.scrollHeight}px`;
}

/** @param {string[]} models */
export function offerModels(models) {
  model.replaceChildren(...models.map((id) => new Option(id)));
}

export function offerSimulations() {
  simulation.append(...SIMULATIONS.map(([name, scenario]) => new Option(name, scenario)));
  part("simulation-field", HTMLElement).hidden = false;
}
