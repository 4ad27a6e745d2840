// Routing options and bodies.
// What stands below a `@ts-expect-error` has to fail to compile, all else to pass. Nothing here runs.

import type { ChatMessage, RoutingOptionsFields } from "auriko-wasm";
import {
  type AurikoClient,
  DataPolicy,
  GatewayOptions,
  MetricPercentile,
  type Mode,
  mergeGateway,
  Optimize,
  RoutingOptions,
} from "auriko-wasm";
import { same } from "./same.js";

declare const client: AurikoClient;
const { create } = client.chat.completions;
const messages: ChatMessage[] = [{ role: "user", content: "Hi" }];

const fields: Required<RoutingOptionsFields> = {
  optimize: Optimize.COST_FOCUS,
  weights: { cost: 1, ttft: 0.5, throughput: 0 },
  max_cost_per_1m: 1.5,
  max_ttft_ms: 500,
  min_throughput_tps: 10,
  ttft_percentile: MetricPercentile.P95,
  throughput_percentile: "p50",
  providers: ["openai"],
  exclude_providers: [],
  prefer: "anthropic",
  mode: "pool",
  allow_fallbacks: true,
  max_fallback_attempts: 3,
  timeout_ms: 1_000,
  deadline_ms: 2_000,
  data_policy: DataPolicy.ZDR,
  only_byok: false,
  only_platform: false,
  require_parameters: true,
  tier: "priority",
};
const routing = new RoutingOptions(fields);
same<typeof routing.optimize, Optimize | undefined>();
routing.providers?.includes("openai");
routing.toJSON().max_ttft_ms?.toFixed();
routing.toExtraBody().gateway.routing.optimize;
new RoutingOptions();
new RoutingOptions({ optimize: undefined });
new RoutingOptions({ ...routing, tier: "standard" });
const word: Optimize = Optimize.TPS;
same<Mode, "pool" | "fallback">();
same<(typeof DataPolicy)[keyof typeof DataPolicy], DataPolicy>();
same<(typeof Optimize)[keyof typeof Optimize], Optimize>();
same<(typeof MetricPercentile)[keyof typeof MetricPercentile], MetricPercentile>();
void word;
// @ts-expect-error: a strategy that does not exist
new RoutingOptions({ optimize: "cheap" });
// @ts-expect-error: wire names are snake_case
new RoutingOptions({ maxTtftMs: 500 });
// @ts-expect-error: an option of the gateway, not of routing
new RoutingOptions({ models: ["a"] });
// @ts-expect-error: frozen
routing.optimize = "cost";
// @ts-expect-error: no such weight
new RoutingOptions({ weights: { latency: 1 } });

const gateway = new GatewayOptions({ routing, metadata: { user_id: "u", trace_id: "t" }, models: ["a", "b"] });
gateway.routing?.optimize;
gateway.models?.length;
await create({ messages, ...gateway.toExtraBody() });
await create({ messages, gateway });
await create({ model: "m", messages, gateway: routing });
// @ts-expect-error: no such metadata
new GatewayOptions({ metadata: { userId: "u" } });

const merged = mergeGateway({ ...routing.toExtraBody(), a: 1, b: 1 }, { gateway: { models: ["a"] }, b: "2" });
merged.gateway.routing.optimize;
merged.gateway.models.map((name) => name.trim());
same<typeof merged.a, number>();
same<typeof merged.b, string>();
await create({ messages, ...merged });
mergeGateway({}, { gateway: routing }).gateway.routing.optimize;
mergeGateway({ gateway: routing }, { gateway: { models: ["a"] } }).gateway.routing.optimize;
mergeGateway(routing, { gateway: { models: ["a"] } }).gateway.routing.optimize;
declare const perhaps: { seed?: number };
same<(typeof seeded)["seed"], number | string>();
const seeded = mergeGateway({ seed: "none" }, perhaps);
await create(mergeGateway({ model: "m", messages }, routing.toExtraBody()));
// @ts-expect-error: bodies are objects
mergeGateway("a", {});
