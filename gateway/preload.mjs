// @ts-check
// Loaded before a program, it has a gateway answer what the program asks of Auriko:
//   AURIKO_GATEWAY=http://127.0.0.1:8787 AURIKO_API_KEY=ak_test_local node --import ./gateway/preload.mjs program.mjs
// A request to any other host fails, and the program with it: nothing leaves the machine.
const AURIKO = "https://api.auriko.ai";
const { fetch } = globalThis;
const gateway = process.env.AURIKO_GATEWAY;

/** @type {typeof fetch} */
globalThis.fetch = async (input, init) => {
  const request = input instanceof Request ? input : undefined;
  const { origin, hostname, pathname, search } = new URL(request?.url ?? String(input));
  if (hostname === "127.0.0.1") return fetch(input, init);
  if (origin !== AURIKO) {
    process.exitCode = 1;
    console.error(`a request to ${origin}`);
    throw new TypeError(`${origin} is not Auriko`);
  }
  const url = `${gateway}${pathname}${search}`;
  return fetch(request ? new Request(url, request) : url, init);
};
