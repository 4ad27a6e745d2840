import { AsyncLocalStorage } from "node:async_hooks";
import * as auriko from "auriko-wasm";
import * as entry from "auriko-wasm/openai";
import { OpenAI } from "openai";
import { contract } from "./contract.mjs";

export default {
  /** @param {Request} request */
  async fetch(request) {
    const gateway = new URL(request.url).searchParams.get("gateway");
    const runtime = { name: "workerd", AsyncLocalStorage };
    return Response.json(await contract({ auriko, openai: { ...entry, OpenAI }, gateway, runtime }));
  },
};
