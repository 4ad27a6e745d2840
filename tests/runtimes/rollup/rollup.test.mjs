// @ts-check
import { cp } from "node:fs/promises";
import { nodeResolve } from "@rollup/plugin-node-resolve";
import { rollup, VERSION } from "rollup";
import { addressOf, inBrowsers, pageToBundle } from "../support/bundled.mjs";

const folder = await pageToBundle();

inBrowsers(folder, { runtime: "Rollup", how: "build", version: VERSION }, async () => {
  const bundle = await rollup({
    input: `${folder}/main.js`,
    plugins: [nodeResolve({ browser: true })],
    onwarn(warning) {
      throw new Error(warning.message);
    },
  });
  const { output } = await bundle.write({ file: `${folder}/dist/main.js`, format: "es" });
  await bundle.close();
  await cp(`${folder}/index.html`, `${folder}/dist/index.html`);
  const modules = output.flatMap((file) => (file.type === "chunk" ? file.moduleIds : []));
  return { url: await addressOf(`${folder}/dist`), modules: () => modules };
});
