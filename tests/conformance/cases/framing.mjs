// @ts-check
// A. Other spellings of the same events, sent by the gateway: both APIs, and every way of reading.
import { conformance } from "../harness.mjs";
import { apis, chat, readings, sentTo, TEXT } from "./apis.mjs";
import { timed } from "./watching.mjs";

/** The gateway cuts its writes as the scenario says, else one event at a time; then also across events. */
const CUTS = [{}, { headers: { "x-gateway-cut": "23" } }];

/** @type {[id: string, scenario: string, title: string][]} */
const SPELLINGS = [
  ["1", "crlf", "lines may end with CRLF"],
  ["1", "cr", "lines may end with a lone CR"],
  ["2", "crlf-split", "a CR that ends one read and an LF that begins the next are one line end"],
  ["5", "split-utf8", "characters that are cut at every byte arrive whole"],
  ["10", "no-space", "there need not be a space after the colon"],
  ["12", "multiline-json", "JSON over several data lines is one value"],
  ["13", "comments", "comments are ignored wherever they are, also inside an event"],
  ["13", "keepalive-only;count=5;ms=5", "comments before the first event are ignored"],
  ["20", "slow-drip", "a stream may come byte by byte"],
];

for (const [id, scenario, title] of SPELLINGS) {
  for (const api of apis) {
    conformance(id, `${title} (${api.name})`, async (t) => {
      const plain = await t.drain(await api.stream(t, t.client()));
      for (const options of CUTS) {
        const stream = await api.stream(t, t.scenario(scenario), options);
        const { chunks, error } = await t.drain(stream);
        t.expect(error).to.equal(undefined);
        t.expect(api.text(chunks)).to.equal(TEXT);
        t.expect(api.gist(chunks)).to.deep.equal(api.gist(plain.chunks));
        t.expect(stream.completed).to.equal(true);
      }
      t.expect(sentTo(await t.log(), api)).to.have.length(3);
    });
  }

  conformance(id, `${title}, for every way of reading`, async (t) => {
    for (const [name, read] of readings) {
      const stream = await chat.stream(t, t.scenario(scenario));
      t.expect(await read(t, stream)).to.deep.equal({ text: TEXT, error: undefined }, name);
      t.expect(stream.completed).to.equal(true, name);
      t.expect(stream.routingMetadata?.provider).to.be.a("string", name);
      t.expect(stream.usage?.total_tokens).to.be.a("number", name);
    }
  });
}

const NUMBERS = Array.from({ length: 10_000 }, (_, index) => `${index} `);

for (const [name, read] of readings) {
  conformance("20", `ten thousand events in one write arrive in order (${name})`, async (t) => {
    const stream = await chat.stream(t, t.scenario("many-chunks;count=10000;per=all"));
    t.expect(await read(t, stream)).to.deep.equal({ text: NUMBERS.join(""), error: undefined });
  });
}

conformance("20", "one event in thousands of writes arrives whole", async (t) => {
  const stream = await chat.stream(t, t.scenario("slow-drip;size=3000"));
  const { chunks, error } = await t.drain(stream);
  t.expect([t.text(chunks), error]).to.deep.equal(["x".repeat(3000), undefined]);
});

conformance("20", "each of ten thousand events is a chunk of its own", async (t) => {
  for (const api of apis) {
    const { chunks, error } = await t.drain(await api.stream(t, t.scenario("many-chunks;count=10000;per=100")));
    t.expect(error).to.equal(undefined);
    const texts = chunks.map((each) => api.text([each])).filter((text) => text !== "");
    t.expect(texts).to.deep.equal(NUMBERS);
  }
});

conformance("13", "comments count as activity: a stream of nothing else outlives its timeout", async (t) => {
  const { value, ms } = await timed(async () => {
    const stream = await chat.stream(t, t.scenario("keepalive-only;count=20;ms=80"), { timeout: 1000 });
    return t.drain(stream);
  });
  t.expect(value.error).to.equal(undefined);
  t.expect(t.text(value.chunks)).to.equal(TEXT);
  t.expect(ms).to.be.greaterThan(1500);
});
