// The items of the Responses API: what a conversation is made of, sent and received.

import type { Unlisted } from "./unlisted.js";

/** Text in an input item. */
export interface ResponseInputText {
  type: "input_text";
  /** What it says. */
  text: string;
}

/** An image in an input item. */
export interface ResponseInputImage {
  type: "input_image";
  /** An https URL, or a data URL in base64. */
  image_url?: string | undefined;
  /** How closely the model looks. */
  detail?: "auto" | "low" | "high" | undefined;
}

/** Text that the model wrote. */
export interface OutputText {
  type: "output_text";
  /** What it says. */
  text: string;
  /** Notes on the text, such as sources. */
  annotations?: unknown[] | null;
  /** How likely the tokens were, if asked for. */
  logprobs?: unknown[] | null;
}

/** A part of a message in the input. */
export type ResponseInputContent = ResponseInputText | ResponseInputImage | OutputText;

/** A message in the input. */
export interface ResponseInputMessage {
  /** May be left out. */
  type?: "message" | undefined;
  /** Who says it. */
  role: "user" | "assistant" | "system" | "developer";
  /** Text, or text and images in order. */
  content: string | readonly ResponseInputContent[];
  /** Keep it when sending a message of the model back. */
  phase?: string | null | undefined;
}

/** A tool call of the model, sent back. */
export interface ResponseFunctionCallInput {
  type: "function_call";
  /** The `call_id` of the call. */
  call_id: string;
  /** The name of the function. */
  name: string;
  /** JSON, as the model wrote it. */
  arguments: string;
  /** The `id` of the item. */
  id?: string | undefined;
  /** How far the item had come. */
  status?: ResponseStatus | undefined;
}

/** What a tool returned. */
export interface ResponseFunctionCallOutput {
  type: "function_call_output";
  /** The `call_id` of the call that this answers. */
  call_id: string;
  /** What the tool returned, as text. */
  output: string;
}

/** Reasoning of the model, sent back whole. */
export interface ResponseReasoningInput {
  type: "reasoning";
  /** The `id` of the item. */
  id?: string | undefined;
  /** The summary of the reasoning. */
  summary?: readonly SummaryText[] | undefined;
  /** Keep it where the model sent it. */
  encrypted_content?: string | null | undefined;
}

/** An item of the input. What came as `output` can be sent back as it is. */
export type ResponseInputItem =
  | ResponseInputMessage
  | ResponseFunctionCallInput
  | ResponseFunctionCallOutput
  | ResponseReasoningInput
  | ResponseOutputItem;

/** How far an item of the output has come. */
export type ResponseStatus = "in_progress" | "completed" | "incomplete";

/** A message of the model. */
export interface ResponseOutputMessage {
  type: "message";
  /** The id of the item. */
  id: string;
  role: "assistant";
  /** How far the message has come. */
  status: ResponseStatus;
  /** The parts of the message. */
  content: OutputText[];
  /** What the message is to the model: `commentary`, `final_answer`, or newer. Keep it when sending it back. */
  phase?: string | null;
}

/** A call of a tool by the model. */
export interface ResponseFunctionCall {
  type: "function_call";
  /** The id of the item. */
  id: string;
  /** What the answer names as `call_id`. */
  call_id: string;
  /** The name of the function. */
  name: string;
  /** JSON, as the model wrote it: it may be invalid. */
  arguments: string;
  /** How far the call has come. */
  status: ResponseStatus;
}

/** A part of the summary of what the model thought. */
export interface SummaryText {
  type: "summary_text";
  /** What it says. */
  text: string;
}

/** What the model thought. Send it back whole to continue. */
export interface ResponseReasoning {
  type: "reasoning";
  /** The id of the item. */
  id: string;
  /** The summary of the reasoning; may be empty. */
  summary: SummaryText[];
  /** How far the reasoning has come. */
  status?: ResponseStatus | null;
  /** The reasoning itself, readable for the provider only; if asked for with `include`. */
  encrypted_content?: string | null;
}

/** An image that the model made. */
export interface ResponseImageGenerationCall {
  type: "image_generation_call";
  /** The id of the item. */
  id: string;
  /** How far the image has come. */
  status: "in_progress" | "completed" | "generating" | "failed";
  /** The bytes, in base64; once it is completed. */
  result?: string | null;
}

/** An item of a kind that these types do not list, as the server sent it. */
export interface ResponseUnlistedItem {
  /** The kind. No literal is comparable to it, so widen it first: `switch (event.type as string)`. */
  type: Unlisted;
  /** The members of the item. */
  [name: string]: unknown;
}

/** An item of the output, told apart by `type`. */
export type ResponseOutputItem =
  | ResponseOutputMessage
  | ResponseFunctionCall
  | ResponseReasoning
  | ResponseImageGenerationCall
  | ResponseUnlistedItem;
