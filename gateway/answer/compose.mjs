// @ts-check
// What the model says. Friendly, deterministic, and with characters of one to four bytes,
// so that cutting the stream anywhere is a real test.
import { PROVIDERS } from "../routing/providers.mjs";
import { fragmentsOf, piecesOf } from "./pieces.mjs";
import { sample } from "./sample.mjs";

/**
 * What both endpoints know about a request once its own form is taken off.
 * @typedef {object} Prompt
 * @property {string} user the last text of the user
 * @property {string[]} toolResults what the tools returned, when the conversation ends with that
 * @property {{ name: string, parameters?: any }[]} tools
 * @property {string | { name: string }} toolChoice
 * @property {boolean} parallel whether two calls at once are allowed
 * @property {{ type: string, schema?: any }} format
 * @property {string | null} effort
 * @property {number} maxTokens
 * @property {string[]} stop
 *
 * @typedef {{ id: string, name: string, fragments: string[] }} ToolCall
 *
 * @typedef {object} Answer
 * @property {string[]} reasoning pieces, empty for none
 * @property {string[]} pieces the text
 * @property {ToolCall[]} calls
 * @property {'stop' | 'length' | 'tool_calls'} finish
 */

const LONGEST_QUOTE = 200;

/** A message that starts with this is answered with its rest, whatever else the request holds. */
const ECHO = "echo: ";

/**
 * @param {Prompt} prompt
 * @param {import('../routing/route.mjs').Route} route
 * @param {string} callId start of the ids of tool calls
 * @param {{ index: number, of: number }} [choice]
 * @returns {Answer}
 */
export function compose(prompt, route, callId, choice = { index: 0, of: 1 }) {
  const reasoning = prompt.effort === null ? [] : piecesOf(thoughts(prompt, prompt.effort));
  const calls = toolCalls(prompt, callId);
  if (calls.length > 0) return { reasoning, pieces: [], calls, finish: "tool_calls" };

  const whole = upToStop(textFor(prompt, route, choice), prompt.stop);
  const pieces = piecesOf(whole);
  const cut = pieces.length > prompt.maxTokens;
  return { reasoning, pieces: pieces.slice(0, prompt.maxTokens), calls: [], finish: cut ? "length" : "stop" };
}

/** @param {Answer} answer */
export function outputTokens({ reasoning, pieces, calls }) {
  const fragments = calls.reduce((sum, call) => sum + call.fragments.length + 1, 0);
  return { total: reasoning.length + pieces.length + fragments, reasoning: reasoning.length };
}

/**
 * @param {Prompt} prompt
 * @param {import('../routing/route.mjs').Route} route
 * @param {{ index: number, of: number }} choice
 */
function textFor({ user, toolResults, format }, { offer, strategy }, { index, of }) {
  if (user.startsWith(ECHO)) return user.slice(ECHO.length);
  if (format.type === "json_schema") return JSON.stringify(sample(format.schema, hintFrom(user)));
  if (format.type === "json_object") return JSON.stringify({ answer: quote(user), provider: offer.provider });
  const which = of > 1 ? ` This is choice ${index + 1} of ${of}.` : "";
  if (toolResults.length > 0) {
    const results = toolResults.map((result) => `“${quote(result)}”`).join(" and ");
    return `The tool answered ${results} – merci, tool! ✨ That settles your question, says ${offer.provider}.${which}`;
  }
  return (
    `Hello from ${PROVIDERS[offer.provider].display_name}! 👋 You wrote: “${quote(user)}”. ` +
    `Auriko chose ${offer.provider} for you (strategy “${strategy}”), and the naïve café in 東京 ☕ sends its regards. ` +
    `Have a lovely day! 🦀${which}`
  );
}

/** @param {Prompt} prompt @param {string} effort */
function thoughts({ user, tools }, effort) {
  const means = tools.length > 0 ? `I may use ${tools.map((tool) => tool.name).join(", ")}` : "No tool is needed";
  return `The user says “${quote(user)}”. Effort: ${effort}. ${means} – voilà, 答え is near. 🤔`;
}

/**
 * A result of a tool is answered with text; everything else that may be answered with a call, is.
 * @param {Prompt} prompt
 * @param {string} callId
 * @returns {ToolCall[]}
 */
function toolCalls({ tools, toolChoice, toolResults, user, parallel }, callId) {
  if (toolChoice === "none" || toolResults.length > 0 || user.startsWith(ECHO)) return [];
  const wanted = typeof toolChoice === "object" ? tools.filter((tool) => tool.name === toolChoice.name) : tools;
  const first = wanted[0];
  if (first === undefined) return [];
  const twice = parallel && /\btwice\b/i.test(user);
  const called = twice ? [first, wanted[1] ?? first] : [first];
  return called.map((tool, index) => ({
    id: `${callId}_${index}`,
    name: tool.name,
    fragments: fragmentsOf(JSON.stringify(argumentsFor(tool, user))),
  }));
}

/** @param {{ parameters?: any }} tool @param {string} user */
function argumentsFor({ parameters }, user) {
  return sample({ type: "object", ...parameters }, hintFrom(user));
}

/**
 * The last name in the text, so that a question about Paris asks the tool about Paris.
 * @param {string} user
 */
function hintFrom(user) {
  const names = quote(user).match(/(?<=\s)\p{Lu}[\p{L}\p{M}'-]+/gu);
  return names?.at(-1) ?? "example";
}

/** @param {string} text */
function quote(text) {
  const characters = [...text.slice(0, 2 * LONGEST_QUOTE)];
  return characters.length <= LONGEST_QUOTE ? characters.join("") : `${characters.slice(0, LONGEST_QUOTE).join("")}…`;
}

/** @param {string} text @param {string[]} stops */
function upToStop(text, stops) {
  const ends = stops
    .filter((stop) => stop !== "")
    .map((stop) => text.indexOf(stop))
    .filter((at) => at >= 0);
  return text.slice(0, Math.min(text.length, ...ends));
}
