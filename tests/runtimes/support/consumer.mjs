// @ts-check
// A project that has the package installed as its users do: from the tarball that npm pack makes.
import { rmSync } from "node:fs";
import { cp, mkdir, mkdtemp, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { run } from "./processes.mjs";

const pkg = fileURLToPath(new URL("../../../pkg/", import.meta.url));
const openaiClient = fileURLToPath(new URL("../../integrations/node_modules/openai", import.meta.url));
const contract = {
  "contract.mjs": new URL("../contract.mjs", import.meta.url),
  contract: new URL("../contract", import.meta.url),
};

/** @type {Promise<string> | undefined} */
let packed;

/** The path of the tarball, made once in each process. */
export function tarball() {
  packed ??= (async () => {
    const folder = await temporary(tmpdir());
    await run("npm", ["pack", "--ignore-scripts", "--pack-destination", folder], { cwd: pkg });
    const [name] = await readdir(folder);
    return join(folder, name);
  })();
  return packed;
}

/**
 * An empty project with the package, the contract and these files. It is removed at the end.
 * @param {Record<string, URL | string>} files name: where it is copied from, or its text
 * @param {object} [options]
 * @param {string} [options.parent] a folder above it, where tools are found that it does not install
 * @param {boolean} [options.openai] whether OpenAI's client is there, too: the one of the integrations
 * @returns {Promise<string>} its path
 */
export async function consumer(files, { parent = tmpdir(), openai = false } = {}) {
  const folder = await temporary(parent);
  const manifest = { name: "consumer", version: "1.0.0", private: true, type: "module" };
  await writeFile(join(folder, "package.json"), JSON.stringify(manifest));
  const quietly = ["--offline", "--ignore-scripts", "--no-audit", "--no-fund", "--no-workspaces"];
  await run("npm", ["install", ...quietly, "--prefix", folder, await tarball()], { cwd: folder });
  if (openai) await symlink(openaiClient, join(folder, "node_modules/openai"));
  for (const [name, source] of Object.entries({ ...contract, ...files })) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    if (typeof source === "string") await writeFile(path, source);
    else await cp(source, path, { recursive: true });
  }
  return folder;
}

/**
 * Which entry of the package that is: the name of a file in dist/ of the copy that the consumer installed.
 * @param {string} folder of the consumer
 * @param {string} address path or URL of a module
 */
export function entryAt(folder, address) {
  const path = address.startsWith("file:") ? fileURLToPath(address) : address;
  const inside = relative(join(folder, "node_modules", "auriko-wasm", "dist"), path);
  if (inside.startsWith("..")) throw new Error(`${address} is not the package that ${folder} has installed`);
  return inside;
}

/**
 * The entry among the modules that a tool says it has bundled: what the package's exports can lead to.
 * @param {string} folder of the consumer
 * @param {Iterable<string>} modules paths, absolute or relative to the consumer
 */
export async function entryAmong(folder, modules) {
  const manifest = await readFile(join(folder, "node_modules", "auriko-wasm", "package.json"), "utf8");
  const { exports } = JSON.parse(manifest);
  const targets = new Set(Object.values(exports["."]).map((target) => target.default.replace("./dist/", "")));
  const inside = [...modules]
    .map((path) => path.replace(/^\0|[?#].*$/g, ""))
    .filter((path) => path.includes(`node_modules${sep}auriko-wasm${sep}`))
    .map((path) => entryAt(folder, path.startsWith(sep) ? path : join(folder, path)));
  return [...new Set(inside)].filter((name) => targets.has(name)).join(" and ");
}

/** @param {string} parent */
async function temporary(parent) {
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(join(parent, "auriko-consumer-"));
  // Also where the tests are interrupted, and after the programs have ended that use it.
  process.on("exit", () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}
