// What a request to the Responses API sends. As in chat.d.ts it is open at the top level and closed below.

import type { Extensions } from "./chat.js";
import type { JsonSchema } from "./messages.js";
import type { ResponseInputItem } from "./response-items.js";
import type { GatewayParam } from "./routing.js";

/** A function that the model may call. Flat, unlike in chat completions. */
export interface ResponseFunctionTool {
  type: "function";
  /** The name that the model calls it by. */
  name: string;
  /** What it does and when to call it, for the model. */
  description?: string | null | undefined;
  /** The JSON Schema of its arguments. */
  parameters?: JsonSchema | null | undefined;
  /** Whether the arguments must follow the schema exactly. */
  strict?: boolean | null | undefined;
}

/**
 * A tool that the provider runs, such as `web_search`, with its own settings. The pattern is there so that a
 * mistake in a function tool is not taken for one of these.
 */
export interface HostedTool {
  /** The name of the tool. */
  type: `${string}_${string}` | "mcp" | "shell" | "custom";
  /** The settings of the tool. */
  // biome-ignore lint/suspicious/noExplicitAny: one of `unknown` would refuse every object whose type is an interface
  [setting: string]: any;
}

/** A tool that the model may use. */
export type ResponseTool = ResponseFunctionTool | HostedTool;

/** Whether the model uses tools: as it likes (the default), at least one, none, or this one. */
export type ResponseToolChoice = "auto" | "required" | "none" | { type: "function"; name: string } | HostedTool;

/** How the model reasons. */
export interface ResponseReasoningOptions {
  /** How much. */
  effort?: "none" | "minimal" | "low" | "medium" | "high" | "xhigh" | "max" | "off" | null | undefined;
  /** How much of it is told. */
  summary?: "auto" | "concise" | "detailed" | null | undefined;
  /** @deprecated Use `summary`. */
  generate_summary?: "auto" | "concise" | "detailed" | null | undefined;
}

/** The form of the text. Flat, unlike in chat completions. */
export type ResponseTextFormat =
  | { type: "text" }
  | { type: "json_object" }
  | {
      type: "json_schema";
      name: string;
      schema: JsonSchema;
      /** What the object is for, for the model. */
      description?: string | undefined;
      /** Whether the object must follow the schema exactly. */
      strict?: boolean | null | undefined;
    };

/** What is asked of the text. */
export interface ResponseTextOptions {
  /** Default: plain text. */
  format?: ResponseTextFormat | undefined;
  /** How much the model writes, such as `low`. */
  verbosity?: string | null | undefined;
}

/** The parameters of a response. Null and undefined are not sent. */
export interface ResponseCreateParams {
  /** The prompt, or the conversation so far: the server keeps none. */
  input: string | readonly ResponseInputItem[];
  /** The model, by name or alias. Required, unless `gateway.models` names several; both is an error. */
  model?: string | null | undefined;
  /** Whether the answer comes as a stream of events. Default: false. */
  stream?: boolean | null | undefined;
  /** What the model shall do, before any input. */
  instructions?: string | null | undefined;
  /** The tools that the model may use. */
  tools?: readonly ResponseTool[] | null | undefined;
  /** Whether the model uses tools, and which. */
  tool_choice?: ResponseToolChoice | null | undefined;
  /** Whether the model may call several tools at once. */
  parallel_tool_calls?: boolean | null | undefined;
  /** The most tokens of the answer, reasoning included. */
  max_output_tokens?: number | null | undefined;
  /** How random the answer is; 0 to 2. */
  temperature?: number | null | undefined;
  /** Sample from the tokens that make up this share of probability; 0 to 1. */
  top_p?: number | null | undefined;
  /** Sample from this many of the likeliest tokens. */
  top_k?: number | null | undefined;
  /** How many of the likeliest tokens to tell at each place; 0 to 20. */
  top_logprobs?: number | null | undefined;
  /** Makes tokens less likely the more often they came. */
  frequency_penalty?: number | null | undefined;
  /** Makes tokens less likely that came before. */
  presence_penalty?: number | null | undefined;
  /** How many calls of hosted tools there may be. */
  max_tool_calls?: number | null | undefined;
  /** How the model reasons. */
  reasoning?: ResponseReasoningOptions | null | undefined;
  /** The form of the text. */
  text?: ResponseTextOptions | null | undefined;
  /** Your name for the user whom the request serves. */
  user?: string | null | undefined;
  /** Comes back with the response. Not to be confused with `gateway.metadata`. */
  metadata?: { readonly [name: string]: string } | null | undefined;
  /** What the response shall also contain, such as `reasoning.encrypted_content`. */
  include?: readonly string[] | null | undefined;
  /** Requests with the same key share OpenAI's cache. */
  prompt_cache_key?: string | null | undefined;
  /** Tells OpenAI's abuse detection the users apart. */
  safety_identifier?: string | null | undefined;
  /** What to do with input that is too long, such as `auto`. */
  truncation?: string | null | undefined;
  /** The server keeps nothing and refuses `true`. */
  store?: false | null | undefined;
  /** How the request is routed. */
  gateway?: GatewayParam | null | undefined;
  /** Parameters of one provider's own. */
  extensions?: Extensions | null | undefined;
  /**
   * Merged over the rest at last, `gateway` one level deep, but for `stream`: whether it is one is for the parameter
   * to say. Nothing in it is checked, and `model` has to be given beside it. Options stand for their body.
   */
  extra_body?: object | null | undefined;
  /** Everything else is sent as it is: see the head of chat.d.ts. */
  // biome-ignore lint/suspicious/noExplicitAny: one of `unknown` would refuse every object whose type is an interface
  [parameter: string]: any;
}

/** {@link ResponseCreateParams} for one object. */
export interface ResponseCreateParamsNonStreaming extends ResponseCreateParams {
  stream?: false | null | undefined;
}

/** {@link ResponseCreateParams} for a stream of events. */
export interface ResponseCreateParamsStreaming extends ResponseCreateParams {
  stream: true;
}
