// What a chat completion comes back as, whole and in chunks.

import type { ReasoningBlock, ToolCall } from "./messages.js";
import type { RoutingMetadata } from "./routing.js";

/** How many tokens a prompt had, by kind. */
export interface PromptTokensDetails {
  /** Tokens read from the cache. */
  cached_tokens?: number | null;
  /** Tokens of text. */
  text_tokens?: number | null;
  /** Tokens of images. */
  image_tokens?: number | null;
  /** Tokens of audio. */
  audio_tokens?: number | null;
  /** Tokens written to the cache. */
  cache_write_tokens?: number | null;
}

/** How many tokens an answer had, by kind. */
export interface CompletionTokensDetails {
  /** Tokens of reasoning, shown or not. */
  reasoning_tokens?: number | null;
  /** Tokens of text. */
  text_tokens?: number | null;
  /** Tokens of images. */
  image_tokens?: number | null;
  /** Tokens of audio. */
  audio_tokens?: number | null;
  /** Predicted tokens that came true. */
  accepted_prediction_tokens?: number | null;
  /** Predicted tokens that did not; they are billed. */
  rejected_prediction_tokens?: number | null;
}

/** How many tokens a completion took. */
export interface Usage {
  /** Tokens of what was sent. */
  prompt_tokens: number;
  /** Tokens of what came back, reasoning included. */
  completion_tokens: number;
  /** Both together. */
  total_tokens: number;
  /** `prompt_tokens` by kind. */
  prompt_tokens_details?: PromptTokensDetails | null;
  /** `completion_tokens` by kind. */
  completion_tokens_details?: CompletionTokensDetails | null;
}

/** Why an answer ended. The list is open. */
export type FinishReason = "stop" | "length" | "tool_calls" | "content_filter" | (string & {});

/** How likely the tokens were, in the provider's own shape. */
export interface Logprobs {
  [name: string]: unknown;
}

/** An image that the model made. */
export interface GeneratedImage {
  type: "image";
  /** Such as `image/png`. */
  mime_type: string;
  /** The bytes, in base64. */
  data: string;
  /** An opaque signature that some providers attach. */
  thought_signature?: string | null;
}

/** What the model said. */
export interface ChatCompletionMessage {
  role: "assistant";
  /** The text; null or missing where there are only tool calls. */
  content?: string | null;
  /** Why the model refused. */
  refusal?: string | null;
  /** The tools that the model wants called. */
  tool_calls?: ToolCall[] | null;
  /** The reasoning as text. */
  reasoning_content?: string | null;
  /** The reasoning in blocks; send them back unchanged. */
  reasoning?: ReasoningBlock[] | null;
  /** The images that the model made; absent where there are none. */
  images?: GeneratedImage[] | null;
  /** Notes on the text, such as sources, in the provider's own shape. */
  annotations?: unknown[] | null;
}

/** One of the answers of a completion. */
export interface ChatCompletionChoice {
  /** The place of the answer among the `n` that were asked for. */
  index: number;
  /** The answer. */
  message: ChatCompletionMessage;
  /** Why the answer ended. */
  finish_reason?: FinishReason | null;
  /** The reason in the provider's own words. */
  native_finish_reason?: string | null;
  /** How likely the tokens were, if asked for. */
  logprobs?: Logprobs | null;
}

/** A chat completion, as the server sent it. */
export interface ChatCompletion {
  /** The id of the completion. */
  id: string;
  object: "chat.completion";
  /** In seconds since 1970. */
  created: number;
  /** The model, as the server names it. */
  model: string;
  /** One, unless `n` asked for more. */
  choices: ChatCompletionChoice[];
  /** How many tokens it took. */
  usage?: Usage | null;
  /** The state of the provider's system, to compare seeded answers by. */
  system_fingerprint?: string | null;
  /** The tier that the provider used. */
  service_tier?: string | null;
  /** How the request was routed. */
  routing_metadata?: RoutingMetadata | null;
}

/** A piece of a tool call. Pieces with the same `index` are one call; their texts are joined. */
export interface ToolCallDelta {
  /** Which call the piece belongs to. */
  index: number;
  /** The `id` of the call; in its first piece. */
  id?: string | null;
  /** In the first piece of a call. */
  type?: "function" | null;
  /** More of the name and of the arguments. */
  function?: { name?: string | null; arguments?: string | null } | null;
  /** An opaque signature that some providers attach; send it back unchanged. */
  provider_signature?: string | null;
}

/** What a chunk adds to the answer. */
export interface ChatCompletionDelta {
  /** In the first chunk. */
  role?: "assistant" | null;
  /** More of the text. */
  content?: string | null;
  /** More of why the model refused. */
  refusal?: string | null;
  /** Pieces of tool calls. */
  tool_calls?: ToolCallDelta[] | null;
  /** More of the reasoning, as text. */
  reasoning_content?: string | null;
  /** The signature of the reasoning block that ends. */
  reasoning_signature?: string | null;
  /** The data of a redacted reasoning block. */
  reasoning_redacted_data?: string | null;
  /** Whole images. */
  images?: GeneratedImage[] | null;
}

/** What a chunk adds to one of the answers. */
export interface ChatCompletionChunkChoice {
  /** The place of the answer among the `n` that were asked for. */
  index: number;
  /** What is new. */
  delta: ChatCompletionDelta;
  /** In the last chunk of the answer. */
  finish_reason?: FinishReason | null;
  /** The reason in the provider's own words. */
  native_finish_reason?: string | null;
  /** How likely the new tokens were, if asked for. */
  logprobs?: Logprobs | null;
}

/** An event of a streamed chat completion, as the server sent it. */
export interface ChatCompletionChunk {
  /** The id of the completion; the same in all chunks. */
  id: string;
  object: "chat.completion.chunk";
  /** In seconds since 1970. */
  created: number;
  /** The model, as the server names it. */
  model: string;
  /** Empty in a chunk that only carries usage or metadata: write `chunk.choices[0]?.delta`. */
  choices: ChatCompletionChunkChoice[];
  /** In one of the last chunks. */
  usage?: Usage | null;
  /** The state of the provider's system, to compare seeded answers by. */
  system_fingerprint?: string | null;
  /** The tier that the provider used. */
  service_tier?: string | null;
  /** How the request was routed; in one of the last chunks. */
  routing_metadata?: RoutingMetadata | null;
}
