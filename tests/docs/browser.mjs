// @ts-check
// Runs a program of a page in headless Chromium, as a bundler makes it, under the strictest policy that the package
// allows. The site's /api/v1 is a proxy that has the key.
import { createReadStream } from "node:fs";
import { createServer, request as send } from "node:http";
import { join } from "node:path";
import { build } from "esbuild";
import { chromium } from "playwright-core";

const POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";
const WASM = "auriko_wasm_bg.wasm";

/** @type {Promise<import("playwright-core").Browser> | undefined} */
let opened;

const open = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
  });

export const closeBrowser = async () => (await opened)?.close();

/**
 * @param {string} folder of the project
 * @param {string} file
 * @param {string} service URL of what answers in Auriko's place
 * @param {number} timeout in milliseconds
 */
export async function runInBrowser(folder, file, service, timeout) {
  const bundle = await build({
    entryPoints: [join(folder, file)],
    absWorkingDir: folder,
    bundle: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    write: false,
    logLevel: "silent",
  });
  const server = createServer((request, response) => {
    const path = request.url ?? "";
    if (path.startsWith("/api/v1/")) return forward(request, response, `${service}${path.slice("/api".length)}`);
    response.setHeader("content-security-policy", POLICY);
    if (path === `/${WASM}`) {
      response.setHeader("content-type", "application/wasm");
      return createReadStream(join(folder, "node_modules/auriko-wasm/dist", WASM)).pipe(response);
    }
    const script = path === "/program.js";
    response.setHeader("content-type", script ? "text/javascript" : "text/html");
    response.end(script ? bundle.outputFiles[0].contents : "<!doctype html><title>program</title><body></body>");
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  opened ??= open();
  const page = await (await opened).newPage();
  const printed = { stdout: "", stderr: "" };
  page.on("console", (line) => {
    printed[line.type() === "log" || line.type() === "info" ? "stdout" : "stderr"] += `${line.text()}\n`;
  });
  try {
    page.setDefaultTimeout(timeout);
    await page.goto(`http://127.0.0.1:${port}/`);
    await page.evaluate(() => import(/** @type {any} */ ("/program.js")).then(() => {}));
    return printed;
  } finally {
    await page.close();
    server.close();
    server.closeAllConnections();
  }
}

/**
 * @param {import("node:http").IncomingMessage} request
 * @param {import("node:http").ServerResponse} response
 * @param {string} url
 */
function forward(request, response, url) {
  const headers = { ...request.headers, authorization: "Bearer ak_test_local" };
  const forwarded = send(url, { method: request.method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  response.on("close", () => forwarded.destroy());
  forwarded.on("error", () => response.destroy());
  request.pipe(forwarded);
}
