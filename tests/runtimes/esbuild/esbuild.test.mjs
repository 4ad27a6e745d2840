// @ts-check
import { build, version } from "esbuild";
import { addressOf, inBrowsers, pageToBundle } from "../support/bundled.mjs";

const folder = await pageToBundle();

for (const format of /** @type {const} */ (["esm", "iife"])) {
  inBrowsers(folder, { runtime: "esbuild", how: format, version }, async () => {
    const outdir = `${folder}/${format}`;
    const { metafile } = await build({
      absWorkingDir: folder,
      entryPoints: ["main.js", "index.html"],
      outdir,
      loader: { ".html": "copy" },
      bundle: true,
      minify: true,
      format,
      metafile: true,
    });
    return { url: await addressOf(outdir), modules: () => Object.keys(metafile.inputs) };
  });
}
