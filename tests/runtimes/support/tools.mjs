// @ts-check
// Where the pinned tools are. They are installed beside this folder: `npm ci --prefix tests/runtimes`.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const runtimes = fileURLToPath(new URL("../", import.meta.url));
const root = join(runtimes, "../..");

/** The manifest and the folder of an installed tool. @param {string} name @returns {{ folder: string, manifest: any }} */
function installed(name) {
  const folder = join(runtimes, "node_modules", name);
  if (!existsSync(folder)) throw new Error(`${name} is not installed: run 'npm ci --ignore-scripts' in ${runtimes}`);
  return { folder, manifest: JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) };
}

/** @param {string} name */
export const versionOf = (name) => installed(name).manifest.version;

/** The script that a tool's command is, to be run with Node. @param {string} name @param {string} [command] */
export function scriptOf(name, command = name) {
  const { folder, manifest } = installed(name);
  return join(folder, typeof manifest.bin === "string" ? manifest.bin : manifest.bin[command]);
}

/** A Node.js of another version. @param {number} major */
export const nodeOf = (major) => join(installed(`node${major}`).folder, "bin", "node");

/**
 * The program in that one of a package's optional dependencies which npm has installed for this machine.
 * @param {string} name
 * @param {string} place of the program in it
 */
export function binaryOf(name, place) {
  const { folder, manifest } = installed(name);
  const candidates = Object.keys(manifest.optionalDependencies).map((one) => join(folder, "..", one, place));
  const path = candidates.find((path) => existsSync(path));
  if (path === undefined) throw new Error(`${name} has no program for this machine`);
  return path;
}

/** A program that set-up has put into target/tools, or on the PATH. @param {string} name */
export function programOf(name) {
  const folders = [join(root, "target/tools/bin"), ...(process.env.PATH ?? "").split(":")];
  const path = folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
  if (path === undefined) throw new Error(`${name} is not installed: run scripts/setup.sh test`);
  return path;
}
