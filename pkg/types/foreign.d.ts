// For other libraries that talk to the Auriko API: their errors, and the metadata that they leave out.

/**
 * The error of this package that a failure of another library stands for, with that failure as its `cause`: a
 * status error of OpenAI's client (whatever has the shape of one), and one in the middle of its streams; an
 * `APICallError` of the AI SDK, also inside of its `RetryError`, and what its streams give as `error`; what LangChain
 * makes of a prompt that is too long. An error of this package, and everything that is
 * none of these, comes back as it is, so that a `catch` can go on with `throw toAurikoError(error)`.
 */
export declare function toAurikoError(error: unknown): unknown;

/** What JSON can hold. */
export type Json = null | string | number | boolean | Json[] | { [member: string]: Json | undefined };

/** What the AI SDK has as `providerMetadata`: here `{ auriko: { routingMetadata } }`. */
export type ProviderMetadata = Record<string, { [member: string]: Json | undefined }>;

/** What the AI SDK gives the chunks of a stream. */
export interface StreamMetadataExtractor {
  /** Takes each chunk, as it was parsed. */
  processChunk(chunk: unknown): void;
  /** What came last; undefined where none came. */
  buildMetadata(): ProviderMetadata | undefined;
}

/** What `createOpenAICompatible` of the AI SDK takes as `metadataExtractor`. */
export interface MetadataExtractor {
  /** From an answer that is no stream. */
  readonly extractMetadata: (answer: { parsedBody: unknown }) => Promise<ProviderMetadata | undefined>;
  /** From a stream. */
  readonly createStreamExtractor: () => StreamMetadataExtractor;
}

/**
 * Puts the routing metadata, as the server sent it if it is an object, into
 * `providerMetadata.auriko.routingMetadata` of what `generateText` and `streamText` give, and of each of their steps.
 */
export declare const aurikoMetadataExtractor: MetadataExtractor;
