// What bundlers for edge runtimes make of this import, for tsconfig.src.json.
declare module "*.wasm?module" {
  const module: WebAssembly.Module;
  export default module;
}
