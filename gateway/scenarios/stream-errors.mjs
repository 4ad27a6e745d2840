// @ts-check
// Errors inside a stream whose status was 200.
import { ApiError } from "../http/errors.mjs";
import { endStream, jsonEvent, openStream, writeEvents } from "../http/sse.mjs";
import { answerOf } from "./answer.mjs";
import { untilGone } from "./waiting.mjs";

/**
 * @typedef {import('./table.mjs').Call} Call
 * @typedef {import('./table.mjs').Scenario} Scenario
 */

/**
 * The error as an event. Chat streams have the envelope, streams of responses a flat object.
 * @param {Call} call
 * @param {{ form: string, sequence: number }} how
 */
function errorEvent({ params }, { form, sequence }) {
  const code = params.text("code", "upstream_error");
  const error = new ApiError(code, params.text("message", `The scenario asked for ${code}.`), {
    type: params.get("type") ?? undefined,
  });
  const { message } = error;
  const payload =
    form === "flat"
      ? { type: "error", code, message, param: null, sequence_number: sequence }
      : { error: form === "string" ? message : error.envelope.error };
  const named = params.oneOf("event", ["0", "1"]) === "1" ? "event: error\n" : "";
  return named + jsonEvent(payload);
}

/**
 * @param {{ after: number, form?: string }} usual
 * @returns {Scenario}
 */
function failing(usual) {
  return async (call) => {
    const { exchange, params } = call;
    const then = params.oneOf("then", ["end", "open", "more"]);
    const form = params.has("form") ? params.oneOf("form", ["envelope", "flat", "string"]) : usual.form;
    const { events, value } = await answerOf(call);
    if (events === null) {
      exchange.json(value);
      return;
    }
    const after = params.whole("after", usual.after);
    const own = form ?? (exchange.path.endsWith("/responses") ? "flat" : "envelope");
    const error = errorEvent(call, { form: own, sequence: after });
    openStream(exchange);
    const rest = then === "more" ? events.slice(after) : [];
    if (!(await writeEvents(exchange, [...events.slice(0, after), error, ...rest]))) return;
    if (then === "open") await untilGone(call);
    else await endStream(exchange);
  };
}

export const errorMidstream = failing({ after: 2 });

export const errorFirstEvent = failing({ after: 0 });

/** The form of a stream of responses in chat streams, too. */
export const flatError = failing({ after: 2, form: "flat" });
