// What a response comes back as.

import type { ResponseOutputItem } from "./response-items.js";
import type { RoutingMetadata } from "./routing.js";

/** How many tokens a response took. */
export interface ResponseUsage {
  /** Tokens of what was sent. */
  input_tokens: number;
  /** Tokens of what came back, reasoning included. */
  output_tokens: number;
  /** Both together. */
  total_tokens: number;
  /** `input_tokens` by kind: read from the cache, and written to it. */
  input_tokens_details?: { cached_tokens?: number | null; cache_write_tokens?: number | null } | null;
  /** `output_tokens` by kind: reasoning, and images. */
  output_tokens_details?: { reasoning_tokens?: number | null; image_tokens?: number | null } | null;
}

/** How many tokens images took. */
export interface ImageUsage {
  /** Tokens of what was sent. */
  input_tokens?: number | null;
  /** `input_tokens` by kind. */
  input_tokens_details?: { image_tokens?: number | null; text_tokens?: number | null } | null;
  /** Tokens of what came back. */
  output_tokens?: number | null;
  /** `output_tokens` by kind. */
  output_tokens_details?: { image_tokens?: number | null; text_tokens?: number | null } | null;
  /** Both together. */
  total_tokens?: number | null;
  /** Tokens of text that was sent. */
  input_text_tokens?: number | null;
  /** Tokens of images that were sent. */
  input_image_tokens?: number | null;
  /** Tokens of images that came back. */
  output_image_tokens?: number | null;
}

/** What hosted tools took. */
export interface ToolUsage {
  /** The tokens of image generation. */
  image_gen?: ImageUsage | null;
  /** The requests of web search. */
  web_search?: { num_requests?: number | null } | null;
}

/** Why a response failed. */
export interface ResponseFailure {
  /** The machine-readable code. */
  code: string;
  /** What happened, for people. */
  message: string;
  /** The type of the error. */
  type?: string | null;
  /** The parameter at fault. */
  param?: string | null;
  /** Documentation of the code. */
  doc_url?: string | null;
  /** The id of the provider at fault. */
  provider?: string | null;
  /** What the server suggests to do. */
  suggestion?: string | null;
}

/** A response, as the server sent it. Not named `Response`, which is what `fetch` returns. */
export interface ResponseObject {
  /** The id of the response. */
  id: string;
  object: "response";
  /** In seconds since 1970. */
  created_at: number;
  /** The model, as the server names it. */
  model: string;
  /** A response that failed is an answer like any other: look here before using it. */
  status: "completed" | "failed" | "incomplete" | "in_progress";
  /** Messages, tool calls, reasoning, in order. */
  output: ResponseOutputItem[];
  /** The text of all messages; some servers leave it out. */
  output_text?: string | null;
  /** As in the request. */
  parallel_tool_calls?: boolean | null;
  /** As in the request. */
  tool_choice?: unknown;
  /** As in the request. */
  tools?: unknown[] | null;
  /** How many tokens it took. */
  usage?: ResponseUsage | null;
  /** Why the response failed; with status `failed`. */
  error?: ResponseFailure | null;
  /** Why the response is incomplete, such as `{ reason: "max_output_tokens" }`. */
  incomplete_details?: { [name: string]: string } | null;
  /** The `metadata` of the request. */
  metadata?: { [name: string]: string } | null;
  /** How the request was routed. Streams do not have it so far. */
  routing_metadata?: RoutingMetadata | null;
  /** As in the request. */
  temperature?: number | null;
  /** As in the request. */
  top_p?: number | null;
  /** As in the request. */
  max_output_tokens?: number | null;
  /** As in the request. */
  frequency_penalty?: number | null;
  /** As in the request. */
  presence_penalty?: number | null;
  /** As in the request. */
  top_logprobs?: number | null;
  /** As in the request. */
  instructions?: string | null;
  /** As in the request. */
  truncation?: string | null;
  /** As in the request. */
  reasoning?: object | null;
  /** As in the request. */
  text?: object | null;
  /** As in the request. */
  user?: string | null;
  /** As in the request. */
  prompt_cache_key?: string | null;
  /** As in the request. */
  safety_identifier?: string | null;
  /** As in the request. */
  max_tool_calls?: number | null;
  /** Whether the provider keeps the response. */
  store?: boolean | null;
  /** Only told by providers that keep responses. */
  previous_response_id?: string | null;
  /** Whether the response was made in the background. */
  background?: boolean | null;
  /** In seconds since 1970. */
  completed_at?: number | null;
  /** The tier that the provider used. */
  service_tier?: string | null;
  /** What hosted tools took. */
  tool_usage?: ToolUsage | null;
}
