// @ts-check
import { installed } from "../package.mjs";

const majors = { 5: "openai-5", 6: "openai-6", 7: "openai" };

/**
 * `AurikoOpenAI` on every major version of openai, by import and by require.
 * @type {(import("../package.mjs").Installed & { name: string, major: number })[]}
 */
export const flavours = [];
for (const [major, folder] of Object.entries(majors)) {
  const { esm, cjs } = await installed(folder);
  flavours.push({ name: `openai ${major}, ESM`, major: Number(major), ...esm });
  flavours.push({ name: `openai ${major}, CommonJS`, major: Number(major), ...cjs });
}
