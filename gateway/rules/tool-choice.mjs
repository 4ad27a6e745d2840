// @ts-check
import { refuse } from "./kinds.mjs";

/**
 * A tool that must be called has to be among the tools.
 * @param {unknown} choice a word, or the name of a tool
 * @param {{ name?: string }[] | null | undefined} tools
 */
export function checkToolChoice(choice, tools) {
  if (typeof choice !== "string" || choice === "auto" || choice === "none") return;
  const found = choice === "required" ? (tools ?? []).length > 0 : tools?.some(({ name }) => name === choice);
  if (!found) refuse("tool_choice", `auto, none, or something that the tools allow; '${choice}' is not`);
}
