// @ts-check
// Every place where the package takes a value.
import { auriko, hi, KEY } from "../support.mjs";

const { AurikoClient, GatewayOptions, mergeGateway, RoutingOptions, toAurikoError } = /** @type {any} */ (auriko);

/** A client that answers itself. @param {object} [own] */
export const clientWith = (own) =>
  new AurikoClient({
    apiKey: KEY,
    baseUrl: "http://localhost:1",
    maxRetries: 0,
    timeout: 1000,
    fetch: async () => Response.json({ id: "x", object: "list", data: [], choices: [{ message: { content: "x" } }] }),
    ...own,
  });

/** @typedef {(client: any, value: any) => unknown} Place */

/** Places of one kind by their names. @param {string} kind @param {string[]} names @param {(name: string) => Place} place */
const each = (kind, names, place) => Object.fromEntries(names.map((name) => [`${kind} ${name}`, place(name)]));

const client = ["apiKey", "baseUrl", "baseURL", "timeout", "maxRetries", "fetch", "defaultHeaders", "onResponse"];
const call = ["signal", "timeout", "maxRetries", "headers", "idempotencyKey"];
const routing = ["optimize", "weights", "max_cost_per_1m", "max_ttft_ms", "providers", "prefer", "mode", "tier"];
const numbers = ["max_fallback_attempts", "timeout_ms", "deadline_ms", "data_policy", "allow_fallbacks", "unheard_of"];

/** @type {Record<string, Place>} */
export const PLACES = {
  "the options of a client": (_, value) => new AurikoClient(value),
  ...each("client option", [...client, "logger", "logLevel", "dangerouslyAllowBrowser"], (name) => (_, value) => {
    return clientWith({ [name]: value }).chat.completions.create(hi());
  }),
  "what a key function gives": (_, value) => clientWith({ apiKey: () => value }).chat.completions.create(hi()),
  "what fetch gives": (_, value) => clientWith({ fetch: () => value }).chat.completions.create(hi()),
  "what fetch throws": (_, value) => {
    const fetch = () => {
      throw value;
    };
    return clientWith({ fetch }).chat.completions.create(hi());
  },
  "what fetch rejects with": (_, value) => clientWith({ fetch: () => Promise.reject(value) }).models.list(),
  "the parameters of a completion": ({ chat }, value) => chat.completions.create(value),
  "the parameters of a response": ({ responses }, value) => responses.create(value),
  ...each("parameter", ["model", "messages", "stream", "gateway", "extra_body", "temperature"], (name) => {
    return ({ chat }, value) => chat.completions.create({ ...hi(), [name]: value });
  }),
  "models of a gateway": ({ chat }, value) =>
    chat.completions.create({ messages: hi().messages, gateway: { models: value } }),
  "the input of a response": ({ responses }, value) => responses.create({ model: "m", input: value }),
  "the options of a call": ({ chat }, value) => chat.completions.create(hi(), value),
  ...each(
    "call option",
    call,
    (name) =>
      ({ chat }, value) =>
        chat.completions.create(hi(), { [name]: value }),
  ),
  "a header": ({ models }, value) => models.list({}, { headers: { "x-a": value } }),
  "a pair of headers": ({ models }, value) => models.list({}, { headers: [["x-a", value], value, [value, "x"]] }),
  "routing options": (_, value) => new RoutingOptions(value).toExtraBody(),
  ...each("routing option", [...routing, ...numbers], (name) => (_, value) => new RoutingOptions({ [name]: value })),
  "gateway options": (_, value) => new GatewayOptions(value).toExtraBody(),
  ...each("gateway option", ["routing", "metadata", "models"], (name) => (_, value) => {
    return new GatewayOptions({ [name]: value }).toJSON();
  }),
  ...each("gateway metadata", ["tags", "user_id", "custom_fields"], (name) => (_, value) => {
    return new GatewayOptions({ metadata: { [name]: value } });
  }),
  "a body to be merged into": (_, value) => mergeGateway(value, {}),
  "a body to be merged": (_, value) => mergeGateway({}, value),
  "two gateways to be merged": (_, value) => mergeGateway({ gateway: value }, { gateway: value }),
  "a filter": ({ models }, value) => models.list(value),
  "an endpoint": ({ models }, value) => models.list({ endpoint: value }),
  "an id": ({ models }, value) => models.retrieve(value),
  "the options of another call": ({ me }, value) => me.get(value),
  "the URL of a fetch": ({ fetch }, value) => fetch(value),
  "the headers of a fetch": ({ fetch }, value) => fetch("http://localhost:1/v1/models", { headers: value }),
  "an error of another library": (_, value) => toAurikoError(value),
  "parts of an error of another library": (_, value) =>
    toAurikoError({ status: 400, headers: { get: () => value }, error: { message: value, code: value, type: value } }),
};
