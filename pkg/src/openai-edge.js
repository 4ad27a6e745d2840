// @ts-check
import "./edge.js";

export * from "./openai-api.js";
