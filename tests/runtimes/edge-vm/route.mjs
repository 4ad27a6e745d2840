import * as auriko from "auriko-wasm";
import * as entry from "auriko-wasm/openai";
import { OpenAI } from "openai";
import { contract } from "./contract.mjs";

addEventListener("fetch", (event) => {
  const gateway = new URL(event.request.url).searchParams.get("gateway");
  const runtime = { name: "edge-light", AsyncLocalStorage: globalThis.AsyncLocalStorage };
  event.respondWith(
    contract({ auriko, openai: { ...entry, OpenAI }, gateway, runtime }).then((results) => Response.json(results)),
  );
});
