// @ts-check
// The cases in Node.
import * as auriko from "auriko-wasm";
import { Context } from "./harness.mjs";
import { drive, gateway } from "./hosts/drive.mjs";

await drive("node", { sideBySide: 8, run: ({ run }) => run(new Context(auriko, gateway.url, "node")) });
