// The contract in a page, for all that can be loaded into one. The names are imported one by one, as
// applications do, so that a bundler can drop what it takes for unused.
import {
  APIConnectionError,
  APIConnectionTimeoutError,
  APIStatusError,
  AurikoAPIError,
  AurikoClient,
  AuthenticationError,
  BadRequestError,
  ChatCompletionStream,
  RateLimitError,
  RoutingOptions,
} from "auriko-wasm";
import { contract } from "./contract.mjs";

const auriko = {
  APIConnectionError,
  APIConnectionTimeoutError,
  APIStatusError,
  AurikoAPIError,
  AurikoClient,
  AuthenticationError,
  BadRequestError,
  ChatCompletionStream,
  RateLimitError,
  RoutingOptions,
};
const gateway = new URLSearchParams(location.search).get("gateway");
contract({ auriko, gateway, runtime: { name: "page", browser: true } }).then(
  (results) => {
    globalThis.outcome = JSON.stringify({ results });
  },
  (error) => {
    globalThis.failure = String(error?.stack ?? error);
  },
);
