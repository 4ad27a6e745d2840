// @ts-check
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const MAIN = fileURLToPath(new URL("main.mjs", import.meta.url));

/** @param {string[]} args */
function start(args) {
  const child = spawn(process.execPath, [MAIN, ...args]);
  child.stdout.setEncoding("utf8");
  child.stderr.setEncoding("utf8");
  return child;
}

/** @param {string[]} args */
async function outcome(args) {
  const child = start(args);
  let out = "";
  let err = "";
  child.stdout.on("data", (text) => (out += text));
  child.stderr.on("data", (text) => (err += text));
  const [code] = await once(child, "close");
  return { code, out, err };
}

test("it prints its URL when it listens, takes its flags, and ends at a signal", async (t) => {
  const child = start(["--port", "0", "--key", "ak_other", "--pace", "1", "--cut", "split"]);
  t.after(() => child.kill("SIGKILL"));
  const [line] = await once(child.stdout, "data");
  assert.match(line, /^http:\/\/127\.0\.0\.1:\d+\n$/);
  const response = await fetch(`${line.trim()}/v1/me`, { headers: { authorization: "Bearer ak_other" } });
  assert.equal(response.status, 200);
  child.kill("SIGTERM");
  assert.deepEqual(await once(child, "exit"), [0, null]);
});

test("--help shows the options", async () => {
  const { code, out } = await outcome(["--help"]);
  assert.equal(code, 0);
  assert.match(out, /--replay FILE/);
});

test("bad flags give one clear line and exit code 2", async () => {
  const bad = [["--nope"], ["--port", "70000"], ["--pace", "-1"], ["--cut", "middle"], ["--replay", "no-such-file"]];
  for (const { code, out, err } of await Promise.all(bad.map(outcome))) {
    assert.equal(code, 2, err);
    assert.equal(out, "");
    assert.match(err, /^gateway: [^\n]+\n$/);
  }
});
