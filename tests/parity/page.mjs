// @ts-check
// In a page: a line for each case, with why it failed or null.
import { cases } from "./cases.mjs";

const host = {
  server: `${location.origin}/api/v1`,
  // The page's own policy lets it connect to its own server only; to `fetch`, no connection is like another.
  nowhere: "http://127.0.0.1:1",
};

/** What nobody has caught. @type {unknown[]} */
const strays = [];
addEventListener("unhandledrejection", ({ reason }) => strays.push(reason));

for (const { title, run, nodeOnly } of cases) {
  if (nodeOnly) continue;
  const failure = await run(host).then(
    () => null,
    (error) => error?.stack ?? String(error),
  );
  console.log(JSON.stringify({ title, failure }));
}
if (strays.length > 0) throw new Error(`nobody in the page has caught these: ${strays.join("\n")}`);
