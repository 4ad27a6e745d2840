// @ts-check
// Projects of users: a folder with the package and what they have installed beside it.
import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const pkg = fileURLToPath(new URL("../../pkg/", import.meta.url));
const modules = fileURLToPath(new URL("node_modules/", import.meta.url));
const preload = new URL("../../gateway/preload.mjs", import.meta.url).href;

/** Version 7 of the AI SDK wants Node 22. @type {Record<string, string>} */
const NEWER =
  Number.parseInt(process.versions.node, 10) < 22
    ? {}
    : { ai: "ai-7", "@ai-sdk/openai-compatible": "openai-compatible-3" };

/**
 * A new folder in which the package is installed, and others by these names.
 * @param {Record<string, string>} packages name: folder in node_modules here
 * @returns {Promise<string>} its path
 */
export async function project(packages) {
  const root = await mkdtemp(join(tmpdir(), "auriko-wasm-"));
  const own = join(root, "node_modules/auriko-wasm");
  await mkdir(own, { recursive: true });
  for (const part of ["package.json", "dist", "types"]) await cp(pkg + part, join(own, part), { recursive: true });
  for (const [name, folder] of Object.entries(packages)) {
    if (!existsSync(modules + folder)) throw new Error(`${name} is not in tests/integrations/package.json`);
    const place = join(root, "node_modules", name);
    await mkdir(dirname(place), { recursive: true });
    await symlink(modules + folder, place);
  }
  return root;
}

/** What a text tells its readers to install, in a line that is a command or a comment. @param {string} text */
export function packagesIn(text) {
  const lines = [...text.matchAll(/^(?:\/\/ .*)?\bnpm install (.+)$/gm)].map(([, words]) => words.split(" "));
  const names = new Set(lines.flat().map((word) => word.replace(/(?<=.)@.*/, "")));
  names.delete("auriko-wasm");
  return Object.fromEntries([...names].map((name) => [name, NEWER[name] ?? name]));
}

/**
 * How Node runs a program that knows no other address than Auriko's, so that a gateway answers.
 * @param {string} gateway its URL
 */
export const answeredBy = (gateway) => ({
  args: ["--import", preload],
  env: { AURIKO_GATEWAY: gateway, AURIKO_API_KEY: "ak_test_local" },
});
