// @ts-check
// What runs in each host: one file with all contenders in it, made by bundle.mjs.
import { aiSdk } from "../contenders/ai-sdk.mjs";
import { auriko } from "../contenders/auriko.mjs";
import { byHand } from "../contenders/by-hand.mjs";
import { openai } from "../contenders/openai.mjs";
import { openrouter } from "../contenders/openrouter.mjs";
import { calls } from "../measures/calls.mjs";
import { bareDelay, chunkDelay } from "../measures/chunk-delay.mjs";
import { delays } from "../measures/delay.mjs";
import { openings } from "../measures/openings.mjs";
import { streams } from "../measures/streams.mjs";

const FULL = { rounds: 25, warmUp: 5 };
const QUICK = { rounds: 3, warmUp: 1 };

/** @param {boolean} [quick] */
export async function measure(quick = false) {
  const extent = quick ? QUICK : FULL;
  const contenders = [auriko, openai, openrouter, aiSdk, byHand];
  return {
    streams: await streams(contenders, { ...extent, events: quick ? 256 : 4096 }),
    openings: await openings(contenders, { ...extent, streams: 50 }),
    calls: await calls(
      { "auriko-wasm": auriko, openai, "@openrouter/sdk": openrouter, "fetch and json()": byHand },
      { ...extent, calls: 200 },
    ),
    delays: await delays(
      { "auriko-wasm": chunkDelay(auriko), openai: chunkDelay(openai), "the body itself": bareDelay },
      { ...extent, chunks: 100 },
    ),
  };
}
