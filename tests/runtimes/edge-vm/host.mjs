// Vercel's runtime around a bundle: nothing is compiled in it, neither text nor wasm, and what a bundle
// imports as `.wasm?module` was compiled outside. Run as: host.mjs BUNDLE WASM GATEWAY
import { AsyncLocalStorage } from "node:async_hooks";
import { readFile } from "node:fs/promises";
import { EdgeVM } from "@edge-runtime/vm";

const [bundle, wasm, gateway] = process.argv.slice(2);
const bytes = await readFile(wasm);
const module = await WebAssembly.compile(bytes);
const runtime = new EdgeVM({
  codeGeneration: { strings: false, wasm: false },
  extend: (context) => Object.assign(context, { AsyncLocalStorage, wasm: module, bytes: new Uint8Array(bytes) }),
});
for (const code of ["new WebAssembly.Module(bytes)", "new Function('')"]) {
  const refused = runtime.evaluate(`try { ${code}; false } catch (error) { /disallowed/.test(error.message) }`);
  if (!refused) throw new Error(`this runtime allows ${code}, unlike Vercel's`);
}
runtime.evaluate(await readFile(bundle, "utf8"));
const response = await runtime.dispatchFetch(`http://localhost/?gateway=${gateway}`);
process.stdout.write(await response.text());
