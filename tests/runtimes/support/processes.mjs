// @ts-check
// Programs that a test starts, and their end: whatever happens, none of them outlives the test.
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { atEnd } from "./endings.mjs";

/** In the environment of all that is started here, and so of what those start in their turn. */
const MARK = `AURIKO_RUNTIMES_RUN=${randomUUID()}`;

const ENVIRONMENT = {
  NEXT_TELEMETRY_DISABLED: "1",
  WRANGLER_SEND_METRICS: "false",
  WRANGLER_SEND_ERROR_REPORTS: "false",
  WRANGLER_HIDE_BANNER: "true",
  CLOUDFLARE_CF_FETCH_ENABLED: "false",
  DENO_NO_UPDATE_CHECK: "1",
  DO_NOT_TRACK: "1",
  CI: "1",
  NO_COLOR: "1",
};

/** This environment without what would change a result: a key, and the mark of node:test. */
export function environment() {
  const {
    AURIKO_API_KEY: _key,
    NODE_TEST_CONTEXT: _test,
    NODE_OPTIONS: _options,
    FORCE_COLOR: _color,
    ...rest
  } = process.env;
  const [name, value] = MARK.split("=");
  return { ...rest, ...ENVIRONMENT, [name]: value };
}

/**
 * @typedef {object} Program
 * @property {number} pid
 * @property {() => string} output all that it has printed
 * @property {(form: RegExp) => Promise<RegExpExecArray>} prints waits for that in its output
 * @property {Promise<number | null>} ended its exit code
 * @property {() => Promise<void>} end with all that it has started
 */

/**
 * Starts a program. It is ended after the tests at the latest.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: Record<string, string> }} [options]
 * @returns {Program}
 */
export function start(command, args, { cwd, env } = {}) {
  // A group of its own, so that it can be ended with all that it started.
  const child = spawn(command, args, {
    cwd,
    env: { ...environment(), ...env },
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const pid = child.pid ?? 0;
  let output = "";
  let over = false;
  /** @type {Set<() => void>} */
  const listeners = new Set();
  const changed = () => {
    for (const listener of listeners) listener();
  };
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => {
      output += text;
      changed();
    });
  }
  /** @type {Promise<number | null>} */
  const ended = new Promise((resolve) => {
    child.on("error", (error) => {
      output += `${command}: ${error.message}`;
      over = true;
      resolve(null);
      changed();
    });
    child.on("close", (code) => {
      over = true;
      resolve(code);
      changed();
    });
  });
  /** @type {Program} */
  const program = {
    pid,
    output: () => output,
    ended,
    prints: (form) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = form.exec(output);
          if (!found && !over) return;
          listeners.delete(look);
          if (found) resolve(found);
          else reject(new Error(`${command} ended without printing ${form}:\n${output}`));
        };
        listeners.add(look);
        look();
      }),
    async end() {
      signal(-pid, "SIGTERM");
      const patience = setTimeout(() => signal(-pid, "SIGKILL"), 3000);
      if (child.exitCode === null && child.signalCode === null && !over) await once(child, "exit");
      clearTimeout(patience);
      signal(-pid, "SIGKILL");
      // What it started may hold on to them.
      child.stdout.destroy();
      child.stderr.destroy();
    },
  };
  atEnd(() => program.end());
  return program;
}

/**
 * Runs a program to its end.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: Record<string, string> }} [options]
 */
export async function run(command, args, options) {
  const program = start(command, args, options);
  const code = await program.ended;
  if (code !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${code}:\n${program.output()}`);
  return program.output();
}

/** @param {number} pid below 0 for a group @param {NodeJS.Signals} name */
function signal(pid, name) {
  if (pid === 0) return;
  try {
    process.kill(pid, name);
  } catch {
    // It has ended.
  }
}

/** What left its group, as browsers do, still has the mark. Only where there is /proc. */
function sweep() {
  let pids;
  try {
    pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  } catch {
    return;
  }
  for (const pid of pids) {
    try {
      if (readFileSync(`/proc/${pid}/environ`, "latin1").includes(MARK)) signal(Number(pid), "SIGKILL");
    } catch {
      // It has ended, or belongs to somebody else.
    }
  }
}

process.on("exit", sweep);
for (const name of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) process.once(name, () => process.exit(1));
