// @ts-check
import { cp } from "node:fs/promises";
import webpack from "webpack";
import { addressOf, inBrowsers, pageToBundle } from "../support/bundled.mjs";

const context = await pageToBundle();
/** @type {import("webpack").Configuration} */
const config = {
  context,
  mode: "production",
  entry: "./main.js",
  output: { path: `${context}/dist` },
  performance: false,
};

inBrowsers(context, { runtime: "webpack", how: "production", version: webpack.version }, async () => {
  /** @type {import("webpack").Stats} */
  const stats = await new Promise((resolve, reject) => {
    webpack(config, (error, stats) => (stats ? resolve(stats) : reject(error)));
  });
  if (stats.hasErrors() || stats.hasWarnings()) throw new Error(stats.toString());
  await cp(`${context}/index.html`, `${context}/dist/index.html`);
  const { modules = [] } = stats.toJson({ modules: true, nestedModules: true });
  const all = modules.flatMap((module) => [module, ...(module.modules ?? [])]);
  return { url: await addressOf(`${context}/dist`), modules: () => all.map((module) => module.nameForCondition ?? "") };
});
