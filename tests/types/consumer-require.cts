// Those who use require(), whose declarations the build makes.
// What stands below a `@ts-expect-error` has to fail to compile, all else to pass. Nothing here runs.

import auriko = require("auriko-wasm");

async function ask(client: auriko.AurikoClient): Promise<string | null | undefined> {
  const { choices } = await client.chat.completions.create({ model: "m", messages: [] });
  return choices[0]?.message.content;
}
// @ts-expect-error: a strategy that does not exist
new auriko.RoutingOptions({ optimize: "cheap" });
void ask;
