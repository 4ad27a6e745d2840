import * as auriko from "auriko-wasm";
import { contract } from "./contract.mjs";

addEventListener("fetch", (event) => {
  const gateway = new URL(event.request.url).searchParams.get("gateway");
  const runtime = { name: "edge-light", AsyncLocalStorage: globalThis.AsyncLocalStorage };
  event.respondWith(contract({ auriko, gateway, runtime }).then((results) => Response.json(results)));
});
