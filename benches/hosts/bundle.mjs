// @ts-check
// All contenders in one file, the same for every host.
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = (/** @type {string} */ name) => fileURLToPath(new URL(name, import.meta.url));

/** @returns {Promise<string>} */
export async function bundled() {
  const { outputFiles } = await build({
    entryPoints: [here("suite.mjs")],
    bundle: true,
    format: "esm",
    // The same files of each package everywhere; none of them needs what only one runtime has.
    platform: "browser",
    target: "es2022",
    write: false,
    logLevel: "warning",
  });
  return outputFiles[0].text;
}
