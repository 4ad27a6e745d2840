// @ts-check
// The cases in Node.
import * as auriko from "auriko-wasm";
import { Context } from "./harness.mjs";
import { drive } from "./hosts/drive.mjs";

await drive("node", { sideBySide: 8, run: ({ run }, gateway) => run(new Context(auriko, gateway, "node")) });
