// @ts-check
// What every contender asks for.

export const URL = "https://api.example/v1";
export const MODEL = "gpt-5.4";
/** @type {{ model: string, messages: { role: "user", content: string }[] }} */
export const CHAT = { model: MODEL, messages: [{ role: "user", content: "Tell me a long story." }] };
