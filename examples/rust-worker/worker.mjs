// The entry of the Worker: Cloudflare gives the WebAssembly as a module.

import { fetch, initSync } from "./pkg/rust_worker.js";
import module from "./pkg/rust_worker_bg.wasm";

initSync({ module });

export default {
  fetch: (request, { AURIKO_API_KEY, AURIKO_BASE_URL = "" }) => fetch(request, AURIKO_API_KEY, AURIKO_BASE_URL),
};
