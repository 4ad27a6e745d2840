// @ts-check
// What happens when somebody asks, stops, tries again or begins anew.
import { AurikoClient } from "auriko-wasm";
import { Answer } from "./answer.js";
import { offerModels, offerSimulations, setBusy, startComposer, submitText } from "./composer.js";
import { Conversation, Turn } from "./conversation.js";
import { CostChart } from "./cost-chart.js";
import { announce, followConversation, part } from "./page.js";
import { showRouting } from "./routing-panel.js";
import { viewOfAnswer, viewOfTurn } from "./turn-view.js";

/** @typedef {import("./composer.js").Choice} Choice */

// The proxy behind this path adds the key.
const client = new AurikoClient({ apiKey: null, baseUrl: "/api/v1" });
const chart = new CostChart();
const scrollToEnd = followConversation();
let conversation = new Conversation();
/** @type {Set<Answer>} */
const running = new Set();

/** @param {string} question @param {Choice} choice */
function ask(question, { model, routings, scenario }) {
  const lanes = /** @type {const} */ (["a", "b"]);
  const answers = routings.map((routing, index) => new Answer(lanes[index], model, routing, scenario));
  const turn = new Turn(question, answers);
  conversation.turns.push(turn);
  part("welcome", HTMLElement).hidden = true;
  part("turns", HTMLElement).append(viewOfTurn(turn, (answer, view) => askAgain(turn, answer, view)));
  scrollToEnd();
  for (const answer of answers) void run(turn, answer);
}

/** @param {Turn} turn @param {Answer} answer @param {HTMLElement} view */
function askAgain(turn, answer, view) {
  const next = answer.again();
  turn.answers[turn.answers.indexOf(answer)] = next;
  view.replaceWith(viewOfAnswer(next, turn.answers.length > 1, (again, view) => askAgain(turn, again, view)));
  void run(turn, next);
}

/** @param {Turn} turn @param {Answer} answer */
async function run(turn, answer) {
  const isShown = () => conversation.turns.at(-1) === turn;
  const show = () => isShown() && showRouting(turn.answers);
  running.add(answer);
  setBusy(true);
  answer.addEventListener("change", show);
  show();
  announce("Routing the question.");
  await answer.run(client, conversation.messagesFor(turn, answer.lane));
  running.delete(answer);
  setBusy(running.size > 0);
  chart.add(answer);
  announce(summaryOf(answer));
}

/** @param {Answer} answer */
function summaryOf({ status, metadata, text, error }) {
  if (status === "failed") return `The answer failed: ${error?.message}`;
  if (status === "stopped") return "The answer was stopped.";
  return `${metadata?.provider ?? "The model"} answers: ${text}`;
}

function stopAll() {
  for (const answer of running) answer.stop();
}

startComposer(ask, stopAll);
part("new-chat", HTMLButtonElement).addEventListener("click", () => {
  stopAll();
  conversation = new Conversation();
  part("turns", HTMLElement).replaceChildren();
  part("welcome", HTMLElement).hidden = false;
  showRouting([]);
  part("question", HTMLElement).focus();
});
for (const prompt of document.querySelectorAll(".prompt")) {
  prompt.addEventListener("click", () => submitText(prompt.textContent ?? ""));
}
const insight = part("show-insight", HTMLButtonElement);
insight.addEventListener("click", () => {
  const isOpen = insight.ariaExpanded !== "true";
  insight.ariaExpanded = String(isOpen);
  document.body.classList.toggle("shows-insight", isOpen);
});

const { isLocal } = await (await fetch("/service.json")).json();
part("service", HTMLElement).textContent = isLocal ? "local gateway" : "api.auriko.ai";
if (isLocal) offerSimulations();
try {
  const { data } = await client.models.list();
  offerModels(data.map(({ id }) => id));
} catch (error) {
  part("trouble", HTMLElement).textContent = String(error);
  part("trouble", HTMLElement).hidden = false;
}
