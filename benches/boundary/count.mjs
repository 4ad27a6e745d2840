// @ts-check
// Counts what crosses between JavaScript and the core. To be imported before the package.

/** How often each side has called the other. */
export const crossings = { in: 0, out: 0 };

/** @param {"in" | "out"} way @param {Record<string, any>} functions */
function counted(way, functions) {
  const all = Object.entries(functions).map(([name, value]) => {
    // The tables and the memory stay as they are.
    if (typeof value !== "function") return [name, value];
    return [
      name,
      (/** @type {unknown[]} */ ...args) => {
        crossings[way]++;
        return value(...args);
      },
    ];
  });
  return Object.fromEntries(all);
}

const { Instance } = WebAssembly;
// @ts-expect-error What the package needs of an instance are its exports.
WebAssembly.Instance = class {
  /** @param {WebAssembly.Module} module @param {Record<string, any>} imports */
  constructor(module, imports) {
    const out = Object.entries(imports).map(([name, functions]) => [name, counted("out", functions)]);
    this.exports = counted("in", new Instance(module, Object.fromEntries(out)).exports);
  }
};
