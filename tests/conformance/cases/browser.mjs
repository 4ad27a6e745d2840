// @ts-check
// J: what a browser is for a client, and what the client is for a browser; and whose fetch is called.
import { conformance } from "../harness.mjs";
import { thrownBy } from "./options.mjs";
import { failuresInWorker } from "./workers.mjs";

/** @typedef {import("../harness.mjs").Context} Context */

const GUARD = "a key in a browser is refused, unless it is allowed or kept elsewhere";

conformance(
  "149",
  GUARD,
  async (t) => {
    const options = { apiKey: "ak_test_local", baseUrl: t.url("ok") };
    for (const given of [options, { ...options, dangerouslyAllowBrowser: false }, { ...options, fetch }]) {
      const error = thrownBy(() => new t.auriko.AurikoClient(given));
      t.expect(error).to.be.instanceOf(t.auriko.AuthenticationError);
      t.expect([error.code, error.statusCode]).to.deep.equal(["browser_api_key", 0]);
      t.expect(error.message).to.include("dangerouslyAllowBrowser: true").and.to.include("apiKey: null");
      t.expect(error.message).to.not.include("ak_test_local");
    }
    t.expect(await t.log()).to.deep.equal([]);
    await new t.auriko.AurikoClient({ ...options, dangerouslyAllowBrowser: true }).me.get();
    // A proxy adds the key: here nobody does.
    const error = await t.rejection(new t.auriko.AurikoClient({ ...options, apiKey: null }).me.get());
    t.expect([error.statusCode, (await t.log()).at(-1).headers.authorization]).to.deep.equal([401, undefined]);
  },
  { hosts: ["chromium"], why: "it is about browsers" },
);

conformance(
  "149",
  "a worker of a page is a browser, too",
  async (t) => {
    t.expect(await failuresInWorker(import.meta.url, [`149: ${GUARD}`], t.gateway)).to.deep.equal([]);
  },
  { hosts: ["chromium"], why: "it is about browsers" },
);

conformance("149", "a base URL without a host is taken in a browser that holds no key, and nowhere else", async (t) => {
  const baseUrl = "/api/v1";
  /** @type {any[]} */
  const calls = [];
  const fetch = async (/** @type {any[]} */ ...call) => {
    calls.push(call);
    return Response.json({ id: "1", choices: [] });
  };
  const held = thrownBy(() => t.client({ baseUrl, fetch }));
  t.expect([held.name, held.param]).to.deep.equal(["BadRequestError", "baseUrl"]);
  if (!t.isBrowser) {
    t.expect(thrownBy(() => t.client({ baseUrl, fetch, apiKey: null })).param).to.equal("baseUrl");
    return;
  }
  await t.client({ baseUrl, fetch, apiKey: null }).chat.completions.create(t.params());
  const [[url, { headers }]] = calls;
  t.expect([url, headers.get("authorization")]).to.deep.equal(["/api/v1/chat/completions", null]);
});

conformance(
  "150",
  "the guard lets a server be one that imitates a page",
  async (t) => {
    const globals = /** @type {any} */ (globalThis);
    // As jsdom does.
    Object.assign(globals, { window: globals, document: {}, WorkerGlobalScope: class {} });
    try {
      t.expect(t.client({ dangerouslyAllowBrowser: undefined }).baseUrl).to.be.a("string");
    } finally {
      for (const name of ["window", "document", "WorkerGlobalScope"]) delete globals[name];
    }
  },
  { hosts: ["node"], why: "it is about Node; tests/runtimes has the other servers" },
);

conformance(
  "151",
  "a browser asks the server for no more than it needs, and sends no cookies",
  async (t) => {
    // Cookies know no ports: this one would go to the gateway.
    // biome-ignore lint/suspicious/noDocumentCookie: Firefox has no cookieStore
    document.cookie = "session=of-the-page";
    await t.client().chat.completions.create(t.params());
    await t.client().models.list();
    await t.client({ apiKey: null }).models.listRegistry();
    const whole = /** @type {any[]} */ (await (await fetch(`${t.gateway}/_log`)).json());
    const records = whole.filter(({ url }) => url.includes(t.runId));
    const asked = records.map(({ method, url, headers }) => [
      method,
      url.split("/v1")[1],
      headers["access-control-request-headers"] ?? "",
    ]);
    t.expect(asked).to.deep.equal([
      ["OPTIONS", "/chat/completions", "authorization,content-type"],
      ["POST", "/chat/completions", ""],
      ["OPTIONS", "/models", "authorization"],
      ["GET", "/models", ""],
      ["GET", "/registry/models", ""],
    ]);
    for (const { headers } of records) t.expect(headers).to.not.have.property("cookie");
  },
  { hosts: ["chromium"], why: "servers have neither preflights nor cookies" },
);

conformance("151", "fetch is asked to leave redirects and credentials alone", async (t) => {
  /** @type {any} */
  let init;
  const client = t.client({
    fetch: (url, given) => {
      init = given;
      return fetch(url, given);
    },
  });
  await client.chat.completions.create(t.params());
  t.expect(init.redirect).to.equal("manual");
  t.expect(init.credentials).to.equal(t.isBrowser ? "omit" : undefined);
});

conformance("152", "a fetch of the caller is called with a URL, plain options and no `this`", async (t) => {
  /** @type {any[]} */
  const seen = [];
  const client = t.client({
    fetch: /** @type {any} */ (
      function (/** @type {any} */ url, /** @type {any} */ init, /** @type {any[]} */ ...more) {
        // @ts-expect-error it is what is asked
        seen.push({ self: this, url, init, more });
        return fetch(url, init);
      }
    ),
  });
  await client.chat.completions.create(t.params());
  await client.models.list();
  const [post, get] = seen;
  t.expect([post.self, post.url, post.more]).to.deep.equal([undefined, `${client.baseUrl}/chat/completions`, []]);
  t.expect([get.self, get.url, get.more]).to.deep.equal([undefined, `${client.baseUrl}/models`, []]);
  t.expect([post.init.method, get.init.method, "body" in get.init]).to.deep.equal(["POST", "GET", false]);
  t.expect(JSON.parse(post.init.body)).to.deep.equal(t.params());
  t.expect(post.init.headers).to.be.instanceOf(Headers);
  t.expect(post.init.signal).to.be.instanceOf(AbortSignal);
  t.expect(await t.log()).to.have.length(2);
});

conformance(
  "152",
  "the global fetch is looked up at each call, so that a later one is called, and the first one again",
  async (t) => {
    const client = t.client();
    const { fetch } = globalThis;
    /** @type {any[]} */
    const urls = [];
    /** @type {any[]} */
    const selves = [];
    await client.me.get();
    globalThis.fetch = function (...call) {
      urls.push(call[0]);
      selves.push(this);
      return fetch(...call);
    };
    try {
      await client.me.get();
    } finally {
      globalThis.fetch = fetch;
    }
    await client.me.get();
    t.expect(urls).to.deep.equal([`${client.baseUrl}/me`]);
    t.expect(selves[0] === undefined || selves[0] === globalThis).to.equal(true);
    t.expect(await t.log()).to.have.length(3);
  },
  // Others would call it, too.
  { alone: true },
);
