// @ts-check
// The part of docs/performance.md that is measured.
import { readFile, writeFile } from "node:fs/promises";
import { arch, cpus, platform } from "node:os";

const FILE = new URL("../../docs/performance.md", import.meta.url);

/**
 * Replaces what stands between the markers of that name.
 * @param {string} name
 * @param {string} text
 */
export async function write(name, text) {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const document = await readFile(FILE, "utf8");
  const [before, rest] = document.split(begin);
  const after = rest?.split(end)[1];
  if (after === undefined) throw new Error(`docs/performance.md has no place for ${name}`);
  await writeFile(FILE, `${before}${begin}\n${text}\n${end}${after}`);
}

export function machine() {
  const processors = cpus();
  return `Measured on ${new Date().toISOString().slice(0, 10)}: ${processors.length} × ${processors[0].model.trim()}, ${platform()} ${arch()}.`;
}
