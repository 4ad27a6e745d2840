// @ts-check
// In workerd: a request for each case, since what one request opened no other may use.
import { failureOf } from "./inside.mjs";

/** @type {any[]} */
const unhandled = [];
globalThis.addEventListener("unhandledrejection", (event) => unhandled.push(event));

export default {
  /** @param {Request} request */
  async fetch(request) {
    const { name, gateway } = /** @type {any} */ (await request.json());
    const failure = await failureOf("workerd", name, gateway);
    const strays = unhandled.splice(0).filter(({ taken }) => !taken);
    return Response.json({ failure, strays: strays.map(({ reason }) => String(reason?.stack ?? reason)) });
  },
};
