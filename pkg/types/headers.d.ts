/** The headers of an answer, with the documented ones read. What is missing, or no plain number, is null. */
export declare class ResponseHeaders {
  /** Copies headers. */
  constructor(headers: Headers);
}
export interface ResponseHeaders extends Headers {
  /** `x-request-id`: quote it to Auriko's support. */
  readonly requestId: string | null;
  /** `retry-after`, where it is a number of seconds. */
  readonly retryAfterSeconds: number | null;
  /** `x-ratelimit-remaining-requests`: how many requests are left. */
  readonly rateLimitRemaining: number | null;
  /** `x-ratelimit-limit-requests`: how many requests there are. */
  readonly rateLimitLimit: number | null;
  /** `x-ratelimit-reset-requests`: when the count starts again, as a timestamp of ISO 8601. */
  readonly rateLimitReset: string | null;
  /** `x-credits-balance-microdollars`: what is left, 1,000,000 being 1 USD; null beyond 2^53. */
  readonly creditsBalanceMicrodollars: number | null;
  /** `x-token-count-model`: the model whose tokens were counted. */
  readonly tokenCountModel: string | null;
}
