// A module worker, and a module service worker: they tell whoever asks them.
// Neither has an import map, so the package is imported by its address.

import { contract } from "./contract.mjs";
import * as auriko from "./node_modules/auriko-wasm/dist/index.js";

const gateway = new URLSearchParams(location.search).get("gateway");

addEventListener("message", (event) => {
  const [port] = event.ports;
  const told = contract({ auriko, gateway, runtime: { name: self.constructor.name, browser: true } }).then(
    (results) => port.postMessage({ outcome: JSON.stringify({ results }) }),
    (error) => port.postMessage({ failure: String(error?.stack ?? error) }),
  );
  // Keeps a service worker alive.
  event.waitUntil?.(told);
});
