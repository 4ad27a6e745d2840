// @ts-check
// OpenAI's own client, for Auriko. The instance of the core is the one of the main entry.
import "./index.js";

export * from "./openai-api.js";
