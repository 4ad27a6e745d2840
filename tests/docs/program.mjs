// @ts-check
// Runs a program of a page: node program.mjs FILE. If it exports a handler of requests, that is called once.
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [file] = process.argv.slice(2);
const program = await import(pathToFileURL(resolve(file)).href);
const handler = program.default?.fetch ?? program.POST;
if (handler) {
  // As chat APIs and, with parts, as the AI SDK's pages send it.
  const messages = [{ role: "user", content: "Hi", parts: [{ type: "text", text: "Hi" }] }];
  const headers = { "content-type": "application/json" };
  const request = new Request("http://localhost/", { method: "POST", headers, body: JSON.stringify({ messages }) });
  const response = await handler(request, process.env, { waitUntil() {} });
  console.log(response.status, await response.text());
  if (!response.ok) process.exitCode = 1;
}
