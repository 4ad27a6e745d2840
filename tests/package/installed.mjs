// @ts-check
// The package as a consumer has it: packed, installed into an empty project, imported by its name.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { cp, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const pkg = fileURLToPath(new URL("../../pkg/", import.meta.url));

/** The module of the consumer that imports the package: only from there does the name lead to the installed one. */
const ENTRY = "entry.mjs";
const SLIM = "slim.mjs";
/** A second installation, as in an application two of whose dependencies have the package. */
const SECOND = "second";

const folder = await consumer();

/** A module that starts nothing until it is told to, for threads of their own. */
export const slim = pathToFileURL(join(folder, SLIM)).href;

/** @typedef {typeof import("../../pkg/types/index.js")} Package */

/** A module that exports the package as `auriko`, for a process of its own. */
export const entry = pathToFileURL(join(folder, ENTRY)).href;

/** @type {{ auriko: Package }} */
export const { auriko } = await import(entry);

/** Other copies of the package in the same process, by where they come from. @returns {Promise<[string, Package][]>} */
export async function otherCopies() {
  const second = await import(pathToFileURL(join(folder, SECOND, ENTRY)).href);
  const require = createRequire(join(folder, ENTRY));
  return [
    ["a second installation", second.auriko],
    ["the CommonJS entry", require("auriko-wasm")],
  ];
}

/** The folder of a project that has the package installed; made once for each content of the package. */
async function consumer() {
  const content = await digest();
  const finished = join(tmpdir(), `auriko-wasm-consumer-${content}`);
  if (existsSync(finished)) return finished;

  // Several test processes may come here at once: each makes its own, and the first to finish names it.
  const draft = await mkdtemp(join(tmpdir(), "auriko-wasm-draft-"));
  const packed = await run("npm", ["pack", "--ignore-scripts", "--json", "--pack-destination", draft], { cwd: pkg });
  const [tarball] = (await readdir(draft)).filter((name) => name.endsWith(".tgz"));
  if (tarball === undefined) throw new Error(`npm pack made no tarball:\n${packed.stdout}${packed.stderr}`);
  await writeFile(join(draft, "package.json"), JSON.stringify({ name: "consumer", private: true, type: "module" }));
  const quietly = ["--offline", "--ignore-scripts", "--no-audit", "--no-fund"];
  await run("npm", ["install", ...quietly, "--prefix", draft, `./${tarball}`], { cwd: draft });
  await cp(join(draft, "node_modules"), join(draft, SECOND, "node_modules"), { recursive: true });
  await writeFile(join(draft, SLIM), 'export * from "auriko-wasm/slim";\n');
  for (const place of [draft, join(draft, SECOND)]) {
    await writeFile(join(place, ENTRY), 'export * as auriko from "auriko-wasm";\n');
  }
  if ((await digest()) !== content) throw new Error("pkg was rebuilt while it was packed: run the tests again");
  try {
    await rename(draft, finished);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    if (!existsSync(finished)) throw error;
  }
  return finished;
}

/** Of everything that can be packed, and of how it is installed. */
async function digest() {
  const hash = createHash("sha256").update(await readFile(fileURLToPath(import.meta.url)));
  if (!existsSync(join(pkg, "dist"))) throw new Error("there is no pkg/dist to be tested: npm run build makes it");
  const { files } = JSON.parse(await readFile(join(pkg, "package.json"), "utf8"));
  for (const part of ["package.json", ...files]) {
    if (!existsSync(join(pkg, part))) continue;
    const isFolder = (await stat(join(pkg, part))).isDirectory();
    const names = isFolder ? await readdir(join(pkg, part), { recursive: true }) : [""];
    for (const name of names.sort()) {
      const path = join(pkg, part, name);
      if ((await stat(path)).isFile()) hash.update(`${part}/${name}\0`).update(await readFile(path));
    }
  }
  return hash.digest("hex").slice(0, 16);
}
