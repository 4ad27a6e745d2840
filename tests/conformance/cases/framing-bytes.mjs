// @ts-check
// A. The rules of the event-stream format, byte for byte, at every cutting.
import { conformance } from "../harness.mjs";
import { atEveryCutting, chunk, DONE, says, streamOf } from "./bytes.mjs";
import { timed, within } from "./watching.mjs";

/**
 * All of this happens in memory and leaves no turn to the timers of other cases, so it runs alone.
 * @param {string} id
 * @param {string} title
 * @param {(t: import("../harness.mjs").Context) => Promise<void>} run
 */
const rule = (id, title, run) => conformance(id, title, run, { alone: true });

/** JSON that says `content`, in three lines with these ends, then the blank line. @param {string[]} ends */
const inLines = ([one, two, three, blank], content = "a") =>
  `data: {"choices":${one}data: [{"delta":${two}data: {"content":"${content}"}}]}${three}${blank}`;

rule("1", "LF, CRLF and a lone CR may be mixed within one event", async (t) => {
  const ways = [
    ["\r", "\n", "\r\n", "\r"],
    ["\r\n", "\r", "\n", "\r\n"],
    ["\n", "\r\n", "\r", "\n\n"],
    ["\r", "\r", "\r", "\r"],
  ];
  await atEveryCutting(t, `${ways.map((ends) => inLines(ends)).join("")}${says("b")}${DONE}`, [
    "a",
    "a",
    "a",
    "a",
    "b",
  ]);
});

rule("2", "no blank line is invented between a CR and the LF of the next read", async (t) => {
  const three = inLines(["\r\n", "\r\n", "\r\n", "\r\n"]);
  await atEveryCutting(t, `: note\r\n${three}${three}data: [DONE]\r\n\r\n`, ["a", "a"]);
});

rule("4", "an event whose blank line is a CR at the very end is delivered", async (t) => {
  for (const end of ["\n\r", "\r\r", "\r\n\r"]) {
    await atEveryCutting(t, `data: ${chunk("a", "stop")}${end}`, ["a"]);
    await atEveryCutting(t, `data: [DONE]${end}`, []);
  }
});

rule("4", "a CR ends an event at once, without waiting for the byte after it", async (t) => {
  const stream = await streamOf(t, [`data: ${chunk("a")}\r\r`], { end: "open" });
  const { value } = await within(500, stream[Symbol.asyncIterator]().next());
  t.expect(t.text([value])).to.equal("a");
  await stream.close();
});

rule("5", "text is exact at every cutting, escaped or not", async (t) => {
  const text = "é ß 東京 ☕ 👩‍👩‍👧 \u00a0\u2028\u2029\u0085 end";
  const escaped = `data: {"choices":[{"delta":{"content":"\\u00e9\\ud83d\\udc4b\\n\\"\\\\\\/"}}]}\n\n`;
  await atEveryCutting(t, says(text) + escaped + DONE, [text, 'é👋\n"\\/']);
});

rule("5", "a surrogate pair that is escaped in two events is one character in the text", async (t) => {
  const half = (/** @type {string} */ escaped) => `data: {"choices":[{"delta":{"content":"${escaped}"}}]}\n\n`;
  await atEveryCutting(t, half("a\\ud83d") + half("\\ude00b") + DONE, ["a\ud83d", "\ude00b"]);
});

rule(
  "5",
  "bytes that are no UTF-8 become U+FFFD, as everywhere on the web, and nothing around them is lost",
  async (t) => {
    const [before, after] = says("a%b")
      .split("%")
      .map((part) => [...new TextEncoder().encode(part)]);
    const bad = [[0xff], [0xc3], [0xe2, 0x98], [0xed, 0xa0, 0x80], [0xf0, 0x9f, 0x98], [0xc0, 0xaf]];
    const events = bad.flatMap((bytes) => [...before, ...bytes, ...after]);
    const texts = bad.map((bytes) => new TextDecoder().decode(new Uint8Array([0x61, ...bytes, 0x62])));
    await atEveryCutting(t, new Uint8Array([...events, ...new TextEncoder().encode(DONE)]), texts);
  },
);

rule("10", "one space after the colon is taken off, and nothing else on either side", async (t) => {
  const spellings = ["data:%", "data: %", "data:  %", "data:\t%", "data: % ", "data:%\t "];
  const events = spellings.map((spelling) => `${spelling.replace("%", chunk(" a "))}\n\n`);
  await atEveryCutting(
    t,
    events.join("") + DONE,
    spellings.map(() => " a "),
  );
});

rule("26 P3", "[DONE] is the end only exactly so, after one space or none", async (t) => {
  for (const end of ["data:[DONE]", "event: done\nid: 1\ndata: [DONE]"]) {
    await atEveryCutting(t, `${end}\n\n${says("late")}`, []);
  }
  for (const no of [" [DONE]", "[DONE] ", "[done]", "[DONE]x", "[DONE", '"[DONE]"', "DONE", "\ndata:[DONE]"]) {
    await atEveryCutting(t, `data: ${no}\n\n`, [], "invalid_chunk");
  }
});

rule("11", "data lines are joined with LF; an empty one counts", async (t) => {
  const [head, tail] = ['{"choices":[{"delta":', '{"content":"a"}}]}'];
  await atEveryCutting(t, `data\ndata: ${head}\ndata:\ndata: ${tail}\ndata:\n\n${DONE}`, ["a"]);
  // What joins the lines is seen where it may not be: in a string.
  await atEveryCutting(t, `data: {"choices":[{"delta":{"content":"a\ndata: b"}}]}\n\n`, [], "invalid_chunk");
});

rule("11", "an event without content says nothing and breaks nothing", async (t) => {
  const empty = "data\n\ndata:\n\ndata: \n\ndata:\ndata:\n\n";
  await atEveryCutting(t, empty + says("a") + empty + says("b") + DONE, ["a", "b"]);
});

rule("12", "pretty-printed JSON is one value", async (t) => {
  const lines = JSON.stringify(JSON.parse(chunk("two\nlines")), null, 2).split("\n");
  await atEveryCutting(t, `${lines.map((line) => `data: ${line}\n`).join("")}\n${DONE}`, ["two\nlines"]);
});

rule("13", "a comment is no event and ends none", async (t) => {
  const [head, tail] = ['{"choices":[{"delta":', '{"content":"b"}}]}'];
  const inside = `data: ${head}\n:\n: OPENROUTER PROCESSING\n:data: {"not":"this"}\ndata: ${tail}\n\n`;
  await atEveryCutting(t, `: first\n\n${says("a")}:\n\n${inside}: last\n\n${DONE}`, ["a", "b"]);
});

rule("14", "a field is known by its exact name only", async (t) => {
  const names = ["Data", "DATA", " data", "data ", "\tdata", "data\0", "dat", "dataa", "x-data", "_", "é"];
  await atEveryCutting(
    t,
    `${says("a")}${names.map((name) => `${name}: no\n\n${name}\n`).join("")}${says("b")}${DONE}`,
    ["a", "b"],
  );
});

rule("16", "the name of an event is a plain string and changes nothing about its data", async (t) => {
  const named = ["one\nevent: two", "x\nevent:", "__proto__", "constructor", "toString", "message", "[DONE]"];
  const events = named.map((name) => `event: ${name}\n${says("a")}`);
  await atEveryCutting(t, `${events.join("")}event\n${says("b")}${DONE}`, [...named.map(() => "a"), "b"]);
  await atEveryCutting(t, `data: ${chunk("a")}\nevent: after\n\n${DONE}`, ["a"]);
  t.expect(/** @type {any} */ ({}).polluted).to.equal(undefined);
});

rule("17", "an id is not data and reconnects nothing", async (t) => {
  await atEveryCutting(t, `id: 1\n${says("a")}id\nid: a\0b\n\nid: é\n${says("b")}id:\n${DONE}`, ["a", "b"]);
  let requests = 0;
  const onFetch = () => {
    requests += 1;
  };
  const { error } = await t.drain(await streamOf(t, [`id: 7\n${says("a")}`], { onFetch }));
  t.expect([error.code, requests]).to.deep.equal(["stream_truncated", 1]);
});

rule("18", "a retry field delays and reconnects nothing, whatever it holds", async (t) => {
  let requests = 0;
  const onFetch = () => {
    requests += 1;
  };
  const values = ["0", "1", "99999999999999999999999", "-1", "soon", "1e9", "١٢", ""];
  await atEveryCutting(t, `${values.map((value) => `retry: ${value}\n`).join("")}${says("a")}retry: 9\n\n${DONE}`, [
    "a",
  ]);
  const { error } = await t.drain(await streamOf(t, [`retry: 1\n\n${says("a")}`], { onFetch }));
  t.expect([error.code, requests]).to.deep.equal(["stream_truncated", 1]);
});

rule("19", "an event that is cut off is not delivered, unless all of its JSON has come", async (t) => {
  const events = [says("é"), says("b")];
  const bytes = new TextEncoder().encode(events.join(""));
  /** How many bytes there are when the JSON of each event is complete. */
  const whole = events.map((_, index) => new TextEncoder().encode(events.slice(0, index + 1).join("")).length - 2);
  for (let length = 0; length <= bytes.length; length += 1) {
    const { chunks, error } = await t.drain(await streamOf(t, [bytes.subarray(0, length)]));
    const expected = whole.filter((end) => length >= end).length;
    t.expect(chunks.map((each) => t.text([each]))).to.deep.equal(["é", "b"].slice(0, expected), `${length} bytes`);
    t.expect(error?.code).to.equal("stream_truncated", `${length} bytes`);
  }
});

rule("P2", "an event without its blank line counts at a clean end, and never after a break", async (t) => {
  await atEveryCutting(t, `${says("a")}data: [DONE]`, ["a"]);
  await atEveryCutting(t, `${says("a")}data: ${chunk("b", "stop")}`, ["a", "b"]);
  await atEveryCutting(t, `${says("a")}data: [DON`, ["a"], "stream_truncated");
  const broken = new TypeError("the line is dead");
  for (const pending of [`data: ${chunk("b", "stop")}`, "data: [DONE]", `data: ${chunk("b", "stop")}\n`]) {
    const stream = await streamOf(t, [says("a"), pending], { end: broken });
    const { chunks, error } = await t.drain(stream);
    t.expect(t.text(chunks)).to.equal("a");
    t.expect(error).to.be.instanceOf(t.auriko.APIConnectionError);
    t.expect([error.code, error.cause, stream.completed]).to.deep.equal(["api_connection_error", broken, false]);
  }
});

rule("20", "ten thousand events in one read are ten thousand chunks", async (t) => {
  const texts = Array.from({ length: 10_000 }, (_, index) => String(index));
  const { chunks, error } = await t.drain(await streamOf(t, [texts.map(says).join("") + DONE]));
  t.expect(error).to.equal(undefined);
  t.expect(chunks.map((each) => t.text([each]))).to.deep.equal(texts);
});

rule("20", "one event in ten thousand reads is one chunk", async (t) => {
  const bytes = new TextEncoder().encode(says("x".repeat(10_000)) + DONE);
  const pieces = Array.from(bytes, (byte) => new Uint8Array([byte]));
  const { chunks, error } = await t.drain(await streamOf(t, pieces));
  t.expect([chunks.length, t.text(chunks), error]).to.deep.equal([1, "x".repeat(10_000), undefined]);
});

rule("20", "the time is linear in the bytes, of an event and of a line that says nothing", async (t) => {
  /** The best of several: noise can only add. @param {(filling: string) => string} body @param {number} reads */
  const cost = async (body, reads) => {
    const bytes = new TextEncoder().encode(body("x".repeat(reads * 2000)));
    const pieces = Array.from({ length: reads + 1 }, (_, at) => bytes.subarray(at * 2000, at * 2000 + 2000));
    let best = Infinity;
    for (let run = 0; run < 4; run += 1) {
      const stream = await streamOf(t, pieces);
      const { value, ms } = await timed(() => t.drain(stream));
      t.expect(value.chunks).to.have.length(1);
      best = Math.min(best, ms);
    }
    return best;
  };
  for (const body of [
    (/** @type {string} */ filling) => says(filling) + DONE,
    (/** @type {string} */ filling) => `: ${filling}\n${says("a")}${DONE}`,
    (/** @type {string} */ filling) => `${says("a")}unknown: ${filling}`,
  ]) {
    // Four times the bytes: linear is 4, quadratic is 16. A busy machine gets another try.
    let ratio = Infinity;
    for (let tries = 0; tries < 6 && ratio > 10; tries += 1) {
      const once = await cost(body, 1000);
      ratio = (await cost(body, 4000)) / once;
    }
    t.expect(ratio).to.be.lessThan(10);
  }
});

rule("23", "a long comment and a long unknown line are skipped, wherever they are cut", async (t) => {
  const body = `: ${"x".repeat(5000)}\nunknown: ${"y".repeat(5000)}\n${"z".repeat(5000)}\n${says("a")}${DONE}`;
  const bytes = new TextEncoder().encode(body);
  for (const size of [1, 2, 3, 7, 64, 1000, 4096, 5000, 5001, 5002, 16_384]) {
    const pieces = [];
    for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.subarray(at, at + size));
    const { chunks, error } = await t.drain(await streamOf(t, pieces));
    t.expect([t.text(chunks), error]).to.deep.equal(["a", undefined], `pieces of ${size}`);
  }
});

rule("24", "characters that others take for line ends are kept", async (t) => {
  const text = "\u007f\u0080\u0085\u009f\u000b\u000c\u001c\u001e\u2028\u2029\0\b";
  await atEveryCutting(t, says(text) + DONE, [text]);
});

rule("24", "a raw NUL, which JSON forbids, is a typed error and no trap", async (t) => {
  await atEveryCutting(t, `${says("a")}data: {"choices":[],"x":"\0"}\n\n`, ["a"], "invalid_chunk");
});
