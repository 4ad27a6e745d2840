// Starts the worker that the page's address names, and asks it.
const { port1, port2 } = new MessageChannel();
port1.onmessage = ({ data }) => Object.assign(globalThis, data);

const address = `./worker.mjs${location.search}`;
const how = { type: "module" };
if (location.pathname === "/worker.html") {
  const worker = new Worker(address, how);
  worker.onerror = ({ message }) => {
    globalThis.failure = message ?? "the worker could not be loaded";
  };
  worker.postMessage(null, [port2]);
} else {
  navigator.serviceWorker.register(address, how).then(
    async () => (await navigator.serviceWorker.ready).active.postMessage(null, [port2]),
    (error) => {
      globalThis.failure = String(error);
    },
  );
}
