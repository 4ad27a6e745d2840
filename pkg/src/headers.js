// @ts-check

/** The headers of an answer, with the documented ones read. What is not a plain number is null. */
export class ResponseHeaders extends Headers {
  get requestId() {
    return this.get("x-request-id");
  }

  /** Seconds. */
  get retryAfterSeconds() {
    return number(this.get("retry-after"), /^\d+(\.\d+)?$/);
  }

  get rateLimitRemaining() {
    return number(this.get("x-ratelimit-remaining-requests"), /^\d+$/);
  }

  get rateLimitLimit() {
    return number(this.get("x-ratelimit-limit-requests"), /^\d+$/);
  }

  /** As sent: a timestamp of ISO 8601. */
  get rateLimitReset() {
    return this.get("x-ratelimit-reset-requests");
  }

  /** 1,000,000 is 1 USD. Null beyond 2^53, where a number would not be exact. */
  get creditsBalanceMicrodollars() {
    return number(this.get("x-credits-balance-microdollars"), /^\d+$/);
  }

  get tokenCountModel() {
    return this.get("x-token-count-model");
  }
}

/**
 * Gives an object the headers of its answer, where spreading, cloning and serialising pass them over. They are
 * copied when somebody asks.
 * @param {object} target
 * @param {{ headers: Headers }} response
 */
export function nameHeaders(target, { headers }) {
  /** @type {ResponseHeaders | undefined} */
  let read;
  Object.defineProperty(target, "responseHeaders", {
    get: () => {
      read ??= new ResponseHeaders(headers);
      return read;
    },
    configurable: true,
  });
}

/** @param {string | null} text @param {RegExp} form */
function number(text, form) {
  if (text === null || !form.test(text)) return null;
  const value = Number(text);
  return value <= Number.MAX_SAFE_INTEGER ? value : null;
}
