// The events of a streamed response.

import type { OutputText, ResponseOutputItem, SummaryText } from "./response-items.js";
import type { ResponseObject } from "./response-object.js";
import type { Unlisted } from "./unlisted.js";

/** What all events have. */
interface Sequenced {
  /** The place of the event in the stream. */
  sequence_number?: number | null;
}

/** Where in the output an event belongs. */
interface Placed extends Sequenced {
  /** The `id` of the item. */
  item_id: string;
  /** The place of the item in `output`. */
  output_index: number;
}

/** The response has begun. */
export interface ResponseLifecycleEvent extends Sequenced {
  /** Which of the two it is. */
  type: "response.created" | "response.in_progress";
  /** The response so far. */
  response: ResponseObject;
}

/** The last event of a stream. The stream's `completedResponse` is this response. */
export interface ResponseTerminalEvent extends Sequenced {
  /** How the response ended. */
  type: "response.completed" | "response.incomplete" | "response.failed";
  /** The whole response. Where it failed, its `error` says why: iteration does not throw. */
  response: ResponseObject;
}

/** An item of the output begins or is complete. */
export interface ResponseOutputItemEvent extends Sequenced {
  /** Whether the item begins or is complete. */
  type: "response.output_item.added" | "response.output_item.done";
  /** The place of the item in `output`. */
  output_index: number;
  /** The item so far. */
  item: ResponseOutputItem;
}

/** A part of a message begins or is complete. */
export interface ResponseContentPartEvent extends Placed {
  /** Whether the part begins or is complete. */
  type: "response.content_part.added" | "response.content_part.done";
  /** The place of the part in `content`. */
  content_index: number;
  /** The part so far. */
  part: OutputText;
}

/** More text of a message. */
export interface ResponseTextDeltaEvent extends Placed {
  type: "response.output_text.delta";
  /** The place of the part in `content`. */
  content_index: number;
  /** What is new. */
  delta: string;
  /** How likely the new tokens were, if asked for. */
  logprobs?: unknown[] | null;
}

/** The whole text of a part. */
export interface ResponseTextDoneEvent extends Placed {
  type: "response.output_text.done";
  /** The place of the part in `content`. */
  content_index: number;
  /** All of it. */
  text: string;
  /** How likely the tokens were, if asked for. */
  logprobs?: unknown[] | null;
}

/** A part of the summary of the reasoning begins or is complete. */
export interface ResponseReasoningSummaryPartEvent extends Placed {
  /** Whether the part begins or is complete. */
  type: "response.reasoning_summary_part.added" | "response.reasoning_summary_part.done";
  /** The place of the part in `summary`. */
  summary_index: number;
  /** The part so far. */
  part: SummaryText;
}

/** More text of the summary of the reasoning. */
export interface ResponseReasoningSummaryTextDeltaEvent extends Placed {
  type: "response.reasoning_summary_text.delta";
  /** The place of the part in `summary`. */
  summary_index: number;
  /** What is new. */
  delta: string;
}

/** The whole text of a part of the summary. */
export interface ResponseReasoningSummaryTextDoneEvent extends Placed {
  type: "response.reasoning_summary_text.done";
  /** The place of the part in `summary`. */
  summary_index: number;
  /** All of it. */
  text: string;
}

/** More of the arguments of a tool call. */
export interface ResponseFunctionCallArgumentsDeltaEvent extends Placed {
  type: "response.function_call_arguments.delta";
  /** What is new. */
  delta: string;
}

/** The whole arguments of a tool call. */
export interface ResponseFunctionCallArgumentsDoneEvent extends Placed {
  type: "response.function_call_arguments.done";
  /** JSON, as the model wrote it: it may be invalid. */
  arguments: string;
  /** The name of the function. */
  name?: string | null;
}

/** An event of a kind that these types do not list, as the server sent it; its members are `unknown`. */
export interface ResponseUnlistedEvent {
  /** The kind. No literal is comparable to it, so widen it first: `switch (event.type as string)`. */
  type: Unlisted;
  /** The members of the event. */
  [name: string]: unknown;
}

/**
 * An event of a streamed response, told apart by `type`. An `error` event is not among them: iteration throws
 * the error that it reports.
 */
export type ResponseStreamEvent =
  | ResponseLifecycleEvent
  | ResponseTerminalEvent
  | ResponseOutputItemEvent
  | ResponseContentPartEvent
  | ResponseTextDeltaEvent
  | ResponseTextDoneEvent
  | ResponseReasoningSummaryPartEvent
  | ResponseReasoningSummaryTextDeltaEvent
  | ResponseReasoningSummaryTextDoneEvent
  | ResponseFunctionCallArgumentsDeltaEvent
  | ResponseFunctionCallArgumentsDoneEvent
  | ResponseUnlistedEvent;

// biome-ignore lint/complexity/noUselessEmptyExport: in a declaration file it keeps the rest private
export {};
