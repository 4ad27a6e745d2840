// @ts-check
// C. When the next attempt comes: what the server asks for, and else the client's own waits.
import { conformance } from "../harness.mjs";
import { chat, TEXT, waits } from "./apis.mjs";
import { timed } from "./watching.mjs";

/** What a busy machine may add to a wait, in milliseconds. */
const SLACK = 500;

/** Timers may be early by what the clock rounds. */
const EARLY = 2;

/**
 * The waits that a call which succeeds in the end has had.
 * @param {import("../harness.mjs").Context} t
 * @param {string} scenario
 */
async function waitsOf(t, scenario) {
  t.expect(chat.said(await chat.object(t, t.scenario(scenario)))).to.equal(TEXT, scenario);
  const records = await t.log();
  return waits(records.filter((record) => record.scenario.startsWith(`${scenario};run=`)));
}

/**
 * @param {import("../harness.mjs").Context} t
 * @param {number} wait
 * @param {number} from
 * @param {number} to
 * @param {string} [about]
 */
function expectWithin(t, wait, from, to, about) {
  t.expect(wait).to.be.at.least(from - EARLY, about);
  t.expect(wait).to.be.at.most(to + SLACK, about);
}

conformance(
  "48",
  "Retry-After in seconds is waited for, and not much longer",
  async (t) => {
    const [one, fraction] = await Promise.all(["1", "0.9"].map((after) => waitsOf(t, `429-then-200;after=${after}`)));
    t.expect([one.length, fraction.length]).to.deep.equal([1, 1]);
    expectWithin(t, one[0], 1000, 1100);
    expectWithin(t, fraction[0], 900, 990);
  },
  { alone: true },
);

conformance("49", "Retry-After as a date is waited for, and not much longer", async (t) => {
  /** @type {{ sent: number, date: string | null }[]} */
  const seen = [];
  const client = t.scenario("retry-after-date;s=2", {
    fetch: async (url, init) => {
      const sent = Date.now();
      const response = await fetch(url, init);
      seen.push({ sent, date: response.headers.get("retry-after") });
      return response;
    },
  });
  t.expect(chat.said(await chat.object(t, client))).to.equal(TEXT);
  t.expect(seen).to.have.length(2);
  const date = Date.parse(String(seen[0].date));
  t.expect(seen[1].sent).to.be.at.least(date - EARLY);
  t.expect(seen[1].sent).to.be.at.most(date + 1000);
});

conformance(
  "50",
  "retry-after-ms goes before retry-after",
  async (t) => {
    const waited = await waitsOf(t, "retry-after-ms;ms=50;after=30");
    t.expect(waited).to.have.length(1);
    // The client's own wait would be 400 at the least, the other header's 30,000.
    t.expect(waited[0]).to.be.within(50 - EARLY, 390);
  },
  { alone: true },
);

/** The client's own waits. @param {number} retry from 0 */
const own = (retry) => 500 * 1.5 ** retry;

const USELESS = [
  "retry-after-past",
  ...["soon", "-1", "NaN", "1e999", "", "0", "0x10", "1,5", "Infinity", "1 s"].map(
    (value) => `retry-after-bad;v=${encodeURIComponent(value)}`,
  ),
  "retry-after-dup",
  "retry-after-dup;v=1,2",
  "retry-after-ms;ms=soon;after=later",
  "retry-after-ms;ms=-5;after=0",
];

conformance("51", "a Retry-After that says nothing usable leaves the client its own wait", async (t) => {
  // Side by side, as many as a browser opens connections.
  const count = t.isBrowser ? 5 : USELESS.length;
  for (let from = 0; from < USELESS.length; from += count) {
    const some = USELESS.slice(from, from + count);
    const waited = await Promise.all(some.map((scenario) => waitsOf(t, scenario)));
    for (const [index, scenario] of some.entries()) {
      t.expect(waited[index]).to.have.length(1, scenario);
      t.expect(waited[index][0]).to.be.within(0.8 * own(0) - EARLY, 3000, scenario);
    }
  }
});

conformance(
  "P9",
  "a server that asks for more than a minute is not waited for, and the error says how long it asked",
  async (t) => {
    for (const [scenario, seconds] of /** @type {const} */ ([
      ["429-then-200;after=61", 61],
      ["429-then-200;after=3600", 3600],
      ["retry-after-ms;ms=60001;after=1", 60.001],
      ["status-then-ok;status=503;after=120", 120],
    ])) {
      const { value: error, ms } = await timed(() => t.rejection(chat.object(t, t.scenario(scenario))));
      t.expect(error).to.be.instanceOf(t.auriko.APIStatusError);
      t.expect([error.retryAfterSeconds, error.attempts]).to.deep.equal([seconds, 1], scenario);
      t.expect(ms).to.be.lessThan(400 + SLACK, scenario);
    }
    t.expect(await t.log()).to.have.length(4);
  },
);

conformance(
  "64",
  "the client's own waits grow by half, and vary by a fifth",
  async (t) => {
    // A browser sends again by itself, at once, where it had used a connection before that breaks.
    const scenarios = ["status-then-ok;status=503;n=2", ...(t.isBrowser ? [] : ["close-before-headers;n=2"])];
    for (const waited of await Promise.all(scenarios.map((scenario) => waitsOf(t, scenario)))) {
      t.expect(waited).to.have.length(2);
      for (const [retry, wait] of waited.entries()) expectWithin(t, wait, 0.8 * own(retry), 1.2 * own(retry));
    }
  },
  { alone: true },
);

conformance("64", "clients that were turned away together do not come back together", async (t) => {
  for (const scenario of ["status-then-ok;status=503", "429-then-200;after=0.7"]) {
    /** @type {number[]} */
    const waited = [];
    const call = async () => {
      let refused = 0;
      const client = t.scenario(`${scenario};n=always`, {
        maxRetries: 1,
        fetch: async (url, init) => {
          if (refused > 0) waited.push(performance.now() - refused);
          const response = await fetch(url, init);
          refused = performance.now();
          return response;
        },
      });
      await t.rejection(chat.object(t, client));
    };
    await Promise.all(Array.from({ length: 5 }, call));
    t.expect(waited).to.have.length(5);
    // All of five within a tenth of the range that they may vary by: once in two thousand runs.
    t.expect(Math.max(...waited) - Math.min(...waited)).to.be.greaterThan(
      scenario.startsWith("429") ? 7 : 20,
      scenario,
    );
  }
});
