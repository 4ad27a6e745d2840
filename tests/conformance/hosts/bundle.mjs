// @ts-check
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/**
 * A module of this folder and all that it imports, as one text.
 * @param {string} name
 * @param {import("esbuild").BuildOptions} [options]
 */
export async function bundled(name, options) {
  const entryPoints = [fileURLToPath(new URL(name, import.meta.url))];
  const { outputFiles } = await build({
    entryPoints,
    bundle: true,
    format: "esm",
    write: false,
    logLevel: "warning",
    ...options,
  });
  return /** @type {import("esbuild").OutputFile[]} */ (outputFiles)[0].text;
}
