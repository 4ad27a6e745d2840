// Errors, caught and made.
// What stands below a `@ts-expect-error` has to fail to compile, all else to pass. Nothing here runs.

import {
  APIConnectionError,
  APIConnectionTimeoutError,
  APIStatusError,
  AurikoAPIError,
  BadRequestError,
  RateLimitError,
} from "auriko-wasm";
import { same } from "./same.js";

declare const promise: Promise<unknown>;

try {
  await promise;
} catch (error) {
  if (error instanceof RateLimitError) {
    same<typeof error.retryAfterSeconds, number | null>();
    if (error.code === "budget_exhausted") console.log(error.requestId, error.docUrl);
    if (error.code === "invented_tomorrow") console.log(error.attempts, error.suggestion);
  } else if (error instanceof APIConnectionTimeoutError) {
    error.attempts.toFixed();
  } else if (error instanceof AurikoAPIError) {
    same<typeof error, AurikoAPIError>();
    if (error instanceof APIConnectionError) console.log(error.cause);
    else if (error instanceof APIStatusError) same<typeof error.status, number>();
    else error.message.trim();
    same<typeof error.headers, Headers | null>();
    error.responseHeaders?.get("retry-after")?.trim();
    JSON.stringify(error.toJSON());
    switch (error.type) {
      case "invalid_request_error":
      case "authentication_error":
      case "permission_error":
      case "not_found_error":
      case "rate_limit_error":
      case "api_error":
        break;
      default:
        error.type satisfies never;
    }
    // @ts-expect-error: it can be anything
    error.body.error;
    // @ts-expect-error: not a type of errors
    if (error.type === "overloaded_error") error;
  }
}
const made = new BadRequestError("No.", { statusCode: 400, type: "invalid_request_error", code: "my_own", cause: 1 });
const base: AurikoAPIError = made;
const plain: Error = made;
class MyError extends RateLimitError {
  override name = "MyError";
}
void [base, plain, new MyError("No.")];
// @ts-expect-error: not a type of errors
new BadRequestError("No.", { type: "bad" });
