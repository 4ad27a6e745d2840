// @ts-check
// J: where requests go, and where they never go.
import { conformance } from "../harness.mjs";
import { thrownBy } from "./options.mjs";

/** @typedef {import("../harness.mjs").Context} Context */

const STATUSES = [301, 302, 303, 307, 308];

/** @type {Record<string, (t: Context, client: any) => Promise<any>>} */
const CALLS = {
  chat: (t, client) => client.chat.completions.create(t.params()),
  stream: (t, client) => client.chat.completions.create(t.params({ stream: true })),
  responses: (_, client) => client.responses.create({ model: "gpt-5.4", input: "echo: x" }),
  models: (_, client) => client.models.list(),
};

/** What a browser shows of a redirect that it does not follow: not even its status. @param {Context} t @param {number} status */
const shown = (t, status) => (t.isBrowser ? 0 : status);

/** @param {Context} t @param {any} error @param {number} status */
function expectRefusal(t, error, status) {
  t.expect(error).to.be.instanceOf(t.auriko.APIStatusError);
  const seen = [error.name, error.code, error.statusCode, error.attempts];
  t.expect(seen).to.deep.equal(["APIStatusError", "redirect_refused", shown(t, status), 1]);
}

for (const status of STATUSES) {
  conformance("144 P11", `a ${status} to another origin is an error: neither key nor prompt gets there`, async (t) => {
    const client = t.scenario(`redirect;to=other;status=${status}`, { defaultHeaders: { "x-own": "1" } });
    for (const call of Object.values(CALLS)) expectRefusal(t, await t.rejection(call(t, client)), status);
    // The other origin keeps the same log.
    t.expect((await t.log()).map(({ origin }) => origin)).to.deep.equal(["main", "main", "main", "main"]);
  });
}

for (const [to, status] of /** @type {[string, number][]} */ ([
  ["same", 307],
  ["same", 308],
  ["relative", 307],
  ["relative", 308],
])) {
  conformance(
    "144 P11",
    `a ${status} within the origin is followed with key and body, except in a browser: ${to}`,
    async (t) => {
      for (const [name, call] of Object.entries(CALLS)) {
        const client = t.scenario(`redirect;to=${to};status=${status}`, { defaultHeaders: { "x-own": name } });
        const outcome = await call(t, client).then(
          (value) => ({ value }),
          (error) => ({ error }),
        );
        const [first, second, ...more] = (await t.log()).filter(({ headers }) => headers["x-own"] === name);
        t.expect(more).to.deep.equal([]);
        // A browser does not tell where the redirect leads.
        if (t.isBrowser) {
          expectRefusal(t, /** @type {any} */ (outcome).error, status);
          t.expect(second).to.equal(undefined);
          continue;
        }
        if (name === "stream")
          t.expect(t.text((await t.drain(/** @type {any} */ (outcome).value)).chunks)).to.equal("naïve 東京 ☕");
        else t.expect(outcome, name).to.have.property("value");
        const kept = (/** @type {any} */ { method, bodySha256, headers }) => [
          method,
          bodySha256,
          headers.authorization,
          headers["content-type"],
        ];
        t.expect(kept(second)).to.deep.equal(kept(first));
        t.expect(second.url).to.match(/^\/_scenario\/ok;run=[^/]+\/v1\//);
      }
    },
  );
}

for (const status of [301, 302, 303]) {
  conformance("144", `a ${status} within the origin is an error: it would make a GET of the call`, async (t) => {
    for (const to of ["same", "relative"]) {
      expectRefusal(t, await t.rejection(CALLS.stream(t, t.scenario(`redirect;to=${to};status=${status}`))), status);
    }
    t.expect(await t.log()).to.have.length(2);
  });
}

conformance("145", "a redirect that leads nowhere is an error, and not tried again", async (t) => {
  for (const to of ["none", "js"]) {
    for (const status of STATUSES) {
      expectRefusal(t, await t.rejection(CALLS.chat(t, t.scenario(`redirect;to=${to};status=${status}`))), status);
    }
  }
  t.expect(await t.log()).to.have.length(10);
});

conformance("145", "a loop of redirects ends after five, and retries do not multiply it", async (t) => {
  const client = t.scenario("redirect;to=loop", { maxRetries: 5 });
  for (const call of [CALLS.chat, CALLS.models]) {
    const error = await t.rejection(call(t, client));
    t.expect([error.code, error.statusCode]).to.deep.equal(["redirect_refused", shown(t, 307)]);
  }
  t.expect(await t.log()).to.have.length(t.isBrowser ? 2 : 12);
});

for (const [written, path] of [
  ["", "/v1"],
  ["/", "/v1"],
  ["/v1", "/v1"],
  ["/v1/", "/v1"],
  ["/v1//", "/v1"],
  ["/api", "/api/v1"],
  ["/api/v1/", "/api/v1"],
  ["/v1beta", "/v1beta/v1"],
  ["/V1", "/V1/v1"],
]) {
  conformance("146", `the base URL gets /v1 once, and keeps its path: "${written}"`, async (t) => {
    const prefix = new URL(t.url("ok"));
    for (const options of [
      { baseUrl: `${prefix}${written}` },
      { baseUrl: undefined, baseURL: ` ${prefix}${written}\n` },
    ]) {
      const client = t.client(options);
      t.expect(client.baseUrl).to.equal(`${prefix}${path}`);
      await client.chat.completions.create(t.params()).catch(() => {});
      await client.models.list({ endpoint: "responses" }).catch(() => {});
    }
    const urls = (await t.log()).map(({ method, url }) => `${method} ${url}`);
    const post = `POST ${prefix.pathname}${path}/chat/completions`;
    const get = `GET ${prefix.pathname}${path}/models?endpoint=responses`;
    t.expect(urls).to.deep.equal([post, get, post, get]);
  });
}

conformance("146", "baseUrl wins over baseURL, and blank means Auriko's own", async (t) => {
  const of = (/** @type {any} */ options) => t.client(options).baseUrl;
  t.expect(of({ baseUrl: "https://a.example", baseURL: "https://b.example" })).to.equal("https://a.example/v1");
  for (const blank of [undefined, "", " \n"]) t.expect(of({ baseUrl: blank })).to.equal("https://api.auriko.ai/v1");
});

for (const url of [
  "ftp://x.example",
  "x.example/v1",
  "https://",
  "https://x.example:99999",
  "https://x.example/a b",
  "//x.example/v1",
  "https:\\\\x.example",
]) {
  conformance("146", `what is no base URL is refused: "${url}"`, async (t) => {
    for (const options of [{ baseUrl: url }, { baseUrl: url, apiKey: null }]) {
      const error = thrownBy(() => t.client(options));
      t.expect([error.name, error.code, error.param]).to.deep.equal([
        "BadRequestError",
        "invalid_parameter_value",
        "baseUrl",
      ]);
    }
  });
}

conformance("146", "a model id stays one segment of the URL", async (t) => {
  for (const id of ["a/b", "../me", "x?y#z", "%2e%2e"]) await t.rejection(t.client().models.retrieve(id));
  const last = (await t.log()).map(({ url }) => url.split("/v1/models/")[1]);
  t.expect(last).to.deep.equal(["a%2Fb", "..%2Fme", "x%3Fy%23z", "%252e%252e"]);
  for (const id of ["", ".", ".."]) {
    t.expect((await t.rejection(t.client().models.retrieve(id))).name).to.equal("BadRequestError");
  }
  t.expect(await t.log()).to.have.length(4);
});

conformance("148", "a key that goes over http to another machine is warned of, once for each client", async (t) => {
  /** @type {any[][]} */
  const warnings = [];
  const { warn } = console;
  console.warn = (...words) => void warnings.push(words);
  try {
    for (const baseUrl of ["http://api.example.com", "http://10.0.0.1:8080/v1", "http://localhost.example"]) {
      t.expect(t.client({ baseUrl, apiKey: "ak_of_148" }).baseUrl).to.match(/^http:/);
    }
    for (const baseUrl of ["https://api.example.com", "http://localhost:1", "http://127.0.0.1:1", "http://[::1]:1"]) {
      t.client({ baseUrl });
    }
    t.client({ baseUrl: "http://api.example.com", apiKey: null });
  } finally {
    console.warn = warn;
  }
  t.expect(warnings.map((words) => words.length)).to.deep.equal([1, 1, 1]);
  for (const [text] of warnings)
    t.expect(text)
      .to.match(/baseUrl.*http/)
      .and.not.include("ak_of_148");
});
