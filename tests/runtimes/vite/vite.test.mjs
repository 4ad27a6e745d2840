// @ts-check
import { build, createServer, version } from "vite";
import { addressOf, inBrowsers, pageToBundle } from "../support/bundled.mjs";
import { atEnd } from "../support/endings.mjs";

const root = await pageToBundle();
/** @type {import("vite").InlineConfig} */
const config = { root, configFile: false, logLevel: "error" };

inBrowsers(root, { runtime: "Vite", how: "build", version }, async () => {
  const { output } = /** @type {import("vite").Rolldown.RolldownOutput} */ (await build(config));
  const modules = output.flatMap((file) => (file.type === "chunk" ? file.moduleIds : []));
  return { url: await addressOf(`${root}/dist`), modules: () => modules };
});

inBrowsers(root, { runtime: "Vite", how: "dev", version }, async () => {
  const server = await createServer({ ...config, server: { host: "127.0.0.1", port: 0, strictPort: false } });
  atEnd(() => server.close());
  await server.listen();
  const [address = ""] = server.resolvedUrls?.local ?? [];
  return {
    url: address.replace(/\/$/, ""),
    // It bundles what the page imports when it is asked for it.
    modules: () => {
      const { optimized = {} } = server.environments.client.depsOptimizer?.metadata ?? {};
      return Object.values(optimized).map(({ src }) => src ?? "");
    },
  };
});
