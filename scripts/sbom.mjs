// @ts-check
// Writes target/auriko-wasm.cdx.json: what the package is made of, in the form of CycloneDX. It has no npm
// dependencies, so that is the crates which are compiled in, and the tools of the compiler that made them.
import { execFileSync } from "node:child_process";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));
const name = "auriko-wasm.cdx";
const options = ["--format", "json", "--spec-version", "1.5", "--target", "wasm32-unknown-unknown"];
execFileSync("cargo", ["cyclonedx", "--quiet", ...options, "--override-filename", name], {
  cwd: root,
  env: { ...process.env, PATH: `${root}target/tools/bin:${process.env.PATH}` },
  stdio: "inherit",
});
const written = `${root}${name}.json`;
// The crate is named by where it lies on this machine.
const bom = JSON.parse((await readFile(written, "utf8")).replaceAll(`path+file://${root.slice(0, -1)}`, "crate"));
await rm(written);

const { version, license } = JSON.parse(await readFile(`${root}pkg/package.json`, "utf8"));
const crate = bom.metadata.component;
bom.metadata.component = {
  "bom-ref": crate["bom-ref"],
  type: "library",
  name: "auriko-wasm",
  version,
  description: crate.description,
  licenses: [{ license: { id: license } }],
  purl: `pkg:npm/auriko-wasm@${version}`,
};
const text = `${JSON.stringify(bom, null, 2)}\n`;
if (text.includes(root) || text.includes("file://")) throw new Error("the list names a folder of this machine");
await mkdir(`${root}target`, { recursive: true });
await writeFile(`${root}target/${name}.json`, text);
console.log(`target/${name}.json: ${bom.components.length} components`);
