// node occupy.mjs PORT: connects to the web server of wasm-bindgen-test-runner as soon as it listens, keeps
// the connections open and says nothing on them.
//
// That server keeps four threads, and a connection keeps one until it ends. Where a thread has been woken for
// one connection and has not run yet, the server still counts it as free, hands it a second one, and that one
// is never served: a browser that opens six at once then waits for ever. With its four threads taken, the
// server starts a thread of its own for every connection.
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

const THREADS = 4;
const port = Number(process.argv[2]);

const open = () =>
  new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => resolve(socket)).on("error", reject);
  });

for (let taken = 0; taken < THREADS; ) {
  try {
    await open();
    taken += 1;
  } catch {
    // Not listening yet. Whoever started this ends it.
  }
  await sleep(20);
}
