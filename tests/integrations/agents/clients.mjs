// @ts-check
// The two clients that the Agents SDK can be given.
import { Agent, OpenAIProvider, Runner, setTracingDisabled } from "@openai/agents";
import { KEY } from "../local.mjs";
import { installed } from "../package.mjs";

// Tracing sends prompts to OpenAI, whoever answers them.
setTracingDisabled(true);

const { auriko, entry } = (await installed()).esm;

/** @type {{ name: string, make: (baseURL: string, options?: any) => any }[]} */
export const clients = [
  {
    name: "AurikoOpenAI",
    make: (baseURL, options) => new entry.AurikoOpenAI({ apiKey: KEY, baseURL, ...options }),
  },
  {
    name: "AurikoClient",
    make: (baseURL, options) => new auriko.AurikoClient({ apiKey: KEY, baseURL, ...options }),
  },
];

export { auriko, entry };

/** A runner of one client, which touches no global. @param {any} openAIClient @param {any} [config] */
export const runnerOf = (openAIClient, { useResponses = false, ...config } = {}) =>
  new Runner({ modelProvider: new OpenAIProvider({ openAIClient, useResponses }), ...config });

/** @param {any} [config] @returns {Agent<any, any>} */
export const agentOf = (config) => new Agent({ name: "Assistant", model: "gpt-5.4", modelSettings: {}, ...config });
