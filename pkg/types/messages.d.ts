// The messages and tools of chat completions. Closed: an unknown member does not pass.

/** A JSON Schema, or what a schema library makes of one. */
export type JsonSchema = object;

/** Marks the end of what Anthropic models shall cache. */
export interface CacheControl {
  type: "ephemeral";
}

/** Text in a message. */
export interface TextPart {
  type: "text";
  /** What it says. */
  text: string;
  /** For Anthropic models; others cache by themselves. */
  cache_control?: CacheControl | undefined;
}

/** An image in a message. */
export interface ImagePart {
  type: "image_url";
  /** Where the image is, and how to look at it. */
  image_url: {
    /** An https URL, or a data URL in base64. */
    url: string;
    /** How closely the model looks. */
    detail?: "auto" | "low" | "high" | undefined;
  };
  /** For Anthropic models; others cache by themselves. */
  cache_control?: CacheControl | undefined;
}

/** A part of a user's message. */
export type ContentPart = TextPart | ImagePart;

/** Instructions to the model. */
export interface SystemMessage {
  role: "system";
  /** The instructions. */
  content: string;
  /** Tells participants of the same role apart. */
  name?: string | undefined;
}

/** Instructions to the model; works with all providers. */
export interface DeveloperMessage {
  role: "developer";
  /** The instructions. */
  content: string;
  /** Tells participants of the same role apart. */
  name?: string | undefined;
}

/** What the user says. */
export interface UserMessage {
  role: "user";
  /** Text, or text and images in order. */
  content: string | readonly ContentPart[];
  /** Tells participants of the same role apart. */
  name?: string | undefined;
}

/** A call of a tool by the model. */
export interface ToolCall {
  /** What the answer names as `tool_call_id`. */
  id: string;
  type: "function";
  /** What is called. */
  function: {
    /** The name of the function. */
    name: string;
    /** JSON, as the model wrote it: it may be invalid. */
    arguments: string;
  };
  /** An opaque signature that some providers attach; send it back unchanged. */
  provider_signature?: string | null;
}

/** What the model thought. Send it back unchanged to continue after tool calls. */
export interface ThinkingBlock {
  type: "thinking";
  /** The reasoning as text. */
  thinking: string;
  /** The proof that the text is the model's own. */
  signature: string;
}

/** What the model thought, hidden by the provider. Send it back unchanged. */
export interface RedactedReasoningBlock {
  type: "redacted";
  /** The reasoning, readable for the provider only. */
  data: string;
}

/** A piece of reasoning. */
export type ReasoningBlock = ThinkingBlock | RedactedReasoningBlock;

/** What the model said. The `message` of a completion can be sent back as it is. */
export interface AssistantMessage {
  role: "assistant";
  /** The text; may be missing beside tool calls. */
  content?: string | null | undefined;
  /** Tells participants of the same role apart. */
  name?: string | undefined;
  /** The calls that tool messages answer. */
  tool_calls?: readonly ToolCall[] | null | undefined;
  /** The reasoning blocks of that message, unchanged. */
  reasoning?: readonly ReasoningBlock[] | null | undefined;
  /** The reasoning as text. */
  reasoning_content?: string | null | undefined;
  /** Why the model refused. */
  refusal?: string | null | undefined;
  /** @deprecated Use `tool_calls`. */
  function_call?: { name: string; arguments: string } | null | undefined;
}

/** What a tool returned. */
export interface ToolMessage {
  role: "tool";
  /** What the tool returned, as text. */
  content: string;
  /** The `id` of the call that this answers. */
  tool_call_id: string;
}

/** @deprecated Use a {@link ToolMessage}. */
export interface FunctionMessage {
  role: "function";
  /** What the function returned, as text. */
  content: string | null;
  /** The name of the function. */
  name: string;
}

/** A message of a conversation. */
export type ChatMessage =
  | SystemMessage
  | DeveloperMessage
  | UserMessage
  | AssistantMessage
  | ToolMessage
  | FunctionMessage;

/** A function that the model may call. */
export interface FunctionTool {
  type: "function";
  /** What can be called. */
  function: {
    /** The name that the model calls it by. */
    name: string;
    /** What it does and when to call it, for the model. */
    description?: string | undefined;
    /** The JSON Schema of its arguments. */
    parameters?: JsonSchema | undefined;
    /** Whether the arguments must follow the schema exactly. */
    strict?: boolean | undefined;
  };
}

/**
 * Whether the model calls tools: as it likes (the default), at least one, none, or this one. Not every model
 * honours `required` and a named tool.
 */
export type ToolChoice = "auto" | "required" | "none" | { type: "function"; function: { name: string } };
