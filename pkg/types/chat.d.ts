// What a request for a chat completion sends, by the names on the wire.
//
// All that is sent is open at the top level and closed below. `create` sends every key that it gets, and providers
// have parameters that no list knows, so the params end with an index signature. The price: a misspelt optional
// name (`temprature`) passes. What still fails is a misspelt value (`role: "usr"`, `reasoning_effort: "hgih"`), a
// wrong type, a missing required name, and any unknown name in a message, a tool or `gateway`. What those do not
// know yet goes into `extra_body`, which nothing checks.
//
// What comes back has no index signature: an unknown member is there at run time, and a cast reaches it, but a
// misspelt one should not pass. `?: T | null` means that servers leave it out or send null.

import type { ChatMessage, FunctionTool, JsonSchema, ToolChoice } from "./messages.js";
import type { GatewayParam } from "./routing.js";

/** Plain text, the default. */
export interface ResponseFormatText {
  type: "text";
}

/** Any JSON object. The prompt has to contain the word JSON. */
export interface ResponseFormatJsonObject {
  type: "json_object";
}

/** A JSON object that follows a schema. */
export interface ResponseFormatJsonSchema {
  type: "json_schema";
  /** The schema and its name. */
  json_schema: {
    /** The name of the schema; required. */
    name: string;
    /** The schema; required. */
    schema: JsonSchema;
    /** What the object is for, for the model. */
    description?: string | undefined;
    /** Whether the object must follow the schema exactly. */
    strict?: boolean | undefined;
  };
}

/** The form of the answer. Models that do not support it refuse the request. */
export type ResponseFormat = ResponseFormatText | ResponseFormatJsonObject | ResponseFormatJsonSchema;

/** How much a model reasons; translated for each provider, and lowered to what the model has. */
export type ReasoningEffort = "off" | "low" | "medium" | "high" | "xhigh" | "max";

/** Parameters of one provider's own, by the provider's name. What may not be set is removed by the server. */
export interface Extensions {
  /** Parameters of Anthropic. `thinking` is not one of them: use `reasoning_effort`. */
  anthropic?: object | undefined;
  /** Parameters of OpenAI. */
  openai?: object | undefined;
  /** Parameters of Google. */
  google?: object | undefined;
  /** Parameters of DeepSeek. */
  deepseek?: object | undefined;
  /** Parameters of another provider. */
  [provider: string]: object | undefined;
}

/**
 * The parameters of a chat completion. Null and undefined are not sent. Parameters that the provider does not
 * support are dropped, with a warning in the routing metadata, unless `require_parameters` is set.
 */
export interface ChatCompletionCreateParams {
  /** The conversation so far. */
  messages: readonly ChatMessage[];
  /** The model, by name or alias. Required, unless `gateway.models` names several; both is an error. */
  model?: string | null | undefined;
  /** Whether the answer comes as a stream of chunks. Default: false. */
  stream?: boolean | null | undefined;
  /** How random the answer is; 0 to 2. */
  temperature?: number | null | undefined;
  /** Sample from the tokens that make up this share of probability; 0 to 1. */
  top_p?: number | null | undefined;
  /** The most tokens of the answer; 1 or more. Newer models want `max_completion_tokens`. */
  max_tokens?: number | null | undefined;
  /** The most tokens of the answer, reasoning included; 1 or more. */
  max_completion_tokens?: number | null | undefined;
  /** How much the model reasons. Models that do not reason refuse the request. */
  reasoning_effort?: ReasoningEffort | null | undefined;
  /** `exclude: true` leaves the reasoning out of the answer; it is billed all the same. */
  reasoning?: { exclude?: boolean | undefined } | null | undefined;
  /** Makes tokens less likely the more often they came; -2 to 2. */
  frequency_penalty?: number | null | undefined;
  /** Makes tokens less likely that came before; -2 to 2. */
  presence_penalty?: number | null | undefined;
  /** Sample from this many of the likeliest tokens. */
  top_k?: number | null | undefined;
  /** Leave out tokens below this share of the likeliest one's probability. */
  min_p?: number | null | undefined;
  /** Like `min_p`, with the square of the likeliest one's probability. */
  top_a?: number | null | undefined;
  /** Makes tokens less likely that came before; 1 changes nothing. */
  repetition_penalty?: number | null | undefined;
  /** Texts at which the answer ends. How many there may be depends on the provider. */
  stop?: string | readonly string[] | null | undefined;
  /** Makes the answer repeatable, as far as the provider can. */
  seed?: number | null | undefined;
  /** How many answers to give. */
  n?: number | null | undefined;
  /** The tools that the model may call. */
  tools?: readonly FunctionTool[] | null | undefined;
  /** Whether the model calls tools, and which. */
  tool_choice?: ToolChoice | null | undefined;
  /** Whether the model may call several tools at once. */
  parallel_tool_calls?: boolean | null | undefined;
  /** The form of the answer. */
  response_format?: ResponseFormat | null | undefined;
  /** Auriko sends the usage of every stream, whether it is asked for or not. */
  stream_options?: { include_usage?: boolean | undefined } | null | undefined;
  /** Whether to tell how likely each token was. */
  logprobs?: boolean | null | undefined;
  /** How many of the likeliest tokens to tell at each place. */
  top_logprobs?: number | null | undefined;
  /** Makes tokens more or less likely, by their id. */
  logit_bias?: { readonly [token: string]: number } | null | undefined;
  /** Your name for the user whom the request serves. */
  user?: string | null | undefined;
  /** Turns on web search, where the model has it. */
  web_search_options?: object | null | undefined;
  /** How much the model writes, such as `low`. */
  verbosity?: string | null | undefined;
  /** Requests with the same key share OpenAI's cache. */
  prompt_cache_key?: string | null | undefined;
  /** Tells OpenAI's abuse detection the users apart. */
  safety_identifier?: string | null | undefined;
  /** How the request is routed. */
  gateway?: GatewayParam | null | undefined;
  /** Parameters of one provider's own. */
  extensions?: Extensions | null | undefined;
  /**
   * Merged over the rest at last, `gateway` one level deep, but for `stream`: whether it is one is for the parameter
   * to say. Nothing in it is checked, and `model` has to be given beside it. Options stand for their body.
   */
  extra_body?: object | null | undefined;
  /** Everything else is sent as it is: see the head of this file. */
  // biome-ignore lint/suspicious/noExplicitAny: one of `unknown` would refuse every object whose type is an interface
  [parameter: string]: any;
}

/** {@link ChatCompletionCreateParams} for one object. */
export interface ChatCompletionCreateParamsNonStreaming extends ChatCompletionCreateParams {
  stream?: false | null | undefined;
}

/** {@link ChatCompletionCreateParams} for a stream of chunks. */
export interface ChatCompletionCreateParamsStreaming extends ChatCompletionCreateParams {
  stream: true;
}
