// @ts-check
// Workers of a page. The whole suite is loaded in each, to run some of its cases by name.

/**
 * Which of these cases fail in a new worker, each name with its failure.
 * @param {string} suite URL of the script of the page
 * @param {string[]} names of tests
 * @param {string} gateway
 * @param {string} [before] code that runs before the suite is loaded
 * @returns {Promise<string[]>}
 */
export async function failuresInWorker(suite, names, gateway, before = "") {
  const code = `
    ${before}
    const run = async () => {
      await import(${JSON.stringify(suite)});
      const failures = [];
      for (const name of ${JSON.stringify(names)}) {
        const failure = await runCase(name, ${JSON.stringify(gateway)});
        if (failure) failures.push(name, failure);
      }
      return failures;
    };
    run().then(postMessage, (error) => postMessage([String(error)]));`;
  const worker = new Worker(URL.createObjectURL(new Blob([code], { type: "text/javascript" })), { type: "module" });
  try {
    return await new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = reject;
    });
  } finally {
    worker.terminate();
  }
}
