// @ts-check
// How long a call without a stream takes, in microseconds.
import { medians } from "./rounds.mjs";

const COMPLETION = JSON.stringify({
  id: "chatcmpl-1",
  object: "chat.completion",
  created: 1770933892,
  model: "gpt-5.4-2026-03-05",
  system_fingerprint: "fp_de604bd877",
  choices: [
    {
      index: 0,
      message: { role: "assistant", content: "A short story about a lighthouse. ".repeat(30), refusal: null },
      logprobs: null,
      finish_reason: "stop",
    },
  ],
  usage: { prompt_tokens: 12, completion_tokens: 210, total_tokens: 222 },
  routing_metadata: {
    provider: "openai",
    provider_model_id: "gpt-5.4-2026-03-05",
    model_canonical: "gpt-5.4",
    routing_strategy: "cost-focus",
  },
});
const LENGTH = JSON.parse(COMPLETION).choices[0].message.content.length;

/**
 * @param {Record<string, (fetch: any) => { ask: () => Promise<any> }>} makers
 * @param {{ rounds: number, warmUp: number, calls: number }} extent
 */
export function calls(makers, { calls, ...extent }) {
  const headers = { "content-type": "application/json", "x-request-id": "req_1" };
  const fetch = async () => new Response(COMPLETION, { headers });
  const contenders = Object.entries(makers).map(([name, make]) => {
    const { ask } = make(fetch);
    return {
      name,
      async run() {
        let seen = 0;
        const begin = performance.now();
        for (let call = 0; call < calls; call++) seen += (await ask()).choices[0].message.content.length;
        const took = performance.now() - begin;
        if (seen !== calls * LENGTH) throw new Error(`${name} lost a part of an answer`);
        return (took * 1000) / calls;
      },
    };
  });
  return medians(contenders, extent);
}
