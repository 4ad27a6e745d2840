// The entry whose wasm the user ships.
// What stands below a `@ts-expect-error` has to fail to compile, all else to pass. Nothing here runs.

import type { ChatCompletion, AurikoClient as Client } from "auriko-wasm";
import { AurikoAPIError, AurikoClient, init, Optimize, RoutingOptions } from "auriko-wasm/slim";

init(await (await fetch("/auriko_wasm_bg.wasm")).arrayBuffer());
init(new Uint8Array());
const client: Client = new AurikoClient({ apiKey: null });
const completion: ChatCompletion = await client.chat.completions.create({
  model: "m",
  messages: [],
  ...new RoutingOptions({ optimize: Optimize.COST }).toExtraBody(),
});
void completion;
try {
  init(new ArrayBuffer(0));
} catch (error) {
  if (error instanceof AurikoAPIError && error.code === "wasm_unavailable") console.log(error.cause);
}
// @ts-expect-error: bytes or a module
init();
// @ts-expect-error: a path is read by the caller
init(undefined);
