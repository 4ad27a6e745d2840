// @ts-check
// The package as somebody has it who installed it beside one version of openai.
import { rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { project } from "./project.mjs";

const REEXPORTS = `
export * as auriko from "auriko-wasm";
export * as entry from "auriko-wasm/openai";
export { OpenAI } from "openai";
`;

/**
 * Its entries, and the OpenAI that they use, by import and by require.
 * @param {string} [openai] the folder of that version in node_modules
 */
export async function installed(openai = "openai") {
  const root = await project({ openai });
  try {
    await writeFile(join(root, "all.mjs"), REEXPORTS);
    const require = createRequire(join(root, "x.cjs"));
    /** @type {Installed} */
    const esm = await import(pathToFileURL(join(root, "all.mjs")).href);
    /** @type {Installed} */
    const cjs = {
      auriko: require("auriko-wasm"),
      entry: require("auriko-wasm/openai"),
      OpenAI: require("openai").OpenAI,
    };
    return { esm, cjs };
  } finally {
    await rm(root, { recursive: true });
  }
}

/**
 * @typedef {object} Installed
 * @property {any} auriko
 * @property {any} entry
 * @property {any} OpenAI
 */
