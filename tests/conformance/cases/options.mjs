// @ts-check
// What a client is given: the parameters of a call, the key, headers, the base URL, a fetch.
import { conformance } from "../harness.mjs";

/** @typedef {import("../harness.mjs").Context} Context */

/** What a function throws; an error if it does not. @param {() => unknown} run @returns {any} */
export function thrownBy(run) {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}

/** Headers that were sent under this name, duplicates included. @param {any} record @param {string} name */
const sent = ({ rawHeaders }, name) =>
  rawHeaders.filter(
    (/** @type {string} */ _, /** @type {number} */ at) => at % 2 && rawHeaders[at - 1].toLowerCase() === name,
  );

const messages = [{ role: "user", content: "x" }];
const model = "gpt-5.4";

for (const [name, params, code, param] of /** @type {[string, any, string, string][]} */ ([
  [
    "model and gateway.models",
    { messages, model, gateway: { models: [model] } },
    "invalid_parameter_value",
    "gateway.models",
  ],
  ["neither of them", { messages }, "missing_required_parameter", "model"],
  ["a model that is null", { messages, model: null }, "missing_required_parameter", "model"],
  ["no messages", { model }, "missing_required_parameter", "messages"],
  ["messages that are null", { model, messages: null }, "missing_required_parameter", "messages"],
  ["a stream that is no boolean", { model, messages, stream: "yes" }, "invalid_parameter_value", "stream"],
  ["an extra_body that is no object", { model, messages, extra_body: [1] }, "invalid_parameter_value", "extra_body"],
  ["a big integer", { model, messages, seed: 1n }, "invalid_parameter_value", "params"],
  ["nothing", undefined, "invalid_parameter_value", "params"],
  ["null", null, "invalid_parameter_value", "params"],
  ["an array", [], "invalid_parameter_value", "params"],
  ["a text", "x", "invalid_parameter_value", "params"],
])) {
  conformance("117", `parameters that cannot be are refused before anything is sent: ${name}`, async (t) => {
    for (const stream of [false, true]) {
      const given = stream && params?.model && !("stream" in params) ? { ...params, stream } : params;
      const error = await t.rejection(t.client().chat.completions.create(given));
      t.expect(error).to.be.instanceOf(t.auriko.BadRequestError);
      t.expect([error.code, error.param, error.statusCode, error.attempts]).to.deep.equal([code, param, 400, 0]);
    }
    t.expect(await t.log()).to.deep.equal([]);
  });
}

conformance("117", "a cycle in the parameters is refused before anything is sent", async (t) => {
  const cycle = /** @type {any} */ ({});
  cycle.itself = cycle;
  const error = await t.rejection(t.client().chat.completions.create(t.params({ user: cycle })));
  t.expect([error.name, error.code, error.param]).to.deep.equal([
    "BadRequestError",
    "invalid_parameter_value",
    "params",
  ]);
  t.expect(await t.log()).to.deep.equal([]);
});

for (const [option, value] of /** @type {[string, any][]} */ ([
  ["timeout", 0],
  ["timeout", "5s"],
  ["maxRetries", -1],
  ["maxRetries", 1.5],
  ["headers", 7],
  ["idempotencyKey", 7],
  ["signal", {}],
])) {
  conformance(
    "117",
    `an option of a call that cannot be is refused before anything is sent: ${option} ${value}`,
    async (t) => {
      const error = await t.rejection(t.client().chat.completions.create(t.params(), { [option]: value }));
      t.expect([error.name, error.code, error.param]).to.deep.equal([
        "BadRequestError",
        "invalid_parameter_value",
        option,
      ]);
      t.expect(await t.log()).to.deep.equal([]);
    },
  );
}

conformance("118", "no key, an empty and a blank one are missing_api_key, with status 0", async (t) => {
  for (const apiKey of [undefined, "", " \t\r\n"]) {
    const error = thrownBy(
      () => new t.auriko.AurikoClient({ apiKey, baseUrl: t.gateway, dangerouslyAllowBrowser: true }),
    );
    t.expect(error).to.be.instanceOf(t.auriko.AuthenticationError);
    t.expect([error.code, error.statusCode, error.attempts]).to.deep.equal(["missing_api_key", 0, 0]);
    t.expect(error.message).to.include("AURIKO_API_KEY");
  }
  t.expect(thrownBy(() => t.client({ apiKey: /** @type {any} */ (7) })).param).to.equal("apiKey");
});

conformance(
  "118",
  "the key comes from AURIKO_API_KEY, never from OPENAI_API_KEY",
  async (t) => {
    const { env } = /** @type {any} */ (globalThis).process;
    const before = { ...env };
    const options = { baseUrl: t.url("ok") };
    try {
      delete env.AURIKO_API_KEY;
      env.OPENAI_API_KEY = "sk-openai";
      t.expect(thrownBy(() => new t.auriko.AurikoClient(options)).code).to.equal("missing_api_key");
      env.AURIKO_API_KEY = " ak_test_local\n";
      const clients = [new t.auriko.AurikoClient(options), new t.auriko.AurikoClient({ ...options, apiKey: " " })];
      env.AURIKO_API_KEY = "ak_changed_later";
      for (const client of clients) t.expect((await client.me.get()).status).to.be.a("string");
    } finally {
      for (const name of ["AURIKO_API_KEY", "OPENAI_API_KEY"]) {
        if (name in before) env[name] = before[name];
        else delete env[name];
      }
    }
  },
  { hosts: ["node"], why: "it has to change its environment variables" },
);

for (const around of [" KEY ", "KEY\n", "\r\nKEY\r\n", "\tKEY", "\ufeffKEY", "\u00a0KEY\u2028"]) {
  conformance("133", `space around the key is dropped: ${JSON.stringify(around)}`, async (t) => {
    await t.client({ apiKey: around.replace("KEY", "ak_test_local") }).chat.completions.create(t.params());
    const [record] = await t.log();
    t.expect(sent(record, "authorization")).to.deep.equal(["Bearer ak_test_local"]);
  });
}

for (const inside of ["\n", "\r\nx-evil: 1\r\n", " ", "\0", "é", "\u200b", "\ud800"]) {
  conformance(
    "133",
    `a key that no header can carry is refused and not shown: ${JSON.stringify(inside)}`,
    async (t) => {
      const error = thrownBy(() => t.client({ apiKey: `ak_first${inside}second` }));
      t.expect([error.name, error.code, error.statusCode]).to.deep.equal(["AuthenticationError", "invalid_api_key", 0]);
      t.expect(`${error.stack} ${JSON.stringify(error)}`).to.not.match(/ak_first|second/);
    },
  );
}

const SECRET = "the-secret-value";

for (const [name, headers] of /** @type {[string, any][]} */ ([
  ["CR and LF in a value", { "x-a": `${SECRET}\r\nx-evil: 1` }],
  ["LF in a value", { "x-a": `${SECRET}\n` }],
  ["NUL in a value", { "x-a": `${SECRET}\0` }],
  ["a character above U+00FF in a value", { "x-a": `${SECRET}☕` }],
  ["half a surrogate pair in a value", { "x-a": `${SECRET}\ud800` }],
  ["CR and LF in a name", { [`${SECRET}\r\nx-evil`]: "1" }],
  ["a space in a name", { [`${SECRET} a`]: "1" }],
  ["a colon in a name", { [`${SECRET}:`]: "1" }],
  ["an empty name", { "": SECRET }],
  ["a value that is no text", { "x-a": [SECRET] }],
  ["a pair", [["x-a", `${SECRET}\n`]]],
  ["a Map", new Map([["x-a", `${SECRET}\n`]])],
  ["a text", `x-a: ${SECRET}`],
])) {
  conformance("134", `headers that cannot be are refused, not sent and not repeated: ${name}`, async (t) => {
    const errors = [
      await t.rejection(t.client().chat.completions.create(t.params(), { headers })),
      thrownBy(() => t.client({ defaultHeaders: headers })),
    ];
    for (const [index, error] of errors.entries()) {
      t.expect(error).to.be.instanceOf(t.auriko.BadRequestError);
      t.expect(error.code).to.equal("invalid_parameter_value");
      t.expect(error.param).to.match(index === 0 ? /^headers/ : /^defaultHeaders/);
      t.expect(`${error.stack} ${JSON.stringify(error)}`).to.not.include(SECRET);
    }
    t.expect(await t.log()).to.deep.equal([]);
  });
}

conformance("134", "a line break in idempotencyKey is refused, not sent and not repeated", async (t) => {
  const options = { idempotencyKey: `${SECRET}\r\nx-evil: 1` };
  const error = await t.rejection(t.client().chat.completions.create(t.params(), options));
  t.expect([error.name, error.param]).to.deep.equal(["BadRequestError", "idempotencyKey"]);
  t.expect(`${error.stack} ${JSON.stringify(error)}`).to.not.include(SECRET);
  t.expect(await t.log()).to.deep.equal([]);
});

conformance("138", "headers are merged whatever the case of their names: the call wins over the client", async (t) => {
  const forms = [
    { "X-B": "call", "x-c": null, "X-D": "call" },
    new Headers({ "X-B": "call", "x-d": "call" }),
    [
      ["X-B", "call"],
      ["X-C", null],
      ["x-D", "call"],
    ],
    new Map([
      ["x-b", "call"],
      ["x-d", "call"],
    ]),
  ];
  const client = t.client({ defaultHeaders: { "x-a": "client", "x-B": "client", "X-C": "client" } });
  for (const headers of forms)
    await client.chat.completions.create(t.params(), { headers: /** @type {any} */ (headers) });
  const seen = (await t.log()).map((record) => ["x-a", "x-b", "x-c", "x-d"].map((name) => sent(record, name)));
  const removed = [["client"], ["call"], [], ["call"]];
  const kept = [["client"], ["call"], ["client"], ["call"]];
  t.expect(seen).to.deep.equal([removed, kept, removed, kept]);
});

conformance(
  "138",
  "a header of the client itself can be replaced or taken away, and is never sent twice",
  async (t) => {
    const other = { AUTHORIZATION: "Bearer ak_test_local", "Content-Type": "application/json; charset=utf-8" };
    await t.client({ apiKey: "ak_of_nobody", defaultHeaders: other }).chat.completions.create(t.params());
    await t.rejection(t.client().chat.completions.create(t.params(), { headers: { Authorization: null } }));
    await t.rejection(t.client({ defaultHeaders: { Authorization: null } }).chat.completions.create(t.params()));
    const records = await t.log();
    t.expect(records.map((record) => sent(record, "authorization"))).to.deep.equal([["Bearer ak_test_local"], [], []]);
    t.expect(sent(records[0], "content-type")).to.deep.equal(["application/json; charset=utf-8"]);
  },
);

conformance("138", "apiKey: null sends no key", async (t) => {
  const error = await t.rejection(t.client({ apiKey: null }).chat.completions.create(t.params()));
  t.expect([error.name, error.code, error.statusCode]).to.deep.equal(["AuthenticationError", "invalid_api_key", 401]);
  t.expect((await t.log()).map((record) => sent(record, "authorization"))).to.deep.equal([[]]);
});

conformance("140", "a key may be a function: each attempt gets the key of its own time", async (t) => {
  let asked = 0;
  const apiKey = async () => (++asked === 1 ? "ak_of_nobody" : "ak_test_local");
  const client = t.scenario("429-then-200", { apiKey });
  await client.chat.completions.create(t.params());
  const keys = (await t.log()).map((record) => sent(record, "authorization"));
  t.expect(keys).to.deep.equal([["Bearer ak_of_nobody"], ["Bearer ak_test_local"]]);
});

conformance("140", "a function that gives no key is a typed error, and nothing is sent", async (t) => {
  const mine = new Error("mine");
  const throwing = () => {
    throw mine;
  };
  for (const [apiKey, code, cause] of /** @type {[any, string, unknown][]} */ ([
    [throwing, "api_key_function", mine],
    [async () => throwing(), "api_key_function", mine],
    [() => "", "missing_api_key", undefined],
    [async () => ({}), "invalid_parameter_value", undefined],
  ])) {
    const error = await t.rejection(t.client({ apiKey }).chat.completions.create(t.params({ stream: true })));
    t.expect(error).to.be.instanceOf(t.auriko.AurikoAPIError);
    t.expect([error.code, error.cause]).to.deep.equal([code, cause]);
  }
  t.expect(await t.log()).to.deep.equal([]);
});

conformance("139", "a server is told which client this is; in a browser the browser says who it is", async (t) => {
  await t.client().chat.completions.create(t.params());
  const [record] = await t.log();
  const [agent, ...more] = sent(record, "user-agent");
  t.expect(more).to.deep.equal([]);
  t.expect(agent).to.match(t.isBrowser ? /^Mozilla\// : /^auriko-wasm\/\d+\.\d+\.\d+$/);
});
