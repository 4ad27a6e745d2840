// @ts-check
// A page as a project: what it tells its readers to install, and its programs as files.
import { execFile } from "node:child_process";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { transform } from "esbuild";
import { answeredBy, packagesIn, project } from "../integrations/project.mjs";
import { runInBrowser } from "./browser.mjs";
import { programsIn } from "./markdown.mjs";

const run = promisify(execFile);
const runner = fileURLToPath(new URL("program.mjs", import.meta.url));
const root = fileURLToPath(new URL("../../", import.meta.url));
/** What is waited for a program: one that never ends is to fail. In milliseconds. */
const LIMIT = 30_000;

/** @typedef {import("./markdown.mjs").Program} Program */

/** @param {string} text of the page */
export async function pageProject(text) {
  const programs = programsIn(text);
  const folder = await project(packagesIn(text));
  await writeFile(join(folder, "package.json"), '{ "type": "module" }');
  for (const { file, code } of programs) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), code);
    if (file.endsWith("ts")) {
      const { code: javascript } = await transform(code, { loader: "ts" });
      await writeFile(join(folder, compiled(file)), javascript);
    }
  }
  return {
    programs,
    /** Whether its programs in TypeScript compile, strictly. */
    async checkTypes() {
      const files = programs.map(({ file }) => file).filter((file) => file.endsWith("ts"));
      if (files.length === 0) return;
      const options = "--noEmit --strict --skipLibCheck --module nodenext --target es2022 --types node".split(" ");
      const types = ["--typeRoots", join(root, "node_modules/@types")];
      await ran(run(join(root, "node_modules/.bin/tsc"), [...options, ...types, ...files], { cwd: folder }));
    },
    /**
     * Runs one of them: it has to end well, to say nothing on stderr, and to print what the page says, or something
     * if it stands alone.
     * @param {Program} program
     * @param {string} gateway URL
     */
    async run({ file, named, scenario, browser, output }, gateway) {
      const service = `${gateway}/_scenario/${scenario}`;
      const { args, env } = answeredBy(service);
      const { NODE_TEST_CONTEXT: _, ...own } = process.env;
      const options = { cwd: folder, env: { ...own, ...env }, timeout: LIMIT };
      const { stdout, stderr } = await (browser
        ? runInBrowser(folder, compiled(file), service, LIMIT)
        : ran(run(process.execPath, [...args, runner, compiled(file)], options)));
      if (stderr) throw new Error(`it complained:\n${stderr}`);
      if (!named && !stdout) throw new Error("it printed nothing");
      if (output !== undefined && !prints(output, stdout)) throw new Error(`it printed\n${stdout}\nand not\n${output}`);
      return stdout;
    },
    remove: () => rm(folder, { recursive: true }),
  };
}

/** @param {string} path of the page, from the root of the repository */
export const textOf = (path) => readFile(join(root, path), "utf8");

/** @param {string} file */
const compiled = (file) => file.replace(/ts$/, "js");

/** @param {string} output as a page has it @param {string} stdout */
function prints(output, stdout) {
  const parts = output.split("…").map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(stdout);
}

/** @template T @param {Promise<T>} program */
const ran = (program) =>
  program.catch(({ message, stdout, stderr, killed }) => {
    throw new Error(`${killed ? `not within ${LIMIT} ms` : message}\n${stdout}\n${stderr}`);
  });
