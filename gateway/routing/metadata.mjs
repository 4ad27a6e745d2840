// @ts-check
// What an answer says about how it was routed.

/**
 * @param {import('./route.mjs').Route} route
 * @param {number} inputTokens
 * @param {number} outputTokens
 */
export function costOf({ offer }, inputTokens, outputTokens) {
  const usd = (inputTokens * offer.input_price + outputTokens * offer.output_price) / 1_000_000;
  return Number(usd.toFixed(9));
}

/**
 * `routing_metadata` of an answer. Warnings are left out when there are none, and
 * `ttft_ms` belongs to streams only.
 * @param {import('./route.mjs').Route} route
 * @param {{ usd: number, stream: boolean }} outcome
 */
export function routingMetadata({ model, offer, strategy, warnings }, { usd, stream }) {
  return {
    provider: offer.provider,
    provider_model_id: offer.provider_model_id,
    model_canonical: model.id,
    routing_strategy: strategy,
    cost: { usd },
    ...(stream && { ttft_ms: offer.ttft_ms.p50 }),
    throughput_tps: offer.tps.p50,
    ...(warnings.length > 0 && { warnings }),
  };
}
