// What a request asks of the router, and what the router says of how it served the request.

/** The strategies by name, for those who prefer constants to strings: `Optimize.COST` is `"cost"`. */
export declare const Optimize: {
  readonly COST: "cost";
  readonly COST_FOCUS: "cost-focus";
  readonly TTFT: "ttft";
  readonly TTFT_FOCUS: "ttft-focus";
  readonly TPS: "tps";
  readonly TPS_FOCUS: "tps-focus";
  readonly BALANCED: "balanced";
};
/** What the router optimizes for: price, time to the first token, tokens per second, or all of them. */
export type Optimize = "cost" | "cost-focus" | "ttft" | "ttft-focus" | "tps" | "tps-focus" | "balanced";

/** The modes by name: `Mode.POOL` is `"pool"`. */
export declare const Mode: { readonly POOL: "pool"; readonly FALLBACK: "fallback" };
/**
 * How `gateway.models` is used: `pool` takes the best provider over all models, `fallback` tries every
 * provider of the first model, then of the second.
 */
export type Mode = "pool" | "fallback";

/** The data policies by name: `DataPolicy.ZDR` is `"zdr"`. */
export declare const DataPolicy: {
  readonly NONE: "none";
  readonly NO_TRAINING: "no_training";
  readonly ZDR: "zdr";
};
/** The least a provider must promise about data: nothing, no training on it, or zero retention. */
export type DataPolicy = "none" | "no_training" | "zdr";

/** The percentiles by name: `MetricPercentile.P95` is `"p95"`. */
export declare const MetricPercentile: { readonly P50: "p50"; readonly P95: "p95" };
/** Which percentile of a measured metric counts. */
export type MetricPercentile = "p50" | "p95";

/**
 * How much each metric counts when providers are scored. Shares are finite and 0 or greater, at least one is
 * above 0, and they need not add up to one.
 */
export type RoutingWeights = {
  /** The share of the price. */
  readonly cost?: number | undefined;
  /** The share of the time to the first token. */
  readonly ttft?: number | undefined;
  /** The share of the tokens per second. */
  readonly throughput?: number | undefined;
};

/** The 20 routing fields, by their wire names. All are optional; what is unset is the server's to decide. */
export type RoutingOptionsFields = {
  /** The strategy. The server's default is `cost-focus`. */
  readonly optimize?: Optimize | undefined;
  /** A scoring of your own; the router then reports the strategy `custom`. */
  readonly weights?: RoutingWeights | undefined;
  /** The most that 1M tokens may cost, in USD, as the average of the prices for input and output; above 0. */
  readonly max_cost_per_1m?: number | undefined;
  /** The most time until the first token, in ms; a whole number above 0. */
  readonly max_ttft_ms?: number | undefined;
  /** The least throughput, in tokens per second; above 0. */
  readonly min_throughput_tps?: number | undefined;
  /** Which percentile of the time to the first token counts. */
  readonly ttft_percentile?: MetricPercentile | undefined;
  /** Which percentile of the throughput counts. */
  readonly throughput_percentile?: MetricPercentile | undefined;
  /** The ids of the only providers that may serve the request. */
  readonly providers?: readonly string[] | undefined;
  /** The ids of providers that may not serve the request. */
  readonly exclude_providers?: readonly string[] | undefined;
  /** The id of the provider to prefer. A request never fails because it is not available. */
  readonly prefer?: string | undefined;
  /** How `gateway.models` is used. The server's default is `pool`. */
  readonly mode?: Mode | undefined;
  /** Whether the router tries the next candidate when one fails. */
  readonly allow_fallbacks?: boolean | undefined;
  /** How many further candidates the router may try; a whole number from 1 to 19. */
  readonly max_fallback_attempts?: number | undefined;
  /** The router's own time limit, in ms; a whole number above 0. The client's is `timeout`. */
  readonly timeout_ms?: number | undefined;
  /** The router's deadline for everything together, in ms; whole, above 0 and not below `timeout_ms`. */
  readonly deadline_ms?: number | undefined;
  /** The least a provider must promise about data. */
  readonly data_policy?: DataPolicy | undefined;
  /** Use your own provider keys only. Cannot be true together with `only_platform`. */
  readonly only_byok?: boolean | undefined;
  /** Ignore your own provider keys. Cannot be true together with `only_byok`. */
  readonly only_platform?: boolean | undefined;
  /** Use only providers that accept every optional parameter sent; otherwise such parameters are dropped. */
  readonly require_parameters?: boolean | undefined;
  /** The service tier, such as `priority`. Premium tiers are used only when asked for. */
  readonly tier?: string | undefined;
};

/** Options as they are sent: new objects and arrays, which are the caller's. Types of JSON take them. */
type Sent<Fields> = {
  -readonly [Field in keyof Fields]: Fields[Field] extends readonly string[] | undefined
    ? string[] | undefined
    : Fields[Field];
};

/** What {@link RoutingOptions.toExtraBody} returns. */
export type RoutingExtraBody = {
  /** The `gateway` parameter of a request. */
  gateway: { routing: Sent<RoutingOptionsFields> };
};

/**
 * Routing options that were checked when they were constructed. The fields that were given are frozen own
 * properties, so an instance prints, spreads and serialises like a plain object.
 */
export declare class RoutingOptions {
  /**
   * @throws {BadRequestError} for a name that does not exist (the message proposes the nearest one), a value out
   * of range, `only_byok` with `only_platform`, or a `deadline_ms` below `timeout_ms`; `param` names the field.
   */
  constructor(fields?: RoutingOptionsFields);
  /** The fields that were given, as a new plain object. */
  toJSON(): RoutingOptionsFields;
  /** `{ gateway: { routing } }`, to be spread into the parameters of a call of this client or of OpenAI's. */
  toExtraBody(): RoutingExtraBody;
}
export interface RoutingOptions extends RoutingOptionsFields {}

/** Your own notes on a request. */
export type GatewayMetadata = {
  /** Labels. */
  readonly tags?: readonly string[] | undefined;
  /** Your name for the user whom the request serves. */
  readonly user_id?: string | undefined;
  /** Your name for the trace that the request belongs to. */
  readonly trace_id?: string | undefined;
  /** Anything else, by name. */
  readonly custom_fields?: { readonly [name: string]: string } | undefined;
};

/** What a request tells the gateway. All fields are optional. */
export type GatewayOptionsFields = {
  /** How a provider is chosen. */
  readonly routing?: RoutingOptionsFields | undefined;
  /** Your own notes on the request. */
  readonly metadata?: GatewayMetadata | undefined;
  /** The models to choose from, in place of the request's `model`. */
  readonly models?: readonly string[] | undefined;
};

/** What {@link GatewayOptions.toExtraBody} returns; empty where no field was given. */
export type GatewayExtraBody = {
  /** The `gateway` parameter of a request. */
  gateway?: {
    routing?: Sent<RoutingOptionsFields> | undefined;
    metadata?: Sent<GatewayMetadata> | undefined;
    models?: string[] | undefined;
  };
};

/** Gateway options that were checked when they were constructed, the plain object under `routing` included. */
export declare class GatewayOptions {
  /** @throws {BadRequestError} for a name or a value that cannot be; `param` names the field. */
  constructor(fields?: GatewayOptionsFields);
  /** The fields that were given, as a new plain object. */
  toJSON(): GatewayOptionsFields;
  /** `{ gateway }`, or `{}` where no field was given, to be spread into the parameters of a call. */
  toExtraBody(): GatewayExtraBody;
}
export interface GatewayOptions extends GatewayOptionsFields {}

/**
 * What the `gateway` parameter takes. A plain object is sent as it is, so a field that is newer than these
 * types goes into `extra_body: { gateway: { … } }`, which is not checked.
 */
export type GatewayParam = GatewayOptions | RoutingOptions | GatewayOptionsFields;

/** A members of `B` over those of `A`. A member that `B` may leave out may still be that of `A`. */
type Overlaid<A, B> = {
  [K in keyof A | keyof B]: K extends keyof B
    ? K extends keyof A
      ? Record<never, never> extends Pick<B, K>
        ? A[K] | Exclude<B[K], undefined>
        : B[K]
      : B[K]
    : K extends keyof A
      ? A[K]
      : never;
};

/** What stands under `gateway` once an options instance there has been taken apart. */
type PlainGateway<G> = G extends { toExtraBody(): { gateway?: infer Plain } } ? NonNullable<Plain> : G;

/** A body whose `gateway` is a plain object. */
type PlainBody<T> = { [K in keyof T]: K extends "gateway" ? PlainGateway<T[K]> : T[K] };

/** What {@link mergeGateway} makes of two bodies. */
export type MergedBody<A, B> = MergedPlain<PlainExtraBody<A>, PlainExtraBody<B>>;

/** A body, also where options stand for it. */
type PlainExtraBody<T> = T extends { toExtraBody(): infer Body } ? Body : T;

type MergedPlain<A, B> = A extends { gateway: object }
  ? B extends { gateway: object }
    ? Overlaid<Omit<A, "gateway">, Omit<B, "gateway">> & {
        gateway: Overlaid<PlainGateway<A["gateway"]>, PlainGateway<B["gateway"]>>;
      }
    : Overlaid<PlainBody<A>, PlainBody<B>>
  : Overlaid<PlainBody<A>, PlainBody<B>>;

/**
 * Merges two bodies: members of `b` win, and two `gateway` objects are merged one level deep, so that `routing`
 * of one and `metadata` of the other both survive. Neither argument is changed. Options stand for what their
 * `toExtraBody()` gives.
 *
 * @throws {BadRequestError} if one of them is no object.
 */
export declare function mergeGateway<A extends object, B extends object>(a: A, b: B): MergedBody<A, B>;

/** The strategy that served a request: one of {@link Optimize}, `custom` where weights were given, or newer. */
export type RoutingStrategy = Optimize | "custom" | (string & {});

/** What a request cost. */
export interface CostInfo {
  /** The billable cost, in USD. */
  usd: number;
  /** How much the cache saved, in percent from 0 to 100; only where it saved something. */
  cache_savings_percent?: number | null;
  /** How much the cache saved, in USD; only where it saved something. */
  cache_savings_usd?: number | null;
  /** The part of the cost that hosted tools caused, in USD. */
  hosted_tool_usd?: number | null;
}

/** The kinds of warnings. The list is open. */
export type RoutingWarningType =
  | "unsupported_parameter"
  | "unsupported_feature"
  | "unsupported_field"
  | "ignored_extension"
  | "unknown_provider"
  | "blocked_field"
  | "provider_timeout"
  | (string & {});

/** Something in the request that the router changed or ignored. */
export interface RoutingWarning {
  /** The kind; some servers leave it out. */
  type?: RoutingWarningType | null;
  /** The machine-readable code. */
  code: string;
  /** What happened, for people. */
  message: string;
}

/**
 * How the router served a request. On a client, on a stream and in `onResponse` it has this shape for certain:
 * members of another shape have been left out there. In the body of an answer it is as the server sent it.
 */
export interface RoutingMetadata {
  /** The id of the provider that served the request. */
  provider: string;
  /** The provider's name of the model. */
  provider_model_id: string;
  /** Auriko's name of the model. */
  model_canonical: string;
  /** The strategy that was used. */
  routing_strategy: RoutingStrategy;
  /** What the request cost. */
  cost?: CostInfo | null;
  /** The time until the first token, in ms; for streams. */
  ttft_ms?: number | null;
  /** Tokens per second. */
  throughput_tps?: number | null;
  /** What the router changed or ignored. */
  warnings?: RoutingWarning[] | null;
}

// biome-ignore lint/complexity/noUselessEmptyExport: in a declaration file it keeps the rest private
export {};
