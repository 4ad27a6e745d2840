// @ts-check
// Runs an example as a project of its own: node scripts/example.mjs agents
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { startGateway } from "../gateway/server.mjs";
import { answeredBy, packagesIn, project } from "../tests/integrations/project.mjs";

const [name] = process.argv.slice(2);
const text = await readFile(new URL(`../examples/${name}/main.mjs`, import.meta.url), "utf8");
const folder = await project(packagesIn(text));
const gateway = process.env.AURIKO_API_KEY ? null : await startGateway({ pace: 20 });
try {
  await writeFile(join(folder, "main.mjs"), text);
  console.log(gateway ? `local gateway at ${gateway.url} (set AURIKO_API_KEY for the real one)\n` : "Auriko\n");
  const { args, env } = gateway ? answeredBy(gateway.url) : { args: [], env: {} };
  const options = { cwd: folder, env: { ...process.env, ...env }, stdio: /** @type {const} */ ("inherit") };
  const [code] = await once(spawn(process.execPath, [...args, "main.mjs"], options), "exit");
  process.exitCode = code ?? 1;
} finally {
  await gateway?.close();
  await rm(folder, { recursive: true });
}
