// Says how importing the package goes, and whether its core then works.
import("./node_modules/auriko-wasm/dist/index.js")
  .then(
    ({ RoutingOptions }) => new RoutingOptions({ optimize: "cost" }).toJSON(),
    ({ name, code, message, cause }) => ({ error: { name, code, message, cause: cause?.name } }),
  )
  .then((outcome) => {
    globalThis.outcome = JSON.stringify(outcome);
  });
