// @ts-check
import { conformance } from "../harness.mjs";

conformance("25", "[DONE] ends the iteration and is not a chunk", async (t) => {
  const stream = await t.client().chat.completions.create(t.params({ stream: true }));
  const { chunks, error } = await t.drain(stream);
  t.expect(error).to.equal(undefined);
  t.expect(t.text(chunks)).to.equal("naïve 東京 ☕");
  t.expect(stream.completed).to.equal(true);
});

conformance("53", "a limit that stays is tried three times, and told as RateLimitError", async (t) => {
  const error = await t.rejection(t.scenario("429-forever").chat.completions.create(t.params()));
  t.expect(error).to.be.instanceOf(t.auriko.RateLimitError);
  t.expect([error.status, error.code, error.attempts]).to.deep.equal([429, "rate_limit_exceeded", 3]);
  t.expect(error.requestId).to.be.a("string");
  t.expect(await t.log()).to.have.length(3);
});
