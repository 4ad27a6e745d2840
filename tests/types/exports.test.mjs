// The declarations of pkg/types against the package that was built: neither has what the other has not.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import * as exported from "auriko-wasm";
import * as slim from "auriko-wasm/slim";
import { API, SymbolFlags } from "typescript/unstable/sync";

const runtime = { ...exported };

const pathOf = (relative) => fileURLToPath(new URL(relative, import.meta.url));

// TypeScript's own reading of index.d.ts. The API is called unstable; package-lock.json pins its version.
const compiler = new API({ cwd: pathOf(".") });
after(() => compiler.close());
const config = pathOf("tsconfig.nodenext.json");
const { checker, program } = compiler.updateSnapshot({ openProjects: [config] }).getProject(config);

/** What a file of declarations exports: names and symbols. */
function exportsOf(file) {
  const module = checker.getSymbolAtLocation(program.getSourceFile(pathOf(`../../pkg/types/${file}`)));
  return checker
    .getExportsOfModule(module)
    .map((symbol) => [symbol.name, symbol.flags & SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol]);
}

const isValue = ([, symbol]) => symbol.flags & SymbolFlags.Value;
const declared = exportsOf("index.d.ts");
const values = declared.filter(isValue);
const classes = values.filter(([, symbol]) => symbol.flags & SymbolFlags.Class);

/** A member's name as JavaScript has it: TypeScript writes `[Symbol.asyncIterator]` as `__@asyncIterator@17`. */
const keyOf = ({ escapedName }) => {
  const wellKnown = /^__@(\w+)@\d+$/.exec(escapedName)?.[1];
  return wellKnown === undefined ? escapedName.replace(/^___/, "__") : Symbol[wellKnown];
};

/** Where members that nobody here wrote come from. */
const NATIVE = new Set([Object.prototype, Error.prototype, ReadableStream.prototype]);

/** One instance of each class, streams included. */
async function instances() {
  const headers = { "content-type": "text/event-stream" };
  const fetch = async () => new Response("data: [DONE]\n\n", { headers });
  const client = new runtime.AurikoClient({ apiKey: "ak_test", fetch });
  const streams = [
    await client.chat.completions.create({ model: "m", messages: [], stream: true }),
    await client.responses.create({ model: "m", input: "Hi", stream: true }),
  ];
  const made = new Map([client, ...streams].map((object) => [object.constructor.name, object]));
  for (const [name] of classes) {
    if (!made.has(name)) made.set(name, new runtime[name](name.endsWith("Error") ? "No." : {}));
  }
  return { made, close: () => Promise.all(streams.map((stream) => stream.close())) };
}

test("the entries export the values that are declared, and no others", () => {
  const entries = { "index.d.ts": exported, "slim.d.ts": slim };
  for (const [file, entry] of Object.entries(entries)) {
    const names = exportsOf(file)
      .filter(isValue)
      .map(([name]) => name);
    assert.deepEqual(Object.keys(entry).sort(), names.sort(), file);
  }
});

test("constants have the values that are declared", () => {
  const isConstant = (value) =>
    typeof value === "object" && Object.values(value).every((one) => typeof one === "string");
  const constants = values.filter(([name]) => isConstant(runtime[name]));
  assert.notEqual(constants.length, 0);
  for (const [name, symbol] of constants) {
    const members = checker.getPropertiesOfType(checker.getTypeOfSymbol(symbol));
    const literals = members.map((member) => [member.name, checker.typeToString(checker.getTypeOfSymbol(member))]);
    const actual = Object.entries(runtime[name]).map(([key, value]) => [key, JSON.stringify(value)]);
    assert.deepEqual(literals, actual, name);
  }
});

test("classes extend what they are declared to extend", () => {
  for (const [name, symbol] of classes) {
    const bases = checker.getBaseTypes(checker.getDeclaredTypeOfSymbol(symbol)) ?? [];
    for (const base of bases.map((type) => type.getSymbol().name)) {
      if (base in runtime) assert.equal(Object.getPrototypeOf(runtime[name]), runtime[base], `${name} extends ${base}`);
    }
  }
});

test("instances have the members that are declared, and no others", async () => {
  const { made, close } = await instances();
  for (const [name, symbol] of classes) {
    const instance = made.get(name);
    const members = checker.getPropertiesOfType(checker.getDeclaredTypeOfSymbol(symbol));
    const known = new Set(members.map(keyOf));

    const required = members.filter((member) => !(member.flags & SymbolFlags.Optional)).map(keyOf);
    assert.deepEqual(
      required.filter((key) => !(key in instance)),
      [],
      `${name} is declared with members that it does not have`,
    );

    const own = [];
    for (let level = instance; !NATIVE.has(level); level = Object.getPrototypeOf(level)) {
      // Symbols that are not well-known are not for callers.
      own.push(...Reflect.ownKeys(level).filter((key) => typeof key === "string" || key === Symbol.asyncIterator));
    }
    assert.deepEqual(
      own.filter((key) => !known.has(key) && key !== "constructor"),
      [],
      `${name} has members that are not declared`,
    );
  }
  await close();
});

test("every export and every member has a comment, unless its type says it all", () => {
  const types = pathOf("../../pkg/types/");
  const isOurs = ({ declarations }) => declarations.some(({ path }) => path?.startsWith(types));
  const bare = [];
  for (const [name, symbol] of declared) {
    if (!symbol.getDocumentationComment(checker) && !symbol.getJsDocTags(checker).length) bare.push(name);
    if (!(symbol.flags & (SymbolFlags.Class | SymbolFlags.Interface))) continue;
    for (const member of checker.getPropertiesOfType(checker.getDeclaredTypeOfSymbol(symbol))) {
      const type = checker.getTypeOfSymbol(member);
      // `type: "text"` tells a union apart; there is nothing to add.
      if (!isOurs(member) || type.isStringLiteralType()) continue;
      if (!member.getDocumentationComment(checker) && !member.getJsDocTags(checker).length) {
        bare.push(`${name}.${member.name}`);
      }
    }
  }
  assert.deepEqual(bare, []);
});
